"""Texts of the regressions, both languages side by side (floor 4).

An empty Indonesian text is one that nothing in Indonesian shows yet; asking for it is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from smartlib.present.words.wording import Words
from smartlib.vocabulary.errors import ParameterError

SMALLEST_P = 0.001

TEXTS: Mapping[str, tuple[str, str]] = {
    # Checks of a fit.
    "influence": (
        "",
        "{highest} has the greatest leverage ({leverage:.2f}, against a mean of {mean:.2f}). "
        "{mover} moves the coefficient of {factor} most: {estimate:.3g} with it, {without:.3g} "
        "without; {count} of {rows} rows pass {bound:.2f} in DFBETAS. Show both estimates, and "
        "check that row's figures at their source; being influential is no reason to leave a row "
        "out.",
    ),
    "influence_same": ("", "It also"),
    "groups_none": (
        "",
        "No group can be left out: without any one the coefficient of {factor} is open.",
    ),
    "groups": (
        "",
        "Leaving out one of {count} groups at a time, the coefficient of {factor} "
        "({estimate:.3g} with all) runs from {low:.3g} (without {lowest}) to {high:.3g} (without "
        "{highest}). {sign}",
    ),
    "groups_keep": ("", "Its sign holds throughout."),
    "groups_change": ("", "Its sign changes: rest nothing on it."),
    "groups_undetermined": ("", " Without {groups} it does not exist."),
    "collinearity": (
        "",
        "The largest variance inflation is {largest:.1f} ({worst}): its standard error is "
        "{times:.1f} times what unrelated factors would give. {advice}",
    ),
    "collinearity_high": (
        "",
        "State them together, or keep one of those that go together and say so.",
    ),
    "collinearity_low": ("", "The factors can be told apart; nothing to do."),
    "reset_seen": ("", "F({df[0]}, {df[1]}) = {statistic:.2f}, {p}"),
    "reset_sign": (
        "",
        "Powers of the fitted values add to the fit ({seen}): try logarithms or a squared factor, "
        "and show both.",
    ),
    "reset_none": (
        "",
        "RESET has no sign of a missed curve ({seen}); it looks at the fitted values as a whole, "
        "and can miss the bend of one factor.",
    ),
    "breusch_pagan_seen": ("", "chi-square({df[0]}) = {statistic:.2f}, {p}"),
    "breusch_pagan_sign": (
        "",
        "The spread of the residuals goes with the factors ({seen}): read robust errors (HC3, "
        "CR2), and look for the factor that it grows with.",
    ),
    "breusch_pagan_none": (
        "",
        "No sign that the spread goes with the factors ({seen}); robust errors cost little and "
        "stay the default.",
    ),
    "moran_seen": (
        "",
        "Moran's I = {statistic:.3f} over {neighbours} neighbours, one-sided against likeness {p}, "
        "two-sided {both}",
    ),
    "moran_sign": (
        "",
        "Residuals of near regions are alike ({seen}): give errors by distance or clustered by "
        "province, and look for a factor that neighbours share.",
    ),
    "moran_none": ("", "No sign that residuals of near regions are alike ({seen})."),
    # What is not measured.
    "unmeasured": (
        "",
        "A variable that is not measured would have to explain {robustness:.1%} of what is left "
        "of both {factor} and the outcome to bring the coefficient to zero{interval} Name what "
        "was left out, and say whether it could be that strong.",
    ),
    "unmeasured_inside": ("", "; zero is inside the classical {level:.0%} interval already."),
    "unmeasured_outside": (
        "",
        ", and {robustness:.1%} to bring zero into the classical {level:.0%} interval.{compared}",
    ),
    "unmeasured_none": ("", " None as strong as the benchmarks tried would."),
    "unmeasured_once": ("", " One as strong as {benchmark} could."),
    "unmeasured_times": ("", " One {times:g} times as strong as {benchmark} could."),
    "beside": (
        "",
        "The classical interval ({own_low:.3g} to {own_high:.3g}) takes errors as independent and "
        "evenly spread (homoskedastic). With errors {errors} it is {low:.3g} to {high:.3g} and "
        "{told}",
    ),
    "beside_out_out": (
        "",
        "leaves zero out as well; the arithmetic does not tell how strong a variable that one "
        "would bear.",
    ),
    "beside_out_in": (
        "",
        "holds zero already, without any variable that is not measured: the strength that the "
        "classical interval bears is no safeguard.",
    ),
    "beside_in_out": ("", "leaves zero out all the same."),
    "beside_in_in": ("", "holds zero too."),
    # Who is in, and weights.
    "separated": (
        "",
        "{factors} tells the ones of {outcome} from the zeros without error, so that no odds "
        "ratio is finite; leave it out or join it with another factor.",
    ),
    "inverse_probability": (
        "",
        "Inverse probability, stabilised; {cut} weights above the {trim:g} quantile cut to it.",
    ),
    "entropy": ("", "Entropy balancing on the means of {factors}."),
    # Shares of a budget.
    "total_revenue": ("pendapatan", "revenue"),
    "total_spending": ("belanja", "spending"),
    "against_held": (
        "{budget} di luar rumus, dengan {parts} tetap",
        "{budget} that is not in the formula, {parts} held fixed",
    ),
    "against_rest": ("{budget} lain", "all other {budget}"),
    "and": (" dan ", " and "),
    # Errors.
    "errors_by": ("{errors} menurut {cluster}", "{errors} by {cluster}"),
    "errors_clustered": (
        "{error}, diklaster menurut {cluster} ({clusters} klaster){note}",
        "{error}, clustered by {cluster} ({clusters} clusters){note}",
    ),
    "errors_rows": (
        "{error}, baris dianggap saling bebas{note}",
        "{error}, rows taken as independent{note}",
    ),
    "alone": (
        "",
        "{group} alone decides {name}: no residual tells its error, and none is given.",
    ),
    "absorbed": (
        "",
        "Levels of {term} are controls only, and no inference on them is given: {count} are "
        "decided by one cluster or row alone{singletons}.",
    ),
    "absorbed_single": ("", " (with a single row: {levels})"),
    "too_few": (
        "",
        "{clusters} clusters are too few for p-values or intervals, which are left out; name "
        "another grouping.",
    ),
    "few": (
        "",
        "With {clusters} clusters t is a rough guide. By the wild cluster bootstrap with Webb's "
        "weights: {told}.",
    ),
    "few_each": ("", "{name} {low} to {high} ({p})"),
    "no_beside": ("", "hc3 with the normal is not shown: {reason}"),
    # Notes under a table.
    "outcome": ("", "Outcome: {outcome}."),
    "estimator": (
        "",
        "Least squares. Standard errors in parentheses: {errors}. {level:.0%} intervals in "
        "brackets.",
    ),
    "otherwise": (
        "",
        "With HC3 errors for rows taken as independent and the normal distribution, the "
        "{level:.0%} interval would {told}",
    ),
    "otherwise_same": ("", "say the same of zero."),
    "otherwise_unlike": ("", "{told}, unlike here."),
    "otherwise_out": ("", "leave zero out for {terms}"),
    "otherwise_in": ("", "hold zero for {terms}"),
    "sample": (
        "",
        "Sample: {rows} of the {known} known rows of the {year} score table ({scored} regions "
        "were scored); they are no random draw.",
    ),
    "left_out": ("", "Left out, as {columns} is missing: {regions}."),
    "factor": ("", "{label}: {source}."),
    "share": ("", "Shares of one budget sum to one: {label} is read against {rest}"),
    "same_marks": (
        "",
        "Scored by the same evaluation as the outcome: {scores}. As far as both hold the same "
        "marks, the coefficient is arithmetic and not an association.",
    ),
    "circular": (
        "",
        "The evaluation itself scores {scored}; purged_index leaves such dimensions out.",
    ),
    "circular_factor": ("", "{label} (question {questions})"),
    "sources": ("", "Sources: {cited}"),
    "associations": ("", "Coefficients are associations among these rows."),
}


def said(key: str, lang: str = "en", **values: object) -> str:
    """A text with its numbers.

    Parameters
    ----------
    key : str
        Of `TEXTS`.
    lang : {"en", "id"}, default "en"
        Language.
    **values
        What the text names in braces.

    Raises
    ------
    ParameterError
        Another language, or one in which the text is not written.

    Examples
    --------
    >>> said("against_rest", "id", budget="belanja")
    'belanja lain'
    """
    text = Words(lang).pick(*TEXTS[key])
    if not text:
        raise ParameterError(f"The text '{key}' is not written in '{lang}'; take lang='en'.")
    return text.format(**values)


def p_words(p: float) -> str:
    """A p-value as `p = 0.031` or `p < 0.001`.

    Parameters
    ----------
    p : float
        Between 0 and 1.

    Examples
    --------
    >>> p_words(0.0312), p_words(1e-9)
    ('p = 0.031', 'p < 0.001')
    """
    return f"p = {p:.3f}" if p >= SMALLEST_P else f"p < {SMALLEST_P}"
