"""Where things lie: in a checkout, a workbook of one's own, or the copy in the wheel (floor 0)."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from smartlib.vocabulary.errors import CarriedCopyWarning, DataError, SourceError

PACKAGE = Path(__file__).resolve().parents[1]
CARRIED = PACKAGE / "carried"  # laid there by the wheel; a checkout has none
HOME = "SMARTLIB_HOME"  # names a checkout or workbook, wherever one works


@dataclass(frozen=True)
class Folders:
    """The folders of one checkout, of a workbook of one's own, or of the copy in the wheel.

    Attributes
    ----------
    root : Path
        Top of it.
    output : Path or None
        Where reports go, if not to `reports/`.
    """

    root: Path
    output: Path | None = None

    @property
    def raw(self) -> Path:
        """Tables as published."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Tidy tables, rewritten by the build."""
        return self.root / "data" / "processed"

    @property
    def notebooks(self) -> Path:
        """Parameterized notebooks."""
        return self.root / "notebooks"

    @property
    def carried(self) -> bool:
        """Whether this is the copy in the wheel, which nothing is written to."""
        return self.root == CARRIED

    @property
    def reports(self) -> Path:
        """Outputs; beside the copy in the wheel, below the working directory."""
        return self.output or (Path.cwd() if self.carried else self.root) / "reports"

    @classmethod
    def find(cls, start: Path | None = None, *, to_write: str = "") -> Folders:
        """The checkout or workbook that holds `start`, or what stands in for one.

        In this order: the one that `SMARTLIB_HOME` names, unless a start is given; the one around
        the start; the checkout that the package was installed from; the copy in the wheel, which
        is said once.

        Parameters
        ----------
        start : Path, optional
            Default: the working directory.
        to_write : str
            What will be written there, such as `reports`; the copy in the wheel will not do.

        Raises
        ------
        SourceError
            There is none, or none that can be written to.
        """
        named = os.environ.get(HOME, "") if start is None else ""
        if named:
            return cls._named(Path(named).resolve(), to_write)
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents, PACKAGE.parent):
            if _is_home(folder):
                return cls(folder)
        if not _is_home(CARRIED):
            raise SourceError(
                f"No data/raw/sources.toml in {start} or above it. Run the command inside a "
                f"checkout of smartlib or a workbook of `smartlib init`, or name one: {HOME}=FOLDER"
            )
        if not to_write:
            _say_carried()
        return cls._named(CARRIED, to_write)

    @classmethod
    def _named(cls, root: Path, to_write: str) -> Folders:
        if not _is_home(root):
            raise SourceError(
                f"{HOME} is {root}, where there is no data/raw/sources.toml. Name the folder of a "
                "checkout or of a workbook that `smartlib init` made, or unset it."
            )
        if root == CARRIED and to_write:
            raise SourceError(
                f"There is no workbook here to write {to_write} to. `smartlib init FOLDER` makes "
                "one; run the command in it."
            )
        return cls(root)


def _is_home(folder: Path) -> bool:
    return (folder / "data" / "raw" / "sources.toml").is_file()


@cache
def _say_carried() -> None:
    """Once a process: which tables are used where there are none of one's own."""
    text = f"No workbook here: the tables that came with smartlib {version('smartlib')} are used."
    warnings.warn(text, CarriedCopyWarning, stacklevel=3)


def years(folders: Folders) -> list[int]:
    """Years that `data/raw` holds, ascending."""
    found = [path.parent.name for path in folders.raw.glob("*/scheme.toml")]
    return sorted(int(name) for name in found if name.isdigit())


def latest_year(folders: Folders) -> int:
    """The last year that `data/raw` holds.

    Raises
    ------
    DataError
        It holds none.
    """
    known = years(folders)
    if not known:
        raise DataError("data/raw holds no year: a folder such as 2024 with a scheme.toml.")
    return known[-1]
