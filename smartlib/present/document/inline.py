"""Marks inside a text: what is bold, code or a link, whatever form it takes (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MARK = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<to>[^)]+)\)")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind: plain, bold, code or link (with its aim)."""

    kind: str
    text: str
    to: str = ""


def runs(text: str) -> Iterator[Run]:
    """A text as stretches of one kind each.

    Examples
    --------
    >>> [run.kind for run in runs("a **b** [c](region:51.03)")]
    ['plain', 'bold', 'plain', 'link']
    """
    end = 0
    for match in MARK.finditer(text):
        if match.start() > end:
            yield Run("plain", text[end : match.start()])
        kind = str(match.lastgroup if match.lastgroup != "to" else "link")
        yield Run(kind, match[kind], match["to"] or "")
        end = match.end()
    if end < len(text):
        yield Run("plain", text[end:])


def written(text: str, write: Callable[[Run], str]) -> str:
    """A text with each stretch written by a form of its own."""
    return "".join(write(run) for run in runs(text))


def bare(text: str) -> str:
    """A text without its marks."""
    return written(text, lambda run: run.text)
