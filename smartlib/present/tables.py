"""Tables as they are shown: text, formatted and escaped (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        align = {name: (lambda cell: f'<span class="n">{cell}</span>') for name in self.numeric}
        escaped = self.frame.map(_escaped)
        html: str = escaped.to_html(
            index=False, border=0, justify="left", escape=False, formatters=align
        )
        return html


def _escaped(cell: object) -> str:
    return str(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
