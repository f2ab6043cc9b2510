"""The replication package: everything another researcher needs, made from records (floor 5)."""

from __future__ import annotations

import csv
import io
import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from smartlib.data.sources import read_factor_sources, read_sources
from smartlib.data.writing import write_whole
from smartlib.present.words.papers.codebook import in_indonesian
from smartlib.run.commands.exhibits import draws, exhibits
from smartlib.run.commands.init import PARTS, environment, lay_workbook
from smartlib.run.state.crate import CRATE
from smartlib.run.state.manifest import RECORD, Manifest, read_manifest
from smartlib.run.state.provenance import MANIFEST
from smartlib.run.state.surroundings import holds, sha256
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.folders import PACKAGE, Folders
from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.records import FactorSource, SourceRecord

TEMPLATE = Path(__file__).with_name("templates") / "replication.md"
CODEBOOK = ("table", "column", "type", "unit", "values", "required", "description_en",
            "description_id", "table_en", "table_id")  # fmt: skip
TABULAR = {".csv": "CSV, UTF-8", ".toml": "TOML", ".json": "JSON"}


def package(folder: Path, folders: Folders) -> list[str]:
    """Lay a replication package of the reports that stand.

    Parameters
    ----------
    folder : Path
        New, or empty.
    folders : Folders
        Of a checkout or workbook with reports.

    Returns
    -------
    list of str
        Files, by path below the folder.

    Raises
    ------
    BuildError
        The folder is not empty, a report is missing or failed, or was changed after the build.
    """
    manifest = _whole(folders.reports)
    named = {name for one in manifest["reports"] for name in one["files"]}
    named |= {name for name, digest in manifest["site"].items() if digest}
    kept = sorted(named | {MANIFEST, CRATE, RECORD})
    contents = {f"reports/{name}": (folders.reports / name).read_bytes() for name in kept}
    workflow = sorted((folders.reports / "workflow").glob("*.ipynb"))
    contents |= {f"reports/workflow/{path.name}": path.read_bytes() for path in workflow}
    contents["reports/README.md"] = (folders.reports / "README.md").read_bytes()
    lay_workbook(folder, folders)
    lock, licence = folders.root / "requirements.lock", folders.root / "LICENSE"
    for path in (lock, licence):
        if path.is_file():
            contents[path.name] = path.read_bytes()
    contents["codebook.csv"] = codebook()
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    # Last: it tells what stands in the folder.
    write_whole(folder / "README.md", readme(folder, folders, manifest).encode("utf-8"))
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _whole(reports: Path) -> dict[str, Any]:
    """The manifest, if all that it names stands as it says."""
    path = reports / MANIFEST
    if not path.is_file():
        raise BuildError("There are no reports to package; `smartlib build` makes them.")
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    failed = [one["output"] for one in told["reports"] if one["failed"]]
    named = {n: d for one in told["reports"] for n, d in one["files"].items()}
    named |= {name: digest for name, digest in (told["site"] or {}).items() if digest}
    changed = sorted(name for name, digest in named.items() if not holds(reports / name, digest))
    for problem, names in (("failed", failed), ("changed after the build", changed)):
        if names:
            raise BuildError(
                f"{len(names)} {problem}, {names[0]} first; run `smartlib build` again before "
                "packaging. Nothing was written."
            )
    return told


def readme(folder: Path, folders: Folders, manifest: dict[str, Any]) -> str:
    """README of a package, after the template of the Social Science Data Editors.

    Parameters
    ----------
    folder : Path
        The package, with data and notebooks in it.
    folders : Folders
        Where reports stand.
    manifest : dict
        As written by the build.
    """
    run = read_manifest(folders.reports)
    national = sorted(folders.reports.glob("national/*.ipynb"))
    shown = [one for path in national for one in exhibits(folders.reports, path)]
    sizes = {room: _size(folder / room) for room in ("data", "reports")}
    pinned = environment().split("\n")[1:-1]
    parts = {
        "version": version("smartlib"),
        "parts": PARTS,
        "commit": manifest["commit"] or "not made in a git checkout",
        "clean": {True: "yes", False: "no", None: "unknown"}[manifest["clean"]],
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "reports": str(len(manifest["reports"])),
        "measured": _measured(run),
        "data_size": f"{sizes['data'] / 1e6:.1f}",
        "reports_size": f"{sizes['reports'] / 1e6:.0f}",
        "sources": _sources(folders),
        "files": _files(folder, folders),
        "software": _table(("software", "version"), (line.split("==") for line in pinned)),
        "randomness": _table(
            ("file", "line", "seed"),
            ((d.file, d.line, d.seed) for d in draws(PACKAGE, folders.notebooks)),
        ),
        "exhibits": _table(
            ("", "exhibit", "notebook as run", "cell"),
            ((o.kind, o.title, f"reports/{o.file}", o.cell) for o in shown if o.kind != "sentence"),
        ),
        "numbers": _table(
            ("sentence", "notebook as run", "cell"),
            ((o.title, f"reports/{o.file}", o.cell) for o in shown if o.kind == "sentence"),
        ),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in parts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _measured(run: Manifest) -> str:
    """Time and memory of the build that made the reports."""
    took, notebooks = run.measured, sum(entry.seconds for entry in run.entries.values())
    if not took.made:
        return f"{notebooks:.0f} seconds of notebooks in all; memory was not measured."
    memory = f"{took.megabytes:.0f} MB" if took.megabytes else "an amount not known here"
    return (
        f"{took.made} of {len(run.entries)} reports were made in {took.seconds:.0f} seconds, "
        f"{took.jobs} at a time ({notebooks:.0f} seconds of notebooks in all), by processes that "
        f"together held at most {memory} of memory, looked at once a second."
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sources(folders: Folders) -> str:
    """Each publication: rights, where and when it was had, its form, the files it is behind."""
    files: dict[str, list[str]] = {}
    cited: dict[str, SourceRecord] = {}
    for file, record in read_sources(folders.raw).items():
        files.setdefault(record.citation, []).append(f"`data/raw/{file}`")
        cited[record.citation] = record
    blocks = [_block(record, ", ".join(files[title])) for title, record in cited.items()]
    for key, own in read_factor_sources(folders.raw).items():
        tables = "; ".join(dict.fromkeys(own.tables.values()))
        rows = f"`data/raw/factors.csv`, rows with source `{key}`"
        blocks.append(f"{_block(own, rows)}- Checked: {own.checked}\n- Tables: {tables}\n")
    return "\n".join(blocks)


def _block(record: SourceRecord | FactorSource, files: str) -> str:
    return (
        f"### {record.citation}\n\n- Rights: {record.licence}\n- Had from: {record.had}\n"
        f"- Accessed: {record.accessed}\n- Format: {record.format}\n- Files: {files} (provided)\n"
    )


def _files(folder: Path, folders: Folders) -> str:
    """Each data file: format, bytes, rows, SHA-256, source, provided."""
    records = read_sources(folders.raw)
    rows = []
    for path in sorted(p for p in (folder / "data").rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        record = records.get(name.removeprefix("data/raw/"))
        content = path.read_bytes()
        count = ""
        if path.suffix == ".csv":
            count = str(sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig")))) - 1)
        made = "made by `smartlib build`" if "/processed/" in name else "written by the project"
        rows.append(
            (
                f"`{name}`",
                TABULAR.get(path.suffix, path.suffix),
                len(content),
                count,
                sha256(path),
                record.publisher if record else made,
                "yes",
            )
        )
    heading = ("file", "format", "bytes", "rows", "SHA-256", "source", "provided")
    return _table(heading, rows)


def codebook() -> bytes:
    """Every column of the processed tables, one a row, described in both languages."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CODEBOOK)
    for table in PROCESSED:
        for c in table.columns:
            values, required = " ".join(c.values), "yes" if c.required else "no"
            said = (c.description, in_indonesian(c.description))
            about = (table.description, in_indonesian(table.description))
            writer.writerow((table.name, c.name, c.type, c.unit, values, required, *said, *about))
    return out.getvalue().encode("utf-8-sig")  # with a mark: Excel then reads UTF-8


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
