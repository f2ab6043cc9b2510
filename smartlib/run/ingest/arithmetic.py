"""What a document's own numbers say of each other: means, finals, counts (floor 5).

Exact arithmetic. No year's rule is presumed: of the roundings that are known, one must
reproduce every number of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from smartlib.data.documents.records import (
    Discrepancy,
    Fact,
    Letter,
    Mark,
    Mean,
    Participant,
    Reading,
    ScoreRow,
)
from smartlib.data.tables.values.numbers import parse_number
from smartlib.index.make.rounding import RULES, rounding_interval
from smartlib.vocabulary.tables import SCORE_HEADINGS

NAME = dict(SCORE_HEADINGS.items())
Weights = Mapping[str, int | Decimal]
ON_GRID = Fraction(9, 10)  # of the marks, so that the others are odd
PARTS = {
    1: ("participants", "remarks"),
    2: ("participants", "scores", "marks", "remarks"),
}
TABLE_OF = {"marks": "answers"}
PILLARS = 6
FEW, SHARE = 3, 0.04  # finals beside their means, up to which each is a mistake of its own
END = "end"  # place of what is not there
LISTS = ("invited", "absent")
MEANT = {"addressed": "the invited", "took_part": "those that took part", "absent": "the absent"}
SAYS_NOTHING = "a count in the letter, which states none"


def number(cell: str) -> Decimal | None:
    """A printed number, None where it is missing."""
    return parse_number(cell)


def check_parts(reading: Reading) -> Iterator[Discrepancy]:
    """Parts of a report that were not found."""
    for part in PARTS.get(reading.stage, ()) if reading.kind.endswith("report") else ():
        held = [p for p in getattr(reading, part) if not getattr(p, "list", "").endswith("absent")]
        if not held:
            table = TABLE_OF.get(part, part)
            yield Discrepancy("missing_part", END, f"no {table}", "some", table)
    if reading.kind.endswith("report") and not reading.elements:
        yield Discrepancy("no_elements", END, "no table of elements", "one")
    of_one = reading.kind.endswith("report") or reading.kind == "answers" or reading.facts
    if of_one and not reading.region:
        yield Discrepancy("unread_row", "1", "no region named", "a region", "documents")
    if reading.kind.endswith("report") and reading.letter is None:
        yield Discrepancy("missing_part", END, "no letter", "one", "letters")
    kinds = {remark.kind for remark in reading.remarks}
    if kinds and len(kinds) < 3:
        printed = f"remarks of {len(kinds)} kinds"
        yield Discrepancy("missing_part", END, printed, "three", "remarks")
    for kind in sorted(kinds):
        heard = {remark.assessor for remark in reading.remarks if remark.kind == kind}
        silent = len(reading.assessors) - len(heard)
        if silent:
            line = next(remark.line for remark in reading.remarks if remark.kind == kind)
            printed = f"{kind}: {len(heard)} assessors"
            yield Discrepancy(
                "silent_assessor", line, printed, f"{len(reading.assessors)}", "remarks"
            )


def check_counts(reading: Reading) -> Iterator[Discrepancy]:
    """Lists and tables that are not as long as the letter says, of each cohort."""
    letter = reading.letter
    if letter is None:
        return
    people, rows = reading.participants, reading.scores
    cohorts = dict.fromkeys(
        [one.cohort or letter.cohort for one in people]
        + [row.cohort or letter.cohort for row in rows]
    )
    for cohort in cohorts or [letter.cohort]:
        mine = (cohort, "" if cohort == letter.cohort else cohort)
        yield from _counts_of(
            letter,
            cohort,
            [one for one in people if one.cohort in mine],
            [row for row in rows if row.cohort in mine],
            reading.stage,
        )


def _counts_of(
    letter: Letter,
    cohort: str,
    people: Sequence[Participant],
    rows: Sequence[ScoreRow],
    stage: int,
) -> Iterator[Discrepancy]:
    counts = letter.counts_of(cohort)
    lists = {name: [p for p in people if p.list == f"stage{stage}_{name}"] for name in LISTS}
    lengths = [
        ("addressed", "participants", "regions on the list", _distinct(lists["invited"])),
        ("absent", "participants", "regions named as absent", _distinct(lists["absent"])),
        ("took_part", "scores", "rows in the table", (rows[-1].line if rows else "", len(rows))),
    ]
    for role, table, what, (line, found) in lengths:
        if found and role not in counts:
            yield Discrepancy("count_not_stated", line, f"{found} {what}", SAYS_NOTHING, table)
        elif found and counts[role] != found:
            says = f"{counts[role]}, as the letter counts {MEANT[role]}"
            yield Discrepancy("count", line, f"{found} {what}", says, table)
    if len(counts) == 3 and counts["addressed"] != counts["took_part"] + counts["absent"]:
        printed = f"{counts['took_part']} + {counts['absent']}"
        yield Discrepancy("count", letter.line, printed, str(counts["addressed"]), "letters")


def _distinct(people: Sequence) -> tuple[str, int]:
    numbers = {one.number for one in people}
    return (people[-1].line if people else "", len(numbers))


def check_weights(weights: Mapping[str, Weights]) -> Iterator[Discrepancy]:
    """Weights that do not sum to 100%, or that a table states otherwise than the letter."""
    for line, stated in weights.items():
        total = sum(stated.values())
        if total != 100:
            yield Discrepancy("weights", line, f"{total}%", "100%", "scores")
    places = list(weights)
    alike = [line for line in places if list(weights.values()).count(weights[line]) > 1]
    if len(places) > 2 and not alike:
        yield Discrepancy("weights", places[-1], "weights of the table", "the letter's", "scores")


def check_finals(rows: Sequence[ScoreRow], weights: Sequence[Weights]) -> Iterator[Discrepancy]:
    """Finals that do not follow from the row's means, and improvements that cannot be.

    Parameters
    ----------
    rows : sequence of ScoreRow
        Of one table.
    weights : sequence of mapping
        Percent by dimension; each heading of KET goes with those that reproduce most.
    """
    if rows and not weights:
        yield Discrepancy("no_weights", rows[0].line, "no weights", "a letter's", "scores")
        return
    totals: dict[str, Fraction | None] = {}
    for heading, cohort in dict.fromkeys((row.cells["KET"], row.cohort) for row in rows):
        own = [row for row in rows if (row.cells["KET"], row.cohort) == (heading, cohort)]
        sets = [{row.line: _total(row, stated) for row in own} for stated in weights]
        kept = [_best(own, found, _final)[1] for found in sets]
        totals |= sets[kept.index(max(kept))]
    rule, _ = _best(rows, totals, _final)
    wrong = [row for row in rows if not _follows(_final(row), totals[row.line], rule)]
    far = [row for row in wrong if not _near(_final(row), totals[row.line])]
    if len(wrong) > max(FEW, SHARE * len(rows)) and FEW * len(far) < len(wrong):
        printed = f"{len(wrong)} of {len(rows)} finals a step beside those of the printed means"
        yield Discrepancy("totals_unrounded", rows[0].line, printed, "means before rounding")
        wrong = far
    for row in rows:
        if row in wrong:
            yield Discrepancy(
                "final", row.line, row.cells["NILAI FINAL"], _shown(totals[row.line]), "scores"
            )
        before = _before(row)
        if before is not None and not 0 <= before <= 4:
            yield Discrepancy(
                "improvement",
                row.line,
                row.cells["TINGKAT IMPROVEMENT"],
                "a final of 0 to 4 before",
                "scores",
            )


def _before(row: ScoreRow) -> Decimal | None:
    gain = number(row.cells["TINGKAT IMPROVEMENT"])
    return None if gain is None else _final(row) - gain


def _final(row: ScoreRow) -> Decimal:
    return number(row.cells["NILAI FINAL"]) or Decimal(0)


def _total(row: ScoreRow, weights: Weights) -> Fraction | None:
    """Exact weighted sum; a mark that is missing counts 0 if it is Collaboration's."""
    total = Fraction(0)
    for heading, name in NAME.items():
        if name in weights:
            mark = number(row.cells[heading])
            if mark is None and name != "collaboration":
                return None
            total += Fraction(mark or 0) * Fraction(weights[name]) / 100
        elif name == "collaboration" and number(row.cells[heading]) is not None:
            return None  # a mark that these weights do not count
    return total


def _best(
    items: Sequence, values: Mapping[str, Fraction | None], printed: Callable
) -> tuple[str, int]:
    """The rounding that reproduces most of some numbers, and how many."""
    kept = {
        rule: sum(_follows(printed(item), values[item.line], rule) for item in items)
        for rule in RULES
    }
    rule = max(kept, key=lambda name: kept[name])
    return rule, kept[rule]


def _follows(printed: Decimal, value: Fraction | None, rule: str) -> bool:
    return value is not None and value in rounding_interval(printed, 2, rule)


def _near(printed: Decimal, value: Fraction | None) -> bool:
    """Whether a total can come from means before these were rounded or cut off."""
    step = Fraction(1, 100)
    return value is not None and value - step < Fraction(printed) < value + 2 * step


def _shown(value: Fraction | None) -> str:
    return "a whole row of means" if value is None else f"{float(value):.4g}"


def check_means(marks: Sequence[Mark], means: Sequence[Mean]) -> Iterator[Discrepancy]:
    """Printed means that do not follow from the marks above them."""
    values = {}
    for mean in means:
        own = [_exact(mark.printed) for mark in marks if mark.dimension == mean.dimension]
        values[mean.line] = sum(own, Fraction(0)) / len(own) if own else None
    rule, _ = _best(means, values, _mean)
    for mean in means:
        if not _follows(_mean(mean), values[mean.line], rule):
            yield Discrepancy("mean", mean.line, mean.printed, _shown(values[mean.line]), "answers")
    seen = [mean.dimension for mean in means]
    for mean in means:
        if seen.count(mean.dimension) > 1:
            yield Discrepancy("mean", mean.line, f"{mean.dimension} twice", "once", "answers")


def _exact(cell: str) -> Fraction:
    return Fraction(number(cell) or 0)


def _mean(mean: Mean) -> Decimal:
    return number(mean.printed) or Decimal(0)


def check_grid(marks: Sequence[Mark], assessors: int) -> Iterator[Discrepancy]:
    """Marks that so many assessors' whole marks cannot average to, where nearly all others can."""
    off = [m for m in marks if (_exact(m.printed) * assessors).denominator != 1]
    if assessors > 1 and marks and len(marks) - len(off) >= ON_GRID * len(marks):
        for mark in off:
            yield Discrepancy(
                "grid", mark.line, mark.printed, f"a multiple of 1/{assessors}", "answers"
            )
    for mark in marks:
        if not 1 <= (number(mark.printed) or 0) <= 4:
            yield Discrepancy("grid", mark.line, mark.printed, "a mark of 1 to 4", "answers")


def check_national(
    means: Sequence[Mean], row: ScoreRow | None, others: Iterable[str] = ()
) -> Iterator[Discrepancy]:
    """Means of a report's blocks that its row of the national table states otherwise."""
    if row is None:
        return
    stated = {mean.dimension: mean for mean in means}
    for heading in NAME:
        cell = row.cells.get(heading, "")
        if heading in stated:
            mean = stated[heading]
            if number(cell) != number(mean.printed):
                yield Discrepancy(
                    "national_row",
                    mean.line,
                    f"{heading} {mean.printed}",
                    f"{cell} as in line {row.line}",
                    "answers",
                )
        elif (
            heading not in ("KAB/KOTA", "NILAI FINAL", "TINGKAT IMPROVEMENT", "KET")
            and number(cell) is not None
            and heading != "PROGRAM KOLABORASI"
        ):
            yield Discrepancy(
                "national_row",
                END,
                f"no block {heading}",
                "one, as the national row has its mean",
                "answers",
            )


def check_numbers(marks: Sequence[Mark], asked: Mapping[int, str]) -> Iterator[Discrepancy]:
    """Questions that the year's instrument does not have, or that an export leaves out."""
    found = [mark.question for mark in marks]
    strange = next((mark for mark in marks if asked and mark.question not in asked), None)
    if strange:
        printed = f"question {strange.question}"
        yield Discrepancy("question_number", strange.line, printed, "one of the year", "answers")
    lacking = sorted(set(asked) - set(found))
    if marks and lacking:
        printed = f"no question {lacking[0]}" + (
            f" and {len(lacking) - 1} more" * (len(lacking) > 1)
        )
        yield Discrepancy("question_number", marks[-1].line, printed, f"{len(asked)}", "answers")


def check_export(
    marks: Sequence[Mark], means: Sequence[Mean], asked: Mapping[int, str], row: ScoreRow | None
) -> Iterator[Discrepancy]:
    """Marks whose mean, rounded in any way that is known, is not the national row's."""
    if row is None and marks and not means:
        expected = "means below the marks, or a score table with the region"
        yield Discrepancy("not_checked", marks[-1].line, "marks alone", expected, "answers")
    for heading in dict.fromkeys(asked.values()):
        own = [mark for mark in marks if asked.get(mark.question) == heading]
        printed = number(row.cells.get(heading, "")) if row else None
        if not own or row is None or printed is None:
            continue
        mean = sum((_exact(mark.printed) for mark in own), Fraction(0)) / len(own)
        if not any(_follows(printed, mean, rule) for rule in RULES):
            says = f"{printed} as in line {row.line}"
            yield Discrepancy(
                "national_row", own[-1].line, f"{heading} {_shown(mean)}", says, "answers"
            )


def check_pillars(
    facts: Sequence[Fact], year: int = 0, row: ScoreRow | None = None
) -> Iterator[Discrepancy]:
    """A mean of impact, stated or of the national row, that six pillars do not give.

    Parameters
    ----------
    facts : sequence of Fact
    year : int
        Of the national row.
    row : ScoreRow or None
    """
    for of in dict.fromkeys(fact.year for fact in facts):
        own = [fact for fact in facts if fact.year == of]
        pillars = [fact for fact in own if fact.measure == "pillar_mean"]
        stated = [(fact.line, fact.value) for fact in own if fact.measure == "impact_mean"]
        if row and of == year and not stated and number(row.cells.get("IMPACT", "")) is not None:
            stated = [(pillars[-1].line if pillars else "", row.cells["IMPACT"])]
        if len(pillars) != PILLARS:
            continue
        mean = sum((_exact(fact.value) for fact in pillars), Fraction(0)) / PILLARS
        for line, text in stated:
            printed, decimals = number(text) or Decimal(0), len(re.split("[.,]", text)[-1])
            if not any(mean in rounding_interval(printed, decimals, rule) for rule in RULES):
                yield Discrepancy("pillars", line, text, _shown(mean), "facts")


def check_stated(facts: Sequence[Fact], year: int, row: ScoreRow | None) -> Iterator[Discrepancy]:
    """A final that a press item states otherwise than the national row.

    Parameters
    ----------
    facts : sequence of Fact
    year : int
        Of the national row.
    row : ScoreRow or None
    """
    printed = row.cells["NILAI FINAL"] if row else ""
    for fact in facts:
        if row and fact.measure == "index_stated" and fact.year == year:
            decimals = len(fact.value.partition(".")[2])
            final = Fraction(number(printed) or 0)
            stated = Decimal(fact.value)
            if not any(final in rounding_interval(stated, decimals, rule) for rule in RULES):
                says = f"{printed} as in line {row.line}"
                yield Discrepancy("press_index", fact.line, fact.value, says)
