"""What the parts of the benchmark share: a copy of the checkout, and how much is made of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.simulated import ROOT, YEAR, spread
from smartlib.run.build.batch import Task
from smartlib.run.build.build import ready
from smartlib.run.plan.plan import REGION_REPORT, Selection
from smartlib.vocabulary.folders import Folders

JOBS = 2  # reports side by side: the targets are for a machine with two cores
SOME, ALL = 40, 514  # reports of a part that needs no more, regions of the register
REPORTS = Selection(YEAR, national=False)  # of every region with a row


@dataclass(frozen=True)
class Bench:
    """What is measured.

    Attributes
    ----------
    folders : Folders
        A copy of the checkout, its processed tables written.
    tasks : tuple of Task
        A report for each region with a row.
    sample : int
        Reports that slow ways make.
    most : int
        Reports that any way makes.
    rounds : int
        Turns of each way.
    """

    folders: Folders
    tasks: tuple[Task, ...]
    sample: int
    most: int
    rounds: int

    @classmethod
    def prepared(cls, folder: Path, *, sample: int | None, most: int, rounds: int) -> Bench:
        """Copy the checkout into a folder; without a sample, slow ways make every report.

        Kernels get a profile of their own there: no start-up files of a user, no notices.
        """
        profile = folder / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n")
        os.environ["IPYTHONDIR"] = str(profile.parent)
        copy = Folders(folder / "checkout")
        shutil.copytree(ROOT / "data" / "raw", copy.raw)
        shutil.copytree(ROOT / "notebooks", copy.notebooks)
        tasks = ready(REPORTS, copy).tasks
        return cls(copy, tasks, sample or len(tasks), most, rounds)

    def some(self, count: int) -> list[Task]:
        """So many tasks, taken evenly along all of them."""
        return spread(self.tasks, min(count, self.most))

    @property
    def notebook(self) -> Path:
        """The region report."""
        return self.folders.notebooks / f"{REGION_REPORT}.ipynb"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="smartlib-bench-") as name:
        yield Path(name)


def codes_of(tasks: Sequence[Task]) -> list[str]:
    """Region codes of tasks."""
    return [task.job.region for task in tasks]
