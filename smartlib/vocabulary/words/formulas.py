"""What is said of formulas, conditions and fits that cannot be, both languages (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.words.sentences import Sentence

MANY_LEVELS = Sentence(
    "{shape} tingkat untuk diserap; paling banyak {MOST}.",
    "{shape} levels to absorb; at most {MOST} can be.",
)
NEVER_CHANGES = Sentence(
    "{of} tidak pernah berubah di dalam {key}: tingkatnya termasuk yang diserap | {key}. "
    "Buang, atau serap lebih sedikit.",
    "{of} never changes inside a {key}: its level is part of what | {key} takes out. Leave it "
    "out, or absorb less.",
)
ONLY_LEVELS = Sentence(
    "{of} tidak lebih daripada satu tingkat untuk tiap {counts}, yang diserap | {every}. "
    "Buang, atau serap lebih sedikit.",
    "{of} is no more than a level of each {counts}, which | {every} takes out. Leave it out, "
    "or absorb less.",
)
ONE_LEVEL = Sentence(
    "Semua baris berasal dari satu {name} ({iloc}); tidak ada yang diserap. Buang setelah |.",
    "All rows are of one {name} ({iloc}); there is nothing to absorb. Leave it out after |.",
)
POLY = Sentence(
    "poly berderajat {degree} memerlukan lebih dari {degree} nilai yang berbeda",
    "poly of degree {degree} needs more than {degree} different values",
)
STANDARDIZE = Sentence(
    "standardize memerlukan kolom yang tidak sama di semua baris",
    "standardize needs a column that is not the same in every row",
)
CONDITION = Sentence(
    "Sebuah syarat membandingkan kolom dengan angka atau teks dalam tanda kutip, seperti "
    "\"kota == 0 and province != 'Bali'\"; boleh memuat == != < <= > >= in, and, or, not, + - "
    "* / dan tanda kurung",
    'A condition compares columns with numbers or texts in quotes, such as "kota == 0 and '
    "province != 'Bali'\"; it may hold == != < <= > >= in, and, or, not, + - * / and brackets",
)
TOO_DEEP = Sentence(
    "'{condition}' bersarang terlalu dalam; tulis dengan lebih sedikit tanda kurung.",
    "'{condition}' is nested too deep; write it with fewer brackets.",
)
NO_CONDITION = Sentence(
    "'{condition}' bukan syarat atas baris. {EXPECTED}.",
    "'{condition}' is no condition on rows. {EXPECTED}.",
)
NO_ROW_FULFILS = Sentence(
    "Tidak ada dari {n_frame} baris yang memenuhi '{condition}'; longgarkan.",
    "No row of {n_frame} fulfils '{condition}'; widen it.",
)
LONG_CONDITION = Sentence(
    "Syarat sepanjang {n_condition} karakter; paling banyak {LONGEST}.",
    "A condition of {n_condition} characters; at most {LONGEST}.",
)
TWO_EQUALS = Sentence(
    " Untuk membandingkan pakai dua tanda sama dengan.",
    " Two equals signs compare.",
)
DEEP = Sentence(
    "terlalu dalam",
    "too deep",
)
BAD_CONDITION = Sentence(
    "'{condition}' tidak dapat dibaca ({reason}).{single} {EXPECTED}.",
    "'{condition}' cannot be read ({reason}).{single} {EXPECTED}.",
)
NO_SUCH_COLUMN = Sentence(
    "'{condition}' menyebut '{name}', yang bukan kolom (terdekat: {near}). Teks ditulis dalam "
    "tanda kutip.",
    "'{condition}' names '{name}', which is no column (nearest: {near}). A text stands in quotes.",
)
NOT_TRUE = Sentence(
    "'{condition}': '{what}' tidak benar atau salah untuk satu baris pun; bandingkan dengan "
    "sesuatu, seperti {what} == 1.",
    "'{condition}': '{what}' is true or false of no row; compare it with something, such as "
    "{what} == 1.",
)
IS_TEXT = Sentence(
    "'{condition}': '{what}' adalah teks; hitungan memerlukan angka.",
    "'{condition}': '{what}' is text; arithmetic needs numbers.",
)
NO_COLUMN_COMPARED = Sentence(
    "'{condition}' tidak membandingkan kolom. {EXPECTED}.",
    "'{condition}' compares no column. {EXPECTED}.",
)
NUMBERS_WITH_TEXT = Sentence(
    "'{condition}' membandingkan angka dengan teks; beri tanda kutip pada teks dan jangan pada "
    "angka.",
    "'{condition}' compares numbers with text; put a text in quotes and leave numbers without.",
)
NO_ROW_IS = Sentence(
    "'{condition}': tidak ada baris dengan {name} '{text}'; terdekat: {rest}.",
    "'{condition}': no row has '{text}' as {name}; nearest: {rest}.",
)
IN_NEEDS = Sentence(
    "'{condition}': 'in' memerlukan nilai dalam tanda kurung, seperti ('Bali', 'Aceh').",
    "'{condition}': 'in' needs values in brackets, such as ('Bali', 'Aceh').",
)
HOLDS = Sentence(
    "'{condition}' memuat '{what}'. {EXPECTED}.",
    "'{condition}' holds '{what}'. {EXPECTED}.",
)
FORMULA = Sentence(
    "Rumus berbentuk `hasil ~ faktor + faktor`, atau `hasil ~ faktor | province` bila efek "
    "tetap diserap; boleh memuat nama kolom, bilangan bulat, log( ), I( ), C( ), poly(kolom, "
    "derajat), standardize( ) dan tanda + - * / : ** ( )",
    "A formula has the form `outcome ~ factor + factor`, or `outcome ~ factor | province` "
    "where levels are taken out; it may hold names of columns, whole numbers, log( ), I( ), C( "
    "), poly(column, degree), standardize( ) and the signs + - * / : ** ( )",
)
ONE_TILDE = Sentence(
    "'{text}' tidak punya satu ~ dengan kolom di kedua sisinya. {EXPECTED}.",
    "'{text}' does not have one ~ with a column on each side. {EXPECTED}.",
)
NO_WHOLE_ROW = Sentence(
    "Tidak ada baris yang punya nilai untuk semua {columns}; buang kolom yang kosong.",
    "No row has a value for each of {columns}; leave out the column that is empty.",
)
OUTCOME_NO_NUMBERS = Sentence(
    "'{outcome}' bukan satu kolom angka; hasil (variabel terikat) harus begitu.",
    "'{outcome}' is not one column of numbers; an outcome has to be.",
)
LONG_FORMULA = Sentence(
    "Rumus sepanjang {n_text} karakter; paling banyak {LONGEST} dibaca.",
    "A formula of {n_text} characters; at most {LONGEST} are read.",
)
MANY_SIGNS = Sentence(
    "Rumus dengan {signs} tanda + - * / : **; paling banyak {MOST_SIGNS} dibaca.",
    "A formula with {signs} signs + - * / : **; at most {MOST_SIGNS} are read.",
)
POWERS = Sentence(
    "'{text}': pangkat adalah satu angka dari 2 sampai 9, dan sebuah rumus punya paling banyak "
    "{POWERS}.",
    "'{text}': a power is one digit from 2 to 9, and a formula has at most {POWERS}.",
)
BAD_POLY = Sentence(
    "'{text}' memuat koma atau poly yang bukan poly(kolom, derajat), seperti poly(population, "
    "2), dengan derajat 2 sampai 9. {EXPECTED}.",
    "'{text}' holds a comma or a poly that is no poly(column, degree), such as "
    "poly(population, 2), with a degree from 2 to 9. {EXPECTED}.",
)
AFTER_BAR = Sentence(
    "'{text}': sesudah | ditulis nama kolom yang dihubungkan +, seperti | province + year.",
    "'{text}': after | stand names of columns joined by +, such as | province + year.",
)
NAMED_TWICE = Sentence(
    "'{text}' menyebut {twice} dua kali; buang di salah satu sisi |.",
    "'{text}' names {twice} twice; leave it out on one side of |.",
)
UNKNOWN_NAMES = Sentence(
    "'{text}' memakai nama yang bukan hasil dan bukan faktor: {hints}. Yang ada {columns}.",
    "'{text}' uses names that are neither an outcome nor a factor: {hints}. There are {columns}.",
)
NOT_FINITE = Sentence(
    "{bad} bukan angka terhingga di baris {places}; logaritma memerlukan angka di atas 0. "
    "Buang baris itu, atau logaritmanya.",
    "{bad} is not a finite number in row {places}; a logarithm needs numbers above 0. Leave "
    "out these rows, or the logarithm.",
)
BY_ITSELF = Sentence(
    "'{text}' menjelaskan {both} dengan dirinya sendiri; buang di salah satu sisi.",
    "'{text}' explains {both} by itself; leave it out on one side.",
)
NO_LEFT = Sentence(
    "'{text}' tidak punya kolom di kiri ~. {EXPECTED}.",
    "'{text}' has no column left of ~. {EXPECTED}.",
)
BAD_FORMULA = Sentence(
    "'{text}' tidak dapat dibaca ({args}). {EXPECTED}.",
    "'{text}' cannot be read ({args}). {EXPECTED}.",
)
FORMULA_HOLDS = Sentence(
    "'{text}' memuat {refused}. {EXPECTED}.",
    "'{text}' holds {refused}. {EXPECTED}.",
)
NOT_EVALUATED = Sentence(
    "'{text}' tidak dapat dihitung ({what}). {EXPECTED}.",
    "'{text}' cannot be evaluated ({what}). {EXPECTED}.",
)
MANY_COLUMNS = Sentence(
    "'{text}' menghasilkan lebih banyak kolom daripada baris lengkap ({rows}); tidak ada model "
    "dengan koefisien lebih banyak daripada baris, sampel kecil diizinkan atau tidak. Kurangi "
    "sukunya: k nama yang dihubungkan * adalah 2^k - 1 suku, dan C( ) punya satu kolom tiap "
    "nilai kecuali satu.",
    "'{text}' makes more columns than there are complete rows ({rows}); no fit has more "
    "coefficients than rows, a small sample allowed or not. Leave out terms: k names joined by "
    "* are 2^k - 1 of them, and a C( ) has a column for each value but one.",
)
ROWS_KNOWN = Sentence(
    "Dari {n_frame} baris ada nilainya: {known}.",
    "Of {n_frame} rows have a value: {known}.",
)
NO_CLUSTER = Sentence(
    "Tidak ada kolom '{cluster}' untuk klaster; {se} memerlukannya. Sebut yang lain, atau "
    "pakai hc2bm.",
    "No column '{cluster}' to cluster by; {se} needs one. Name another, or take hc2bm.",
)
NO_WEIGHTS = Sentence(
    "Tidak ada kolom bobot '{weights}'; terdekat: {near}.",
    "No column '{weights}' of weights; nearest: {near}.",
)
TEXT_WEIGHTS = Sentence(
    "Bobot {weights} berupa teks; bobot adalah angka di atas 0.",
    "The weights {weights} are text; a weight is a number above 0.",
)
BAR_NEEDS = Sentence(
    "Rumus dengan | memerlukan faktor sebelum tanda itu.",
    "A formula with | needs a factor before it.",
)
NO_RESIDUAL = Sentence(
    "'{formula}' tidak menyisakan residual: {outcome} dihitung dari {terms}, sehingga tidak "
    "ada yang diestimasi. Buang yang menjadi asal hitungannya.",
    "'{formula}' leaves no residual: {outcome} is made of {terms} by arithmetic, and there is "
    "nothing to estimate. Leave out what it is computed from.",
)
NO_COEFFICIENT = Sentence(
    "Tidak ada koefisien bernama '{name}'; yang ada {found}.",
    "No coefficient is called '{name}'; there are {found}.",
)
ALL_ALONE = Sentence(
    "Setiap baris yang punya {names} sendirian di dalam satu {absorbed}, dan satu baris saja "
    "tidak mengatakan apa-apa tentang yang tersisa setelah | {absorbed2}. {what}",
    "Every row that has {names} is alone in a {absorbed}, and a row by itself tells nothing of "
    "what | {absorbed2} leaves. {what}",
)
OR_MISSING = Sentence(
    ", atau yang banyak kosong: {gaps}",
    ", or those with missing values: {gaps}",
)
FEW_ROWS = Sentence(
    "{n} baris lengkap dari {rows} untuk {k} koefisien; perlu paling sedikit {what}, "
    "{ROWS_PER_COEFFICIENT} untuk tiap koefisien. Buang suku dengan {what2} koefisien atau "
    "lebih seluruhnya, dari {costs}{gaps}; atau izinkan sampel kecil (allow_small, "
    "--allow-small).",
    "{n} complete {n:row|rows} of {rows} for {k} {k:coefficient|coefficients}; at least {what} "
    "are needed, {ROWS_PER_COEFFICIENT} for each. Leave out terms with {what2} or more "
    "coefficients in all, of {costs}{gaps}; or allow a small sample (allow_small, "
    "--allow-small).",
)
PANEL_NEEDS = Sentence(
    "Rumus dengan year atau region_code memerlukan tabel sendiri yang memuat satu baris tiap "
    "daerah dan tahun: --factors BERKAS.",
    "A formula with year or region_code needs a table of your own with a row a region and "
    "year: --factors FILE.",
)
NO_TWO_YEARS = Sentence(
    "{file} tidak memuat dua tahun, padahal rumus dengan year atau region_code memerlukan satu "
    "baris tiap daerah dan tahun. `smartlib read` menunjukkan kolom mana yang dianggap tahun.",
    "{file} has no two years, and a formula with year or region_code needs a row a region and "
    "year. `smartlib read` shows which column it takes for the year.",
)
IS_FACTOR = Sentence(
    "{file}: {twice} sudah menjadi nama faktor; beri milik Anda nama lain.",
    "{file}: {twice} is a factor already; give yours another name.",
)
NO_BUDGET = Sentence(
    "Tidak ada angka anggaran untuk {year}; tahun yang ada: {years}.",
    "No budget figures for {year}; years at hand: {years}.",
)
NAME_TAKEN = Sentence(
    "{twice} tidak dapat menjadi nama faktor: sudah dipakai. Ganti namanya.",
    "{twice} is no name for a factor: it is taken. Rename it.",
)
TWO_COLUMNS = Sentence(
    "Korelasi memerlukan dua kolom angka atau lebih.",
    "Correlations need two columns of numbers or more.",
)
NO_COLUMN = Sentence(
    "Tidak ada kolom {hints}. `smartlib factors` memuat yang ada.",
    "No column {hints}. `smartlib factors` lists what there is.",
)
NAME_COLUMNS = Sentence(
    "Sebut kolomnya, seperti 'own_source_share population', atau sebuah rumus.",
    "Name columns, such as 'own_source_share population', or a formula.",
)
NO_NUMBERS = Sentence(
    "Tidak satu pun dari {asked} berupa kolom angka; sebut yang lain.",
    "None of {asked} is a column of numbers; name another.",
)
NO_GROUPS = Sentence(
    "Tidak ada kolom '{by}' untuk pengelompokan; terdekat: {near}.",
    "No column '{by}' to group by; nearest: {near}.",
)
MANY_GROUPS = Sentence(
    "{by} punya {n_found} nilai; paling banyak {MOST_GROUPS} menjadi kelompok.",
    "{by} has {n_found} values; at most {MOST_GROUPS} make groups.",
)
FORMATS = Sentence(
    "{name}: kerangka data ditulis sebagai {known}; akhiri namanya begitu.",
    "{name}: a frame is written as {known}; end the name so.",
)
NEEDS_SPSS = Sentence(
    "Berkas SPSS memerlukan paket pyreadstat: pip install 'smartlib[spss]'; atau tulis .dta, "
    ".csv atau .xlsx, yang dibaca SPSS juga.",
    "An SPSS file needs the package pyreadstat: pip install 'smartlib[spss]'; or write .dta, "
    ".csv or .xlsx, which SPSS reads too.",
)
NEEDS_PARQUET = Sentence(
    "Berkas Parquet memerlukan paket pyarrow: pip install 'smartlib[files]'; atau tulis .csv, "
    ".xlsx atau .dta.",
    "A Parquet file needs the package pyarrow: pip install 'smartlib[files]'; or write .csv, "
    ".xlsx or .dta.",
)
LONG_NAMES = Sentence(
    "{long}: nama dalam {suffix} paling panjang {most} huruf. Beri yang lebih pendek "
    "(`smartlib read BERKAS --take KOLOM=NAMA`), atau tulis .csv, .xlsx atau .parquet.",
    "{long}: names in {suffix} have at most {most} letters. Give shorter ones (`smartlib read "
    "FILE --take COLUMN=NAME`), or write .csv, .xlsx or .parquet.",
)
NO_UTF8 = Sentence(
    "{file} bukan teks UTF-8.",
    "{file} is not UTF-8 text.",
)
BAD_SCHEME = Sentence(
    "{file} tidak dapat dibaca: {error}",
    "{file} cannot be read: {error}",
)
NO_WEIGHT = Sentence(
    "{file}, {key}: {wrong} bukan bobot sebuah dimensi; seharusnya angka untuk sebagian dari "
    "{DIMENSION_NAMES}.",
    "{file}, {key}: {wrong} is no weight of a dimension; expected numbers for some of "
    "{DIMENSION_NAMES}.",
)
DESIGN = Sentence(
    "Rancangan berukuran {shape} dengan {n_names} nama untuk hasil sepanjang {n_outcome} "
    "dengan {n_rows} label; tiap baris memerlukan hasil dan label, tiap kolom sebuah nama.",
    "A design of shape {shape} with {n_names} names for an outcome of length {n_outcome} with "
    "{n_rows} labels; each row needs an outcome and a label, each column a name.",
)
OWN_NAME = Sentence(
    "Setiap kolom memerlukan namanya sendiri: {names}.",
    "Each column needs a name of its own: {names}.",
)
MORE_COEFFICIENTS = Sentence(
    "{n_outcome} baris untuk {n_names} koefisien; baris harus lebih banyak daripada koefisien. "
    "Kurangi kolomnya.",
    "{n_outcome} rows for {n_names} coefficients; more rows than coefficients are needed. "
    "Leave out columns.",
)
MISSING_NUMBERS = Sentence(
    "Angka kosong atau tak terhingga di {columns}, baris {places}; buang baris atau kolom itu.",
    "Missing or infinite numbers in {columns}, row {places}; leave out these rows or columns.",
)
SAME_OUTCOME = Sentence(
    "Hasil (variabel terikat) sama di semua baris; tidak ada yang dijelaskan.",
    "The outcome is the same in every row; there is nothing to explain.",
)
SAME_COLUMN = Sentence(
    "{constant} sama di semua baris; buang.",
    "{constant} is the same in every row; leave it out.",
)
WEIGHTS_SHAPE = Sentence(
    "Bobot berukuran {shape} untuk {n_rows} baris; tiap baris memerlukan satu.",
    "Weights of shape {shape} for {n_rows} rows; each row needs one.",
)
BAD_WEIGHT = Sentence(
    "Bobot baris {bad} bukan angka positif; buang baris yang tidak ikut dihitung.",
    "The weight of row {bad} is not a positive number; leave out rows that are to count for "
    "nothing.",
)
DETERMINED = Sentence(
    "{redundant} (dari {names}) sudah ditentukan oleh kolom sebelumnya; buang itu, atau salah "
    "satunya.",
    "The columns before it determine {redundant} (of {names}); leave it out, or one of them.",
)
NO_ERRORS = Sentence(
    "Tidak ada galat baku bernama '{name}'; yang ada {KINDS}.",
    "No errors are called '{name}'; there are {KINDS}.",
)
NEEDS_CLUSTERS = Sentence(
    "{kind} memerlukan klaster: satu label untuk tiap baris.",
    "{kind} needs clusters: a label for each row.",
)
INDEPENDENT = Sentence(
    "{kind} menganggap baris saling bebas; untuk klaster pakai {others}.",
    "{kind} takes rows as independent; for clusters take {others}.",
)
ROW_ALONE = Sentence(
    "Baris {alone} sendirian menentukan satu koefisien, sehingga galat bakunya tidak ada; "
    "buang kolom yang hanya dimiliki baris itu, atau barisnya.",
    "Row {alone} alone decides a coefficient, which then has no standard error; leave out the "
    "column that only this row has, or the row.",
)
NO_ERROR_FOR = Sentence(
    "Tidak ada galat baku untuk {without}: klaster yang menentukannya tidak menyisakan "
    "residual untuk menilainya. Buang kolom yang hanya dimiliki satu klaster, atau minta "
    "koefisien lain.",
    "No standard error for {without}: the clusters that decide it have no residuals left to "
    "judge it by. Leave out columns that only one cluster has, or ask for other coefficients.",
)
CLUSTER_LABELS = Sentence(
    "{n_codes} label klaster untuk {n_rows} baris; tiap baris memerlukan satu.",
    "{n_codes} cluster labels for {n_rows} rows; each row needs one.",
)
CLUSTER_MISSING = Sentence(
    "Tidak ada klaster untuk baris {missing}; sebutkan, atau buang barisnya.",
    "No cluster for row {missing}; name one, or leave the row out.",
)
ONE_CLUSTER = Sentence(
    "Semua baris ada di klaster {found}; galat baku antarklaster memerlukan dua atau lebih. "
    "Pilih pengelompokan lain, atau galat baku untuk baris yang saling bebas.",
    "All rows are in the cluster {found}; errors between clusters need two or more. Choose "
    "another grouping, or errors for independent rows.",
)
NO_CLUSTER_BY = Sentence(
    "Tidak ada kolom '{cluster}' untuk klaster; sebut yang lain.",
    "No column '{cluster}' to cluster by; name another.",
)
LOGIT_ABSORBS = Sentence(
    "Logit tidak menyerap efek tetap: satu tingkat untuk masing-masing membuat yang lain bias. "
    "Buang yang sesudah |, atau pakai kuadrat terkecil.",
    "A logit absorbs no levels: with one for each they bias all else. Leave out what stands "
    "after |, or fit by least squares.",
)
NOT_BINARY = Sentence(
    "{outcome} tidak bernilai 0 atau 1 di semua baris; logit memerlukannya.",
    "{outcome} is not 0 or 1 in every row; a logit needs that.",
)
NO_FAMILY = Sentence(
    "Tidak ada keluarga '{family}'; yang ada ols, logit.",
    "No family '{family}'; there are ols, logit.",
)
LOGIT_WEIGHTS = Sentence(
    "Logit di sini tidak memakai bobot; buang bobotnya, atau pakai ols.",
    "A logit takes no weights here; leave them out, or fit by ols.",
)
LOGIT_ERRORS = Sentence(
    "Galat baku logit adalah cr1 menurut klaster; {se} untuk ols.",
    "The errors of a logit are cr1 by cluster; {se} is for ols.",
)
NO_CONVERGENCE = Sentence(
    "Logit tidak konvergen; buang kolom yang memisahkan baris di batas dari yang lain, atau "
    "pakai kuadrat terkecil.",
    "The fractional logit does not converge; leave out columns that tell the rows at a bound "
    "from the others, or fit by least squares.",
)
FOR_SHAPIRO = Sentence(
    "{n_residuals} baris; uji Shapiro-Wilk untuk {FEWEST} sampai {MOST}.",
    "{n_residuals} rows; Shapiro and Wilk's test is for {FEWEST} to {MOST}.",
)
FOR_LILLIEFORS = Sentence(
    "{n_residuals} baris; uji Lilliefors memerlukan {FEWEST} atau lebih.",
    "{n_residuals} rows; Lilliefors's test needs {FEWEST} or more.",
)
FOR_WHITE = Sentence(
    "Kuadrat dan hasil kali menghasilkan {rank} kolom untuk {n_y} baris; uji White memerlukan "
    "paling banyak setengah kolom sebanyak baris. Baca Breusch-Pagan.",
    "Squares and products make {rank} columns for {n_y} rows; White's test needs at most half "
    "as many columns as rows. Read Breusch and Pagan's.",
)
NO_FACTOR = Sentence(
    "Tidak ada faktor selain konstanta; sebaran memerlukan satu untuk berjalan bersamanya.",
    "No factor beside the intercept; spread needs one to go with.",
)
FOR_MORAN = Sentence(
    "Titik tengah daerah pada baris ini tidak diketahui; I Moran memerlukannya.",
    "No centroids of these rows are at hand; Moran's I needs them.",
)
NO_FACTOR_AT_ALL = Sentence(
    "Tidak ada faktor selain konstanta.",
    "No factor beside the intercept.",
)
NOT_MADE_FOR = Sentence(
    "Uji ini tidak dibuat untuk {what}.",
    "These tests are not made for {what}.",
)
NONE_BENDS = Sentence(
    "Tidak satu pun dari {names} punya {FEWEST} nilai atau lebih: tidak ada yang dapat melengkung.",
    "None of {names} has {FEWEST} values or more: none bends.",
)
FOR_VIF = Sentence(
    "Tidak ada faktor selain konstanta; VIF memerlukan paling sedikit satu.",
    "No factor beside the intercept; variance inflation needs at least one.",
)
FOR_RESET = Sentence(
    "Pangkat {powers} nilai dugaan ditentukan oleh faktornya (seperti bila hanya ada faktor "
    "0/1); RESET memerlukan faktor dengan lebih banyak nilai.",
    "Powers {powers} of the fitted values are determined by the factors (as with 0/1 factors "
    "alone); RESET needs a factor with more values.",
)
FEW_FOR_CHECKS = Sentence(
    "{n_y} baris untuk {n_names} kolom; perlu paling sedikit {least}.",
    "{n_y} rows for {n_names} columns; at least {least} are needed.",
)
ALONE_DECIDES = Sentence(
    "Baris {alone} sendirian menentukan satu koefisien; buang faktor yang hanya dimiliki baris "
    "itu, atau barisnya.",
    "Row {alone} alone decides a coefficient; leave out the factor that only this row has, or "
    "the row.",
)
EXACT = Sentence(
    "Faktor menghasilkan kembali nilai hasil persis; tidak ada yang diperiksa.",
    "The factors reproduce the outcome exactly; there is nothing to diagnose.",
)
NEGATIVE_WEIGHT = Sentence(
    "Bobot {negative} negatif; bobot adalah bagian dari satu.",
    "Negative weight of {negative}; weights are shares.",
)
WEIGHTS_SUM = Sentence(
    "Jumlah bobot {total}, seharusnya 1.",
    "The weights sum to {total}, expected 1.",
)
NO_DIMENSION = Sentence(
    "Tidak ada dimensi yang tersisa tanpa {without}.",
    "No dimension is left without {without}.",
)
UNKNOWN_DIMENSION = Sentence(
    "Tidak ada dimensi {unknown} di antara nilainya: {known}.",
    "No dimension {unknown} among the scores: {known}.",
)
NEAREST = Sentence("{name} (terdekat: {near})", "{name} (nearest: {near})")
NONE = Sentence("tidak ada", "none")
ROWS_LACK = Sentence("{name} ({count} baris)", "{name} ({count} {count:row|rows})")
A_LOGIT = Sentence("logit", "a logit")
WEIGHTED_ROWS = Sentence("baris berbobot", "weighted rows")
OR_A = Sentence(" atau ", " or a ")
AND_EACH = Sentence(" dan tiap ", " and each ")
OF_YEARS = Sentence(
    "baris adalah daerah dan tahun; galat baku berklaster menurut daerah atau provinsi berlaku "
    "juga bila residual mirip antartahun dan antardaerah seklaster.",
    "Rows are regions and years; errors clustered by region or province hold with residuals that "
    "are alike over years and among neighbours of a cluster.",
)
