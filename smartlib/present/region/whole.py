"""A region's report as one record, and its own tables for a workbook (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartlib.present.document.blocks import Cell, Facts, Leaf, Report, Section
from smartlib.present.region.beside import neighbours
from smartlib.present.region.head import strip
from smartlib.present.region.subject import Subject


@dataclass(frozen=True)
class Head:
    """The first screen: numbers, cells, and the sentence that stands out."""

    facts: Facts
    cells: tuple[Cell, ...]
    standout: str


def report(
    about: Subject,
    head: Head,
    sections: Sequence[Section | None],
    *,
    leaves: Sequence[Leaf | None],
    dated: str,
    since: str = "",
) -> Report:
    """The record of a report.

    Parameters
    ----------
    about : Subject
        The region.
    head : Head
        The first screen.
    sections : sequence of Section or None
        In their order; None for one that has nothing to say.
    leaves : sequence of Leaf or None
        Sheets of the region's workbook; None for one without rows.
    dated : str
        Date of the data (ISO 8601).
    since : str, optional
        Since when the region takes part, for the line below the title.
    """
    words = about.words
    province, members = (
        str(about.own["province"]),
        words.pick(about.track.members_id, about.track.members_en),
    )
    track = f"{about.track_name} ({members})" if members else about.track_name
    below = words.say("subtitle", province=province, track=track, year=about.edition)
    previous, following = neighbours(about)
    return Report(
        lang=words.lang,
        code=about.code,
        name=about.name,
        province=province,
        year=about.edition,
        title=words.say("report_title", region=about.name, year=about.edition),
        subtitle=" · ".join(filter(None, (below, since))),
        cells=head.cells,
        standout=head.standout,
        strip=strip(about),
        sections=tuple(section for section in sections if section),
        previous=previous,
        following=following,
        dated=words.dates(dated),
        facts=head.facts,
        leaves=tuple(leaf for leaf in leaves if leaf),
    )
