"""The contract of a notebook: what its `parameters` cell declares (floor 5).

Names, types and defaults are read from the cell's syntax tree, so that nothing runs;
given values are checked by name, type and domain before a kernel starts.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from rapidfuzz import process

from smartlib.run.plan.domain import Domain
from smartlib.run.plan.values import Value, converted
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.records import Finding

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
        Declared value; None where it is no literal, or depends on something.
    help : str
        Comment behind the declaration.
    """

    name: str
    type: str
    default: Value
    help: str = ""


@dataclass(frozen=True)
class Contract:
    """The parameters that a notebook declares.

    Attributes
    ----------
    notebook : str
        File name, for messages.
    parameters : tuple of Parameter
        In the order of the cell.
    is_open : bool
        Whether any name may be given: the cell is in another language, and cannot be read.
    """

    notebook: str
    parameters: tuple[Parameter, ...]
    is_open: bool = False

    def checked(
        self, given: Mapping[str, object], domain: Domain | None = None
    ) -> dict[str, Value]:
        """Given values, converted to their declared types.

        Parameters
        ----------
        given : mapping of str to object
            Values as typed on the command line (text) or as Python objects.
        domain : Domain, optional
            Checks what names a region, year, language, outcome or factor too; a region's name
            becomes its code.

        Returns
        -------
        dict of str to Value
            In the order of `given`.

        Raises
        ------
        ParameterError
            Names every wrong name, type and value at once.
        """
        values, problems = self._converted(given)
        if domain is not None:
            values, unknown = domain.checked(values, self.effective(values))
            problems += [f"{name}: {problem}" for name, problem in unknown.items()]
        if problems:
            findings = [Finding(problem, self.notebook) for problem in problems]
            raise ParameterError("Parameters do not fit; no notebook was started.", findings)
        return values

    def _converted(self, given: Mapping[str, object]) -> tuple[dict[str, Value], list[str]]:
        hints = {parameter.name: parameter.type for parameter in self.parameters}
        values: dict[str, Value] = {}
        problems = []
        for name, raw in given.items():
            if name not in hints and not self.is_open:
                problems.append(self._unknown(name))
                continue
            try:
                values[name] = converted(raw, hints.get(name, ""))
            except ValueError as error:
                problems.append(f"{name}: {error}")
        return values, problems

    def effective(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Defaults overlaid with checked values: what the notebook will see."""
        return {**{p.name: p.default for p in self.parameters}, **values}

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
    node = read_notebook(notebook)
    for cell in node.cells:
        if "parameters" in cell.metadata.get("tags", []):
            if _language(node) != "python":
                return Contract(notebook.name, (), is_open=True)
            try:
                return Contract(notebook.name, declared_parameters(cell.source))
            except SyntaxError as error:
                raise ParameterError(
                    f"{notebook.name}: the `parameters` cell is not Python (line {error.lineno}: "
                    f"{error.msg})."
                ) from error
    return Contract(notebook.name, ())


def _language(node: NotebookNode) -> str:
    info, spec = (node.metadata.get(key, {}) for key in ("language_info", "kernelspec"))
    return str(info.get("name") or spec.get("language") or "python").lower()


def declared_parameters(source: str) -> tuple[Parameter, ...]:
    r"""Parameters that the source of a `parameters` cell declares.

    Parameters
    ----------
    source : str
        Python, with IPython's magics or without; of a cell under a cell magic, the rest.

    Raises
    ------
    SyntaxError
        The source is not Python.

    Examples
    --------
    >>> declared_parameters("year: int = 2024  # of the evaluation")
    (Parameter(name='year', type='int', default=2024, help='of the evaluation'),)
    >>> [(p.name, p.type, p.default) for p in declared_parameters("%time\nx, y = 1, f(2)")]
    [('x', 'int', 1), ('y', 'NoneType', None)]
    """
    source, tree = _parsed(source)
    lines = source.splitlines()
    found = {}
    for name, value, statement in _assigned(tree.body):
        default = _literal(value)
        hint = ast.unparse(statement.annotation) if isinstance(statement, ast.AnnAssign) else ""
        if hint in ("", "list", "List", "tuple", "Tuple"):
            hint = _type_of(default)
        rest = lines[(statement.end_lineno or 1) - 1].encode()[statement.end_col_offset :]
        help_ = rest.decode().partition("#")[2].strip()
        found[name] = Parameter(name, hint.strip("'\""), default, help_)
    return tuple(found.values())


def _parsed(source: str) -> tuple[str, ast.Module]:
    """Python, without the magics; lines stay where they are."""
    try:
        return source, ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415 is rare

        rest = re.sub(r"\A(\s*)%%.*", r"\1", source)
        text = TransformerManager().transform_cell(rest)
        return text, ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error), ("", 1, 0, "")) from error


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr | None, Any]]:
    """Names that statements give a value, with it and the statement; also below an `if`."""
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.value, node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in _unpacked(target, node.value):
                    yield name, value, node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for block in ("body", "handlers", "orelse", "finalbody", "cases"):
                for name, _, statement in _assigned(getattr(node, block, [])):
                    yield name, None, statement  # it depends on what happens


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """Names of an assignment's target, `x, y = 1, 2` taken apart."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Starred):
        yield from _unpacked(target.value, None)
    elif isinstance(target, ast.Tuple | ast.List):
        values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        starred = any(isinstance(part, ast.Starred) for part in (*target.elts, *values))
        told = len(values) == len(target.elts) and not starred
        for part, its in zip(target.elts, values if told else repeat(None)):  # noqa: B905
            yield from _unpacked(part, its)


def _literal(node: ast.expr | None) -> Value:
    """A literal of a kind that a parameter can have; None for all else."""
    try:
        value = ast.literal_eval(node) if node else None
        json.dumps(value)
    except (ValueError, TypeError, RecursionError):
        return None
    return value


def _type_of(default: Value) -> str:
    """What a default says of its parameter's type: of a list only whether it holds text alone."""
    if isinstance(default, list | tuple) and default and {type(v) for v in default} == {str}:
        return "list[str]"
    return type(default).__name__
