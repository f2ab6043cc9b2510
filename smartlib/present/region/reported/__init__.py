"""What a region's own documents say of it: marks of questions, remarks, press items.

Sections that are there only where such a document was read.
"""

from smartlib.present.region.reported.press import press
from smartlib.present.region.reported.questions import question_marks, questions
from smartlib.present.region.reported.remarks import remarks, remarks_leaf
