"""A year whose table holds two cohorts: column, ranks, counts, report."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from report_maker import cells

from smartlib import data
from smartlib.data import load_year
from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables, read_tables
from smartlib.present.document.blocks import Report
from smartlib.run.plan.prepare import prepare
from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.folders import Folders

YEAR = 2025
FIRST, SECOND = "2017-2022", "2023-2024"  # here: the kabupaten, and the kota
CITY = "32.73"  # Kota Bandung


def kind_of(name: str) -> str:
    return SECOND if re.match(r"(KOTA|Kota|Wali)", name) else FIRST


def with_cohort(path: Path, name: str) -> None:
    """The table with a column of cohorts, the first cohort's rows above."""
    heading, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    place, column = heading.index(name), "COHORT" if heading[0] == "NO" else "cohort"
    rows = [row for row in rows if row != heading]
    rows.sort(key=lambda row: (row[0] if column == "cohort" else "", kind_of(row[place])))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(
        [[*heading, column], *([*row, kind_of(row[place])] for row in rows)]
    )
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def cohorts_toml(lists: pd.DataFrame) -> str:
    """Counts by cohort, from the lists and what is known of the scored."""
    names = lists.drop_duplicates(["list", "name"]).assign(cohort=lists["name"].map(kind_of))
    many = names.groupby(["list", "cohort"]).size()
    lines = []
    for cohort, scored in ((FIRST, 105), (SECOND, 60)):
        selected, invited = many["stage1_invited", cohort], many["stage2_invited", cohort]
        absent = many["stage1_absent", cohort]
        counts = {
            "selected": selected, "attended": selected - absent, "absent": absent,
            "invited": invited, "scored": scored, "missing": invited - scored,
        }  # fmt: skip
        lines += [f'[stages.cohorts."{cohort}"]', *(f"{k} = {n}" for k, n in counts.items())]
    return "\n".join(lines) + "\n"


def recorded(folders: Folders) -> None:
    """Source records of the year's files as they are now."""
    records = folders.raw / "sources.toml"
    text = records.read_text(encoding="utf-8").partition("\n[publications.next]")[0]
    added = ["\n[publications.next]"]
    added += [f'{name} = "test"' for name in ("publisher", "title", "letter", "date", "licence")]
    for path in sorted((folders.raw / str(YEAR)).iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        added += [f'\n[publications.next.files."{YEAR}/{path.name}"]']
        added += ['transcription = "test"', f'sha256 = "{digest}"']
    records.write_text(text + "\n".join(added) + "\n", encoding="utf-8", newline="\n")


def respelt(folders: Folders, name: str, change: Callable[[str], str]) -> None:
    path = folders.raw / str(YEAR) / name
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8", newline="\n")
    recorded(folders)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """2024, and as 2025 its copy in two cohorts: the kabupaten and the kota."""
    root = tmp_path_factory.mktemp("cohorts")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    shutil.copy(ROOT / "data" / "codebook.toml", root / "data")
    folders = Folders(root)
    new = folders.raw / str(YEAR)
    shutil.copytree(folders.raw / "2024", new)
    (new / "remarks.csv").unlink()
    lists = pd.read_csv(new / "participants.csv", dtype=str)
    scheme = (new / "scheme.toml").read_text(encoding="utf-8").replace("year = 2024", "year = 2025")
    (new / "scheme.toml").write_text(scheme + cohorts_toml(lists), encoding="utf-8", newline="\n")
    with_cohort(new / "scores.csv", "KAB/KOTA")
    with_cohort(new / "participants.csv", "name")
    recorded(folders)
    return folders


@pytest.fixture(scope="module")
def made(raw: Folders) -> tuple[Evaluation, Tables]:
    return prepare(YEAR, raw)[0], read_tables(raw)


def by_year(tables: Tables, year: int) -> pd.DataFrame:
    return tables.scores[tables.scores["year"] == year].set_index("region_code")


def test_ranks_are_within_a_cohort(made: tuple[Evaluation, Tables]) -> None:
    """Places of 2024's rows counted again among the kabupaten and among the kota."""
    scores, before = by_year(made[1], YEAR), by_year(made[1], 2024)
    assert set(before["cohort"]) == {FIRST}
    for cohort, kind, lost in ((FIRST, "kabupaten", 0), (SECOND, "kota", 25)):
        own = scores[scores["cohort"] == cohort]
        assert set(own["kind"]) == {kind}
        finals = before.loc[own.index, "published_index"]
        places = [int((finals > final).sum()) + 1 for final in finals]
        assert own["rank_known"].tolist() == places
        assert (own["rank_lowest_possible"] - own["rank_known"]).unique().tolist() == [lost]
        ranks = made[1].ranks.query("route == 'internal'").set_index("region_code")
        assert ranks.loc[own.index, "rank"].tolist() == places
        assert ranks.loc[own.index, "simultaneous_high"].max() == len(own)


def test_who_took_part_is_what_it_was(made: tuple[Evaluation, Tables], raw: Folders) -> None:
    """The kabupaten are complete, of the kota 27 are open: as with one cohort of both."""
    own = prepare(2024, raw)[1].participation
    assert made[1].participation["stage2"].equals(own["stage2"])
    counts = made[1].participation["stage2"].value_counts()
    assert (counts["scored"], counts["absent"], counts["undetermined"]) == (140, 24, 27)


def test_a_report_speaks_of_its_own_cohort(made: tuple[Evaluation, Tables]) -> None:
    """A kota is placed among the kota alone: 35 known rows of 60 scored."""

    class Loaded:
        def __getattr__(self, name: str) -> object:
            return getattr(data, name)

        def load_year(self, year: int | None) -> Evaluation:
            return made[0]

        def read_tables(self) -> Tables:
            return made[1]

    names: dict[str, object] = {"display": lambda *outputs: None}
    exec(cells()[0], names)
    names |= {"region": CITY, "lang": "en", "data": Loaded()}
    exec(cells()[1].replace("import data, ", "import "), names)
    for cell in cells()[2:]:
        exec(cell, names)
    report = names["report"]
    assert isinstance(report, Report)
    facts = report.facts
    assert facts.known == 35
    assert facts.rank == by_year(made[1], YEAR).at[CITY, "rank_known"]


def test_a_source_may_rank_them_together(raw: Folders, tmp_path: Path) -> None:
    """Then the ranks are those of one table, and the column stays."""
    shutil.copytree(raw.raw, tmp_path / "data" / "raw")
    folders = Folders(tmp_path)
    respelt(
        folders,
        "scheme.toml",
        lambda t: t.replace("decimals =", "ranked_together = true\ndecimals ="),
    )
    evaluation = load_year(YEAR, folders)
    assert evaluation.ranked_with(CITY) is evaluation
    scores = by_year(prepare(YEAR, folders)[1], YEAR)
    before = by_year(prepare(2024, folders)[1], 2024)
    assert set(scores["cohort"]) == {FIRST, SECOND}
    ranks = ["rank_known", "rank_track", "rank_province", "rank_lowest_possible"]
    assert scores[ranks].equals(before[ranks])


SPOILT = (
    ("scores.csv", (f"REGULER,{SECOND}", "REGULER,2020"), "cohort '2020'; expected 2017-2022 or"),
    ("scheme.toml", ("scored = 60", "scored = 61"), "scored of the cohorts sums to 166"),
    ("scheme.toml", (f'"{SECOND}"', '"young"'), "'young' is no cohort such as 2017-2022"),
    ("scheme.toml", ("missing = 4", "missing = 4\nlost = 1"), "no count is called lost"),
)


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda case: case[2])
def test_what_is_wrong_with_cohorts_is_told(raw: Folders, tmp_path: Path, spoilt: tuple) -> None:
    """A cohort that the scheme does not count, counts that do not add up, no years."""
    shutil.copytree(raw.raw, tmp_path / "data" / "raw")
    folders, (name, change, message) = Folders(tmp_path), spoilt
    respelt(folders, name, lambda text: text.replace(*change, 1))
    with pytest.raises(SmartlibError, match=re.escape(message)):
        load_year(YEAR, folders)


def test_a_table_without_the_column_is_refused(raw: Folders, tmp_path: Path) -> None:
    """The scheme counts two cohorts, and the rows say of neither."""
    shutil.copytree(raw.raw, tmp_path / "data" / "raw")
    folders = Folders(tmp_path)
    shutil.copy(raw.raw / "2024" / "scores.csv", folders.raw / str(YEAR) / "scores.csv")
    recorded(folders)
    with pytest.raises(SmartlibError, match=r"of the cohorts none; 2025/scheme\.toml counts"):
        load_year(YEAR, folders)
