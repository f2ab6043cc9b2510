"""The contract of notebooks: declared names, types and domains."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from notebook_maker import PARAMETERS, code, text, write
from papermill.cli import _resolve_type

from smartlib.data.reading.regions import Register
from smartlib.run.plan.domain import WELL_KNOWN, Domain
from smartlib.run.plan.parameters import (
    Contract,
    Parameter,
    declared_parameters,
    read_contract,
)
from smartlib.run.plan.values import converted, inferred
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.folders import Folders


@pytest.fixture
def contract() -> Contract:
    return Contract("region_report.ipynb", declared_parameters(PARAMETERS))


@pytest.fixture
def domain(register: Register) -> Domain:
    return Domain(register, (2024,), Folders(ROOT))


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
    free = Contract("x", (Parameter("draws", "int", 99),))
    assert free.checked({"draws": "1999"}, domain) == {"draws": 1999}


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


UNTYPED = """g = 2 ** 10
limit = float("inf")
n = None
ys = [1, 2]
none = []
codes = ["51.03"]
options = {"a": 1}
pair = (1, 2)
here = Path(".")
"""


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("g", "5", 5),
        ("limit", "3.5", 3.5),
        ("limit", "-inf", float("-inf")),
        ("n", "7", 7),
        ("n", "None", None),
        ("n", "True", True),
        ("n", "3, 4", "3, 4"),
        ("n", "[3, 4]", [3, 4]),
        ("n", "{a: [1, b]}", {"a": [1, "b"]}),
        ("n", "[2024-01-31, a]", ["2024-01-31", "a"]),
        ("n", '"7"', "7"),
        ("n", '"[7"', "[7"),
        ("ys", "3,4", [3, 4]),
        ("ys", "3.5,a", [3.5, "a"]),
        ("ys", "[3, '4']", [3, "4"]),
        ("ys", "", []),
        ("none", "1", [1]),
        ("codes", "51.10, 51.03", ["51.10", "51.03"]),
        ("options", '{"a": {"b": [1.5, null]}}', {"a": {"b": [1.5, None]}}),
        ("options", "{a: 2}", {"a": 2}),
        ("options", "a: 2", {"a": 2}),
        ("pair", "[3, 4]", [3, 4]),
        ("here", "there", "there"),
    ],
)
def test_a_default_without_a_plain_type_lets_the_value_say_its_own(
    name: str, text: str, value: object
) -> None:
    """A computed default, None, a list, a mapping: numbers are numbers, JSON and YAML are read."""
    contract = Contract("x", declared_parameters(UNTYPED))
    checked = contract.checked({name: text})[name]
    assert checked == value
    assert type(checked) is type(value)


TEXTS = st.one_of(
    st.text(st.characters(exclude_characters='[{"', exclude_categories=["Cs"])),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["True", "true", "None", "1e5", "1_000", "0x10", "007", " 5", "inf", "-", ""]),
)


@given(TEXTS.filter(lambda text: not text.lstrip().startswith(("[", "{"))))
def test_a_value_without_a_type_is_what_papermill_makes_of_it(text: str) -> None:
    """Papermill's own reading of `-p` is the measure; repr tells 1 from 1.0 and nan from nan."""
    assert repr(inferred(text)) == repr(_resolve_type(text))


@pytest.mark.parametrize("text", ["[1,", "{a: 1", "[&a [*a]]", "{!!set {a}}", "[" * 5000, "[a]: b"])
def test_what_begins_as_a_list_and_is_none_is_refused(text: str) -> None:
    """With how to write it, instead of handing on a text that looks like a list."""
    contract = Contract("x", declared_parameters(UNTYPED))
    for name in ("n", "options", "ys"):
        with pytest.raises(
            ParameterError, match="is not a list or a mapping in JSON or YAML; write it as"
        ):
            contract.checked({name: text})


@pytest.mark.parametrize(
    ("raw", "hint", "value"),
    [
        ("5", "Optional[int]", 5),
        ("", "typing.Optional[int]", None),
        ("x", "Union[int, str]", "x"),
        ("5", "str | int", 5),
        ("1.5", "int | float", 1.5),
        ("1,2", "typing.List[float]", [1.0, 2.0]),
        ("b", "Literal['a', 'b']", "b"),
        ("2", "Literal[1, 2]", 2),
        ("{a: 1}", "dict[str, int]", {"a": 1}),
        ("[[1], [2]]", "list[list[int]]", [[1], [2]]),
        ("1, None", "list[int | None]", [1, None]),
        ("5", "'int'", 5),
        ("x y", "not a type", "x y"),
    ],
)
def test_unions_and_the_typing_module_are_understood(raw: str, hint: str, value: object) -> None:
    """A union takes the first of its members that fits; text, which everything is, comes last."""
    assert converted(raw, hint) == value
    assert type(converted(raw, hint)) is type(value)


@pytest.mark.parametrize(
    ("raw", "hint"), [("x", "int | float"), ("c", "Literal['a', 'b']"), ("1", "dict[str, int]")]
)
def test_a_value_that_no_member_of_a_type_fits_is_refused(raw: str, hint: str) -> None:
    """The message has the type as it was declared."""
    with pytest.raises(ValueError, match=r"is not (of type|a list)"):
        converted(raw, hint)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%matplotlib inline\nx = 1", {"x": 1}),
        ("%%time\nx = 1  # of it", {"x": 1}),
        ("!pip list\nx = 1\ny = !ls\nz = %pwd", {"x": 1, "y": None, "z": None}),
        ("x, y = 1, 2", {"x": 1, "y": 2}),
        ("(x, [y, z]), u = (1, [2, 3]), 4", {"x": 1, "y": 2, "z": 3, "u": 4}),
        ("x, *y = 1, 2, 3", {"x": None, "y": None}),
        ("x, y = f()", {"x": None, "y": None}),
        ("x = y = 1", {"x": 1, "y": 1}),
        (
            "if a:\n    x = 1\nelse:\n    y = 2\ntry:\n    z = 1\nexcept E:\n    u = 1",
            dict.fromkeys("xyzu"),
        ),
        ("def f():\n    x = 1\nclass C:\n    y = 2\nfor i in a: pass", {}),
        ("x = 1\nx = 2", {"x": 2}),
        ("x = {1, 2}\ny = b'a'\nz = {[]: 1}", {"x": None, "y": None, "z": None}),
        ("%%bash\nls -l", {}),
    ],
)
def test_names_are_found_as_cells_are_written(source: str, names: dict[str, object]) -> None:
    """Magics, assignments to several names, and those below an `if` declare parameters too."""
    declared = declared_parameters(source)
    assert {p.name: p.default for p in declared} == names
    if "# of it" in source:
        assert declared[0].help == "of it"


@pytest.mark.parametrize("source", ["a = = 1", "%%time\na = = 1", "x = " + "(" * 5000, "x = '\0'"])
def test_what_is_not_python_is_said_so(source: str) -> None:
    """Under a magic too, and what Python itself gives up on."""
    with pytest.raises(SyntaxError):
        declared_parameters(source)


def test_a_cell_in_another_language_takes_any_name(tmp_path: Path) -> None:
    """It cannot be read here; values say their own types."""
    path = write(tmp_path / "r.ipynb", code("x <- 1", "parameters"))
    node = nbformat.read(path, as_version=4)
    node.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(node, path)
    assert read_contract(path).checked({"x": "5"}) == {"x": 5}


@pytest.mark.parametrize(
    ("name", "hint", "text", "said"),
    [
        (
            "factors",
            "list[str]",
            "own_source_share,own_sorce_share",
            "'own_sorce_share'; the nearest names: own_source_share",
        ),
        ("factors", "list[str]", "X", "there is no factor 'X'; the nearest names: "),
        ("focal", "str", "povrety_rate", "the nearest names: poverty_rate"),
        ("outcome", "str", "harmonized_index", "the nearest names: harmonised_index"),
        ("factor_year", "int | None", "1999", "no budget figures for 1999; years at hand: 2021"),
        ("lang", "str", "fr", "expected id or en"),
        ("region", "str", "Kab. Badumg", "Kab. Badung"),
    ],
)
def test_what_names_something_is_checked_in_notebooks_of_the_project(
    domain: Domain, name: str, hint: str, text: str, said: str
) -> None:
    """Factors, outcomes, years, languages, regions: with the nearest; elsewhere they are free."""
    contract = Contract("x", (Parameter(name, hint, None), Parameter("year", "int", 2024)))
    with pytest.raises(ParameterError) as caught:
        contract.checked({name: text}, domain)
    assert said in str(caught.value)
    assert contract.checked({name: text}) == {name: converted(text, hint)}


def test_what_is_at_hand_may_be_named(domain: Domain) -> None:
    """Derived factors and dimensions too; None stays what it means."""
    hints = {"factors": "list[str]", "focal": "str", "outcome": "str", "factor_year": "int | None"}
    contract = Contract("x", tuple(Parameter(name, hint, None) for name, hint in hints.items()))
    given_values = {
        "factors": "log_population,poverty_rate",
        "focal": "transfer_share",
        "outcome": "baseline",
        "factor_year": "None",
    }
    checked = contract.checked(given_values, domain)
    assert checked["factors"] == ["log_population", "poverty_rate"]
    assert checked["factor_year"] is None


def test_every_parameter_of_a_notebook_is_checked_or_free() -> None:
    """A new parameter that names something is declared as such; only draws, words, years
    of a window and a path are."""
    notebooks = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    names = {p.name for path in notebooks for p in read_contract(path).parameters}
    assert names - WELL_KNOWN.keys() == {"draws", "find", "own", "window"}


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
