"""What is said of score tables, both languages side by side (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.words.sentences import Sentence

COLUMN_READ = Sentence(
    "kolom '{own}' dibaca sebagai {heading}",
    "column '{own}' read as {heading}",
)
ROW_LEFT = Sentence(
    "baris {number} tidak disertakan, {reason}: '{text}'",
    "row {number} left out, {reason}: '{text}'",
)
NO_REGIONS = Sentence(
    "{name} bukan tabel nilai: tidak ada kolom yang menyebut kabupaten atau kota.",
    "{name} is not a score table: no column names kabupaten or kota.",
)
SEVERAL_COULD = Sentence(
    " Beberapa kolom dapat berarti {twice}.",
    " Several columns could be {twice}.",
)
LACKS = Sentence(
    "{name} bukan tabel nilai: tidak ada {lacks}; judul kolomnya {headings}.{both} Beri setiap "
    "kolom satu kali, dengan judul dari kementerian atau nama dalam kurung.",
    "{name} is not a score table: it lacks {lacks}; its headings are {headings}.{both} Give "
    "each column once, under the ministry's heading or the name in parentheses.",
)
SHEET_READ = Sentence(
    "lembar '{sheet}' dibaca",
    "the sheet '{sheet}' was read",
)
MANY_REGIONS = Sentence(
    "Ada {n_frame} daerah: simpan baris satu tahun saja.",
    "There are {n_frame} regions: keep one year's rows.",
)
TWO_NAMES = Sentence(
    "{file} memuat satu kolom dengan dua nama: {twice}. Beri setiap kolom satu kali.",
    "{file} has one column under two names: {twice}. Give each column once.",
)
NAME_OR_CODE = Sentence(
    "namanya {region} ({named}), kodenya {coded}",
    "the name is {region} ({named}), the code is {coded}",
)
THREE_DIGITS = Sentence(
    "'{text}': tanda sebelum tepat tiga angka, bisa ribuan atau desimal",
    "'{text}': a mark before exactly three digits, which is thousands or decimals",
)
OTHER_COUNT = Sentence(
    "desimal dengan jumlah angka selain tiga",
    "decimals with another count of digits than three",
)
BOTH_MARKS = Sentence(
    "desimal dengan '{more}', tetapi dengan '{fewer}' di baris {rows}; keduanya dibaca",
    "decimals with '{more}', but with '{fewer}' in row {rows}; both are read",
)
LAST_YEAR = Sentence(
    "final {now} dikurangi peningkatan {change} membuat final tahun lalu {before}",
    "final {now} less improvement {change} makes last year's final {before}",
)
FROM_ZERO = Sentence(
    "satu dari 0 sampai {highest}",
    "one from 0 to {highest}",
)
STANDS_ALREADY = Sentence(
    "{region} ({code}) sudah ada di baris {first}",
    "{region} ({code}) stands in row {first} already",
)
UNUSABLE = Sentence(
    "Tabel nilai tidak dapat dipakai apa adanya.",
    "The score table cannot be used as it is.",
)
SUCH_NUMBER = Sentence(
    "angka seperti 3,56 atau 3.56",
    "a number such as 3,56 or 3.56",
)
NO_ROW = Sentence(
    "tidak ada baris di bawah judul kolom",
    "no row below the headings",
)
NOT_COUNTED = Sentence(
    "nilai {cells:g} tidak punya bobot di jalur {heading}, tidak dihitung",
    "mark {cells:g} has no weight on the track {heading}, not counted",
)
NO_TRACK = Sentence(
    "'{cell}' bukan jalur",
    "'{cell}' is no track",
)
PASTE = Sentence(
    "Tempelkan nilainya",
    "Paste the values",
)
ROW_A_REGION = Sentence(
    "satu baris tiap daerah",
    "a row a region",
)
ONE_REGION = Sentence(
    "satu daerah",
    "one region",
)
EACH_ONCE = Sentence(
    "setiap daerah satu kali",
    "each region once",
)
YEARS_DIFFER = Sentence(
    "Kolom tahun tabel itu sendiri menyebut {own}, --year {asked}. Hilangkan --year, atau "
    "betulkan kolomnya.",
    "The table's own column says {own}, --year {asked}. Leave --year out, or correct the column.",
)
MEANS_GIVE = Sentence(
    "rata-ratanya memberi",
    "its means give",
)
QUESTIONS_GIVE = Sentence(
    "pertanyaannya memberi",
    "its questions give",
)
DIFFERS = Sentence(
    "{found} di sini, {known} di {name}",
    "{found} here, {known} in {name}",
)
CHANGED_PLACES = Sentence(
    "bertukar tempat: {found} di sini, {known} di {name}",
    "changed places: {found} here, {known} in {name}",
)
CHANGED_WITH = Sentence(
    "bertukar tempat dengan {other}: masing-masing punya angka yang lain dari {name}",
    "changed places with {other}: each has the other's numbers of {name}",
)
HAS_NUMBERS = Sentence(
    "punya angka yang di {name} milik {other}",
    "has the numbers that {name} gives {other}",
)
OTHER_IMPROVEMENT = Sentence(
    "peningkatan {found}, padahal final dikurangi final {last} adalah {known}",
    "improvement {found}, but the final less that of {last} is {known}",
)
WITHOUT_ROW = Sentence(
    "{n} dari {name} tanpa baris di sini: ",
    "{n} of {name} without a row here: ",
)
HERE_ALONE = Sentence(
    "{n} di sini tanpa baris di {name}, tidak dibandingkan: ",
    "{n} here without a row in {name}, compared with nothing: ",
)
EQUAL_WEIGHT = Sentence(
    "nilai berbobot sama yang bertukar tempat dalam satu baris ({what}).",
    "marks of equal weight that changed places in a row ({what}).",
)
NAMES_SWAPPED = Sentence(
    "nama yang bertukar tempat, keduanya daerah.",
    "names that changed places, both of them regions.",
)
ROW_MISSING = Sentence(
    "baris yang hilang.",
    "a row that was left out.",
)
SMALL_CHANGE = Sentence(
    "nilai yang berubah begitu sedikit sehingga total yang dibulatkan tetap, atau ikut berubah.",
    "a mark so little changed that the rounded total stays, or changed with it.",
)
WITH_NOTHING = Sentence(
    "Tidak dibandingkan: tidak ada tabel {year} lain di sini",
    "Compared with nothing: no other table of {year} is here",
)
IMPROVEMENTS_WITH = Sentence(
    ", peningkatan dengan {last}",
    ", improvements with {last}",
)
FEWER_THAN_HALF = Sentence(
    ": kurang dari setengah barisnya, jadi boleh berbeda",
    ": fewer than half of its rows, so it may differ",
)
MISTAKE_TOO = Sentence(
    "Kesalahan yang juga ada di {name}.",
    "A mistake that {name} has too.",
)
IN_ALONE = Sentence(
    "Dalam {alone} baris yang tidak dibandingkan",
    "In {alone} {alone:row that was|rows that were} compared with nothing",
)
NO_LAST_TABLE = Sentence(
    "{where}: peningkatan yang lain; tabel tahun lalu tidak ada di sini.",
    "{where}: another improvement; last year's table is not here.",
)
YEAR_ASKED = Sentence(
    "menurut --year",
    "as --year says",
)
YEAR_SCHEME = Sentence(
    "menurut skema",
    "as the scheme says",
)
YEAR_COLUMN = Sentence(
    "menurut kolomnya sendiri",
    "as its own column says",
)
YEAR_ASSUMED = Sentence(
    "yang terakhir, dianggap: tidak ada kolom dan tidak ada --year yang menyebutnya",
    "the latest, assumed: no column and no --year says it",
)
CANNOT_SEE = Sentence(
    "Yang tidak dapat dilihat pemeriksaan ini:",
    "What this check cannot see:",
)
MEANS = Sentence(
    "Rata-rata dimensi",
    "Dimension means",
)
HOW_MADE = Sentence(
    "Bagaimana angkanya dibuat; ini menggambarkan dan tidak menuduh siapa pun (semuanya di "
    "--json):",
    "How the numbers were made; it describes and accuses nobody (--json has all):",
)
AGREES = Sentence(
    "Isinya cocok satu sama lain.",
    "It agrees with itself.",
)
COMPARED = Sentence(
    "Dibandingkan dengan {table}{last}, tahun {year}: {rows} baris ada di keduanya, {same} di "
    "antaranya sama{other}",
    "Compared with {table}{last}, year {year}: {rows} {rows:row|rows} in both, {same} of them the "
    "same{other}",
)
MANY_DIFFERENCES = Sentence(
    "{many} perbedaan dari {names}", "{many} {many:difference|differences} from {names}"
)
AND = Sentence(" dan ", " and ")
HERE = Sentence("Di sini", "Here")
NOTHING = Sentence("kosong", "nothing")
YEAR = Sentence("{number} ({source})", "{number} ({source})")
FINDING = Sentence("temuan: {finding}", "finding: {finding}")
DIFFERENCE = Sentence("perbedaan: {difference}", "difference: {difference}")
TOTALS = Sentence("Total", "Totals")
COUNTS = Sentence("{label}: {counts}", "{label}: {counts}")
VERDICT = {
    "reproduced": Sentence("{n} cocok", "{n} reproduced"),
    "contradicted": Sentence("{n} bertentangan", "{n} contradicted"),
    "not_checkable": Sentence("{n} tidak dapat diperiksa", "{n} not checkable"),
}
CONTRADICTIONS = Sentence("{n} pertentangan", "{n} {n:contradiction|contradictions}")
STATE = Sentence("{file}: {rows} baris, {state}", "{file}: {rows} {rows:row|rows}, {state}")
FOUND = Sentence("{many} temuan", "{many} {many:finding|findings}")
VALID_BY_ITSELF = Sentence("sah menurut isinya sendiri", "valid by itself")
VALID = Sentence("sah", "valid")
PUBLISHED = Sentence(
    "diterbitkan {published}, {source} {recomputed} ({detail})",
    "published {published}, {source} {recomputed} ({detail})",
)
NEEDS_TABLE = Sentence("--scheme memerlukan TABLE.", "--scheme needs a TABLE.")
NO_FILE = Sentence(
    "TABLE tidak menyebut berkas. Beri letak berkas CSV atau XLSX, atau tidak sama sekali untuk "
    "tabel tahun itu sendiri.",
    "TABLE names no file. Give the path of a CSV or XLSX file, or nothing for the year's own "
    "table.",
)
