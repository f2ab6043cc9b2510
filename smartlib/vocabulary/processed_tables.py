"""The tables of `data/processed`, in their order (floor 0)."""

from __future__ import annotations

from smartlib.vocabulary.document_tables import READ
from smartlib.vocabulary.tables import (
    ANSWERS,
    AUDIT,
    FACTORS,
    PARTICIPATION,
    RANKS,
    SCORES,
    WEIGHTS,
)

PROCESSED = (SCORES, PARTICIPATION, ANSWERS, FACTORS, AUDIT, RANKS, WEIGHTS, *READ)
