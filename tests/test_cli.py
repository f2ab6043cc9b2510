"""The command line as a user meets it: what it prints and its exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result
from conftest import BADUNG, BANTUL, ROOT, text_table
from notebook_maker import PARAMETERS, code, text, write
from test_batch import written

from smartlib.cli import commands
from smartlib.cli.entry import COMMANDS
from smartlib.run.execute.report import Made, Order
from smartlib.run.plan.plan import NATIONAL
from smartlib.vocabulary.folders import Folders


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def small(light: Folders, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A checkout with small notebooks, one of which fails for Kota Denpasar."""
    trouble = "if region == '51.71': raise ValueError('broken on purpose')\nprint(region)"
    for name in NATIONAL:
        write(
            light.notebooks / f"{name}.ipynb",
            text("# N"),
            code("year: int = 2024\nlang: str = 'en'", "parameters"),
        )
    cells = text("# R"), code(PARAMETERS, "parameters"), code(trouble)
    write(light.notebooks / "region_report.ipynb", *cells)
    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"a workbook")
    monkeypatch.chdir(light.root)
    return light


def test_every_module_of_verbs_is_a_command() -> None:
    """The table of commands is the folder's own, each under the name that is typed."""
    modules = {path.stem for path in (ROOT / "smartlib" / "cli" / "verbs").rglob("*.py")}
    assert modules - {"__init__"} == set(COMMANDS)
    for name in COMMANDS:
        command = commands.get_command(Context(commands), name)
        assert command
        assert command.name == name
        assert command.get_short_help_str()


def test_a_command_imports_no_other() -> None:
    """Help of one command starts without the modules of the rest."""
    script = (
        "import sys; from smartlib.cli import commands; "
        "commands(['check', '--help'], standalone_mode=False); "
        "print([m for m in sys.modules if m.startswith('smartlib.cli.verbs.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "['smartlib.cli.verbs.check']"


def test_a_build_says_what_came_of_it(small: Folders) -> None:
    """One region made, one failed: exit code 1, its error in the summary, the index written."""
    result = smartlib("build", "--region", "Badung", "--region", "Kota Denpasar", "--lang", "en")
    assert result.exit_code == 1
    assert "2 reports: 1 made, 0 kept, 1 failed" in result.stdout
    assert "ValueError: broken on purpose" in result.stdout
    assert "reports/regions/51.71-kota-denpasar.en.failed.ipynb" in result.stdout
    assert "Index: reports/index.html" in result.stdout
    assert "National notebooks left out" in result.stderr
    assert (small.reports / "regions" / "51.03-kab-badung.en.html").is_file()
    assert (small.reports / "tables.xlsx").is_file()
    index = (small.reports / "index.html").read_text(encoding="utf-8")
    assert 'href="regions/51.03-kab-badung.en.html"' in index
    kept = smartlib("build", "--region", "Badung", "--lang", "en")
    assert kept.exit_code == 0
    assert "1 report: 0 made, 1 kept, 0 failed" in kept.stdout
    at_once = smartlib("build", "--region", "Badung", "--lang", "en")
    assert at_once.exit_code == 0
    first, second = (re.sub(r"in \d+\.\d s", "", done.stdout) for done in (kept, at_once))
    assert first == second
    assert (
        "1 made, 0 kept"
        in smartlib("build", "--region", "Badung", "--lang", "en", "--force").stdout
    )


def test_the_time_limit_reaches_each_report(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """600 seconds unless `--timeout` says otherwise; 0 is no limit that a report could keep."""
    orders = []

    def asked(order: Order) -> Made:
        orders.append(order)
        return written(order)

    monkeypatch.setattr("smartlib.run.build.batch.make_report", asked)
    monkeypatch.setattr("smartlib.run.commands.single.make_report", asked)
    for more in ((), ("--timeout", "7")):
        assert smartlib("build", "--region", "Badung", "--force", *more).exit_code == 0
        assert smartlib("run", "region_report", *more).exit_code == 0
    assert [order.timeout for order in orders] == [600, 600, 7, 7]
    assert smartlib("build", "--timeout", "0").exit_code == 2
    for command in ("build", "run"):
        words = " ".join(smartlib(command, "--help").stdout.split())
        assert "--timeout SECONDS End a report that takes longer. [default: 600; x>=1]" in words


def test_a_build_without_warm_kernels_says_so(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and only of the build that made reports so."""

    def slowly(order: Order) -> Made:
        return replace(written(order), engine="papermill", cold="this system cannot fork")

    monkeypatch.setattr("smartlib.run.build.batch.make_report", slowly)
    assert "papermill's own engine" in smartlib("build", "--region", "Badung").stdout
    kept = smartlib("build", "--region", "Badung")
    assert "0 made, 1 kept" in kept.stdout
    assert "papermill" not in kept.stdout


@pytest.mark.parametrize(
    "place", ["smartlib.run.build.build.ready", "smartlib.run.build.build.write_index"]
)
def test_an_interruption_at_any_time_says_how_to_go_on(
    small: Folders, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """While tables are read or the index is written too: exit code 130, and what to do."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("smartlib.run.build.batch.make_report", written)
    with monkeypatch.context() as patched:
        patched.setattr(place, stopped)
        result = smartlib("build", "--region", "Badung")
    assert result.exit_code == 130
    assert "What is done stays; run the same command to go on." in result.stderr
    kept = int(place.endswith("write_index"))
    again = smartlib("build", "--region", "Badung").stdout
    assert f"1 report: {1 - kept} made, {kept} kept, 0 failed" in again


def test_a_workbook_that_is_open_stops_nothing(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel on Windows locks it: reports and index are there, the message says what to do."""

    def locked(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("smartlib.run.build.build.write_whole", locked)
    result = smartlib("build", "--region", "Badung")
    assert result.exit_code == 1
    assert "tables.xlsx was not replaced: Permission denied. Close it" in result.stderr
    assert (small.reports / "regions" / "51.03-kab-badung.html").is_file()
    assert "tables.xlsx" not in (small.reports / "index.html").read_text(encoding="utf-8")


def test_places_that_cannot_be_written_are_one_message(small: Folders, tmp_path: Path) -> None:
    """A file where a folder belongs is named with the reason, before any notebook runs."""
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    build = smartlib("build", "--region", "Badung", "--output", taken / "out")
    run = smartlib("run", "region_report", "--output", taken / "a" / "b.ipynb")
    small.processed.joinpath("scores.csv").unlink()
    for path in small.processed.iterdir():
        path.unlink()
    small.processed.rmdir()
    small.processed.write_bytes(b"")
    processed = smartlib("build", "--region", "Badung")
    for result, place in ((build, "taken"), (run, "taken"), (processed, "processed")):
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert place in result.stderr
        assert "cannot be used: " in result.stderr
        assert "Close it if another program, such as Excel, has it open" in result.stderr


def test_a_folder_that_cannot_be_written_to_is_one_message(small: Folders) -> None:
    """A read-only disk is told before any notebook runs, with what to do."""
    small.reports.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(small.reports)]
    try:
        refused = subprocess.run(mount, capture_output=True, text=True, check=False).stderr.strip()
    except FileNotFoundError:
        refused = "there is no mount command"
    if refused:
        pytest.skip(f"no read-only disk can be mounted here: {refused}")
    try:
        result = smartlib("build", "--region", "Badung")
    finally:
        subprocess.run(["umount", str(small.reports)], check=True)
    assert result.exit_code == 1
    assert f"{small.reports} cannot be used: Read-only file system." in result.stderr
    assert "another folder with --output" in result.stderr


def test_a_full_disk_is_told_wherever_it_is_met(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library's temporary file has no name to tell; the message is as clear."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("smartlib.run.build.build.workbook_bytes", full)
    monkeypatch.setattr("smartlib.run.build.batch.make_report", written)
    result = smartlib("build", "--region", "Badung")
    assert result.exit_code == 1
    assert "perhaps a temporary one in" in result.stderr
    assert "was not written: No space left on device. Make room" in result.stderr


def test_an_unknown_region_gets_the_nearest_names(at_root: None, tmp_path: Path) -> None:
    """`Kab. Badumg` is answered with `Kab. Badung`; nothing is made."""
    result = smartlib("build", "--region", "Kab. Badumg", "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "'Kab. Badung'" in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_the_shipped_table_checks_out(at_root: None) -> None:
    """All 140 finals and Badung's five means are reproduced."""
    result = smartlib("check", "--json")
    verdict = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (verdict["rows"], verdict["valid"], verdict["findings"]) == (140, True, [])
    assert verdict["audit"] == {"reproduced": 140, "contradicted": 0, "not_checkable": 0}
    assert verdict["audit_of_means"]["reproduced"] == 5


def test_forensics_describe_and_do_not_fail(at_root: None) -> None:
    """Unusual answers leave the exit code 0: how many assessors, which inputs, which weights are
    told as JSON and in words.
    """
    result = smartlib("check", "--json")
    rows = json.loads(result.stdout)["forensics"]
    verdicts = {(row["check"], row["subject"]): row["verdict"] for row in rows}
    assert verdicts["answers_survey", "51.03"] == "unusual"
    assert verdicts["inputs_published", "half_up"] == "reproduced"
    assert verdicts["weights", "regular"] == "reproduced"
    assert verdicts["granularity_impact", "table"] == "uninformative"
    assert set(rows[0]) == {"check", "subject", "verdict", "expected", "found", "detail"}
    shown = smartlib("check")
    assert "Kota Padang Panjang publishes 2.99" in shown.stdout
    assert (result.exit_code, shown.exit_code) == (0, 0)


def test_a_contradicted_total_shows_in_the_forensics_too(at_root: None, tmp_path: Path) -> None:
    """No rounding and no weights explain it, and the exit code is 1."""
    table = tmp_path / "t.csv"
    table.write_bytes(text_table(BADUNG | {"NILAI FINAL": "3,18"}))
    result = smartlib("check", table, "--json")
    rows = json.loads(result.stdout)["forensics"]
    readings = [row["verdict"] for row in rows if row["check"].startswith("inputs_")]
    assert (result.exit_code, set(readings)) == (1, {"contradicted"})


def test_each_finding_names_its_place(at_root: None, tmp_path: Path) -> None:
    """A wrong mark, a wrong total and an unknown region: file, row, column, region."""
    rows = [
        BADUNG | {"NILAI FINAL": "3,18"},
        BANTUL | {"OUTPUT": "7"},
        BADUNG | {"KAB/KOTA": "KAB. ATLANTIS"},
    ]
    table = tmp_path / "mine.csv"
    table.write_bytes(text_table(*rows))
    result = smartlib("check", table, "--json")
    verdict = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not verdict["valid"]
    places = [(f["row"], f["column"], f["region"]) for f in verdict["findings"]]
    assert places == [
        (2, "NILAI FINAL", "Kab. Badung"),
        (3, "OUTPUT", "KAB. BANTUL"),
        (4, "KAB/KOTA", "KAB. ATLANTIS"),
    ]
    assert "published 3.18, its means give 3.08" in verdict["findings"][0]["problem"]
    assert verdict["audit"] == {"reproduced": 1, "contradicted": 1, "not_checkable": 1}
    shown = smartlib("check", table)
    assert "mine.csv, row 2, column NILAI FINAL, Kab. Badung" in shown.stdout
    assert shown.exit_code == 1


def test_a_table_that_cannot_be_read_is_still_one_json_object(
    at_root: None, tmp_path: Path
) -> None:
    """An empty file, a missing file, a bad scheme: a finding each, and nothing else printed."""
    empty, table, scheme = (tmp_path / name for name in ("e.csv", "t.csv", "s.toml"))
    empty.write_bytes(b"")
    table.write_bytes(text_table(BADUNG))
    scheme.write_text("year = 'x'", encoding="utf-8")
    for arguments in ((empty,), (tmp_path / "none.xlsx",), (table, "--scheme", scheme)):
        result = smartlib("check", *arguments, "--json")
        verdict = json.loads(result.stdout)
        assert (result.exit_code, verdict["rows"], len(verdict["findings"])) == (1, 0, 1)


def test_a_table_that_cannot_be_read_keeps_its_notes(at_root: None, tmp_path: Path) -> None:
    """What was passed over before the reading failed is still told."""
    table = tmp_path / "t.csv"
    table.write_bytes(b"A;B\n1;2\n")
    verdict = json.loads(smartlib("check", table, "--json").stdout)
    assert len(verdict["findings"]) == 1
    assert "separated by a semicolon" in verdict["notes"][0]["problem"]


def test_absurd_numbers_are_findings(at_root: None, tmp_path: Path) -> None:
    """Numbers beyond a float, or too large to be rounded, end in findings, not in a crash."""
    table = tmp_path / "t.csv"
    cells = ("1e400", "1e300", "1e9999999999999999999999")
    table.write_bytes(text_table(*(BADUNG | {"OUTPUT": cell} for cell in cells)))
    verdict = json.loads(smartlib("check", table, "--json").stdout)
    rows = [f["row"] for f in verdict["findings"] if f["column"] == "OUTPUT"]
    assert rows == [2, 3, 4]
    assert verdict["audit"]["not_checkable"] == 3


def test_two_different_numbers_never_look_alike(at_root: None, tmp_path: Path) -> None:
    """A final that differs in its eighth decimal is shown with it."""
    table = tmp_path / "t.csv"
    table.write_bytes(text_table(BADUNG | {"NILAI FINAL": "3,08000001"}))
    assert "published 3.08000001, its means give 3.08 " in smartlib("check", table).stdout


def test_an_empty_path_is_no_table(at_root: None) -> None:
    """`smartlib check ""` is told what is wanted."""
    result = smartlib("check", "")
    assert result.exit_code == 2
    assert "TABLE names no file" in result.stderr


def test_a_scheme_of_ones_own_decides_the_totals(at_root: None, tmp_path: Path) -> None:
    """With other weights, a published total is contradicted."""
    table, scheme = tmp_path / "t.csv", tmp_path / "s.toml"
    table.write_bytes(text_table(BADUNG))
    shipped = (ROOT / "data" / "raw" / "2024" / "scheme.toml").read_text(encoding="utf-8")
    changed = shipped.replace("outcome = 30", "outcome = 50").replace(
        "output = 20", "output = 0", 1
    )
    scheme.write_text(changed, encoding="utf-8-sig")  # as Windows' Notepad saves it
    assert smartlib("check", table).exit_code == 0
    result = smartlib("check", table, "--scheme", scheme)
    assert result.exit_code == 1
    assert "its means give 3.19" in result.stdout


def test_regions_are_found_or_the_nearest_named(at_root: None) -> None:
    """A part of a name finds its regions; a slip gets the nearest and exit code 1."""
    found = smartlib("regions", "tabanan")
    assert found.exit_code == 0
    assert "51.02  Kab. Tabanan  Bali" in found.stdout
    assert len(smartlib("regions").stdout.splitlines()) == 515
    near = smartlib("regions", "Kab.", "Badumg")
    assert near.exit_code == 1
    assert "nearest" in near.stderr
    assert near.stdout.splitlines()[1].startswith("51.03  Kab. Badung")
    signs = smartlib("regions", "???")
    assert (signs.exit_code, signs.stdout) == (1, "")
    assert "No region matches '???'" in signs.stderr


def test_run_checks_parameters_first(small: Folders) -> None:
    """A wrong name is an error before a kernel starts, with the nearest match."""
    result = smartlib("run", "region_report", "-p", "regio", "51.03")
    assert result.exit_code == 1
    assert "Did you mean 'region'?" in result.stderr
    assert not small.reports.exists()
    unknown = smartlib("run", "regional_report")
    assert "'region_report'" in unknown.stderr


def test_a_foreign_notebooks_year_and_region_are_its_own(
    small: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the checkout nothing is a Kemendagri code; in notebooks/ the same cell is ours."""
    orders = []

    def asked(order: Order) -> Made:
        orders.append(order)
        return written(order)

    monkeypatch.setattr("smartlib.run.commands.single.make_report", asked)
    cell = code('year = 1990\nregion = "EU"\nlang = "de"', "parameters")
    given = ("-p", "year", "1991", "-p", "region", "Asia", "-p", "lang", "fr")
    elsewhere = write(tmp_path / "elsewhere.ipynb", cell)
    assert smartlib("run", elsewhere, *given).exit_code == 0
    assert orders[0].parameters == {"year": 1991, "region": "Asia", "lang": "fr"}
    write(small.notebooks / "ours.ipynb", cell)
    refused = smartlib("run", "ours", *given)
    assert (refused.exit_code, len(orders)) == (1, 1)
    assert refused.stderr.count("ours.ipynb: ") == 3


def test_run_writes_notebook_and_page(small: Folders, tmp_path: Path) -> None:
    """By default below reports/runs, with the parameters in the name."""
    result = smartlib("run", "region_report", "-p", "region", "Kab. Badung", "-p", "lang", "en")
    assert result.exit_code == 0
    stem = "reports/runs/region_report.51-03.en"
    assert result.stdout.split() == [f"{stem}.ipynb", f"{stem}.html"]
    source = small.notebooks / "region_report.ipynb"
    onto_itself = smartlib("run", source, "--output", source)
    assert onto_itself.exit_code == 1
    assert "is the notebook itself" in onto_itself.stderr


def test_notebooks_are_rerun_in_place_to_the_same_bytes(
    small: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second re-run changes nothing; a notebook that fails is left as it was."""
    monkeypatch.setattr("smartlib.run.commands.single.NOTEBOOKS", ("03_factors", "region_report"))
    paths = sorted(small.notebooks.glob("*.ipynb"))
    assert smartlib("notebooks").exit_code == 0
    first = [path.read_bytes() for path in paths]
    failing = small.notebooks / "03_factors.ipynb"
    broken = write(failing, code("1 / 0")).read_bytes()
    result = smartlib("notebooks")
    assert result.exit_code == 1
    assert "failed: 03_factors.ipynb" in result.stdout
    assert failing.read_bytes() == broken
    others = [(p.read_bytes(), b) for p, b in zip(paths, first, strict=True) if p != failing]
    assert all(now == before for now, before in others)


def test_a_year_without_data_and_the_version(at_root: None) -> None:
    """Small things have plain answers."""
    assert "years at hand: 2024" in smartlib("build", "--year", "1999").stderr
    assert smartlib("--version").stdout.startswith("smartlib, version ")


def test_a_scale_of_ones_own_bounds_marks_and_totals(at_root: None, tmp_path: Path) -> None:
    """On a scale from 0 to 100 a total of 49.1 is checked, and one of 149 is off the scale."""
    table, scheme = tmp_path / "t.csv", tmp_path / "s.toml"
    shipped = (ROOT / "data" / "raw" / "2024" / "scheme.toml").read_text(encoding="utf-8")
    scale = shipped.replace('lowest = "1"', 'lowest = "0"').replace(
        'highest = "4"', 'highest = "100"'
    )
    scheme.write_text(scale, encoding="utf-8")
    marks = dict.fromkeys(("BASELINE", "OUTPUT", "OUTCOME", "IMPACT", "QUICK WINS"), "49,1")
    row = BADUNG | marks | {"NILAI FINAL": "49,1", "TINGKAT IMPROVEMENT": "12"}
    table.write_bytes(text_table(row))
    assert smartlib("check", table, "--scheme", scheme).exit_code == 0
    table.write_bytes(text_table(row | {"NILAI FINAL": "149"}))
    result = smartlib("check", table, "--scheme", scheme)
    assert (result.exit_code, "at most 100" in result.stdout) == (1, True)
