"""Where things lie in a checkout (floor 0)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartlib.vocabulary.errors import DataError, SourceError


@dataclass(frozen=True)
class Folders:
    """The folders of one checkout.

    Attributes
    ----------
    root : Path
        Top of the checkout.
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
    def reports(self) -> Path:
        """Outputs of the build."""
        return self.output or self.root / "reports"

    @classmethod
    def find(cls, start: Path | None = None) -> Folders:
        """Checkout that holds `start` (default: the working directory).

        Falls back on the checkout that the package was installed from, so that the
        command works from any folder.

        Raises
        ------
        SourceError
            Neither holds `data/raw/sources.toml`.
        """
        start = (start or Path.cwd()).resolve()
        package = Path(__file__).resolve().parents[2]
        for folder in (start, *start.parents, package):
            if (folder / "data" / "raw" / "sources.toml").is_file():
                return cls(folder)
        raise SourceError(
            f"No data/raw/sources.toml in {start} or above it. Run the command inside a "
            "checkout of smartlib."
        )


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
