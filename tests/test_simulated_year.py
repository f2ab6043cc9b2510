"""A simulated 2025 from its folder of data to every notebook, without a line of code."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

from smartlib import inference
from smartlib.cli import commands
from smartlib.data import Evaluation, Tables, load_year
from smartlib.index import feasible_on_grid, flow
from smartlib.inference.factors.circularity import circular_questions, purge
from smartlib.inference.programme.by_track import TrackStudy, beside_common
from smartlib.run.plan.plan import NATIONAL
from smartlib.run.plan.prepare import prepare
from smartlib.run.site.report_page import report_in
from smartlib.vocabulary.errors import SmartlibError, SourceError
from smartlib.vocabulary.folders import Folders
from tests.simulated_year import (
    APART,
    ASSESSORS,
    SCORED_BY,
    SLOPE,
    WEIGHTS,
    YEAR,
    Truth,
    simulated_year,
)

REPORTED = ("11.02", "13.06")  # two of its known rows
FACTORS = ["own_source_share", "log_population", "kota", "human_development_index", "poverty_rate"]


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory, folders: Folders) -> tuple[Folders, Truth]:
    """A copy of the project's data and notebooks, with the new year's folder."""
    root = tmp_path_factory.mktemp("simulated")
    shutil.copytree(folders.raw, root / "data" / "raw")
    shutil.copy(folders.raw.parent / "codebook.toml", root / "data")
    shutil.copytree(folders.notebooks, root / "notebooks")
    checkout = Folders(root)
    return checkout, simulated_year(checkout)


@pytest.fixture(scope="module")
def prepared(simulated) -> tuple[Evaluation, Tables]:
    return prepare(YEAR, simulated[0])


@pytest.fixture(scope="module")
def rows(prepared) -> pd.DataFrame:
    tables = prepared[1]
    scores = tables.scores[tables.scores["year"] == YEAR].set_index("region_code")
    values = inference.factors_by_rule(tables.factors, scores.index, YEAR).values
    frame = scores.join(values)
    return frame.assign(kota=1.0 * (frame["kind"] == "kota"))


@pytest.fixture(scope="module")
def studies(prepared, rows) -> list[TrackStudy]:
    scheme = prepared[0].scheme
    return beside_common(rows, scheme, "harmonised_index", FACTORS, cluster="province")


def test_every_total_and_rank_is_the_simulated_one(simulated, rows) -> None:
    """Finals, made by integer arithmetic, are recomputed by each track's own weights."""
    final = simulated[1].scores["final"].astype(float)
    assert rows["recomputed_index"].to_dict() == final.to_dict()
    assert rows["track"].to_dict() == simulated[1].scores["track"].to_dict()
    assert rows["rank_known"].to_dict() == final.rank(ascending=False, method="min").to_dict()


def test_rounding_assessors_and_weights_are_found_again(prepared) -> None:
    """Only cutting off the printed means gives every total; four assessors; the true weights."""
    evaluation, tables = prepared
    checks = tables.audit.set_index(["check", "subject"])["verdict"]
    assert checks["inputs_published"].to_dict() == {
        "down": "reproduced",
        "half_even": "contradicted",
        "half_up": "contradicted",
    }
    assessors = tables.audit.query("check == 'assessors'")["found"].tolist()
    assert assessors == [str(ASSESSORS)]
    scores, step = evaluation.scores.frame, Decimal("0.05")
    for track in evaluation.scheme.tracks.values():
        found = feasible_on_grid(scores, track.name, evaluation.scheme, step=step)
        assert [[round(100 * w) for w in one.values()] for one in found] == [
            list(WEIGHTS[track.name].values())
        ]


def test_lost_rows_are_of_both_kinds_and_the_flow_closes(simulated, prepared) -> None:
    """160 selected, 150 invited, 130 scored, 115 known; the cut goes through both kinds."""
    evaluation, tables = prepared
    truth, stages = simulated[1], evaluation.scheme.stages
    counts = flow(tables.participation, stages)
    named = ("selected", "invited", "scored", "known", "undetermined_scored")
    assert [counts[name] for name in named] == [160, 150, 130, truth.known, truth.lost]
    open_rows = tables.participation.query("stage2 == 'undetermined'")["region_code"]
    kinds = set(evaluation.register.frame.loc[open_rows, "kind"])
    assert kinds == truth.lost_kinds == {"kabupaten", "kota"}


def test_the_years_own_questions_score_the_factors(prepared) -> None:
    """3, 4 and 5, which in 2024 were about other things: Quick Wins is purged, not Outcome."""
    evaluation, _ = prepared
    found = circular_questions(evaluation.scored, evaluation.instrument)
    assert found.loc[found["is_factor"], "scores"].to_dict() == SCORED_BY
    assert purge(evaluation.scored, evaluation.instrument, evaluation.scheme).without == (
        "quick_wins",
    )
    former = load_year(2024, Folders(Path(__file__).resolve().parents[1]))
    assert set(former.scored["question"]).isdisjoint(SCORED_BY)


def test_the_planted_track_differences_are_in_their_intervals(studies) -> None:
    """+0.40 and -0.30 beside the common track, each over the rows of two tracks alone."""
    assert [study.track.name for study in studies] == ["metro", "islands"]
    for study in studies:
        name = study.track.name
        assert set(study.rows["track"]) == {name, "core"}
        adjusted = study.differences[study.differences["estimator"] != "unadjusted"]
        assert adjusted["reason"].eq("").all()
        assert adjusted["low"].lt(APART[name]).all()
        assert adjusted["high"].gt(APART[name]).all()
        assert (adjusted["low"] * adjusted["high"] > 0).all()
        assert study.overlap is not None
        assert set(study.names.values()) == {name.title(), "Core"}


def test_a_track_without_known_rows_has_a_reason(prepared, rows) -> None:
    """No row, no figure: the study says why, and the other track's stays as it was."""
    without = rows[rows["track"] != "islands"]
    scheme = prepared[0].scheme
    metro, islands = beside_common(without, scheme, "harmonised_index", FACTORS, cluster="province")
    assert islands.reason == "no known row is on the Islands track"
    assert (islands.overlap, islands.differences) == (None, None)
    assert len(metro.differences) == 8


def test_the_planted_association_is_found(rows) -> None:
    """The slope of the index on the own-source share, all tracks and controls beside it."""
    frame = rows.assign(**{name: 1.0 * (rows["track"] == name) for name in ("metro", "islands")})
    right = " + ".join([*FACTORS, "metro", "islands"])
    found = inference.fit(f"harmonised_index ~ {right}", frame)["own_source_share"]
    assert found.low < SLOPE < found.high
    assert found.low > 0.5 * SLOPE


def test_no_answers_are_an_empty_table(simulated, prepared) -> None:
    """A year without marks of single questions loads; its sources are its own and the shared."""
    evaluation, tables = prepared
    assert evaluation.answers.empty
    assert set(tables.answers["year"]) == {2024}
    assert evaluation.example == evaluation.scores.frame["region_code"].iloc[0]
    folders = {file.partition("/")[0] for file in evaluation.sources}
    assert "2024" not in folders
    assert {"2025", "regions.csv", "factors.csv"} <= folders
    assert "SIMULATED" in evaluation.sources["2025/scores.csv"].citation
    assert evaluation.scheme.edition_en == "2025 (simulated)"


def respelt(folders: Folders, name: str, change: Callable[[str], str]) -> None:
    """Change a file of the new year, or make it, and its record with it."""
    path = folders.raw / str(YEAR) / name
    text = change(path.read_text(encoding="utf-8") if path.exists() else "")
    path.write_text(text, encoding="utf-8", newline="\n")
    records = folders.raw / "sources.toml"
    entry = f'[publications.simulated.files."{YEAR}/{name}"]\ntranscription = "simulated"\n'
    digest = f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"'
    old = records.read_text(encoding="utf-8")
    new = re.sub(re.escape(entry) + 'sha256 = ".*"', entry + digest, old)
    new = new if entry in old else f"{old}{entry}{digest}\n"
    records.write_text(new, encoding="utf-8", newline="\n")


MARKS = "KAB/KOTA,NO,HASIL PENILAIAN\n"
SPOILT = (
    ("scheme.toml", ("year = 2025", "year = 2024"), "expected 2025, as its folder says"),
    ("scheme.toml", ('"down"', '"up"'), "rounding is 'up', expected one of half_up, half_even"),
    (
        "scheme.toml",
        ("invited = 24", "invited = 25"),
        "invited by track sums to 151, invited is 150",
    ),
    ("scheme.toml", ('label_id = "Inti"\n', ""), "track core lacks the field 'label_id'"),
    ("scheme.toml", ("metro.weights_percent]", "metro.w]"), "metro lacks the field 'weights_pe"),
    (
        "scored_statistics.csv",
        ("3,", "67,"),
        "row 2, column question: question 67; expected one from",
    ),
    (
        "scored_statistics.csv",
        ("poverty_rate", "poverty"),
        "row 2, column factor: no factor 'poverty'",
    ),
    ("scored_statistics.csv", (",statistik simulasi", ","), "row 5: no factor and no label"),
    (
        "instrument.csv",
        ("OUTPUT", "OUTPUTS"),
        "instrument.csv, row 50, column dimension: 'OUTPUTS'",
    ),
    (
        "answers.csv",
        ("", f"{MARKS}Kab. Agam,99,3\n"),
        "row 2, column NO: question 99; expected one",
    ),
    ("answers.csv", ("", f"{MARKS}Kab. Agam,9,4.2\n"), "'4.2'; expected at most 4"),
)


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda case: f"{case[0]}: {case[2]}")
def test_what_a_year_gets_wrong_is_told(simulated, tmp_path: Path, spoilt: tuple) -> None:
    """An unknown rule, counts that do not close, another year's numbers: file, row, column."""
    name, change, message = spoilt
    shutil.copytree(simulated[0].raw, tmp_path / "data" / "raw")
    folders = Folders(tmp_path)
    respelt(folders, name, lambda text: text.replace(*change, 1) if text else change[1])
    with pytest.raises(SmartlibError, match=re.escape(message)):
        load_year(YEAR, folders)


def test_a_recorded_table_must_be_there(simulated, tmp_path: Path) -> None:
    """Optional means neither file nor record: a record without its file is an error."""
    shutil.copytree(simulated[0].raw, tmp_path / "data" / "raw")
    folders = Folders(tmp_path)
    respelt(folders, "answers.csv", lambda _: "KAB/KOTA,NO,HASIL PENILAIAN\nKab. Agam,9,3\n")
    assert load_year(YEAR, folders).answers["question"].tolist() == [9]
    (folders.raw / str(YEAR) / "answers.csv").unlink()
    with pytest.raises(SourceError, match=r"2025/answers\.csv cannot be read"):
        load_year(YEAR, folders)


def test_the_same_bytes_at_each_call(simulated, folders: Folders, tmp_path: Path) -> None:
    """The simulation is seeded: two calls write the same files."""
    shutil.copytree(folders.raw, tmp_path / "data" / "raw")
    simulated_year(Folders(tmp_path))
    for path in sorted((simulated[0].raw / str(YEAR)).iterdir()):
        assert path.read_bytes() == (tmp_path / "data/raw" / str(YEAR) / path.name).read_bytes()


@pytest.fixture(scope="module")
def built(simulated) -> dict[str, str]:
    """What every notebook printed, by name: all national ones and two reports in each language."""
    folders, _ = simulated
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folders.root)
        order = ["build", "--national", "--lang", "id", "--lang", "en", "--timeout", "3600"]
        order += [word for code in REPORTED for word in ("--region", code)]
        result = CliRunner().invoke(commands, order)
    assert result.exit_code == 0, result.output
    return {
        path.relative_to(folders.reports).with_suffix("").as_posix(): printed(path)
        for room in ("national", "regions")  # beside them, the crate has the notebooks as they were
        for path in sorted((folders.reports / room).glob("*.ipynb"))
    }


def printed(path: Path) -> str:
    """All texts of a notebook's outputs, alternative texts among them."""
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            found += ["".join(shown.get("text/markdown", shown.get("text/plain", "")))]
    return "\n".join(found)


def number(pattern: str, text: str) -> float:
    """The number in a pattern's first group, as printed in English."""
    match = re.search(pattern, text)
    assert match, pattern
    return float(match[1].replace("\N{MINUS SIGN}", "-"))


@pytest.mark.long
def test_the_audit_notebook_finds_what_was_simulated(built) -> None:
    """Every total, the rounding, the weights, the assessors, the flow; no answers to read."""
    text = built["national/01_data_audit.en"]
    assert "**115 of 115 published finals are reproduced**, 0 contradicted" in text
    assert "Totals are cut off to 2 decimals (as the publisher states)" in text
    assert "**means as printed**, cut off" in text
    for track, weights in WEIGHTS.items():
        percent = "/".join(map(str, weights.values()))
        assert re.search(rf"{track.title()}: .* reproduces every total: {percent}\.", text)
    assert f"Whole marks of **{ASSESSORS} assessors** explain" in text
    assert "No region's question marks are known for this year." in text
    assert "Of the 150 invited regions, 130 were scored. 115 rows are known" in text
    assert re.search(r"15 rows are lost; those whose fate is not known are \d+ kabupaten and", text)


@pytest.mark.long
def test_the_ranking_notebook_knows_three_tracks_and_both_kinds(built, simulated) -> None:
    """Medians by track are those of the simulated rows; lost rows bound both kinds."""
    text, scores = built["national/02_national_ranking.en"], simulated[1].scores
    for track, own in scores.groupby("track"):
        median = own["final"].astype(float).median()
        assert re.search(rf"{track.title()} +{len(own)} +{median:.2f}", text)
    assert "of all scored kabupaten between" in text
    assert "of all scored kota between" in text


@pytest.mark.long
def test_the_factor_notebook_finds_the_planted_slope(built) -> None:
    """Ten points of own-source share go with a tenth of SLOPE; the year's circular questions."""
    text = built["national/03_factors.en"]
    found = re.search(
        r"\*Own-source share of revenue: \+10 points\* goes with \+(\S+) index points "
        r"\(\+(\S+) to \+(\S+)\); the interval leaves out zero",
        text,
    )
    assert found
    assert float(found[2]) <= SLOPE / 10 <= float(found[3])
    assert "3: Simulated question 3" in text
    assert "those of them in Quick Wins: 3 questions" in text
    assert "The purged index leaves out Quick Wins" in text
    assert "Metro track (1) or not (0)" in text
    assert "Islands track (1) or not (0)" in text


@pytest.mark.long
def test_the_robustness_notebook_sees_one_level_behind_the_marks(built) -> None:
    """Marks were drawn around one level a region: one component, a high alpha, 4 assessors."""
    text = built["national/04_index_robustness.en"]
    assert "Components beyond chance: 1;" in text
    assert number(r"by consistency of the dimensions +(0\.\d+) ", text) > 0.9
    assert f"Assumed: {ASSESSORS} assessors." in text


@pytest.mark.long
def test_the_curve_holds_the_planted_slope(built) -> None:
    """Every track has a sample of its own, and no estimate of the curve is below zero."""
    text = built["national/05_specification_curve.en"]
    assert "100% are above 0" in text
    assert "Metro track only" in text
    assert "Islands track only" in text


@pytest.mark.long
def test_the_programme_notebook_studies_each_track(built) -> None:
    """The planted differences lie in the regressions' intervals."""
    text = built["national/06_programme_effects.en"]
    for track in ("metro", "islands"):
        name = track.title()
        found = re.search(
            rf"{name} +regression +all known rows .*?([+−]\S+) \(([+−]\S+) to ([+−]\S+)\)", text
        )
        assert found, name
        _, low, high = (float(one.replace("−", "-")) for one in found.groups())
        assert low <= APART[track] <= high
        assert f"- {name} and Core: " in text
        assert f"{name} over all known rows" in text
    assert re.search(r"with 15 lost\s+rows between", text)


@pytest.mark.long
def test_reports_say_simulated_in_both_languages(built, simulated) -> None:
    """Index, rank and edition of two regions; no 2024 source is cited."""
    folders, truth = simulated
    ranks = truth.scores["final"].rank(ascending=False, method="min").astype(int)
    said = {"en": "2025 (simulated)", "id": "2025 (simulasi)"}
    for path in sorted((folders.reports / "regions").glob("*.ipynb")):
        record = report_in(nbformat.read(path, 4))
        assert record
        facts, page = record.facts, path.with_suffix(".html").read_text(encoding="utf-8")
        assert facts.index == float(truth.scores.at[record.code, "final"])
        assert (facts.rank, facts.known) == (ranks[record.code], truth.known)
        assert said[record.lang] in page
        assert "SIMULATED" in page  # the citation of the source
        assert page.count("B-1478") <= 1  # documents of other years are all cited at once
    assert len(built) == 2 * (len(NATIONAL) + len(REPORTED))
    method = (folders.reports / "method.html").read_text(encoding="utf-8")
    assert "Metropolitan: Baseline 15%" in method


OF_DOCUMENTS = ("07_remarks", "08_programme")  # read no score table, simulated or not


@pytest.mark.long
def test_figures_and_pages_say_simulated(built, simulated) -> None:
    """Reports, index and national pages say it in their text; none says of the new year what
    2024 was.
    """
    folders, _ = simulated
    for path in sorted(folders.reports.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if not path.name.startswith(OF_DOCUMENTS):
            assert re.search("simulated|simulasi", page), path.name
        assert "KPPN" not in page, path.name
    national = {name.partition("/")[2].split(".")[0] for name in built if name.startswith("nat")}
    assert set(NATIONAL) == national
