"""The guides to documents say what the commands do, alike in both languages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner
from conftest import ROOT
from made_documents import ASKED, HEADINGS, REGULAR, as_text, country
from test_documents import known_names

from smartlib.cli import commands
from smartlib.data.processed import read_tables
from smartlib.data.reading.regions import Register
from smartlib.run.plan.prepare import prepare
from smartlib.vocabulary.folders import Folders

GUIDES = ("add-a-report", "add-a-year")


def guide(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*GUIDES, *(f"{name}.id" for name in GUIDES)])
def test_every_command_and_option_exists(name: str) -> None:
    """Each `smartlib X --option` is one that the command line has."""
    found = re.findall(r"`(smartlib\s[^`]+)`", guide(name))
    assert found
    for line in found:
        command = commands.get_command(Context(commands), line.split()[1])
        assert command, line
        known = {option for p in command.params for option in p.opts}
        assert set(re.findall(r"\s(--[a-z-]+)", line)) <= known, line


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_name_the_same(name: str) -> None:
    """The same code, files, options and percentages."""
    texts = [guide(name), guide(f"{name}.id")]
    code = [sorted(" ".join(c.split()) for c in re.findall(r"`([^`]+)`", text)) for text in texts]
    assert code[0] == code[1]
    shares = [sorted(re.findall(r"\d+%", text)) for text in texts]
    assert shares[0] == shares[1]


YEAR = 2025
FIRST, SECOND = "2017-2022", "2023-2024"


def own_files(folders: Folders, counts: dict[str, int]) -> None:
    """Steps 2 to 4 of the guide: scheme, instrument, scored statistics, and their records."""
    new, former = folders.raw / str(YEAR), folders.raw / "2024"
    whole = sum(counts.values())
    stages = "".join(
        f"[stages{name}]\nselected = {n}\nattended = {n}\nabsent = 0\ninvited = {n}\n"
        f"scored = {n}\nmissing = 0\n"
        for name, n in (("", whole), *((f'.cohorts."{c}"', n) for c, n in counts.items()))
    )
    scheme = (former / "scheme.toml").read_text(encoding="utf-8").replace("2024", str(YEAR))
    scheme = re.sub(r"\n(invited|circulating_source) =.*", "", scheme.partition("[stages]")[0])
    (new / "scheme.toml").write_text(scheme + stages, encoding="utf-8", newline="\n")
    heading, *_ = (former / "instrument.csv").read_text(encoding="utf-8").splitlines()
    lines = [heading] + [
        f"{n + 1},{HEADINGS[dimension]},Bagian,,,,Pertanyaan {n + 1},Question {n + 1}"
        for n, dimension in enumerate(name for name in REGULAR for _ in range(ASKED))
    ]
    (new / "instrument.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    heading = "question,factor,label_en,label_id\n"
    (new / "scored_statistics.csv").write_text(heading, encoding="utf-8", newline="\n")
    lines = ["", "[publications.own]"]
    lines += [f'{name} = "test"' for name in ("publisher", "title", "letter", "date", "licence")]
    for name in ("scheme.toml", "instrument.csv", "scored_statistics.csv"):
        digest = hashlib.sha256((new / name).read_bytes()).hexdigest()
        lines += [f'[publications.own.files."{YEAR}/{name}"]', 'transcription = "test"']
        lines += [f'sha256 = "{digest}"']
    with (folders.raw / "sources.toml").open("a", encoding="utf-8", newline="\n") as records:
        records.write("\n".join(lines) + "\n")


def test_the_guide_to_a_year_is_followed(
    checkout: Folders, register: Register, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two cohorts of 2025 from four reports to processed tables, by the guide's steps alone."""
    names = known_names(register)
    parts = {FIRST: country(24, names[::2], seed=1), SECOND: country(18, names[1::2], seed=2)}
    files = []
    for number, (cohort, contents) in enumerate(parts.items()):
        letter = f"B-{number + 1}/DJAI/AI.01.02/11/{YEAR}"
        second = replace(contents[0], year=YEAR, cohort=cohort, letter=letter)
        first = replace(
            second, stage=1, scores=(), blocks={}, means={}, letter=letter.replace("/11/", "/07/")
        )
        for content in (first, second):
            files.append(tmp_path / f"{cohort}-{content.stage}.txt")
            files[-1].write_text(as_text(content), encoding="utf-8")
    monkeypatch.chdir(checkout.root)

    def run(*arguments: object) -> str:
        result = CliRunner().invoke(commands, [str(a) for a in arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "It agrees with itself." in run("check", files[1])
    run("ingest", *files)
    own_files(checkout, {cohort: len(contents) for cohort, contents in parts.items()})
    said = run("check", "--year", YEAR)
    assert "42 reproduced" in said
    prepare(YEAR, checkout)
    scores = read_tables(checkout).scores
    own = scores[scores["year"] == YEAR]
    assert own["cohort"].value_counts().to_dict() == {FIRST: 24, SECOND: 18}
    assert own.groupby("cohort")["rank_known"].min().tolist() == [1, 1]
