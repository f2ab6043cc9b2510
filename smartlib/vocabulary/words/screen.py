"""What commands say around their results, both languages side by side (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.words.sentences import Sentence

MORE = Sentence("  ... dan {count:,} {what} lagi", "  ... and {count:,} more {what}")
NOTES_ON_TABLE = Sentence("catatan tentang tabel Anda", "notes on your table")
NOTES_IN_JSON = Sentence("catatan (semuanya di --json)", "notes (--json has all)")
FINDINGS_IN_JSON = Sentence("temuan (semuanya di --json)", "findings (--json has all)")
DIFFERENCES_IN_JSON = Sentence("perbedaan (semuanya di --json)", "differences (--json has all)")
OF_THEM = Sentence("baris", "of them")
NOT_INSTALLED = Sentence(
    "Ini memerlukan {name}, yang belum terpasang. Pasang bersama ekstra `{extra}`: {how}.",
    "This needs {name}, which is not installed. Install it with the extra `{extra}`: {how}.",
)
HOW_TO_INSTALL = Sentence(
    "pip install 'smartlib[{extra}]' (di salinan repositori: pip install -e '.[{extra}]')",
    "pip install 'smartlib[{extra}]' (in a checkout: pip install -e '.[{extra}]')",
)
NOT_RUN = Sentence(
    "fit.ipynb ditulis tetapi tidak dijalankan: itu memerlukan ekstra `notebooks`, {how}.",
    "fit.ipynb was written but not run: that needs the extra `notebooks`, {how}.",
)
NOT_WRITTEN = Sentence(
    "{where} tidak ditulis: {why}. {fix}", "{where} was not written: {why}. {fix}"
)
A_FILE = Sentence(
    "Satu berkas, mungkin berkas sementara di {folder},",
    "A file, perhaps a temporary one in {folder},",
)
MAKE_ROOM = Sentence(
    "Lapangkan tempat, atau naikkan batasnya, atau sebut folder lain dengan --output, lalu "
    "jalankan perintah yang sama; yang sudah selesai tetap ada.",
    "Make room, or raise the limit, or name another folder with --output, and run the same "
    "command again; what is done stays.",
)
NO_PLACE = Sentence(
    "{why}. Buat salah satunya dapat ditulisi, atau sebut yang lain: TMPDIR=FOLDER.",
    "{why}. Make one of them writable, or name another: TMPDIR=FOLDER.",
)
UNUSABLE = Sentence(
    "{place} tidak dapat dipakai: {why}. Tutup bila program lain, seperti Excel, sedang "
    "membukanya; atau pilih folder lain dengan --output.",
    "{place} cannot be used: {why}. Close it if another program, such as Excel, has it open; or "
    "choose another folder with --output.",
)
READING_NEEDS_FACTORS = Sentence("--reading memerlukan --factors.", "--reading needs --factors.")
KEEPS = Sentence(
    "{path} menyimpan ini untuk `smartlib fit --factors`",
    "{path} keeps this for `smartlib fit --factors`",
)
NOTHING_FOUND = Sentence(
    "Tidak ada '{word}' dalam nama atau label. {hint}",
    "Nothing has '{word}' in its name or label. {hint}",
)
THE_NEAREST = Sentence("Yang terdekat:", "The nearest:")
LISTS_ALL = Sentence("`smartlib factors` memuat semuanya.", "`smartlib factors` lists them all.")
OF = Sentence("{known} dari {all}", "{known} of {all}")
WROTE_FRAME = Sentence(
    "{path}: {rows} baris, {columns} kolom",
    "{path}: {rows} {rows:row|rows}, {columns} {columns:column|columns}",
)
FACTOR_HEADINGS = (
    Sentence("nama", "name"),
    Sentence("label", "label"),
    Sentence("label Inggris", "Indonesian label"),
    Sentence("satuan", "unit"),
    Sentence("tahun", "years"),
    Sentence("dinilai", "scored"),
    Sentence("semua", "all"),
    Sentence("sumber", "source"),
)

# `smartlib read`.
HEADINGS_IN = Sentence("{where}judul kolom di baris {rows}", "{where}headings in row {rows}")
SHEET = Sentence("lembar '{sheet}', ", "sheet '{sheet}', ")
NONE = Sentence("tidak ada", "none")
BY = {
    "name": Sentence("menurut nama", "by name"),
    "kemendagri": Sentence("menurut kode Kemendagri", "by code of Kemendagri"),
    "bps": Sentence("menurut kode BPS", "by code of BPS"),
}
REGIONS = Sentence(
    "daerah: kolom '{column}', {by}; {count} daerah dikenali{years}",
    "regions: column '{column}', {by}; {count} {count:region|regions} matched{years}",
)
YEARS = Sentence(", {count} tahun ({first} sampai {last})", ", {count} years ({first} to {last})")
YEAR = Sentence(", tahun {year}", ", year {year}")
LEFT_OUT = Sentence(
    "tidak disertakan, {reason}: {count} baris ({texts})",
    "left out, {reason}: {count} {count:row|rows} ({texts})",
)
NOT_MATCHED = Sentence("tidak dikenali: {about}", "not matched: {about}")
NOT_MATCHED_MORE = Sentence(
    "tidak dikenali: {count} baris lagi (semuanya di --json)",
    "not matched: {count} more {count:row|rows} (--json has all)",
)
NOTE = Sentence("catatan: {note}", "note: {note}")
LOOK = Sentence("perhatikan: {doubt}", "look at this: {doubt}")
READ_HEADINGS = (
    Sentence("kolom", "column"),
    Sentence("nama dalam rumus", "name in formulas"),
    Sentence("satuan", "unit"),
    Sentence("desimal", "mark"),
    Sentence("ada", "known"),
    Sentence("kosong", "missing"),
    Sentence("terendah", "lowest"),
    Sentence("median", "median"),
    Sentence("tertinggi", "highest"),
)
DECIMAL = {"comma": Sentence("koma", "comma"), "point": Sentence("titik", "point")}
KINDS = {
    "number": Sentence("angka", "number"),
    "yes/no": Sentence("ya/tidak", "yes/no"),
    "asks": Sentence("dipertanyakan", "in question"),
    "bad": Sentence("tidak dapat dipakai, lihat di bawah", "cannot be used, see below"),
}
TEXT = Sentence("teks: {texts}", "text: {texts}")
CANNOT_BE_USED = Sentence(
    "Kolom {name} tidak dapat dipakai dalam rumus, karena {count} selnya tidak dapat dibaca (kolom "
    "lain tidak terganggu):",
    "The column {name} cannot be used in formulas, as {count} of its cells cannot be read (other "
    "columns are not touched by it):",
)
NONE_CAN_BE_USED = Sentence(
    "Kolom {name} tidak dapat dipakai dalam rumus, karena {count} selnya tidak dapat dibaca:",
    "The column {name} cannot be used in formulas, as {count} of its cells cannot be read:",
)
MORE_CELLS = Sentence("  ... dan {count} sel lagi", "  ... and {count} more {count:cell|cells}")
RECORD_NOT_WRITTEN = Sentence(
    "catatan pembacaan tidak dapat ditulis di samping tabel: {why}",
    "the reading record cannot be written beside the table: {why}",
)
OUTSIDE_PERCENT = Sentence(
    "{name} dalam persen, tetapi {count} di luar 0 sampai 100: {shown}",
    "{name} is in percent, but {count} outside 0 to 100: {shown}",
)
IN_REGION = Sentence("{value} di {region}", "{value} in {region}")
ANOTHER_ORDER = Sentence(
    "{name} sejalan dengan {factor} dari daftar faktor (korelasi peringkat {alike} atas {n} "
    "daerah), tetapi {times} darinya: satuan lain, atau tanda desimal yang salah baca?",
    "{name} goes with {factor} of the registry (rank correlation {alike} over {n} regions), "
    "but is {times} of it: another unit, or a mark misread?",
)
TIMES = Sentence("{times} kali", "{times} times")
NOT_IN_FORMULA = Sentence("tidak ada dalam rumus: {names}", "not in the formula: {names}")
COVERAGE = Sentence("{name}: {known} dari {all} {what}", "{name}: {known} of {all} {what}")
SCORED_REGIONS = Sentence("daerah yang dinilai", "scored regions")
PANEL_ROWS = Sentence("baris daerah-tahun yang dinilai", "rows of scored regions and years")
NONE_FOR = Sentence("; tidak ada untuk {regions}", "; none for {regions}")
ERROR = Sentence("Galat: {message}", "Error: {message}")
COLUMN_VALUE = Sentence(
    "--only memerlukan KOLOM=NILAI, seperti --only Tahun=2022.",
    "--only needs COLUMN=VALUE, such as --only Tahun=2022.",
)
