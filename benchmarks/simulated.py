"""A simulated country: a checkout in which as many regions as wanted have a score row.

The evaluation of 2024 has 140 known rows; the register has 514 regions. How a build grows
to all of them can only be measured on rows that nobody published, so every place that is
shown says "simulated": the folder, each region's name, the source records, the citation.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from smartlib.data.load import Evaluation, load_factors, load_year
from smartlib.data.processed import as_csv
from smartlib.data.reading.regions import Register
from smartlib.data.sources import RECORDS
from smartlib.index.make.composite import composite_index
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import DIMENSION_NAMES, FACTORS

Item = TypeVar("Item")

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2024
SEED = 514
UNCHANGED = ("instrument", "scored_statistics")  # tables of the year that name no region
PROGRAMME = "programme"  # who was selected when: nobody, in a country that is none
NOISE = 0.2  # marks; tells rows apart that were drawn from the same region
MARK = "SIMULATED"


def simulated_country(folder: Path, regions: int = 514, seed: int = SEED) -> Folders:
    """Make a checkout with a score row for each of some regions, the same bytes at each call.

    Parameters
    ----------
    folder : Path
        The checkout is made inside it, as `simulated-514`.
    regions : int
        How many, at most those of the register; taken evenly along its codes. All of them
        are invited and scored, one is absent from Stage I, no row is lost.
    seed : int
        Of the draws.

    Returns
    -------
    Folders
        Of the checkout, which has `data/raw` and `notebooks`.

    Notes
    -----
    A row is a real row drawn at random, with noise of 0.2 marks; its final follows from the
    year's weights. What a region lacks of the factors is that of another region, drawn too.
    """
    real, made = Folders(ROOT), Folders(folder / f"{MARK.lower()}-{regions}")
    for file, content in _files(real, regions, np.random.default_rng(seed)).items():
        (made.raw / file).parent.mkdir(parents=True, exist_ok=True)
        (made.raw / file).write_bytes(content)
    shutil.copy(real.raw.parent / "codebook.toml", made.raw.parent)
    shutil.copytree(real.notebooks, made.notebooks)
    return made


def _files(real: Folders, regions: int, rng: np.random.Generator) -> dict[str, bytes]:
    """Everything under `data/raw`, by path."""
    evaluation = load_year(YEAR, real)
    codes = spread(list(evaluation.register.frame.index), regions)
    scores = _scores(evaluation, codes, rng)
    register = pd.read_csv(real.raw / "regions.csv", dtype="str")
    register["official_name"] += f" ({MARK})"
    names = register.set_index("region_code")["official_name"]
    headings = (real.raw / f"{YEAR}/answers.csv").read_bytes().splitlines(keepends=True)[0]
    files = {
        "regions.csv": _csv(register),
        "factors.csv": as_csv(_factors(load_factors(real), evaluation.register, rng), FACTORS),
        f"{YEAR}/scores.csv": _csv(scores),
        f"{YEAR}/participants.csv": _csv(_participants(names[codes])),
        f"{YEAR}/answers.csv": headings,  # nobody's single marks are made up
        f"{YEAR}/scheme.toml": _scheme(real.raw / f"{YEAR}/scheme.toml", len(scores)),
    }
    for file in ("factor_dictionary.csv", *(f"{YEAR}/{name}.csv" for name in UNCHANGED)):
        files[file] = (real.raw / file).read_bytes()
    for path in sorted((real.raw / PROGRAMME).glob("*.csv")):
        files[f"{PROGRAMME}/{path.name}"] = path.read_bytes().splitlines(keepends=True)[0]
    return files | {RECORDS: _records(real.raw / RECORDS, files, evaluation)}


def spread(items: Sequence[Item], count: int) -> list[Item]:
    """Some items, taken evenly along all of them.

    Parameters
    ----------
    items : sequence
        All.
    count : int
        How many; more than there are means all.

    Examples
    --------
    >>> spread("abcdefgh", 3)
    ['a', 'c', 'f']
    """
    count = min(count, len(items))
    return [items[number * len(items) // count] for number in range(count)]


def _scores(evaluation: Evaluation, codes: Sequence[str], rng: np.random.Generator) -> pd.DataFrame:
    """Rows drawn with replacement, with noise, in the order of the codes."""
    known, scheme = evaluation.scores.frame, evaluation.scheme
    drawn = known.iloc[rng.integers(len(known), size=len(codes))].reset_index(drop=True)
    marks = drawn[list(DIMENSION_NAMES)]
    marks = marks + rng.normal(scale=NOISE, size=marks.shape)
    marks = marks.clip(float(scheme.lowest), float(scheme.highest)).round(scheme.decimals)
    rows = drawn.assign(region_code=codes, **marks)
    final = rows["published_index"] = composite_index(rows, scheme)
    gain = rows["improvement"].clip(final - float(scheme.highest), final)
    return rows.assign(improvement=gain.round(scheme.decimals)).drop(columns="year")


def _factors(factors: pd.DataFrame, register: Register, rng: np.random.Generator) -> pd.DataFrame:
    """The factors, with what a region lacks taken from one other region that lacks nothing."""
    cells = factors.pivot(
        index="region_code", columns=["factor", "year", "basis"], values="value"
    ).reindex(register.frame.index)
    lenders = rng.choice(cells.dropna().index, size=len(cells))
    lent = cells.loc[lenders].set_axis(cells.index).where(cells.isna())
    rows = lent.melt(ignore_index=False).dropna().reset_index()
    return pd.concat([factors, rows.assign(source=MARK.lower())])


def _participants(names: pd.Series) -> pd.DataFrame:
    """The letters' lists: everybody is invited twice, the first was absent from Stage I."""
    lists = {"stage1_invited": names, "stage1_absent": names[:1], "stage2_invited": names}
    return pd.concat(
        pd.DataFrame({"list": name, "no": range(1, len(who) + 1), "name": who})
        for name, who in lists.items()
    )


def _scheme(path: Path, count: int) -> bytes:
    """The year's scheme with the simulated counts and citation."""
    values: dict[str, object] = {
        "selected": count,
        "attended": count - 1,
        "absent": 1,
        "invited": count,
        "scored": count,
        "missing": 0,
        "citation": f'"{MARK}: no letter states these rows"',
    }
    tracks, heading, stages = path.read_text(encoding="utf-8").partition("[stages]")
    # A track's own count of invited regions is optional, and no letter states one here.
    text = re.sub(r"^invited = .*\n", "", tracks, flags=re.MULTILINE) + heading + stages
    for name, value in values.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
    text = re.sub(r'^(label_\w+ = ".*)"$', rf'\1 ({MARK.lower()})"', text, flags=re.MULTILINE)
    return text.encode("utf-8")


def _records(path: Path, files: Mapping[str, bytes], evaluation: Evaluation) -> bytes:
    """The source records with the new hashes; titles and letters say what they are not."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r'^(title|letter|transcription) = "(?!")',
        rf'\1 = "{MARK}, after: ',
        text,
        flags=re.MULTILINE,
    )
    for file, content in files.items():
        text = text.replace(evaluation.sources[file].sha256, hashlib.sha256(content).hexdigest())
    text += _factor_record(pd.read_csv(io.BytesIO(files["factors.csv"])))
    publications = re.split(r"^(?=\[publications\.\w+\]$)", text, flags=re.MULTILINE)
    about_documents = re.compile(r'files\."(documents/|\d+/remarks)')  # nobody wrote any here
    return "".join(part for part in publications if not about_documents.search(part)).encode()


def _factor_record(factors: pd.DataFrame) -> str:
    """The record of what was lent: a publication that is none."""
    lent = factors.loc[factors["source"] == MARK.lower(), "factor"].unique()
    said = dict.fromkeys(("title", "had", "accessed", "format"), f"{MARK}, lent by another region")
    said |= {"publisher": MARK, "checked": "By nobody", "date": str(YEAR)}
    said["licence"] = f"None: {MARK.lower()}"
    key = f"factor_sources.{MARK.lower()}"
    fields = [f'{name} = "{value}"' for name, value in said.items()]
    tables = [f'{name} = "{MARK}"' for name in sorted(lent)]
    return "\n".join(["", f"[{key}]", *fields, "", f"[{key}.tables]", *tables, ""])


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
