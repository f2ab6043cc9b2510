"""An executed notebook as one self-contained page: the only module that knows nbconvert (floor 5).

nbconvert's `basic` template is the base; frame and style are our own, inlined from
`templates/`. A page asks nothing of a network and has no scripts: what a notebook brings is
cleaned, and a policy in the page's head forbids the rest. Pages of one notebook share most of
their cells, so what is made of a piece of text is kept and used again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from html import escape
from threading import Lock
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from smartlib.run.site.cleaning import KEPT, Clean, cleaned, drawing
from smartlib.run.site.frame import TEMPLATES, Page
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.policy import content_policy

LARGEST = 200_000  # bytes; a page must open on a phone and travel by message
SHOWN = (  # media types that a page can show, the best first
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "text/latex",
    "image/png",
    "image/jpeg",
    "text/plain",
)
CODE_STYLE = "xcode"  # dark enough on white to read
TOKEN = re.compile(r'<span(?: class="(\w+)")?>([^<]*)</span>')
COLOURED = re.compile(r"\.highlight \.(?!.*color: #000 )")
HEADING = re.compile(r"^# +(.+?) *#* *$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
NETWORK = re.compile(
    r"<[^>]+\s(?:src|href|srcset|action|data|poster|xmlns(?::\w+)?)\s*=\s*[\"']?\s*(?:https?:)?//[^>]*>"
    r"|=\"[^\"<>]*url\(\s*(?:&quot;|')?\s*(?:https?:)?//",
    re.IGNORECASE,
)
LEFT, RIGHT = (
    re.compile(rf'(<t[dh]) style="text-align: ?{side};?"(?=>)') for side in ("left", "right")
)
PICTURE = re.compile(r"(?<=;base64,)@\d+@")  # a name that stands for a picture's bytes
ADDRESS_LINK = re.compile(
    r"<a\b[^>]*\bhref=[\"'](?P<to>(?:https?:)?//[^\"']*)[\"'][^>]*>(?P<text>.*?)</a>",
    re.IGNORECASE | re.DOTALL,
)


def page_of(node: NotebookNode, page: Page) -> bytes:
    """The HTML of an executed notebook.

    Parameters
    ----------
    node : NotebookNode
        With outputs; not changed.
    page : Page
        Title, language, parameters.

    Returns
    -------
    bytes
        UTF-8.

    Raises
    ------
    BuildError
        The page is larger than 200,000 bytes, or would load something from a network.
    """
    with _EXPORTING:
        start = {"page": page, "left_out": set()}
        html, resources = _exporter().from_notebook_node(node, resources=start)
    loads = sorted({match.group()[:80] for match in NETWORK.finditer(html)})
    if loads:
        raise BuildError(f"The page would load from a network: {'; '.join(loads)}.")
    pictures = resources["pictures"]
    content = PICTURE.sub(lambda name: pictures.get(name[0], name[0]), html).encode("utf-8")
    if len(content) > LARGEST:
        raise BuildError(
            f"The page has {len(content):,} bytes; at most {LARGEST:,} are allowed. "
            "Show fewer or smaller figures."
        )
    return content


class _Exporter(HTMLExporter):
    """nbconvert's exporter less its last step, which parses the whole page.

    The parsing costs more than all the rest; the template has its pieces parsed instead.
    """

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Page of a notebook, and what its making left."""
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)


# An exporter says nothing of threads, which run one at a time and gain nothing from one each.
_EXPORTING = Lock()


@cache
def _exporter() -> _Exporter:
    """One exporter a process: making one costs more than a page."""
    config = Config()
    config.HTMLExporter.exclude_input_prompt = True
    config.HTMLExporter.exclude_output_prompt = True
    config.HTMLExporter.exclude_anchor_links = True
    config.HTMLExporter.optimistic_validation = True  # once, not after each preprocessor
    config.HTMLExporter.preprocessors = [
        "nbconvert.preprocessors.TagRemovePreprocessor",
        _take_title,
        _take_pictures,
    ]
    config.TagRemovePreprocessor.remove_cell_tags = {"notebook-only"}
    config.TagRemovePreprocessor.enabled = True
    exporter = _Exporter(
        config=config, template_name="report", extra_template_basedirs=[str(TEMPLATES)]
    )
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    exporter.environment.globals["policy"] = content_policy()
    exporter.environment.globals["style"] = style + _code_style()
    exporter.environment.filters |= {
        "highlight_code": _highlighted,
        "lower_headings": _lower_headings,
        "markdown2html": _markdown_of(exporter),
        "clean": _clean,
        "drawing": _drawing,
        "filter_data_type": _shown_kind,
    }
    return exporter


def _take_title(
    body: NotebookNode, resources: dict[str, Any]
) -> tuple[NotebookNode, dict[str, Any]]:
    """The notebook less its first heading of first rank, which is the title unless one is given."""
    title, found = "", next(_headings(body), None)
    if found:
        holder, key, match = found
        title = re.sub(r"[*`_]", "", match[1])
        holder[key] = holder[key][: match.start()] + holder[key][match.end() :]
    resources["title"] = resources["page"].title or title or "smartlib"
    return body, resources


def _headings(body: NotebookNode) -> Iterator[tuple[dict[str, str], str, re.Match[str]]]:
    """Texts that hold a heading of first rank outside a fence: record, key, match."""
    for cell in body.cells:
        holders = [(cell, "source")] if cell.cell_type == "markdown" else []
        holders += [(data, "text/markdown") for data in _shown_data(cell)]
        for holder, key in holders:
            bare = FENCED.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), holder.get(key, ""))
            match = HEADING.search(bare)
            if match:
                yield holder, key, match


def _take_pictures(
    body: NotebookNode, resources: dict[str, Any]
) -> tuple[NotebookNode, dict[str, Any]]:
    """The notebook with names in place of its pictures' bytes, which nobody need read."""
    pictures = resources["pictures"] = {}
    for cell in body.cells:
        for data in _shown_data(cell):
            if "image/png" in data:
                name = f"@{len(pictures)}@"
                pictures[name] = escape(data["image/png"].replace("\n", ""))
                data["image/png"] = name
    return body, resources


def _shown_data(cell: NotebookNode) -> list[NotebookNode]:
    """What a cell's outputs show, by media type."""
    return [output.data for output in cell.get("outputs", []) if "data" in output]


@pass_context
def _clean(context: Context, html: str) -> str:
    """HTML of a notebook as it may stand on a page."""
    return _addresses_as_text(_aligned(_without(context, cleaned(html))))


@pass_context
def _drawing(context: Context, svg: str) -> str:
    """A drawing as it may stand in a picture."""
    return _without(context, drawing(svg))


def _without(context: Context, piece: Clean) -> str:
    """A piece's HTML; what it lacks is told at the page's foot."""
    context["resources"]["left_out"] |= piece.left_out
    return piece.html


@pass_context
def _shown_kind(context: Context, data: Mapping[str, object]) -> list[str]:
    """The media type to show of an output's, as a list for nbconvert's template."""
    kinds = [kind for kind in SHOWN if kind in data]
    context["resources"]["left_out"] |= set() if kinds else set(data)
    return kinds[:1]


def _markdown_of(exporter: HTMLExporter) -> Callable[[Context, str], str]:
    """The Markdown filter of nbconvert, keeping what it made of a text."""
    plain = lru_cache(maxsize=KEPT)(partial(exporter.markdown2html, {}))

    @pass_context
    def markdown(context: Context, source: str) -> str:
        attached = context.get("cell", {}).get("attachments")
        return exporter.markdown2html(context, source) if attached else plain(source)

    return markdown


def _highlighted(source: str, language: Mapping[str, str], cell: Mapping[str, str]) -> str:
    """A cell's code in colours."""
    lexer = language.get("pygments_lexer", language.get("name"))
    return _in_colours(source, lexer, cell.get("magics_language"))


@lru_cache(maxsize=KEPT)
def _in_colours(source: str, lexer: str | None, magics: str | None) -> str:
    metadata = {"magics_language": magics} if magics else {}
    html = Highlight2HTML(pygments_lexer=lexer)(source, metadata=metadata)
    coloured = _coloured_kinds()
    return TOKEN.sub(lambda token: token[0] if token[1] in coloured else token[2], html)


@cache
def _coloured_kinds() -> frozenset[str]:
    """Kinds of tokens that are not black; spans around the others were half of a page's code."""
    return frozenset(re.findall(r"^\.highlight \.(\w+)", _code_style(), re.MULTILINE))


@cache
def _code_style() -> str:
    """Colours of code, without those of line numbers and of what is black."""
    lines = HtmlFormatter(style=CODE_STYLE).get_style_defs(".highlight").splitlines()
    return "\n".join(re.sub(r" /\*.*", "", line) for line in lines if COLOURED.match(line))


def _aligned(html: str) -> str:
    """Cells whose side the style sheet gives: said in each, it was a tenth of a page's text."""
    return RIGHT.sub(r'\1 class="n"', LEFT.sub(r"\1", html))


def _lower_headings(html: str) -> str:
    return re.sub(r"<(/?)h1\b", r"<\1h2", html)


def _addresses_as_text(html: str) -> str:
    """Links that leave the page as words, their address beside them."""

    def words(match: re.Match[str]) -> str:
        to, text = match["to"], match["text"]
        return text if re.sub(r"<[^>]+>", "", text).strip() in to else f"{text} ({to})"

    return ADDRESS_LINK.sub(words, html)
