"""How the notebooks are made: narration, parameters, outputs. nbval tests what they say."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from smartlib.run.plan.plan import NATIONAL, NOTEBOOKS

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST_CELL = 15  # lines; longer code belongs in the package
SCALE = {"0", "1", "4"}  # ends of scales, which are definitions and not results
NAMES = r"SHA-256|HC2|HC3|CR2"


@pytest.fixture(params=NOTEBOOKS)
def notebook(request):
    return nbformat.read(FOLDER / f"{request.param}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_one_heading_one_parameters_cell(notebook) -> None:
    """One H1, one tagged parameters cell with typed names, then one import cell."""
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
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


def test_the_region_report_speaks_both_languages() -> None:
    """Every passage stands once in each language, side by side."""
    notebook = nbformat.read(FOLDER / "region_report.ipynb", as_version=4)
    tags = [c.metadata.get("tags", []) for c in notebook.cells if c.cell_type == "markdown"]
    spoken = [tag for tag in tags if "notebook-only" not in tag]
    assert spoken[0::2] == [["lang-id"]] * (len(spoken) // 2)
    assert spoken[1::2] == [["lang-en"]] * (len(spoken) // 2)


@pytest.mark.parametrize("name", NATIONAL)
def test_every_statement_is_about_the_known_rows(name: str) -> None:
    """A national notebook says that it speaks of the known rows."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    assert "known row" in "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
