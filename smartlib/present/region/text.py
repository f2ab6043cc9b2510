"""Sentences of a region's report (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartlib.index.make.rank import median_bounds
from smartlib.index.region.gap import Gap
from smartlib.index.region.places import Place
from smartlib.index.trust.change import expected_from_regression, reliable_change
from smartlib.present.region.tables import LOWEST_QUESTIONS
from smartlib.present.region.trust import LEVEL, ROUTES
from smartlib.present.words.tables import Text
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme, SourceRecord

FAR = 1.0  # standard deviations on average: beyond it a region is alike in name only
VERDICTS: Mapping[str, tuple[str, str]] = {
    "rose": ("naik melampaui derau", "a rise beyond noise"),
    "fell": ("turun melampaui derau", "a fall beyond noise"),
    "within_noise": ("dalam derau", "within noise"),
}


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
    score = Text(
        words.pick(
            f"**{own['region']}** ({own['province']}, jalur {track}) memperoleh Indeks Pencapaian "
            f"**{index}** pada tahun {scheme.edition_id}: peringkat **{place.rank}** dari {n} "
            "baris yang diketahui.",
            f"**{own['region']}** ({own['province']}, {track} track) has a performance index of "
            f"**{index}** in {scheme.edition_en}: rank **{place.rank}** of the {n} known rows.",
        )
    )
    if not lost:
        return score
    bound = words.pick(
        f" Sebanyak {lost} baris tabel hilang; di antara seluruh {scored} daerah yang dinilai "
        f"peringkatnya terletak antara {place.rank} dan {place.lowest}.",
        f" {lost} rows of the table are lost; among all {scored} scored regions the rank lies "
        f"between {place.rank} and {place.lowest}.",
    )
    return Text(score.markdown + bound)


def noise_reading(words: Words, error: float, alpha: float) -> Text:
    """How small a difference between two regions can be told from noise.

    Parameters
    ----------
    words : Words
        The language.
    error : float
        Standard error of one score, index points.
    alpha : float
        Cronbach's alpha of the dimensions that it comes from.
    """
    e, a = words.number(error), words.number(alpha)
    return Text(
        words.pick(
            f"Konsistensi dimensi (alfa Cronbach {a}) menyiratkan galat baku sekitar {e} "
            "poin untuk satu indeks, bila semuanya mengukur satu hal yang sama dengan galat yang "
            "saling bebas. Selisih dua daerah yang lebih kecil dari itu tidak dapat dibedakan dari "
            "derau; peringkat yang berdekatan jangan dibaca sebagai urutan.",
            f"The consistency of the dimensions (Cronbach's alpha {a}) implies a standard "
            f"error of about {e} points for one index, if they measure one thing and err "
            "independently. A difference between two regions below that cannot be told from noise; "
            "do not read neighbouring ranks as an order.",
        )
    )


def profile_reading(words: Words, profile: pd.DataFrame, name: str) -> Text:
    """The dimensions with the highest and the lowest distance to the national median."""
    ahead = (profile["region"] - profile["nation"]).dropna().sort_values(kind="stable")
    low, high = str(ahead.index[0]), str(ahead.index[-1])

    def distance(dimension: str) -> str:
        return f"{words.dimension(dimension)} ({words.signed(ahead[dimension])})"

    return Text(
        words.pick(
            f"Selisih {name} terhadap median nasional paling tinggi pada {distance(high)} dan "
            f"paling rendah pada {distance(low)}.",
            f"The distance of {name} to the national median is highest on {distance(high)} and "
            f"lowest on {distance(low)}.",
        )
    )


def gap_reading(words: Words, gap: Gap, scores: pd.DataFrame, scheme: Scheme) -> Text:
    """The gap in words, with what the lost rows allow the median to be."""
    lost = scheme.stages.scored - len(scores)
    low, high = median_bounds(scores["harmonised_index"], lost)
    index, median = words.number(gap.index), words.number(gap.reference_index)
    bounds = words.number(low), words.number(high)
    largest = str(gap.contributions.abs().idxmax())
    part = f"{words.dimension(largest)} ({words.signed(gap.contributions[largest])})"
    return Text(
        words.pick(
            f"Indeks terharmonisasi {index}, selisih {words.signed(gap.total)} terhadap median "
            f"{median} (median seluruh {scheme.stages.scored} daerah terletak antara {bounds[0]} "
            f"dan {bounds[1]}, berapa pun nilai baris yang hilang). Sumbangan terbesar berasal "
            f"dari {part}. Sisa {words.signed(gap.remainder)} berasal dari pembulatan dan karena "
            "median dari jumlah bukan jumlah dari median.",
            f"The harmonised index is {index}, {words.signed(gap.total)} from the median {median} "
            f"(the median of all {scheme.stages.scored} regions lies between {bounds[0]} and "
            f"{bounds[1]}, whatever the lost rows hold). The largest contribution is that of "
            f"{part}. The remainder {words.signed(gap.remainder)} comes from rounding, and from "
            "the median of sums not being the sum of medians.",
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
            "(regresi ke rata-rata); perubahan satu tahun tidak membuktikan kemajuan. Instrumen "
            "dan bobot tahun lalu tidak diketahui; bila berbeda, selisihnya ikut memuatnya.",
            f"The index moved by {change} points, from {before} to {now}; the median move among "
            f"the known rows is {median}. A mark that was low by chance last year tends to rise, "
            "and one that was high by chance to fall, without anything having changed "
            "(regression to the mean); one year's move does not show progress. Last year's "
            "instrument and weights are not known; if they differed, the move holds that too.",
        )
    )


def change_reading(words: Words, scores: pd.DataFrame, region: str, routes: pd.DataFrame) -> Text:
    """How much of a change is beyond noise, and what regression to the mean would give.

    Parameters
    ----------
    words : Words
        The language.
    scores : DataFrame
        Known rows, indexed by region code.
    region : str
        Code.
    routes : DataFrame
        Output of `error_routes`.
    """
    known = routes[(routes["reason"] == "") & (routes["standard_error"] > 0)]
    if known.empty or pd.isna(scores.at[region, "improvement"]):
        return Text(
            words.pick(
                "Berapa bagian perubahan yang melampaui derau tidak dapat dinilai.",
                "How much of the change is beyond noise cannot be told.",
            )
        )
    return Text(
        "\n".join(_change_line(words, scores, region, route) for _, route in known.iterrows())
    )


def _change_line(words: Words, scores: pd.DataFrame, region: str, route: pd.Series) -> str:
    change, previous = scores["improvement"], scores["previous_index"]
    error = float(route["standard_error"])
    found = reliable_change(change.loc[[region]], error, level=LEVEL).iloc[0]
    alone = expected_from_regression(previous, route["reliability"], change).loc[region]
    name, times = words.pick(*ROUTES[str(route.name)][0]), words.number(abs(found["index"]))
    both = words.number(2**0.5 * error)
    verdict = words.pick(*VERDICTS[found["verdict"]])
    expected, left = words.signed(alone["expected"]), words.signed(alone["left_over"])
    return words.pick(
        f"- Rute {name}: perubahan itu {times} kali galat baku selisih dua indeks ({both} poin), "
        f"**{verdict}**. Kenaikan umum dan regresi ke rata-rata saja akan memberi {expected} "
        f"poin; sisanya {left}.",
        f"- {name.capitalize()} route: the change is {times} times the standard error of a "
        f"difference of two indices ({both} points), **{verdict}**. The general rise and "
        f"regression to the mean alone would give {expected} points; {left} is left over.",
    )


def nearest_reading(words: Words, scores: pd.DataFrame, region: str, distances: pd.Series) -> Text:
    """How the region does beside its nearest."""
    own = scores.loc[region]
    others = scores.loc[distances.index, "harmonised_index"]
    above, n = int((others > own["harmonised_index"]).sum()), len(others)
    compared = Text(
        words.pick(
            f"{above} dari {n} daerah yang paling mirip memiliki indeks terharmonisasi lebih "
            f"tinggi daripada {own['region']}; median mereka {words.number(others.median())}.",
            f"{above} of the {n} most similar regions have a higher harmonised index than "
            f"{own['region']}; their median is {words.number(others.median())}.",
        )
    )
    if distances.iloc[0] <= FAR:
        return compared
    warning = words.pick(
        f" Namun {own['region']} tidak punya kembaran: daerah terdekat pun berjarak lebih dari "
        "satu simpangan baku.",
        f" But {own['region']} has no near twin: even the nearest is more than one standard "
        "deviation away.",
    )
    return Text(compared.markdown + warning)


def questions_reading(words: Words, marks: pd.DataFrame, name: str) -> Text:
    """What the question marks show, or that there are none."""
    if marks.empty:
        return Text(
            words.pick(
                f"Laporan {name} dengan nilai per pertanyaan tidak tersedia.",
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


def sources_text(words: Words, sources: Mapping[str, SourceRecord]) -> Text:
    """The publications behind a report, one a line, with dates as the language writes them."""
    citations = dict.fromkeys(words.dates(record.citation) for record in sources.values())
    return Text("\n".join(f"- {citation}" for citation in citations))


def command_text(words: Words, region: str, year: int) -> Text:
    """The command that makes this report again."""
    made = words.pick("Laporan ini dibuat dengan", "This report is made by")
    return Text(f"{made} `smartlib build --region {region} --year {year} --lang {words.lang}`.")
