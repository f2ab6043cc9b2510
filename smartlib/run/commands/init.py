"""A workbook of one's own: notebooks, data and environment in a new folder (floor 5)."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from smartlib.data.sources import read_sources, read_verified
from smartlib.data.writing import write_whole
from smartlib.run.commands.fit import TEMPLATE
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import Folders, latest_year

TEMPLATES = Path(__file__).with_name("templates") / "workbook"
WHOLE, MINIMAL = "whole.md", "minimal.md"
PARTS = "notebooks,outcomes,pdf,files"
TABLE, STUDY = "my_table.csv", "study.ipynb"
FORMULA = "harmonised_index ~ my_factor + kota"
IGNORED = "reports/*\n.venv/\n.ipynb_checkpoints/\n__pycache__/\n*.part\ndata/texts/\n"
REQUIREMENT = re.compile(r"([\w.-]+)(?:\[([\w,]+)\])?[^;]*;?(?:.*extra\s*==\s*['\"]([\w-]+)['\"])?")


def lay_workbook(folder: Path, source: Folders) -> list[str]:
    """Lay a whole workbook: what `smartlib build` runs.

    Parameters
    ----------
    folder : Path
        New, or empty.
    source : Folders
        Whose notebooks and verified tables are copied.

    Returns
    -------
    list of str
        Files, by path below the folder.

    Raises
    ------
    BuildError
        The folder is not empty.
    SourceError
        A raw table is not the recorded one.
    """
    records = read_sources(source.raw)
    raw = {f"data/raw/{name}": read_verified(source.raw, name, records) for name in records}
    others = [
        source.raw / "sources.toml",
        source.raw.parent / "codebook.toml",
        *sorted(source.processed.glob("*.csv")),
        *sorted(source.processed.glob("*.json")),
        *_notebooks(source.notebooks),
    ]
    contents = raw | {
        path.relative_to(source.root).as_posix(): path.read_bytes() for path in others
    }
    return _laid(folder, {**contents, **_around(WHOLE, source)})


def _notebooks(folder: Path) -> list[Path]:
    """Notebooks, and the files that stand beside them, lessons included."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [p for p in found if not {".ipynb_checkpoints", "__pycache__"} & {*p.parts}]


def lay_study(folder: Path, source: Folders) -> list[str]:
    """Lay the least for a study of one's own: a table, a notebook with parameters, two commands.

    Parameters
    ----------
    folder : Path
        New, or empty.
    source : Folders
        Whose regions the table to fill in has.

    Returns
    -------
    list of str
        Files, by path below the folder.

    Raises
    ------
    BuildError
        The folder is not empty.
    DataError
        There is no processed table of participation to take the regions from.
    """
    from smartlib.data.load import load_year  # noqa: PLC0415  # pandas, only for those who need it

    year = latest_year(source)
    evaluation = load_year(year, source)
    codes = evaluation.scores.frame["region_code"]
    names = [evaluation.register.name(code) for code in codes]
    rows = [f"{code},{name}," for code, name in zip(codes, names, strict=True)]
    table = "\n".join(["region_code,region,my_factor", *rows]) + "\n"
    contents = {TABLE: table.encode("utf-8"), STUDY: _study(year)}
    return _laid(folder, {**contents, **_around(MINIMAL, source)})


def _study(year: int) -> bytes:
    """The notebook of a fit, with the table to fill in as its parameter."""
    node = json.loads(TEMPLATE.read_text(encoding="utf-8"))
    (cell,) = [c for c in node["cells"] if "parameters" in c["metadata"].get("tags", [])]
    text = "".join(cell["source"])
    for name, value in {"formulas": [FORMULA], "year": year, "factors": TABLE}.items():
        start = rf"^({name}: [^=\n]+ = )[^#\n]*?(  #.*)?$"
        given = rf"\g<1>{json.dumps(value)}\g<2>"
        text, found = re.subn(start, given, text, flags=re.MULTILINE)
        if found != 1:
            raise BuildError(f"The notebook of a fit has no parameter '{name}'.")
    cell["source"] = text
    return (json.dumps(node, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _around(readme: str, source: Folders) -> dict[str, bytes]:
    """README, environment and what git passes over."""
    said = (TEMPLATES / readme).read_text(encoding="utf-8")
    filled = said.replace("{version}", version("smartlib")).replace("{parts}", PARTS)
    filled = filled.replace("{formula}", FORMULA).replace("{year}", str(latest_year(source)))
    return {
        "README.md": filled.encode("utf-8"),
        "requirements.txt": environment().encode("utf-8"),
        ".gitignore": IGNORED.encode("utf-8"),
    }


def environment() -> str:
    """A requirements file: smartlib with its parts, and the versions here of all they need."""
    found: dict[str, str] = {}
    asked = [("smartlib", frozenset(PARTS.split(",")))]
    seen = set()
    while asked:
        name, extras = asked.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if (key, extras) in seen:
            continue
        seen.add((key, extras))
        try:
            found[key] = version(name)
        except PackageNotFoundError:
            continue  # of a part that is not installed here, or for another system
        for line in requires(name) or ():
            needed = REQUIREMENT.match(line)
            if needed and (needed[3] is None or needed[3] in extras):
                asked.append((needed[1], frozenset(filter(None, (needed[2] or "").split(",")))))
    own = found.pop("smartlib")
    lines = [f"{name}=={number}" for name, number in sorted(found.items())]
    return "\n".join([f"smartlib[{PARTS}]=={own}", *lines]) + "\n"


def _laid(folder: Path, contents: dict[str, bytes]) -> list[str]:
    if folder.exists() and any(folder.iterdir()):
        raise BuildError(
            f"{folder} is not empty. Name a new folder, or an empty one; nothing was written."
        )
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return sorted(contents)
