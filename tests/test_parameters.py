"""The contract of notebooks: declared names, types and domains."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook_maker import PARAMETERS, code, text, write

from smartlib.data.reading.regions import Register
from smartlib.run.plan.parameters import (
    Contract,
    Domain,
    Parameter,
    converted,
    declared_parameters,
    read_contract,
)
from smartlib.vocabulary.errors import ParameterError


@pytest.fixture
def contract() -> Contract:
    return Contract("region_report.ipynb", declared_parameters(PARAMETERS))


@pytest.fixture
def domain(register: Register) -> Domain:
    return Domain(register, (2024,))


def test_names_types_defaults_and_help_are_read() -> None:
    """A declaration over several lines, a value with '=', a union and a bare default are read."""
    source = (
        'factors: list[str] = [\n    "a",  # first\n    "b",\n]  # which\n'
        'outcome: str = "x=y"\nshare: float | None = None\nplain = True\nmade = len("ab")\n'
        "import os\n"
    )
    assert declared_parameters(source) == (
        Parameter("factors", "list[str]", ["a", "b"], "which"),
        Parameter("outcome", "str", "x=y"),
        Parameter("share", "float | None", None),
        Parameter("plain", "bool", True),
        Parameter("made", "NoneType", None),
    )


def test_only_the_tagged_cell_counts(tmp_path: Path) -> None:
    """Assignments of other cells are no parameters; a notebook without the cell has none."""
    path = write(tmp_path / "a.ipynb", text("# A"), code("x = 1"), code("y = 2", "parameters"))
    assert [p.name for p in read_contract(path).parameters] == ["y"]
    assert read_contract(write(tmp_path / "b.ipynb", code("x = 1"))).parameters == ()


def test_a_region_becomes_its_code(contract: Contract, domain: Domain) -> None:
    """Any usual spelling of a region is resolved, text from a shell becomes its type."""
    given_values = {"region": "kabupaten badung", "year": "2024", "lang": "en"}
    values = contract.checked(given_values, domain)
    assert values == {"region": "51.03", "year": 2024, "lang": "en"}
    assert contract.effective({"lang": "en"}) == {"region": "51.03", "year": 2024, "lang": "en"}


def test_all_wrong_parameters_are_named_at_once(contract: Contract, domain: Domain) -> None:
    """One error says every wrong name, type and value, with the nearest matches."""
    wrong = {"regio": "x", "year": "20x4", "lang": "fr", "region": "Kab. Badumg"}
    with pytest.raises(ParameterError, match="no notebook was started") as caught:
        contract.checked(wrong, domain)
    said = str(caught.value)
    assert len(caught.value.findings) == len(wrong)
    for part in ("Did you mean 'region'?", "not of type int", "'fr' is no language", "Kab. Badung"):
        assert part in said


def test_a_year_without_data_is_refused(contract: Contract, domain: Domain) -> None:
    """`year` may only be one that data/raw holds; other whole numbers are free."""
    with pytest.raises(ParameterError, match="data/raw has 2024"):
        contract.checked({"year": 1999}, domain)
    free = Contract("x", (Parameter("factor_year", "int", 2021),))
    assert free.checked({"factor_year": "1999"}, domain) == {"factor_year": 1999}


@pytest.mark.parametrize(
    ("raw", "hint", "value"),
    [
        ("7", "int", 7),
        ("0,5", "float", 0.5),
        ("1e-3", "float", 0.001),
        ("tidak", "bool", False),
        (True, "bool", True),
        ("a, b", "list[str]", ["a", "b"]),
        ('["a, b"]', "list[str]", ["a, b"]),
        ("1,2", "list[int]", [1, 2]),
        ([1, 2], "list[float]", [1.0, 2.0]),
        ("None", "float | None", None),
        ("51.10", "str", "51.10"),
        ("x", "Mapping", "x"),
    ],
)
def test_values_take_their_declared_type(raw: object, hint: str, value: object) -> None:
    """Text from the command line and Python values come out as declared."""
    assert converted(raw, hint) == value


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("1.5", "int"),
        (True, "int"),
        (51.1, "str"),
        ("perhaps", "bool"),
        ("[1,", "list[int]"),
        ("1,x", "list[int]"),
        (3, "list[str]"),
        ("x", "float | None"),
    ],
)
def test_values_of_another_type_are_refused(raw: object, hint: str) -> None:
    """Nothing is guessed: a code that became a number is no text, 1.5 is no whole number."""
    with pytest.raises(ValueError, match=r"is not (of type|a list)"):
        converted(raw, hint)


@given(st.lists(st.integers(), max_size=5))
def test_lists_of_numbers_survive_the_command_line(values: list[int]) -> None:
    """A list written with commas is read back as it was."""
    assert converted(",".join(map(str, values)), "list[int]") == values


def test_a_file_that_is_no_notebook_is_said_so(tmp_path: Path) -> None:
    """Missing files, other JSON and broken `parameters` cells each get their message."""
    (tmp_path / "x.ipynb").write_text("hello", encoding="utf-8")
    for path, said in (("none.ipynb", "cannot be read"), ("x.ipynb", "is not a notebook")):
        with pytest.raises(ParameterError, match=said):
            read_contract(tmp_path / path)
    broken = write(tmp_path / "y.ipynb", code("a = = 1", "parameters"))
    with pytest.raises(ParameterError, match=r"not Python \(line 1"):
        read_contract(broken)
