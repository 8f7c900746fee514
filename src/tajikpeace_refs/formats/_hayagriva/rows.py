"""Which field or type of Hayagriva is which variable or type of CSL.

The meanings are those of Hayagriva itself (docs/file-format.md, and what its CSL engine prints for each variable:
src/csl/taxonomy.rs), in its repository typst/hayagriva.
"""

from __future__ import annotations

from typing import NamedTuple

from tajikpeace_refs.options import FormatName

NAME: FormatName = "hayagriva"
"""The format under which a field is kept that CSL has no variable for."""
CSL = "csl"
"""The key of an entry for what its fields do not hold, which Hayagriva passes over."""

ABSENT = "absent"
"""The key below it for the variables that the fields seem to give, and the work has not."""


class TypeRow(NamedTuple):
    """A CSL type, and the entry type and type of the parent that are written for it."""

    csl: str
    entry: str
    parent: str = ""


TYPES = (  # of two rows with the same entry and parent the first is the one that is read
    TypeRow("article-journal", "article", "periodical"),
    TypeRow("article-magazine", "article", "periodical"),
    TypeRow("review", "article", "periodical"),
    TypeRow("review-book", "article", "periodical"),
    TypeRow("article-newspaper", "article", "newspaper"),
    TypeRow("paper-conference", "article", "proceedings"),
    TypeRow("post-weblog", "article", "blog"),
    TypeRow("chapter", "chapter", "book"),
    TypeRow("chapter", "anthos", "anthology"),
    TypeRow("entry-encyclopedia", "entry", "reference"),
    TypeRow("entry-dictionary", "entry", "reference"),
    TypeRow("entry", "entry", "repository"),
    TypeRow("post", "post", "thread"),
    TypeRow("webpage", "web", "web"),
    TypeRow("broadcast", "video", "video"),
    TypeRow("broadcast", "audio", "audio"),
    TypeRow("broadcast", "scene", "video"),
    TypeRow("figure", "artwork", "article"),
    TypeRow("article", "article"),
    TypeRow("book", "book"),
    TypeRow("classic", "book"),
    TypeRow("pamphlet", "book"),
    TypeRow("chapter", "chapter"),
    TypeRow("chapter", "anthos"),
    TypeRow("book", "proceedings"),
    TypeRow("book", "reference"),
    TypeRow("collection", "anthology"),
    TypeRow("report", "report"),
    TypeRow("thesis", "thesis"),
    TypeRow("manuscript", "manuscript"),
    TypeRow("periodical", "periodical"),
    TypeRow("periodical", "newspaper"),
    TypeRow("entry", "entry"),
    TypeRow("webpage", "web"),
    TypeRow("webpage", "blog"),
    TypeRow("post", "post"),
    TypeRow("post", "thread"),
    TypeRow("motion_picture", "video"),
    TypeRow("song", "audio"),
    TypeRow("broadcast", "scene"),
    TypeRow("graphic", "artwork"),
    TypeRow("map", "artwork"),
    TypeRow("event", "exhibition"),
    TypeRow("event", "conference"),
    TypeRow("performance", "performance"),
    TypeRow("patent", "patent"),
    TypeRow("legal_case", "case"),
    TypeRow("legislation", "legislation"),
    TypeRow("bill", "legislation"),
    TypeRow("treaty", "legislation"),
    TypeRow("regulation", "legislation"),
    TypeRow("software", "repository"),
    TypeRow("dataset", "repository"),
    TypeRow("document", "misc"),
)
HOLDER = "repository"
"""The type of parent that is written for the container of a type without a row for it: it says no more than that."""
OTHER = TypeRow("document", "misc")
OF_CSL = {row.csl: row for row in reversed(TYPES)}
CSL_TYPES = {(row.entry, row.parent): row.csl for row in reversed(TYPES)}
DEFAULT_PARENTS = {
    "article": "periodical", "chapter": "book", "entry": "reference", "anthos": "anthology", "web": "web",
    "scene": "video", "artwork": "exhibition", "legislation": "anthology", "post": "post", "video": "video",
    "audio": "audio",
}  # fmt: skip
"""The type of a parent that names none, by that of its entry; of all others it is ``misc``."""
EVENTS = frozenset({"conference", "exhibition"})
SERIES = frozenset({"anthology", "book", "periodical", "proceedings", "report"})
"""Types of a parent that is the series of a book, a report or another whole."""
WHOLES = frozenset({
    "anthology", "book", "manuscript", "patent", "performance", "periodical", "proceedings", "reference", "report",
    "repository", "thesis",
})  # fmt: skip

# Fields of an entry, by their names in Hayagriva; a formattable text has braces, math and a backslash before them.
FORMATTABLE = {
    "title": "title", "abstract": "abstract", "genre": "genre", "note": "note", "archive": "archive",
    "archive-location": "archive_location", "call-number": "call-number", "organization": "authority",
}  # fmt: skip
PLAIN = {
    "language": "language", "page-range": "page", "page-total": "number-of-pages", "runtime": "dimensions",
    "chapter": "chapter-number",
}  # fmt: skip
OF_CONTAINER = {"edition": "edition", "volume": "volume", "issue": "issue", "volume-total": "number-of-volumes"}
"""Fields of the parent of a part, else of the entry itself."""
SERIALS = {
    "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "serial": "number", "version": "version", "printing": "printing",
}  # fmt: skip
SERIALS_OF_CONTAINER = {"isbn": "ISBN", "issn": "ISSN"}
ROLES = {
    "translator": "translator", "compiler": "compiler", "composer": "composer", "collaborator": "contributor",
    "organizer": "organizer", "cast-member": "performer", "producer": "producer",
    "executive-producer": "executive-producer", "writer": "script-writer", "director": "director",
    "illustrator": "illustrator", "narrator": "narrator", "founder": "series-creator",
}  # fmt: skip
