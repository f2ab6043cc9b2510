"""Sentences of a paper's method and results, both languages side by side (floor 4).

Put together by rule in `present.paper`; each says one thing, so that a reader can cut it.
"""

from __future__ import annotations

from collections.abc import Mapping

METHOD: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "ols": (
        "Kami meregresikan {outcome} pada {terms} dengan kuadrat terkecil biasa (ordinary least "
        "squares, OLS) atas {n} kabupaten dan kota yang nilainya diketahui pada evaluasi {year}.",
        "We regressed {outcome} on {terms} by ordinary least squares over {n} kabupaten and kota "
        "with known scores in the evaluation of {year}.",
    ),
    "logit": (
        "Kami memodelkan {outcome} dengan logit pada {terms} (kemungkinan maksimum) atas {n} "
        "kabupaten dan kota yang nilainya diketahui pada evaluasi {year}, dan melaporkan hubungan "
        "marjinal rata-rata (average marginal effects).",
        "We modelled {outcome} by a logit on {terms} (maximum likelihood) over {n} kabupaten and "
        "kota with known scores in the evaluation of {year}, and report average marginal "
        "associations.",
    ),
    "panel": (
        "Kami meregresikan {outcome} pada {terms} dengan kuadrat terkecil biasa (ordinary least "
        "squares, OLS) atas {n} baris daerah-tahun.",
        "We regressed {outcome} on {terms} by ordinary least squares over {n} rows of region and "
        "year.",
    ),
    "lost": (
        "Dari {scored} daerah yang dinilai, {lost} baris terakhir tabel tidak tersedia; baris yang "
        "diketahui bukan sampel acak.",
        "Of the {scored} regions that were scored, the last {lost} rows of the table are not at "
        "hand; the known rows are no random sample.",
    ),
    "probability": (
        "Karena variabel terikat bernilai 0 atau 1, ini adalah model probabilitas linear.",
        "As the outcome is 0 or 1, this is a linear probability model.",
    ),
    "where": (
        "Hanya baris dengan {where} yang dipakai ({excluded} baris lain dikeluarkan).",
        "Only rows where {where} were used ({excluded} {excluded:other was|others were} excluded).",
    ),
    "weights": (
        "Baris diberi bobot menurut {weights}.",
        "Rows were weighted by {weights}.",
    ),
    "absorbed": (
        "Efek tetap {levels} diserap, sehingga koefisien membandingkan baris di dalamnya.",
        "Fixed effects of {levels} were absorbed, so that coefficients compare rows inside them.",
    ),
    "singletons": (
        "{count} baris yang sendirian di dalam efek tetapnya tidak ikut diestimasi (Correia 2015).",
        "{count} {count:row|rows} alone in an absorbed level {count:was|were} left out (Correia "
        "2015).",
    ),
    "dropped": (
        "{count} baris tidak lengkap dan tidak disertakan.",
        "{count} incomplete {count:row was|rows were} left out.",
    ),
    "level": (
        "Selang kepercayaan adalah {level:.0%}.",
        "Confidence intervals are at {level:.0%}.",
    ),
    "checks": (
        "Asumsi klasik diperiksa: {checks}.",
        "Classical assumptions were examined: {checks}.",
    ),
    "software": (
        "Perhitungan memakai smartlib {version}.",
        "Computed with smartlib {version}.",
    ),
}

# What was tested, where it was: Indonesian, English.
CHECKED: Mapping[str, tuple[str, str]] = {
    "shapiro_wilk": (
        "normalitas residual (Shapiro dan Wilk 1965)",
        "normal residuals (Shapiro and Wilk 1965)",
    ),
    "jarque_bera": (
        "kemencengan dan keruncingan residual (Jarque dan Bera 1980)",
        "skewness and kurtosis of residuals (Jarque and Bera 1980)",
    ),
    "lilliefors": (
        "sebaran residual secara keseluruhan (Lilliefors 1967)",
        "the distribution of residuals as a whole (Lilliefors 1967)",
    ),
    "breusch_pagan": (
        "heteroskedastisitas (Breusch dan Pagan 1979, dalam bentuk Koenker 1981)",
        "heteroskedasticity (Breusch and Pagan 1979, in the form of Koenker 1981)",
    ),
    "white": (
        "heteroskedastisitas dengan kuadrat dan hasil kali (White 1980)",
        "heteroskedasticity with squares and products (White 1980)",
    ),
    "glejser": (
        "nilai mutlak residual atas faktor (Glejser 1969)",
        "absolute residuals on the factors (Glejser 1969)",
    ),
    "vif": ("multikolinearitas (VIF)", "collinearity (VIF)"),
    "reset": ("bentuk fungsi (RESET; Ramsey 1969)", "functional form (RESET; Ramsey 1969)"),
    "moran": (
        "autokorelasi spasial (I Moran; Cliff dan Ord 1981)",
        "spatial autocorrelation (Moran's I; Cliff and Ord 1981)",
    ),
    "cooks_distance": (
        "pengaruh satu baris (jarak Cook; Cook 1977)",
        "the influence of single rows (Cook's distance; Cook 1977)",
    ),
}

# What is said of errors, by kind: Indonesian, English; a kind without an entry is named alone.
ERRORS: Mapping[str, tuple[str, str]] = {
    "cr2": (
        "Galat baku robust diklaster menurut {cluster} ({clusters} klaster) dengan penyesuaian CR2 "
        "untuk sampel kecil, dan uji memakai derajat bebas (df) Satterthwaite (Bell dan McCaffrey "
        "2002; Pustejovsky dan Tipton 2018).",
        "Standard errors are clustered by {cluster} ({clusters} clusters) with the CR2 adjustment "
        "for small samples, and tests use Satterthwaite's degrees of freedom (Bell and McCaffrey "
        "2002; Pustejovsky and Tipton 2018).",
    ),
    "hc2bm": (
        "Galat baku HC2 robust terhadap heteroskedastisitas, dengan derajat bebas (df) Bell dan "
        "McCaffrey (Bell dan McCaffrey 2002; Imbens dan Kolesár 2016).",
        "HC2 standard errors are robust to heteroskedasticity, with Bell and McCaffrey's degrees "
        "of freedom (Bell and McCaffrey 2002; Imbens and Kolesár 2016).",
    ),
    "hc3": (
        "Galat baku HC3 robust terhadap heteroskedastisitas (MacKinnon dan White 1985).",
        "HC3 standard errors are robust to heteroskedasticity (MacKinnon and White 1985).",
    ),
    "wild": (
        "Nilai p dan selang berasal dari wild cluster bootstrap menurut {cluster} ({clusters} "
        "klaster; Cameron, Gelbach, dan Miller 2008).",
        "P-values and intervals come from the wild cluster bootstrap by {cluster} ({clusters} "
        "clusters; Cameron, Gelbach and Miller 2008).",
    ),
    "cr1": (
        "Galat baku robust diklaster menurut {cluster} ({clusters} klaster, CR1).",
        "Standard errors are clustered by {cluster} ({clusters} clusters, CR1).",
    ),
}
ERRORS_PLAIN = ("Galat baku: {label}.", "Standard errors: {label}.")

RESULTS: Mapping[str, tuple[str, str]] = {
    "model": ("Model {heading}. ", "Model {heading}. "),
    "whole": (
        "Model menjelaskan {r} dari ragam {outcome} (R kuadrat disesuaikan {adjusted}; F klasik "
        "F({df}) = {f}, {p}).",
        "The model accounts for {r} of the variance of {outcome} (adjusted R squared {adjusted}; "
        "classical F({df}) = {f}, {p}).",
    ),
    "whole_logit": (
        "Pseudo R kuadrat McFadden (1974) adalah {r}.",
        "McFadden's (1974) pseudo R squared is {r}.",
    ),
    "term": (
        "{label}: b = {estimate} (galat baku {error}; selang kepercayaan {level:.0%} {low} sampai "
        "{high}; {judged}){step}. {told}",
        "{label}: b = {estimate} (standard error {error}; {level:.0%} confidence interval {low} to "
        "{high}; {judged}){step}. {told}",
    ),
    "no_error": (
        "{label}: b = {estimate}, tanpa galat baku yang dapat dihitung.",
        "{label}: b = {estimate}, without a standard error that can be computed.",
    ),
    "step": (
        "; {more} berjalan bersama {outcome} yang {direction} {size}{unit}",
        "; {more} goes with {outcome} {direction} by {size}{unit}",
    ),
    "higher": ("lebih tinggi", "higher"),
    "lower": ("lebih rendah", "lower"),
    "points": ("sepuluh poin persentase lebih banyak", "ten percentage points more"),
    "percent": ("satu poin persentase lebih banyak", "one percentage point more"),
    "one": ("satu poin lebih tinggi", "one point more"),
    "and": (" dan ", " and "),
    "percentage_points": ("poin persentase", "percentage points"),
    "twice": ("dua kali lipat", "twice as much"),
    "binary": ("nilai 1 dibandingkan 0", "1 rather than 0"),
    "deviation": (
        "satu simpangan baku ({sd}{unit}) lebih banyak",
        "one standard deviation ({sd}{unit}) more",
    ),
    "out": (
        "Selang ini tidak memuat nol.",
        "The interval leaves zero out.",
    ),
    "inside": (
        "Selang ini memuat nol: data ini tidak menentukan tandanya.",
        "The interval holds zero: these data do not settle the sign.",
    ),
    "largest": (
        "Koefisien baku terbesar ada pada {label} (beta = {beta}).",
        "The largest standardised coefficient is that of {label} (beta = {beta}).",
    ),
    "signs": (
        "Uji asumsi klasik memberi tanda pada: {signs}.",
        "Classical tests give a sign in: {signs}.",
    ),
    "no_signs": (
        "Uji asumsi klasik tidak memberi tanda pada: {signs}.",
        "Classical tests give no sign in: {signs}.",
    ),
    "of_factor": ("{test} pada {factor}", "{test} of {factor}"),
    "no_signs_at_all": (
        "Tidak satu pun uji asumsi klasik memberi tanda.",
        "No classical test gives a sign.",
    ),
    "robust": (
        "Galat baku robust tidak memerlukan ragam yang sama, dan dengan {n} baris tidak "
        "memerlukan residual normal.",
        "Robust errors need no even spread, and with {n} rows no normal residuals.",
    ),
    "circular": (
        "Evaluasi ini sendiri menilai {scored}; sebagian hubungan ini bisa jadi hitungan belaka "
        "(indeks murni, purged_index, tidak memuat dimensi tersebut).",
        "The evaluation itself scores {scored}, so that part of this association may be arithmetic "
        "(the purged index, purged_index, leaves such dimensions out).",
    ),
    "few_df": (
        "Untuk {labels} derajat bebas di bawah lima: selangnya hanya pedoman kasar.",
        "For {labels} the degrees of freedom are below five: the interval is a rough guide.",
    ),
    "end": (
        "Semua koefisien adalah hubungan (association) di antara baris yang diketahui, bukan "
        "bukti sebab-akibat.",
        "All coefficients are associations among the known rows and no evidence of what causes "
        "what.",
    ),
}
TITLES: Mapping[str, tuple[str, str]] = {
    "method": ("Metode", "Method"),
    "results": ("Hasil", "Results"),
    "references": ("Daftar pustaka", "References"),
}
