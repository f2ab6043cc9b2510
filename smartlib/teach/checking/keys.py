"""Sealed keys: what is right, and what the usual mistakes are called, without saying it.

Each known value locks a text: a hash of the value is its label, and another the pad that the text
is written over with. Who gives that value opens the text; who reads the file sees neither. It is
no secrecy: whoever tries all values finds the right one. Standard library alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from smartlib.teach.checking.values import Plain

GRID = 10  # steps of a tolerance: its edge is known to a tenth of it
LABEL = 16  # hexadecimal digits


@dataclass(frozen=True)
class Form:
    """What an answer looks like; it may be read by anyone.

    Attributes
    ----------
    kind : str
        `number`, `text` or `list`.
    tolerance : float
        How far a number may be off; 0 for a whole number.
    unit : str
        `share`, `percent`, or a word that is only told.
    """

    kind: str = "number"
    tolerance: float = 0.0
    unit: str = ""


@dataclass(frozen=True)
class Key:
    """The form of an exercise's answer, and its sealed texts by label."""

    form: Form
    sealed: Mapping[str, str]


@dataclass(frozen=True)
class Keys:
    """The keys of a lesson for one student.

    Attributes
    ----------
    lesson : str
        Its number, two digits.
    salt : str
        Of all hashes.
    keys : mapping of str to Key
        By exercise.
    """

    lesson: str
    salt: str
    keys: Mapping[str, Key]

    def packed(self) -> str:
        """As text for a notebook; `unpacked` reads it."""
        content = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return base64.b64encode(zlib.compress(content.encode(), 9)).decode()


def unpacked(text: str) -> Keys:
    """Keys from what `Keys.packed` gave.

    Parameters
    ----------
    text : str
        As it stands in a notebook.

    Raises
    ------
    ValueError
        It is damaged.
    """
    content = json.loads(zlib.decompress(base64.b64decode(text)))
    keys = {name: Key(Form(**key["form"]), key["sealed"]) for name, key in content["keys"].items()}
    return Keys(content["lesson"], content["salt"], keys)


def marks_of(answer: Plain, form: Form, reach: int = 1) -> Iterator[str]:
    """What an answer may be known by, the nearest first.

    Parameters
    ----------
    answer : Plain
        Of the form's kind.
    form : Form
        How near is near enough.
    reach : int
        Tolerances on each side.
    """
    if form.kind != "number":
        yield answer.text
        return
    number = answer.number
    if not math.isfinite(number):
        return
    if not form.tolerance:
        if number == round(number):
            yield str(round(number))
        return
    at = round(number * GRID / form.tolerance)
    for step in range(reach * GRID + 1):
        yield from {str(at + step), str(at - step)}


def sealed(
    place: str, form: Form, known: Iterable[tuple[Plain, Mapping[str, Any]]]
) -> dict[str, str]:
    """Texts, each locked by a value; where two values are one, the first holds.

    Parameters
    ----------
    place : str
        Salt and exercise.
    form : Form
        Of the answers.
    known : iterable of (Plain, mapping)
        Values, and what is said of each.
    """
    texts = {next(marks_of(value, form), ""): said for value, said in reversed(list(known))}
    told = {mark: json.dumps(said, ensure_ascii=False).encode() for mark, said in texts.items()}
    longest = max(map(len, told.values()), default=0)  # its length does not tell which is right
    locked = {
        _hash(place, mark).hex()[:LABEL]: _over(text.ljust(longest), place, mark)
        for mark, text in told.items()
    }
    return {label: base64.b85encode(content).decode() for label, content in sorted(locked.items())}


def opened(place: str, key: Key, answer: Plain, reach: int = 1) -> dict[str, Any] | None:
    """The text that an answer opens, if it opens one.

    Parameters
    ----------
    place : str
        Salt and exercise, as they were sealed.
    key : Key
        Of the exercise.
    answer : Plain
        Of its kind.
    reach : int
        As in `marks_of`.
    """
    for mark in marks_of(answer, key.form, reach):
        content = key.sealed.get(_hash(place, mark).hex()[:LABEL])
        if content is not None:
            said: dict[str, Any] = json.loads(_over(base64.b85decode(content), place, mark))
            return said
    return None


def _hash(place: str, mark: str, part: int = 0) -> bytes:
    return hashlib.sha256(f"{part}|{place}|{mark}".encode()).digest()


def _over(content: bytes, place: str, mark: str) -> bytes:
    """Written over with a pad; once more, and it is back."""
    pads = (_hash(place, mark, part) for part in range(1, 2 + len(content) // 32))
    return bytes(a ^ b for a, b in zip(content, b"".join(pads), strict=False))
