"""Memory of a build is that of all its processes."""

from __future__ import annotations

import subprocess
import sys

from smartlib.run.state.memory import MEGABYTE, held, watched

HUNDRED = 100 * MEGABYTE
# Touches every page, says so, and stays until its input ends.
HOLDS = f"import sys; b = bytearray(b'x') * {HUNDRED}; print('held', flush=True); sys.stdin.read()"


def test_a_child_counts() -> None:
    """What a child process holds is in the peak, though it is gone when the block ends."""
    before = held() / MEGABYTE
    with watched() as peak:
        child = subprocess.Popen(
            [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdout
        assert child.stdout.readline() == b"held\n"
        peak.look()
        child.communicate()
    assert peak.megabytes > before + 90
    assert held() / MEGABYTE < peak.megabytes - 90
