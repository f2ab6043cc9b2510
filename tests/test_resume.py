"""A build that is killed or stopped: what is done stays, and the next one makes the rest."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from notebook_maker import PARAMETERS, code, text, write

from smartlib.run.state.manifest import JOURNAL, RECORD
from smartlib.vocabulary.folders import Folders

COMMAND = [sys.executable, "-m", "smartlib", "build", "--province", "Bali", "--jobs", "1"]
REPORTS = 5
SLOW = "import time; time.sleep(1); print(region)"
PATIENCE = 120  # seconds for a report to be made, on a busy machine


@pytest.fixture
def slow(light: Folders) -> Folders:
    """A checkout whose reports take a second each."""
    cells = text("# R"), code(PARAMETERS, "parameters"), code(SLOW)
    write(light.notebooks / "region_report.ipynb", *cells)
    return light


def noted(folders: Folders) -> int:
    journal = folders.reports / JOURNAL
    return journal.read_bytes().count(b"\n") if journal.is_file() else 0


def stopped_after(folders: Folders, reports: int, how: signal.Signals) -> tuple[int, str]:
    """Exit code and standard error of a build that gets a signal when some reports are done."""
    with subprocess.Popen(
        COMMAND, cwd=folders.root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        limit = time.monotonic() + PATIENCE
        while noted(folders) < reports and time.monotonic() < limit:
            time.sleep(0.02)
        process.send_signal(how)
        _, said = process.communicate()
    return process.returncode, said


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
@pytest.mark.parametrize("how", ["SIGKILL", pytest.param("SIGTERM", marks=pytest.mark.long)])
def test_the_next_build_makes_only_the_rest(slow: Folders, how: str) -> None:
    """What was done is not made again: after `kill -9`, or `kill`, which ends it as Ctrl-C does."""
    code, said = stopped_after(slow, 2, getattr(signal, how))
    done = {path: path.stat().st_mtime_ns for path in (slow.reports / "regions").glob("*.html")}
    if how == "SIGKILL":
        assert code == -signal.SIGKILL
        assert not (slow.reports / RECORD).exists()
        whole = noted(slow)
    else:
        assert code == 130
        assert "Interrupted. What is done stays; run the same command to go on." in said
        assert noted(slow) == 0
        whole = len(done)
    assert 2 <= whole < REPORTS
    again = subprocess.run(
        COMMAND, cwd=slow.root, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    counts = re.search(r"5 reports: (\d) made, (\d) kept, 0 failed", again.stdout)
    assert counts
    assert (int(counts[1]), int(counts[2])) == (REPORTS - whole, whole)
    kept = [path for path, stamp in done.items() if path.stat().st_mtime_ns == stamp]
    assert len(kept) >= whole
    assert not (slow.reports / JOURNAL).exists()
    assert not list(slow.root.rglob("*.part"))
    assert (slow.reports / "index.html").is_file()
