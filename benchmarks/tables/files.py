"""A made table as a file: the bytes that a program would have saved."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from html import escape
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from benchmarks.tables.regions import Cell
from benchmarks.tables.sheets import Grid

SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
Sheets = list[tuple[str, Grid]]


def shown(cell: Cell) -> str:
    """A number as a program writes it."""
    if type(cell) is str:
        return cell
    return f"{cell:.0f}" if cell == int(cell) and abs(cell) < 1e15 else repr(cell)


def csv_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    """Text with a separator and an encoding drawn at random."""
    grid = [[shown(c) for c in row] for row in sheets[0][1]]
    separator = rng.choices(SEPARATORS, [40, 40, 12, 8])[0]
    encoding = rng.choices(ENCODINGS, [50, 15, 12, 8, 8, 4])[0]
    out = io.StringIO(newline="")
    end = rng.choice(("\n", "\r\n"))
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(grid)
    if encoding == "cp1252" and "\u202f" in out.getvalue():
        encoding = "utf-8"
    content = out.getvalue().encode(encoding)
    return "table.csv", content, f"csv {separator!r} {encoding}"


def xlsx_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    book = Workbook(write_only=True)
    for name, grid in sheets:
        sheet = book.create_sheet(name.replace("[", "").replace("]", ""))
        for row in grid:
            sheet.append([c if c != "" else None for c in row])
    out = io.BytesIO()
    book.save(out)
    return "table.xlsx", out.getvalue(), "xlsx"


def xls_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    import xlwt  # noqa: PLC0415 - of developers alone

    book = xlwt.Workbook()
    for name, grid in sheets:
        sheet = book.add_sheet(name.replace("[", "").replace("]", ""))
        for n, row in enumerate(grid):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write(n, place, cell)
    out = io.BytesIO()
    book.save(out)
    return "table.xls", out.getvalue(), "xls"


def ods_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    """OpenDocument, written by hand: a mimetype, a manifest and the content."""
    tables = "".join(
        f'<table:table table:name="{escape(name, quote=True)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in g)
        + "</table:table>"
        for name, g in sheets
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        f'office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", manifest)
    return "table.ods", out.getvalue(), "ods"


def _ods_cell(cell: Cell) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if type(cell) is float:
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell!r}"><text:p>{cell}'
            "</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p>'
        "</table:table-cell>"
    )


def html_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    """What BPS serves under the name of an old workbook."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(shown(c))}</td>" for c in row) + "</tr>\n"
        for row in sheets[0][1]
    )
    text = f"<html><head><meta charset='utf-8'></head><body><table border=1>{rows}</table></html>"
    return rng.choice(("table.xls", "table.html")), text.encode(), "html"


def json_file(sheets: Sheets, rng: random.Random) -> tuple[str, bytes, str]:
    head, *body = sheets[0][1]
    records = [{shown(h): c for h, c in zip(head, row, strict=True)} for row in body]
    wrapped = {"data": records} if rng.random() < 0.3 else records
    return "table.json", json.dumps(wrapped, ensure_ascii=rng.random() < 0.5).encode(), "json"


def frame_file(kind: str, sheets: Sheets, folder: Path) -> tuple[str, bytes, str]:
    """Stata, SPSS and Parquet: columns of one type, with labels."""
    head, *body = sheets[0][1]
    columns = {}
    for place, heading in enumerate(map(shown, head)):
        cells = [row[place] for row in body]
        name = heading if kind == "parquet" else _variable(heading, place)
        name = f"{name}_{place}" if name.lower() in map(str.lower, columns) else name
        has_text = any(type(c) is str and c != "" for c in cells)
        columns[name] = [shown(c) if has_text else None if c == "" else c for c in cells]
    labels = dict(zip(columns, (shown(h)[:80] for h in head), strict=True))
    frame = pd.DataFrame(columns)
    for name in frame:
        if frame[name].isna().all():
            frame[name] = frame[name].astype(float)
    if kind == "stata":
        out = io.BytesIO()
        frame.to_stata(out, write_index=False, variable_labels=labels, version=118)
        return "table.dta", out.getvalue(), kind
    if kind == "spss":
        import pyreadstat  # noqa: PLC0415 - of developers alone

        path = folder / "table.sav"
        pyreadstat.write_sav(frame, str(path), column_labels=list(labels.values()))
        return "table.sav", path.read_bytes(), kind
    out = io.BytesIO()
    frame.to_parquet(out)
    return "table.parquet", out.getvalue(), kind


def _variable(heading: str, place: int) -> str:
    """A name that Stata and SPSS allow; a year stays at its end."""
    year = next(iter(re.findall(r"(?:19|20)\d\d", heading)), "")
    words = re.sub(r"\W+", "_", heading.replace(year, "") if year else heading).strip("_")
    name = f"{words[:22].strip('_')}_{year}" if year and words else words[:26] or f"v{place}"
    return name if name[0].isalpha() else f"v{name}"


def save(kind: str, sheets: Sheets, rng: random.Random, folder: Path) -> tuple[str, bytes, str]:
    """Name, content and a description of the file."""
    writers = {"csv": csv_file, "xlsx": xlsx_file, "xls": xls_file, "ods": ods_file,
               "html": html_file, "json": json_file}  # fmt: skip
    if kind in writers:
        return writers[kind](sheets, rng)
    return frame_file(kind, sheets, folder)
