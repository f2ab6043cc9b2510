"""The key of a report holds all that it is made from."""

from __future__ import annotations

import pytest
from bare import closure

from smartlib.run.state import surroundings
from smartlib.run.state.surroundings import TOOLS, Surroundings

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


def test_no_tool_is_something_that_a_report_can_import() -> None:
    """What freshness passes over is required by no part that makes reports, and is all the rest."""
    extras = ("notebooks", "pdf", "dask", "files", "outcomes")
    runs = closure("smartlib", extras, without=("nbval",))
    tools = closure("smartlib", ("dev",)).keys() - runs.keys() - {"smartlib"}
    assert len(runs) > 50
    assert not TOOLS & runs.keys()
    assert tools <= TOOLS


def test_a_linters_new_version_makes_nothing_due(tmp_path, monkeypatch) -> None:
    """But that of a library does."""
    before = surroundings._distributions()
    for name in ("ruff-99.0", "numpy-99.0"):
        (tmp_path / f"{name}.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    after = surroundings._distributions()
    assert {name for name in after if after[name] != before.get(name)} == {"numpy"}
    assert "ruff" not in before
