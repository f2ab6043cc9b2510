"""The reports folder is a Workflow Run Crate that its own community's validator accepts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from smartlib.run.plan.records import Entry
from smartlib.run.state.crate import CRATE
from smartlib.run.state.manifest import Manifest, Site
from smartlib.run.state.provenance import MANIFEST, write_provenance
from smartlib.run.state.surroundings import Surroundings
from smartlib.vocabulary.folders import Folders

rocrate = pytest.importorskip("rocrate", reason="rocrate, whose context is read, is not installed")
pytest.importorskip("rocrate_validator", reason="rocrate-validator is not installed")

DAY = "2026-11-28"
WITHOUT_OWNERS = "nobody is invented: the owners' address and contact are theirs to give"
EQUAL = "equal builds are equal: `build --times` adds it"
NAMED = {  # recommended and not met, with the reason
    "The Application SHOULD have a url": WITHOUT_OWNERS,
    "The organization SHOULD have a URL.": WITHOUT_OWNERS,
    "An Organization entity SHOULD have a ROR identifier": WITHOUT_OWNERS,
    "An Organization's contactPoint SHOULD": WITHOUT_OWNERS,
    "At least one author or publisher Person/Organization SHOULD have a": WITHOUT_OWNERS,
    "The Action SHOULD have an agent": "who ran a build is not recorded",
    "The Action SHOULD have an endTime": EQUAL,
    "The SoftwareApplication id SHOULD be an absolute URI": "workflows are files of the crate",
    "The RO-Crate metadata file descriptor SHOULD have a single": "profiles 0.5 stand on 1.1",
    "The RO-Crate metadata file descriptor `conformsTo` URI SHOULD start": "likewise",
    "RO-Crate Metadata Entity SHOULD include at least one Schema.org type": "FormalParameter "
    "has the name that the profiles of 0.5 know",
}


@pytest.fixture
def made(tmp_path: Path, folders: Folders) -> Folders:
    """A reports folder with reports of two notebooks, one failed, and what tells of them."""
    root, reports = tmp_path / "home", tmp_path / "reports"
    entries = []
    for output, notebook, parameters in (
        ("regions/51.03", "region_report", {"region": "51.03", "year": 2024, "lang": "id"}),
        ("regions/51.71", "region_report", {"region": "51.71", "year": 2024, "lang": "id"}),
        ("national/03_factors", "03_factors", {"factors": ["a b", "c"], "year": 2024}),
    ):
        path = root / "notebooks" / f"{notebook}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((folders.notebooks / path.name).read_bytes())
        files = tuple(f"{output}{suffix}" for suffix in (".html", ".ipynb"))
        for file in files:
            (reports / file).parent.mkdir(parents=True, exist_ok=True)
            (reports / file).write_text(file)
        name = f"notebooks/{path.name}"
        title = f"Report {output}"
        entry = Entry(output, name, title, "id", "", parameters, files, "k", "s", 1.0, "made")
        entries.append(entry)
    entries[1] = replace(entries[1], outcome="failed", traceback="KeyError")
    around = Surroundings(inputs={"data/raw/a.csv": "1" * 64, "data/processed/a.csv": "2" * 64})
    (reports / "index.html").write_text("index")
    site = Site(2024, "id", {"index.html": "3" * 64})
    where = Folders(root, reports)
    whole = Manifest(around, {entry.output: entry for entry in entries}, site=site)
    write_provenance(whole, where, DAY, times={})
    return where


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator gets the context from the file that `rocrate` brings, and nothing else."""
    from rocrate_validator.utils import http

    context = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"

    class Answer:
        status_code = 200
        ok = True
        headers: ClassVar = {"Content-Type": "application/ld+json"}
        content = context.read_bytes()
        text = content.decode("utf-8")

        def json(self) -> object:
            return json.loads(self.text)

        def raise_for_status(self) -> None:
            pass

    def get(url: str, *_: object, **__: object) -> Answer:
        assert url == "https://w3id.org/ro/crate/1.3/context"
        return Answer()

    monkeypatch.setattr(http.HttpRequester, "__getattr__", lambda self, name: get)


def issues(crate: Path, profile: str) -> list[tuple[str, str]]:
    """Severity and message of what the validator finds, recommended checks included."""
    from rocrate_validator import models, services

    settings = services.ValidationSettings(
        rocrate_uri=str(crate),
        profile_identifier=profile,
        requirement_severity=models.Severity.RECOMMENDED,
    )
    found = services.validate(settings).get_issues()
    return [(issue.severity.name, issue.message) for issue in found]


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("profile", ["workflow-run-crate-0.5", "ro-crate-1.3"])
def test_the_validator_finds_only_what_is_named(made: Folders, profile: str) -> None:
    """No required check fails; a recommended one only where a reason stands beside it."""
    found = issues(made.reports, profile)
    assert [one for one in found if one[0] == "REQUIRED"] == []
    assert [m for _, m in found if not m.startswith(tuple(NAMED))] == []


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("lacks", ["mainEntity", "license", "datePublished"])
def test_the_validator_would_find_a_lack(made: Folders, lacks: str) -> None:
    """Without any of these the crate is refused: the test above can fail."""
    told = json.loads((made.reports / CRATE).read_text(encoding="utf-8"))
    (root,) = [entity for entity in told["@graph"] if entity["@id"] == "./"]
    del root[lacks]
    (made.reports / CRATE).write_text(json.dumps(told), encoding="utf-8")
    assert "REQUIRED" in {
        severity for severity, _ in issues(made.reports, "workflow-run-crate-0.5")
    }


def test_each_report_is_an_action(made: Folders) -> None:
    """Notebook, parameters, inputs and outputs by hash; a failed one says so; no clock, no path."""
    text = (made.reports / CRATE).read_text(encoding="utf-8")
    by_id = {entity["@id"]: entity for entity in json.loads(text)["@graph"]}
    action = by_id["#regions/51.03"]
    assert action["instrument"]["@id"] == "workflow/region_report.ipynb"
    objects = [by_id[one["@id"]] for one in action["object"]]
    values = {one["name"]: one["value"] for one in objects if one["@type"] == "PropertyValue"}
    assert values == {"region": "51.03", "year": "2024", "lang": "id"}
    for one in action["result"]:
        content = (made.reports / one["@id"]).read_bytes()
        assert by_id[one["@id"]]["sha256"] == hashlib.sha256(content).hexdigest()
    inputs = [by_id[one["@id"]] for one in by_id["#inputs"]["hasPart"]]
    assert {one["name"]: one["sha256"][0] for one in inputs} == {
        "data/processed/a.csv": "2",
        "data/raw/a.csv": "1",
    }
    assert by_id["#regions/51.71"]["actionStatus"].endswith("FailedActionStatus")
    assert by_id["./"]["mainEntity"]["@id"] == "workflow/region_report.ipynb"
    assert "endTime" not in text
    assert str(made.root) not in text


def test_every_file_that_the_crate_names_is_there(made: Folders) -> None:
    """And is told with its bytes; the record of the run, which differs, is not among them."""
    graph = json.loads((made.reports / CRATE).read_text(encoding="utf-8"))["@graph"]
    files = [one for one in graph if "File" in one["@type"]]
    for one in files:
        assert (made.reports / one["@id"]).stat().st_size == int(one["contentSize"]), one["@id"]
    names = {one["@id"] for one in files}
    assert {MANIFEST, "README.md", "index.html", "workflow/03_factors.ipynb"} <= names
    assert "run.json" not in names


def test_times_are_told_only_when_asked_for(made: Folders) -> None:
    """With times given, the action has its end."""
    entry = Entry("a", "notebooks/03_factors.ipynb", "A", "id", "", {}, (), "k", "s", 1.0, "made")
    whole = Manifest(entries={"a": entry})
    write_provenance(whole, made, DAY, times={"a": "2026-11-28T10:00:00+00:00"})
    graph = json.loads((made.reports / CRATE).read_text(encoding="utf-8"))["@graph"]
    (action,) = [one for one in graph if one["@type"] == "CreateAction"]
    assert action["endTime"] == "2026-11-28T10:00:00+00:00"
