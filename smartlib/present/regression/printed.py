"""A table as a journal prints it: on a page, in LaTeX, for Word (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from smartlib.present.words.wording import MINUS
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.tables import LANGUAGES

NOTES = ("Catatan: ", "Notes: ")  # Indonesian, English
LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "∞": r"$\infty$",
        "×": r"$\times$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        MINUS: "$-$",
    }
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNSEEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")  # LaTeX stops at them
RULE = "border-{}:{}pt solid #000"


@dataclass(frozen=True)
class RegressionTable:
    """A regression table ready for a page, a LaTeX document or Word.

    Attributes
    ----------
    title : str
        Above the table.
    frame : DataFrame
        Cells as text; the first column holds the names of rows, each other one a model.
    foot : int
        Rows at the end that speak of the whole model.
    notes : tuple of str
        Sentences below the table.
    lang : {"en", "id"}
        Language.
    """

    title: str
    frame: pd.DataFrame
    foot: int
    notes: tuple[str, ...]
    lang: str = "en"

    def __repr__(self) -> str:
        return "\n".join([self.title, self.frame.to_string(index=False), *self.notes])

    def _repr_html_(self) -> str:
        first, last = len(self.frame) - self.foot, len(self.frame) - 1
        heads = f"{RULE.format('top', 1)};{RULE.format('bottom', 0.5)}"
        lines = [_line("th", self.frame.columns, heads)]
        for number, row in enumerate(self.frame.itertuples(index=False)):
            if not any(map(str, row)):
                continue  # a row that no column fills is a gap on a page
            rules = [RULE.format("top", 0.5)] * (number == first)
            rules += [RULE.format("bottom", 1)] * (number == last)
            lines.append(_line("td", row, ";".join(rules)))
        # Word processors centre a caption, pass over a table's own rules, and set a cell's text as
        # a paragraph with space around it: all three are said where they are obeyed.
        title = f'<p style="margin:0 0 3pt 0">{escape(self.title)}</p>'
        table = '<table cellspacing="0" style="border-collapse:collapse">'
        notes = f'<p style="margin:3pt 0 0 0;font-size:9pt">{escape(self._below)}</p>'
        return "\n".join([title, table, *lines, "</table>", notes])

    @property
    def _below(self) -> str:
        if not self.notes:
            return ""
        return NOTES[LANGUAGES.index(self.lang)] + " ".join(self.notes)

    def html(self) -> str:
        """A page of its own, which Word opens too: all styles are inline."""
        policy = f'<meta http-equiv="Content-Security-Policy" content="{content_policy()}">'
        head = f'<meta charset="utf-8">{policy}<title>{escape(self.title)}</title>'
        style = "font-family:'Times New Roman',serif;font-size:11pt"
        return (
            f'<!DOCTYPE html>\n<html lang="{self.lang}"><head>{head}</head>\n'
            f'<body style="{style}">\n{self._repr_html_()}\n</body></html>\n'
        )

    def latex(self) -> str:
        """A table environment; the document needs the package booktabs."""
        cells = self.frame.map(_latex).rename(columns=_latex)
        cells.isetitem(0, [_row_start(text) for text in cells.iloc[:, 0]])
        text = cells.style.hide(axis="index").to_latex(
            column_format="l" + "r" * (cells.shape[1] - 1),
            hrules=True,
            caption=_latex(self.title),
            position="htbp",
            position_float="centering",
        )
        lines = text.splitlines()
        lines.insert(lines.index(r"\bottomrule") - self.foot, r"\midrule")
        notes = _latex(self._below)
        lines.insert(-1, rf"\par\medskip\parbox{{\linewidth}}{{\footnotesize {notes}}}")
        return "\n".join([r"% \usepackage{booktabs}", *lines, ""])


def _line(tag: str, cells: Sequence[object] | pd.Index, rule: str) -> str:
    sides = ["left", *["right"] * (len(cells) - 1)]
    placed = zip(sides, cells, strict=True)
    written = "".join(
        f'<{tag} style="padding:1pt 6pt;text-align:{side};{rule}">'
        f'<p style="margin-top:0cm;margin-bottom:0cm;text-align:{side}">{escape(str(cell))}</p>'
        f"</{tag}>"
        for side, cell in placed
    )
    return f"<tr>{written}</tr>"


def _latex(text: object) -> str:
    """Text as LaTeX prints it: signs escaped, line breaks and control characters as spaces."""
    return " ".join(CONTROLS.sub(" ", UNSEEN.sub("", str(text))).split()).translate(LATEX)


def _row_start(text: str) -> str:
    """The first cell of a row, which the command that ends the row before would read."""
    return f"{{}}{text}" if text.startswith(("[", "*")) else text
