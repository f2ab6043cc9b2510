"""Figures that press items state of a region: one entry of `MEASURES` adds one (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.numerals import UNITS, value_of
from smartlib.data.documents.records import Discrepancy, Fact

NUMBER = rf"(\d{{1,4}}|{'|'.join(UNITS)})"
PILLARS = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")
AGENCIES = re.compile(rf"Smart (?:City )?({'|'.join(PILLARS)})(?: diikuti)? (\d{{1,3}}) OPD")
RANK = re.compile(
    r"tahun (\d{4})\b[^.]{0,60}?peringkat (\d{1,3}) (?:di|se-?)\s?((?:[A-Z]\w+ ?)+)", re.IGNORECASE
)
MARKED = re.compile(rf"Smart ({'|'.join(PILLARS)})\b[^\d.;]{{0,20}}([1-4][.,]\d{{1,3}})\b")
IMPACT = re.compile(r"\b[Ii]mpact\b[^\d.;]{0,20}([1-4][.,]\d{1,3})\b")
LISTED = re.compile(rf"([^.]+?) untuk Smart ({'|'.join(PILLARS)})(?:,|\.|$)")
INTRODUCED = re.compile(r".*?(?:antara lain|yakni|yaitu)\s*:?\s*")


@dataclass(frozen=True)
class Measure:
    """What may be counted: its key, the words for it, its unit."""

    name: str
    words: str
    unit: str = "count"


MEASURES = (
    Measure("districts", "Kecamatan"),
    Measure("urban_villages", "Kelurahan"),
    Measure("villages", "Desa"),
    Measure("hospitals", "Rumah Sakit"),
    Measure("health_centres", "Puskesmas"),
    Measure("clinics", "Klinik"),
    Measure("kindergartens", "TK"),
    Measure("primary_schools", "SD"),
    Measure("junior_secondary_schools", "SMP"),
    Measure("senior_secondary_schools", "SMA/MA"),
    Measure("vocational_schools", "SMK"),
    Measure("universities", "Perguruan Tinggi"),
    Measure("pillars", "dimensi"),
    Measure("sub_dimensions", "sub dimensi"),
    Measure("innovators", "inovator"),
    Measure("innovations_stated", "inovasi"),
)


def read_press(lines: Sequence[Line], year: int) -> tuple[list[Fact], list[Discrepancy]]:
    """Facts of a press item, and counts that contradict each other.

    Parameters
    ----------
    lines : sequence of Line
        Of the item.
    year : int
        That it speaks of.
    """
    facts: list[Fact] = []
    for line in lines:
        facts += _counts(line, year)
        facts += _by_pillar(line, year)
        facts += _ranks(line)
    facts = list({(f.measure, f.pillar, f.year): f for f in reversed(facts)}.values())[::-1]
    return _with_conflicts(facts)


def _counts(line: Line, year: int) -> Iterator[Fact]:
    """Numbers before what is counted, or behind it; `ada` may stand between."""
    for measure in MEASURES:
        words = re.escape(measure.words)
        before = rf"\b{NUMBER} (?:buah |unit )?{words}\b"
        behind = rf"(?<!sub )\b{words}(?: ada)? (\d{{1,4}})\b"
        lists = re.search(r"Sarana Pendidikan ada ", line.text)
        places = [before] if measure.words != "SD" or not lists else []
        found = _first(line.text, behind) or next(
            filter(None, (_first(line.text, p) for p in places)), ""
        )
        if measure.words == "TK":
            found = _first(line.text, before)
        if found:
            yield Fact(line.place, measure.name, "", year, found, measure.unit)


def _first(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    return str(int(found[1]) if found[1].isdigit() else value_of(found[1])) if found else ""


def _by_pillar(line: Line, year: int) -> Iterator[Fact]:
    for pillar, count in AGENCIES.findall(line.text):
        yield Fact(line.place, "agencies", pillar, year, count, "count")
    for pillar, mark in MARKED.findall(line.text):
        yield Fact(line.place, "pillar_mean", pillar, year, mark.replace(",", "."), "mark, 1-4")
    for mark in IMPACT.findall(line.text):
        yield Fact(line.place, "impact_mean", "", year, mark.replace(",", "."), "mark, 1-4")
    if "inovasi" not in line.text:
        return
    for text, pillar in LISTED.findall(INTRODUCED.sub("", line.text, count=1)):
        yield Fact(line.place, "innovations", pillar, year, str(len(_listed(text))), "count")


def _listed(text: str) -> list[str]:
    """Items of a list: `A, B, dan C`; without a comma, `A dan B`."""
    parts = re.split(r",\s*(?:dan\s+)?", text.strip(" ,"))
    parts = parts if len(parts) > 1 else text.split(" dan ")
    return [part for part in parts if part.strip()]


def _ranks(line: Line) -> Iterator[Fact]:
    for year, place, _ in RANK.findall(line.text):
        yield Fact(line.place, "rank_in_province", "", int(year), place, "place")


def _with_conflicts(facts: list[Fact]) -> tuple[list[Fact], list[Discrepancy]]:
    """Innovators, innovations as stated and as listed: each is told where it differs."""
    listed = [int(f.value) for f in facts if f.measure == "innovations"]
    stated = {f.measure: f for f in facts if f.measure in ("innovators", "innovations_stated")}
    said = stated.get("innovations_stated")
    if said is None or not stated.keys() - {"innovations_stated"}:
        return facts, []
    other = stated["innovators"]
    if said.value == other.value and int(said.value) == sum(listed):
        return facts, []
    marked = [
        Fact(f.line, f.measure, f.pillar, f.year, f.value, f.unit, "innovators") if f is said else f
        for f in facts
    ]
    printed = f"{other.value} innovators, {said.value} innovations, {sum(listed)} listed"
    return marked, [Discrepancy("press_counts", said.line, printed, "equal counts")]
