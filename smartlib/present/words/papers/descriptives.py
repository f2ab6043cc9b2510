"""Words of descriptive tables and figures, both languages side by side (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

DESCRIPTIVES: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "title": ("Statistik deskriptif", "Descriptive statistics"),
    "title_by": ("Statistik deskriptif menurut {by}", "Descriptive statistics by {by}"),
    "variable": ("variabel", "variable"),
    "group": ("kelompok", "group"),
    "all": ("semua", "all"),
    "n": ("n", "n"),
    "mean": ("rata-rata (mean)", "mean"),
    "sd": ("simpangan baku (SD)", "SD"),
    "lower_quartile": ("kuartil 1", "1st quartile"),
    "median": ("median", "median"),
    "upper_quartile": ("kuartil 3", "3rd quartile"),
    "lowest": ("terendah", "lowest"),
    "highest": ("tertinggi", "highest"),
    "standardised_difference": ("selisih baku", "standardised difference"),
    "difference_note": (
        "Selisih baku: rata-rata kelompok dikurangi rata-rata baris lain, dibagi simpangan baku "
        "gabungan; di atas 0,1 sudah patut disebut.",
        "Standardised difference: mean of the group less that of all other rows, over the pooled "
        "standard deviation; above 0.1 it is worth naming.",
    ),
    "complete_note": (
        "Baris yang lengkap untuk rumus: {n}.",
        "Rows that are complete for the formula: {n}.",
    ),
    "rows_note": (
        "{n} daerah dengan nilai yang diketahui pada evaluasi {year}; bukan sampel acak.",
        "{n} regions with known scores in the evaluation of {year}; they are no random sample.",
    ),
    "text_note": ("Bukan angka, tidak diringkas: {names}.", "No numbers, not summed up: {names}."),
    "correlation_title": ("Korelasi Pearson", "Pearson correlations"),
    "correlation_note": (
        "Tiap pasangan memakai baris yang memiliki keduanya (n {n}); daerah dianggap saling bebas.",
        "Each pair over the rows that have both (n {n}); regions are taken as independent.",
    ),
    "stars_note": (
        "* p < 0,05; ** p < 0,01; *** p < 0,001, tanpa koreksi untuk banyaknya pasangan.",
        "* p < 0.05; ** p < 0.01; *** p < 0.001, not corrected for the number of pairs.",
    ),
    "spread_caption": (
        "Sebaran tiap variabel: kotak kuartil, garis median, satu garis kecil tiap daerah",
        "Spread of each variable: quartile box, median line, a tick for each region",
    ),
    "spread_part": (
        "{label}: median {median}, kuartil {low} sampai {high}",
        "{label}: median {median}, quartiles {low} to {high}",
    ),
    "correlation_caption": ("Korelasi Pearson antarvariabel", "Pearson correlations"),
    "source": (
        "Sumber: tabel nilai {year} dan faktor yang disebut pada tabel.",
        "Source: score table of {year}, and the factors named with the table.",
    ),
    "coefficients_caption": (
        "Koefisien baku dengan selang {level:.0%}",
        "Standardised coefficients with {level:.0%} intervals",
    ),
    "coefficients_scale": (
        "simpangan baku variabel terikat per satu simpangan baku faktor",
        "standard deviations of the outcome for one of the factor",
    ),
    "residuals_caption": ("Residual terhadap nilai dugaan", "Residuals against fitted values"),
    "fitted": ("nilai dugaan", "fitted value"),
    "residual": ("residual", "residual"),
    "residuals_alt": (
        "{n} titik; residual dari {low} sampai {high}, nilai dugaan dari {first} sampai {last}.",
        "{n} dots; residuals from {low} to {high}, fitted values from {first} to {last}.",
    ),
}
