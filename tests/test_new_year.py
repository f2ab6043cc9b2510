"""A new year is a new folder of data, and no change of code."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from click.testing import CliRunner

from smartlib.cli import commands
from smartlib.data import load_year, read_tables
from smartlib.run.plan.plan import OF_NO_YEAR, Selection, plan
from smartlib.run.plan.prepare import prepare
from smartlib.run.site.index import index_page
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders, latest_year

NEW = 2025


@pytest.fixture
def two_years(light: Folders) -> Folders:
    """A checkout with 2024 and, under another year, its copy on another scheme."""
    new = light.raw / str(NEW)
    shutil.copytree(light.raw / "2024", new)
    (new / "remarks.csv").unlink()  # they belong to one document, which stands in 2024
    scheme = (new / "scheme.toml").read_text(encoding="utf-8")
    scheme = scheme.replace("year = 2024", f"year = {NEW}")
    scheme = scheme.replace("outcome = 30\nimpact = 20", "outcome = 20\nimpact = 30")
    (new / "scheme.toml").write_text(scheme, encoding="utf-8", newline="\n")
    records = (light.raw / "sources.toml").read_text(encoding="utf-8")
    added = ["\n[publications.next]"]
    added += [f'{name} = "test"' for name in ("publisher", "title", "letter", "date", "licence")]
    for path in sorted(new.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        added += [f'\n[publications.next.files."{NEW}/{path.name}"]']
        added += ['transcription = "test"', f'sha256 = "{digest}"']
    text = records + "\n".join(added) + "\n"
    (light.raw / "sources.toml").write_text(text, encoding="utf-8", newline="\n")
    return light


def test_both_years_are_processed_with_their_own_scheme(two_years: Folders) -> None:
    """Each year has its rows, its ranks and its weights."""
    evaluation, _ = prepare(NEW, two_years)
    scores = read_tables(two_years).scores
    assert scores["year"].value_counts().to_dict() == {2024: 140, NEW: 140}
    badung = scores[scores["region_code"] == "51.03"].set_index("year")
    assert badung.at[2024, "recomputed_index"] == 3.08
    # 0.356 + 0.546 + 0.654 + 0.954 + 0.56 = 3.07
    assert badung.at[NEW, "recomputed_index"] == 3.07
    assert evaluation.scheme.year == NEW
    assert scores.groupby("year")["rank_known"].max().le(140).all()


def test_the_latest_year_is_the_default(
    two_years: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`smartlib check` takes the newest folder of data/raw; its other weights do not fit 2024's
    finals. An index page of the new year lists its own rows.
    """
    monkeypatch.chdir(two_years.root)
    assert latest_year(two_years) == NEW
    latest, former = (
        json.loads(CliRunner().invoke(commands, ["check", "--json", *more]).stdout)
        for more in ([], ["--year", "2024"])
    )
    assert (latest["file"], former["file"]) == (f"{NEW}/scores.csv", "2024/scores.csv")
    assert latest["audit"]["contradicted"] > 0
    assert former["audit"] == {"reproduced": 140, "contradicted": 0, "not_checkable": 0}
    evaluation, tables = prepare(NEW, two_years)
    jobs = plan(Selection(NEW), evaluation.register, tables)
    assert {job.parameters.get("year", NEW) for job in jobs} == {NEW}
    assert {job.notebook for job in jobs if "year" not in job.parameters} == OF_NO_YEAR
    page = index_page([], tables, evaluation, two_years.reports, "en")
    assert f"evaluation {NEW}" in page
    assert page.count('<td class="number" data-value=') == 3 * 140


def test_a_year_without_a_folder_names_those_at_hand(two_years: Folders) -> None:
    """The message lists the years."""
    with pytest.raises(DataError, match="no folder for 2019; years at hand: 2024, 2025"):
        load_year(2019, two_years)
