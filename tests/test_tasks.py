"""The launcher: when the environment is ready, and which commands a task runs."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def tasks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tasks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def venv(tmp_path: Path, tasks: ModuleType) -> Path:
    interpreter = tasks.python(tmp_path)
    interpreter.parent.mkdir(parents=True)
    interpreter.write_bytes(b"")
    return tmp_path


def test_a_half_made_environment_is_not_ready(venv: Path, tasks: ModuleType) -> None:
    """Without its stamp, with another stamp, or without an interpreter it is made anew."""
    stamp = venv / "stamp"
    assert not tasks.is_ready(stamp, venv, "abc")
    stamp.write_text("other\n", encoding="ascii")
    assert not tasks.is_ready(stamp, venv, "abc")
    stamp.write_text("abc\n", encoding="ascii")
    assert tasks.is_ready(stamp, venv, "abc")
    tasks.python(venv).unlink()
    assert not tasks.is_ready(stamp, venv, "abc")


def test_the_stamp_follows_lock_project_and_python(tmp_path: Path, tasks: ModuleType) -> None:
    """A change of any of the three makes another stamp; line endings do not."""
    lock, project = tmp_path / "lock", tmp_path / "project"
    lock.write_bytes(b"a==1\n")
    project.write_bytes(b"x\n")
    first = tasks.wanted_stamp(lock, project, (3, 11, 7))
    assert tasks.wanted_stamp(lock, project, (3, 12, 0)) != first
    lock.write_bytes(b"a==1\r\n")
    assert tasks.wanted_stamp(lock, project, (3, 11, 7)) == first
    lock.write_bytes(b"a==2\n")
    assert tasks.wanted_stamp(lock, project, (3, 11, 7)) != first


def test_setup_does_nothing_twice(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ready environment starts no process."""
    monkeypatch.setattr(tasks, "is_ready", lambda: True)
    monkeypatch.setattr(tasks.subprocess, "call", lambda *a, **k: pytest.fail("started a process"))
    assert tasks.setup() == 0


def test_setup_uses_the_interpreter_outside_any_environment(
    tmp_path: Path,
    tasks: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Inside an activated .venv, `venv --clear` would delete its own interpreter; when it fails,
    the package that Debian leaves out is named.
    """
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "is_ready", lambda: False)
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(tasks.sys, "_base_executable", "/usr/bin/base", raising=False)
    monkeypatch.setattr(tasks.subprocess, "call", lambda step, **k: called.append(step) or 1)
    assert tasks.setup() == 1
    assert called[0][:3] == ("/usr/bin/base", "-m", "venv")
    assert "sudo apt install python3-venv" in capsys.readouterr().err
    monkeypatch.delattr(tasks.sys, "_base_executable")
    assert tasks.base_python() == sys.executable


def test_a_failed_setup_leaves_no_stamp(
    tmp_path: Path, tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a step fails its exit code is returned and no later step runs."""
    codes = iter([0, 7])
    monkeypatch.setattr(tasks, "is_ready", lambda: False)
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(tasks.subprocess, "call", lambda *a, **k: next(codes))
    assert tasks.setup() == 7
    assert not (tmp_path / "stamp").exists()


def test_old_pythons_are_refused_in_words(tasks: ModuleType) -> None:
    """The file parses on Python 3.8 and says what is needed."""
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    assert "needs Python 3.11 or newer; this is 3.8" in tasks.complaint((3, 8, 10))
    assert tasks.complaint((3, 13, 0)) == ""


def test_arguments_are_passed_on(tasks: ModuleType) -> None:
    """`reports --lang en` and `test -k ranks` reach their command."""
    assert tasks.commands("reports", ["--lang", "en"]) == (
        ("-m", "smartlib", "build", "--lang", "en"),
    )
    assert tasks.commands("test", ["-k", "ranks"]) == (
        ("-m", "pytest", *tasks.WORKERS, "-k", "ranks"),
    )
    first, notebooks = tasks.commands("test")
    assert first == ("-m", "pytest", *tasks.WORKERS)
    assert notebooks[-2:] == ("--nbval", "notebooks")


@pytest.mark.parametrize(
    ("arguments", "is_split"),
    [
        (("-m", "long"), True),
        (("tests",), True),
        (("-x", "tests/test_ranks.py"), False),
        (("tests/test_ranks.py::test_it",), False),
        (("-k", "ranks", "--pdb"), False),
    ],
)
def test_whole_suites_are_run_in_several_processes(
    arguments: tuple[str, ...], is_split: bool, tasks: ModuleType
) -> None:
    """Not a file or a test by its name, nor what a debugger is to stop; what is asked for holds."""
    for task in ("test", "test-all"):
        (command,) = tasks.commands(task, arguments)
        assert ("-n" in command) == is_split
        assert command[-len(arguments) :] == arguments


def test_the_worst_exit_code_is_returned(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All commands of a task run; a failing one decides."""
    codes = iter([0, 3, 0])
    monkeypatch.setattr(tasks.subprocess, "call", lambda *a, **k: next(codes))
    assert tasks.run("lint", []) == 3
    assert next(codes, None) is None


def test_makefile_and_launcher_name_the_same_tasks(tasks: ModuleType) -> None:
    """Every target has its help, calls the launcher, and is a task of it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*?## .+$", makefile, re.MULTILINE)
    assert sorted(targets) == sorted(tasks.HELP)
    called = re.findall(r"tasks\.py ([a-z-]+) \$\(ARGS\)", makefile)
    assert sorted(called) == sorted(set(targets) - {"help"})


def test_an_unknown_task_is_an_error() -> None:
    """The tasks there are, and exit code 2."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), "nope"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "reports" in result.stderr
