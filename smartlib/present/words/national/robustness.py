"""Sentences of the figures of the index's robustness in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

ROBUSTNESS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "components_caption": (
        "Komponen utama dimensi dibandingkan dengan kebetulan",
        "Principal components of the dimensions against chance",
    ),
    "observed": ("teramati", "as observed"),
    "chance_upper": ("secara kebetulan, kuantil atas", "by chance, upper quantile"),
    "components_scale": (
        "komponen; ke atas nilai eigennya",
        "component; upwards its eigenvalue",
    ),
    "component": (
        "komponen {number} {value} (secara kebetulan paling tinggi {chance})",
        "component {number} {value} (by chance up to {chance})",
    ),
    "components_alt": ("Nilai eigen: {parts}.", "Eigenvalues: {parts}."),
    "sets_caption": (
        "Peringkat {rows} daerah yang nilainya diketahui dengan kedua rentang 95%, {route}",
        "Ranks of the {rows} known rows with their 95% confidence sets, {route}",
    ),
    "rank_dot": ("peringkat", "rank"),
    "set_alone": ("rentang untuk peringkat itu saja", "set for this rank alone"),
    "set_joint": ("rentang untuk semua peringkat sekaligus", "sets for all ranks at once"),
    "sets_alt": (
        "Satu garis untuk setiap daerah, dari yang pertama sampai yang terakhir; rentang satu "
        "peringkat memuat {alone} tempat pada mediannya, rentang semua peringkat sekaligus "
        "{joint}.",
        "A line for each region, from the first to the last; the sets of single ranks hold {alone} "
        "places in the median, those of all ranks at once {joint}.",
    ),
    "drawn_caption": (
        "Seberapa sering {count} daerah pertama menempati setiap peringkat bila kesalahan "
        "diundi ulang",
        "How often the first {count} take each rank when errors are drawn anew",
    ),
    "drawn_scale": (
        "peringkat di antara daerah yang nilainya diketahui; titik: peringkat yang terbit",
        "rank among the known rows; the dot is the published one",
    ),
    "drawn_alt": (
        "Sel berwarna, {rows} daerah kali {places} peringkat; {first} berada di tempat pertama "
        "pada {share} undian, dan bagian daerah di bawahnya tersebar pada semakin banyak "
        "peringkat.",
        "Shaded cells, {rows} regions by {places} ranks; {first} is first in {share} of the draws, "
        "and the shares of those below spread over ever more ranks.",
    ),
    "share_under": ("di bawah {share}", "under {share}"),
    "share_over": ("di atas {share}", "over {share}"),
    "moves_caption": (
        "Seberapa jauh peringkat {rows} daerah yang nilainya diketahui bergeser dengan cara lain",
        "How far the ranks of the {rows} known rows move under other methods",
    ),
    "moves_median": ("skenario median", "median scenario"),
    "moves_middle": (
        "sembilan persepuluh skenario di tengah",
        "middle nine tenths of scenarios",
    ),
    "moves_corners": ("sudut-sudut bobot saja", "corners of the weights alone"),
    "moves_scale": (
        "peringkat menurut skema, indeks terharmonisasi; ke atas: tempat turun, ke bawah: naik",
        "rank by the scheme, harmonised index; upwards: places lost, downwards: places won",
    ),
    "moves_alt": (
        "Satu batang untuk setiap daerah melintasi garis tanpa pergeseran; sembilan persepuluh "
        "skenario memuat {median} tempat pada mediannya, paling banyak {most}.",
        "A bar for each region across the line of no move; nine tenths of the scenarios hold "
        "{median} places in the median, {most} at most.",
    ),
    "sensitivity_caption": (
        "Pilihan cara mana yang paling menggeser peringkat (indeks Sobol dengan selang 95%)",
        "Which choice of method moves ranks most (Sobol indices with 95% intervals)",
    ),
    "choice_weights": ("Pilihan bobot", "Choice of weights"),
    "choice_normalisation": ("Penskalaan", "Normalisation"),
    "choice_aggregation": ("Penggabungan", "Aggregation"),
    "choice_left_out": ("Dimensi yang ditinggalkan", "Dimension left out"),
    "order_first": ("sendiri (orde pertama)", "alone (first order)"),
    "order_total": ("bersama yang lain (total)", "with others (total)"),
    "sensitivity_scale": (
        "bagian ragam rata-rata pergeseran peringkat",
        "share of the variance of the mean shift in ranks",
    ),
    "sensitivity_part": (
        "{name} {first} sendiri, {total} bersama yang lain",
        "{name} {first} alone, {total} with others",
    ),
    "effective_caption": (
        "Bobot yang dinyatakan, dan bagaimana indeks beragam bersama setiap dimensi",
        "Weights as stated, and how the index varies with each dimension",
    ),
    "effective_nominal": ("bobot", "weight"),
    "effective_ratio": (
        "rasio korelasi, dijadikan berjumlah 1",
        "correlation ratio, scaled to sum to 1",
    ),
    "effective_share": ("bagian kovarians", "share of the covariance"),
    "whole_scale": ("bagian dari keseluruhan", "share of the whole"),
    "effective_part": (
        "{name} bobot {nominal}, rasio korelasi sebagai bagian {ratio}",
        "{name} weight {nominal}, correlation ratio as a share {ratio}",
    ),
    # The notebook.
    "route_head": ("Menurut", "Route"),
    "reliability": ("Reliabilitas", "Reliability"),
    "interval_95": ("Selang 95%", "95% interval"),
    "error_head": ("Kesalahan baku", "Standard error"),
    "assumption": ("Anggapan", "Assumption"),
    "assumption_internal": (
        "Semua dimensi mengukur satu hal sama baiknya dengan kesalahan yang saling bebas, sehingga "
        "semua yang khas pada satu dimensi dihitung sebagai kesalahan.",
        "The dimensions measure one thing equally well and err independently, so that all that a "
        "dimension has of its own counts as error.",
    ),
    "assumption_retest": (
        "Tidak ada daerah yang sungguh berubah di antara kedua tahun, sehingga semua pergeseran "
        "satu daerah melewati yang lain dihitung sebagai kesalahan.",
        "No region really changed between the two years, so that all movement of one region past "
        "others counts as error.",
    ),
    "deviation_found": (
        "Simpangan baku indeks di antara daerah yang diketahui {deviation}.",
        "The index has a standard deviation of {deviation} among the known rows.",
    ),
    "correlation_rest": ("Korelasi dengan yang lain", "Correlation with the others"),
    "alpha_without": ("Alfa tanpa dimensi ini", "Alpha without it"),
    "loading": ("Muatan pada satu faktor", "Loading on one factor"),
    "own_share": ("Bagian miliknya sendiri", "Share of its own"),
    "components_found": (
        "Komponen di luar kebetulan: {count}; yang pertama memuat {share} ragam. Uji satu faktor "
        "terhadap korelasi sembarang: {test}. Omega: {equal} dengan bobot sama, {weighted} dengan "
        "bobot skema.",
        "Components beyond chance: {count}; the first carries {share} of the variance. Test of one "
        "factor against any correlations: {test}. Omega: {equal} with equal weights, {weighted} "
        "with the scheme's.",
    ),
    "p_is": ("p = {p}", "p = {p}"),
    "no_test": (
        "tidak ada uji untuk dimensi sesedikit ini",
        "no test with so few dimensions",
    ),
    "set_places": ("Tempat dalam rentang (median)", "Places in a set (median)"),
    "joint_places": ("Semua peringkat sekaligus", "All ranks at once"),
    "possible_best": ("Mungkin dalam {best} besar", "Possible in best {best}"),
    "best_found": (
        "Pada taraf 95%: termasuk {best} besar: {certain} daerah. Dapat dikesampingkan: {out} "
        "dari {rows}. Tidak dapat dikesampingkan: {possible}, menurut urutan tabel: {regions}.",
        "At 95%: shown to be among the best {best}: {certain} regions. Ruled out: {out} of "
        "{rows}. Not ruled out: {possible}, in the order of the table: {regions}.",
    ),
    "rounding_found": (
        "Anggapan: {assessors} penilai. Peringkat yang dibiarkan terbuka oleh pembulatan: {open} "
        "dari {rows}, yang terlebar {widest} tempat. Peringkat terbit yang dipakai bersama: "
        "{tied}. Peringkat terbit yang tidak dapat diberikan nilai sebelum dibulatkan: {outside}; "
        "di antaranya {both} nilai sama, yang berbagi tempat terbaik.",
        "Assumed: {assessors} assessors. Ranks left open by rounding: {open} of {rows}, the widest "
        "over {widest} places. Published ranks shared in a tie: {tied}. Published ranks that the "
        "marks before rounding cannot give: {outside}; of these {both} are ties, which share the "
        "best place.",
    ),
    "no_number": ("jumlah yang tidak diketahui dari", "no number of"),
    "draws_found": (
        "{top} berada di tempat pertama pada {share} undian. Dari {first} daerah yang tercetak "
        "dalam {best} besar, rata-rata {staying} tetap di sana.",
        "{top} is first in {share} of the draws. Of the {first} regions printed among the first "
        "{best}, {staying} on average stay there.",
    ),
    "scheme_rank": ("Peringkat menurut skema", "Rank by the scheme"),
    "median_scenario": ("Skenario median", "Median scenario"),
    "nine_tenths": ("Sembilan persepuluh skenario", "Nine tenths of scenarios"),
    "weight_corners": ("Sudut-sudut bobot", "Corners of the weights"),
    "reversals_found": (
        "Pada {scenarios} skenario, peringkat rata-rata bergeser {median} tempat pada skenario "
        "median, {often} pada satu dari dua puluh. Dari {pairs} pasangan berdekatan, pasangan "
        "median terbalik pada {share} di antaranya; {seldom} pasangan pada kurang dari satu dari "
        "dua puluh, {most} pada lebih dari separuh.",
        "Over {scenarios} scenarios a rank moves by {median} places on average in the median "
        "scenario, by {often} in one of twenty. Of {pairs} pairs of neighbours the median pair is "
        "reversed in {share} of them; {seldom} pairs are in fewer than one of twenty, {most} in "
        "more than half.",
    ),
    "left_out": ("Ditinggalkan", "Left out"),
    "mean_shift": ("Rata-rata pergeseran peringkat", "Mean shift in ranks"),
    "largest_shift": ("Pergeseran terbesar", "Largest shift"),
    "sobol_found": (
        "Dari {ways} cara membuat indeks (sampel dasar {base}). Sendiri-sendiri, keempat pilihan "
        "menerangkan {share} ragam; sisanya datang dari gabungannya.",
        "From {ways} ways to make the index (base sample {base}). Alone, the four choices account "
        "for {share} of the variance; the rest goes with combinations of them.",
    ),
    "lead_found": (
        "Paling jauh di atas bobotnya {high} ({above}), paling jauh di bawahnya {low} ({below}).",
        "Farthest above its weight stands {high} ({above}), farthest below it {low} ({below}).",
    ),
    "mark_lost": ("Satu nilai berkurang pada", "One mark lost in"),
    "geometric": ("Rata-rata geometrik", "Geometric mean"),
    "harmonic": ("Rata-rata harmonik", "Harmonic mean"),
    "places_lost": ("Tempat turun", "Places lost"),
    "both_places": ("{one} dan {other}", "{one} and {other}"),
    "compensation_found": (
        "Pada mediannya indeks berada {geometric} poin di atas rata-rata geometrik dan {harmonic} "
        "di atas rata-rata harmonik. Pergeseran tempat terbesar suatu daerah: {most_geometric} dan "
        "{most_harmonic}. Daerah yang tetap di tempatnya: {keep_geometric} dan {keep_harmonic}.",
        "In the median the index lies {geometric} points above the geometric mean and {harmonic} "
        "above the harmonic. Places that a region moves at most: {most_geometric} and "
        "{most_harmonic}. Regions that keep their place: {keep_geometric} and {keep_harmonic}.",
    ),
    # Whether the dimensions measure one thing equally well.
    "rows_all": ("semua baris", "all rows"),
    "rows_standardised": ("semua baris, dibakukan", "all rows, standardised"),
    "rows_track": ("jalur {track}", "track {track}"),
    "model_congeneric": (
        "muatan dan kesalahan bebas (kongenerik)",
        "loadings and errors free (congeneric)",
    ),
    "model_equal_loadings": (
        "muatan sama, seperti dianggap alfa",
        "equal loadings, as alpha assumes",
    ),
    "model_equal_both": ("muatan dan kesalahan sama", "equal loadings and errors"),
    "model": ("Model", "Model"),
    "chi_squared": ("Khi-kuadrat", "Chi-squared"),
    "degrees": ("df", "df"),
    "chi_scaled": ("Berskala", "Scaled"),
    "p_scaled": ("p (berskala)", "p (scaled)"),
    "p_bootstrap": ("p (Bollen-Stine)", "p (Bollen-Stine)"),
    "below_thousandth": ("< 0,001", "< 0.001"),
    "measured_alike_rejected": (
        "Bahwa semua dimensi mengukur satu hal dengan sama baiknya ditolak",
        "That the dimensions measure one thing equally well is rejected",
    ),
    "measured_alike_kept": (
        "Bahwa semua dimensi mengukur satu hal dengan sama baiknya tidak ditolak",
        "That the dimensions measure one thing equally well is not rejected",
    ),
    "congeneric_rejected": ("model kongenerik pun ditolak", "the congeneric model is rejected too"),
    "congeneric_kept": ("model kongenerik tidak", "the congeneric model is not"),
    "measured_alike": (
        "{equal} (khi-kuadrat {statistic} dengan df {degrees}; p Bollen-Stine {p}); {free} "
        "(khi-kuadrat {statistic_free} dengan df {degrees_free}; p {p_free}). Kurtosis Mardia "
        "{kurtosis} (normal: di antara −2 dan 2). Kesalahan baku indeks hampir tidak bergeser: "
        "{error_free} bila muatan bebas, {error_equal} bila sama. Tidak ditolak bukan bukti bahwa "
        "satu hal yang diukur: kesan umum para penilai cocok juga.",
        "{equal} (chi-squared {statistic} on {degrees} df; Bollen-Stine p {p}); {free} "
        "(chi-squared {statistic_free} on {degrees_free} df; p {p_free}). Mardia's kurtosis is "
        "{kurtosis} (normal: within 2). The standard error of the index hardly moves: {error_free} "
        "with loadings free, {error_equal} with equal ones. Not being rejected is no proof that "
        "one thing is measured: shared impressions of the assessors fit as well.",
    ),
}
