"""The model: frozen pydantic values that know nothing of files, formats or networks."""

from typing import TYPE_CHECKING

from tajikpeace_refs.deprecated import renamed
from tajikpeace_refs.model.citation import Citation, CitationGroup
from tajikpeace_refs.model.date import DatePart, PartialDate
from tajikpeace_refs.model.editorial import Correction, ExtraField, LinkReview
from tajikpeace_refs.model.library import FrontMatter, Library
from tajikpeace_refs.model.locator import Locator
from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.work import (
    ArticleJournal,
    Book,
    Chapter,
    OtherWork,
    Report,
    Thesis,
    Webpage,
    Work,
)

__all__ = [
    "ArticleJournal",
    "Book",
    "Chapter",
    "Citation",
    "CitationGroup",
    "Correction",
    "DatePart",
    "ExtraField",
    "FrontMatter",
    "Library",
    "LinkReview",
    "Locator",
    "Name",
    "NameForm",
    "OtherWork",
    "PartialDate",
    "Report",
    "Thesis",
    "Webpage",
    "Work",
]

if not TYPE_CHECKING:  # a type checker is to know the names, and no others
    __getattr__ = renamed(__name__, {"ForeignField": "ExtraField", "Front": "FrontMatter", "Point": "DatePart"})
