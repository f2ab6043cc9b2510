"""`smartlib regions`: the register, by name, code or province (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

import sys

import click

from smartlib.cli.terminal.failures import FAILED
from smartlib.cli.terminal.printing import print_table, tell
from smartlib.vocabulary.folders import Folders

STAGE2 = {
    "scored": "yes",
    "absent": "no: absent",
    "undetermined": "no: undetermined (lost page)",
    "not_invited": "no: not invited",
}


@click.command("regions")
@click.argument("query", nargs=-1)
def command(query: tuple[str, ...]) -> None:
    """Find regions by name, code or province: code, name, province, kind, row."""
    from smartlib.data.load import load_register
    from smartlib.data.processed import read_tables

    folders, text = Folders.find(), " ".join(query)
    register = load_register(folders)
    found = register.search(text)
    hit = not found.empty
    if not hit:
        codes = register.nearest_codes(text)
        hint = " The nearest names:" if codes else " `smartlib regions` lists them all."
        tell(f"No region matches '{text}'.{hint}")
        found = register.frame.loc[codes]
    stage2 = read_tables(folders).participation.set_index("region_code")["stage2"]
    rows = [
        (code, row["region"], row["province"], row["kind"], STAGE2[stage2[code]])
        for code, row in found.iterrows()
    ]
    if rows:
        print_table(("code", "name", "province", "kind", "row in scores"), rows)
    if not hit:
        sys.exit(FAILED)
