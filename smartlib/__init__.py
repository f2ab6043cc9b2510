"""Reproducible research workbook for Indonesia's Smart City evaluation.

The public names below are loaded when first used, so that the command line starts fast.
Each room has more: `smartlib.data`, `smartlib.index`, `smartlib.inference`,
`smartlib.present`.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Any

__version__ = version("smartlib")

_HOMES = {
    "SmartlibError": "smartlib.vocabulary.errors",
    "analysis_frame": "smartlib.run.commands.materials",
    "audit_means": "smartlib.index",
    "audit_table": "smartlib.index",
    "audit_totals": "smartlib.index",
    "composite_index": "smartlib.index",
    "correlations": "smartlib.inference",
    "describe": "smartlib.inference",
    "factor_table": "smartlib.inference",
    "fit": "smartlib.inference",
    "harmonised_index": "smartlib.index",
    "load_year": "smartlib.data",
    "median_bounds": "smartlib.index",
    "nearest": "smartlib.inference",
    "parse_scheme": "smartlib.data",
    "rank": "smartlib.index",
    "rank_confidence_sets": "smartlib.index",
    "read_table": "smartlib.data",
    "read_tables": "smartlib.data",
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """A public name from its home."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'smartlib' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Public names."""
    return sorted(__all__)
