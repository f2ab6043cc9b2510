"""Floor 1: source records, loading, schemas, processed tables."""

from smartlib.data.from_documents.codebook import Codebook, load_codebook
from smartlib.data.from_documents.texts import words_in_context
from smartlib.data.load import (
    Evaluation,
    load_factor_dictionary,
    load_factors,
    load_gazetteer,
    load_register,
    load_scheme,
    load_year,
)
from smartlib.data.own_tables import factors_in, open_table, own_factors, read_table
from smartlib.data.processed import Tables, read_tables, write_tables
from smartlib.data.programme.cohorts import Cohorts, load_cohorts
from smartlib.data.programme.outcomes import Outcomes, load_outcomes
from smartlib.data.reading.files import read_text_table
from smartlib.data.reading.regions import Register
from smartlib.data.schemes import own_weights, parse_scheme
from smartlib.data.scores import ScoreTable, parse_scores
from smartlib.data.sources import read_sources
from smartlib.vocabulary.folders import years

__all__ = [
    "Codebook",
    "Cohorts",
    "Evaluation",
    "Outcomes",
    "Register",
    "ScoreTable",
    "Tables",
    "factors_in",
    "load_codebook",
    "load_cohorts",
    "load_factor_dictionary",
    "load_factors",
    "load_gazetteer",
    "load_outcomes",
    "load_register",
    "load_scheme",
    "load_year",
    "open_table",
    "own_factors",
    "own_weights",
    "parse_scheme",
    "parse_scores",
    "read_sources",
    "read_table",
    "read_tables",
    "read_text_table",
    "words_in_context",
    "write_tables",
    "years",
]
