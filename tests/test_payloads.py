"""Pages run nothing and ask nothing, whatever a notebook brings: by the text, and in a browser."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_output
from notebook_maker import code, notebook
from payloads import AS_HTML, payloads
from playwright.sync_api import Error

from smartlib.run.site.cleaning import ACTIVE, cleaned, drawing
from smartlib.run.site.frame import Page
from smartlib.run.site.pages import page_of
from smartlib.vocabulary.policy import content_policy

PAGES = {name: page_of(node, Page(title="Still")).decode() for name, node in payloads().items()}
POLICY = re.compile(r'<meta content="[^"]*" http-equiv="Content-Security-Policy"/>')
OURS = {"input", "meta"}  # the box that shows code, and the page's head
LINKS = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "ping"}


def test_there_are_many_kinds_of_payload() -> None:
    """At least sixty ways to try, most of them in HTML and in Markdown."""
    assert len(AS_HTML) >= 60
    assert len(PAGES) >= 140


@pytest.mark.parametrize("name", PAGES)
def test_nothing_active_stands_on_a_page(name: str) -> None:
    """No element that runs or loads, no handler, no link but to places, words and pictures."""
    soup = BeautifulSoup(PAGES[name], features="html.parser")
    for element in soup.find_all(True):
        assert element.name not in ACTIVE - OURS
        assert not [key for key in element.attrs if key.startswith("on") or key == "srcdoc"]
        for key in LINKS & set(element.attrs):
            bare = re.sub(r"[\x00-\x20]", "", element[key])
            picture = element.name in ("img", "image") and bare.startswith("data:image/")
            assert picture or not re.match(r"[a-z][\w+.-]*:|[/\\]{2}", bare, re.IGNORECASE), bare
        assert not re.search(r"url\((?!#|data:image)|\\", str(element.get("style", "")))
    metas = [meta.get("http-equiv") for meta in soup.find_all("meta")]
    assert metas == [None, "Content-Security-Policy", None, None]
    assert len(soup.find_all("input")) == 1
    assert len(soup.find_all("title")) - len(soup.select("svg title")) == 1
    sheets = [style.text for style in soup.find_all("style")[1:]]
    assert not [sheet for sheet in sheets if re.search(r"@import|url\(|\\|evil", sheet)]


def test_the_policy_comes_before_all_that_it_governs() -> None:
    """It stands in the head before title, style and body, and allows pictures and styles alone."""
    page = next(iter(PAGES.values()))
    rules = dict(rule.split(" ", 1) for rule in content_policy().split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    assert set(rules) == {"default-src", "img-src", "style-src", "base-uri", "form-action"}
    assert html.unescape(POLICY.findall(page)[0]).count(content_policy()) == 1
    assert page.index("Content-Security-Policy") < min(
        map(page.index, ("<title", "<style", "<body"))
    )


def test_a_page_says_what_it_left_out() -> None:
    """By name at its foot, and in its language; a page that lacks nothing says nothing."""
    assert "Left out here, as pages run and load nothing: script." in PAGES["script"]
    assert "application/javascript" in PAGES["output: javascript"]
    assert "Left out" not in PAGES["output: javascript beside text"]
    indonesian = page_of(payloads()["srcdoc"], Page(lang="id")).decode()
    assert "Tidak dimuat di sini" in indonesian
    assert "iframe" in indonesian


class Watched:
    """One browser page that notes everything that it runs or asks."""

    def __init__(self, browser, folder: Path) -> None:
        self.context = browser.new_context()
        self.context.route("**/*", self._asked)
        self.file = folder / "page.html"
        self.seen: list[str] = []

    def _asked(self, route) -> None:
        url = route.request.url
        own = url in (self.file.as_uri(), "about:blank") or url.startswith("data:image/")
        if not own and not url.startswith(f"{self.file.as_uri()}#"):
            self.seen.append(f"asked {url[:60]}")
        route.abort() if url.startswith("http") else route.continue_()

    def open(self, content: str) -> list[str]:
        """What a page does when it is opened and its links are followed."""
        self.file.write_text(content, encoding="utf-8")
        self.seen = []
        tab = self.context.new_page()
        tab.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))
        tab.on("framenavigated", lambda frame: self._moved(frame.url))
        try:
            tab.goto(self.file.as_uri(), wait_until="load")
            tab.evaluate("document.querySelectorAll('.c').forEach(c => c.click && c.click())")
            tab.wait_for_timeout(30)
            if tab.evaluate("!!window.ran || document.title !== 'Still'"):
                self.seen.append("ran")
        except Error as left:  # the page is no longer there
            self.seen.append(left.message)
        tab.close()
        return self.seen

    def _moved(self, url: str) -> None:
        if url.partition("#")[0] not in (self.file.as_uri(), "about:blank"):
            self.seen.append(f"moved to {url[:60]}")


def together() -> str:
    """One page with the cells of every payload."""
    cells = [cell for node in payloads().values() for cell in node.cells]
    return page_of(notebook(*cells), Page(title="Still")).decode()


POLICIES = pytest.mark.parametrize("with_policy", [True, False], ids=["policy", "cleaning alone"])


@POLICIES
def test_nothing_runs_and_nothing_is_asked(browser, tmp_path: Path, with_policy: bool) -> None:
    """All payloads on one page run nothing, ask nothing, lead nowhere, policy or not."""
    page = together()
    assert Watched(browser, tmp_path).open(page if with_policy else POLICY.sub("", page)) == []


@pytest.mark.long
@POLICIES
def test_no_payload_runs_alone(browser, tmp_path: Path, with_policy: bool) -> None:
    """The same of each payload on a page of its own."""
    watched = Watched(browser, tmp_path)
    pages = {name: page if with_policy else POLICY.sub("", page) for name, page in PAGES.items()}
    assert {name: seen for name, page in pages.items() if (seen := watched.open(page))} == {}


def test_the_browser_would_have_noticed(browser, tmp_path: Path) -> None:
    """Some of the same payloads, as they are, run or ask: the trap is not blind."""
    watched = Watched(browser, tmp_path)
    head = "<!DOCTYPE html><title>Still</title>"
    some = ("script", "onerror", "javascript link", "srcdoc", "refresh", "import", "svg script")
    assert [name for name in some if not watched.open(head + AS_HTML[name])] == []


@pytest.mark.long
def test_the_policy_alone_stops_scripts(browser, tmp_path: Path) -> None:
    """A page that held a payload as it is would still run no script."""
    watched = Watched(browser, tmp_path)
    head = (
        f'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="{content_policy()}">'
    )
    head += "<title>Still</title>"
    seen = {name: watched.open(head + raw) for name, raw in AS_HTML.items()}
    assert {name: found for name, found in seen.items() if "ran" in found} == {}


def shown(data: dict[str, str]) -> NotebookNode:
    return new_output("display_data", data)


def drawn(format: str) -> str:
    """A figure as matplotlib writes it."""
    import io

    from matplotlib.figure import Figure

    figure, out = Figure(figsize=(3, 2)), io.StringIO()
    axes = figure.subplots()
    axes.plot([0, 1, 2], [3, 1, 2], marker="o", label="a & b")
    axes.fill_between([0, 1, 2], [0, 0, 0], [1, 2, 1], hatch="/", alpha=0.3)
    axes.set_title("<x> é")
    axes.legend()
    figure.savefig(out, format=format, metadata={"Date": None})
    return out.getvalue()


def test_a_drawing_stands_in_the_page_byte_for_byte() -> None:
    """As a picture, which runs nothing; one that is no mere drawing is cleaned first."""
    svg = drawn("svg")
    page = page_of(notebook(code("f()", outputs=[shown({"image/svg+xml": svg})])), Page()).decode()
    (held,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', page)
    assert base64.b64decode(held).decode() == svg
    evil = base64.b64decode(
        re.findall(r"svg\+xml;base64,([^\"]*)", PAGES["output: svg"])[0]
    ).decode()
    assert "script" not in evil
    assert "onload" not in evil
    assert evil.startswith("<svg xmlns=")
    for active in (' onload="x()"', "/onload=x()"):  # no element that the list of them knows
        assert "onload" not in drawing(svg.replace("<svg", f"<svg{active}", 1)).html
    entities = '<!DOCTYPE svg [<!ENTITY x "y">]>'
    assert "ENTITY" not in drawing(entities + svg).html


def test_a_drawing_in_html_looks_the_same(browser, tmp_path: Path) -> None:
    """matplotlib's SVG as part of an output's HTML: the same pixels as before the cleaning."""
    svg = drawn("svg").partition("<svg")[2]
    before, after = f"<svg{svg}", cleaned(f"<svg{svg}").html
    tab = browser.new_page(viewport={"width": 400, "height": 300})
    shots = []
    for content in (before, after):
        tab.set_content(f"<!DOCTYPE html><body style='margin:0'>{content}")
        shots.append(tab.screenshot())
    tab.close()
    assert shots[0] == shots[1]
    assert len(set(shots[0])) > 100  # something was drawn


def test_tables_of_pandas_keep_their_look() -> None:
    """A styled table's sheet, classes and spans are kept: it is an output like another."""
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 2]}, index=pd.MultiIndex.from_tuples([("x", 1), ("x", 2)]))
    for raw in (frame.style.highlight_max().to_html(uuid="u"), frame._repr_html_()):
        kept = cleaned(raw)
        assert kept.left_out == frozenset()
        before, after = (BeautifulSoup(one, "html.parser") for one in (raw, kept.html))
        assert [s.text for s in after.find_all("style")] == [
            s.text for s in before.find_all("style")
        ]
        for tag in ("td", "th", "table"):
            told = [[(e.attrs, e.text) for e in soup.find_all(tag)] for soup in (before, after)]
            assert told[0] == told[1]
