"""A damaged manifest or journal: one clear message, or reports made anew; never a traceback."""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from notebook_maker import PARAMETERS, code, text, write
from test_batch import here, written

from smartlib.cli.verbs.build import _print_summary
from smartlib.data.writing import append
from smartlib.run.build.build import Ready, build, ready
from smartlib.run.plan.plan import NATIONAL
from smartlib.run.plan.records import Entry, Selection
from smartlib.run.state.freshness import glance
from smartlib.run.state.lock import HOLDER, LOCK, alone
from smartlib.run.state.manifest import JOURNAL, RECORD, note, read_manifest
from smartlib.run.state.surroundings import Surroundings
from smartlib.run.state.typed import inside, record
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import Folders

ASKED = Selection(2024, ("Badung", "Bantul"), langs=("id", "en"), national=True)
ALL, SAMPLE = 1500, 20  # seeded mutations; those of every day are the first of each file
WRONG = (
    *(None, True, False, -1, 0, 7.5, 10**400, "", "x", "2024", "made", [], [1], ["x"], [[]]),
    *({}, {"a": 1}, {"a": "b"}, {"year": "2024"}, float("nan"), float("inf"), "\ud800", "a\0b"),
    *("../../outside", "/etc/passwd", "regions/../../outside", "C:\\x", "..", "a//b", "y" * 300),
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, whole_checkout: Folders) -> Ready:
    """A build's plan, whose reports nobody runs, and a folder where it was carried out once."""
    folders = Folders(whole_checkout.root, tmp_path_factory.mktemp("damaged") / "reports")
    made = ready(ASKED, folders)
    with pytest.MonkeyPatch.context() as patched:
        quick(patched, made)
        build(made, runner=here(written))
    return made


@pytest.fixture(scope="module")
def whole_checkout(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "data", root / "data")
    national = code("year: int = 2024\nlang: str = 'en'", "parameters")
    for name in NATIONAL:
        write(root / "notebooks" / f"{name}.ipynb", national)
    write(root / "notebooks" / "region_report.ipynb", text("# R"), code(PARAMETERS, "parameters"))
    return Folders(root)


def quick(patched: pytest.MonkeyPatch, plan: Ready) -> None:
    """Nothing is hashed again, and no workbook is made."""
    patched.setattr("smartlib.run.build.build.workbook_bytes", lambda tables: b"a workbook")
    patched.setattr(Surroundings, "of", classmethod(lambda cls, folders: plan.around))


def way_to(found: Any, draw: random.Random) -> list[Any]:
    """The way to some value of a JSON object; each level is as likely, however large it is."""
    key = draw.choice(list(found) if isinstance(found, dict) else range(len(found)))
    inner = found[key]
    deeper = isinstance(inner, dict | list) and inner and draw.random() < 0.8
    return [key, *way_to(inner, draw)] if deeper else [key]


def at(found: Any, path: list[Any]) -> Any:
    for key in path:
        found = found[key]
    return found


def mutated(found: Any, draw: random.Random) -> bytes:
    """The same JSON with one value, key or byte other than it was."""
    changed = copy.deepcopy(found)
    *way, last = way_to(changed, draw)
    holder = at(changed, way)
    kind = draw.choice(["wrong"] * 5 + ["gone", "renamed", "twice", "swapped", "byte", "cut"])
    if kind == "wrong":
        holder[last] = draw.choice(WRONG)
    elif kind == "gone":
        del holder[last]
    elif kind == "renamed" and isinstance(holder, dict):
        holder[draw.choice(["", "../x", "output", "\ud800"])] = holder.pop(last)
    elif kind == "twice" and isinstance(holder, list):
        holder.append(holder[last])
    elif kind == "swapped":
        *other, key = way_to(changed, draw)
        if other != way[: len(other)] and way != other[: len(way)]:
            rest = at(changed, other)
            holder[last], rest[key] = rest[key], holder[last]
    content = json.dumps(changed, ensure_ascii=True).encode()
    if kind == "byte":
        place = draw.randrange(len(content))
        content = content[:place] + bytes([draw.randrange(256)]) + content[place + 1 :]
    return content[: draw.randrange(len(content))] if kind == "cut" else content


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def put_back(reports: Path, whole: dict[str, bytes]) -> None:
    for name in contents(reports).keys() - whole.keys():
        (reports / name).unlink()
    for name, content in whole.items():
        if not (reports / name).is_file() or (reports / name).read_bytes() != content:
            (reports / name).write_bytes(content)


def try_all(plan: Ready, name: str, count: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Build after each mutation of a file; messages of those that were refused."""
    reports = plan.folders.reports
    whole = contents(reports)
    base = json.loads(whole[RECORD])
    (reports.parent / "outside.html").write_text("not of this folder", encoding="utf-8")
    outside = contents(reports.parent.parent)
    refused, draw = [], random.Random(2024)
    for _ in range(count):
        one = base if name == RECORD else draw.choice(base["reports"])
        (reports / name).write_bytes(mutated(one, draw))
        spoilt = contents(reports)
        try:
            glance(ASKED, plan.folders)
            built = build(plan, runner=here(written))
            _print_summary(built, reports)
            assert read_manifest(reports).entries
        except BuildError as error:
            refused.append(str(error))
            assert contents(reports) == {**spoilt, LOCK: b""}
        put_back(reports, whole)
        capsys.readouterr()
    assert contents(reports.parent.parent) == outside
    return refused


@pytest.mark.parametrize("name", [RECORD, JOURNAL])
@pytest.mark.parametrize("count", [SAMPLE, pytest.param(ALL // 2, marks=pytest.mark.long)])
def test_no_damage_gives_a_traceback(
    plan: Ready,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    count: int,
) -> None:
    """Refused in one sentence that says what to do, or built; nothing outside is touched."""
    quick(monkeypatch, plan)
    refused = try_all(plan, name, count, capsys)
    print(f"{name}: {len(refused)} of {count} refused")
    assert bool(refused) == (name == RECORD)  # a damaged line of the journal is passed over
    for message in refused:
        assert message.startswith("run.json in the reports folder cannot be read (")
        assert message.endswith("Delete it; every report is then made anew.")
        assert len(message) < 400


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../../x", "a//b", "a/", "", ".", "C:\\x", "a\\..\\x", "a\0", "y" * 300],
)
def test_a_path_stays_in_the_reports_folder(path: str) -> None:
    """Up, absolute, of another system, no name at all: each is refused with its place."""
    assert inside("regions/51.03-kab-badung.en", "reports[0]") == "regions/51.03-kab-badung.en"
    with pytest.raises(ValueError, match=r"reports\[0\]: expected a path in the reports folder"):
        inside(path, "reports[0]")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seconds": "3"}, "reports.seconds: expected a number, found '3'"),
        ({"seconds": True}, "reports.seconds: expected a number, found True"),
        ({"files": ["a", 5]}, "reports.files: expected text, found 5"),
        ({"files": "a"}, "reports.files: expected a list, found 'a'"),
        ({"outcome": "perhaps"}, "reports.outcome: expected made or kept or failed"),
        ({"made_with": {"code": None}}, "reports.made_with.code: expected text, found None"),
        ({"more": 1}, "reports has also more"),
    ],
)
def test_a_record_has_the_types_that_its_class_declares(
    plan: Ready, change: dict[str, object], said: str
) -> None:
    """Each wrong field is named with what was expected and found."""
    manifest = json.loads((plan.folders.reports / RECORD).read_text(encoding="utf-8"))
    one = manifest["reports"][0]
    assert record(Entry, one, "reports").output == one["output"]
    with pytest.raises(ValueError, match=said):
        record(Entry, one | change, "reports")


@pytest.mark.parametrize("place", ["reports", "site"])
def test_a_language_that_pages_have_not_is_refused(plan: Ready, tmp_path: Path, place: str) -> None:
    """The index would look its words up; a line of the journal is passed over."""
    found = json.loads((plan.folders.reports / RECORD).read_text(encoding="utf-8"))
    one = found["reports"][0] | {"lang": "xy"}
    found |= {"reports": [one]} if place == "reports" else {"site": found["site"] | {"lang": "xy"}}
    (tmp_path / RECORD).write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(BuildError, match=rf"{place}.*: expected one of id, en, found 'xy'"):
        read_manifest(tmp_path)
    (tmp_path / RECORD).unlink()
    (tmp_path / JOURNAL).write_text(json.dumps(one), encoding="utf-8")
    assert read_manifest(tmp_path).entries == {}


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs links")
@pytest.mark.parametrize("link", [os.symlink, os.link])
@pytest.mark.parametrize("name", [HOLDER, JOURNAL])
def test_a_link_is_not_written_through(
    plan: Ready, tmp_path: Path, name: str, link: Callable[[Path, Path], None]
) -> None:
    """What it leads to stays as it was; the folder gets a file of its own."""
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    link(precious, tmp_path / name)
    entry = read_manifest(plan.folders.reports).entries["regions/51.03-kab-badung"]
    with alone(tmp_path):
        assert not (tmp_path / name).is_symlink() or name == JOURNAL
        note(entry, tmp_path)
        assert read_manifest(tmp_path).entries == {entry.output: entry}
    assert precious.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / name).is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """The system would lock, and an older library cut off, what it leads to."""
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    (tmp_path / LOCK).symlink_to(precious)
    with (
        pytest.raises(BuildError, match=r"\.lock is a link, which is not followed"),
        alone(tmp_path),
    ):
        pass
    assert precious.read_text(encoding="utf-8") == "mine"


def test_a_second_name_loses_no_line(tmp_path: Path) -> None:
    """A journal that a backup has linked goes on as a file of its own, with what it held."""
    append(tmp_path / "a", b"one")
    os.link(tmp_path / "a", tmp_path / "b")
    append(tmp_path / "a", b"two")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"onetwo", b"one")
