"""Texts of the regressions, both languages side by side (floor 4).

Numbers are written into them by format; in Indonesian they get a decimal comma there.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from string import Formatter
from typing import Any

from smartlib.present.words.wording import MINUS, Words
from smartlib.vocabulary.words.sentences import filled

SMALLEST_P = 0.001

TEXTS: Mapping[str, tuple[str, str]] = {
    # Checks of a fit.
    "influence": (
        "{highest} memiliki leverage tertinggi ({leverage:.2f}, dengan rata-rata {mean:.2f}). "
        "{mover} paling menggeser koefisien {factor}: {estimate:.3g} dengan daerah itu, "
        "{without:.3g} tanpanya; {count} dari {rows} baris melewati {bound:.2f} pada DFBETAS. "
        "Tunjukkan kedua dugaan, dan periksa angka daerah itu pada sumbernya; berpengaruh besar "
        "bukan alasan untuk meninggalkan suatu baris.",
        "{highest} has the greatest leverage ({leverage:.2f}, against a mean of {mean:.2f}). "
        "{mover} moves the coefficient of {factor} most: {estimate:.3g} with it, {without:.3g} "
        "without; {count} of {rows} rows pass {bound:.2f} in DFBETAS. Show both estimates, and "
        "check that row's figures at their source; being influential is no reason to leave a row "
        "out.",
    ),
    "influence_same": ("Daerah itu juga", "It also"),
    "groups_none": (
        "Tidak ada kelompok yang dapat ditinggalkan: tanpa salah satunya koefisien {factor} "
        "tidak tertentu.",
        "No group can be left out: without any one the coefficient of {factor} is open.",
    ),
    "groups": (
        "Bila {count} kelompok ditinggalkan satu demi satu, koefisien {factor} ({estimate:.3g} "
        "dengan semuanya) berkisar dari {low:.3g} (tanpa {lowest}) s.d. {high:.3g} (tanpa "
        "{highest}). {sign}",
        "Leaving out one of {count} groups at a time, the coefficient of {factor} "
        "({estimate:.3g} with all) runs from {low:.3g} (without {lowest}) to {high:.3g} (without "
        "{highest}). {sign}",
    ),
    "groups_keep": ("Tandanya tetap sama.", "Its sign holds throughout."),
    "groups_change": (
        "Tandanya berubah: jangan bersandar padanya.",
        "Its sign changes: rest nothing on it.",
    ),
    "groups_undetermined": (
        " Tanpa {groups} koefisien itu tidak ada.",
        " Without {groups} it does not exist.",
    ),
    "collinearity": (
        "Faktor inflasi varians (VIF) terbesar adalah {largest:.1f} ({worst}): galat bakunya "
        "{times:.1f} kali galat baku bila faktor-faktornya tidak berkaitan. {advice}",
        "The largest variance inflation is {largest:.1f} ({worst}): its standard error is "
        "{times:.1f} times what unrelated factors would give. {advice}",
    ),
    "collinearity_high": (
        "Nyatakan bersama, atau pakai salah satu dari yang berkaitan dan sebutkan itu.",
        "State them together, or keep one of those that go together and say so.",
    ),
    "collinearity_low": (
        "Faktor-faktornya dapat dibedakan; tidak ada yang perlu dilakukan.",
        "The factors can be told apart; nothing to do.",
    ),
    "reset_seen": (
        "F({df[0]}; {df[1]}) = {statistic:.2f}; {p}",
        "F({df[0]}, {df[1]}) = {statistic:.2f}, {p}",
    ),
    "reset_sign": (
        "Pangkat dari nilai dugaan menambah kecocokan ({seen}): coba logaritma atau kuadrat "
        "suatu faktor, dan tunjukkan keduanya.",
        "Powers of the fitted values add to the fit ({seen}): try logarithms or a squared factor, "
        "and show both.",
    ),
    "reset_none": (
        "RESET tidak memberi tanda lengkungan yang terlewat ({seen}); uji ini melihat nilai "
        "dugaan sebagai keseluruhan, dan dapat melewatkan lengkungan satu faktor.",
        "RESET has no sign of a missed curve ({seen}); it looks at the fitted values as a whole, "
        "and can miss the bend of one factor.",
    ),
    "breusch_pagan_seen": (
        "khi-kuadrat({df[0]}) = {statistic:.2f}; {p}",
        "chi-square({df[0]}) = {statistic:.2f}, {p}",
    ),
    "breusch_pagan_sign": (
        "Sebaran residual berubah bersama faktor ({seen}): baca galat baku robust (HC3, CR2), "
        "dan cari faktor yang memperbesarnya.",
        "The spread of the residuals goes with the factors ({seen}): read robust errors (HC3, "
        "CR2), and look for the factor that it grows with.",
    ),
    "breusch_pagan_none": (
        "Tidak ada tanda heteroskedastisitas: sebaran residual tidak berubah bersama faktor "
        "({seen}); galat baku robust hampir tidak merugikan dan tetap dipakai.",
        "No sign that the spread goes with the factors ({seen}); robust errors cost little and "
        "stay the default.",
    ),
    "moran_seen": (
        "I Moran = {statistic:.3f} dengan {neighbours} tetangga, satu sisi untuk kemiripan {p}, "
        "dua sisi {both}",
        "Moran's I = {statistic:.3f} over {neighbours} neighbours, one-sided against likeness {p}, "
        "two-sided {both}",
    ),
    "moran_sign": (
        "Residual daerah yang berdekatan mirip ({seen}): berikan galat baku menurut jarak atau "
        "yang diklaster menurut provinsi, dan cari faktor yang dimiliki bersama.",
        "Residuals of near regions are alike ({seen}): give errors by distance or clustered by "
        "province, and look for a factor that neighbours share.",
    ),
    "moran_none": (
        "Tidak ada tanda bahwa residual daerah yang berdekatan mirip ({seen}).",
        "No sign that residuals of near regions are alike ({seen}).",
    ),
    # What is not measured.
    "unmeasured": (
        "Suatu variabel yang tidak diukur harus menerangkan {robustness:.1%} dari yang tersisa "
        "pada {factor} dan juga pada variabel terikat untuk membawa koefisien ke nol{interval} "
        "Sebutkan apa yang tidak dimasukkan, dan apakah dapat sekuat itu.",
        "A variable that is not measured would have to explain {robustness:.1%} of what is left "
        "of both {factor} and the outcome to bring the coefficient to zero{interval} Name what "
        "was left out, and say whether it could be that strong.",
    ),
    "unmeasured_inside": (
        "; nol sudah berada di dalam selang klasik {level:.0%}.",
        "; zero is inside the classical {level:.0%} interval already.",
    ),
    "unmeasured_outside": (
        ", dan {robustness:.1%} untuk membawa nol ke dalam selang klasik {level:.0%}.{compared}",
        ", and {robustness:.1%} to bring zero into the classical {level:.0%} interval.{compared}",
    ),
    "unmeasured_none": (
        " Tidak satu pun variabel sekuat pembanding yang dicoba dapat melakukannya.",
        " None as strong as the benchmarks tried would.",
    ),
    "unmeasured_once": (
        " Variabel sekuat {benchmark} dapat melakukannya.",
        " One as strong as {benchmark} could.",
    ),
    "unmeasured_times": (
        " Variabel {times:g} kali sekuat {benchmark} dapat melakukannya.",
        " One {times:g} times as strong as {benchmark} could.",
    ),
    "beside": (
        "Selang klasik ({own_low:.3g} s.d. {own_high:.3g}) menganggap galat saling bebas dan "
        "beragam sama (homoskedastis). Dengan galat baku {errors} selangnya {low:.3g} s.d. "
        "{high:.3g} dan {told}",
        "The classical interval ({own_low:.3g} to {own_high:.3g}) takes errors as independent and "
        "evenly spread (homoskedastic). With errors {errors} it is {low:.3g} to {high:.3g} and "
        "{told}",
    ),
    "beside_out_out": (
        "juga tidak memuat nol; hitungan ini tidak mengatakan variabel sekuat apa yang akan "
        "ditahannya.",
        "leaves zero out as well; the arithmetic does not tell how strong a variable that one "
        "would bear.",
    ),
    "beside_out_in": (
        "sudah memuat nol, tanpa variabel apa pun yang tidak diukur: kekuatan yang ditahan "
        "selang klasik bukan pengaman.",
        "holds zero already, without any variable that is not measured: the strength that the "
        "classical interval bears is no safeguard.",
    ),
    "beside_in_out": ("meskipun demikian tidak memuat nol.", "leaves zero out all the same."),
    "beside_in_in": ("memuat nol juga.", "holds zero too."),
    # Who is in, and weights.
    "separated": (
        "{factors} memisahkan nilai 1 dari nilai 0 pada {outcome} tanpa kesalahan, sehingga tidak "
        "ada rasio odds yang terhingga; tinggalkan, atau gabungkan dengan faktor lain.",
        "{factors} tells the ones of {outcome} from the zeros without error, so that no odds "
        "ratio is finite; leave it out or join it with another factor.",
    ),
    "inverse_probability": (
        "Peluang terbalik, distabilkan; {cut} bobot di atas kuantil {trim} dipotong ke situ.",
        "Inverse probability, stabilised; {cut} weights above the {trim} quantile cut to it.",
    ),
    "entropy": (
        "Penyeimbangan entropi pada rata-rata {factors}.",
        "Entropy balancing on the means of {factors}.",
    ),
    # Shares of a budget.
    "total_revenue": ("pendapatan", "revenue"),
    "total_spending": ("belanja", "spending"),
    "against_held": (
        "{budget} di luar rumus, dengan {parts} tetap",
        "{budget} that is not in the formula, {parts} held fixed",
    ),
    "against_rest": ("{budget} lain", "all other {budget}"),
    "and": (" dan ", " and "),
    # Errors.
    "errors_by": ("{errors} menurut {cluster}", "{errors} by {cluster}"),
    "errors_clustered": (
        "{error}, diklaster menurut {cluster} ({clusters} klaster){note}",
        "{error}, clustered by {cluster} ({clusters} clusters){note}",
    ),
    "errors_rows": (
        "{error}, baris dianggap saling bebas{note}",
        "{error}, rows taken as independent{note}",
    ),
    "alone": (
        "{group} sendirian menentukan {name}: tidak ada residu untuk galat bakunya, jadi tidak "
        "diberikan.",
        "{group} alone decides {name}: no residual tells its error, and none is given.",
    ),
    "controls_only": (
        "Kategori {term} hanya kontrol tanpa inferensi: {count} ditentukan oleh satu klaster atau "
        "baris saja{singletons}.",
        "Levels of {term} are controls only, and no inference on them is given: {count} "
        "{count:is|are} decided by one cluster or row alone{singletons}.",
    ),
    "controls_single": (
        " (dengan satu baris: {levels})",
        " (with a single row: {levels})",
    ),
    "too_few": (
        "{clusters} klaster terlalu sedikit untuk nilai p atau selang, yang karena itu tidak "
        "diberikan; sebut pengelompokan lain.",
        "{clusters} clusters are too few for p-values or intervals, which are left out; name "
        "another grouping.",
    ),
    "few": (
        "Dengan {clusters} klaster t hanya pedoman kasar. Menurut wild cluster bootstrap dengan "
        "bobot Webb: {told}.",
        "With {clusters} clusters t is a rough guide. By the wild cluster bootstrap with Webb's "
        "weights: {told}.",
    ),
    "few_each": ("{name} {low} sampai {high} ({p})", "{name} {low} to {high} ({p})"),
    "no_beside": (
        "Galat baku HC3 dengan distribusi normal tidak ditampilkan: {reason}",
        "hc3 with the normal is not shown: {reason}",
    ),
    # Notes under a table.
    "outcome": (
        "Variabel terikat (dependent variable): {outcome}.",
        "Outcome: {outcome}.",
    ),
    "estimator": (
        "Kuadrat terkecil biasa (ordinary least squares, OLS). Galat baku robust (robust "
        "standard error) dalam kurung: {errors}. Selang kepercayaan {level:.0%} dalam kurung "
        "siku.",
        "Least squares. Standard errors in parentheses: {errors}. {level:.0%} intervals in "
        "brackets.",
    ),
    "otherwise": (
        "Dengan galat baku HC3 untuk baris yang saling bebas dan distribusi normal, selang "
        "{level:.0%} akan {told}",
        "With HC3 errors for rows taken as independent and the normal distribution, the "
        "{level:.0%} interval would {told}",
    ),
    "otherwise_same": (
        "menyatakan hal yang sama tentang nol.",
        "say the same of zero.",
    ),
    "otherwise_unlike": (
        "{told}, berbeda dari yang di sini.",
        "{told}, unlike here.",
    ),
    "otherwise_out": (
        "tidak memuat nol untuk {terms}",
        "leave zero out for {terms}",
    ),
    "otherwise_in": (
        "memuat nol untuk {terms}",
        "hold zero for {terms}",
    ),
    "sample": (
        "Sampel: {rows} dari {known} baris yang diketahui pada tabel nilai {year} ({scored} "
        "daerah dinilai); baris ini bukan sampel acak.",
        "Sample: {rows} of the {known} known rows of the {year} score table ({scored} regions "
        "were scored); they are no random draw.",
    ),
    "panel_balanced": (
        "Sampel: {rows} baris daerah-tahun: {regions} daerah, {years} tahun ({first} sampai "
        "{last}), panel seimbang; hanya daerah yang nilainya diketahui pada evaluasi.",
        "Sample: {rows} rows of region and year: {regions} regions, {years} years ({first} to "
        "{last}), a balanced panel; only regions with known scores in the evaluation.",
    ),
    "panel_unbalanced": (
        "Sampel: {rows} baris daerah-tahun: {regions} daerah, {years} tahun ({first} sampai "
        "{last}), panel tidak seimbang (kurang {lacking} baris); hanya daerah yang nilainya "
        "diketahui pada evaluasi.",
        "Sample: {rows} rows of region and year: {regions} regions, {years} years ({first} to "
        "{last}), an unbalanced panel ({lacking} {lacking:row|rows} lacking); only regions "
        "with known scores in the evaluation.",
    ),
    "panel_province": (
        "Semua tahun suatu daerah berada dalam satu provinsi, sehingga klaster provinsi mencakup "
        "kemiripan antartahun maupun antardaerah seprovinsi; --cluster region_code menganggap "
        "daerah saling bebas.",
        "All years of a region lie in one province, so that clusters of provinces hold likeness "
        "over years and between regions of a province; --cluster region_code takes regions as "
        "independent of each other.",
    ),
    "panel_region_code": (
        "Klaster daerah mencakup kemiripan antartahun suatu daerah, dan menganggap daerah "
        "seprovinsi saling bebas.",
        "Clusters of regions hold likeness over a region's years, and take regions of a province "
        "as independent of each other.",
    ),
    "left_out": (
        "Tidak disertakan karena {columns} tidak ada datanya: {regions}.",
        "Left out, as {columns} is missing: {regions}.",
    ),
    "factor": (
        "{label}: {source}.",
        "{label}: {source}.",
    ),
    "share": (
        "Porsi dari satu anggaran berjumlah satu: {label} dibaca terhadap {rest}",
        "Shares of one budget sum to one: {label} is read against {rest}",
    ),
    "same_marks": (
        "Dinilai oleh evaluasi yang sama dengan variabel terikat: {scores}. Sejauh keduanya "
        "memuat nilai yang sama, koefisiennya adalah hitungan, bukan hubungan.",
        "Scored by the same evaluation as the outcome: {scores}. As far as both hold the same "
        "marks, the coefficient is arithmetic and not an association.",
    ),
    "circular": (
        "Evaluasi ini sendiri menilai {scored}; purged_index tidak memuat dimensi tersebut.",
        "The evaluation itself scores {scored}; purged_index leaves such dimensions out.",
    ),
    "circular_factor": (
        "{label} (pertanyaan {questions})",
        "{label} (question {questions})",
    ),
    "sources": (
        "Sumber: {cited}",
        "Sources: {cited}",
    ),
    "associations": (
        "Koefisien adalah hubungan (association) di antara baris-baris ini, bukan sebab-akibat.",
        "Coefficients are associations among these rows.",
    ),
    # What else a fit can be.
    "refused": (
        "Galat baku {names} tidak dapat dihitung: klaster yang menentukannya tidak menyisakan "
        "residu.",
        "{names} has no standard error: the clusters that decide it leave no residual.",
    ),
    "no_beside_plain": (
        "satu baris menentukan sebuah koefisien sendirian.",
        "a row alone decides a coefficient.",
    ),
    "estimator_logit": (
        "Logit dengan kemungkinan maksimum (maximum likelihood). Galat baku robust (robust "
        "standard error) dalam kurung, dengan metode delta: {errors}. Selang kepercayaan "
        "{level:.0%} dalam kurung siku.",
        "Logit by maximum likelihood. Standard errors in parentheses, by the delta method: "
        "{errors}. {level:.0%} intervals in brackets.",
    ),
    "probability": (
        "{outcome} bernilai 0 atau 1: ini model probabilitas linear (linear probability model); "
        "koefisien adalah beda porsi daerah yang bernilai 1, dan nilai dugaan dapat keluar dari 0 "
        "sampai 1 (--family logit membandingkan).",
        "{outcome} is 0 or 1: this is a linear probability model; a coefficient is a difference "
        "in the share of regions that have 1, and fitted shares may leave 0 to 1 (--family logit "
        "compares).",
    ),
    "logit": (
        "Logit: angka pada tabel adalah hubungan marjinal rata-rata (average marginal effects) "
        "dalam probabilitas, bukan koefisien logit; R kuadrat adalah pseudo R kuadrat McFadden.",
        "Logit: the table has average marginal associations (the literature says average marginal "
        "effects) in probability, not logit coefficients; R squared is McFadden's pseudo R "
        "squared.",
    ),
    "logit_joint": (
        "Tanpa hubungan marjinal sendiri, karena variabelnya ada di beberapa suku: {names}.",
        "Without a marginal association of their own, as their variables stand in several terms: "
        "{names}.",
    ),
    "where": (
        "Hanya baris dengan {where}: {excluded} baris lain tidak disertakan.",
        "Rows where {where} alone: {excluded} {excluded:other is|others are} left out.",
    ),
    "weights": (
        "Baris diberi bobot menurut {weights}; bobot dianggap berbanding terbalik dengan varians.",
        "Rows are weighted by {weights}; weights are taken as inverse to variances.",
    ),
    "absorbed": (
        "Efek tetap (fixed effects) diserap: {levels}; koefisien membandingkan baris di dalamnya.",
        "Absorbed fixed effects: {levels}; coefficients compare rows inside them.",
    ),
    "singletons": (
        "{count} baris sendirian di dalam efek tetapnya dan tidak disertakan: {regions}.",
        "{count} {count:row is|rows are} alone in an absorbed level and left out: {regions}.",
    ),
    "more_notes": (
        "{count} catatan lain (galat baku, tahun, sumber) ada di table.html.",
        "{count} more {count:note|notes} (errors, years, sources) {count:stands|stand} in "
        "table.html.",
    ),
    "scheme": (
        "custom_index adalah indeks buatan sendiri: {weights}.",
        "custom_index is an index of one's own: {weights}.",
    ),
}


def said(key: str, lang: str = "en", **values: object) -> str:
    """A text with its numbers.

    Parameters
    ----------
    key : str
        Of `TEXTS`.
    lang : {"en", "id"}, default "en"
        Language.
    **values
        What the text names in braces.

    Raises
    ------
    ParameterError
        Another language.

    Examples
    --------
    >>> said("reset_seen", "id", df=(2, 129), statistic=1.96, p="p = 0,146")
    'F(2; 129) = 1,96; p = 0,146'
    """
    text = Words(lang).pick(*TEXTS[key])
    return filled(text, values, _Indonesian() if lang == "id" else Formatter())


class _Indonesian(Formatter):
    """Numbers with a decimal comma; all else as it is."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = super().format_field(value, format_spec)
        return Words("id").digits(text).replace("-", MINUS) if isinstance(value, Real) else text


def p_words(p: float, lang: str = "en") -> str:
    """A p-value as `p = 0.031` or `p < 0.001`.

    Parameters
    ----------
    p : float
        Between 0 and 1.
    lang : {"en", "id"}, default "en"
        Language: a decimal comma in Indonesian.

    Examples
    --------
    >>> p_words(0.0312), p_words(1e-9)
    ('p = 0.031', 'p < 0.001')
    """
    sign, shown = ("=", p) if p >= SMALLEST_P else ("<", SMALLEST_P)
    return f"p {sign} {Words(lang).number(shown, 3)}"
