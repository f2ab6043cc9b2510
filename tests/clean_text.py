"""What no page may print: raw values, and words of the other language."""

from __future__ import annotations

import re

# An English sentence may begin with None; a value stands alone.
BAD = re.compile(
    r"\bNone\b(?! (?:of|stated)\b)|\b(?:nan|NaN|inf)\b|[{}]|"
    r"(?<!\d)[-−]0[.,]0+(?!\d)|\b\w+_\w+\b(?!\.)"
)
# Words that only an English sentence has; titles of publications are in either language.
ENGLISH = re.compile(
    r"\b(?:the|of|and|now|report for|with|from|by|ranks?|marks?|regions?|tracks?|"
    r"codes and names|addressees|realisation|through|median of|error|errors|is|are|was|were|not|"
    r"this|that|which|for|rows?|scores?|known|lost|share|spending|revenue|weights?|weighted|"
    r"points?|index|indices|source|value|values|mean|means|standard|interval|estimate|estimates|"
    r"table|year|years|others?|all|any|each|every|none|first|only|than|more|less|at|on|in|to|as|"
    r"highest|lowest|largest|method|methods|change|changes|dimension|dimensions|question|questions|"
    r"province|provinces|population|poverty|density|schooling|human|chance|draws?|level|square|"
    r"realised|budgeted|observed|without|between|against|found|coefficients?|factors?|slopes?|"
    r"clustered|holds?|leaves?|held|intervals|residuals)\b",
    re.IGNORECASE,
)
# Of Indonesian, where an English page should have none: names of regions and sources apart.
INDONESIAN = re.compile(
    r"\b(?:yang|dengan|untuk|dari|pada|tidak|adalah|nilai|baris|jalur|peringkat|daerah|bobot|"
    r"setiap|antara|rata-rata)\b",
    re.IGNORECASE,
)


def found(text: str, lang: str) -> list[str]:
    """What a text prints that it may not: raw values, and words of another language."""
    foreign = ENGLISH if lang == "id" else INDONESIAN
    return [match[0] for pattern in (BAD, foreign) for match in pattern.finditer(text)]
