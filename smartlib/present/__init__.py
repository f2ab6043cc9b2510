"""Floor 4: wording in two languages, tables, figures. Sees records, not models."""

from smartlib.present.drawing.picture import Picture
from smartlib.present.national import audit_figures, robustness_figures
from smartlib.present.national import ranking_figures as national_figures
from smartlib.present.region import figures as region_figures
from smartlib.present.region import outlook as region_outlook
from smartlib.present.region import tables as region_tables
from smartlib.present.region import text as region_text
from smartlib.present.region import trust as region_trust
from smartlib.present.regression import (
    coefficient_figures,
    curve_figures,
    journal,
    programme_figures,
    sheets,
)
from smartlib.present.words import labels, readings, regression_notes
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Picture",
    "Sheet",
    "Text",
    "Words",
    "audit_figures",
    "coefficient_figures",
    "curve_figures",
    "journal",
    "national_figures",
    "programme_figures",
    "readings",
    "region_figures",
    "region_outlook",
    "region_tables",
    "region_text",
    "region_trust",
    "regression_notes",
    "robustness_figures",
    "sheet",
    "sheets",
    "labels",
]
