"""What `check` says beyond an exercise's own hints, in both languages (standard library alone)."""

from __future__ import annotations

KINDS = {
    "number": ("sebuah bilangan", "a number"),
    "text": ("sebuah teks", "a text"),
    "list": ("sebuah daftar", "a list"),
    "boolean": ("nilai benar/salah (True/False)", "a truth value (True/False)"),
}

SAID = {
    "right": ("Benar.", "Right."),
    "blank": (
        "Belum dijawab: ganti ... dengan jawaban Anda.",
        "Not answered yet: replace ... with your answer.",
    ),
    "whole": (
        "Jawabannya bilangan bulat: hitunglah banyaknya, jangan dibagi atau dirata-ratakan.",
        "The answer is a whole number: count, do not divide or average.",
    ),
    "spelt": (
        "Jawaban ini teks, bukan bilangan. Ubah dulu: ganti koma dengan titik, lalu float(...).",
        "This is a text, not a number. Convert it first: a point for the comma, then float(...).",
    ),
    "type": (
        "Yang diminta {wanted}; jawaban ini {given}.",
        "{wanted} is asked for; this answer is {given}.",
    ),
    "hundredfold": (
        "Seratus kali terlalu besar: yang diminta pangsa (0 sampai 1), bukan persen.",
        "A hundred times too large: a share (0 to 1) is asked for, not a percentage.",
    ),
    "hundredth": (
        "Seratus kali terlalu kecil: yang diminta persen, bukan pangsa.",
        "A hundred times too small: a percentage is asked for, not a share.",
    ),
    "sign": (
        "Besarnya benar, tandanya terbalik: periksa mana yang dikurangi mana.",
        "The size is right, the sign is reversed: look at what is subtracted from what.",
    ),
    "near": (
        "Hampir: bulatkan hanya pada langkah terakhir, dan jangan membulatkan terlalu kasar.",
        "Close: round at the last step alone, and not too coarsely.",
    ),
    "infinite": (
        "Jawaban ini bukan bilangan berhingga (NaN atau tak hingga): ada nilai kosong yang ikut.",
        "This is no finite number (NaN or infinite): a missing value has come in.",
    ),
    "wrong": (
        "Belum tepat. Baca lagi soalnya, lalu periksa langkah demi langkah.",
        "Not right yet. Read the question again, then go through your steps one by one.",
    ),
    "unknown": (
        "Tidak ada soal '{name}' dalam pelajaran ini; yang ada: {names}.",
        "There is no exercise '{name}' in this lesson; there are {names}.",
    ),
}


def said(code: str, lang: str, **words: str) -> str:
    """A sentence.

    Parameters
    ----------
    code : str
        Of `SAID`.
    lang : {"id", "en"}
        Which language.
    **words : str
        What it leaves open.
    """
    text = SAID[code][lang == "en"].format(**words)
    return text[0].upper() + text[1:]


def kind_said(kind: str, text: str, lang: str) -> str:
    """What an answer is.

    Parameters
    ----------
    kind, text : str
        Of the answer made plain.
    lang : {"id", "en"}
        Which language.
    """
    return KINDS[kind][lang == "en"] if kind in KINDS else f"'{text}'"
