"""The course: every exercise, every lesson, and what a student's copy must not hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.nodes import notebook_bytes
from smartlib.run.execute.warm.client import cannot_fork
from smartlib.teach.checking.checker import Checker
from smartlib.teach.checking.keys import unpacked
from smartlib.teach.checking.values import Plain, plain
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import LESSONS, TEACHER, exercises_of, keys_for, known
from smartlib.teach.release.forms import lecturer_of, slide_page, solution_of, template_of
from smartlib.teach.release.source import (
    NOTES,
    PERSONAL,
    SETUP,
    personal_code,
    read_source,
    rows_by,
    solutions,
    sources,
    tags_of,
)
from smartlib.vocabulary.folders import Folders

NAMES = [exercise.name for lesson in LESSONS for exercise in exercises_of(lesson)]
CLASS = [f"0672021{number:03}" for number in range(200)]
LARGEST = 100_000  # bytes of a student's notebook
COLD = 20  # processor seconds of a solution, kernel start included
# What the lessons are built on; where another value holds, each names its exercise.
FIGURES = {
    "1a": 140, "1b": 0, "1c": 47, "1d": 6,
    "2a": 3.079, "2b": 3.08, "2c": 2,
    "3a": 140, "3b": 128, "3c": 66, "3d": 19,
    "4a": 2.99, "4b": 0.588, "4d": 3.465,
    "7a": 0.212, "7b": 0.095, "7c": -0.119,
    "8a": 59, "8d": 0.386,
    "9a": 25,
}  # fmt: skip


@pytest.fixture(scope="module")
def course() -> Course:
    return Course(Folders(ROOT))


def exercise(name: str):
    return next(one for lesson in LESSONS for one in exercises_of(lesson) if one.name == name)


def lesson_of(name: str) -> str:
    return name.rstrip("abcdefghij").zfill(2)


def stale(answers: dict[str, float], course: Course) -> list[str]:
    """Exercises whose answer is no longer the one that a lesson is built on."""
    student = student_of(TEACHER, course)
    found = {name: exercise(name).value(course, student) for name in answers}
    return [name for name, value in answers.items() if abs(float(found[name]) - value) > 6e-4]


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_pass_and_each_mistake_has_its_own_hint(name: str, course: Course) -> None:
    """In both languages; no two known answers of an exercise are one, and no hint says two."""
    student, one = student_of(TEACHER, course), exercise(name)
    checker = Checker(keys_for(lesson_of(name), course, student).packed())
    told = known(one, course, student)
    assert len(one.mistakes) >= 2
    assert len(told) == 1 + len(one.mistakes), "a mistake gives the right answer"
    for value, said in told:
        verdict = checker.judge(name, value)
        assert (verdict.mistake, verdict.id, verdict.en) == (said["m"], said["id"], said["en"])
        assert verdict.is_right == (said["m"] == 0)
    hints = [text for mistake in one.mistakes for text in (mistake.id, mistake.en)]
    assert len(set(hints)) == len(hints)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_of_any_type_is_told_never_raises(name: str, course: Course) -> None:
    """Blank, a function, a number where a name is asked, text for a number, NaN."""
    checker = Checker(keys_for(lesson_of(name), course, student_of(TEACHER, course)))
    value = known(exercise(name), course, student_of(TEACHER, course))[0][0]
    is_text = checker.keys.keys[name].form.kind == "text"
    expected = {
        "blank": Plain("blank", ""),
        "type": plain(print),
        ("type" if is_text else "spelt"): plain(3) if is_text else Plain("text", value.text),
    }
    for code, answer in expected.items():
        assert checker.judge(name, answer).code == code
    if not is_text:
        assert checker.judge(name, plain(float("nan"))).code == "infinite"
        assert checker.judge(name, plain(value.number + 1e6)).code in ("wrong", "whole")


def test_general_mistakes_are_named(course: Course) -> None:
    """A reversed sign, a percentage for a share, an early rounding, half a count."""
    checker = Checker(keys_for("02", course, student_of(TEACHER, course)))
    share = float(exercise("2e").value(course, student_of(TEACHER, course)))
    assert checker.judge("2e", plain(100 * share)).code == "hundredfold"
    assert checker.judge("2e", plain(-share)).code == "sign"
    assert checker.judge("2e", plain(share + 0.001)).code == "near"
    assert checker.judge("2c", plain(2.5)).code == "whole"


def test_the_checker_speaks_both_languages(course: Course, capsys) -> None:
    """What is printed is of the language asked for; an exercise that is not there is said so."""
    keys = keys_for("01", course, student_of(TEACHER, course))
    for lang, right, unknown in (
        ("id", "1a: Benar.", "Tidak ada soal"),
        ("en", "1a: Right.", "There is no exercise"),
    ):
        Checker(keys, lang)("1a", 140)
        Checker(keys, lang)("9z", 140)
        said = capsys.readouterr().out
        assert said.startswith(right)
        assert unknown in said


@pytest.mark.parametrize("name", [n for n in NAMES if exercise(n).personal])
def test_a_class_has_many_answers(name: str, course: Course) -> None:
    """200 student numbers give at least 100 distinct answers; the same number the same one."""
    one = exercise(name)
    answers: dict[str, str] = {}
    for nim in CLASS:
        answers[nim] = plain(one.value(course, student_of(nim, course))).text
        if len(set(answers.values())) == 100:
            break
    assert len(set(answers.values())) == 100
    assert plain(one.value(course, student_of(CLASS[0], course))).text == answers[CLASS[0]]


def test_each_lesson_has_a_personal_exercise() -> None:
    """Three to five exercises a lesson, one of which nobody can copy."""
    for lesson in LESSONS:
        asked = exercises_of(lesson)
        assert 3 <= len(asked) <= 5
        assert any(one.personal for one in asked)


def test_answers_are_those_that_the_lessons_tell_of(course: Course) -> None:
    """A raw value that changes names the exercises whose text has to be read again."""
    assert stale(FIGURES, course) == []


def test_a_changed_raw_value_names_its_exercises(course: Course) -> None:
    """One mark of one row is changed: exercises that hang on it are named, others are not."""
    spoilt = Course(Folders(ROOT))
    spoilt.scores.loc["51.03", "outcome"] = 3.0
    assert stale(FIGURES, spoilt) == ["2a", "2b", "3a", "3b"]  # cut off, it never agreed


def test_every_lesson_has_its_source() -> None:
    """Ten lessons, each with the exercises of the registry, in their order."""
    assert list(sources(Folders(ROOT))) == list(LESSONS)
    for lesson in LESSONS:
        source = read_source(lesson, Folders(ROOT))
        assert source.exercises == [one.name for one in exercises_of(lesson)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_whole_in_both_languages(lesson: str, course: Course) -> None:
    """Text stands once in each language, side by side; parts, minutes and notes are there."""
    source = read_source(lesson, Folders(ROOT))
    text = [cell for cell in source.node.cells if cell.cell_type == "markdown"]
    assert [tags_of(cell)[0] for cell in text] == ["lang-id", "lang-en"] * (len(text) // 2)
    said = {
        lang: "\n".join(c.source for c in text if f"lang-{lang}" in tags_of(c))
        for lang in ("id", "en")
    }
    for part in ("## Prediksi", "## Contoh\n", "## Contoh setengah jadi", "## Latihan", "## Pokok"):
        assert part in said["id"]
    for part in ("## Predict", "## Worked", "## Faded", "## Exercises", "## Key points"):
        assert part in said["en"]
    assert "100 menit" in said["id"]
    assert any(NOTES in tags_of(cell) for cell in text)
    own = next(cell for cell in source.node.cells if PERSONAL in tags_of(cell))
    assert own.source == personal_code(student_of(TEACHER, course), rows_by(source))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_students_copy_holds_no_answer(lesson: str, lang: str, course: Course) -> None:
    """No solution, hint, hidden check, note, output or answer is found in it; it is small."""
    source, student = read_source(lesson, Folders(ROOT)), student_of(CLASS[3], course)
    keys = keys_for(lesson, course, student)
    content = template_of(source, lang).filled(student, keys)
    assert content == template_of(source, lang).filled(student, keys)
    assert len(content) <= LARGEST
    node = nbformat.reads(content.decode(), as_version=4)
    text = "\n".join(c.source for c in node.cells if not {SETUP, PERSONAL} & set(tags_of(c)))
    assert all(not cell.get("outputs") for cell in node.cells)
    for cell in source.node.cells:
        tags = tags_of(cell)
        if "hidden" in tags or NOTES in tags:
            assert cell.source not in text
        if cell.cell_type == "code":
            found = [line for line in solutions(cell.source) if line]
            assert not [line for line in found if line in text]
    for one in exercises_of(lesson):
        for value, said in known(one, course, student):
            assert said["id"] not in content.decode()
            assert said["en"] not in content.decode()
            shown = f"{value.number:.15g}" if value.kind == "number" else value.text
            if len(shown) > 2 and not said["m"]:
                assert not re.search(rf"(?<![\d.,]){re.escape(shown)}(?![\d])", text), one.name
    for cell in node.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)


@pytest.mark.parametrize("lesson", LESSONS)
def test_solutions_and_slides(lesson: str, tmp_path: Path) -> None:
    """A solution has no arrow and no note; slides ask, and whisper notes to the speaker."""
    source = read_source(lesson, Folders(ROOT))
    solved = "\n".join(cell.source for cell in solution_of(source, "id").cells)
    assert "==>" not in solved
    assert "Catatan dosen" not in solved
    assert "Catatan dosen" in "\n".join(c.source for c in lecturer_of(source, "id").cells)
    slides = slide_page(source, "en").decode()
    assert '<aside class="notes">' in slides
    assert "Lecturer" in slides
    assert "Catatan dosen" not in slides
    assert "==&gt;" not in slides


def test_an_untouched_copy_runs_offline_with_the_standard_library_alone() -> None:
    """What a student imports brings no module that does not come with Python."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "from smartlib.teach import Checker, data_file\n"
        "names = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(names - set(sys.stdlib_module_names)))\n"
        "print(data_file('raw/2024/scores.csv').name)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split("\n")
    assert said[:2] == ["['smartlib']", "scores.csv"]


@pytest.mark.parametrize("lesson", ["01", "02", "03"])
def test_the_first_lessons_need_the_standard_library_alone(lesson: str, course: Course) -> None:
    """Their student copies import nothing else, so that a browser can run them."""
    source, student = read_source(lesson, Folders(ROOT)), student_of(CLASS[0], course)
    content = template_of(source, "id").filled(student, keys_for(lesson, course, student))
    node = nbformat.reads(content.decode(), as_version=4)
    code = "\n".join(cell.source for cell in node.cells if cell.cell_type == "code")
    found = {
        (item.module if isinstance(item, ast.ImportFrom) else item.names[0].name).split(".")[0]
        for item in ast.walk(ast.parse(code))
        if isinstance(item, ast.Import | ast.ImportFrom)
    }
    assert found - {"smartlib"} <= set(sys.stdlib_module_names)


def test_keys_are_read_back(course: Course) -> None:
    """Packed and unpacked they are the same; no hint stands in them in plain text."""
    keys = keys_for("03", course, student_of(CLASS[1], course))
    assert unpacked(keys.packed()) == keys
    sealed = [text for key in keys.keys.values() for text in key.sealed.values()]
    assert len({len(text) for text in keys.keys["3a"].sealed.values()}) == 1
    assert not any("Decimal" in text or "Benar" in text for text in sealed)


@pytest.mark.parametrize("lesson", ["06", "07", "09"])
def test_simulations_are_marked_and_of_two_hundred_seeds(lesson: str) -> None:
    """A cell of made-up data says so in its tag and in the text above, in both languages."""
    cells = read_source(lesson, Folders(ROOT)).node.cells
    (place,) = [n for n, cell in enumerate(cells) if "simulated" in tags_of(cell)]
    assert "200" in cells[place].source
    above = "\n".join(cell.source for cell in cells[:place])
    assert "data buatan" in above
    assert "made-up data" in above


def test_simulations_recover_the_truth() -> None:
    """CR2 keeps five percent, noise gives reliability less one, bounds always hold the mean."""
    outputs = {}
    for lesson in ("06", "07", "09"):
        cells = read_source(lesson, Folders(ROOT)).node.cells
        (cell,) = [cell for cell in cells if "simulated" in tags_of(cell)]
        outputs[lesson] = "".join(
            o.get("text", "") or o["data"]["text/plain"] for o in cell.outputs
        )
    alarms = dict(re.findall(r"(\w+)\s+(0\.\d+)", outputs["06"]))
    assert float(alarms["CR2"]) < 0.05 + 2 * (0.05 * 0.95 / 200) ** 0.5  # two errors of a share
    assert float(alarms["classical"]) > 0.2
    mean, expected = map(float, outputs["07"].split())
    assert abs(mean - expected) < 0.01
    assert outputs["09"].strip() == "200"


@pytest.mark.long
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_solution_runs_cold(lesson: str, tmp_path: Path) -> None:
    """Without the warm server a solution runs to its end within its time."""
    path = tmp_path / "solution.ipynb"
    path.write_bytes(notebook_bytes(solution_of(read_source(lesson, Folders(ROOT)), "id")))
    run = run_notebook(path, {}, cwd=tmp_path, stock=True)
    assert run.error == ""
    assert run.seconds < 6 * COLD  # a machine that does other work too


def test_a_browser_cannot_fork(monkeypatch) -> None:
    """Emscripten has `os.fork`, which fails: no warm server is tried there."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert cannot_fork() == "this system cannot fork processes"
