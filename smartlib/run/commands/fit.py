"""One formula fitted: its table, its files, and the notebook that makes them (floor 5)."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbformat import NotebookNode

from smartlib.data.tables.record import record_path, record_text
from smartlib.data.writing import csv_for_people, write_whole
from smartlib.inference.checks.classical import Check, checks_of
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.fractional import fit_family
from smartlib.inference.core.models import FittedModel
from smartlib.inference.factors.panel import row_names
from smartlib.inference.factors.table import Factor
from smartlib.present.paper import (
    check_record,
    checks_line,
    checks_sheet,
    checks_table,
    paragraphs,
    source_line,
)
from smartlib.present.regression.journal import (
    coefficient_table,
    fit_sheet,
    journal_table,
    whole_line,
)
from smartlib.present.regression.printed import RegressionTable
from smartlib.present.words.regression_notes import (
    context_notes,
    headed,
    more_notes,
)
from smartlib.present.words.tables import Sheet
from smartlib.run.commands.materials import Materials, Wanted, gathered
from smartlib.run.execute.nodes import normalised, notebook_bytes, only_language
from smartlib.run.plan.parameters import read_notebook
from smartlib.run.plan.plan import slug
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.extras import extra_with, how_to_install
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.words import screen

TEMPLATE = Path(__file__).with_name("templates") / "fit.ipynb"
DECLARED = r"^(?P<name>\w+)(?P<type>: [\w |\[\]]+ = ).*?(?P<comment>|  #.*)$"
FITS, OWN = "fits", "factors"  # folders: of all fits, and of the user's table in one
NOTES_SHOWN = 2  # on screen: those that change the reading; all of them are in the files
LONGEST_NAME = 80  # characters
DIGITS = "%.12g"  # the same on every machine: the last bits of a float are not


@dataclass(frozen=True)
class FitOrder:
    """What is to be fitted.

    Attributes
    ----------
    formulas : tuple of str
        As typed; one is given as text.
    year : int
        Of the evaluation.
    se, cluster : str
        Kind of the errors, and the column of the clusters.
    allow_small : bool
        Whether fewer than 10 rows a coefficient are fitted.
    factors : Path or None
        A user's own table.
    reading : Path or None
        The record of how it is read; default the one beside it.
    where, weights : str
        Condition on the rows, and column of their weights; or nothing.
    family : {"ols", "logit"}
        What is fitted.
    lang : {"en", "id"}
        Of tables and texts.
    figures : tuple of str
        Formats of figures that are written, of png, svg, pdf.
    own_scheme : Path or None
        An index of one's own, in TOML.
    """

    formulas: tuple[str, ...]
    year: int
    se: str = "cr2"
    cluster: str = "province"
    allow_small: bool = False
    factors: Path | None = None
    reading: Path | None = None
    where: str = ""
    weights: str = ""
    family: str = "ols"
    lang: str = "en"
    figures: tuple[str, ...] = ()
    own_scheme: Path | None = None

    def __post_init__(self) -> None:
        if isinstance(self.formulas, str):
            object.__setattr__(self, "formulas", (self.formulas,))

    @property
    def wanted(self) -> Wanted:
        """What its formulas need."""
        texts = (*self.formulas, self.where, self.weights, self.cluster)
        wanted = Wanted.by(self.year, texts, self.factors, self.reading)
        return replace(wanted, scheme=self.own_scheme)


@dataclass(frozen=True, eq=False)
class WrittenFit:
    """Fits, their table, and where they were written.

    Attributes
    ----------
    order : FitOrder
    models : dict of str to FittedModel
        By heading.
    checks : dict of str to tuple of Check
        Classical checks of each.
    names : dict of str to Factor
    table : RegressionTable
    regions : mapping of str to str
        Names by region code.
    files : tuple of Path
    unexecuted : str
        Why its notebook was not run; nothing if it was.
    """

    order: FitOrder
    models: dict[str, FittedModel]
    checks: dict[str, tuple[Check, ...]]
    names: dict[str, Factor]
    table: RegressionTable
    regions: Mapping[str, str]
    files: tuple[Path, ...]
    unexecuted: str = ""

    @property
    def sheets(self) -> dict[str, Sheet]:
        """The coefficients of each fit, a line each."""
        return {
            heading: fit_sheet(model, self.names, lang=self.order.lang, full=True)
            for heading, model in self.models.items()
        }

    def lines(self, checks: bool) -> Iterator[str | Sheet]:
        """What a terminal shows: tables, the notes that change the reading, where the rest is.

        Parameters
        ----------
        checks : bool
            Whether the classical checks are shown.
        """
        lang = self.order.lang
        yield self.table.title
        if len(self.models) > 1:
            yield Sheet(self.table.frame, tuple(list(self.table.frame)[1:]))
        for heading, model in self.models.items():
            if len(self.models) == 1:
                yield self.sheets[heading]
                yield whole_line(model, lang)
            if checks:
                yield checks_line(heading if len(self.models) > 1 else "", lang)
                yield checks_sheet(
                    self.checks[heading], self.names, lang, regions=self.regions, n=model.n
                )
        yield from self.table.notes[:NOTES_SHOWN]
        left = len(self.table.notes) - NOTES_SHOWN
        if left > 0:
            yield more_notes(left, lang)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: a number that does not exist, or is not finite, is None."""
        found = [self._one(heading, model) for heading, model in self.models.items()]
        return found[0] if len(found) == 1 else {"models": found}

    def _one(self, heading: str, model: FittedModel) -> dict[str, Any]:
        good, words = model.goodness, self.order.lang
        return {
            "formula": model.formula,
            "outcome": model.outcome,
            "year": self.order.year,
            "coefficients": [_plain(c) for c in model.coefficients],
            "n": model.n,
            "clusters": model.clusters,
            "cluster": model.cluster or None,
            "r_squared": model.r_squared,
            "adjusted_r_squared": _finite(good.adjusted_r_squared),
            "within_r_squared": _finite(good.within_r_squared) if model.taken_out else None,
            "f": _finite(good.f),
            "f_df": list(good.f_df),
            "f_p_value": _finite(good.f_p_value),
            "standardised": good.standardised,
            "level": model.level,
            "se": model.se,
            "family": model.family,
            "where": model.where or None,
            "weights": model.weights or None,
            "absorbed": dict(model.taken_out),
            "singletons": list(model.singletons),
            "hc3_normal": [_plain(c) for c in model.beside],
            "logit_coefficients": [_plain(c) for c in model.link_coefficients],
            "checks": [
                check_record(c, self.names, words, regions=self.regions, n=model.n)
                for c in self.checks[heading]
            ],
            "dropped": dict(model.dropped),
            "notes": list(self.table.notes),
            "files": [path.as_posix() for path in self.files],
        }


def gather(order: FitOrder, folders: Folders) -> Materials:
    """Load and join what an order's formulas can name; nothing is fitted yet.

    Parameters
    ----------
    order : FitOrder
        Year and a user's own table.
    folders : Folders
        Of the checkout.

    Raises
    ------
    SmartlibError
        The year is unknown, a table cannot be used.
    """
    return gathered(order.wanted, folders)


def fitted(order: FitOrder, materials: Materials) -> dict[str, FittedModel]:
    """The models of an order, by heading: the errors of a single one, numbers of several.

    Parameters
    ----------
    order : FitOrder
        What to fit.
    materials : Materials
        From `gather`.

    Raises
    ------
    SmartlibError
        A formula or the rows cannot be fitted.
    """
    found = [
        fit_family(
            formula,
            materials.frame,
            family=order.family,
            se=order.se,
            cluster=order.cluster,
            allow_small=order.allow_small,
            where=order.where,
            weights=order.weights,
        )
        for formula in order.formulas
    ]
    return headed(found, order.lang)


def fit_and_write(
    order: FitOrder, materials: Materials, folders: Folders, output: Path | None = None
) -> WrittenFit:
    """Fit, run the notebook that does the same, and write all files whole.

    Parameters
    ----------
    order : FitOrder
        What to fit.
    materials : Materials
        From `gather`.
    folders : Folders
        Of the checkout.
    output : Path, optional
        Folder; default `reports/fits/` and a name from the formulas.

    Returns
    -------
    WrittenFit
        Its files: table.csv (numbers, unrounded), table.tex, table.html, checks.csv, text.md
        (method and results), references.bib, figures in the formats asked for, fit.ipynb, and
        below `factors/` a copy of a user's own table with the record of how it was read, so
        that the notebook runs again by itself and takes the same decisions.

    Raises
    ------
    SmartlibError
        A formula or the rows cannot be fitted; nothing was written.
    BuildError
        The notebook failed; no table was written.
    OSError
        The folder cannot be made or written to.
    """
    models, names, lang = fitted(order, materials), materials.names, order.lang
    regions = row_names(materials.frame.index, materials.evaluation.register.name)
    places = materials.evaluation.register.frame[["longitude", "latitude"]]
    checks = {heading: checks_of(model, places) for heading, model in models.items()}
    context = context_notes(models, names, materials.evaluation, materials.dictionary, lang)
    table = journal_table(models, names, context, lang)
    name = fit_name("; ".join(order.formulas), _options(order))
    folder = output.resolve() if output else folders.reports / FITS / name
    folder.mkdir(parents=True, exist_ok=True)
    numbers = coefficient_table(models, names, lang)
    texts = paragraphs(models, checks, names, materials.evaluation, lang)
    notebook, unexecuted = _notebook(order, materials, folder, folders.root)
    contents = {
        "table.csv": csv_for_people(numbers, DIGITS),
        "table.tex": table.latex().encode(),
        "table.html": table.html().encode(),
        "checks.csv": csv_for_people(
            checks_table(
                checks, names, lang, regions=regions, rows={h: m.n for h, m in models.items()}
            ),
            DIGITS,
        ),
        "text.md": texts.markdown().encode(),
        "references.bib": texts.bibtex().encode(),
        **_figures(order, materials, models),
        "fit.ipynb": notebook,
    }
    for file, content in contents.items():
        write_whole(folder / file, content)
    files = tuple(folder / file for file in contents)
    return WrittenFit(order, models, checks, names, table, regions, files, unexecuted)


def _figures(
    order: FitOrder, materials: Materials, models: dict[str, FittedModel]
) -> dict[str, bytes]:
    """Coefficients, and residuals of each fit by least squares, in the formats asked for."""
    if not order.figures:
        return {}
    from smartlib.present.paper.figures import (  # noqa: PLC0415
        coefficients_picture,
        residuals_picture,
    )

    names, lang = materials.names, order.lang
    source = source_line(order.year, lang)
    plain = {heading: model for heading, model in models.items() if model.family == "ols"}
    pictures = {}
    if any(model.goodness.standardised for model in plain.values()):
        pictures["coefficients"] = coefficients_picture(plain, names, source, lang)
    for number, model in enumerate(plain.values(), 1):
        name = "residuals" if len(plain) == 1 else f"residuals_{number}"
        pictures[name] = residuals_picture(model, names, source, lang)
    return {
        f"{name}.{form}": picture.printed(form)
        for name, picture in pictures.items()
        for form in order.figures
    }


def _options(order: FitOrder) -> str:
    """What a folder's name has to tell apart beside the formulas; nothing for a plain fit."""
    scheme = order.own_scheme.name if order.own_scheme else ""
    family = order.family if order.family != "ols" else ""
    parts = (order.where, order.weights, family, scheme)
    return "; ".join(parts) if any(parts) else ""


def fit_name(formula: str, options: str = "") -> str:
    """A folder name from a formula; with a mark where the name alone does not tell it.

    Parameters
    ----------
    formula : str
        As typed; spaces do not count.
    options : str, optional
        What else makes it another fit.

    Examples
    --------
    >>> fit_name("harmonised_index ~ log(population) + kota")
    'harmonised-index.log-of-population.kota'
    >>> fit_name("harmonised_index ~ population * kota")
    'harmonised-index.population-kota-4d22f81d'
    """
    text = "".join(formula.split())
    plain = re.sub(r"\blog\((\w+)\)", r"log_of_\1", text)
    name = ".".join(slug(term) for term in re.split("[~+]", plain))
    is_plain = re.fullmatch(r"[a-z0-9_]+~[a-z0-9_]+(\+[a-z0-9_]+)*", plain)
    if is_plain and len(name) <= LONGEST_NAME and not options:
        return name
    mark = hashlib.sha256((text + options).encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9].strip('.-')}-{mark}"


def _notebook(order: FitOrder, materials: Materials, folder: Path, root: Path) -> tuple[bytes, str]:
    """The template with the order as its parameters, run where it will stand if it can be.

    Without what runs notebooks it is left as it is, and the second value says so.
    """
    own = ""
    if order.factors is not None and materials.reading is not None:
        copy = folder / OWN / order.factors.name
        copy.parent.mkdir(exist_ok=True)
        write_whole(copy, order.factors.read_bytes())
        write_whole(record_path(copy), record_text(materials.reading).encode())
        own = copy.relative_to(folder).as_posix()
    node = _filled(_parameters(order, folder, own))
    try:
        from smartlib.run.execute.engine import run_notebook  # noqa: PLC0415  # of an extra
    except ModuleNotFoundError as error:
        if not extra_with(error.name):
            raise
        return notebook_bytes(normalised(node)), screen.NOT_RUN(how=how_to_install("notebooks"))
    with TemporaryDirectory(prefix="smartlib-") as scratch:
        notebook = Path(scratch) / TEMPLATE.name
        notebook.write_bytes(notebook_bytes(node))
        run = run_notebook(notebook, {}, cwd=folder, home=root)
    if run.error:
        raise BuildError(f"The notebook of the fit failed; no table was written.\n{run.error}")
    return notebook_bytes(normalised(run.notebook)), ""


def _filled(values: dict[str, Any]) -> NotebookNode:
    """The template with other defaults: no cell overrules them when it is run by hand."""

    def declared(line: re.Match[str]) -> str:
        value = values[line["name"]]
        text = (
            json.dumps(value, ensure_ascii=False) if isinstance(value, (str, list)) else repr(value)
        )
        return f"{line['name']}{line['type']}{text}{line['comment']}"

    node = only_language(read_notebook(TEMPLATE), values["lang"])
    (cell,) = [c for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = re.sub(DECLARED, declared, cell.source, flags=re.MULTILINE)
    return node


def _parameters(order: FitOrder, folder: Path, own: str) -> dict[str, Any]:
    """What the notebook declares, from the order; an own scheme is copied beside it."""
    scheme = ""
    if order.own_scheme is not None:
        copy = folder / OWN / order.own_scheme.name
        copy.parent.mkdir(exist_ok=True)
        write_whole(copy, order.own_scheme.read_bytes())
        scheme = copy.relative_to(folder).as_posix()
    files = {"factors": own, "own_scheme": scheme}
    return {**asdict(order), "formulas": list(order.formulas), **files}


def _plain(c: Estimate) -> dict[str, str | float | None]:
    return {
        key: value if isinstance(value, str) or math.isfinite(value) else None
        for key, value in asdict(c).items()
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
