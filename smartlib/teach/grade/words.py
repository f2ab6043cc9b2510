"""What grading says, Indonesian and English side by side."""

from __future__ import annotations

REMARKS = {
    "missing": ("tidak mengumpulkan", "nothing handed in"),
    "unreadable": (
        "berkas rusak atau bukan notebook; mintalah berkas baru",
        "the file is damaged or no notebook; ask for a new one",
    ),
    "other_nim": (
        "notebook ini dibuat untuk NIM lain: periksa, nilai dihitung dengan soal NIM ini",
        "this notebook was made for another number: look at it; marked by this number's variant",
    ),
    "doubled": (
        "dua berkas berbeda untuk NIM dan pelajaran yang sama: tidak dinilai, pilih salah satu",
        "two different files for this number and lesson: not marked, choose one",
    ),
    "by_file": (
        "NIM diambil dari isi berkas, karena tidak ada pada nama berkas",
        "the number was taken from inside the file, since its name has none",
    ),
    "other_lesson": (
        "bukan pelajaran yang dikenal",
        "no lesson that is known",
    ),
    "deleted": ("sel jawaban dihapus", "cells of answers were deleted"),
    "timeout": (
        "ada sel yang terlalu lama dan dihentikan; jawaban sebelumnya tetap dinilai",
        "a cell took too long and was stopped; answers before it are marked",
    ),
    "died": (
        "kernel mati di tengah jalan; jawaban sebelumnya tetap dinilai",
        "the kernel died half-way; answers before that are marked",
    ),
    "raised": ("ada sel yang berakhir dengan galat", "a cell ended in an error"),
    "outside": (
        "menulis di luar foldernya sendiri: {files} (berkas kelas dipulihkan); periksa kodenya",
        "wrote outside its own folder: {files} (files of the class are put back); look at its code",
    ),
    "failed": ("penilaian gagal: {reason}", "marking failed: {reason}"),
}
COLUMNS = {"nim": "nim", "nama": "nama", "total": "total", "catatan": "catatan"}
PAGES = {
    "feedback": ("Umpan balik", "Feedback"),
    "lesson": ("Pelajaran", "Lesson"),
    "exercise": ("Soal", "Exercise"),
    "asks": ("Yang ditanyakan", "What is asked"),
    "said": ("Catatan", "Remark"),
    "total": ("Nilai", "Mark"),
    "right": ("Benar", "Right"),
    "blank": ("Tidak dijawab", "Not answered"),
    "other": ("Salah lainnya", "Other mistakes"),
    "mistake": ("Miskonsepsi", "Misconception"),
    "count": ("Banyaknya", "How many"),
    "class": ("Ringkasan untuk dosen", "Summary for the lecturer"),
    "handed_in": (
        "{given} dari {members} mahasiswa mengumpulkan; {flagged} perlu dilihat.",
        "{given} of {members} students handed something in; {flagged} need a look.",
    ),
    "look": ("Perlu dilihat", "To be looked at"),
    "nobody": ("Berkas tanpa pemilik", "Files that are nobody's"),
    "changed": ("Berkas yang diubah saat penilaian", "Files changed while marking"),
    "none": ("tidak ada", "none"),
}


def remark(code: str, lang: str) -> str:
    """A remark in words; what it leaves open stands behind a colon in its code.

    Parameters
    ----------
    code : str
        Such as `timeout`, or `outside:x.csv`.
    lang : {"id", "en"}
        Which language.
    """
    name, _, more = code.partition(":")
    return REMARKS[name][lang == "en"].format(files=more, reason=more)


def word(name: str, lang: str, **open_: object) -> str:
    """A word or sentence of a page.

    Parameters
    ----------
    name : str
        Of `PAGES`.
    lang : {"id", "en"}
        Which language.
    **open_ : object
        What it leaves open.
    """
    return PAGES[name][lang == "en"].format(**open_)
