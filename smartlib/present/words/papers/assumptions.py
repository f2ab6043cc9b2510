"""What is said of the classical assumption tests, both languages side by side (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

# Name of a test: what it tests, Indonesian and English.
TESTS: Mapping[str, tuple[str, str]] = {
    "classical": ("Uji asumsi klasik", "Classical tests"),
    "shapiro_wilk": ("Normalitas residual: Shapiro-Wilk", "Normal residuals: Shapiro-Wilk"),
    "jarque_bera": ("Normalitas residual: Jarque-Bera", "Normal residuals: Jarque-Bera"),
    "lilliefors": (
        "Normalitas residual: Lilliefors (Kolmogorov-Smirnov di SPSS)",
        "Normal residuals: Lilliefors (SPSS's Kolmogorov-Smirnov)",
    ),
    "breusch_pagan": (
        "Heteroskedastisitas: Breusch-Pagan",
        "Heteroskedasticity: Breusch-Pagan",
    ),
    "white": ("Heteroskedastisitas: White", "Heteroskedasticity: White"),
    "glejser": ("Heteroskedastisitas: Glejser", "Heteroskedasticity: Glejser"),
    "vif": ("Multikolinearitas: VIF", "Collinearity: VIF"),
    "reset": ("Linearitas: RESET Ramsey", "Functional form: Ramsey's RESET"),
    "curvature": ("Linearitas: kelengkungan", "Functional form: curvature"),
    "moran": ("Autokorelasi spasial: I Moran", "Spatial autocorrelation: Moran's I"),
    "cooks_distance": ("Pengaruh satu baris: jarak Cook", "Influence of a row: Cook's distance"),
    "durbin_watson": ("Autokorelasi: Durbin-Watson", "Autocorrelation: Durbin-Watson"),
}

_NORMAL = (
    (
        "Residual menyimpang dari normal ({told}). Galat baku robust tidak memerlukan normalitas "
        "pada {n} baris; laporkan, dan lihat pencilan.",
        "Residuals depart from normal ({told}). Robust errors need no normality with {n} rows; "
        "report it, and look at outliers.",
    ),
    (
        "Tidak ada tanda bahwa residual tidak normal ({told}).",
        "No sign that residuals are not normal ({told}).",
    ),
)
_SPREAD = (
    (
        "Sebaran residual berubah bersama faktor ({told}): baca galat baku robust (CR2, HC3), yang "
        "memang dipakai di sini secara baku.",
        "The spread of residuals goes with the factors ({told}): read robust errors (CR2, HC3), "
        "which are the default here.",
    ),
    (
        "Tidak ada tanda heteroskedastisitas ({told}); galat baku robust tetap dipakai.",
        "No sign of heteroskedasticity ({told}); robust errors stay.",
    ),
)
# Name of a test: (sign, no sign), each Indonesian and English.
READINGS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "shapiro_wilk": _NORMAL,
    "jarque_bera": _NORMAL,
    "lilliefors": _NORMAL,
    "breusch_pagan": _SPREAD,
    "white": _SPREAD,
    "glejser": _SPREAD,
    "vif": (
        (
            "{term}: VIF {statistic}, di atas 10: sukar dibedakan dari faktor lain. Nyatakan "
            "bersama, atau pakai salah satu saja.",
            "{term}: VIF {statistic}, above 10: hard to tell from the other factors. State them "
            "together, or keep one.",
        ),
        (
            "{term}: VIF {statistic}, di bawah 10: dapat dibedakan dari faktor lain.",
            "{term}: VIF {statistic}, below 10: can be told from the other factors.",
        ),
    ),
    "reset": (
        (
            "Pangkat dari nilai dugaan menambah kecocokan ({told}): coba logaritma atau poly(), "
            "dan tunjukkan keduanya.",
            "Powers of the fitted values add to the fit ({told}): try logarithms or poly(), and "
            "show both.",
        ),
        (
            "Tidak ada tanda lengkungan yang terlewat ({told}); uji ini hanya melihat yang kuat.",
            "No sign of a missed curve ({told}); this test sees strong ones only.",
        ),
    ),
    "curvature": (
        (
            "{term}: kuadratnya menambah kecocokan ({told}, Holm): tunjukkan bentuk lengkung "
            "di samping garis lurus.",
            "{term}: its square adds to the fit ({told}, Holm): show a curved form beside the "
            "straight line.",
        ),
        (
            "{term}: tidak ada tanda kelengkungan ({told}, Holm).",
            "{term}: no sign of curvature ({told}, Holm).",
        ),
    ),
    "moran": (
        (
            "Residual daerah yang berdekatan mirip ({told}, satu sisi): pakai galat baku "
            "berklaster menurut provinsi, dan cari faktor yang dimiliki bersama.",
            "Residuals of near regions are alike ({told}, one-sided): take errors clustered by "
            "province, and look for a factor that neighbours share.",
        ),
        (
            "Tidak ada tanda bahwa residual daerah yang berdekatan mirip ({told}, satu sisi).",
            "No sign that residuals of near regions are alike ({told}, one-sided).",
        ),
    ),
    "cooks_distance": (
        (
            "{term} sendirian menggeser hasil (jarak Cook {statistic}, di atas 1): tunjukkan hasil "
            "dengan dan tanpa baris itu (--where).",
            "{term} moves the fit by itself (Cook's distance {statistic}, above 1): show results "
            "with and without it (--where).",
        ),
        (
            "Terbesar pada {term} ({statistic}, di bawah 1): tidak ada satu baris yang menentukan "
            "hasil.",
            "Largest for {term} ({statistic}, below 1): no row by itself decides the fit.",
        ),
    ),
    "durbin_watson": (
        ("", ""),
        (
            "Durbin-Watson {statistic}: hanya bermakna untuk data runtut waktu. Baris di sini "
            "adalah daerah pada satu tahun, urutannya menurut kode wilayah; untuk keterkaitan "
            "antardaerah baca I Moran.",
            "Durbin-Watson {statistic}: it means something for time series alone. Rows here are "
            "regions of one year, in the order of their codes; for regions that go together read "
            "Moran's I.",
        ),
    ),
}
UNMADE = ("Tidak dapat dihitung: {reason}", "Cannot be computed: {reason}")
HEADINGS: Mapping[str, tuple[str, str]] = {
    "test": ("uji", "test"),
    "statistic": ("statistik", "statistic"),
    "df": ("derajat bebas (df)", "df"),
    "p": ("nilai p", "p"),
    "reading": ("bacaan", "reading"),
    "title": ("Uji asumsi klasik (classical assumption tests)", "Classical assumption tests"),
}
