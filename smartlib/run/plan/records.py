"""What is asked of a build and what comes of it (floor 5).

Like all that a build reads before it knows whether anything is due, it imports nothing that
takes a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from smartlib.run.plan.parameters import Value

FIRST_LANG = "id"  # its pages carry no language in their names
INDEX = "index.html"
WORKERS = 2  # they fill the two cores of a small machine
FORMS = ("pdf", "xlsx")  # what can stand beside a page, by suffix
FORMATS = ("html", "pdf")  # of a region's report; the page is always made
TIMEOUT = 600  # seconds; no report comes near, and a hanging one must end


@dataclass(frozen=True)
class Selection:
    """What was asked for.

    Attributes
    ----------
    year : int
        Year of the evaluation.
    regions : tuple of str
        Names or codes; with no region and no province, every region with a known row.
    provinces : tuple of str
        Names.
    langs : tuple of str
        Languages of the region reports.
    national : bool or None
        Whether the national notebooks run; None: when every region does.
    formats : tuple of str
        Of the region reports: `html`, and `pdf` beside it.
    bundle : str
        `province` for one PDF a province too.
    """

    year: int
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    langs: tuple[str, ...] = (FIRST_LANG,)
    national: bool | None = None
    formats: tuple[str, ...] = ("html",)
    bundle: str = ""

    @property
    def whole(self) -> bool:
        """Whether every region is asked for."""
        return not (self.regions or self.provinces)

    @property
    def with_national(self) -> bool:
        """Whether the national notebooks run."""
        return self.whole if self.national is None else self.national


@dataclass(frozen=True)
class Entry:
    """One report in the manifest.

    Attributes
    ----------
    output : str
        Path below the reports folder, without a suffix.
    notebook : str
        Path in the checkout.
    title, lang, region : str
        As in its job.
    parameters : mapping of str to Value
        All that the notebook saw, defaults included.
    files : tuple of str
        What this entry left, below the reports folder.
    key : str
        SHA-256 over notebook, parameters, inputs, code and environment.
    sha256 : str
        Of the page that stands there; nothing when none does.
    seconds : float
        Of the run that made (or failed to make) it.
    outcome : {"made", "kept", "failed"}
        Of the last build that named it and had something to do.
    traceback : str
        When it failed.
    made_with : mapping of str to str
        Digests of the inputs, code and environment of the build that made it; the listing
        at the manifest's head is that of the last build.
    notebook_sha256 : str
        Of the executed notebook that stands there; nothing when none does.
    engine : str
        What ran the notebook: `smartlib`, or `papermill` where that one cannot.
    cold : str
        Why it cannot.
    forms : mapping of str to str
        SHA-256 of the other files that stand beside the page, by suffix.
    """

    output: str
    notebook: str
    title: str
    lang: str
    region: str
    parameters: Mapping[str, Value]
    files: tuple[str, ...]
    key: str
    sha256: str
    seconds: float
    outcome: Literal["made", "kept", "failed"]
    traceback: str = ""
    made_with: Mapping[str, str] = field(default_factory=dict)
    notebook_sha256: str = ""
    engine: str = "smartlib"
    cold: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    entries : tuple of Entry
        Of this batch's jobs that came to an end, in their order.
    asked : int
        Jobs in all.
    seconds : float
        Wall time.
    interrupted : bool
        Whether it was stopped before its end.
    """

    entries: tuple[Entry, ...]
    asked: int
    seconds: float
    interrupted: bool

    def with_outcome(self, outcome: str) -> tuple[Entry, ...]:
        """Entries of one outcome: made, kept or failed."""
        return tuple(entry for entry in self.entries if entry.outcome == outcome)


@dataclass(frozen=True)
class Built:
    """What came of a build.

    Attributes
    ----------
    batch : Batch
        Its reports.
    index : Path
        Its index page.
    trouble : str
        Why the workbook could not be replaced; nothing when it is the tables' own.
    """

    batch: Batch
    index: Path
    trouble: str = ""
