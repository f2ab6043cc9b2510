"""The forms of an executed notebook: its page, and what else was asked for (floor 5)."""
# ruff: noqa: PLC0415 a region's report needs no nbconvert, and most need no PDF

from __future__ import annotations

from nbformat import NotebookNode

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
    return {".html": report_page(report, node, page, name)}
