"""Descriptions of the processed tables and their columns, in Indonesian (floor 4).

The English ones stand with the columns, in `vocabulary`; each is a key here, and a test finds
every one.
"""

from __future__ import annotations

INDONESIAN = {
    # tables
    "The known rows of the score table, one a region and year": (
        "Baris tabel nilai yang diketahui, satu per daerah dan tahun"
    ),
    "How far each region of the register came in the evaluation": (
        "Sampai tahap mana tiap daerah dalam daftar mengikuti evaluasi"
    ),
    "Marks of single questions, where a region's report is at hand": (
        "Nilai per pertanyaan, bila laporan daerahnya tersedia"
    ),
    "Regional factors, one value a row; a missing row is an unknown value, never a zero": (
        "Faktor daerah, satu nilai per baris; baris yang tidak ada berarti nilai tidak "
        "diketahui, bukan nol"
    ),
    "What the published numbers of the latest year say of how they were made, one check a row": (
        "Apa yang ditunjukkan angka terbitan tahun terakhir tentang cara pembuatannya, satu "
        "pemeriksaan per baris"
    ),
    "Rank of each known row of the latest year among the known rows, and how far it is known": (
        "Peringkat tiap baris yang diketahui pada tahun terakhir di antara baris yang diketahui, "
        "dan seberapa jauh peringkat itu diketahui"
    ),
    "Weights that could have made the published finals of the latest year": (
        "Bobot yang dapat menghasilkan nilai final terbitan tahun terakhir"
    ),
    "Documents that tables were read from, one a row": "Dokumen sumber tabel, satu per baris",
    "Letters that open reports, one a row": "Surat pengantar laporan, satu per baris",
    "Names on the lists that letters print, one a row": (
        "Nama dalam daftar yang dimuat surat, satu per baris"
    ),
    "Assessors' remarks, one a row, in our own short words; the texts stay with their owner": (
        "Catatan asesor, satu per baris, dengan ringkasan kami sendiri; teks aslinya tetap pada "
        "pemiliknya"
    ),
    "Assessors of a document, by number; names stay with the document's owner": (
        "Asesor suatu dokumen, menurut nomor; namanya tetap pada pemilik dokumen"
    ),
    "Themes of remarks, one coding a row": "Tema catatan, satu pengodean per baris",
    "Figures that documents state of regions outside score tables, one a row": (
        "Angka tentang daerah yang disebut dokumen di luar tabel nilai, satu per baris"
    ),
    "Places where documents contradict themselves or are misprinted, and what was decided": (
        "Tempat dokumen bertentangan dengan dirinya atau salah cetak, dan apa yang diputuskan"
    ),
    "Where each row of the score table, the marks and the lists was read": (
        "Tempat tiap baris tabel nilai, nilai pertanyaan, dan daftar dibaca"
    ),
    # regions and years
    "Kemendagri code of the region, as text": "Kode Kemendagri daerah, sebagai teks",
    "Short name of the region": "Nama singkat daerah",
    "Regency (kabupaten) or city (kota)": "Kabupaten atau kota",
    "Province, as in the register": "Provinsi, menurut daftar daerah",
    "Year": "Tahun",
    # scores
    "Formula the region is scored on": "Rumus penilaian daerah",
    "Mean mark of the Baseline questions, as published": (
        "Rerata nilai pertanyaan Baseline, sebagaimana diterbitkan"
    ),
    "Mean mark of the Output questions, as published": (
        "Rerata nilai pertanyaan Output, sebagaimana diterbitkan"
    ),
    "Mean mark of the Outcome questions, as published": (
        "Rerata nilai pertanyaan Outcome, sebagaimana diterbitkan"
    ),
    "Mean mark of the Impact questions, as published": (
        "Rerata nilai pertanyaan Impact, sebagaimana diterbitkan"
    ),
    "Mean mark of the Quick Wins questions, as published": (
        "Rerata nilai pertanyaan Quick Wins, sebagaimana diterbitkan"
    ),
    "Mean mark of the Collaboration questions, as published": (
        "Rerata nilai pertanyaan Program Kolaborasi, sebagaimana diterbitkan"
    ),
    "Final as published; may lie below 1, where a missing mark counts as 0": (
        "Nilai final sebagaimana diterbitkan; dapat di bawah 1, bila nilai yang kosong dihitung 0"
    ),
    "Final recomputed from the published means with the track's weights": (
        "Nilai final yang dihitung ulang dari rerata terbitan dengan bobot jalurnya"
    ),
    "Index on the dimensions and weights of the common track, for all tracks": (
        "Indeks dengan dimensi dan bobot jalur umum, untuk semua jalur"
    ),
    "Final minus last year's final, as published": (
        "Nilai final dikurangi nilai final tahun lalu, sebagaimana diterbitkan"
    ),
    "Last year's final: published final minus improvement": (
        "Nilai final tahun lalu: nilai final terbitan dikurangi peningkatan"
    ),
    "The same among the known rows of the track": (
        "Sama, di antara baris yang diketahui pada jalurnya"
    ),
    "The same among the known rows of the province": (
        "Sama, di antara baris yang diketahui di provinsinya"
    ),
    "Rank among all scored regions if every lost row stood above": (
        "Peringkat di antara semua daerah yang dinilai bila setiap baris yang hilang berada di "
        "atasnya"
    ),
    # participation
    "1 if selected for the programme, else 0": "1 bila terpilih dalam program, selain itu 0",
    "Stage I, consultative": "Tahap I, konsultatif",
    "Stage II, scored; undetermined: invited, but its row would be among the lost ones": (
        "Tahap II, dinilai; undetermined: diundang, tetapi barisnya termasuk yang hilang"
    ),
    "Year of selection; missing where it is not known, or the region is not selected": (
        "Tahun terpilih; kosong bila tidak diketahui, atau daerah tidak terpilih"
    ),
    "Year by which it was selected at the latest; of a dated region, that year": (
        "Tahun paling akhir daerah sudah terpilih; bagi yang tahunnya diketahui, tahun itu"
    ),
    (
        "What the year rests on: the full list, a derivation from two lists, several items, a "
        "partial list, one item, or nothing"
    ): (
        "Dasar tahun itu: daftar lengkap, turunan dari dua daftar, beberapa berita, daftar "
        "sebagian, satu berita, atau tidak ada"
    ),
    # answers, factors
    "Number of the question": "Nomor pertanyaan",
    "Mean mark of the assessors": "Rerata nilai para asesor",
    "How the value came about": "Asal nilai",
    "Key in the factor dictionary": "Kunci dalam kamus faktor",
    "In the unit of the factor dictionary": "Dalam satuan menurut kamus faktor",
    "Key of the publication": "Kunci publikasi",
    # audit
    "What was checked": "Apa yang diperiksa",
    "Code of a region, name of a track, or `table`": "Kode daerah, nama jalur, atau `table`",
    (
        "Whether the number follows (reproduced, contradicted), is possible at all (possible, "
        "impossible), could not have failed (uninformative), is as one would expect (expected, "
        "unusual), or cannot be checked (not_checkable)"
    ): (
        "Apakah angka itu dapat diturunkan (reproduced, contradicted), mungkin ada (possible, "
        "impossible), tidak mungkin gagal (uninformative), sesuai dugaan (expected, unusual), "
        "atau tidak dapat diperiksa (not_checkable)"
    ),
    "What the check expects": "Yang diharapkan pemeriksaan",
    "What the table holds": "Yang tertulis dalam tabel",
    "In words": "Dalam kata-kata",
    # ranks
    (
        "Where the standard error comes from: internal consistency of the dimensions, or "
        "correlation with last year, which counts real change as error"
    ): (
        "Asal galat baku: konsistensi internal dimensi, atau korelasi dengan tahun lalu, yang "
        "menghitung perubahan nyata sebagai galat"
    ),
    "Published final": "Nilai final terbitan",
    "Of the index": "Dari indeks",
    "Rank of the published final; ties share the best": (
        "Peringkat nilai final terbitan; nilai yang sama mendapat peringkat terbaiknya"
    ),
    "95% confidence set for this region's rank alone: best": (
        "Himpunan kepercayaan 95% untuk peringkat daerah ini saja: terbaik"
    ),
    "The same: last": "Sama: terakhir",
    "95% confidence sets for all ranks at once: best": (
        "Himpunan kepercayaan 95% untuk semua peringkat sekaligus: terbaik"
    ),
    "Rank had nothing been rounded, as far as the marks can be recovered: best": (
        "Peringkat seandainya tidak ada pembulatan, sejauh nilai dapat dipulihkan: terbaik"
    ),
    (
        "5% quantile of the rank of the harmonised index over other ways to make it: weights, "
        "scales, means, and mostly one dimension less"
    ): (
        "Kuantil 5% peringkat indeks terharmonisasi pada cara pembuatan lain: bobot, skala, "
        "rerata, dan umumnya tanpa satu dimensi"
    ),
    "Median of the same": "Median dari yang sama",
    "95% quantile of the same": "Kuantil 95% dari yang sama",
    # weights
    "Formula": "Rumus",
    "Dimension": "Dimensi",
    "Weight that the letter states": "Bobot yang disebut surat",
    "Least weight that reproduces every final; missing where no weights do": (
        "Bobot terkecil yang menghasilkan semua nilai final; kosong bila tidak ada"
    ),
    "Greatest such weight": "Bobot terbesar yang demikian",
    # documents
    "First 12 digits of the SHA-256 of the document's file": (
        "12 digit pertama SHA-256 berkas dokumen"
    ),
    "Of the file": "Dari berkas",
    "What it is": "Jenis dokumen",
    "Of the evaluation; 0 where it is of none": "Tahap evaluasi; 0 bila bukan dari suatu tahap",
    "Region as printed": "Daerah sebagaimana tercetak",
    "Years in which its regions were selected": "Tahun-tahun terpilihnya daerah di dalamnya",
    "What the file was: text, pdf, docx, table": "Bentuk berkas: text, pdf, docx, table",
    "Version of the reader": "Versi pembaca",
    "Line of the text, or page and line with a point between; `end`: not found": (
        "Baris teks, atau halaman dan baris dengan titik di antaranya; `end`: tidak ditemukan"
    ),
    "Number as printed": "Nomor sebagaimana tercetak",
    "Date (ISO 8601)": "Tanggal (ISO 8601)",
    "Subject as printed": "Perihal sebagaimana tercetak",
    "Office of the signatory; no name": "Jabatan penanda tangan; tanpa nama",
    "Regions selected or invited, as its points count": (
        "Daerah yang dipilih atau diundang, menurut hitungan butirnya"
    ),
    "Regions that took part, as its points count": "Daerah yang ikut, menurut hitungan butirnya",
    "Regions that did not, as its points count": (
        "Daerah yang tidak ikut, menurut hitungan butirnya"
    ),
    "Which list": "Daftar yang mana",
    "Place on the list, column by column": "Urutan dalam daftar, kolom demi kolom",
    "Name as printed": "Nama sebagaimana tercetak",
    "`repeated`: the line was printed before, and counts once": (
        "`repeated`: baris itu sudah tercetak sebelumnya, dan dihitung sekali"
    ),
    "Number of the letter, where its document was read": "Nomor surat, bila dokumennya dibaca",
    # remarks
    "Which section it stands in": "Bagian tempatnya berada",
    "Number of the assessor in the document": "Nomor asesor dalam dokumen",
    "Place among the assessor's remarks of that kind": "Urutan di antara catatan asesor sejenis",
    "Sentences that ran together in it": "Jumlah kalimat yang bersambung di dalamnya",
    "First 16 digits of the SHA-256 of the text": "16 digit pertama SHA-256 teks",
    "In our own short words, Indonesian": "Ringkasan kami, bahasa Indonesia",
    "In our own short words, English": "Ringkasan kami, bahasa Inggris",
    "As printed": "Sebagaimana tercetak",
    "Spellings of the name in the document": "Ejaan nama dalam dokumen",
    "`hand`, or the rules and their version": "`hand` (dengan tangan), atau aturan dan versinya",
    "Key in codebook.toml; `uncoded` where none fits": (
        "Kunci dalam codebook.toml; `uncoded` bila tidak ada yang cocok"
    ),
    "Words that matched": "Kata-kata yang cocok",
    # facts, discrepancies, places
    "What was counted": "Apa yang dihitung",
    "Smart City pillar, where it is one's": "Pilar Smart City, bila menyangkut suatu pilar",
    "As stated, or counted in a list": "Sebagaimana disebut, atau dihitung dalam daftar",
    "Unit of the value": "Satuan nilai",
    "Who states it": "Siapa yang menyatakannya",
    "Measure that it does not agree with": "Ukuran yang tidak sesuai dengannya",
    "What is odd": "Apa yang janggal",
    "What stands there": "Yang tertulis di sana",
    "What would agree": "Yang akan sesuai",
    "What was done": "Apa yang dilakukan",
    "Which table": "Tabel yang mana",
    "Name as printed, number of the question, or list and position": (
        "Nama sebagaimana tercetak, nomor pertanyaan, atau daftar dan urutan"
    ),
    "Years in which the regions of one table were selected, such as 2017-2022": (
        "Tahun-tahun terpilihnya daerah dalam satu tabel, seperti 2017-2022"
    ),
    "Rank of the published final among the known rows, of the cohort unless the source ranks "
    "cohorts together; ties share the best": (
        "Peringkat nilai final terbitan di antara baris yang diketahui, di dalam kohornya kecuali "
        "sumbernya memeringkat semua kohor bersama; nilai yang sama mendapat peringkat terbaiknya"
    ),
    "What a report says was evaluated, one element of a dimension a row; descriptions stay with "
    "their owner": (
        "Apa yang menurut laporan dinilai, satu elemen dimensi per baris; uraiannya tetap pada "
        "pemiliknya"
    ),
    "Place within the dimension": "Urutan di dalam dimensi",
    "As printed, where the table has a name": "Seperti tercetak, bila tabelnya memuat nama",
    "Weight of the dimension, where the table states it": (
        "Bobot dimensi, bila tabelnya menyebutnya"
    ),
    "Descriptions that ran together in its cell": "Banyaknya uraian yang menyatu dalam selnya",
    "First 16 digits of the SHA-256 of the description": (
        "Enam belas angka pertama SHA-256 uraiannya"
    ),
}


def in_indonesian(description: str) -> str:
    """A table's or column's description in Indonesian.

    Parameters
    ----------
    description : str
        In English, as declared.

    Raises
    ------
    KeyError
        It has not been translated.
    """
    return INDONESIAN[description]
