"""The statistics part of a paper: checks, descriptive tables and figures, paragraphs, sources.

Stands above `regression`, whose tables it takes; the sentences stand in `words`.
"""

from importlib import import_module
from typing import Any

from smartlib.present.paper.checks import (
    check_reading,
    check_record,
    checks_line,
    checks_sheet,
    checks_table,
)
from smartlib.present.paper.descriptives import correlation_table, describe_table, source_line
from smartlib.present.paper.paragraphs import Paragraphs, paragraphs

_PICTURES = {"coefficients_picture", "correlation_picture", "residuals_picture", "spread_picture"}


def __getattr__(name: str) -> Any:
    """A figure's maker, loaded when first used: tables are made where nothing can draw, too."""
    if name in _PICTURES:
        return getattr(import_module(f"{__name__}.figures"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
