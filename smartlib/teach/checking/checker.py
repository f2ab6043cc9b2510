"""`check`: an answer is right, or a hint names the mistake (standard library alone)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smartlib.teach.checking.keys import Key, Keys, opened, unpacked
from smartlib.teach.checking.values import Plain, plain
from smartlib.teach.checking.words import kind_said, said

NEAR = 10  # tolerances within which an answer was probably rounded too early
TRIED = {"share": (("hundredfold", 0.01),), "percent": (("hundredth", 100.0),)}
SIGN = (("sign", -1.0),)


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer.

    Attributes
    ----------
    code : str
        `right`, `mistake` for one of the exercise's own, or a code of `words.SAID`.
    id, en : str
        The sentence in each language.
    mistake : int
        Number of the exercise's own mistake, from 1; 0 for none.
    """

    code: str
    id: str
    en: str
    mistake: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the answer is right."""
        return self.code == "right"


class Checker:
    """`check("3b", answer)` says whether an answer is right, and if not, which mistake it is.

    Parameters
    ----------
    keys : str or Keys
        As they stand in the notebook.
    lang : {"id", "en"}
        Which language is spoken.
    """

    def __init__(self, keys: str | Keys, lang: str = "id") -> None:
        self.keys = unpacked(keys) if isinstance(keys, str) else keys
        self.lang = lang

    def __call__(self, name: str, answer: object) -> None:
        """Print what is to be said of an answer; a wrong type is said too, and never raises.

        Parameters
        ----------
        name : str
            Of the exercise.
        answer : object
            Of any type.
        """
        if str(name) not in self.keys.keys:
            names = ", ".join(self.keys.keys)
            print(said("unknown", self.lang, name=str(name)[:40], names=names))
            return
        verdict = self.judge(str(name), plain(answer))
        print(f"{name}: {verdict.en if self.lang == 'en' else verdict.id}")

    def judge(self, name: str, answer: Plain) -> Verdict:
        """What is to be said of an answer.

        Parameters
        ----------
        name : str
            Of an exercise of the lesson.
        answer : Plain
            Made plain.

        Raises
        ------
        KeyError
            The lesson has no such exercise.
        """
        key, place = self.keys.keys[name], f"{self.keys.salt}|{name}"
        misfit = _misfit(answer, key)
        if misfit:
            return misfit
        found = opened(place, key, answer)
        if found is not None:
            mistake = int(found["m"])
            code = "mistake" if mistake else "right"
            return Verdict(code, found["id"], found["en"], mistake)
        return _verdict(_guess(place, key, answer))


def _misfit(answer: Plain, key: Key) -> Verdict | None:
    """What is said of an answer that is not of the kind that was asked for."""
    if answer.kind == "blank":
        return _verdict("blank")
    if answer.kind == key.form.kind:
        if answer.kind == "number" and not math.isfinite(answer.number):
            return _verdict("infinite")
        return None
    if key.form.kind == "number" and math.isfinite(answer.number):
        return _verdict("spelt")
    return Verdict("type", _of_type(answer, key, "id"), _of_type(answer, key, "en"))


def _of_type(answer: Plain, key: Key, lang: str) -> str:
    wanted = kind_said(key.form.kind, "", lang)
    return said("type", lang, wanted=wanted, given=kind_said(answer.kind, answer.text, lang))


def _guess(place: str, key: Key, answer: Plain) -> str:
    """The mistake that any exercise may meet."""
    if key.form.kind != "number":
        return "wrong"
    for code, factor in (*TRIED.get(key.form.unit, ()), *SIGN):
        tried = opened(place, key, Plain("number", repr(answer.number * factor)))
        if tried is not None and not tried["m"]:
            return code
    if not key.form.tolerance:
        return "wrong" if answer.number == round(answer.number) else "whole"
    near = opened(place, key, answer, NEAR)
    return "near" if near is not None and not near["m"] else "wrong"


def _verdict(code: str) -> Verdict:
    return Verdict(code, said(code, "id"), said(code, "en"))
