"""A region's page, made from the record that its executed notebook carries (floor 5)."""

from __future__ import annotations

import json
from functools import cache
from html import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbformat import NotebookNode

from smartlib.present.document.blocks import Report
from smartlib.present.document.carried import record
from smartlib.present.document.cells import record_in
from smartlib.present.document.markup import Markup
from smartlib.present.document.vector import FACE, INKS, SIZE
from smartlib.run.site.frame import TEMPLATES, Page
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.policy import content_policy

LARGEST = 120_000  # bytes; a page must open on a phone and travel by message
METHOD = "method"
OTHER = {"id": "en", "en": "id"}
WORDS = {
    "en": {
        "skip": "Skip to the report",
        "ways": "Other reports",
        "contents": "Contents",
        "back": "All regions",
        "other": "Bahasa Indonesia",
        "compare": "Compare",
        "print": "Print",
        "code": "Code and parameters",
        "parameters": "Parameters",
        "notebook": "Notebook",
    },
    "id": {
        "skip": "Langsung ke laporan",
        "ways": "Laporan lain",
        "contents": "Isi",
        "back": "Semua daerah",
        "other": "English",
        "compare": "Bandingkan",
        "print": "Cetak",
        "code": "Kode dan parameter",
        "parameters": "Parameter",
        "notebook": "Notebook",
    },
}


def report_in(node: NotebookNode) -> Report | None:
    """The record that an executed notebook carries; None where it carries none.

    Parameters
    ----------
    node : NotebookNode
        With outputs.

    Raises
    ------
    BuildError
        The record is of another version.
    """
    for cell in reversed(node.cells):
        found = record_in(cell.get("outputs", []))
        if found is not None:
            report = record(found)
            if isinstance(report, Report):
                return report
    return None


def report_page(report: Report, node: NotebookNode, page: Page, name: str) -> bytes:
    """The HTML of a region's report.

    Parameters
    ----------
    report : Report
        Its record, from which all that the page says is taken.
    node : NotebookNode
        Its notebook, for the code.
    page : Page
        Language, parameters, way back.
    name : str
        Of the report's files, without a suffix.

    Raises
    ------
    BuildError
        The page is larger than 120,000 bytes.
    """
    aim = Aims(page)
    forms, script = Markup(aim), _script()
    html = (
        environment()
        .get_template("region.html.j2")
        .render(
            page=page,
            report=report,
            w={**WORDS[page.lang], "other_lang": OTHER[page.lang]},
            aim=aim,
            head=forms.head(report),
            sections="\n".join(map(forms.section, report.sections)),
            other=aim(f"region:{report.code}", OTHER[page.lang]) if report.code else page.other,
            pdf=f"{name}.pdf" if "pdf" in page.formats else "",
            xlsx=f"{name}.xlsx" if "xlsx" in page.formats else "",
            notebook=f"{name}.ipynb",
            code="\n".join(
                f"<pre><code>{escape(cell.source)}</code></pre>"
                for cell in node.cells
                if cell.cell_type == "code"
            ),
            policy=content_policy(script),
            script=script,
            style=style(),
        )
    )
    content = html.encode("utf-8")
    if len(content) > LARGEST:
        raise BuildError(f"The page has {len(content):,} bytes; at most {LARGEST:,} are allowed.")
    return content


class Aims:
    """Where links of a page lead: regions by way of the index, which knows what there is."""

    def __init__(self, page: Page) -> None:
        self.home, self.lang = page.home, page.lang

    def __call__(self, to: str, lang: str = "") -> str:
        """Address of an aim such as `region:51.03`, in another language than the page's too."""
        kind, _, name = to.partition(":")
        lang = lang or self.lang
        if not self.home:
            return ""
        if kind == "region":
            return f"{self.home}#{name}.{lang}"
        folder = self.home.rpartition("/")[0]
        page = f"{METHOD}.html" if lang == "id" else f"{METHOD}.{lang}.html"
        return f"{folder}/{page}#{name}" if kind == "method" else ""


@cache
def environment() -> Environment:
    """Templates of our own pages."""
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


@cache
def _script() -> str:
    """The page's script, with the inks that a saved drawing brings along."""
    inks = "".join(f".{name}{{{ink}}}" for name, ink in INKS.items())
    style = f"text{{font:{SIZE}px {FACE}}}{inks}"
    return (TEMPLATES / "region.js").read_text(encoding="utf-8").replace("INKS", json.dumps(style))


@cache
def style() -> str:
    """The style sheet of reports."""
    return (TEMPLATES / "region.css").read_text(encoding="utf-8")
