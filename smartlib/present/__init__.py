"""Floor 4: words in two languages, tables, figures. Sees records, not models.

Notebooks take from here the modules of what they show, and the few classes beside them.
"""

from smartlib.present.national import audit_figures, robustness_figures
from smartlib.present.national import ranking_figures as national_figures
from smartlib.present.region import figures as region_figures
from smartlib.present.region import goals as region_goals
from smartlib.present.region import ranks as region_ranks
from smartlib.present.region import tables as region_tables
from smartlib.present.region import text as region_text
from smartlib.present.regression import (
    coefficient_figures,
    curve_figures,
    journal,
    programme_figures,
    sheets,
)
from smartlib.present.words import (
    LANGUAGES,
    Sheet,
    Text,
    Words,
    labels,
    readings,
    regression_notes,
    sheet,
)
from smartlib.present.words import year as year_text
