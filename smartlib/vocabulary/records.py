"""Frozen records that rooms hand to each other (floor 0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Literal

from smartlib.vocabulary.words.sentences import Said, Sentence, joined

ROW = Sentence("baris {row}", "row {row}")
COLUMN = Sentence("kolom {column}", "column {column}")
EXPECTED = Sentence("; seharusnya {expected}", "; expected {expected}")


@dataclass(frozen=True)
class Finding:
    """Something seen in a file: a mistake to mend, or a repair to know of.

    Attributes
    ----------
    problem : str
        What was wrong, or what was done.
    file, row, column, region : str or int
        Where; `row` counts as a spreadsheet does (the heading is row 1, 0 is the
        whole file).
    expected : str
        What would have been right.
    fix : str
        What to do.
    """

    problem: str
    file: str = ""
    row: int = 0
    column: str = ""
    region: str = ""
    expected: str = ""
    fix: str = ""

    @property
    def said(self) -> Said:
        """All of it as one line, in both languages."""
        place = [self.file] if self.file else []
        place += [ROW(row=self.row)] if self.row else []
        place += [COLUMN(column=self.column)] if self.column else []
        place += [self.region] if self.region else []
        parts = [joined([joined(place), ": "], ""), self.problem] if place else [self.problem]
        parts += [EXPECTED(expected=self.expected)] if self.expected else []
        return joined([*parts, ". " if self.fix else "", self.fix], "")

    def __str__(self) -> str:
        return str(self.said)

    def as_dict(self) -> dict[str, str | int]:
        """Fields by name, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Track:
    """One formula of the evaluation.

    Attributes
    ----------
    name : str
        Key in tables (`regular`, `kppn_ikn`).
    heading : str
        As the score table prints it.
    label_en, label_id : str
        As a report prints it.
    weights : mapping of str to Decimal
        Share of each dimension, summing to 1.
    zero_if_missing : tuple of str
        Dimensions whose blank counts as 0 in the total.
    invited : int or None
        Regions invited to stage II on this track, where the letter states it.
    members_en, members_id : str
        Which regions the track is for, where the letter says.
    """

    name: str
    heading: str
    label_en: str
    label_id: str
    weights: Mapping[str, Decimal]
    zero_if_missing: tuple[str, ...] = ()
    invited: int | None = None
    members_en: str = ""
    members_id: str = ""


@dataclass(frozen=True)
class Stages:
    """Counts that the letters state: selected, invited, scored.

    Attributes
    ----------
    selected, attended, absent : int
        Stage I: regions in the programme, taking part, absent.
    invited, scored, missing : int
        Stage II: regions invited, scored, absent.
    cohorts : mapping of str to Stages
        The same for each of several cohorts, which add up; nothing where there is one.
    """

    selected: int
    attended: int
    absent: int
    invited: int
    scored: int
    missing: int
    cohorts: Mapping[str, Stages] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    """Questions whose marks are described as means over the respondents of a survey.

    Attributes
    ----------
    dimension : str
        Whose questions.
    respondents : int
        How many.
    """

    dimension: str
    respondents: int


@dataclass(frozen=True)
class Scheme:
    """How a year's index is made from its dimensions.

    Attributes
    ----------
    year : int
        Year of the evaluation.
    lowest, highest : Decimal
        Ends of the scale of marks.
    decimals : int
        Decimals of a published mean or total.
    rounding : str
        `half_up`, `half_even` or `down`.
    tracks : mapping of str to Track
        Formulas by name.
    common_track : str
        The track whose weights make the harmonised index.
    citation : str
        Where the scheme is published.
    stages : Stages
        What the letters count.
    ranked_together : bool
        Whether the source ranks the regions of several cohorts as one table.
    edition_en, edition_id : str
        What titles and figures call the year: the year itself, and what must be said with it.
    rounding_stated : bool
        Whether the publisher names the rounding; if not, it was inferred.
    cohort : str
        Years in which the regions were selected, such as `2017-2022`.
    circulating : mapping of str to Decimal
        Weights that circulate beside the published ones, as stated (of any sum); tested
        against the totals.
    circulating_source : str
        Where they are quoted.
    survey : Survey or None
        If some marks are described as means over respondents.
    """

    year: int
    lowest: Decimal
    highest: Decimal
    decimals: int
    rounding: Literal["half_up", "half_even", "down"]
    tracks: Mapping[str, Track]
    common_track: str
    citation: str
    stages: Stages
    edition_en: str
    edition_id: str
    rounding_stated: bool = False
    ranked_together: bool = False
    cohort: str = ""
    circulating: Mapping[str, Decimal] = field(default_factory=dict)
    circulating_source: str = ""
    survey: Survey | None = None

    @property
    def common(self) -> Track:
        """The track whose formula all tracks can be compared on."""
        return self.tracks[self.common_track]

    def of(self, cohort: str) -> Scheme:
        """The scheme of one cohort; itself where one ranking holds all."""
        if self.ranked_together or cohort not in self.stages.cohorts:
            return self
        return replace(self, cohort=cohort, stages=self.stages.cohorts[cohort])

    @property
    def others(self) -> tuple[Track, ...]:
        """All tracks but the common one, in the scheme's order."""
        return tuple(t for name, t in self.tracks.items() if name != self.common_track)


@dataclass(frozen=True)
class SourceRecord:
    """Where a raw file comes from.

    Attributes
    ----------
    file : str
        Path below `data/raw`.
    publisher, title, letter, date, licence, transcription : str
        Who published what, under which number, when (ISO 8601), on which terms, and how
        it came into this file.
    sha256 : str
        Of the file's bytes.
    publisher_id, title_id, letter_id, date_id, licence_id : str
        The same in Indonesian, where it differs.
    title_lang : str
        Language of the title, where it is not English.
    had, accessed, format : str
        Where the publication was had, when, and in which form.
    """

    file: str
    publisher: str
    title: str
    letter: str
    date: str
    licence: str
    transcription: str
    sha256: str
    publisher_id: str = ""
    title_id: str = ""
    letter_id: str = ""
    date_id: str = ""
    licence_id: str = ""
    title_lang: str = ""
    had: str = ""
    accessed: str = ""
    format: str = ""

    @property
    def citation(self) -> str:
        """Publisher, title, letter number and date in one line."""
        return self.citation_in("en")

    def citation_in(self, lang: str) -> str:
        """The citation in a language: `id` or `en`."""
        parts = [self.said(name, lang) for name in ("publisher", "title", "letter", "date")]
        return ". ".join(part for part in parts if part) + "."

    def said(self, field: str, lang: str) -> str:
        """A field in a language: `id` or `en`."""
        own = getattr(self, f"{field}_id") if lang == "id" else ""
        return str(own or getattr(self, field))


@dataclass(frozen=True)
class FactorSource:
    """A publication behind the factors, and which of its tables each factor is from.

    Attributes
    ----------
    key : str
        In the column `source` of `factors.csv`.
    publisher, title, date, licence, had, accessed, format : str
        As of a `SourceRecord`.
    checked : str
        How far the numbers were checked.
    tables : mapping of str to str
        Title of the table by factor.
    """

    key: str
    publisher: str
    title: str
    date: str
    licence: str
    had: str
    accessed: str
    format: str
    checked: str
    tables: Mapping[str, str]

    @property
    def citation(self) -> str:
        """Publisher, title and date in one line."""
        return f"{self.publisher}. {self.title}. {self.date}."
