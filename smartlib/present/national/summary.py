"""The national summary as one record, from which its page and its PDF are made (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import pandas as pd

from smartlib.index.audit import audit_totals
from smartlib.index.make.rank import median_bounds
from smartlib.index.region.apart import least_difference
from smartlib.index.trust.change import reliable_change
from smartlib.present.document.blocks import Cell, Dot, Grid, Passage, Report, Section, Strip
from smartlib.present.document.scale import LEVEL, ticks
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme, SourceRecord

NATION = "Indonesia"
FIRST = 20  # regions listed


@dataclass(frozen=True)
class Country:
    """All known rows of a year, and what is known of their error.

    Attributes
    ----------
    words : Words
        The language.
    scheme : Scheme
        Of the year.
    scores : DataFrame
        Known rows, indexed by region code.
    undetermined : DataFrame
        Regions whose rows may be among the lost ones: province.
    ranks : DataFrame
        Rows of `RANKS` by internal consistency, indexed by region code; empty for an earlier
        year.
    routes : DataFrame
        Output of `index.error_routes`.
    """

    words: Words
    scheme: Scheme
    scores: pd.DataFrame
    undetermined: pd.DataFrame
    ranks: pd.DataFrame
    routes: pd.DataFrame

    @property
    def lost(self) -> int:
        """Scored rows that are not known."""
        return self.scheme.stages.scored - len(self.scores)

    @property
    def error(self) -> float | None:
        """Standard error of one index by internal consistency; None where it is not known."""
        found = self.routes["standard_error"].get("internal", float("nan"))
        return float(found) if found > 0 else None

    @property
    def edition(self) -> str:
        """What titles call the year."""
        return self.words.pick(self.scheme.edition_id, self.scheme.edition_en)

    @cached_property
    def width(self) -> int | None:
        """Places that half of the ranks' sets have, or more; None where sets are not known."""
        if self.ranks.empty:
            return None
        return int((self.ranks["marginal_high"] - self.ranks["marginal_low"] + 1).median())

    def rank_of(self, code: str) -> str:
        """A rank with its set."""
        rank = str(self.scores.at[code, "rank_known"])
        if code not in self.ranks.index:
            return rank
        low, high = (int(self.ranks.at[code, f"marginal_{end}"]) for end in ("low", "high"))
        return f"{rank} ({self.words.span(low, high)})"


def cells(country: Country) -> tuple[Cell, ...]:
    """Median, totals that follow, width of a rank's set, changes beyond the error."""
    words, scores = country.words, country.scores
    low, high = map(words.number, median_bounds(scores["published_index"], country.lost))
    table = scores.reset_index()
    follow = int((audit_totals(table, country.scheme)["verdict"] == "reproduced").sum())
    median = words.number(scores["published_index"].median())
    none, level = words.say("no_value"), words.percent(LEVEL, 0)
    width = none if country.width is None else str(country.width)
    return (
        Cell(
            words.say("summary_median"),
            median,
            words.say("summary_median_note", low=low, high=high),
        ),
        Cell(
            words.say("summary_totals"),
            words.say("so_many_of", some=follow, all=len(scores)),
            words.say("summary_totals_note"),
        ),
        Cell(words.say("summary_width"), width, words.say("summary_width_note", level=level)),
        _changes(country),
    )


def _changes(country: Country) -> Cell:
    words, changes = country.words, country.scores["improvement"].dropna()
    note = words.say("summary_changes_note", regions=len(changes))
    if country.error is None or changes.empty:
        return Cell(words.say("summary_changes"), words.say("no_value"), note)
    verdicts = reliable_change(changes, country.error, level=LEVEL)["verdict"]
    counts = ", ".join(str((verdicts == kind).sum()) for kind in ("rose", "fell"))
    return Cell(words.say("summary_changes"), counts, note)


def standout(country: Country) -> str:
    """Who has the highest index, and how little that says of the order."""
    words, first = country.words, country.scores.sort_values(["rank_known", "region"]).iloc[0]
    parts = {"first": first["region"], "index": words.number(first["published_index"])}
    if country.width is None:
        return words.say("summary_plain", **parts)
    return words.say("summary_standout", width=country.width, **parts)


def strip(country: Country) -> Strip:
    """Every known row's index as a tick, the median marked."""
    words, values = country.words, country.scores["published_index"]
    low, median, high = map(words.number, (values.min(), values.median(), values.max()))
    return Strip(
        title=words.say("summary_strip", rows=len(values)),
        alt=words.say("summary_strip_alt", median=median, low=low, high=high),
        source=words.say("rows_source", year=country.edition, rows=len(values)),
        scale=words.say("cell_index"),
        ticks=ticks(words, values),
        values=tuple(sorted(values.tolist())),
        others=(),
        own=None,
        reference=Dot(float(values.median()), words.say("summary_median_label", median=median)),
    )


def first(country: Country) -> Section:
    """The first regions with the sets of their ranks."""
    words, scheme = country.words, country.scheme
    top = country.scores.sort_values(["rank_known", "region"]).head(FIRST)
    rows = tuple(
        (
            f"[{own['region']}](region:{code})",
            own["province"],
            track_label(words, scheme.tracks[own["track"]]),
            country.rank_of(str(code)),
            words.number(own["published_index"]),
            words.number(own["harmonised_index"]),
        )
        for code, own in top.iterrows()
    )
    heads = [words.term(key) for key in ("region", "province", "track", "rank", "index")]
    level = words.percent(LEVEL, 0)
    grid = Grid(
        words.say("summary_first_caption", count=len(top), level=level),
        (*heads, words.say("harmonised_short")),
        rows,
        (3, 4, 5),
    )
    scored = scheme.stages.scored
    lost = Passage(words.say("summary_lost", lost=country.lost, scored=scored), quiet=True)
    return Section(
        "first",
        words.say("summary_first"),
        words.say("summary_first_short"),
        (grid, lost) if country.lost else (grid,),
    )


def dimensions(country: Country) -> Section:
    """Quartiles of each dimension's marks."""
    words = country.words
    marks = country.scores[list(country.scheme.common.weights)]
    quarters = marks.quantile([0.25, 0.5, 0.75])
    rows = tuple((words.dimension(str(name)), *map(words.number, quarters[name])) for name in marks)
    heads = (
        words.term("dimension"),
        words.say("lower_quarter"),
        words.say("median_head"),
        words.say("upper_quarter"),
    )
    grid = Grid(words.say("summary_dimensions_caption"), heads, rows, (1, 2, 3))
    short = words.say("summary_dimensions_short")
    return Section("dimensions", words.say("summary_dimensions"), short, (grid,))


def tracks(country: Country) -> Section:
    """Medians of each track."""
    words, scores = country.words, country.scores
    rows = []
    for track in country.scheme.tracks.values():
        own = scores[scores["track"] == track.name]
        medians = (own[name].median() for name in ("published_index", "harmonised_index"))
        members = words.pick(track.members_id, track.members_en)
        label = f"{track_label(words, track)}{f' ({members})' if members else ''}"
        rows.append((label, str(len(own)), *map(words.number, medians)))
    heads = (
        words.term("track"),
        words.say("known_count"),
        words.say("median_published"),
        words.say("harmonised_short"),
    )
    grid = Grid(words.say("summary_tracks_caption"), heads, tuple(rows), (1, 2, 3))
    return Section(
        "tracks", words.say("summary_tracks"), words.say("summary_tracks_short"), (grid,)
    )


def provinces(country: Country) -> Section:
    """Known rows of each province, and how many more there may be."""
    words, groups = country.words, country.scores.groupby("province")["published_index"]
    table = groups.agg(["size", "median", "max"]).sort_values(["median", "size"], ascending=False)
    missing = country.undetermined["province"].value_counts()
    rows = tuple(
        (
            str(name),
            str(own["size"].astype(int)),
            words.number(own["median"]),
            words.number(own["max"]),
            str(missing.get(name, 0)),
        )
        for name, own in table.iterrows()
    )
    keys = ("known_count", "median_head", "highest_head", "summary_open")
    heads = (words.term("province"), *map(words.say, keys))
    grid = Grid(words.say("summary_provinces_caption"), heads, rows, (1, 2, 3, 4))
    short = words.say("summary_provinces_short")
    return Section("provinces", words.say("summary_provinces"), short, (grid,))


def certain(country: Country) -> Section:
    """How large a difference between two regions can be told from the error."""
    words, said = country.words, country.words.say("no_ranks")
    if country.error is not None:
        said = words.say(
            "summary_certain_text",
            error=words.number(country.error),
            alpha=words.number(country.routes.at["internal", "reliability"]),
            least=words.number(least_difference(country.error)),
        )
    blocks = (Passage(said),)
    return Section("certain", words.say("certain"), words.say("certain_short"), blocks)


def sources(country: Country, records: Mapping[str, SourceRecord]) -> Section:
    """Where the numbers come from, how to cite and repeat the summary."""
    words, main = country.words, records[f"{country.scheme.year}/scores.csv"]
    title = words.say("summary_title", year=country.edition)
    said = (
        words.say("sources_text", letter=main.letter or main.title, date=words.dates(main.date)),
        words.say(
            "cite",
            version=version("smartlib"),
            title=title,
            source=words.dates(main.citation_in(words.lang)).rstrip("."),
        ),
        words.say("summary_command", lang=words.lang),
        words.say("names_once"),
    )
    blocks = tuple(map(Passage, said))
    return Section("sources", words.say("sources"), words.say("sources_short"), blocks)


def summary(country: Country, sections: tuple[Section, ...], dated: str) -> Report:
    """The record of the summary.

    Parameters
    ----------
    country : Country
        All known rows.
    sections : tuple of Section
        In their order.
    dated : str
        Date of the data (ISO 8601).
    """
    words, known, scored = country.words, len(country.scores), country.scheme.stages.scored
    counts = {"known": known, "scored": scored, "year": country.edition}
    return Report(
        lang=words.lang,
        code="",
        name=NATION,
        province="",
        year=country.edition,
        title=words.say("summary_title", year=country.edition),
        subtitle=words.say("summary_subtitle", **counts),
        cells=cells(country),
        standout=standout(country),
        strip=strip(country),
        sections=sections,
        previous=None,
        following=None,
        dated=words.dates(dated),
        facts=None,
        leaves=(),
    )
