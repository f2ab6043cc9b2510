"""The analysis frame as a file for any other program (floor 5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from smartlib.data.exporting import Labelled, frame_bytes
from smartlib.data.writing import write_whole
from smartlib.inference.descriptive import chosen_names
from smartlib.inference.factors.table import Factor
from smartlib.inference.terms import rows_where
from smartlib.present.words.labels import YES_NO, label_in, value_labels
from smartlib.run.commands.materials import Materials, Wanted, gathered, with_keys
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.units import unit_label

KEYS = ("region", "kind", "track", "province")
KEY_LABELS = {  # Indonesian, English
    "region_code": ("Kode wilayah (Kemendagri)", "Region code (Kemendagri)"),
    "region": ("Nama daerah", "Region"),
    "kind": ("Jenis: kabupaten atau kota", "Kind: kabupaten or kota"),
    "track": ("Jalur evaluasi", "Track of the evaluation"),
}

CODEBOOK = (  # sheet and its headings: Indonesian, English
    ("kamus", ("kolom", "label", "satuan", "nilai")),
    ("codebook", ("column", "label", "unit", "values")),
)


@dataclass(frozen=True)
class FrameOrder:
    """What is to be written.

    Attributes
    ----------
    names : str
        Names or a formula; all columns without.
    year : int
        Of the evaluation.
    to : Path
        The file.
    where : str
        Condition on the rows, or nothing.
    factors, reading : Path or None
        A user's own table, and the record of how it is read.
    lang : {"en", "id"}
        Of labels.
    """

    names: str
    year: int
    to: Path
    where: str = ""
    factors: Path | None = None
    reading: Path | None = None
    lang: str = "en"


@dataclass(frozen=True, eq=False)
class WrittenFrame:
    """A frame, and the file that holds it.

    Attributes
    ----------
    labelled : Labelled
    path : Path
    coverage : tuple of str
        What is known of a user's own table.
    """

    labelled: Labelled
    path: Path
    coverage: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        table = self.labelled.table
        return {
            "file": self.path.as_posix(),
            "rows": len(table),
            "columns": [
                {
                    "name": str(name),
                    "label": self.labelled.labels.get(str(name), ""),
                    "unit": self.labelled.units.get(str(name), ""),
                    "missing": int(table[name].isna().sum()),
                }
                for name in table
            ],
        }


def write_frame(order: FrameOrder, folders: Folders) -> WrittenFrame:
    """Write the analysis frame, or some of its columns, with labels and units.

    Parameters
    ----------
    order : FrameOrder
    folders : Folders
        Of the checkout.

    Raises
    ------
    SmartlibError
        A name, a table or the format cannot be used; nothing was written.
    OSError
        The file cannot be written.
    """
    wanted = Wanted.by(order.year, (order.names, order.where), order.factors, order.reading)
    materials = gathered(wanted, folders)
    frame = with_keys(materials)
    rows = frame[rows_where(order.where, frame)[0]]
    if order.names.strip():
        rows.attrs = frame.attrs
        names = chosen_names(order.names, rows)
        rows = rows[list(dict.fromkeys([*KEYS, *names]))]
    labelled = labelled_frame(rows, materials, order.lang)
    content = frame_bytes(labelled, order.to)
    write_whole(order.to, content)
    return WrittenFrame(labelled, order.to, materials.coverage)


def labelled_frame(frame: pd.DataFrame, materials: Materials, lang: str = "en") -> Labelled:
    """A frame with labels, units and labels of values.

    Parameters
    ----------
    frame : DataFrame
        Columns of the analysis frame.
    materials : Materials
        What it was made from.
    lang : {"en", "id"}, default "en"
        Language.
    """
    place, names = ("id", "en").index(lang), materials.names
    labels = {name: label_in(factor, lang) for name, factor in names.items()}
    labels |= {name: texts[place] for name, texts in KEY_LABELS.items()}
    values: dict[str, dict[Any, str]] = {
        name: {value if name == "track" else int(value): label for value, label in of.items()}
        for name, of in value_labels(materials.evaluation.scheme, lang).items()
    }
    own = materials.reading.columns if materials.reading else []
    values |= {column.name: dict(YES_NO[lang]) for column in own if column.kind == "yes/no"}
    shown = {name: of for name, of in values.items() if name in frame}
    return Labelled(frame, labels, _units(names, shown, lang), shown, CODEBOOK[place])


def _units(names: dict[str, Factor], valued: Collection[str], lang: str) -> dict[str, str]:
    """Units; what has labelled values needs none."""
    return {
        name: unit_label(factor.unit, lang)
        for name, factor in names.items()
        if factor.unit and name not in valued
    }
