"""The table's arithmetic: figures, ratios, targets, and whether they are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

WIDTHS = (58, 16, 8, 9, 5)  # characters of name, figure, ratio, target, met


@dataclass(frozen=True)
class Target:
    """What a ratio, or the figure of a row without one, must reach.

    Attributes
    ----------
    limit : float
        Allowed itself.
    least : bool
        Whether it is the least allowed, else the most.
    """

    limit: float
    least: bool = False

    def met_by(self, number: float) -> bool:
        """Whether a number reaches it."""
        return number >= self.limit if self.least else number <= self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.least else '<='} {self.limit:g}"


@dataclass(frozen=True)
class Row:
    """One way, measured.

    Attributes
    ----------
    name : str
        What was done.
    figure : float
        In the unit.
    unit : str
        Of the figure.
    ratio : float or None
        How many times as long as ours it takes, or as long as what its name says.
    target : Target or None
        For the ratio, or for the figure where there is no ratio.
    """

    name: str
    figure: float
    unit: str = "s a report"
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.target.met_by(self.figure if self.ratio is None else self.ratio)

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table prints it."""
        decimals = 3 if self.figure < 1 else 2 if self.figure < 100 else 0
        return (
            self.name,
            f"{self.figure:.{decimals}f} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.2f}",
            "" if self.target is None else str(self.target),
            "" if self.met is None else "yes" if self.met else "NO",
        )


@dataclass(frozen=True)
class Part:
    """Rows that belong together, and what to know when reading them."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """Fields by name, for JSON."""
        rows = [{**asdict(row), "met": row.met} for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": list(self.notes)}


def times_slower(
    seconds: Mapping[str, float],
    ours: str,
    least: Mapping[str, float],
    unit: str = Row.unit,
) -> list[Row]:
    """Rows of ways that ours is compared with: how many times as long each takes.

    Parameters
    ----------
    seconds : mapping of str to float
        By way.
    ours : str
        The way that the others are divided by.
    least : mapping of str to float
        The least ratio wanted, for ways that have one.
    unit : str
        Of the seconds.
    """
    return [
        Row(name, own, unit)
        if name == ours
        else Row(name, own, unit, own / seconds[ours], _least(least.get(name)))
        for name, own in seconds.items()
    ]


def _least(limit: float | None) -> Target | None:
    return None if limit is None else Target(limit, least=True)


def table(parts: Sequence[Part]) -> Iterator[str]:
    """Lines of the table, its notes last."""
    yield _line("", "measured", "ratio", "target", "met")
    for part in parts:
        yield part.title
        for row in part.rows:
            name, *cells = row.cells
            yield _line(f"  {name}", *cells)
    for part in parts:
        for note in part.notes:
            yield f"- {note}"


def _line(name: str, *cells: str) -> str:
    first, *widths = WIDTHS
    right = "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{name:<{first}}{right}".rstrip()
