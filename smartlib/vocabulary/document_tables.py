"""The tables that documents are read into, and their columns, each named once (floor 0).

They are the same in `data/raw/documents` and in `data/processed`. No table holds a sentence of
a document or a person's name: texts and names stay in the user's own folder.
"""

from __future__ import annotations

from smartlib.vocabulary.tables import CODE, YEAR, Column, Table

STATUSES = ("official table", "press", "computed")
REMARK_KINDS = ("strength", "weakness", "recommendation")

DOCUMENT = Column(
    "document_id",
    "string",
    "First 12 digits of the SHA-256 of the document's file",
    pattern=r"[0-9a-f]{12}",
)
LINE = Column(
    "line", "string", "Line of the text, or page and line with a point between; `end`: not found"
)
REGION = Column("region_code", "string", CODE.description, required=False, pattern=CODE.pattern)
KIND = Column("kind", "string", "Which section it stands in", values=REMARK_KINDS)
ASSESSOR = Column("assessor", "integer", "Number of the assessor in the document", minimum=1)
NUMBER = Column("number", "integer", "Place among the assessor's remarks of that kind", minimum=1)

DOCUMENTS = Table(
    "documents",
    "Documents that tables were read from, one a row",
    ("document_id",),
    (
        DOCUMENT,
        Column("sha256", "string", "Of the file", pattern=r"[0-9a-f]{64}"),
        Column("kind", "string", "What it is"),
        Column(
            "stage", "integer", "Of the evaluation; 0 where it is of none", minimum=0, maximum=2
        ),
        REGION,
        Column("region", "string", "Region as printed", required=False),
        YEAR,
        Column("cohort", "string", "Years in which its regions were selected", required=False),
        Column("format", "string", "What the file was: text, pdf, docx, table"),
        Column("reader", "string", "Version of the reader"),
    ),
)

LETTERS = Table(
    "letters",
    "Letters that open reports, one a row",
    ("document_id",),
    (
        DOCUMENT,
        LINE,
        Column("number", "string", "Number as printed"),
        Column("date", "string", "Date (ISO 8601)", required=False),
        Column("subject", "string", "Subject as printed", required=False),
        Column("office", "string", "Office of the signatory; no name", required=False),
        Column(
            "addressed",
            "number",
            "Regions selected or invited, as its points count",
            required=False,
        ),
        Column(
            "took_part", "number", "Regions that took part, as its points count", required=False
        ),
        Column("absent", "number", "Regions that did not, as its points count", required=False),
    ),
)

LISTED = Table(
    "participants",
    "Names on the lists that letters print, one a row",
    ("year", "list", "position"),
    (
        YEAR,
        Column("list", "string", "Which list"),
        Column("position", "integer", "Place on the list, column by column", minimum=1),
        Column("no", "integer", "Number as printed", minimum=1),
        Column("name", "string", "Name as printed"),
        CODE,
        Column(
            "status",
            "string",
            "`repeated`: the line was printed before, and counts once",
            values=("invited", "absent", "repeated"),
        ),
        Column(
            "letter", "string", "Number of the letter, where its document was read", required=False
        ),
    ),
)

REMARKS = Table(
    "remarks",
    "Assessors' remarks, one a row, in our own short words; the texts stay with their owner",
    ("document_id", "kind", "assessor", "number"),
    (
        DOCUMENT,
        KIND,
        ASSESSOR,
        NUMBER,
        Column("parts", "integer", "Sentences that ran together in it", minimum=1),
        LINE,
        Column(
            "text_sha256",
            "string",
            "First 16 digits of the SHA-256 of the text",
            pattern=r"[0-9a-f]{16}",
        ),
        Column("wording_id", "string", "In our own short words, Indonesian", required=False),
        Column("wording_en", "string", "In our own short words, English", required=False),
    ),
)

ASSESSORS = Table(
    "assessors",
    "Assessors of a document, by number; names stay with the document's owner",
    ("document_id", "assessor"),
    (
        DOCUMENT,
        ASSESSOR,
        YEAR,
        Column("affiliation", "string", "As printed", required=False),
        Column("spellings", "integer", "Spellings of the name in the document", minimum=1),
    ),
)

CODINGS = Table(
    "codings",
    "Themes of remarks, one coding a row",
    ("document_id", "kind", "assessor", "number", "coder", "theme"),
    (
        DOCUMENT,
        KIND,
        ASSESSOR,
        NUMBER,
        Column("coder", "string", "`hand`, or the rules and their version"),
        Column("theme", "string", "Key in codebook.toml; `uncoded` where none fits"),
        Column("words", "string", "Words that matched", required=False),
    ),
)

ELEMENTS = Table(
    "elements",
    "What a report says was evaluated, one element of a dimension a row; descriptions stay with "
    "their owner",
    ("document_id", "dimension", "number"),
    (
        DOCUMENT,
        Column("dimension", "string", "As printed"),
        Column("number", "integer", "Place within the dimension", minimum=1),
        Column("element", "string", "As printed, where the table has a name", required=False),
        Column(
            "weight_percent",
            "number",
            "Weight of the dimension, where the table states it",
            "percent",
            required=False,
            minimum=0,
            maximum=100,
        ),
        Column("parts", "integer", "Descriptions that ran together in its cell", minimum=1),
        LINE,
        Column(
            "text_sha256",
            "string",
            "First 16 digits of the SHA-256 of the description",
            pattern=r"[0-9a-f]{16}",
        ),
    ),
)

FACTS = Table(
    "facts",
    "Figures that documents state of regions outside score tables, one a row",
    ("document_id", "measure", "pillar", "year"),
    (
        DOCUMENT,
        LINE,
        CODE,
        YEAR,
        Column("measure", "string", "What was counted"),
        Column("pillar", "string", "Smart City pillar, where it is one's", required=False),
        Column("value", "number", "As stated, or counted in a list"),
        Column("unit", "string", "Unit of the value"),
        Column("status", "string", "Who states it", values=STATUSES),
        Column("conflicts_with", "string", "Measure that it does not agree with", required=False),
    ),
)

DISCREPANCIES = Table(
    "discrepancies",
    "Places where documents contradict themselves or are misprinted, and what was decided",
    ("document_id", "line", "kind", "printed"),
    (
        DOCUMENT,
        LINE,
        Column("kind", "string", "What is odd"),
        Column("printed", "string", "What stands there"),
        Column("expected", "string", "What would agree", required=False),
        Column("decided", "string", "What was done"),
    ),
)

PLACES = Table(
    "places",
    "Where each row of the score table, the marks and the lists was read",
    ("document_id", "table", "key"),
    (
        DOCUMENT,
        Column("table", "string", "Which table", values=("scores", "answers", "participants")),
        Column("key", "string", "Name as printed, number of the question, or list and position"),
        LINE,
        Column("status", "string", "Who states it", values=STATUSES),
    ),
)

READ = (
    DOCUMENTS, LETTERS, LISTED, REMARKS, ASSESSORS, CODINGS, ELEMENTS, FACTS, DISCREPANCIES, PLACES,
)  # fmt: skip
