"""The statistics part of a paper: checks, descriptive tables and figures, paragraphs, sources.

Stands above `regression`, whose tables it takes; the sentences stand in `words`.
"""

from smartlib.present.paper.checks import (
    check_reading,
    check_record,
    checks_line,
    checks_sheet,
    checks_table,
)
from smartlib.present.paper.descriptives import correlation_table, describe_table, source_line
from smartlib.present.paper.figures import (
    coefficients_picture,
    correlation_picture,
    residuals_picture,
    spread_picture,
)
from smartlib.present.paper.paragraphs import Paragraphs, paragraphs
