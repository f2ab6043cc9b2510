"""The reports folder as a Workflow Run RO-Crate: each report an action (floor 5).

Made from the record of the build alone, without a network and without a clock: equal builds give
equal crates. Inputs lie outside the folder, so they stand there by name and hash; the notebooks
that were run are copied into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from smartlib.run.plan.records import Entry
from smartlib.run.plan.values import Value

CRATE = "ro-crate-metadata.json"
WORKFLOWS = "workflow"  # folder of the notebooks that were run
MAIN = "notebooks/region_report.ipynb"
ROCRATE = "https://w3id.org/ro/crate/1.3"
# The profiles of version 0.5 stand on 1.1; what is asked of both holds here.
BASES = ("https://w3id.org/ro/crate/1.1", ROCRATE)
WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    WORKFLOW_CRATE: ("Workflow RO-Crate", "1.0"),
}
# The profiles of version 0.5 know workflows and parameters by the names of RO-Crate 1.1.
TERMS = {
    "ComputationalWorkflow": "https://bioschemas.org/ComputationalWorkflow",
    "FormalParameter": "https://bioschemas.org/FormalParameter",
    "input": "https://bioschemas.org/ComputationalWorkflow#input",
}
WORKFLOW_PROFILE = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
PARAMETER_PROFILE = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"
LICENCE = "https://spdx.org/licenses/MIT"
PYTHON = "https://www.python.org/"
TYPES = {bool: "Boolean", int: "Integer", float: "Float"}
KINDS = {  # format, and what such a file is
    ".html": ("text/html", "Page"),
    ".ipynb": ("application/x-ipynb+json", "Notebook"),
    ".pdf": ("application/pdf", "Report to print"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Workbook"),
    ".csv": ("text/csv", "Table"),
    ".json": ("application/json", "Description"),
    ".toml": ("application/toml", "Description"),
    ".md": ("text/markdown", "What is in this folder"),
}
README = "README.md"
DEVELOPERS = "#developers"
DONE = "http://schema.org/CompletedActionStatus"
FAILED = "http://schema.org/FailedActionStatus"
Entity = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """What a crate tells of.

    Attributes
    ----------
    entries : tuple of Entry
        Reports, in the order of their outputs.
    files : mapping of str to (str, int)
        SHA-256 and bytes of every file in the folder that is told of, by path.
    inputs : mapping of str to str
        SHA-256 of the tables, by path in the checkout.
    day : str
        On which the crate counts as published, ISO 8601.
    times : mapping of str to str
        When each report was made, by output; nothing where equal builds are to be equal.
    """

    entries: tuple[Entry, ...]
    files: Mapping[str, tuple[str, int]]
    inputs: Mapping[str, str]
    day: str
    times: Mapping[str, str]


def crate_bytes(told: Contents) -> bytes:
    """`ro-crate-metadata.json`.

    Parameters
    ----------
    told : Contents
        Of the reports folder.
    """
    graph = [
        _descriptor(),
        _root(told),
        *_fixed(),
        *(_file(path, digest, size) for path, (digest, size) in sorted(told.files.items())),
        *_inputs(told.inputs),
        *_workflows(told.entries),
        *_parameters(told.entries),
        *(_action(entry, told) for entry in told.entries),
    ]
    merged: dict[str, Entity] = {}
    for entity in graph:  # a notebook is a file and a workflow
        merged[entity["@id"]] = {**merged.get(entity["@id"], {}), **entity}
    text = {"@context": [f"{ROCRATE}/context", TERMS], "@graph": list(merged.values())}
    return (json.dumps(text, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def workflow_path(notebook: str) -> str:
    """Where the crate has a notebook.

    Parameters
    ----------
    notebook : str
        As a path in the checkout.
    """
    return f"{WORKFLOWS}/{PurePosixPath(notebook).name}"


def _ids(names: Iterable[str]) -> list[Entity]:
    return [{"@id": name} for name in names]


def _one(entities: list[Entity]) -> Entity | list[Entity]:
    """A single one stands alone."""
    return entities[0] if len(entities) == 1 else entities


def _descriptor() -> Entity:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": _ids([*BASES, WORKFLOW_CRATE]),
    }


def _root(told: Contents) -> Entity:
    notebooks = sorted({entry.notebook for entry in told.entries})
    main = MAIN if MAIN in notebooks else next(iter(notebooks), "")
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Smart City evaluation of Indonesia: reports",
        "description": "Reports made by smartlib, each with its notebook, parameters and inputs.",
        "datePublished": told.day,
        "license": {"@id": LICENCE},
        "author": {"@id": DEVELOPERS},
        "publisher": {"@id": DEVELOPERS},
        "conformsTo": _ids(PROFILES),
        "hasPart": _ids(sorted(told.files)),
        **({"mainEntity": {"@id": workflow_path(main)}} if main else {}),
        "mentions": _ids(["#inputs", *(f"#{entry.output}" for entry in told.entries)]),
    }


def _fixed() -> list[Entity]:
    profiles = [
        {"@id": url, "@type": ["CreativeWork", "Profile"], "name": name, "version": version}
        for url, (name, version) in PROFILES.items()
    ]
    return [
        *profiles,
        {
            "@id": LICENCE,
            "@type": "CreativeWork",
            "name": "MIT License",
            "description": "Of the code and of what it makes; the sources' own terms stand in "
            "data/raw/sources.toml.",
        },
        {
            "@id": PYTHON,
            "@type": "ComputerLanguage",
            "name": "Python",
            "url": {"@id": PYTHON},
            "version": metadata.metadata("smartlib")["Requires-Python"].strip(">=~ "),
        },
        {"@id": DEVELOPERS, "@type": "Organization", "name": "smartlib developers"},
        *(
            {"@id": url, "@type": ["CreativeWork", "Profile"], "name": url.split("/")[-2]}
            for url in (WORKFLOW_PROFILE, PARAMETER_PROFILE)
        ),
    ]


def _file(path: str, digest: str, size: int | None = None) -> Entity:
    known = KINDS.get(PurePosixPath(path).suffix, ("application/octet-stream", "File"))
    return {
        "@id": path,
        "@type": "File",
        "name": PurePosixPath(path).name,
        "description": f"{known[1]}: {path}",
        "encodingFormat": known[0],
        "sha256": digest,
        **({"contentSize": str(size)} if size is not None else {}),
        **({"about": {"@id": "./"}} if path == README else {}),
    }


def _inputs(inputs: Mapping[str, str]) -> list[Entity]:
    files = [
        {**_file(path, digest), "@id": f"#{path}", "@type": "CreativeWork", "name": path}
        for path, digest in sorted(inputs.items())
    ]
    collection = {
        "@id": "#inputs",
        "@type": "Collection",
        "name": "Tables that every report reads from",
        "hasPart": _ids(file["@id"] for file in files),
        **({"mainEntity": {"@id": files[0]["@id"]}} if files else {}),
    }
    return [collection, *files]


def _workflows(entries: Iterable[Entry]) -> list[Entity]:
    names: dict[str, set[str]] = {}
    for entry in entries:
        names.setdefault(entry.notebook, set()).update(entry.parameters)
    return [
        {
            "@id": workflow_path(notebook),
            "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
            "name": PurePosixPath(notebook).stem,
            "conformsTo": {"@id": WORKFLOW_PROFILE},
            "programmingLanguage": {"@id": PYTHON},
            "version": metadata.version("smartlib"),
            "input": _one(_ids(_formal(notebook, name) for name in sorted(parameters))),
        }
        for notebook, parameters in sorted(names.items())
    ]


def _formal(notebook: str, name: str) -> str:
    return f"#{PurePosixPath(notebook).stem}/{name}"


def _actual(notebook: str, name: str, value: Value) -> str:
    return f"{_formal(notebook, name)}={quote(_text(value))}"


def _text(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parameters(entries: Iterable[Entry]) -> list[Entity]:
    """Each parameter of a notebook, and each value that one had."""
    values: dict[tuple[str, str], dict[str, Value]] = {}
    for entry in entries:
        for name, value in entry.parameters.items():
            values.setdefault((entry.notebook, name), {})[_text(value)] = value
    entities = []
    for (notebook, name), had in sorted(values.items()):
        formal, kinds = _formal(notebook, name), {type(value) for value in had.values()}
        entities.append(
            {
                "@id": formal,
                "@type": "FormalParameter",
                "name": name,
                "conformsTo": {"@id": PARAMETER_PROFILE},
                "additionalType": TYPES.get(kinds.pop(), "Text") if len(kinds) == 1 else "Text",
                "workExample": _one(_ids(_actual(notebook, name, v) for v in had.values())),
            }
        )
        entities += [
            {
                "@id": _actual(notebook, name, value),
                "@type": "PropertyValue",
                "name": name,
                "value": text,
                "exampleOfWork": {"@id": formal},
            }
            for text, value in had.items()
        ]
    return entities


def _action(entry: Entry, told: Contents) -> Entity:
    given = (_actual(entry.notebook, name, value) for name, value in entry.parameters.items())
    failed = entry.outcome == "failed"
    return {
        "@id": f"#{entry.output}",
        "@type": "CreateAction",
        "name": entry.title,
        "description": f"{entry.notebook} run with these parameters on these tables.",
        "instrument": {"@id": workflow_path(entry.notebook)},
        "object": _ids(["#inputs", *given]),
        "result": _one(_ids(name for name in sorted(entry.files) if name in told.files)),
        "actionStatus": FAILED if failed else DONE,
        **({"endTime": told.times[entry.output]} if entry.output in told.times else {}),
    }
