"""One report: run the notebook, make the page, write both whole (floor 5).

Runs in a thread, or on another machine; what it needs comes in an order, what came of it
goes back as a record.
"""

from __future__ import annotations

import copy
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from smartlib.data.writing import write_whole
from smartlib.run.execute.engine import WARM, run_notebook
from smartlib.run.execute.nodes import normalised, notebook_bytes
from smartlib.run.plan.values import Value
from smartlib.run.site.forms import forms_of
from smartlib.run.site.frame import Page
from smartlib.run.state.manifest import pathless
from smartlib.vocabulary.errors import SmartlibError


@dataclass(frozen=True)
class Order:
    """What making one report needs.

    Attributes
    ----------
    notebook : Path
        To run.
    parameters : mapping of str to Value
        Checked values for its `parameters`.
    target : Path
        Where the report goes, without a suffix: `.html` and `.ipynb` are added.
    page : Page
        What stands around the notebook.
    timeout : float or None
        Seconds that all cells together may take.
    root : Path
        Of the checkout; half-run notebooks do not name it.
    """

    notebook: Path
    parameters: Mapping[str, Value]
    target: Path
    page: Page
    timeout: float | None = None
    root: Path = Path()


@dataclass(frozen=True)
class Made:
    """What came of an order.

    Attributes
    ----------
    seconds : float
        Wall time.
    sha256 : str
        Of the page; nothing when it failed.
    error : str
        Traceback or reason; nothing on success.
    engine : {"smartlib", "papermill"}
        What ran the notebook: a warm kernel, or one that papermill's own engine starts.
    cold : str
        Why the latter.
    """

    seconds: float
    sha256: str = ""
    error: str = ""
    engine: str = WARM
    cold: str = ""


def beside(target: Path, suffix: str) -> Path:
    """A file of a report: `target` with something after its (dotted) name.

    Parameters
    ----------
    target : Path
        Of the report.
    suffix : str
        With its point.

    Examples
    --------
    >>> beside(Path("51.03-kab-badung"), ".failed.ipynb").name
    '51.03-kab-badung.failed.ipynb'
    """
    return target.with_name(target.name + suffix)


def make_report(order: Order) -> Made:
    """Make a report's page and notebook, or leave the half-run notebook beside its place.

    A report that exists is replaced only by a whole one; a success removes the half-run
    notebook of an earlier failure.

    Raises
    ------
    OSError
        The report's folder cannot be made or written to.
    StoppedError
        The build was given up meanwhile; nothing was written.
    """
    began = time.perf_counter()
    order.target.parent.mkdir(parents=True, exist_ok=True)
    run = run_notebook(
        order.notebook,
        order.parameters,
        cwd=order.notebook.parent,
        timeout=order.timeout,
        lang=order.page.lang if "lang" in order.page.parameters else "",
        home=order.root if order.root.is_absolute() else None,
    )
    notebook, failed = normalised(run.notebook), beside(order.target, ".failed.ipynb")
    error, forms = run.error, {".html": b""}
    if not error:
        try:
            forms = forms_of(notebook, order.page, order.target.name)
        except SmartlibError as problem:
            error = str(problem)
    if error:
        write_whole(failed, notebook_bytes(without_paths(notebook, order.root)))
        return Made(time.perf_counter() - began, "", error, run.engine, run.cold)
    write_whole(beside(order.target, ".ipynb"), notebook_bytes(notebook))
    for suffix, content in forms.items():
        write_whole(beside(order.target, suffix), content)
    failed.unlink(missing_ok=True)
    digest = hashlib.sha256(forms[".html"]).hexdigest()
    return Made(time.perf_counter() - began, digest, "", run.engine, run.cold)


def without_paths(node: NotebookNode, root: Path) -> NotebookNode:
    """A notebook whose tracebacks and printed text do not name this machine's folders.

    Parameters
    ----------
    node : NotebookNode
        With outputs; not changed.
    root : Path
        Of the checkout.
    """
    bare = copy.deepcopy(node)
    for output in (output for cell in bare.cells for output in cell.get("outputs", [])):
        for key in ("text", "evalue"):
            if key in output:
                output[key] = pathless(output[key], root)
        if "traceback" in output:
            output["traceback"] = [pathless(line, root) for line in output["traceback"]]
        data = output.get("data", {})
        for kind in [kind for kind in data if kind.startswith("text/")]:
            data[kind] = pathless(data[kind], root)
    return bare
