"""Floor 4: wording in two languages, tables, figures. Sees records, not models."""

from smartlib.present import (
    audit_figures,
    curve_figures,
    inference_figures,
    inference_tables,
    national_figures,
    programme_figures,
    region_figures,
    region_outlook,
    region_tables,
    region_text,
    region_trust,
    robustness_figures,
)
from smartlib.present.picture import Picture
from smartlib.present.tables import Sheet, Text, sheet
from smartlib.present.wording import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "Picture",
    "Sheet",
    "Text",
    "Words",
    "audit_figures",
    "curve_figures",
    "inference_figures",
    "inference_tables",
    "national_figures",
    "programme_figures",
    "region_figures",
    "region_outlook",
    "region_tables",
    "region_text",
    "region_trust",
    "robustness_figures",
    "sheet",
]
