"""How much memory a build holds, kernels included, looked at while it runs (floor 5)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

EVERY = 1.0  # seconds between two looks; a look takes some ten milliseconds
MEGABYTE = 1_000_000


@dataclass
class Peak:
    """The most that was seen.

    Attributes
    ----------
    megabytes : float
        Sum over the process and its descendants; nothing where it cannot be known.
    """

    megabytes: float = 0.0
    over: threading.Event = field(default_factory=threading.Event, repr=False)

    def look(self) -> None:
        """Take the present sum if it is the largest."""
        self.megabytes = max(self.megabytes, held() / MEGABYTE)

    def keep_looking(self) -> None:
        """Look until it is over, and once more."""
        while not self.over.wait(EVERY):
            self.look()
        self.look()


@contextlib.contextmanager
def watched() -> Iterator[Peak]:
    """Look at the memory of this process and its descendants while a block runs."""
    peak = Peak()
    looking = threading.Thread(target=peak.keep_looking, name="smartlib-memory", daemon=True)
    looking.start()
    try:
        yield peak
    finally:
        peak.over.set()
        looking.join()


def held() -> int:
    """Bytes that this process and its descendants hold at present.

    On Linux a page that several of them share counts once (PSS); elsewhere each counts its own
    resident pages, shared ones too.
    """
    try:
        import psutil  # noqa: PLC0415  # comes with the kernels
    except ModuleNotFoundError:
        return 0
    total = 0
    own = psutil.Process()
    for process in [own, *own.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):  # it ended meanwhile, or is not ours to look at
            full = process.memory_full_info()
            total += getattr(full, "pss", full.rss)
    return total
