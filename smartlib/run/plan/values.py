"""What was typed for a parameter, as a value of its type (floor 5).

A declared type is kept to. Where none is known (no annotation, and a default that is computed,
None or a list of more than text), a value is read as papermill reads its `-p`, and what begins
as a list or a mapping as JSON or YAML.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from typing import Any

Scalar = str | int | float | bool
Value = Scalar | None | list[Any] | dict[str, Any]

TRUE, FALSE = {"true", "yes", "ya", "1"}, {"false", "no", "tidak", "0"}
CONSTANTS = {"True": True, "False": False, "None": None}
WRITE_JSON = 'write it as JSON, such as [1, 2] or {"a": 1}; a text that begins so in quotes: "[a"'


def converted(raw: object, hint: str) -> Value:
    """A value as its declared type.

    Parameters
    ----------
    raw : object
        Text from the command line, or a Python value.
    hint : str
        Declared type, a union of some too; where it is not known, the value says its own.

    Raises
    ------
    ValueError
        The value is not of that type; the message names both.

    Examples
    --------
    >>> converted("2024", "int"), converted("a, b", "list[str]"), converted("ya", "bool")
    (2024, ['a', 'b'], True)
    >>> converted("5", ""), converted("{a: [1, 2.5]}", ""), converted("1", "Optional[float]")
    (5, {'a': [1, 2.5]}, 1.0)
    """
    kinds = _kinds(hint)
    if "None" in kinds and (raw is None or raw in ("", "None")):
        return None
    readers = [(kind, READERS[kind]) for kind in READERS if kind in kinds]
    if not readers:
        return inferred(raw)
    problem = ValueError()
    for kind, reader in readers:
        try:
            return reader(raw, kinds[kind])
        except ValueError as error:
            problem = error
    if set(kinds) - {"None", *READERS}:
        return inferred(raw)
    raise problem if len(readers) == 1 else ValueError(f"{raw!r} is not of type {hint}")


def inferred(raw: object) -> Value:
    """A value that says its own type, as papermill has it; lists and mappings are JSON or YAML.

    Parameters
    ----------
    raw : object
        Text, or a Python value, which stays as it is; text in double quotes stays text.

    Raises
    ------
    ValueError
        It begins as a list or a mapping and is none.

    Examples
    --------
    >>> [inferred(text) for text in ("5", "3.5", "inf", "True", "a", '"5"', "[1, b]")]
    [5, 3.5, inf, True, 'a', '5', [1, 'b']]
    """
    if not isinstance(raw, str):
        return raw  # type: ignore[return-value]
    if raw in CONSTANTS:
        return CONSTANTS[raw]
    for number in (int, float):
        try:
            return number(raw)
        except ValueError:
            pass
    if raw.lstrip().startswith(("[", "{")):
        return _structured(raw)
    try:
        quoted = json.loads(raw) if raw.startswith('"') else raw
    except ValueError:
        return raw
    return quoted if isinstance(quoted, str) else raw


def _structured(text: str) -> list[Any] | dict[str, Any]:
    """A list or a mapping in JSON, or else in YAML without dates, as papermill's `-y`."""
    from papermill.iorw import NoDatesSafeLoader  # noqa: PLC0415 only for those who write YAML
    from yaml import YAMLError  # noqa: PLC0415

    try:
        try:
            found = json.loads(text)
        except ValueError:
            found = NoDatesSafeLoader(text).get_single_data()
        json.dumps(found)  # a set, bytes or a list that holds itself cannot be handed on
    except (ValueError, TypeError, RecursionError, YAMLError):
        found = None
    if not isinstance(found, list | dict):
        raise ValueError(f"{text!r} is not a list or a mapping in JSON or YAML; {WRITE_JSON}")
    return found


def _text(raw: object, inner: str) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"{raw!r} is not of type str")
    return raw


def _bool(raw: object, inner: str) -> bool:
    text = str(raw).strip().lower()
    if text not in TRUE | FALSE:
        raise ValueError(f"{raw!r} is not of type bool")
    return text in TRUE


def _number(kind: type[int] | type[float]) -> Callable[[object, str], int | float]:
    def reader(raw: object, inner: str) -> int | float:
        text = str(raw).strip()
        try:
            if isinstance(raw, bool):
                raise ValueError
            return kind(text) if kind is int else kind(text.replace(",", "."))
        except ValueError:
            raise ValueError(f"{raw!r} is not of type {kind.__name__}") from None

    return reader


def _list(raw: object, inner: str) -> list[Any]:
    items = raw
    if isinstance(raw, str):
        listed = raw.lstrip().startswith("[")
        items = _structured(raw) if listed else [part.strip() for part in raw.split(",")]
        items = items if listed else [part for part in items if part]
    if not isinstance(items, list | tuple):
        raise ValueError(f"{raw!r} is not of type list{inner and f'[{inner}]'}")
    if not inner:  # JSON and YAML say which item is text
        return [inferred(item) for item in items] if items is not raw and not listed else [*items]
    return [converted(item, inner) for item in items]


def _mapping(raw: object, inner: str) -> dict[str, Any]:
    found = _structured(raw) if isinstance(raw, str) else raw
    if not isinstance(found, dict):
        raise ValueError(f"{raw!r} is not of type dict")
    return found


def _literal(raw: object, inner: str) -> Value:
    allowed = ast.literal_eval(f"({inner},)")
    for value in allowed:
        if raw == value or (isinstance(raw, str) and raw == str(value)):
            return value
    raise ValueError(f"{raw!r} is not of type Literal[{inner}]")


# In the order in which a union's members are tried: text, which everything is, comes last.
READERS: dict[str, Callable[[object, str], Any]] = {
    "Literal": _literal,
    "int": _number(int),
    "float": _number(float),
    "bool": _bool,
    "dict": _mapping,
    "list": _list,
    "tuple": _list,
    "str": _text,
}


def _kinds(hint: str) -> dict[str, str]:
    """Members of a declared type, each with what stands in its brackets."""
    try:
        return dict(_members(ast.parse(hint or "object", mode="eval").body))
    except SyntaxError:
        return {hint: ""}


def _members(node: ast.expr) -> list[tuple[str, str]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_members(node.left), *_members(node.right)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return list(_kinds(node.value).items())
    base, inside = (node.value, node.slice) if isinstance(node, ast.Subscript) else (node, None)
    name = ast.unparse(base).rpartition(".")[2]  # typing.Optional, t.Optional
    items = inside.elts if isinstance(inside, ast.Tuple) else [inside] if inside else []
    if name in ("Optional", "Union"):
        optional = [("None", "")] if name == "Optional" else []
        return [member for item in items for member in _members(item)] + optional
    if name == "Literal":
        return [(name, ", ".join(map(ast.unparse, items)))]
    plain = {"List": "list", "Tuple": "tuple", "Dict": "dict", "Sequence": "list"}.get(name, name)
    return [(plain, ast.unparse(items[0]) if items and plain != "dict" else "")]
