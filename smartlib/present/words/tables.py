"""Tables as they are shown: text, formatted and escaped (floor 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd


@dataclass(frozen=True)
class Sheet:
    """A table ready to be shown in a notebook or on a page.

    Attributes
    ----------
    frame : DataFrame
        Cells as text, headings as printed.
    numeric : tuple of str
        Headings whose cells are aligned to the right.
    """

    frame: pd.DataFrame
    numeric: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return str(self.frame.to_string(index=False))

    def _repr_html_(self) -> str:
        headings = [str(name) for name in self.frame.columns]
        sides = ["right" if name in self.numeric else "left" for name in headings]

        def line(tag: str, cells: Iterable[object]) -> str:
            placed = zip(sides, cells, strict=True)
            return "".join(
                f'<{tag} style="text-align:{side}">{escape(str(cell))}</{tag}>'
                for side, cell in placed
            )

        head = f"<thead><tr>{line('th', headings)}</tr></thead>"
        body = [f"<tr>{line('td', row)}</tr>" for row in self.frame.itertuples(index=False)]
        return "\n".join(["<table>", head, "<tbody>", *body, "</tbody></table>"])


def sheet(columns: Mapping[str, list[str]], numeric: tuple[str, ...] = ()) -> Sheet:
    """A table from columns of text.

    Parameters
    ----------
    columns : mapping of str to list of str
        Cells by printed heading.
    numeric : tuple of str
        Headings of numbers.
    """
    return Sheet(pd.DataFrame(columns), numeric)


@dataclass(frozen=True)
class Text:
    """A passage of Markdown, computed."""

    markdown: str

    def __repr__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown
