"""Sentences that a year's own data decide: its formulas, lost rows, scored statistics (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.index.region.apart import least_difference
from smartlib.present.words.tables import Text
from smartlib.present.words.wording import ENGLISH, Words, track_label
from smartlib.vocabulary.records import Scheme, Track


def table_source(scheme: Scheme, known: int, words: Words = ENGLISH) -> str:
    """The line below a figure of the score table.

    Parameters
    ----------
    scheme : Scheme
        Of the year.
    known : int
        Known rows.
    words : Words, optional
        The language; by default English.
    """
    edition = words.pick(scheme.edition_id, scheme.edition_en)
    return words.say("table_source", edition=edition, known=known, scored=scheme.stages.scored)


def formulas_text(words: Words, scheme: Scheme) -> Text:
    """The formula of each track, and whom it is for where the letter says so.

    Parameters
    ----------
    words : Words
        The language.
    scheme : Scheme
        Of the year.
    """
    lines = formula_lines(words, scheme)
    if len(lines) == 1:
        return Text(
            words.pick("Satu rumus bagi semua daerah. ", "One formula for all. ") + lines[0]
        )
    own = words.pick(
        "Setiap jalur memakai rumusnya sendiri, sehingga peringkat dalam jalur lebih adil "
        "daripada peringkat nasional.",
        "Each track has a formula of its own, so a rank within the track is fairer than the "
        "national one.",
    )
    return Text("\n".join([own, "", *(f"- {line}" for line in lines)]))


def formula_lines(words: Words, scheme: Scheme) -> list[str]:
    """Each track's formula in a line."""
    return [_formula(words, track) for track in scheme.tracks.values()]


def _formula(words: Words, track: Track) -> str:
    weights = ", ".join(
        f"{words.dimension(name)} {words.percent(float(weight), 0)}"
        for name, weight in track.weights.items()
    )
    members = words.pick(track.members_id, track.members_en)
    zeros = words.pick(" dan ", " and ").join(map(words.dimension, track.zero_if_missing))
    text = f"{track_label(words, track)}{f' ({members})' if members else ''}: {weights}."
    if not zeros:
        return text
    return text + words.pick(
        f" Nilai {zeros} yang kosong dihitung 0, sehingga indeksnya dapat berada di bawah nilai "
        "terendah.",
        f" A missing mark of {zeros} counts as 0, which is how an index can lie below the "
        "lowest mark.",
    )


def lost_rows_text(
    words: Words, scores: pd.DataFrame, undetermined: pd.DataFrame, scheme: Scheme
) -> Text:
    """How many rows are lost, of which kind, and how the known rows of that kind score.

    Parameters
    ----------
    words : Words
        The language.
    scores : DataFrame
        Known rows: kind, published_index.
    undetermined : DataFrame
        The regions whose rows may be among the lost ones: kind.
    scheme : Scheme
        How many rows were scored.
    """
    lost, kinds = scheme.stages.scored - len(scores), undetermined["kind"].value_counts()
    if not lost:
        return Text(words.pick("Tidak ada baris yang hilang.", "No row of this table is lost."))
    if len(kinds) > 1:
        among = words.pick(" dan ", " and ").join(f"{n} {kind}" for kind, n in kinds.items())
        return Text(
            words.pick(
                f"{lost} baris hilang; yang nasibnya tidak diketahui adalah {among}.",
                f"{lost} rows are lost; those whose fate is not known are {among}.",
            )
        )
    kind, means = str(kinds.index[0]), scores.groupby("kind")["published_index"].mean()
    all_lost = words.pick(
        f"Semua baris yang hilang ({lost}) adalah {kind}",
        f"All lost rows ({lost}) are those of {kind}",
    )
    if set(means.index) != {"kabupaten", "kota"}:
        return Text(f"{all_lost}.")
    other = "kabupaten" if kind == "kota" else "kota"
    higher = means[kind] > means[other]
    own, beside = words.number(means[kind]), words.number(means[other])
    return Text(
        all_lost
        + words.pick(
            f", dan {kind} yang diketahui rata-rata mendapat nilai lebih "
            f"{'tinggi' if higher else 'rendah'} ({own}) daripada {other} ({beside}).",
            f", and the known {kind} score {'higher' if higher else 'lower'} on average ({own}) "
            f"than the known {other} ({beside}).",
        )
    )


def noise_text(words: Words, errors: Mapping[str, float]) -> Text:
    """How far two regions must lie apart for error alone to be unlikely.

    Parameters
    ----------
    words : Words
        The language.
    errors : mapping of str to float
        Standard error of one index by route (`internal`, `retest`), index points; empty where
        there is none.
    """
    if not errors:
        return Text(
            words.pick(
                "Kesalahan pengukuran satu indeks tidak dapat diperkirakan dari tabel ini.",
                "The error of one index cannot be estimated from this table.",
            )
        )
    parts = [
        words.pick(
            f"{words.number(least_difference(e))} poin ({words.say(name)})",
            f"{words.number(least_difference(e))} points ({words.say(name)})",
        )
        for name, e in errors.items()
    ]
    told = words.pick(" atau ", " or ").join(parts)
    return Text(
        words.pick(
            f"Dua daerah yang dipilih lebih dahulu dapat dibedakan, pada taraf 95%, bila indeksnya "
            f"berselisih lebih dari {told}. Batas itu berlaku bagi satu pasangan yang disebut "
            "sebelumnya, bukan bagi selisih terbesar di antara banyak pasangan.",
            f"Two regions picked beforehand can be told apart, at 95%, if their indices differ by "
            f"more than {told}. That bound is for one pair named beforehand, not for the largest "
            "difference among many.",
        )
    )


def scored_factors_text(words: Words, scored: pd.DataFrame, dictionary: pd.DataFrame) -> Text:
    """Factors that questions of the year score themselves.

    Parameters
    ----------
    words : Words
        The language.
    scored : DataFrame
        question, factor, label_id, label_en: one statistic a row.
    dictionary : DataFrame
        Factors, indexed by key, with their labels.
    """
    label = f"label_{words.lang}"
    numbers = scored.dropna(subset="factor").groupby("factor", sort=False)["question"]
    found = [
        f"{dictionary.at[factor, label]} ({', '.join(map(str, own))})" for factor, own in numbers
    ]
    if not found:
        return Text(
            words.pick(
                "Tidak diketahui pertanyaan evaluasi yang menilai faktor ini.",
                "No question of the evaluation is known to score one of these factors.",
            )
        )
    return Text(
        words.pick(
            f"Dinilai juga oleh pertanyaan evaluasi (nomornya): {'; '.join(found)}.",
            f"Scored by questions of the evaluation too (their numbers): {'; '.join(found)}.",
        )
    )
