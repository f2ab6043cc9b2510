"""Regression tables: cells against records, LaTeX and HTML well formed, notes that tell all."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from smartlib.data.load import load_factor_dictionary
from smartlib.inference.core.covariance import KINDS
from smartlib.inference.core.models import fit
from smartlib.inference.factors.circularity import purge
from smartlib.inference.factors.outcomes import analysis_frame, outcome_labels, outcome_table
from smartlib.inference.factors.table import Factor, factors_by_rule, registry
from smartlib.present.regression.journal import (
    BESIDE,
    coefficient_table,
    fit_sheet,
    regression_table,
)
from smartlib.present.words.labels import described, term_label
from smartlib.present.words.regression_notes import context_notes, errors_words, se_label

SHORT = "harmonised_index ~ own_source_share + log(population) + kota"
HALF_UNIT = 0.5000001  # of the last printed decimal: what rounding may take
MINUS = "\u2212"


@pytest.fixture(scope="module")
def dictionary(folders) -> pd.DataFrame:
    return load_factor_dictionary(folders)


@pytest.fixture(scope="module")
def frame_and_names(tables, evaluation, dictionary) -> tuple[pd.DataFrame, dict[str, Factor]]:
    scores, scheme = tables.scores.set_index("region_code"), evaluation.scheme
    without = purge(evaluation.scored, evaluation.instrument, scheme)
    table = factors_by_rule(tables.factors, scores.index, scheme.year)
    frame = analysis_frame(scores, outcome_table(scores, scheme, without), table.values, scheme)
    labels = outcome_labels(scheme, without)
    return frame, described(registry(table, dictionary, evaluation.scored), labels, scheme)


@pytest.fixture(scope="module")
def frame(frame_and_names) -> pd.DataFrame:
    return frame_and_names[0]


@pytest.fixture(scope="module")
def names(frame_and_names) -> dict[str, Factor]:
    return frame_and_names[1]


@pytest.fixture(scope="module")
def model(frame):
    return fit(SHORT, frame)


def numbers(cell: str) -> list[float]:
    """The numbers that a cell prints, with half a unit of their last decimals."""
    return [float(text) for text in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", plain(cell))]


def plain(cell: str) -> str:
    return cell.replace(MINUS, "-").replace(",", " ").replace("[", " ")


def half_units(cell: str) -> list[float]:
    texts = re.findall(r"\d+\.?(\d*)", plain(cell))
    return [HALF_UNIT * 10 ** -len(decimals) for decimals in texts]


def test_everything_that_a_formula_can_name_is_described(frame, names) -> None:
    """Every column of the analysis frame has a label in both languages, as its keys have."""
    assert set(names) - set(frame) == {"region_code", "year", "kind", "track"}
    assert set(frame) <= set(names)
    assert all(factor.label_en and factor.label_id for factor in names.values())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("intercept", "Intercept"),
        ("kota", "Kota (1, kabupaten 0)"),
        ("kppn_ikn", "KPPN/IKN track (1, others 0)"),
        ("own_source_share", "Own-source share of revenue (share of total revenue)"),
        ("log(population)", "Registered population (log of persons)"),
        ("province[T.Bali]", "Province: Bali"),
        ("C(kota)[T.1.0]", "Kota: 1.0"),
        ("kota:kppn_ikn", "Kota (1, kabupaten 0) × KPPN/IKN track (1, others 0)"),
        ("I(poverty_rate / 10)", "I(Poverty rate / 10)"),
        ("unheard_of", "unheard_of"),
    ],
)
def test_terms_are_said_in_plain_words(names, name: str, label: str) -> None:
    """Labels of the registry with their units, whatever a formula makes of them."""
    assert term_label(name, names) == label


def test_cells_print_the_records(model, names) -> None:
    """Estimate, error, interval, p and df are those of the fit, and of hc3 with the normal."""
    table = regression_table({"A": model}, names)
    assert list(table.frame) == ["", "A", BESIDE]
    for column, coefficients in (("A", model.coefficients), (BESIDE, model.beside)):
        for place, c in enumerate(coefficients):
            first, second, third = table.frame[column][3 * place : 3 * place + 3]
            judged = [c.p_value, c.degrees_of_freedom]
            printed = numbers(first) + numbers(second) + numbers(third)
            exact = [c.estimate, c.standard_error, c.low, c.high]
            exact += [value for value in judged if math.isfinite(value)]
            units = half_units(first) + half_units(second) + half_units(third)
            assert len(printed) == len(exact)
            assert all(abs(a - b) <= unit for a, b, unit in zip(printed, exact, units, strict=True))
    foot = table.frame.tail(table.foot).set_index("")
    assert foot["A"].to_dict() == {
        "Rows": "140",
        "Clusters": str(model.clusters),
        "R squared": f"{model.r_squared:.3f}",
    }
    assert foot.at["Clusters", BESIDE] == ""


def test_there_are_no_stars(model, names) -> None:
    """Intervals and p-values say it."""
    assert "*" not in regression_table({"A": model}, names).latex()


def test_fits_stand_side_by_side(frame, names, model) -> None:
    """Terms in the order of their first place; a fit without a term has empty cells."""
    other = fit("purged_index ~ kota + poverty_rate", frame, se="hc2bm")
    table = regression_table({"A": model, "B": other}, names)
    assert list(table.frame) == ["", "A", "B"]
    labels = [text for text in table.frame[""] if text]
    assert labels[:5] == [
        term_label(name, names)
        for name in ("intercept", "own_source_share", "log(population)", "kota", "poverty_rate")
    ]
    assert table.frame["B"][3:9].tolist() == [""] * 6
    assert table.frame["A"][12:15].tolist() == [""] * 3
    assert table.frame["B"].iloc[-2] == ""
    wide = regression_table({"A": model, "B": other}, names, beside=True)
    assert list(wide.frame) == ["", "A", f"A: {BESIDE}", "B", f"B: {BESIDE}"]


def test_small_errors_keep_two_digits(frame, names) -> None:
    """Coefficients of a rupiah are not printed as 0.000: more decimals, and a unit that is read."""
    wide = frame.assign(thousandth=frame["poverty_rate"] * 1000)
    found = fit("harmonised_index ~ thousandth + total_spending", wide)
    named = {**names, "thousandth": replace(names["poverty_rate"], unit="")}
    whole = regression_table({"A": found}, named).frame
    table = whole["A"]
    small, tiny = table[3], table[6]
    assert re.fullmatch(rf"{MINUS}?0\.\d+ \(0\.0*[1-9]\d\)", small)
    estimate, error = numbers(tiny)
    assert "e" not in tiny
    assert whole[""][6].endswith("(rupiah), per trillion")
    assert estimate == pytest.approx(found["total_spending"].estimate * 1e12, abs=0.0005)
    assert error == pytest.approx(found["total_spending"].standard_error * 1e12, abs=0.0005)
    first = fit_sheet(found, named).frame
    assert first.iloc[2, 0] == whole[""][6]
    assert float(first["estimate"][2].replace(MINUS, "-")) == pytest.approx(estimate)


def test_a_coefficient_without_error_says_why(frame, names) -> None:
    """A province's own dummy has no bootstrap: the estimate stands alone, the notes say why."""
    bali = frame.assign(bali=(frame["province"] == "Bali").astype(float))
    found = fit("harmonised_index ~ kota + bali", bali, se="wild")
    table = regression_table({"A": found}, names)
    assert table.frame["A"][6].endswith("(no error: see notes)")
    assert table.frame["A"][7:9].tolist() == ["", ""]
    assert any("Bali alone decides bali" in note for note in table.notes)
    assert "nan" not in table.latex() + str(fit_sheet(found, names))


def test_without_hc3_no_column_stands_beside(frame, names) -> None:
    """With a dummy that one row alone decides hc3 does not exist, and the notes say so."""
    found = fit("harmonised_index ~ own_source_share + province", frame, allow_small=True)
    table = regression_table({"A": found}, names)
    assert list(table.frame) == ["", "A"]
    assert any("hc3 with the normal is not shown" in note for note in table.notes)
    assert BESIDE not in str(fit_sheet(found, names))


def test_latex_has_the_rules_of_booktabs(model, names) -> None:
    """Top, two in the middle, bottom; as many cells a row as columns; nothing left unescaped."""
    odd = {**names, "kota": replace(names["kota"], label_en=r"50% of $5 & #1_a {b} ~c ^d \e <f>")}
    text = regression_table({"A_1": model}, odd, title="50% & more").latex()
    rules = re.findall(r"\\(\w+rule)", text)
    assert rules == ["toprule", "midrule", "midrule", "bottomrule"]
    assert "\\midrule\nRows & 140" in text
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {2}
    assert len(rows) == 1 + 3 * 4 + 3
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") == 1
    assert r"\caption{50\% \& more}" in text
    assert (
        r"50\% of \$5 \& \#1\_a \{b\} \textasciitilde{}c \textasciicircum{}d "
        r"\textbackslash{}e \textless{}f\textgreater{}" in text
    )
    assert text.isascii()
    assert "booktabs" in text.splitlines()[0]


@pytest.mark.parametrize("start", ["[x] akses", "*b", "*[2pt] x", "[", " [x]", "\n*b"])
def test_no_label_is_read_by_the_end_of_the_row_before(model, names, start: str) -> None:
    """The end of a row and a rule look for `*` and `[`: a row that begins so has `{}` first."""
    odd = {**names, "kota": replace(names["kota"], label_en=start, unit="")}
    lines = regression_table({"A": model}, odd).latex().splitlines()
    assert [line for line in lines if line.lstrip().startswith(("[", "*"))] == []
    assert any(line.startswith("{}" + start.strip()) for line in lines)


def test_latex_escapes_what_labels_hold(model, names) -> None:
    """Every sign of LaTeX's own is printed, line breaks are spaces, what is unseen is gone."""
    label = "a\\input{x} $y$ 50% #1 _z ^ ~ & <b> |c|\n\n\x1b[31md\x00 ≥5\u200b\u202e≤\xad6"
    odd = {**names, "kota": replace(names["kota"], label_en=label, unit="")}
    text = regression_table({"A": model}, odd, title=label).latex()
    printed = (
        r"a\textbackslash{}input\{x\} \$y\$ 50\% \#1 \_z \textasciicircum{} \textasciitilde{} \& "
        r"\textless{}b\textgreater{} \textbar{}c\textbar{} [31md $\geq$5$\leq$6"
    )
    assert rf"\caption{{{printed}}}" in text
    assert any(line.startswith(printed + " &") for line in text.splitlines())


def test_html_is_the_same_table_with_inline_styles(model, names) -> None:
    """Word reads no style sheet of a page that is pasted: none is there, nor a class."""
    odd = {**names, "kota": replace(names["kota"], label_en="<script>alert(1)</script>")}
    table = regression_table({"A": model}, odd)
    page = BeautifulSoup(table.html(), "html.parser")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    assert rows == [list(table.frame), *table.frame.to_numpy().tolist()]
    assert not page.find_all(["style", "link", "script"])
    assert not [tag for tag in page.find_all() if tag.get("class") or tag.get("id")]
    assert page.find("meta")["charset"] == "utf-8"
    assert page.find_all("p")[-1].text == "Notes: " + " ".join(table.notes)


@pytest.mark.parametrize("se", KINDS)
def test_notes_name_estimator_errors_and_clusters(frame, names, se: str) -> None:
    """Every kind has its heading and its sentence; the clustered ones count their clusters."""
    found = fit(SHORT, frame, se=se)
    note = regression_table({se_label(found): found}, names).notes[1]
    assert note.startswith("Least squares.")
    assert "degrees of freedom" in note
    clustered = se.startswith("cr") or se == "wild"
    assert (f"clustered by province ({found.clusters} clusters)" in note) == clustered
    assert ("rows taken as independent" in note) != clustered
    assert ("province" in se_label(found)) == clustered
    assert "derajat bebas" in errors_words(found, "id")


def test_every_kind_has_a_heading_of_its_own() -> None:
    """Columns of one table are told apart by them."""
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)


def test_notes_say_where_the_usual_errors_would_judge_otherwise(frame, names, model) -> None:
    """Own-source share: the normal's interval leaves zero out. With HC3 and t: nothing differs."""
    label = term_label("own_source_share", names)
    otherwise = f"the 95% interval would leave zero out for {label}, unlike here."
    assert otherwise in " ".join(regression_table({"A": model}, names).notes)
    same = fit("harmonised_index ~ poverty_rate", frame, se="hc3")
    assert "would say the same of zero." in " ".join(regression_table({"A": same}, names).notes)


def test_context_tells_rows_years_questions_and_sources(
    frame, names, evaluation, dictionary
) -> None:
    """Who is left out and why, the year of each factor, what is circular, and the citations."""
    gap = frame.assign(population=frame["population"].mask(frame.index == "51.03"))
    formula = "harmonised_index ~ own_source_share + transfer_share + log(population)"
    notes = context_notes({"A": fit(formula, gap)}, names, evaluation, dictionary)
    assert notes[0] == (
        "Sample: 139 of the 140 known rows of the 2024 score table (165 regions were scored); "
        "they are no random draw."
    )
    assert "Left out, as population is missing: Kab. Badung." in notes
    assert "Own-source share of revenue: DJPK Kemenkeu, 2022 realised." in notes
    text = " ".join(notes)
    fixed = "revenue that is not in the formula, central transfers' share of revenue held fixed"
    assert f"Own-source share of revenue is read against {fixed}." in text
    assert "Own-source share of revenue (question 18)" in text
    assert evaluation.sources["2024/scores.csv"].citation in text
    assert evaluation.sources["factors.csv"].citation in text
    plain_fit = {"A": fit("harmonised_index ~ kota", frame)}
    assert "Badan Pusat Statistik" not in " ".join(
        context_notes(plain_fit, names, evaluation, dictionary)
    )


def test_what_a_share_is_read_against_is_said_for_each_formula(
    frame, names, evaluation, dictionary
) -> None:
    """A part that only one of two formulas holds is held fixed in that one alone."""
    alone, both = "harmonised_index ~ capital_share", "harmonised_index ~ capital_share + {}"
    formulas = {"A": alone, "B": both.format("personnel_share")}
    models = {heading: fit(formula, frame) for heading, formula in formulas.items()}
    text = " ".join(context_notes(models, names, evaluation, dictionary))
    assert "against personnel spending and all other spending (A)." in text
    assert "personnel share of spending held fixed (B)." in text
    del models["A"]
    assert "held fixed." in " ".join(context_notes(models, names, evaluation, dictionary))


def test_no_word_claims_a_cause(frame, names, model, evaluation, dictionary) -> None:
    """Associations are called that."""
    notes = context_notes({"A": model}, names, evaluation, dictionary)
    text = regression_table({"A": model}, names, notes=notes).html().lower()
    assert not re.search(r"\b(effects?|impacts? of|because|causes?)\b", text)
    assert "associations" in text


def test_the_sheet_has_a_line_a_coefficient(model, names) -> None:
    """The terminal's table prints the same numbers."""
    frame = fit_sheet(model, names).frame
    assert len(frame) == len(model.coefficients)
    assert [numbers(cell)[0] for cell in frame["estimate"]] == pytest.approx(
        [c.estimate for c in model.coefficients], abs=HALF_UNIT / 1000
    )
    beside = [numbers(cell)[1] for cell in frame[f"{BESIDE}: 95% interval"]]
    expected = [c.high for c in model.beside]
    assert beside == pytest.approx(expected, abs=HALF_UNIT / 1000)


def test_the_table_of_numbers_is_not_rounded(frame, names, model) -> None:
    """A row a coefficient and model, the same floats as the records."""
    other = fit("purged_index ~ kota", frame, se="hc3")
    table = coefficient_table({"A": model, "B": other}, names)
    assert table["model"].tolist() == ["A"] * 4 + ["B"] * 2
    records = [*model.coefficients, *other.coefficients]
    for column in ("name", "estimate", "standard_error", "degrees_of_freedom", "p_value", "high"):
        assert table[column].tolist() == [getattr(c, column) for c in records]
    beside = [c.low for c in (*model.beside, *other.beside)]
    assert table["low_hc3_normal"].tolist() == beside
    assert table.groupby("model")["n"].unique().map(list).to_dict() == {"A": [140], "B": [140]}


def test_a_factor_that_is_a_score_is_called_one(frame, names, evaluation, dictionary) -> None:
    """A dimension beside the index shares its marks; tracks, kinds and statistics do not."""
    models = {
        "A": fit("harmonised_index ~ baseline + own_source_share + kota + kppn_ikn", frame),
        "B": fit("improvement ~ previous_index + own_source_share", frame),
    }
    told = [n for n in context_notes(models, names, evaluation, dictionary) if "Scored" in n]
    assert len(told) == 1
    assert "Baseline, Last year's index. As far as" in told[0]
    plain = {"C": fit(SHORT, frame)}
    assert "Scored" not in " ".join(context_notes(plain, names, evaluation, dictionary))
