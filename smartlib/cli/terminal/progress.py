"""Progress of a build, on standard error (floor 6)."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from smartlib.cli.terminal.printing import tell, visible
from smartlib.run.plan.plan import Job
from smartlib.run.plan.records import Entry
from smartlib.run.state.manifest import error_line

STEP = 10  # percent between two plain lines of progress


class Bar:
    """A bar on a terminal, else a line every ten percent.

    Parameters
    ----------
    total : int
        Reports to come.
    """

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.running: list[str] = []
        self.console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.bar.add_task("reports", total=total)

    def __enter__(self) -> Bar:
        self.bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()

    def started(self, job: Job) -> None:
        """Show a report as running."""
        self.running.append(job.label)
        self._describe()

    def finished(self, job: Job, entry: Entry) -> None:
        """Count a report."""
        if job.label in self.running:
            self.running.remove(job.label)
        before, self.done = self.done, self.done + 1
        self.bar.advance(self.task)
        self._describe()
        steps = 100 // STEP
        if self.bar.disable and before * steps // self.total < self.done * steps // self.total:
            percent = 100 * self.done // self.total
            tell(f"{percent:3d}% {self.done}/{self.total} {job.label}")
        if entry.outcome == "failed":
            line = f"failed: {job.label}: {error_line(entry.traceback)}"
            self.console.print(visible(line), markup=False, highlight=False, soft_wrap=True)

    def _describe(self) -> None:
        self.bar.update(self.task, description=visible(", ".join(self.running)) or "reports")
