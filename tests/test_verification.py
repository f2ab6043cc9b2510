"""The table of what estimators are held to: page, docstrings, scripts and tests agree."""

from __future__ import annotations

from importlib import import_module

import pytest
from verification import HERE, TARGET, estimators, page


def test_the_page_is_made_from_the_records() -> None:
    """docs/verification.md is what `python -m tests.verification` writes."""
    assert TARGET.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("record", estimators(), ids=lambda record: record["name"])
def test_each_docstring_names_its_tier(record: dict[str, str]) -> None:
    """The function exists, its docstring has the tier's words, script and test are there, and the
    test speaks of the function.
    """
    module, _, name = record["name"].rpartition(".")
    doc = " ".join((getattr(import_module(f"smartlib.{module}"), name).__doc__ or "").split())
    assert f"Verification: {record['tier']}." in doc
    assert not record["script"] or (HERE / "reference" / record["script"]).is_file()
    assert name in (HERE / record["test"]).read_text(encoding="utf-8")
