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


GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
WHEN = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?"
ANY, BOOLEAN, WHOLE = r"[\s\S]*", "true|false|0|1", r"[+-]?\d+"
# What Project.xsd (18 March 2019) and Codebook.xsd of REFI-QDA 1.5 say of each element that is
# written here: attributes (those with ! must be there), and children in their order with how
# often they may stand.
CODE = ({"guid!": GUID, "name!": ANY, "isCodable!": BOOLEAN, "color": "#[A-Fa-f0-9]{3,6}"},
        [("Description", 0, 1), ("NoteRef", 0, 99), ("Code", 0, 99)])  # fmt: skip
MADE = {"creatingUser": GUID, "creationDateTime": WHEN, "modifyingUser": GUID,
        "modifiedDateTime": WHEN}  # fmt: skip
SCHEMA: dict[str, tuple[dict[str, str], list[tuple[str, int, int]]]] = {
    "Project": (
        {"name!": ANY, "origin": ANY, "creatingUserGUID": GUID, "creationDateTime": WHEN,
         "modifyingUserGUID": GUID, "modifiedDateTime": WHEN, "basePath": ANY},
        [("Users", 0, 1), ("CodeBook", 0, 1), ("Variables", 0, 1), ("Cases", 0, 1),
         ("Sources", 0, 1), ("Notes", 0, 1), ("Links", 0, 1), ("Sets", 0, 1), ("Graphs", 0, 1),
         ("Description", 0, 1), ("NoteRef", 0, 99)],
    ),
    "Users": ({}, [("User", 1, 99)]),
    "User": ({"guid!": GUID, "name": ANY, "id": ANY}, []),
    "CodeBook": ({}, [("Codes", 1, 1)]),
    "Codes": ({}, [("Code", 1, 99)]),
    "Code": CODE,
    "Description": ({}, []),
    "Sources": ({}, [("TextSource", 1, 99)]),
    "TextSource": (
        {"guid!": GUID, "name": ANY, "richTextPath": ANY, "plainTextPath": ANY, **MADE},
        [("Description", 0, 1), ("PlainTextContent", 0, 1), ("PlainTextSelection", 0, 999),
         ("Coding", 0, 99), ("NoteRef", 0, 99), ("VariableValue", 0, 99)],
    ),
    "PlainTextSelection": (
        {"guid!": GUID, "name": ANY, "startPosition!": WHOLE, "endPosition!": WHOLE, **MADE},
        [("Description", 0, 1), ("Coding", 0, 99), ("NoteRef", 0, 99)],
    ),
    "Coding": (
        {"guid!": GUID, "creatingUser": GUID, "creationDateTime": WHEN},
        [("CodeRef", 1, 1), ("NoteRef", 0, 99)],
    ),
    "CodeRef": ({"targetGUID!": GUID}, []),
}  # fmt: skip
ALONE = SCHEMA | {"CodeBook": ({"origin": ANY}, [("Codes", 1, 1), ("Sets", 0, 1)])}


def breaches(
    node: ET.Element, namespace: str, schema: dict[str, tuple[dict[str, str], list]]
) -> list[str]:
    """Every place where a document is not what the published schema asks for."""
    name = node.tag.removeprefix(namespace)
    if name not in schema:
        return [f"no element {node.tag} there"]
    attributes, children = schema[name]
    known = {key.rstrip("!"): form for key, form in attributes.items()}
    found = [
        f"{name} lacks {k[:-1]}" for k in attributes if k[-1] == "!" and k[:-1] not in node.attrib
    ]
    found += [f"{name} has {key}" for key in node.attrib if key not in known]
    found += [
        f"{name}: {key}='{value}'"
        for key, value in node.attrib.items()
        if key in known and not re.fullmatch(known[key], value)
    ]
    order = [child.tag.removeprefix(namespace) for child in node]
    allowed = [kind for kind, _, _ in children]
    found += [f"{name} holds {kind}" for kind in order if kind not in allowed]
    found += [f"{name}: order {order}"] * (
        [allowed.index(kind) for kind in order if kind in allowed]
        != sorted(allowed.index(kind) for kind in order if kind in allowed)
    )
    found += [
        f"{name}: {order.count(kind)} {kind}"
        for kind, least, most in children
        if not least <= order.count(kind) <= most
    ]
    return found + [text for child in node for text in breaches(child, namespace, schema)]


def project_of(content: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ET.fromstring(file.read("project.qde"))


UNCODED = [Coded("doc1", "strength 1", "Tanpa kode", {})]


@pytest.mark.parametrize("remarks", [REMARKS, UNCODED, []], ids=["coded", "uncoded", "none"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_export_is_valid_by_the_published_schema(
    codebook: Codebook, remarks: list[Coded], lang: str
) -> None:
    """Elements, their order and number, attributes and their forms; each identifier once."""
    root = project_of(project_file(codebook, remarks, lang))
    assert breaches(root, PROJECT, SCHEMA) == []
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(guids) == len(set(guids))
    known = set(guids)
    assert {e.get("targetGUID") for e in root.iter(f"{PROJECT}CodeRef")} <= known
    assert {e.get("creatingUser") for e in root.iter(f"{PROJECT}Coding")} <= known


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_codebook_is_valid_by_the_published_schema(codebook: Codebook, lang: str) -> None:
    """And read back: every theme with its label and definition."""
    root = ET.fromstring(codebook_file(codebook, lang))
    space = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == f"{space}CodeBook"
    assert breaches(root, space, ALONE) == []
    read = [(code.get("name"), code.findtext(f"{space}Description")) for code in root[0]]
    assert read == [
        (getattr(theme, f"label_{lang}"), getattr(theme, f"definition_{lang}"))
        for theme in codebook.themes.values()
    ]


def test_a_breach_of_the_schema_is_seen(codebook: Codebook) -> None:
    """The check itself: an attribute, an order, a count, a form."""
    root = project_of(project_file(codebook, REMARKS))
    source = root.find(f".//{PROJECT}TextSource")
    assert source is not None
    source.set("path", "x")
    source[0].set("startPosition", "1.5")
    source[0].append(ET.Element(f"{PROJECT}Description"))
    root[:] = [root[1], root[0], root[2]]
    del root.find(f"{PROJECT}Users")[:]  # type: ignore[union-attr]
    found = "; ".join(breaches(root, PROJECT, SCHEMA))
    for problem in ("has path", "startPosition='1.5'", "order ['Coding', 'Description']",
                    "order ['CodeBook', 'Users', 'Sources']", "Users: 0 User"):  # fmt: skip
        assert problem in found


def test_windows_line_ends_move_no_place(tmp_path: Path, codebook: Codebook) -> None:
    """Texts that Windows has kept with CR LF, a CR within, and letters beyond 16 bits: what is
    exported has line feeds alone, and every place still points at its remark.
    """
    texts = tmp_path / "texts"
    texts.mkdir()
    rows = [("weakness", "1", "1", "Jaringan \N{EARTH GLOBE ASIA-AUSTRALIA} belum ada"),
            ("weakness", "1", "2", "Anggaran\r\nmasih\rkecil")]  # fmt: skip
    lines = ["kind,assessor,number,line,name,text"]
    lines += [f'{kind},{who},{n},5,Ani,"{text}"' for kind, who, n, text in rows]
    (texts / "59f72d1fe63a.csv").write_bytes("\r\n".join(lines).encode() + b"\r\n")
    to = tmp_path / "a.qdpx"
    result = CliRunner().invoke(commands, ["remarks", "--to", str(to), "--texts", str(texts)])
    assert result.exit_code == 0, result.output
    said = [re.sub(r"\r\n?", "\n", text) for *_, text in rows]
    direct = [Coded("d", f"weakness {n}", text, {"hand": ["budget"]}) for _, _, n, text in rows]
    for content in (to.read_bytes(), project_file(codebook, direct)):
        root = project_of(content)
        assert breaches(root, PROJECT, SCHEMA) == []
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            (text,) = (file.read(n).decode() for n in file.namelist() if n.startswith("Sources/"))
        assert "\r" not in text
        places = [
            text[int(p.get("startPosition", "")) : int(p.get("endPosition", ""))]
            for p in root.iter(f"{PROJECT}PlainTextSelection")
        ]
        assert places == said


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
