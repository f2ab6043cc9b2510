"""`smartlib teach grade`: a class's submissions to marks, feedback and the lecturer's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from smartlib.data.writing import write_whole
from smartlib.run.execute.pool import run_all
from smartlib.teach.checking.keys import Keys
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import LESSONS, exercises_of, keys_for
from smartlib.teach.grade import marks, pages
from smartlib.teach.grade.kept import MARKS, Watched, digest, keep, recalled
from smartlib.teach.grade.run import CELL_SECONDS, Marked, mark
from smartlib.teach.grade.submissions import OURS, Submission, read_files, sorted_out
from smartlib.teach.release.class_list import Member, read_class
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

FEEDBACK = OURS[0]


@dataclass(frozen=True)
class Asked:
    """How a class is graded.

    Attributes
    ----------
    place : Path
        Folder or archive of what was handed in.
    class_list : Path
        `nim,nama`.
    columns : Path or None
        What the campus's system calls the columns.
    lang : {"id", "en"}
        Of the remarks in the table.
    workers : int
        Submissions side by side.
    seconds : float
        That a cell may take.
    """

    place: Path
    class_list: Path
    columns: Path | None = None
    lang: str = "id"
    workers: int = 2
    seconds: float = CELL_SECONDS

    @property
    def folder(self) -> Path:
        """Where marks and pages go."""
        return self.place.with_suffix("") if self.place.is_file() else self.place


@dataclass(frozen=True)
class Order:
    """One submission to be marked.

    Attributes
    ----------
    submission : Submission
        What was handed in.
    keys : Keys
        Of the student.
    """

    submission: Submission
    keys: Keys

    @property
    def name(self) -> str:
        """Student and lesson."""
        return f"{self.submission.nim}-{self.submission.lesson}"

    @property
    def made_from(self) -> str:
        """What its mark hangs on."""
        return digest(self.submission.files[0].content, self.keys.packed().encode())


@dataclass(frozen=True)
class Graded:
    """What grading gave.

    Attributes
    ----------
    rows : tuple of Row
        The class, in the list's order.
    exercises : tuple of str
        Names of all that were marked.
    nobody : tuple of str
        Files that belong to no student.
    changed : tuple of str
        Files that changed while student code ran, and were put back.
    kept : int
        Marks of an earlier run that still hold.
    cold : str
        Why some ran on papermill's own engine, which is slower.
    """

    rows: tuple[marks.Row, ...]
    exercises: tuple[str, ...]
    nobody: tuple[str, ...]
    changed: tuple[str, ...]
    kept: int
    cold: str


def grade(
    asked: Asked, folders: Folders, done: Callable[[str], None] = lambda name: None
) -> Graded:
    """Mark a class and write `nilai.csv`, `nilai.xlsx`, feedback and the lecturer's page.

    Parameters
    ----------
    asked : Asked
        What and how.
    folders : Folders
        Of the checkout.
    done : callable
        Told of each submission, by student and lesson.

    Raises
    ------
    DataError
        Class list, columns or submissions cannot be used; nothing was run.
    OSError
        A file cannot be written.
    KeyboardInterrupt
        Ctrl-C; the same command goes on from there.
    """
    members, names = read_class(asked.class_list), marks.read_columns(asked.columns)
    submissions, nobody = sorted_out(read_files(asked.place), members)
    course = Course(folders)
    lessons = sorted({s.lesson for s in submissions} & set(LESSONS))
    if not lessons:
        raise DataError(
            f"No notebook in {asked.place} is of a student of the class and a lesson; looked at "
            f"{len(nobody)} files. The number stands in a folder's or a file's name."
        )
    exercises = {lesson: exercises_of(lesson) for lesson in lessons}
    asked_for = [one.name for lesson in lessons for one in exercises[lesson]]
    empty = [marks.Row(member, {}, ()) for member in members]
    headings = marks.headings(empty, asked_for, names)
    with TemporaryDirectory() as home:
        # Student code sees a copy of the tables: what it writes there nobody else reads.
        copytree(folders.root / "data", Path(home) / "data")
        run = _Run(asked, Path(home), done)
        run.mark_all(_orders(submissions, course))
    rows = tuple(_row(member, submissions, run) for member in members)
    _write(asked, headings, marks.table(rows, asked_for, asked.lang))
    _write_pages(asked.folder, rows, exercises, [f.place for f in nobody], run.changed)
    return Graded(
        rows,
        tuple(asked_for),
        tuple(file.place for file in nobody),
        tuple(run.changed),
        run.recalled,
        next((one.cold for one in run.marked.values() if one.cold), ""),
    )


def _orders(submissions: Sequence[Submission], course: Course) -> list[Order]:
    return [
        Order(one, keys_for(one.lesson, course, student_of(one.nim, course)))
        for one in submissions
        if one.lesson in LESSONS and "doubled" not in one.remarks
    ]


class _Run:
    """Marks all orders; who ran while a file was changed runs again, alone."""

    def __init__(self, asked: Asked, home: Path, done: Callable[[str], None]) -> None:
        self.asked, self.home, self.done = asked, home, done
        self.watched = Watched(asked.folder, home / "data")
        self.folder = asked.folder / MARKS
        self.marked: dict[str, Marked] = {}
        self.running: set[str] = set()
        self.suspects: dict[str, Order] = {}
        self.changed: list[str] = []
        self.recalled = 0

    def mark_all(self, orders: Sequence[Order]) -> None:
        waiting = []
        for order in orders:
            held = recalled(self.folder, order.name, order.made_from)
            if held is None:
                waiting.append(order)
            else:
                self.marked[order.name] = held
                self.recalled += 1
                self.done(order.name)
        self.by_name = {order.name: order for order in waiting}
        self._run(waiting, self.asked.workers)
        for order in list(self.suspects.values()):
            self.suspects.clear()
            self._run([order], 1)

    def _run(self, orders: Sequence[Order], workers: int) -> None:
        run_all(
            self._mark,
            orders,
            workers=workers,
            started=lambda order: self.running.add(order.name),
            finished=self._finished,
        )

    def _mark(self, order: Order) -> Marked:
        content, seconds = order.submission.files[0].content, self.asked.seconds
        return mark(content, order.keys, home=self.home, seconds=seconds)

    def _finished(self, order: Order, made: Marked | None, error: str) -> None:
        made = made or Marked({}, (f"failed:{error.strip().splitlines()[-1][:200]}",))
        files = [self._shown(path) for path in self.watched.put_back()]
        if files:
            self.changed += [file for file in files if file not in self.changed]
            self.suspects |= {name: self.by_name[name] for name in self.running}
            if self.running == {order.name}:
                made = replace(made, remarks=(*made.remarks, f"outside:{', '.join(files[:3])}"))
                self.suspects.pop(order.name)
        self.running.discard(order.name)
        self.marked[order.name] = made
        if order.name not in self.suspects:
            keep(self.folder, order.name, order.made_from, made)
        self.done(order.name)

    def _shown(self, path: Path) -> str:
        for folder in self.watched.folders:
            if path.is_relative_to(folder):
                return f"{folder.name}/{path.relative_to(folder).as_posix()}"
        return path.name


def _row(member: Member, submissions: Sequence[Submission], run: _Run) -> marks.Row:
    own = [one for one in submissions if one.nim == member.nim]
    remarks = [code for one in own for code in one.remarks]
    remarks += ["other_lesson" for one in own if one.lesson not in LESSONS]
    marked = {}
    for one in own:
        found = run.marked.get(f"{one.nim}-{one.lesson}")
        if found is not None:
            marked[one.lesson] = found
            remarks += found.remarks
    return marks.Row(member, marked, tuple(dict.fromkeys(remarks or ["missing"] * (not own))))


def _write(asked: Asked, headings: list[str], cells: list[list[str | int | float | None]]) -> None:
    asked.folder.mkdir(parents=True, exist_ok=True)
    write_whole(asked.folder / "nilai.csv", marks.as_csv(headings, cells))
    write_whole(asked.folder / "nilai.xlsx", marks.as_workbook(headings, cells))


def _write_pages(
    folder: Path,
    rows: Sequence[marks.Row],
    exercises: dict[str, tuple[pages.Exercise, ...]],
    nobody: list[str],
    changed: list[str],
) -> None:
    (folder / FEEDBACK).mkdir(exist_ok=True)
    for row in rows:
        write_whole(folder / FEEDBACK / f"{row.member.nim}.html", pages.feedback(row, exercises))
    write_whole(folder / "dosen.html", pages.for_lecturer(rows, exercises, nobody, changed))
