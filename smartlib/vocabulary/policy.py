"""What our pages allow a browser to do, in its own words (floor 0)."""

from __future__ import annotations

import base64
import hashlib

RULES = (
    "default-src 'none'",
    "img-src data:",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
)


def content_policy(*scripts: str) -> str:
    """A Content-Security-Policy: pictures and styles of the page itself, and these scripts.

    Parameters
    ----------
    *scripts : str
        Each as it stands between its tags, with line feeds.

    Returns
    -------
    str
        For `<meta http-equiv="Content-Security-Policy" content="...">`.

    Examples
    --------
    >>> content_policy("x()").split("; ")[1]
    "script-src 'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI='"
    """
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    ours = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return "; ".join([RULES[0], *([f"script-src {ours}"] if ours else []), *RULES[1:]])
