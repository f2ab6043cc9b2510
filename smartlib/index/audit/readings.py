"""What a reading of a table's totals finds: contradictions, and which inputs are left (floor 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scipy.stats import binom

from smartlib.index.make.rounding import ExactInterval, round_published, rounding_interval

FEWEST_MISSES, RARE = 2, 0.01  # misses to speak of; a chance that is not believed

# Ways to read the inputs of a total, the one that claims most first.
INPUTS = {
    "published": "means as printed",
    "whole_marks": "means of whole marks",
    "unrounded": "means before rounding",
}

RULE_WORDS = {
    "half_up": "rounded half up",
    "half_even": "rounded half to even",
    "down": "cut off",
}


@dataclass(frozen=True)
class Contradiction:
    """A row whose printed total a reading cannot give.

    Attributes
    ----------
    region_code, region : str
        Which row; `region` is its name where the table has one.
    published : Decimal
        Its total as printed.
    allowed : ExactInterval
        Totals before rounding that the reading allows; empty where no input fits its mean.
    rule, inputs : str
        The reading: a key of `RULES` and one of `INPUTS`.
    decimals : int
        Decimals of a published total.
    """

    region_code: str
    region: str
    published: Decimal
    allowed: ExactInterval
    rule: str
    inputs: str
    decimals: int

    @property
    def detail(self) -> str:
        """The contradiction in one sentence."""
        opening = f"{self.region} publishes {self.published}; {INPUTS[self.inputs]}"
        low, high = self.allowed.low, self.allowed.high
        if rounding_interval(self.published, self.decimals, self.rule).empty:
            return f"{self.region} publishes {self.published}, more than {self.decimals} decimals"
        if self.allowed.empty:
            return f"{opening} do not give the means that it prints"
        at_most = high <= Fraction(self.published)
        end = high if at_most else low
        shown = f"{float(end):.{self.decimals + 2}f}"
        if end not in self.allowed:
            return f"{opening} give {'less' if at_most else 'more'} than {shown}"
        bound = "" if low == high else "at most " if at_most else "at least "
        rounded = round_published(
            Decimal(end.numerator) / end.denominator, self.decimals, self.rule
        )
        return f"{opening} give {bound}{shown}, which {RULE_WORDS[self.rule]} is {rounded}"


@dataclass(frozen=True)
class Reading:
    """One way that totals may have been made, held against a table.

    Attributes
    ----------
    rule, inputs : str
        How totals were rounded, and from what: keys of `RULES` and `INPUTS`.
    checkable : int
        Rows with a total, a known track and every mark that cannot be done without.
    contradictions : tuple of Contradiction
        Those that the reading cannot give, in the table's order.
    """

    rule: str
    inputs: str
    checkable: int
    contradictions: tuple[Contradiction, ...]

    @property
    def possible(self) -> int:
        """Rows that the reading could have published."""
        return self.checkable - len(self.contradictions)

    @property
    def contradicted(self) -> tuple[str, ...]:
        """Codes of the regions that it could not."""
        return tuple(found.region_code for found in self.contradictions)

    @property
    def verdict(self) -> str:
        """`reproduced` (every checkable row), `contradicted` or `not_checkable`."""
        if not self.checkable:
            return "not_checkable"
        return "contradicted" if self.contradictions else "reproduced"

    @property
    def detail(self) -> str:
        """How many totals follow, and the first contradiction, in words."""
        count = f"{self.possible} of {self.checkable} totals"
        text = f"{INPUTS[self.inputs]}, {RULE_WORDS[self.rule]}: {count}"
        return "; ".join([text, *(found.detail for found in self.contradictions[:1])])


@dataclass(frozen=True)
class TotalInputs:
    """What a table says about how its totals were made.

    Attributes
    ----------
    rule : str
        The scheme's rounding.
    readings : tuple of Reading
        Every rule with every reading of the inputs.
    share : float
        Of rows whose total would differ between means before and after rounding.
    """

    rule: str
    readings: tuple[Reading, ...]
    share: float

    @property
    def explaining(self) -> tuple[Reading, ...]:
        """Readings that every checkable row allows."""
        return tuple(one for one in self.readings if one.verdict == "reproduced")

    @property
    def inputs(self) -> str | None:
        """What claims most among the inputs that explain every row by the scheme's rule.

        None where none does. `published` wherever the printed means explain the table, since
        they are a single possibility; numerators may feed totals only where `whole_marks` is
        among `explaining` too.
        """
        found = {one.inputs for one in self.explaining if one.rule == self.rule}
        return next((inputs for inputs in INPUTS if inputs in found), None)

    @property
    def decided(self) -> str:
        """The inputs to go on with: `published`, unless its misses are too many to be slips.

        Totals of means before rounding would differ from those of the printed means in a share
        q of the rows. With fewer misses than a binomial of that share gives in one table of a
        hundred, the printed means were the inputs, and the misses are wrong totals. Otherwise
        the reading that explains every row is taken.
        """
        own = {one.inputs: one for one in self.readings if one.rule == self.rule}
        printed = own["published"]
        misses, rows = len(printed.contradictions), printed.checkable
        if self.inputs in (None, "published") or misses < FEWEST_MISSES:
            return "published"
        return "published" if binom.cdf(misses, rows, self.share) < RARE else str(self.inputs)

    @property
    def detail(self) -> str:
        """The readings by the scheme's rule in words."""
        return ". ".join(one.detail for one in self.readings if one.rule == self.rule)
