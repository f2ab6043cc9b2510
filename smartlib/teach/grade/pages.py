"""Pages of a graded class: feedback for each student, and one for the lecturer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from smartlib.teach.exercises.record import Exercise
from smartlib.teach.grade.marks import Row
from smartlib.teach.grade.words import remark, word
from smartlib.vocabulary.policy import content_policy
from smartlib.vocabulary.tables import LANGUAGES

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50em;margin:2em auto;padding:0 1em;"
    "color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%;margin:1em 0}"
    "th,td{text-align:left;vertical-align:top;padding:.35em .6em;border-bottom:1px solid #ccc}"
    "td.n{text-align:right}.right{color:#1b5e20}section+section{border-top:3px solid #ccc;"
    "margin-top:2em}"
)


def page(title: str, body: str) -> bytes:
    """A page that asks nothing of a network.

    Parameters
    ----------
    title : str
        Plain text.
    body : str
        HTML.
    """
    head = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy()}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
    )
    return f"{head}{body}</body></html>\n".encode()


def rows_of(cells: Iterable[Sequence[object]], head: Sequence[str]) -> str:
    """A table.

    Parameters
    ----------
    cells : iterable of sequence
        Its rows; numbers stand at the right.
    head : sequence of str
        Its headings.
    """
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in cells)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: object) -> str:
    kind = ' class="n"' if isinstance(value, int) else ""
    return f"<td{kind}>{escape(str(value))}</td>"


def feedback(row: Row, exercises: Mapping[str, Sequence[Exercise]]) -> bytes:
    """One student's page, in both languages: no answer stands on it.

    Parameters
    ----------
    row : Row
        Of the student.
    exercises : mapping of str to sequence of Exercise
        By lesson.
    """
    parts = [_feedback(row, exercises, lang) for lang in LANGUAGES]
    return page(f"{word('feedback', 'id')} {row.member.nim}", "".join(parts))


def _feedback(row: Row, exercises: Mapping[str, Sequence[Exercise]], lang: str) -> str:
    names = [one.name for asked in exercises.values() for one in asked]
    total = row.total(names)
    said = "–" if total is None else f"{total:.1f}".replace(".", "," if lang == "id" else ".")
    title = f"{word('feedback', lang)}: {row.member.name} ({row.member.nim})"
    parts = [f"<h1>{escape(title)}</h1><p>{word('total', lang)}: <strong>{said}</strong></p>"]
    parts += [f"<p>{escape(remark(code, lang))}</p>" for code in row.remarks]
    for lesson, asked in exercises.items():
        if lesson in row.marked and row.marked[lesson].verdicts:
            verdicts = row.marked[lesson].verdicts
            cells = [
                (
                    one.name,
                    one.asks_en if lang == "en" else one.asks_id,
                    (verdicts[one.name].en if lang == "en" else verdicts[one.name].id)
                    or word("blank", lang),
                )
                for one in asked
            ]
            heads = [word(name, lang) for name in ("exercise", "asks", "said")]
            parts.append(f"<h2>{word('lesson', lang)} {lesson}</h2>{rows_of(cells, heads)}")
    return f'<section lang="{lang}">{"".join(parts)}</section>'


def for_lecturer(
    rows: Sequence[Row],
    exercises: Mapping[str, Sequence[Exercise]],
    nobody: Sequence[str],
    changed: Sequence[str],
) -> bytes:
    """The class on one page, in both languages.

    Parameters
    ----------
    rows : sequence of Row
        The class.
    exercises : mapping of str to sequence of Exercise
        By lesson.
    nobody : sequence of str
        Files that belong to no student.
    changed : sequence of str
        Files that student code changed.
    """
    parts = [_class(rows, exercises, nobody, changed, lang) for lang in LANGUAGES]
    return page(word("class", "id"), "".join(parts))


def _class(
    rows: Sequence[Row],
    exercises: Mapping[str, Sequence[Exercise]],
    nobody: Sequence[str],
    changed: Sequence[str],
    lang: str,
) -> str:
    given = sum(bool(row.marked) for row in rows)
    flagged = [row for row in rows if row.is_flagged]
    said = word("handed_in", lang, given=given, members=len(rows), flagged=len(flagged))
    parts = [f"<h1>{word('class', lang)}</h1><p>{said}</p>"]
    for lesson, asked in exercises.items():
        cells = [_counts(one, rows, lesson) for one in asked]
        heads = [word(name, lang) for name in ("exercise", "right", "blank", "other")]
        parts.append(f"<h2>{word('lesson', lang)} {lesson}</h2>{rows_of(cells, heads)}")
        met = [cell for one in asked for cell in _met(one, rows, lesson, lang)]
        heads = [word(name, lang) for name in ("exercise", "mistake", "count")]
        parts.append(rows_of(met, heads) if met else "")
    looked = [
        (row.member.nim, row.member.name, "; ".join(remark(code, lang) for code in row.remarks))
        for row in flagged
    ]
    parts.append(f"<h2>{word('look', lang)}</h2>{rows_of(looked, ('NIM', '', ''))}")
    for name, files in (("nobody", nobody), ("changed", changed)):
        listed = "".join(f"<li>{escape(file)}</li>" for file in files) or word("none", lang)
        parts.append(f"<h2>{word(name, lang)}</h2><ul>{listed}</ul>")
    return f'<section lang="{lang}">{"".join(parts)}</section>'


def _codes(one: Exercise, rows: Sequence[Row], lesson: str) -> Counter[tuple[str, int]]:
    marked = [row.marked[lesson].verdicts for row in rows if lesson in row.marked]
    found = [verdicts[one.name] for verdicts in marked if one.name in verdicts]
    return Counter((verdict.code, verdict.mistake) for verdict in found)


def _counts(one: Exercise, rows: Sequence[Row], lesson: str) -> tuple[str, int, int, int]:
    codes = _codes(one, rows, lesson)
    right, blank = codes["right", 0], codes["blank", 0]
    return one.name, right, blank, sum(codes.values()) - right - blank


def _met(one: Exercise, rows: Sequence[Row], lesson: str, lang: str) -> list[tuple[str, str, int]]:
    codes = _codes(one, rows, lesson)
    return [
        (one.name, mistake.en if lang == "en" else mistake.id, codes["mistake", number])
        for number, mistake in enumerate(one.mistakes, start=1)
        if codes["mistake", number]
    ]
