"""Checking a score table: is every row valid, does every total follow (floor 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smartlib.data.load import (
    load_gazetteer,
    load_instrument,
    load_register,
    load_scheme,
    load_year,
)
from smartlib.data.own_tables import table_bytes
from smartlib.data.reading.files import TextTable, read_text_table
from smartlib.data.reading.grids import open_grids
from smartlib.data.schemes import parse_scheme, scheme_text
from smartlib.data.score_sheets import score_table
from smartlib.data.scores import HEADING, NUMBERS, has_score_headings, parse_scores, stated_years
from smartlib.data.tables.values.questions import Choices, QuestionError
from smartlib.index import (
    audit_finals,
    audit_means,
    audit_table,
    origins_of,
)
from smartlib.index.make.rounding import exact
from smartlib.run.commands.against import Checked, Comparison, Year, comparison
from smartlib.vocabulary.errors import DataError, SchemeError, SmartlibError
from smartlib.vocabulary.folders import Folders, latest_year, years
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.tables import RECOMPUTED
from smartlib.vocabulary.words import files
from smartlib.vocabulary.words import scores as say
from smartlib.vocabulary.words.sentences import joined

TOLD_ELSEWHERE = ("final", "mean_")  # checks that are findings when they fail
TOLD_IN_COUNTS = ("granularity_",)  # hundreds of rows, of which the impossible ones are shown
TOTALLED = {HEADING[name] for name in NUMBERS if name != "improvement"}  # what a total rests on


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes
    ----------
    file : str
        The table.
    rows : int
        Rows read.
    findings, notes : tuple of Finding
        Mistakes, and repairs made while reading.
    finals, means : mapping of str to int
        Verdicts of the audit, counted; `means` is empty for a user's table.
    forensics : DataFrame or None
        How the numbers were made, in the columns of `AUDIT`: a description, no mistake.
    beside : Comparison or None
        The table held against the year's own, and what cannot be seen; None where it could not
        be read.
    """

    file: str
    rows: int = 0
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    finals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RECOMPUTED, 0))
    means: dict[str, int] = field(default_factory=dict)
    forensics: pd.DataFrame | None = None
    beside: Comparison | None = None

    @property
    def state(self) -> str:
        """What was found, in a few words."""
        many = len(self.findings)
        found = [say.FOUND(many=many)] if many else []
        differs = [self.beside.count] if self.beside and self.beside.differences else []
        by_itself = [] if found else [say.VALID_BY_ITSELF() if differs else say.VALID()]
        return joined([*by_itself, *found, *differs])

    @property
    def valid(self) -> bool:
        """Whether every row is valid, every total follows, and a table that must agree does."""
        contradicted = self.beside and self.beside.binding and self.beside.differences
        return not self.findings and not contradicted

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        shown: dict[str, object] = {
            "file": self.file,
            "rows": self.rows,
            "valid": self.valid,
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": [note.as_dict() for note in self.notes],
            "audit": self.finals,
        }
        if self.means:
            shown["audit_of_means"] = self.means
        if self.forensics is not None:
            shown["forensics"] = self.forensics.to_dict("records")
        if self.beside is not None:
            shown["comparison"] = self.beside.as_dict()
        return shown


def check_table(
    table: Path,
    scheme: Path | None,
    year: int | None,
    folders: Folders,
    *,
    against: Path | None = None,
    choices: Choices | None = None,
) -> Verdict:
    """Check a user's score table.

    Parameters
    ----------
    table : Path
        A file of any kind that `smartlib read` reads; `-` for standard input.
    scheme : Path, optional
        A `scheme.toml`; default that of the year.
    year : int, optional
        Year whose scheme holds; by default the scheme's, the table's own column's, or the latest.
    folders : Folders
        Of the checkout.
    against : Path, optional
        A table that it should agree with; by default the year's own, where there is one.
    choices : Choices, optional
        The reader's word, where the table leaves a choice.

    Returns
    -------
    Verdict
        A table that cannot be read has its reason as finding.

    Raises
    ------
    QuestionError
        Its rows can be read in two ways.
    """
    notes: list[Finding] = []
    try:
        register = load_register(folders)
        own = _scheme(scheme) if scheme else None
        known = own or load_scheme(latest_year(folders), folders)
        text = _score_text(table, known, folders, choices, notes)
        taken = _year(year, own, stated_years(text), folders)
        held = taken.number if taken.number in years(folders) else latest_year(folders)
        rules = own or load_scheme(held, folders)
        scores = parse_scores(text, register, rules)
        bad = frozenset(finding.row for finding in scores.findings)
        checked = Checked(table.name, scores.frame, register, rules, taken, bad)
        beside = comparison(checked, folders, against)
    except QuestionError:
        raise
    except SmartlibError as error:
        return Verdict(table.name, findings=_as_findings(error, table.name), notes=tuple(notes))
    spoiled = {f.row for f in scores.findings if f.column in TOTALLED}
    names = _names(scores.frame, register.frame)
    # A row without a final is not checkable, and nothing is computed from its marks.
    final = scores.frame["published_index"].mask(scores.frame.index.isin(spoiled))
    judged = scores.frame.assign(published_index=final)
    whole = scores.frame[~scores.frame.index.isin([finding.row for finding in scores.findings])]
    whole = whole.assign(region=whole.index.map(names))
    instrument = load_instrument(held, folders)
    origins = origins_of(whole, rules, instrument)
    audit = audit_finals(judged, rules, origins)
    contradicted = _contradictions(audit, table.name, names)
    findings = sorted([*scores.findings, *contradicted], key=lambda finding: finding.row)
    forensics = _forensics(audit_table(whole, rules, instrument, origins=origins))
    return Verdict(
        table.name,
        len(scores.frame),
        tuple(findings),
        scores.notes,
        _counts(audit),
        forensics=forensics,
        beside=beside,
    )


def _score_text(
    table: Path, scheme: Scheme, folders: Folders, choices: Choices | None, notes: list[Finding]
) -> TextTable:
    """The table under the ministry's headings, whatever its own are; what is noted is kept.

    A table with these headings is read strictly, every odd row a mistake; any other is looked
    through for a sheet and columns that can be them.
    """
    content, name = table_bytes(table)
    strict: DataError | None = None
    if choices in (None, Choices()):
        try:
            text = read_text_table(table, content, name)
            notes += text.notes
            if has_score_headings(text):
                return text
        except DataError as error:
            strict = error
    try:
        sheets = open_grids(content, name)
        return score_table(sheets, name, load_gazetteer(folders), scheme, choices or Choices())
    except QuestionError:
        raise
    except DataError as error:
        raise strict or error from None


def check_year(year: int | None, folders: Folders, against: Path | None = None) -> Verdict:
    """Check the shipped tables of a year: rows, finals, and means with question marks.

    Parameters
    ----------
    year : int, optional
        A folder of `data/raw`; default the latest.
    folders : Folders
        Of the checkout.
    against : Path, optional
        A table that it should agree with.

    Returns
    -------
    Verdict
        Tables that cannot be read have their reasons as findings.
    """
    taken = Year(latest_year(folders), "assumed") if year is None else Year(year, "asked")
    file = f"{taken.number}/scores.csv"
    try:
        shipped = load_year(taken.number, folders)
        checked = Checked(file, shipped.scores.frame, shipped.register, shipped.scheme, taken)
        beside = comparison(checked, folders, against)
    except SmartlibError as error:
        return Verdict(file, findings=_as_findings(error, file))
    frame, scheme = shipped.scores.frame, shipped.scheme
    names = _names(frame, shipped.register.frame)
    named = frame.assign(region=frame.index.map(names))
    origins = origins_of(named, scheme, shipped.instrument)
    finals = audit_finals(named, scheme, origins)
    means = audit_means(shipped.answers, shipped.instrument, frame, scheme)
    rows = {code: int(row) for row, code in frame["region_code"].items()}
    means.index = pd.Index([rows.get(code, 0) for code in means["region_code"]])
    findings = [*_contradictions(finals, file, names), *_contradictions(means, file, names)]
    forensics = _forensics(
        audit_table(named, scheme, shipped.instrument, shipped.answers, origins=origins)
    )
    counts = _counts(finals), _counts(means)
    return Verdict(file, len(frame), tuple(findings), shipped.notes, *counts, forensics, beside)


def _year(asked: int | None, scheme: Scheme | None, stated: set[int], folders: Folders) -> Year:
    """Of which year a table is taken to be, by what says so best."""
    own = next(iter(stated)) if len(stated) == 1 else None
    if asked is not None and own not in (None, asked):
        raise DataError(say.YEARS_DIFFER(own=own, asked=asked))
    if asked is not None:
        return Year(asked, "asked")
    if scheme is not None:
        return Year(scheme.year, "scheme")
    return Year(own, "column") if own else Year(latest_year(folders), "assumed")


def _scheme(path: Path) -> Scheme:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SchemeError(files.UNREADABLE(path=path, strerror=files.why(error))) from error
    return parse_scheme(scheme_text(content, path.name), path.name)


def _as_findings(error: SmartlibError, file: str) -> tuple[Finding, ...]:
    return error.findings or (Finding(error.message, file),)


def _names(scores: pd.DataFrame, register: pd.DataFrame) -> dict[int, str]:
    """Short names by row of the file."""
    names = scores["region_code"].map(register["region"]).fillna("")
    return {int(row): str(name) for row, name in names.items()}


def _counts(audit: pd.DataFrame) -> dict[str, int]:
    return {verdict: int((audit["verdict"] == verdict).sum()) for verdict in RECOMPUTED}


def _forensics(audit: pd.DataFrame) -> pd.DataFrame:
    """What the audit says beyond its counts: of a hundred means that are possible, one row."""
    told = audit[~audit["check"].str.startswith(TOLD_ELSEWHERE)]
    counted = told["check"].str.startswith(TOLD_IN_COUNTS) & (told["verdict"] != "impossible")
    rows = [
        (check, "table", verdict, "", str(len(same)), f"{len(same)} means {verdict}")
        for (check, verdict), same in told[counted].groupby(["check", "verdict"])
    ]
    counts = pd.DataFrame(rows, columns=audit.columns)
    return pd.concat([told[~counted], counts], ignore_index=True).fillna("")


def _contradictions(audit: pd.DataFrame, file: str, names: dict[int, str]) -> list[Finding]:
    found = []
    for row, cells in audit[audit["verdict"] == "contradicted"].iterrows():
        final = cells["check"] == "final"
        published, recomputed = (
            f"{exact(cells[name]).normalize():f}" for name in ("published", "recomputed")
        )
        source = say.MEANS_GIVE() if final else say.QUESTIONS_GIVE()
        problem = say.PUBLISHED(
            published=published, source=source, recomputed=recomputed, detail=cells["detail"]
        )
        column = HEADING["published_index" if final else cells["check"]]
        number = int(row)
        found.append(Finding(problem, file, number, column, names.get(number, "")))
    return found
