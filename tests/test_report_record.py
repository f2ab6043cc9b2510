"""What a region's report says: one record, true of the numbers, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

import pandas as pd
import pytest
from clean_text import found
from report_maker import BADUNG, BANDA_ACEH, BANDUNG, SAMPLE, TABALONG, WAKATOBI, made

from smartlib import index
from smartlib.present import Words
from smartlib.present import region as tell
from smartlib.present.document.blocks import Bars, Fold, Grid, Listing, Passage, Report, Spans
from smartlib.present.document.carried import MEDIA, carried, record
from smartlib.present.document.cells import record_in, shown
from smartlib.present.document.inline import bare
from smartlib.vocabulary.errors import BuildError, DataError

NUMBER = re.compile(r"(?<![A-Za-z])\d+(?:[.,]\d+)*")  # not the 0 of the name P0
# What the ministry calls a thing, and titles of publications.
QUOTED = re.compile(
    r"NILAI FINAL|TINGKAT IMPROVEMENT|smartlib [\d.]+|Hasil Evaluasi Tahap II[^,.]*|"
    r"Smart (?:City|Economy|Environment|Governance|Living|Society|Branding)|Quick Wins"
)


@pytest.fixture
def about(scores, scheme):
    """A region as sections see it."""
    routes = index.error_routes(scores, scheme)

    def subject(code: str, lang: str = "en", table: pd.DataFrame = scores, **more: object):
        return tell.Subject(Words(lang), scheme, table, code, more.get("routes", routes))

    return subject


def blocks_of(report: Report) -> Iterator[object]:
    for section in report.sections:
        for block in section.blocks:
            yield from block.blocks if isinstance(block, Fold) else (block,)


def texts(value: object) -> Iterator[str]:
    """Every text of a record but its keys and codes."""
    if isinstance(value, str):
        yield bare(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"key", "code", "kind", "lang"}:
                yield from texts(getattr(value, field.name))


def numbers(report: Report) -> list[str]:
    said = " ".join(texts(report)).replace(report.lang, "")
    return sorted(n.replace(".", "").replace(",", "") for n in NUMBER.findall(said))


@pytest.mark.parametrize("region", SAMPLE)
def test_both_languages_state_the_same_numbers(region: str) -> None:
    """Every number of the Indonesian record stands in the English one, and as often."""
    assert numbers(made(region, "id")) == numbers(made(region, "en"))


def check_clean(report: Report) -> None:
    """No text is empty but blank cells of a table, raw, or of the other language."""
    for text in texts(report):
        bare_of_command = re.sub(r"smartlib build .*", "", text)
        assert not found(QUOTED.sub("", bare_of_command), report.lang), text


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("region", SAMPLE)
def test_nothing_raw_and_nothing_foreign_is_said(region: str, lang: str) -> None:
    """No `None`, `nan`, brace, raw name or minus zero; no English left in an Indonesian report."""
    check_clean(made(region, lang))


@pytest.mark.long
def test_nothing_raw_and_nothing_foreign_is_said_of_any_region(scores) -> None:
    """The same of all reports in both languages."""
    for region in scores.index:
        for lang in ("id", "en"):
            check_clean(made(region, lang))


def test_a_bare_none_would_be_seen() -> None:
    """What the check is there for, one by one."""
    report = made(BADUNG, "id")
    for bad in ("None", "nan", "{region}", "−0,00", "quick_wins", "now Kementerian"):
        with pytest.raises(AssertionError):
            check_clean(replace(report, standout=bad))


@pytest.mark.parametrize("region", SAMPLE)
def test_the_notebook_carries_the_record_whole(region: str) -> None:
    """What JSON gives back is the record that the notebook's last cell showed."""
    report = made(region, "id")
    (output,) = shown(report)
    data, _ = output._repr_mimebundle_()
    there = json.loads(json.dumps({"data": data}))
    assert record(record_in([there])) == report
    assert report.title in data["text/plain"]
    assert MEDIA in data


def test_a_record_of_another_version_is_refused() -> None:
    """The message says to build the report again."""
    raw = carried(made(BADUNG, "id"))
    del raw["cells"]
    with pytest.raises(BuildError, match="build the report again"):
        record(raw)


def test_badungs_first_screen() -> None:
    """Index beside the median, rank with its set, change with its verdict, place among similar."""
    report = made(BADUNG, "en")
    assert [(cell.value, cell.note) for cell in report.cells] == [
        ("3.08", "not told apart from the track's median, 3.01"),
        ("59 (5–109)", "of 140 regions with known scores"),
        ("+0.11", "not beyond the error"),
        ("5 of 6", "with the 5 most similar"),
    ]
    assert report.facts.rank_low == 5
    assert [link and link.name for link in (report.previous, report.following)] == [
        "Kab. Tabanan",
        "Kab. Klungkung",
    ]
    alone = made(BANDA_ACEH, "en")
    assert alone.previous is alone.following is None


def test_the_verdict_on_the_median_is_decided_by_the_error(about, scores) -> None:
    """For every region: beyond 1.96 standard errors ahead or behind, else not told apart."""
    seen = set()
    for code in scores.index:
        subject = about(code)
        inside = scores[scores["track"] == scores.at[code, "track"]]["published_index"]
        times = (scores.at[code, "published_index"] - inside.median()) / subject.error
        word = "ahead" if times > 1.96 else "behind" if times < -1.96 else "not told apart"
        facts = tell.facts(subject, (index.Place("known", "", 1, 0.0, 140, 25),), pd.DataFrame())
        cell = tell.cells(subject, facts, pd.Series(dtype=float))[0]
        assert cell.note.startswith(word)
        seen.add(word)
    assert len(seen) == 3


def test_one_sentence_stands_out(about, scores, scheme) -> None:
    """A change beyond the error; else the dimensions of the largest and smallest contribution,
    for every region.
    """
    for code in scores.index:
        subject, gap = about(code), index.gap_in_track(scores, code, scheme)
        said = tell.standout(subject, gap, {})
        change = scores.at[code, "improvement"]
        if abs(change) > 1.96 * 2**0.5 * subject.error:
            assert said.startswith(f"The index {'rose' if change > 0 else 'fell'} by")
        elif gap.contributions.min() < 0 < gap.contributions.max():
            high, low = gap.contributions.idxmax(), gap.contributions.idxmin()
            words = Words("en")
            assert said.startswith(f"{words.dimension(high)} lifts")
            assert f"; {words.dimension(low)} holds it back" in said


def test_a_blank_that_costs_most_stands_out(about, scores, scheme) -> None:
    """Where the blank is the largest loss, it is the sentence; the cost is in it."""
    blank = scores[(scores["track"] == "kppn_ikn") & scores["collaboration"].isna()].index
    said = [
        tell.standout(
            about(code),
            index.gap_in_track(scores, code, scheme),
            index.blank_costs(scores, code, scheme),
        )
        for code in blank
    ]
    assert any("takes 0.25 points" in text for text in said)


def test_a_blank_is_said_where_it_costs() -> None:
    """Wakatobi: 6 of 47 regions, 0.25 points, at most 0.40, an index below the lowest mark."""
    (blank,) = [
        block.text
        for block in blocks_of(made(WAKATOBI, "en"))
        if isinstance(block, Passage) and "is blank" in block.text
    ]
    assert "6 of 47 regions" in blank
    assert "0.25 points against the track's mean (2.52), at most 0.40" in blank
    assert blank.endswith("below the lowest mark, 1.")
    (bars,) = [block for block in blocks_of(made(WAKATOBI, "en")) if isinstance(block, Bars)]
    assert "Collaboration" in [bar.name for bar in bars.bars]


def grid(report: Report, heading: str) -> Grid:
    """The table that has a heading."""
    return next(b for b in blocks_of(report) if isinstance(b, Grid) and heading in b.headings)


@pytest.mark.parametrize("region", SAMPLE)
def test_positive_is_ahead_everywhere(region: str, scores) -> None:
    """Differences are own minus other, in the table of regions and in that of gaps."""
    own = scores.at[region, "harmonised_index"]
    report = made(region, "en")
    tables = [b for b in blocks_of(report) if isinstance(b, Grid) and "Told apart?" in b.headings]
    assert tables
    for table in tables:
        for name, shown_index, gap, verdict in table.rows:
            code = re.search(r"region:([\d.]+)", name)[1]
            other = scores.at[code, "harmonised_index"]
            assert float(shown_index) == other
            assert float(gap.replace("−", "-")) == pytest.approx(own - other, abs=1e-9)
            assert (verdict == "yes") == (abs(own - other) > 0.3863)  # 1.96 sqrt(2) 0.13936
    gaps = next(
        b
        for b in blocks_of(report)
        if isinstance(b, Grid) and b.total >= 0 and ("Against" in b.headings[-1])
    )
    for at, heading in enumerate(gaps.headings[1:], start=1):
        code = re.search(r"region:([\d.]+)", heading)[1]
        cells = [Decimal(row[at].replace("−", "-")) for row in gaps.rows]
        assert sum(cells[:-1]) == cells[-1]
        assert float(cells[-1]) == pytest.approx(own - scores.at[code, "harmonised_index"])


def test_regions_of_the_province_are_all_there(scores) -> None:
    """Each other region of the province once, as a link; none where the region is alone."""
    for region in SAMPLE:
        inside = scores.index[scores["province"] == scores.at[region, "province"]]
        tables = [
            block
            for block in blocks_of(made(region, "id"))
            if isinstance(block, Grid) and block.caption.startswith("Daerah lain di")
        ]
        codes = {re.search(r"region:([\d.]+)", row[0])[1] for t in tables for row in t.rows}
        assert codes == set(inside) - {region}


def test_points_to_be_had_are_the_rest_of_the_scale(scores, scheme) -> None:
    """Weight times what is missing to 4, the most first; together the index would be 4."""
    for region in SAMPLE:
        track = scheme.tracks[scores.at[region, "track"]]
        rows = grid(made(region, "en"), "Could add").rows
        points = [float(row[2]) for row in rows]
        assert points == sorted(points, reverse=True)
        expected = sorted(
            float(w) * (4 - (0 if pd.isna(scores.at[region, d]) else scores.at[region, d]))
            for d, w in track.weights.items()
        )
        assert sorted(points) == pytest.approx(expected, abs=0.0051)


@pytest.fixture
def outlook(scores, scheme, evaluation):
    def found(code: str, assessors: int = 5):
        tenth = index.next_tenth(scores.at[code, "published_index"], scheme)
        goals = index.targets(scores, code, scheme, index=tenth)
        rises = index.rises_to(
            goals,
            scores,
            code,
            scheme,
            instrument=evaluation.instrument,
            answers=evaluation.answers,
            assessors=assessors,
        )
        return goals, rises

    return found


def test_what_the_steps_say_brings_the_index_there(about, outlook, scores, scheme, evaluation):
    """For every region and goal: with the mean of a cell in place of its own, the track's formula
    gives the index of the heading or more.
    """
    words = Words("en")
    names = {words.dimension(name): name for name in scheme.tracks["kppn_ikn"].weights}
    for code in scores.index:
        section = tell.raising(about(code), *outlook(code), evaluation.instrument)
        folds = [block for block in section.blocks if isinstance(block, Fold)]
        for table in (b for fold in folds for b in fold.blocks if isinstance(b, Grid)):
            for at, heading in enumerate(table.headings):
                if not heading.startswith("For an index of"):
                    continue
                said = [(row[0], row[at]) for row in table.rows if row[at] != bare(NOT_ALONE)]
                rows = scores.loc[[code] * len(said)].reset_index(drop=True)
                for place, (label, cell) in enumerate(said):
                    rows.loc[place, names[label]] = float(cell.split(" ")[0])
                after = index.composite_index(rows, scheme)
                assert (after >= float(heading.rsplit(" ", 1)[1]) - 1e-9).all()


NOT_ALONE = "not by this dimension alone"


def test_badungs_goals_and_steps() -> None:
    """One hundredth more than Klaten's 3.09; Output of 2.73 needs 2.82, five steps of 0.2 / 55."""
    goals = next(b for b in blocks_of(made(BADUNG, "en")) if isinstance(b, Listing))
    assert [bare(item) for item in goals.items] == [
        "Past the next above, Kab. Klaten: index 3.10",
        "Into the first ten: index 3.63, not by one dimension alone",
    ]
    steps = {row[0]: row[1:] for row in grid(made(BADUNG, "en"), "One step (points)").rows}
    assert steps["Output"] == ("2.73", "0.0036", "2.82 (+0.09); 5 steps")
    first = next(b for b in blocks_of(made(BANDUNG, "en")) if isinstance(b, Listing))
    assert first.items[0].endswith("no region whose score is known stands above")
    assert first.items[1].endswith("already there")


def test_what_one_dimension_cannot_bring_is_said(about, outlook, evaluation) -> None:
    """Cimahi's Baseline of 3.88 cannot bring 3.65 alone; without assessors no steps are counted."""
    section = tell.raising(about("32.77"), *outlook("32.77"), evaluation.instrument)
    text = repr(section)
    assert NOT_ALONE in text
    bare_of_steps = repr(tell.raising(about(BADUNG), *outlook(BADUNG, 0), evaluation.instrument))
    assert "steps'" not in bare_of_steps


def test_changes_are_weighed_against_their_own_errors(about, scores) -> None:
    """For every region three verdicts: on the change beyond 1.96 sqrt(2) standard errors; on it
    less the mean, by an error that holds the mean's; and on what regression to the mean leaves
    besides, by the error of prediction.
    """
    routes = about(BADUNG).routes.loc["internal"]
    change, before = scores["improvement"], scores["previous_index"]
    unit = 1.959964 * routes["standard_error"]
    mean = (1 - 1 / change.notna().sum()) ** 0.5
    expected = change.mean() + (routes["reliability"] - 1) * (before - before.mean())
    cases = (
        (change, unit * 2**0.5),
        (change - change.mean(), unit * 2**0.5 * mean),
        (change - expected, unit * (1 + routes["reliability"]) ** 0.5 * mean),
    )
    words, seen = Words("en"), set()
    for code in scores.index:
        first, second = [b.text for b in tell.change(about(code)).blocks if isinstance(b, Passage)]
        rest, alike = second.split("Began alike")
        for text, (differences, bound) in zip((first, rest, alike), cases, strict=True):
            value = differences[code]
            verdict = "ot beyond" if abs(value) <= bound else " rise" if value > 0 else " fall"
            seen.add(verdict)
            assert verdict in text.replace("A ", " ")
        left = words.signed(cases[2][0][code])
        assert f"{words.signed(change[code])} points" in first
        assert f"{words.signed(expected[code])}; {left} is left" in alike
        assert ("(7 of 34 by chance)" in alike) == (abs(cases[2][0][code]) > cases[2][1])
    assert len(seen) == 3


def test_what_is_not_known_is_said_not_guessed(about, scores) -> None:
    """No last year, no error, no ranks: a sentence each, and no verdict."""
    without = scores.assign(improvement=scores["improvement"].mask(scores.index == BADUNG))
    (only,) = tell.change(about(BADUNG, table=without)).blocks
    assert only.text == "The table has no improvement index for this region."
    routes = about(BADUNG).routes.assign(standard_error=float("nan"))
    blind = about(BADUNG, routes=routes)
    assert "beyond" not in repr(tell.change(blind))
    place = index.Place("known", "", 59, 58.0, 140, 25)
    assert "has not been computed" in repr(tell.certain(blind, pd.DataFrame(), (place,), ""))
    facts = tell.facts(blind, (place,), pd.DataFrame())
    cells = tell.cells(blind, facts, pd.Series(dtype=float))
    assert [cell.value for cell in cells] == ["3.08", "59", "+0.11", "–"]
    assert facts.rank_low is None


def test_a_region_without_a_row_has_no_report(about) -> None:
    """The message names what shows who has one."""
    with pytest.raises(DataError, match="smartlib regions"):
        about("11.01")


@pytest.mark.parametrize("region", [BADUNG, BANDUNG, WAKATOBI])
def test_the_rank_figure_shows_the_table_of_ranks(region: str, tables) -> None:
    """Both routes' sets, thick alone and thin at once; methods; rounding; as they are written."""
    own = tables.ranks[tables.ranks["region_code"] == region].set_index("route")
    (spans,) = [block for block in blocks_of(made(region, "en")) if isinstance(block, Spans)]
    found = [[(s.low, s.high, s.thick) for s in line.spans] for line in spans.lines]
    expected = [
        [
            (row["marginal_low"], row["marginal_high"], True),
            (row["simultaneous_low"], row["simultaneous_high"], False),
        ]
        for _, row in own.iterrows()
    ]
    first = own.iloc[0]
    expected += [[(first["method_p05"], first["method_p95"], True)]]
    expected += [[(first["rounding_low"], first["rounding_high"], True)]]
    assert found == expected
    assert spans.own.value == first["rank"]


def test_the_nearest_are_of_the_set(scores, tables) -> None:
    """At most three a side, each the nearest by its own index, and inside the set."""
    values = scores["published_index"]
    for region in (BADUNG, BANDUNG, WAKATOBI, TABALONG):
        (said,) = [
            block.text
            for block in blocks_of(made(region, "en"))
            if isinstance(block, Passage) and block.text.startswith("The nearest:")
        ]
        own = values[region]
        sides = {
            "above": values[values > own].nsmallest(3),
            "below": values[values < own].nlargest(3),
            "level": values[values == own].drop(region).head(3),
        }
        for part in said.removeprefix("The nearest: ").rstrip(".").split("; "):
            side, _, names = part.partition(" ")
            listed = re.findall(r"\]\(region:([\d.]+)\) \((\d\.\d\d)\)", names)
            assert 0 < len(listed) <= 3
            assert [float(v) for _, v in listed] == sides[side].head(len(listed)).tolist()
            assert all(values[code] == float(value) for code, value in listed)


def test_questions_are_badungs_or_left_out() -> None:
    """115 dots in the groups of the instrument; the other regions have no such section."""
    keys = {region: [s.key for s in made(region, "id").sections] for region in SAMPLE}
    assert keys[BADUNG] == [
        "why", "raise", "compared", "change", "questions", "remarks", "factors", "certain",
        "sources",
    ]  # fmt: skip
    assert all("questions" not in keys[region] for region in SAMPLE if region != BADUNG)
    piles = [b for b in blocks_of(made(BADUNG, "en")) if type(b).__name__ == "Piles"]
    assert sum(len(pile.values) for pile in piles[0].piles) == 115
    lowest = next(
        b
        for b in blocks_of(made(BADUNG, "en"))
        if isinstance(b, Grid) and (b.headings[0] == "Question") and len(b.headings) == 3
    )
    assert [row[0].split(".")[0] for row in lowest.rows[:4]] == ["11", "115", "10", "9"]


def test_a_row_of_factors_has_one_precision() -> None:
    """Value and median of a row have equally many decimals, in every report."""
    for region in SAMPLE:
        for row in grid(made(region, "id"), "Satuan").rows:
            decimals = {len(cell.rstrip("%").partition(",")[2]) for cell in row[1:3]}
            assert len(decimals) == 1, row
        share = {row[0]: row for row in grid(made(region, "id"), "Satuan").rows}
        assert share["Porsi PAD dalam pendapatan"][4] == "2022 realisasi"


def test_the_command_makes_this_report() -> None:
    """It can be pasted into a shell."""
    said = " ".join(texts(made(BADUNG, "en")))
    assert "smartlib build --region 51.03 --year 2024 --lang en" in said
