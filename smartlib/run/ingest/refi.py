"""Coded remarks as REFI-QDA: a codebook (.qdc) and a project (.qdpx) (floor 5).

The exchange format that NVivo, ATLAS.ti, MAXQDA and QualCoder read. Places are counted in
characters of a text whose lines end with a line feed alone: written as bytes, so that no
system turns these into two.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from smartlib.data.from_documents.codebook import UNCODED, Codebook

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
WHEN = "2000-01-01T00:00:00Z"  # instead of the clock, so that two exports give the same bytes
STAMP = (2000, 1, 1, 0, 0, 0)
ORIGIN = "smartlib"


@dataclass(frozen=True)
class Coded:
    """A remark to export: its document, heading in our words, text, themes by coder."""

    document: str
    heading: str
    text: str
    themes: Mapping[str, Sequence[str]]


def guid(*parts: str) -> str:
    """The same identifier for the same thing at every export.

    Parameters
    ----------
    *parts : str
        What the thing is.
    """
    return str(uuid5(NAMESPACE_URL, "/".join(("smartlib", *parts))))


def codebook_file(codebook: Codebook, lang: str = "en") -> bytes:
    """A `.qdc`: themes with labels and definitions.

    Parameters
    ----------
    codebook : Codebook
    lang : {"en", "id"}
    """
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _codes(root, codebook, lang)
    return _bytes(root)


def project_file(codebook: Codebook, remarks: Sequence[Coded], lang: str = "en") -> bytes:
    """A `.qdpx`: themes, one text a document, and each coding of each remark.

    Parameters
    ----------
    codebook : Codebook
    remarks : sequence of Coded
    lang : {"en", "id"}
    """
    coders = sorted({coder for remark in remarks for coder in remark.themes})
    root = ET.Element(
        "Project",
        {
            "xmlns": PROJECT,
            "name": "Smart City remarks",
            "origin": ORIGIN,
            "creationDateTime": WHEN,
        },
    )
    if coders:  # the schema has no list of users or texts without one
        users = ET.SubElement(root, "Users")
    for coder in coders:
        ET.SubElement(users, "User", {"guid": guid("coder", coder), "name": coder})
    _codes(ET.SubElement(root, "CodeBook"), codebook, lang)
    texts = {}
    if remarks:
        sources = ET.SubElement(root, "Sources")
    for document in dict.fromkeys(remark.document for remark in remarks):
        own = [remark for remark in remarks if remark.document == document]
        texts[guid("document", document)] = _source(sources, document, own)
    return _zipped(_bytes(root), texts)


def _codes(parent: ET.Element, codebook: Codebook, lang: str) -> None:
    codes = ET.SubElement(parent, "Codes")
    for theme in codebook.themes.values():
        label = theme.label_id if lang == "id" else theme.label_en
        attributes = {"guid": guid("theme", theme.name), "name": label, "isCodable": "true"}
        code = ET.SubElement(codes, "Code", attributes)
        definition = theme.definition_id if lang == "id" else theme.definition_en
        ET.SubElement(code, "Description").text = definition


def _source(sources: ET.Element, document: str, remarks: Sequence[Coded]) -> str:
    """Add a text and its codings; the text itself."""
    name = guid("document", document)
    source = ET.SubElement(
        sources,
        "TextSource",
        {"guid": name, "name": document, "plainTextPath": f"internal://{name}.txt"},
    )
    text = ""
    for number, remark in enumerate(remarks):
        text += f"{remark.heading}\n"
        own = re.sub(r"\r\n?", "\n", remark.text)
        start, end = len(text), len(text) + len(own)
        text += f"{own}\n\n"
        given = [(c, t) for c, themes in remark.themes.items() for t in themes if t != UNCODED]
        if not given:
            continue
        place = {"startPosition": str(start), "endPosition": str(end)}
        identity = {"guid": guid(document, str(number)), "name": remark.heading}
        selection = ET.SubElement(source, "PlainTextSelection", {**identity, **place})
        for coder, theme in given:
            who = {"guid": guid(document, str(number), coder, theme)}
            who["creatingUser"] = guid("coder", coder)
            coding = ET.SubElement(selection, "Coding", {**who, "creationDateTime": WHEN})
            ET.SubElement(coding, "CodeRef", {"targetGUID": guid("theme", theme)})
    return text


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _zipped(project: bytes, texts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        parts = {"project.qde": project}
        parts |= {f"Sources/{name}.txt": text.encode("utf-8") for name, text in texts.items()}
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it says which system wrote it
            file.writestr(entry, content)
    return out.getvalue()
