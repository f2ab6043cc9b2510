"""What a region's report says, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from smartlib import index, inference
from smartlib.data.load import load_factor_dictionary
from smartlib.present import Words
from smartlib.present.region import tables as region_tables
from smartlib.present.region import text as region_text

BADUNG, BANDUNG, WAKATOBI = "51.03", "32.73", "74.07"


def test_the_summary_bounds_the_rank(scores, undetermined, scheme) -> None:
    """A rank is said to be among the known rows, with the bound that the lost rows allow."""
    places = index.places(scores, BADUNG, undetermined, scheme)
    english = region_text.summary(Words("en"), scores.loc[BADUNG], places, scheme).markdown
    assert "rank **59** of the 140 known rows" in english
    assert "between 59 and 84" in english
    indonesian = region_text.summary(Words("id"), scores.loc[BADUNG], places, scheme).markdown
    assert "**3,08**" in indonesian
    assert "antara 59 dan 84" in indonesian


def test_the_places_table_shows_rank_and_bound(scores, undetermined, scheme) -> None:
    """A kabupaten's rank among kabupaten is complete: best and worst are the same."""
    places = index.places(scores, BADUNG, undetermined, scheme)
    cells = region_tables.places_table(Words("en"), places, scheme).frame
    assert cells["Lowest possible rank"].tolist() == ["84 / 165", "66 / 118", "38 / 105", "3 / 5"]


def test_both_languages_state_the_same_numbers(scores, undetermined, scheme, tables) -> None:
    """Every computed sentence carries the same numbers in Indonesian and English."""

    def numbers(text: str) -> list[str]:
        return re.findall(r"\d+(?:[.,]\d+)?", text.replace("**", ""))

    routes = index.error_routes(scores, scheme)
    for code in (BADUNG, BANDUNG, WAKATOBI):
        said = {}
        for lang in ("id", "en"):
            words = Words(lang)
            places = index.places(scores, code, undetermined, scheme)
            gap = index.gap_to(scores, code, "median", scheme)
            profile = index.profile(scores, code, list(scheme.common.weights))
            name = scores.at[code, "region"]
            texts = [
                region_text.summary(words, scores.loc[code], places, scheme),
                region_text.profile_reading(words, profile, name),
                region_text.gap_reading(words, gap, scores, scheme),
                region_text.improvement_reading(words, scores, code),
                region_text.change_reading(words, scores, code, routes),
            ]
            said[lang] = [sorted(n.replace(",", ".") for n in numbers(t.markdown)) for t in texts]
        assert said["id"] == said["en"]


def test_the_profile_sentence_is_true_of_every_region(scores, scheme) -> None:
    """Highest and lowest distance are what the numbers beside them say, for all 140 rows."""
    for code in scores.index:
        profile = index.profile(scores, code, list(scheme.common.weights))
        said = region_text.profile_reading(Words("en"), profile, "X").markdown
        ahead = profile["region"] - profile["nation"]
        assert f"({Words('en').signed(ahead.max())}) and lowest" in said
        assert said.endswith(f"({Words('en').signed(ahead.min())}).")


def test_without_lost_rows_no_bound_is_stated(scores, undetermined, scheme) -> None:
    """A complete table has ranks, not bounds."""
    whole = replace(scheme, stages=replace(scheme.stages, scored=len(scores)))
    places = index.places(scores, BADUNG, undetermined, whole)
    said = region_text.summary(Words("en"), scores.loc[BADUNG], places, whole).markdown
    assert said.endswith("rank **59** of the 140 known rows.")


def test_a_region_unlike_all_others_is_told_so(scores, tables) -> None:
    """Badung's nearest is more than a standard deviation away, Kab. Klaten's is not."""
    values = inference.factor_table(tables.factors, 2022, 2024).values
    said = {
        code: region_text.nearest_reading(
            Words("en"), scores, code, inference.nearest(values, code, scores.index)
        ).markdown
        for code in (BADUNG, "33.10")
    }
    assert "has no near twin" in said[BADUNG]
    assert "twin" not in said["33.10"]


def test_a_region_without_an_improvement_says_so(scores) -> None:
    """A missing improvement is words, not a number."""
    without = scores.assign(improvement=scores["improvement"].mask(scores.index == BADUNG))
    text = region_text.improvement_reading(Words("en"), without, BADUNG).markdown
    assert text == "The table has no improvement index for this region."


def test_a_change_is_weighed_against_two_errors(scores, scheme) -> None:
    """Each route: the change over sqrt(2) standard errors, beyond noise from 1.96 on; the slope
    of regression to the mean is reliability minus 1, about the general rise.
    """
    routes = index.error_routes(scores, scheme)
    change, before = scores["improvement"], scores["previous_index"]
    verdicts = set()
    for code in scores.index:
        lines = region_text.change_reading(Words("en"), scores, code, routes).markdown.splitlines()
        for line, (_, route) in zip(lines, routes.iterrows(), strict=True):
            times = change[code] / (2**0.5 * route["standard_error"])
            expected = change.mean() + (route["reliability"] - 1) * (before[code] - before.mean())
            verdict = "a rise beyond" if times > 1.96 else "a fall beyond"
            verdicts.add(verdict if abs(times) > 1.96 else "within")
            assert f"**{verdict if abs(times) > 1.96 else 'within'} noise**" in line
            assert f"is {abs(times):.2f} times" in line
            assert f"two indices ({2**0.5 * route['standard_error']:.2f} points)" in line
            assert f"would give {Words('en').signed(expected)} points" in line
            assert f"; {Words('en').signed(change[code] - expected)} is left over." in line
    assert verdicts == {"a rise beyond", "a fall beyond", "within"}


def test_a_change_that_cannot_be_weighed_says_so(scores, scheme) -> None:
    """Neither without last year's index nor without a standard error."""
    routes = index.error_routes(scores, scheme)
    without = scores.assign(improvement=scores["improvement"].mask(scores.index == BADUNG))
    for table, known in ((without, routes), (scores, routes.assign(reason="none"))):
        said = region_text.change_reading(Words("en"), table, BADUNG, known).markdown
        assert said == "How much of the change is beyond noise cannot be told."


def test_the_gap_table_adds_up_in_print(scores, scheme) -> None:
    """For every region: the cells of a column, as printed, sum to its last one, and the last is
    the difference of the two indices.
    """
    for code in scores.index:
        gaps = [index.gap_to(scores, code, other, scheme) for other in ("best", WAKATOBI)]
        table = region_tables.gap_table(Words("en"), gaps, scores, scheme).frame
        for heading, gap in zip(table.columns[1:], gaps, strict=False):
            cells = [Decimal(cell.replace("\u2212", "-")) for cell in table[heading]]
            assert sum(cells[:-1]) == cells[-1]
            assert float(cells[-1]) == pytest.approx(gap.total)
            assert scores.at[gap.reference, "region"] in heading


def test_question_marks_are_badungs_or_none(tables, evaluation) -> None:
    """115 labelled marks for the region whose report is at hand, a sentence for the others."""
    words = Words("en")
    marks = region_tables.question_marks(words, tables.answers, evaluation.instrument, BADUNG)
    assert len(marks) == 115
    assert marks["group"].nunique() == 4 + 6
    assert (
        "between 1.0 and 4.0" in region_text.questions_reading(words, marks, "Kab. Badung").markdown
    )
    none = region_tables.question_marks(words, tables.answers, evaluation.instrument, BANDUNG)
    assert none.empty
    assert "not at hand" in region_text.questions_reading(words, none, "Kota Bandung").markdown


def test_the_lowest_questions_are_the_lowest(tables, evaluation) -> None:
    """Questions 11 and 115 have the mark 1; ties stand in the instrument's order."""
    words = Words("en")
    marks = region_tables.question_marks(words, tables.answers, evaluation.instrument, BADUNG)
    table = region_tables.lowest_questions(words, marks).frame
    assert table["No."].tolist()[:4] == ["11", "115", "10", "9"]
    assert len(table) == region_tables.LOWEST_QUESTIONS


def test_nearest_regions_are_compared_on_the_harmonised_index(scores, tables) -> None:
    """The difference column is the neighbour's harmonised index minus the region's."""
    values = inference.factor_table(tables.factors, 2022, 2024).values
    near = inference.nearest(values, BADUNG, scores.index)
    table = region_tables.nearest_table(Words("en"), scores, BADUNG, near).frame
    expected = scores.loc[near.index, "harmonised_index"] - scores.at[BADUNG, "harmonised_index"]
    shown = [float(cell.replace("\u2212", "-")) for cell in table["Difference"][1:]]
    assert shown == pytest.approx(expected.tolist(), abs=0.005)


def test_factors_are_shown_with_their_year(scores, tables, folders) -> None:
    """Shares are percentages of a fiscal year that is named with its basis."""
    table = inference.factor_table(tables.factors, 2022, 2024)
    cells = region_tables.factors_table(
        Words("id"), table, BADUNG, scores.index, dictionary=load_factor_dictionary(folders)
    ).frame.set_index("Faktor")
    assert cells.loc["Porsi PAD dalam pendapatan", ["Nilai", "Tahun"]].tolist() == [
        "80,4%",
        "2022 realisasi",
    ]


def test_the_command_is_the_one_that_makes_the_report() -> None:
    """The last line can be pasted into a shell."""
    said = region_text.command_text(Words("en"), BADUNG, 2024).markdown
    assert said == "This report is made by `smartlib build --region 51.03 --year 2024 --lang en`."
