"""Figures as they are shown: one style, the same bytes at every run, described in words.

Floor 4; the only home of matplotlib, with `lettering` and the figure modules beside it. A
picture is a PNG, since that is what every viewer shows and what can be pasted into a
document; it carries its title and its source with it.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from smartlib.data.writing import write_whole
from smartlib.present.drawing.lettering import DPI, Renderer
from smartlib.vocabulary.errors import ParameterError

# Okabe and Ito's palette: told apart by colour-blind readers.
INK, MUTED, FAINT = "#222222", "#6b6b6b", "#d4d4d4"
REGION, NATION, TRACK, PROVINCE = "#d55e00", "#0072b2", "#009e73", "#a05a8c"
RISE, FALL = "#0072b2", "#d55e00"
INDEX_COLOURS, SHARE_COLOURS = "viridis_r", "Blues"
# Formats for print, with what matplotlib would write of clock and version.
FORMS: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
PRINT_DPI = 300
PRINTED: Any = {"svg.hashsalt": "smartlib", "pdf.fonttype": 42, "text.parse_math": False}
SHADES = 8  # of each ink on white, for the edges of letters and for transparent dots
SCALE_SHADES = 32  # of each colour scale


@dataclass(frozen=True)
class Picture:
    """A figure ready to be shown.

    Attributes
    ----------
    figure : Figure
        Its axes hold the numbers; the words around them are its own.
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
        width, height = map(round, self.figure.bbox.size)
        renderer = Renderer(width, height, DPI)
        self.figure.draw(renderer)
        pixels = Image.frombuffer("RGBA", (width, height), renderer.buffer_rgba()).convert("RGB")
        buffer = io.BytesIO()
        pixels.quantize(palette=_palette(), dither=Image.Dither.NONE).save(buffer, format="PNG")
        return buffer.getvalue()

    def save(self, path: str | Path) -> Path:
        """Write the picture for print: PNG at 300 dots an inch, SVG or PDF, 190 mm wide.

        Parameters
        ----------
        path : str or Path
            Its suffix says which: .png, .svg, .pdf.

        Returns
        -------
        Path

        Raises
        ------
        ParameterError
            Another suffix.
        OSError
            The file cannot be written.
        """
        target = Path(path)
        write_whole(target, self.printed(target.suffix.removeprefix(".").lower()))
        return target

    def printed(self, form: str) -> bytes:
        """The picture as the bytes of a file for print, the same at every call.

        Parameters
        ----------
        form : {"png", "svg", "pdf"}
            Which.

        Raises
        ------
        ParameterError
            Another form.
        """
        if form not in FORMS:
            raise ParameterError(f"No figure can be a .{form}; there are {', '.join(FORMS)}.")
        buffer = io.BytesIO()
        with mpl.rc_context(PRINTED):
            self.figure.savefig(buffer, format=form, dpi=PRINT_DPI, metadata=FORMS[form])
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.alt}"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"image/png": base64.b64encode(self.png()).decode(), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt}}


class DensePicture(Picture):
    """A picture in fewer bytes and more milliseconds: a page of many names has to stay light."""

    def png(self) -> bytes:
        """The same pixels, pressed harder."""
        buffer = io.BytesIO()
        Image.open(io.BytesIO(super().png())).save(buffer, format="PNG", optimize=True)
        return buffer.getvalue()


@cache
def _palette() -> Image.Image:
    """White, the inks and their shades, the colour scales: a fraction of full colour's bytes."""
    inks = np.array([to_rgb(ink) for ink in (INK, REGION, NATION, TRACK, PROVINCE)])
    white = np.arange(SHADES)[:, None, None] / SHADES
    shades = (inks * (1 - white) + white).reshape(-1, 3)
    greys = [to_rgb(grey) for grey in (MUTED, FAINT, "white")]
    steps = np.linspace(0, 1, SCALE_SHADES)
    scales = [colormaps[name](steps)[:, :3] for name in (INDEX_COLOURS, SHARE_COLOURS)]
    colours = np.vstack([shades, greys, *scales])
    palette = Image.new("P", (1, 1))
    palette.putpalette((colours * 255).round().astype(np.uint8).tobytes())
    return palette
