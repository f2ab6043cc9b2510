"""The method page: each text that all reports of a year share, once (floor 4)."""

from __future__ import annotations

from smartlib.present.document.blocks import Listing, Passage, Section
from smartlib.present.words.method import method_texts, method_title
from smartlib.present.words.wording import Words
from smartlib.present.words.year import formula_lines
from smartlib.vocabulary.records import Scheme


def method(words: Words, scheme: Scheme) -> tuple[str, tuple[Section, ...]]:
    """Title and sections of the method page.

    Parameters
    ----------
    words : Words
        The language.
    scheme : Scheme
        Of the year: its formulas, its edition.
    """
    sections = []
    for key, title, passages in method_texts(words):
        blocks: list[Passage | Listing] = [Passage(text) for text in passages]
        if key == "index":
            blocks.append(Listing(tuple(formula_lines(words, scheme))))
        sections.append(Section(key, title, title, tuple(blocks)))
    edition = words.pick(scheme.edition_id, scheme.edition_en)
    return f"{method_title(words)}, {edition}", tuple(sections)
