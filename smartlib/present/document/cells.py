"""A report's blocks as outputs of a notebook's cells (floor 4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from smartlib.present.document.blocks import (
    Block,
    Chart,
    Fold,
    Grid,
    Listing,
    Passage,
    Report,
    Section,
)
from smartlib.present.document.carried import MEDIA, carried
from smartlib.present.document.charts import drawn
from smartlib.present.document.inline import Run, bare, written


@dataclass(frozen=True)
class Shown:
    """One output: its media types with their texts, and a figure's alternative text."""

    data: dict[str, Any]
    alt: str = ""

    def __repr__(self) -> str:
        return str(self.data["text/plain"])

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        described = {"image/svg+xml": {"alt": self.alt}} if self.alt else {}
        return self.data, described


def shown(what: Section | Report | None) -> Iterator[Shown]:
    """The outputs of a section, in their order; of a report, its record.

    Parameters
    ----------
    what : Section, Report or None
        None has no outputs.
    """
    if isinstance(what, Report):
        yield Shown({MEDIA: carried(what), "text/plain": f"{what.title}. {what.standout}"})
    elif what:
        yield _text(f"## {what.title}")
        for block in what.blocks:
            yield from _outputs(block)


def _outputs(block: Block) -> Iterator[Shown]:
    if isinstance(block, Passage):
        yield _text(_marked(block.text))
    elif isinstance(block, Listing):
        yield _text("\n".join(f"- {_marked(item)}" for item in block.items))
    elif isinstance(block, Grid):
        yield _text(table(block))
    elif isinstance(block, Chart):
        yield Shown({"image/svg+xml": drawn(block, alone=True), "text/plain": block.alt}, block.alt)
    else:
        yield from _folded(block)


def _folded(fold: Fold) -> Iterator[Shown]:
    yield _text(f"### {fold.title}")
    for block in fold.blocks:
        yield from _outputs(block)


def _text(markdown: str) -> Shown:
    return Shown({"text/markdown": markdown, "text/plain": markdown})


def _marked(text: str) -> str:
    """A text in Markdown: a link, which only a page can follow, is its words."""

    def write(run: Run) -> str:
        marks = {"bold": "**", "code": "`"}.get(run.kind, "")
        return f"{marks}{run.text}{marks}"

    return written(text, write)


def table(grid: Grid) -> str:
    """A table in Markdown, its caption above."""
    sides = ["--:" if at in grid.numeric else ":--" for at in range(len(grid.headings))]
    rows = [grid.headings, tuple(sides), *grid.rows]
    lines = [
        "| " + " | ".join(bare(cell).replace("|", "\\|") for cell in row) + " |" for row in rows
    ]
    return "\n".join([f"**{bare(grid.caption)}**", "", *lines])


def record_in(outputs: list[Any]) -> Any:
    """The record that one of a cell's outputs carries, as JSON; None without one."""
    for output in outputs:
        found = output.get("data", {}).get(MEDIA)
        if found is not None:
            return json.loads(found) if isinstance(found, str) else found
    return None
