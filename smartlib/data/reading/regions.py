"""The register of regions, and matching names and codes to it (floor 1).

A name resolves to one code or to an error. Spelling that carries no meaning (case,
diacritics, hyphens, spaces, `KAB.` or `Bupati`) is folded away; a near name is
accepted only in tables, only when it is close and no other name is as close, and always
leaves a note.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from smartlib.vocabulary.errors import UnknownRegionError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import files as say

KIND_WORDS = {
    "kabupaten": (
        "KABUPATEN ADMINISTRASI",
        "KABUPATEN",
        "KAB ADMINISTRASI",
        "KAB ADM",
        "KAB",
        "BUPATI",
    ),
    "kota": ("KOTA ADMINISTRASI", "KOTA ADM", "WALI KOTA", "WALIKOTA", "KOTA"),
}
SHORT_KIND = {"kabupaten": "Kab.", "kota": "Kota"}
LETTERS_PER_SLIP = 6  # slips allowed: none below 6 letters, one from 6, two from 12
LONGEST_NAME = 100  # letters of a name that is looked for; the longest in the register has 36
SHOWN = 60  # characters of an unknown name in a message
CODE = re.compile(r"\d{2}\.\d{2}")
SHORTENED_CODE = re.compile(r"\d{1,2}\.\d{1,2}")
UPPER_CASE_WORDS = {"DKI"}


def fold(name: str) -> tuple[str, str]:
    """Kind and bare letters of a name, free of spelling that carries no meaning.

    Parameters
    ----------
    name : str
        Such as `KAB. BADUNG`, `Bupati Badung`, `Wali Kota Bau-Bau`.

    Returns
    -------
    kind : str
        `kabupaten`, `kota`, or nothing where the name says neither.
    letters : str
        Capital letters and digits alone.

    Examples
    --------
    >>> fold("KOTA CIMAHİ"), fold("Walikota Bau-Bau")
    (('kota', 'CIMAHI'), ('kota', 'BAUBAU'))
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.sub(r"[^A-Z0-9]+", " ", plain.upper()).strip()
    words = re.sub(r"\bKEP\b", "KEPULAUAN", words)
    for kind, prefixes in KIND_WORDS.items():
        for prefix in prefixes:
            if f"{words} ".startswith(f"{prefix} "):
                return kind, words.removeprefix(prefix).replace(" ", "")
    return "", words.replace(" ", "")


def short_name(official_name: str, kind: str) -> str:
    """Name as people write it: `KABUPATEN BADUNG` becomes `Kab. Badung`.

    Parameters
    ----------
    official_name : str
        As in the register.
    kind : {"kabupaten", "kota"}
        Its kind.

    Examples
    --------
    >>> short_name("KOTA ADMINISTRASI JAKARTA PUSAT", "kota")
    'Kota Jakarta Pusat'
    """
    bare = official_name
    for prefix in KIND_WORDS[kind]:
        if bare.startswith(prefix + " "):
            bare = bare.removeprefix(prefix + " ")
            break
    return f"{SHORT_KIND[kind]} {title(bare)}"


def title(name: str) -> str:
    """Capitalised words, abbreviations kept.

    Examples
    --------
    >>> title("DKI JAKARTA")
    'DKI Jakarta'
    """
    return " ".join(w if w in UPPER_CASE_WORDS else w.capitalize() for w in name.split())


@dataclass(frozen=True)
class Register:
    """The kabupaten and kota of Indonesia.

    Attributes
    ----------
    frame : DataFrame, shape (514, 7)
        Indexed by region code: official_name, kind, province_code, province,
        longitude, latitude, and region, the short name.
    """

    frame: pd.DataFrame

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], str]:
        folded = zip(self.frame["kind"], self.frame["official_name"], self.frame.index, strict=True)
        return {(kind, fold(name)[1]): code for kind, name, code in folded}

    @cached_property
    def _letters(self) -> dict[str, dict[str, str]]:
        """Letters by code, for each kind and for none."""
        return {
            kind: {code: key[1] for key, code in self._by_name.items() if kind in ("", key[0])}
            for kind in ("", *KIND_WORDS)
        }

    def name(self, code: str) -> str:
        """Short name of a code."""
        return str(self.frame.at[code, "region"])

    def nearest(self, query: str, count: int = 5) -> list[str]:
        """Short names nearest to a query, nearest first; the same name of another kind leads.

        Parameters
        ----------
        query : str
            As a person wrote it.
        count : int
            At most so many.
        """
        return [self.name(code) for code in self.nearest_codes(query, count)]

    def nearest_codes(self, query: str, count: int = 5) -> list[str]:
        """Codes of `nearest`; none for a query without a letter or digit."""
        kind, letters = fold(query[:LONGEST_NAME])
        if not letters:
            return []
        same = [self._by_name[k, letters] for k in KIND_WORDS if (k, letters) in self._by_name]
        found = process.extract(letters, self._letters[kind], scorer=OSA.distance, limit=count)
        codes = dict.fromkeys([*same, *(code for _, _, code in found)])
        return list(codes)[:count]

    def search(self, query: str) -> pd.DataFrame:
        """Rows whose name, province or code fits the query.

        Parameters
        ----------
        query : str
            Part of a name or province, or the beginning of a code; nothing finds every
            region.

        Returns
        -------
        DataFrame
            Rows of `frame`; none when nothing fits.
        """
        kind, letters = fold(query)
        if query.strip() and not (kind or letters):
            return self.frame.iloc[:0]  # signs alone: nothing to look for
        hits = pd.Series(False, index=self.frame.index)
        for column in ("official_name", "province"):
            hits |= self.frame[column].map(lambda n: fold(n)[1]).str.contains(letters, regex=False)
        if kind:
            hits &= self.frame["kind"] == kind
        return self.frame[hits | self.frame.index.str.startswith(query)]

    def resolve(self, query: str, hints: bool = True) -> str:
        """Code of a region that a person named.

        Parameters
        ----------
        query : str
            A code, or a name in any usual spelling. Near names are not accepted.
        hints : bool, default True
            Whether the error names the nearest; looking for them takes a while.

        Raises
        ------
        UnknownRegionError
            No such region, or both a kabupaten and a kota of that name.
        """
        query = query.strip()
        if query in self.frame.index:
            return query
        kind, letters = fold(query)
        codes = [self._by_name.get((k, letters)) for k in ([kind] if kind else KIND_WORDS)]
        found = [code for code in codes if code]
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(f"'{self.name(code)}' ({code})" for code in found)
            raise UnknownRegionError(say.SAY_WHICH(query=query, names=names))
        nearest = ", ".join(f"'{name}'" for name in self.nearest(query)) if hints else ""
        query = query if len(query) <= SHOWN else f"{query[: SHOWN - 1]}…"
        hint = say.NEAREST_NAMES(nearest=nearest) if nearest else ""
        raise UnknownRegionError(say.NO_SUCH_REGION(query=query, hint=hint))

    def match(
        self, name: str, file: str = "", row: int = 0, hints: bool = True
    ) -> tuple[str, Finding | None]:
        """Code of a region that a table names, near names included.

        Parameters
        ----------
        name : str
            As the table has it.
        file, row : str, int
            Where it stands, for messages.
        hints : bool, default True
            Whether the error names the nearest.

        Returns
        -------
        code : str
        note : Finding or None
            Says how the name was read, when it differs from the register's letters.

        Raises
        ------
        UnknownRegionError
            No name is close, or none is clearly the closest.
        """
        kind, letters = fold(name)
        code = self._by_name.get((kind, letters))
        if code:
            return code, None
        if len(letters) > LONGEST_NAME:
            return self.resolve(name, hints), None
        # The name of a region of the other kind is no slip: the kind is what is wrong.
        exact = any((other, letters) in self._by_name for other in KIND_WORDS)
        allowed = len(letters) // LETTERS_PER_SLIP if kind and not exact else 0
        found = process.extract(
            letters, self._letters[kind], scorer=OSA.distance, limit=2, score_cutoff=allowed + 1
        )
        slips = [distance for _, distance, _ in found]
        if slips and slips[0] <= allowed and slips[:1] != slips[1:]:
            code = found[0][2]
            note = Finding(say.READ_AS(name=name, region=self.name(code), code=code), file, row)
            return code, note
        return self.resolve(name, hints), None

    def repair_code(self, text: str, file: str = "", row: int = 0) -> tuple[str, Finding | None]:
        """Code of the register behind a code that a program turned into a number.

        Excel, pandas and R read `32.10` as 32.1; the register has no one-digit
        codes, so the missing zero can only have stood at the end.

        Parameters
        ----------
        text : str
            As the table has it.
        file, row : str, int
            Where it stands, for messages.

        Returns
        -------
        code : str
        note : Finding or None
            Says what was repaired.

        Raises
        ------
        UnknownRegionError
            The register has no such code.
        """
        cleaned = text.strip().replace(",", ".")
        if cleaned in self.frame.index:
            return cleaned, None
        if SHORTENED_CODE.fullmatch(cleaned):
            repaired = cleaned.ljust(5, "0") if cleaned[2:3] == "." else cleaned
            if repaired in self.frame.index:
                note = say.LOST_ZERO(text=text, repaired=repaired)
                return repaired, Finding(note, file, row, region=self.name(repaired))
        raise UnknownRegionError(say.NO_CODE(text=text))
