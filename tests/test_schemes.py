"""A weighting scheme is data: cited, versioned, and refused when it is not one."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from smartlib.data.load import Evaluation
from smartlib.data.schemes import ROUNDING_RULES, parse_scheme, scheme_text
from smartlib.index.audit.arithmetic import audit_totals
from smartlib.index.make.rounding import RULES
from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme, Stages, Survey, Track

Edit = Callable[..., str]


@pytest.fixture(scope="module")
def text(folders: Folders) -> str:
    return (folders.raw / "2024" / "scheme.toml").read_text(encoding="utf-8")


@pytest.fixture
def edited(text: str) -> Edit:
    """The scheme's text with words replaced, each pair (old, new) where it first stands."""

    def edit(*words: str) -> str:
        new = text
        for old, fresh in zip(words[::2], words[1::2], strict=True):
            assert old in new
            new = new.replace(old, fresh, 1)
        return new

    return edit


def percent(scheme: Scheme, track: str) -> dict[str, int]:
    return {name: int(weight * 100) for name, weight in scheme.tracks[track].weights.items()}


def test_the_weights_are_those_of_the_letter(scheme: Scheme) -> None:
    """Letter B-1478/DJAI/AI.01.02/11/2024, points 2 and 3; both tracks sum to exactly 1."""
    five = {"baseline": 10, "output": 20, "outcome": 30, "impact": 20, "quick_wins": 20}
    assert percent(scheme, "regular") == five
    assert percent(scheme, "kppn_ikn") == five | {"outcome": 20, "collaboration": 10}
    for track in scheme.tracks.values():
        assert sum(track.weights.values()) == Decimal(1)
    assert scheme.tracks["kppn_ikn"].zero_if_missing == ("collaboration",)
    assert scheme.tracks["regular"].zero_if_missing == ()
    assert "B-1478/DJAI/AI.01.02/11/2024" in scheme.citation


def test_the_counts_are_those_of_the_letters(scheme: Scheme) -> None:
    """241 selected, 228 and 13 in Stage I; 191 invited, 165 and 26 in Stage II."""
    assert scheme.stages == Stages(241, 228, 13, 191, 165, 26)
    assert (scheme.lowest, scheme.highest, scheme.decimals) == (Decimal(1), Decimal(4), 2)


def test_weights_of_120_percent_are_refused(edited: Edit) -> None:
    """A scheme in circulation sums to 120%; the message says the sum and where to look."""
    with pytest.raises(SchemeError, match=r"track regular: the weights sum to 120%, expected 100%"):
        parse_scheme(edited("baseline = 10", "baseline = 30"))


def test_a_hundredth_of_a_percent_is_too_much(edited: Edit) -> None:
    """Decimal weights are summed exactly: 99.99% is not 100%."""
    with pytest.raises(SchemeError, match=r"the weights sum to 99\.99%"):
        parse_scheme(edited("baseline = 10", "baseline = 9.99"))


def test_decimal_weights_that_sum_are_accepted(edited: Edit) -> None:
    """Tenths of a percent are summed and divided as decimals: 10.1% is 0.101, not nearly so."""
    scheme = parse_scheme(
        edited("baseline = 10", "baseline = 10.1", "output = 20", "output = 19.9")
    )
    assert scheme.tracks["regular"].weights["baseline"] == Decimal("0.101")


def test_another_scheme_of_100_percent_is_caught_by_the_audit(
    edited: Edit, evaluation: Evaluation, scheme: Scheme
) -> None:
    """10/20/30/30/10, also in circulation, sums to 100% and is read, but reproduces almost none of
    the 93 finals of the regular track, while the letter's weights reproduce all.
    """
    other = parse_scheme(edited("impact = 20", "impact = 30", "quick_wins = 20", "quick_wins = 10"))
    scores = evaluation.scores.valid()
    regular = scores[scores["track"] == "regular"]
    assert len(regular) == 93
    assert set(audit_totals(regular, scheme)["verdict"]) == {"reproduced"}
    verdicts = audit_totals(regular, other)["verdict"]
    assert (verdicts == "contradicted").sum() > 80


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("baseline = 10", "baseline = -10"), "track regular: negative weight of baseline"),
        (("impact = 20", "dampak = 20"), "track regular: no dimension is called dampak; expected"),
        (('rounding = "half_up"', 'rounding = "up"'), "rounding is 'up', expected one of half_up"),
        (('common_track = "regular"', 'common_track = "ikn"'), "common_track 'ikn' is not among"),
        (('"collaboration"]', '"colaboration"]'), "zero_if_missing names colaboration, which has"),
        (
            ('["collaboration"]', '"collaboration"'),
            "track kppn_ikn: zero_if_missing is 'collaboration', expected a list of names",
        ),
        (("decimals = 2", ""), "lacks the field 'decimals'"),
        (('heading = "REGULER"', ""), "lacks the field 'heading'"),
        (("[tracks.kppn_ikn.weights_percent]", "[other]"), "lacks the field 'weights_percent'"),
        (("missing = 26", ""), "stages lacks the field 'missing'"),
        (("missing = 26", "missing = 26\nlost = 1"), "stages: no count is called lost; expected"),
        (("scored = 165", 'scored = "many"'), "stages: scored is 'many', expected a whole number"),
        (("scored = 165", "scored = -1"), "stages: scored is -1, expected a whole number from 0"),
        (("year = 2024", 'year = "this"'), "year is 'this', expected a whole number from 2017"),
        (("year = 2024", "year = true"), "year is true, expected a whole number"),
        (("decimals = 2", "decimals = 60"), "decimals is 60, expected a whole number from 0 to 10"),
        (("decimals = 2", "decimals = -1"), "decimals is -1, expected a whole number from 0 to 10"),
        (('highest = "4"', 'highest = "four"'), "highest is 'four', expected a number"),
        (('lowest = "1"', 'lowest = "5"'), "lowest is 5 and highest is 4, expected lowest below"),
        (("baseline = 10", 'baseline = "ten"'), "weights_percent: baseline is 'ten', expected a n"),
        (
            ("baseline = 10", "baseline = nan"),
            "weights_percent: baseline is NaN, expected a number",
        ),
        (('heading = "REGULER"', "heading = 7"), "track regular: heading is 7, expected text"),
        (
            ("invited = 125", 'invited = "all"'),
            "track regular: invited is 'all', expected a whole number from 1",
        ),
        (("[tracks.regular]", "[tracks.regular"), "cannot be read"),
    ],
)
def test_what_is_no_scheme_is_refused(edited: Edit, words: tuple[str, ...], message: str) -> None:
    """Each fault names the file and the field, track or dimension that is wrong."""
    with pytest.raises(SchemeError, match=rf"^2025/scheme\.toml.*{message}"):
        parse_scheme(edited(*words), "2025/scheme.toml")


@pytest.mark.parametrize("tracks", ["3", '"two"', "[]"])
def test_tracks_and_weights_are_tables(text: str, tracks: str) -> None:
    """A value where a table belongs is named, with what was expected."""
    head = text.split("[tracks.regular]", maxsplit=1)[0]
    with pytest.raises(
        SchemeError, match=r"scheme\.toml: tracks is .*, expected a table of fields"
    ):
        parse_scheme(f"{head}\ntracks = {tracks}\n")
    weights = f'{head}\n[tracks.regular]\nheading = "R"\nweights_percent = {tracks}\n'
    with pytest.raises(SchemeError, match=r"track regular: weights_percent is .*, expected a t"):
        parse_scheme(weights)


def test_invitations_by_track_are_read_where_stated(edited: Edit) -> None:
    """`invited` under a track is its count; without it there is none."""
    scheme = parse_scheme(edited("invited = 125", "invited = 124", "invited = 66", "invited = 67"))
    assert scheme.tracks["regular"].invited == 124
    bare = {"heading": "R", "label_en": "R", "label_id": "R"}
    assert Track("r", **bare, weights={}).invited is None


def test_a_survey_is_read_where_stated(edited: Edit, scheme: Scheme) -> None:
    """The instrument describes the marks of Impact as means over 50 respondents."""
    assert scheme.survey == Survey("impact", 50)
    assert parse_scheme(edited("respondents = 50", "respondents = 9")).survey.respondents == 9
    with pytest.raises(SchemeError, match="respondents is 0, expected a whole number from 1"):
        parse_scheme(edited("respondents = 50", "respondents = 0"))


def test_a_byte_order_mark_is_no_part_of_the_text(text: str) -> None:
    """Windows' Notepad saves one; bytes that are not UTF-8 are refused."""
    assert scheme_text(b"\xef\xbb\xbf" + text.encode()) == text
    with pytest.raises(SchemeError, match=r"mine\.toml is not UTF-8 text"):
        scheme_text(b"\xff\xfe", "mine.toml")


def test_the_rules_that_may_be_declared_are_those_that_can_be_computed() -> None:
    """The reader of schemes and the rounding know the same rules."""
    assert set(ROUNDING_RULES) == set(RULES)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("zero_if_missing", "zero_if_mising"),
            "track kppn_ikn: no field is called zero_if_mis",
        ),
        (
            ('heading = "KPPN', 'weights = 1\nheading = "KPPN'),
            "no field is called weights; expected heading",
        ),
        (("rounding_stated", "rounding_sated"), "no field is called rounding_sated"),
        (("rounding_stated = false", "rounding_stated = 0"), "rounding_stated is 0, expected true"),
        (("respondents = 50", "respondents = 50\nmean = 1"), "survey: no field is called mean"),
        (("attended = 228", "attended = 229"), "attended + absent is 242, selected is 241"),
        (("missing = 26", "missing = 25"), "scored + missing is 190, invited is 191"),
        (("invited = 125", "invited = 124"), "invited by track sums to 190, invited is 191"),
        (("KPPN IKN", "reguler."), "the tracks regular, kppn_ikn have the same heading"),
        (('label_id = "KPPN/IKN"', 'label_id = "Reguler"'), "have the same label_id"),
        (("tracks.kppn_ikn", "tracks.kota"), "'kota' cannot be a track's name"),
        (("tracks.kppn_ikn", "tracks.KPPN"), "'KPPN' cannot be a track's name"),
        (("[circulating]", "[circulating]\nfame = 3"), "circulating: no dimension is called fame"),
    ],
)
def test_what_would_be_misread_in_silence_is_refused(
    text: str, words: tuple[str, str], message: str
) -> None:
    """A misspelt field, counts that do not close, tracks that cannot be told apart."""
    assert words[0] in text
    with pytest.raises(SchemeError, match=re.escape(message)):
        parse_scheme(text.replace(*words))


def test_a_track_without_an_invited_count_leaves_the_others_free(edited: Edit) -> None:
    """Only what is stated must close: 66 of 191 on one track says nothing of the other."""
    scheme = parse_scheme(edited("invited = 125 ", "# invited = 125 "))
    assert [track.invited for track in scheme.tracks.values()] == [None, 66]
    with pytest.raises(SchemeError, match="invited by track sums to 192, invited is 191"):
        parse_scheme(edited("invited = 125 ", "# invited = 125 ", "invited = 66", "invited = 192"))


def test_what_the_letter_says_beside_the_weights_is_data(scheme: Scheme) -> None:
    """Years of selection, who a track is for, what circulates; the edition is the year."""
    assert (scheme.edition_en, scheme.cohort) == ("2024", "2017-2022")
    assert (scheme.rounding, scheme.rounding_stated) == ("half_up", False)
    assert sum(scheme.circulating.values()) == 100
    assert [track.name for track in scheme.others] == ["kppn_ikn"]
    assert scheme.tracks["kppn_ikn"].members_id.endswith("Ibu Kota Negara Baru")
