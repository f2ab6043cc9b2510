"""`smartlib teach`: lessons for a class, and its grades (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from smartlib.cli.terminal.options import A_FILE, jobs_option, json_option
from smartlib.cli.terminal.printing import print_json, say, tell, visible
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import LANGUAGES

UNSAFE = (
    "Student code runs as you, with your files within its reach. For submissions that you do not "
    "trust use another account or a container: docs/teaching.md."
)
class_option = click.option(
    "--class",
    "class_list",
    type=A_FILE,
    required=True,
    metavar="FILE",
    help="The class list, with columns nim and nama.",
)
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="id", show_default=True)


@click.group("teach")
def command() -> None:
    """Give a class its lessons, and grade what comes back."""


@command.command("release")
@click.argument("lesson")
@class_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    help="For the class: FOLDER/NIM/LESSON.ipynb.",
)
@lang_option
@json_option
def release_command(
    *, lesson: str, class_list: Path, output: Path, lang: str, as_json: bool
) -> None:
    """Write each student's notebook of a lesson, and the lecturer's files beside FOLDER.

    LESSON is its number. Answers are computed from the tables as they are, and stand in no
    student's notebook. The solution, the lecturer's notebook and slides go to FOLDER-lecturer.

    Exit code 0: written; 1: the class list or a folder cannot be used; 2: not understood.
    """
    from smartlib.teach.release.release import release

    found = release(lesson, class_list, output, lang=lang, folders=Folders.find())
    if as_json:
        print_json(
            {
                "students": found.students,
                "largest_bytes": found.largest,
                "folder": str(found.folder),
                "lecturer": str(found.lecturer),
            }
        )
        return
    say(f"{found.students} notebooks in {found.folder} (the largest {found.largest:,} bytes)")
    say(f"Solution, notes and slides, not for students: {found.lecturer}")


@command.command("grade")
@click.argument("place", type=A_FILE, metavar="FOLDER")
@class_option
@click.option("--columns", type=A_FILE, metavar="FILE", help="Names of columns at your campus.")
@click.option(
    "--timeout",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Stop a cell that takes longer.",
)
@jobs_option
@lang_option
@json_option
def grade_command(
    *,
    place: Path,
    class_list: Path,
    columns: Path | None,
    timeout: int,
    jobs: int,
    lang: str,
    as_json: bool,
) -> None:
    """Run and mark what a class handed in; writes FOLDER/nilai.csv.

    FOLDER holds FOLDER/NIM/LESSON.ipynb, or files with the number in their name, or is the
    archive (.zip) of a campus's system. Beside nilai.csv stand nilai.xlsx, a page of feedback a
    student (umpan-balik/) and one for you (dosen.html). Student code runs as you: see
    docs/teaching.md.

    Exit code 0: graded, flagged ones too; 1: something cannot be used; 2: not understood;
    130: Ctrl-C, the same command goes on from there.
    """
    from smartlib.teach.grade.grade import Asked, grade

    tell(UNSAFE)
    asked = Asked(place, class_list, columns, lang, jobs, timeout)
    with _counted(as_json) as done:
        found = grade(asked, Folders.find(), done)
    flagged = [row.member.nim for row in found.rows if row.is_flagged]
    if as_json:
        print_json(
            {
                "students": len(found.rows),
                "exercises": list(found.exercises),
                "flagged": flagged,
                "nobody": list(found.nobody),
                "changed": list(found.changed),
                "kept": found.kept,
                "engine": "papermill" if found.cold else "smartlib",
            }
        )
        return
    if found.cold:
        tell(f"Papermill's own engine was used, which is slower: {found.cold}.")
    say(f"{len(found.rows)} students, {len(flagged)} to be looked at: {asked.folder}/dosen.html")
    for file in found.nobody:
        say(f"  nobody's: {file}")
    for file in found.changed:
        say(f"  changed while student code ran: {file}")
    say(f"Marks: {asked.folder}/nilai.csv")


@contextmanager
def _counted(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Progress on a terminal, else a line every fifty."""
    count = 0

    def done(name: str) -> None:
        nonlocal count
        count += 1
        if not quiet and count % 50 == 0:
            tell(f"{count} submissions, the last {visible(name)}")

    yield done
