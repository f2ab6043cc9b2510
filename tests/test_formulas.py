"""Formulas: what is read, what is refused, the order of columns, dropped rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.inference.core.formulas import design_of, read_formula
from smartlib.vocabulary.errors import DataError, ParameterError

FRAME = pd.DataFrame(
    {
        "y": [1.0, 2, 3, 5, 4, 3],
        "x": [1.0, 2, 3, 4, 5, 7],
        "z": [1, 3, 2, 5, 4, 9],
        "province": list("aabbcc"),
    },
    index=list("PQRSTU"),
)


def design(text: str, frame: pd.DataFrame = FRAME):
    return design_of(read_formula(text, list(frame)), frame)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("y ~ z + x", ["intercept", "z", "x"]),
        ("y ~ x + province", ["intercept", "x", "province[T.b]", "province[T.c]"]),
        ("y ~ x:z + x", ["intercept", "x:z", "x"]),
        ("y ~ x*z + log(z)", ["intercept", "x", "z", "x:z", "log(z)"]),
        ("y ~ C(z) - 1", [f"C(z)[{level}]" for level in (1, 2, 3, 4, 5, 9)]),
        ("y ~ 0 + x + I(x**2)", ["x", "I(x ** 2)"]),
        ("y ~ (x + z)**2", ["intercept", "x", "z", "x:z"]),
        ("y ~ x\n  + z", ["intercept", "x", "z"]),
    ],
)
def test_columns_come_intercept_first_then_in_the_formulas_order(text, names) -> None:
    """Text among numbers keeps its place, which patsy by itself would not."""
    assert list(design(text).names) == names


def test_columns_hold_what_the_formula_says() -> None:
    """Logarithm, square, product and dummies, computed by hand."""
    found = design("log(y) ~ province + I(x**2) + log(z) + x:z")
    expected = {
        "intercept": np.ones(6),
        "province[T.b]": [0, 0, 1, 1, 0, 0],
        "province[T.c]": [0, 0, 0, 0, 1, 1],
        "I(x ** 2)": FRAME["x"] ** 2,
        "log(z)": np.log(FRAME["z"]),
        "x:z": FRAME["x"] * FRAME["z"],
    }
    assert list(found.names) == list(expected)
    np.testing.assert_array_equal(found.x, np.column_stack(list(expected.values())))
    np.testing.assert_array_equal(found.y, np.log(FRAME["y"]))
    assert found.terms[1:3] == ("province", "province")


def test_rows_with_missing_values_are_left_out_and_named() -> None:
    """Each dropped row comes with its empty columns, numbers or text."""
    gaps = FRAME.astype({"z": float})
    gaps.loc["Q", ["x", "province"]] = None
    gaps.loc["U", "y"] = np.nan
    found = design("y ~ x + province", gaps)
    assert found.dropped == {"Q": "x, province", "U": "y"}
    assert list(found.rows) == list("PRST")
    assert found.is_used.tolist() == [True, False, True, True, True, False]
    assert design("y ~ z", gaps).dropped == {"U": "y"}


@pytest.mark.parametrize(
    "text",
    [
        "y ~ __import__('os').system('true')",
        "y ~ x.real",
        "y ~ exp(x)",
        "y ~ Q('x')",
        "y ~ [x]",
        "y ~ x if z else y",
        "y ~ (lambda: x)()",
        "y ~ log.__class__",
        "y ~ x; z",
        "y ~ x # z",
        "y ~ 'x'",
        "y ~ 1e9",
        "y ~ x @ z",
        "y ~ x $ z",
        "y ~ f'{x}'",
        "y ~ (z := x)",
        "y ~ log(x, z)",
        "y ~ x(z)",
    ],
)
def test_nothing_but_names_numbers_and_operators_is_evaluated(text: str) -> None:
    """Calls, attributes, strings, lists and other Python never reach patsy's evaluation."""
    with pytest.raises(ParameterError, match=r"holds|neither an outcome nor a factor"):
        read_formula(text, list(FRAME))


@given(st.text(alphabet="yxz~+-*/:()., '\"[]{}=logIC_09@#\\\n", max_size=30))
def test_any_text_is_a_formula_or_a_clear_refusal(text: str) -> None:
    """No text ends in anything but a design or one of the project's errors."""
    try:
        found = design(text)
    except (ParameterError, DataError):
        return
    assert np.isfinite(found.x).all()


@pytest.mark.parametrize("text", ["y ~ I(9**9**9)", "y ~ x**z", "y ~ I(x**99)", "y ~ x**(9)"])
def test_towers_of_powers_are_refused(text: str) -> None:
    """A power that would take for ever is no formula."""
    with pytest.raises(ParameterError, match="a power is one digit from 2 to 9"):
        read_formula(text, list(FRAME))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y x", "does not have one ~"),
        ("~ x", "does not have one ~"),
        ("y ~", "does not have one ~"),
        ("", "does not have one ~"),
        ("y ~ x ~ z", "does not have one ~"),
        ("1 ~ x", "has no column left of ~"),
        ("y ~ y + x", "explains y by itself"),
        ("y ~ (x", "cannot be read"),
        ("y ~ xx" * 999, "A formula of 5994 characters; at most 2000"),
    ],
)
def test_what_is_no_formula_says_why(text: str, message: str) -> None:
    """One outcome, one ~, brackets that close."""
    with pytest.raises(ParameterError, match=message):
        read_formula(text, list(FRAME))


def test_an_unknown_name_comes_with_the_nearest() -> None:
    """The message has the name, names like it, and all there are."""
    message = (
        r"own_sorce_share \(nearest: own_source_share\); zzz \(nearest: none\)\. "
        r"There are own_source_share, kota"
    )
    with pytest.raises(ParameterError, match=message):
        read_formula("kota ~ own_sorce_share + zzz", ["own_source_share", "kota"])


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("province ~ x", ParameterError, "'province' is not one column of numbers"),
        ("y + z ~ x", ParameterError, r"'y \+ z' is not one column of numbers"),
        ("y ~ log(province)", ParameterError, "cannot be evaluated"),
        ("y ~ x z", ParameterError, "cannot be evaluated"),
        ("y ~ log(x - 2)", DataError, r"log\(x - 2\) is not a finite number in row P, Q"),
    ],
)
def test_what_cannot_be_evaluated_is_named(text, error, message) -> None:
    """Text for numbers, several outcomes, and logarithms of nothing."""
    with pytest.raises(error, match=message):
        design(text)


def test_a_column_without_a_value_is_named() -> None:
    """Nothing is left to fit, and the message says of which columns."""
    with pytest.raises(DataError, match="No row has a value for each of y, w"):
        design("y ~ w", FRAME.assign(w=np.nan))
