"""docs/findings.md against the notebooks, and numbers that stand in two notebooks."""

from __future__ import annotations

import re
from functools import cache

import nbformat
import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
ITEMS = re.findall(r"^(\d+)\. (.*?)\n +- (\d\d): (.*?)$", PAGE, re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?%?")
WORDS = {"2024", "140", "95%"}  # the year, the known rows and the level, said above the list


@cache
def printed(notebook: str) -> str:
    """All that a notebook prints, on one line, spaces made single."""
    [path] = (ROOT / "notebooks").glob(f"{notebook}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    texts = (
        str(output.get("data", {}).get("text/plain", ""))
        for cell in cells
        for output in cell.get("outputs", ())
    )
    return " ".join(" ".join(texts).replace("-0.", "−0.").split())


def test_there_are_ten() -> None:
    """Numbered from one to ten, each with its notebook."""
    assert [number for number, *_ in ITEMS] == [str(n) for n in range(1, 11)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item[0])
def test_each_finding_is_printed(item: tuple[str, str, str, str]) -> None:
    """What is quoted stands in the notebook's outputs, and each number said is in a quotation."""
    _, said, notebook, quoted = item
    quotations = [" ".join(q.split()) for q in re.findall(r"`([^`]+)`", quoted)]
    missing = [q for q in quotations if q not in printed(notebook)]
    assert not missing
    shown = {n.lstrip("+") for q in quotations for n in NUMBER.findall(q)}
    told = {n.rstrip(",").lstrip("+") for n in NUMBER.findall(said)} - WORDS
    assert {n for n in told if not n.isdigit()} <= shown


def test_the_slope_of_improvement_is_one_number() -> None:
    """02 and 06 print the same estimate and interval for all known rows."""
    [first] = re.findall(
        r"95% intervals \(CR2 by province\): (\S+) \((\S+) to (\S+)\) all", printed("02")
    )
    rows = re.findall(r"internal 0\.\d+ (\S+) \((\S+) to (\S+)\)", printed("06"))
    assert first in rows


def test_what_tells_two_regions_apart_is_one_sentence() -> None:
    """02 and 04 print it in the same words, with the same numbers."""
    pattern = r"Two regions picked beforehand.*?among many\."
    [one], [other] = (re.findall(pattern, printed(name)) for name in ("02", "04"))
    assert one == other
    assert "0.39 points" in one


def test_the_main_regression_is_one_number() -> None:
    """03's contrast of the straight line is its coefficient on ten points, on the longer step."""
    found = re.search(r"By province \(CR2\) (\S+) ", printed("03"))
    line = re.search(r"level \(straight line\) (\S+) ", printed("03"))
    ends = re.search(r"quartiles of own-source share of revenue \((\S+) and (\S+)\)", printed("03"))
    assert found is not None
    assert line is not None
    assert ends is not None
    low, high = map(float, ends.groups())
    step = (high - low) / 0.1
    assert float(line[1]) == pytest.approx(float(found[1]) * step, abs=0.15 * 0.01 / 0.1)
