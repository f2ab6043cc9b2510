"""The index page: all regions, their ranks, and a link to every report there is (floor 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from smartlib.data.processed import Tables
from smartlib.data.writing import write_whole
from smartlib.run.plan.records import FIRST_LANG, INDEX, Entry
from smartlib.run.site.pages import TEMPLATES, Page
from smartlib.run.state.manifest import error_line
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.records import Scheme

if TYPE_CHECKING:
    from smartlib.present.words.wording import Words

WORKBOOK = "tables.xlsx"
MISSING = "–"
NATIONAL_TITLES = {
    "01_data_audit": {"en": "Data audit", "id": "Audit data"},
    "02_national_ranking": {"en": "National ranking", "id": "Peringkat nasional"},
    "03_factors": {"en": "Factors", "id": "Faktor"},
    "04_index_robustness": {"en": "Robustness of the index", "id": "Ketahanan indeks"},
    "05_specification_curve": {"en": "Specification curve", "id": "Kurva spesifikasi"},
    "06_programme_effects": {"en": "Programme studies", "id": "Kajian program"},
    "07_remarks": {"en": "Assessors' remarks", "id": "Catatan asesor"},
}
WORDS = {
    "en": {
        "title": "Smart City evaluation {year}",
        "about": "Recomputed from the score table that the ministry published for the Smart City "
        "evaluation (Gerakan Menuju Kota Cerdas): an audit, a national ranking, and one report "
        "for each region whose row is known.",
        "counts": "{reports} reports of {regions} regions are here.",
        "national": "National",
        "in_english": "in English",
        "no_national": "The national reports were not made yet.",
        "tables": "All tables as a workbook",
        "failed": "Reports that failed",
        "earlier": "an earlier report is kept",
        "regions": "Regions",
        "note": "Ranks are among the {known} known rows. {scored} regions were scored and {lost} "
        "rows are lost: a region at place r stands between r and r+{lost} of {scored}.",
        "search": "Search",
        "of": "of",
        "en": "English",
        "id": "Indonesian",
        "kabupaten": "Kabupaten",
        "kota": "Kota",
        "columns": ("Rank", "Name", "Province", "Kind", "Track", "Index", "Improvement"),
    },
    "id": {
        "title": "Evaluasi Smart City {year}",
        "about": "Dihitung ulang dari tabel nilai yang diterbitkan kementerian untuk evaluasi "
        "Smart City (Gerakan Menuju Kota Cerdas): audit, peringkat nasional, dan satu laporan "
        "untuk setiap daerah yang barisnya diketahui.",
        "counts": "Tersedia {reports} laporan dari {regions} daerah.",
        "national": "Nasional",
        "in_english": "dalam bahasa Inggris",
        "no_national": "Laporan nasional belum dibuat.",
        "tables": "Semua tabel dalam satu buku kerja",
        "failed": "Laporan yang gagal dibuat",
        "earlier": "laporan sebelumnya dipertahankan",
        "regions": "Daerah",
        "note": "Peringkat di antara {known} baris yang diketahui. {scored} daerah dinilai dan "
        "{lost} baris hilang: daerah pada peringkat r berada di antara r dan r+{lost} "
        "dari {scored}.",
        "search": "Cari",
        "of": "dari",
        "en": "Inggris",
        "id": "Indonesia",
        "kabupaten": "Kabupaten",
        "kota": "Kota",
        "columns": ("Peringkat", "Nama", "Provinsi", "Jenis", "Jalur", "Indeks", "Perubahan"),
    },
}
NUMBER_COLUMNS = {0, 5, 6}


@dataclass(frozen=True)
class Link:
    """A report that stands on disk: where, and in which language."""

    href: str
    lang: str
    title: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table, ready to print; `_value` fields are for sorting."""

    rank: int
    name: str
    links: tuple[Link, ...]
    province: str
    kind: str
    track: str
    index: str
    index_value: str
    improvement: str
    improvement_value: str


def write_index(
    entries: Iterable[Entry], tables: Tables, scheme: Scheme, reports: Path, lang: str = FIRST_LANG
) -> Path:
    """Write `index.html`.

    Parameters
    ----------
    entries : iterable of Entry
        The manifest's reports.
    tables : Tables
        Every region with a row in `scores` is listed, whatever was built.
    scheme : Scheme
        Track labels and the number of scored regions.
    reports : Path
        Folder; a report is linked when its page is there.
    lang : {"id", "en"}
        Language of the page.

    Returns
    -------
    Path
        Of the page.
    """
    page = index_page(list(entries), tables, scheme, reports, lang)
    reports.mkdir(parents=True, exist_ok=True)
    write_whole(reports / INDEX, page.encode("utf-8"))
    return reports / INDEX


def index_page(
    entries: Sequence[Entry], tables: Tables, scheme: Scheme, reports: Path, lang: str
) -> str:
    """The index page's HTML; parameters as for `write_index`."""
    # Here, since wording stands beside the figures, whose libraries take a while to import.
    from smartlib.present.words.wording import Words  # noqa: PLC0415

    words = WORDS[lang]
    scores = tables.scores.loc[tables.scores["year"] == scheme.year]
    scores = scores.sort_values(["rank_known", "region_code"])
    entries = sorted(entries, key=lambda entry: entry.output)  # reports end in any order
    there = [entry for entry in entries if (reports / f"{entry.output}.html").is_file()]
    rows = [_row(cells, there, scheme, Words(lang)) for _, cells in scores.iterrows()]
    known, scored = len(scores), scheme.stages.scored
    linked = [row for row in rows if row.links]
    page = Page(lang=lang, years=(scheme.year,))
    script = (TEMPLATES / "index.js").read_text(encoding="utf-8")
    return _template().render(
        lang=lang,
        w={**words, "title": str(words["title"]).format(year=getattr(scheme, f"edition_{lang}"))},
        policy=content_policy(script),
        script=script,
        style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        counts=str(words["counts"]).format(
            reports=sum(len(row.links) for row in linked), regions=len(linked)
        ),
        note=str(words["note"]).format(known=known, scored=scored, lost=scored - known),
        national=[_national(entry, lang) for entry in there if not entry.region],
        failed=[_failure(entry, entry in there, lang) for entry in entries if entry.traceback],
        columns=[
            {"label": label, "number": number in NUMBER_COLUMNS}
            for number, label in enumerate(words["columns"])
        ],
        rows=rows,
        workbook=(reports / WORKBOOK).is_file(),
        made=page.made,
        licence=page.words["licence"],
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("index.html.j2")


def _row(cells: pd.Series, there: Sequence[Entry], scheme: Scheme, words: Words) -> Row:
    lang = words.lang
    track = scheme.tracks[cells["track"]]
    links = [
        Link(f"{entry.output}.html", entry.lang)
        for entry in there
        if entry.region == cells["region_code"] and entry.parameters.get("year") == scheme.year
    ]
    improvement = cells["improvement"]
    return Row(
        rank=int(cells["rank_known"]),
        name=str(cells["region"]),
        links=tuple(sorted(links, key=lambda link: (link.lang != lang, link.lang))),
        province=str(cells["province"]),
        kind=str(WORDS[lang][cells["kind"]]),
        track=track.label_id if lang == "id" else track.label_en,
        index=words.number(cells["published_index"]),
        index_value=f"{cells['published_index']:g}",
        improvement=MISSING if pd.isna(improvement) else words.signed(improvement),
        improvement_value="" if pd.isna(improvement) else f"{improvement:g}",
    )


def _national(entry: Entry, lang: str) -> Link:
    name = entry.output.rpartition("/")[2]
    title = NATIONAL_TITLES.get(name, {}).get(lang, name)
    return Link(f"{entry.output}.html", entry.lang, title)


def _failure(entry: Entry, stands: bool, lang: str) -> dict[str, str]:
    error = error_line(entry.traceback)
    title = entry.title or _national(entry, lang).title
    if stands:
        title += f" ({WORDS[lang]['earlier']})"
    return {"title": title, "error": error}
