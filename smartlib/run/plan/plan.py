"""What a build will do, decided and validated before anything starts (floor 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import process, utils

from smartlib.data.processed import Tables
from smartlib.data.reading.regions import Register
from smartlib.run.plan.parameters import Value
from smartlib.run.plan.records import FIRST_LANG, Selection
from smartlib.vocabulary.errors import BuildError, UnknownRegionError
from smartlib.vocabulary.records import Finding, Scheme
from smartlib.vocabulary.tables import LANGUAGES

NATIONAL = (
    "00_summary",
    "01_data_audit",
    "02_national_ranking",
    "03_factors",
    "04_index_robustness",
    "05_specification_curve",
    "06_programme_effects",
    "07_remarks",
    "08_programme_outcomes",
)
ENGLISH_ONLY = {"03_factors"}
OF_NO_YEAR = {"08_programme_outcomes"}  # reads no score table, and so takes no year
PRINTED = {"00_summary"}  # national reports that have a record, and so a PDF
REGION_REPORT = "region_report"
NOTEBOOKS = (*NATIONAL, REGION_REPORT)

TITLES = {"id": "Laporan Smart City {year}: {region}", "en": "Smart City report {year}: {region}"}
NO_ROW = {
    "absent": "was invited to stage II and did not take part",
    "undetermined": "was invited to stage II; its row, if any, is lost",
    "not_invited": "was not invited to stage II",
}


@dataclass(frozen=True)
class Job:
    """One report to make.

    Attributes
    ----------
    notebook : str
        Name in `notebooks/`, without its suffix.
    output : str
        Path below the reports folder, with forward slashes and no suffix.
    title : str
        Heading of the page; nothing takes the notebook's own.
    label : str
        For progress and summary.
    lang : str
        Language of the page.
    region : str
        Code; nothing for a national report.
    parameters : mapping of str to Value
        For the notebook.
    formats : tuple of str
        Other forms that stand beside the page, by their suffixes.
    """

    notebook: str
    output: str
    title: str
    label: str
    lang: str
    region: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)
    formats: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Its notebook, as a path in the checkout."""
        return f"notebooks/{self.notebook}.ipynb"


def plan(
    selection: Selection, register: Register, tables: Tables, scheme: Scheme | None = None
) -> tuple[Job, ...]:
    """The list of reports to make, national ones first.

    Parameters
    ----------
    selection : Selection
        What was asked for.
    register : Register
        All regions.
    tables : Tables
        Of the year; regions with a row in `scores` can have a report.
    scheme : Scheme, optional
        Of the year: what titles call it; by default the bare year.

    Returns
    -------
    tuple of Job

    Raises
    ------
    BuildError
        Unknown regions, provinces or languages, and regions without a known row: all of
        them at once.
    """
    findings = [
        Finding(f"'{lang}' is no language", expected=" or ".join(LANGUAGES))
        for lang in selection.langs
        if lang not in LANGUAGES
    ]
    known = tables.scores.loc[tables.scores["year"] == selection.year].set_index("region_code")
    codes = set(known.index) if selection.whole else set()
    for query in selection.regions:
        try:
            codes |= {_with_row(register.resolve(query), known, register, tables)}
        except (UnknownRegionError, BuildError) as error:
            findings.append(Finding(error.message))
    for query in selection.provinces:
        try:
            codes |= _of_province(query, known, register)
        except BuildError as error:
            findings.append(Finding(error.message))
    if findings:
        raise BuildError("Nothing was started.", findings)
    langs = tuple(dict.fromkeys(selection.langs))
    jobs = list(_national(selection, langs)) if selection.with_national else []
    names, edition = known["region"], _editions(selection.year, scheme)
    jobs += [
        _report(code, names[code], selection, lang, edition=edition[lang])
        for code in sorted(codes)
        for lang in langs
    ]
    return tuple(jobs)


def slug(name: str) -> str:
    """A name for a file: small letters and hyphens.

    Examples
    --------
    >>> slug("Kab. Tapanuli Utara")
    'kab-tapanuli-utara'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def region_output(code: str, name: str, lang: str) -> str:
    """Where a region's report stands, below the reports folder, without a suffix.

    Parameters
    ----------
    code, name : str
        Of the region.
    lang : {"id", "en"}
        Of the report.

    Examples
    --------
    >>> region_output("51.03", "Kab. Badung", "en")
    'regions/51.03-kab-badung.en'
    """
    return f"regions/{code}-{slug(name)}" + ("" if lang == FIRST_LANG else f".{lang}")


def national_output(name: str, lang: str) -> str:
    """Where a national report stands, below the reports folder, without a suffix.

    Examples
    --------
    >>> national_output("01_data_audit", "id"), national_output("01_data_audit", "en")
    ('national/01_data_audit', 'national/01_data_audit.en')
    """
    return f"national/{name}" + ("" if lang == FIRST_LANG else f".{lang}")


def _national(selection: Selection, langs: Sequence[str]) -> Iterator[Job]:
    year, forms = selection.year, _forms(selection)
    for name in NATIONAL:
        if name in ENGLISH_ONLY:
            yield Job(name, f"national/{name}", "", name, "en", parameters={"year": year})
            continue
        for lang in langs:
            of_year = {} if name in OF_NO_YEAR else {"year": year}
            values: dict[str, Value] = {**of_year, "lang": lang}
            label = name if lang == FIRST_LANG else f"{name} ({lang})"
            formats = tuple(one for one in forms if name in PRINTED)
            output = national_output(name, lang)
            yield Job(name, output, "", label, lang, parameters=values, formats=formats)


def _editions(year: int, scheme: Scheme | None) -> dict[str, str]:
    """What a title calls the year, by language."""
    if scheme is None:
        return dict.fromkeys(LANGUAGES, str(year))
    return {lang: getattr(scheme, f"edition_{lang}") for lang in LANGUAGES}


def _report(code: str, name: str, selection: Selection, lang: str, *, edition: str) -> Job:
    return Job(
        notebook=REGION_REPORT,
        output=region_output(code, name, lang),
        title=TITLES[lang].format(year=edition, region=name),
        label=name if lang == FIRST_LANG else f"{name} ({lang})",
        lang=lang,
        region=code,
        parameters={"region": code, "year": selection.year, "lang": lang},
        formats=(*_forms(selection), "xlsx"),
    )


def _forms(selection: Selection) -> tuple[str, ...]:
    """What stands beside a page if it was asked for."""
    return ("pdf",) if "pdf" in selection.formats else ()


def _with_row(code: str, known: pd.DataFrame, register: Register, tables: Tables) -> str:
    if code in known.index:
        return code
    stages = tables.participation.set_index("region_code")["stage2"]
    why = NO_ROW.get(str(stages.get(code, "")), "has no row")
    raise BuildError(
        f"{register.name(code)} ({code}) has no known row in the score table, so there is "
        f"nothing to report: it {why}."
    )


def _of_province(query: str, known: pd.DataFrame, register: Register) -> set[str]:
    provinces: Sequence[str] = sorted(register.frame["province"].unique())
    matches = [name for name in provinces if slug(name) == slug(query)]
    if not matches:
        near = process.extract(query, provinces, processor=utils.default_process, limit=3)
        nearest = ", ".join(f"'{name}'" for name, _, _ in near)
        raise BuildError(f"No province is called '{query}'. The nearest names: {nearest}.")
    codes = set(known.index[known["province"] == matches[0]])
    if not codes:
        raise BuildError(f"No region of {matches[0]} has a known row in the score table.")
    return codes
