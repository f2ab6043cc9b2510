"""Reports as the ministry might send them: numbers that agree, set in several ways."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

from smartlib.vocabulary.tables import DIMENSIONS

HEADINGS = {d.name: d.heading for d in DIMENSIONS}
SCORE_COLUMNS = (
    "NO", "KAB/KOTA", "BASELINE", "OUTPUT", "OUTCOME", "IMPACT", "QUICK WINS",
    "PROGRAM KOLABORASI", "NILAI FINAL", "TINGKAT IMPROVEMENT", "KET",
)  # fmt: skip
QUESTION_COLUMNS = ("Indikator", "Sub Indikator", "Pertanyaan", "Hasil Penilaian")
ELEMENT_COLUMNS = {
    2: ("Dimensi", "Keterangan"),
    4: ("Dimensi", "Bobot Penilaian", "Elemen", "Keterangan"),
}
SECTIONS = {"strength": "Kekuatan", "weakness": "Kelemahan", "recommendation": "Rekomendasi"}
RULES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
CENT = Decimal("0.01")
WORDS = tuple(
    "program layanan data anggaran daerah forum kota cerdas warga inovasi pimpinan jaringan "  # noqa: SIM905
    "wilayah kerja sama dokumen aplikasi terpadu capaian pengukuran sampah wisata".split()
)
REGULAR = {"baseline": 10, "output": 20, "outcome": 30, "impact": 20, "quick_wins": 20}
TOURISM = {**REGULAR, "outcome": 20, "collaboration": 10}
SAID = {
    1: "satu", 2: "dua", 3: "tiga", 4: "empat", 5: "lima", 6: "enam", 7: "tujuh", 8: "delapan",
    9: "sembilan", 10: "sepuluh", 11: "sebelas",
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What a report says; the renderers below set it."""

    stage: int = 2
    year: int = 2024
    region: str = "KAB. BADUNG"
    letter: str = "B-1478/DJAI/AI.01.02/11/2024"
    date: str = "25 November 2024"
    invited: tuple[tuple[int, str], ...] = ()
    absent: tuple[str, ...] = ()
    took_part: int = 0
    scores: tuple[Mapping[str, str], ...] = ()
    columns: tuple[str, ...] = SCORE_COLUMNS
    blocks: Mapping[str, tuple[tuple[int, str, str], ...]] = field(default_factory=dict)
    means: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # kind, assessor, texts
    affiliations: Mapping[str, str] = field(default_factory=dict)
    elements: tuple[tuple[str, ...], ...] = ()  # dimension, (weight, name,) text
    cohort: str = "2017-2022"
    also: Content | None = None  # the table and list of another cohort, in the same report


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a table whose first row is its heading."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    headed: bool = False


def said(number: int) -> str:
    """A number up to 999 in Indonesian words."""
    if number < 12:
        return SAID[number]
    if number < 20:
        return f"{SAID[number - 10]} belas"
    if number < 100:
        rest = f" {SAID[number % 10]}" if number % 10 else ""
        return f"{SAID[number // 10]} puluh{rest}"
    head = "seratus" if number < 200 else f"{SAID[number // 100]} ratus"
    return f"{head} {said(number % 100)}" if number % 100 else head


def counted(number: int) -> str:
    return f"{said(number)} ({number}) kota/kabupaten"


def blocks_of(content: Content) -> list[Block]:
    """A report's blocks in order; every sentence is ours."""
    roman = "I" * content.stage
    listed = len({number for number, _ in content.invited})
    lines = [
        f"LAPORAN HASIL EVALUASI TAHAP {roman}",
        "IMPLEMENTASI KOTA CERDAS (SMART CITY)",
        f"TAHUN {content.year}",
        content.region,
        f"Nomor : {content.letter}",
        "Hal : Pemberitahuan Hasil",
        f"Jakarta, {content.date}",
        f"1. Dari {counted(listed)} yang terpilih pada program periode {content.cohort} terdapat "
        f"{counted(content.took_part)} yang mengisi kuesioner dan menghadiri kegiatan.",
    ]
    also = content.also
    if also:
        lines.append(
            f"5. Dari {counted(len(also.invited))} yang terpilih pada program periode "
            f"{also.cohort} terdapat {counted(also.took_part)} yang mengisi kuesioner dan "
            f"{counted(len(also.absent))} yang tidak mengisi kuesioner."
        )
    if content.absent:
        names = ", ".join(content.absent[:-1])
        names = f"{names}, dan {content.absent[-1]}" if names else content.absent[-1]
        named = f", yakni: {names}" if content.stage == 1 else ""
        absent = f"Terdapat {counted(len(content.absent))} yang tidak mengisi kuesioner dan tidak "
        lines.append(f"2. {absent}menghadiri evaluasi{named};")
    if content.stage == 2:
        lines += [f"3. Bobot: {_weights(REGULAR)}.", f"4. Bobot kawasan: {_weights(TOURISM)}."]
    lines += ["Direktur Jenderal Aplikasi Informatika", "Lampiran I", "Kepada Yth."]
    blocks = [*map(Block, lines), Block(rows=_in_columns(content.invited))]
    if also:
        heads = Block("Lampiran II"), Block(f"Daftar daerah periode {also.cohort}")
        blocks += [*heads, Block(rows=_in_columns(also.invited))]
    if content.scores:
        blocks += _table(content, f" PERIODE {content.cohort}" if also else "")
    if also:
        blocks += _table(also, f" PERIODE {also.cohort}")
    blocks.append(Block(f"Evaluasi Tahap {roman} Implementasi Smart City"))
    if content.elements:
        rows = _without_repeats(content.elements)
        blocks.append(Block(rows=(ELEMENT_COLUMNS[len(rows[0])], *rows), headed=True))
    for dimension, marks in content.blocks.items():
        rows = [("Bagian", "Rincian", f"{number}. {text}", mark) for number, text, mark in marks]
        mean = ("Rata-Rata", "", "", content.means[dimension])
        blocks += [Block(dimension), Block(rows=(QUESTION_COLUMNS, *rows, mean), headed=True)]
    return [*blocks, *_remarks(content)]


def _without_repeats(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """A dimension and its weight are printed at its first element alone."""
    blank = len(rows[0]) // 2
    firsts = {row[0]: n for n, row in reversed(list(enumerate(rows)))}
    return tuple(
        row if firsts[row[0]] == n else ("",) * blank + row[blank:] for n, row in enumerate(rows)
    )


def _table(content: Content, period: str) -> list[Block]:
    title = f"HASIL EVALUASI IMPLEMENTASI KOTA CERDAS TAHAP II TAHUN {content.year}{period}"
    rows = [tuple(row[c] for c in content.columns) for row in content.scores]
    return [Block(title), Block(rows=(content.columns, *rows), headed=True)]


def _weights(weights: Mapping[str, int]) -> str:
    names = {"quick_wins": "Quick Win", "collaboration": "program kolaborasi"}
    return ", ".join(f"{names.get(k, k.title())} (bobot {v}%)" for k, v in weights.items())


def _in_columns(names: Sequence[tuple[int, str]]) -> tuple[tuple[str, ...], ...]:
    half = (len(names) + 1) // 2
    cells = [(str(number), name) for number, name in names]
    right = [*cells[half:], *[("", "")] * (2 * half - len(names))]
    return tuple((*a, *b) for a, b in zip(cells[:half], right, strict=True))


def _remarks(content: Content) -> list[Block]:
    blocks = []
    for kind, heading in SECTIONS.items():
        own = [(who, texts) for k, who, texts in content.remarks if k == kind]
        blocks += [Block(heading)] if own else []
        for place, (who, texts) in enumerate(own, start=1):
            where = content.affiliations.get(who, "")
            blocks.append(Block(f"{place}. {who}, {where}" if where else f"{who}:"))
            marks = "abcdefghijklmnop" if where else range(1, 30)
            blocks += [Block(f"{m}. {text}") for m, text in zip(marks, texts, strict=False)]
    return blocks


def as_text(content: Content, rng: random.Random | None = None) -> str:
    """Tabs or pipes, page breaks with footers, headings again, cells that go on overleaf."""
    rng = rng or random.Random(0)
    lines: list[str] = []
    for block in blocks_of(content):
        if not block.rows:
            lines += ["", block.text]
            continue
        pipes = rng.random() < 0.5
        lines.append("")
        for place, row in enumerate(block.rows):
            if place and rng.random() < 0.04:
                lines += ["", "Catatan :", "- UU ITE No 11 Tahun 2008 Pasal 5 ayat 1", ""]
                if block.headed and rng.random() < 0.5:
                    lines.append(_row(block.rows[0], pipes))
                pipes = rng.random() < 0.5 if not block.headed else pipes
            lines += _broken(row, pipes, rng) if block.headed and place else [_row(row, pipes)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str], pipes: bool) -> str:
    return f"| {' | '.join(cells)} |" if pipes else "\t".join(cells)


def _broken(row: Sequence[str], pipes: bool, rng: random.Random) -> list[str]:
    """A row whose longest text goes on in the next."""
    long = max(range(len(row)), key=lambda place: len(row[place]))
    words = row[long].split()
    if len(words) < 4 or rng.random() > 0.1:
        return [_row(row, pipes)]
    cut = rng.randrange(2, len(words))
    first = [" ".join(words[:cut]) if p == long else c for p, c in enumerate(row)]
    rest = [" ".join(words[cut:]) if p == long else "" for p, _ in enumerate(row)]
    return [_row(first, pipes), "", _row(rest, pipes)]


def rounded(value: Decimal, rule: str) -> Decimal:
    return value.quantize(CENT, RULES[rule])


def printed(value: Decimal, mark: str) -> str:
    text = f"{value.normalize():f}"
    return text.replace(".", mark)


def random_content(rng: random.Random, names: Sequence[tuple[str, str]]) -> Content:
    """A report of random regions and numbers that agree.

    `names` are (kind, name): ("kabupaten", "BADUNG").
    """
    stage = rng.choice([1, 2, 2, 2])
    count = rng.randrange(6, 40)
    chosen = rng.sample(list(names), count)
    chosen.sort(key=lambda one: (one[0] == "kota", one[1]))
    invited = tuple(
        (n, f"{'Walikota' if kind == 'kota' else 'Bupati'} {name.title()}")
        for n, (kind, name) in enumerate(chosen, start=1)
    )
    away = rng.sample(range(1, count), rng.randrange(1, 4))
    absent = tuple(_short(chosen[place]) for place in sorted(away))
    here = [one for place, one in enumerate(chosen) if place not in away]
    region = _short(chosen[0]).upper()
    assessors = rng.sample(["Ani Lestari", "Budi Santoso", "Citra Dewi", "Dodi Pranoto"], 2)
    where = dict.fromkeys(assessors, "Universitas Contoh") if rng.random() < 0.5 else {}
    remarks = tuple(
        (kind, who, tuple(_sentence(rng) for _ in range(rng.randrange(1, 5))))
        for kind in SECTIONS
        for who in assessors
    )
    elements = tuple(
        (name, _sentence(rng)) if stage == 1 else (name, f"{percent}%", element, _sentence(rng))
        for name, percent in (("Kebijakan", 40), ("Kelembagaan", 60))
        for element in rng.sample(("Perencanaan", "Realisasi", "Anggaran"), rng.randrange(1, 4))
    )
    content = Content(
        elements=elements,
        stage=stage, year=rng.randrange(2021, 2030), region=region, invited=invited,
        absent=absent, took_part=len(here), remarks=remarks, affiliations=where,
        letter=f"B-{rng.randrange(10, 2000)}/DJAI/AI.01.02/11/2024",
    )  # fmt: skip
    return _scored(content, here, rng) if stage == 2 else content


def _short(one: tuple[str, str]) -> str:
    kind, name = one
    return f"{'Kota' if kind == 'kota' else 'Kab.'} {name.title()}"


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randrange(3, 14))).capitalize()


def _scored(content: Content, here: Sequence[tuple[str, str]], rng: random.Random) -> Content:
    """With answers of the region, which stands first, and a national table."""
    rule, mark = rng.choice(list(RULES)), rng.choice(",.")
    question_mark = rng.choice(",.")
    blocks, means, number = {}, {}, 0
    for name in REGULAR:
        marks = []
        for _ in range(rng.randrange(2, 12)):
            number += 1
            marks.append((number, _sentence(rng) + "?", Decimal(rng.randrange(2, 9)) / 2))
        means[HEADINGS[name]] = rounded(sum(m for *_, m in marks) / len(marks), rule)
        blocks[HEADINGS[name]] = tuple((n, text, printed(m, question_mark)) for n, text, m in marks)
    rows = []
    for place, one in enumerate(here, start=1):
        tourism = rng.random() < 0.4 and place > 1
        values = {n: Decimal(rng.randrange(100, 401)) / 100 for n in HEADINGS}
        if place == 1:
            values |= {n: means[HEADINGS[n]] for n in REGULAR}
        weights = TOURISM if tourism else REGULAR
        final = rounded(sum(values[n] * w for n, w in weights.items()) / 100, rule)
        gain = Decimal(rng.randrange(-50, 51)) / 100
        gain = gain if 0 <= final - gain <= 4 else Decimal(0)
        row = {"NO": str(place), "KAB/KOTA": _short(one).upper()}
        row |= {HEADINGS[n]: printed(v, mark) for n, v in values.items()}
        if not tourism:
            row["PROGRAM KOLABORASI"] = ""
        row["NILAI FINAL"], row["TINGKAT IMPROVEMENT"] = printed(final, mark), printed(gain, mark)
        row["KET"] = "KPPN IKN" if tourism else "REGULER"
        rows.append(row)
    columns = list(SCORE_COLUMNS)
    if rng.random() < 0.5:
        middle = columns[2:8]
        rng.shuffle(middle)
        columns[2:8] = middle
    return replace(
        content,
        scores=tuple(rows),
        columns=tuple(columns),
        blocks=blocks,
        means={name: printed(value, question_mark) for name, value in means.items()},
    )


def as_docx(content: Content) -> bytes:
    """A Word file of the same blocks, written with the parts that Word itself writes."""
    import zipfile

    body = "".join(_word_block(block) for block in blocks_of(content))
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        text = f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
        file.writestr("word/document.xml", f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    return out.getvalue()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def _word_block(block: Block) -> str:
    if not block.rows:
        return _word_paragraph(block.text)
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in block.rows
    )
    return f"<w:tbl>{rows}</w:tbl>"


def _word_paragraph(text: str) -> str:
    from xml.sax.saxutils import escape

    # Word cuts a text into runs wherever it likes.
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return f"<w:p>{runs}</w:p>"


ASSESSORS = ("Ani Lestari", "Budi Santoso", "Citra Dewi", "Dodi Pranoto", "Eka Wijaya")


def real_content(raw: Path, year: int = 2024) -> Content:
    """The report that the year's tables come from, as far as they hold it; remarks are ours."""
    tables = {
        name: list(csv.DictReader((raw / str(year) / f"{name}.csv").open(encoding="utf-8")))
        for name in ("scores", "answers", "participants", "instrument")
    }
    scores = tuple(row for row in tables["scores"] if row["NO"] != "NO")
    marks = {int(row["NO"]): row["HASIL PENILAIAN"] for row in tables["answers"]}
    blocks: dict[str, tuple[tuple[int, str, str], ...]] = {}
    for row in tables["instrument"]:
        number = int(row["number"])
        text = f"{row['label_id']} {row['sub_indicator']}?"
        blocks[row["dimension"]] = (
            *blocks.get(row["dimension"], ()), (number, text, marks[number]),
        )  # fmt: skip
    means = {name: scores[0][name].replace(",", ".") for name in blocks}
    rng = random.Random(year)
    return Content(
        invited=tuple(
            (int(row["no"]), row["name"])
            for row in tables["participants"]
            if row["list"] == "stage2_invited"
        ),
        took_part=len(scores),
        absent=tuple(f"Kab. Contoh {n}" for n in range(191 - len(scores))),
        scores=scores,
        blocks=blocks,
        means=means,
        remarks=tuple(
            (kind, who, tuple(_sentence(rng) for _ in range(4)))
            for kind in SECTIONS
            for who in ASSESSORS
        ),
        affiliations=dict.fromkeys(ASSESSORS, "Universitas Contoh"),
    )


def as_workbook(content: Content) -> bytes:
    """The score table alone, below a title."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([f"HASIL EVALUASI SMART CITY TAHAP II TAHUN {content.year}"])
    for row in (content.columns, *([row[c] for c in content.columns] for row in content.scores)):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_export(content: Content) -> bytes:
    """The questionnaire's export: region and year above, questions by dimension, means below."""
    rows = [[content.region, ""], [f"TAHUN {content.year}", ""], ["Pertanyaan", "Jawaban"]]
    for dimension, marks in content.blocks.items():
        rows.append([dimension, ""])
        rows += [[f"{number}. {text}", mark] for number, text, mark in marks]
        rows.append(["Rata-Rata", content.means[dimension]])
    return "\n".join("\t".join(row) for row in rows).encode()


ASKED = 6  # questions of a dimension


def country(count: int, names: Sequence[tuple[str, str]], seed: int = 0) -> list[Content]:
    """The reports of all regions of one letter: one table, and each region's own marks."""
    rng = random.Random(seed)
    chosen = sorted(rng.sample(list(names), count), key=lambda one: (one[0] == "kota", one[1]))
    invited = tuple(
        (n, f"{'Walikota' if kind == 'kota' else 'Bupati'} {name.title()}")
        for n, (kind, name) in enumerate(chosen, start=1)
    )
    questions = [_sentence(rng) + "?" for _ in range(ASKED * len(REGULAR))]
    marks, rows = [], []
    for place, one in enumerate(chosen, start=1):
        values = [Decimal(rng.randrange(2, 9)) / 2 for _ in questions]
        blocks, means = {}, {}
        for n, name in enumerate(REGULAR):
            own = range(n * ASKED, (n + 1) * ASKED)
            blocks[HEADINGS[name]] = tuple(
                (q + 1, questions[q], printed(values[q], ".")) for q in own
            )
            means[name] = rounded(sum(values[q] for q in own) / ASKED, "half_up")
        final = rounded(sum(means[n] * w for n, w in REGULAR.items()) / 100, "half_up")
        cells = dict.fromkeys(SCORE_COLUMNS, "")
        cells |= {HEADINGS[n]: printed(m, ",") for n, m in means.items()}
        cells |= {"NO": str(place), "KAB/KOTA": _short(one).upper(), "KET": "REGULER"}
        rows.append(cells | {"NILAI FINAL": printed(final, ",")})
        marks.append((blocks, {HEADINGS[n]: printed(m, ".") for n, m in means.items()}))
    remarks = tuple((kind, who, (_sentence(rng),)) for kind in SECTIONS for who in ASSESSORS[:2])
    return [
        Content(
            region=_short(one).upper(), invited=invited, took_part=count, scores=tuple(rows),
            blocks=blocks, means=means, remarks=remarks,
        )
        for one, (blocks, means) in zip(chosen, marks, strict=True)
    ]  # fmt: skip
