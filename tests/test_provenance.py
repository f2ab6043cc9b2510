"""Equal builds leave the same manifest, and the record of each run stands apart."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

from smartlib.run.plan.records import Entry
from smartlib.run.state.manifest import Manifest, Site
from smartlib.run.state.provenance import Revision, manifest_bytes
from smartlib.run.state.surroundings import Surroundings


def entry(reports: Path, **other: object) -> Entry:
    (reports / "a.html").write_bytes(b"page")
    told = Entry(
        "a", "notebooks/a.ipynb", "A", "id", "", {"year": 2024}, ("a.html",), "k", "s", 1, "made"
    )
    return replace(told, **other)


def whole(one: Entry, **environment: str) -> Manifest:
    around = Surroundings({"data/raw/a.csv": "1"}, {"smartlib/a.py": "2"}, environment)
    return Manifest(around, {one.output: one}, site=Site(2024, "id", {"index.html": "3"}))


def test_what_differs_between_equal_runs_is_not_in_it(tmp_path: Path) -> None:
    """Another Python, other libraries, other times, a report kept: the same bytes."""
    one = whole(entry(tmp_path), python="3.11", numpy="2.0")
    other = whole(
        entry(tmp_path, seconds=9.0, outcome="kept", key="q", made_with={"code": "x"}, cold="why"),
        python="3.13",
    )
    revision = Revision("0" * 40, True)
    assert manifest_bytes(one, tmp_path, revision) == manifest_bytes(other, tmp_path, revision)


def test_what_the_result_depends_on_is_in_it(tmp_path: Path) -> None:
    """Another input, parameter, lock file, page or commit gives another manifest."""
    one, revision = whole(entry(tmp_path)), Revision("0" * 40, True)
    first = manifest_bytes(one, tmp_path, revision)
    others = [
        manifest_bytes(whole(entry(tmp_path, parameters={"year": 2023})), tmp_path, revision),
        manifest_bytes(whole(entry(tmp_path), **{"requirements.lock": "4"}), tmp_path, revision),
        manifest_bytes(replace(one, around=Surroundings({"b": "1"})), tmp_path, revision),
        manifest_bytes(one, tmp_path, Revision("1" * 40, True)),
        manifest_bytes(one, tmp_path, Revision("0" * 40, False)),
    ]
    (tmp_path / "a.html").write_bytes(b"another")
    others.append(manifest_bytes(one, tmp_path, revision))
    assert len({first, *others}) == 7


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


def test_the_revision_is_the_checkouts_own(tmp_path: Path) -> None:
    """Commit and cleanness of a checkout; a folder inside another's has none."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-qm", "first")
    found = Revision.of(tmp_path)
    assert (len(found.commit or ""), found.clean) == (40, True)
    (tmp_path / "a").write_text("2")
    assert Revision.of(tmp_path) == replace(found, clean=False)
    (tmp_path / "inner").mkdir()
    assert Revision.of(tmp_path / "inner") == Revision(None, None)


def test_a_failed_report_is_told_with_what_it_left(tmp_path: Path) -> None:
    """It stands as failed; a file that is gone is not named."""
    one = entry(tmp_path, outcome="failed", files=("a.html", "gone.html"))
    (told,) = json.loads(manifest_bytes(whole(one), tmp_path, Revision()))["reports"]
    assert (told["failed"], list(told["files"])) == (True, ["a.html"])
