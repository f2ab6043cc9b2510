"""`smartlib fit` as a user meets it: numbers, files, a table of one's own, and what goes wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import nbformat
import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import ROOT, YEAR, workbook

from smartlib.cli import commands
from smartlib.inference.core.covariance import KINDS
from smartlib.inference.core.models import fit
from smartlib.run.commands.fit import FitOrder, fit_name, gather
from smartlib.run.execute.engine import Execution, run_notebook
from smartlib.run.execute.nodes import normalised, notebook_bytes, only_language
from smartlib.run.plan.parameters import read_contract
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import LANGUAGES

SHORT = "harmonised_index ~ own_source_share + log(population) + kota"
NAMES = ["intercept", "own_source_share", "log(population)", "kota"]
FIELDS = ("estimate", "standard_error", "statistic", "p_value", "low", "high")
SAME = 1e-8  # two programs' decompositions
WRITTEN = 1e-11  # twelve digits in a file
FILES = {"table.csv", "table.tex", "table.html", "checks.csv", "text.md", "references.bib"}
FILES |= {"fit.ipynb"}


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


def strict(text: str) -> dict:
    """One JSON object, without the NaN that only Python reads."""

    def refuse(name: str) -> NoReturn:
        raise AssertionError(f"{name} is no JSON")

    found = json.loads(text, parse_constant=refuse)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("smartlib.run.execute.warm.client.warm_up", lambda root: None)


@pytest.fixture
def quick(at_root: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook is not run."""

    def not_run(
        notebook: Path, parameters: object, *, cwd: Path, home: Path | None = None
    ) -> Execution:
        assert parameters == {}
        return Execution(nbformat.read(notebook, as_version=4), 0.0)

    monkeypatch.setattr("smartlib.run.execute.engine.run_notebook", not_run)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, scores: pd.DataFrame) -> Path:
    """A table of one's own: internet access of the scored regions, all but three."""
    rng = np.random.default_rng(7)
    rows = scores.iloc[3:]
    values = (20 + 10 * rows["harmonised_index"] + rng.normal(0, 5, len(rows))).round(2)
    path = tmp_path_factory.mktemp("own") / "mine.csv"
    table = pd.DataFrame({"region": rows["region"], "internet": values, "schools": 1 + values % 7})
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, own: Path) -> tuple[Result, Path]:
    """One run of everything, the notebook included."""
    folder = tmp_path_factory.mktemp("fit") / "out"
    formula = f"{SHORT} + internet"
    return smartlib("fit", formula, "--factors", own, "--output", folder, "--json"), folder


def test_json_has_the_numbers_of_the_fit(quick: None, tmp_path: Path) -> None:
    """Intercept first, then in the formula's order; rows and clusters are counted."""
    result = smartlib("fit", SHORT, "--output", tmp_path, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = strict(result.stdout)
    model = fit(SHORT, gather(FitOrder(SHORT, YEAR), Folders(ROOT)).frame)
    assert [c["name"] for c in found["coefficients"]] == NAMES
    for printed, c in zip(found["coefficients"], model.coefficients, strict=True):
        assert set(printed) == {"name", "degrees_of_freedom", *FIELDS}
        assert printed["degrees_of_freedom"] == c.degrees_of_freedom
        assert [printed[field] for field in FIELDS] == [getattr(c, field) for field in FIELDS]
    assert (found["n"], found["clusters"], found["cluster"]) == (140, 29, "province")
    assert found["files"] == [(tmp_path / name).as_posix() for name in found_files(found)]
    assert found["dropped"] == {}


def found_files(found: dict) -> list[str]:
    names = [Path(file).name for file in found["files"]]
    assert set(names) == FILES
    return names


def test_hc3_is_that_of_statsmodels(quick: None, tmp_path: Path) -> None:
    """Estimates, errors, t, p and intervals with n - k degrees of freedom; no clusters."""
    found = strict(smartlib("fit", SHORT, "--se", "hc3", "--output", tmp_path, "--json").stdout)
    frame = gather(FitOrder(SHORT, YEAR), Folders(ROOT)).frame
    theirs = smf.ols(SHORT.replace("log(", "np.log("), frame).fit(cov_type="HC3", use_t=True)
    printed = pd.DataFrame(found["coefficients"]).set_index("name")
    intervals = theirs.conf_int()
    for field, expected in {
        "estimate": theirs.params,
        "standard_error": theirs.bse,
        "statistic": theirs.tvalues,
        "p_value": theirs.pvalues,
        "low": intervals[0],
        "high": intervals[1],
    }.items():
        assert printed[field].tolist() == pytest.approx(expected.tolist(), abs=SAME), field
    assert set(printed["degrees_of_freedom"]) == {theirs.df_resid}
    assert (found["n"], found["clusters"], found["cluster"]) == (int(theirs.nobs), None, None)
    assert found["r_squared"] == pytest.approx(theirs.rsquared, abs=SAME)


@pytest.mark.parametrize("se", ["hc2bm", "wild"])
def test_every_kind_of_errors_is_valid_json(quick: None, tmp_path: Path, se: str) -> None:
    """hc2bm passes the cluster over; the bootstrap has no degrees of freedom: null."""
    result = smartlib(
        "fit", "harmonised_index ~ kota", "--se", se, "--output", tmp_path, "--json",
        *(("--cluster", "nowhere") if se == "hc2bm" else ()),
    )  # fmt: skip
    found = strict(result.stdout)
    assert found["se"] == se
    assert found["clusters"] == (29 if se == "wild" else None)
    df = {c["degrees_of_freedom"] is None for c in found["coefficients"]}
    assert df == {se == "wild"}
    assert {c["degrees_of_freedom"] for c in found["hc3_normal"]} == {None}


def test_the_choices_of_errors_are_those_that_can_be_fitted() -> None:
    """All of the registry, in its order; another is refused with those that there are."""
    shown = smartlib("fit", "--help").stdout
    assert f"--se [{'|'.join(KINDS)}]" in " ".join(shown.split()).replace("| ", "|")
    wrong = smartlib("fit", "harmonised_index ~ kota", "--se", "cr9")
    assert wrong.exit_code == 2
    assert "'cr9' is not one of 'cr2'" in wrong.output


def test_the_table_is_printed_with_its_notes(quick: None, tmp_path: Path) -> None:
    """Each coefficient, the HC3 interval beside it, estimator, sample, source, files."""
    result = smartlib("fit", SHORT, "--output", tmp_path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Harmonised index (index points)"
    (share,) = [line for line in lines if line.startswith("Own-source share of revenue (")]
    assert "1.457" in share
    assert "[\u22120.083, 2.996]" in share
    assert "[0.046, 2.868]" in share
    assert (
        "R squared 0.201; Adjusted R squared 0.184; F (classical) 11.44 (3; 136)" in result.stdout
    )
    page = (tmp_path / "table.html").read_text(encoding="utf-8")
    for words in ("CR2, clustered by province (29 clusters)", "Sample: 140 of the 140", "Sources:"):
        assert words in page
        assert words not in result.stdout
    assert "The evaluation itself scores Own-source share" in result.stdout
    assert any(
        line.endswith("more notes (errors, years, sources) stand in table.html.") for line in lines
    )
    assert {Path(line).name for line in lines[-len(FILES) :]} == FILES


def test_a_users_table_joins_and_its_coverage_is_told(made: tuple[Result, Path]) -> None:
    """On standard error, with the regions that lack a value; they are left out by name."""
    result, _ = made
    assert result.exit_code == 0, result.output
    assert "mine.csv: internet: 137 of 140 scored regions; none for " in result.stderr
    assert "mine.csv: not in the formula: schools" in result.stderr
    found = strict(result.stdout)
    assert [c["name"] for c in found["coefficients"]] == [*NAMES, "internet"]
    assert (found["n"], len(found["dropped"])) == (137, 3)
    assert set(found["dropped"].values()) == {"internet"}
    assert any(note.startswith("Left out, as internet is missing: ") for note in found["notes"])
    assert any(note == "internet: mine.csv." for note in found["notes"])


def test_the_files_hold_the_same_fit(made: tuple[Result, Path], own: Path) -> None:
    """Numbers in the CSV, LaTeX, the page, the notebook's table, and the user's own table."""
    result, folder = made
    found = strict(result.stdout)
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == (
        FILES | {"factors/mine.csv", "factors/mine.csv.reading.toml"}
    )
    assert (folder / "factors" / "mine.csv").read_bytes() == own.read_bytes()
    table = pd.read_csv(folder / "table.csv")
    for field in FIELDS:
        expected = [c[field] for c in found["coefficients"]]
        assert table[field].tolist() == pytest.approx(expected, rel=WRITTEN)
    tex = (folder / "table.tex").read_text(encoding="utf-8")
    assert f"{found['coefficients'][1]['estimate']:.3f} (" in tex
    page = BeautifulSoup((folder / "table.html").read_bytes(), "html.parser")
    notebook = nbformat.read(folder / "fit.ipynb", as_version=4)
    (fitted,) = [cell for cell in notebook.cells if cell.get("id") == "fit"]
    shown = BeautifulSoup(fitted.outputs[0].data["text/html"], "html.parser")
    assert shown.find("table") == page.find("table")
    assert shown.find("p") == page.find("p")


def test_a_second_run_gives_the_same_bytes(made: tuple[Result, Path], own: Path) -> None:
    """The notebook included; so does the notebook run by hand, elsewhere."""
    _, folder = made
    before = {name: (folder / name).read_bytes() for name in FILES}
    smartlib("fit", f"{SHORT} + internet", "--factors", own, "--output", folder)
    assert {name: (folder / name).read_bytes() for name in FILES} == before
    elsewhere = shutil.copytree(folder, folder.with_name("elsewhere"))
    again = run_notebook(elsewhere / "fit.ipynb", {}, cwd=elsewhere)
    assert notebook_bytes(normalised(again.notebook)) == before["fit.ipynb"]


def as_csv(table: pd.DataFrame, path: Path) -> None:
    path.write_text(table.to_csv(index=False), encoding="utf-8")


def as_xlsx(table: pd.DataFrame, path: Path) -> None:
    path.write_bytes(workbook([list(table), *table.to_numpy().tolist()]))


def as_dta(table: pd.DataFrame, path: Path) -> None:
    table.to_stata(path, write_index=False)


@pytest.mark.parametrize(
    ("suffix", "write"), [(".csv", as_csv), (".xlsx", as_xlsx), (".dta", as_dta)]
)
def test_any_format_of_a_users_table_gives_the_same_fit(
    quick: None, tmp_path: Path, own: Path, suffix: str, write: Callable[..., None]
) -> None:
    """CSV, Excel and Stata, long with units; the unit stands in the label."""
    wide = pd.read_csv(own)
    long = wide.melt("region", ["internet"], "factor", "value").assign(unit="percent")
    path = tmp_path / f"t{suffix}"
    write(long, path)
    formula = "harmonised_index ~ internet + kota"
    result = smartlib("fit", formula, "--factors", path, "--output", tmp_path / "out", "--json")
    found = strict(result.stdout)
    assert f"t{suffix}: internet (percent): 137 of 140 scored regions" in result.stderr
    values = wide.set_index("region")["internet"]
    frame = gather(FitOrder(formula, YEAR), Folders(ROOT)).frame
    regions = Folders(ROOT).processed / "scores.csv"
    named = pd.read_csv(regions, dtype={"region_code": str}).set_index("region_code")["region"]
    theirs = smf.ols(formula, frame.assign(internet=named.map(values))).fit()
    assert [c["estimate"] for c in found["coefficients"]] == pytest.approx(
        theirs.params.tolist(), abs=SAME
    )
    assert "internet (percent)" in (tmp_path / "out" / "table.html").read_text(encoding="utf-8")


def refused(result: Result, *words: str) -> None:
    """Exit code 1 and one message, no traceback, nothing on standard output."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert "Traceback" not in result.output
    for word in words:
        assert word in result.stderr


def test_bad_formulas_are_refused_and_outputs_stay(quick: None, tmp_path: Path) -> None:
    """An unknown name gets the nearest; what stood in the folder is as it was, none is made."""
    old = tmp_path / "table.csv"
    old.write_text("old")
    for formula, words in {
        "harmonised_index ~ own_source_shar": "own_source_shar (nearest: own_source_share",
        "own_source_share": "does not have one ~",
        "harmonised_index ~ __import__('os')": "holds",
        "harmonised_index ~ log(improvement)": "not a finite number",
        "": "does not have one ~",
    }.items():
        refused(smartlib("fit", formula, "--output", tmp_path, "--json"), words)
        refused(smartlib("fit", formula, "--output", tmp_path / "new"), words)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    assert old.read_text() == "old"


def test_other_bad_input_is_one_message(quick: None, tmp_path: Path) -> None:
    """A year, a column of clusters, a file, a cell of it: each named, with its place."""
    bad = tmp_path / "bad.csv"
    names = ("Badung", "Bangli", "Gianyar", "Tabanan", "Jembrana", "Buleleng")
    rows = [f"Kab. {name},{'many' if n == 1 else n}" for n, name in enumerate(names)]
    bad.write_text("\n".join(["region,x", *rows]))
    out = ("--output", tmp_path / "new")
    refused(smartlib("fit", SHORT, "--year", 1999, *out), "years at hand: 2024")
    refused(smartlib("fit", SHORT, "--cluster", "island", *out), "No column 'island'")
    refused(smartlib("fit", SHORT, "--factors", tmp_path / "no.csv", *out), "no.csv")
    formula = "harmonised_index ~ x"
    refused(smartlib("fit", formula, "--factors", bad, *out), "bad.csv, row 3, column x: 'many'")
    assert smartlib("fit", SHORT, "--se", "hc9", *out).exit_code == 2
    assert not (tmp_path / "new").exists()


def test_too_few_rows_are_refused_after_the_coverage(
    quick: None, tmp_path: Path, own: Path
) -> None:
    """The coverage stands on standard error before the refusal; --allow-small overrules."""
    few = tmp_path / "few.csv"
    pd.read_csv(own).head(25).to_csv(few, index=False)
    options = ("--factors", few, "--output", tmp_path / "out", "--json")
    formula = "harmonised_index ~ internet + kota"
    result = smartlib("fit", formula, *options)
    refused(result, "25 complete rows of 140 for 3 coefficients", "--allow-small")
    assert result.stderr.index("few.csv: internet: 25 of 140") < result.stderr.index("25 complete")
    assert not (tmp_path / "out").exists()
    assert strict(smartlib("fit", formula, *options, "--allow-small").stdout)["n"] == 25


def test_a_folder_that_cannot_be_is_one_message(quick: None, tmp_path: Path) -> None:
    """A file where the folder belongs is named, with what to do."""
    taken = tmp_path / "taken"
    taken.write_bytes(b"")
    result = smartlib("fit", SHORT, "--output", taken / "out", "--json")
    refused(result, "taken", "cannot be used: ", "another folder with --output")


def test_a_notebook_that_fails_leaves_the_tables_as_they_were(
    at_root: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its traceback is told; no table of the failed fit is written."""

    def failing(
        notebook: Path, parameters: object, *, cwd: Path, home: Path | None = None
    ) -> Execution:
        node = nbformat.read(notebook, as_version=4)
        return Execution(node, 0.0, "cell", "ValueError: broken on purpose")

    monkeypatch.setattr("smartlib.run.execute.engine.run_notebook", failing)
    result = smartlib("fit", SHORT, "--output", tmp_path)
    refused(result, "no table was written", "ValueError: broken on purpose")
    assert list(tmp_path.iterdir()) == []


def test_by_default_a_fit_goes_below_reports(
    quick: None, checkout: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`reports/fits/` and a name from the formula, shown as seen from here."""
    shutil.copytree(ROOT / "data" / "processed", checkout.processed)
    monkeypatch.chdir(checkout.root)
    result = smartlib("fit", SHORT)
    folder = "reports/fits/harmonised-index.own-source-share.log-of-population.kota"
    assert result.stdout.splitlines()[-1] == f"{folder}/fit.ipynb"
    assert {path.name for path in (checkout.root / folder).iterdir()} == FILES


def test_parameters_are_those_that_were_asked_for(quick: None, tmp_path: Path, own: Path) -> None:
    """They stand in the notebook's own parameters, typed as declared, comments kept."""
    out = tmp_path / "out"
    options = ("--factors", own, "--se", "hc3", "--cluster", "kota", "--allow-small")
    options += ("--where", "poverty_rate > 0", "--weights", "population", "--lang", "id")
    scheme = tmp_path / "mine.toml"
    scheme.write_text("[weights]\nbaseline = 0.4\noutput = 0.6\n")
    options += ("--scheme", scheme)
    smartlib("fit", 'purged_index ~ "internet"', *options, "--output", out)
    assert not out.exists()
    smartlib("fit", "purged_index ~ C(kota)", *options, "--output", out)
    contract = read_contract(out / "fit.ipynb")
    assert contract.effective({}) == {
        "formulas": ["purged_index ~ C(kota)"],
        "year": YEAR,
        "se": "hc3",
        "cluster": "kota",
        "allow_small": True,
        "factors": "factors/mine.csv",
        "where": "poverty_rate > 0",
        "weights": "population",
        "family": "ols",
        "lang": "id",
        "own_scheme": "factors/mine.toml",
    }
    assert {p.name: p.type for p in contract.parameters}["allow_small"] == "bool"
    assert all(p.help for p in contract.parameters if p.name != "formulas")


def test_several_formulas_make_one_table(quick: None, tmp_path: Path) -> None:
    """Side by side under numbers, in JSON one object each; levels after | are said to be there."""
    formulas = (SHORT, f"{SHORT} | province", "published_index ~ poly(own_source_share, 2)")
    found = strict(smartlib("fit", *formulas, "--output", tmp_path, "--json").stdout)
    assert [m["formula"] for m in found["models"]] == list(formulas)
    assert [m["n"] for m in found["models"]] == [140, 128, 140]
    frame = gather(FitOrder(formulas, YEAR), Folders(ROOT)).frame
    for one, formula in zip(found["models"], formulas, strict=True):
        model = fit(formula, frame)
        assert [c["estimate"] for c in one["coefficients"]] == model.params.tolist()
        assert one["adjusted_r_squared"] == model.goodness.adjusted_r_squared
        assert (one["f"], one["f_df"]) == (model.goodness.f, list(model.goodness.f_df))
    page = BeautifulSoup((tmp_path / "table.html").read_bytes(), "html.parser")
    rows = {
        r.find("td").text: [c.text for c in r.find_all("td")[1:]] for r in page.find_all("tr")[1:]
    }
    assert rows["Absorbed: Province"] == ["no", "yes", "no"]
    assert rows["Rows"] == ["140", "128", "140"]
    assert [m["absorbed"] for m in found["models"]] == [{}, {"province": 17}, {}]


def test_rows_weights_and_language_reach_the_fit(quick: None, tmp_path: Path) -> None:
    """--where and --weights as statsmodels fits them; Indonesian with decimal commas."""
    options = ("--where", "kota == 0 and province != 'Bali'", "--weights", "population")
    formula = "harmonised_index ~ own_source_share + log(poverty_rate)"
    call = ("fit", formula, *options, "--lang", "id", "--output", tmp_path)
    found = strict(smartlib(*call, "--json").stdout)
    frame = gather(FitOrder(formula, YEAR), Folders(ROOT)).frame
    rows = frame.query("kota == 0 and province != 'Bali'")
    theirs = smf.wls(formula.replace("log", "np.log"), rows, weights=rows["population"]).fit()
    assert [c["estimate"] for c in found["coefficients"]] == pytest.approx(
        theirs.params.tolist(), abs=SAME
    )
    assert found["r_squared"] == pytest.approx(theirs.rsquared, abs=SAME)
    assert found["adjusted_r_squared"] == pytest.approx(theirs.rsquared_adj, abs=SAME)
    assert found["f"] == pytest.approx(theirs.fvalue, abs=SAME)
    assert (found["n"], found["where"]) == (len(rows), options[1])
    text = smartlib(*call).stdout
    share = found["coefficients"][1]["estimate"]
    for words in (f"{share:.3f}".replace(".", ","), "koefisien", "galat baku robust", "nilai p",
                  "Konstanta", "Porsi PAD dalam pendapatan"):  # fmt: skip
        assert words in text
    page = (tmp_path / "table.html").read_text(encoding="utf-8")
    assert '<html lang="id">' in page
    assert "Baris diberi bobot menurut Jumlah penduduk terdaftar (orang)" in page
    assert not re.search(r"\b(Rows|Outcome|Sample|Sources|Least squares)\b", page)


def test_an_index_of_ones_own_is_an_outcome(quick: None, tmp_path: Path) -> None:
    """Weights of dimensions in a file, as composite_index makes it; what is no weight is told."""
    scheme, out = tmp_path / "mine.toml", ("--output", tmp_path / "out")
    formula = "custom_index ~ own_source_share"
    scheme.write_text("[weights_percent]\nbaseline = 40\noutput = 60\n")
    found = strict(smartlib("fit", formula, "--scheme", scheme, *out, "--json").stdout)
    frame = gather(FitOrder(SHORT, YEAR), Folders(ROOT)).frame
    own = frame.assign(custom_index=0.4 * frame["baseline"] + 0.6 * frame["output"])
    theirs = smf.ols(formula, own).fit().params
    assert [c["estimate"] for c in found["coefficients"]] == pytest.approx(theirs.tolist())
    page = (tmp_path / "out" / "table.html").read_text(encoding="utf-8")
    assert "Own index: Baseline 40.0%, Output 60.0%" in page
    for text, words in {
        "[weights]\nbaseline = 0.4": "The weights sum to 0.4, expected 1",
        "[weights]\nbase = 1": "base is no weight of a dimension",
        "[weights]\nbaseline = -1\noutput = 2": "baseline is no weight",
        "weights = ": "cannot be read",
        "[weights]\nbaseline = 'x'": "baseline is no weight",
    }.items():
        scheme.write_text(text)
        refused(smartlib("fit", formula, "--scheme", scheme, *out), words)
    refused(smartlib("fit", formula, *out), "custom_index")


def test_a_binary_outcome_is_named_for_what_it_is(quick: None, tmp_path: Path) -> None:
    """A linear probability model says so; --family logit gives statsmodels' average margins."""
    formula = "kota ~ log(population) + poverty_rate"
    linear = smartlib("fit", formula, "--output", tmp_path)
    assert "this is a linear probability model" in linear.stdout
    found = strict(
        smartlib("fit", formula, "--family", "logit", "--output", tmp_path, "--json").stdout
    )
    frame = gather(FitOrder(formula, YEAR), Folders(ROOT)).frame
    theirs = smf.logit(formula.replace("log", "np.log"), frame).fit(disp=0, tol=1e-12)
    margins = theirs.get_margeff().margeff
    assert [c["name"] for c in found["coefficients"]] == ["log(population)", "poverty_rate"]
    assert [c["estimate"] for c in found["coefficients"]] == pytest.approx(margins, rel=1e-6)
    assert [c["estimate"] for c in found["logit_coefficients"]] == pytest.approx(
        theirs.params.tolist(), rel=1e-6
    )
    assert found["r_squared"] == pytest.approx(theirs.prsquared, rel=1e-8)
    refused(smartlib("fit", SHORT, "--family", "logit"), "is not 0 or 1 in every row")
    refused(smartlib("fit", formula, "--family", "logit", "--se", "hc3"), "cr1 by cluster")
    refused(smartlib("fit", formula, "--family", "logit", "--weights", "population"), "no weights")


def test_a_name_that_is_not_there_gets_those_of_its_meaning(quick: None, tmp_path: Path) -> None:
    """In either language, from the command and from Python."""
    for name, near in {"ipm": "human_development_index", "penduduk": "population",
                       "kemiskinan": "poverty_rate",
                       "pengangguran": "unemployment_rate"}.items():  # fmt: skip
        result = smartlib("fit", f"harmonised_index ~ {name}", "--output", tmp_path)
        told = re.search(rf"{name} \(nearest: ([^)]*)\)", result.stderr)
        assert told, result.stderr
        assert near in told[1].split(", ")


def test_two_formulas_never_share_a_folder() -> None:
    """Signs that a file name cannot hold make a mark; spaces make no difference."""
    formulas = [
        "published_index ~ kota + poverty_rate",
        "published_index ~ kota * poverty_rate",
        "published_index ~ kota : poverty_rate",
        "published_index ~ kota - poverty_rate",
        "published_index ~ (kota + poverty_rate)",
        "published_index ~ log(kota + poverty_rate)",
        "published_index ~ log(kota) + poverty_rate",
        "published_index ~ log_kota + poverty_rate",
        "published_index ~ kota_poverty_rate",
        "published_index ~ Kota_poverty_rate",
        "published_index ~ " + " + ".join(f"factor_{n}" for n in range(30)),
        "published_index ~ " + " + ".join(f"factor_{n}" for n in range(31)),
    ]
    names = [fit_name(formula) for formula in formulas]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9.-]{1,80}", name) for name in names)
    assert [fit_name(formula.replace(" ", "")) for formula in formulas] == names


def test_the_template_is_a_notebook_as_the_others_are() -> None:
    """One heading, one cell of parameters with those that an order has, no outputs."""
    path = ROOT / "smartlib" / "run" / "commands" / "templates" / "fit.ipynb"
    node = nbformat.read(path, as_version=4)
    assert notebook_bytes(normalised(node)) == path.read_bytes()
    tagged = [c.source for c in node.cells if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    declared = re.findall(r"^(\w+):", tagged[0], re.MULTILINE)
    # The record of how a table is read stands beside it, and so do figures.
    assert set(declared) == set(FitOrder.__dataclass_fields__) - {"reading", "figures"}
    code = [c for c in node.cells if c.cell_type == "code"]
    assert all(not c.outputs and len(c.source.splitlines()) <= 15 for c in code)
    for lang in LANGUAGES:
        kept = only_language(node, lang).cells
        assert sum(c.source.startswith("# ") for c in kept) == 1
