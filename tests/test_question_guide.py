"""The guide from a question to a table: what it tells to type runs, in both languages."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from smartlib.cli import commands

GUIDES = {name: ROOT / "docs" / f"{name}.md" for name in (
    "from-question-to-table", "dari-pertanyaan-ke-tabel")}  # fmt: skip
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in GUIDES.items()}
PROGRAMS = re.findall(r"```python\n(.*?)```", TEXTS["from-question-to-table"], re.DOTALL)
COMMANDS = [
    (name, line.strip()[len("smartlib ") :])
    for name, text in TEXTS.items()
    for line in text.splitlines()
    if line.startswith("    smartlib ")
]


@pytest.mark.parametrize(("guide", "typed"), COMMANDS, ids=lambda part: str(part)[:30])
def test_what_the_guide_tells_to_type_runs(guide, typed, tmp_path: Path, monkeypatch) -> None:
    """The four commands of each language end with exit code 0; files go elsewhere."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("smartlib.run.execute.warm.client.warm_up", lambda root: None)
    words = [w if w != "frame.sav" else str(tmp_path / w) for w in shlex.split(typed)]
    if words[0] in ("describe", "fit"):
        words += ["--output", str(tmp_path)]
    result = CliRunner().invoke(commands, words, prog_name="smartlib")
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("program", PROGRAMS, ids=["statsmodels", "pyfixest", "linearmodels"])
def test_the_same_regression_by_other_libraries(program: str, monkeypatch) -> None:
    """Each example runs as it stands, and its own assertions hold."""
    monkeypatch.chdir(ROOT)
    needed = re.findall(r"^(?:import|from) (pyfixest|linearmodels)", program, re.MULTILINE)
    if any(find_spec(name) is None for name in needed):
        pytest.skip(f"{needed[0]} is not installed")
    exec(compile(program, "guide", "exec"), {})


def test_the_guides_say_the_same() -> None:
    """Four commands each, and the same options in the table."""
    found = [re.findall(r"`(--?[a-z]+|y ~ x)", text) for text in TEXTS.values()]
    assert set(found[0]) - {"--lang"} == set(found[1]) - {"--lang"}
    assert len(COMMANDS) == 8
    assert len(PROGRAMS) == 3


@pytest.mark.long
def test_the_notebook_of_a_fit_passes_nbval(tmp_path: Path, monkeypatch) -> None:
    """Run again by nbval, every output of fit.ipynb is the one stored, in both languages."""
    monkeypatch.chdir(ROOT)
    for lang in ("en", "id"):
        folder = tmp_path / lang
        words = ["fit", "harmonised_index ~ own_source_share + kota", "--lang", lang]
        done = CliRunner().invoke(commands, [*words, "--output", str(folder)])
        assert done.exit_code == 0, done.output
        command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"]
        rules = ["--nbval-sanitize-with", str(ROOT / "tests" / "nbval.cfg")]
        rules = rules if Path(rules[1]).exists() else []
        ran = subprocess.run(
            [*command, *rules, "fit.ipynb"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout[-2000:]
