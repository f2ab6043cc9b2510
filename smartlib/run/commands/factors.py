"""What formulas can name: found by a word, with unit, years and coverage (floor 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from smartlib.inference.terms import near_names
from smartlib.present.words.labels import meanings
from smartlib.run.commands.materials import Wanted, gathered
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.units import unit_label

OUTCOME, INDICATOR, FACTOR = "outcome", "indicator", "factor"
SUGGESTED = 5


@dataclass(frozen=True)
class Known:
    """A name that formulas can use.

    Attributes
    ----------
    name, label_id, label_en, unit_id, unit_en : str
        Key, labels, units.
    kind : {"outcome", "indicator", "factor"}
        What it is.
    years : str
        Year and basis of a factor.
    known, regions : int
        Scored regions that have it, and how many there are.
    of_all, all_regions : int
        The same of all kabupaten and kota; 0 for what only scored regions have.
    source : str
        Who published it.
    questions : tuple of int
        Questions of the evaluation that score the same thing.
    """

    name: str
    label_id: str
    label_en: str
    unit_id: str
    unit_en: str
    kind: str
    years: str
    known: int
    regions: int
    of_all: int
    all_regions: int
    source: str
    questions: tuple[int, ...]

    def label(self, lang: str) -> str:
        """In a language."""
        return self.label_id if lang == "id" else self.label_en

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "questions": list(self.questions)}


@dataclass(frozen=True)
class Listed:
    """What was found.

    Attributes
    ----------
    word : str
        As typed.
    found : tuple of Known
        That hold it, or mean it.
    is_hit : bool
        Whether something does; else these are the nearest.
    coverage : tuple of str
        What is known of a user's own table.
    """

    word: str
    found: tuple[Known, ...]
    is_hit: bool
    coverage: tuple[str, ...]


def list_factors(
    words: Sequence[str],
    year: int,
    folders: Folders,
    factors: Path | None = None,
    *,
    reading: Path | None = None,
) -> Listed:
    """Names that a word finds, by name, label or meaning; all of them without a word.

    Parameters
    ----------
    words : sequence of str
        In Indonesian or English; all of them have to fit.
    year : int
        Of the evaluation.
    folders : Folders
        Of the checkout.
    factors, reading : Path, optional
        A user's own table, and the record of how it is read.

    Raises
    ------
    SmartlibError
        The year is unknown, a table cannot be used.
    """
    materials = gathered(Wanted(year, factors=factors, reading=reading), folders)
    frame, names, values = materials.frame, materials.names, materials.table.values
    register = materials.evaluation.register.frame
    known = {}
    for name in frame.columns:
        factor = names[str(name)]
        is_factor = name in values
        of_all = int(values[name].reindex(register.index).notna().sum()) if is_factor else 0
        is_outcome = not is_factor and frame.columns.get_loc(name) < frame.columns.get_loc("kota")
        known[str(name)] = Known(
            factor.name,
            factor.label_id,
            factor.label_en,
            unit_label(factor.unit, "id"),
            factor.unit,
            FACTOR if is_factor else OUTCOME if is_outcome else INDICATOR,
            factor.vintage,
            int(frame[name].notna().sum()),
            len(frame),
            of_all,
            len(register) if is_factor else 0,
            factor.publisher,
            factor.questions,
        )
    meant = meanings({name: names[name] for name in known})
    word = " ".join(words)
    hits = [name for name in known if _holds(words, f"{name} {meant[name]}")]
    found = hits or near_names(word, list(known), meant, most=SUGGESTED)
    is_hit = bool(hits) or bool(found and near_names(word, list(known), meant, letters=False))
    return Listed(word, tuple(known[name] for name in found), is_hit, materials.coverage)


def _holds(words: Sequence[str], text: str) -> bool:
    lowered = text.lower().replace("_", " ")
    return all(word.lower().replace("_", " ") in lowered for word in words)
