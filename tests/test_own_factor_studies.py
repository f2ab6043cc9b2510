"""A factor of one's own in the specification curve and in the programme study, run as a user does.

Made-up values: the notebooks have to carry a table of scored regions alone as far as it reaches.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, Tables

from smartlib.inference.programme.selection import known_beyond, stage_outcomes

PATIENCE = 900  # seconds of a run on a machine that does other things too


def made_up(regions: pd.Index, path: Path) -> Path:
    rng = np.random.default_rng(3)
    values = rng.uniform(20, 95, len(regions)).round(1)
    pd.DataFrame({"region_code": regions, "internet": values}).to_csv(path, index=False)
    return path


def told(notebook: str, folder: Path, *parameters: str) -> str:
    """What a run prints, all outputs in one text."""
    target = folder / "run.ipynb"
    words = [
        w for pair in zip(parameters[::2], parameters[1::2], strict=True) for w in ("-p", *pair)
    ]
    command = [sys.executable, "-m", "smartlib", "run", notebook, *words, "--output", str(target)]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ran.returncode == 0, ran.stderr
    outputs = [o for c in json.loads(target.read_text())["cells"] for o in c.get("outputs", [])]
    return "\n".join(
        "".join(o.get("data", {}).get(kind, ""))
        for o in outputs
        for kind in ("text/plain", "text/markdown")
    )


def test_the_programme_takes_a_factor_of_scored_regions_as_far_as_it_reaches(
    tables: Tables, tmp_path: Path
) -> None:
    """The notebook says what it leaves the factor out of and what rows that would need; tracks
    and improvement have it.
    """
    own = made_up(pd.Index(tables.scores["region_code"].unique()), tmp_path / "own.csv")
    asked = ("factors_file", str(own), "factors", '["internet"]', "lang", "en")
    text = told("06_programme_effects", tmp_path, *asked)
    assert "*internet* is known of 0 of 374 regions without a row" in text
    assert "need a table of all kabupaten and kota, at least 80%" in text
    assert "internet: +1 SD" in text.partition("Improvement and factors")[2]
    assert "internet: +1 SD" not in text.partition("Improvement and factors")[0]


@pytest.mark.long
def test_the_programme_takes_a_factor_of_all_regions_everywhere(tmp_path: Path) -> None:
    """With a value for every region who is in, weights and lost rows have it too."""
    regions = pd.read_csv(ROOT / "data/raw/regions.csv", dtype=str)["region_code"]
    own = made_up(pd.Index(regions), tmp_path / "own.csv")
    asked = ("factors_file", str(own), "factors", '["internet"]', "lang", "en")
    text = told("06_programme_effects", tmp_path, *asked)
    assert "regions without a row: who is in" not in text
    assert "Odds ratios. selected" in text
    assert "internet: +1 SD" in text.partition("Odds ratios. selected")[2].partition("took part")[0]


def test_the_curve_follows_a_factor_of_scored_regions(tables: Tables, tmp_path: Path) -> None:
    """Focal is a column of the table; the curve needs scored regions only."""
    own = made_up(pd.Index(tables.scores["region_code"].unique()), tmp_path / "own.csv")
    asked = ("factors_file", str(own), "focal", "internet", "draws", "3", "lang", "en")
    text = told("05_specification_curve", tmp_path, *asked)
    assert "from the lower to the upper quartile of internet goes with" in text
    assert "From 3 draws p-values come in steps of 0.250" in text


def test_a_factor_is_known_beyond_where_each_answer_knows_it(tables: Tables) -> None:
    """Known of all: kept. Of all but an eighth of the absent: kept. Of the scored, of none of the
    absent, or of too few of those whose fate is open: narrow, with the regions that it reaches.
    """
    frame = stage_outcomes(tables.participation).set_axis(tables.participation["region_code"])
    absent = frame.index[frame["took_part"] == 0]
    unsure = frame.index[frame["scored"].notna() & frame["took_part"].isna()]
    frame = frame.assign(every=1.0, most=1.0, scored_only=1.0, no_absent=1.0, no_unsure=1.0)
    frame.loc[absent[:3], "most"] = np.nan
    frame.loc[frame["scored"] != 1, "scored_only"] = np.nan
    frame.loc[absent, "no_absent"] = np.nan
    frame.loc[unsure[:3], "no_unsure"] = np.nan
    names = ["every", "most", "scored_only", "no_absent", "no_unsure"]
    kept, narrow = known_beyond(frame, names, 25)
    assert kept == ["every", "most"]
    assert narrow == {"scored_only": 0, "no_absent": 374 - len(absent), "no_unsure": 371}
