"""Results of loading are held until a file changes, and every caller has its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartlib.data.held import held
from smartlib.vocabulary.folders import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path)
    folders.raw.mkdir(parents=True)
    (folders.raw / "a.csv").write_text("1\n")
    return folders


def test_nobody_sees_what_another_caller_did(folders: Folders) -> None:
    """What the first and the second caller do to their tables is not in the third one's."""
    loads = []

    @held
    def load(folders: Folders, year: int) -> dict[str, pd.DataFrame]:
        loads.append(year)
        return {"scores": pd.DataFrame({"mark": [3.0, 2.0]})}

    for _ in range(3):
        tables = load(folders, 2024)
        assert tables["scores"]["mark"].tolist() == [3.0, 2.0]
        tables["scores"].loc[0, "mark"] = 4.0
        del tables["scores"]
        tables["more"] = pd.DataFrame()
    assert loads == [2024]


def test_a_result_is_held_for_its_arguments_and_its_files(folders: Folders) -> None:
    """Another year, another checkout and a changed, added or lost file are loaded anew; a file
    that is still being written is none.
    """

    @held
    def load(folders: Folders, year: int, *, unit: str = "") -> object:
        loads.append((year, unit))
        return len(loads)

    loads: list[object] = []
    assert [load(folders, 2024), load(folders, 2025), load(folders, 2024)] == [1, 2, 1]
    assert load(folders, 2024, unit="x") == 3
    file = folders.raw / "a.csv"
    file.write_text("12\n")
    assert [load(folders, 2024), load(folders, 2024)] == [4, 4]
    (folders.raw / "b.csv").write_text("")
    assert load(folders, 2024) == 5
    (folders.raw / "c.csv.part").write_text("")
    assert load(folders, 2024) == 5
    file.unlink()
    assert load(folders, 2024) == 6
    other = Folders(folders.root / "other")
    other.raw.mkdir(parents=True)
    assert load(other, 2024) == 7
