"""Words of the index page in both languages (floor 5)."""

from __future__ import annotations

from typing import Any

NATIONAL_TITLES = {
    "00_summary": {"en": "National summary", "id": "Ringkasan nasional"},
    "01_data_audit": {"en": "Data audit", "id": "Audit data"},
    "02_national_ranking": {"en": "National ranking", "id": "Peringkat nasional"},
    "03_factors": {"en": "Factors", "id": "Faktor"},
    "04_index_robustness": {"en": "Robustness of the index", "id": "Kekokohan indeks"},
    "05_specification_curve": {"en": "Specification curve", "id": "Kurva spesifikasi"},
    "06_programme_effects": {"en": "Programme studies", "id": "Kajian program"},
    "07_remarks": {"en": "Assessors' remarks", "id": "Catatan asesor"},
    "08_programme_outcomes": {
        "en": "Outcomes before and after selection",
        "id": "Hasil sebelum dan sesudah terpilih",
    },
}
NATIONAL_LINES = {  # a sentence beside the link of a report
    "08_programme_outcomes": {
        "en": "What public figures can say of the programme, and what they cannot: a verdict by "
        "rules, each number beside its assumption.",
        "id": "Apa yang dapat dan tidak dapat dikatakan angka publik tentang program: putusan "
        "menurut aturan, setiap angka di samping asumsinya.",
    },
}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "skip": "Skip to the regions",
        "title": "Smart City evaluation {year}",
        "about": "One report for each region whose score is known, recomputed from the table that "
        "the ministry published.",
        "counts": "{reports} reports of {regions} regions are here.",
        "national": "National reports and tables",
        "in_en": "in English",
        "in_id": "in Indonesian",
        "no_national": "The national reports were not made yet.",
        "tables": "All tables as a workbook",
        "method": "How everything is computed",
        "failed": "Reports that failed",
        "earlier": "an earlier report is kept",
        "regions": "Regions",
        "note": "Ranks are among the {known} regions whose scores are known; {lost} of {scored} "
        "rows are lost: rank r lies between r and r+{lost}.",
        "search": "Find a region by name or code",
        "of": "of",
        "en": "English",
        "id": "Indonesian",
        "kabupaten": "Kabupaten",
        "kota": "Kota",
        "all": "all",
        "columns": ("Rank", "Name", "Province", "Kind", "Track", "Index", "Improvement"),
        "files": "Files",
        "compare": "Compare",
        "compare_title": "Compare two to four regions",
        "compare_hint": "Tick two to four regions in the table.",
        "compare_note": "Harmonised index, one formula for all tracks. A difference above {least} "
        "points is beyond the error for a pair named beforehand, not for the largest of many. "
        "Positive is ahead.",
        "compare_plain": "Harmonised index, one formula for all tracks. Positive is ahead.",
        "beyond": "beyond the error",
        "within": "not beyond the error",
        "empty": "Clear",
        "add": "Add a region",
        "others": "Regions without a report, and why",
        "others_columns": ("Name", "Province", "Why there is no report"),
        "absent": "invited to Stage II, absent",
        "undetermined": "invited to Stage II; its row, if any, is among the {lost} lost ones",
        "not_invited": "not invited to Stage II",
        "map": "Map of all regions: a dot coloured by its index for each whose score is known, "
        "grey dots for the others; the table below has the same.",
        "map_note": ("Low index", "high; grey: no known score. Click a dot to find its region."),
        "no_page": "There is no page of {region} in this language here. It is made by:",
        "index_of": "Index",
        "set_of": "Rank (95% set)",
        "change_of": "Change from last year",
        "nothing": "No region fits.",
    },
    "id": {
        "skip": "Langsung ke daftar daerah",
        "title": "Evaluasi Smart City {year}",
        "about": "Satu laporan untuk setiap daerah yang nilainya diketahui, dihitung ulang dari "
        "tabel yang diterbitkan kementerian.",
        "counts": "Tersedia {reports} laporan dari {regions} daerah.",
        "national": "Laporan nasional dan tabel",
        "in_en": "dalam bahasa Inggris",
        "in_id": "dalam bahasa Indonesia",
        "no_national": "Laporan nasional belum dibuat.",
        "tables": "Semua tabel dalam satu buku kerja",
        "method": "Cara menghitung",
        "failed": "Laporan yang gagal dibuat",
        "earlier": "laporan sebelumnya dipertahankan",
        "regions": "Daerah",
        "note": "Peringkat di antara {known} daerah yang nilainya diketahui; {lost} dari {scored} "
        "baris hilang: peringkat r berada di antara r dan r+{lost}.",
        "search": "Cari daerah menurut nama atau kode",
        "of": "dari",
        "en": "Inggris",
        "id": "Indonesia",
        "kabupaten": "Kabupaten",
        "kota": "Kota",
        "all": "semua",
        "columns": ("Peringkat", "Nama", "Provinsi", "Jenis", "Jalur", "Indeks", "Perubahan"),
        "files": "Berkas",
        "compare": "Bandingkan",
        "compare_title": "Bandingkan dua sampai empat daerah",
        "compare_hint": "Centang dua sampai empat daerah pada tabel.",
        "compare_note": "Indeks terharmonisasi, satu rumus bagi semua jalur. Selisih di atas "
        "{least} poin melampaui ketidakpastian bagi satu pasangan yang ditentukan sebelumnya, "
        "bukan bagi selisih terbesar di antara banyak. Positif berarti unggul.",
        "compare_plain": "Indeks terharmonisasi, satu rumus bagi semua jalur. Positif berarti "
        "unggul.",
        "beyond": "melampaui ketidakpastian",
        "within": "tidak melampaui ketidakpastian",
        "empty": "Kosongkan",
        "add": "Tambah daerah",
        "others": "Daerah tanpa laporan, dan sebabnya",
        "others_columns": ("Nama", "Provinsi", "Mengapa tidak ada laporan"),
        "absent": "diundang ke Tahap II, tidak hadir",
        "undetermined": "diundang ke Tahap II; barisnya, bila ada, termasuk {lost} yang hilang",
        "not_invited": "tidak diundang ke Tahap II",
        "map": "Peta semua daerah: titik berwarna menurut indeksnya bagi setiap daerah yang "
        "nilainya diketahui, titik abu-abu bagi yang lain; tabel di bawah memuat hal yang sama.",
        "map_note": (
            "Indeks rendah",
            "tinggi; abu-abu: nilainya tidak diketahui. Klik titik untuk menemukan daerahnya.",
        ),
        "no_page": "Halaman {region} dalam bahasa ini tidak ada di sini. Dibuat dengan:",
        "index_of": "Indeks",
        "set_of": "Peringkat (rentang 95%)",
        "change_of": "Perubahan dari tahun lalu",
        "nothing": "Tidak ada daerah yang cocok.",
    },
}
NUMBER_COLUMNS = {0, 5, 6}
