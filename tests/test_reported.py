"""What a region's own documents add to its report: marks by pillar, remarks, press items."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from report_maker import BADUNG, BANDUNG, TABALONG, loaded, made

from smartlib.data.documents.press import MEASURES
from smartlib.index import error_routes
from smartlib.index.region.remarks import coded_remarks
from smartlib.present.document.blocks import Fold, Grid, Section, Tiles
from smartlib.present.document.carried import carried, record
from smartlib.present.document.cells import shown
from smartlib.present.document.charts import NARROW, WIDE, drawn
from smartlib.present.document.numbers import numbers_of
from smartlib.present.document.typeset import typeset
from smartlib.present.region.reported.press import press
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import SENTENCES, Words
from smartlib.run.site.pdf import FACE

KUTAI = "64.02"
RAW = ROOT / "data" / "raw"


def section(region: str, lang: str, key: str) -> Section:
    return next(part for part in made(region, lang).sections if part.key == key)


def folds(part: Section) -> list[Fold]:
    return [block for block in part.blocks if isinstance(block, Fold)]


def table(part: Section) -> Grid:
    return next(b for fold in folds(part) for b in fold.blocks if isinstance(b, Grid))


def text(part: Section) -> str:
    return part.blocks[0].text


def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(RAW / name, dtype={"region_code": str})


def answered() -> pd.DataFrame:
    """Badung's marks as the report prints them."""
    marks = raw("2024/answers.csv").rename(columns={"NO": "question", "HASIL PENILAIAN": "score"})
    return marks[marks["KAB/KOTA"] == "KAB. BADUNG"].sort_values("question")


def tiles(lang: str) -> Tiles:
    inside = [b for fold in folds(section(BADUNG, lang, "questions")) for b in fold.blocks]
    return next(block for block in inside if isinstance(block, Tiles))


def test_sections_are_there_where_a_document_was_read() -> None:
    """Marks and remarks of Badung, remarks and press of Tabalong, press of Kutai Kartanegara."""
    wanted = {
        BADUNG: {"questions", "remarks"},
        TABALONG: {"remarks", "press"},
        KUTAI: {"press"},
        BANDUNG: set(),
    }
    for region, keys in wanted.items():
        found = {part.key for part in made(region, "en").sections}
        assert found & {"questions", "remarks", "press"} == keys, region


def test_the_heat_map_shows_every_question_of_a_pillar() -> None:
    """54 tiles in six pillars of three sub-dimensions; each the mark of the raw table, each
    pillar's mean beside it.
    """
    marks = raw("2024/instrument.csv").merge(answered(), left_on="number", right_on="question")
    marks = marks.dropna(subset=["pillar", "sub_dimension"])
    groups = tiles("en").groups
    assert [len(shelves) for _, shelves in groups] == [3] * 6
    shown_marks = [
        (group.rpartition(" ")[0], shelf.name, dot.value)
        for group, shelves in groups
        for shelf in shelves
        for dot in shelf.values
    ]
    wanted = marks[["pillar", "sub_dimension", "score"]].itertuples(index=False, name=None)
    assert shown_marks == list(wanted)
    assert len(shown_marks) == 54
    means = marks.groupby("pillar")["score"].mean()
    for group, _ in groups:
        pillar, _, mean = group.rpartition(" ")
        assert mean == f"{means[pillar]:.2f}"


def test_tiles_are_darker_the_higher_and_numbers_are_of_the_language() -> None:
    """Shade follows the mark from the scale's foot to its top, on a desk and on a phone."""
    assert ">3,8<" in drawn(tiles("id"))
    for width in (WIDE, NARROW):
        drawing = drawn(tiles("en"), width)
        shades = [float(s.split('"')[0]) for s in drawing.split('fill-opacity="')[1:]]
        values = [dot.value for _, row in tiles("en").groups for s in row for dot in s.values]
        assert len(shades) == len(values)
        assert shades == pytest.approx([0.05 + (v - 1) / 6 for v in values], abs=0.005)
        assert max(shades) < 0.56  # letters on it keep a contrast of 4.5
    assert len(numbers_of(tiles("en")).splitlines()) == 55


@pytest.mark.parametrize("end", ["lowest", "highest"])
def test_ten_questions_at_either_end(end: str) -> None:
    """By the marks of the raw table, of equal ones the first in the questionnaire."""
    marks = answered().set_index("question")["score"]
    ordered = marks.sort_values(ascending=end == "lowest", kind="stable").head(10)
    captions = {"lowest": "The 10 lowest marks", "highest": "The 10 highest marks"}
    grids = [b for fold in folds(section(BADUNG, "en", "questions")) for b in fold.blocks]
    rows = next(b for b in grids if isinstance(b, Grid) and b.caption == captions[end]).rows
    assert [int(row[0].split(".")[0]) for row in rows] == ordered.index.tolist()
    assert [float(row[2]) for row in rows] == ordered.tolist()


def test_it_is_said_which_of_equal_marks_are_listed() -> None:
    """Of the questions with the tenth mark those left out are counted."""
    marks = answered()["score"]
    for fold, mark in zip(folds(section(BADUNG, "en", "questions")), (2.0, 4.0), strict=False):
        grid, *said = fold.blocks
        listed = sum(row[2] == f"{mark:.1f}" for row in grid.rows)
        ties = int((marks == mark).sum())
        wanted = f"Of {ties} questions with the mark {mark:.1f} the first {listed} of the"
        assert [one.text.startswith(wanted) for one in said] == [True] * (ties > listed)


@pytest.mark.parametrize(
    ("region", "said"),
    [
        (BADUNG, "Stage II, 5 assessors: 16 strengths, 21 weaknesses, 24 recommendations;"),
        (TABALONG, "Stage I, 4 assessors: 19 strengths, 20 weaknesses, 14 recommendations;"),
    ],
)
def test_remarks_are_counted_by_kind(region: str, said: str) -> None:
    """61 of five assessors, 53 of four, each once however many themes it has."""
    assert text(section(region, "en", "remarks")).startswith(said)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("region", [BADUNG, TABALONG])
def test_every_remark_stands_in_our_words_under_its_themes(region: str, lang: str) -> None:
    """Cells hold the wordings of the raw table, as many as there are codings, by kind; the
    workbook holds the same.
    """
    documents, remarks = raw("documents/documents.csv"), raw("2024/remarks.csv")
    own = documents.loc[documents["region_code"] == region, "document_id"]
    remarks = remarks[remarks["document_id"].isin(own)]
    codings = raw("documents/codings.csv")
    key = ["document_id", "kind", "assessor", "number"]
    pairs = remarks.merge(codings[codings["coder"] == "rules 1"], on=key)
    (fold,) = folds(section(region, lang, "remarks"))
    kinds = ("strength", "weakness", "recommendation")
    for kind, grid in zip(kinds, fold.blocks[1:], strict=True):
        wordings = pairs.loc[pairs["kind"] == kind, f"wording_{lang}"]
        cells = "; ".join(row[1] for row in grid.rows)
        assert sorted(cells.split("; ")) == sorted("; ".join(wordings).split("; "))
        assert sum(int(row[0].rpartition("(")[2][:-1]) for row in grid.rows) == len(wordings)
        assert f" {(remarks['kind'] == kind).sum()} " in grid.caption
    words = Words(lang)
    leaves = {leaf.name: leaf for leaf in made(region, lang).leaves}
    leaf = leaves[words.say("remarks_short")]
    assert sorted(row[3] for row in leaf.rows) == sorted(pairs[f"wording_{lang}"])
    assert {row[3] for row in leaf.rows} == set(remarks[f"wording_{lang}"])


def test_a_remark_that_no_rule_coded_is_not_lost() -> None:
    """It is uncoded; nothing of another region or year comes in."""
    tables = loaded()[1]
    one = tables.remarks[tables.remarks["document_id"] == tables.documents["document_id"].iloc[0]]
    without = tables.codings.drop(tables.codings.index)
    given = tables.documents, tables.remarks, without
    found = coded_remarks(*given, region=BADUNG, year=2024)
    assert len(found) == len(one) == 61
    assert set(found["theme"]) == {"uncoded"}
    assert coded_remarks(*given, region=BADUNG, year=2023).empty
    assert coded_remarks(*given, region=BANDUNG, year=2024).empty


@pytest.mark.parametrize("region", [TABALONG, KUTAI])
def test_figures_of_the_press_are_marked_as_such(region: str) -> None:
    """Each fact of the raw table with its pillar and year, under the press's name."""
    facts = raw("documents/facts.csv")
    facts = facts[facts["region_code"] == region]
    part, words = section(region, "en", "press"), Words("en")
    assert part.title == "From the press"
    assert text(part).endswith(
        f"figures: {len(facts)}, press items: {facts['document_id'].nunique()}."
    )
    wanted = [
        (words.say(f"press_{f.measure}") + ("" if pd.isna(f.pillar) else f": Smart {f.pillar}")
         + f" ({f.year})", f"{f.value:g}")
        for f in facts.itertuples()
    ]  # fmt: skip
    assert sorted(table(part).rows) == sorted(wanted)
    assert table(part).headings[1] == "By the press"


def test_counts_that_contradict_each_other_are_named() -> None:
    """26 innovators beside 24 innovations, of the same item."""
    (fold,) = folds(section(TABALONG, "en", "press"))
    said = fold.blocks[-1].text
    assert said == "Innovations stated (24) and Innovators (26) of the same item do not agree."
    assert len(folds(section(KUTAI, "en", "press"))[0].blocks) == 1


def test_a_conflict_with_a_figure_of_a_later_year_is_left_out() -> None:
    """The other figure is not in the report, which says nothing of it."""
    facts = loaded()[1].facts.copy()
    later = facts["measure"].eq("innovators")
    facts.loc[later, "year"] = 2030
    evaluation, tables = loaded()
    scores = evaluation.rows_of(tables.scores)
    routes = error_routes(scores, evaluation.scheme)
    about = Subject(Words("en"), evaluation.scheme, scores, TABALONG, routes)
    part = press(about, facts)
    assert part is not None
    assert len(folds(part)[0].blocks) == 1


def test_every_measure_has_a_name() -> None:
    """What the reader may find of press items can be said in both languages."""
    source = Path(ROOT / "smartlib" / "data" / "documents" / "press.py").read_text("utf-8")
    found = {name for name in SENTENCES if f'"{name.removeprefix("press_")}"' in source}
    own = {"press_text", "press_short", "press_fold", "press_caption", "press_what"}
    said = {name for name in SENTENCES if name.startswith("press_")}
    assert said - found == own | {"press_value", "press_conflict"}
    assert {f"press_{measure.name}" for measure in MEASURES} <= found
    others = (
        "agencies",
        "innovations",
        "index_stated",
        "pillar_mean",
        "impact_mean",
        "rank_in_province",
    )
    assert {f"press_{name}" for name in others} <= found


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_new_blocks_travel_and_are_left_out_of_print(lang: str) -> None:
    """A notebook carries them without loss and shows them; a PDF leaves out folds that its four
    pages have no room for, and those alone.
    """
    report = made(BADUNG, lang)
    assert record(carried(report)) == report
    assert any("svg" in "".join(one.data) for one in shown(section(BADUNG, lang, "questions")))
    printed = {part["title"]: part for part in typeset(report, FACE)["sections"]}
    for part in report.sections:
        titles = [b["title"] for b in printed[part.title]["blocks"] if b["kind"] == "fold"]
        assert titles == [fold.title for fold in folds(part) if fold.printed]
    left_out = [fold.title for part in report.sections for fold in folds(part) if not fold.printed]
    assert len(left_out) == 3
