"""Tables of a region's report (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartlib.index.region.gap import Gap
from smartlib.index.region.places import Place
from smartlib.inference.factors.derived import label_of, unit_of
from smartlib.inference.factors.table import FactorTable
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS
from smartlib.vocabulary.units import UNITS

LOWEST_QUESTIONS = 10
GROUPS = ("nation", "track", "province")
REPORTED_FACTORS = (
    "population",
    "population_density",
    "grdp_per_capita",
    "human_development_index",
    "poverty_rate",
    "mean_schooling",
    "own_source_share",
    "transfer_share",
    "capital_share",
    "personnel_share",
    "spending_per_person",
)


def places_table(words: Words, places: Sequence[Place], scheme: Scheme) -> Sheet:
    """Ranks in the nation, track, kind and province."""

    def group(place: Place) -> str:
        if place.group == "known":
            return words.term("nation")
        if place.group == "track":
            member = track_label(words, scheme.tracks[place.member])
        else:
            member = words.term(place.member) if place.group == "kind" else place.member
        return f"{words.term(place.group)}: {member}"

    rank, known = words.term("rank"), words.term("known_rows").capitalize()
    lowest, percentile = words.term("lowest"), words.term("percentile")
    return sheet(
        {
            words.term("among"): [group(place) for place in places],
            rank: [str(place.rank) for place in places],
            known: [str(place.known) for place in places],
            percentile: [words.number(place.percentile, 0) for place in places],
            lowest: [f"{place.lowest} / {place.known + place.lost}" for place in places],
        },
        numeric=(rank, known, percentile, lowest),
    )


def profile_table(words: Words, profile: pd.DataFrame, bounds: pd.DataFrame) -> Sheet:
    """Marks beside three medians, each with the bounds that the lost rows allow.

    Parameters
    ----------
    words : Words
        The language.
    profile : DataFrame, shape (dimensions, 4)
        Output of `index.profile`.
    bounds : DataFrame, shape (dimensions, 6)
        Output of `index.profile_bounds`.
    """
    shown = profile.dropna(subset=["region"])

    def median(group: str, dimension: str) -> str:
        low, high = (
            words.number(bounds.at[dimension, f"{group}_{end}"]) for end in ("low", "high")
        )
        value = words.number(shown.at[dimension, group])
        return value if low == high else f"{value} ({low} {words.term('to')} {high})"

    headings = {g: f"{words.term('median').capitalize()}: {words.term(g)}" for g in GROUPS}
    columns = {
        words.term("dimension"): [words.dimension(str(name)) for name in shown.index],
        words.term("mark"): [words.number(value) for value in shown["region"]],
    }
    columns |= {headings[g]: [median(g, str(name)) for name in shown.index] for g in GROUPS}
    return sheet(columns, numeric=(words.term("mark"), *headings.values()))


def gap_table(words: Words, gaps: Sequence[Gap], scores: pd.DataFrame, scheme: Scheme) -> Sheet:
    """What each dimension adds to the distance from other regions, adding up in print.

    Parameters
    ----------
    words : Words
        The language.
    gaps : sequence of Gap
        Of one region, each to a region with a known row.
    scores : DataFrame
        Known rows, indexed by region code.
    scheme : Scheme
        Its weights and marks give the decimals that a contribution has.
    """
    weights = [weight.normalize() for weight in scheme.common.weights.values()]
    decimals = scheme.decimals + max(-int(weight.as_tuple().exponent) for weight in weights)

    def cells(gap: Gap) -> list[str]:
        parts = [*gap.contributions, gap.remainder, gap.total]
        return [words.signed(part, decimals) for part in parts]

    names = [words.dimension(str(name)) for name in gaps[0].contributions.index]
    columns = {
        f"{words.term('gap')}: {scores.at[gap.reference, 'region']} "
        f"({words.number(gap.reference_index)})": cells(gap)
        for gap in gaps
    }
    rows = [*names, words.term("remainder"), words.term("gap")]
    return sheet({words.term("dimension"): rows, **columns}, numeric=tuple(columns))


def nearest_table(words: Words, scores: pd.DataFrame, region: str, distances: pd.Series) -> Sheet:
    """The region and its nearest, with their indices."""
    codes = [region, *distances.index]
    rows = scores.loc[codes]
    harmonised, gap = words.term("harmonised_index"), words.term("difference")
    distance, published = words.term("distance"), words.term("published_index")
    own = rows["harmonised_index"].iloc[0]
    return sheet(
        {
            words.term("region"): list(rows["region"]),
            words.term("province"): list(rows["province"]),
            distance: ["", *(words.number(value) for value in distances)],
            published: [words.number(value) for value in rows["published_index"]],
            harmonised: [words.number(value) for value in rows["harmonised_index"]],
            gap: ["", *(words.signed(v - own) for v in rows["harmonised_index"].iloc[1:])],
        },
        numeric=(distance, published, harmonised, gap),
    )


def question_marks(
    words: Words, answers: pd.DataFrame, instrument: pd.DataFrame, region: str
) -> pd.DataFrame:
    """A region's marks with the label and the group of each question.

    Parameters
    ----------
    words : Words
        The language.
    answers : DataFrame
        Marks of one year: region_code, question, score.
    instrument : DataFrame
        Questions of that year, indexed by number.
    region : str
        Code.

    Returns
    -------
    DataFrame
        Indexed by question number: score, label, group; empty when none is at hand.
    """
    own = answers[answers["region_code"] == region].set_index("question")
    marks = own[["score"]].join(instrument)
    by_heading = {dimension.heading: dimension.name for dimension in DIMENSIONS}
    names = [words.dimension(by_heading[heading]) for heading in marks["dimension"]]
    impact = words.dimension("impact")
    pillars = marks["pillar"].fillna("")
    marks["group"] = [
        f"{impact}: {pillar}" if name == impact else name
        for name, pillar in zip(names, pillars, strict=True)
    ]
    marks["label"] = marks[f"label_{words.lang}"]
    return marks[["score", "label", "group"]]


def lowest_questions(words: Words, marks: pd.DataFrame) -> Sheet:
    """The questions with the lowest marks, ties by number."""
    lowest = marks.sort_values("score", kind="stable").head(LOWEST_QUESTIONS)
    number, mark = words.term("no"), words.term("mark")
    return sheet(
        {
            number: [str(number) for number in lowest.index],
            words.term("question"): list(lowest["label"]),
            words.term("dimension"): list(lowest["group"]),
            mark: [words.number(value, 1) for value in lowest["score"]],
        },
        numeric=(number, mark),
    )


def factors_table(
    words: Words,
    table: FactorTable,
    region: str,
    known: pd.Index,
    *,
    dictionary: pd.DataFrame,
) -> Sheet:
    """Factors of a region beside the median of the known rows."""
    own, medians = table.values.loc[region], table.values.loc[known].median()

    def shown(name: str, value: float) -> str:
        if unit_of(name, dictionary).startswith("share"):
            return words.percent(value)
        return words.number(value, 0 if abs(value) >= 1000 else 2)

    def unit(name: str) -> str:
        text = unit_of(name, dictionary)
        return text if words.lang == "en" else UNITS[text]

    def years(name: str) -> str:
        text = table.years_of(name)
        for basis in ("realised", "budgeted", "observed"):
            text = text.replace(f" {basis}", f" {words.term(basis)}".rstrip())
        return text

    value, median = words.term("value"), words.term("median").capitalize()
    names = REPORTED_FACTORS
    return sheet(
        {
            words.term("factor"): [label_of(name, dictionary, words.lang) for name in names],
            value: [shown(name, own[name]) for name in names],
            median: [shown(name, medians[name]) for name in names],
            words.term("unit"): [unit(name) for name in names],
            words.term("year"): [years(name) for name in names],
        },
        numeric=(value, median),
    )
