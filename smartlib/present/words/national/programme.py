"""Sentences of the notebook on the programme and of its figures in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

PROGRAMME: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    # Factors, the steps on which they are read, and where they come from.
    "step_kota": ("Kota, bukan kabupaten", "Kota, not kabupaten"),
    "step_own_source_share": ("Porsi PAD: +10 poin persen", "Own-source share: +10 points"),
    "step_log_population": ("Jumlah penduduk: sepuluh kali", "Population: tenfold"),
    "step_human_development_index": (
        "Indeks pembangunan manusia: +10",
        "Human development index: +10",
    ),
    "step_poverty_rate": ("Penduduk miskin: +10 poin persen", "Poverty rate: +10 points"),
    "step_deviation": ("{label}: +1 simpangan baku", "{label}: +1 SD"),
    "basis_realised": ("(realisasi)", "realised"),
    "basis_budgeted": ("(anggaran)", "budgeted"),
    "basis_observed": ("(pengamatan)", "observed"),
    "programme_source": (
        "Sumber: tabel nilai dan surat {edition}, {known} daerah yang nilainya diketahui; "
        "{publishers}.",
        "Source: score table and letters of {edition}, {known} known rows; {publishers}.",
    ),
    "programme_stages": (
        "Dari {register} daerah, {selected} terpilih, {invited} diundang, {scored} dinilai; "
        "{known} diketahui nilainya. Dari {undetermined} daerah di belakang potongan, "
        "{undetermined_scored} barisnya hilang dan {undetermined_absent} tidak hadir; daftarnya "
        "tidak menyebut yang mana. Faktor: {factors}. Ditinggalkan karena tidak ada faktornya: "
        "{lacking}.",
        "Of {register} regions {selected} were selected, {invited} invited, {scored} scored; "
        "{known} rows are at hand. Of {undetermined} regions after the cut "
        "{undetermined_scored} have a lost row and {undetermined_absent} were absent; the list "
        "does not say which. Factors: {factors}. Left out for want of a factor: {lacking}.",
    ),
    "factor_narrow": (
        "*{factor}* diketahui dari {known} dari {regions} daerah tanpa nilai: siapa yang masuk, "
        "bobot, dan baris yang hilang dibaca tanpa faktor itu; faktor itu ada pada jalur dan "
        "peningkatan. Semuanya memerlukan tabel seluruh kabupaten dan kota, sekurangnya "
        "{share} dari yang terpilih dan yang tidak, yang hadir dan yang tidak.",
        "*{factor}* is known of {known} of {regions} regions without a row: who is in, weights "
        "and lost rows are read without it; it stands with tracks and improvement. All of them "
        "need a table of all kabupaten and kota, at least {share} of the selected and the "
        "others, of those that took part and those that did not.",
    ),
    "with_interval": ("{middle} ({low} s.d. {high})", "{middle} ({low} to {high})"),
    "index_points": ("Poin indeks", "Index points"),
    "index_points_interval": ("Poin indeks (selang 95%)", "Index points (95% interval)"),
    "no_figure": (
        "tidak dapat dihitung; alasan menurut program: {reason}",
        "{reason}",
    ),
    # Who was selected, took part, has a row.
    "question_selected": ("terpilih", "selected"),
    "question_took_part": ("hadir", "took part"),
    "question_scored": ("nilai diketahui", "row at hand"),
    "question_separated": ("{question}: terpisah sempurna", "{question}: separated"),
    "question_count": ("{question}, {ones} dari {rows}", "{question}, {ones} of {rows}"),
    "odds_caption": (
        "Odds untuk masuk yang berjalan bersama setiap faktor (selang 95%)",
        "Odds of being in that go with each factor (95% intervals)",
    ),
    "odds_scale": (
        "rasio odds; di kanan 1 odds-nya lebih tinggi",
        "odds ratio; right of 1 the odds are higher",
    ),
    "odds_alt": ("Rasio odds. {parts}.", "Odds ratios. {parts}."),
    "odds_head": ("Rasio odds (selang 95%)", "Odds ratio (95% interval)"),
    "logit_found": (
        "{ones} dari {rows}; tidak terpisah; luas {area}",
        "{ones} of {rows}; no separation; area {area}",
    ),
    "logit_separated": ("{ones} dari {rows}; {reason}", "{ones} of {rows}; {reason}"),
    "known_absent": (
        "Diketahui tidak hadir: {kinds}.",
        "Known to be absent: {kinds}.",
    ),
    "fate_unknown": (
        "Ditinggalkan dari *{question}*: {unsure} daerah yang nasibnya tidak diketahui. {came} di "
        "antaranya hadir, dan {alike} dari daerah sejenis yang nasibnya diketahui.",
        "Left out of *{question}*: {unsure} regions whose fate is not known. {came} of them took "
        "part, against {alike} of their kind whose fate is known.",
    ),
    "group_head": ("Kelompok", "Group"),
    "predicted_observed": (
        "{question}: dugaan, teramati",
        "{question}: predicted, observed",
    ),
    "predicted_cell": (
        "{predicted}, {observed} dari {rows}",
        "{predicted}, {observed} of {rows}",
    ),
    # The cut in the alphabet.
    "nothing_lost": (
        "Tidak ada baris tabel ini yang hilang.",
        "No row of this table is lost.",
    ),
    "mean_before": ("Rata-rata sebelum", "Mean before"),
    "mean_after": ("Rata-rata sesudah", "Mean after"),
    "difference_deviations": ("Selisih (simpangan baku)", "Difference (SD)"),
    "p_head": ("p", "p"),
    "p_all": ("p, semua dilihat", "p, all looked at"),
    "cut_found": (
        "{after} dari {rows} daerah sejenis yang diundang berada di belakang potongan. Semua "
        "faktor bersama: p = {p}, dari {divisions}.",
        "{after} of {rows} invited regions of this kind stand behind the cut. All factors "
        "together: p = {p}, from {divisions}.",
    ),
    "every_division": ("semua pembagian", "every division"),
    "random_divisions": ("{draws} pembagian acak", "{draws} random divisions"),
    # Weights.
    "variant_equal": ("Sama", "Equal"),
    "variant_inverse": ("Peluang terbalik", "Inverse probability"),
    "variant_invited": ("Diseimbangkan ke yang diundang", "Balanced to the invited"),
    "variant_all": ("Diseimbangkan ke semua", "Balanced to all"),
    "effective_rows": ("Baris efektif", "Effective rows"),
    "programme_weights": (
        "Daerah: {rows}; kesalahan: CR2 menurut provinsi, selang dari t dengan derajat bebas "
        "Satterthwaite, bobot dianggap tetap. {made} Bobot terbesar, dengan rata-rata 1: {most}.",
        "Rows: {rows}; errors: CR2 by province, intervals from t with Satterthwaite's degrees of "
        "freedom, the weights taken as given. {made} Largest weight, the mean being 1: {most}.",
    ),
    "weights_most": ("{name} {weight} ({region})", "{name} {weight} ({region})"),
    "weights_care": (
        "Baca *{name}* dengan hati-hati: hanya {effective} baris efektif dari {rows}, dengan "
        "{share} bobot pada {heaviest} daerah. Rata-rata yang diwakilinya berjarak sampai {gap} "
        "simpangan baku dari rata-rata daerah yang nilainya diketahui ({factor}), sehingga "
        "bertumpu pada daerah yang condong ke sana; selangnya tidak memuat keraguan tentang "
        "bobot, atau tentang garis yang ditarik sejauh itu.",
        "Read *{name}* with care: it rests on {effective} effective rows of {rows}, with {share} "
        "of the weight on {heaviest} regions. The means that it stands for lie up to {gap} "
        "standard deviations from those of the known rows ({factor}), so that it leans on those "
        "known rows that lie towards them; its interval holds no doubt about the weights, nor "
        "about a line drawn out so far.",
    ),
    "weights_enough": (
        "Setiap himpunan bobot menyisakan separuh baris atau lebih.",
        "Each set of weights leaves half of the rows or more.",
    ),
    # Lost rows.
    "bounds_found": (
        "- Rata-rata indeks terharmonisasi, {part}: {known} di antara daerah yang nilainya "
        "diketahui; dengan {most} baris yang hilang, di antara {low} dan {high}",
        "- Mean of the harmonised index, {part}: {known} over the known rows; with {most} lost "
        "rows between {low} and {high}",
    ),
    "lost_caption": (
        "Menjadi berapa setiap koefisien dengan {lost} baris yang hilang",
        "What {lost} lost rows could make of each coefficient",
    ),
    "lost_known": ("diketahui, selang 95%", "known rows, 95% interval"),
    "lost_imputed": ("diimputasi, selang 95%", "lost rows imputed, 95% interval"),
    "lost_bounds": ("batas kasus terburuk", "worst-case bounds"),
    "bounds_part": ("batas {low} s.d. {high}", "bounds {low} to {high}"),
    "lost_known_head": ("Daerah yang diketahui (selang 95%)", "Known rows (95% interval)"),
    "lost_imputed_head": (
        "Baris hilang diimputasi (selang 95%)",
        "Lost rows imputed (95% interval)",
    ),
    "lost_bounds_head": ("Batas kasus terburuk", "Worst-case bounds"),
    "imputed_found": (
        "Tandanya tetap apa pun isi baris yang hilang: {signs}. Diimputasi {times} kali; baris "
        "yang hilang menyumbang {least} s.d. {most} ragam suatu koefisien, dan {outside} undian "
        "berada di luar skala.",
        "Sign fixed whatever the lost rows were: {signs}. Imputed {times} times; the lost rows "
        "are behind {least} to {most} of a coefficient's variance, and {outside} of the draws lie "
        "beyond the scale.",
    ),
    "no_coefficient": ("tidak satu koefisien pun", "no coefficient"),
    # Tracks.
    "one_track": (
        "Semua daerah berada pada satu jalur: tidak ada yang dibandingkan.",
        "All regions are on one track: there is nothing to compare.",
    ),
    "overlap_caption": (
        "Di mana daerah {name} dan {other} serupa faktornya",
        "Where {name} and {other} regions have like factors",
    ),
    "overlap_title": (
        "{name}: {rows} daerah, {outside} di luar rentang bersama",
        "{name}: {rows} rows, {outside} outside the common range",
    ),
    "overlap_scale": (
        "peluang dugaan untuk {name}; garis putus-putus: rentang bersama",
        "predicted probability of {name}; dashed: common range",
    ),
    "overlap_alt": (
        "Dua histogram peluang dugaan: mediannya {median} untuk {name} dan {other_median} untuk "
        "{other}; kedua kelompok berada di antara {low} dan {high}; {thin} daerah berada di ujung "
        "yang diarsir.",
        "Two histograms of the predicted probability: the median is {median} for {name} and "
        "{other_median} for {other}; both groups lie between {low} and {high}; {thin} of all rows "
        "lie in the shaded ends.",
    ),
    "overlap_found": (
        "- {name} dan {other}: {thin} daerah di ujung yang diarsir; di luar rentang bersama: "
        "{outside}.",
        "- {name} and {other}: {thin} of the rows in the shaded ends; outside the common range: "
        "{outside}.",
    ),
    "overlap_none": (
        "- {name} dan {other}: tumpang tindih tidak dapat ditunjukkan; alasan menurut program: "
        "{reason}.",
        "- {name} and {other}: no overlap can be shown, as {reason}.",
    ),
    "estimand_all": ("semua yang diketahui", "all known rows"),
    "estimand_group": ("daerah jalur itu", "rows of the track"),
    "estimand_common": ("daerah dalam rentang bersama", "rows in the common range"),
    "estimator_unadjusted": ("tanpa penyesuaian", "unadjusted"),
    "estimator_regression": ("regresi", "regression"),
    "estimator_matching": ("pencocokan", "matching"),
    "estimator_entropy balancing": ("penyeimbangan entropi", "entropy balancing"),
    "estimator_AIPW": ("AIPW", "AIPW"),
    "needs_unadjusted": (
        "bahwa kelompok dibentuk dengan undian",
        "that groups were formed by lot",
    ),
    "needs_regression": (
        "indeks linear dalam faktor di setiap kelompok",
        "the index is linear in the factors in each group",
    ),
    "needs_matching": (
        "tetangga terdekat cukup dekat, dan jarak yang tersisa linear; daerah saling bebas juga "
        "di dalam provinsi",
        "near neighbours are near enough, and what distance is left is linear; regions are "
        "independent also inside a province",
    ),
    "needs_entropy balancing": (
        "indeks di setiap kelompok atau log odds kelompok itu linear dalam faktor; selangnya "
        "menganggap bobot tetap, bukan diduga",
        "either the index in each group or the log odds of the group are linear in the factors; "
        "the interval takes the weights as given, not as estimated",
    ),
    "needs_AIPW": (
        "indeks di setiap kelompok atau log odds kelompok itu linear dalam faktor, dan keduanya "
        "untuk selangnya; tidak ada faktor yang memastikan kelompoknya",
        "either the index in each group or the log odds of the group are linear in the factors, "
        "and both for the interval; no factors make a group certain",
    ),
    "errors_cr2": ("CR2 menurut klaster", "CR2 by cluster"),
    "errors_pairs": (
        "Abadie dan Imbens, baris saling bebas",
        "Abadie and Imbens, rows independent",
    ),
    "errors_scores": ("fungsi influensi menurut klaster", "influence function by cluster"),
    "df_normal": ("normal", "normal"),
    "estimators_caption": (
        "{name} dikurangi {other}, menurut setiap penduga (selang 95%)",
        "{name} minus {other}, by each estimator (95% intervals)",
    ),
    "harmonised_points": ("poin indeks terharmonisasi", "points of the harmonised index"),
    "estimator_part": ("{estimator} ({estimand}) {value}", "{estimator} ({estimand}) {value}"),
    "estimator_head": ("Penduga", "Estimator"),
    "estimand_head": ("Estimand", "Estimand"),
    "needs_head": ("Syarat tambahan", "Needs besides"),
    "difference_interval": ("Selisih (selang 95%)", "Difference (95% interval)"),
    "errors_kind": ("Kesalahan", "Errors"),
    "aipw_found": (
        "AIPW dengan dan tanpa daerah yang tidak ada serupanya: {parts}.",
        "AIPW with and without the rows that have no like: {parts}.",
    ),
    "aipw_part": (
        "{name} pada {estimand} ({rows}) {value}",
        "{name} over {estimand} ({rows}) {value}",
    ),
    # Improvement.
    "route_internal": ("konsistensi", "internal"),
    "route_retest": ("tahun lalu", "retest"),
    "change_caption": (
        "Peningkatan terhadap indeks tahun lalu, dan yang akan diberikan kesalahan saja",
        "Improvement against last year's index, and what noise alone would give",
    ),
    "change_fitted": ("hasil regresi, {slope}", "fitted, {slope}"),
    "change_noise": ("kesalahan saja, {route}, {slope}", "noise alone, {route}, {slope}"),
    "a_region": ("satu daerah", "a region"),
    "change_axis": (
        "indeks tahun lalu; ke atas: indeks tahun ini dikurangi tahun lalu",
        "last year's index; upwards: this year's minus last year's",
    ),
    "change_lines_alt": (
        "{rows} titik dan garis-garis melalui tengahnya, menurut kemiringan: {parts}.",
        "{rows} dots and lines through their middle, by slope: {parts}.",
    ),
    "slope_found": ("Kemiringan teramati (selang 95%)", "Slope found (95% interval)"),
    "slope_noise": ("Dari kesalahan saja", "From noise alone"),
    "slope_left": (
        "Yang tersisa (selang 95%, reliabilitas dianggap diketahui)",
        "Left over (95% interval, reliability taken as known)",
    ),
    "track_not_common": ("{track}, bukan {common}", "{track}, not {common}"),
    "method_change": ("skor perubahan", "change scores"),
    "method_covariance": ("kovarians", "covariance"),
    "method_corrected": ("terkoreksi", "corrected"),
    "method_reliability": ("{method} ({reliability})", "{method} ({reliability})"),
    "methods_caption": (
        "Peningkatan dan faktor: skor perubahan, analisis kovarians (selang 95%)",
        "Improvement and factors: change scores, analysis of covariance (95% intervals)",
    ),
    "improvement_points": ("poin indeks peningkatan", "index points of improvement"),
    "zero_left_out": (
        "Dari {count} selang, menurut faktor dan cara, {apart} tidak memuat nol.",
        "Of {count} intervals, over factors and methods, {apart} leave out zero.",
    ),
    "circular_found": (
        "Dinilai juga oleh pertanyaan indeks: {factors}. Selang bertumpu pada {provinces} "
        "provinsi, {single} di antaranya dengan satu daerah saja.",
        "Scored by questions of the index too: {factors}. Intervals rest on {provinces} provinces, "
        "of which {single} have a single row.",
    ),
    "none_of_factors": ("tidak satu faktor pun", "none of the factors"),
}
