"""National pages as they are read: both languages, nothing raw, nothing empty, light."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from browsing import broken_words, violations
from bs4 import BeautifulSoup
from clean_text import found
from conftest import ROOT

from smartlib.data.processed import Tables
from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.nodes import normalised
from smartlib.run.plan.plan import NATIONAL
from smartlib.run.site.forms import forms_of
from smartlib.run.site.frame import Page
from smartlib.run.site.pages import LARGEST

# Names that a page quotes as they are: files, and what the ministry or a field calls a thing.
QUOTED = re.compile(
    r"\b[\w/]+\.(?:csv|toml|html|ipynb)\b|Smart (?:City|Economy|Environment|Governance|Living|"
    r"Society|Branding)|Quick Wins|Daerah Istimewa|Hasil Evaluasi Tahap II[^,.]*|NILAI FINAL|"
    r"TINGKAT IMPROVEMENT|CC BY-IGO|Cohen's|master plan"
)


@cache
def page(name: str, lang: str) -> bytes:
    """A national notebook run in a language, as its page."""
    values = {"year": 2024, "lang": lang}
    run = run_notebook(
        ROOT / "notebooks" / f"{name}.ipynb", values, cwd=ROOT / "notebooks", lang=lang
    )
    assert not run.error
    frame = Page("", lang, values, "../index.html", (2024,), name=name)
    return forms_of(normalised(run.notebook), frame, name)[".html"]


def read(name: str, lang: str) -> BeautifulSoup:
    soup = BeautifulSoup(page(name, lang), "html.parser")
    for apart in soup.select("style, script, code, .code, .parameters, footer, [lang]:not(html)"):
        apart.decompose()
    return soup


def said(soup: BeautifulSoup) -> list[str]:
    """Every text of a page, descriptions of figures among them."""
    texts = [image["alt"] for image in soup.find_all("img")]
    return [QUOTED.sub("", text) for text in [*texts, *soup.stripped_strings]]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NATIONAL)
def test_a_national_page_speaks_one_language(name: str, lang: str) -> None:
    """No word of the other language, no `None`, `nan`, brace, raw name or minus zero."""
    told = {text: found(text, lang) for text in said(read(name, lang))}
    assert {text: words for text, words in told.items() if words} == {}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NATIONAL)
def test_no_cell_of_a_national_table_is_empty(name: str, lang: str) -> None:
    """What does not exist is a dash, so that nobody takes it for lost."""
    cells = read(name, lang).find_all(["td", "th"])
    assert [cell for cell in cells if not cell.get_text(strip=True)] == []


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NATIONAL)
def test_a_national_page_is_light_and_has_its_language(name: str, lang: str) -> None:
    """At most 200 kB; one first heading; a way to the same page in the other language."""
    assert len(page(name, lang)) <= LARGEST == 200_000
    soup = BeautifulSoup(page(name, lang), "html.parser")
    assert soup.html["lang"] == lang
    assert len(soup.find_all("h1")) == 1


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NATIONAL)
def test_axe_finds_nothing_on_a_national_page(name: str, lang: str, browser) -> None:
    """Its best practices included."""
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.set_content(page(name, lang).decode())
    assert violations(opened) == []
    context.close()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NATIONAL)
def test_no_word_of_a_table_is_broken_on_a_phone(name: str, lang: str, browser) -> None:
    """A table that is too wide scrolls in its box; the page itself does not."""
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.set_content(page(name, lang).decode())
    opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert broken_words(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    opened.close()


def test_what_may_not_stand_would_be_seen() -> None:
    """One by one: raw values, and a word of either language in a page of the other."""
    for text in ("None", "nan", "{region}", "−0,00", "quick_wins", "now Kementerian", "of 165"):
        assert found(text, "id")
    assert found("baris yang hilang", "en")
    assert not found("140 daerah yang nilainya diketahui", "id")


@pytest.mark.long
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_factor_of_ones_own_enters_once(lang: str, tables: Tables, tmp_path: Path) -> None:
    """One's own poverty rate, rounded: the control that it is stays out, its question is shown,
    and the page is as clean as any.
    """
    rows = tables.factors.query("factor == 'poverty_rate' and basis == 'observed'")
    latest = rows[rows["year"] == rows["year"].max()].set_index("region_code")["value"]
    own = pd.DataFrame({"miskin": latest.round(1), "hotspot": latest.rank() % 7})
    own.to_csv(tmp_path / "own.csv")
    values = {"lang": lang, "factors": ["hotspot", "miskin"]}
    values["factors_file"] = str(tmp_path / "own.csv")
    notebooks = ROOT / "notebooks"
    run = run_notebook(notebooks / "03_factors.ipynb", values, cwd=notebooks, lang=lang)
    assert not run.error
    frame = Page("", lang, values, "../index.html", (2024,), name="03_factors")
    html = forms_of(normalised(run.notebook), frame, "03_factors")[".html"]
    soup = BeautifulSoup(html, "html.parser")
    for apart in soup.select("style, script, code, .code, .parameters, footer"):
        apart.decompose()
    texts = said(soup)
    assert {text: found(text, lang) for text in texts if found(text, lang)} == {}
    label = {"id": "Persentase penduduk miskin (P0)", "en": "Poverty rate"}[lang]
    named = [text for text in texts if label in text]
    assert any(text.startswith(("Ditinggalkan", "Left out of the controls")) for text in named)
    assert label in texts  # in the table of questions, and nowhere as a coefficient
    assert [cell for cell in soup.find_all(["td", "th"]) if not cell.get_text(strip=True)] == []
