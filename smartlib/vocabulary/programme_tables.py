"""Tables of the programme's cohorts and of outcomes over years, as compiled (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.tables import CERTAINTIES, CODE, Column, Table

_COHORT = Column("cohort_year", "integer", "Year of selection", required=False, minimum=2017)
_SOURCE = Column("source", "string", "Where it is told", required=False)
_NOTE = Column("note", "string", "What contradicts it or narrows it down", required=False)

COHORTS = Table(
    "cohorts",
    "Year in which each selected region was selected, where it could be dated",
    ("region_code",),
    (CODE, _COHORT, Column("how_sure", "string", "What the year rests on"), _SOURCE, _NOTE),
)
NEXT_COHORT = Table(
    "cohort_2024",
    "Regions taken up later than the letters' lists, as far as found; no year: invited only",
    ("region_code",),
    (CODE, _COHORT, _SOURCE, _NOTE),
)
COHORT_SIZES = Table(
    "cohort_sizes",
    "Regions newly selected in each year, as published",
    ("cohort_year",),
    (
        Column("cohort_year", "integer", "Year of selection", minimum=2017),
        Column("regions", "integer", "Newly selected", minimum=1),
    ),
)
CERTAINTY = Table(
    "certainty",
    "What each wording of `how_sure` comes to",
    ("how_sure",),
    (
        Column("how_sure", "string", "As in the table of cohorts"),
        Column("certainty", "string", "How sure the year is", values=CERTAINTIES),
    ),
)
OUTCOME_PANEL = Table(
    "panel",
    "Outcomes by region and year, one value a row",
    ("region_code", "year", "measure"),
    (
        CODE,
        Column("year", "integer", "Year", minimum=2000, maximum=2100),
        Column("measure", "string", "Key among the measures"),
        Column("value", "number", "In the measure's unit"),
    ),
)
MEASURES = Table(
    "measures",
    "What each measure is, and from which compilation",
    ("measure",),
    (
        Column("measure", "string", "Key"),
        Column("label_en", "string", "Label in English"),
        Column("label_id", "string", "Label in Indonesian"),
        Column("unit", "string", "Of the values"),
        Column("scale", "string", "How changes are read", values=("log", "level")),
        Column(
            "margin",
            "number",
            "Differences within it are of no consequence; log points, or the measure's unit",
            minimum=0,
        ),
        Column("broken_from", "string", "Years in which a compilation breaks", required=False),
        Column("source", "string", "Compilation, with the commit that was read"),
    ),
)
SERIES_MOVED = Table(
    "series_moved",
    "Under which region compilation a had the series of a Papuan region",
    ("region_code",),
    (CODE, Column("series_stood_at", "string", "Code of that region")),
)
