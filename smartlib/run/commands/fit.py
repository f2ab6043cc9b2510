"""One formula fitted: its table, its files, and the notebook that makes them (floor 5)."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from smartlib.data.load import Evaluation, load_factor_dictionary, load_year
from smartlib.data.own_tables import own_factors
from smartlib.data.processed import read_tables
from smartlib.data.reading.files import some_headings
from smartlib.data.tables.own import UserFactors
from smartlib.data.tables.reading import Reading
from smartlib.data.tables.record import record_path, record_text
from smartlib.data.writing import csv_for_people, write_whole
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.models import FittedModel, fit
from smartlib.inference.factors.circularity import purge
from smartlib.inference.factors.outcomes import analysis_frame, outcome_labels, outcome_table
from smartlib.inference.factors.table import Factor, factors_by_rule, join_user_factors, registry
from smartlib.present.regression.journal import (
    RegressionTable,
    coefficient_table,
    fit_sheet,
    regression_table,
)
from smartlib.present.words.labels import described
from smartlib.present.words.regression_notes import context_notes, se_label
from smartlib.present.words.tables import Sheet
from smartlib.run.execute.nodes import normalised, notebook_bytes
from smartlib.run.plan.parameters import read_notebook
from smartlib.run.plan.plan import slug
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.extras import extra_with, how_to_install
from smartlib.vocabulary.folders import Folders

TEMPLATE = Path(__file__).with_name("templates") / "fit.ipynb"
DECLARED = r"^(?P<name>\w+)(?P<type>: [\w |]+ = ).*?(?P<comment>|  #.*)$"
FITS, OWN = "fits", "factors"  # folders: of all fits, and of the user's table in one
LONGEST_NAME = 80  # characters
LACKING_SHOWN = 3
UNEXECUTED = (
    "fit.ipynb was written but not run: that needs the extra `notebooks`, "
    f"{how_to_install('notebooks')}."
)
DIGITS = "%.12g"  # the same on every machine: the last bits of a float are not


@dataclass(frozen=True)
class FitOrder:
    """What is to be fitted.

    Attributes
    ----------
    formula : str
        As typed.
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
    """

    formula: str
    year: int
    se: str = "cr2"
    cluster: str = "province"
    allow_small: bool = False
    factors: Path | None = None
    reading: Path | None = None


@dataclass(frozen=True, eq=False)
class Materials:
    """All that formulas can name, for one order.

    Attributes
    ----------
    order : FitOrder
        What they were gathered for.
    frame : DataFrame, shape (scored regions, ...)
        Indexed by region code.
    names : dict of str to Factor
        Labels and units of its columns.
    evaluation : Evaluation
        Of the year.
    dictionary : DataFrame
        Factor dictionary.
    coverage : tuple of str
        What is known of a user's own table, a sentence a line.
    reading : Reading or None
        How that table was read.
    """

    order: FitOrder
    frame: pd.DataFrame
    names: dict[str, Factor]
    evaluation: Evaluation
    dictionary: pd.DataFrame
    coverage: tuple[str, ...]
    reading: Reading | None = None


@dataclass(frozen=True, eq=False)
class WrittenFit:
    """A fit, its table, and where they were written.

    Attributes
    ----------
    order : FitOrder
    model : FittedModel
    names : dict of str to Factor
    table : RegressionTable
    files : tuple of Path
    unexecuted : str
        Why its notebook was not run; nothing if it was.
    """

    order: FitOrder
    model: FittedModel
    names: dict[str, Factor]
    table: RegressionTable
    files: tuple[Path, ...]
    unexecuted: str = ""

    @property
    def sheet(self) -> Sheet:
        """The coefficients, a line each."""
        return fit_sheet(self.model, self.names)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: a number that does not exist, or is not finite, is None."""
        model, notes = self.model, list(self.table.notes)
        return {
            "formula": model.formula,
            "outcome": model.outcome,
            "year": self.order.year,
            "coefficients": [_plain(c) for c in model.coefficients],
            "n": model.n,
            "clusters": model.clusters,
            "cluster": model.cluster or None,
            "r_squared": model.r_squared,
            "level": model.level,
            "se": model.se,
            "hc3_normal": [_plain(c) for c in model.beside],
            "dropped": dict(model.dropped),
            "notes": notes,
            "files": [path.as_posix() for path in self.files],
        }


def gather(order: FitOrder, folders: Folders) -> Materials:
    """Load and join what formulas can name; nothing is fitted yet.

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
    evaluation, dictionary = load_year(order.year, folders), load_factor_dictionary(folders)
    tables, scheme = read_tables(folders), evaluation.scheme
    scores = tables.scores[tables.scores["year"] == order.year].set_index("region_code")
    without = purge(evaluation.scored, evaluation.instrument, scheme)
    outcomes, labels = outcome_table(scores, scheme, without), outcome_labels(scheme, without)
    table = factors_by_rule(tables.factors, scores.index, order.year)
    frame = analysis_frame(scores, outcomes, table.values, scheme)
    own: UserFactors | None = None
    reading: Reading | None = None
    coverage: tuple[str, ...] = ()
    if order.factors is not None:
        own, reading = own_factors(
            order.factors, order.year, folders, list(frame), record=order.reading
        )
        used = re.findall(r"\w+", order.formula)
        own.check(used)
        table = join_user_factors(table, own)
        frame = analysis_frame(scores, outcomes, table.values, scheme)
        coverage = _coverage(own, evaluation, frame.index, used)
    names = described(registry(table, dictionary, evaluation.scored, own), labels, scheme)
    return Materials(order, frame, names, evaluation, dictionary, coverage, reading)


def fit_and_write(materials: Materials, folders: Folders, output: Path | None = None) -> WrittenFit:
    """Fit, run the notebook that does the same, and write all files whole.

    Parameters
    ----------
    materials : Materials
        From `gather`.
    folders : Folders
        Of the checkout.
    output : Path, optional
        Folder; default `reports/fits/` and a name from the formula.

    Returns
    -------
    WrittenFit
        Its files: table.csv (numbers, unrounded), table.tex, table.html, fit.ipynb, and below
        `factors/` a copy of a user's own table with the record of how it was read, so that the
        notebook runs again by itself and takes the same decisions.

    Raises
    ------
    SmartlibError
        The formula or the rows cannot be fitted; nothing was written.
    BuildError
        The notebook failed; no table was written.
    OSError
        The folder cannot be made or written to.
    """
    order = materials.order
    model = fit(
        order.formula,
        materials.frame,
        se=order.se,
        cluster=order.cluster,
        allow_small=order.allow_small,
    )
    models = {se_label(model): model}
    context = context_notes(models, materials.names, materials.evaluation, materials.dictionary)
    table = regression_table(models, materials.names, notes=context)
    folder = output.resolve() if output else folders.reports / FITS / fit_name(order.formula)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = coefficient_table(models, materials.names)
    notebook, unexecuted = _notebook(materials, folder, folders.root)
    contents = {
        "table.csv": csv_for_people(numbers, DIGITS),
        "table.tex": table.latex().encode(),
        "table.html": table.html().encode(),
        "fit.ipynb": notebook,
    }
    for name, content in contents.items():
        write_whole(folder / name, content)
    files = tuple(folder / name for name in contents)
    return WrittenFit(order, model, materials.names, table, files, unexecuted)


def fit_name(formula: str) -> str:
    """A folder name from a formula; with a mark where the name alone does not tell it.

    Parameters
    ----------
    formula : str
        As typed; spaces do not count.

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
    if re.fullmatch(r"[a-z0-9_]+~[a-z0-9_]+(\+[a-z0-9_]+)*", plain) and len(name) <= LONGEST_NAME:
        return name
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9].strip('.-')}-{mark}"


def _notebook(materials: Materials, folder: Path, root: Path) -> tuple[bytes, str]:
    """The template with the order as its parameters, run where it will stand if it can be.

    Without what runs notebooks it is left as it is, and the second value says so.
    """
    own, order = "", materials.order
    if order.factors is not None and materials.reading is not None:
        copy = folder / OWN / order.factors.name
        copy.parent.mkdir(exist_ok=True)
        write_whole(copy, order.factors.read_bytes())
        write_whole(record_path(copy), record_text(materials.reading).encode())
        own = copy.relative_to(folder).as_posix()
    node = _filled({**asdict(order), "factors": own})
    try:
        from smartlib.run.execute.engine import run_notebook  # noqa: PLC0415  # of an extra
    except ModuleNotFoundError as error:
        if not extra_with(error.name):
            raise
        return notebook_bytes(normalised(node)), UNEXECUTED
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
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
        return f"{line['name']}{line['type']}{text}{line['comment']}"

    node = read_notebook(TEMPLATE)
    (cell,) = [c for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = re.sub(DECLARED, declared, cell.source, flags=re.MULTILINE)
    return node


def _coverage(
    own: UserFactors, evaluation: Evaluation, regions: pd.Index, used: Collection[str]
) -> tuple[str, ...]:
    """How the table was read, and for each column that the formula uses how much it has."""
    lines = [f"{own.file}: {note}" for note in own.notes]
    others = [name for name in own.values if name not in used]
    if others:
        lines.append(f"{own.file}: not in the formula: {some_headings(others)}")
    for name, row in own.coverage(regions).loc[lambda of: ~of.index.isin(others)].iterrows():
        unit = f" ({row['unit']})" if row["unit"] else ""
        line = f"{own.file}: {name}{unit}: {row['known']} of {row['regions']} scored regions"
        lacking = regions[own.values[name].reindex(regions).isna()]
        some = ", ".join(evaluation.register.name(code) for code in lacking[:LACKING_SHOWN])
        more = f" and {len(lacking) - LACKING_SHOWN} more" if len(lacking) > LACKING_SHOWN else ""
        lines.append(f"{line}; none for {some}{more}" if some else line)
    return tuple(lines)


def _plain(c: Estimate) -> dict[str, str | float | None]:
    return {
        key: value if isinstance(value, str) or math.isfinite(value) else None
        for key, value in asdict(c).items()
    }
