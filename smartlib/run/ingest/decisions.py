"""What is done about each kind of discrepancy; one entry adds one kind (floor 5)."""

from __future__ import annotations

ACCEPTED = "taken as printed, as --accept says"

DECIDED = {
    "list_style": "read alike: how a list is set carries no meaning",
    "printed_twice": "kept in the list, counted once",
    "broken_question": "joined: it goes on overleaf",
    "misprint": "number and mark are read; the question's words are not used",
    "decimal_marks": "both read as decimals",
    "dash_and_blank": "both read as missing",
    "number_of_regions": "the lists count, not the prose",
    "years_of_selection": "the letter's years are the cohort",
    "paragraph_twice": "nothing rests on it",
    "near_name": "matched to the nearest name; kept as printed",
    "letters_of_name": "matched; kept as printed",
    "spellings_of_region": "both matched to one region; kept as printed",
    "two_spellings": "one assessor",
    "remark_number": "assessors are counted, not their printed numbers",
    "run_together": "kept as one remark with several parts",
    "contradiction": "both kept; no side is taken",
    "totals_unrounded": "taken: totals of means before rounding, as far as these can be told",
    "no_elements": "nothing is read of them",
    "elements_of_letter": "a row of the table is one element, with so many parts",
    "press_several": "the first is kept as a fact",
    "press_not_taken": "no fact: the line does not say whose score it is, or of which year",
    "press_place": "no fact: a place among other regions than the province's",
    "press_index": "kept as a fact of the press; the score table counts",
    "press_counts": "each kept as a fact, with what it conflicts with",
    "region_by_means": "the one region whose national row has the report's means",
    "lost_chart": "nothing is read from it",
}
