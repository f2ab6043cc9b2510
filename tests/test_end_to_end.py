"""Three regions in both languages, built by the command and read in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smartlib.cli import commands
from smartlib.run.site.pages import LARGEST

ROOT = Path(__file__).resolve().parents[1]
REGIONS = {
    "51.03-kab-badung": ("3,08", "3.08"),
    "32.73-kota-bandung": ("3,93", "3.93"),
    "74.07-kab-wakatobi": ("0,94", "0.94"),
}
NAMES = ("51.03", "Kota Bandung", "wakatobi")
ASKED = [part for name in NAMES for part in ("--region", name)] + ["--lang", "id", "--lang", "en"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


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


def test_the_manifest_says_what_was_made_of_what(built: Path) -> None:
    """Each report has its notebook, parameters, key and outcome; no path of the machine."""
    text = (built / "manifest.json").read_text(encoding="utf-8")
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
    """Language, title, score, figures with words, code hidden until asked for."""
    suffix = "" if lang == "id" else f".{lang}"
    page.goto((built / "regions" / f"{stem}{suffix}.html").as_uri())
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
    assert REGIONS[stem][lang == "en"] in page.locator("main").inner_text()
    figures = page.locator("img")
    assert figures.count() >= 4
    for number in range(figures.count()):
        assert len(figures.nth(number).get_attribute("alt")) > 20
        assert figures.nth(number).evaluate("image => image.naturalWidth") > 500
    code = page.locator(".code").first
    assert not code.is_visible()
    page.locator("#show-code").check()
    assert code.is_visible()


def test_questions_stand_where_they_are_known(built: Path, page) -> None:
    """Badung has a figure of its 115 questions; Bandung says that there are none at hand."""
    page.goto((built / "regions" / "51.03-kab-badung.en.html").as_uri())
    assert "115 questions have marks between 1.0 and 4.0" in page.locator("main").inner_text()
    assert page.locator("img").count() == 6
    page.goto((built / "regions" / "32.73-kota-bandung.en.html").as_uri())
    assert "is not at hand" in page.locator("main").inner_text()


def test_the_index_finds_and_opens_a_report(built: Path, page) -> None:
    """140 rows; search leaves one; a click opens its report; back leads to the index."""
    page.goto((built / "index.html").as_uri())
    rows = page.locator("tbody tr")
    assert rows.count() == 140
    page.locator("input[type=search]").fill("badung")
    visible = [n for n in range(rows.count()) if rows.nth(n).is_visible()]
    assert len(visible) == 1
    rows.nth(visible[0]).locator("a").first.click()
    assert "Kab. Badung" in page.locator("h1").inner_text()
    page.locator("nav a").click()
    assert page.url.endswith("index.html")


def test_the_index_sorts_by_a_heading(built: Path, page) -> None:
    """A click on a heading orders the rows by it, a second click the other way."""
    page.goto((built / "index.html").as_uri())
    heading = page.locator("th button", has_text="Indeks")
    values = []
    for _ in range(2):
        heading.click()
        cells = page.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => row.cells[5].innerText.replace(',', '.'))"
        )
        values.append([float(cell) for cell in cells])
    assert sorted([values[0][0], values[1][0]]) == [0.94, 3.93]
    assert values[0] in (sorted(values[0]), sorted(values[0], reverse=True))


def test_the_index_reads_without_scripts(built: Path, browser) -> None:
    """Links and rows are plain HTML."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((built / "index.html").as_uri())
    assert plain.locator("tbody tr").count() == 140
    assert plain.locator("tbody a[href$='.html']").count() == 6
    context.close()
