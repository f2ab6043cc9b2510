"""The one home of `diff_diff`, an extra: estimators for cohorts of several years (floor 3)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.extras import how_to_install

NAME, EXTRA = "diff_diff", "outcomes"


def has_library() -> bool:
    """Whether the extra is installed."""
    return find_spec(NAME) is not None


def library() -> ModuleType:
    """The library.

    Raises
    ------
    DataError
        It is not installed; says how it comes.
    """
    if not has_library():
        raise DataError(
            "Estimators for cohorts of several years need the library diff-diff: "
            f"{how_to_install(EXTRA)}."
        )
    return import_module(NAME)
