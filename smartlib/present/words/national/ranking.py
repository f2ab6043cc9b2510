"""Sentences of the national ranking and of its figures in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

RANKING: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    # Figures.
    "distribution_caption": (
        "Indeks Pencapaian daerah yang nilainya diketahui, kabupaten dan kota",
        "Published index of the known rows, kabupaten and kota",
    ),
    "kind_rows": (
        "{kind}: banyaknya daerah, seluruhnya {rows}",
        "{kind}: number of rows, {rows} in all",
    ),
    "index_scale": ("Indeks Pencapaian (paling tinggi 4)", "published index (at most 4)"),
    "distribution_alt": (
        "Sebagian besar batang berdiri antara dua dan empat. {parts}.",
        "Most bars stand between two and four. {parts}.",
    ),
    "named_median": ("{name} median {value}", "{name} median {value}"),
    "dimensions_caption": (
        "Nilai menurut dimensi, semua daerah yang nilainya diketahui",
        "Marks by dimension, all known rows",
    ),
    "mark_scale": ("nilai rata-rata (1-4)", "mean mark (1-4)"),
    "dimensions_alt": ("Diagram kotak: {parts}.", "Box plots: {parts}."),
    "correlation_caption": (
        "Korelasi antardimensi dan dengan indeks (Pearson)",
        "Correlation of the dimensions and the index (Pearson)",
    ),
    "correlation_alt": (
        "Korelasi antara {low} dan {high}.",
        "Correlations between {low} and {high}.",
    ),
    "best_caption": (
        "Indeks tertinggi dan peningkatan terbesar di antara daerah yang nilainya diketahui",
        "Highest index and largest improvement among the known rows",
    ),
    "best_published_index": ("Indeks Pencapaian tertinggi", "Highest published index"),
    "best_improvement": ("Peningkatan terbesar", "Largest improvement"),
    "provinces_caption": (
        "Indeks Pencapaian menurut provinsi, hanya daerah yang nilainya diketahui",
        "Published index by province, known rows only",
    ),
    "provinces_scale": (
        "Indeks Pencapaian (paling tinggi 4); dalam kurung banyaknya daerah yang diketahui",
        "published index (at most 4); in parentheses the number of known rows",
    ),
    "provinces_alt": (
        "{count} provinsi; median tertinggi {first} {high}, terendah {last} {low}.",
        "{count} provinces; highest median {first} {high}, lowest {last} {low}.",
    ),
    "map_caption": (
        "Letak daerah yang nilainya diketahui; abu-abu: semua kabupaten dan kota",
        "Where the known rows are; all kabupaten and kota in grey",
    ),
    "longitude": ("bujur (derajat timur)", "longitude (degrees east)"),
    "latitude": ("lintang (derajat utara)", "latitude (degrees north)"),
    "map_alt": (
        "Peta {regions} daerah sebagai titik abu-abu, {known} di antaranya berwarna menurut "
        "indeks.",
        "Map of {regions} regions as grey dots, {known} of them coloured by index.",
    ),
    # The notebook.
    "median_of_known": (
        "Median daerah yang nilainya diketahui {median}; dari semua {scored} daerah yang dinilai "
        "antara {low} dan {high}.",
        "Median of the known rows {median}; of all {scored} scored regions between {low} and "
        "{high}.",
    ),
    "median_of_kind": (
        "Median {kind} yang diketahui {median}; dari semua {kind} yang dinilai antara {low} dan "
        "{high}.",
        "Median of the known {kind} {median}; of all scored {kind} between {low} and {high}.",
    ),
    "kind_means": ("Rata-rata: {means}.", "Means: {means}."),
    "bounds_note": (
        "Batas menyebut apa yang dimungkinkan baris yang hilang, berapa pun isinya dalam skala; "
        "kesalahan penarikan sampel tidak termasuk.",
        "Bounds say what the lost rows allow, whatever they hold on the scale; sampling error is "
        "no part of them.",
    ),
    "rank_among": ("Peringkat (yang diketahui)", "Rank (known rows)"),
    "lowest_short": ("Terendah yang mungkin", "Lowest possible"),
    "rank_in_kind": ("Peringkat dalam jenisnya", "Rank in kind"),
    "published_short": ("Pencapaian", "Performance"),
    "harmonised_short": ("Terharmonisasi", "Harmonised"),
    "all_known": ("semua daerah yang diketahui", "all known rows"),
    "slope": ("{slope} ({low} s.d. {high}) {label}", "{slope} ({low} to {high}) {label}"),
    "slopes_found": (
        "Korelasi indeks dengan indeks tahun lalu: {r}. Kemiringan peningkatan terhadap indeks "
        "tahun lalu, dengan selang 95% (CR2 menurut provinsi): {slopes}. Dari kesalahan pengukuran "
        "saja: {noise}.",
        "Correlation of the final with last year's: {r}. Slope of improvement on last year's "
        "final, with 95% intervals (CR2 by province): {slopes}. From noise alone: {noise}.",
    ),
    "slopes_few": (
        " Terlalu sedikit daerah untuk suatu kemiringan: {few}.",
        " Too few rows for a slope: {few}.",
    ),
    "asked_changed": (
        "Apakah berubah? (terhadap tanpa perubahan)",
        "Did it change? (against no change)",
    ),
    "asked_than_rest": (
        "Berbeda dari daerah lain? (terhadap rata-rata perubahan)",
        "Otherwise than the rest? (against the mean change)",
    ),
    "asked_than_alike": (
        "Berbeda dari daerah yang awalnya setara? (tanpa regresi ke rata-rata)",
        "Otherwise than regions that began alike? (regression to the mean taken out)",
    ),
    "rose_head": ("Naik", "Rose"),
    "fell_head": ("Turun", "Fell"),
    "chance_head": ("Karena kebetulan saja", "By chance alone"),
    "rose_controlled": (
        "Naik, temuan palsu dikendalikan",
        "Rose, false discoveries controlled",
    ),
    "fell_controlled": ("Turun, dikendalikan", "Fell, controlled"),
    "changes_found": (
        "Semua daerah rata-rata berubah {mean} poin. Terhadap tanpa perubahan, {rose} naik dan "
        "{fell} turun melampaui ketidakpastian; terhadap rata-rata itu {rose_rest} dan "
        "{fell_rest}, sedangkan kebetulan saja akan memberi {chance}. Menurut perbandingan dengan "
        "tahun lalu, {alike} dari {regions} menonjol dari daerah yang awalnya setara: kesalahannya "
        "adalah sebaran sisanya, sehingga sekitar satu dari dua puluh menonjol apa pun yang "
        "terjadi.",
        "All regions changed by {mean} points in the mean. Against no change {rose} rose and "
        "{fell} fell beyond the error; against that mean {rose_rest} and {fell_rest}, of which "
        "chance alone would give {chance}. By the retest route {alike} of {regions} stand out from "
        "regions that began alike: its error is the spread of what is left over, so that about one "
        "in twenty does whatever happened.",
    ),
    "medians_found": (
        "Median terendah pada {low} ({least}), tertinggi pada {high} ({most}).",
        "The median is lowest for {low} ({least}) and highest for {high} ({most}).",
    ),
    "correlations_found": (
        "{low} paling sedikit berjalan bersama dimensi lain (rata-rata korelasi {least}), {high} "
        "paling banyak ({most}).",
        "{low} goes least with the other dimensions (mean correlation {least}), {high} most "
        "({most}).",
    ),
    "known_count": ("Daerah diketahui", "Known rows"),
    "median_published": ("Median Indeks Pencapaian", "Median published"),
    "median_harmonised": ("Median terharmonisasi (batas)", "Median harmonised (bounds)"),
    "value_bounds": ("{value} ({low} s.d. {high})", "{value} ({low} to {high})"),
    "median_head": ("Median", "Median"),
    "median_may_be": ("Median yang mungkin", "Median may be"),
    "highest_head": ("Tertinggi", "Highest"),
    "undetermined_kinds": ("Tidak dapat dipastikan ({kinds})", "Undetermined {kinds}"),
    "any_regions": ("daerah", "regions"),
    "and": (" dan ", " and "),
    "provinces_found": (
        "Daerah yang nilainya diketahui ada di {some} dari {all} provinsi; {share} dari semua "
        "kabupaten dan kota. Sebagian besar di {most}. Provinsi tanpa satu pun: {none}.",
        "The known rows stand in {some} of {all} provinces; {share} of all kabupaten and kota have "
        "one. Most of them lie in {most}. Provinces without one: {none}.",
    ),
}
