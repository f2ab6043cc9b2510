"""A notebook as slides, by nbconvert (floor 5)."""

from __future__ import annotations

from nbconvert import SlidesExporter
from nbformat import NotebookNode


def slides_of(node: NotebookNode, reveal: str = "reveal.js") -> bytes:
    """Slides of a notebook, in one page.

    Parameters
    ----------
    node : NotebookNode
        With nbconvert's `slideshow` metadata.
    reveal : str
        Where reveal.js is, as an address or a folder beside the page.

    Returns
    -------
    bytes
        HTML; it shows as one long page where reveal.js is not found.
    """
    exporter = SlidesExporter(reveal_url_prefix=reveal, embed_images=True)
    page: str = exporter.from_notebook_node(node)[0]
    return page.encode("utf-8")
