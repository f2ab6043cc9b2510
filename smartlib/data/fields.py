"""Fields of a TOML table, asked for by kind (floor 1).

A complaint names the field, what was found and what was expected.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from smartlib.vocabulary.errors import SchemeError


@dataclass(frozen=True)
class Fields:
    """A table of a scheme file: its fields by kind, and where it stands for messages."""

    place: str
    values: Mapping[str, Any]

    def any(self, name: str) -> Any:
        """The value, whatever it is."""
        if name not in self.values:
            raise SchemeError(f"{self.place} lacks the field '{name}'.")
        return self.values[name]

    def wrong(self, name: str, expected: str) -> SchemeError:
        """The error that a field is not what was expected."""
        return SchemeError(
            f"{self.place}: {name} is {_shown(self.any(name))}, expected {expected}."
        )

    def text(self, name: str) -> str:
        """Text with something in it."""
        value = self.any(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "text")
        return value

    def one_of(self, name: str, known: tuple[str, ...]) -> Any:
        """One of some words."""
        if self.any(name) not in known:
            raise self.wrong(name, f"one of {', '.join(known)}")
        return self.any(name)

    def whole(self, name: str, least: int, most: int | None = None) -> int:
        """A whole number between two ends."""
        value = self.any(name)
        fits = isinstance(value, int) and not isinstance(value, bool)
        if not fits or value < least or (most is not None and value > most):
            bounds = f"from {least}" + ("" if most is None else f" to {most}")
            raise self.wrong(name, f"a whole number {bounds}")
        return int(value)

    def decimal(self, name: str) -> Decimal:
        """A number, exactly as written."""
        value = self.any(name)
        try:
            number = None if isinstance(value, bool) else Decimal(str(value))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise self.wrong(name, "a number")
        return number

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names."""
        value = self.any(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, 'a list of names such as ["collaboration"]')
        return tuple(value)

    def optional(self, name: str, default: str = "") -> str:
        """Text, or the default where the field is not there."""
        return self.text(name) if name in self.values else default

    def is_true(self, name: str) -> bool:
        """True or false."""
        if not isinstance(self.any(name), bool):
            raise self.wrong(name, "true or false")
        return bool(self.values[name])

    def table(self, name: str, place: str = "") -> Fields:
        """Fields below a heading."""
        if not isinstance(self.any(name), dict):
            raise self.wrong(name, f"a table of fields under [{name}]")
        return Fields(place or f"{self.place}, {name}", self.values[name])

    def only(
        self, record: type, *others: str, without: Collection[str] = (), what: str = "field"
    ) -> None:
        """Nothing, if every field is one of a record's, but for some, or of some others."""
        known = [field.name for field in fields(record) if field.name not in without]
        known += others
        unknown = sorted(set(self.values) - set(known))
        if unknown:
            raise SchemeError(
                f"{self.place}: no {what} is called {', '.join(unknown)}; expected "
                f"{', '.join(known)}."
            )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if isinstance(value, str) else str(value)
