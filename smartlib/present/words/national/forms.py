"""Sentences on what a straight line hides, in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

STRAIGHT: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English); names of forms stand with the specification curve.
    # The curve.
    "line_line": ("garis lurus", "straight line"),
    "line_smooth": ("penghalus", "smoother"),
    "line_spline": ("spline", "spline"),
    "line_caption": (
        "{factor}: indeks dengan kolom lain tetap, dan yang disembunyikan garis",
        "{factor}: the index with the other columns held fixed, and what a line hides",
    ),
    "line_scale": (
        "{factor}; ke atas: poin indeks, sekitar rata-rata",
        "{factor}; upwards: index points, about the mean",
    ),
    "line_alt": (
        "{rows} titik; dari nilai terendah sampai nilai tertinggi garis naik {line}, spline "
        "{spline}, sebagian besar {where}.",
        "{rows} dots; from the lowest to the highest value the line rises by {line}, the spline by "
        "{spline}, most of it {where}.",
    ),
    "rise_lower": ("di separuh bawah", "among the lower half"),
    "rise_upper": ("di atasnya", "above it"),
    "no_curve": ("Kurva tidak ditunjukkan: {reason}.", "No curve is shown, as {reason}."),
    "line_found": (
        "Terhadap garis, spline memiliki F({more}; {rest}) = {f}; {p} (galat saling bebas dengan "
        "satu ragam). Sepanjang seluruh rentang garis naik {line} poin, spline {spline}; "
        "di separuh bawah daerah {half_line} dan {half_spline}. Sedikit daerah berada di ujung "
        "atas, dan di sana kurva hanya milik mereka.",
        "Against the line the spline has F({more}, {rest}) = {f}, {p} (errors independent and of "
        "one variance). Over the whole range the line rises by {line} points, the spline by "
        "{spline}; over the lower half of the regions by {half_line} and {half_spline}. Few "
        "regions stand at the upper end, and there the curve is theirs alone.",
    ),
    # Why there is none.
    "unformed_few_values": ("nilainya hanya beberapa", "it has only a few values"),
    "unformed_same_quartiles": (
        "kuartil bawah dan kuartil atasnya sama",
        "its lower and its upper quartile are the same value",
    ),
    "unformed_undetermined": (
        "baris-baris ini tidak menentukannya (pesan program: {detail})",
        "these rows do not determine it ({detail})",
    ),
    # The forms.
    "form_head": ("Bentuk", "Form"),
    "quartiles_head": ("Kuartil bawah ke kuartil atas", "Lower to upper quartile"),
    "form_interval": ("Selang kepercayaan 95% (CR2)", "95% interval (CR2)"),
    "form_p_all": ("p, atas semua bentuk (max-t)", "p, over all forms (max-t)"),
    "form_aic": ("AIC di atas yang terkecil", "AIC above the least"),
    "no_other_form": (
        "Tidak ada bentuk lain dari {factor} yang ditunjukkan: {reason}.",
        "No other form of {factor} is shown, as {reason}.",
    ),
    "forms_found": (
        "Antara kuartil {factor} ({low} dan {high}) indeks berbeda {least} s.d. {most} poin, "
        "menurut bentuknya. Menurut CR2 nol tidak dimuat selang dari {apart} di antara {forms} "
        "bentuk ({names}). Bentuk-bentuk ini didaftar sesudah garis lurusnya dilihat, sehingga "
        "tidak satu pun menjadi hasil utama; nilai p terakhir memperhitungkan pemilihan di antara "
        "bentuk ini, bukan bahwa hasilnya sudah dilihat.",
        "Between the quartiles of {factor} ({low} and {high}) the index differs by {least} to "
        "{most} points, as the form is. By CR2 zero is left out by {apart} of {forms} forms "
        "({names}). The forms were listed after the straight line had been looked at, so that none "
        "of them is the headline; the last p-values allow for choosing among these, not for having "
        "looked.",
    ),
    "forms_left_out": (" Ditinggalkan: {forms}.", " Left out: {forms}."),
    "form_needs": ("{form} memerlukan {values}", "{form} needs {values}"),
    "values_log": ("angka di atas 0", "numbers above 0"),
    "values_root": ("angka 0 ke atas", "numbers of 0 or more"),
    "values_logit": ("porsi di atas 0 dan di bawah 1", "shares above 0 and below 1"),
    # Slopes by track, and squares.
    "one_slope": (
        "Semua daerah berada pada satu jalur: kemiringannya satu.",
        "All regions are on one track: there is one slope.",
    ),
    "slope_differs": (
        "- {form}, {track}: kemiringannya berbeda {difference} ({ends}; CR2: {p}; {freedom} "
        "derajat bebas; wild bootstrap: {p_wild})",
        "- {form}, {track}: the slope differs by {difference} ({ends}; CR2 {p}, {freedom} df; wild "
        "bootstrap {p_wild})",
    ),
    "slope_unknown": (
        "- {track}: kemiringannya sendiri tidak ditentukan oleh baris-baris ini.",
        "- {track}: these rows do not determine a slope of its own.",
    ),
    "slopes_explored": (
        "Ini ditemukan sesudah hasilnya dilihat, dan bersifat penjajakan: bentuk dan jalur dapat "
        "saling menggantikan. Satu kemiringan gabungan adalah rata-rata kemiringan setiap jalur, "
        "dibobot menurut keragaman faktor di dalamnya.",
        "These were found after looking, and are exploratory: form and track can stand in for each "
        "other. One pooled slope is a mean of the tracks' own, weighted by how much the factor "
        "varies on each.",
    ),
    "square_head": ("Kuadrat dari", "Square of"),
    "p_classical": ("p (klasik)", "p (classical)"),
}
