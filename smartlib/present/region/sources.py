"""Where a region's report comes from, and how to cite and repeat it (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from smartlib.present.document.blocks import Fold, Listing, Passage, Section
from smartlib.present.region.subject import Subject
from smartlib.vocabulary.records import SourceRecord


def sources(about: Subject, records: Mapping[str, SourceRecord]) -> Section:
    """The section: how to cite, the method, the command, all sources folded.

    Parameters
    ----------
    about : Subject
        The region.
    records : mapping of str to SourceRecord
        By raw file.
    """
    words, year = about.words, about.scheme.year
    title = words.say("report_title", region=about.name, year=about.edition)
    main = table_of(records, year)
    cited = words.say(
        "cite", version=version("smartlib"), title=title, source=_cited(about, main).rstrip(".")
    )
    command = words.say("command", region=about.code, year=year, lang=words.lang)
    citations = tuple(dict.fromkeys(_cited(about, record) for record in records.values()))
    more = (cited, command, words.say("names_once"), words.say("licence"))
    fold = Fold(words.say("sources_fold"), (*map(Passage, more), Listing(citations)))
    said = Passage(
        words.say("sources_text", letter=main.letter or main.title, date=words.dates(main.date))
    )
    return Section("sources", words.say("sources"), words.say("sources_short"), (said, fold))


def table_of(records: Mapping[str, SourceRecord], year: int) -> SourceRecord:
    """The record of a year's score table."""
    return records[f"{year}/scores.csv"]


def _cited(about: Subject, record: SourceRecord) -> str:
    """A citation, its title marked where it is of another language."""
    lang, title = about.words.lang, record.title
    text = record.citation_in(lang)
    if record.title_lang and record.title_lang != lang:
        text = text.replace(title, f"[{title}](lang:{record.title_lang})")
    return about.words.dates(text)
