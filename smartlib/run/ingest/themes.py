"""Themes of a document's remarks, and assessors who contradict themselves (floor 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartlib.data.documents.records import Discrepancy, Reading, Remark
from smartlib.data.from_documents.codebook import Codebook, load_codebook
from smartlib.vocabulary.folders import Folders


@dataclass(frozen=True)
class Coding:
    """A theme of a remark: by which rules, and the words that matched."""

    remark: Remark
    coder: str
    theme: str
    words: str


def codebook_of(folders: Folders) -> Codebook | None:
    """The checkout's codebook; none if it has none.

    Parameters
    ----------
    folders : Folders

    Raises
    ------
    SmartlibError
        It cannot be read.
    """
    path = folders.root / "data" / "codebook.toml"
    return load_codebook(folders) if path.exists() else None


def coded(reading: Reading, codebook: Codebook) -> Iterator[Coding]:
    """Each theme of each remark.

    Parameters
    ----------
    reading : Reading
    codebook : Codebook
    """
    for remark in reading.remarks:
        for theme, words in codebook.code(remark.text).items():
            yield Coding(remark, codebook.coder, theme, "; ".join(words))


def check_contradictions(reading: Reading, codebook: Codebook) -> Iterator[Discrepancy]:
    """Strengths that a weakness of the same assessor denies, as the codebook pairs them.

    Parameters
    ----------
    reading : Reading
    codebook : Codebook
    """
    for strong, weak in codebook.contradictions:
        for one in reading.remarks:
            if one.kind != "strength" or not strong.search(one.text):
                continue
            against = (
                other
                for other in reading.remarks
                if (other.kind, other.assessor) == ("weakness", one.assessor)
                and weak.search(other.text)
            )
            other = next(against, None)
            if other:
                printed = f"assessor {one.assessor}: strength {one.number}"
                expected = f"not weakness {other.number} in line {other.line}"
                yield Discrepancy("contradiction", one.line, printed, expected)
