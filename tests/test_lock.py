"""One build at a time in a reports folder, and no lock outlives its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from smartlib.cli import commands
from smartlib.run.state.lock import HOLDER, LOCK, alone, require_free

HOLD = """
import sys, time
from pathlib import Path
from smartlib.run.state.lock import alone
with alone(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that builds into `reports`."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "reports")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"in"
        yield process
        process.kill()


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def unexpected(*_: object) -> None:
    raise AssertionError("too late")


def test_a_second_build_says_so_and_leaves(
    holder: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, the process that is at work, what to do; the folder stays as it was."""
    monkeypatch.chdir(ROOT)
    reports = tmp_path / "reports"
    before = state(reports)
    command = ["build", "--region", "Badung", "--output", str(reports)]
    for name, stand_in in (  # told before any table is read; and when both began at once
        ("smartlib.run.build.build.ready", unexpected),
        ("smartlib.run.state.lock.require_free", lambda reports: None),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(name, stand_in)
            result = CliRunner().invoke(commands, command)
        assert result.exit_code == 1
        assert f"Another build (process {holder.pid} on " in result.stderr
        assert f"is at work in {reports}. Nothing was changed. Wait until" in result.stderr
        assert "--output" in result.stderr
    assert state(reports) == before


def test_a_killed_build_locks_nothing(holder: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """The system frees the lock of a process that gets SIGKILL; what it left means nothing."""
    reports = tmp_path / "reports"
    holder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.wait()
    assert (reports / HOLDER).is_file()
    require_free(reports)
    with alone(reports):
        assert str(os.getpid()) in (reports / HOLDER).read_text(encoding="utf-8")
    assert [path.name for path in reports.iterdir()] == [LOCK]


def test_asking_changes_nothing(tmp_path: Path) -> None:
    """A folder that is not there is free, and is not made."""
    require_free(tmp_path / "reports")
    assert not (tmp_path / "reports").exists()
