"""Sentences in both languages: the same gaps, all of them filled, none written twice."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from importlib import import_module
from string import Formatter

import pytest
from conftest import ROOT

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words.sentences import Said, Sentence, filled, in_language, joined

WORDS = sorted((ROOT / "smartlib" / "vocabulary" / "words").glob("[!_]*.py"))
ROOMS = [path.stem for path in WORDS if path.stem != "sentences"]


def sentences() -> Iterator[tuple[str, Sentence]]:
    """Every sentence below `present/`, by where it stands."""
    for room in ROOMS:
        module = import_module(f"smartlib.vocabulary.words.{room}")
        for name, found in vars(module).items():
            if isinstance(found, Sentence):
                yield f"{room}.{name}", found
            elif isinstance(found, dict):
                yield from (
                    (f"{room}.{name}[{key}]", one)
                    for key, one in found.items()
                    if isinstance(one, Sentence)
                )


def gaps(text: str) -> set[str]:
    """Names of a text's gaps."""
    return {name for _, name, *_ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_gaps() -> None:
    """A part that one language lacks would be lost there; and each sentence ends alike."""
    every = dict(sentences())
    assert len(every) > 200
    unlike = {name for name, s in every.items() if gaps(s.indonesian) != gaps(s.english)}
    assert unlike == set()
    ends = {n for n, s in every.items() if s.indonesian[-1:] != s.english[-1:] in ".:?"}
    assert ends == set()


def test_no_sentence_stands_twice() -> None:
    """Each text has one name, whatever its gaps are called."""
    seen: dict[str, str] = {}
    twice = []
    for name, sentence in sentences():
        key = re.sub(r"\{\w+", "{", f"{sentence.english} {sentence.indonesian}")
        if key in seen and len(sentence.english.split()) > 2:
            twice.append((name, seen[key]))
        seen[key] = name
    assert twice == []


def test_every_call_fills_the_gaps_of_its_sentence() -> None:
    """In all modules `say.NAME(...)` and `screen.NAME(...)` name what the sentence has."""
    wrong, looked_at = [], 0
    for path in sorted((ROOT / "smartlib").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rooms = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "smartlib.vocabulary.words"
            for alias in node.names
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            of = call.func.value
            if not isinstance(of, ast.Name) or of.id not in rooms:
                continue
            module = import_module(f"smartlib.vocabulary.words.{rooms[of.id]}")
            sentence = getattr(module, call.func.attr)
            if not isinstance(sentence, Sentence):
                continue  # a function beside them
            looked_at += 1
            if {word.arg for word in call.keywords} != gaps(sentence.english):
                wrong.append(f"{path.name}:{call.lineno} {call.func.attr}")
    assert looked_at > 200
    assert wrong == []


def test_a_said_is_its_english_text_and_knows_the_other() -> None:
    """It compares, pickles and formats as text; parts that are said speak their language too."""
    inner = Sentence("kolom {n}", "column {n}")(n=3)
    outer = Sentence("{what} kosong", "{what} is empty")(what=inner)
    assert outer == "column 3 is empty"
    assert in_language(outer, "id") == "kolom 3 kosong"
    again = pickle.loads(pickle.dumps(outer))
    assert (again, in_language(again, "id")) == (outer, "kolom 3 kosong")
    assert in_language("plain", "id") == "plain"
    row = joined([inner, "x"], Said(" and ", " dan "))
    assert (row, in_language(row, "id")) == ("column 3 and x", "kolom 3 dan x")


@pytest.mark.parametrize(("n", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_numbers_agree_with_their_nouns(n: int, said: str) -> None:
    """One row, and none or several rows."""
    assert filled("{n} {n:row|rows}", {"n": n}) == said
    assert filled("{n:,}", {"n": 12345}) == "12,345"


def test_errors_and_findings_speak_both_languages() -> None:
    """Place, what was expected and how many are left are said in the language asked for."""
    many = [Finding("salah", "a.csv", row, "B", expected="x") for row in range(2, 20)]
    lines = DataError(Sentence("{f} rusak.", "{f} is broken.")(f="a.csv"), many).lines
    assert lines[0] == "a.csv is broken."
    assert lines[1] == "  - a.csv, row 2, column B: salah; expected x"
    assert in_language(lines[1], "id") == "  - a.csv, baris 2, kolom B: salah; seharusnya x"
    assert in_language(lines[-1], "id") == "  ... dan 8 lagi"
    assert in_language(listed(range(12)), "id").endswith("9 dan 2 lagi")
