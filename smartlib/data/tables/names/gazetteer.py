"""Every name and code by which a region may go, and what is no region (floor 1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from smartlib.data.reading.regions import LETTERS_PER_SLIP, LONGEST_NAME, Register

System = Literal["kemendagri", "bps"]
SYSTEMS: tuple[System, ...] = ("kemendagri", "bps")
KINDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "pemkab": "kabupaten",
    "bupati": "kabupaten",
    "regency": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "kodya": "kota",
    "pemkot": "kota",
    "walikota": "kota",
    "city": "kota",
    "municipality": "kota",
}
# Words around a name that carry no meaning of their own.
EMPTY_WORDS = {"pemerintah", "pemda", "adm", "administrasi", "administratif", "daerah", "of"}
PROVINCE_WORDS = {"prov", "provinsi", "propinsi", "province", "pemprov"}
PROVINCES_BY = {  # other names of provinces, folded
    "DKI": "31",
    "JAKARTA": "31",
    "DKIJAKARTA": "31",
    "KHUSUSIBUKOTAJAKARTA": "31",
    "KHUSUSJAKARTA": "31",
    "YOGYAKARTA": "34",
    "DIYOGYAKARTA": "34",
    "DIY": "34",
    "NAD": "11",
    "DIACEH": "11",
    "NANGGROEACEHDARUSSALAM": "11",
    "BANGKABELITUNG": "19",
    "BABEL": "19",
    "KEPRI": "21",
    "NTB": "52",
    "NTT": "53",
    "SUMUT": "12",
    "SUMBAR": "13",
    "SUMSEL": "16",
    "JABAR": "32",
    "JATENG": "33",
    "JATIM": "35",
    "KALBAR": "61",
    "KALTENG": "62",
    "KALSEL": "63",
    "KALTIM": "64",
    "KALTARA": "65",
    "SULUT": "71",
    "SULTENG": "72",
    "SULSEL": "73",
    "SULTRA": "74",
    "SULBAR": "76",
    "MALUT": "82",
    "IRIANJAYA": "91",
}
NO_REGION = re.compile(
    r"(indonesia|nasional|national|jumlah|total|grand total|rata rata|rerata|rataan|mean|average|"
    r"median|minimum|maksimum|maximum|standar deviasi|std|sumber|source|catatan|keterangan|ket|"
    r"notes?|perubahan|sub total|subtotal)\b"
)
NUMBERED = re.compile(r"^\s*\(?\d{1,3}[.)]\s*|^\s*\d{1,3}\s+(?=[^\W\d])")
GLUED = re.compile(r"(KABUPATEN|KAB|KOTA)(?=.)")  # a kind written together with the name
LETTER = re.compile(r"[^\W\d_]")
PLACE_IN = re.compile(r"^(.+?)\s*(?:,|\s[-\u2013]|\()\s*([^,()]+?)\)?$")  # a region in a province
LONGEST = 200  # characters of a cell that may be a name
Reading = tuple[str, str]  # kind, or nothing, and bare letters


@dataclass(frozen=True)
class Named:
    """What a cell says as a name.

    Attributes
    ----------
    kind : str
        `kabupaten`, `kota`, or nothing.
    codes : tuple of str
        Regions that it may be; several where the kind is not said.
    province : str
        Code of the province that it may be, or nothing.
    other : str
        What it is, if it is neither: `total` or `kind` (a heading of a group of rows).
    letters : str
        What was looked up.
    by : str
        `former`, where the name is one that holds no more.
    """

    kind: str = ""
    codes: tuple[str, ...] = ()
    province: str = ""
    other: str = ""
    letters: str = ""
    by: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Names and codes of the regions, today's, former ones and those of BPS.

    Attributes
    ----------
    register : Register
        Of today.
    names : DataFrame
        Of `REGION_NAMES`.
    codes : DataFrame
        Of `REGION_CODES`.
    """

    register: Register
    names: pd.DataFrame
    codes: pd.DataFrame
    _known: dict[str, Named] = field(default_factory=dict, repr=False)

    @cached_property
    def by_code(self) -> Mapping[System, Mapping[str, str]]:
        """Region by four digits, in each system; former codes too: none meant two regions."""
        rows = self.codes.to_dict("records")
        kemendagri = {str(r["kemendagri_code_2019"]).replace(".", ""): r[CODE] for r in rows}
        kemendagri |= {str(code).replace(".", ""): str(code) for code in self.register.frame.index}
        bps = {str(r["bps_code"]): r[CODE] for r in rows}
        bps |= {str(r["bps_code_2024"]): r[CODE] for r in rows}
        return {"kemendagri": kemendagri, "bps": bps}

    @cached_property
    def provinces(self) -> Mapping[str, str]:
        """Province codes by folded name."""
        frame = self.register.frame[["province", "province_code"]].drop_duplicates()
        names = {_letters(words(n)): c for n, c in frame.itertuples(index=False)}
        return {**PROVINCES_BY, **names}

    @cached_property
    def province_codes(self) -> frozenset[str]:
        """Two digits each; systems agree on them but for the new Papua provinces."""
        codes = {code[:2] for system in SYSTEMS for code in self.by_code[system]}
        return frozenset(codes)

    @cached_property
    def _by_name(self) -> Mapping[Reading, str]:
        found: dict[Reading, str] = {}
        kinds = self.register.frame["kind"]
        for code, name in zip(self.names[CODE], self.names["name"], strict=True):
            found[str(kinds[code]), _letters(words(name))] = str(code)
        for code, kind, name in zip(
            kinds.index, kinds, self.register.frame["official_name"], strict=True
        ):
            found[str(kind), _letters(_without_kind(words(name))[1])] = str(code)
        return found

    @cached_property
    def _former(self) -> frozenset[str]:
        former = self.names[self.names["used"] == "former"]
        return frozenset(_letters(words(name)) for name in former["name"])

    def named(self, text: str) -> Named:
        """What a cell says, exactly: no near names.

        Parameters
        ----------
        text : str
            As the table has it.
        """
        known = self._known.get(text)
        if known is None:
            is_name = len(text) <= LONGEST and LETTER.search(text)
            known = self._known[text] = self._named(text) if is_name else Named()
        return known

    def _named(self, text: str) -> Named:
        """As written, or else without the number before it, or the province behind it."""
        if text.startswith("*"):
            return Named(other="total")  # a note
        named = self._read(words(text))
        if named.codes or named.province or named.other:
            return named
        if (bare := NUMBERED.sub("", text)) != text:
            return self._read(words(bare))
        if found := PLACE_IN.match(text):
            within = self.provinces.get(_letters(words(found[2])), "")
            there = self._read(words(found[1]))
            inside = tuple(c for c in there.codes if within and self.province_of(c) == within)
            if inside:
                return replace(there, codes=inside)
        return named

    def _read(self, said: list[str]) -> Named:
        if not said or NO_REGION.match(" ".join(said)):
            return Named(other="total" if said else "")
        if PROVINCE_WORDS & {said[0], said[-1]}:
            letters = _letters([w for w in said if w not in PROVINCE_WORDS])
            return Named(province=self.provinces.get(letters, ""), letters=letters, other="total")
        kind, rest = _without_kind(said)
        if set(said) <= set(KINDS):
            return Named(kind=kind if len({KINDS[w] for w in said}) == 1 else "", other="kind")
        return self._looked_up(said, kind, _letters(rest))

    def _looked_up(self, said: list[str], kind: str, letters: str) -> Named:
        """A name by its letters, with the kind that it says or without."""
        whole = _letters(said)
        if kind and (kind, letters) in self._by_name:
            return self._as_named(kind, letters, (self._by_name[kind, letters],))
        bare = {k: self._by_name.get((k, whole)) for k in ("kabupaten", "kota")}
        codes = tuple(code for code in bare.values() if code)
        if kind and not codes:
            return Named(kind=kind, letters=letters)
        if not codes and (found := GLUED.match(whole)):
            glued = KINDS[found[1].lower()], whole[found.end() :]
            if glued in self._by_name:
                return self._as_named(*glued, (self._by_name[glued],))
        province = "" if kind and kind not in bare else self.provinces.get(whole, "")
        return self._as_named("", whole, codes, province)

    def _as_named(self, kind: str, letters: str, codes: tuple[str, ...], of: str = "") -> Named:
        by = "former" if letters in self._former else ""
        return Named(kind, codes, of, "", letters, by)

    def near(self, text: str, kind: str = "", among: Iterable[str] = ()) -> str:
        """The one region of a kind that a misspelt name can mean, or nothing.

        Parameters
        ----------
        text : str
            As the table has it.
        kind : str, optional
            Its kind, where the cell does not say it.
        among : iterable of str, optional
            Codes that come into question; default all.

        Notes
        -----
        One slip is allowed for every six letters, and the second nearest must be farther.
        """
        named = self.named(text)
        wanted = named.kind or kind
        letters = named.letters or _letters(_without_kind(words(text))[1])
        allowed = len(letters) // LETTERS_PER_SLIP
        if not allowed or len(letters) > LONGEST_NAME:
            return ""
        of = {code: key[1] for key, code in self._by_name.items() if wanted in ("", key[0])}
        slips = process.extract(letters, of, scorer=OSA.distance, limit=2, score_cutoff=allowed + 1)
        close = [(distance, code) for _, distance, code in slips]
        unique = close and close[0][0] <= allowed and (len(close) < 2 or close[1][0] > close[0][0])
        known = set(among)
        return close[0][1] if unique and (not known or close[0][1] in known) else ""

    def nearest(self, text: str, count: int = 3) -> list[str]:
        """Short names of regions that really are near a name, nearest first.

        Parameters
        ----------
        text : str
            As the table has it.
        count : int, default 3
            At most so many.
        """
        said = words(text[:LONGEST])
        letters = _letters(_without_kind(said)[1])
        if not letters:
            return []
        of = {f"{kind} {code}": key for (kind, key), code in self._by_name.items()}
        found = process.extract(letters, of, scorer=OSA.normalized_similarity, limit=3 * count)
        codes = [str(place).split()[1] for _, score, place in found if score >= NEAR]
        other = [c for k in ("kabupaten", "kota") if (c := self._by_name.get((k, letters)))]
        return [self.register.name(code) for code in dict.fromkeys([*other, *codes])][:count]

    def province_of(self, code: str) -> str:
        """Code of a region's province today."""
        return str(self.register.frame.at[code, "province_code"])


CODE = "region_code"
NEAR = 0.7  # share of letters in common, below which a name is not near


def words(text: str) -> list[str]:
    """Words of a name in small letters, without marks and what has no meaning.

    Examples
    --------
    >>> words("KAB. ADM. KEP. SERIBU"), words("Badung, Kab."), words("Bau-Bau")
    (['kab', 'kepulauan', 'seribu'], ['badung', 'kab'], ['bau', 'bau'])
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = plain.replace("\u2019", "").replace("'", "")
    plain = re.sub(r"\bd\.\s*i\.", "di ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\bwali kota\b", "walikota", plain, flags=re.IGNORECASE)
    found = re.findall(r"[^\W_]+", plain.lower())
    found = ["kepulauan" if word == "kep" else word for word in found]
    kept = [word for word in found if word not in EMPTY_WORDS]
    return kept if kept and _letters(kept) != "" else found


def _without_kind(said: list[str]) -> tuple[str, list[str]]:
    """The kind that the first or last word says, and the words without it."""
    if not said:
        return "", said
    if said[0] in KINDS:
        return KINDS[said[0]], said[1:]
    if said[-1] in KINDS:
        return KINDS[said[-1]], said[:-1]
    return "", said


def _letters(said: Iterable[str]) -> str:
    return "".join(said).upper()
