"""A small SVG pen: shapes, words, and the two ways in which a drawing is coloured (floor 4).

On a page a drawing takes its inks from the page's style sheet, so that a dark screen and grey
print work; standing alone, in a notebook or a PDF, it brings the light ones along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

# Classes of shapes and words, and what they are drawn with on white. Orange is the region's.
INKS = {
    "own": "fill:#d55e00",
    "ownline": "stroke:#d55e00;fill:none",
    "owntext": "fill:#b34700;font-weight:600",
    "tick": "stroke:#6b6b6b;stroke-width:1;fill:none",
    "back": "stroke:#c4c4c4;stroke-width:1;fill:none",
    "axis": "stroke:#8a8a8a;stroke-width:1;fill:none",
    "ref": "stroke:#0072b2;stroke-width:1.5;stroke-dasharray:4 3;fill:none",
    "reftext": "fill:#005a8c",
    "band": "fill:#e9edf1",
    "rise": "fill:#0072b2",
    "fall": "fill:#7d8790",
    "error": "stroke:#0072b2",
    "method": "stroke:#009e73",
    "rounding": "stroke:#222222",
    "dot": "fill:#0072b2",
    "ink": "fill:#1a1a1a",
    "soft": "fill:#595959",
}
SIZE = 13  # pixels of letters
TILE = 20  # pixels of a shaded value
FACE = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
# Of letters, in their size: wide enough for the faces that a reader may have.
NARROW, USUAL, WIDE = 0.36, 0.66, 0.98
BOLD = 1.15  # how much wider bold letters are
THIN, BROAD = "ijlt.,:;'!|()[] ", "mwMW%–—+−"


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a line is, in pixels, whatever the reader's letters are."""
    wide = (NARROW if c in THIN else WIDE if c in BROAD else USUAL for c in text)
    return size * (sum(wide) + 0.06 * sum(c.isupper() for c in text))


def fold_words(text: str, width: float, size: float = SIZE) -> list[str]:
    """A text as lines that are not wider than a width."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@dataclass
class Pen:
    """A drawing under way.

    Attributes
    ----------
    width : float
        Of the drawing, pixels.
    height : float
        Grows as rows are added.
    """

    width: float
    height: float = 0.0
    parts: list[str] = field(default_factory=list)

    def line(self, ink: str, *points: tuple[float, float], wide: float = 0) -> None:
        """A broken line."""
        path = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        style = f' stroke-width="{_short(wide)}"' if wide else ""
        self.parts.append(f'<path class="{ink}" d="M{path}"{style}/>')

    def ticks(self, ink: str, xs: Sequence[float], y: float, half: float) -> None:
        """Short upright lines at equal height, as one shape."""
        path = "".join(f"M{_short(x)} {_short(y - half)}v{_short(2 * half)}" for x in xs)
        self.parts.append(f'<path class="{ink}" d="{path}"/>' if path else "")

    def box(self, ink: str, x: float, y: float, width: float, height: float) -> None:
        """A filled rectangle."""
        place = f'x="{_short(x)}" y="{_short(y)}"'
        size = f'width="{_short(width)}" height="{_short(height)}"'
        self.parts.append(f'<rect class="{ink}" {place} {size}/>')

    def tile(self, x: float, y: float, width: float, text: str, *, share: float) -> None:
        """A rectangle behind a word, the darker the larger a share of 1; any word stays legible."""
        place = f'x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{TILE}"'
        self.parts.append(f'<rect class="rise" {place} fill-opacity="{0.05 + share / 2:.2f}"/>')
        self.words("ink", x + width / 2, y + 15, text, anchor="middle")

    def dot(self, ink: str, x: float, y: float, radius: float) -> None:
        """A filled circle."""
        place = f'cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"'
        self.parts.append(f'<circle class="{ink}" {place}/>')

    def words(self, ink: str, x: float, y: float, text: str, *, anchor: str = "start") -> None:
        """A line of text, kept inside the drawing."""
        wide = width_of(text) * (BOLD if ink == "owntext" else 1)
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        x = max(left, min(x, self.width - wide + left)) if wide < self.width else left
        aim = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.parts.append(
            f'<text class="{ink}" x="{_short(x)}" y="{_short(y)}"{aim}>{escape(text)}</text>'
        )

    def drawing(self, *, alone: bool, label: str = "", face: str = FACE) -> str:
        """The SVG's text.

        Parameters
        ----------
        alone : bool
            Whether it brings its inks along.
        label : str
            Alternative text; nothing where it stands beside the drawing.
        face : str
            Of the letters of one that stands alone.
        """
        width, height = _short(self.width), _short(self.height)
        named = f' role="img" aria-label="{escape(label)}"' if label else ""
        space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
        size = f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        style = ""
        if alone:
            inks = "".join(f".{name}{{{ink}}}" for name, ink in INKS.items())
            style = f"<style>text{{font:{SIZE}px {face}}}{inks}</style>"
        return f"<svg{space}{size}{named}>{style}{''.join(self.parts)}</svg>"
