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
}
