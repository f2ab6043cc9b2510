"""Sentences of a region's report in both languages, with places for its numbers (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

REPORT: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "report_title": ("Laporan Smart City {year}: {region}", "Smart City report {year}: {region}"),
    # The first screen.
    "subtitle": (
        "{province} · jalur {track} · evaluasi Smart City {year}",
        "{province} · {track} track · Smart City {year}",
    ),
    "since_firm": ("ikut sejak {year}", "takes part since {year}"),
    "since_partial_list": (
        "ikut sejak {year} menurut daftar yang tidak lengkap",
        "takes part since {year}, by an incomplete list",
    ),
    "since_one_item": (
        "ikut sejak {year} menurut satu sumber",
        "takes part since {year}, by one source",
    ),
    "since_unknown": (
        "ikut paling lambat sejak {year}",
        "takes part since {year} at the latest",
    ),
    "cell_index": ("Indeks Pencapaian", "Performance index"),
    "cell_rank": ("Peringkat nasional (rentang {level})", "National rank ({level} set)"),
    "cell_rank_plain": ("Peringkat nasional", "National rank"),
    "cell_change": ("Perubahan dari tahun lalu", "Change from last year"),
    "cell_alike": ("Di antara daerah serupa", "Among similar regions"),
    "ahead_median": ("di atas median jalur, {median}", "ahead of the track's median, {median}"),
    "not_apart_median": (
        "tidak terbedakan dari median jalur, {median}",
        "not told apart from the track's median, {median}",
    ),
    "behind_median": ("di bawah median jalur, {median}", "behind the track's median, {median}"),
    "beside_median": ("median jalur {median}", "median of the track {median}"),
    "of_known": (
        "dari {known} daerah yang nilainya diketahui",
        "of {known} regions with known scores",
    ),
    "rose": ("naik, melampaui ketidakpastian", "a rise beyond the error"),
    "fell": ("turun, melampaui ketidakpastian", "a fall beyond the error"),
    "within_noise": ("tidak melampaui ketidakpastian", "not beyond the error"),
    "no_last_year": ("nilai tahun lalu tidak diketahui", "last year's index is not known"),
    "not_judged": ("ketidakpastian tidak diketahui", "the error is not known"),
    "no_value": ("–", "–"),
    "place_of": ("ke-{place} dari {all}", "{place} of {all}"),
    "alike_note": (
        "dengan {count} daerah paling mirip",
        "with the {count} most similar",
    ),
    "no_alike": ("faktor daerah tidak lengkap", "its factors are not complete"),
    "standout_blank": (
        "Nilai {dimension} kosong dan dihitung 0; dibanding rata-rata jalur ({mean}), itu "
        "mengurangi indeks {cost} poin.",
        "The mark of {dimension} is blank and counts as 0; against the track's mean ({mean}) "
        "that takes {cost} points from the index.",
    ),
    "standout_rose": (
        "Indeks naik {change} poin dari tahun lalu, melampaui ketidakpastian pengukuran.",
        "The index rose by {change} points from last year, beyond the error.",
    ),
    "standout_fell": (
        "Indeks turun {change} poin dari tahun lalu, melampaui ketidakpastian pengukuran.",
        "The index fell by {change} points from last year, beyond the error.",
    ),
    "standout_both": (
        "{high} paling mengangkat indeks ({up} poin terhadap median jalur); {low} paling "
        "menahannya ({down}).",
        "{high} lifts the index most ({up} points against the track's median); {low} holds it "
        "back most ({down}).",
    ),
    "standout_lifting": (
        "Semua dimensi setinggi median jalur atau di atasnya; {high} paling mengangkat indeks "
        "({up} poin).",
        "Every dimension is at its track's median or above; {high} lifts the index most ({up} "
        "points).",
    ),
    "standout_holding": (
        "Semua dimensi setinggi median jalur atau di bawahnya; {low} paling menahan indeks "
        "({down} poin).",
        "Every dimension is at its track's median or below; {low} holds the index back most "
        "({down} points).",
    ),
    # What a list of contents calls each part.
    "why_short": ("Sumbangan", "Contributions"),
    "raise_short": ("Menaikkan", "Raising it"),
    "compared_short": ("Pembanding", "Compared"),
    "change_short": ("Perubahan", "Change"),
    "questions_short": ("Pertanyaan", "Questions"),
    "remarks_short": ("Catatan", "Remarks"),
    "press_short": ("Pers", "Press"),
    "factors_short": ("Faktor", "Factors"),
    "certain_short": ("Kepastian", "Certainty"),
    "sources_short": ("Sumber", "Sources"),
    # Why.
    "why": (
        "Dimensi mana yang mengangkat dan menahan",
        "Which dimensions lift or hold it back",
    ),
    "why_text": (
        "Selisih terhadap median jalur **{gap}** (positif selalu berarti unggul).",
        "Gap to the track's median **{gap}** (positive: ahead).",
    ),
    "why_blank": (
        "**{dimension}** kosong, seperti pada {blanks} dari {rows} daerah jalur ini, dan "
        "dihitung 0: dibanding rata-rata jalur ({mean}) itu {cost} poin, paling banyak {most}.",
        "**{dimension}** is blank, as for {blanks} of {rows} regions of the track, and counts as "
        "0: {cost} points against the mean ({mean}), at most {most}.",
    ),
    "below_lowest": (
        " Karena itu indeksnya berada di bawah nilai terendah, {lowest}.",
        " So the index lies below the lowest mark, {lowest}.",
    ),
    "title_lifts": (
        "{dimension} paling menentukan: mengangkat {region}",
        "{dimension} counts most, lifting {region}",
    ),
    "title_holds": (
        "{dimension} paling menentukan: menahan {region}",
        "{dimension} counts most, holding {region} back",
    ),
    "why_caption": (
        "Sumbangan = bobot × (nilai − median jalur), dalam poin indeks",
        "Contribution = weight × (mark − median of the track), index points",
    ),
    "blank": ("kosong (0)", "blank (0)"),
    "weight": ("Bobot", "Weight"),
    "mark": ("Nilai (1–4)", "Mark (1–4)"),
    "track_median": ("Median jalur", "Track median"),
    "lifts": ("Sumbangan", "Contribution"),
    "rounding_rest": ("Selisih pembulatan", "Rounding and medians"),
    "whole_gap": ("Selisih indeks", "Gap of the index"),
    "why_fold": (
        "Bobot, nilai, median",
        "Weights, marks, medians",
    ),
    "bounds_caption": (
        "Median setiap dimensi di antara daerah yang nilainya diketahui; dalam kurung, batasnya "
        "berapa pun isi baris yang hilang",
        "Median of each dimension among the regions whose scores are known; in parentheses, what "
        "it may be whatever the lost rows hold",
    ),
    # What would raise the index.
    "raise": ("Apa yang dapat menaikkan indeks", "What would raise the index"),
    "points_caption": (
        "Hitungan, bukan saran: poin yang ditambahkan setiap dimensi bila nilainya {highest}",
        "Arithmetic, not advice: points each dimension would add at {highest}",
    ),
    "room_points": ("Dapat menambah", "Could add"),
    "steps_fold": (
        "Langkah menuju setiap sasaran",
        "Steps to each goal",
    ),
    "steps_note": (
        "Satu langkah: satu penilai memberi satu pertanyaan nilai satu tingkat lebih tinggi, "
        "dimensi dan daerah lain tetap. [Cara menghitung](method:steps)",
        "One step: one assessor marks one question one higher, other dimensions and regions as "
        "they are. [How it is counted](method:steps)",
    ),
    "steps_caption": (
        "Nilai yang dibutuhkan satu dimensi saja untuk setiap sasaran",
        "The mark that one dimension alone would need for each goal",
    ),
    "goal_next": ("Melewati yang terdekat di atasnya", "Past the next above it"),
    "goal_top": ("Masuk sepuluh besar", "Into the first ten"),
    "goal_next_beside": (
        "Melewati yang terdekat di atasnya, {regions}",
        "Past the next above, {regions}",
    ),
    "goal_index": ("Kelipatan 0,1 berikutnya", "The next full 0.1"),
    "goal": ("{goal}: indeks **{index}**", "{goal}: index **{index}**"),
    "goal_none": ("{goal}: {reason}", "{goal}: {reason}"),
    "none_alone": (
        "{line}, tidak dengan satu dimensi saja",
        "{line}, not by one dimension alone",
    ),
    "first": (
        "tidak ada daerah yang diketahui di atasnya",
        "no region whose score is known stands above",
    ),
    "already": ("sudah tercapai", "already there"),
    "past_highest": ("skala berakhir sebelum itu", "the scale ends before it"),
    "mark_now": ("Nilai kini", "Mark now"),
    "step_worth": ("Satu langkah (poin)", "One step (points)"),
    "for_index": ("Untuk indeks {index}", "For an index of {index}"),
    "not_alone": ("tidak dengan dimensi ini saja", "not by this dimension alone"),
    "step": ("{count} langkah", "{count} step"),
    "steps": ("{count} langkah", "{count} steps"),
    "room": (
        "Pertanyaan yang masih punya ruang untuk indeks {index}",
        "Questions with room for an index of {index}",
    ),
    # Compared with whom.
    "compared": ("Dibandingkan dengan siapa", "Compared with whom"),
    "compared_text": (
        "Indeks terharmonisasi: satu rumus. Per pasangan terbedakan bila selisihnya di atas "
        "**{least} poin**.",
        "Harmonised index: one formula for all. Pairwise, told apart above **{least} points**.",
    ),
    "compared_plain": (
        "Indeks terharmonisasi: satu rumus bagi semua jalur.",
        "Harmonised index: one formula for all tracks.",
    ),
    "alike_caption": (
        "Lima daerah yang paling mirip",
        "Most similar regions",
    ),
    "province_caption": ("Daerah lain di {province}", "Other regions of {province}"),
    "only_one": (
        "Tidak ada daerah lain di {province} yang nilainya diketahui.",
        "No other region of {province} has a known score.",
    ),
    "apart": ("Terbedakan?", "Told apart?"),
    "is_apart": ("ya", "yes"),
    "not_apart": ("tidak", "no"),
    "no_twin": (
        "Yang terdekat pun berjarak lebih dari satu simpangan baku.",
        "Even the nearest is more than one standard deviation away.",
    ),
    "distance_fold": (
        "Jarak, dan asal selisih",
        "Distances, origins of gaps",
    ),
    "distance_caption": (
        "Jarak faktor, dalam simpangan baku ([cara menghitung](method:alike))",
        "Distance in factors, standard deviations ([how it is computed](method:alike))",
    ),
    "gaps_caption": (
        "Sumbangan setiap dimensi pada selisih indeks terharmonisasi",
        "What each dimension adds to the gap of the harmonised index",
    ),
    "gap_to": ("Terhadap {region} ({index})", "Against {region} ({index})"),
    "rounding_gap": ("Selisih pembulatan dua indeks", "Rounding"),
    # Change.
    "changed": (
        "**Apakah berubah?** {before} menjadi {now}: {change} poin, {verdict} (batas {least}).",
        "**Did it change?** From {before} to {now}: {change} points, {verdict} (bound {least}).",
    ),
    "changed_plain": (
        "**Apakah berubah?** {before} menjadi {now}: {change} poin.",
        "**Did it change?** From {before} to {now}: {change} points.",
    ),
    "otherwise": (
        "**Berbeda dari daerah lain ({mean})?** {rest}. Awal setara: {expected}; sisanya {left}, "
        "{verdict}{chance}.",
        "**Otherwise than the rest ({mean})?** {rest}. Began alike: {expected}; {left} is left, "
        "{verdict}{chance}.",
    ),
    "rest_rose": ("Lebih tinggi", "A rise"),
    "rest_fell": ("Lebih rendah", "A fall"),
    "rest_within_noise": ("Tidak melampaui ketidakpastian", "Not beyond it"),
    "flagged_by_chance": (
        " ({chance} dari {flagged} karena kebetulan)",
        " ({chance} of {flagged} by chance)",
    ),
    "no_change": (
        "Tabel tidak memuat Indeks Peningkatan untuk daerah ini.",
        "The table has no improvement index for this region.",
    ),
    "names_once": (
        "Indeks Pencapaian adalah NILAI FINAL dalam tabel kementerian; Indeks Peningkatan adalah "
        "TINGKAT IMPROVEMENT.",
        "The performance index is NILAI FINAL of the ministry's table; the improvement index is "
        "TINGKAT IMPROVEMENT.",
    ),
    # Questions.
    "questions": ("Nilai setiap pertanyaan", "Marks of single questions"),
    "questions_text": (
        "{count} pertanyaan, nilai {low}–{high}.",
        "{count} questions, marks {low}–{high}.",
    ),
    "lowest_fold": ("{count} terendah", "{count} lowest"),
    "highest_fold": ("{count} tertinggi", "{count} highest"),
    "lowest_caption": ("{count} nilai terendah", "The {count} lowest marks"),
    "highest_caption": ("{count} nilai tertinggi", "The {count} highest marks"),
    "ends_tied": (
        "Dari {ties} pertanyaan dengan nilai {mark}, {listed} yang pertama dalam kuesioner.",
        "Of {ties} questions with the mark {mark} the first {listed} of the questionnaire.",
    ),
    "tiles_fold": ("Menurut pilar", "By pillar"),
    "tiles_title": (
        "Nilai pertanyaan menurut pilar dan subdimensi",
        "Marks of questions by pillar and sub-dimension",
    ),
    "tiles_alt": (
        "Peta panas: satu kotak satu pertanyaan, makin gelap makin tinggi. {parts}.",
        "Heat map: a tile is a question, the darker the higher its mark. {parts}.",
    ),
    "tiles_scale": (
        "Satu kotak satu pertanyaan: terang {low}, gelap {high}; di samping pilar rata-ratanya",
        "A tile is a question: light {low}, dark {high}; beside each pillar its mean",
    ),
    # Factors.
    "factors": ("Faktor daerah", "Regional factors"),
    "factors_fold": ("Tabel faktor", "Table of factors"),
    "factors_caption": (
        "Faktor daerah di samping median daerah yang nilainya diketahui",
        "Regional factors beside the median of the regions whose scores are known",
    ),
    "factors_text": (
        "Dibanding median: penduduk {population}, kemiskinan {poverty_rate}, porsi PAD "
        "{own_source_share}.",
        "Against the median: population {population}, poverty {poverty_rate}, own-source share "
        "{own_source_share}.",
    ),
    "against": ("{own} ({median})", "{own} ({median})"),
    # How certain.
    "certain": ("Seberapa pasti", "How certain this is"),
    "certain_text": (
        "Kesalahan baku satu indeks sekitar **{error} poin** (alfa Cronbach {alpha}): per "
        "pasangan {apart} dari {others} lainnya tidak terbedakan. [Metode](method:ranks)",
        "Standard error of one index: **{error} points** (Cronbach's alpha {alpha}). Pairwise "
        "{apart} of {others} are not told apart. [Method](method:ranks)",
    ),
    "no_ranks": (
        "Ketidakpastian peringkat tahun ini tidak tersedia.",
        "How far the ranks of this year are known has not been computed.",
    ),
    "lost_text": (
        "{lost} baris hilang: peringkat terendah yang mungkin {lowest} dari {scored}.",
        "{lost} rows are lost: lowest possible rank {lowest} of {scored}.",
    ),
    "second_fold": (
        "Cara kedua, cara lain, peringkat menurut kelompok",
        "Second route, other methods, rank by group",
    ),
    "internal": ("menurut konsistensi antardimensi", "by consistency of the dimensions"),
    "retest": ("menurut perbandingan dengan tahun lalu", "by comparison with last year"),
    "set_line": (
        "**{Route}** (kesalahan baku {size} poin): rentang peringkat {level} {alone}, atau {joint} "
        "bila harus berlaku serentak bagi semua daerah.",
        "**{Route}** (standard error {size} points): the {level} set of its rank is {alone}, or "
        "{joint} if it is to hold for all regions at once.",
    ),
    "change_line": (
        "Dengan kesalahan itu, perubahan {change} poin {verdict}; daerah setara akan berubah "
        "{expected}.",
        "With that error the change of {change} points is {verdict}; regions that began alike "
        "would move by {expected}.",
    ),
    "other_ranges": (
        "Dengan bobot, penskalaan, atau penggabungan lain, peringkat indeks terharmonisasi "
        "{methods} pada sembilan dari sepuluh skenario; sebelum pembulatan {rounding}.",
        "With other weights, scales or ways to combine, the harmonised index has rank {methods} "
        "in nine of ten scenarios; before rounding it is {rounding}.",
    ),
    "nearest_ranks": ("Yang terdekat: {nearest}.", "The nearest: {nearest}."),
    "above": ("di atasnya", "above"),
    "level": ("setara", "level"),
    "below": ("di bawahnya", "below"),
    "places_caption": ("Peringkat menurut kelompok", "Rank by group"),
    "lowest_of": ("{lowest} dari {all}", "{lowest} of {all}"),
    "regions_known": ("Daerah diketahui", "Regions known"),
    # Sheets of the workbook.
    "leaf_marks": ("Nilai", "Marks"),
    "leaf_ranks": ("Peringkat", "Ranks"),
    # Sources.
    "sources": ("Sumber dan metode", "Sources and method"),
    "sources_text": (
        "Tabel nilai: surat {letter}, {date}. [Metode](method:top)",
        "Score table: letter {letter}, {date}. [Method](method:top)",
    ),
    "sources_fold": (
        "Cara mengutip dan semua sumber",
        "How to cite, and all sources",
    ),
    "cite": (
        "**Cara mengutip:** smartlib {version}, “{title}”. Dihitung dari {source}.",
        "**How to cite:** smartlib {version}, “{title}”. Computed from {source}.",
    ),
    "command": (
        "**Perintah:** `smartlib build --region {region} --year {year} --lang {lang}`",
        "**Command:** `smartlib build --region {region} --year {year} --lang {lang}`",
    ),
    "licence": (
        "**Lisensi:** kode MIT. Angka dikutip sebagai fakta dari surat dan publikasi; sebagian "
        "besar penerbit tidak menyatakan lisensi.",
        "**Licence:** code MIT. Figures are cited as facts from letters and publications; most "
        "publishers state no licence.",
    ),
}
