"""An environment that has the base of smartlib alone: the wheel, and links to what it requires."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

from conftest import ROOT

MARKED = re.compile(r"extra\s*==|python_version\s*<|sys_platform\s*==\s*['\"]win")


def wheel(folder: Path) -> Path:
    """The project's wheel, built into a folder."""
    build = ("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run([sys.executable, *build], cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def closure(
    name: str, extras: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> dict[str, Distribution]:
    """What a distribution requires, and what that requires, among what is installed."""
    found: dict[str, Distribution] = {}
    asked = [(name, frozenset(extras))]
    seen = set()
    while asked:
        name, wanted = asked.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if (key, wanted) in seen or key in without:
            continue
        seen.add((key, wanted))
        try:
            found[key] = distribution(name)
        except ModuleNotFoundError:
            continue  # for another system or Python
        for line in found[key].requires or ():
            needed, _, marker = line.partition(";")
            ours = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", marker)
            if ours is None or ours[1] in wanted:
                match = re.match(r"\s*([\w.-]+)(?:\[([\w,\s-]+)\])?", needed)
                assert match
                more = frozenset(part.strip() for part in (match[2] or "").split(",") if part)
                asked.append((match[1], more))
    return found


def bare(folder: Path, built: Path) -> dict[str, str]:
    """The variables under which this interpreter sees the wheel and the base alone."""
    site = folder / "site"
    site.mkdir()
    with zipfile.ZipFile(built) as archive:
        archive.extractall(site)
    for name, one in closure("smartlib").items():
        if name != "smartlib":
            for file in one.files or ():
                top = file.parts[0]
                target = Path(str(one.locate_file(top)))
                if top not in ("..", "__pycache__") and not (site / top).exists():
                    (site / top).symlink_to(target)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SMARTLIB", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(site)}
