"""Records of regions' reports, made by the notebook's own cells, the tables loaded once."""

from __future__ import annotations

from functools import cache

import nbformat
from conftest import ROOT

from smartlib import data
from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.present.document.blocks import Report

NOTEBOOK = ROOT / "notebooks" / "region_report.ipynb"
BADUNG, BANDUNG, WAKATOBI, TABALONG, BANDA_ACEH = "51.03", "32.73", "74.07", "63.09", "11.71"
SAMPLE = (BADUNG, BANDUNG, WAKATOBI, TABALONG, BANDA_ACEH)  # the last alone in its province


@cache
def cells() -> list[str]:
    node = nbformat.read(NOTEBOOK, 4)
    return [cell.source for cell in node.cells if cell.cell_type == "code"]


@cache
def loaded() -> tuple[Evaluation, Tables]:
    return data.load_year(None), data.read_tables()


class Loaded:
    """`smartlib.data` to a notebook, its tables read already."""

    def __getattr__(self, name: str) -> object:
        return getattr(data, name)

    def load_year(self, year: int | None) -> Evaluation:
        return loaded()[0]

    def read_tables(self) -> Tables:
        return loaded()[1]


@cache
def made(region: str, lang: str) -> Report:
    """The record that the notebook's last cell shows."""
    names: dict[str, object] = {"display": lambda *outputs: None}
    exec(cells()[0], names)
    names |= {"region": region, "lang": lang, "data": Loaded()}
    exec(cells()[1].replace("import data, ", "import "), names)
    for cell in cells()[2:]:
        exec(cell, names)
    report = names["report"]
    assert isinstance(report, Report)
    return report
