"""Names of what formulas hold, in plain words (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.factors.table import Factor
from smartlib.vocabulary.records import Scheme


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
    }
    for name, track in scheme.tracks.items():
        if name != scheme.common_track:
            plain[name] = (f"{track.label_en} track", f"Jalur {track.label_id}", "1, others 0")
    others = {
        name: Factor(name, english, indonesian, unit, "", "", ())
        for name, (english, indonesian, unit) in plain.items()
    }
    return {**others, **factors}


def term_label(name: str, names: Mapping[str, Factor]) -> str:
    """A column of a design in plain words, with its unit.

    Parameters
    ----------
    name : str
        As in a fit: `intercept`, `log(population)`, `kota:kppn_ikn`, `province[T.Bali]`.
    names : mapping of str to Factor
        What formulas can name.

    Examples
    --------
    >>> area = Factor("land_area", "Land area", "Luas", "square kilometres", "", "", ())
    >>> term_label("log(land_area)", {"land_area": area})
    'Land area (log of square kilometres)'
    """
    if name == INTERCEPT:
        return "Intercept"
    parts = re.split(r":(?![^\[]*\])", name)
    return " × ".join(_part_label(part, names) for part in parts)


def _part_label(part: str, names: Mapping[str, Factor]) -> str:
    level = re.fullmatch(r"(?:C\()?(\w+)\)?\[(?:T\.)?(.*)\]", part)
    logarithm = re.fullmatch(r"log\((\w+)\)", part)
    if level and level[1] in names:
        return f"{names[level[1]].label_en}: {level[2]}"
    if logarithm and logarithm[1] in names:
        factor = names[logarithm[1]]
        return f"{factor.label_en} (log{' of ' + factor.unit if factor.unit else ''})"
    if part in names:
        factor = names[part]
        return f"{factor.label_en} ({factor.unit})" if factor.unit else factor.label_en
    return re.sub(r"[A-Za-z]\w*", lambda m: names[m[0]].label_en if m[0] in names else m[0], part)
