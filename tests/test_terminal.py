"""What reaches the terminal: shown as it is, never obeyed, and not without end."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import BADUNG, ROOT, text_table
from hypothesis import given
from hypothesis import strategies as st

from smartlib.cli import commands
from smartlib.cli.terminal.failures import told
from smartlib.cli.terminal.printing import (
    LONGEST,
    MOST_LINES,
    block,
    print_json,
    print_table,
    some,
    visible,
)
from smartlib.vocabulary.errors import BuildError, DataError
from smartlib.vocabulary.records import Finding

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories that a terminal obeys or does not show
SPOOF = "9\x1b[2K\x1b]0;owned\x07\nmine.csv: 140 rows, valid\r\x9b8m\u202e\u2028"


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


def unseen(printed: str) -> set[str]:
    return {c for c in printed if unicodedata.category(c) in UNSEEN} - {"\n"}


@given(st.text(st.characters(max_codepoint=0xE007F, exclude_categories=["Co", "Cn"])))
def test_a_line_stays_a_line_and_nothing_in_it_is_obeyed(text: str) -> None:
    """Of whatever text: no control, no break, no turn of direction; what is plain stays."""
    common = {c for c in unseen(text) if ord(c) < 0x13000} | ({"\n"} & set(text))
    shown = visible(text)
    assert not common & set(shown)
    if not common:
        assert shown == text or unseen(text)


def test_what_a_line_holds_too_much_of_is_counted() -> None:
    """Its beginning is shown, the rest told as a number; of many lines the first ten."""
    assert visible("x" * 5000) == "x" * LONGEST + "... (3,000 characters more)"
    assert some(range(12), "rows") == [*map(str, range(10)), "  ... and 2 more rows"]
    assert some(range(10), "rows") == [*map(str, range(10))]
    lines = block("\n".join(map(str, range(5000)))).split("\n")
    assert len(lines) == MOST_LINES + 2
    assert (lines[0], lines[1], lines[-1]) == ("0", "  1", "  4999")


@pytest.mark.parametrize("column", ["BASELINE", "KAB/KOTA", "KET"])
def test_a_cell_can_neither_move_the_cursor_nor_forge_a_line(
    at_root: None, tmp_path: Path, column: str
) -> None:
    """It is shown with its escapes written out; in JSON they are JSON's."""
    table = tmp_path / "mine.csv"
    table.write_bytes(text_table(BADUNG | {column: SPOOF.replace("\r", "")}))
    shown = smartlib("check", table)
    assert shown.exit_code == 1
    assert unseen(shown.output) == set()
    assert "\\x1b[2K" in shown.output
    assert "mine.csv: 140 rows, valid" not in shown.output.split("\n")
    as_json = smartlib("check", table, "--json").stdout
    assert unseen(as_json) == set()
    assert "\x1b[2K" in json.dumps(json.loads(as_json), ensure_ascii=False).replace(
        "\\u001b", "\x1b"
    )


def test_names_of_files_and_of_commands_are_shown_too(at_root: None, tmp_path: Path) -> None:
    """What the shell completes, or was typed wrongly, is not obeyed either."""
    name = tmp_path / "a\x1b[2K\nb.csv"
    name.write_bytes(text_table(BADUNG))
    calls = (
        ("check", name),
        ("check", name, name),
        ("check", "--scheme", name, name),
        ("fit", "a ~ b", "--factors", name),
        ("run", name),
        ("re\x1b[2Kgions",),
        ("--od\x1b[2Kd",),
        ("regions", "x\x1b[2K\nError: y"),
    )
    for call in calls:
        output = smartlib(*call).output
        assert unseen(output) == set(), call
        assert "\nb.csv" not in output.replace("\n  b.csv", ""), call
        assert "\nError: y" not in output


def test_json_prints_what_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Read back it is the same text."""
    print_json({"a\x9b": [SPOOF, "ü – 地"]})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"a\x9b": [SPOOF, "ü – 地"]}
    assert unseen(printed) == set()
    assert "ü – 地" in printed


def test_a_table_shows_its_cells_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """No mark-up, no picture for a word between colons, no escape, in headings neither."""
    print_table(["[red]h\x1b[2K"], [["[bold]x[/bold] :tree: \x1b[8m"]])
    printed = capsys.readouterr().out
    assert "[red]h\\x1b[2K" in printed
    assert "[bold]x[/bold] :tree: \\x1b[8m" in printed
    assert unseen(printed) == set()


def test_many_mistakes_are_ten_and_a_count(at_root: None, tmp_path: Path) -> None:
    """Of findings and of what one message lists; --json has all findings."""
    table = tmp_path / "mine.csv"
    table.write_bytes(text_table(*(BADUNG | {"KAB/KOTA": f"KAB. NO {n}"} for n in range(300))))
    shown = smartlib("check", table)
    assert shown.stdout.count("finding: ") == 10
    assert "  ... and 290 more findings (--json has all)" in shown.stdout
    assert len(json.loads(smartlib("check", table, "--json").stdout)["findings"]) == 300
    with pytest.raises(click.ClickException) as caught, told():
        raise DataError("Not known: " + ", ".join(["name"] * 100_000))
    assert len(caught.value.message) < LONGEST + 50


def test_a_finding_is_one_line_and_a_traceback_is_set_in() -> None:
    """Nothing that an error names begins a line of its own."""
    with pytest.raises(click.ClickException) as caught, told():
        raise DataError("a\nb", [Finding("c\nd", "e\nf")])
    assert caught.value.message.split("\n") == ["a\\nb", "  - e\\nf: c\\nd"]
    with pytest.raises(click.ClickException) as caught, told():
        raise BuildError("It failed.\nTraceback\x1b[8m\nerror")
    assert caught.value.message == "It failed.\n  Traceback\\x1b[8m\n  error"


def test_no_place_for_temporary_files_is_told() -> None:
    """Python's error names no file; the message has its folders and what to do."""
    problem = "No usable temporary directory found in ['/a', '/b']"
    with pytest.raises(click.ClickException, match=r"'/a'.*TMPDIR=FOLDER"), told():
        raise FileNotFoundError(2, problem)
    with (
        pytest.raises(click.ClickException, match=r"temporary one in /.*File too large.*limit"),
        told(),
    ):
        raise OSError(27, "File too large")
