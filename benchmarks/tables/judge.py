"""What came of reading a made table: the truth, a question, an error, or something else."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from benchmarks.tables.plan import Plan, Series
from smartlib.data.tables.reading import Reading
from smartlib.data.tables.values.columns import Column
from smartlib.data.tables.values.questions import Choices
from smartlib.vocabulary.errors import SmartlibError

READ, ASKED, REFUSED, PARTLY = "read", "asked", "refused", "partly"
WRONG, BROKEN = "SILENT WRONG", "TRACEBACK"
Read = Callable[[Choices], Reading]
OPTIONS = {"--codes": "codes", "--bare": "bare", "--decimal": "decimal"}


@dataclass(frozen=True)
class Verdict:
    """One of the answers, and what to say about it."""

    answer: str
    said: str = ""


def judge(plan: Plan, read: Read) -> Verdict:  # noqa: PLR0911 - an answer, a return
    """Read a table, answer what it asks truly, and compare with the truth."""
    choices, asked = Choices(), []
    for _ in range(4):
        try:
            reading = read(choices)
        except SmartlibError as error:
            return Verdict(REFUSED, f"{' '.join(asked)} {' | '.join(error.lines[:3])}"[:400])
        except Exception as error:
            return Verdict(BROKEN, f"{type(error).__name__}: {error}"[:300])
        options = {q.option: q for q in reading.all_questions}
        new = {o: plan.answers[o] for o in options if not getattr(choices, OPTIONS[o])}
        wrong = compare(plan, reading, asked_rows=bool(reading.questions))
        if wrong:
            return Verdict(WRONG, f"{' '.join(asked)} {wrong}"[:400])
        if not new:
            break
        asked += [f"{o}?" for o in new]
        for option, answers in new.items():
            if len(answers) != 1:
                return Verdict(ASKED, f"{' '.join(asked)} (columns differ)")
            choices = replace(choices, **{OPTIONS[option]: next(iter(answers))})
    if asked:
        return Verdict(ASKED, " ".join(asked))
    bad = [c for c in reading.columns if c.problems]
    if bad:
        return Verdict(PARTLY, f"{bad[0].heading}: {bad[0].problems[0]}")
    return Verdict(READ)


def compare(plan: Plan, reading: Reading, asked_rows: bool = False) -> str:
    """What is wrong without a word, or nothing."""
    true = {r.code for r in plan.some}
    got = set(reading.regions)
    if got - true:
        return f"regions that are not there: {sorted(got - true)[:5]}"
    lost = true - got - plan.excused
    unmatched = len({(r.text, r.digits) for r in reading.unmatched})
    if lost and not asked_rows and len(lost) > unmatched:
        return f"regions lost: {sorted(lost)[:5]} ({len(lost)}), {unmatched} unmatched"
    if asked_rows or not got:
        return ""
    if plan.conflicts:
        return "rows contradict each other, and nothing was said"
    for series in plan.series:
        if problem := _series(plan, series, reading):
            return problem
    return ""


def _series(plan: Plan, series: Series, reading: Reading) -> str:  # noqa: PLR0911
    columns = _columns(plan, series, reading)
    if all(math.isnan(v) for v in series.values.values()):
        return ""
    if not columns:
        return f"column not found: {series.printed!r} in {[c.heading for c in reading.columns]}"
    if any(c.problems or c.asks for c in columns):
        return ""
    bad = [c for c in columns if c.kind != "number"]
    known = [v for v in series.values.values() if not math.isnan(v)]
    if bad and known:
        return f"{bad[0].heading!r} read as {bad[0].kind}"
    places = {key: n for n, key in enumerate(reading.keys)}
    got = set(reading.regions)
    for (code, year), truth in series.values.items():
        if code not in got:
            continue
        value = _value(columns, places, code, year)
        if code in plan.excused and (value is None or math.isnan(value)):
            continue  # its row is unmatched in one sheet, and said
        if value is None:
            if not math.isnan(truth):
                return f"{series.printed!r} {code} {year}: nothing, {truth!r} in truth"
        elif not _same(value, truth):
            return f"{series.printed!r} {code} {year}: {value!r}, {truth!r} in truth"
    return ""


def _same(value: float, truth: float) -> bool:
    return value == truth or (math.isnan(value) and math.isnan(truth))


def _value(
    columns: list[Column], places: Mapping[tuple[str, str], int], code: str, year: str
) -> float | None:
    for key in ((code, year), (code, "")):
        if key in places:
            if key[1] != year or len(columns) > 1:
                columns = [c for c in columns if year in c.heading] or columns
            if len(columns) != 1:
                return None
            return float(columns[0].values[places[key]])
    return None


def _columns(plan: Plan, series: Series, reading: Reading) -> list[Column]:
    """The read columns of a series: one, or one a year."""
    if plan.shape == "bare years":
        return [c for c in reading.columns if c.kind == "number" or c.problems or c.asks]
    wanted = _letters(series.heading)
    found = [c for c in reading.columns if wanted in _letters(_heading(reading, c))]
    if not found and plan.file in ("stata", "spss"):
        found = [c for c in reading.columns if _letters(c.heading)[:18] in wanted]
    others = [_letters(s.heading) for s in plan.series if s is not series]
    longer = [o for o in others if wanted in o]
    found = [c for c in found if not any(o in _letters(c.heading) for o in longer)]
    return [c for c in found if not c.heading.startswith("No / ")] or found


def _heading(reading: Reading, column: Column) -> str:
    return f"{column.heading} {reading.labels.get(column.heading, '')}"


def _letters(text: str) -> str:
    """Letters and digits outside of brackets."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"[(\[][^()\[\]]*[)\]]", "", text).lower())
