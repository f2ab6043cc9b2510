"""The description of the processed tables: a Data Package, version 2 (floor 1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from smartlib.vocabulary.processed_tables import PROCESSED
from smartlib.vocabulary.records import SourceRecord
from smartlib.vocabulary.tables import PARTICIPATION, Column, Table

PACKAGE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
# What other tables' rows lead to: every region of the register is a row of `participation`.
KEYS = {"region_code": "participation", "document_id": "documents"}
LICENCE = {
    "name": "MIT",
    "title": "MIT License, for labels and arrangement; the figures' own terms stand in `sources`",
    "path": "https://opensource.org/license/mit",
}


def description(contents: Mapping[str, bytes], sources: Mapping[str, SourceRecord]) -> bytes:
    """`datapackage.json` for tables of these bytes.

    Parameters
    ----------
    contents : mapping of str to bytes
        Each table's file, by table name.
    sources : mapping of str to SourceRecord
        Of the raw files behind them.
    """
    cited = {record.citation: record for record in sources.values()}
    package = {
        "$schema": PROFILE.format("datapackage"),
        "name": "smartlib-processed",
        "title": "Smart City evaluation of Indonesia: tidy tables",
        "description": PARTICIPATION.description
        + "; scores, questions, factors, and what the checks found.",
        "version": version("smartlib"),
        "licenses": [LICENCE],
        "contributors": [{"title": "smartlib developers", "roles": ["compiler"]}],
        "sources": [{"title": title, **_terms(record)} for title, record in cited.items()],
        "made_from": {file: record.sha256 for file, record in sorted(sources.items())},
        "resources": [_resource(table, contents[table.name]) for table in PROCESSED],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def described(package: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What a description says: hashes of the raw files, and of each table; none where none is said.

    Parameters
    ----------
    package : Path
        A `datapackage.json`; damaged or an older version's, it says nothing.
    """
    try:
        found = json.loads(package.read_text(encoding="utf-8"))
        made_from, resources = dict(found["made_from"]), found["resources"]
        return made_from, {one["path"]: one["hash"].partition(":")[2] for one in resources}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}


def _terms(record: SourceRecord) -> dict[str, str]:
    return {"rights": record.licence}


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    lead = [
        {"fields": [name], "reference": {"resource": resource, "fields": [name]}}
        for name, resource in KEYS.items()
        if name in table.column_names and resource != table.name
    ]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": PROFILE.format("tableschema"),
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": lead} if lead else {}),
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    limits = {
        "required": column.required or None,
        "enum": list(column.values) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": column.pattern or None,
    }
    return {
        "name": column.name,
        "type": column.type,
        "description": column.description + (f" ({column.unit})" if column.unit else ""),
        "constraints": {key: value for key, value in limits.items() if value is not None},
    }
