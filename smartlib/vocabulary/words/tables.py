"""What the reader of tables says, both languages side by side (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.words.sentences import Sentence

UNMATCHED_HINT = Sentence(
    "{said}; `smartlib read {file}` memberi nama terdekat",
    "{said}; `smartlib read {file}` has the nearest names",
)
ANSWER = Sentence(
    "Jawab dengan: smartlib read {file} dan salah satu opsi ini.",
    "Answer with: smartlib read {file} and one of these options.",
)
LATER = Sentence(
    "{later}: sesudah evaluasi {year}; tahun yang lebih awal tidak ada",
    "{later}: later than the evaluation of {year}; no earlier year is there",
)
YEAR_TAKEN = Sentence(
    "dari beberapa tahun dipakai {shown} (--only KOLOM=TAHUN untuk yang lain)",
    "of several years, {shown} is taken (--only COLUMN=YEAR for another)",
)
UNUSABLE = Sentence(
    "{file} tidak dapat dipakai apa adanya.",
    "{file} cannot be used as it is.",
)
SUCH_AS = Sentence(
    "misalnya {near}",
    "such as {near}",
)
OTHER_RECORD = Sentence(
    "{name} mencatat cara membaca berkas lain, atau berkas ini sebelum diubah. Jalankan lagi "
    "`smartlib read {what}` dengan opsinya.",
    "{name} records how another file was read, or this one before it was changed. Run "
    "`smartlib read {what}` again, with its options.",
)
NO_CHOICES = Sentence(
    "{name}: [choices] bukan tulisan `smartlib read`. Jalankan lagi.",
    "{name}: [choices] is not what `smartlib read` writes. Run it again.",
)
NO_RECORD = Sentence(
    "{name} bukan catatan pembacaan ({error}).",
    "{name} is no reading record ({error}).",
)
ODD_CHOICE = Sentence(
    "{name}: {key} bernilai {value!r}, yang tidak pernah ditulis `smartlib read`. Jalankan lagi.",
    "{name}: {key} is {value!r}, which `smartlib read` does not write. Run it again.",
)
SEVERAL_ROWS = Sentence(
    "{file}: satu daerah punya beberapa baris, dan tidak ada kolom yang membedakannya.",
    "{file}: a region has several rows, and no column tells them apart.",
)
YEARS_IN_COLUMNS = Sentence(
    "{n_years} tahun ({years}-{years2}) ada di kolom, dibaca sebagai baris",
    "{n_years} years ({years}-{years2}) stand in columns, read as rows",
)
PICK = Sentence(
    "--only KOLOM=NILAI",
    "--only COLUMN=VALUE",
)
BLANK_COLUMNS = Sentence(
    "kolom tanpa nilai, tidak dibaca: {blank}",
    "columns without a value, not read: {blank}",
)
COUNTING_COLUMNS = Sentence(
    "kolom yang hanya menomori baris, tidak dibaca: {passed}",
    "columns that only count or number, not read: {passed}",
)
IS_YEAR = Sentence(
    "'{headings}' adalah tahunnya",
    "'{headings}' is the year",
)
COLUMNS_LEFT = Sentence(
    "kolom tidak dibaca: {left}",
    "columns not read: {left}",
)
ROWS_TWICE = Sentence(
    "{what} baris tertulis dua kali, persis sama; dibaca sekali",
    "{what} {what:row stands|rows stand} twice, word for word; read once",
)
BARE_TWICE = Sentence(
    "{file}: nama tanpa jenis tertulis dua kali, padahal ada kabupaten dan kota yang bernama "
    "sama. Tulis jenisnya di depan nama, atau di kolom berjudul Jenis.",
    "{file}: names without their kind stand twice, and a kabupaten and a city have each of "
    "them. Write the kind before the name, or in a column headed Jenis.",
)
HAS_NONE = Sentence(
    ", karena {without} tidak bertahun",
    ", since {without} has none",
)
YEARS_STAY = Sentence(
    "tahun ada di judul kolom dan tetap menjadi bagian namanya{why}",
    "years stand in headings and stay in the names{why}",
)
LONG = Sentence(
    "tabel panjang: {by} menyebut apa yang diukur; {n_columns} kolom",
    "long: {by} says what is measured; {n_columns} {n_columns:column|columns}",
)
SEVERAL_UNITS = Sentence(
    "{parts} punya satuan {of}",
    "{parts} has the units {of}",
)
ONE_ROW = Sentence(
    "satu baris tiap daerah dan tahun",
    "one row a region and year",
)
KEEP_ONE = Sentence(
    "Simpan yang benar, atau pilih barisnya: {what}",
    "Keep the right one, or pick rows: {what}",
)
ONE_UNIT = Sentence(
    "{file}: {said}. Beri satu satuan untuk tiap variabel, atau pilih baris dengan --only "
    "KOLOM=NILAI.",
    "{file}: {said}. Give one unit to each variable, or pick rows with --only COLUMN=VALUE.",
)
WHICH_OF_TWO = Sentence(
    "yang mana dari keduanya?",
    "which of the two?",
)
SAME_SHEETS = Sentence(
    "{n_group} lembar dengan kolom yang sama, digabung",
    "{n_group} sheets with the same columns, joined",
)
SHEETS_BELOW = Sentence(
    "{n_tables} lembar berisi daerah lain, disusun ke bawah",
    "{n_tables} sheets of other regions, one below the other",
)
SHEET_YEAR = Sentence(
    "{said}; nama lembar menyebut tahunnya",
    "{said}; the sheet's name says the year",
)
SHEETS_BESIDE = Sentence(
    "{n_sheets} lembar, kolomnya berdampingan",
    "{n_sheets} sheets, their columns side by side",
)
FIRST_ROW = Sentence(
    " Baris pertamanya: {shown}.",
    " Its first row is: {shown}.",
)
NO_REGIONS = Sentence(
    "{name}: tidak ada kolom berisi nama atau kode kabupaten dan kota{of}.{begins} Sebuah "
    "tabel memuat satu baris tiap daerah, dengan nama seperti 'Kab. Badung' atau kode "
    "Kemendagri atau BPS.",
    "{name}: no column holds names or codes of kabupaten and kota{of}.{begins} A table has a "
    "row a region, named as 'Kab. Badung' or by a code of Kemendagri or BPS.",
)
NO_VALUES = Sentence(
    "{name}: selain daerah tidak ada kolom yang berisi nilai.",
    "{name}: no column beside the regions has a value to be read.",
)
SHEET_NO_REGIONS = Sentence(
    "tidak memuat daerah",
    "no regions in it",
)
HIDDEN = Sentence(
    "tersembunyi",
    "hidden",
)
HIDDEN_READ = Sentence(
    "lembar tersembunyi dibaca",
    "a hidden sheet was read",
)
PROVINCES = Sentence(
    "{name}: barisnya adalah provinsi; di sini sebuah tabel memuat satu baris tiap kabupaten "
    "atau kota.",
    "{name}: its rows are provinces; a table here has a row a kabupaten or kota.",
)
NO_COLUMN = Sentence(
    "{file} tidak punya kolom '{column}'; yang ada {known}.",
    "{file} has no column '{column}'; there are {known}.",
)
NO_ROW_HAS = Sentence(
    "{file}: tidak ada baris bernilai '{value}' di kolom '{headings}'; yang ada {known}.",
    "{file}: no row has '{value}' in the column '{headings}'; there are {known}.",
)
NO_YEAR = Sentence(
    "{name} tidak punya tahun {wanted}; yang ada {known}.",
    "{name} has no year {wanted}; there are {known}.",
)
OWN_NAMES = Sentence(
    "{renamed}: dinamai begitu karena daftar faktor sudah punya nama itu",
    "{renamed}: called so because the registry has that name already",
)
NO_SHEET = Sentence(
    "{name} tidak punya lembar '{sheet}'; yang ada {known}.",
    "{name} has no sheet '{sheet}'; there are {known}.",
)
SHEET_LEFT = Sentence(
    "lembar tidak dibaca ({why}): {sheets}",
    "sheet not read ({why}): {sheets}",
)
IS_NO_YEAR = Sentence(
    "'{said}' bukan tahun",
    "'{said}' is no year",
)
BOTH_ALL = Sentence(
    "kedua sistem punya semua kodenya",
    "both systems have all of its codes",
)
NONE_ALL = Sentence(
    "tidak ada sistem yang punya semua kodenya",
    "no system has all of its codes",
)
WHICH_CODES = Sentence(
    "kolom '{heading}': kode BPS atau kode Kemendagri? ({why})",
    "column '{heading}': codes of BPS or of Kemendagri? ({why})",
)
SAME_REGIONS = Sentence(
    "kedua sistem memakai kode ini untuk daerah yang sama",
    "both systems have these codes for the same regions",
)
ONLY_SYSTEM = Sentence(
    "hanya sistem ini yang punya semuanya",
    "only this system has all of them",
)
NAMES_AGREE = Sentence(
    "{agree} dari {n_beside} nama di sampingnya cocok",
    "{agree} of {n_beside} names beside them agree",
)
WHICH_BARE = Sentence(
    "kolom '{heading}': apa arti nama tanpa jenis, seperti '{text}' di baris {number}?",
    "column '{heading}': what is a name without its kind, such as '{text}' in row {number}?",
)
BARE_READ = Sentence(
    "{count} nama tanpa jenis dibaca sebagai kabupaten",
    "{count} bare {count:name|names} read as kabupaten",
)
BARE_ASKED = Sentence(
    "nama tanpa jenis dipertanyakan",
    "bare names in question",
)
THE_PROVINCE = Sentence(
    "provinsinya",
    "the province",
)
NOT_A_REGION = Sentence(
    "bukan daerah",
    "no region",
)
CITY_BARE = Sentence(
    "kota yang ditulis tanpa jenisnya",
    "a city without its kind",
)
TWO_NAMES = Sentence(
    "{file}: kolom '{first}' dan '{second}' sama-sama menyebut daerah, dan tidak sama. Simpan "
    "tabel yang berdampingan sebagai tabel sendiri-sendiri.",
    "{file}: the columns '{first}' and '{second}' both name regions, and not the same ones. "
    "Save tables that stand side by side as tables of their own.",
)
CODES_OF = Sentence(
    "'{heading}' berisi kode {name} ({why})",
    "'{heading}' holds codes of {name} ({why})",
)
BY_ITS_CODE = Sentence(
    "provinsi atau total, menurut kodenya",
    "province or total, by its code",
)
NO_SUCH_CODE = Sentence(
    "tidak ada daerah berkode {digits}",
    "no region has the code {digits}",
)
CODES_ASKED = Sentence(
    "kode dipertanyakan",
    "codes in question",
)
READ_BY_CODE = Sentence(
    "'{text}' ({digits}) dibaca menurut kodenya sebagai {region}",
    "'{text}' ({digits}) read by its code as {region}",
)
CALLED_SO = Sentence(
    "tidak ada daerah bernama begitu",
    "no region is called so",
)
NO_REGION = Sentence(
    "tidak memuat daerah",
    "no region in it",
)
CODE_OR_NAME = Sentence(
    "kodenya milik {region}, namanya {said}",
    "the code is that of {region}, the name {said}",
)
ROW_HEADING = Sentence(
    "judul kelompok baris",
    "a heading of rows",
)
TOTAL_OR_NOTE = Sentence(
    "total atau catatan",
    "a total or a note",
)
TOTAL_OR_HEADING = Sentence(
    "total atau judul",
    "a total or a heading",
)
SOME_PERCENT = Sentence(
    "sebagian sel bertanda persen, dan yang lain di antara -1 dan 1",
    "some cells have a percent sign, and the others lie between -1 and 1",
)
MIXED_MARKS = Sentence(
    "{texts} dalam satu kolom: tanda desimalnya bertentangan",
    "{texts} in one column: the marks contradict each other",
)
NO_NUMBER = Sentence(
    "'{text}' bukan angka",
    "'{text}' is not a number",
)
ITS_CELLS = Sentence(
    "selnya sendiri",
    "its cells",
)
DASH_ZERO = Sentence(
    "{dashes} tanda hubung, dibaca sebagai 0 (--dash zero)",
    "{dashes} {dashes:dash|dashes}, read as 0 (--dash zero)",
)
DASH_MISSING = Sentence(
    "{dashes} tanda hubung, dibaca sebagai tidak ada data (dalam tabel BPS tanda hubung "
    "berarti tidak ada atau nol; --dash zero)",
    "{dashes} {dashes:dash|dashes}, read as missing (in tables of BPS a dash is none or zero; "
    "--dash zero)",
)
WORDS_MISSING = Sentence(
    "{words} sel seperti '{sample}', dibaca sebagai tidak ada data",
    "{words} {words:cell|cells} such as '{sample}', read as missing",
)
EACH_MARK = Sentence(
    "desimal dengan koma dan dengan titik; tiap sel menunjukkan tandanya sendiri",
    "decimals with a comma and with a point; each cell shows its own",
)
ONE_UNIT_EACH = Sentence(
    "satu satuan dalam satu kolom",
    "one unit in a column",
)
ONE_MARK_EACH = Sentence(
    "satu tanda desimal dalam satu kolom",
    "one decimal mark in a column",
)
A_NUMBER = Sentence(
    "angka, atau kosong",
    "a number, or nothing",
)
TWO_VALUES = Sentence(
    "dua nilai, dibaca 1 untuk '{yes}' dan 0 untuk yang lain",
    "two values, read as 1 for '{yes}' and 0 for the other",
)
WORDED = Sentence(
    "teks seperti '{worded}': angka dengan kata tidak dibaca sebagai angka",
    "text such as '{worded}': a number with words is not read as one",
)
WHICH_MARK = Sentence(
    "kolom '{heading}': apakah {text!r} berisi ribuan atau desimal?",
    "column '{heading}': does {text!r} hold thousands or decimals?",
)
CANNOT_BE_READ = Sentence(
    "'{text}' tidak dapat dibaca",
    "'{text}' cannot be read",
)
NOT_WITH_MARK = Sentence(
    "'{text}' bukan angka dengan {mark} desimal",
    "'{text}' is no number with a decimal {mark}",
)
TWO_WAYS = Sentence(
    "{file} dapat dibaca dengan dua cara.",
    "{file} can be read in two ways.",
)
EMPTY_INPUT = Sentence(
    "Masukan standar kosong. Tempelkan tabel beserta judul kolomnya.",
    "Standard input is empty. Paste a table with its headings.",
)
A_PROVINCE = Sentence("provinsi", "a province")
IS = Sentence("{what} adalah {read}", "{what} is {read}")
OR = Sentence(" atau ", " or ")
AND = Sentence(" dan ", " and ")
MARKS = {",": Sentence("koma", "comma"), ".": Sentence("titik", "point")}
IN_YEAR = Sentence("{region} tahun {year}", "{region} in {year}")
ALREADY = Sentence("{what} sudah ada di baris {row}", "{what} stands in row {row} already")
COLUMN_LETTERS = Sentence("kolom {letters}", "column {letters}")
OF_SHEETS = Sentence(" (lembar: {sheets})", " (sheets: {sheets})")
MATCHED = Sentence(
    "{file}: {matched} dari {rows} baris dapat dicocokkan dengan kabupaten atau kota.",
    "{file}: {matched} of {rows} {rows:row|rows} could be matched to a kabupaten or kota.",
)
NOT_KNOWN = Sentence(
    "{count} baris bukan daerah yang dikenal, dan tidak disertakan: {shown}",
    "{count} {count:row is|rows are} no region that is known, and {count:is|are} left out: {shown}",
)
IN_ROW = Sentence("'{text}' (baris {row})", "'{text}' (row {row})")
SIGNS = {
    "%": Sentence(
        "{count} sel bertanda persen, dibaca sebagai persen",
        "{count} {count:cell|cells} with a percent sign, read as percent",
    ),
    "currency": Sentence(
        "{count} sel bertanda mata uang, yang diabaikan",
        "{count} {count:cell|cells} with a currency sign, which is left off",
    ),
    "footnote mark": Sentence(
        "{count} sel bertanda catatan kaki, yang diabaikan",
        "{count} {count:cell|cells} with a footnote mark, which is left off",
    ),
    "parentheses": Sentence(
        "{count} sel dalam kurung, dibaca sebagai negatif",
        "{count} {count:cell|cells} in parentheses, read as negative",
    ),
    "spaces": Sentence(
        "{count} sel dengan spasi di antara ribuan",
        "{count} {count:cell|cells} with spaces between thousands",
    ),
}
A_FORMULA = Sentence(
    "'{text}' adalah rumus, bukan nilainya", "'{text}' is a formula, not its value"
)
TOO_LARGE = Sentence(
    "'{text}' lebih besar daripada angka mana pun", "'{text}' is larger than any number can be"
)
