"""Themes by the codebook; export that other programs read; words in their context."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from conftest import ROOT

from smartlib.cli import commands
from smartlib.data.from_documents.codebook import Codebook, read_codebook
from smartlib.data.from_documents.texts import in_context
from smartlib.data.processed import Tables
from smartlib.run.ingest.refi import Coded, codebook_file, project_file
from smartlib.vocabulary.errors import SmartlibError

PROJECT = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REMARKS = [
    Coded("doc1", "strength 1", "Pimpinan mendukung 🌏 program", {"hand": ["leadership"]}),
    Coded("doc1", "weakness 1", "Anggaran & SDM <kurang>", {"hand": ["budget", "human_resources"]}),
    Coded("doc2", "weakness 1", "Tanpa tema", {"hand": ["uncoded"]}),
]  # fmt: skip


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_codebook(ROOT / "data" / "codebook.toml")


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Belum ada komitmen dari pimpinan", {"leadership"}),
        ("Penganggaran masih kecil", {"budget"}),
        ("Pendanaan non APBD rendah", {"other_funding"}),
        ("Area blankspot dan persampahan", {"infrastructure", "environment"}),
        ("Kata yang tidak dikenal", {"uncoded"}),
        ("", {"uncoded"}),
    ],
)
def test_a_remark_gets_its_themes(codebook: Codebook, text: str, themes: set[str]) -> None:
    """Stems, words between, counter-phrases, several themes, none."""
    assert set(codebook.code(text)) == themes


def test_every_theme_finds_something_and_is_described(codebook: Codebook, tables: Tables) -> None:
    """No theme of the codebook is idle on the two reports; codings know no other theme."""
    used = set(tables.codings["theme"])
    assert used - {"uncoded"} == set(codebook.themes)
    for theme in codebook.themes.values():
        assert len({theme.label_en, theme.label_id, theme.definition_en}) >= 2


def test_every_remark_is_coded_and_worded(tables: Tables) -> None:
    """114 remarks, each coded by the rules and named in our own words in both languages."""
    key = ["document_id", "kind", "assessor", "number"]
    rules = tables.codings[tables.codings["coder"].str.startswith("rules")]
    coded = {tuple(row) for row in rules[key].itertuples(index=False)}
    assert coded == {tuple(row) for row in tables.remarks[key].itertuples(index=False)}
    assert tables.remarks[["wording_id", "wording_en"]].notna().all(axis=None)
    assert tables.remarks["wording_en"].str.len().max() < 80


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("version = 1", "version = 0", "a whole number from 1"),
        ('label_en = "Budget"', "", "lacks the field 'label_en'"),
        ('phrases = ["*anggar*", "APBD"]', 'phrases = ["*"]', "would match any remark"),
        ('phrases = ["*anggar*", "APBD"]', 'phrase = ["*anggar*"]', "no field is called phrase"),
        ("[themes.budget]", "[themes.Budget]", "no such name"),
        ("[themes.budget]", "[themes.budget", "cannot be read"),
    ],
)
def test_a_codebook_with_a_mistake_is_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    """Each says which theme, and what is wrong."""
    path = tmp_path / "codebook.toml"
    text = (ROOT / "data" / "codebook.toml").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SmartlibError, match=problem):
        read_codebook(path)


def test_a_project_is_read_back_without_loss(codebook: Codebook) -> None:
    """Every coding points at its remark's letters, its theme and its coder."""
    content = project_file(codebook, REMARKS)
    assert content == project_file(codebook, REMARKS)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = ET.fromstring(file.read("project.qde"))
        texts = {n: file.read(n) for n in file.namelist() if n.startswith("Sources/")}
    assert not any(b"\r" in text for text in texts.values())
    users = {u.get("guid"): u.get("name") for u in root.iter(f"{PROJECT}User")}
    codes = {c.get("guid"): c.get("name") for c in root.iter(f"{PROJECT}Code")}
    labels = {name: theme.label_en for name, theme in codebook.themes.items()}
    read = []
    for source in root.iter(f"{PROJECT}TextSource"):
        path = source.get("plainTextPath", "").replace("internal://", "Sources/")
        text = texts[path].decode("utf-8")
        for place in source.iter(f"{PROJECT}PlainTextSelection"):
            start, end = (int(place.get(k, "")) for k in ("startPosition", "endPosition"))
            for coding in place.iter(f"{PROJECT}Coding"):
                code = codes[coding.find(f"{PROJECT}CodeRef").get("targetGUID")]  # type: ignore[union-attr]
                coder = users[coding.get("creatingUser")]
                read.append((source.get("name"), text[start:end], coder, code))
    assert read == [
        (remark.document, remark.text, coder, labels[theme])
        for remark in REMARKS
        for coder, themes in remark.themes.items()
        for theme in themes
        if theme != "uncoded"
    ]


def test_the_export_keeps_to_the_schema(codebook: Codebook) -> None:
    """Order of parts, required attributes and the form of identifiers, as the standard has them."""
    with zipfile.ZipFile(io.BytesIO(project_file(codebook, REMARKS))) as file:
        root = ET.fromstring(file.read("project.qde"))
    assert [child.tag for child in root] == [
        f"{PROJECT}{n}" for n in ("Users", "CodeBook", "Sources")
    ]
    elements = list(root.iter())
    guids = [e.get("guid") for e in elements if e.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(GUID.fullmatch(guid or "") for guid in guids)
    for code in root.iter(f"{PROJECT}Code"):
        assert {"guid", "name", "isCodable"} <= set(code.attrib)
    qdc = ET.fromstring(codebook_file(codebook, "id"))
    assert qdc.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    names = [code.get("name") for code in qdc.iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert names == [theme.label_id for theme in codebook.themes.values()]


def test_the_command_exports_and_finds(tmp_path: Path) -> None:
    """CSV has one coding a row; another ending and no texts are told."""

    def run(*arguments: object):
        return CliRunner().invoke(commands, ["remarks", *map(str, arguments)])

    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "abc.csv").write_text(
        "kind,assessor,number,line,name,text\nweakness,1,1,5,Ani,Jaringan belum ada\n", "utf-8"
    )
    found = run("--find", "jaringan", "--texts", texts)
    assert "[Jaringan] belum ada" in found.output
    assert run("--to", tmp_path / "a.csv").exit_code == 0
    rows = list(csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8")))
    assert {row["coder"] for row in rows} == {"hand", "rules 1"}
    assert run("--to", tmp_path / "a.docx").exit_code == 1
    assert run().exit_code == 2
    nothing = run("--to", tmp_path / "a.qdpx", "--texts", tmp_path)
    assert nothing.exit_code == 1
    assert "is not what `smartlib ingest` writes" in nothing.stderr
    empty = run("--to", tmp_path / "a.qdpx", "--texts", tmp_path / "none")
    assert "has no texts of remarks" in empty.stderr


def test_a_word_is_shown_with_what_stands_around_it() -> None:
    """As far as the text goes on either side."""
    row = {"document_id": "d", "kind": "strength", "assessor": "2", "number": "3", "text": "a bc d"}
    (line,) = in_context("b*", [row])
    assert line.split("[")[1] == "bc] d"
