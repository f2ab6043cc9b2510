"""The same figures in every shape and file: the same coefficients, to the last digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import YEAR, workbook

from smartlib.inference.core.models import FittedModel, fit
from smartlib.run.commands.fit import FitOrder, gather
from smartlib.vocabulary.folders import Folders

FORMULA = "harmonised_index ~ uji_miskin + log(uji_sekolah)"
NAMES = ["uji_miskin", "uji_sekolah"]
Save = Callable[[pd.DataFrame, Path], Path]


def text(rows: list[list[object]], path: Path, separator: str = ",", comma: bool = False) -> Path:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for row in rows:
        writer.writerow(
            [f"{c}".replace(".", ",") if comma and type(c) is float else c for c in row]
        )
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def rows(data: pd.DataFrame, *keys: str) -> list[list[object]]:
    found = data[[*keys, *NAMES]].to_numpy(dtype=object).tolist()
    return [["region", *["x"] * (len(keys) - 1), *NAMES], *found]


def semicolons(data: pd.DataFrame, folder: Path) -> Path:
    return text(rows(data, "name"), folder / "own.csv", ";", comma=True)


def bps_names(data: pd.DataFrame, folder: Path) -> Path:
    return text([["Kab/Kota", *NAMES], *rows(data, "bare")[1:]], folder / "own.csv")


def bps_codes(data: pd.DataFrame, folder: Path) -> Path:
    """With names beside, below a title, with notes and a total."""
    body = [["Tabel 1. Uji"], [], ["kode_bps", "Wilayah", *NAMES], *rows(data, "bps", "name")[1:]]
    path = folder / "own.xlsx"
    path.write_bytes(workbook([*body, ["", "INDONESIA", 9.0, 9.0], ["Sumber: BPS"]]))
    return path


def long(data: pd.DataFrame, folder: Path) -> Path:
    body = [[r["name"], name, 2023, r[name]] for name in NAMES for _, r in data.iterrows()]
    return text([["wilayah", "variabel", "tahun", "nilai"], *body], folder / "own.csv", "\t")


def years_below(data: pd.DataFrame, folder: Path) -> Path:
    """An older year with other values, which the rule passes over."""
    new = [[r["name"], 2023, *(r[n] for n in NAMES)] for _, r in data.iterrows()]
    old = [[r["name"], 2020, *(r[n] + 1.5 for n in NAMES)] for _, r in data.iterrows()]
    return text([["Nama Daerah", "Tahun", *NAMES], *old, *new], folder / "own.csv")


def years_beside(data: pd.DataFrame, folder: Path) -> Path:
    head = ["region", *(f"{n}_{y}" for n in NAMES for y in (2021, 2022))]
    body = [[r["name"], *(v for n in NAMES for v in (r[n] * 2, r[n]))] for _, r in data.iterrows()]
    return text([head, *body], folder / "own.csv", "|")


def records(data: pd.DataFrame, folder: Path) -> Path:
    path = folder / "own.json"
    path.write_text(json.dumps(data[["name", *NAMES]].to_dict("records")))
    return path


def html(data: pd.DataFrame, folder: Path) -> Path:
    """As BPS serves it, under the name of a workbook."""
    path = folder / "own.xls"
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows(data, "name")
    )
    path.write_text(f"<html><body><table>{body}</table></body></html>")
    return path


def stata(data: pd.DataFrame, folder: Path) -> Path:
    data[["name", *NAMES]].to_stata(folder / "own.dta", write_index=False)
    return folder / "own.dta"


def sheets(data: pd.DataFrame, folder: Path) -> Path:
    with pd.ExcelWriter(folder / "own.xlsx") as book:
        for name in NAMES:
            data[["name", name]].to_excel(book, sheet_name=name, index=False)
    return folder / "own.xlsx"


SHAPES: dict[str, Save] = {
    f.__name__: f
    for f in (bps_names, bps_codes, long, years_below, years_beside, records, html, stata, sheets)
}


@pytest.fixture(scope="module")
def data(folders: Folders, scores: pd.DataFrame) -> pd.DataFrame:
    """Two factors of the registry under other names, for the regions with a score."""
    factors = pd.read_csv(folders.raw / "factors.csv", dtype={"region_code": str})
    latest = factors.sort_values("year").drop_duplicates(["region_code", "factor"], keep="last")
    wide = latest.pivot_table(index="region_code", columns="factor", values="value")
    register = pd.read_csv(folders.raw / "regions.csv", dtype=str).set_index("region_code")
    codes = pd.read_csv(folders.raw / "region_codes.csv", dtype=str).set_index("region_code")
    wanted = wide.index.intersection(scores.index)
    official = register.loc[wanted, "official_name"].str.title()
    return pd.DataFrame(
        {
            "name": official,
            "bare": official.str.removeprefix("Kabupaten "),
            "bps": codes.loc[wanted, "bps_code"],
            "uji_miskin": wide.loc[wanted, "poverty_rate"],
            "uji_sekolah": wide.loc[wanted, "mean_schooling"],
        }
    )


def fitted(path: Path, folders: Folders) -> FittedModel:
    materials = gather(FitOrder(FORMULA, YEAR, factors=path), folders)
    return fit(FORMULA, materials.frame)


@pytest.fixture(scope="module")
def expected(data: pd.DataFrame, folders: Folders, tmp_path_factory) -> list[object]:
    model = fitted(semicolons(data, tmp_path_factory.mktemp("own")), folders)
    return list(model.coefficients)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_coefficients(
    data: pd.DataFrame, folders: Folders, tmp_path: Path, expected: list[object], shape: str
) -> None:
    """Names, codes, separators, years, sheets, programs: no digit differs."""
    model = fitted(SHAPES[shape](data, tmp_path), folders)
    assert list(model.coefficients) == expected
    assert len(expected) == 3
