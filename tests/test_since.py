"""Since when a region takes part: a sentence for each certainty, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from smartlib.data.processed import Tables
from smartlib.present.region.since import since
from smartlib.present.words.wording import Words
from smartlib.vocabulary.tables import CERTAINTIES


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("51.03", ("ikut sejak 2017", "takes part since 2017")),
        ("12.03", ("ikut sejak 2022 menurut satu sumber", "takes part since 2022, by one source")),
        (
            "12.02",
            (
                "ikut sejak 2021 menurut daftar yang tidak lengkap",
                "takes part since 2021, by an incomplete list",
            ),
        ),
        ("52.03", ("ikut paling lambat sejak 2022", "takes part since 2022 at the latest")),
        ("11.01", ("", "")),
    ],
)
def test_each_certainty_has_its_words(tables: Tables, code: str, said: tuple[str, str]) -> None:
    """Badung by the full list, two by what they rest on, Lombok Timur undated, Aceh Selatan not
    selected.
    """
    row = tables.participation.set_index("region_code").loc[code]
    assert (since(Words("id"), row), since(Words("en"), row)) == said


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_no_certainty_is_without_words(certainty: str) -> None:
    """A certainty that the tables may hold can be said."""
    row = {"selected_year": 2018, "selected_by": 2018, "selected_certainty": certainty}
    for lang in ("id", "en"):
        assert "2018" in since(Words(lang), pd.Series(row))
