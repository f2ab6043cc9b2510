"""The index page: all regions, their reports and files, a map, a comparison (floor 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.data.writing import write_whole
from smartlib.index.region.apart import least_difference
from smartlib.run.plan.records import FIRST_LANG, FORMS, INDEX, Entry
from smartlib.run.site.dots import dot_map
from smartlib.run.site.frame import TEMPLATES, Page
from smartlib.run.site.index_words import (
    NATIONAL_LINES,
    NATIONAL_TITLES,
    NUMBER_COLUMNS,
    WORDS,
)
from smartlib.run.site.report_page import METHOD, environment
from smartlib.run.state.manifest import error_line
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import LANGUAGES

if TYPE_CHECKING:
    from smartlib.present.words.wording import Words

WORKBOOK = "tables.xlsx"
MISSING = "–"


@dataclass(frozen=True)
class Link:
    """A report that stands on disk: where, in which language, and the files beside it."""

    href: str
    lang: str
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class National:
    """A report of no region: its name in addresses, its title, its pages, a line about it."""

    name: str
    title: str
    links: tuple[Link, ...]
    line: str


@dataclass(frozen=True)
class Row:
    """One line of the table, ready to print; `values` are for sorting and comparing."""

    code: str
    name: str
    links: tuple[Link, ...]
    province: str
    kind: str
    track: str
    shown: tuple[str, str, str]
    values: Mapping[str, str]

    @property
    def unlinked(self) -> list[str]:
        """Languages in which there is no page."""
        there = {link.lang for link in self.links}
        return [lang for lang in LANGUAGES if lang not in there]


def write_index(
    entries: Iterable[Entry],
    tables: Tables,
    evaluation: Evaluation,
    reports: Path,
    lang: str = FIRST_LANG,
) -> Path:
    """Write `index.html`.

    Parameters
    ----------
    entries : iterable of Entry
        The manifest's reports.
    tables : Tables
        Every region with a row in `scores` is listed, whatever was built.
    evaluation : Evaluation
        Its scheme and its register of all regions.
    reports : Path
        Folder; a report is linked when its page is there.
    lang : {"id", "en"}
        Language of the page.

    Returns
    -------
    Path
        Of the page.
    """
    page = index_page(list(entries), tables, evaluation, reports, lang)
    reports.mkdir(parents=True, exist_ok=True)
    write_whole(reports / INDEX, page.encode("utf-8"))
    return reports / INDEX


def index_page(
    entries: Sequence[Entry], tables: Tables, evaluation: Evaluation, reports: Path, lang: str
) -> str:
    """The index page's HTML; parameters as for `write_index`."""
    from smartlib.present.words.wording import Words  # noqa: PLC0415

    words, scheme, say = WORDS[lang], evaluation.scheme, Words(lang)
    scores = tables.scores.loc[tables.scores["year"] == scheme.year]
    scores = scores.sort_values(["cohort", "rank_known", "region_code"]).set_index("region_code")
    entries = sorted(entries, key=lambda entry: entry.output)  # reports end in any order
    there = [entry for entry in entries if (reports / f"{entry.output}.html").is_file()]
    ranks = _sets(tables, scheme)
    rows = [_row(cells, there, scheme, say, ranks=ranks) for _, cells in scores.iterrows()]
    known, scored = len(scores), scheme.stages.scored
    linked = [row for row in rows if row.links]
    script = (TEMPLATES / "index.js").read_text(encoding="utf-8")
    least = _least(tables, scheme)
    note = words["compare_note"].format(least=say.number(least)) if least else ""
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            lang=lang,
            w={**words, "title": words["title"].format(year=getattr(scheme, f"edition_{lang}"))},
            policy=content_policy(script),
            script=script,
            style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
            counts=words["counts"].format(
                reports=sum(len(row.links) for row in linked), regions=len(linked)
            ),
            note=words["note"].format(known=known, scored=scored, lost=scored - known),
            compare_note=note or words["compare_plain"],
            least=f"{least:.6f}" if least else "",
            national=_national(there, lang),
            failed=[_failure(entry, entry in there, lang) for entry in entries if entry.traceback],
            columns=[
                {"label": label, "number": number in NUMBER_COLUMNS}
                for number, label in enumerate(words["columns"])
            ],
            rows=rows,
            others=_others(tables, evaluation, scores.index, lang),
            provinces=sorted(set(scores["province"])),
            tracks=[getattr(track, f"label_{lang}") for track in scheme.tracks.values()],
            map=dot_map(evaluation.register.frame, scores, words["map"]),
            method=f"{METHOD}.html" if lang == FIRST_LANG else f"{METHOD}.{lang}.html",
            workbook=(reports / WORKBOOK).is_file(),
            made=Page(lang=lang, years=(scheme.year,)).made,
            licence=Page(lang=lang).words["licence"],
        )
    )


def _sets(tables: Tables, scheme: Scheme) -> pd.DataFrame:
    """Rank sets by internal consistency, by region code; empty for an earlier year."""
    ranks = tables.ranks[tables.ranks["route"] == "internal"].set_index("region_code")
    latest = tables.scores["year"].max() == scheme.year
    return ranks if latest else ranks.iloc[:0]


def _least(tables: Tables, scheme: Scheme) -> float | None:
    """The smallest difference beyond the error; None where the error is not known."""
    errors = _sets(tables, scheme)["standard_error"]
    return least_difference(float(errors.iloc[0])) if len(errors) and errors.iloc[0] > 0 else None


def _row(
    cells: pd.Series, there: Sequence[Entry], scheme: Scheme, words: Words, *, ranks: pd.DataFrame
) -> Row:
    lang, code, own = words.lang, str(cells.name), cells["improvement"]
    track = scheme.tracks[cells["track"]]
    links = [
        Link(f"{entry.output}.html", entry.lang, files=_files(entry))
        for entry in there
        if entry.region == code and entry.parameters.get("year") == scheme.year
    ]
    rank, index = int(cells["rank_known"]), cells["published_index"]
    improvement = MISSING if pd.isna(own) else words.signed(own)
    spread = "" if code not in ranks.index else words.span(*_ends(ranks.loc[code]))
    return Row(
        code=code,
        name=str(cells["region"]),
        links=tuple(sorted(links, key=lambda link: (link.lang != lang, link.lang))),
        province=str(cells["province"]),
        kind=str(WORDS[lang][cells["kind"]]),
        track=getattr(track, f"label_{lang}"),
        shown=(str(rank), words.number(index), improvement),
        values={
            "rank": str(rank),
            "index": f"{index:g}",
            "improvement": "" if pd.isna(own) else f"{own:g}",
            "harmonised": f"{cells['harmonised_index']:g}",
            "set": f"{rank} ({spread})" if spread else str(rank),
        },
    )


def _ends(row: pd.Series) -> tuple[int, int]:
    return int(row["marginal_low"]), int(row["marginal_high"])


def _files(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Name and address of each file beside a page."""
    names = {"pdf": "PDF", "xlsx": "Excel"}
    return tuple((names[f], f"{entry.output}.{f}") for f in FORMS if f in entry.forms)


def _others(
    tables: Tables, evaluation: Evaluation, known: pd.Index, lang: str
) -> list[tuple[str, str, str, str]]:
    """Code, name, province and reason of every region without a known row."""
    stage2 = tables.participation.set_index("region_code")["stage2"]
    lost = evaluation.scheme.stages.scored - len(known)
    rest = evaluation.register.frame.drop(index=known, errors="ignore")
    reasons = {
        stage: str(WORDS[lang][stage]).format(lost=lost)
        for stage in ("absent", "undetermined", "not_invited")
    }
    return [
        (str(code), str(name), str(province), reasons.get(str(stage2.get(code)), MISSING))
        for code, name, province in zip(rest.index, rest["region"], rest["province"], strict=True)
    ]


def _national(there: Sequence[Entry], lang: str) -> list[National]:
    """Reports of no region, each with its pages, that of the index' own language first."""
    found: dict[str, list[Link]] = {}
    for entry in there:
        if not entry.region:
            link = Link(f"{entry.output}.html", entry.lang, files=_files(entry))
            found.setdefault(_national_name(entry), []).append(link)
    return [
        National(
            name,
            _title(name, lang),
            tuple(sorted(links, key=lambda one: one.lang != lang)),
            NATIONAL_LINES.get(name, {}).get(lang, ""),
        )
        for name, links in found.items()
    ]


def _national_name(entry: Entry) -> str:
    return entry.output.rpartition("/")[2].split(".")[0]


def _title(name: str, lang: str) -> str:
    return NATIONAL_TITLES.get(name, {}).get(lang, name)


def _failure(entry: Entry, stands: bool, lang: str) -> dict[str, str]:
    error = error_line(entry.traceback)
    title = entry.title or _title(_national_name(entry), lang)
    if stands:
        title += f" ({WORDS[lang]['earlier']})"
    return {"title": title, "error": error}
