"""The guides to documents say what the commands do, alike in both languages."""

from __future__ import annotations

import re

import pytest
from click import Context
from conftest import ROOT

from smartlib.cli import commands

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
