"""Sentences of the data audit in both languages, with places for its numbers (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

AUDIT: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "table_source": (
        "Sumber: tabel nilai Tahap II {edition}, {known} dari {scored} baris diketahui.",
        "Source: Stage II score table {edition}, {known} known rows of {scored}.",
    ),
    "letters_source": (
        "Sumber: surat Tahap I dan Tahap II, {edition}; disusun dari daftar di dalamnya.",
        "Source: letters on Stage I and Stage II, {edition}; derived from their lists.",
    ),
    # What came in.
    "hash_start": ("SHA-256 (12 digit pertama)", "SHA-256 (first 12)"),
    "row": ("Baris", "Row"),
    "what_was_done": ("Yang dilakukan", "What was done"),
    "resolved": (
        "{first} daerah dalam daftar Tahap I, {second} dalam daftar Tahap II, dan {known} baris "
        "tabel nilai cocok satu per satu dengan daftar daerah. {listed} dari {known} baris itu ada "
        "dalam daftar Tahap II, dan {selected} dari {invited} daerahnya ada dalam daftar Tahap I.",
        "{first} regions of the Stage I list, {second} of the Stage II list and {known} rows of "
        "the score table resolve to the register one to one. {listed} of the {known} rows stand in "
        "the Stage II list, and {selected} of its {invited} regions in the Stage I list.",
    ),
    # Totals.
    "rows": ("Baris", "Rows"),
    "rounding_rule": (
        "Nilai akhir {rule} sampai {decimals} desimal ({named}).",
        "Totals are {rule} to {decimals} decimals ({named}).",
    ),
    "rounding_stated": ("dinyatakan penerbit", "as the publisher states"),
    "rounding_inferred": (
        "disimpulkan: aturannya tidak dinyatakan",
        "inferred: no rule is stated",
    ),
    "totals_found": (
        "**{reproduced} dari {rows} nilai akhir yang terbit dapat dihitung ulang dengan hasil "
        "sama**, {contradicted} bertentangan. Pada {zeroed} baris, {dimensions} yang kosong "
        "dihitung 0: {regions}.",
        "**{reproduced} of {rows} published finals are reproduced**, {contradicted} contradicted. "
        "In {zeroed} rows a missing {dimensions} counts as 0: {regions}.",
    ),
    "a_mark": ("nilai", "mark"),
    "or": (" atau ", " or "),
    "none_here": ("tidak ada", "none"),
    "rule_half_up": ("dibulatkan dengan setengah ke atas", "rounded half up"),
    "rule_half_even": ("dibulatkan dengan setengah ke genap", "rounded half to even"),
    "rule_down": ("dipotong", "cut off"),
    "inputs_published": ("rata-rata seperti tercetak", "means as printed"),
    "inputs_whole_marks": ("rata-rata nilai bulat", "means of whole marks"),
    "inputs_unrounded": ("rata-rata sebelum dibulatkan", "means before rounding"),
    "inputs_none": ("cara mana pun yang dicoba di sini", "nothing tried here"),
    "totals": ("Nilai akhir", "Totals"),
    "so_many_of": ("{some} dari {all}", "{some} of {all}"),
    "ruled_out": ("Tidak mungkin: {reading}.\n\n", "Ruled out: {reading}.\n\n"),
    "claims_most": (
        "Di antara cara baca yang cocok dengan setiap nilai akhir, yang paling tegas menyatakan "
        "bahwa nilai akhir dibuat dari **{inputs}**, {rule}.",
        "Of the readings that allow every total, what claims most is that totals were made from "
        "**{inputs}**, {rule}.",
    ),
    "reading": (
        "{inputs}, {rule}: {possible} dari {checkable} nilai akhir",
        "{inputs}, {rule}: {possible} of {checkable} totals",
    ),
    "against_decimals": (
        "{region} terbit dengan {published}, lebih dari {decimals} desimal",
        "{region} publishes {published}, more than {decimals} decimals",
    ),
    "against_means": (
        "{region} terbit dengan {published}; {inputs} tidak menghasilkan rata-rata yang dicetaknya",
        "{region} publishes {published}; {inputs} do not give the means that it prints",
    ),
    "against_end": (
        "{region} terbit dengan {published}; {inputs} memberi {bound} {shown}",
        "{region} publishes {published}; {inputs} give {bound} {shown}",
    ),
    "against_rounded": (
        "{region} terbit dengan {published}; {inputs} memberi {bound}{shown}, yang {rule} menjadi "
        "{rounded}",
        "{region} publishes {published}; {inputs} give {bound}{shown}, which {rule} is {rounded}",
    ),
    "less_than": ("kurang dari", "less than"),
    "more_than": ("lebih dari", "more than"),
    "at_most": ("paling banyak ", "at most "),
    "at_least": ("paling sedikit ", "at least "),
    # Weights.
    "weights_found": (
        "- {track}: rentang terlebar {width} perseribu ({dimension}). Dari {tried} susunan bobot "
        "dengan langkah {step}, yang cocok dengan setiap nilai akhir ada {found}: {sets}.",
        "- {track}: widest interval {width} thousandths ({dimension}). Of {tried} sets of weights "
        "in steps of {step}, {found} reproduces every total: {sets}.",
    ),
    "weights": ("Bobot", "Weights"),
    "weights_published": ("terbit", "published"),
    "weights_elsewhere": ("beredar di tempat lain", "elsewhere"),
    "weights_source": (
        "Bobot yang beredar di tempat lain dikutip oleh: {source}.",
        "The weights that circulate elsewhere are quoted by: {source}.",
    ),
    "weights_equal": ("sama besar", "equal"),
    "weights_as_on": ("seperti pada {track}", "as on {track}"),
    "percents": ("Persen", "Percent"),
    "contradicted_totals": ("Nilai akhir yang bertentangan", "Totals contradicted"),
    "verdict": ("Hasil", "Verdict"),
    # Means.
    "no_question_marks": (
        "Untuk tahun ini tidak ada daerah yang nilai pertanyaannya diketahui.",
        "No region's question marks are known for this year.",
    ),
    "published": ("Terbit", "Published"),
    "recomputed": ("Dihitung ulang", "Recomputed"),
    "made_from": ("Dari", "From"),
    "mean_of": ("rata-rata {count} pertanyaan: {mean}", "mean of {count} questions: {mean}"),
    "some_answered": (
        "{given} dari {count} pertanyaan bernilai",
        "{given} of {count} questions have a mark",
    ),
    "questions_known": (
        "Daerah yang nilai pertanyaannya diketahui: {regions} dari {rows}. Dimensi tanpa "
        "pertanyaan: {dimensions}.",
        "Regions whose question marks are known: {regions} of {rows}. Dimensions without "
        "questions: {dimensions}.",
    ),
    # Whole marks.
    "assessors": ("Penilai", "Assessors"),
    "means_impossible": ("Rata-rata yang mustahil", "Means impossible"),
    "less_likely": ("Kurang mungkin daripada yang terbaik", "Less likely than the best"),
    "times_power": ("10^{power} kali", "10^{power} times"),
    "whole_marks_found": (
        "Nilai bulat dari **{assessors} penilai** menjelaskan {possible} dari {rows} rata-rata "
        "{told}; secara kebetulan hanya {chance} yang mungkin. Rata-rata yang tidak memberi "
        "petunjuk pada jumlah itu: {silent}.",
        "Whole marks of **{assessors} assessors** explain {possible} of {rows} means in {told}; by "
        "chance {chance} would be possible. Means that say nothing at that number: {silent}.",
    ),
    "no_whole_marks": (
        "Dari rata-rata ini tidak ada jumlah penilai yang dapat dibedakan dari kebetulan.",
        "No number of assessors can be told from chance by these means.",
    ),
    "marks_behind": ("Nilai di balik satu rata-rata", "Marks behind a mean"),
    "means": ("Rata-rata", "Means"),
    "sum_recovered": ("Jumlah nilai dapat dipulihkan", "Sum recovered"),
    "sums_possible": ("Jumlah yang mungkin, paling banyak", "Sums possible, at most"),
    "questions_at": ("Pertanyaan bila {assessors} penilai", "Questions at {assessors} assessors"),
    "means_possible": ("Rata-rata yang mungkin", "Means possible"),
    "chance_rows_head": ("Secara kebetulan", "By chance"),
    "likelier": ("Lebih mungkin daripada nilai sembarang", "Likelier than arbitrary values"),
    # Single marks.
    "grid_off": (
        "{off} dari {answers} nilai bukan rata-rata dari {assessors} nilai bulat.",
        "{off} of {answers} values are no means of {assessors} whole marks.",
    ),
    "grid_all": (
        "Semua {answers} nilai adalah kelipatan {step}: sesuai dengan nilai bulat {assessors} "
        "penilai.",
        "All {answers} values are multiples of {step}: consistent with whole marks of {assessors} "
        "assessors.",
    ),
    "grid_none": (
        " Tidak ada jumlah penilai yang dicoba yang menjelaskan semuanya.",
        " No number of assessors that was tried explains all.",
    ),
    "grid_fewest": (
        " Paling sedikit {fewest} penilai menjelaskan semuanya; setiap kelipatannya cocok juga.",
        " The fewest assessors that explain all are {fewest}; any multiple fits too.",
    ),
    "grid_chance": (
        "{region}: {found} Bila setiap nilai tercetak sama mungkinnya, {chance} dari {answers} "
        "akan jatuh pada kisi itu.",
        "{region}: {found} If any printed value were as likely as another, {chance} of {answers} "
        "would lie on that grid.",
    ),
    "spread_found": (
        "{region}: dari {pillars} pilar, {dealt} lebih seragam daripada nilai yang dibagikan acak "
        "pada taraf {level} setelah penyesuaian, dan {independent} lebih seragam daripada nilai "
        "yang saling bebas.",
        "{region}: of {pillars} pillars, {dealt} vary less than dealt marks would at the {level} "
        "level after adjustment, and {independent} less than independent marks.",
    ),
    "survey_found": (
        "{region}: {some} dari {all} nilai adalah kelipatan {step}, seperti rata-rata {assessors} "
        "nilai bulat. Rata-rata {respondents} nilai bulat adalah kelipatan {fine}; peluang "
        "sekurangnya sebanyak itu jatuh pada kisi yang lebih kasar sekitar {smooth} bila jumlahnya "
        "tersebar rata, dan {neighbouring} bila setiap responden memberi nilai di sebelah "
        "rata-rata.",
        "{region}: {some} of {all} values are multiples of {step}, as means of {assessors} whole "
        "marks are. Means over {respondents} whole marks are multiples of {fine}; at least so many "
        "on the coarser grid have a probability of about {smooth} if sums spread evenly, and "
        "{neighbouring} if each respondent gave a mark next to the mean.",
    ),
    "no_survey": (
        "Tidak ada nilai yang diketahui dan disebut sebagai rata-rata survei.",
        "No marks that are described as survey means are known.",
    ),
    # All together.
    "verdicts_found": (
        "{verdicts} hasil untuk baris yang diketahui: {impossible} mustahil, {unusual} tidak "
        "lazim, {contradicted} bertentangan ({checks}).",
        "{verdicts} verdicts on the known rows: {impossible} impossible, {unusual} unusual, "
        "{contradicted} contradicted ({checks}).",
    ),
    "verdict_reproduced": ("sama", "reproduced"),
    "verdict_contradicted": ("bertentangan", "contradicted"),
    "verdict_not_checkable": ("tidak dapat diperiksa", "not checkable"),
    "verdict_possible": ("mungkin", "possible"),
    "verdict_impossible": ("mustahil", "impossible"),
    "verdict_uninformative": ("tanpa petunjuk", "uninformative"),
    "verdict_expected": ("wajar", "expected"),
    "verdict_unusual": ("tidak lazim", "unusual"),
    "check": ("Pemeriksaan", "Check"),
    "check_final": ("Nilai akhir sesuai dengan barisnya", "Total follows from its row"),
    "check_mean": ("Rata-rata sesuai dengan pertanyaannya", "Mean follows from its questions"),
    "check_inputs": (
        "Setiap nilai akhir mungkin, menurut asal dan pembulatan",
        "Every total allowed, by inputs and rounding",
    ),
    "check_weights": (
        "Bobot yang terbit menghasilkan nilai akhir",
        "Published weights reproduce the totals",
    ),
    "check_granularity": ("Rata-rata berasal dari nilai bulat", "Mean is one of whole marks"),
    "check_assessors": (
        "Satu jumlah penilai menjelaskan semua rata-rata",
        "One number of assessors explains all means",
    ),
    "check_answers_grid": (
        "Nilai pertanyaan adalah rata-rata nilai bulat",
        "Single marks are means of whole marks",
    ),
    "check_answers_spread": (
        "Nilai dalam satu pilar beragam seperti dibagikan acak",
        "Marks vary inside a pillar as if dealt",
    ),
    "check_answers_survey": (
        "Rata-rata survei, terhadap kisi survei",
        "Survey means, against a survey's grid",
    ),
    # Who is missing.
    "flow_found": (
        "Dari {invited} daerah yang diundang, {scored} dinilai. {known} baris diketahui, yang "
        "terakhir {last}. {absent} daerah pasti tidak hadir. {undetermined} tidak dapat "
        "dipastikan: {undetermined_scored} di antaranya dinilai dan {undetermined_absent} tidak "
        "hadir, sehingga {absent} + {undetermined_absent} = {missing} yang tidak hadir, seperti "
        "disebut surat.",
        "Of the {invited} invited regions, {scored} were scored. {known} rows are known, the last "
        "is {last}. {absent} regions were certainly absent. {undetermined} are undetermined: "
        "{undetermined_scored} of them were scored and {undetermined_absent} were absent, so "
        "{absent} + {undetermined_absent} = {missing} absentees, as the letter states.",
    ),
    "stage_two": ("Tahap II", "Stage II"),
    "stage_absent": ("tidak hadir", "absent"),
    "stage_not_invited": ("tidak diundang", "not invited"),
    "stage_scored": ("dinilai", "scored"),
    "stage_undetermined": ("tidak dapat dipastikan", "undetermined"),
    # Notes of what reading repaired.
    "note_headings": ("judul kolom berulang, baris dilewati", "headings repeated, row left out"),
    "note_read": ("'{name}' dibaca sebagai {read}", "'{name}' read as {read}"),
    "note_twice": (
        "{region}, nomor {number} {list}, tercetak dua kali, dihitung sekali",
        "{region}, number {number} of {list}, is printed twice, counted once",
    ),
    "stage1_invited": ("daftar Tahap I", "the Stage I list"),
    "stage2_invited": ("daftar Tahap II", "the Stage II list"),
    "stage1_absent": ("daftar yang tidak hadir pada Tahap I", "the list of absent from Stage I"),
    "stage2_absent": ("daftar yang tidak hadir pada Tahap II", "the list of absent from Stage II"),
    "note_zero": (
        "kode '{code}' kehilangan nol di ujungnya, dibaca {read}",
        "code '{code}' lost its last zero, read as {read}",
    ),
    # Figures.
    "remainder_caption": (
        "Jumlah berbobot rata-rata tercetak dikurangi nilai akhir tercetak",
        "Weighted sum of the printed means, less the printed total",
    ),
    "rows_in_all": ("banyaknya baris, seluruhnya {rows}", "number of rows, {rows} in all"),
    "rules_title": (
        "jumlah yang dicetak demikian (ujung terbuka: tidak termasuk)",
        "sums that are printed so (open end: not included)",
    ),
    "even_ends": ("ujung yang angka terakhirnya genap", "ends where the last digit is even"),
    "of_a_point": ("dalam 1/{unit} poin indeks", "in 1/{unit} of an index point"),
    "step_rows": ("{step}: {rows} baris", "{step}: {rows} rows"),
    "remainder_alt": (
        "Batang berdiri di kedua sisi nol, dalam perseribu poin indeks. {parts}.",
        "Bars stand on both sides of zero, in thousandths of an index point. {parts}.",
    ),
    "weights_caption": (
        "Bobot yang menghasilkan setiap nilai akhir satu jalur, diukur dari bobot yang terbit",
        "Weights that reproduce every total of a track, from the published weight",
    ),
    "of_weight": ("perseribu bobot", "thousandths of weight"),
    "from_to": ("{low} s.d. {high}", "{low} to {high}"),
    "weights_alt": (
        "Batang-batang pendek di sekitar bobot yang terbit, dalam perseribu. {parts}.",
        "Short bars about the published weights, in thousandths. {parts}.",
    ),
    "granularity_caption": (
        "Baris yang rata-ratanya mungkin, menurut banyaknya penilai",
        "Rows whose published mean is possible, by number of assessors",
    ),
    "possible_rows": ("baris yang rata-ratanya mungkin", "rows whose mean is possible"),
    "any_possible": (
        "sama, tetapi rata-rata apa pun mungkin",
        "the same where any mean would be",
    ),
    "chance_rows": ("secara kebetulan", "by chance"),
    "asked": ("{count} pertanyaan", "{count} questions"),
    "number_of_assessors": ("banyaknya penilai", "number of assessors"),
    "granularity_alt": (
        "Semua baris mungkin, walau tidak semua rata-rata akan mungkin: {parts}.",
        "Every row possible, though not every mean would be: {parts}.",
    ),
    "answers_caption": (
        "{region}: nilai {count} pertanyaan pada langkah 1/{assessors}",
        "{region}: marks of {count} questions on steps of 1/{assessors}",
    ),
    "answers_scale": (
        "nomor pertanyaan; garis tegak memisahkan dimensi dan pilar",
        "number of the question; upright lines part dimensions and pillars",
    ),
    "answers_alt": (
        "{count} titik pada {heights} ketinggian: {marks}.",
        "{count} dots at {heights} heights: {marks}.",
    ),
    "spread_caption": (
        "{region}: seberapa beragam nilai di dalam satu pilar",
        "{region}: how much the marks vary inside a pillar",
    ),
    "spread_dealt": (
        "nilai yang sama, dibagikan acak",
        "the same marks dealt at random",
    ),
    "spread_independent": (
        "nilai saling bebas yang paling seragam",
        "least variable independent marks",
    ),
    "spread_own": ("seperti terbit", "as published"),
    "spread_scale": (
        "akar ragam (nilai); dalam kurung banyaknya pertanyaan",
        "root of the variance (marks); in parentheses the questions",
    ),
    "spread_alt": ("Akar ragam nilai: {parts}.", "Root of the variance: {parts}."),
    "variance": ("Ragam", "Variance"),
    "if_dealt": ("Bila dibagikan acak", "If dealt"),
    "if_independent": ("Bila saling bebas", "If independent"),
    "p_dealt": ("p, dibagikan acak", "p, dealt"),
    "p_independent": ("p, saling bebas", "p, independent"),
    "flow_caption": (
        "Dari {first} daerah terpilih ke {last} baris yang diketahui",
        "From {first} selected regions to {last} known rows",
    ),
    "flow_selected": ("Terpilih {cohort}", "Selected {cohort}"),
    "flow_invited": ("Diundang ke Tahap II", "Invited to Stage II"),
    "flow_scored": ("Dinilai", "Scored"),
    "flow_known": ("Baris diketahui", "Known rows"),
    "flow_not_invited": ("tidak diundang", "not invited to Stage II"),
    "flow_lost": ("baris hilang", "rows lost"),
    "flow_alt": ("{parts}. Berkurang di jalan: {losses}.", "{parts}. Lost on the way: {losses}."),
}
