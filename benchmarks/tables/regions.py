"""How tables name regions: names, kinds and codes, as different publishers write them."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Cell = str | float
KAB, KOTA = "kabupaten", "kota"


@dataclass(frozen=True)
class Region:
    """A region of the register with all that it goes by."""

    code: str
    kind: str
    name: str  # without its kind
    province: str
    bps: str
    bps_2024: str
    others: dict[str, str]  # former name, short form, spelling of BPS

    @property
    def is_city(self) -> bool:
        return self.kind == KOTA


def regions(raw: Path) -> list[Region]:
    """All regions, from the project's source tables."""

    def rows(name: str) -> list[dict[str, str]]:
        with (raw / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    others: dict[str, dict[str, str]] = {}
    for row in rows("region_names.csv"):
        others.setdefault(row["region_code"], {})[row["used"]] = row["name"]
    codes = {row["region_code"]: row for row in rows("region_codes.csv")}
    found = []
    for row in rows("regions.csv"):
        code, kind = row["region_code"], row["kind"]
        name = _titled(row["official_name"].split(" ", 1)[1])
        name = name.removeprefix("Administrasi ").removeprefix("Adm. ")
        found.append(
            Region(
                code,
                kind,
                name,
                _titled(row["province"]),
                codes[code]["bps_code"],
                codes[code]["bps_code_2024"],
                others.get(code, {}),
            )
        )
    return found


def _titled(name: str) -> str:
    return name.title().replace("Dki ", "DKI ").replace("Di ", "DI ")


def _by_kind(kab: str, kota: str) -> Callable[[Region, str], str]:
    return lambda r, name: (kota if r.is_city else kab).format(name)


# Spellings of a name with its kind.
WITH_KIND: dict[str, Callable[[Region, str], str]] = {
    "Kab. X": _by_kind("Kab. {}", "Kota {}"),
    "KAB. X": lambda r, name: f"{'KOTA' if r.is_city else 'KAB.'} {name.upper()}",
    "Kabupaten X": _by_kind("Kabupaten {}", "Kota {}"),
    "KABUPATEN X": lambda r, name: f"{'KOTA' if r.is_city else 'KABUPATEN'} {name.upper()}",
    "X, Kab.": _by_kind("{}, Kab.", "{}, Kota"),
    "X Regency": _by_kind("{} Regency", "{} City"),
    "Kab X": _by_kind("Kab {}", "Kota {}"),
    "kab. x": lambda r, name: f"{'kota' if r.is_city else 'kab.'} {name.lower()}",
    "Kab.X": _by_kind("Kab.{}", "Kota {}"),
    "X (Kab.)": _by_kind("{} (Kab.)", "{} (Kota)"),
    "Pemkab X": _by_kind("Pemkab {}", "Pemkot {}"),
    "Pemerintah Kabupaten X": _by_kind("Pemerintah Kabupaten {}", "Pemerintah Kota {}"),
    "Regency of X": _by_kind("Regency of {}", "City of {}"),
    "1. Kab. X": _by_kind("1. Kab. {}", "2. Kota {}"),
    " Kab.  X ": _by_kind(" Kab.  {} ", "Kota  {} "),
    "Kab X nbsp": _by_kind("Kab.\u00a0{}", "Kota\u00a0{}"),
    "Kota Adm. X": lambda r, name: (
        f"Kota Adm. {name}"
        if r.code.startswith("31.7")
        else f"{'Kota' if r.is_city else 'Kab.'} {name}"
    ),
}
NAMINGS = ("official", "former", "bps", "short")
CODES: dict[str, tuple[str, Callable[[Region], Cell]]] = {
    "kemendagri dotted": ("kemendagri", lambda r: r.code),
    "kemendagri plain": ("kemendagri", lambda r: r.code.replace(".", "")),
    "kemendagri shortened": ("kemendagri", lambda r: r.code.rstrip("0") if "." in r.code else ""),
    "kemendagri comma": ("kemendagri", lambda r: r.code.replace(".", ",")),
    "kemendagri number": ("kemendagri", lambda r: float(r.code)),
    "kemendagri whole number": ("kemendagri", lambda r: float(r.code.replace(".", ""))),
    "bps text": ("bps", lambda r: r.bps),
    "bps number": ("bps", lambda r: float(r.bps)),
    "bps dotted": ("bps", lambda r: f"{r.bps[:2]}.{r.bps[2:]}"),
    "bps float text": ("bps", lambda r: f"{r.bps}.0"),
    "bps 2024": ("bps", lambda r: r.bps_2024),
    "bps ID": ("bps", lambda r: f"ID{r.bps}"),
}
FORMS = ("name", "bare bps", "kind column", "code", "name and code", "all bare")


@dataclass(frozen=True)
class Form:
    """How one table names its regions."""

    form: str
    spelling: str = "Kab. X"
    naming: str = "official"
    code: str = ""
    capitals: bool = False

    @property
    def system(self) -> str:
        """The system of its codes."""
        return CODES[self.code][0] if self.code else ""

    def name(self, region: Region) -> str:
        name = region.others.get(self.naming, region.name) if self.naming else region.name
        name = name.upper() if self.capitals else name
        if self.form in ("bare bps", "kind column", "all bare"):
            city = self.form == "bare bps" and region.is_city
            return f"{'KOTA' if self.capitals else 'Kota'} {name}" if city else name
        return WITH_KIND[self.spelling](region, name)

    def cells(self, region: Region) -> list[Cell]:
        """The cells that say which region a row is about."""
        code = [CODES[self.code][1](region)] if self.code else []
        if self.form == "code":
            return list(code)
        if self.form == "kind column":
            kind = {"kabupaten": ("Kabupaten", "Kab", "Regency"), "kota": ("Kota", "Kota", "City")}
            return [*code, self.name(region), kind[region.kind][len(self.spelling) % 3]]
        return [*code, self.name(region)]


def any_form(rng: random.Random) -> Form:
    """A form drawn at random."""
    form = rng.choices(FORMS, [30, 18, 10, 18, 20, 4])[0]
    naming = rng.choices(NAMINGS, [70, 10, 10, 10])[0]
    code = rng.choice(list(CODES)) if "code" in form else ""
    return Form(form, rng.choice(list(WITH_KIND)), naming, code, rng.random() < 0.15)


def subset(everyone: list[Region], rng: random.Random) -> tuple[str, list[Region]]:
    """All regions, those of one province, or some."""
    which = rng.choices(("all", "province", "several provinces", "random"), [8, 35, 22, 35])[0]
    provinces = sorted({r.province for r in everyone})
    if which == "all":
        return which, list(everyone)
    if which == "random":
        return which, sorted(rng.sample(everyone, rng.randint(6, 90)), key=_place)
    count = 1 if which == "province" else rng.randint(2, 5)
    some: Iterable[str] = rng.sample(provinces, count)
    return which, [r for r in everyone if r.province in set(some)]


def _place(region: Region) -> str:
    return region.code
