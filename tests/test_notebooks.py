"""How the notebooks are made: narration, parameters, outputs. nbval tests what they say."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from smartlib.data.load import load_year
from smartlib.run.execute.nodes import only_language
from smartlib.run.plan.plan import NATIONAL, NOTEBOOKS
from smartlib.vocabulary.folders import Folders, years
from smartlib.vocabulary.tables import DIMENSIONS, LANGUAGES

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST_CELL = 15  # lines; longer code belongs in the package
SCALE = {"0", "1", "4"}  # ends of scales, which are definitions and not results
NAMES = r"SHA-256|HC2|HC3|CR2"


# What a year decides, as prose would state it; cells print it from the year's data instead.
COUNTED = r"tracks?|dimensions?|assessors?|decimals?|factors|provinces|rows|pages?"
COUNTED_ID = r"jalur|dimensi|penilai|desimal|faktor|provinsi|baris|halaman"
FACTS = (
    rf"(?i)\b(?:two|both|three|four|five|six|seven|eight|nine|ten)(?: \w+)? (?:{COUNTED})\b",
    r"(?i)\b(?:three|four|five|six|seven|eight|nine|ten)(?: \w+){0,2} regions\b",
    rf"(?i)\b(?:ke)?(?:dua|tiga|empat|lima|enam|tujuh)(?: \w+)? (?:{COUNTED_ID})\b",
    r"(?i)\b(?:tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh) daerah\b",
    r"(?i)\b(?:lost|last) page|\bhalaman (?:yang hilang|terakhir)",
    r"(?i)\b(?:lost|undetermined|missing) (?:rows?|regions?) (?:is|are|were) (?:all )?(?:a |of )?"
    r"(?:cit|kota|regenc|kabupaten)",
    r"(?i)\b(?:every|all) (?:lost|undetermined)\b[^.]*\b(?:cit|kota|regenc|kabupaten)",
    r"(?i)\bbaris yang hilang adalah\b|\bundetermined (?:cities|kota|regencies)\b",
    r"(?i)\brounded half|\bhalf (?:up|a hundredth)|\bto the hundredth\b|\bcut off\b",
    r"(?i)\bletter (?:names|states|does)|\bletter's (?:own|weights)\b|CC BY|\bstate no licence\b",
    r"(?i)\b(?:question marks|marks of all questions) are [^.]*\bone region\b|\bpriority area",
)


def facts_of_the_years(folders: Folders) -> list[str]:
    """Patterns for names that only a year's data may bring: tracks, dimensions, places, labels."""
    found = [r"(?i)\b(?:regular|reguler) (?:track|weights|formula)|\b[Jj]alur Reguler\b"]
    for year in years(folders):
        one = load_year(year, folders)
        tracks = [t for track in one.scheme.tracks.values() for t in (track.label_en, track.name)]
        names = [name for label in tracks for name in re.split(r"[/_ ]", label)]
        names = [name for name in names if name.lower() != "regular"]
        names += [d.label_en for d in DIMENSIONS] + [d.label_id for d in DIMENSIONS]
        names += [*one.register.frame["region"], *one.register.frame["province"]]
        names += [label for label in one.instrument["label_en"] if " " in label]
        names += list(one.scored["label_en"].dropna())
        found.append(rf"\b(?:{'|'.join(map(re.escape, dict.fromkeys(names)))})\b")
    return found


@pytest.fixture(params=NOTEBOOKS)
def notebook(request):
    return nbformat.read(FOLDER / f"{request.param}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def year_facts(folders: Folders) -> list[str]:
    return [*FACTS, *facts_of_the_years(folders)]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_one_heading_one_parameters_cell(notebook) -> None:
    """One H1 a language, one tagged parameters cell with typed names, then one import cell."""
    for lang in LANGUAGES:
        told = [c.source for c in only_language(notebook, lang).cells if c.cell_type == "markdown"]
        assert len(re.findall(r"^# ", "\n".join(told), re.MULTILINE)) == 1
    tagged = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert all(re.match(r"\w+: .+ = .+  # .+|\w+: list", x) for x in tagged[0].source.splitlines())
    assert "from smartlib import" in code_cells(notebook)[1].source


def test_code_cells_are_short_and_ran_in_order(notebook) -> None:
    """No cell has more than 15 lines; outputs come from one run from top to bottom."""
    cells = code_cells(notebook)
    assert max(len(cell.source.splitlines()) for cell in cells) <= LONGEST_CELL
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_no_result_is_typed_into_prose(notebook) -> None:
    """Prose holds no number but the ends of a scale: results are printed by cells."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(NAMES, "", cell.source)
            assert set(re.findall(r"\d+(?:[.,]\d+)?", prose)) <= SCALE, cell.source


def test_no_fact_of_a_year_is_typed_into_prose(notebook, year_facts) -> None:
    """What holds for one year only is printed from that year's data, never told."""
    for cell in notebook.cells:
        said = cell.source if cell.cell_type == "markdown" else ""
        told = [match[0] for pattern in year_facts for match in re.finditer(pattern, said)]
        assert not told, f"{told} in: {said}"


@pytest.mark.parametrize(
    "said",
    [
        "Two tracks are scored with different formulas.",
        "the five common dimensions with the regular weights",
        "## The five most similar regions",
        "but six factors do not say everything",
        "a ranking whose last page is lost",
        "because the lost rows are all kota",
        "Every undetermined region is a city",
        "The undetermined cities are spread over many provinces",
        "Semua baris yang hilang adalah kota",
        "## Lima daerah yang paling mirip",
        "Agar kedua jalur dapat dibandingkan",
        "Konsistensi (alfa Cronbach kelima dimensi)",
        "a weighted sum, rounded half up to two decimals",
        "equals the published one to the hundredth",
        "on the KPPN/IKN track a blank counts as zero",
        "Collaboration has no questions in the instrument",
        "The letter names no rounding rule",
        "The publishers state no licence",
        "For one region, as in Kab. Badung",
        "large parts of Papua Tengah have no known row",
        "questions on full immunisation",
        "Jalur Reguler dan jalur lain",
    ],
)
def test_a_fact_of_a_year_would_be_seen(said: str, year_facts) -> None:
    """Sentences that once stood in prose, or stand near to such: each is recognised."""
    assert any(re.search(pattern, said) for pattern in year_facts)


def test_prose_claims_no_causal_effect(notebook) -> None:
    """`effect` and `because of` do not stand where there is only association."""
    for cell in notebook.cells:
        said = cell.source if cell.cell_type == "markdown" else ""
        assert not re.search(r"\beffects?\b|\bcauses?\b|because of", said, re.IGNORECASE)


def test_every_figure_is_described(notebook) -> None:
    """Each image has alternative text of its own."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 20


def test_outputs_hold_no_clock_no_path_no_error(notebook) -> None:
    """Nothing in the file changes from run to run or names the machine."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            output.get("data", {}).pop("image/png", None)  # its letters may spell anything
    text = nbformat.writes(notebook)
    assert not re.search(r"\b20\d\d-\d\d-\d\dT|0x[0-9a-f]{8,}|/home/|/work/|C:\\\\Users", text)
    assert "papermill" not in notebook.metadata
    assert all(o.output_type != "error" for c in code_cells(notebook) for o in c.outputs)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_speaks_both_languages(name: str) -> None:
    """Every passage stands once in each language, side by side."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    tags = [c.metadata.get("tags", []) for c in notebook.cells if c.cell_type == "markdown"]
    spoken = [tag for tag in tags if "notebook-only" not in tag]
    assert spoken[0::2] == [["lang-id"]] * (len(spoken) // 2)
    assert spoken[1::2] == [["lang-en"]] * (len(spoken) // 2)


@pytest.mark.parametrize("name", NATIONAL)
def test_every_statement_is_about_the_known_rows(name: str) -> None:
    """A national notebook says that it speaks of the known rows."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert "known row" in text
    assert re.search("yang (nilainya )?diketahui", text)
