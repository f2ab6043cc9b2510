"""Names of what formulas hold, in plain words (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.factors.table import Factor
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.units import unit_label


def described(
    factors: Mapping[str, Factor], outcomes: Mapping[str, tuple[str, str, str]], scheme: Scheme
) -> dict[str, Factor]:
    """Everything that a formula can name, with label and unit.

    Parameters
    ----------
    factors : mapping of str to Factor
        The registry, a user's own factors included.
    outcomes : mapping of str to (str, str, str)
        English label, Indonesian label and unit.
    scheme : Scheme
        Each track but the common one has an indicator.
    """
    plain = {
        **outcomes,
        "kota": ("Kota", "Kota", "1, kabupaten 0"),
        "province": ("Province", "Provinsi", ""),
        "region_code": ("Region", "Daerah", ""),
        "kind": ("Kind", "Jenis", ""),
        "track": ("Track", "Jalur", ""),
        "year": ("Year", "Tahun", ""),
    }
    for name, track in scheme.tracks.items():
        if name != scheme.common_track:
            plain[name] = (f"{track.label_en} track", f"Jalur {track.label_id}", "1, others 0")
    others = {
        name: Factor(name, english, indonesian, unit, "", "", ())
        for name, (english, indonesian, unit) in plain.items()
    }
    return {**others, **factors}


def value_labels(scheme: Scheme, lang: str) -> dict[str, dict[str, str]]:
    """What the values of columns mean that hold codes: tracks, and indicators of 0 and 1.

    Parameters
    ----------
    scheme : Scheme
        Of the year.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    dict of str to dict of str to str
        By column, then by value as text.
    """
    names = {
        name: track.label_en if lang == "en" else track.label_id
        for name, track in scheme.tracks.items()
    }
    other = "other" if lang == "en" else "lainnya"
    return {
        "track": names,
        "kota": {"0": "kabupaten", "1": "kota"},
        **{n: {"0": other, "1": label} for n, label in names.items() if n != scheme.common_track},
    }


YES_NO = {"en": {0: "no", 1: "yes"}, "id": {0: "tidak", 1: "ya"}}  # of a user's own columns

# Words that labels do not hold and people use.
SAID: Mapping[str, str] = {
    "human_development_index": "HDI pembangunan manusia",
    "life_expectancy": "kesehatan health AHH",
    "expected_schooling": "pendidikan education",
    "mean_schooling": "pendidikan education",
    "real_expenditure_per_capita": "daya beli purchasing power",
    "poverty_rate": "kemiskinan poor miskin",
    "poor_population": "kemiskinan poverty",
    "grdp_per_capita": "GDP ekonomi economy income pendapatan perkapita",
    "log_grdp_per_capita": "GDP ekonomi economy income",
    "population": "penduduk inhabitants people",
    "own_source_revenue": "anggaran budget APBD",
    "own_source_share": "kemandirian fiskal fiscal independence",
    "transfer_share": "DAU DAK dana perimbangan",
    "central_transfers": "DAU DAK dana perimbangan",
    "total_revenue": "anggaran budget APBD",
    "total_spending": "anggaran budget APBD expenditure",
    "personnel_spending": "pegawai staff",
    "capital_spending": "modal investment",
    "unemployment_rate": "pengangguran jobless",
    "kota": "city urban perkotaan",
    "harmonised_index": "indeks index kota cerdas smart city score nilai",
    "published_index": "indeks index nilai akhir score pencapaian",
}


def meanings(names: Mapping[str, Factor]) -> dict[str, str]:
    """What each column means, in both languages and in words that people use, for searching.

    Parameters
    ----------
    names : mapping of str to Factor
        What formulas can name.
    """
    return {
        name: "; ".join(filter(None, (f.label_en, f.label_id, SAID.get(name, ""))))
        for name, f in names.items()
    }


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: its first word small, unless it is a name.

    Examples
    --------
    >>> in_sentence("Porsi PAD"), in_sentence("HDI"), in_sentence("Persentase Penduduk Miskin")
    ('porsi PAD', 'HDI', 'Persentase Penduduk Miskin')
    """
    first, *rest = label.split(" ")
    is_name = not first[:1].isupper() or first[1:] != first[1:].lower()
    has_capitals = any(word[:1].isupper() and word[1:].islower() for word in rest)
    return label if is_name or has_capitals else " ".join([first.lower(), *rest])


def label_in(factor: Factor, lang: str) -> str:
    """Label of a factor in a language."""
    return factor.label_en if lang == "en" else factor.label_id


def with_unit(factor: Factor, lang: str = "en") -> str:
    """Label of a factor with its unit."""
    label, unit = label_in(factor, lang), unit_label(factor.unit, lang)
    return f"{label} ({unit})" if unit else label


def term_label(name: str, names: Mapping[str, Factor], lang: str = "en") -> str:
    """A column of a design in plain words, with its unit.

    Parameters
    ----------
    name : str
        As in a fit: `intercept`, `log(population)`, `kota:kppn_ikn`, `province[T.Bali]`.
    names : mapping of str to Factor
        What formulas can name.
    lang : {"en", "id"}, default "en"
        Language.

    Examples
    --------
    >>> area = Factor("land_area", "Land area", "Luas", "square kilometres", "", "", ())
    >>> term_label("log(land_area)", {"land_area": area})
    'Land area (log of square kilometres)'
    >>> term_label("poly(land_area, 2)[2]", {"land_area": area}, "id")
    'Luas: polinomial ortogonal, derajat 2'
    """
    if name == INTERCEPT:
        return "Intercept" if lang == "en" else "Konstanta"
    parts = re.split(r":(?![^\[]*\])", name)
    return " × ".join(_part_label(part, names, lang) for part in parts)


def _part_label(part: str, names: Mapping[str, Factor], lang: str) -> str:
    level = re.fullmatch(r"(?:C\()?(\w+)\)?\[(?:T\.)?(.*)\]", part)
    call = re.fullmatch(r"(log|poly|standardize)\((\w+)(?:, \d)?\)(?:\[(\d)\])?", part)
    if level and level[1] in names:
        return f"{label_in(names[level[1]], lang)}: {level[2]}"
    if call and call[2] in names:
        return _call_label(call[1], names[call[2]], call[3] or "", lang)
    if part in names:
        return with_unit(names[part], lang)
    return re.sub(
        r"[A-Za-z]\w*", lambda m: label_in(names[m[0]], lang) if m[0] in names else m[0], part
    )


def _call_label(function: str, factor: Factor, degree: str, lang: str) -> str:
    label, unit, is_english = label_in(factor, lang), unit_label(factor.unit, lang), lang == "en"
    if function == "log":
        of = " of " if is_english else " dari "
        return f"{label} (log{of + unit if unit else ''})"
    if function == "standardize":
        return f"{label} ({'standardised' if is_english else 'dibakukan'})"
    words = "orthogonal polynomial, degree" if is_english else "polinomial ortogonal, derajat"
    return f"{label}: {words} {degree}"
