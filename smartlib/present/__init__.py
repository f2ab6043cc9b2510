"""Floor 4: wording in two languages, tables, figures. Sees records, not models."""

from smartlib.present import national_figures, region_figures, region_tables, region_text
from smartlib.present.picture import Picture
from smartlib.present.regression import dropped_text, regression_sheet
from smartlib.present.tables import Sheet, Text, sheet
from smartlib.present.wording import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Picture",
    "Sheet",
    "Text",
    "Words",
    "dropped_text",
    "national_figures",
    "region_figures",
    "region_tables",
    "region_text",
    "regression_sheet",
    "sheet",
]
