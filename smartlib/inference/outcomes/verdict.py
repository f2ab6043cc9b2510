"""What may be said of an outcome, by rules stated before any result (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartlib.inference.core.estimates import Estimate

REASONS = ("sign", "moves", "placebo")


@dataclass(frozen=True)
class Verdict:
    """The rule's answer.

    Attributes
    ----------
    reasons : tuple of str
        Why the average effect is not identified: `sign` (admissible controls change the sign),
        `moves` (they move the estimate by more than its standard error), `placebo` (its interval
        leaves the margin); empty where it is bounded under parallel trends.
    lowest, highest : float
        Range of the estimates over admissible controls.
    low, high : float
        Lowest and highest end of their intervals: where trends were parallel with at least one of
        the controls, average effects outside are excluded at the intervals' level.
    placebo : Estimate
        Of the last cohort, not yet selected, less the never selected.
    margin : float
        That the placebo's interval has to lie within.
    """

    reasons: tuple[str, ...]
    lowest: float
    highest: float
    low: float
    high: float
    placebo: Estimate
    margin: float

    @property
    def is_identified(self) -> bool:
        """Whether the rule lets an average effect be bounded."""
        return not self.reasons

    @property
    def placebo_passes(self) -> bool:
        """Whether the placebo's interval lies within the margin."""
        return "placebo" not in self.reasons


def verdict(
    headline: Estimate, admissible: Mapping[str, Estimate], placebo: Estimate, margin: float
) -> Verdict:
    """The rule.

    Parameters
    ----------
    headline : Estimate
        Cohort less never selected, nothing held.
    admissible : mapping of str to Estimate
        The same comparison with every admissible choice of controls and of what is held.
    placebo : Estimate
        Not yet selected less never selected.
    margin : float
        Fixed beforehand: differences within it are of no consequence.
    """
    everything = [headline, *admissible.values()]
    estimates = [one.estimate for one in everything]
    low, high = min(estimates), max(estimates)
    moved = max(headline.estimate - low, high - headline.estimate)
    found = {
        "sign": low < 0 < high,
        "moves": moved > headline.standard_error,
        "placebo": not (-margin <= placebo.low and placebo.high <= margin),
    }
    ends = (min(one.low for one in everything), max(one.high for one in everything))
    reasons = tuple(name for name in REASONS if found[name])
    return Verdict(reasons, low, high, *ends, placebo, margin)
