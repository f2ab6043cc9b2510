"""Sentences of a region's report in both languages, with places for its numbers (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

REPORT: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "summary": (
        "**{region}** ({province}, jalur {track}) memperoleh Indeks Pencapaian **{index}** pada "
        "tahun {year}: peringkat **{rank}** dari {known} baris yang diketahui.",
        "**{region}** ({province}, {track} track) has a performance index of **{index}** in "
        "{year}: rank **{rank}** of the {known} known rows.",
    ),
    "summary_lost": (
        " Sebanyak {lost} baris tabel hilang; di antara seluruh {scored} daerah yang dinilai "
        "peringkatnya terletak antara {rank} dan {lowest}.",
        " {lost} rows of the table are lost; among all {scored} scored regions the rank lies "
        "between {rank} and {lowest}.",
    ),
    "noise": (
        "Konsistensi kelima dimensi (alfa Cronbach {alpha}) menyiratkan galat baku sekitar "
        "{error} poin untuk satu indeks, bila kelimanya mengukur satu hal yang sama dengan galat "
        "yang saling bebas. Selisih dua daerah yang lebih kecil dari itu tidak dapat dibedakan "
        "dari derau; peringkat yang berdekatan jangan dibaca sebagai urutan.",
        "The consistency of the five dimensions (Cronbach's alpha {alpha}) implies a standard "
        "error of about {error} points for one index, if the five measure one thing and err "
        "independently. A difference between two regions below that cannot be told from noise; "
        "do not read neighbouring ranks as an order.",
    ),
    "profile": (
        "Selisih {region} terhadap median nasional paling tinggi pada {high} dan paling rendah "
        "pada {low}.",
        "The distance of {region} to the national median is highest on {high} and lowest on {low}.",
    ),
    "gap": (
        "Indeks terharmonisasi {index}, selisih {gap} terhadap median {median} (median seluruh "
        "{scored} daerah terletak antara {low} dan {high}, berapa pun nilai baris yang hilang). "
        "Sumbangan terbesar berasal dari {part}. Sisa {remainder} berasal dari pembulatan dan "
        "karena median dari jumlah bukan jumlah dari median.",
        "The harmonised index is {index}, {gap} from the median {median} (the median of all "
        "{scored} regions lies between {low} and {high}, whatever the lost rows hold). The "
        "largest contribution is that of {part}. The remainder {remainder} comes from rounding, "
        "and from the median of sums not being the sum of medians.",
    ),
    "no_improvement": (
        "Tabel tidak memuat Indeks Peningkatan untuk daerah ini.",
        "The table has no improvement index for this region.",
    ),
    "improvement": (
        "Indeks berubah {change} poin, dari {before} menjadi {now}; median perubahan di antara "
        "baris yang diketahui {median}. Nilai yang kebetulan rendah tahun lalu cenderung naik, "
        "dan yang kebetulan tinggi cenderung turun, tanpa ada yang berubah (regresi ke "
        "rata-rata); perubahan satu tahun tidak membuktikan kemajuan. Instrumen dan bobot tahun "
        "lalu tidak diketahui; bila berbeda, selisihnya ikut memuatnya.",
        "The index moved by {change} points, from {before} to {now}; the median move among the "
        "known rows is {median}. A mark that was low by chance last year tends to rise, and one "
        "that was high by chance to fall, without anything having changed (regression to the "
        "mean); one year's move does not show progress. Last year's instrument and weights are "
        "not known; if they differed, the move holds that too.",
    ),
    "no_noise": (
        "Berapa bagian perubahan yang melampaui derau tidak dapat dinilai.",
        "How much of the change is beyond noise cannot be told.",
    ),
    "change": (
        "- Rute {route}: perubahan itu {times} kali galat baku selisih dua indeks ({both} poin), "
        "**{verdict}**. Kenaikan umum dan regresi ke rata-rata saja akan memberi {expected} "
        "poin; sisanya {left}.",
        "- {Route} route: the change is {times} times the standard error of a difference of two "
        "indices ({both} points), **{verdict}**. The general rise and regression to the mean "
        "alone would give {expected} points; {left} is left over.",
    ),
    "rose": ("naik melampaui derau", "a rise beyond noise"),
    "fell": ("turun melampaui derau", "a fall beyond noise"),
    "within_noise": ("dalam derau", "within noise"),
    "nearest": (
        "{above} dari {others} daerah yang paling mirip memiliki indeks terharmonisasi lebih "
        "tinggi daripada {region}; median mereka {median}.",
        "{above} of the {others} most similar regions have a higher harmonised index than "
        "{region}; their median is {median}.",
    ),
    "no_twin": (
        " Namun {region} tidak punya kembaran: daerah terdekat pun berjarak lebih dari satu "
        "simpangan baku.",
        " But {region} has no near twin: even the nearest is more than one standard deviation "
        "away.",
    ),
    "no_questions": (
        "Laporan {region} dengan nilai per pertanyaan tidak tersedia.",
        "The report of {region} with the marks of single questions is not at hand.",
    ),
    "questions": (
        "{count} pertanyaan bernilai antara {low} dan {high}; {top} di antaranya {high}. Garis "
        "merah pada gambar adalah rata-rata kelompok; tabel di bawahnya memuat {listed} nilai "
        "terendah.",
        "{count} questions have marks between {low} and {high}; {top} of them have {high}. The "
        "red bars in the figure are group means; the table below it lists the {listed} lowest "
        "marks.",
    ),
    "command": (
        "Laporan ini dibuat dengan `smartlib build --region {region} --year {year} --lang {lang}`.",
        "This report is made by `smartlib build --region {region} --year {year} --lang {lang}`.",
    ),
    # How far a rank is known.
    "internal": ("konsistensi internal", "internal consistency"),
    "internal_error": (
        "kekhasan setiap dimensi terhitung galat",
        "what a dimension has of its own counts as error",
    ),
    "retest": ("uji ulang", "retest"),
    "retest_error": (
        "semua pergeseran antartahun terhitung galat",
        "whatever moved between years counts as error",
    ),
    "no_ranks": (
        "Ketidakpastian peringkat tahun ini tidak tersedia.",
        "How far the ranks of this year are known has not been computed.",
    ),
    "sets": (
        "**Rute {route}** ({error}; galat baku {size} poin): selang kepercayaan {level} "
        "peringkatnya {alone}, atau {joint} bila harus berlaku serentak bagi semua daerah.",
        "**{Route} route** ({error}; standard error {size} points): the {level} set of its rank "
        "is {alone}, or {joint} if it is to hold for all regions at once.",
    ),
    "apart": (
        " Artinya, {apart} dari {others} baris lain tidak dapat dibedakan darinya pada taraf "
        "{level}. Yang terdekat: {nearest}.",
        " So {apart} of the {others} other rows cannot be told apart from it at {level}. The "
        "nearest: {nearest}.",
    ),
    "above": ("di atasnya", "above"),
    "level": ("setara", "level"),
    "below": ("di bawahnya", "below"),
    "other_ranges": (
        "Bila indeks terharmonisasi dihitung dengan bobot, penskalaan, atau penggabungan lain, "
        "peringkatnya {methods} pada sembilan dari sepuluh skenario. Nilai sebelum pembulatan "
        "memberi peringkat {rounding}.",
        "If the harmonised index is made with other weights, scales or ways to combine, its rank "
        "is {methods} in nine of ten scenarios. The marks before rounding give rank {rounding}.",
    ),
    # What a region may want to reach.
    "goal_next": ("Melewati yang terdekat di atasnya", "Past the next above it"),
    "goal_top": ("Masuk sepuluh besar", "Into the first ten"),
    "goal_next_beside": (
        "Melewati yang terdekat di atasnya, {regions}",
        "Past the next above it, {regions}",
    ),
    "goal_top_beside": (
        "Masuk sepuluh besar, setara {regions}",
        "Into the first ten, level with {regions}",
    ),
    "goal_index": ("Kelipatan 0,1 berikutnya", "The next full 0.1"),
    "goal": ("- {goal}: indeks **{index}**", "- {goal}: an index of **{index}**"),
    "none_alone": (
        "; tidak satu dimensi pun cukup bila naik sendirian",
        "; no dimension alone can bring it",
    ),
    "first": ("tidak ada baris yang diketahui di atasnya", "no known row stands above"),
    "already": ("sudah tercapai", "already there"),
    "past_highest": ("skala berakhir sebelum itu", "the scale ends before it"),
    "mark_now": ("Nilai kini", "Mark now"),
    "step_worth": ("Nilai satu langkah (poin)", "One step is worth (points)"),
    "for_index": ("Untuk indeks {index}", "For an index of {index}"),
    "past_scale": ("di atas {highest}", "above {highest}"),
    "step": ("{count} langkah", "{count} step"),
    "steps": ("{count} langkah", "{count} steps"),
    "room": (
        "Pertanyaan dengan ruang untuk indeks {index}",
        "Questions with room for an index of {index}",
    ),
}
