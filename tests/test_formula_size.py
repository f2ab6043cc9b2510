"""Columns are counted before a formula is expanded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patsy import ModelDesc, PatsyError

from smartlib.inference.core.formula_size import _terms, check_columns
from smartlib.inference.core.formulas import design_of, read_formula
from smartlib.vocabulary.errors import ParameterError

ROWS = 140
NAMES = [f"v{place}" for place in range(30)]
FRAME = pd.DataFrame(
    np.random.default_rng(1).normal(size=(ROWS, len(NAMES))), columns=pd.Index(NAMES)
).assign(
    y=np.arange(ROWS) % 7,
    each=np.arange(ROWS),
    kota=np.arange(ROWS) % 2,
    province=[f"p{row % 29}" for row in range(ROWS)],
)

parts = st.recursive(
    st.sampled_from(["a", "b", "c", "d", "log(e)"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " - ", ":", "*", "/"]), inner).map(
            lambda three: f"({three[0]}){three[1]}({three[2]})"
        ),
        st.tuples(inner, st.sampled_from("234")).map(lambda two: f"({two[0]})**{two[1]}"),
    ),
    max_leaves=7,
)


@given(right=parts)
def test_the_terms_are_those_of_patsy(right: str) -> None:
    """Counting with sets gives the terms that patsy makes of the same formula, one by one."""
    try:
        theirs = ModelDesc.from_formula(f"y ~ {right}").rhs_termlist
    except PatsyError:  # an intercept that interacts
        return
    ours = _terms(f"y ~ {right}", 10**6)
    assert ours == {frozenset(f.code for f in term.factors) for term in theirs if term.factors}


@pytest.mark.parametrize(
    "right",
    [
        "*".join(NAMES[:16]),
        f"({' + '.join(NAMES[:25])})**9",
        f"(({' + '.join(NAMES[:20])})**2)**9",
        f"{'*'.join(NAMES[:16])} - v1",
        "C(each):C(v1):C(v2)",
        "C(v1) + C(v2)",
        "C(each) + v1 + v2",
        "C(each):C(kota)",
        "province:C(each)",
        ":".join(f"C(I(v{place} * 0 + kota))" for place in range(16)),
    ],
)
def test_more_columns_than_rows_are_refused_before_they_are_made(right: str) -> None:
    """Products, powers and categories, which would never end or fill the memory."""
    with pytest.raises(ParameterError, match=rf"more columns than .* complete rows \({ROWS}\)"):
        design_of(read_formula(f"y ~ {right}", list(FRAME)), FRAME)


@pytest.mark.parametrize(
    ("right", "columns"),
    [
        (" + ".join(NAMES), 31),
        (f"({' + '.join(NAMES[:15])})**2", 121),
        ("*".join(NAMES[:7]), 128),
        ("province*kota", 58),
        ("C(each)", ROWS),
        ("/".join(NAMES[:20]), 21),
    ],
)
def test_what_rows_could_carry_is_made(right: str, columns: int) -> None:
    """A formula with as many columns as rows, or fewer, passes: the fit says what it needs."""
    check_columns(f"y ~ {right}", FRAME)
    assert design_of(read_formula(f"y ~ {right}", list(FRAME)), FRAME).x.shape[1] == columns


@pytest.mark.parametrize(
    "right",
    [
        ":".join(["v1"] * 390),
        "+" * 1900 + "v1",
        f"I({'-' * 1500}v1)",
        f"I({'1 - ' * 300}v1)",
    ],
)
def test_chains_of_signs_are_refused_by_their_number(right: str) -> None:
    """What is read by recursion is bounded where it is read, outside a call and inside."""
    with pytest.raises(ParameterError, match=r"signs .*; at most 200 are read"):
        read_formula(f"y ~ {right}", list(FRAME))


@pytest.mark.parametrize(
    "right",
    [
        ":".join(["v1"] * 201),
        "+" * 200 + "v1",
        f"I({'-' * 200}v1)",
        f"I({'1 - ' * 200}v1)",
        "(" * 950 + "v1" + ")" * 950,
    ],
)
def test_as_many_signs_as_are_read_are_evaluated(right: str) -> None:
    """The bound leaves patsy and Python room to recurse, brackets without bound."""
    assert design_of(read_formula(f"y ~ {right}", list(FRAME)), FRAME).x.shape == (ROWS, 2)


@pytest.mark.parametrize(
    "right", [f"log({'(' * 900}v1{')' * 900})", "log(" * 300 + "v1" + ")" * 300]
)
def test_brackets_too_deep_for_python_are_refused(right: str) -> None:
    """Python reads some two hundred brackets within a call; more is said to be unreadable."""
    with pytest.raises(ParameterError, match="cannot be evaluated"):
        design_of(read_formula(f"y ~ {right}", list(FRAME)), FRAME)


def test_ten_unknown_names_are_named_and_the_rest_counted() -> None:
    """The nearest name is looked for ten times at most, however many are unknown."""
    text = "y ~ " + " + ".join(f"q{place}" for place in range(150))
    with pytest.raises(ParameterError, match=r"q9 \(nearest: [^;]*\) and 140 more\. There are"):
        read_formula(text, list(FRAME))
