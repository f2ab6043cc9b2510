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
from smartlib.present.regression.steps import Step, between
from smartlib.present.words.regressions import p_words
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import ENGLISH, Words

if TYPE_CHECKING:
    from smartlib.inference.checks.curvature import Curvature, Curve
    from smartlib.inference.checks.form_study import FormStudy
    from smartlib.inference.checks.forms import Contrasts

LINES = (("line", MUTED), ("smooth", NATION), ("spline", REGION))


def contrasts_sheet(found: Contrasts, *, words: Words = ENGLISH) -> Sheet:
    """The contrast between the quartiles under each form.

    Parameters
    ----------
    found : Contrasts
        One form at least.
    words : Words, optional
        The language; by default English.
    """
    table, say = found.table, words.say
    least = table["aic"].min()
    columns = {
        say("form_head"): [say(f"form_{name}") for name in table.index],
        say("quartiles_head"): [words.signed(v, 3) for v in table["estimate"]],
        say("form_interval"): [between(words, row, decimals=3) for row in table.itertuples()],
        say("degrees"): [words.number(v, 1) for v in table["degrees_of_freedom"]],
        "p (CR2)": [words.number(v, 3) for v in table["p_value"]],
        "p (wild bootstrap)": [words.number(v, 3) for v in table["p_wild"]],
        say("form_p_all"): [words.number(v, 3) for v in table["p_max_t"]],
        say("form_aic"): [words.number(v - least, 1) for v in table["aic"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def contrasts_text(study: FormStudy, label: str, *, words: Words = ENGLISH) -> Text:
    """What the forms say together, and what they cannot say.

    Parameters
    ----------
    study : FormStudy
        Of the factor.
    label : str
        Of the factor, in words.
    words : Words, optional
        The language; by default English.
    """
    if study.contrasts is None:
        return Text(words.say("no_other_form", factor=label, reason=_reason(study, words)))
    found, table, say = study.contrasts, study.contrasts.table, words.say
    apart = [say(f"form_{name}") for name, row in table.iterrows() if row["low"] * row["high"] > 0]
    parts = {
        "low": words.number(found.low),
        "high": words.number(found.high),
        "least": words.signed(table["estimate"].min()),
        "most": words.signed(table["estimate"].max()),
        "names": ", ".join(apart) or say("none_here"),
    }
    text = say("forms_found", factor=label, apart=len(apart), forms=len(table), **parts)
    left = [
        say("form_needs", form=say(f"form_{name}"), values=say(f"values_{name}"))
        for name in found.undefined
    ]
    return Text(text + (say("forms_left_out", forms="; ".join(left)) if left else ""))


def slopes_text(study: FormStudy, labels: Mapping[str, str], *, words: Words = ENGLISH) -> Text:
    """Whether the slope is the same on each track.

    Parameters
    ----------
    study : FormStudy
        Of the factor.
    labels : mapping of str to str
        Printed label of each column.
    words : Words, optional
        The language; by default English.
    """
    called = [labels.get(group, group) for group in study.unsloped]
    told = [words.say("slope_unknown", track=label) for label in called]
    if not study.slopes:
        return Text("\n".join(told) or words.say("one_slope"))
    for s in study.slopes:
        parts = {
            "form": words.say(f"form_{s.form}"),
            "difference": words.signed(s.difference.estimate),
            "ends": between(words, s.difference),
            "p": p_words(s.difference.p_value, words.lang),
            "freedom": words.number(s.difference.degrees_of_freedom, 1),
            "p_wild": p_words(s.p_wild, words.lang),
        }
        told.append(words.say("slope_differs", track=labels.get(s.group, s.group), **parts))
    return Text("\n".join([*told, "", words.say("slopes_explored")]))


def curvature_sheet(
    found: Curvature, labels: Mapping[str, str], *, words: Words = ENGLISH
) -> Sheet:
    """The test of each continuous factor's square.

    Parameters
    ----------
    found : Curvature
        One factor at least.
    labels : mapping of str to str
        Printed label of each factor.
    words : Words, optional
        The language; by default English.
    """
    table = found.table
    columns = {
        words.say("square_head"): [labels.get(name, name) for name in table.index],
        words.say("p_classical"): [words.number(v, 3) for v in table["p_classical"]],
        "Holm": [words.number(v, 3) for v in table["holm"]],
        "p (CR2)": [words.number(v, 3) for v in table["p_cr2"]],
        "df (CR2)": [words.number(v, 1) for v in table["degrees_of_freedom"]],
        "p (wild bootstrap)": [words.number(v, 3) for v in table["p_wild"]],
        "Holm (wild)": [words.number(v, 3) for v in table["holm_wild"]],
    }
    return sheet(columns, numeric=tuple(list(columns)[1:]))


def curve_picture(curve: Curve, step: Step, source: str, *, words: Words = ENGLISH) -> DensePicture:
    """Component and residual of a factor, with line, smoother and spline.

    Parameters
    ----------
    curve : Curve
        Of the factor.
    step : Step
        Of the factor; its label without the step names the axis.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    label = step.label.rpartition(":")[0] or step.label
    caption = words.say("line_caption", factor=label)
    rows = curve.rows
    with drawing(caption, source, 2.4, left=room(["-0.0"]), above=LEGEND) as (figure, [ax]):
        edge = 0.03 * (rows["value"].iloc[-1] - rows["value"].iloc[0])
        ax.set_xlim(rows["value"].iloc[0] - edge, rows["value"].iloc[-1] + edge)
        ax.plot(rows["value"], rows["component"], "o", color=INK, ms=3, alpha=0.35)
        for column, colour in LINES:
            ax.plot(rows["value"], rows[column], color=colour, lw=1.6)
            ax.plot([], [], "_", color=colour, ms=10, mew=2, label=words.say(f"line_{column}"))
        scale_below(ax, words, words.say("line_scale", factor=label))
        scale_beside(ax, words)
        legend_above(ax)
    parts = {name: _rise(words, curve, name) for name in ("line", "spline")}
    where = words.say(f"rise_{_where(curve)}")
    return DensePicture(
        figure, caption, words.say("line_alt", rows=len(rows), where=where, **parts)
    )


def curve_text(study: FormStudy, *, words: Words = ENGLISH) -> Text:
    """What the line hides, in a sentence, or why there is no curve.

    Parameters
    ----------
    study : FormStudy
        Of the factor.
    words : Words, optional
        The language; by default English.
    """
    curve = study.curve
    if curve is None:
        return Text(words.say("no_curve", reason=_reason(study, words)))
    parts = {name: _rise(words, curve, name) for name in ("line", "spline")}
    parts |= {f"half_{name}": _half(words, curve, name) for name in ("line", "spline")}
    parts |= {"f": words.number(curve.f), "p": p_words(curve.p_value, words.lang)}
    more, rest = curve.degrees
    return Text(words.say("line_found", more=more, rest=rest, **parts))


def _reason(study: FormStudy, words: Words) -> str:
    return words.say(f"unformed_{study.reason}", detail=study.detail)


def _rise(words: Words, curve: Curve, column: str) -> str:
    values = curve.rows[column]
    return words.signed(float(values.iloc[-1] - values.iloc[0]))


def _half(words: Words, curve: Curve, column: str) -> str:
    values = curve.rows[column]
    return words.signed(float(values.iloc[len(values) // 2] - values.iloc[0]))


def _where(curve: Curve) -> str:
    """In which half of the regions the spline rises most."""
    values = curve.rows["spline"]
    first = values.iloc[len(values) // 2] - values.iloc[0]
    return "lower" if first > (values.iloc[-1] - values.iloc[0]) / 2 else "upper"
