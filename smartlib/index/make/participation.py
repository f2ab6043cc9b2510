"""Who was selected, invited, scored or absent, derived from the letters' lists (floor 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.kept import kept
from smartlib.vocabulary.records import Stages


@kept
def participation(
    register: pd.Index,
    lists: Mapping[str, Sequence[str]],
    scored: Sequence[str],
    stages: Stages,
) -> pd.DataFrame:
    """How far each region came.

    Parameters
    ----------
    register : Index of str
        Codes of all regions.
    lists : mapping of str to sequence of str
        Codes of `stage1_invited`, `stage2_invited` and, if there were any, `stage1_absent`,
        in printed order.
    scored : sequence of str
        Codes of the score table's known rows, in printed order.
    stages : Stages
        Counts that the letters state.

    Returns
    -------
    DataFrame
        Columns region_code, selected, stage1, stage2; sorted by code.

    Raises
    ------
    DataError
        The lists contradict each other, the order or the letters' counts.

    Notes
    -----
    The score table follows the order of the Stage II list. An invited region that stands
    before the last known row and has no row was absent. One that stands after it is
    undetermined while scored rows are lost, and absent once none is.
    """
    invited = list(lists["stage2_invited"])
    _check_lists(lists, scored, stages)
    place = {code: number for number, code in enumerate(invited)}
    last_known = place[scored[-1]] if scored else -1
    complete = len(scored) == stages.scored
    known, absent1 = set(scored), set(lists.get("stage1_absent", ()))
    selected = set(lists["stage1_invited"])

    def stage2(code: str) -> str:
        if code in known:
            return "scored"
        if code not in place:
            return "not_invited"
        return "absent" if complete or place[code] < last_known else "undetermined"

    def stage1(code: str) -> str:
        if code not in selected:
            return "not_selected"
        return "absent" if code in absent1 else "attended"

    codes = sorted(register)
    return pd.DataFrame(
        {
            "region_code": codes,
            "selected": [int(code in selected) for code in codes],
            "stage1": [stage1(code) for code in codes],
            "stage2": [stage2(code) for code in codes],
        }
    )


def _check_lists(lists: Mapping[str, Sequence[str]], scored: Sequence[str], stages: Stages) -> None:
    selected, absent1 = set(lists["stage1_invited"]), set(lists.get("stage1_absent", ()))
    invited = list(lists["stage2_invited"])
    counts = {
        "selected regions": (len(selected), stages.selected),
        "regions absent from Stage I": (len(absent1), stages.absent),
        "regions attending Stage I": (len(selected - absent1), stages.attended),
        "regions invited to Stage II": (len(invited), stages.invited),
        "regions absent from Stage II": (stages.invited - stages.scored, stages.missing),
    }
    problems = [
        f"the lists give {found} {what}, the letter states {stated}"
        for what, (found, stated) in counts.items()
        if found != stated
    ]
    if not absent1 <= selected:
        problems.append("a region absent from Stage I was not selected")
    if not set(invited) <= selected:
        problems.append("a region invited to Stage II was not selected")
    if not set(scored) <= set(invited):
        problems.append("a scored region was not invited")
    elif [code for code in invited if code in set(scored)] != list(scored):
        problems.append("the score table is not in the order of the Stage II list")
    elif scored and invited.index(scored[-1]) + 1 - len(scored) > stages.missing:
        problems.append(
            f"more than the {stages.missing} regions that the letter states absent from "
            "Stage II stand before the last known row without one"
        )
    if len(scored) > stages.scored:
        problems.append(f"{len(scored)} rows are scored, the letter states {stages.scored}")
    if problems:
        raise DataError("Participation does not add up: " + "; ".join(problems) + ".")


def flow(table: pd.DataFrame, stages: Stages) -> dict[str, int]:
    """Counts of the way from selection to the known rows.

    Parameters
    ----------
    table : DataFrame
        Output of `participation`.
    stages : Stages
        Counts that the letters state.

    Returns
    -------
    dict of str to int
        register, selected, not_invited (selected, not invited to Stage II), invited,
        scored (stated), known (rows at hand), absent (certainly), undetermined,
        undetermined_scored and undetermined_absent (how many of them must be which).
    """
    stage2 = table["stage2"].value_counts()
    known = int(stage2.get("scored", 0))
    absent = int(stage2.get("absent", 0))
    invited = int((table["stage2"] != "not_invited").sum())
    selected = int(table["selected"].sum())
    return {
        "register": len(table),
        "selected": selected,
        "not_invited": selected - invited,
        "invited": invited,
        "scored": stages.scored,
        "known": known,
        "absent": absent,
        "undetermined": int(stage2.get("undetermined", 0)),
        "undetermined_scored": stages.scored - known,
        "undetermined_absent": stages.missing - absent,
    }
