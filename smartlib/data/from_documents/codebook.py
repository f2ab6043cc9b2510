"""Themes of remarks by the patterns of a codebook that researchers edit (floor 1)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smartlib.data.fields import Fields
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import DIMENSION_NAMES

UNCODED = "uncoded"
BETWEEN = 4  # words that `...` may stand for
WORD = re.compile(r"[\w*]+", re.UNICODE)
FIELDS = ("label_en", "label_id", "definition_en", "definition_id", "example")


@dataclass(frozen=True)
class Theme:
    """A theme: key, labels, definitions, an example in our words, patterns for and against."""

    name: str
    label_en: str
    label_id: str
    definition_en: str
    definition_id: str
    example: str
    phrases: tuple[re.Pattern[str], ...]
    against: tuple[re.Pattern[str], ...]
    dimension: str = ""  # of the index, where the theme speaks of one

    def words(self, text: str) -> list[str]:
        """Words of a remark that speak of this theme; none where a counter-phrase stands."""
        if any(pattern.search(text) for pattern in self.against):
            return []
        found = (pattern.search(text) for pattern in self.phrases)
        return list(dict.fromkeys(match[0].lower() for match in found if match))


@dataclass(frozen=True)
class Codebook:
    """Themes by key, pairs of remarks that contradict each other, and the version."""

    version: int
    themes: dict[str, Theme]
    contradictions: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

    @property
    def coder(self) -> str:
        """What codings by these rules are signed with."""
        return f"rules {self.version}"

    def code(self, text: str) -> dict[str, list[str]]:
        """Themes of a remark, each with the words that matched; `uncoded` where none did.

        Parameters
        ----------
        text : str
            A remark.
        """
        found = {name: words for name, t in self.themes.items() if (words := t.words(text))}
        return found or {UNCODED: []}


def pattern_of(phrase: str) -> re.Pattern[str]:
    """A phrase of the codebook as a pattern.

    Parameters
    ----------
    phrase : str
        Words; `*` for any letters of a word, `...` for up to four words between.

    Examples
    --------
    >>> bool(pattern_of("komitmen ... pimpinan").search("Komitmen dari para pimpinan"))
    True
    >>> [bool(pattern_of(p).search("pengusaha")) for p in ("usaha", "*usaha")]
    [False, True]
    """
    parts = []
    for part in phrase.split(" ... "):
        words = [re.escape(w).replace(r"\*", r"\w*") for w in WORD.findall(part)]
        parts.append(r"\W+".join(words))
    between = rf"\W+(?:\w+\W+){{0,{BETWEEN}}}"
    return re.compile(rf"\b{between.join(parts)}\b", re.IGNORECASE)


def load_codebook(folders: Folders | None = None) -> Codebook:
    """The codebook of the checkout around the working directory.

    Raises
    ------
    DataError
        It cannot be read.
    SchemeError
        A field is missing, unknown or wrong.
    """
    return read_codebook((folders or Folders.find()).root / "data" / "codebook.toml")


def read_codebook(path: Path) -> Codebook:
    """The codebook of a checkout.

    Parameters
    ----------
    path : Path
        A `codebook.toml`.

    Raises
    ------
    DataError
        It cannot be read.
    SchemeError
        A field is missing, unknown or wrong.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from error
    top = Fields(path.name, values)
    themes = top.table("themes")
    pairs = [
        Fields(f"{path.name}, contradictions", one) for one in values.get("contradictions", [])
    ]
    return Codebook(
        top.whole("version", 1),
        {name: _theme(name, themes.table(name)) for name in themes.values},
        tuple((pattern_of(p.text("strength")), pattern_of(p.text("weakness"))) for p in pairs),
    )


def _theme(name: str, fields: Fields) -> Theme:
    unknown = sorted(set(fields.values) - {*FIELDS, "phrases", "not", "dimension"})
    if unknown or name == UNCODED or not re.fullmatch(r"[a-z][a-z_]*", name):
        problem = f"no field is called {', '.join(unknown)}" if unknown else "no such name"
        raise SchemeError(f"{fields.place}: {problem}. See the head of codebook.toml.")
    phrases = _patterns(fields.names("phrases"), fields.place)
    against = _patterns(fields.names("not"), fields.place) if "not" in fields.values else ()
    texts = {field: fields.text(field) for field in FIELDS}
    about = fields.one_of("dimension", DIMENSION_NAMES) if "dimension" in fields.values else ""
    return Theme(name=name, phrases=phrases, against=against, dimension=about, **texts)


def _patterns(phrases: Sequence[str], place: str) -> tuple[re.Pattern[str], ...]:
    empty = [phrase for phrase in phrases if not re.search(r"\w{2}", phrase)]
    if empty:
        raise SchemeError(f"{place}: '{empty[0]}' would match any remark; write a word.")
    return tuple(map(pattern_of, phrases))
