"""Letters on a figure, set by Pillow in place of matplotlib (floor 4).

Most of a figure's time went into its words. Pillow sets a line some four times faster, and
what was set once is kept, so that a process forked from a warm one finds the words that
stand on every region's figures already there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import ImageFont

FONT = "DejaVu Sans"  # comes with matplotlib: the same letters everywhere
DPI = 144  # twice a screen's, for sharp print
POINTS = 72  # in an inch
KEPT = 2048  # set lines; those of a report are about a hundred


class Renderer(RendererAgg):
    """matplotlib's renderer, its letters set by Pillow; knows no formulas."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Size of a line in pixels."""
        _, top, right, bottom = _face_of(prop).getbbox(s, anchor="ls")
        return right, bottom - top, bottom

    def draw_text(  # noqa: PLR0917 (matplotlib's own signature)
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """A line whose base begins at (x, y), in pixels from the upper left."""
        letters, right, down = _letters(s, findfont(prop), _pixels(prop))
        if letters.size:
            self._renderer.draw_text_image(letters, round(x) + right, round(y) + down, angle, gc)


def width_of(text: str, size: float) -> float:
    """Width of a line of text.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Of the letters, in points.

    Returns
    -------
    float
        Inches.
    """
    return _face_of(FontProperties(family=FONT, size=size)).getlength(text) / DPI


def _pixels(prop: FontProperties) -> float:
    return prop.get_size_in_points() * DPI / POINTS


def _face_of(prop: FontProperties) -> ImageFont.FreeTypeFont:
    return _face(findfont(prop), _pixels(prop))


@lru_cache
def _face(path: str, pixels: float) -> ImageFont.FreeTypeFont:
    # The basic layout is in every build of Pillow, so the bytes do not depend on the build.
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=KEPT)
def _letters(text: str, path: str, pixels: float) -> tuple[NDArray[np.uint8], int, int]:
    """Coverage of a line's pixels, and where its lower left corner lies from its base."""
    mask, (right, down) = _face(path, pixels).getmask2(text, anchor="ls")
    width, height = mask.size
    letters = np.frombuffer(bytearray(mask), dtype=np.uint8).reshape(height, width)
    return letters, right, down + height
