"""One notebook outside the batch, and the notebooks of the checkout re-run in place (floor 5)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapidfuzz import process

from smartlib.data.writing import write_whole
from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.nodes import normalised, notebook_bytes
from smartlib.run.execute.pool import run_all
from smartlib.run.execute.report import Made, Order, beside, make_report
from smartlib.run.plan.domain import Domain
from smartlib.run.plan.parameters import read_contract, read_notebook
from smartlib.run.plan.plan import NOTEBOOKS, slug
from smartlib.run.plan.values import Value
from smartlib.run.site.frame import Page
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import LANGUAGES

LONGEST_NAME = 80  # characters of a file name made from parameters
KEPT_FILES = "runs"
MAPPED, README_PICTURE = "02_national_ranking", "docs/known-rows.png"


class Watch(Protocol):
    """Told of each notebook re-run."""

    def __call__(self, name: str, error: str) -> None:
        """A notebook came to its end; `error` is nothing on success."""


@dataclass(frozen=True)
class Run:
    """A single run: where its report stands (without a suffix), and what came of it."""

    target: Path
    made: Made


def find_notebook(name: str, folders: Folders) -> Path:
    """A notebook by path, or by its name in `notebooks/`.

    Parameters
    ----------
    name : str
        As typed, with or without its suffix.
    folders : Folders
        Of the checkout.

    Raises
    ------
    ParameterError
        There is none; the message has the nearest names.
    """
    stem = name.removesuffix(".ipynb")
    for path in (Path(name), Path(f"{stem}.ipynb"), folders.notebooks / f"{stem}.ipynb"):
        if path.is_file():
            return path.resolve()
    names = sorted(path.stem for path in folders.notebooks.glob("*.ipynb"))
    near = process.extract(stem, names, limit=3)
    nearest = ", ".join(f"'{match[0]}'" for match in near) or "none"
    raise ParameterError(f"No notebook '{name}'. The nearest names in notebooks/: {nearest}.")


def run_single(
    name: str,
    given: Mapping[str, object],
    folders: Folders,
    output: Path | None = None,
    *,
    timeout: float | None = None,
) -> Run:
    """Run one notebook with parameters and write it and its page.

    Parameters
    ----------
    name : str
        Path, or name in `notebooks/`.
    given : mapping of str to object
        Parameters as typed.
    folders : Folders
        Of the checkout.
    output : Path, optional
        The executed notebook; default `reports/runs/` with a name from the parameters.
    timeout : float, optional
        Seconds that all cells together may take; none by default.

    Returns
    -------
    Run

    Raises
    ------
    ParameterError
        The notebook or its parameters are not right; nothing was started.
    OSError
        The output cannot be written; nothing was started either, if its folder is the reason.
    """
    notebook = find_notebook(name, folders)
    contract, domain = read_contract(notebook), Domain.of(folders)
    ours = notebook.is_relative_to(folders.notebooks.resolve())  # another's names are its own
    values = contract.checked(given, domain if ours else None)
    seen = contract.effective(values)
    lang = seen.get("lang")
    page = Page(lang=str(lang) if lang in LANGUAGES else "en", parameters=seen, years=domain.years)
    target = folders.reports / KEPT_FILES / run_name(notebook.stem, values)
    if output is not None:
        target = output.resolve().with_name(output.name.removesuffix(".ipynb"))
        if beside(target, ".ipynb") == notebook:
            raise ParameterError(f"{output} is the notebook itself; give another name.")
    return Run(target, make_report(Order(notebook, values, target, page, timeout, folders.root)))


def run_name(stem: str, values: Mapping[str, Value]) -> str:
    """A file name from a notebook's name and its parameters.

    Parameters
    ----------
    stem : str
        Name of the notebook.
    values : mapping of str to Value
        Those that were given.

    Examples
    --------
    >>> run_name("region_report", {"region": "51.03", "lang": "en"})
    'region_report.51-03.en'
    """
    text = [
        "-".join(map(str, value)) if isinstance(value, list) else _called(str(value))
        for value in values.values()
    ]
    name = ".".join([stem, *filter(None, map(slug, text))])
    if len(name) <= LONGEST_NAME:
        return name
    mark = hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}-{mark}"


def _called(value: str) -> str:
    """A value in a name: a file by its last part, so that no folder of a machine is in it."""
    return Path(value).name if Path(value).is_absolute() else value


def rerun_notebooks(folders: Folders, workers: int, watch: Watch) -> bool:
    """Re-execute the notebooks of the checkout in place, with their defaults.

    The README's picture is taken from them, so that it shows what they show.

    Parameters
    ----------
    folders : Folders
        Of the checkout.
    workers : int
        Notebooks side by side.
    watch : callable
        Told of each notebook.

    Returns
    -------
    bool
        Whether all of them ran; one that failed is left as it was.
    """
    failures = []

    def finished(path: Path, outcome: str | None, error: str) -> None:
        problem = error or outcome or ""
        failures.extend([path] if problem else [])
        watch(path.name, problem)

    paths = [folders.notebooks / f"{name}.ipynb" for name in NOTEBOOKS]
    paths += sorted((folders.notebooks / "course").glob("*.ipynb"))
    run_all(rerun, paths, workers=workers, started=lambda path: None, finished=finished)
    picture = last_picture(folders.notebooks / f"{MAPPED}.ipynb")
    if picture and not failures:
        write_whole(folders.root / README_PICTURE, picture)
    return not failures


def last_picture(notebook: Path) -> bytes:
    """The last PNG that an executed notebook shows; nothing if it shows none."""
    cells = read_notebook(notebook).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    shown = [o.data["image/png"] for o in outputs if "image/png" in o.get("data", {})]
    return base64.b64decode(shown[-1]) if shown else b""


def rerun(notebook: Path) -> str:
    """Re-execute one notebook in place; returns the error, or nothing."""
    run = run_notebook(notebook, {}, cwd=notebook.parent, home=Folders.find(notebook.parent).root)
    if not run.error:
        write_whole(notebook, notebook_bytes(normalised(run.notebook)))
    return run.error
