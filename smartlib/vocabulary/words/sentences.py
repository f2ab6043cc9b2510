"""Sentences in two languages that travel as English text (floor 0).

What is said below `present/`, in errors and in notes on a table, is needed in both languages, and
where it is said nothing knows the reader's. A `Sentence` stands once, Indonesian and English side
by side, in the words of its room; called with its parts it gives a `Said`, which is the English
text to everything that takes text, and knows the Indonesian one too. Whoever prints it asks
`in_language`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

LANGUAGES = ("id", "en")


class Said(str):
    """An English text that knows itself in Indonesian.

    Parameters
    ----------
    english, indonesian : str
        The same.
    """

    __slots__ = ("indonesian",)
    indonesian: str

    def __new__(cls, english: str, indonesian: str) -> Said:
        """Both texts at once: a text cannot change afterwards."""
        said = super().__new__(cls, english)
        said.indonesian = indonesian
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.indonesian)


@dataclass(frozen=True)
class Sentence:
    """A sentence with gaps, in both languages.

    Attributes
    ----------
    indonesian, english : str
        With `{gaps}`.

    Examples
    --------
    >>> EMPTY = Sentence("{file} kosong.", "{file} is empty.")
    >>> said = EMPTY(file="a.csv")
    >>> said, in_language(said, "id")
    ('a.csv is empty.', 'a.csv kosong.')
    """

    indonesian: str
    english: str

    def __call__(self, **parts: object) -> Said:
        """The sentence with its gaps filled; a part that is a `Said` speaks its language."""
        own = {name: in_language(part, "id") for name, part in parts.items()}
        return Said(filled(self.english, parts), filled(self.indonesian, own))


class Count(int):
    """A number that picks its noun: in `{n} {n:row|rows}` it gives `1 row`, `2 rows`."""

    def __format__(self, spec: str) -> str:
        one, bar, several = spec.partition("|")
        if not bar:
            return format(int(self), spec)
        return one if self == 1 else several


def filled(text: str, parts: Mapping[str, object], formatter: Formatter | None = None) -> str:
    """A text with its gaps filled, whose whole numbers agree with their nouns.

    Parameters
    ----------
    text : str
        With `{gaps}`; after a whole number `{n:row|rows}`.
    parts : mapping of str to object
        By gap.
    formatter : Formatter, optional
        How numbers are written.

    Examples
    --------
    >>> filled("{n} {n:row is|rows are} empty", {"n": 1})
    '1 row is empty'
    """
    known = {name: Count(part) if type(part) is int else part for name, part in parts.items()}
    return (formatter or Formatter()).vformat(text, (), known)


def in_language(text: Any, lang: str) -> Any:
    """A text in a language; what has no other language, and what is no text, as it is.

    Parameters
    ----------
    text : object
        A `Said`, or anything else.
    lang : {"id", "en"}
        Language.
    """
    if isinstance(text, Said):
        return text.indonesian if lang == "id" else str(text)
    return text


def joined(texts: Iterable[object], between: str = ", ") -> Said:
    """Texts in a row, in both languages.

    Parameters
    ----------
    texts : iterable
        Some of them `Said`.
    between : str, default ", "
        What stands between them; may be a `Said`.
    """
    parts = list(texts)
    return Said(
        str(between).join(map(str, parts)),
        in_language(between, "id").join(str(in_language(part, "id")) for part in parts),
    )


def figure(value: float, spec: str = ".15g") -> Said:
    """A number with the marks of each language.

    Examples
    --------
    >>> figure(1234.5, ",.6g"), in_language(figure(1234.5, ",.6g"), "id")
    ('1,234.5', '1.234,5')
    """
    text = format(value, spec)
    return Said(text, text.translate(str.maketrans(",.", ".,")))
