"""The processed tables' description is a Data Package 2 that another program accepts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from smartlib.data.processed import read_tables
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")


@pytest.fixture
def copy(folders: Folders, tmp_path: Path) -> Path:
    shutil.copytree(folders.processed, tmp_path / "processed")
    return tmp_path / "processed"


def errors(folder: Path) -> set[tuple[str, str]]:
    """Resource and kind of each error that frictionless finds."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return {(task.name, error.type) for task in report.tasks for error in task.errors}


def test_frictionless_finds_nothing_wrong(folders: Folders) -> None:
    """Types, keys, foreign keys, bytes and hashes of all tables hold."""
    assert errors(folders.processed) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("scores.csv", b"3.08", b"3.09", "hash-count"),
        ("answers.csv", b"51.03", b"51.99", "foreign-key"),
        ("ranks.csv", b"\n", b"\n\n", "byte-count"),
    ],
)
def test_frictionless_refuses_a_changed_byte(
    copy: Path, file: str, old: bytes, new: bytes, kind: str
) -> None:
    """One byte changed is found; a code that the register does not have, too."""
    whole = (copy / file).read_bytes()
    (copy / file).write_bytes(whole.replace(old, new, 1))
    assert (copy / file).read_bytes() != whole
    assert (Path(file).stem, kind) in errors(copy)


def test_a_changed_value_is_not_read(folders: Folders, copy: Path) -> None:
    """A value that fits its schema and is not what the build wrote is refused by file."""
    home = Folders(copy.parent / "home")
    shutil.copytree(folders.raw, home.raw)
    shutil.copytree(copy, home.processed)
    read_tables(home)
    path = home.processed / "scores.csv"
    path.write_bytes(path.read_bytes().replace(b"3.08", b"3.09", 1))
    with pytest.raises(DataError, match=r"scores\.csv is not what the build wrote; `smartlib bui"):
        read_tables(home)


def test_the_description_says_what_version_two_asks(folders: Folders) -> None:
    """Profiles, licence, version, contributors, and for each table bytes, hash and type."""
    package = json.loads((folders.processed / "datapackage.json").read_text("utf-8"))
    assert package["$schema"].endswith("/profiles/2.0/datapackage.json")
    assert package["version"]
    assert package["licenses"][0]["name"] == "MIT"
    assert package["contributors"]
    assert all(source["rights"] for source in package["sources"])
    for one in package["resources"]:
        assert one["type"] == "table"
        assert one["bytes"] == (folders.processed / one["path"]).stat().st_size
        assert one["schema"]["$schema"].endswith("/profiles/2.0/tableschema.json")
        codes = "region_code" in [field["name"] for field in one["schema"]["fields"]]
        leads = [k["fields"] for k in one["schema"].get("foreignKeys", ())]
        assert (["region_code"] in leads) == (codes and one["name"] != "participation")
