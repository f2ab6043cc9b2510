"""Running one notebook: what came of it, and that two runs are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import NotebookNode
from notebook_maker import PARAMETERS, code, notebook, text, write

from smartlib.run.execute.engine import run_notebook
from smartlib.run.execute.nodes import normalised, notebook_bytes, only_language, stopped_at


def outputs(node: NotebookNode) -> str:
    """All that cells printed."""
    parts = [o for c in node.cells if c.cell_type == "code" for o in c.outputs]
    return "".join(o.get("text", "") for o in parts)


def test_a_run_sees_its_parameters_and_this_interpreter(tmp_path: Path) -> None:
    """Whatever kernel the notebook names, it runs in this Python, one thread, from `cwd`."""
    path = write(
        tmp_path / "a.ipynb",
        code(PARAMETERS, "parameters"),
        code("import os, sys\nprint(region, year, sys.executable, os.getcwd())"),
        code("print(os.environ['PYTHONHASHSEED'], os.environ['OMP_NUM_THREADS'])"),
    )
    run = run_notebook(path, {"region": "31.71"}, cwd=tmp_path)
    assert (run.cause, run.error) == ("", "")
    where = os.path.realpath(tmp_path)
    assert outputs(run.notebook) == f"31.71 2024 {sys.executable} {where}\n0 1\n"
    assert "injected-parameters" in run.notebook.cells[1].metadata.tags


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing that differs from run to run is left in a normalised notebook."""
    path = write(
        tmp_path / "a.ipynb",
        code(PARAMETERS, "parameters"),
        code(
            "import sys\nfor i in range(50):\n    print(i); print(i, file=sys.stderr)\n{'b', 'a'}"
        ),
    )
    first, second = (run_notebook(path, {"lang": "en"}, cwd=tmp_path) for _ in range(2))
    content = notebook_bytes(normalised(first.notebook))
    assert content == notebook_bytes(normalised(second.notebook))
    assert str(tmp_path).encode() not in content
    assert b'"papermill"' not in content


def test_a_failed_cell_is_told_with_its_traceback(tmp_path: Path) -> None:
    """The half-run notebook comes back; later cells are unrun; no terminal codes are left."""
    path = write(tmp_path / "a.ipynb", code("print('before')"), code("1 / 0"), code("print('no')"))
    run = run_notebook(path, {}, cwd=tmp_path)
    assert run.cause == "cell"
    assert run.error.startswith("Cell 2 raised an error.")
    assert run.error.endswith("ZeroDivisionError: division by zero")
    assert "\x1b" not in run.error
    assert outputs(run.notebook) == "before\n"


def test_an_early_exit_is_no_success(tmp_path: Path) -> None:
    """papermill takes `SystemExit(0)` for success; half a report is not one."""
    path = write(tmp_path / "a.ipynb", code("raise SystemExit(0)"), code("print('the rest')"))
    assert run_notebook(path, {}, cwd=tmp_path).cause == "cell"


def test_a_dead_kernel_is_told_from_a_failed_cell(tmp_path: Path) -> None:
    """The kernel's last words and the cell it died in are said; what was done is kept."""
    death = "import os, sys\nprint('farewell', file=sys.__stderr__, flush=True)\nos._exit(0)"
    path = write(tmp_path / "a.ipynb", code("print('done')"), code(death), code("1"))
    run = run_notebook(path, {}, cwd=tmp_path)
    assert run.cause == "kernel"
    assert run.error.endswith("The kernel died in cell 2.")
    assert outputs(run.notebook).startswith("done")


def test_a_slow_cell_is_timed_out(tmp_path: Path) -> None:
    """A notebook that takes longer than allowed is ended, with its own cause."""
    path = write(tmp_path / "a.ipynb", code("import time; time.sleep(60)"))
    run = run_notebook(path, {}, cwd=tmp_path, timeout=1)
    assert run.cause == "timeout"
    assert run.error == "The notebook took longer than 1 s; stopped in cell 1."


def test_old_marks_in_the_metadata_are_not_believed(tmp_path: Path) -> None:
    """A notebook saved after a failed papermill run succeeds when its cells do."""
    cells = [code("raise ValueError('meant')", "raises-exception"), code("x = 1")]
    cells[1].metadata["papermill"] = {"exception": True, "status": "failed"}
    stale = code("raise RuntimeError('left over')", "injected-parameters")
    run = run_notebook(write(tmp_path / "a.ipynb", stale, *cells), {}, cwd=tmp_path)
    assert (run.cause, run.error) == ("", "")


@pytest.mark.parametrize(("lang", "kept"), [("id", ["a", "b"]), ("en", ["a", "c"]), ("", "abc")])
def test_cells_of_the_other_language_are_left_out(lang: str, kept: list[str]) -> None:
    """Cells tagged for another language go, the others stay in order."""
    node = notebook(text("a"), text("b", "lang-id"), text("c", "lang-en"))
    assert [cell.source for cell in only_language(node, lang).cells] == list(kept)
    assert len(node.cells) == 3


def test_a_cell_that_was_never_run_is_noticed() -> None:
    """A notebook without any error output may still be half-run."""
    assert stopped_at(notebook(text("a"), code(" "), code("x = 1"))).startswith("Cell 3 was never")


def test_no_grammar_of_addresses_is_compiled() -> None:
    """It would cost each command over a second: lark, which compiles it, is not even imported."""
    program = "import smartlib.run.execute.engine, nbformat, sys; assert 'lark' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
