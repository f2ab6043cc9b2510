"""A workbook of one's own is laid, runs, and is never laid over something."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from smartlib.cli import commands
from smartlib.data.processed import read_tables
from smartlib.run.commands.init import FORMULA, STUDY, TABLE, environment
from smartlib.run.plan.parameters import read_contract
from smartlib.vocabulary.folders import Folders


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(ROOT)
    return tmp_path / "mine"


def test_a_workbook_has_what_a_checkouts_build_needs(folder: Path) -> None:
    """Tables and notebooks byte for byte, and the folder is found as a home of its own."""
    result = CliRunner().invoke(commands, ["init", str(folder)])
    assert result.exit_code == 0, result.output
    for room in ("data/raw", "data/processed", "notebooks"):
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix in (".csv", ".toml", ".ipynb", ".json"):
                name = path.relative_to(ROOT)
                if ".ipynb_checkpoints" not in name.parts:
                    assert (folder / name).read_bytes() == path.read_bytes(), name
    assert Folders.find(folder / "notebooks").root == folder
    assert len(read_tables(Folders(folder)).scores) == 140
    assert "smartlib build" in (folder / "README.md").read_text(encoding="utf-8")
    assert not re.search(r"\{\w+\}", (folder / "README.md").read_text(encoding="utf-8"))


def test_the_environment_is_what_is_installed(folder: Path) -> None:
    """Each line is a version that is installed here, and what runs notebooks is among them."""
    lines = environment().splitlines()
    assert lines[0] == f"smartlib[notebooks,outcomes,pdf,files]=={version('smartlib')}"
    pinned = dict(line.split("==") for line in lines[1:])
    assert {"papermill", "pandas", "typst", "pyarrow", "diff-diff"} <= pinned.keys()
    assert all(version(name) == number for name, number in pinned.items())
    assert "pytest-xdist" not in pinned


def test_a_minimal_study_is_a_table_a_notebook_and_two_commands(folder: Path) -> None:
    """Filled in, the table is read and fitted by the two commands of its README."""
    result = CliRunner().invoke(commands, ["init", "--minimal", str(folder)])
    assert result.exit_code == 0, result.output
    contract = {p.name: p.default for p in read_contract(folder / STUDY).parameters}
    assert (contract["formulas"], contract["factors"]) == ([FORMULA], TABLE)
    lines = (folder / TABLE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 141
    filled = [lines[0], *(f"{line}{n % 17}.5" for n, line in enumerate(lines[1:]))]
    (folder / TABLE).write_text("\n".join(filled) + "\n", encoding="utf-8")
    said = (folder / "README.md").read_text(encoding="utf-8")
    two = re.findall(r"^ +smartlib (.+)$", said, re.MULTILINE)
    assert [line.split()[0] for line in two] == ["read", "fit"]
    for words in (["read", TABLE], ["fit", FORMULA, "--factors", TABLE, "--json"]):
        ran = subprocess.run(
            [sys.executable, "-m", "smartlib", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert "my_factor" in {c["name"] for c in shown["coefficients"]}


@pytest.mark.parametrize("words", [[], ["--minimal"]])
def test_nothing_is_laid_over_what_is_there(folder: Path, words: list[str]) -> None:
    """A folder with a file in it is refused, and stays as it was."""
    folder.mkdir()
    (folder / "mine.txt").write_text("kept")
    result = CliRunner().invoke(commands, ["init", *words, str(folder)])
    assert result.exit_code == 1
    assert "is not empty" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
