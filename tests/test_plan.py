"""What a build will do, decided before anything starts."""

from __future__ import annotations

import pytest
from conftest import ROOT

from smartlib.data.processed import Tables
from smartlib.data.reading.regions import Register
from smartlib.run.plan.parameters import read_contract
from smartlib.run.plan.plan import NATIONAL, NOTEBOOKS, Selection, plan, region_output, slug
from smartlib.vocabulary.errors import BuildError


def test_the_whole_build_is_the_national_notebooks_and_140_regions(
    register: Register, tables: Tables
) -> None:
    """One report for each known row, after the national ones, each with its own file."""
    jobs = plan(Selection(2024), register, tables)
    assert [job.notebook for job in jobs[: len(NATIONAL)]] == list(NATIONAL)
    assert len(jobs) == len(NATIONAL) + 140
    assert len({job.output for job in jobs}) == len(jobs)


def test_every_notebook_takes_what_the_plan_gives_it(register: Register, tables: Tables) -> None:
    """A name that one notebook does not declare would stop the whole build before it starts."""
    jobs = plan(Selection(2024, ("51.03",), langs=("id", "en"), national=True), register, tables)
    assert {job.notebook for job in jobs} == set(NOTEBOOKS)
    for job in jobs:
        assert read_contract(ROOT / job.source).checked(job.parameters) == job.parameters


def test_a_national_report_has_both_languages(register: Register, tables: Tables) -> None:
    """Indonesian has the plain name, English `.en`, as a region's report has."""
    jobs = plan(Selection(2024, ("51.03",), langs=("id", "en"), national=True), register, tables)
    audits = [job for job in jobs if job.notebook == "01_data_audit"]
    assert [(job.output, job.lang) for job in audits] == [
        ("national/01_data_audit", "id"),
        ("national/01_data_audit.en", "en"),
    ]
    assert audits[0].parameters == {"year": 2024, "lang": "id"}


def test_a_region_has_a_report_in_each_language(register: Register, tables: Tables) -> None:
    """Indonesian has the plain name, English `.en`; the national notebooks are left out."""
    jobs = plan(Selection(2024, ("Badung", "51.03"), langs=("id", "en", "id")), register, tables)
    assert [job.output for job in jobs] == [
        "regions/51.03-kab-badung",
        "regions/51.03-kab-badung.en",
    ]
    assert jobs[1].parameters == {"region": "51.03", "year": 2024, "lang": "en"}
    assert jobs[0].title == "Laporan Smart City 2024: Kab. Badung"


def test_a_province_is_its_known_rows(register: Register, tables: Tables) -> None:
    """A province names every region of it with a known row, in any letters."""
    jobs = plan(Selection(2024, provinces=("BALI",), national=True), register, tables)
    known = tables.scores.query("province == 'Bali'")["region_code"]
    assert [job.region for job in jobs[len(NATIONAL) :]] == sorted(known)


def test_everything_wrong_is_said_at_once(register: Register, tables: Tables) -> None:
    """Unknown region, region without a row, unknown province: one error names them all."""
    asked = Selection(2024, ("Kab. Badumg", "Kota Jakarta Selatan"), ("Balii",), ("fr",))
    with pytest.raises(BuildError, match="Nothing was started") as caught:
        plan(asked, register, tables)
    said = str(caught.value)
    assert len(caught.value.findings) == 4
    for part in ("'Kab. Badung'", "was not invited to stage II", "'Bali'", "'fr' is no language"):
        assert part in said


@pytest.mark.parametrize(
    ("stage2", "said"), [("absent", "did not take part"), ("undetermined", "is lost")]
)
def test_a_region_without_a_row_is_told_why(
    stage2: str, said: str, register: Register, tables: Tables
) -> None:
    """The participation table says why there is nothing to report."""
    code = tables.participation.query("stage2 == @stage2")["region_code"].iloc[0]
    with pytest.raises(BuildError, match=said):
        plan(Selection(2024, (code,)), register, tables)


def test_names_of_files_are_plain() -> None:
    """Letters, digits, hyphens and the code's point: safe on every system."""
    assert slug("Kota Bau-Bau / <script>") == "kota-bau-bau-script"
    assert region_output("74.72", "Kota Bau Bau", "id") == "regions/74.72-kota-bau-bau"
