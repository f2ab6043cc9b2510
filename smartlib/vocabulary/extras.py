"""Parts of an installation: which extra a module comes with (floor 0)."""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import requires

from smartlib.vocabulary.words import screen
from smartlib.vocabulary.words.sentences import Said

OTHER_NAMES = {"pil": "pillow"}  # modules that are not called as what is installed
EXTRA = re.compile(r"""^([\w.-]+).*;.*extra\s*==\s*['"]([\w-]+)['"]""")
FOR_DEVELOPERS = {"dev", "bench", "release"}


def extra_with(module: str | None) -> str:
    """The smallest extra that brings a module; nothing for one of the base, or unknown.

    Parameters
    ----------
    module : str or None
        As imported.

    Examples
    --------
    >>> extra_with("papermill.execute"), extra_with("PIL"), extra_with("pandas")
    ('notebooks', 'notebooks', '')
    """
    top = (module or "").partition(".")[0].lower()
    wanted = OTHER_NAMES.get(top, top).replace("_", "-")
    lines = [found for line in requires("smartlib") or () if (found := EXTRA.match(line))]
    sizes = Counter(extra for _, extra in (found.groups() for found in lines))
    extras = {found[2] for found in lines if found[1].lower().replace("_", "-") == wanted}
    return min(sorted(extras - FOR_DEVELOPERS), key=sizes.__getitem__, default="")


def how_to_install(extra: str) -> Said:
    """The command that adds an extra.

    Parameters
    ----------
    extra : str
        Of `pyproject.toml`.
    """
    return screen.HOW_TO_INSTALL(extra=extra)
