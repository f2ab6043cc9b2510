"""The specifications of a curve, planned as records before anything is fitted (floor 3).

A specification is one choice of index, controls, factor year, sample and standard error. The
plan crosses all choices, and says of each regression that cannot be run why; nothing is
estimated here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.inference.core.covariance import sandwiches
from smartlib.inference.core.least_squares import ROWS_PER_COEFFICIENT
from smartlib.inference.curve.designs import DesignKey, FocalDesign, focal_design
from smartlib.inference.curve.multiverse import Multiverse
from smartlib.inference.curve.recipes import Recipe
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.records import Finding

DEFAULT_KINDS = ("hc2bm", "cr2")  # rows alone, and provinces; both made for small samples


@dataclass(frozen=True)
class Specification:
    """One regression and the standard error that is reported for it.

    Attributes
    ----------
    recipe : Recipe
        How the index is made.
    controls : tuple of str
        Columns beside the focal factor and the intercept.
    vintage, sample, covariance : str
        Factor year, rows, and standard error by name.
    form : str, default "level"
        Functional form of the focal factor.
    """

    recipe: Recipe
    controls: tuple[str, ...]
    vintage: str
    sample: str
    covariance: str
    form: str = "level"

    @property
    def design_key(self) -> DesignKey:
        """What the design depends on."""
        return self.controls, self.vintage, self.sample, self.form


@dataclass(frozen=True, eq=False)
class Plan:
    """What will be fitted, and what will not.

    Attributes
    ----------
    multiverse : Multiverse
        What is chosen from.
    specifications : tuple of Specification
        Each of them can be fitted.
    designs : dict of tuple to FocalDesign
        By controls, vintage, sample and form.
    excluded : dict of tuple to str
        Controls, vintage, sample and form that cannot be regressed on, with the reason.
    """

    multiverse: Multiverse
    specifications: tuple[Specification, ...]
    designs: dict[DesignKey, FocalDesign]
    excluded: dict[DesignKey, str]

    def __len__(self) -> int:
        return len(self.specifications)

    @property
    def outcome_columns(self) -> NDArray[np.intp]:
        """Place of each specification's index among the outcomes."""
        places = {recipe: place for place, recipe in enumerate(self.multiverse.recipes)}
        return np.array([places[chosen.recipe] for chosen in self.specifications])

    def with_errors(self, *covariances: str) -> Plan:
        """The same regressions, other standard errors.

        Parameters
        ----------
        *covariances : str
            Any of `covariance`'s kinds.

        Raises
        ------
        ParameterError
            None, one given twice, or an unknown one.
        """
        _check_kinds(covariances)
        crossed = _crossed(self.designs, self.multiverse, covariances)
        return replace(self, specifications=crossed)

    @cached_property
    def choices(self) -> pd.DataFrame:
        """What each specification chooses, in words: one row each, one column a question."""
        return pd.DataFrame(
            [
                {
                    "formula": s.recipe.formula,
                    "normalisation": s.recipe.normalisation,
                    "aggregation": s.recipe.aggregation,
                    "without": ", ".join(s.recipe.without) or "none",
                    "controls": ", ".join(s.controls) or "none",
                    "vintage": s.vintage,
                    "sample": s.sample,
                    "covariance": s.covariance,
                    **({"form": s.form} if len(self.multiverse.forms) > 1 else {}),
                }
                for s in self.specifications
            ]
        )


def plan_specifications(
    multiverse: Multiverse,
    controls: Sequence[Sequence[str]],
    *,
    covariances: Sequence[str] = DEFAULT_KINDS,
    rows_each: int = ROWS_PER_COEFFICIENT,
) -> Plan:
    """Cross all choices, and check every regression that they make.

    Parameters
    ----------
    multiverse : Multiverse
        Indices, factor years, samples.
    controls : sequence of sequences of str
        Sets of columns beside the focal factor; an empty one is a set too.
    covariances : sequence of str, default ("hc2bm", "cr2")
        Standard errors to report: any of `covariance`'s kinds.
    rows_each : int, default 10
        Fewest rows for each coefficient.

    Returns
    -------
    Plan
        Controls vary slowest, then years, samples, forms, recipes, errors. Controls that
        are constant in a sample, or too many for its rows, leave that combination out.

    Raises
    ------
    ParameterError
        No controls or covariances, one given twice, an unknown covariance, or the focal factor
        among the controls.
    DataError
        A control that a year does not have; or nothing can be fitted.
    """
    sets = [tuple(names) for names in controls]
    _check_kinds(covariances)
    _check_controls(multiverse, sets)
    designs: dict[DesignKey, FocalDesign] = {}
    excluded: dict[DesignKey, str] = {}
    places = (sets, multiverse.vintages, multiverse.samples.columns, multiverse.forms)
    for fitting in product(*places):
        try:
            designs[fitting] = focal_design(multiverse, *fitting, rows_each=rows_each)
        except DataError as error:
            excluded[fitting] = error.message
    if not designs:
        findings = [Finding(reason, file=_place(fitting)) for fitting, reason in excluded.items()]
        raise DataError("None of the specifications can be fitted.", findings)
    return Plan(multiverse, _crossed(designs, multiverse, covariances), designs, excluded)


def _crossed(
    designs: dict[DesignKey, FocalDesign], multiverse: Multiverse, covariances: Sequence[str]
) -> tuple[Specification, ...]:
    return tuple(
        Specification(recipe, *fitting[:3], kind, fitting[3])
        for fitting, recipe, kind in product(designs, multiverse.recipes, covariances)
    )


def _check_kinds(covariances: Sequence[str]) -> None:
    if not covariances or len(set(covariances)) < len(covariances):
        raise ParameterError("Give one or more covariances, each once.")
    unknown = [kind for kind in covariances if kind not in sandwiches()]
    if unknown:
        raise ParameterError(
            f"No covariance is called {', '.join(unknown)}; there are {', '.join(sandwiches())}."
        )


def _check_controls(multiverse: Multiverse, sets: list[tuple[str, ...]]) -> None:
    if not sets or len(set(sets)) < len(sets):
        raise ParameterError("Give one or more sets of controls, each once.")
    names = {name for chosen in sets for name in chosen}
    if multiverse.focal in names or any(len(set(chosen)) < len(chosen) for chosen in sets):
        raise ParameterError(
            f"A set of controls names each column once, and not {multiverse.focal}, whose "
            "coefficient is followed."
        )
    absent = [
        Finding(f"no column {name}", file=vintage)
        for vintage, table in multiverse.vintages.items()
        for name in sorted(names - set(table.columns))
    ]
    if absent:
        raise DataError("Controls that a year does not have; leave one of the two out.", absent)


def _place(fitting: DesignKey) -> str:
    controls, vintage, sample, form = fitting
    shaped = "" if form == "level" else f"; {form}"
    return f"{', '.join(controls) or 'no controls'}; {vintage}; {sample}{shaped}"
