"""A report's blocks as HTML (floor 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

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
from smartlib.present.document.charts import NARROW, WIDE, drawn
from smartlib.present.document.inline import Run, bare, written
from smartlib.present.document.numbers import numbers_of

SCROLLS = 4  # columns; fewer fit on a phone
Aim = Callable[[str], str]  # the address of a link's aim


@dataclass(frozen=True)
class Markup:
    """Blocks as HTML, with links that lead where a page can follow them.

    Attributes
    ----------
    aim : callable
        Address of an aim such as `region:51.03`; nothing for none.
    svg, png, csv : str
        Words of a figure's buttons, which a script makes work.
    """

    aim: Aim
    svg: str = "SVG"
    png: str = "PNG"
    csv: str = "CSV"

    def text(self, text: str) -> str:
        """A text with its marks as elements."""
        return written(text, self._run)

    def _run(self, run: Run) -> str:
        inside = escape(run.text)
        if run.to.startswith("lang:"):
            return f'<span lang="{escape(run.to[5:])}">{inside}</span>'
        to = self.aim(run.to) if run.kind == "link" else ""
        if to:
            return f'<a href="{escape(to)}">{inside}</a>'
        tag = {"bold": "strong", "code": "code"}.get(run.kind)
        return f"<{tag}>{inside}</{tag}>" if tag else inside

    def section(self, section: Section) -> str:
        """A section with its heading and anchor."""
        blocks = "\n".join(self.block(block) for block in section.blocks)
        head = f'<h2 id="{section.key}">{escape(section.title)}</h2>'
        return f'<section aria-labelledby="{section.key}">\n{head}\n{blocks}\n</section>'

    def block(self, block: Block) -> str:
        """A block as an element."""
        if isinstance(block, Passage):
            return f"<p{' class=quiet' if block.quiet else ''}>{self.text(block.text)}</p>"
        if isinstance(block, Listing):
            lang = f' lang="{block.lang}"' if block.lang else ""
            items = "".join(f"<li{lang}>{self.text(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>"
        if isinstance(block, Grid):
            return self.grid(block)
        if isinstance(block, Fold):
            inside = "\n".join(self.block(one) for one in block.blocks)
            return f"<details><summary>{escape(block.title)}</summary>\n{inside}\n</details>"
        return self.figure(block)

    def figure(self, chart: Chart, *, saved: bool = True) -> str:
        """A figure, drawn for a wide and for a narrow page; buttons save it."""
        wide = f'<div class="wide">{drawn(chart, WIDE)}</div>'
        narrow = f'<div class="narrow">{drawn(chart, NARROW)}</div>'
        caption = f"<figcaption>{escape(chart.title)}</figcaption>"
        if not saved:
            return f"<figure>{caption}{wide}{narrow}</figure>"
        numbers, source = escape(numbers_of(chart)), escape(chart.source)
        kept = f'data-csv="{numbers}" data-source="{source}"'
        return f"<figure {kept}>{caption}{wide}{narrow}{self._buttons(chart)}</figure>"

    def _buttons(self, chart: Chart) -> str:
        """What saves a figure; hidden until the page's script makes it work."""
        kinds = (("svg", self.svg), ("png", self.png), ("csv", self.csv))
        buttons = "".join(
            f'<button type="button" data-save="{kind}" '
            f'aria-label="{word}: {escape(chart.title)}">{word}</button>'
            for kind, word in kinds
        )
        return f'<p class="save" hidden>{buttons}</p>'

    def grid(self, grid: Grid) -> str:
        """A table with its caption, its column heads, and a head to each row."""
        heads = "".join(
            f'<th scope="col"{self._side(grid, at)}>{self.text(head)}</th>'
            for at, head in enumerate(grid.headings)
        )
        rows = "\n".join(self._row(grid, row, number) for number, row in enumerate(grid.rows))
        caption = f"<caption>{self.text(grid.caption)}</caption>"
        # A wide table scrolls on a phone, so that a keyboard has to reach it.
        reached = f' tabindex="0" role="group" aria-label="{escape(bare(grid.caption))}"'
        scrolls = reached if len(grid.headings) >= SCROLLS else ""
        return (
            f'<div class="table"{scrolls}><table>{caption}<thead><tr>{heads}</tr></thead>\n'
            f"<tbody>\n{rows}\n</tbody></table></div>"
        )

    @staticmethod
    def _side(grid: Grid, at: int) -> str:
        return " class=n" if at in grid.numeric else ""

    def _row(self, grid: Grid, row: tuple[str, ...], number: int) -> str:
        kind = {grid.own: " class=own", grid.total: " class=total"}.get(number, "")
        first = f'<th scope="row">{self.text(row[0])}</th>'
        rest = "".join(
            f"<td{self._side(grid, at)}>{self.text(cell)}</td>"
            for at, cell in enumerate(row[1:], start=1)
        )
        return f"<tr{kind}>{first}{rest}</tr>"

    def head(self, report: Report) -> str:
        """The first screen: cells, sentence, strip."""
        cells = "".join(
            f"<div><dt>{escape(cell.label)}</dt><dd><b>{escape(cell.value)}</b>"
            f"<span>{escape(cell.note)}</span></dd></div>"
            for cell in report.cells
        )
        said = f'<p class="standout">{self.text(report.standout)}</p>'
        return f"<dl>{cells}</dl>\n{said}\n{self.figure(report.strip, saved=False)}"
