"""Sentences of a region's report (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.index.ranks import median_bounds
from smartlib.index.region import Gap, Place
from smartlib.present.region_tables import LOWEST_QUESTIONS
from smartlib.present.tables import Text
from smartlib.present.wording import Words, track_label
from smartlib.vocabulary.records import Scheme, SourceRecord


def summary(words: Words, own: pd.Series, places: Sequence[Place], scheme: Scheme) -> Text:
    """What the region scored and where it stands.

    Parameters
    ----------
    words : Words
        The language.
    own : Series
        The region's row of the scores.
    places : sequence of Place
        Its ranks, all known rows first.
    scheme : Scheme
        Tracks and counts.
    """
    place, track = places[0], track_label(words, scheme.tracks[own["track"]])
    index, n = words.number(own["published_index"]), place.known
    lost, scored = place.lost, scheme.stages.scored
    return Text(
        words.pick(
            f"**{own['region']}** ({own['province']}, jalur {track}) memperoleh Indeks Pencapaian "
            f"**{index}** pada {own['year']}: peringkat **{place.rank}** dari {n} baris yang "
            f"diketahui. Halaman terakhir tabel, yang memuat {lost} kota bernilai, hilang; di "
            f"antara seluruh {scored} daerah yang dinilai peringkatnya terletak antara "
            f"{place.rank} dan {place.lowest}.",
            f"**{own['region']}** ({own['province']}, {track} track) has a performance index of "
            f"**{index}** in {own['year']}: rank **{place.rank}** of the {n} known rows. The "
            f"table's last page, with {lost} scored cities, is lost; among all {scored} scored "
            f"regions the rank lies between {place.rank} and {place.lowest}.",
        )
    )


def profile_reading(words: Words, profile: pd.DataFrame, name: str) -> Text:
    """The dimensions farthest above and below the national median."""
    ahead = (profile["region"] - profile["nation"]).dropna().sort_values(kind="stable")
    low, high = str(ahead.index[0]), str(ahead.index[-1])

    def distance(dimension: str) -> str:
        return f"{words.dimension(dimension)} ({words.signed(ahead[dimension])})"

    return Text(
        words.pick(
            f"Dibandingkan median nasional, {name} paling unggul pada {distance(high)} dan paling "
            f"tertinggal pada {distance(low)}.",
            f"Against the national median, {name} does best on {distance(high)} and worst on "
            f"{distance(low)}.",
        )
    )


def gap_reading(words: Words, gap: Gap, scores: pd.DataFrame, scheme: Scheme) -> Text:
    """The gap in words, with what the lost rows allow the median to be."""
    lost = scheme.stages.scored - len(scores)
    low, high = median_bounds(scores["harmonised_index"], lost)
    index, median = words.number(gap.index), words.number(gap.median)
    bounds = words.number(low), words.number(high)
    largest = str(gap.contributions.abs().idxmax())
    part = f"{words.dimension(largest)} ({words.signed(gap.contributions[largest])})"
    return Text(
        words.pick(
            f"Indeks terharmonisasi {index}, selisih {words.signed(gap.total)} terhadap median "
            f"{median} (median seluruh {scheme.stages.scored} daerah terletak antara {bounds[0]} "
            f"dan {bounds[1]}, berapa pun nilai baris yang hilang). Bagian terbesar berasal dari "
            f"{part}. Sisa {words.signed(gap.remainder)} muncul karena median dari jumlah bukan "
            "jumlah dari median.",
            f"The harmonised index is {index}, {words.signed(gap.total)} from the median {median} "
            f"(the median of all {scheme.stages.scored} regions lies between {bounds[0]} and "
            f"{bounds[1]}, whatever the lost rows hold). The largest part comes from {part}. The "
            f"remainder {words.signed(gap.remainder)} is there because the median of sums is not "
            "the sum of medians.",
        )
    )


def improvement_reading(words: Words, scores: pd.DataFrame, region: str) -> Text:
    """The change, beside the median change, and what it is not."""
    own = scores.loc[region]
    if pd.isna(own["improvement"]):
        return Text(
            words.pick(
                "Tabel tidak memuat Indeks Peningkatan untuk daerah ini.",
                "The table has no improvement index for this region.",
            )
        )
    median = words.signed(scores["improvement"].median())
    before, now = words.number(own["previous_index"]), words.number(own["published_index"])
    change = words.signed(own["improvement"])
    return Text(
        words.pick(
            f"Indeks berubah {change} poin, dari {before} menjadi {now}; median perubahan di "
            f"antara baris yang diketahui {median}. Nilai yang kebetulan rendah tahun lalu "
            "cenderung naik, dan yang kebetulan tinggi cenderung turun, tanpa ada yang berubah "
            "(regresi ke rata-rata); perubahan satu tahun tidak membuktikan kemajuan.",
            f"The index moved by {change} points, from {before} to {now}; the median move among "
            f"the known rows is {median}. A mark that was low by chance last year tends to rise, "
            "and one that was high by chance to fall, without anything having changed "
            "(regression to the mean); one year's move does not show progress.",
        )
    )


def nearest_reading(words: Words, scores: pd.DataFrame, region: str, distances: pd.Series) -> Text:
    """How the region does beside its nearest."""
    own = scores.loc[region]
    others = scores.loc[distances.index, "harmonised_index"]
    above, n = int((others > own["harmonised_index"]).sum()), len(others)
    return Text(
        words.pick(
            f"{above} dari {n} daerah yang paling mirip memiliki indeks terharmonisasi lebih "
            f"tinggi daripada {own['region']}; median mereka {words.number(others.median())}.",
            f"{above} of the {n} most similar regions have a higher harmonised index than "
            f"{own['region']}; their median is {words.number(others.median())}.",
        )
    )


def questions_reading(words: Words, marks: pd.DataFrame, name: str) -> Text:
    """What the question marks show, or that there are none."""
    if marks.empty:
        return Text(
            words.pick(
                f"Laporan {name} dengan nilai per pertanyaan tidak ada di tangan.",
                f"The report of {name} with the marks of single questions is not at hand.",
            )
        )
    top = int((marks["score"] == marks["score"].max()).sum())
    high, low = (words.number(v, 1) for v in (marks["score"].max(), marks["score"].min()))
    return Text(
        words.pick(
            f"{len(marks)} pertanyaan bernilai antara {low} dan {high}; {top} di antaranya "
            f"{high}. Garis merah pada gambar adalah rata-rata kelompok; tabel di bawahnya memuat "
            f"{LOWEST_QUESTIONS} nilai terendah.",
            f"{len(marks)} questions have marks between {low} and {high}; {top} of them have "
            f"{high}. The red bars in the figure are group means; the table below it lists the "
            f"{LOWEST_QUESTIONS} lowest marks.",
        )
    )


def sources_text(sources: Mapping[str, SourceRecord]) -> Text:
    """The publications behind a report, one a line."""
    citations = dict.fromkeys(record.citation for record in sources.values())
    return Text("\n".join(f"- {citation}" for citation in citations))


def command_text(words: Words, region: str) -> Text:
    """The command that makes this report again."""
    made = words.pick("Laporan ini dibuat dengan", "This report is made by")
    return Text(f"{made} `smartlib build --region {region} --lang {words.lang}`.")
