"""A region's report as PDF: the only home of typst (floor 5).

The document is PDF/UA-1 by the typesetter's own gate, which refuses what lacks a title, a
language, alternative texts or an order of headings. Faces come with typst and with matplotlib,
so no font of the system is asked for; without a clock the same report is the same bytes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from smartlib.present.document.typeset import typeset
from smartlib.run.site.frame import TEMPLATES
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.extras import how_to_install

if TYPE_CHECKING:
    from smartlib.present.document.blocks import Report

FACE = "DejaVu Sans"  # of figures and headings; comes with matplotlib
STANDARD = "ua-1"
LARGEST = 300_000  # bytes of one region's report; it travels by message

# One compiler a process: what it has set once it need not set again. Its threads are its own.
_COMPILING = Lock()


def require_typesetter() -> None:
    """Stop if PDFs were asked for and cannot be made.

    Raises
    ------
    BuildError
        typst is not installed; the message names the extra.
    """
    if find_spec("typst") is None:
        raise BuildError(
            "A PDF needs typst, which is not installed. Install it with the extra `pdf`: "
            f"{how_to_install('pdf')}."
        )


def pdf_of(report: Report) -> bytes:
    """A region's report as PDF.

    Parameters
    ----------
    report : Report
        Its record.

    Raises
    ------
    BuildError
        typst is not installed or refuses the document, or the file has more than 300,000 bytes.
    """
    content = compiled(typeset(report, FACE))
    if len(content) > LARGEST:
        raise BuildError(f"The PDF has {len(content):,} bytes; at most {LARGEST:,} are allowed.")
    return content


def compiled(data: dict[str, Any]) -> bytes:
    """The bytes of a document from the template's data.

    Parameters
    ----------
    data : dict
        Output of `typeset`, or what holds several under `items`.

    Raises
    ------
    BuildError
        typst is not installed, or refuses the document.
    """
    require_typesetter()
    import typst  # noqa: PLC0415  # an extra

    files = {
        "main.typ": (TEMPLATES / "report.typ").read_bytes(),
        "report.json": json.dumps(data, ensure_ascii=False).encode("utf-8"),
    }
    with _COMPILING:
        try:
            made = _compiler().compile(
                input=files, format="pdf", pdf_standards=[STANDARD], timestamp=0
            )
        except typst.TypstError as problem:
            raise BuildError(f"The typesetter refused the report: {problem}.") from problem
    return bytes(made)


@cache
def _compiler() -> Any:
    import typst  # noqa: PLC0415

    home = find_spec("matplotlib")  # for its faces only: to import it takes longer than a PDF
    faces = Path(str(home and home.origin)).parent / "mpl-data" / "fonts" / "ttf"
    return typst.Compiler(font_paths=[str(faces)], ignore_system_fonts=True)
