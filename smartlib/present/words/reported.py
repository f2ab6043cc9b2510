"""Sentences on assessors' remarks and press items in a region's report (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

REPORTED: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English)
    "remarks": ("Catatan penilai", "Assessors' remarks"),
    "remarks_text": (
        "Tahap {stage}, {assessors} penilai: {strength} kekuatan, {weakness} kelemahan, "
        "{recommendation} rekomendasi; tersering {theme} ({most}).",
        "Stage {stage}, {assessors} assessors: {strength} strengths, {weakness} weaknesses, "
        "{recommendation} recommendations; most often {theme} ({most}).",
    ),
    "remarks_fold": ("Menurut tema, Tahap {stage}", "By theme, Stage {stage}"),
    "remarks_ours": (
        "Ditulis dengan kata kami sendiri. Tema ditemukan menurut aturan buku kode; satu catatan "
        "dapat bertema lebih dari satu, dan angka di samping tema adalah banyaknya catatan.",
        "In our own words. Themes were found by the rules of a codebook; a remark may have "
        "several, and the number beside a theme counts remarks.",
    ),
    "remarks_caption": ("{kind}: {count} catatan", "{kind}: {count} remarks"),
    "recommendations": ("Rekomendasi", "Recommendations"),
    "remark": ("Catatan, kata kami", "Remark, our words"),
    "remark_stage": ("Tahap", "Stage"),
    "press": ("Menurut pers", "From the press"),
    "press_text": (
        "Tidak diperiksa; angka: {facts}, berita: {items}.",
        "Unchecked; figures: {facts}, press items: {items}.",
    ),
    "press_fold": ("Angka pers", "Press figures"),
    "press_caption": (
        "Seperti dinyatakan atau didaftar dalam berita; bukan angka evaluasi",
        "As press items state or list them; none is a figure of the evaluation",
    ),
    "press_what": ("Apa (tahun)", "What (year)"),
    "press_value": ("Menurut pers", "By the press"),
    "press_conflict": (
        "{one} dan {other} dari berita yang sama tidak cocok.",
        "{one} and {other} of the same item do not agree.",
    ),
    # Measures of press items.
    "press_agencies": ("Perangkat daerah", "Agencies"),
    "press_clinics": ("Klinik", "Clinics"),
    "press_districts": ("Kecamatan", "Districts"),
    "press_health_centres": ("Puskesmas", "Health centres"),
    "press_hospitals": ("Rumah sakit", "Hospitals"),
    "press_impact_mean": ("Nilai dampak", "Impact score"),
    "press_index_stated": ("Nilai final menurut berita", "Final as the item states it"),
    "press_innovations": ("Inovasi yang didaftar", "Innovations listed"),
    "press_innovations_stated": ("Inovasi yang dinyatakan", "Innovations stated"),
    "press_innovators": ("Inovator", "Innovators"),
    "press_junior_secondary_schools": ("SMP", "Junior secondary schools"),
    "press_kindergartens": ("TK", "Kindergartens"),
    "press_pillar_mean": ("Nilai pilar", "Score of the pillar"),
    "press_pillars": ("Banyaknya pilar", "Number of pillars"),
    "press_primary_schools": ("SD", "Primary schools"),
    "press_rank_in_province": ("Peringkat di provinsi", "Rank in the province"),
    "press_senior_secondary_schools": ("SMA/MA", "Senior secondary schools"),
    "press_sub_dimensions": ("Banyaknya subdimensi", "Number of sub-dimensions"),
    "press_universities": ("Perguruan tinggi", "Universities"),
    "press_urban_villages": ("Kelurahan", "Urban villages"),
    "press_villages": ("Desa", "Villages"),
    "press_vocational_schools": ("SMK", "Vocational schools"),
}
