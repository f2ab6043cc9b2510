"""Figures as they are shown: one style, the same bytes at every run, described in words.

Floor 4; the only home of matplotlib, with the figure modules beside it. A picture is a
PNG, since that is what every viewer shows and what can be pasted into a document; it
carries its title and its source with it.
"""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

# Okabe and Ito's palette: told apart by colour-blind readers.
INK, MUTED, FAINT = "#222222", "#6b6b6b", "#d4d4d4"
REGION, NATION, TRACK, PROVINCE = "#d55e00", "#0072b2", "#009e73", "#a05a8c"
RISE, FALL = "#0072b2", "#d55e00"

WIDTH = 7.5  # inches; every figure is as wide as a page's column
DPI = 144  # twice a screen's, for sharp print
COLOURS = 48  # of a palette: a fraction of the bytes of full colour, and no visible loss
WRAP = 88  # characters of a title line

STYLE: Any = {  # matplotlib types rc names one by one
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "axes.titlesize": 8.5,
    "axes.titlelocation": "left",
    "figure.dpi": DPI,
}


@dataclass(frozen=True)
class Picture:
    """A figure ready to be shown.

    Attributes
    ----------
    figure : Figure
        Its axes hold the numbers.
    caption : str
        Its title: what it shows.
    alt : str
        What is to be seen, for those who cannot see it.
    """

    figure: Figure
    caption: str
    alt: str

    def png(self) -> bytes:
        """The picture as a file's bytes, the same at every call."""
        canvas = FigureCanvasAgg(self.figure)
        with mpl.rc_context(STYLE):
            canvas.draw()
        pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        buffer = io.BytesIO()
        pixels.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            buffer, format="PNG", optimize=True
        )
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.alt}"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"image/png": base64.b64encode(self.png()).decode(), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt}}


@contextmanager
def drawing(caption: str, source: str, height: float, **grid: Any) -> Iterator[tuple[Figure, Any]]:
    """An empty figure in the project's style, with its title and source.

    Parameters
    ----------
    caption : str
        Title.
    source : str
        Small line below.
    height : float
        Inches.
    **grid
        Passed to `Figure.subplots`; with several axes the second item is an array.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        title = textwrap.fill(caption, WRAP)
        figure.suptitle(title, x=0.01, ha="left", fontsize=10, fontweight="bold", color=INK)
        figure.supxlabel(source, x=0.01, ha="left", fontsize=7, color=MUTED)
        yield figure, figure.subplots(**grid)


def legend_above(ax: Axes) -> None:
    """The legend in one line between the title and the axes."""
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=5, fontsize=7.5, borderaxespad=0.2)
