"""How everything in a region's report is computed, once, in both languages (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator

from smartlib.present.words.wording import Words

METHOD_TITLES = ("Cara menghitung", "How everything is computed")
# key: (title, passages), each in Indonesian and English; the key is the anchor of links.
METHOD: dict[str, tuple[tuple[str, str], tuple[tuple[str, str], ...]]] = {
    "index": (
        ("Indeks dan peringkat", "Index and rank"),
        (
            (
                "Indeks Pencapaian adalah jumlah berbobot nilai rata-rata setiap dimensi, "
                "sebagaimana diterbitkan kementerian (NILAI FINAL). Indeks Peningkatan (TINGKAT "
                "IMPROVEMENT) adalah indeks tahun ini dikurangi tahun lalu, sehingga nilai tahun "
                "lalu dapat dihitung kembali.",
                "The performance index is the weighted sum of the mean marks of each dimension, "
                "as the ministry published it (NILAI FINAL). The improvement index (TINGKAT "
                "IMPROVEMENT) is this year's index minus last year's, so that last year's can be "
                "recovered.",
            ),
            (
                "Daerah yang nilainya sama berbagi peringkat terbaik. Peringkat dihitung di "
                "antara daerah yang nilainya diketahui; peringkat terendah yang mungkin berlaku "
                "bila semua baris yang hilang berada di atas.",
                "Regions with equal scores share the best rank. Ranks are among the regions whose "
                "scores are known; the lowest possible rank holds if every lost row stood above.",
            ),
            (
                "Indeks terharmonisasi memakai dimensi dan bobot jalur bersama bagi semua daerah, "
                "agar jalur yang rumusnya berbeda dapat dibandingkan.",
                "The harmonised index uses the dimensions and weights of the common track for all "
                "regions, so that tracks with different formulas can be compared.",
            ),
        ),
    ),
    "why": (
        ("Dimensi mana yang mengangkat dan menahan", "Which dimensions lift and hold back"),
        (
            (
                "Sumbangan suatu dimensi adalah bobotnya dalam jalur dikalikan selisih nilainya "
                "terhadap median dimensi itu di jalur yang sama. Selisih pembulatan memuat "
                "pembulatan indeks dan kenyataan bahwa median jumlah bukan jumlah median. Ini "
                "uraian aritmetika dari angka yang diterbitkan, bukan sebab.",
                "What a dimension adds is its weight in the track times the distance of its mark "
                "from the median of that dimension in the same track. The row of rounding and "
                "medians holds the rounding of the index, and that the median of sums is not the "
                "sum of medians. It is the arithmetic of the published numbers, not a reason.",
            ),
        ),
    ),
    "steps": (
        ("Apa yang dapat menaikkan indeks", "What would raise the index"),
        (
            (
                "Berapa nilai yang dibutuhkan satu dimensi saja, dengan dimensi lain dan daerah "
                "lain tetap, agar indeks sampai pada suatu sasaran. Tidak dikatakan mana yang "
                "mudah dicapai, dan evaluasi berikutnya dapat memberi nilai lain.",
                "The mark that one dimension alone would need, with the other dimensions and the "
                "other regions as they are, for the index to reach a goal. It does not say what "
                "is easy to reach, and the next evaluation may mark otherwise.",
            ),
            (
                "Satu langkah adalah satu penilai yang memberi satu pertanyaan nilai satu "
                "tingkat lebih tinggi. Langkah dihitung dengan jumlah penilai terkecil yang "
                "menjelaskan semua nilai rata-rata dalam audit; kelipatannya sama mungkinnya, "
                "dan langkahnya ikut berlipat. Nilai yang ditulis adalah yang pertama yang cukup "
                "dan mungkin dari langkah utuh; rentang langkah adalah yang disisakan pembulatan.",
                "One step is one assessor who marks one question one higher. Steps are counted "
                "with the fewest assessors that explain every mean in the audit; a multiple of "
                "them is as possible, and the steps multiply with it. The mark shown is the "
                "first that suffices and that whole steps can give; a range of steps is what "
                "rounding leaves open.",
            ),
        ),
    ),
    "alike": (
        ("Daerah yang paling mirip", "The most similar regions"),
        (
            (
                "Kemiripan dihitung dari jumlah penduduk, kepadatan, PDRB per kapita (ketiganya "
                "dalam logaritma), IPM, kemiskinan, dan porsi PAD, masing-masing distandarkan di "
                "antara daerah yang nilainya diketahui. Jarak 0 berarti sama; jarak 1 berarti "
                "bedanya setara satu simpangan baku pada setiap faktor (akar rata-rata kuadrat). "
                "Daerah yang mirip adalah pembanding yang lebih wajar daripada seluruh "
                "Indonesia, tetapi faktor-faktor ini tidak merangkum segalanya.",
                "Likeness is computed from population, density, GRDP per person (all three as "
                "logarithms), human development, poverty and the own-source share of revenue, each "
                "standardised among the regions whose scores are known. A distance of 0 means the "
                "same; 1 means as far apart as one standard deviation on every factor (root mean "
                "square). Similar regions are a fairer yardstick than the whole country, but these "
                "factors do not say everything.",
            ),
        ),
    ),
    "change": (
        ("Perubahan", "Change"),
        (
            (
                "Suatu perubahan melampaui ketidakpastian bila lebih besar daripada 1,96 kali "
                "kesalahan baku selisih dua indeks. Kesalahan kedua tahun dianggap sama besar dan "
                "saling bebas; satu dari dua puluh daerah yang tidak berubah pun akan tampak "
                "berubah. Instrumen dan bobot tahun lalu tidak diketahui; bila berbeda, selisihnya "
                "ikut memuatnya.",
                "A change is beyond the error if it is larger than 1.96 times the standard error "
                "of a difference of two indices. The errors of both years are taken to be "
                "equally large and independent; one in twenty unchanged regions will still seem "
                "to have changed. Last year's instrument and weights are not known; if they "
                "differed, the change holds that too.",
            ),
            (
                "Nilai yang kebetulan rendah tahun lalu cenderung naik, dan yang kebetulan tinggi "
                "cenderung turun, tanpa ada yang berubah (regresi ke rata-rata). Pertanyaan kedua "
                "mengurangkan kenaikan umum, lalu juga regresi itu, dan menilai sisanya dengan "
                "kesalahannya sendiri, termasuk kesalahan rata-ratanya; reliabilitas dianggap "
                "diketahui. Satu dari dua puluh daerah yang bergerak seperti yang lain pun akan "
                "tampak menonjol; dalam kurung, berapa yang diharapkan karena kebetulan di antara "
                "yang menonjol. Menurut perbandingan dengan tahun lalu, sekitar satu dari dua "
                "puluh selalu tampak menonjol.",
                "A mark that was low by chance last year tends to rise, and one that was high by "
                "chance to fall, without anything having changed (regression to the mean). The "
                "second question takes off the general rise, and then that regression too, and "
                "judges what is left by its own error, that of the mean included; the reliability "
                "is taken as known. One in twenty regions that moved like the rest will still "
                "stand out; in parentheses is how many chance alone would give among those that "
                "do. By the comparison with last year about one in twenty always stand out.",
            ),
        ),
    ),
    "ranks": (
        ("Seberapa pasti", "How certain this is"),
        (
            (
                "Arti kesalahan bergantung pada cara menaksirnya. Konsistensi antardimensi (alfa "
                "Cronbach) menghitung kekuatan khas suatu dimensi sebagai kesalahan, padahal "
                "dimensi penyusun indeks ini tidak harus searah; perbandingan dengan tahun lalu "
                "menghitung perubahan nyata sebagai kesalahan. Bacaan utamanya yang pertama; "
                "keduanya bukan batas. Kesalahan antardaerah dianggap saling bebas dan sama "
                "besar.",
                "What error means depends on how it is estimated. Consistency of the dimensions "
                "(Cronbach's alpha) counts what one dimension has of its own as error, although "
                "the dimensions that make up this index need not go together; comparison with "
                "last year counts real change as error. The first is the main reading; neither "
                "is a bound. Errors of regions are taken to be independent and equally large.",
            ),
            (
                "Rentang peringkat memuat semua peringkat di antara daerah yang nilainya "
                "diketahui yang tidak dapat dikesampingkan: batang tebal untuk daerah ini saja, "
                "garis tipis bila harus berlaku serentak bagi semua daerah. Batang hijau memuat "
                "cara hitung lain, batang hitam peringkat bila tidak ada yang dibulatkan.",
                "A set of ranks holds every rank among the regions whose scores are known that "
                "cannot be ruled out: the thick bar for this region alone, the thin line if it "
                "is to hold for all regions at once. The green bar is over other methods, the "
                "black one over the ranks had nothing been rounded.",
            ),
        ),
    ),
    "factors": (
        ("Faktor daerah", "Regional factors"),
        (
            (
                "Angka anggaran adalah realisasi dari tahun terakhir yang lengkap bagi semua "
                "daerah yang nilainya diketahui; angka lain dari tahun acuan terbaru. Median "
                "dihitung di antara daerah yang nilainya diketahui.",
                "Budget figures are realisations of the latest year that is complete for all "
                "regions whose scores are known; other figures are of the latest reference year. "
                "Medians are over the regions whose scores are known.",
            ),
        ),
    ),
}


def method_title(words: Words) -> str:
    """What the method page is called."""
    return words.pick(*METHOD_TITLES)


def method_texts(words: Words) -> Iterator[tuple[str, str, list[str]]]:
    """Anchor, title and passages of each part."""
    for key, (titles, passages) in METHOD.items():
        yield key, words.pick(*titles), [words.pick(*pair) for pair in passages]
