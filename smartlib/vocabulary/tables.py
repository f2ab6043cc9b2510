"""The project's tables and their columns, each named once (floor 0).

Schemas, the data package, the codebook sheet and the loader are derived from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smartlib.vocabulary.units import UNITS

LANGUAGES = ("id", "en")  # of reports; the fields label_id and label_en are theirs


@dataclass(frozen=True)
class Dimension:
    """A dimension of the index: its key, its printed heading, its label."""

    name: str
    heading: str
    label_en: str
    label_id: str


DIMENSIONS = (
    Dimension("baseline", "BASELINE", "Baseline", "Baseline"),
    Dimension("output", "OUTPUT", "Output", "Output"),
    Dimension("outcome", "OUTCOME", "Outcome", "Outcome"),
    Dimension("impact", "IMPACT", "Impact", "Impact"),
    Dimension("quick_wins", "QUICK WINS", "Quick Wins", "Quick Wins"),
    Dimension("collaboration", "PROGRAM KOLABORASI", "Collaboration", "Program Kolaborasi"),
)
DIMENSION_NAMES = tuple(dimension.name for dimension in DIMENSIONS)

# Of a year of selection, the surest first; the first three are told by more than one item.
CERTAINTIES = ("full_list", "derived", "several_items", "partial_list", "one_item", "unknown")
FIRM = CERTAINTIES[:3]

RECOMPUTED = ("reproduced", "contradicted", "not_checkable")  # verdicts on a number made anew
VERDICTS = (
    *RECOMPUTED,
    "possible",
    "impossible",
    "uninformative",
    "expected",
    "unusual",
)  # of the audit

# Heading of the published score table -> column; each column's own name is read too.
SCORE_HEADINGS = {
    "KAB/KOTA": "region",
    **{dimension.heading: dimension.name for dimension in DIMENSIONS},
    "NILAI FINAL": "published_index",
    "TINGKAT IMPROVEMENT": "improvement",
    "KET": "track",
}


@dataclass(frozen=True)
class Column:
    """A column of a tidy table.

    Attributes
    ----------
    name : str
        As in the file.
    type : {"string", "integer", "number"}
        As the data package names it.
    description : str
        What it holds.
    unit : str
        Unit of the values, where they have one.
    required : bool
        Whether a missing value is an error.
    values : tuple of str
        The only values allowed, where they are few.
    minimum, maximum : float or None
        Inclusive bounds.
    pattern : str
        Regular expression that text must match in full.
    """

    name: str
    type: Literal["string", "integer", "number"]
    description: str
    unit: str = ""
    required: bool = True
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Table:
    """A tidy table: its name, what a row is, its key and its columns."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> list[str]:
        """Names in file order."""
        return [column.name for column in self.columns]


CODE = Column(
    "region_code", "string", "Kemendagri code of the region, as text", pattern=r"\d{2}\.\d{2}"
)
YEAR = Column("year", "integer", "Year", minimum=2017, maximum=2100)
COHORT = Column(
    "cohort",
    "string",
    "Years in which the regions of one table were selected, such as 2017-2022",
    required=False,
    pattern=r"20\d{2}(-20\d{2})?",
)
KIND = Column("kind", "string", "Regency (kabupaten) or city (kota)", values=("kabupaten", "kota"))
PROVINCE = Column("province", "string", "Province, as in the register")


def _mark(dimension: Dimension) -> Column:
    return Column(
        dimension.name,
        "number",
        f"Mean mark of the {dimension.label_en} questions, as published",
        unit="mark, 1-4",
        required=dimension.name != "collaboration",
        minimum=1,
        maximum=4,
    )


def _rank(name: str, description: str) -> Column:
    return Column(name, "integer", description, unit="place", minimum=1)


def _rank_range(name: str, description: str) -> tuple[Column, Column]:
    return _rank(f"{name}_low", f"{description}: best"), _rank(f"{name}_high", "The same: last")


REGISTER = Table(
    "regions",
    "The kabupaten and kota of the register, one a row",
    ("region_code",),
    (
        CODE,
        Column("official_name", "string", "Name as in the register"),
        KIND,
        Column("province_code", "string", "Kemendagri code of the province", pattern=r"\d{2}"),
        PROVINCE,
        Column("longitude", "number", "Centroid", "degrees east", minimum=94, maximum=142),
        Column("latitude", "number", "Centroid", "degrees north", minimum=-12, maximum=7),
    ),
)

REGION_CODES = Table(
    "region_codes",
    "What other systems and years call each region by number",
    ("region_code",),
    (
        CODE,
        Column("bps_code", "string", "Code of BPS, list of 2018-2020", pattern=r"\d{4}"),
        Column("bps_code_2024", "string", "Code of BPS as used in 2024", pattern=r"\d{4}"),
        Column(
            "kemendagri_code_2019", "string", "Kemendagri code of 2019", pattern=r"\d{2}\.\d{2}"
        ),
    ),
)

REGION_NAMES = Table(
    "region_names",
    "Names of regions that the register does not have, one a row",
    ("region_code", "name"),
    (
        CODE,
        Column("name", "string", "The name, without its kind"),
        Column("used", "string", "By whom, or when", values=("former", "bps", "short")),
        Column("since", "string", "Year from which another name holds", required=False),
        Column("regulation", "string", "Which says so", required=False),
    ),
)

SCORES = Table(
    "scores",
    "The known rows of the score table, one a region and year",
    ("region_code", "year"),
    (
        CODE,
        Column("region", "string", "Short name of the region"),
        KIND,
        PROVINCE,
        YEAR,
        COHORT,
        Column("track", "string", "Formula the region is scored on"),
        *(_mark(dimension) for dimension in DIMENSIONS),
        Column(
            "published_index",
            "number",
            "Final as published; may lie below 1, where a missing mark counts as 0",
            "index points, at most 4",
            minimum=0,
            maximum=4,
        ),
        Column(
            "recomputed_index",
            "number",
            "Final recomputed from the published means with the track's weights",
            "index points, at most 4",
            minimum=0,
            maximum=4,
        ),
        Column(
            "harmonised_index",
            "number",
            "Index on the dimensions and weights of the common track, for all tracks",
            "index points, 1-4",
            minimum=1,
            maximum=4,
        ),
        Column(
            "improvement",
            "number",
            "Final minus last year's final, as published",
            "index points",
            required=False,
            minimum=-4,
            maximum=4,
        ),
        Column(
            "previous_index",
            "number",
            "Last year's final: published final minus improvement",
            "index points, at most 4",
            required=False,
            minimum=0,
            maximum=4,
        ),
        _rank(
            "rank_known",
            "Rank of the published final among the known rows, of the cohort unless the source "
            "ranks cohorts together; ties share the best",
        ),
        _rank("rank_track", "The same among the known rows of the track"),
        _rank("rank_province", "The same among the known rows of the province"),
        _rank(
            "rank_lowest_possible", "Rank among all scored regions if every lost row stood above"
        ),
    ),
)

PARTICIPATION = Table(
    "participation",
    "How far each region of the register came in the evaluation",
    ("region_code",),
    (
        CODE,
        Column(
            "selected", "integer", "1 if selected for the programme, else 0", minimum=0, maximum=1
        ),
        Column(
            "stage1",
            "string",
            "Stage I, consultative",
            values=("attended", "absent", "not_selected"),
        ),
        Column(
            "stage2",
            "string",
            "Stage II, scored; undetermined: invited, but its row would be among the lost ones",
            values=("scored", "absent", "undetermined", "not_invited"),
        ),
        Column(
            "selected_year",
            "integer",
            "Year of selection; missing where it is not known, or the region is not selected",
            required=False,
            minimum=2017,
        ),
        Column(
            "selected_by",
            "integer",
            "Year by which it was selected at the latest; of a dated region, that year",
            required=False,
            minimum=2017,
        ),
        Column(
            "selected_certainty",
            "string",
            "What the year rests on: the full list, a derivation from two lists, several items, "
            "a partial list, one item, or nothing",
            required=False,
            values=CERTAINTIES,
        ),
    ),
)

ANSWERS = Table(
    "answers",
    "Marks of single questions, where a region's report is at hand",
    ("region_code", "year", "question"),
    (
        CODE,
        YEAR,
        Column("question", "integer", "Number of the question", minimum=1),
        Column("score", "number", "Mean mark of the assessors", "mark, 1-4", minimum=1, maximum=4),
    ),
)

FACTORS = Table(
    "factors",
    "Regional factors, one value a row; a missing row is an unknown value, never a zero",
    ("region_code", "year", "basis", "factor"),
    (
        CODE,
        YEAR,
        Column(
            "basis",
            "string",
            "How the value came about",
            values=("realised", "budgeted", "observed"),
        ),
        Column("factor", "string", "Key in the factor dictionary"),
        Column("value", "number", "In the unit of the factor dictionary"),
        Column("source", "string", "Key of the publication"),
    ),
)

AUDIT = Table(
    "audit",
    "What the published numbers of the latest year say of how they were made, one check a row",
    ("check", "subject"),
    (
        Column("check", "string", "What was checked"),
        Column("subject", "string", "Code of a region, name of a track, or `table`"),
        Column(
            "verdict",
            "string",
            "Whether the number follows (reproduced, contradicted), is possible at all "
            "(possible, impossible), could not have failed (uninformative), is as one would "
            "expect (expected, unusual), or cannot be checked (not_checkable)",
            values=VERDICTS,
        ),
        Column("expected", "string", "What the check expects", required=False),
        Column("found", "string", "What the table holds", required=False),
        Column("detail", "string", "In words", required=False),
    ),
)

RANKS = Table(
    "ranks",
    "Rank of each known row of the latest year among the known rows, and how far it is known",
    ("region_code", "route"),
    (
        CODE,
        Column(
            "route",
            "string",
            "Where the standard error comes from: internal consistency of the dimensions, or "
            "correlation with last year, which counts real change as error",
            values=("internal", "retest"),
        ),
        Column("index", "number", "Published final", "index points", minimum=0, maximum=4),
        Column("standard_error", "number", "Of the index", "index points", minimum=0),
        _rank("rank", "Rank of the published final; ties share the best"),
        *_rank_range("marginal", "95% confidence set for this region's rank alone"),
        *_rank_range("simultaneous", "95% confidence sets for all ranks at once"),
        *_rank_range(
            "rounding", "Rank had nothing been rounded, as far as the marks can be recovered"
        ),
        _rank(
            "method_p05",
            "5% quantile of the rank of the harmonised index over other ways to make it: weights, "
            "scales, means, and mostly one dimension less",
        ),
        _rank("method_p50", "Median of the same"),
        _rank("method_p95", "95% quantile of the same"),
    ),
)

WEIGHTS = Table(
    "weights",
    "Weights that could have made the published finals of the latest year",
    ("track", "dimension"),
    (
        Column("track", "string", "Formula"),
        Column("dimension", "string", "Dimension", values=DIMENSION_NAMES),
        Column("published", "number", "Weight that the letter states", "share", minimum=0),
        Column(
            "low",
            "number",
            "Least weight that reproduces every final; missing where no weights do",
            "share",
            required=False,
            minimum=0,
        ),
        Column("high", "number", "Greatest such weight", "share", required=False, minimum=0),
    ),
)

FACTOR_DICTIONARY = Table(
    "factor_dictionary",
    "What each factor is",
    ("factor",),
    (
        Column("factor", "string", "Key"),
        Column("label_en", "string", "English label"),
        Column("label_id", "string", "Indonesian label"),
        Column("unit", "string", "Unit", values=tuple(UNITS)),
        Column("publisher", "string", "Publisher"),
        Column("note", "string", "Caveats", required=False),
    ),
)

INSTRUMENT = Table(
    "instrument",
    "The questions of the evaluation, one a row",
    ("number",),
    (
        Column("number", "integer", "Number of the question", minimum=1),
        Column(
            "dimension",
            "string",
            "Heading of its dimension",
            values=tuple(dimension.heading for dimension in DIMENSIONS),
        ),
        Column("indicator", "string", "Indicator heading"),
        Column("sub_indicator", "string", "Sub-indicator heading", required=False),
        Column("pillar", "string", "Smart City pillar", required=False),
        Column("sub_dimension", "string", "Sub-dimension of the pillar", required=False),
        Column("label_id", "string", "Short Indonesian label, our own words"),
        Column("label_en", "string", "Short English label, our own words"),
    ),
)

SCORED_STATISTICS = Table(
    "scored_statistics",
    "Published statistics that questions of the year's instrument score, one a row",
    ("question", "factor", "label_en"),
    (
        Column("question", "integer", "Number of the question", minimum=1),
        Column("factor", "string", "Key in the factor dictionary, if it has it", required=False),
        Column("label_en", "string", "What it is in English, if it has not", required=False),
        Column("label_id", "string", "The same in Indonesian", required=False),
    ),
)

PARTICIPANTS = Table(
    "participants",
    "The lists that the letters print, in their order",
    (),
    (
        Column(
            "list",
            "string",
            "Which list",
            values=("stage1_invited", "stage1_absent", "stage2_invited", "stage2_absent"),
        ),
        Column("no", "integer", "Number as printed", minimum=1),
        Column("name", "string", "Name as printed"),
    ),
)
