"""What a straight line hides: sheets, sentences and the figure of the curve (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from smartlib.present.drawing import (
    INK,
    LEGEND,
    MUTED,
    NATION,
    REGION,
    DensePicture,
    drawing,
    legend_above,
    room,
    scale_below,
    scale_beside,
)
from smartlib.present.regression.sheets import Step
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import Words

if TYPE_CHECKING:
    from smartlib.inference.checks.curvature import Curvature, Curve
    from smartlib.inference.checks.form_study import FormStudy
    from smartlib.inference.checks.forms import Contrasts

WORDS = Words("en")
FORM_NAMES = {
    "level": "level (straight line)",
    "log": "logarithm",
    "root": "square root",
    "logit": "logit",
    "quadratic": "quadratic",
    "rank": "rank",
}
LINES = (
    ("line", "straight line", MUTED),
    ("smooth", "smoother", NATION),
    ("spline", "spline", REGION),
)


def contrasts_sheet(found: Contrasts) -> Sheet:
    """The contrast between the quartiles under each form.

    Parameters
    ----------
    found : Contrasts
    """
    table = found.table
    least = table["aic"].min()
    columns = {
        "Form": [FORM_NAMES[name] for name in table.index],
        "Lower to upper quartile": [WORDS.signed(v, 3) for v in table["estimate"]],
        "95% interval (CR2)": [_between(row.low, row.high, 3) for row in table.itertuples()],
        "df": [WORDS.number(v, 1) for v in table["degrees_of_freedom"]],
        "p (CR2)": [WORDS.number(v, 3) for v in table["p_value"]],
        "p (wild bootstrap)": [WORDS.number(v, 3) for v in table["p_wild"]],
        "p, over all forms (max-t)": [WORDS.number(v, 3) for v in table["p_max_t"]],
        "AIC above the least": [WORDS.number(v - least, 1) for v in table["aic"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def contrasts_text(study: FormStudy, label: str) -> Text:
    """What the forms say together, and what they cannot say.

    Parameters
    ----------
    study : FormStudy
    label : str
        Of the factor, in words.
    """
    if study.contrasts is None:
        return Text(f"No other form of {label} is shown, as {study.reason}.")
    found, table = study.contrasts, study.contrasts.table
    apart = [FORM_NAMES[name] for name, row in table.iterrows() if row["low"] * row["high"] > 0]
    left = [f"{FORM_NAMES[name]} needs {needs}" for name, needs in found.undefined.items()]
    return Text(
        f"Between the quartiles of {label} ({WORDS.number(found.low)} and "
        f"{WORDS.number(found.high)}) the index differs by {WORDS.signed(table['estimate'].min())} "
        f"to {WORDS.signed(table['estimate'].max())} points, as the form is. By CR2 zero is left "
        f"out by {len(apart)} of {len(table)} forms ({', '.join(apart) or 'none'}). The forms were "
        "listed after the straight line had been looked at, so that none of them is the headline; "
        "the last p-values allow for choosing among these, not for having looked."
        + (f" Left out: {'; '.join(left)}." if left else "")
    )


def slopes_text(study: FormStudy, labels: Mapping[str, str]) -> Text:
    """Whether the slope is the same on each track.

    Parameters
    ----------
    study : FormStudy
    labels : mapping of str to str
        Printed label of each column.
    """
    if not study.slopes:
        return Text("All regions are on one track: there is one slope.")
    told = [
        f"- {FORM_NAMES[s.form]}, {labels.get(s.group, s.group)}: the slope differs by "
        f"{WORDS.signed(s.difference.estimate)} ({_between(s.difference.low, s.difference.high)}; "
        f"CR2 {p_words(s.difference.p_value)}, {s.difference.degrees_of_freedom:.1f} df; wild "
        f"bootstrap {p_words(s.p_wild)})"
        for s in study.slopes
    ]
    last = (
        "These were found after looking, and are exploratory: form and track can stand in for "
        "each other. One pooled slope is a mean of the tracks' own, weighted by how much the "
        "factor varies on each."
    )
    return Text("\n".join([*told, "", last]))


def curvature_sheet(found: Curvature, labels: Mapping[str, str]) -> Sheet:
    """The test of each continuous factor's square.

    Parameters
    ----------
    found : Curvature
    labels : mapping of str to str
        Printed label of each factor.
    """
    table = found.table
    columns = {
        "Square of": [labels.get(name, name) for name in table.index],
        "p (classical)": [WORDS.number(v, 3) for v in table["p_classical"]],
        "Holm": [WORDS.number(v, 3) for v in table["holm"]],
        "p (CR2)": [WORDS.number(v, 3) for v in table["p_cr2"]],
        "df (CR2)": [WORDS.number(v, 1) for v in table["degrees_of_freedom"]],
        "p (wild bootstrap)": [WORDS.number(v, 3) for v in table["p_wild"]],
        "Holm (wild)": [WORDS.number(v, 3) for v in table["holm_wild"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def curve_picture(curve: Curve, step: Step, source: str) -> DensePicture:
    """Component and residual of a factor, with line, smoother and spline.

    Parameters
    ----------
    curve : Curve
    step : Step
        Of the factor; its label without the step names the axis.
    source : str
        Line below.
    """
    label = step.label.partition(":")[0]
    caption = f"{label}: the index with the other columns held fixed, and what a line hides"
    rows = curve.rows
    with drawing(caption, source, 2.4, left=room(["-0.0"]), above=LEGEND) as (figure, [ax]):
        edge = 0.03 * (rows["value"].iloc[-1] - rows["value"].iloc[0])
        ax.set_xlim(rows["value"].iloc[0] - edge, rows["value"].iloc[-1] + edge)
        ax.plot(rows["value"], rows["component"], "o", color=INK, ms=3, alpha=0.35)
        for column, name, colour in LINES:
            ax.plot(rows["value"], rows[column], color=colour, lw=1.6)
            ax.plot([], [], "_", color=colour, ms=10, mew=2, label=name)
        scale_below(ax, WORDS, f"{label}; upwards: index points, about the mean")
        scale_beside(ax, WORDS)
        legend_above(ax)
    alt = (
        f"{len(rows)} dots; from the lowest to the highest value the line rises by "
        f"{_rise(curve, 'line')}, the spline by {_rise(curve, 'spline')}, most of it "
        f"{_where(curve)}."
    )
    return DensePicture(figure, caption, alt)


def curve_text(curve: Curve | None, reason: str = "") -> Text:
    """What the line hides, in a sentence.

    Parameters
    ----------
    curve : Curve or None
    reason : str, optional
        Why there is none.
    """
    if curve is None:
        return Text(f"No curve is shown, as {reason}.")
    return Text(
        f"Against the line the spline has F({curve.degrees[0]}, {curve.degrees[1]}) = "
        f"{curve.f:.2f}, {p_words(curve.p_value)} (errors independent and of one variance). Over "
        f"the whole range the line rises by {_rise(curve, 'line')} points, the spline by "
        f"{_rise(curve, 'spline')}; over the lower half of the regions by "
        f"{_half(curve, 'line')} and {_half(curve, 'spline')}. Few regions stand at the upper end, "
        "and there the curve is theirs alone."
    )


def _rise(curve: Curve, column: str) -> str:
    values = curve.rows[column]
    return WORDS.signed(float(values.iloc[-1] - values.iloc[0]))


def _half(curve: Curve, column: str) -> str:
    values = curve.rows[column]
    return WORDS.signed(float(values.iloc[len(values) // 2] - values.iloc[0]))


def _where(curve: Curve) -> str:
    values = curve.rows["spline"]
    first = values.iloc[len(values) // 2] - values.iloc[0]
    return "among the lower half" if first > (values.iloc[-1] - values.iloc[0]) / 2 else "above it"


def _between(low: float, high: float, decimals: int = 2) -> str:
    return f"{WORDS.signed(low, decimals)} to {WORDS.signed(high, decimals)}"
