"""Sentences of the specification curve and of its figures in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

CURVE: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    # Questions and their answers.
    "curve_formula": ("Rumus", "Formula"),
    "curve_normalisation": ("Normalisasi", "Normalisation"),
    "curve_aggregation": ("Agregasi", "Aggregation"),
    "curve_without": ("Yang ditinggalkan", "Left out"),
    "curve_controls": ("Kontrol", "Controls"),
    "curve_vintage": ("Tahun faktor", "Factor year"),
    "curve_sample": ("Himpunan daerah", "Rows"),
    "curve_covariance": ("Kesalahan baku", "Errors"),
    "curve_form": ("Bentuk faktor", "Form of the factor"),
    "option_published": ("menurut jalur", "published"),
    "option_harmonised": ("terharmonisasi", "harmonised"),
    "option_as_marked": ("seperti dinilai", "as marked"),
    "option_min_max": ("min-maks", "min-max"),
    "option_z_score": ("skor z", "z-scores"),
    "option_rank": ("peringkatnya", "ranks"),
    "option_arithmetic": ("aritmetik", "arithmetic"),
    "option_geometric": ("geometrik", "geometric"),
    "option_harmonic": ("harmonik", "harmonic"),
    "option_mazziotta_pareto": ("Mazziotta-Pareto", "Mazziotta-Pareto"),
    "option_none": ("tanpa", "none"),
    "option_all": ("semua", "all"),
    "form_level": ("tingkat (garis lurus)", "level (straight line)"),
    "form_log": ("logaritma", "logarithm"),
    "form_root": ("akar kuadrat", "square root"),
    "form_logit": ("logit", "logit"),
    "form_quadratic": ("kuadratik", "quadratic"),
    "form_rank": ("peringkat faktor", "rank"),
    "by_cluster_kind": ("menurut klaster: {kind}", "by cluster: {kind}"),
    "by_row_kind": ("menurut baris: {kind}", "by row: {kind}"),
    "controls_size": ("ukuran, jenis", "size, kind"),
    "controls_track": ("ukuran, jenis, jalur", "size, kind, track"),
    "controls_human": ("+ IPM, kemiskinan", "+ HDI, poverty"),
    "controls_output": ("+ PDRB per kapita", "+ GRDP per person"),
    "controls_budget": ("+ porsi anggaran", "+ budget shares"),
    "controls_main": ("+ IPM, kemiskinan, anggaran", "+ HDI, poverty, budget"),
    "controls_all": ("+ semua ini", "+ all of these"),
    "errors_hc2bm": (
        "menurut baris (HC2, Bell-McCaffrey)",
        "by row (HC2, Bell-McCaffrey)",
    ),
    "errors_by_province": (
        "menurut provinsi (CR2, Satterthwaite)",
        "by province (CR2, Satterthwaite)",
    ),
    "sample_without": ("tanpa {name}", "without {name}"),
    "sample_java": ("Jawa", "Java"),
    "sample_track": ("hanya jalur {track}", "{track} track only"),
    "the_track": ("jalur {track}", "the {track} track"),
    # The plan.
    "curve_source": (
        "Sumber: tabel nilai {edition}, {known} daerah yang nilainya diketahui; faktor: "
        "{publishers}.",
        "Source: score table {edition}, {known} known rows; factors: {publishers}.",
    ),
    "quartile_step": (
        "langkah dari kuartil bawah ke kuartil atas {factor}",
        "the step from the lower to the upper quartile of {factor}",
    ),
    "curve_first": (
        "{step} berjalan bersama {points} poin indeks; bila satu dari {provinces} provinsi "
        "ditinggalkan, bersama {low} (tanpa {lowest}) s.d. {high} (tanpa {highest}).",
        "{step} goes with {points} index points; with one of {provinces} provinces left out, with "
        "{low} (without {lowest}) to {high} (without {highest}).",
    ),
    "question_head": ("Pilihan", "Question"),
    "answers_head": (
        "Jawaban, dengan banyaknya spesifikasi",
        "Answers, with the number of specifications",
    ),
    "reason_head": ("Alasan", "Reason"),
    "reason_few": (
        "{rows} baris lengkap untuk {coefficients} koefisien",
        "{rows} complete rows for {coefficients} coefficients",
    ),
    "reason_same": (
        "{name} sama di semua baris",
        "{name} is the same in every row",
    ),
    "planned_found": (
        "Direncanakan: {count} spesifikasi, pada {designs} dari {considered} himpunan baris dan "
        "kolom; {excluded} tidak dapat diregresikan. Sepanjang kurva banyaknya baris berkisar dari "
        "{fewest} s.d. {most}; baris suatu himpunan yang tidak memiliki faktornya: paling banyak "
        "{missing}.",
        "Planned: {count} specifications, on {designs} sets of rows and columns of {considered}; "
        "{excluded} cannot be regressed on. Over the curve the number of rows runs from {fewest} "
        "to {most}; rows of a sample that lack a factor: {missing} at most.",
    ),
    # The curve.
    "curve_caption": (
        "{step} dan indeks, pada {count} spesifikasi",
        "{step} and the index, in {count} specifications",
    ),
    "curve_scale": (
        "Simpangan baku indeks untuk {step}, dengan selang {level}",
        "Standard deviations of the index for {step}, with {level} intervals",
    ),
    "curve_order": (
        "spesifikasi, dari dugaan terendah ke atas",
        "specifications, from the lowest estimate up",
    ),
    "curve_marked": ("ditandai", "marked"),
    "curve_above": ("selang di atas 0", "interval above 0"),
    "curve_below": ("selang di bawah 0", "interval below 0"),
    "curve_holds": ("selang memuat 0", "interval holds 0"),
    "curve_alt": (
        "{shown} dari {count} dugaan dengan urutan naik, dari {low} s.d. {high}, mediannya "
        "{median}; {share} dari semua selang tidak memuat 0. Yang ditandai {own}, nomor {rank}. Di "
        "bawahnya, pilihan masing-masing.",
        "{shown} of {count} estimates in ascending order, from {low} to {high}, in the median "
        "{median}; {share} of all intervals leave 0 out. The marked one is {own}, number {rank}. "
        "Below, what each of them chooses.",
    ),
    "marked_found": (
        "Regresi yang ditandai, garis lurus: {step} berjalan bersama {points} poin indeks "
        "({points_low} s.d. {points_high}; CR2 menurut provinsi, derajat bebas {freedom}), yaitu "
        "{own} simpangan baku indeks ({low} s.d. {high}); p = {p}.",
        "The marked regression, a straight line: {step} goes with {points} index points "
        "({points_low} to {points_high}; CR2 by province, {freedom} degrees of freedom), which is "
        "{own} standard deviations of the index ({low} to {high}); p = {p}.",
    ),
    "freedom_part": (
        "{errors} {low} s.d. {high}, median {median}",
        "{errors} {low} to {high}, median {median}",
    ),
    "curve_found": (
        "Pada median semua spesifikasi nilainya {median} simpangan baku; dugaan berkisar dari "
        "{low} s.d. {high}. {above} di atas 0, dan {clear} dari selang {level} tidak memuat 0. "
        "Derajat bebas: {freedom}; {few} kurang dari 4, di mana sebaran t sendiri hanya pedoman "
        "kasar. Karena kesalahan baku tidak mengubah dugaan, {count} spesifikasi memiliki "
        "{different} dugaan yang berbeda.",
        "In the median of all specifications it is {median} standard deviations; estimates run "
        "from {low} to {high}. {above} are above 0, and {clear} of the {level} intervals leave 0 "
        "out. Degrees of freedom: {freedom}; {few} have fewer than 4, where the t distribution "
        "itself is a rough guide. Since standard errors leave an estimate as it is, the {count} "
        "specifications have {different} different estimates.",
    ),
    # What moves the estimate.
    "answer_head": ("Jawaban", "Answer"),
    "range_head": ("Rentang", "Range"),
    "leaves_out_head": ("Tidak memuat 0", "Leaves 0 out"),
    "switch_head": ("Pergantian", "Switch"),
    "switch_base": ("dasar", "base"),
    "gaps_found": (
        "Jarak terlebar antara dua jawaban, dengan yang lain sama: {gaps}. Dugaan paling "
        "bergantung pada pilihan {first}, paling sedikit pada pilihan {last}; kesalahan baku tidak "
        "menggeser dugaan.",
        "Widest gap between two answers, all else alike: {gaps}. The estimate hangs most on the "
        "choice of {first}, least on that of {last}; a standard error moves no estimate.",
    ),
    # Held against no association.
    "null_orders": ("Baris diacak", "Rows shuffled"),
    "null_signs": ("Tanda dibalik klaster demi klaster", "Signs turned cluster by cluster"),
    "null_caption": (
        "Dugaan yang diurutkan, dan dugaan faktor yang tidak berjalan bersama apa pun",
        "The sorted estimates, and those of a factor that goes with nothing",
    ),
    "null_title": ("{name}, {draws} undian", "{name}, {draws} draws"),
    "null_scale": ("spesifikasi, diurutkan", "specifications, sorted"),
    "null_without": ("tanpa hubungan, median", "without an association, median"),
    "null_middle": ("95% di tengah", "middle 95%"),
    "null_alt": (
        "{name}: kurva teramati berada di atas 95% yang di tengah pada {above} panjangnya dan di "
        "bawahnya pada {below}.",
        "{name}: the observed curve lies above the middle 95% in {above} of its length and below "
        "it in {below}.",
    ),
    "statistic_median": ("dugaan median", "median estimate"),
    "statistic_dominant": (
        "bagian dengan tanda terbanyak",
        "share with the commoner sign",
    ),
    "statistic_significant": (
        "bagian yang signifikan dengan tanda itu (CR3)",
        "share significant with that sign (CR3)",
    ),
    "null_head": ("Hipotesis nol", "Null"),
    "statistic_head": ("Statistik", "Statistic"),
    "observed_head": ("Teramati", "Observed"),
    "null_within": ("{level} kurva nol berada dalam", "{level} of null curves within"),
    "draws_steps": (
        "- Dari {draws} undian, nilai p bergerak dengan langkah {least}.",
        "- From {draws} draws p-values come in steps of {least}.",
    ),
    "null_found": (
        "- {name}, p di bawah {rare}: {statistics}.",
        "- {name}, p below {rare}: {statistics}.",
    ),
    "none_of_three": ("tidak satu pun dari ketiganya", "none of the three"),
    "marked_holds": (
        "- Meskipun demikian, selang yang ditandai memuat 0 (p = {p}): selang itu dari satu "
        "regresi dan berbicara tentang daerah lain; hipotesis nol tentang seluruh kurva dan baris "
        "ini.",
        "- The marked interval holds 0 nevertheless (p = {p}): it is of one regression and speaks "
        "of other regions; the nulls are of the whole curve and these rows.",
    ),
}
