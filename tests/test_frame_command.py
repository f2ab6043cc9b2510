"""`smartlib frame` and `analysis_frame`: files of other programs, read back with their labels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, YEAR

import smartlib as package
from smartlib.cli import commands

NAMES = ("harmonised_index", "own_source_share", "population", "kota", "kppn_ikn")
COLUMNS = ["region_code", "region", "kind", "track", "province", *NAMES]


def smartlib(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments], prog_name="smartlib")


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    from smartlib.vocabulary.folders import Folders

    return package.analysis_frame(YEAR, folders=Folders(ROOT))


def read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"region_code": str})


def read_xlsx(path: Path) -> pd.DataFrame:
    return pd.read_excel(path, dtype={"region_code": str}, engine="calamine")


def read_parquet(path: Path) -> pd.DataFrame:
    pytest.importorskip("pyarrow")
    return pd.read_parquet(path)


def read_sav(path: Path) -> pd.DataFrame:
    import pyreadstat

    return pyreadstat.read_sav(str(path))[0]


@pytest.mark.parametrize(
    ("suffix", "read"),
    [
        (".csv", read_csv),
        (".xlsx", read_xlsx),
        (".dta", pd.read_stata),
        (".sav", read_sav),
        (".parquet", read_parquet),
    ],
)
def test_every_format_is_read_back_as_it_was(tmp_path, frame, suffix, read) -> None:
    """Rows, names, codes with their zeros, every number to the last bit; two runs, one file."""
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    path, again = tmp_path / f"f{suffix}", tmp_path / f"g{suffix}"
    for to in (path, again):
        result = smartlib("frame", *NAMES, "--to", to)
        assert result.exit_code == 0, result.output
    assert path.read_bytes() == again.read_bytes()
    options = {"convert_categoricals": False} if suffix == ".dta" else {}
    table = read(path, **options)
    assert list(table) == COLUMNS
    assert table["region_code"].tolist() == list(frame.index)
    if suffix == ".dta":  # Stata labels numbers alone
        labels = pd.io.stata.StataReader(path).value_labels()["track"]
        called = {"Regular": "regular", "KPPN/IKN": "kppn_ikn"}
        table["track"] = [called[labels[code]] for code in table["track"]]
    for name in ("region", "kind", "track", "province"):
        assert table[name].tolist() == frame[name].tolist()
    for name in NAMES:
        exact = suffix not in (".xlsx",)  # Excel keeps 15 to 17 digits
        np.testing.assert_allclose(table[name], frame[name], rtol=0 if exact else 1e-14)


@pytest.mark.parametrize(("lang", "label", "city"), [
    ("en", "Own-source share of revenue (share of total revenue)", "kota"),
    ("id", "Porsi PAD dalam pendapatan (dari total pendapatan)", "kota"),
])  # fmt: skip
def test_stata_and_spss_have_labels_of_variables_and_values(tmp_path, lang, label, city) -> None:
    """Read back by pyreadstat, which has them from the files themselves."""
    pyreadstat = pytest.importorskip("pyreadstat")
    for suffix, read in ((".dta", pyreadstat.read_dta), (".sav", pyreadstat.read_sav)):
        path = tmp_path / f"f{suffix}"
        smartlib("frame", *NAMES, "--to", path, "--lang", lang)
        meta = read(str(path))[1]
        assert meta.column_names_to_labels["own_source_share"] == label
        assert meta.variable_value_labels["kota"] == {0: "kabupaten", 1: city}
        assert meta.variable_value_labels["kppn_ikn"][1] == "KPPN/IKN"


def test_a_formula_a_condition_and_ones_own_table_choose(tmp_path, frame) -> None:
    """Columns of the formula, rows of the condition, the user's column among them."""
    own = tmp_path / "own.csv"
    values = pd.DataFrame({"Kab/Kota": frame["region"], "Internet": range(len(frame))})
    values.to_csv(own, index=False)
    path = tmp_path / "f.csv"
    smartlib("frame", "harmonised_index ~ log(Internet) | province", "--factors", own,
             "--where", "kota == 1", "--to", path)  # fmt: skip
    table = read_csv(path)
    assert list(table) == [*COLUMNS[:5], "harmonised_index", "Internet"]
    assert table["kind"].eq("kota").all()
    expected = values["Internet"].to_numpy()[frame["kota"] == 1]
    assert table["Internet"].tolist() == expected.tolist()


def test_what_cannot_be_written_is_told(tmp_path) -> None:
    """Another suffix, an unknown name, a name too long for Stata; no file is left."""
    own = tmp_path / "own.csv"
    long = "angka_partisipasi_sekolah_menengah_atas"
    own.write_text(f"region,{long}\nKab. Badung,1\nKota Denpasar,2\n")
    for names, to, words in (
        ((), "f.txt", "written as .csv, .xlsx, .dta, .sav, .parquet"),
        (("kemiskinan",), "f.csv", "nearest: poor_population, poverty_rate"),
        ((long, "--factors", own), "f.dta", "at most 32 letters"),
    ):
        result = smartlib("frame", *names, "--to", tmp_path / to)
        assert result.exit_code == 1
        assert words in result.stderr
        assert not (tmp_path / to).exists()
    assert smartlib("frame", "kota").exit_code == 2


def test_the_frame_in_python_is_one_call(frame) -> None:
    """Scored regions, keys in front, labels that a formula's unknown names are looked up in."""
    assert frame.shape[0] == 140
    assert list(frame)[:3] == ["region", "kind", "track"]
    assert package.fit("harmonised_index ~ own_source_share", frame).n == 140
    with pytest.raises(package.SmartlibError, match=r"ipm \(nearest: human_development_index"):
        package.fit("harmonised_index ~ ipm", frame)
    described = package.describe(frame, "own_source_share", by="kind")
    assert described["group"].tolist() == ["", "kabupaten", "kota"]


def test_factors_are_found_by_a_word_in_either_language() -> None:
    """With unit, years, coverage and source; exit code 1 and the nearest where nothing fits."""
    means = {
        "ipm": "human_development_index",
        "penduduk": "population",
        "kemiskinan": "poverty_rate",
        "revenue": "own_source_share",
    }
    for word, name in means.items():
        result = smartlib("factors", word)
        assert result.exit_code == 0
        assert any(line.startswith(name) for line in result.stdout.splitlines()), word
    line = smartlib("factors", "ipm").stdout.splitlines()[1]
    for words in ("Indeks pembangunan manusia (IPM)", "index 0-100", "2024", "140 of 140",
                  "514 of 514", "BPS"):  # fmt: skip
        assert words in line
    everything = smartlib("factors").stdout
    assert "harmonised_index" in everything
    assert "kppn_ikn" in everything
    none = smartlib("factors", "xyzzy")
    assert (none.exit_code, none.stdout) == (1, "")
    assert "Nothing has 'xyzzy'" in none.stderr
