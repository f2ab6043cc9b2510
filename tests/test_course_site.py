"""The course's site in a browser: the first lessons run there, and ask nothing of another host."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from conftest import ROOT

from benchmarks.course_site import LANGUAGES, LESSONS, SITE, VISITOR
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import exercises_of
from smartlib.teach.release.source import read_source
from smartlib.vocabulary.folders import Folders

pytestmark = pytest.mark.long
BROWSERS_OWN = "content-autofill.googleapis.com:443"  # Chromium asks it of any page's fields

OPEN = """() => window.jupyterapp?.shell?.currentWidget?.content?.model?.cells?.length > 0
  && window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === "idle" """
RUN_ALL = """async () => {
  await jupyterapp.commands.execute("notebook:run-all-cells");
  return jupyterapp.shell.currentWidget.content.model.toJSON().cells;
}"""
# As a student would: the answer goes into the cell that asks, and that cell is run.
ANSWER = """async ([name, value]) => {
  const {content} = jupyterapp.shell.currentWidget;
  const cells = [...content.model.cells];
  const at = cells.findIndex((cell) => cell.sharedModel.getSource().includes(`check("${name}"`));
  const source = cells[at].sharedModel.getSource();
  cells[at].sharedModel.setSource(source.replace(/^answer_.*$/m, `answer_${name} = ${value}`));
  content.activeCellIndex = at;
  await jupyterapp.commands.execute("notebook:run-cell");
  return content.model.toJSON().cells[at];
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Any], str]]:
    """Starts a server on this host with a handler; its address."""
    servers = []

    def serve(handler: Any) -> str:
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and writes no log."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def page(browser: Any, served: Callable[[Any], str]) -> Iterator[tuple[Any, str, list[str]]]:
    """A page, the site's address, and what was asked of other hosts.

    Those are reached through a proxy alone, which notes and refuses: workers' requests as well.
    """
    if not (SITE / "index.html").is_file():
        pytest.skip("the site is not built; make course-site builds it")
    asked: list[str] = []

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != BROWSERS_OWN:
                asked.append(self.path)
            self.send_error(502)

        do_CONNECT = do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    site = served(partial(Quiet, directory=str(SITE)))
    context = browser.new_context(proxy={"server": served(Refusing), "bypass": "127.0.0.1"})
    yield context.new_page(), site, asked
    context.close()


def said(cell: dict[str, Any]) -> str:
    """What a cell printed; an error's name, where it ended with one."""
    return "".join(
        "".join(output.get("text", output.get("ename", ""))) for output in cell["outputs"]
    )


def opened(tab: Any, site: str, lang: str, lesson: str) -> None:
    """Open a lesson, and wait for its kernel."""
    name = read_source(lesson, Folders(ROOT)).path.name
    answered = tab.goto(f"{site}/lab/index.html?path={lang}/{name}")
    assert answered.ok
    tab.wait_for_function(OPEN, timeout=120_000)


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_runs_in_the_browser(
    lang: str, lesson: str, page: tuple[Any, str, list[str]]
) -> None:
    """As released it runs through; right answers are right, mistakes get their hint."""
    tab, site, asked = page
    opened(tab, site, lang, lesson)
    cells = [cell for cell in tab.evaluate(RUN_ALL) if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    assert not [said(cell) for cell in cells if said(cell).endswith("Error")]
    course = Course(Folders(ROOT))
    student = student_of(VISITOR, course)
    for exercise in exercises_of(lesson):
        mistake = exercise.mistakes[0]
        wrong = tab.evaluate(ANSWER, [exercise.name, repr(float(mistake.value(course, student)))])
        assert getattr(mistake, lang) in said(wrong)
        right = tab.evaluate(ANSWER, [exercise.name, repr(float(exercise.value(course, student)))])
        assert getattr(exercise, f"told_{lang}") in said(right)
        assert {"id": "Benar", "en": "Right"}[lang] in said(right)
    assert asked == []


def test_a_request_to_another_host_would_be_seen(page: tuple[Any, str, list[str]]) -> None:
    """By the page as by a worker: else the test above could not fail."""
    tab, site, asked = page
    tab.goto(f"{site}/files/id/")
    fetch = "fetch('http://{}.invalid/').catch(() => 0)"
    tab.evaluate(fetch.format("page"))
    worker = f"data:text/javascript,{fetch.format('worker')}.then(() => postMessage(0))"
    tab.evaluate(f"new Promise(done => {{ new Worker(`{worker}`).onmessage = done }})")
    assert asked == ["http://page.invalid/", "http://worker.invalid/"]
