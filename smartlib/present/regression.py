"""Regressions as tables and words (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

from smartlib.data.regions import Register
from smartlib.inference.fits import Coefficient, Fit
from smartlib.present.tables import Sheet, Text, sheet
from smartlib.present.wording import Words

WORDS = Words("en")
SMALLEST_P = 0.001


def regression_sheet(fits: Mapping[str, Fit], labels: Mapping[str, str]) -> Sheet:
    """Fits side by side: estimate, standard error, interval, p-value.

    Parameters
    ----------
    fits : mapping of str to Fit
        By outcome; the same terms in each.
    labels : mapping of str to str
        Printed label of each term.
    """
    first = next(iter(fits.values()))
    names = [c.name for c in first.coefficients]
    columns = {"": [labels.get(name, name.capitalize()) for name in names]}
    for outcome, fit in fits.items():
        columns[f"{outcome}: estimate (HC3 error)"] = [_estimate(fit[name]) for name in names]
        columns[f"{fit.level:.0%} interval, p ({outcome})"] = [
            _interval(fit[name]) for name in names
        ]
    body = sheet(columns, numeric=tuple(list(columns)[1:]))
    foot = {"": "Rows; R squared"}
    headings = list(columns)[1:]
    for number, fit in enumerate(fits.values()):
        foot[headings[2 * number]] = f"{fit.observations}; {fit.r_squared:.2f}"
        foot[headings[2 * number + 1]] = f"t with {fit.residual_df} degrees of freedom"
    body.frame.loc[len(body.frame)] = foot
    return body


def dropped_text(fit: Fit, register: Register) -> Text:
    """Rows that a fit left out, and why."""
    if not fit.dropped:
        return Text(f"No row was left out: all {fit.observations} have a value for every term.")
    lines = [f"- {register.name(code)}: no {columns}" for code, columns in fit.dropped.items()]
    return Text(f"{len(lines)} rows were left out of the fit:\n\n" + "\n".join(lines))


def _estimate(c: Coefficient) -> str:
    return f"{WORDS.signed(c.estimate, 3)} ({WORDS.number(c.standard_error, 3)})"


def _interval(c: Coefficient) -> str:
    p = f"p < {SMALLEST_P}" if c.p_value < SMALLEST_P else f"p = {c.p_value:.3f}"
    return f"{WORDS.signed(c.low, 3)} to {WORDS.signed(c.high, 3)}, {p}"
