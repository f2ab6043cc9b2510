"""`smartlib remarks`: the user's own texts, searched or handed to another program (floor 6)."""
# ruff: noqa: PLC0415 help starts at once

from __future__ import annotations

from pathlib import Path

import click

from smartlib.cli.terminal.options import A_FILE
from smartlib.cli.terminal.printing import say
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.tables import LANGUAGES


@click.command("remarks")
@click.option("--find", metavar="WORDS", help="Show a word in its context; * for any letters.")
@click.option("--to", type=A_FILE, metavar="FILE", help="Export: .csv, .qdc or .qdpx (REFI-QDA).")
@click.option("--texts", type=A_FILE, metavar="FOLDER", help="Of the texts; default: data/texts.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="id", show_default=True)
def command(*, find: str | None, to: Path | None, texts: Path | None, lang: str) -> None:
    """Search assessors' remarks, or export their themes to NVivo, ATLAS.ti, MAXQDA, QualCoder.

    The texts are those that `smartlib ingest` left in data/texts.

    Exit code 0: done; 1: there are no texts, or a file cannot be written; 2: not understood.
    """
    from smartlib.data.from_documents.texts import in_context, read_texts, texts_folder
    from smartlib.run.commands.remarks import export

    if not find and not to:
        raise click.UsageError("Give --find WORDS, or --to FILE.")
    folders = Folders.find(to_write="texts" if find and not texts else "")
    if find:
        lines = in_context(find, read_texts(texts or texts_folder(folders)))
        for line in lines:
            say(line)
        say(f"{len(lines)} places of '{find}'")
    if to:
        count = export(to, folders, texts, lang)
        say(f"{to.name}: {count} written")
