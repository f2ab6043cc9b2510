"""The wheel alone, with its base dependencies, outside any checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bare import bare, wheel
from conftest import ROOT

from smartlib.vocabulary.extras import extra_with
from smartlib.vocabulary.folders import HOME, Folders

COPY = "No workbook here: the tables that came with smartlib"
Ran = subprocess.CompletedProcess[str]
# No site-packages of this environment: only what `bare` has laid there.
ALONE = (sys.executable, "-S", "-m", "smartlib")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def variables(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return bare(tmp_path_factory.mktemp("bare"), built)


@pytest.fixture
def alone(variables: dict[str, str], tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command of the wheel in an empty folder."""

    def run(*words: str, **more: str) -> Ran:
        return subprocess.run(
            [*ALONE, *words],
            cwd=tmp_path,
            env={**variables, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_base_has_none_of_the_extras(variables: dict[str, str], tmp_path: Path) -> None:
    """The environment of these tests is the base: nothing there runs a notebook or draws."""
    code = (
        "import sys; from importlib.util import find_spec; "
        "print([n for n in sys.argv[1:] if find_spec(n)])"
    )
    names = ("papermill", "matplotlib", "jupyterlab", "ipykernel", "pandas")
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code, *names],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "['pandas']"


def test_questions_are_answered_from_the_copy(alone: Callable[..., Ran], tmp_path: Path) -> None:
    """Regions and the audit of the published table, with one line that says whose tables."""
    regions, check = alone("regions", "badung"), alone("check", "--json")
    assert (regions.returncode, check.returncode) == (0, 0), regions.stderr + check.stderr
    assert "51.03" in regions.stdout
    assert json.loads(check.stdout)["rows"] == 140
    for ran in (regions, check):
        assert ran.stderr.count(COPY) == 1
        assert len(ran.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_an_officers_own_table_is_checked(alone: Callable[..., Ran], tmp_path: Path) -> None:
    """A table of one's own is checked by the wheel alone, and a wrong total is found."""
    text = (ROOT / "data" / "raw" / "2024" / "scores.csv").read_text(encoding="utf-8")
    (tmp_path / "mine.csv").write_text(text.replace('"3,08"', '"3,18"', 1), encoding="utf-8")
    ran = alone("check", "mine.csv")
    assert ran.returncode == 1
    assert "Kab. Badung" in ran.stdout


def test_a_fit_is_written_without_its_outputs(alone: Callable[..., Ran], tmp_path: Path) -> None:
    """The table is that of a checkout; the notebook is not run, which is said with the cure."""
    formula = "harmonised_index ~ own_source_share + log(population) + kota"
    ran = alone("fit", formula, "--json")
    assert ran.returncode == 0, ran.stderr
    assert "pip install 'smartlib[notebooks]'" in ran.stderr
    shown = json.loads(ran.stdout)
    assert shown["n"] > 100
    (notebook,) = tmp_path.rglob("fit.ipynb")
    assert notebook.is_relative_to(tmp_path / "reports" / "fits")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    assert any(formula in "".join(cell["source"]) for cell in cells)


def test_columns_are_described_without_figures(alone: Callable[..., Ran], tmp_path: Path) -> None:
    """Tables are written where nothing can draw; that figures lack is said, with the cure."""
    ran = alone("describe", "own_source_share population", "--json")
    assert ran.returncode == 0, ran.stderr
    assert "pip install 'smartlib[notebooks]'" in ran.stderr
    assert {row["n"] for row in json.loads(ran.stdout)["variables"]} == {140}
    written = {path.name for path in tmp_path.rglob("descriptions/*/*")}
    assert {"describe.csv", "describe.tex", "correlations.html"} <= written
    assert not any(name.endswith(".png") for name in written)


def test_reading_from_python_says_it_once(variables: dict[str, str], tmp_path: Path) -> None:
    """`read_tables()` answers, verified, and one warning says from where."""
    code = "from smartlib import read_tables as r; r(); print(len(r().scores))"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "140"
    assert ran.stderr.count(COPY) == 1


def test_a_changed_copy_is_refused(built: Path, tmp_path: Path) -> None:
    """One byte changed in the copy stops the load: it is verified as a checkout is."""
    variables = bare(tmp_path, built)
    for name in ("raw/2024/scores.csv", "processed/scores.csv"):
        file = tmp_path / "site" / "smartlib" / "carried" / "data" / name
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"3.08", b"3.18", 1).replace(b'"3,08"', b'"3,18"', 1))
        assert file.read_bytes() != whole
        ran = subprocess.run(
            [*ALONE, "fit", "published_index ~ kota"],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 1, name
        assert "scores.csv" in ran.stderr
        file.write_bytes(whole)


@pytest.mark.parametrize("words", [("build",), ("notebooks",), ("run", "03_factors")])
def test_what_writes_asks_for_a_workbook_or_an_extra(
    alone: Callable[..., Ran], words: tuple[str, ...], tmp_path: Path
) -> None:
    """No traceback: exit code 1, and the command that brings what lacks."""
    ran = alone(*words)
    assert ran.returncode == 1
    assert "smartlib init FOLDER" in ran.stderr or "smartlib[notebooks]" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.iterdir())


def test_help_names_every_command(alone: Callable[..., Ran]) -> None:
    """Commands whose parts are not installed can be looked up all the same."""
    ran = alone("--help")
    assert ran.returncode == 0, ran.stderr
    assert {"build", "check", "fit", "run"} <= set(ran.stdout.split())
    assert alone("build", "--help").returncode == 0


def test_smartlib_home_names_another(alone: Callable[..., Ran], tmp_path: Path) -> None:
    """The named checkout is used without a word; a folder that is none is refused by name."""
    ran = alone("regions", "badung", **{HOME: str(ROOT)})
    assert (ran.returncode, ran.stderr) == (0, "")
    ran = alone("regions", "badung", **{HOME: str(tmp_path)})
    assert ran.returncode == 1
    assert f"{HOME} is {tmp_path}" in ran.stderr


def test_inside_a_checkout_the_checkout_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """From any folder below it."""
    monkeypatch.delenv(HOME, raising=False)
    monkeypatch.chdir(ROOT / "notebooks")
    assert Folders.find().root == ROOT


def test_the_wheel_holds_the_checkouts_files(built: Path) -> None:
    """Every tracked table and notebook is there byte for byte, and no text of a user's."""
    with zipfile.ZipFile(built) as archive:
        inside = {
            n: archive.read(n) for n in archive.namelist() if n.startswith("smartlib/carried/")
        }
    rooms = ("data/raw", "data/processed", "notebooks")
    files = [p for room in rooms for p in (ROOT / room).rglob("*") if p.is_file()]
    kept = [p for p in files if ".ipynb_checkpoints" not in p.parts and p.suffix != ".part"]
    kept.append(ROOT / "data" / "codebook.toml")
    wanted = {f"smartlib/carried/{p.relative_to(ROOT).as_posix()}": p.read_bytes() for p in kept}
    assert inside == wanted


def test_an_extra_is_found_by_its_module() -> None:
    """Modules lead to the part of the installation that brings them."""
    assert extra_with("nbclient.exceptions") == "notebooks"
    assert extra_with("typst") == "pdf"
    assert extra_with("pyarrow") == "files"
    assert [extra_with(name) for name in ("pandas", "no_such_thing", None)] == ["", "", ""]


def test_everything_is_in_the_environment_of_tests() -> None:
    """`make reports` and `make test` install all parts."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    (all_parts,) = [line for line in extras["dev"] if line.startswith("smartlib[")]
    parts = set(all_parts.removeprefix("smartlib[").rstrip("]").split(","))
    assert set(extras) - {"dev", "bench", "spss"} == parts
    assert set(extras["spss"]) <= set(extras["files"])
