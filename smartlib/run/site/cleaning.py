"""What of a notebook's own HTML may stand on a page: the only home of nh3 (floor 5).

A page is opened on other people's machines, so what runs, loads or sends does not leave the
house: elements and attributes are those of an allow-list, and a page's policy forbids the rest
once more. What comes back is as an HTML parser writes it, every element closed.
"""
# ruff: noqa: SIM905 lists of names read better as words

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import nh3

KEPT = 512  # pieces of text; a page has about sixty, half of them its own
NO_ALT = "No description has been provided for this image"  # nbconvert's words

HTML = nh3.ALLOWED_TAGS | {"big", "section", "tfoot", "main"}
SVG = set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath "
    "linearGradient radialGradient stop clipPath mask pattern marker image title desc".split()
)
ANYWHERE = set(
    "class id style title lang dir role tabindex alt src href width height align valign".split()
)
OF_TABLES = set("border colspan rowspan headers scope span summary".split())
OF_LISTS = set("start type reversed value open datetime cite".split())
DRAWN = set(
    "viewBox preserveAspectRatio version transform d points x y x1 y1 x2 y2 cx cy r rx ry fx fy "
    "dx dy rotate offset pathLength textLength lengthAdjust startOffset refX refY orient "
    "markerWidth markerHeight markerUnits gradientUnits gradientTransform spreadMethod "
    "patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits "
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display "
    "visibility overflow clip-path clip-rule mask marker-start marker-mid marker-end stop-color "
    "stop-opacity font-family font-size font-style font-weight font-variant text-anchor "
    "text-decoration dominant-baseline alignment-baseline baseline-shift letter-spacing "
    "word-spacing paint-order vector-effect shape-rendering text-rendering".split()
)
# Elements that would run, load, send or take a reader elsewhere; a page says that it left them out.
ACTIVE = set(
    "animate animatemotion animatetransform applet audio base button embed foreignobject form "
    "frame frameset iframe input link math meta object script select set source template "
    "textarea video".split()
)
WITH_CONTENT = set("script style template iframe noembed noframes metadata audio video".split())
SCHEMES = {"http", "https", "data", "mailto"}

OPENED = re.compile(r"<([a-z][a-z0-9:-]*)", re.IGNORECASE)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL)
WRAPPED = re.compile(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", re.DOTALL)  # as in a drawing of R's
# What makes CSS load, or hides that it does; a backslash can spell any of it.
LOADING = re.compile(
    r"\\|<|@import|image-set|\bsrc\(|expression\(|-moz-binding"
    r"|url\((?!\s*[\"']?\s*(?:#|data:image/))",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"url\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
HANDLER = re.compile(r"[\s\"'/]on\w+\s*=|script\s*:|<!(?:DOCTYPE|ENTITY)[^>]*\[", re.IGNORECASE)
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DATA_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
OUTSIDE = re.compile(r"\s*(?:https?:)?[/\\]{2}", re.IGNORECASE)
IMAGE = re.compile(r"<img((?: [^\s=>]+=\"[^\"]*\")*)>")


@dataclass(frozen=True)
class Clean:
    """A piece of a page.

    Attributes
    ----------
    html : str
        What may stand there.
    left_out : frozenset of str
        Elements that may not, by name.
    """

    html: str
    left_out: frozenset[str] = frozenset()


@lru_cache(maxsize=KEPT)
def cleaned(html: str) -> Clean:
    """HTML without anything that runs, loads or sends.

    Parameters
    ----------
    html : str
        From a notebook: an output, or Markdown as HTML.

    Returns
    -------
    Clean
        Style sheets stand first. Addresses of a network are kept, for the page to refuse or to
        print: pictures, and links.

    Examples
    --------
    >>> cleaned('<b onclick="x()">bold<script>x()</script>')
    Clean(html='<b>bold</b>', left_out=frozenset({'script'}))
    """
    sheets = [WRAPPED.sub(r"\1", css) for css in STYLE.findall(html)]
    kept = [f"<style>{css}</style>" for css in sheets if not LOADING.search(css)]
    left_out = ACTIVE & {name.lower() for name in OPENED.findall(html)}
    left_out |= {"style"} if len(kept) < len(sheets) else set()
    body = IMAGE.sub(_described, _CLEANER.clean(STYLE.sub("", html)))
    left_out |= {"img"} if "<img " in body and _without_source(body) else set()
    return Clean("".join([*kept, body]), frozenset(left_out))


@lru_cache(maxsize=KEPT)
def drawing(svg: str) -> Clean:
    """A drawing for a picture, in which a browser runs nothing: byte for byte as it is.

    Shown by itself it would be a page, so one that holds anything active is cleaned.

    Parameters
    ----------
    svg : str
        The drawing's XML.
    """
    names = {name.lower() for name in OPENED.findall(svg)}
    if not names & ACTIVE and not HANDLER.search(svg):
        return Clean(svg)
    bare = _CLEANER.clean(STYLE.sub("", svg)).replace("&nbsp;", "&#160;")
    return Clean(
        bare.replace("<svg", f"<svg {NAMESPACES}", 1), frozenset(names & (ACTIVE | {"style"}))
    )


def _described(image: re.Match[str]) -> str:
    """An image with a description, if only that there is none."""
    return image[0] if ' alt="' in image[1] else f'<img{image[1]} alt="{escape(NO_ALT)}">'


def _without_source(body: str) -> bool:
    return any(' src="' not in image for image in IMAGE.findall(body))


def _kept(element: str, attribute: str, value: str) -> str | None:
    """An attribute's value, or nothing where it would load or run something."""
    if attribute == "src" or (attribute == "href" and element == "image"):
        return value if DATA_PICTURE.match(value) or OUTSIDE.match(value) else None
    if attribute == "href":
        return _link(element, value)
    styled = attribute == "style" or attribute in DRAWN
    loads = styled and LOADING.search(value) and not ELSEWHERE.search(value)
    return None if loads else value


def _link(element: str, value: str) -> str | None:
    """Where a link may lead: a place on the page or beside it, an address that becomes text."""
    if element == "use":
        return value if value.startswith("#") else None
    if OUTSIDE.match(value):
        return value.replace("\\", "/")
    return None if value.lstrip().lower().startswith("data:") else value


def _allowed(tags: Iterable[str]) -> dict[str, set[str]]:
    html = ANYWHERE | OF_TABLES | OF_LISTS
    return {tag: html | DRAWN if tag in SVG else html for tag in tags}


_CLEANER = nh3.Cleaner(
    tags=HTML | SVG,
    clean_content_tags=WITH_CONTENT,
    attributes=_allowed(HTML | SVG),
    attribute_filter=_kept,
    generic_attribute_prefixes={"aria-"},
    url_schemes=SCHEMES,
    link_rel=None,
)
