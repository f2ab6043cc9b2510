"""A region's report: the numbers of its sentences, tables and figures, section by section.

Each module makes one section, or the head, as blocks of `present/document`; `subject` is what
they all speak of, `whole` puts them together.
"""

from smartlib.present.region.beside import compared
from smartlib.present.region.certain import certain
from smartlib.present.region.change import change
from smartlib.present.region.factors import factors
from smartlib.present.region.goals import raising
from smartlib.present.region.head import cells, facts, standout
from smartlib.present.region.leaves import factors_leaf, marks_leaf, questions_leaf, ranks_leaf
from smartlib.present.region.reported import (
    press,
    question_marks,
    questions,
    remarks,
    remarks_leaf,
)
from smartlib.present.region.since import since
from smartlib.present.region.sources import sources, table_of
from smartlib.present.region.subject import Subject
from smartlib.present.region.whole import Head, report
from smartlib.present.region.why import why
