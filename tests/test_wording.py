"""Words and numbers in two languages."""

from __future__ import annotations

import ast
import re
from string import Formatter

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.audit import INPUTS
from smartlib.index.make.rounding import RULES
from smartlib.index.region.apart import VERDICTS
from smartlib.inference.checks.form_study import REASONS
from smartlib.inference.checks.forms import FORMS
from smartlib.inference.curve.null import NULLS
from smartlib.inference.programme.tracks import ASSUMPTIONS
from smartlib.present.national.audit_figures import CHECKS
from smartlib.present.national.ranking_figures import FLOW
from smartlib.present.national.robustness_figures import CHOICES
from smartlib.present.region.certain import ROUTES
from smartlib.present.regression.curve_figures import OPTIONS
from smartlib.present.regression.forms import LINES
from smartlib.present.regression.programme_figures import ESTIMANDS
from smartlib.present.words.programme_texts import BASES, ERRORS
from smartlib.present.words.regressions import TEXTS, said
from smartlib.present.words.tables import sheet
from smartlib.present.words.terms import TERMS
from smartlib.present.words.wording import CATALOGUES, LANGUAGES, MINUS, SENTENCES, Words
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.tables import VERDICTS as AUDIT_VERDICTS

ENDS = ("kept", "rejected")
STEPS = (
    "kota",
    "own_source_share",
    "log_population",
    "human_development_index",
    "poverty_rate",
)
QUESTIONS = (
    "formula",
    "normalisation",
    "aggregation",
    "without",
    "controls",
    "vintage",
    "sample",
    "covariance",
    "form",
)
STAGES = ("absent", "not_invited", "scored", "undetermined")


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "shown"),
    [
        ("id", 3.08, 2, "3,08"),
        ("en", 3.08, 2, "3.08"),
        ("id", 1234567.5, 1, "1.234.567,5"),
        ("en", 1234567.5, 1, "1,234,567.5"),
        ("id", -0.07, 2, f"{MINUS}0,07"),
        ("en", -0.001, 2, "0.00"),
        ("id", float("nan"), 2, "tidak ada data"),
        ("en", float("nan"), 2, "no data"),
    ],
)
def test_numbers_follow_the_language(lang: str, value: float, decimals: int, shown: str) -> None:
    """Indonesian has decimal commas and grouping points; nothing is shown as minus zero."""
    assert Words(lang).number(value, decimals) == shown


@given(st.decimals(min_value=-9999, max_value=9999, places=2))
def test_a_shown_number_reads_back(value) -> None:
    """No digit is lost or moved in either language."""
    for lang, marks in (("id", ".,"), ("en", ",.")):
        shown = Words(lang).number(float(value))
        back = shown.replace(MINUS, "-").replace(marks[0], "").replace(marks[1], ".")
        assert float(back) == pytest.approx(float(value), abs=1e-9)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.11, "+0.11"), (-0.11, f"{MINUS}0.11"), (0, "0.00")]
)
def test_differences_carry_their_sign(value: float, shown: str) -> None:
    """A gain is marked as one; no change has no sign."""
    assert Words("en").signed(value) == shown


@pytest.mark.parametrize(("lang", "zero"), [("id", "0,00"), ("en", "0.00")])
@pytest.mark.parametrize("value", [0.0, -0.0, 0.004, -0.004, 1e-12, -1e-12])
def test_what_is_rounded_to_zero_has_no_sign(lang: str, zero: str, value: float) -> None:
    """A difference that its decimals do not show is neither a gain nor a loss."""
    assert Words(lang).signed(value) == zero


def fields(sentence: str) -> set[str]:
    """Places for numbers and names; a name that begins a sentence is written large."""
    return {name.lower() for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_have_the_same_places_for_numbers(key: str) -> None:
    """Neither language leaves out what the other says, and none is left unsaid."""
    indonesian, english = SENTENCES[key]
    assert fields(indonesian) == fields(english)
    assert indonesian.strip()
    assert english.strip()


@pytest.mark.parametrize("key", TEXTS)
def test_texts_of_regressions_have_both_languages(key: str) -> None:
    """Neither is empty, and each has the other's places for numbers and names."""
    indonesian, english = TEXTS[key]
    assert fields(indonesian) == fields(english)
    assert indonesian.strip()
    assert english.strip()


def test_numbers_in_texts_of_regressions_follow_the_language() -> None:
    """A decimal comma and a minus sign in Indonesian; English, and words, as they are."""
    values = {"own_low": -0.0237, "own_high": 1234.5, "low": np.float64(0.5), "high": 2}
    ends = {"told": "a.b-c", "errors": "x.y"}
    told = {lang: said("beside", lang, **values, **ends) for lang in LANGUAGES}
    assert "(−0,0237 s.d. 1,23e+03)" in told["id"]
    assert "0,5 s.d. 2 dan a.b-c" in told["id"]
    assert "(-0.0237 to 1.23e+03)" in told["en"]


def test_sentences_stand_once() -> None:
    """No key and no sentence is there twice; words in two languages stand in `words/` alone:
    elsewhere `pick` chooses between labels of records, never between texts.
    """
    assert len(SENTENCES) == sum(map(len, CATALOGUES))
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    present = ROOT / "smartlib" / "present"
    for path in set(present.rglob("*.py")) - set((present / "words").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "pick":
                assert all(isinstance(text, ast.Attribute | ast.Subscript) for text in node.args), (
                    path
                )


def test_every_sentence_is_said() -> None:
    """A sentence that no module asks for is dead; codes of records ask for theirs."""
    asked = " ".join(
        path.read_text(encoding="utf-8")
        for path in [*(ROOT / "smartlib").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
        if "words" not in path.parts or path.stem in {"year", "programme_texts"}
    ).replace('\\"', '"')
    by_code = {f"goal_{name}{end}" for name in ("next", "top", "index") for end in ("", "_beside")}
    by_code |= {f"{route}_row" for route in ROUTES}
    by_code |= {f"{verdict}_median" for verdict in (*VERDICTS, "beside")}
    by_code |= {f"standout_{kind}" for kind in ("rose", "fell", "both", "lifting", "holding")}
    by_code |= {f"since_{kind}" for kind in ("firm", "partial_list", "one_item", "unknown")}
    by_code |= {f"side_{side}" for side in ("above", "below", "level")}
    by_code |= {f"rule_{rule}" for rule in RULES} | {f"inputs_{name}" for name in (*INPUTS, "none")}
    by_code |= {f"verdict_{verdict}" for verdict in AUDIT_VERDICTS}
    by_code |= {f"check_{kind}" for kind in CHECKS} | {f"flow_{step}" for step in FLOW}
    by_code |= {f"choice_{name}" for name in CHOICES}
    by_code |= {f"rows_{part}" for part in ("all", "standardised")}
    by_code |= {f"{what}_{end}" for what in ("measured_alike", "congeneric") for end in ENDS}
    by_code |= {f"model_{name}" for name in ("congeneric", "equal_loadings", "equal_both")}
    by_code |= {f"assumption_{route}" for route in ("internal", "retest")}
    by_code |= {f"asked_{name}" for name in ("changed", "than_rest", "than_alike")}
    by_code |= {f"best_{name}" for name in ("published_index", "improvement")}
    by_code |= {f"weights_{kind}" for kind in ("elsewhere", "equal")}
    by_code |= {f"{form}_{kind}" for form in ("if", "p") for kind in ("dealt", "independent")}
    by_code |= {f"stage_{stage}" for stage in STAGES}
    by_code |= {f"kind_{kind}" for kind in ("strength", "weakness", "recommendation", "themes")}
    by_code |= {name for name in SENTENCES if re.fullmatch(r"stage\d_\w+", name)}
    by_code |= {name for name in SENTENCES if name.startswith("press_")}
    by_code |= {f"{end}_{what}" for end in ("lowest", "highest") for what in ("fold", "caption")}
    by_code |= {f"rest_{kind}" for kind in ("rose", "fell", "within_noise")}
    by_code |= {f"{what}_{name}" for what in ("estimator", "needs") for name in ASSUMPTIONS}
    by_code |= {f"estimand_{name}" for name in ESTIMANDS}
    by_code |= {f"errors_{kind}" for kind in ERRORS.values()} | {f"basis_{one}" for one in BASES}
    by_code |= {f"route_{route}" for route in ("internal", "retest")}
    by_code |= {f"method_{method}" for method in ("change", "covariance", "corrected")}
    by_code |= {f"variant_{name}" for name in ("equal", "inverse", "invited", "all")}
    by_code |= {f"question_{name}" for name in ("selected", "took_part", "scored")}
    by_code |= {f"step_{name}" for name in STEPS} | {f"option_{name}" for name in OPTIONS}
    by_code |= {f"form_{name}" for name in FORMS} | {f"null_{null}" for null in NULLS}
    by_code |= {f"values_{name}" for name, form in FORMS.items() if form.needs != "any number"}
    by_code |= {f"unformed_{reason}" for reason in REASONS} | {f"line_{one}" for one, _ in LINES}
    by_code |= {f"rise_{half}" for half in ("lower", "upper")}
    by_code |= {f"curve_{question}" for question in QUESTIONS}
    by_code |= {f"statistic_{name}" for name in ("median", "dominant", "significant")}
    assert [key for key in SENTENCES if f'"{key}"' not in asked and key not in by_code] == []


def test_every_term_stands_in_both_languages() -> None:
    """No report falls back on the other language for want of a word."""
    assert all(len(pair) == len(LANGUAGES) for pair in TERMS.values())
    assert all(bool(pair[0]) == bool(pair[1]) for pair in TERMS.values())


def test_another_language_is_refused() -> None:
    """The message lists the languages."""
    with pytest.raises(ParameterError, match="lang is 'jv', expected one of id, en"):
        Words("jv")


def test_a_name_cannot_bring_markup_into_a_table() -> None:
    """Cells are text: what looks like a tag is shown, not obeyed."""
    html = sheet({"Region": ["<script>alert(1)</script> & Co"]})._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
