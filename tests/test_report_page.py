"""A region's page: light, complete without its script, found with keyboard and reader."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_notebook
from notebook_maker import code
from report_maker import BADUNG, BANDA_ACEH, SAMPLE, made

from smartlib.data.load import load_year
from smartlib.run.site.frame import Page
from smartlib.run.site.method_page import method_pages
from smartlib.run.site.report_page import LARGEST, report_in, report_page

LANGS = ("id", "en")
MOST_WORDS = 450  # visible before anything is unfolded, names of regions apart
NODE = new_notebook(cells=[code("x = 1  # <code>")])


@cache
def page_of(region: str, lang: str) -> str:
    frame = Page("", lang, {"region": region}, "../index.html", (2024,), ("pdf", "xlsx"))
    return report_page(made(region, lang), NODE, frame, "a-name").decode("utf-8")


def soup(region: str, lang: str) -> BeautifulSoup:
    return BeautifulSoup(page_of(region, lang), "html.parser")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", SAMPLE)
def test_a_page_is_light_and_short(region: str, lang: str) -> None:
    """At most 120 kB, and few words before anything is unfolded."""
    assert len(page_of(region, lang).encode()) <= LARGEST
    page = soup(region, lang)
    for hidden in page.select("svg, script, style, .skip, details > :not(summary)"):
        hidden.decompose()
    assert len(page.body.get_text(" ").split()) <= MOST_WORDS


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("region", SAMPLE)
def test_everything_has_its_place_for_a_reader(region: str, lang: str) -> None:
    """Language, one first heading, anchors for the contents, heads and captions of tables,
    names of figures; no id twice.
    """
    page = soup(region, lang)
    assert page.html["lang"] == lang
    assert len(page.find_all("h1")) == 1
    assert page.body.find("a")["href"] == "#main"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    inside = [a["href"][1:] for a in page.find_all("a", href=re.compile("^#"))]
    assert set(inside) <= set(ids)
    assert {h2["id"] for h2 in page.find_all("h2")} <= set(inside)
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(th.get("scope") == "col" for th in table.thead.find_all("th"))
        assert all(row.th["scope"] == "row" for row in table.tbody.find_all("tr"))
        assert all(th.get_text(strip=True) for th in table.find_all("th"))
    for svg in page.find_all("svg"):
        assert svg["role"] == "img"
        assert len(svg["aria-label"]) > 20
    assert all(button.get_text(strip=True) for button in page.find_all("button"))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_runs_but_the_pages_own_script(lang: str) -> None:
    """Its hash is the only one in the policy; nothing is asked of a network."""
    page = page_of(BADUNG, lang)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page
    without = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", without)
    assert "onclick" not in page


def test_links_lead_by_way_of_the_index() -> None:
    """Regions, the other language, comparing: the index knows which pages there are."""
    page = soup(BADUNG, "en")
    links = {a.get_text(): a["href"] for a in page.find_all("a")}
    assert links["‹ Kab. Tabanan"] == "../index.html#51.02.en"
    assert links["Kota Batam"] == "../index.html#21.71.en"
    assert links["Bahasa Indonesia"] == "../index.html#51.03.id"
    assert links["Compare"] == "../index.html#compare=51.03"
    assert links["PDF"] == "a-name.pdf"
    assert links["Excel"] == "a-name.xlsx"
    assert links["Method"].startswith("../method.en.html#")
    alone = soup(BANDA_ACEH, "id").select("nav.ways a")
    assert [a.get_text() for a in alone] == ["← Semua daerah"]


def test_a_single_run_has_no_links_that_lead_nowhere() -> None:
    """Without an index beside it a page has only links to itself and to its notebook."""
    page = report_page(made(BADUNG, "id"), NODE, Page(lang="id"), "x").decode()
    links = {a["href"] for a in BeautifulSoup(page, "html.parser").find_all("a", href=True)}
    assert {link for link in links if not link.startswith("#")} == {"x.ipynb"}


def test_code_is_shown_as_text() -> None:
    """The notebook's code is folded at the foot, escaped."""
    assert "<pre><code>x = 1  # &lt;code&gt;</code></pre>" in page_of(BADUNG, "id")


def test_a_name_cannot_bring_markup_into_a_page() -> None:
    """Texts of a record are text."""
    from dataclasses import replace

    bad = replace(made(BADUNG, "id"), name="<script>x</script>", standout="a <b>b</b> **c**")
    page = report_page(bad, NODE, Page(lang="id"), "x").decode()
    assert "<script>x" not in page
    assert "a &lt;b&gt;b&lt;/b&gt; <strong>c</strong>" in page


def test_a_notebook_without_a_record_has_no_report() -> None:
    """Other notebooks are pages of their own kind."""
    assert report_in(NODE) is None


def test_the_method_stands_once_in_each_language() -> None:
    """Every anchor that reports link is there."""
    pages = method_pages(load_year(2024).scheme)
    assert set(pages) == {"method.html", "method.en.html"}
    for lang, name in (("id", "method.html"), ("en", "method.en.html")):
        text = pages[name].decode()
        anchors = set(re.findall(r'id="(\w+)"', text))
        asked = set(re.findall(rf"{re.escape(name)}#(\w+)", page_of(BADUNG, lang)))
        assert asked
        assert asked <= anchors
