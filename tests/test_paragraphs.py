"""Method and results in sentences: every number is the model's, in both languages."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, YEAR

from smartlib.inference.checks.classical import checks_of
from smartlib.present.paper import paragraphs
from smartlib.present.paper.citations import BY_CHECK, BY_ERRORS, CITATIONS, bibtex
from smartlib.present.words.papers.paragraphs import ERRORS, METHOD, RESULTS
from smartlib.run.commands.fit import FitOrder, fitted, gather
from smartlib.vocabulary.folders import Folders

FORMULA = "harmonised_index ~ own_source_share + log(population) + kota"


@pytest.fixture(scope="module")
def materials():
    return gather(FitOrder(FORMULA, YEAR), Folders(ROOT))


def written(materials, formulas, lang="en", **options):
    models = fitted(FitOrder(formulas, YEAR, lang=lang, **options), materials)
    places = materials.evaluation.register.frame[["longitude", "latitude"]]
    checks = {heading: checks_of(model, places) for heading, model in models.items()}
    found = paragraphs(models, checks, materials.names, materials.evaluation, lang)
    return list(models.values()), found


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_coefficient_is_told_with_its_numbers(materials, lang: str) -> None:
    """Estimate, error, interval, t with its df, p; decimal commas in Indonesian."""
    (model,), found = written(materials, (FORMULA,), lang)
    mark = "," if lang == "id" else "."
    text = found.results.replace("\u2212", "-")
    for c in model.coefficients[1:]:
        for value in (c.estimate, c.standard_error, c.low, c.high, c.p_value):
            assert f"{value:.3f}".replace(".", mark) in text, c.name
        assert f"t({c.degrees_of_freedom:.1f}) = {c.statistic:.2f}".replace(".", mark) in text
    step = 0.1 * model["own_source_share"].estimate
    assert (
        f"{step:.2f} {'poin indeks' if lang == 'id' else 'index points'}".replace(".", mark) in text
    )
    assert str(model.n) in found.method
    assert str(model.clusters) in found.method
    assert "{" not in found.method + found.results
    other = r"\b(the|regressed|standard error)\b" if lang == "id" else r"\b(dan|dengan|kami)\b"
    own = re.sub(r"\([^()]*\)", "", found.method)  # terms that students know stand in brackets
    assert not re.search(other, own, re.IGNORECASE)


def test_what_is_unlike_a_plain_fit_is_said(materials) -> None:
    """Rows, weights, absorbed levels and singletons, a logit, several models."""
    plain = (FORMULA.removesuffix(" + kota"),)
    _, where = written(materials, plain, where="kota == 0", weights="population")
    assert "Only rows where kota == 0 were used (35 others were excluded)" in where.method
    assert "weighted by registered population" in where.method
    assert "Classical assumptions" not in where.method
    _, absorbed = written(materials, (f"{FORMULA} | province",))
    assert "Fixed effects of province (17) were absorbed" in absorbed.method
    assert "12 rows alone" in absorbed.method
    assert "correia2015" in absorbed.citations
    _, logit = written(materials, ("kota ~ log(population)",), family="logit")
    assert "average marginal associations" in logit.method
    assert "percentage points" in logit.results
    assert "mcfadden1974" in logit.citations
    _, several = written(materials, (FORMULA, f"{FORMULA} + poverty_rate"))
    assert several.method.count("Model (") == several.results.count("Model (") == 2
    _, linear = written(materials, ("kota ~ log(population)",))
    assert "linear probability model" in linear.method


def test_what_weakens_a_coefficient_stands_beside_it(materials) -> None:
    """A factor that the evaluation scores itself, and degrees of freedom below five."""
    (model,), found = written(materials, (FORMULA,))
    assert model["own_source_share"].degrees_of_freedom < 5
    assert "The evaluation itself scores own-source share of revenue" in found.results
    assert "For own-source share of revenue the degrees of freedom are below five" in found.results
    _, plain = written(materials, ("harmonised_index ~ kota",))
    assert "itself scores" not in plain.results


def test_no_word_claims_a_cause(materials) -> None:
    """Associations alone, and the last sentence says so."""
    for lang, words in (("en", "effect of|impact|because|causes? the"), ("id", "pengaruh|akibat ")):
        _, found = written(materials, (FORMULA,), lang)
        body = found.results.rsplit(". ", 1)[0]
        assert not re.search(words, body.replace("effects of provi", ""), re.IGNORECASE)


def test_every_method_has_its_source() -> None:
    """Keys of errors and checks are entries; BibTeX has balanced braces and each key once."""
    keys = {key for group in (*BY_ERRORS.values(), *BY_CHECK.values()) for key in group}
    assert keys <= set(CITATIONS)
    text = bibtex(CITATIONS)
    assert text.count("{") == text.count("}")
    assert re.findall(r"@\w+\{(\w+),", text) == sorted(CITATIONS)
    assert all(len(texts) == 2 and all(texts) for part in (METHOD, RESULTS, ERRORS)
               for texts in part.values())  # fmt: skip
