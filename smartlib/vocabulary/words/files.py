"""What readers of files say, both languages side by side (floor 0)."""

from __future__ import annotations

import errno

from smartlib.vocabulary.words.sentences import Sentence

NEEDS_PACKAGE = Sentence(
    "{name} adalah {what}, dan untuk membacanya perlu {package}, yang belum terpasang. Pasang "
    "dengan `pip install 'smartlib[{extra}]'`, atau simpan tabelnya sebagai CSV.",
    "{name} is {what}, and reading it needs {package}, which is not installed. Install it with "
    "`pip install 'smartlib[{extra}]'`, or save the table as CSV.",
)
EMPTY = Sentence(
    "{name} kosong. Sebuah tabel punya satu baris judul kolom dan satu baris tiap daerah.",
    "{name} is empty. A table has a row of headings and a row a region.",
)
MORE_CELLS = Sentence(
    "satu lembar dengan sel lebih banyak",
    "a sheet with more cells",
)
NO_EXCEL = Sentence(
    "{name} bukan buku kerja Excel yang dapat dibaca. Simpan lagi sebagai .xlsx.",
    "{name} is no Excel workbook that can be read. Save it again as .xlsx.",
)
NO_RECORDS = Sentence(
    "{name} tidak memuat daftar rekaman. Tabel dalam JSON adalah daftar objek dengan kunci "
    'yang sama: [{{"region": "Kab. Badung", "value": 1.5}}, ...].',
    "{name} holds no list of records. A table in JSON is a list of objects with the same keys: "
    '[{{"region": "Kab. Badung", "value": 1.5}}, ...].',
)
SO_MANY = Sentence(
    "sebanyak itu",
    "so many",
)
UNREADABLE = Sentence(
    "{path} tidak dapat dibaca: {strerror}.",
    "{path} cannot be read: {strerror}.",
)
NO_JSON = Sentence(
    "{name} bukan JSON yang dapat dibaca ({error}).",
    "{name} is no JSON that can be read ({error}).",
)
NO_STATA = Sentence(
    "{name} bukan berkas Stata yang dapat dibaca ({error}). Simpan lagi, atau sebagai CSV.",
    "{name} is not a Stata file that can be read ({error}). Save it again, or as CSV.",
)
NO_PARQUET = Sentence(
    "{name} bukan berkas Parquet yang dapat dibaca ({error}). Simpan lagi, atau sebagai CSV.",
    "{name} is not a Parquet file that can be read ({error}). Save it again, or as CSV.",
)
SPSS_FILE = Sentence(
    "berkas SPSS",
    "an SPSS file",
)
NO_SPSS = Sentence(
    "{name} bukan berkas SPSS yang dapat dibaca ({error}). Simpan lagi, atau sebagai CSV.",
    "{name} is not an SPSS file that can be read ({error}). Save it again, or as CSV.",
)
PARQUET_FILE = Sentence(
    "berkas Parquet",
    "a Parquet file",
)
WINDOWS = Sentence(
    "bukan UTF-8; dibaca sebagai Windows-1252: periksa nama yang beraksen",
    "not UTF-8; read as Windows-1252: check names with accents",
)
MORE_LINES = Sentence(
    "baris teks lebih banyak",
    "more lines of text",
)
LONG_LINE = Sentence(
    "satu baris sepanjang {what} MB",
    "a line of {what} MB",
)
MB_A_LINE = Sentence(
    "{what} MB dalam satu baris",
    "{what} MB in a line",
)
NO_TEXT = Sentence(
    "{name} bukan berkas teks. Simpan tabelnya sebagai CSV atau .xlsx.",
    "{name} is no text file. Save the table as CSV or as .xlsx.",
)
SEPARATED = Sentence(
    "sel dipisahkan oleh {mark}, dibaca demikian",
    "cells are separated by a {mark}, read as such",
)
UNSPLIT = Sentence(
    "{name} tidak dapat dipisah menjadi sel ({error}). Cari tanda kutip yang dibuka dan tidak "
    "ditutup.",
    "{name} cannot be split into cells ({error}). Look for a quotation mark that is opened and "
    "never closed.",
)
WIDE_ROW = Sentence(
    "satu baris dengan {n_row:,} sel",
    "a row of {n_row:,} cells",
)
MORE_ROWS = Sentence(
    "lebih dari {ROWS:,} baris berisi",
    "more than {ROWS:,} filled rows",
)
MORE_THAN_CELLS = Sentence(
    "lebih dari {CELLS:,} sel",
    "more than {CELLS:,} cells",
)
CUT_OFF = Sentence(
    "{name} terpotong: teks UTF-16-nya berakhir di tengah huruf.",
    "{name} is cut off: its UTF-16 text ends inside a letter.",
)
UTF16 = Sentence(
    "berkode UTF-16, dibaca demikian",
    "encoded as UTF-16, read as such",
)
UTF16_UNMARKED = Sentence(
    "berkode UTF-16 tanpa penanda, dibaca demikian",
    "encoded as UTF-16 without a mark, read as such",
)
KEEP_NEEDED = Sentence(
    "Simpan baris dan kolom yang diperlukan sebagai tabel tersendiri.",
    "Keep the rows and columns that are needed, and save them as a table of their own.",
)
TOO_LARGE = Sentence(
    "{name} memuat {what}; paling banyak {most} dibaca. {fix}",
    "{name} has {what}; at most {most} are read. {fix}",
)
NO_TABLE = Sentence(
    "{name} adalah halaman tanpa tabel. Simpan tabelnya sebagai XLSX atau CSV.",
    "{name} is a page without a table. Save the table as XLSX or CSV.",
)
LARGE_TABLE = Sentence(
    "tabel dengan sel lebih banyak",
    "a table of more cells",
)
REMOVE = Sentence(
    "Buang gambar dan lembar lain, atau simpan lembar tabelnya sebagai CSV.",
    "Remove pictures and other sheets, or save the table's sheet as CSV.",
)
NO_ZIP = Sentence(
    "bukan berkas zip yang utuh",
    "it is no whole zip file",
)
PART_TWICE = Sentence(
    "satu bagian ada dua kali di dalamnya",
    "a part stands in it twice",
)
WRONG_SIZE = Sentence(
    "{filename} tidak sebesar yang disebut berkasnya, atau tidak utuh",
    "{filename} is not as large as the file says, or not whole",
)
NOT_UNPACKED = Sentence(
    "{filename} tidak dapat dibongkar",
    "{filename} cannot be unpacked",
)
PASSWORD = Sentence(
    "dilindungi kata sandi",
    "it is protected by a password",
)
ENTITIES = Sentence(
    "XML-nya mendefinisikan entitas sendiri",
    "its XML declares entities of its own",
)
NO_PART = Sentence(
    "tidak punya bagian {part}",
    "it has no part {part}",
)
PART_CUT = Sentence(
    "satu bagiannya terpotong",
    "a part of it is cut off",
)
FAR = Sentence(
    "{last_row:,} baris dan {last_column:,} kolom sampai yang terakhir terisi",
    "{last_row:,} rows and {last_column:,} columns up to the last that are filled",
)
ROWS_AND_CELLS = Sentence(
    "{ROWS:,} baris dan {CELLS:,} sel",
    "{ROWS:,} rows and {CELLS:,} cells",
)
FAR_CELL = Sentence(
    "Sel yang jauh pun dihitung, mungkin terisi spasi: hapus baris di bawah tabel dan kolom di "
    "sampingnya.",
    "A cell far away counts too, filled with a space perhaps: delete the rows below the table "
    "and the columns beside it.",
)
NO_SHEET = Sentence(
    "tidak punya lembar berisi sel",
    "it has no sheet with cells",
)
SHEET_TWICE = Sentence(
    "dua lembarnya bernama sama",
    "two of its sheets have one name",
)
BAD_EXCEL = Sentence(
    "{name} bukan buku kerja Excel yang dapat dibaca ({error}). Simpan lagi sebagai .xlsx atau "
    "CSV.",
    "{name} is not an Excel workbook that can be read ({error}). Save it again as .xlsx or as CSV.",
)
ONLY_SHEET = Sentence(
    "hanya lembar '{name}' yang dibaca, bukan {passed}",
    "only the sheet '{name}' was read, not {passed}",
)
SHEET_HIDDEN = Sentence(
    "lembar '{name}' tersembunyi; dibaca juga",
    "the sheet '{name}' is hidden; it was read",
)
ODD_ROW = Sentence(
    "satu barisnya tertulis tidak seperti tulisan program lembar kerja",
    "a row of it is written as no spreadsheet program does",
)
ODD_CELL = Sentence(
    "satu selnya tertulis tidak seperti tulisan program lembar kerja",
    "a cell of it is written as no spreadsheet program does",
)
NO_PLACE = Sentence(
    "satu selnya tidak punya tempat yang terbaca",
    "a cell of it has no place that can be read",
)
BETWEEN_ROWS = Sentence(
    "lebih dari {what} MB ada di antara dua barisnya",
    "more than {what} MB stand between two of its rows",
)
LONG_TEXTS = Sentence(
    "teks yang lebih panjang di selnya",
    "longer texts in its cells",
)
MB_IN_ALL = Sentence(
    "{what} MB seluruhnya",
    "{what} MB in all",
)
MORE_TEXTS = Sentence(
    "lebih dari {CELLS:,} teks",
    "more than {CELLS:,} texts",
)
LIST_TWICE = Sentence(
    "daftar lembarnya menyebut satu lembar dua kali",
    "its list of sheets names one twice",
)
CELLS_IN_ALL = Sentence(
    "sel lebih banyak di semua tabelnya",
    "more cells in all its tables",
)
SPACES = Sentence(
    "spasi lebih banyak di satu sel",
    "more spaces in a cell",
)
NO_CELL = Sentence(
    "{name} tidak punya sel yang terisi. Sebuah tabel punya satu baris judul kolom.",
    "{name} has no filled cell. A table has a row of headings.",
)
REPEATED = Sentence(
    "judul kolom terulang, baris tidak disertakan",
    "headings repeated, row left out",
)
WIDTH = Sentence(
    "{name}: setiap baris harus punya {width} sel, seperti judul kolomnya.",
    "{name}: every row must have {width} cells, as the headings do.",
)
NO_HEADING = Sentence(
    "{name}, baris {row}: kolom {blank} tidak punya judul. Tulis satu di tiap kolom; dari sel "
    "yang digabung hanya yang pertama memuatnya.",
    "{name}, row {row}: the columns {blank} have no heading. Write one into each; of merged "
    "cells only the first has it.",
)
TWICE = Sentence(
    "{name} memuat judul {shown} lebih dari sekali.",
    "{name} has the heading {shown} more than once.",
)
ABOVE = Sentence(
    "di atas judul kolom, baris tidak disertakan",
    "above the headings, row left out",
)
TOO_WIDE = Sentence(
    "ada sel melewati judul terakhir",
    "cells beyond the last heading",
)
TOO_SHORT = Sentence(
    "sel lebih sedikit daripada judul",
    "fewer cells than headings",
)
NEAREST_NAMES = Sentence(
    " Nama terdekat: {nearest}.",
    " The nearest names: {nearest}.",
)
NO_SUCH_REGION = Sentence(
    "Tidak ada daerah bernama '{query}'.{hint} `smartlib regions` memuat semuanya.",
    "No region is called '{query}'.{hint} `smartlib regions` lists them all.",
)
NO_CODE = Sentence(
    "'{text}' bukan kode dalam register (seperti 51.03).",
    "'{text}' is no code of the register (such as 51.03).",
)
SAY_WHICH = Sentence(
    "'{query}' bisa berarti {names}; sebutkan yang mana.",
    "'{query}' may be {names}; say which.",
)
READ_AS = Sentence(
    "'{name}' dibaca sebagai {region} ({code})",
    "'{name}' read as {region} ({code})",
)
LOST_ZERO = Sentence(
    "kode '{text}' kehilangan nol terakhirnya, dibaca sebagai {repaired}",
    "code '{text}' lost its last zero, read as {repaired}",
)
UNPACKS = Sentence("isi yang lebih besar setelah dibongkar", "more to unpack")
LONG_PLAN = Sentence(
    "daftar lembar di {part} yang terlalu panjang", "a list of sheets in {part} that is too long"
)
LONG_TEXT = Sentence("teks yang lebih panjang di satu sel", "a longer text in a cell")
MARKS = {  # between cells
    ",": Sentence("koma", "comma"),
    ";": Sentence("titik koma", "semicolon"),
    "\t": Sentence("tab", "tab"),
    "|": Sentence("garis tegak", "bar"),
}
WHY = {  # what the system says of a file, by number
    errno.ENOENT: Sentence("tidak ada berkas atau folder itu", "No such file or directory"),
    errno.EACCES: Sentence("tidak diizinkan", "Permission denied"),
    errno.EPERM: Sentence("tidak diperbolehkan", "Operation not permitted"),
    errno.EISDIR: Sentence("itu folder", "Is a directory"),
    errno.ENOTDIR: Sentence("bagian dari letaknya bukan folder", "Not a directory"),
    errno.ENOSPC: Sentence("tidak ada ruang lagi di perangkat", "No space left on device"),
    errno.EROFS: Sentence("sistem berkas hanya dapat dibaca", "Read-only file system"),
}


def why(error: OSError) -> str:
    """What the system says of a file, in both languages where it is known."""
    known = WHY.get(error.errno or 0)
    return known() if known else str(error.strerror)
