"""Figures of a specification curve: estimates over choices, the null (floor 4)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from smartlib.inference.core.covariance import kind_of
from smartlib.present.drawing import (
    EDGE,
    FAINT,
    FOOT,
    GAP,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    REGION,
    RIM,
    SMALL,
    WIDTH,
    DensePicture,
    bare_axes,
    drawing,
    legend_above,
    room,
    scale_below,
    scale_beside,
    title_above,
    width_of,
)
from smartlib.present.words.programme_texts import basis_text
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import ENGLISH, Words
from smartlib.vocabulary.tables import DIMENSION_NAMES

if TYPE_CHECKING:
    from smartlib.inference.curve.curve import SpecificationCurve
    from smartlib.inference.curve.null import CurveTest

SHOWN = 300  # specifications: as many lines as the figure's pixels keep apart
SEED = 0  # of those that are shown
PITCH = 0.15  # inches from one option to the next
BETWEEN = 0.5  # of a pitch, between questions
UPPER, PANEL = 2.3, 1.9  # inches, heights of the estimates and of a null's panel
AIR = 0.05  # of a null's span, above and below it
ROOMY = 0.3  # inches beside a panel: half of a number of four figures and some air
INTERVAL: dict[str, Any] = {"lw": 0.8, "alpha": 0.375}
TICK: dict[str, Any] = {"marker": "|", "ls": "", "ms": 6.0, "mew": 0.8}
OPTIONS = (  # answers that have words of their own
    "published",
    "harmonised",
    "as_marked",
    "min_max",
    "z_score",
    "rank",
    "arithmetic",
    "geometric",
    "harmonic",
    "mazziotta_pareto",
    "none",
    "all",
)


def option_label(
    question: str,
    option: str,
    names: Mapping[str, str] | None = None,
    words: Words = ENGLISH,
) -> str:
    """An option of a specification in words.

    Parameters
    ----------
    question, option : str
        As in the columns and cells of a plan's choices.
    names : mapping of str to str, optional
        Labels of the caller's own options, as sets of controls.
    words : Words, optional
        The language; by default English.

    Examples
    --------
    >>> option_label("without", "output, quick_wins"), option_label("covariance", "hc3")
    ('Output, Quick Wins', 'by row: HC3')
    """
    if names and option in names:
        return names[option]
    if question == "without":
        parts = option.split(", ")
        return ", ".join(
            words.dimension(p) if p in DIMENSION_NAMES else _plain(p, words) for p in parts
        )
    if question == "form":
        return words.say(f"form_{option}")
    if question == "vintage":
        return basis_text(words, option)
    if question == "covariance":
        kind = kind_of(option)
        key = "by_cluster_kind" if kind.clustered else "by_row_kind"
        return words.say(key, kind=kind.label)
    return _plain(option, words)


def reason_label(reason: str, names: Mapping[str, str], words: Words = ENGLISH) -> str:
    """Why a regression is left out of a plan, in words.

    Parameters
    ----------
    reason : str
        As in a plan's `excluded`.
    names : mapping of str to str
        Labels of columns.
    words : Words, optional
        The language; by default English.

    Examples
    --------
    >>> reason_label("z is the same in every row; leave it out.", {}, Words("id"))
    'z sama di semua baris'
    """
    said = reason.split(";", maxsplit=1)[0]
    if few := re.fullmatch(r"(\d+) complete rows for (\d+) coefficients", said):
        return words.say("reason_few", rows=few[1], coefficients=few[2])
    first, _, rest = said.partition(" ")
    called = names.get(first, first)
    if rest == "is the same in every row":
        return words.say("reason_same", name=called)
    return words.say("no_figure", reason=f"{called} {rest}")


def switched(curve: SpecificationCurve) -> pd.Series:
    """Median move of the estimate when one question is answered otherwise and all else stays.

    Parameters
    ----------
    curve : SpecificationCurve
        Of S specifications.

    Returns
    -------
    Series
        By question and option, as the curve's matrix: median over pairs of specifications that
        differ in this question only, of the estimate with this option less that with the
        question's first; in the estimate's unit. Missing where no pair is planned.

    Notes
    -----
    Medians of all specifications with an option compare unlike sets where some combinations
    are not planned; pairs do not.
    """
    choices, estimates = curve.plan.choices, curve.table["estimate"].to_numpy()
    codes = choices.apply(lambda answers: pd.factorize(answers)[0])
    moves: dict[tuple[str, str], float] = {}
    for question in curve.matrix.columns.unique(0):
        others = codes.assign(**{question: 0}).to_numpy().T
        key = np.ravel_multi_index(tuple(others), tuple(codes.max() + 1))
        first = np.full(key.max() + 1, np.nan)
        is_first = (codes[question] == 0).to_numpy()
        first[key[is_first]] = estimates[is_first]
        found = pd.Series(estimates - first[key]).groupby(choices[question]).median()
        moves |= {(question, str(option)): float(move) for option, move in found.items()}
    return pd.Series(moves).reindex(curve.matrix.columns)


def option_sheet(
    curve: SpecificationCurve, names: Mapping[str, str] | None = None, words: Words = ENGLISH
) -> Sheet:
    """Estimates by answer, and what switching to it from the question's first answer does.

    Parameters
    ----------
    curve : SpecificationCurve
        Of S specifications.
    names : mapping of str to str, optional
        Labels of options.
    words : Words, optional
        The language; by default English.
    """
    summary, moves = curve.summary().iloc[1:], switched(curve)
    is_base = ~summary.index.get_level_values("question").duplicated()
    labels = [option_label(asked, option, names, words) for asked, option in summary.index]
    ends = summary[["lowest", "highest"]].map(words.number).to_numpy()
    switches = [words.signed(v) for v in moves]
    base, clear = words.say("switch_base"), summary["significant"]
    columns = {
        words.say("question_head"): [words.say(f"curve_{asked}") for asked, _ in summary.index],
        words.say("answer_head"): labels,
        words.say("median_head"): [words.signed(v) for v in summary["median"]],
        words.say("range_head"): [words.say("from_to", low=low, high=high) for low, high in ends],
        words.say("leaves_out_head"): [words.percent(v, 0) for v in clear],
        words.say("switch_head"): [
            base if b else v for b, v in zip(is_base, switches, strict=True)
        ],
    }
    return sheet(columns, numeric=tuple(columns)[2:])


def thinned(order: NDArray[np.intp], shown: int, kept: Sequence[int] = ()) -> NDArray[np.intp]:
    """Ranks of the specifications that a figure has room for.

    Parameters
    ----------
    order : array of int, shape (S,)
        Places of the specifications from the lowest estimate up.
    shown : int
        Of them.
    kept : sequence of int, optional
        Places to show in any case.

    Returns
    -------
    array of int
        Ascending ranks from 0: all if there are no more than `shown`; else one drawn from each
        of so many equal parts of the order (every k-th would favour an option that comes round
        with k), with the lowest, the highest and those kept.
    """
    if len(order) <= shown:
        return np.arange(len(order))
    edges = np.linspace(0, len(order), shown + 1).astype(int)
    drawn = np.random.default_rng(SEED).integers(edges[:-1], edges[1:])
    always = np.flatnonzero(np.isin(order, kept))
    return np.unique([0, *drawn, *always, len(order) - 1])


def curve_picture(
    curve: SpecificationCurve,
    step: str,
    source: str,
    *,
    reference: int,
    names: Mapping[str, str] | None = None,
    shown: int = SHOWN,
    words: Words = ENGLISH,
) -> DensePicture:
    """Estimates from the lowest up with their intervals, and what each rests on below.

    Parameters
    ----------
    curve : SpecificationCurve
        Of S specifications.
    step : str
        Difference of the focal factor that an estimate is for, as `ten points of a share`.
    source : str
        Line below.
    reference : int
        Place of the specification that is marked.
    names : mapping of str to str, optional
        Labels of options.
    shown : int, default 300
        Specifications drawn where there are more; see `thinned`.
    words : Words, optional
        The language; by default English.
    """
    ranks = thinned(curve.order, shown, [reference])
    places, matrix = curve.order[ranks], curve.matrix
    labels = [option_label(question, option, names, words) for question, option in matrix]
    asked = {question: words.say(f"curve_{question}") for question in matrix.columns.unique(0)}
    heights = _heights([question for question, _ in matrix])
    left = room(labels) + max(width_of(title, SMALL) for title in asked.values())
    deep = PITCH * (heights[-1] + 1)
    count = words.number(len(curve.plan), 0)
    caption = words.say("curve_caption", step=f"{step[0].upper()}{step[1:]}", count=count)
    below = FOOT + deep + LINE
    with drawing(caption, source, UPPER, left=left, above=LEGEND, below=below) as (figure, [ax]):
        width = WIDTH - left - RIM
        dots = bare_axes(figure, left, FOOT, width, deep)
        dots.set_ylim(heights[-1] + 0.5, -0.5)
        _estimates(ax, curve, places, ranks)
        for name, colour, is_here in _verdicts(curve, places):
            which, options = np.nonzero(matrix.to_numpy()[places] & is_here[:, None])
            dots.plot(ranks[which] + 1, heights[options], color=colour, **TICK)
            ax.plot([], [], "o", color=colour, ms=4, label=words.say(name))
        for part in (ax, dots):
            part.set_xlim(0, len(curve.plan) + 1)
            part.axvline(_rank(curve, reference), color=INK, lw=0.8)
        own = curve.table["estimate"].iloc[reference]
        ax.plot(
            [_rank(curve, reference)], [own], "D", color=INK, ms=4, label=words.say("curve_marked")
        )
        _labels(dots, [asked[question] for question, _ in matrix], labels, heights, left)
        what = words.say("curve_scale", step=step, level=words.percent(curve.level, 0))
        style: dict[str, Any] = {"transform": ax.transAxes, "va": "top", "fontsize": SMALL}
        ax.text((EDGE - left) / width, 1, textwrap.fill(what, 28), **style)
        scale_beside(ax, words)
        scale_below(dots, words, words.say("curve_order"))
        legend_above(ax)
    return DensePicture(figure, caption, _curve_words(curve, reference, len(ranks), words))


def null_picture(
    curve: SpecificationCurve,
    tests: Sequence[CurveTest],
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """The sorted curve over those of a factor that goes with nothing, a panel for each null.

    Parameters
    ----------
    curve : SpecificationCurve
        Of S specifications.
    tests : sequence of CurveTest
        Of the same plan.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("null_caption")
    own, ranks = np.sort(curve.table["estimate"]), np.arange(len(curve.plan)) + 1
    ends = [own, *(test.bands for test in tests)]
    low, high = min(e.min() for e in ends), max(e.max() for e in ends)
    room_around: dict[str, Any] = {
        "left": room(["\u22120.0"]) + GAP,
        "right": ROOMY,
        "above": 2 * LEGEND,
    }
    with drawing(caption, source, PANEL, columns=len(tests), **room_around) as (figure, axes):
        for ax, test in zip(axes, tests, strict=True):
            ax.set_xlim(0, len(ranks) + 1)
            ax.set_ylim(low - AIR * (high - low), high + AIR * (high - low))
            ax.fill_between(ranks, test.bands[0], test.bands[2], color=FAINT, lw=0)
            ax.axhline(0, color=MUTED, lw=0.6)
            ax.plot(ranks, test.bands[1], color=INK, lw=1)
            ax.plot(ranks, own, color=NATION, lw=2)
            title_above(ax, _null_title(test, words))
            scale_beside(ax, words)
            scale_below(ax, words, words.say("null_scale"))
        key = bare_axes(figure, EDGE, FOOT + PANEL + LEGEND, WIDTH - 2 * EDGE, GAP)
        key.plot([], [], "_", color=NATION, ms=11, mew=2, label=words.say("observed"))
        key.plot([], [], "_", color=INK, ms=11, mew=1, label=words.say("null_without"))
        key.plot([], [], "s", color=FAINT, ms=8, label=words.say("null_middle"))
        legend_above(key)
    alt = " ".join(
        words.say(
            "null_alt",
            name=words.say(f"null_{test.null}"),
            above=words.percent((own > test.bands[2]).mean(), 0),
            below=words.percent((own < test.bands[0]).mean(), 0),
        )
        for test in tests
    )
    return DensePicture(figure, caption, alt)


def _heights(questions: Sequence[str]) -> NDArray[np.float64]:
    """Places of the options from the top, with a gap before each new question."""
    starts = np.array([a != b for a, b in zip(questions[1:], questions[:-1], strict=True)])
    return np.concatenate([[0.0], np.cumsum(1 + BETWEEN * starts)])


def _rank(curve: SpecificationCurve, place: int) -> int:
    """Rank of a specification, from 1."""
    return int(np.flatnonzero(curve.order == place)[0]) + 1


def _verdicts(
    curve: SpecificationCurve, places: NDArray[np.intp]
) -> list[tuple[str, str, NDArray[np.bool_]]]:
    """Key of the words, colour and members of each class of the specifications that are shown."""
    clear, above = curve.is_significant[places], curve.table["estimate"].to_numpy()[places] > 0
    classes = [
        ("curve_above", NATION, clear & above),
        ("curve_below", REGION, clear & ~above),
        ("curve_holds", MUTED, ~clear),
    ]
    return [found for found in classes if found[2].any()]


def _estimates(
    ax: Axes, curve: SpecificationCurve, places: NDArray[np.intp], ranks: NDArray[np.intp]
) -> None:
    """Dots and intervals of the upper part."""
    table = curve.table.iloc[places]
    ax.set_ylim(min(0, table["low"].min()), max(0, table["high"].max()))
    for _, colour, is_here in _verdicts(curve, places):
        x, rows = ranks[is_here] + 1, table[is_here]
        ax.vlines(x, rows["low"], rows["high"], color=colour, **INTERVAL)
        ax.plot(x, rows["estimate"], "o", color=colour, ms=2, mew=0)
    ax.axhline(0, color=MUTED, lw=0.8)


def _labels(
    ax: Axes,
    questions: Sequence[str],
    labels: Sequence[str],
    heights: NDArray[np.float64],
    left: float,
) -> None:
    """Options beside the axes, each question at its first."""
    edge, wide = ax.get_yaxis_transform(), ax.get_position().width * WIDTH
    style: dict[str, Any] = {"transform": edge, "va": "center", "fontsize": SMALL}
    for number, (question, label, height) in enumerate(
        zip(questions, labels, heights, strict=True)
    ):
        ax.text(-GAP / wide, height, label, ha="right", **style)
        if not number or question != questions[number - 1]:
            ax.text((EDGE - left) / wide, height, question, color=MUTED, **style)


def _curve_words(curve: SpecificationCurve, reference: int, shown: int, words: Words) -> str:
    """What is to be seen of a curve."""
    estimates = curve.table["estimate"]
    return words.say(
        "curve_alt",
        shown=shown,
        count=words.number(len(curve.plan), 0),
        low=words.number(estimates.min()),
        high=words.number(estimates.max()),
        median=words.number(estimates.median()),
        share=words.percent(curve.is_significant.mean(), 0),
        own=words.number(estimates.iloc[reference]),
        rank=words.number(_rank(curve, reference), 0),
    )


def _plain(option: str, words: Words) -> str:
    return words.say(f"option_{option}") if option in OPTIONS else option


def _null_title(test: CurveTest, words: Words) -> str:
    name = words.say(f"null_{test.null}")
    return words.say("null_title", name=name, draws=words.number(test.draws, 0))
