"""Who was selected, invited, scored or absent: derived groups, closed counts, contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.data.reading.regions import Register
from smartlib.index.make.participation import flow, participation
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme, Stages

# A small evaluation of eight regions: seven selected, one of them absent from Stage I; six invited,
# four scored, of which the score table's last row is lost.
REGISTER = pd.Index(list("hgfedcba"))
LISTS = {
    "stage1_invited": list("abcdefg"),
    "stage1_absent": ["b"],
    "stage2_invited": list("abcdef"),
}
SCORED = ["a", "c", "d"]
STAGES = Stages(selected=7, attended=6, absent=1, invited=6, scored=4, missing=2)


def stage2(
    scored: Sequence[str] = SCORED,
    lists: Mapping[str, Sequence[str]] = LISTS,
    stages: Stages = STAGES,
) -> dict[str, str]:
    table = participation(REGISTER, lists, scored, stages)
    return dict(zip(table["region_code"], table["stage2"], strict=True))


def names(tables: Tables, register: Register, group: str) -> list[str]:
    frame = tables.participation
    return [register.name(code) for code in frame.loc[frame["stage2"] == group, "region_code"]]


def test_a_region_before_the_last_row_without_one_was_absent() -> None:
    """b stands before d, the last known row, and has none: absent. e and f stand after it: one was
    scored and one was not, nobody knows which. g and h were not invited.
    """
    assert stage2() == {
        "a": "scored",
        "b": "absent",
        "c": "scored",
        "d": "scored",
        "e": "undetermined",
        "f": "undetermined",
        "g": "not_invited",
        "h": "not_invited",
    }


def test_a_complete_table_leaves_nothing_open() -> None:
    """Once every scored row is at hand, the rest of the invited was absent."""
    found = stage2(["a", "c", "d", "f"])
    assert {code for code, group in found.items() if group == "absent"} == {"b", "e"}
    assert "undetermined" not in found.values()


def test_an_empty_table_leaves_all_invited_open() -> None:
    """Without a known row every invited region is undetermined."""
    found = stage2([])
    assert {code for code, group in found.items() if group == "undetermined"} == set("abcdef")


def test_stage_one_and_selection() -> None:
    """Selected regions attended unless the letter names them; others were not selected."""
    table = participation(REGISTER, LISTS, SCORED, STAGES)
    assert table["region_code"].tolist() == list("abcdefgh")
    assert table["selected"].tolist() == [1, 1, 1, 1, 1, 1, 1, 0]
    assert table["stage1"].tolist() == [
        *("attended", "absent", "attended", "attended", "attended", "attended", "attended"),
        "not_selected",
    ]


def test_nobody_absent_from_stage_one() -> None:
    """A year whose letter names no absentee has no such list."""
    lists = {name: codes for name, codes in LISTS.items() if name != "stage1_absent"}
    table = participation(REGISTER, lists, SCORED, replace(STAGES, attended=7, absent=0))
    assert "absent" not in set(table["stage1"])


def test_the_flow_counts_every_group() -> None:
    """Counts of the small evaluation, by hand."""
    assert flow(participation(REGISTER, LISTS, SCORED, STAGES), STAGES) == {
        "register": 8,
        "selected": 7,
        "not_invited": 1,
        "invited": 6,
        "scored": 4,
        "known": 3,
        "absent": 1,
        "undetermined": 2,
        "undetermined_scored": 1,
        "undetermined_absent": 1,
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stages": replace(STAGES, selected=8)}, "7 selected regions, the letter states 8"),
        ({"stages": replace(STAGES, absent=2)}, "1 regions absent from Stage I, the letter states"),
        ({"stages": replace(STAGES, attended=5)}, "6 regions attending Stage I, the letter states"),
        (
            {"stages": replace(STAGES, invited=5)},
            "6 regions invited to Stage II, the letter states",
        ),
        ({"stages": replace(STAGES, missing=3)}, "2 regions absent from Stage II, the letter sta"),
        ({"lists": LISTS | {"stage1_absent": ["h"]}}, "absent from Stage I was not selected"),
        ({"lists": LISTS | {"stage2_invited": list("abcdeh")}}, "Stage II was not selected"),
        (
            {"lists": LISTS | {"stage2_invited": list("abcdee")}, "scored": ["a", "e"]},
            "order of the Stage II list",
        ),
        ({"scored": ["a", "g"]}, "a scored region was not invited"),
        ({"scored": ["a", "d", "c"]}, "not in the order of the Stage II list"),
        ({"scored": ["a", "c", "c"]}, "not in the order of the Stage II list"),
        ({"scored": list("abcde")}, "5 rows are scored, the letter states 4"),
        ({"scored": ["a", "e"]}, "more than the 2 regions that the letter states absent"),
        ({"scored": ["f"]}, "more than the 2 regions that the letter states absent"),
    ],
)
def test_each_contradiction_is_refused(change: dict[str, object], message: str) -> None:
    """Lists, order and the letters' counts are checked against each other."""
    with pytest.raises(DataError, match=f"^Participation does not add up: .*{message}"):
        stage2(**change)


def test_contradictions_come_at_once() -> None:
    """Two wrong counts are reported in one message."""
    stages = replace(STAGES, selected=8, invited=5)
    with pytest.raises(
        DataError, match=r"give 7 selected .* states 8; the lists give 6 regions inv"
    ):
        stage2(stages=stages)


def test_the_flow_of_2024_closes(tables: Tables, scheme: Scheme) -> None:
    """241 selected, 191 invited, 165 scored of which 140 are known; 24 certain absentees, and 27
    undetermined of which 25 were scored and 2 absent: 24 + 2 = 26, 24 + 27 + 140 = 191.
    """
    counts = flow(tables.participation, scheme.stages)
    assert counts == {
        "register": 514,
        "selected": 241,
        "not_invited": 50,
        "invited": 191,
        "scored": 165,
        "known": 140,
        "absent": 24,
        "undetermined": 27,
        "undetermined_scored": 25,
        "undetermined_absent": 2,
    }
    assert counts["absent"] + counts["undetermined_absent"] == scheme.stages.missing
    assert counts["known"] + counts["undetermined_scored"] == counts["scored"]
    assert counts["known"] + counts["absent"] + counts["undetermined"] == counts["invited"]
    assert counts["undetermined_scored"] + counts["undetermined_absent"] == counts["undetermined"]


def test_the_24_certain_absentees(tables: Tables, register: Register) -> None:
    """22 kabupaten, and the two kota that would stand before Palembang."""
    absent = names(tables, register, "absent")
    assert sorted(name for name in absent if name.startswith("Kota")) == [
        "Kota Bau Bau",
        "Kota Bontang",
    ]
    assert len([name for name in absent if name.startswith("Kab.")]) == 22


def test_the_27_undetermined_are_kota_after_palembang(
    tables: Tables, register: Register, evaluation: Evaluation
) -> None:
    """From Kota Palopo to Kota Yogyakarta: the Stage II list after its last known row."""
    undetermined = names(tables, register, "undetermined")
    assert len(undetermined) == 27
    assert all(name.startswith("Kota") for name in undetermined)
    invited = [register.name(code) for code in evaluation.participants["stage2_invited"]]
    last = invited.index("Kota Palembang")
    assert set(invited[last + 1 :]) == set(undetermined)
    assert (invited[last + 1], invited[-1]) == ("Kota Palopo", "Kota Yogyakarta")


def test_stage_one_of_2024(tables: Tables, register: Register) -> None:
    """228 attended and 13 did not, among them the two whose names the letter spells otherwise."""
    frame = tables.participation
    assert frame["stage1"].value_counts().to_dict() == {
        "not_selected": 273,
        "attended": 228,
        "absent": 13,
    }
    absent = {register.name(code) for code in frame.loc[frame["stage1"] == "absent", "region_code"]}
    assert {"Kota Palangkaraya", "Kota Tanjung Pinang", "Kab. Pacitan"} <= absent


def test_every_scored_region_has_a_row(tables: Tables) -> None:
    """The two tables agree on who was scored."""
    frame = tables.participation
    scored = frame.loc[frame["stage2"] == "scored", "region_code"].tolist()
    assert scored == tables.scores["region_code"].tolist()
