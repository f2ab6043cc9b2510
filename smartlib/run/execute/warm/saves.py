"""When the engine writes its notebook: papermill's moments, thinned out and made up for."""

from __future__ import annotations

import time
from typing import Any

from papermill.engines import NotebookExecutionManager

BETWEEN_SAVES = 2.0  # seconds


class Saves:
    """The saves of a run.

    Papermill saves before and after every cell, which costs more than most warm cells do: one of
    them is made in two seconds. What is left out is made up for when that time is over, though a
    cell runs then; so is an autosave that no further message of the cell brings about.

    Parameters
    ----------
    record : NotebookExecutionManager
        Papermill's, of a notebook that has just been saved.
    """

    def __init__(self, record: NotebookExecutionManager) -> None:
        self.record = record
        self.write, self.autosave = record.save, record.autosave_cell
        self.last = 0.0  # of papermill's own moments; an autosave is made beside them
        self.is_owed = self.has_changed = False

    def __enter__(self) -> Saves:
        """Have the record save sparingly until papermill saves once more, after that."""
        self.record.save, self.record.autosave_cell = self._save, self._autosave
        return self

    def __exit__(self, *_: object) -> None:
        self.record.save, self.record.autosave_cell = self.write, self.autosave

    def catch_up(self) -> float | None:
        """Make a save that is due.

        Returns
        -------
        float or None
            Seconds until the next is; None while there is nothing to be saved.
        """
        if not (self.is_owed or self.has_changed):
            return None
        left = self._left()
        if left > 0:
            return left
        self.record.save() if self.is_owed else self.record.autosave_cell()
        return 0.0

    def _save(self, **changed: Any) -> None:
        self.is_owed = True
        if self._left() <= 0:
            self._write(**changed)
            self.last = time.monotonic()

    def _autosave(self, **changed: Any) -> None:
        self.has_changed = True
        self.record.save = self._write  # papermill knows whether it is time
        try:
            self.autosave(**changed)
        finally:
            self.record.save = self._save

    def _write(self, **changed: Any) -> None:
        self.write(**changed)
        self.is_owed = self.has_changed = False

    def _left(self) -> float:
        """Seconds until what is to be saved is due."""
        every, left = self.record.autosave_cell_every, float("inf")
        if every:
            left = every - (self.record.now() - self.record.last_save_time).total_seconds()
        if self.is_owed:
            left = min(left, BETWEEN_SAVES - (time.monotonic() - self.last))
        return left
