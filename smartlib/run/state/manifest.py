"""What a run did: each report's key, versions, times, outcome (floor 5).

`run.json` is written at the end of a build. Until then each report that comes to its end
is a line of the journal beside it, so that a build that is killed loses none of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib import metadata
from pathlib import Path

from smartlib.run.plan.records import Entry, Selection
from smartlib.run.state.surroundings import Surroundings
from smartlib.run.state.typed import inside, mapping, record, texts
from smartlib.vocabulary.errors import BuildError
from smartlib.vocabulary.tables import LANGUAGES

RECORD = "run.json"
JOURNAL = ".journal.jsonl"


@dataclass(frozen=True)
class Site:
    """The index page and the workbook as a build left them.

    Attributes
    ----------
    year, lang : int, str
        Of the index page.
    files : mapping of str to str
        SHA-256 by name; nothing for one that could not be replaced.
    """

    year: int
    lang: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """What the last build that made reports took.

    Attributes
    ----------
    made, jobs : int
        Reports that it made, and how many at a time.
    seconds : float
        Wall time of making them.
    megabytes : float
        The most memory that all its processes held together; nothing where it is not known.
    """

    made: int = 0
    jobs: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True)
class Manifest:
    """What builds left in a reports folder.

    Attributes
    ----------
    around : Surroundings
        Of the last build.
    entries : mapping of str to Entry
        All known reports by output, whatever build made them.
    plans : mapping of Selection to (mapping of str to str)
        For each selection built in these surroundings, the keys of its reports by output.
    site : Site or None
        As the last build left it.
    interrupted : bool
        Whether the last build was stopped before its end.
    measured : Measured
        Time and memory.
    """

    around: Surroundings = field(default_factory=Surroundings)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    plans: Mapping[Selection, Mapping[str, str]] = field(default_factory=dict)
    site: Site | None = None
    interrupted: bool = False
    measured: Measured = Measured()


def read_manifest(reports: Path) -> Manifest:
    """What earlier builds left, with the journal of one that was killed.

    Parameters
    ----------
    reports : Path
        Folder; without a manifest nothing is known of it.

    Raises
    ------
    BuildError
        The manifest is there and cannot be read.
    """
    path, journal = reports / RECORD, reports / JOURNAL
    killed = journal.is_file() and not journal.is_symlink()
    noted = {entry.output: entry for entry in _noted(journal)} if killed else {}
    if not path.is_file():
        return Manifest(entries=noted, interrupted=killed)
    try:
        earlier = _manifest(_json(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BuildError(
            f"{RECORD} in the reports folder cannot be read ({error}). Delete it; every "
            "report is then made anew."
        ) from error
    entries, interrupted = {**earlier.entries, **noted}, earlier.interrupted or killed
    return replace(earlier, entries=entries, interrupted=interrupted)


def _json(content: bytes) -> object:
    """What stands in a file of ours.

    Raises
    ------
    ValueError
        It is not JSON in UTF-8, or half a character stands in it.
    """
    try:
        found = json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if b"\\ud" in content.lower():
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    return found


def _manifest(found: object) -> Manifest:
    """A manifest from its JSON.

    Raises
    ------
    ValueError
        Something in it is missing, of another type, or a path out of the reports folder.
    """
    given = mapping(found, "the file")
    lacking = {"reports", "inputs", "code", "environment", "interrupted"} - given.keys()
    if lacking:
        raise ValueError(f"the file lacks {', '.join(sorted(lacking))}")
    around = {name: given.get(name, {}) for name in ("inputs", "code", "environment", "notebooks")}
    entries = [_entry(one, f"reports[{n}]") for n, one in enumerate(_list(given["reports"]))]
    plans = [mapping(plan, "plans") for plan in _list(given.get("plans", []))]
    if type(given["interrupted"]) is not bool:
        raise ValueError("interrupted: expected true or false")
    return Manifest(
        around=record(Surroundings, around),
        entries={entry.output: entry for entry in entries},
        plans={
            record(Selection, plan.get("selection"), "selection"): texts(plan.get("keys"), "keys")
            for plan in plans
        },
        site=_site(given["site"]) if given.get("site") is not None else None,
        interrupted=given["interrupted"],
        measured=record(Measured, given.get("measured", {}), "measured"),
    )


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise ValueError(f"expected a list, found {str(found)[:40]!r}")
    return found


def _entry(found: object, where: str) -> Entry:
    entry = record(Entry, found, where)
    _known(entry.lang, where)
    for path in (entry.output, *entry.files):
        inside(path, where)
    return entry


def _known(lang: str, where: str) -> None:
    if lang not in LANGUAGES:
        raise ValueError(f"{where}: expected one of {', '.join(LANGUAGES)}, found {lang[:40]!r}")


def _site(found: object) -> Site:
    site = record(Site, found, "site")
    _known(site.lang, "site")
    for name in site.files:
        inside(name, "site")
    return site


def write_manifest(manifest: Manifest, reports: Path) -> None:
    """Write `run.json` whole, sorted, with no path of this machine; end the journal.

    Parameters
    ----------
    manifest : Manifest
        What is known.
    reports : Path
        Folder that exists.

    Raises
    ------
    OSError
        The folder cannot be written to, or its disk is full; the journal stays.
    """
    # Here, since a build that has nothing to do does not wait for the data room's imports.
    from smartlib.data.writing import write_whole  # noqa: PLC0415

    fields = {
        "smartlib": metadata.version("smartlib"),
        "interrupted": manifest.interrupted,
        **asdict(manifest.around),
        "plans": [
            {"selection": asdict(selection), "keys": dict(keys)}
            for selection, keys in manifest.plans.items()
        ],
        "site": manifest.site and asdict(manifest.site),
        "measured": asdict(manifest.measured),
        "reports": [asdict(manifest.entries[output]) for output in sorted(manifest.entries)],
    }
    text = json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(reports / RECORD, text.encode("utf-8"))
    (reports / JOURNAL).unlink(missing_ok=True)


def note(entry: Entry, reports: Path) -> None:
    """Add a report to the journal, at once and in one write.

    Parameters
    ----------
    entry : Entry
        That came to its end.
    reports : Path
        Folder that exists.

    Raises
    ------
    OSError
        The journal cannot be written to, or its disk is full.
    """
    from smartlib.data.writing import append  # noqa: PLC0415  # as above

    # The line feed comes first: a line that a kill tore does not spoil the next one.
    line = "\n" + json.dumps(asdict(entry), ensure_ascii=False)
    append(reports / JOURNAL, line.encode("utf-8"))


def _noted(journal: Path) -> Iterator[Entry]:
    """Entries of a journal, less a line that was torn or damaged."""
    for line in journal.read_bytes().splitlines():
        try:
            yield _entry(_json(line), JOURNAL)
        except ValueError:
            continue


def pathless(text: str, root: Path) -> str:
    """A traceback without this machine's folders.

    Parameters
    ----------
    text : str
        Of a traceback or an output.
    root : Path
        Of the checkout; written as a point.
    """
    places = {
        str(root.resolve()): ".",
        str(root): ".",
        sys.prefix: "<environment>",
        sys.base_prefix: "<python>",
        str(Path.home()): "~",
    }
    for place, shown in sorted(places.items(), key=lambda item: -len(item[0])):
        text = text.replace(place, shown) if len(place) > 1 else text
    return text


def error_line(traceback: str) -> str:
    r"""The line of a traceback that says what went wrong: its last one.

    Examples
    --------
    >>> error_line("Cell 3 raised an error.\n...\nValueError: no such year")
    'ValueError: no such year'
    """
    lines = [line.strip() for line in traceback.splitlines() if line.strip()]
    return lines[-1] if lines else ""
