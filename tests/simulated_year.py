"""A simulated evaluation of 2025, whose truth is known, beside the year that is published.

Everything in it is made up and says so, in its source record, its titles and its figures:
three tracks with weights of their own, other questions under other numbers, another rounding,
another number of assessors, no marks of single questions, and lost rows of both kinds. Totals
and means are made here by integer arithmetic alone, not by the package that is tested on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from smartlib.data.load import load_factors, load_register
from smartlib.data.sources import RECORDS
from smartlib.inference.factors.table import factors_by_rule
from smartlib.vocabulary.folders import Folders

YEAR, SEED = 2025, 2025
ASSESSORS = 4
# Dimension: questions, in the instrument's own order; none is where it was in 2024.
ASKED = {
    "QUICK WINS": 10,
    "IMPACT": 18,
    "OUTCOME": 20,
    "OUTPUT": 8,
    "BASELINE": 4,
    "PROGRAM KOLABORASI": 6,
}
EASE = {  # marks by which a dimension lies above a region's level
    "BASELINE": 0.1,
    "OUTPUT": -0.1,
    "OUTCOME": 0.05,
    "IMPACT": 0.0,
    "QUICK WINS": -0.05,
    "PROGRAM KOLABORASI": 0.0,
}
WEIGHTS = {  # percent, by track and dimension
    "core": {"BASELINE": 15, "OUTPUT": 25, "OUTCOME": 15, "IMPACT": 25, "QUICK WINS": 20},
    "metro": {
        "BASELINE": 15,
        "OUTPUT": 15,
        "OUTCOME": 15,
        "IMPACT": 25,
        "QUICK WINS": 20,
        "PROGRAM KOLABORASI": 10,
    },
    "islands": {"BASELINE": 20, "OUTPUT": 20, "OUTCOME": 20, "IMPACT": 25, "QUICK WINS": 15},
}
NAMES = {"core": "Inti", "metro": "Metropolitan", "islands": "Kepulauan"}
APART = {"core": 0.0, "metro": 0.40, "islands": -0.30}  # index points
SLOPE = 2.0  # index points that go with a budget of nothing but own-source revenue
SELECTED, ABSENT_EARLY, MISSING, LOST = 160, 8, 20, 15
INVITED = {"core": 90, "metro": 36, "islands": 24}
SCORED_BY = {3: "poverty_rate", 4: "human_development_index", 5: "own_source_revenue"}


@dataclass(frozen=True)
class Truth:
    """What the package must find again.

    Attributes
    ----------
    scores : DataFrame
        Known rows by region code: region, kind, track, final (Fraction), level.
    known, lost : int
        Rows at hand and lost.
    lost_kinds : frozenset of str
        Kinds of the regions whose rows may be lost.
    """

    scores: pd.DataFrame
    known: int
    lost: int
    lost_kinds: frozenset[str]


def simulated_year(folders: Folders, seed: int = SEED) -> Truth:
    """Write `data/raw/2025` and its source records, the same bytes at each call.

    Parameters
    ----------
    folders : Folders
        A checkout of one's own, with the published year.
    seed : int
        Of the draws.
    """
    rng, register = np.random.default_rng(seed), load_register(folders).frame
    factors = load_factors(folders)
    complete = factors.pivot_table(
        index="region_code", columns=["factor", "year", "basis"], values="value"
    ).dropna()
    named = register.loc[complete.index].copy()
    values = factors_by_rule(factors, complete.index, YEAR).values
    named["share"] = values["own_source_share"]
    named = named[named["share"] < 0.5]  # nearly all; beyond, marks would leave the scale
    chosen = named.loc[np.sort(rng.choice(named.index, SELECTED, replace=False))]
    # Of both kinds in one alphabet, so that the end of the list is of both kinds too.
    chosen = chosen.assign(bare=chosen["region"].str.partition(" ")[2]).sort_values("bare")
    count = sum(INVITED.values())
    invited = chosen.iloc[np.sort(rng.choice(SELECTED, count, replace=False))].copy()
    tracks = [name for name, n in INVITED.items() for _ in range(n)]
    invited["track"] = rng.permutation(tracks)
    away = rng.choice(count - 2 * LOST, MISSING, replace=False)
    scored = invited.drop(invited.index[away])
    known, lost = scored.iloc[:-LOST], scored.iloc[-LOST:]
    rows, finals, levels = _rows(known, rng)
    early = chosen.index[rng.choice(SELECTED, ABSENT_EARLY, replace=False)]
    files = {
        "scores.csv": _csv(rows),
        "participants.csv": _participants(chosen, chosen.loc[early], invited),
        "instrument.csv": _csv(_instrument()),
        "scored_statistics.csv": _scored(),
        "scheme.toml": _scheme(len(scored)),
    }
    _write(folders, files)
    after = invited.index[list(invited.index).index(known.index[-1]) + 1 :]
    truth = known[["region", "kind", "track"]].assign(final=finals, level=levels)
    return Truth(truth, len(known), len(lost), frozenset(register.loc[after, "kind"]))


def _rows(known: pd.DataFrame, rng: np.random.Generator) -> tuple[pd.DataFrame, list, list]:
    """The score table as it would be printed, its exact finals, and the regions' levels."""
    rows, finals, levels = [], [], []
    for number, (_, own) in enumerate(known.iterrows(), start=1):
        level = 2.45 + SLOPE * (own["share"] - 0.12) + APART[own["track"]] + rng.normal(0, 0.15)
        hundredths = {}
        for heading, asked in ASKED.items():
            mean = np.clip(level + EASE[heading] + rng.normal(0, 0.12), 1, 4)
            marks = asked * ASSESSORS
            hundredths[heading] = 100 * round(mean * marks) // marks  # cut off, not rounded
        weights = WEIGHTS[own["track"]]
        final = sum(percent * hundredths[heading] for heading, percent in weights.items()) // 100
        gain = round(100 * (0.10 + rng.normal(0, 0.1)))
        shown = {h: _decimal(v) if h in weights else "" for h, v in hundredths.items()}
        cells = {"NILAI FINAL": _decimal(final), "TINGKAT IMPROVEMENT": _decimal(gain)}
        name = {"NO": number, "KAB/KOTA": own["region"].upper()}
        rows.append({**name, **shown, **cells, "KET": NAMES[own["track"]].upper()})
        finals.append(Fraction(final, 100))
        levels.append(level)
    return pd.DataFrame(rows), finals, levels


def _decimal(hundredths: int) -> str:
    sign, size = "-" * (hundredths < 0), abs(hundredths)
    return f"{sign}{size // 100},{size % 100:02d}"


def _participants(chosen: pd.DataFrame, absent: pd.DataFrame, invited: pd.DataFrame) -> bytes:
    lists = {"stage1_invited": chosen, "stage1_absent": absent, "stage2_invited": invited}
    parts = [
        pd.DataFrame({"list": name, "no": range(1, len(who) + 1), "name": list(who["region"])})
        for name, who in lists.items()
    ]
    return _csv(pd.concat(parts))


def _instrument() -> pd.DataFrame:
    headings = [heading for heading, asked in ASKED.items() for _ in range(asked)]
    numbers = range(1, len(headings) + 1)
    return pd.DataFrame(
        {
            "number": numbers,
            "dimension": headings,
            "indicator": "simulated",
            "sub_indicator": "",
            "pillar": "",
            "sub_dimension": "",
            "label_id": [f"Pertanyaan simulasi {n}" for n in numbers],
            "label_en": [f"Simulated question {n}" for n in numbers],
        }
    )


def _scored() -> bytes:
    lines = ["question,factor,label_en,label_id"]
    lines += [f"{number},{factor},," for number, factor in SCORED_BY.items()]
    lines += ["50,,a simulated statistic,statistik simulasi"]
    return "\n".join(lines).encode() + b"\n"


def _scheme(scored: int) -> bytes:
    invited = sum(INVITED.values())
    lines = [f"year = {YEAR}", 'lowest = "1"', 'highest = "4"', "decimals = 2"]
    lines += ['rounding = "down"', "rounding_stated = true", 'common_track = "core"']
    lines += ['citation = "SIMULATED: no letter states these weights"']
    lines += ['edition_en = "2025 (simulated)"', 'edition_id = "2025 (simulasi)"']
    for track, weights in WEIGHTS.items():
        lines += [f"[tracks.{track}]", f'heading = "{NAMES[track].upper()}"']
        lines += [f'label_en = "{track.title()}"', f'label_id = "{NAMES[track]}"']
        lines += [f"invited = {INVITED[track]}", f"[tracks.{track}.weights_percent]"]
        lines += [f"{_key(heading)} = {percent}" for heading, percent in weights.items()]
    counts: Mapping[str, int] = {
        "selected": SELECTED,
        "attended": SELECTED - ABSENT_EARLY,
        "absent": ABSENT_EARLY,
        "invited": invited,
        "scored": scored,
        "missing": invited - scored,
    }
    lines += ["[stages]", *(f"{name} = {n}" for name, n in counts.items())]
    return "\n".join(lines).encode() + b"\n"


def _key(heading: str) -> str:
    return {"PROGRAM KOLABORASI": "collaboration"}.get(heading, heading.lower().replace(" ", "_"))


def _write(folders: Folders, files: Mapping[str, bytes]) -> None:
    new = folders.raw / str(YEAR)
    new.mkdir()
    lines = ["", "[publications.simulated]"]
    lines += [f'{field} = "SIMULATED"' for field in ("publisher", "letter", "licence")]
    lines += ['title = "Simulated evaluation 2025, made up for a test"', 'date = "2025"']
    for name, content in files.items():
        (new / name).write_bytes(content)
        lines += [f'[publications.simulated.files."{YEAR}/{name}"]']
        lines += ['transcription = "simulated"']
        lines += [f'sha256 = "{hashlib.sha256(content).hexdigest()}"']
    with (folders.raw / RECORDS).open("a", encoding="utf-8", newline="\n") as records:
        records.write("\n".join(lines) + "\n")


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
