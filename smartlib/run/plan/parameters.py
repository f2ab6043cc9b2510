"""The contract of a notebook: what its `parameters` cell declares (floor 5).

Names, types and defaults are read from the cell's syntax tree, so that nothing runs;
given values are checked by name, type and domain before a kernel starts.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rapidfuzz import process

from smartlib.data.reading.regions import Register
from smartlib.vocabulary.errors import ParameterError, UnknownRegionError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.tables import LANGUAGES

Scalar = str | int | float | bool
Value = Scalar | None | list[Scalar]

TRUE, FALSE = {"true", "yes", "ya", "1"}, {"false", "no", "tidak", "0"}
SIMPLE = {"str": str, "int": int, "float": float, "bool": bool}
NEAR = 60  # rapidfuzz score from which a name is worth suggesting


@dataclass(frozen=True)
class Parameter:
    """One declared parameter.

    Attributes
    ----------
    name : str
        As notebooks use it.
    type : str
        Annotation (`str`, `int`, `float`, `bool`, `list[str]`, ...), or the default's type.
    default : object
        Declared value; None where it is no literal.
    help : str
        Comment behind the declaration.
    """

    name: str
    type: str
    default: Value
    help: str = ""


@dataclass(frozen=True)
class Domain:
    """What well-known parameters may be: the regions of a register, the years at hand."""

    register: Register
    years: tuple[int, ...]


@dataclass(frozen=True)
class Contract:
    """The parameters that a notebook declares.

    Attributes
    ----------
    notebook : str
        File name, for messages.
    parameters : tuple of Parameter
        In the order of the cell.
    """

    notebook: str
    parameters: tuple[Parameter, ...]

    def checked(
        self, given: Mapping[str, object], domain: Domain | None = None
    ) -> dict[str, Value]:
        """Given values, converted to their declared types.

        Parameters
        ----------
        given : mapping of str to object
            Values as typed on the command line (text) or as Python objects.
        domain : Domain, optional
            Checks `region`, `year` and `lang` too; a region's name becomes its code.

        Returns
        -------
        dict of str to Value
            In the order of `given`.

        Raises
        ------
        ParameterError
            Names every wrong name, type and value at once.
        """
        declared = {parameter.name: parameter for parameter in self.parameters}
        values: dict[str, Value] = {}
        findings = []
        for name, raw in given.items():
            try:
                if name not in declared:
                    raise ValueError(self._unknown(name))
                values[name] = _in_domain(name, converted(raw, declared[name].type), domain)
            except ValueError as error:
                problem = str(error) if name not in declared else f"{name}: {error}"
                findings.append(Finding(problem, self.notebook))
            except UnknownRegionError as error:
                findings.append(Finding(f"region: {error.message}", self.notebook))
        if findings:
            raise ParameterError("Parameters do not fit; no notebook was started.", findings)
        return values

    def effective(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Defaults overlaid with checked values: what the notebook will see."""
        return {p.name: values.get(p.name, p.default) for p in self.parameters}

    def _unknown(self, name: str) -> str:
        names = [parameter.name for parameter in self.parameters]
        near = process.extractOne(name, names, score_cutoff=NEAR)
        guess = f" Did you mean '{near[0]}'?" if near else ""
        return f"there is no parameter '{name}'; there are {', '.join(names) or 'none'}.{guess}"


def read_notebook(notebook: Path) -> NotebookNode:
    """A notebook file as version 4.

    Raises
    ------
    ParameterError
        The file is missing or no notebook.
    """
    try:
        return nbformat.read(notebook, as_version=4)
    except OSError as error:
        raise ParameterError(f"{notebook.name} cannot be read: {error.strerror}.") from error
    except (ValueError, AttributeError, nbformat.ValidationError) as error:
        raise ParameterError(f"{notebook.name} is not a notebook: {error}") from error


def read_contract(notebook: Path) -> Contract:
    """The contract of a notebook file.

    Parameters
    ----------
    notebook : Path
        An `.ipynb`; a notebook without a `parameters` cell has an empty contract.

    Raises
    ------
    ParameterError
        The file is no notebook, or its `parameters` cell is not Python.
    """
    for cell in read_notebook(notebook).cells:
        if "parameters" in cell.metadata.get("tags", []):
            try:
                return Contract(notebook.name, declared_parameters(cell.source))
            except SyntaxError as error:
                raise ParameterError(
                    f"{notebook.name}: the `parameters` cell is not Python (line {error.lineno}: "
                    f"{error.msg})."
                ) from error
    return Contract(notebook.name, ())


def declared_parameters(source: str) -> tuple[Parameter, ...]:
    """Parameters that the source of a `parameters` cell declares.

    Raises
    ------
    SyntaxError
        The source is not Python.

    Examples
    --------
    >>> declared_parameters("year: int = 2024  # of the evaluation")
    (Parameter(name='year', type='int', default=2024, help='of the evaluation'),)
    """
    lines = source.splitlines()
    found = []
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name):
            continue
        try:
            default = ast.literal_eval(node.value) if node.value else None
        except ValueError:
            default = None
        hint = type(default).__name__
        if isinstance(node, ast.AnnAssign):
            hint = ast.unparse(node.annotation).strip("'\"")
        rest = lines[(node.end_lineno or 1) - 1].encode()[node.end_col_offset :].decode()
        found.append(Parameter(target.id, hint, default, rest.partition("#")[2].strip()))
    return tuple(found)


def converted(raw: object, hint: str) -> Value:
    """A value as its declared type.

    Parameters
    ----------
    raw : object
        Text from the command line, or a Python value.
    hint : str
        Declared type; one that is not known takes the value as it is.

    Raises
    ------
    ValueError
        The value is not of that type; the message names both.

    Examples
    --------
    >>> converted("2024", "int"), converted("a, b", "list[str]"), converted("ya", "bool")
    (2024, ['a', 'b'], True)
    """
    options = [part.strip() for part in hint.split("|")]
    if "None" in options and (raw is None or raw in ("", "None")):
        return None
    kind = next((part for part in options if part != "None"), hint)
    if kind.startswith(("list", "tuple")):
        return _list(raw, kind.partition("[")[2].rstrip("]").split(",")[0].strip() or "str")
    if kind not in SIMPLE:
        return raw  # type: ignore[return-value]
    return _simple(raw, kind)


def _simple(raw: object, kind: str) -> Scalar:
    text = str(raw).strip()
    try:
        if kind == "bool":
            if text.lower() not in TRUE | FALSE:
                raise ValueError
            return text.lower() in TRUE
        if isinstance(raw, bool) or (kind == "str" and not isinstance(raw, str)):
            raise ValueError
        if kind == "int":
            return int(text)
        return float(text.replace(",", ".")) if kind == "float" else str(raw)
    except ValueError:
        raise ValueError(f"{raw!r} is not of type {kind}") from None


def _list(raw: object, kind: str) -> list[Scalar]:
    items = raw
    if isinstance(raw, str):
        if raw.lstrip().startswith("["):
            try:
                items = json.loads(raw)
            except ValueError:
                raise ValueError(f"{raw!r} is not a list in JSON") from None
        else:
            items = [part.strip() for part in raw.split(",") if part.strip()]
    if not isinstance(items, list | tuple):
        raise ValueError(f"{raw!r} is not of type list[{kind}]")
    return [_simple(item, kind) if kind in SIMPLE else item for item in items]


def _in_domain(name: str, value: Value, domain: Domain | None) -> Value:
    if name == "lang" and value not in LANGUAGES:
        raise ValueError(f"{value!r} is no language; expected {' or '.join(LANGUAGES)}")
    if domain is None:
        return value
    if name == "year" and value is not None and value not in domain.years:
        known = ", ".join(map(str, domain.years)) or "none"
        raise ValueError(f"{value!r} is not at hand; data/raw has {known}")
    return domain.register.resolve(value) if name == "region" and isinstance(value, str) else value
