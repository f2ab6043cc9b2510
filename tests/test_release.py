"""What tells others about the project says the same everywhere, and invents nobody."""

from __future__ import annotations

import json
import re
import tomllib

from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_descriptions_agree_with_the_project() -> None:
    """Name, version, licence, keywords of codemeta and the archive's file are pyproject's."""
    meta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    archive = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert meta["name"] == PROJECT["name"]
    assert meta["description"] == archive["description"] == PROJECT["description"]
    assert meta["version"] == archive["version"] == PROJECT["version"]
    assert meta["keywords"] == archive["keywords"] == PROJECT["keywords"]
    assert meta["license"].endswith(f"/{PROJECT['license']}")
    assert archive["license"] == PROJECT["license"]
    assert PROJECT["requires-python"] in meta["runtimePlatform"]


def test_nobody_is_invented() -> None:
    """Every author named is the project's own developers."""
    named = {one["name"] for one in PROJECT["authors"]}
    meta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    archive = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert {one["name"] for one in meta["author"]} == named
    assert {one["name"] for one in archive["creators"]} == named
    assert set(re.findall(r'- name: "(.+)"', citation)) == named


def test_every_licence_named_has_its_text() -> None:
    """The licences that files are annotated with stand in LICENSES, and no other does."""
    notes = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    used = {name for note in notes for name in note["SPDX-License-Identifier"].split(" AND ")}
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == used
    assert notes[0]["path"] == "**"
