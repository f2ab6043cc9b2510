"""The key of a report holds all that it is made from."""

from __future__ import annotations

import pytest

from smartlib.run.state.surroundings import Surroundings

NOTEBOOK = "notebooks/region_report.ipynb"
REPORT = {"notebook": NOTEBOOK, "parameters": {"region": "51.03", "year": 2024}, "page": ("id", 1)}


def around(**other: dict[str, str]) -> Surroundings:
    parts = {
        "inputs": {"data/raw/a.csv": "1"},
        "code": {"smartlib/a.py": "2"},
        "environment": {"numpy": "3"},
        "notebooks": {NOTEBOOK: "4", "notebooks/other.ipynb": "5"},
    }
    return Surroundings(**(parts | other))


def test_the_same_report_has_the_same_key() -> None:
    """In whatever order its parameters stand."""
    turned = {**REPORT, "parameters": {"year": 2024, "region": "51.03"}}
    assert around().key(**REPORT) == around().key(**REPORT) == around().key(**turned)


@pytest.mark.parametrize(
    "other",
    [
        {"notebook": "notebooks/other.ipynb"},
        {"parameters": {"region": "51.04", "year": 2024}},
        {"parameters": {"region": "51.03"}},
        {"page": ("id", 2)},
        {"page": ("en", 1)},
    ],
)
def test_another_report_has_another_key(other: dict[str, object]) -> None:
    """Its notebook, its parameters and the page around it are all in the key."""
    assert around().key(**(REPORT | other)) != around().key(**REPORT)


@pytest.mark.parametrize(
    "other",
    [
        {"inputs": {"data/raw/a.csv": "x"}},
        {"code": {"smartlib/a.py": "x"}},
        {"environment": {"numpy": "x"}},
        {"notebooks": {NOTEBOOK: "x", "notebooks/other.ipynb": "5"}},
    ],
)
def test_other_surroundings_give_another_key(other: dict[str, dict[str, str]]) -> None:
    """A changed file or distribution makes a report stale, and is named."""
    assert around(**other).key(**REPORT) != around().key(**REPORT)
    (name, *_) = next(iter(other.values()))
    assert around(**other).differing(around()) == {name}


def test_another_notebook_does_not_matter() -> None:
    """A report depends on its own notebook alone."""
    changed = around(notebooks={NOTEBOOK: "4", "notebooks/other.ipynb": "x"})
    assert changed.key(**REPORT) == around().key(**REPORT)
