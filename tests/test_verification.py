"""The table of what estimators are held to: page, docstrings, scripts and tests agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest
from conftest import ROOT
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


def with_references() -> Iterator[str]:
    """Public functions of the estimating rooms whose docstring cites where a method is from."""
    for room in ("index", "inference"):
        for path in sorted((ROOT / "smartlib" / room).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT / "smartlib").with_suffix("").parts)
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                is_public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if is_public and "References\n" in (ast.get_docstring(node) or ""):
                    yield f"{module}.{node.name}"


def test_whoever_cites_a_method_is_held_to_something() -> None:
    """No estimator stands outside the table, and none is in it twice."""
    names = [record["name"] for record in estimators()]
    assert len(set(names)) == len(names)
    assert sorted(set(with_references()) - set(names)) == []
