"""Sentences of the notebook on factors, of its tables and figures, in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

FACTORS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    # What is asked, and the columns.
    "factors_noise": (
        "Indeks terharmonisasi menyebar sebesar {spread} poin (simpangan baku). Menurut "
        "pemeriksaan reliabilitas, ketidakpastian indeks satu daerah adalah {least} s.d. {most} "
        "poin (galat baku, menurut cara menghitungnya): nilai penilai menyumbang {low} s.d. "
        "{high} dari ragamnya.",
        "The harmonised index spreads by {spread} points (SD). By the checks of reliability one "
        "region's own index is known to within {least} to {most} points (standard error by "
        "route): marks make {low} to {high} of the variance.",
    ),
    "factors_clusters": (
        "Sebanyak {rows} daerah yang nilainya diketahui berada di {provinces} provinsi; {single} "
        "provinsi hanya memiliki satu baris, dan yang terbesar, {largest}, memiliki {most}.",
        "The {rows} known rows stand in {provinces} provinces; {single} provinces have a single "
        "row, and the largest, {largest}, has {most}.",
    ),
    "kota_or_not": ("Kota (1) atau kabupaten (0)", "Kota (1) or kabupaten (0)"),
    "track_or_not": ("Jalur {track} (1) atau tidak (0)", "{track} track (1) or not (0)"),
    "step_points": ("{label}: +10 poin persen", "{label}: +10 points"),
    "step_tenfold": ("{label}: sepuluh kali", "{label}: tenfold"),
    "step_ten": ("{label}: +10", "{label}: +10"),
    "controls_determined": (
        "Ditinggalkan dari kontrol: {controls}. Faktor yang disebut, bersama kontrol sebelumnya, "
        "menyisakan kurang dari {share} ragamnya: besaran yang sama tidak masuk dua kali. "
        "Pertanyaan yang menilainya tetap dihitung di bawah.",
        "Left out of the controls: {controls}. The factors named, with the controls before, leave "
        "less than {share} of the variance: the same measure does not enter twice. Questions that "
        "score it are counted below all the same.",
    ),
    "vintage_head": ("Tahun dan dasar", "Year and basis"),
    "against_head": ("Dibaca terhadap", "Read against"),
    "known_head": ("Diketahui", "Known"),
    "mean_head": ("Rata-rata", "Mean"),
    "deviation_head": ("Simpangan baku", "SD"),
    "lowest_head": ("Terendah", "Lowest"),
    # Circularity.
    "weight_on": ("Bobot, {track}", "Weight, {track}"),
    "bound_own": ("pertanyaan faktor-faktor ini sendiri", "these factors' own questions"),
    "bound_all": (
        "semua pertanyaan yang diketahui menilai statistik terbit",
        "all questions known to score a published statistic",
    ),
    "bound_part": ("di antaranya pada {dimension}", "those of them in {dimension}"),
    "bound_line": (
        "- {name}: {count} pertanyaan memikul {share} indeks terharmonisasi dan dapat "
        "menggesernya sebesar {points} poin sepanjang skalanya.",
        "- {name}: {count} questions carry {share} of the harmonised index and can move it by "
        "{points} points over their whole scale.",
    ),
    "purged_found": (
        "Yang ditinggalkan indeks murni: {left_out}; bobotnya {kept}.",
        "The purged index leaves out {left_out}; its weights are {kept}.",
    ),
    "nothing": ("tidak ada", "nothing"),
    "purged_short": ("Indeks murni", "Purged index"),
    "bound_found": (
        "*{step}*: pertanyaan yang menilai faktor-faktor ini dapat menambah paling banyak {most} "
        "poin indeks, ke atas atau ke bawah, melalui nilainya sendiri. Koefisien pada indeks "
        "terharmonisasi adalah {found}, {verdict}.",
        "*{step}*: the questions that score these factors could add at most {most} index points, "
        "up or down, through their own marks. The coefficient on the harmonised index is {found}, "
        "{verdict}.",
    ),
    "bound_more": ("lebih dari itu", "more than that"),
    "bound_no_more": ("tidak lebih dari itu", "no more than that"),
    # The regression.
    "coefficient_head": ("Koefisien", "Coefficient"),
    "models_foot": (
        "Baris, klaster; R kuadrat (galat baku {errors})",
        "Rows, clusters; R squared ({errors} errors)",
    ),
    "with_error": ("{title} (galat baku)", "{title} (error)"),
    "p_of": ("p, {title}", "p, {title}"),
    "row_without": ("{region} (tanpa {columns})", "{region} (no {columns})"),
    "rows_dropped": ("Tidak disertakan: {regions}.", "Left out: {regions}."),
    "rows_whole": (
        "Tidak ada baris yang ditinggalkan dari {rows}.",
        "No row was left out of {rows}.",
    ),
    "freedom_found": (
        "{told} Ada {clusters} klaster. Seberapa baik suatu galat baku diketahui, dan karena itu "
        "seberapa lebar selangnya, ditunjukkan oleh derajat bebasnya: {low} s.d. {high} di "
        "sini, {own} untuk {factor}.",
        "{told} There are {clusters} clusters. How well a standard error is known, and so how wide "
        "its interval must be, is said by its degrees of freedom: {low} to {high} here, {own} for "
        "{factor}.",
    ),
    "factors_source": (
        "Sumber: tabel nilai {edition}, {known} daerah yang nilainya diketahui; faktor seperti "
        "pada tabel di atas.",
        "Source: score table {edition}, {known} known rows; factors as in the table above.",
    ),
    "factor_steps_caption": (
        "Poin indeks yang berjalan bersama satu langkah setiap faktor (selang kepercayaan 95%, "
        "CR2 menurut provinsi)",
        "Index points that go with a step in each factor (95% intervals, CR2 by province)",
    ),
    "step_found": (
        "- *{step}* berjalan bersama {points} poin indeks ({ends}); {zero}. Satu simpangan baku "
        "berjalan bersama {spread} simpangan baku variabel terikat.",
        "- *{step}* goes with {points} index points ({ends}); {zero}. One standard deviation goes "
        "with {spread} standard deviations of the outcome.",
    ),
    "zero_inside": ("selang kepercayaannya memuat nol", "the interval holds zero"),
    "zero_outside": ("selang kepercayaannya tidak memuat nol", "the interval leaves out zero"),
    "no_interval": (
        "selang kepercayaan tidak dapat diberikan",
        "no interval can be given",
    ),
    # The leading factor under other errors.
    "under_cr2": ("Menurut provinsi (CR2)", "By province (CR2)"),
    "under_hc2bm": (
        "Baris saling bebas (HC2, Bell-McCaffrey)",
        "Rows independent (HC2, Bell-McCaffrey)",
    ),
    "under_hc3": ("Baris saling bebas (HC3), normal", "Rows independent (HC3), normal"),
    "under_wild": ("Menurut provinsi, wild bootstrap", "By province, wild bootstrap"),
    "under_distance": (
        "Menurut jarak (Conley, Askey), {cutoff} km",
        "By distance (Conley, Askey), {cutoff} km",
    ),
    "under_distances": ("Menurut jarak, batas mana pun", "By distance, at any cutoff"),
    "deviation_error": ("Galat baku", "Standard error"),
    "freedom_head": ("Derajat bebas", "Degrees of freedom"),
    "interval_head": ("Selang kepercayaan", "Interval"),
    "freedom_drawn": ("dari undian", "by draws"),
    "tally_agree": ("Semuanya sepakat.", "They agree."),
    "tally_disagree": ("Tidak semuanya sepakat.", "They disagree."),
    "tally_found": (
        "{verdict} Dari {count} {what}, nol {told}.",
        "{verdict} Of {count} {what}, zero is {told}.",
    ),
    "tally_kinds": ("jenis galat baku", "kinds of errors"),
    "tally_refits": ("regresi", "regressions"),
    "tally_out": (
        "tidak dimuat selang dari {count} ({names})",
        "left out by {count} ({names})",
    ),
    "tally_in": ("dimuat selang dari {count} ({names})", "held by {count} ({names})"),
    "tally_either": (
        "dimuat atau tidak, tergantung batas jaraknya, pada {count} ({names})",
        "left out or held, as the cutoff is, by {count} ({names})",
    ),
    "tally_unknown": ("tidak dinilai pada {count} ({names})", "not judged by {count} ({names})"),
    "within_reach": (
        "{share} berjarak paling jauh {cutoff} km (galat baku {error})",
        "{share} lie within {cutoff} km (standard error {error})",
    ),
    "errors_found": (
        "Galat baku bawaan memiliki {freedom} derajat bebas; galat baku menurut jarak dibaca "
        "dengan {rest}, yaitu baris dikurangi koefisien. Dari semua pasangan daerah, {reach}.",
        "The default's standard error has {freedom} degrees of freedom; errors by distance are "
        "read with {rest}, rows less coefficients. Of all pairs of regions, {reach}.",
    ),
    # A bounded outcome, years, single regions.
    "by_least_squares": ("Kuadrat terkecil", "Least squares"),
    "by_fractional_logit": ("Logit fraksional", "Fractional logit"),
    "not_bounded": (
        "{outcome} bukan nilai berbatas: logit fraksional tidak dibuat.",
        "{outcome} is no bounded score: no fractional logit.",
    ),
    "step_head": ("Langkah", "Step"),
    "interval_for": ("Selang ({title})", "Interval ({title})"),
    "no_budget": (
        "Tidak ada angka anggaran di antara faktor regresi ini: tidak ada tahun yang dipilih.",
        "No factor of this regression is a budget figure: there is no year to choose.",
    ),
    "years_note": (" Selang 95%, CR2 menurut provinsi.", " 95% intervals, CR2 by province."),
    "years_caption": (
        "Regresi yang sama dengan anggaran setiap tahun",
        "The same regression with the budget of each fiscal year",
    ),
    "years_alt": ("Poin indeks: {parts}.", "Index points: {parts}."),
    "step_in_year": ("{step} pada {year}", "{step} in {year}"),
    "year_found": (
        "- *{step}* {sign}: {told} poin indeks. Selang yang tidak memuat nol: {outside} dari "
        "{years}.",
        "- *{step}* {sign}: {told} index points. Intervals that leave out zero: {outside} of "
        "{years}.",
    ),
    "sign_kept": ("tandanya tetap", "keeps its sign"),
    "sign_changed": ("tandanya berubah", "changes its sign"),
    "years_rows": (
        "- Baris dengan nilai di setiap kolom: {fewest} s.d. {most}.",
        "- Rows with a value for every column: {fewest} to {most}.",
    ),
    "influence_caption": (
        "{step}: poin indeks tanpa satu {one} atau {other} (putus-putus: semua baris)",
        "{step}: index points without one {one} or {other} (dashed: with all rows)",
    ),
    "without_one": ("tanpa satu {what}", "without one {what}"),
    "influence_part": ("tanpa {name} menjadi {value}", "without {name} it is {value}"),
    "influence_alt": ("Dengan semua baris {all}; {parts}.", "With all rows {all}; {parts}."),
    "heaviest_found": (
        "- {region}: {factor} {value}, sedangkan mediannya {median}.",
        "- {region}: {factor} {value}, against a median of {median}.",
    ),
    "refit_all": ("Semua {rows} baris", "All {rows} rows"),
    "refit_region": ("Tanpa {name}", "Without {name}"),
    "refit_province": ("Tanpa provinsi {name}", "Without the province {name}"),
    # What the design could have seen; residuals.
    "smallest_head": ("Terkecil yang dapat terdeteksi", "Smallest detectable"),
    "found_head": ("Ditemukan", "Found"),
    "smallest_found": (
        "Dalam poin variabel terikat (simpangan bakunya {spread}): untuk *{step}* hubungan yang "
        "lebih kecil daripada {smallest}, ke atas atau ke bawah, akan terlewat lebih dari sekali "
        "dalam lima kali; yang ditemukan {found}.",
        "In outcome points (its SD is {spread}): for *{step}* anything smaller than {smallest}, up "
        "or down, would be missed more than once in five times; found was {found}.",
    ),
    "residuals_caption": (
        "Residual: indeks di atas atau di bawah yang berjalan bersama faktor",
        "Residuals: index above or below what the factors go with",
    ),
    "residuals_above": ("di atas (diameter: seberapa jauh)", "above (diameter: how far)"),
    "residuals_below": ("di bawah (diameter: seberapa jauh)", "below (diameter: how far)"),
    "map_scale": (
        "bujur (derajat timur); ke atas lintang (derajat utara)",
        "longitude (degrees east); upwards latitude (degrees north)",
    ),
    "residuals_alt": (
        "Peta dengan {above} daerah di atas dan {below} di bawah; residual terbesar {highest} dan "
        "{lowest} poin indeks.",
        "Map with {above} regions above and {below} below; the largest residuals are {highest} and "
        "{lowest} index points.",
    ),
    # What is not measured.
    "contour_caption": (
        "{factor}: koefisiennya, bila satu variabel lagi diukur",
        "{factor}: the coefficient, had one more variable been measured",
    ),
    "contour_source": ("{source} Kontur: {step}.", "{source} Contours: {step}."),
    "contour_fitted": ("hasil regresi ({value})", "as fitted ({value})"),
    "contour_measured": (
        "bila sekuat suatu kolom yang diukur",
        "had it been as strong as a measured column",
    ),
    "contour_scale": (
        "R kuadrat parsial dengan faktor; ke atas: dengan variabel terikat",
        "partial R squared with the factor; upwards: with the outcome",
    ),
    "benchmark_head": ("Variabel sekuat", "A variable as strong as"),
    "factor_share_head": ("Bagian dari faktor", "Share of the factor"),
    "outcome_share_head": ("Bagian dari variabel terikat", "Share of the outcome"),
    "coefficient_then": ("Koefisien menjadi", "Coefficient then"),
    "classical_interval": ("Selang klasik", "Classical interval"),
    "clustered_errors": ("yang diklaster menurut provinsi", "clustered by province"),
}
