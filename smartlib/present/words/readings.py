"""What was seen in a check of a regression and what to do about it, in words (floor 4)."""

from __future__ import annotations

from functools import singledispatch

import pandas as pd

from smartlib.inference.checks.influence import GroupInfluence, Influence
from smartlib.inference.checks.spatial import SpatialPattern
from smartlib.inference.checks.tests import Collinearity, HypothesisTest
from smartlib.inference.checks.unmeasured import Unmeasured
from smartlib.inference.factors.derived import Against, label_of
from smartlib.inference.programme.balancing import Weights
from smartlib.inference.programme.membership import Logit
from smartlib.present.words.regressions import p_words, said
from smartlib.present.words.wording import Words
from smartlib.vocabulary.messages import listed


@singledispatch
def reading(found: object, lang: str = "en") -> str:
    """What was seen and what to do, in a sentence or two.

    Parameters
    ----------
    found : Influence, GroupInfluence, Collinearity, HypothesisTest, SpatialPattern, Unmeasured, \
Logit or Weights
        A result of `inference`.
    lang : {"en", "id"}, default "en"
        Language.

    Raises
    ------
    TypeError
        Nothing is said of results of this kind.
    ParameterError
        Another language.
    """
    raise TypeError(f"No reading of {type(found).__name__}.")


@reading.register
def _(found: Influence, lang: str = "en") -> str:
    rows = found.rows
    strongest, highest = rows["dfbetas"].abs().argmax(), rows["leverage"].argmax()
    return said(
        "influence",
        lang,
        highest=rows.index[highest],
        leverage=rows["leverage"].iloc[highest],
        mean=rows["leverage"].mean(),
        mover=said("influence_same", lang) if strongest == highest else rows.index[strongest],
        factor=found.factor,
        estimate=found.estimate,
        without=rows["estimate_without"].iloc[strongest],
        count=(rows["dfbetas"].abs() > found.bound).sum(),
        rows=len(rows),
        bound=found.bound,
    )


@reading.register
def _(found: GroupInfluence, lang: str = "en") -> str:
    if found.groups.empty:
        return said("groups_none", lang, factor=found.factor)
    without = found.groups["estimate_without"]
    text = said(
        "groups",
        lang,
        count=len(found.groups),
        factor=found.factor,
        estimate=found.estimate,
        low=without.min(),
        lowest=without.idxmin(),
        high=without.max(),
        highest=without.idxmax(),
        sign=said("groups_keep" if found.keeps_sign else "groups_change", lang),
    )
    if not found.undetermined:
        return text
    return text + said("groups_undetermined", lang, groups=listed(found.undetermined))


@reading.register
def _(found: Collinearity, lang: str = "en") -> str:
    largest = found.inflation.max()
    return said(
        "collinearity",
        lang,
        largest=largest,
        worst=found.inflation.idxmax(),
        times=largest**0.5,
        advice=said("collinearity_high" if found.is_high else "collinearity_low", lang),
    )


@reading.register
def _(found: HypothesisTest, lang: str = "en") -> str:
    numbers = {"df": found.degrees_of_freedom, "statistic": found.statistic}
    seen = said(f"{found.name}_seen", lang, p=p_words(found.p_value, lang), **numbers)
    return said(f"{found.name}_{'sign' if found.is_sign else 'none'}", lang, seen=seen)


@reading.register
def _(found: SpatialPattern, lang: str = "en") -> str:
    numbers = {"statistic": found.statistic, "neighbours": found.neighbours}
    both = p_words(found.p_two_sided, lang)
    seen = said("moran_seen", lang, p=p_words(found.p_value, lang), both=both, **numbers)
    return said("moran_sign" if found.is_sign else "moran_none", lang, seen=seen)


@reading.register
def _(found: Unmeasured, lang: str = "en") -> str:
    if found.robustness_interval:
        interval = said(
            "unmeasured_outside",
            lang,
            robustness=found.robustness_interval,
            level=found.level,
            compared=_compared(found, lang),
        )
    else:
        interval = said("unmeasured_inside", lang, level=found.level)
    numbers = {"robustness": found.robustness, "factor": found.factor}
    return said("unmeasured", lang, interval=interval, **numbers)


@reading.register
def _(found: Logit, lang: str = "en") -> str:
    """Why there are no odds ratios; nothing where there are."""
    if not found.separating:
        return ""
    return said("separated", lang, factors=", ".join(found.separating), outcome=found.outcome)


@reading.register
def _(found: Weights, lang: str = "en") -> str:
    """How the weights were made, trimming included."""
    factors = ", ".join(map(str, found.balance.index))
    trim = Words(lang).digits(f"{found.trim:g}")
    return said(found.method, lang, factors=factors, cut=found.cut, trim=trim)


def beside_classical(
    found: Unmeasured, low: float, high: float, errors: str, lang: str = "en"
) -> str:
    """What the robustness of the classical interval is worth beside another interval.

    Parameters
    ----------
    found : Unmeasured
        With its classical interval.
    low, high : float
        Ends of an interval of the same level, under other errors.
    errors : str
        These errors in words, such as `clustered by province`.
    lang : {"en", "id"}, default "en"
        Language.
    """
    own_low, own_high = found.interval
    holds = ("in" if least <= 0 <= most else "out" for least, most in (found.interval, (low, high)))
    told = said(f"beside_{'_'.join(holds)}", lang)
    ends = {"own_low": own_low, "own_high": own_high, "low": low, "high": high}
    return said("beside", lang, errors=errors, told=told, **ends)


def against_words(found: Against | None, dictionary: pd.DataFrame, lang: str = "en") -> str:
    """What a share of a budget is read against; nothing for what is no share.

    Parameters
    ----------
    found : Against or None
        From `read_against`.
    dictionary : DataFrame
        Factor dictionary, which names the parts.
    lang : {"en", "id"}, default "en"
        Language.

    Returns
    -------
    str
        Such as `transfers from central government and all other revenue`, or, beside another
        part, `spending that is not in the formula, personnel share of spending held fixed`.
    """
    if found is None:
        return ""
    labels = [label_of(part, dictionary, lang) for part in found.held or found.free]
    plain = [label[0].lower() + label[1:] for label in labels]
    budget, between = said(found.budget, lang), said("and", lang)
    if found.held:
        return said("against_held", lang, budget=budget, parts=between.join(plain))
    return between.join([*plain, said("against_rest", lang, budget=budget)])


def _compared(found: Unmeasured, lang: str) -> str:
    if found.benchmarks.empty:
        return ""
    if found.undone_by is None:
        return said("unmeasured_none", lang)
    benchmark, times = found.undone_by
    key = "unmeasured_once" if times == 1 else "unmeasured_times"
    return said(key, lang, benchmark=benchmark, times=times)
