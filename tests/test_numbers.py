"""Reading one number as the ministry's tables, Excel and people write it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.tables.values.numbers import parse_number

decimals = st.integers(0, 4).flatmap(
    lambda places: st.decimals(-10_000, 10_000, places=places, allow_nan=False)
)


def grouped(value: Decimal, group: str, mark: str) -> str:
    """The number with its thousands grouped."""
    return f"{value:,f}".translate(str.maketrans({",": group, ".": mark}))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,56", "3.56"),
        ("3.56", "3.56"),
        ("4", "4"),
        ("0", "0"),
        ("-0,07", "-0.07"),
        ("+0,07", "0.07"),
        ("  2,8\t", "2.8"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("-12,345.6", "-12345.6"),
        ("1.234", "1.234"),
        ("1,234", "1.234"),
        ("2.02382490689E+11", "202382490689"),
        ("5e-1", "0.5"),
    ],
)
def test_a_written_number_is_read_exactly(text: str, value: str) -> None:
    """Comma or point is the decimal mark; with both, the last one is; one alone is a decimal mark
    even before three digits, since marks and indices have no thousands.
    """
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "-", " - ", "–", "—", "\u00a0", "-\u00a0"])
def test_a_blank_or_a_dash_is_a_missing_value(text: str) -> None:
    """The published table leaves a mark out as nothing or as a dash of any length."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("\u22120,29", "-0.29"), ("3,56\u00a0", "3.56"), ("\u202f2,8", "2.8")]
)
def test_typographic_minus_and_spaces_are_read(text: str, value: str) -> None:
    """A word processor's minus sign and no-break spaces do not hide a number."""
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["=C2*0.1", " =SUM(A1:A3)", "=3,56"])
def test_a_formula_is_refused_as_one(text: str) -> None:
    """The message tells a formula from a slip of the pen, since the remedy differs."""
    with pytest.raises(ValueError, match=re.escape(f"'{text}' is a formula, not its value")):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("3,5O", "tiga", "nan", "inf", "True", "0x10", "1_000", "#N/A"),
        *("89%", "Rp 3,56", "3,56*", "3,56 2,73", "3 56"),
        *("3,", ",5", "--3", "3-", "1,2,3", "1.2.3", "1.234.567", "1,5e2"),
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Nothing is guessed: letters, units, two numbers in a cell and unclear grouping fail."""
    with pytest.raises(ValueError, match=re.escape(f"'{text}' is not a number")):
        parse_number(text)


@pytest.mark.parametrize("text", ["1e9999999999999999999999", "1e400", "-1E+309", "9" * 400])
def test_a_number_beyond_all_floats_is_refused(text: str) -> None:
    """What would become infinite, or is no decimal at all, is named as too large."""
    with pytest.raises(ValueError, match="is larger than any number can be"):
        parse_number(text)


@given(value=decimals, mark=st.sampled_from(".,"))
def test_any_decimal_survives_being_written(value: Decimal, mark: str) -> None:
    """A number of up to four decimals, written with a comma or a point, is read back as it was,
    trailing zeros included.
    """
    read = parse_number(f"{value:f}".replace(".", mark))
    assert read is not None
    assert read.as_tuple() == value.as_tuple()


@given(
    value=st.decimals(1000, 10**12, places=2, allow_nan=False),
    marks=st.sampled_from([(".", ","), (",", ".")]),
)
def test_grouped_thousands_survive_being_written(value: Decimal, marks: tuple[str, str]) -> None:
    """Grouping in either country's habit does not change a number that has decimals."""
    assert parse_number(grouped(value, *marks)) == value


@given(text=st.text(max_size=12))
def test_any_text_is_a_number_missing_or_refused(text: str) -> None:
    """No text makes the reader fail in another way, and what it reads is finite."""
    try:
        value = parse_number(text)
    except ValueError:
        return
    assert value is None or value.is_finite()
