"""Tables and sentences of the study of outcomes, in either language (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from smartlib.inference.outcomes.breaks import JUMP
from smartlib.present.words.outcomes import said
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import Words
from smartlib.vocabulary.units import unit_label

if TYPE_CHECKING:
    from smartlib.inference.core.estimates import Estimate
    from smartlib.inference.outcomes.asked import Trap
    from smartlib.inference.outcomes.contrast import Permuted
    from smartlib.inference.outcomes.honest import HonestBound
    from smartlib.inference.outcomes.paths import PreTrend
    from smartlib.inference.outcomes.staggered import Mixed, Stated
    from smartlib.inference.outcomes.study import Study

HUNDRED = 100.0  # logarithms are shown in hundredths, about per cent
P_DECIMALS = 3


@dataclass(frozen=True)
class Teller:
    """One language and one outcome's unit.

    Attributes
    ----------
    words : Words
        The language.
    label, unit : str
        Of the outcome.
    is_log : bool
        Whether it is read in logarithms.
    """

    words: Words
    label: str
    unit: str
    is_log: bool

    @classmethod
    def of(cls, words: Words, measures: pd.DataFrame, outcome: str) -> Teller:
        """The teller of a measure.

        Parameters
        ----------
        words : Words
            The language.
        measures : DataFrame
            Indexed by measure: label_en, label_id, unit, scale.
        outcome : str
            A measure.
        """
        row = measures.loc[outcome]
        is_log = bool(row["scale"] == "log")
        label = words.pick(row["label_id"], row["label_en"])
        unit = unit_label(str(row["unit"]), words.lang)
        return cls(words, label, said(words, "points") if is_log else unit, is_log)

    def without(self, regions: Sequence[str]) -> Teller:
        """The same of an outcome from which regions are left out."""
        label = f"{self.label}, {self.say('steady', count=len(regions))}" if regions else self.label
        return replace(self, label=label)

    def say(self, key: str, **values: object) -> str:
        """A sentence."""
        return said(self.words, key, **values)

    def number(self, value: float) -> str:
        """A difference in the unit shown."""
        return self.words.signed(value * HUNDRED if self.is_log else value)

    def size(self, value: float, decimals: int = 2) -> str:
        """A size in the unit shown."""
        return self.words.number(value * HUNDRED if self.is_log else value, decimals)

    def interval(self, low: float, high: float) -> str:
        """An interval in the unit shown."""
        return f"{self.number(low)}; {self.number(high)}"

    def estimate(self, found: Estimate | Stated) -> str:
        """A difference with its interval."""
        return f"{self.number(found.estimate)} ({self.interval(found.low, found.high)})"


def plan(tell: Teller, study: Study, counts: Mapping[str, int], limits: Mapping[str, str]) -> Text:
    """The design, before results.

    Parameters
    ----------
    tell : Teller
        Language and unit.
    study : Study
        Whose design is told; none of its results is.
    counts : mapping of str to int
        never, later, open (regions), year_later.
    limits : mapping of str to str
        effective, highest, relative: fixed beforehand.
    """
    design = study.design
    if tell.words.lang == "id":
        limits = {name: text.replace(", ", "; ").replace(".", ",") for name, text in limits.items()}
    told = tell.say(
        "plan",
        treated=int(study.main.treated.sum()),
        cohort=", ".join(map(str, design.cohort)),
        outcome=tell.label,
        first=design.window[0],
        last=design.window[1],
        base=design.base,
        earlier=design.base - 1,
        margin=tell.size(design.margin),
        unit=tell.unit,
        smooth=tell.size(design.margin / 2),
        **counts,
        **limits,
    )
    return Text(f"{told}\n\n{tell.say('known')}")


def balance_sheet(tell: Teller, tables: Mapping[str, pd.DataFrame]) -> Sheet:
    """Means before selection, beside each kind of controls."""
    first = next(iter(tables.values()))
    columns = {
        tell.say("head_column"): [tell.say(f"column_{name}") for name in first.index],
        tell.say("head_cohort"): [tell.words.number(v) for v in first["cohort"]],
    }
    for kind, table in tables.items():
        name = tell.say(kind)
        columns[name] = [tell.words.number(v) for v in table["controls"]]
        columns[f"{name}: {tell.say('head_apart')}"] = [
            tell.words.signed(v) for v in table["apart"]
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def three_lines(tell: Teller, study: Study) -> Sheet:
    """The cohort beside each kind of controls, and the placebo."""
    rows = {**study.comparisons, "placebo": study.placebo}
    sizes = [f"{int(one.treated.sum())} / {int((~one.treated).sum())}" for one in rows.values()]
    return sheet(
        {
            tell.say("head_comparison"): [tell.say(kind) for kind in rows],
            tell.say("head_regions"): sizes,
            f"{tell.say('head_difference')}, {tell.unit}": [
                tell.estimate(one.estimate()) for one in rows.values()
            ],
        }
    )


def identity(tell: Teller, study: Study) -> Text:
    """That the three lines are two facts, and whether the placebo passes."""
    kinds = ("never", "not_yet")
    one, two = (study.admissible[kind, "nothing"].estimate for kind in kinds)
    placebo = study.verdict.placebo
    return Text(
        tell.say(
            "identity",
            one=tell.number(one),
            two=tell.number(two),
            three=tell.number(placebo.estimate),
            passes=tell.say("passes" if study.verdict.placebo_passes else "fails"),
            low=tell.number(placebo.low),
            high=tell.number(placebo.high),
            margin=tell.size(study.design.margin),
        )
    )


def seen_or_not(
    tell: Teller, smallest: float, test: Permuted, earlier: tuple[int, Estimate]
) -> Text:
    """What could be detected, the permutation test, the base year before."""
    return Text(
        tell.say(
            "detectable",
            smallest=tell.size(smallest),
            unit=tell.unit,
            p=tell.words.number(test.p_value, P_DECIMALS),
            exchanged=test.exchanged,
            strata=test.strata,
            earlier=earlier[0],
            base=tell.estimate(earlier[1]),
        )
    )


def overlap_sheet(tell: Teller, study: Study) -> Sheet:
    """What may be held beside which controls, and the reason where it may not."""
    rows = [
        (
            tell.say(kind),
            tell.say(held),
            tell.words.number(like.effective, 1),
            tell.words.number(like.highest),
            tell.estimate(study.admissible[kind, held]) if like.is_enough else tell.say("withheld"),
        )
        for (kind, held), like in study.likeness.items()
    ]
    keys = ("controls", "held", "effective", "highest", "difference")
    heads = [tell.say(f"head_{key}") for key in keys]
    return sheet(
        {head: [row[i] for row in rows] for i, head in enumerate(heads)}, numeric=tuple(heads[2:4])
    )


def without_sheet(tell: Teller, table: pd.DataFrame) -> Sheet:
    """The difference without some regions, by what is left out."""
    names = [
        tell.say(
            f"without_{row.kind}", name=row.what, count=row.what, km=f"{row.km:g}", year=row.year
        )
        for row in table.rename(columns={"name": "what"}).itertuples()
    ]
    return sheet(
        {
            tell.say("head_without"): names,
            f"{tell.say('head_estimate')}, {tell.unit}": [
                f"{tell.number(row.estimate)} ({tell.size(row.standard_error)})"
                for row in table.itertuples()
            ],
            tell.say("head_regions"): [
                f"{row.treated} / {row.controls}" for row in table.itertuples()
            ],
        }
    )


def trap_text(tell: Teller, found: Trap) -> Text:
    """What a break passes off as a difference."""
    return Text(
        tell.say(
            "trap",
            outcome=tell.label,
            last=found.last,
            until=found.until,
            estimate=tell.number(found.whole.estimate),
            error=tell.size(found.whole.standard_error),
            shorter=tell.estimate(found.shorter),
            steady=tell.estimate(found.steady),
            before=found.before,
            apart=found.apart,
            jumped=found.jumped,
            years=", ".join(map(str, found.broken)),
        )
    )


def later_text(
    person: Teller, other: Teller, cohorts: Sequence[int], ends: int, broken: int
) -> Text:
    """Why later cohorts are not asked: one measure ends before them, the other breaks.

    Parameters
    ----------
    person, other : Teller
        Of the measure that breaks, and of the one that ends.
    cohorts : sequence of int
        Years of selection.
    ends : int
        Last year of `other`.
    broken : int
        Year in which `person` breaks.
    """
    parts = {"cohorts": ", ".join(map(str, cohorts)), "outcome": other.label, "last": ends}
    return Text(other.say("later_cohorts", other=person.label, broken=broken, **parts))


def breaks_text(
    tell: Teller, other: Teller, tables: tuple[pd.DataFrame, pd.DataFrame], rows: Sequence[str]
) -> Text:
    """Years that break in two measures, and rows that fit another region better."""
    none = tell.say("none")
    years = [", ".join(str(y) for y in table.index[table["is_break"]]) or none for table in tables]
    return Text(
        tell.say(
            "breaks",
            jump=tell.words.percent(JUMP, 0),
            label=tell.label,
            other=other.label,
            years=years[0],
            none=years[1],
            found=", ".join(rows) or none,
        )
    )


def before(tell: Teller, study: Study, found: PreTrend) -> Text:
    """The test of the years before, and what it could have found."""
    half, most = found.slopes
    return Text(
        tell.say(
            "before",
            count=study.path.before,
            largest=tell.words.number(found.largest),
            p=tell.words.number(found.p_value, P_DECIMALS),
            half=tell.size(half),
            most=tell.size(most),
            unit=tell.unit,
            bias_half=tell.size(found.biases[0]),
            bias_most=tell.size(found.biases[1]),
        )
    )


def honest_sheet(tell: Teller, bounds: Sequence[HonestBound]) -> Sheet:
    """Intervals under departures from parallel trends."""
    names = [
        tell.say(
            one.kind,
            m=tell.words.number(one.m, 1) if one.kind == "relative" else tell.size(one.m),
        )
        for one in bounds
    ]
    return sheet(
        {
            tell.say("head_bound"): names,
            f"{tell.say('head_interval')}, {tell.unit}": [
                tell.interval(one.low, one.high) for one in bounds
            ],
        }
    )


def estimators_sheet(tell: Teller, found: Sequence[Stated], firm: Sequence[Stated]) -> Sheet:
    """What each estimator says, over all dated regions and over those with firm years."""
    return sheet(
        {
            tell.say("head_estimator"): [tell.say(one.name) for one in found],
            f"{tell.say('head_difference')}, {tell.unit}": [tell.estimate(one) for one in found],
            tell.say("head_firm"): [tell.estimate(one) for one in firm],
        }
    )


def mixture(tell: Teller, found: Mixed) -> Text:
    """What two-way fixed effects mixes."""
    weights = {name: tell.words.percent(w, 0) for name, w in found.parts["weight"].items()}
    return Text(tell.say("mixed", estimate=tell.number(found.estimate), **weights))


def verdict_words(tell: Teller, study: Study) -> str:
    """The sentence that the rules make."""
    found = study.verdict
    excluded = tell.say(
        "bounded", low=tell.number(found.low), high=tell.number(found.high), unit=tell.unit
    )
    if found.is_identified:
        return excluded
    named = {"sign": "sign", "moves": "moves", "placebo": "failed"}
    reasons = "; ".join(tell.say(named[reason]) for reason in found.reasons)
    refused = tell.say("not_identified", reasons=reasons)
    rest = excluded if found.reasons == ("sign",) else tell.say("nothing_said")
    return f"{refused} {rest}"


def verdict_sheet(rows: Sequence[tuple[Teller, Study, PreTrend, HonestBound]]) -> Sheet:
    """One line an outcome: estimate, checks, range, bound, the rule's sentence."""
    say = rows[0][0].say
    columns: dict[str, list[str]] = {}
    for tell, study, trend, bound in rows:
        found, (first, last) = study.verdict, study.design.window
        cells = {
            "outcome": f"{tell.label}, {first}-{last}; {tell.unit}",
            "difference": tell.estimate(study.headline),
            "pretrend": tell.words.number(trend.p_value, P_DECIMALS),
            "placebo": f"{tell.interval(found.placebo.low, found.placebo.high)} "
            f"({say('passes' if found.placebo_passes else 'fails')})",
            "range": tell.interval(found.lowest, found.highest),
            "honest": tell.interval(bound.low, bound.high),
            "verdict": verdict_words(tell, study),
        }
        for key, cell in cells.items():
            columns.setdefault(say(f"head_{key}"), []).append(cell)
    return sheet(columns)
