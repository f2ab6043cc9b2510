"""The forms of an executed notebook: its page, and what else was asked for (floor 5)."""
# ruff: noqa: PLC0415 a region's report needs no nbconvert, and most need no PDF

from __future__ import annotations

from collections.abc import Callable, Mapping

from nbformat import NotebookNode

from smartlib.present.document.blocks import Report
from smartlib.run.site.frame import Page
from smartlib.run.site.report_page import report_in, report_page


def forms_of(node: NotebookNode, page: Page, name: str) -> dict[str, bytes]:
    """Bytes of each form of a report, by suffix; the page is always there.

    Parameters
    ----------
    node : NotebookNode
        Executed; not changed.
    page : Page
        What stands around it, and which other forms.
    name : str
        Of the report's files, without a suffix.

    Raises
    ------
    BuildError
        A form is too large, would load something, or cannot be made.
    """
    report = report_in(node)
    if report is None:
        from smartlib.run.site.pages import page_of

        return {".html": page_of(node, page)}
    forms = {".html": report_page(report, node, page, name)}
    return forms | {f".{one}": _MAKERS[one](report) for one in page.formats}


def _pdf(report: Report) -> bytes:
    from smartlib.run.site.pdf import pdf_of

    return pdf_of(report)


def _xlsx(report: Report) -> bytes:
    from smartlib.data.workbook import sheets_bytes

    return sheets_bytes((leaf.name, leaf.headings, leaf.rows) for leaf in report.leaves)


_MAKERS: Mapping[str, Callable[[Report], bytes]] = {"pdf": _pdf, "xlsx": _xlsx}
