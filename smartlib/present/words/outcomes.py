"""Sentences of the study of outcomes, both languages side by side (floor 4).

The word effect stands only beside the assumption under which there would be one.
"""

from __future__ import annotations

from collections.abc import Mapping

from smartlib.present.words.wording import Words

TEXTS: Mapping[str, tuple[str, str]] = {
    # key: (Indonesian, English). The plan.
    "plan": (
        "**Rencana, dinyatakan sebelum apa pun di bawah dihitung.** Pertanyaan: dengan asumsi "
        "tren sejajar, berapa rata-rata efek terpilih (penilaian, rencana induk, pendampingan) "
        "pada {treated} daerah angkatan {cohort} atas {outcome}? Dibandingkan: rata-rata "
        "{first}-{last} dikurangi {base}; {first} baru sebagian terpapar, dan tahun dasar "
        "{earlier} memeriksa antisipasi. Pembanding: {never} daerah yang tidak pernah terpilih "
        "(dipilih dengan melihat masa depan) dan {later} daerah yang baru terpilih pada "
        "{year_later}, berdampingan; {open} daerah tanpa tahun, atau terpilih atau diundang "
        "kemudian, tidak pernah menjadi pembanding. Plasebo lulus hanya bila selangnya di dalam "
        "±{margin} {unit}. Pembanding yang setara: minimal {effective} pembanding efektif, "
        "peluang terbesar {highest}. Batas jujur: M relatif {relative}; kelengkungan {smooth} "
        "{unit} per tahun. Galat CR2 menurut provinsi.",
        "**The plan, stated before anything below is computed.** Question: under parallel trends, "
        "what is the average effect of selection (assessment, master plan, mentoring) on the "
        "{treated} regions of {cohort}, in {outcome}? Compared: the mean of {first}-{last} less "
        "{base}; {first} is exposed in part only, and the base year {earlier} checks for "
        "anticipation. Controls: the {never} regions never selected (which looks into the future) "
        "and the {later} selected in {year_later} only, side by side; {open} regions that are "
        "undated, or were taken up or invited later, are never controls. The placebo passes only "
        "if its interval lies inside ±{margin} {unit}. Controls are alike enough from {effective} "
        "effective controls and up to a probability of {highest}. Honest bounds: relative M "
        "{relative}; curvature {smooth} {unit} a year. Errors are CR2 by province.",
    ),
    "known": (
        "Ini rencana, bukan prapendaftaran: batas-batas itu, termasuk margin plasebo, ditetapkan "
        "setelah penjajakan pertama atas data yang sama, yang sudah memperlihatkan selisih, "
        "plasebo, dan beberapa penyetaraan. Batas yang lain dapat memberi putusan yang lain.",
        "This is a plan and no pre-registration: the limits, the placebo's margin among them, were "
        "set after a first, exploratory look at the same data, which had shown the differences, "
        "the placebo and some of the adjustments. Other limits could give other verdicts.",
    ),
    # Names.
    "never": ("tidak pernah terpilih", "never selected"),
    "not_yet": ("baru terpilih pada angkatan terakhir", "selected in the last cohort only"),
    "placebo": ("plasebo: angkatan terakhir", "placebo: the last cohort"),
    "nothing": ("tanpa penyetaraan", "nothing held"),
    "strata": ("kota × Jawa", "kota × Java"),
    "level": ("tingkat awal", "initial level"),
    "income": ("pendapatan awal", "initial income"),
    "strata_level": ("kota × Jawa, tingkat awal", "kota × Java, initial level"),
    "strata_income": ("kota × Jawa, pendapatan awal", "kota × Java, initial income"),
    "group_time": ("Callaway-Sant'Anna, tidak pernah", "Callaway-Sant'Anna, never"),
    "group_time_not_yet": ("Callaway-Sant'Anna, belum", "Callaway-Sant'Anna, not yet"),
    "sun_abraham": ("Sun-Abraham", "Sun-Abraham"),
    "imputation": ("imputasi (Borusyak dkk.)", "imputation (Borusyak et al.)"),
    "stacked": ("bertumpuk", "stacked"),
    "points": ("% (log × 100)", "% (log × 100)"),
    # Headings.
    "head_comparison": ("Perbandingan", "Comparison"),
    "head_difference": ("Selisih (selang 95%)", "Difference (95% interval)"),
    "head_regions": ("Daerah", "Regions"),
    "head_controls": ("Pembanding", "Controls"),
    "head_held": ("Disetarakan", "Held"),
    "head_effective": ("Pembanding efektif", "Effective controls"),
    "head_highest": ("Peluang terbesar", "Largest probability"),
    "head_without": ("Tanpa", "Without"),
    "head_estimate": ("Selisih (galat baku)", "Difference (standard error)"),
    "head_estimator": ("Penduga", "Estimator"),
    "head_firm": ("Hanya tahun yang kuat", "Firm years only"),
    "head_bound": ("Penyimpangan yang diizinkan", "Departure allowed"),
    "head_interval": ("Selang jujur 95%", "Honest 95% interval"),
    "head_outcome": ("Hasil, jendela", "Outcome, window"),
    "head_pretrend": ("Tren sebelumnya: p", "Trend before: p"),
    "head_placebo": ("Plasebo (selang 95%)", "Placebo (95% interval)"),
    "head_range": ("Rentang pembanding", "Range over controls"),
    "head_honest": ("Batas jujur, M = 1", "Honest bound, M = 1"),
    "head_verdict": ("Putusan", "Verdict"),
    "head_column": ("Sebelum terpilih", "Before selection"),
    "head_cohort": ("Angkatan", "Cohort"),
    "head_apart": ("Jarak (simpangan baku)", "Apart (standard deviations)"),
    "column_kota": ("bagian kota", "share of kota"),
    "column_java": ("bagian di Jawa", "share on Java"),
    "column_kota_java": ("bagian kota di Jawa", "share of kota on Java"),
    "column_level": ("tingkat awal hasil", "initial level of the outcome"),
    "column_income": ("log PDRB per kapita awal", "log of initial GRDP per person"),
    # Findings.
    "identity": (
        "Ketiga baris bukan tiga fakta: baris kedua adalah yang pertama dikurangi yang ketiga "
        "(({one}) − ({three}) = {two}). Plasebo {passes}: selangnya {low} sampai {high}, marginnya "
        "±{margin}.",
        "The three lines are not three facts: the second is the first less the third "
        "(({one}) − ({three}) = {two}). The placebo {passes}: its interval is {low} to {high}, its "
        "margin ±{margin}.",
    ),
    "passes": ("lulus", "passes"),
    "fails": ("gagal", "fails"),
    "detectable": (
        "Selisih sejati terkecil yang akan ditemukan dengan kuasa 80%: {smallest} {unit}. Uji "
        "permutasi dalam strata kota × Jawa: p = {p} ({exchanged} daerah dalam {strata} strata); "
        "ini uji di bawah keterpertukaran, bukan inferensi pengacakan: terpilihnya daerah tidak "
        "diundi. Dengan tahun dasar {earlier}: {base}.",
        "Smallest true difference that would be found with a power of 80%: {smallest} {unit}. "
        "Permutation within strata of kota × Java: p = {p} ({exchanged} regions in {strata} "
        "strata); a test under exchangeability, not randomisation inference: selection was not "
        "drawn by lot. With the base year {earlier}: {base}.",
    ),
    "withheld": ("tidak diberikan", "not given"),
    "without_neighbours": (
        "{count} tetangga (di bawah {km} km)",
        "{count} neighbours (within {km} km)",
    ),
    "without_province": (
        "provinsi {name}, yang paling menggeser",
        "province {name}, which moves most",
    ),
    "without_region": ("{name}, yang paling menggeser", "{name}, which moves most"),
    "without_breaks": (
        "{count} daerah yang terputus pada {year}",
        "{count} regions that break in {year}",
    ),
    "before": (
        "Sebelum terpilih, |t| terbesar di antara {count} tahun adalah {largest} (p = {p}, semua "
        "tahun bersama). Lulus uji ini bukan bukti: uji itu baru menemukan tren yang berpencar "
        "{half} {unit} per tahun dengan kuasa 50% dan {most} dengan kuasa 80%; tren seperti itu, "
        "bila berlanjut, memberi selisih {bias_half} dan {bias_most} tanpa efek apa pun.",
        "Before selection the largest |t| among {count} years is {largest} (p = {p}, all years "
        "together). Passing is no proof: the test would find trends that diverge by {half} {unit} "
        "a year with a power of 50%, and by {most} with 80%; such a trend, going on, would put "
        "{bias_half} and {bias_most} into the difference without any effect.",
    ),
    "relative": (
        "tahunan hingga {m} × yang terbesar sebelum terpilih",
        "yearly, up to {m} × the largest before selection",
    ),
    "smooth": ("kemiringan berubah hingga {m} per tahun", "slope changes by up to {m} a year"),
    "mixed": (
        "Efek tetap dua arah (TWFE, {estimate}) mencampur: {never} bobot pada yang tidak pernah "
        "terpilih, {earlier} "
        "pada angkatan lebih awal lawan lebih akhir, {later} pada pembanding yang sudah terpilih.",
        "Two-way fixed effects (TWFE, {estimate}) mixes: {never} of the weight is on the never "
        "selected, {earlier} on earlier against later cohorts, {later} on controls "
        "already selected.",
    ),
    "missing": (
        "Yang tidak ada: pustaka `diff-diff`. Tanpa tambahan `outcomes`, penduga untuk angkatan "
        "beberapa tahun dan batas kelengkungan tidak dihitung; semua yang lain ada. Pasang dengan "
        "`pip install 'smartlib[outcomes]'`.",
        "Missing: the library `diff-diff`. Without the extra `outcomes` the estimators for cohorts "
        "of several years and the bounds by curvature are not computed; all else is there. Install "
        "it with `pip install 'smartlib[outcomes]'`.",
    ),
    "trap": (
        "**Sebuah jebakan, bukan temuan.** Putusnya data pada {years} membuat {outcome} sampai "
        "{last} dengan angkatan yang sama tampak berselisih {estimate} (galat baku {error}), "
        "walaupun dari {before} tahun sebelum terpilih selang {apart} tahun tidak memuat nol. "
        "Sampai {until} angka itu {shorter}; tanpa {jumped} daerah yang melonjak, {steady}, dan "
        "putusnya data di bawah ambang lonjakan tetap ada di dalamnya. Tidak satu pun dari angka "
        "ini berbicara tentang program.",
        "**A trap, and no finding.** The break of {years} makes {outcome} up to {last} with the "
        "same cohorts seem apart by {estimate} (standard error {error}), though of {before} years "
        "before selection the intervals of {apart} leave out zero. Up to {until} it is {shorter}; "
        "without the {jumped} regions that jump it is {steady}, and breaks below the threshold of "
        "a jump stay in it. None of these numbers speaks of the programme.",
    ),
    "breaks": (
        "Tahun dengan lonjakan (di atas {jump}) yang terlalu banyak, {label}: {years}. Dalam "
        "{other}: {none}. Baris yang lebih cocok dengan daerah lain daripada dengan "
        "daerahnya sendiri, dicari di antara dua himpunan: {found}.",
        "Years with too many jumps (beyond {jump}), {label}: {years}. In {other}: {none}. Rows "
        "that fit another region better than their own, looked for between two compilations: "
        "{found}.",
    ),
    "later_cohorts": (
        "Angkatan {cohorts} tidak dapat ditanyakan di sini: {outcome} berakhir pada {last}, dan "
        "{other}, yang berlanjut sesudahnya, terputus pada {broken}, sehingga hampir tidak ada "
        "tahun sebelum terpilih pada ukuran yang sama.",
        "The cohorts of {cohorts} cannot be asked here: {outcome} ends in {last}, and {other}, "
        "which goes on, breaks in {broken}: hardly a year before selection is left on the same "
        "footing.",
    ),
    "none": ("tidak ada", "none"),
    # The verdict.
    "bounded": (
        "Dengan asumsi tren sejajar dengan salah satu pembanding (setelah penyetaraannya), tanpa "
        "antisipasi dan tanpa rambatan, rata-rata efek di bawah {low} atau di atas {high} {unit} "
        "tersingkir pada 95%; bahwa efek di antaranya ada, tidak ditunjukkan.",
        "Under parallel trends with at least one of the controls (given what is held), without "
        "anticipation or spillovers, average effects below {low} or above {high} {unit} are "
        "excluded at 95%; that there is an effect in between is not shown.",
    ),
    "not_identified": ("Tidak teridentifikasi: {reasons}.", "Not identified: {reasons}."),
    "sign": ("pembanding yang setara mengubah tandanya", "admissible controls change the sign"),
    "moves": (
        "pembanding yang setara menggesernya lebih dari satu galat baku",
        "admissible controls move it by more than a standard error",
    ),
    "failed": ("plasebo gagal", "the placebo fails"),
    "nothing_said": (
        "Tidak satu angka pun di baris ini berbicara tentang program.",
        "No number of this line speaks of the programme.",
    ),
    "steady": ("tanpa {count} daerah yang melonjak", "without {count} regions that jump"),
    "figure_path": (
        "Selisih {outcome} menurut tahun: angkatan {cohort} dan pembanding",
        "Difference in {outcome} by year: cohort {cohort} and controls",
    ),
    "figure_together": (
        "{outcome}: angkatan awal bersama, menurut tahun sejak terpilih",
        "{outcome}: early cohorts together, by years since selection",
    ),
    "figure_jumps": (
        "Daerah yang {label}-nya melonjak dalam setahun",
        "Regions whose {label} jumps within a year",
    ),
    "axis_jumps": ("daerah", "regions"),
    "source": ("Sumber: {source}.", "Source: {source}."),
}


def said(words: Words, key: str, **values: object) -> str:
    """A text with its numbers.

    Parameters
    ----------
    words : Words
        The language.
    key : str
        Of `TEXTS`.
    **values
        What the text names in braces.

    Examples
    --------
    >>> said(Words("en"), "smooth", m=0.5)
    'slope changes by up to 0.5 a year'
    """
    return words.pick(*TEXTS[key]).format(**values)
