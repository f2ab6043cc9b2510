"""An executed notebook as one self-contained page: the only module that knows nbconvert (floor 5).

nbconvert's `basic` template is the base; frame and style are our own, inlined from
`templates/`. A page asks nothing of a network and has no scripts.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from nbconvert import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from smartlib.run.parameters import Value
from smartlib.vocabulary.errors import BuildError

TEMPLATES = Path(__file__).parent / "templates"
LARGEST = 250_000  # bytes; a page must open on a phone and travel by message
CODE_STYLE = "xcode"  # dark enough on white to read
HEADING = re.compile(r"^# +(.+?) *#* *$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
NETWORK = re.compile(
    r"<[^>]+\s(?:src|href|srcset|action|data|poster|xmlns(?::\w+)?)\s*=\s*[\"']?\s*(?:https?:)?//[^>]*>"
    r"|url\(\s*[\"']?(?:https?:)?//|@import",
    re.IGNORECASE,
)
ADDRESS_LINK = re.compile(
    r"<a\b[^>]*\bhref=[\"'](?P<to>(?:https?:)?//[^\"']*)[\"'][^>]*>(?P<text>.*?)</a>",
    re.IGNORECASE | re.DOTALL,
)
WORDS = {
    "en": {
        "show": "Show the code",
        "parameters": "Parameters",
        "back": "All regions",
        "figure": "Figure without description",
        "made": "Made by smartlib {version} from the evaluation data of {years}.",
        "licence": "Code: MIT. Figures are cited as facts from the letters and publications named "
        "under sources; the publishers state no licence for most of them.",
    },
    "id": {
        "show": "Tampilkan kode",
        "parameters": "Parameter",
        "back": "Semua daerah",
        "figure": "Gambar tanpa keterangan",
        "made": "Dibuat oleh smartlib {version} dari data evaluasi {years}.",
        "licence": "Kode: MIT. Angka dikutip sebagai fakta dari surat dan publikasi yang disebut "
        "pada sumber; sebagian besar penerbit tidak menyatakan lisensi.",
    },
}


@dataclass(frozen=True)
class Page:
    """What a page says around its notebook.

    Attributes
    ----------
    title : str
        The one heading of first rank; nothing takes the notebook's own.
    lang : str
        Language of the page, `id` or `en`.
    parameters : mapping of str to Value
        Shown at the head.
    home : str
        Relative address of the index page; nothing leaves the link out.
    years : tuple of int
        Years of the data, for the footer.
    """

    title: str = ""
    lang: str = "en"
    parameters: Mapping[str, Value] = field(default_factory=dict)
    home: str = ""
    years: tuple[int, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """Fixed wording in the page's language."""
        return WORDS[self.lang]

    @property
    def made(self) -> str:
        """Footer: version and years."""
        years = ", ".join(map(str, self.years)) or "-"
        return self.words["made"].format(version=version(), years=years)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Parameters as text."""
        return [(name, _shown(value)) for name, value in self.parameters.items()]


def version() -> str:
    """Installed version of smartlib."""
    return metadata.version("smartlib")


def _shown(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


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
        The page is larger than 250,000 bytes, or would load something from a network.
    """
    body, title = _without_title(node)
    resources = {"page": page, "title": page.title or title or "smartlib"}
    html, _ = _exporter().from_notebook_node(body, resources=resources)
    content = _addresses_as_text(html).encode("utf-8")
    loads = sorted({match.group()[:80] for match in NETWORK.finditer(content.decode("utf-8"))})
    if loads:
        raise BuildError(f"The page would load from a network: {'; '.join(loads)}.")
    if len(content) > LARGEST:
        raise BuildError(
            f"The page has {len(content):,} bytes; at most {LARGEST:,} are allowed. "
            "Show fewer or smaller figures."
        )
    return content


@cache
def _exporter() -> HTMLExporter:
    """One exporter a process: making one costs more than a page."""
    config = Config()
    config.HTMLExporter.exclude_input_prompt = True
    config.HTMLExporter.exclude_output_prompt = True
    config.HTMLExporter.exclude_anchor_links = True
    config.HTMLExporter.preprocessors = ["nbconvert.preprocessors.TagRemovePreprocessor"]
    config.TagRemovePreprocessor.remove_cell_tags = {"notebook-only"}
    config.TagRemovePreprocessor.enabled = True
    exporter = HTMLExporter(
        config=config, template_name="report", extra_template_basedirs=[str(TEMPLATES)]
    )
    highlighting = HtmlFormatter(style=CODE_STYLE).get_style_defs(".highlight")
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    exporter.environment.globals["style"] = style + _without_line_numbers(highlighting)
    exporter.environment.filters["lower_headings"] = _lower_headings
    return exporter


def _without_line_numbers(css: str) -> str:
    return "\n".join(line for line in css.splitlines() if line.startswith(".highlight ."))


def _without_title(node: NotebookNode) -> tuple[NotebookNode, str]:
    """The notebook less its first heading of first rank, and that heading."""
    body = copy.deepcopy(node)
    for cell in body.cells:
        if "notebook-only" in cell.metadata.get("tags", []):
            continue
        holders = [(cell, "source")] if cell.cell_type == "markdown" else []
        if cell.cell_type == "code":
            data = [output.get("data", {}) for output in cell.outputs]
            holders = [(part, "text/markdown") for part in data if "text/markdown" in part]
        for holder, key in holders:
            bare = FENCED.sub(lambda fence: re.sub(r"[^\n]", " ", fence.group()), holder[key])
            match = HEADING.search(bare)
            if match:
                holder[key] = holder[key][: match.start()] + holder[key][match.end() :]
                return body, re.sub(r"[*`_]", "", match.group(1))
    return body, ""


def _lower_headings(html: str) -> str:
    return re.sub(r"<(/?)h1\b", r"<\1h2", html)


def _addresses_as_text(html: str) -> str:
    """Links that leave the page as words, their address beside them."""

    def words(match: re.Match[str]) -> str:
        to, text = match["to"], match["text"]
        return text if re.sub(r"<[^>]+>", "", text).strip() in to else f"{text} ({to})"

    return ADDRESS_LINK.sub(words, html)
