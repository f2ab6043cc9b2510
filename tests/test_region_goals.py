"""What other marks would give, in words and tables."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from smartlib import index
from smartlib.present import Words
from smartlib.present.region import goals as region_goals

BADUNG, BANDUNG, WAKATOBI, CIMAHI = "51.03", "32.73", "74.07", "32.77"
PUBLISHED = 0.005  # half a step of a mark written with two decimals


@pytest.fixture
def outlook(scores, scheme, evaluation):
    def found(code: str, assessors: int = 5):
        tenth = index.next_tenth(scores.at[code, "published_index"], scheme)
        goals = index.targets(scores, code, scheme, index=tenth)
        return goals, index.rises_to(
            goals,
            scores,
            code,
            scheme,
            instrument=evaluation.instrument,
            answers=evaluation.answers,
            assessors=assessors,
        )

    return found


def goals_said(outlook, scores, code: str, lang: str = "en") -> list[str]:
    goals, rises = outlook(code)
    return region_goals.goals_reading(Words(lang), goals, rises, scores).markdown.splitlines()


def test_goals_are_said_with_the_index_they_need(outlook, scores) -> None:
    """Badung: one hundredth more than Klaten's 3.09, the tenth row's 3.63, the next tenth."""
    tenth = scores["published_index"].nlargest(10).iloc[-1]
    assert goals_said(outlook, scores, BADUNG) == [
        "- Past the next above it, Kab. Klaten: an index of **3.10**.",
        f"- Into the first ten, level with Kota Cimahi, Kab. Banyuwangi: an index of "
        f"**{tenth:.2f}**; no dimension alone can bring it.",
        "- The next full 0.1: an index of **3.10**.",
    ]


def test_a_goal_that_is_reached_says_so(outlook, scores) -> None:
    """Nobody stands above Kota Bandung, which is among the first ten."""
    first, top, _ = goals_said(outlook, scores, BANDUNG)
    assert first.endswith("no known row stands above.")
    assert top.endswith("already there.")


def test_both_languages_state_the_same_numbers(outlook, scores, scheme) -> None:
    """Goals and the table of rises, for every seventh region."""
    for code in scores.index[::7]:
        goals, rises = outlook(code)
        numbers = []
        for lang in ("id", "en"):
            words = Words(lang)
            text = region_goals.goals_reading(words, goals, rises, scores).markdown
            text += repr(region_goals.rises_table(words, rises, scheme))
            numbers.append(sorted(x.replace(",", ".") for x in re.findall(r"\d+[.,]\d+", text)))
        assert numbers[0] == numbers[1]


def test_the_table_of_rises_shows_mean_rise_and_steps(outlook, scheme) -> None:
    """Badung's Output of 2.73 needs 2.81, which 55 marks cannot give: 2.82, five steps; a step
    is worth 0.2 / 55 points.
    """
    table = region_goals.rises_table(Words("en"), outlook(BADUNG)[1], scheme).frame
    output = table.set_index("Dimension").loc["Output"]
    assert output.tolist() == ["2.73", "0.0036", "2.82 (+0.09); 5 steps"]
    assert table.columns[-1] == "For an index of 3.10"


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.long)])
def test_what_the_cells_say_brings_the_index_there(every: int, outlook, scores, scheme) -> None:
    """For every region and goal: with the mean of a cell in place of its own, the track's formula
    gives the index of the heading or more. Of every day are each seventh region's.
    """
    words = Words("en")
    for code in scores.index[::every]:
        sheet = region_goals.rises_table(words, outlook(code)[1], scheme)
        if sheet is None:
            continue
        table = sheet.frame.set_index("Dimension")
        names = {words.dimension(name): name for name in scheme.tracks["kppn_ikn"].weights}
        for heading in table.columns[2:]:
            cells = table[heading][~table[heading].str.startswith("above")]
            rows = scores.loc[[code] * len(cells)].reset_index(drop=True)
            for place, (label, cell) in enumerate(cells.items()):
                rows.loc[place, names[label]] = float(cell.split(" ")[0])
            after = index.composite_index(rows, scheme)
            assert (after >= float(heading.rsplit(" ", 1)[1]) - 1e-9).all()


def test_a_dimension_without_a_mark_or_a_grid_has_no_steps(outlook, scheme) -> None:
    """Wakatobi has no mark for collaboration, whose number of questions is not known."""
    table = region_goals.rises_table(Words("en"), outlook(WAKATOBI)[1], scheme).frame
    row = table.set_index("Dimension").loc["Collaboration"]
    assert row.iloc[:2].tolist() == ["no data", "–"]
    assert re.fullmatch(r"\d\.\d\d", row.iloc[2])


def test_without_assessors_only_means_are_shown(outlook, scheme) -> None:
    """Where the audit finds no number of assessors, no step is counted."""
    table = region_goals.rises_table(Words("en"), outlook(BADUNG, 0)[1], scheme).frame
    assert table["One step is worth (points)"].tolist() == ["–"] * 5
    assert table.iloc[1, 3] == "2.81 (+0.08)"


def test_a_mark_past_the_scale_is_said_to_be(outlook, scheme) -> None:
    """Cimahi's Baseline of 3.88 cannot bring 3.65 alone."""
    table = region_goals.rises_table(Words("id"), outlook(CIMAHI)[1], scheme).frame
    assert table.set_index("Dimensi").loc["Baseline"].iloc[-1] == "di atas 4"


def test_no_goal_no_table(outlook, scheme) -> None:
    """Kota Bandung's next tenth is the end of the scale: no dimension alone, no table."""
    assert region_goals.rises_table(Words("en"), outlook(BANDUNG)[1], scheme) is None


def test_questions_have_room_for_the_steps(outlook, evaluation, scores) -> None:
    """Badung: the named questions' marks can rise by as much as the steps of their dimension;
    a region without answers has no table.
    """
    words, instrument = Words("en"), evaluation.instrument
    rises = outlook(BADUNG)[1]
    table = region_goals.room_table(words, rises, instrument).frame
    marks = evaluation.answers.set_index(["region_code", "question"])["score"][BADUNG]
    for (_, cells), steps in zip(table.iterrows(), rises[3.1]["marks_most"], strict=True):
        numbers = [int(n) for n in re.findall(r"(?:^|; )(\d+)\.", cells.iloc[1])]
        room = [round(5 * (4 - marks[n])) for n in numbers]
        assert sum(room) >= steps > sum(room) - min(room)
        assert all(instrument.at[n, "label_en"] in cells.iloc[1] for n in numbers)
    assert region_goals.room_table(words, outlook(CIMAHI)[1], instrument) is None


def test_long_lists_are_cut_and_counted() -> None:
    """Three are named, the rest counted."""
    goal = index.Goal("next", 2.0, tuple("abcde"))
    scores = pd.DataFrame({"region": list("ABCDE")}, index=list("abcde"))
    said = region_goals.goals_reading(Words("en"), [goal], {}, scores).markdown
    assert said.startswith("- Past the next above it, A, B, C +2: an index of **2.00**")
