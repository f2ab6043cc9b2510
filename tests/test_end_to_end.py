"""Three regions in both languages, built by the command and read in a browser."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import filled, violations
from click.testing import CliRunner, Result

from smartlib.cli import commands
from smartlib.run.site.pages import LARGEST
from smartlib.run.site.report_page import LARGEST as REPORT

ROOT = Path(__file__).resolve().parents[1]
REGIONS = {
    "51.03-kab-badung": ("3,08", "3.08"),
    "32.73-kota-bandung": ("3,93", "3.93"),
    "74.07-kab-wakatobi": ("0,94", "0.94"),
}
NAMES = ("51.03", "Kota Bandung", "wakatobi")
ASKED = [part for name in NAMES for part in ("--region", name)] + ["--lang", "id", "--lang", "en"]


def smartlib(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "smartlib", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Reports of three regions in two languages, built as a user would."""
    folder = tmp_path_factory.mktemp("reports")
    result = smartlib("build", *ASKED, "--output", str(folder))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "6 reports: 6 made, 0 kept, 0 failed" in result.stdout
    return folder


@pytest.fixture
def page(browser) -> Iterator:
    """A page that fails the test if anything is logged as an error or asked of a network."""
    troubles: list[str] = []
    opened = browser.new_page()
    opened.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda r: troubles.append(r.url) if r.url[:5] not in OWN else None)
    yield opened
    opened.close()
    assert troubles == []


OWN = ("file:", "data:")


def test_each_region_has_a_page_and_a_notebook_in_each_language(built: Path) -> None:
    """Names are code and slug; English adds `.en`; no page is over the limit."""
    expected = {f"{stem}{lang}" for stem in REGIONS for lang in ("", ".en")}
    for suffix in (".html", ".ipynb"):
        found = {path.name.removesuffix(suffix) for path in (built / "regions").glob(f"*{suffix}")}
        assert found == expected
    assert all(path.stat().st_size <= LARGEST for path in built.rglob("*.html"))
    assert all(path.stat().st_size <= REPORT for path in (built / "regions").glob("*.html"))


def test_the_manifest_holds_the_hash_of_every_file_it_names(built: Path) -> None:
    """Reports, site, inputs and notebooks by SHA-256; commit; nothing of one run or machine."""
    text = (built / "manifest.json").read_text(encoding="utf-8")
    told = json.loads(text)
    named = {f"{n}": h for one in told["reports"] for n, h in one["files"].items()} | told["site"]
    assert len(told["reports"]) == 6
    for name, digest in named.items():
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest, name
    for name, digest in {**told["inputs"], **told["notebooks"], **told["code"]}.items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest, name
    assert told["lock"] == hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    assert re.fullmatch(r"[0-9a-f]{40}", told["commit"] or "0" * 40)
    assert not re.search(r'"(seconds|key|made_with|environment|outcome)"', text)
    assert str(ROOT) not in text
    assert str(built) not in text


def test_the_record_of_the_run_says_what_was_made_of_what(built: Path) -> None:
    """Each report has its notebook, parameters, key and outcome; no path of the machine."""
    text = (built / "run.json").read_text(encoding="utf-8")
    reports = json.loads(text)["reports"]
    assert len(reports) == 6
    for entry in reports if isinstance(reports, list) else reports.values():
        assert entry["outcome"] == "made"
        assert entry["parameters"]["year"] == 2024
        assert entry["traceback"] == ""
    assert str(ROOT) not in text
    assert str(built) not in text


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A build by the command, in this process."""

    def run(*arguments: str) -> Result:
        monkeypatch.chdir(ROOT)
        return CliRunner().invoke(commands, arguments)

    return run


def test_a_second_build_makes_nothing(built: Path, here: Callable[..., Result]) -> None:
    """What is fresh is kept, byte for byte and time for time."""
    before = {path: path.stat().st_mtime_ns for path in (built / "regions").iterdir()}
    result = here("build", "--region", "51.03", "--output", str(built))
    assert "1 report: 0 made, 1 kept, 0 failed" in result.stdout
    assert {path: path.stat().st_mtime_ns for path in (built / "regions").iterdir()} == before


def test_the_same_build_again_touches_nothing(built: Path) -> None:
    """It says that all is kept, and writes no report or page; `test_freshness` says how soon."""

    def stamps() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in built.rglob("[!.]*")}

    before = stamps()
    result = smartlib("build", *ASKED, "--output", str(built))
    assert "6 reports: 0 made, 6 kept, 0 failed" in result.stdout
    assert stamps() == before


def test_the_same_report_is_the_same_bytes(
    built: Path, here: Callable[..., Result], tmp_path: Path
) -> None:
    """A report made again elsewhere, in another process, is equal byte for byte."""
    assert here("build", "--region", "51.03", "--output", str(tmp_path)).exit_code == 0
    for suffix in (".html", ".ipynb"):
        name = f"regions/51.03-kab-badung{suffix}"
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("stem", REGIONS)
def test_a_report_reads_in_a_browser(built: Path, page, stem: str, lang: str) -> None:
    """Language, title, index, figures with words of a readable size; code folded until asked."""
    suffix = "" if lang == "id" else f".{lang}"
    page.goto((built / "regions" / f"{stem}{suffix}.html").as_uri())
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
    assert REGIONS[stem][lang == "en"] in page.locator("dl").inner_text()
    figures = page.locator("figure .wide svg")
    assert figures.count() >= 4
    for number in range(figures.count()):
        drawn = figures.nth(number)
        assert len(drawn.get_attribute("aria-label")) > 20
        shrunk = drawn.evaluate(
            "svg => { const fold = svg.closest('details'); if (fold) fold.open = true;"
            " return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width; }"
        )
        assert 13 * shrunk >= 11
    code = page.locator("details.code pre").first
    assert not code.is_visible()
    page.locator("details.code summary").click()
    assert code.is_visible()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("stem", REGIONS)
def test_the_first_screen_answers(built: Path, page, stem: str, size: tuple[int, int]) -> None:
    """Name, four cells, the sentence, the strip and the buttons, without a scroll; nothing is
    wider than the screen.
    """
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto((built / "regions" / f"{stem}.html").as_uri())
    for part in ("h1", "dl", ".standout", "main > figure", ".buttons"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= height, part
    assert page.locator("dl > div").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    narrow = page.locator("main > figure .narrow").is_visible()
    assert narrow == (width < 500)


def test_figures_can_be_saved(built: Path, page) -> None:
    """SVG, a PNG 1,920 pixels wide, and CSV come from the browser itself, without a network."""
    page.goto((built / "regions" / "51.03-kab-badung.html").as_uri())
    first = page.locator("figure[data-csv]").first
    contents = {}
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as waited:
            first.locator(f"button[data-save={kind}]").click()
        contents[kind] = Path(waited.value.path()).read_bytes()
    assert b"xmlns" in contents["svg"]
    assert b"Sumber: tabel nilai" in contents["svg"]
    assert contents["png"][:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(contents["png"][16:20], "big") == 1920
    assert contents["csv"].decode("utf-8-sig").splitlines()[1].startswith("Baseline,")


def test_questions_stand_where_they_are_known(built: Path, page) -> None:
    """Badung has a figure of its 115 questions; Bandung has no such part."""
    page.goto((built / "regions" / "51.03-kab-badung.en.html").as_uri())
    assert "115 questions" in page.locator("main").inner_text()
    page.goto((built / "regions" / "32.73-kota-bandung.en.html").as_uri())
    assert page.locator("#questions").count() == 0


def test_a_page_reads_without_scripts(built: Path, browser) -> None:
    """All of it but the buttons that need one."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((built / "regions" / "51.03-kab-badung.html").as_uri())
    assert plain.locator("section h2").count() == 9
    assert not plain.locator("#print").is_visible()
    assert not plain.locator(".save").first.is_visible()
    context.close()


def test_the_other_language_is_one_click_away(built: Path, page) -> None:
    """By way of the index, which knows the page; one that was not made ends at its row."""
    page.goto((built / "regions" / "51.03-kab-badung.html").as_uri())
    page.locator("a.button[hreflang=en]").click()
    page.wait_for_url("**/51.03-kab-badung.en.html")
    page.locator("nav.ways a[rel=prev]").click()
    page.wait_for_url("**/index.html#51.02.en")
    assert "smartlib build --region 51.02 --lang en" in page.locator("#answer").inner_text()


def test_the_index_finds_and_opens_a_report(built: Path, page) -> None:
    """140 rows; a name with two letters changed leaves one; its link opens the report; back leads
    to the index. A region without a row answers with the reason.
    """
    page.goto((built / "index.html").as_uri())
    rows = page.locator("#regions tbody tr")
    assert rows.count() == 140
    page.locator("input[type=search]").fill("simeulue")
    assert "tidak diundang" in page.locator("#hits").inner_text()
    page.locator("input[type=search]").fill("badnug")
    assert [n for n in range(140) if rows.nth(n).is_visible()] == [
        n for n in range(140) if "Kab. Badung" in rows.nth(n).inner_text()
    ]
    page.locator("#hits a").first.click()
    assert "Kab. Badung" in page.locator("h1").inner_text()
    page.locator("nav.ways a").first.click()
    assert page.url.endswith("index.html")


def test_regions_are_compared(built: Path, page) -> None:
    """From a report, with another by name: the difference and whether it is beyond the error."""
    page.goto((built / "regions" / "51.03-kab-badung.html").as_uri())
    page.locator("a.button", has_text="Bandingkan").click()
    page.locator("#add").fill("Kota Bandung")
    page.keyboard.press("Tab")
    said = page.locator("#compared").inner_text()
    assert "+0,85 melampaui ketidakpastian" in said
    assert "59 (5–109)" in said


def test_the_index_sorts_by_a_heading(built: Path, page) -> None:
    """A click on a heading orders the rows by it, a second click the other way."""
    page.goto((built / "index.html").as_uri())
    heading = page.locator("th button", has_text="Indeks")
    values = []
    for _ in range(2):
        heading.click()
        cells = page.locator("#regions tbody tr").evaluate_all(
            "rows => rows.map(row => row.cells[5].innerText.replace(',', '.'))"
        )
        values.append([float(cell) for cell in cells])
    assert sorted([values[0][0], values[1][0]]) == [0.94, 3.93]
    assert values[0] in (sorted(values[0]), sorted(values[0], reverse=True))


SCREENS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", 390)}


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(built: Path, browser, screen: str) -> None:
    """All of axe's rules, best practices too: index, method and reports, light, dark and small."""
    scheme, width = SCREENS[screen]
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 844}, bypass_csp=True
    )
    opened = context.new_page()
    for path in sorted(built.rglob("*.html")):
        opened.goto(path.as_uri())
        assert violations(opened) == [], path.name
    context.close()


def test_axe_would_find_something(browser) -> None:
    """A picture without a description, a heading without words."""
    page = browser.new_page()
    page.set_content("<main><h1></h1><img src='data:,'></main>")
    assert {"image-alt", "empty-heading"} <= {rule for rule, _ in violations(page)}
    page.close()


@pytest.mark.parametrize("stem", REGIONS)
def test_a_page_prints_on_four_well_filled_sheets(built: Path, browser, stem: str) -> None:
    """At most four sheets of A4; on each but the last the text goes past the middle."""
    for lang in ("", ".en"):
        page = browser.new_page()
        page.goto((built / "regions" / f"{stem}{lang}.html").as_uri())
        sheets = filled(page.pdf(format="A4", prefer_css_page_size=True))
        page.close()
        assert len(sheets) <= 4
        assert all(share > 0.5 for share in sheets[:-1]), (stem, lang, sheets)


def test_a_half_empty_sheet_would_be_seen(browser) -> None:
    """A line, a forced break, a line: the first sheet is nearly empty."""
    page = browser.new_page()
    page.set_content("<p>a</p><p style='break-before: page'>b</p>")
    first, _ = filled(page.pdf(format="A4"))
    page.close()
    assert first < 0.2


def test_the_index_reads_without_scripts(built: Path, browser) -> None:
    """Links and rows are plain HTML."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((built / "index.html").as_uri())
    assert plain.locator("#regions tbody tr").count() == 140
    assert plain.locator("tbody a[href$='.html']").count() == 6
    context.close()
