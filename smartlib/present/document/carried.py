"""A report's record as JSON and back: how an executed notebook carries it (floor 4)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from smartlib.present.document import blocks
from smartlib.vocabulary.errors import BuildError

MEDIA = "application/vnd.smartlib.report+json"
KINDS = {
    name: kind
    for name, kind in vars(blocks).items()
    if isinstance(kind, type) and is_dataclass(kind)
}
KIND = "is"  # the key that names a record's kind


def carried(value: Any) -> Any:
    """A record as what JSON can hold.

    Parameters
    ----------
    value : record of `blocks`, or what one holds
        Tuples become lists, records objects that name their kind.

    Examples
    --------
    >>> carried(blocks.Link("51.03", "Kab. Badung"))
    {'is': 'Link', 'code': '51.03', 'name': 'Kab. Badung'}
    """
    if is_dataclass(value):
        named = {field.name: carried(getattr(value, field.name)) for field in fields(value)}
        return {KIND: type(value).__name__, **named}
    return [carried(item) for item in value] if isinstance(value, tuple) else value


def record(value: Any) -> Any:
    """A record from what JSON held.

    Parameters
    ----------
    value : object
        As `carried` gives it.

    Raises
    ------
    BuildError
        It names a kind that is not known, or lacks a field.

    Examples
    --------
    >>> record({"is": "Link", "code": "51.03", "name": "Kab. Badung"})
    Link(code='51.03', name='Kab. Badung')
    """
    if isinstance(value, list):
        return tuple(record(item) for item in value)
    if not isinstance(value, dict):
        return value
    named = {name: record(item) for name, item in value.items() if name != KIND}
    try:
        return KINDS[value[KIND]](**named)
    except (KeyError, TypeError) as problem:
        raise BuildError(
            f"The notebook's record cannot be read: {problem}. It was made by another version of "
            "smartlib; build the report again."
        ) from None
