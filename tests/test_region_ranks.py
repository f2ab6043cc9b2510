"""How far a region's rank is known: the numbers of the figure and of the sentences."""

from __future__ import annotations

import re

import pytest
from smartlib.present.region.ranks import NAMED, THICK, rank_picture, rank_reading
from test_figures import check_edges, check_words

from smartlib.present import Words
from smartlib.present.region import ranks as region_ranks
from smartlib.vocabulary.tables import RANKS

BADUNG, BANTUL, BANDUNG, WAKATOBI = "51.03", "34.02", "32.73", "74.07"


def ranks_of(tables, code: str):
    return tables.ranks[tables.ranks["region_code"] == code].set_index("route")


def said(tables, scores, code: str, lang: str = "en") -> str:
    return rank_reading(Words(lang), ranks_of(tables, code), scores, code).markdown


def test_every_route_of_the_table_has_its_words() -> None:
    """A new route in the table of ranks needs a name and a meaning."""
    (route,) = [column for column in RANKS.columns if column.name == "route"]
    assert tuple(region_ranks.ROUTES) == route.values


@pytest.mark.parametrize("code", [BADUNG, BANDUNG, WAKATOBI])
def test_bars_reach_from_the_first_to_the_last_rank(tables, scores, code: str) -> None:
    """From above: both routes' sets, thick alone and thin at once; methods; rounding. Each bar
    takes half a place more on either side, and dots stand at the rank on the routes' rows.
    """
    ranks = ranks_of(tables, code)
    picture = rank_picture(Words("en"), ranks, "X", known=len(scores), source="S")
    (ax,) = picture.figure.axes
    (bars,) = ax.collections
    drawn = {
        (round(line[0][1]), wide == THICK): (line[0][0] + 0.5, line[1][0] - 0.5)
        for line, wide in zip(bars.get_segments(), bars.get_linewidths(), strict=True)
    }
    own = ranks.iloc[0]
    expected = {
        (0, True): (own["rounding_low"], own["rounding_high"]),
        (1, True): (own["method_p05"], own["method_p95"]),
    }
    for height, route in ((3, "internal"), (2, "retest")):
        for kind, thick in (("marginal", True), ("simultaneous", False)):
            row = ranks.loc[route]
            expected[height, thick] = (row[f"{kind}_low"], row[f"{kind}_high"])
    assert drawn == expected
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    places = scores.at[code, "rank_known"]
    assert list(zip(*dots.get_data(), strict=True)) == [(places, 2), (places, 3)]


def test_ranges_are_written_beside_the_bars(tables, scores) -> None:
    """The set alone, the set at once in parentheses; a range of one rank is one number."""
    picture = rank_picture(
        Words("en"), ranks_of(tables, BADUNG), "X", known=len(scores), source="S"
    )
    own = ranks_of(tables, BADUNG)
    (ax,) = picture.figure.axes
    written = [text.get_text() for text in ax.texts]
    assert written[0] == str(scores.at[BADUNG, "rank_known"])
    row = own.loc["internal"]
    alone = f"{row['marginal_low']}-{row['marginal_high']}"
    assert written[3] == f"{alone} ({row['simultaneous_low']}-{row['simultaneous_high']})"
    assert f"Error: internal consistency {written[3]}" in picture.alt


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("code", [BADUNG, BANTUL, BANDUNG, WAKATOBI])
def test_no_word_is_cut_or_covered(tables, scores, evaluation, code: str, lang: str) -> None:
    """At both ends of the ranks, with the longest name."""
    longest = max(evaluation.register.frame["region"], key=len)
    picture = rank_picture(
        Words(lang), ranks_of(tables, code), longest, known=len(scores), source="S"
    )
    check_words(picture)
    check_edges(picture)


def test_the_count_and_the_names_are_of_the_set(tables, scores) -> None:
    """For every region: as many others as the set has further ranks; at most three a side,
    each inside the set by its own index, the nearest there are.
    """
    values = scores["published_index"]
    by_name = {row["region"]: row["published_index"] for _, row in scores.iterrows()}
    for code in scores.index:
        text, own = said(tables, scores, code), values[code]
        row = ranks_of(tables, code).loc["internal"]
        count = row["marginal_high"] - row["marginal_low"]
        assert f"So {count} of the 139 other rows cannot be told apart" in text
        sides = re.search(r"The nearest: (.*?)\.(?:\n|$)", text)[1].split("; ")
        named = {side.split(" ", 1)[0]: side.split(" ", 1)[1] for side in sides}
        for side, names in named.items():
            shown = re.findall(r"(K[\w. ]+?) \((\d\.\d\d)\)", names)
            assert 0 < len(shown) <= NAMED
            assert all(by_name[name] == float(index) for name, index in shown)
            expected = {
                "above": values[values > own].nsmallest(NAMED),
                "below": values[values < own].nlargest(NAMED),
                "level": values[values == own].drop(code).head(NAMED),
            }[side]
            assert [float(x) for _, x in shown] == expected.head(len(shown)).tolist()


def test_the_best_region_has_nobody_above(tables, scores) -> None:
    """Kota Bandung is named beside those below it alone, Wakatobi beside those above."""
    assert "The nearest: below Kab." in said(tables, scores, BANDUNG)
    assert "The nearest: above Kab. Minahasa Utara (1.32)." in said(tables, scores, WAKATOBI)


def test_routes_are_named_with_what_they_count_as_error(tables, scores) -> None:
    """The internal route stands first; each has its own standard error, stated once."""
    internal, retest, rest = said(tables, scores, BADUNG).split("\n\n")
    assert internal.startswith("**Internal consistency route** (what a dimension has of its own")
    assert retest.startswith("**Retest route** (whatever moved between years counts as error")
    errors = tables.ranks.groupby("route")["standard_error"].first()
    for text, route in ((internal, "internal"), (retest, "retest")):
        assert text.count(f"standard error {errors[route]:.2f} points") == 1
    own = ranks_of(tables, BADUNG).iloc[0]
    assert f"its rank is {own['method_p05']} to {own['method_p95']} in nine of ten" in rest


def test_both_languages_state_the_same_numbers(tables, scores) -> None:
    """For every seventh region, sorted, with the language's own marks."""
    for code in scores.index[::7]:
        numbers = [
            sorted(x.replace(",", ".") for x in re.findall(r"\d+(?:[.,]\d+)?", text))
            for text in (said(tables, scores, code, lang) for lang in ("id", "en"))
        ]
        assert numbers[0] == numbers[1]


def test_without_ranks_a_sentence_says_so(tables, scores) -> None:
    """Of an earlier year, whose ranks are not in the table, nothing is claimed."""
    none = ranks_of(tables, BADUNG).iloc[:0]
    text = rank_reading(Words("en"), none, scores, BADUNG).markdown
    assert text == "How far the ranks of this year are known has not been computed."


def test_one_route_alone_is_shown_alone(tables, scores) -> None:
    """Without last year's index there is no retest route: one bar, one paragraph."""
    one = ranks_of(tables, BADUNG).loc[["internal"]]
    picture = rank_picture(Words("id"), one, "X", known=len(scores), source="S")
    assert "uji ulang" not in picture.alt
    assert len(picture.figure.axes[0].texts) == 3
    assert "Retest" not in rank_reading(Words("en"), one, scores, BADUNG).markdown
