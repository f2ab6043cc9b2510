"""The table of docs/verification.md, from tests/reference/verification.toml.

`python -m tests.verification` at the root of the checkout writes it anew.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
SOURCE, TARGET = HERE / "reference" / "verification.toml", HERE.parent / "docs" / "verification.md"
HEAD = """# What each estimator is held to

Every estimator is tied to something outside itself, strongest first: another program's figures,
stored beside the script that made them; a published number; a closed form; brute force in the
test; a seeded simulation with its Monte-Carlo error. Closed forms agree with R to 1e-8, relative;
likelihoods, which two searches end at, to 1e-5. R is 4.2.2 with Debian's packages. The same words
stand in each docstring. This page is made by `python -m tests.verification`.

| estimator | verified by | script | test |
|---|---|---|---|
"""


def estimators() -> list[dict[str, str]]:
    """Records of the source, in its order."""
    found: list[dict[str, str]] = tomllib.loads(SOURCE.read_text())["estimator"]
    return found


def page() -> str:
    """The whole page."""
    lines = [
        f"| `{e['name']}` | {e['tier']} | "
        + (f"[{e['script']}](../tests/reference/{e['script']})" if e["script"] else "")
        + f" | [{e['test']}](../tests/{e['test']}) |"
        for e in estimators()
    ]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
