"""What well-known parameters may be: regions, years, languages, outcomes, factors (floor 5).

They are known by name, in the project's own notebooks alone: in another's, `year` and `region`
are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process

from smartlib.data.load import load_factors, load_register, load_year
from smartlib.data.own_tables import own_factors
from smartlib.data.programme.cohorts import load_cohorts
from smartlib.data.programme.outcomes import load_outcomes
from smartlib.data.reading.regions import Register
from smartlib.run.plan.values import Value
from smartlib.vocabulary.errors import UnknownRegionError
from smartlib.vocabulary.folders import Folders, years
from smartlib.vocabulary.tables import LANGUAGES

CONTROLS = ("never", "not_yet")  # of the study of outcomes
NEAREST = 3  # names suggested for one that is not known


@dataclass(frozen=True)
class Domain:
    """What is at hand: the regions of a register, years, and the data of a checkout.

    Attributes
    ----------
    register : Register
    years : tuple of int
        Folders of `data/raw`.
    folders : Folders
        Outcomes and factors are read from there, when a parameter names one.
    """

    register: Register
    years: tuple[int, ...]
    folders: Folders

    @classmethod
    def of(cls, folders: Folders, register: Register | None = None) -> Domain:
        """What a checkout has.

        Parameters
        ----------
        folders : Folders
            Of the checkout.
        register : Register, optional
            If it has been loaded already.

        Raises
        ------
        SourceError
            The register differs from its source record.
        """
        return cls(register or load_register(folders), tuple(years(folders)), folders)

    def checked(
        self, given: Mapping[str, Value], effective: Mapping[str, Value]
    ) -> tuple[dict[str, Value], dict[str, str]]:
        """Given values with a region's name as its code, and what is wrong with which.

        Parameters
        ----------
        given : mapping of str to Value
            Of their declared types; a parameter that is not well-known may be anything.
        effective : mapping of str to Value
            All parameters as the notebook will see them: outcomes go by its year.

        Raises
        ------
        SourceError
            The data that says what is at hand cannot be read.
        """
        values, problems = dict(given), {}
        for name in filter(WELL_KNOWN.get, given):
            check, value = WELL_KNOWN[name], given[name]
            try:
                if isinstance(value, list):
                    values[name] = [check(self, item, effective) for item in value]
                elif value is not None:
                    values[name] = check(self, value, effective)
            except ValueError as error:
                problems[name] = str(error)
            except UnknownRegionError as error:
                problems[name] = error.message
        return values, problems

    def outcomes(self, year: int) -> list[str]:
        """Names of what a formula can explain."""
        from smartlib.inference import outcome_labels, purge  # noqa: PLC0415 takes a second

        held = load_year(year, self.folders)
        without = purge(held.scored, held.instrument, held.scheme)
        return list(outcome_labels(held.scheme, without))

    @cached_property
    def measures(self) -> list[str]:
        """Outcomes that there are over years."""
        return list(load_outcomes(self.folders).measures.index)

    @cached_property
    def cohorts(self) -> list[int]:
        """Years of selection that regions are dated to."""
        return [int(year) for year in load_cohorts(self.folders).sizes.index]

    @cached_property
    def factors(self) -> list[str]:
        """Names of the factors that have figures, published and derived."""
        from smartlib.inference import DERIVED  # noqa: PLC0415 takes a second

        known = set(load_factors(self.folders)["factor"])
        return [*sorted(known), *(d.name for d in DERIVED if known.issuperset(d.inputs))]

    @cached_property
    def fiscal_years(self) -> list[int]:
        """Years that have budget figures."""
        from smartlib.inference.factors.table import FLOW_BASES  # noqa: PLC0415 takes a second

        factors = load_factors(self.folders)
        return sorted(set(factors.loc[factors["basis"].isin(FLOW_BASES), "year"]))


def _region(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    return domain.register.resolve(str(value))


def _lang(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if value not in LANGUAGES:
        raise ValueError(f"{value!r} is no language; expected {' or '.join(LANGUAGES)}")
    return value


def _year(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if value not in domain.years:
        known = ", ".join(map(str, domain.years)) or "none"
        raise ValueError(f"{value!r} is not at hand; data/raw has {known}")
    return value


def _fiscal_year(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if value not in domain.fiscal_years:
        known = ", ".join(map(str, domain.fiscal_years)) or "none"
        raise ValueError(f"no budget figures for {value!r}; years at hand: {known}")
    return value


def _outcome(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if "cohort" in values:  # of the study of outcomes; a user's own table has its own
        return value if values.get("own") else _one_of(domain.measures, value, "outcome")
    asked = [year for year in domain.years if year == values.get("year")]
    return _one_of(domain.outcomes([*domain.years, *asked][-1]), value, "outcome")


def _factor(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    return _one_of([*domain.factors, *_own(domain, values)], value, "factor")


def _file(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    """A path as typed becomes whole: a notebook runs in its own folder."""
    if not value:
        return value
    if not Path(str(value)).is_file():
        raise ValueError(f"there is no file {value}")
    return str(Path(str(value)).resolve())


def _own(domain: Domain, values: Mapping[str, Value]) -> list[str]:
    """Names of the factors in the user's own table, if one was named."""
    path, record = str(values.get("factors_file") or ""), str(values.get("reading_record") or "")
    if not path:
        return []
    year = values.get("year") or domain.years[-1]
    known = Path(record) if record else None
    own, _ = own_factors(Path(path), int(str(year)), domain.folders, domain.factors, known)
    return [*own.values, *own.unusable]


def _cohort(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if value not in domain.cohorts:
        known = ", ".join(map(str, domain.cohorts)) or "none"
        raise ValueError(f"nobody was selected in {value!r}; years of selection: {known}")
    return value


def _controls(domain: Domain, value: Value, values: Mapping[str, Value]) -> Value:
    if value not in CONTROLS:
        raise ValueError(f"{value!r} are no controls; expected {' or '.join(CONTROLS)}")
    return value


def _one_of(known: list[str], value: Value, what: str) -> Value:
    if value not in known:
        near = [name for name, *_ in process.extract(str(value), known, limit=NEAREST)]
        raise ValueError(f"there is no {what} {value!r}; the nearest names: {', '.join(near)}")
    return value


Check = Callable[[Domain, Value, Mapping[str, Value]], Value]
WELL_KNOWN: dict[str, Check] = {
    "region": _region,
    "year": _year,
    "lang": _lang,
    "outcome": _outcome,
    "cohort": _cohort,
    "controls": _controls,
    "factors": _factor,
    "focal": _factor,
    "factor_year": _fiscal_year,
    "factors_file": _file,
    "reading_record": _file,
}
