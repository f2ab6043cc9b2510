"""Sentences of the notebook on assessors' remarks in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

REMARKS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "theme": ("Tema", "Theme"),
    "uncoded": ("Tanpa tema", "Uncoded"),
    "stage_kind": (
        "Tahap {stage}, {kind} (dari {whole})",
        "Stage {stage}, {kind} (of {whole})",
    ),
    "kind_strength": ("kekuatan", "strength"),
    "kind_weakness": ("kelemahan", "weakness"),
    "kind_recommendation": ("rekomendasi", "recommendation"),
    "kind_themes": ("tema", "themes"),
    "assessor": ("Penilai", "Assessor"),
    "by_hand": ("Dengan tangan", "Hand"),
    "by_rules": ("Menurut aturan", "Rules"),
    "by_both": ("Keduanya", "Both"),
    "kappa": ("Kappa Cohen", "Cohen's kappa"),
    "prevalence": ("Prevalensi", "Prevalence"),
    "interval_of": ("Selang {level}", "{level} interval"),
    "alpha_found": (
        "Alfa Krippendorff (jarak MASI) {alpha} atas {remarks} catatan; {same} bertema sama "
        "persis.",
        "Krippendorff's alpha (MASI distance) {alpha} over {remarks} remarks; {same} have exactly "
        "the same themes.",
    ),
    "strengths": ("Kekuatan", "Strengths"),
    "weaknesses": ("Kelemahan", "Weaknesses"),
    "no_words": ("Tidak ada kata yang dicari.", "No words were asked for."),
}
