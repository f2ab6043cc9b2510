"""Floor 4: words in two languages, tables, figures. Sees records, not models.

Notebooks take from here the modules of what they show, and the few classes beside them. Each is
loaded when first used: who reads or words a report need not wait for what draws one.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "audit_text": "national.audit_texts",
    "audit_figures": "national.audit_figures",
    "coefficient_figures": "regression.coefficient_figures",
    "curve_figures": "regression.curve_figures",
    "forms": "regression.forms",
    "journal": "regression.journal",
    "labels": "words.labels",
    "paper": "paper",
    "national_figures": "national.ranking_figures",
    "national_texts": "national.ranking_texts",
    "outcome_figures": "regression.outcome_figures",
    "outcome_tables": "regression.outcome_tables",
    "programme_figures": "regression.programme_figures",
    "programme_texts": "words.programme_texts",
    "readings": "words.readings",
    "region": "region",
    "regression_notes": "words.regression_notes",
    "robustness_figures": "national.robustness_figures",
    "national_summary": "national.summary",
    "robustness_texts": "national.robustness_texts",
    "sheets": "regression.sheets",
    "steps": "regression.steps",
    "year_text": "words.year",
}
_NAMES = {
    "Sheet": "words",
    "Text": "words",
    "Words": "words",
    "sheet": "words",
    "shown": "document.cells",
}

__all__ = [*_MODULES, *_NAMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """A module, or a name from its home."""
    if name in _MODULES:
        return import_module(f"{__name__}.{_MODULES[name]}")
    if name in _NAMES:
        return getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
