"""Papermill's own tests, which its package carries, with our engine for its default one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

import papermill
import pytest
from conftest import ROOT

from smartlib.run.execute.warm import client

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(client.cannot_fork()), reason=client.cannot_fork()),
]

SUITE = Path(papermill.__file__).parent / "tests"
NEEDS: Mapping[str, str] = {  # packages that only stores of other firms need
    "test_abs.py": "azure",
    "test_adl.py": "azure",
    "test_gcs.py": "gcsfs",
    "test_hdfs.py": "pyarrow",
    "test_s3.py": "boto3",
}
OWN_CLIENT = "the test puts a mock in the place of papermill's own client, which ours is not"
ALLOWED: Mapping[str, str] = {  # tests that fail with our engine alone, and why they may
    "test_execute.py::TestNotebookHelpers::test_start_timeout": OWN_CLIENT,
    "test_execute.py::TestNotebookHelpers::test_default_start_timeout": OWN_CLIENT,
}
AT_LEAST = 400  # tests; fewer are not the suite


def outcome(tests: Iterable[str], folder: Path, *options: str) -> tuple[set[str], int]:
    """Tests of the suite that fail, and how many pass."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider"]
    command += ["-c", str(folder / "pytest.ini"), "--rootdir", str(SUITE), *options, *tests]
    paths = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    told = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(r"^(?:FAILED|ERROR) \S*?(test_\w+\.py\S*)", told.stdout, re.MULTILINE)
    passed = re.search(r"(\d+) passed", told.stdout)
    assert told.returncode in (0, 1), told.stdout + told.stderr
    return set(failed), int(passed[1]) if passed else 0


def test_papermill_s_own_tests_pass_but_for_the_differences_named_here(tmp_path: Path) -> None:
    """What fails with our engine and passes with papermill's own is as listed, no more, no less."""
    absent = {name for name, package in NEEDS.items() if not find_spec(package)}
    files = [str(p) for p in sorted(SUITE.glob("test_*.py")) if p.name not in absent]
    failed, passed = outcome(files, tmp_path, "-p", "default_engine")
    assert passed >= AT_LEAST
    with_stock = outcome([str(SUITE / f) for f in failed], tmp_path)[0] if failed else set()
    assert failed - with_stock == set(ALLOWED)
