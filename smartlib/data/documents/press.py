"""Figures that press items state of a region: one entry of `MEASURES` adds one (floor 1).

A figure is taken where its sentence says what it is: a score only beside a word for scores,
with nothing behind it that makes it another thing. What looks like one and is not taken is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.numerals import NUMERAL, value_of
from smartlib.data.documents.records import Discrepancy, Fact

COUNT = rf"(?<![\d.,])(\d{{1,3}}(?:\.\d{{3}})+|\d{{1,4}}|{NUMERAL.pattern})"
PILLARS = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")
PILLAR = rf"Smart (?:City )?({'|'.join(PILLARS)})\b"
AGENCIES = re.compile(rf"{PILLAR}(?: diikuti)? (\d{{1,3}}) OPD")
RANK = re.compile(
    r"tahun (\d{4})\b(?:(?!tahun|peringkat)[^.]){0,60}?peringkat (\d{1,3}) "
    r"(?:di|se-?) ?(?:provinsi )?((?-i:[A-Z]\w+(?: [A-Z]\w+)*))",
    re.IGNORECASE,
)
SCORE = re.compile(r"(?<![\d.,])([1-4](?:,\d{1,3}|\.\d{1,2}))(?![.,]?\d)")  # 1.200 is thousands
# Between what is scored and its score; behind it, where it is one and no other figure.
SAYS = (
    r"(?:\s*[:=(|]?\s*|,? (?:dengan |yang |telah |berhasil )?"
    r"(?:nilai|skor|indeks|meraih|mencapai|memperoleh|mendapat(?:kan)?|sebesar|adalah|di angka)"
    r"(?: (?:nilai|skor|indeks|sebesar))? )"
)
ENDS = (
    r"(?=\s*(?:$|[,;.)|(](?!\d)|"
    r"(?:dan|serta|poin|dari 4|dari skala 4|pada|tahun|dalam|di)\b))"
)
MARKED = re.compile(rf"{PILLAR}{SAYS}{SCORE.pattern}{ENDS}")
IMPACT = re.compile(rf"\b[Ii]mpact{SAYS}{SCORE.pattern}{ENDS}")
INDEX = re.compile(
    rf"\b(?:nilai|skor|indeks)\b(?:20\d\d|(?!\d)[^.;:]){{0,60}}?{SCORE.pattern}{ENDS}",
    re.IGNORECASE,
)
HOPED = re.compile(r"target|harap|minimal|maksimal|di (?:atas|bawah)|rata-rata", re.IGNORECASE)
OF_PROGRAMME = re.compile(r"smart city|kota cerdas", re.IGNORECASE)
SPOKEN = re.compile(r"\b(20[12]\d)\b")
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
SCHOOLS = re.compile(r"Sarana Pendidikan ada ")
NUMBERED = ("SD", "SMP", "SMK")  # `SMP 3` is a school's name, but in a list of counts


def read_press(lines: Sequence[Line], year: int) -> tuple[list[Fact], list[Discrepancy]]:
    """Facts of a press item, counts that contradict each other, and what was not taken.

    Parameters
    ----------
    lines : sequence of Line
        Of the item.
    year : int
        That it speaks of.
    """
    facts: list[Fact] = []
    told: list[Discrepancy] = []
    for line in lines:
        scores = list(_scores(line, year))
        facts += [*_counts(line, year), *_by_pillar(line, year), *scores, *_ranks(line)]
        told += _not_taken(line, scores)
    firsts = list({(f.measure, f.pillar, f.year): f for f in reversed(facts)}.values())[::-1]
    marked, odd = _with_conflicts(firsts)
    return marked, [*told, *_several(facts), *odd]


def _counts(line: Line, year: int) -> Iterator[Fact]:
    """Numbers before what is counted, or behind it; `ada` may stand between."""
    in_list = bool(SCHOOLS.search(line.text))
    for measure in MEASURES:
        words = re.escape(measure.words)
        before = rf"{COUNT} (?:buah |unit )?{words}\b"
        behind = rf"(?<!sub )\b{words}(?: ada)? (\d{{1,4}}\b(?![.,]\d))"
        if in_list:
            patterns = [before] if measure.words == "TK" else [behind]
            patterns += [before] if measure.words not in ("TK", "SD") else []
        else:
            patterns = [before] if measure.words in NUMBERED else [before, behind]
        for pattern in patterns:
            for found in re.finditer(pattern, line.text):
                count = _whole(found[1])
                if count is not None:
                    yield Fact(line.place, measure.name, "", year, str(count), measure.unit)


def _whole(text: str) -> int | None:
    digits = text.replace(".", "")
    return int(digits) if digits.isdigit() else value_of(text)


def _by_pillar(line: Line, year: int) -> Iterator[Fact]:
    for pillar, count in AGENCIES.findall(line.text):
        yield Fact(line.place, "agencies", pillar, year, count, "count")
    if "inovasi" not in line.text:
        return
    for text, pillar in LISTED.findall(INTRODUCED.sub("", line.text, count=1)):
        yield Fact(line.place, "innovations", pillar, year, str(len(_listed(text))), "count")


def _listed(text: str) -> list[str]:
    """Items of a list: `A, B, dan C`; without a comma, `A dan B`."""
    parts = re.split(r",\s*(?:dan\s+)?", text.strip(" ,"))
    parts = parts if len(parts) > 1 else text.split(" dan ")
    return [part for part in parts if part.strip()]


def _scores(line: Line, year: int) -> Iterator[Fact]:
    """Scores of pillars, of impact, and of the whole, where the line speaks of one year."""
    spoken = set(SPOKEN.findall(line.text))
    if len(spoken) > 1:
        return
    year = int(spoken.pop()) if spoken else year
    parts = [*MARKED.finditer(line.text), *IMPACT.finditer(line.text)]
    for found in parts:
        *pillar, mark = found.groups()
        measure, name = ("pillar_mean", pillar[0]) if pillar else ("impact_mean", "")
        yield Fact(line.place, measure, name, year, mark.replace(",", "."), "mark, 1-4")
    all_of_them = SCORE.findall(line.text)
    whole = INDEX.search(line.text)
    alone = len(all_of_them) == 1 and not parts and not HOPED.search(line.text)
    if whole and alone and OF_PROGRAMME.search(line.text):
        yield Fact(line.place, "index_stated", "", year, whole[1].replace(",", "."), "mark, 1-4")


def _not_taken(line: Line, taken: Sequence[Fact]) -> Iterator[Discrepancy]:
    """Numbers that may be scores and were not taken for one."""
    left = [fact.value for fact in taken]
    for mark in SCORE.findall(line.text):
        if mark.replace(",", ".") in left:
            left.remove(mark.replace(",", "."))
        else:
            yield Discrepancy("press_not_taken", line.place, mark, "a score that the line names")


def _ranks(line: Line) -> Iterator[Fact]:
    for year, place, where in RANK.findall(line.text):
        yield Fact(line.place, "rank_in_province", "", int(year), place, "place", where=where)


def _several(facts: Sequence[Fact]) -> Iterator[Discrepancy]:
    """Different figures of one thing; the first is kept."""
    values: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts:
        values.setdefault((fact.measure, fact.pillar, fact.year), []).append(fact)
    for (measure, pillar, _), found in values.items():
        numbers = list(dict.fromkeys(fact.value for fact in found))
        if len(numbers) > 1:
            what = " ".join(filter(None, (measure, pillar)))
            printed = f"{what}: {' / '.join(numbers)}"
            yield Discrepancy("press_several", found[0].line, printed, "one number")


def _with_conflicts(facts: list[Fact]) -> tuple[list[Fact], list[Discrepancy]]:
    """Innovators, innovations as stated and as listed: each is told where it differs."""
    listed = [int(f.value) for f in facts if f.measure == "innovations"]
    said = next((f for f in facts if f.measure == "innovations_stated"), None)
    other = next((f for f in facts if f.measure == "innovators"), None)
    counts = [int(f.value) for f in (other, said) if f] + ([sum(listed)] if listed else [])
    if said is None or len(set(counts)) < 2:
        return facts, []
    marked = [replace(f, conflicts="innovators") if f is said and other else f for f in facts]
    parts = [f"{other.value} innovators"] if other else []
    parts += [f"{said.value} innovations"] + ([f"{sum(listed)} listed"] if listed else [])
    return marked, [Discrepancy("press_counts", said.line, ", ".join(parts), "equal counts")]
