"""The model: frozen pydantic values that know nothing of files, formats or networks."""

from tajikpeace_refs.model.date import PartialDate, Point
from tajikpeace_refs.model.editorial import Correction, ForeignField, Locator
from tajikpeace_refs.model.library import Front, Library
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
    "Correction",
    "ForeignField",
    "Front",
    "Library",
    "Locator",
    "Name",
    "NameForm",
    "OtherWork",
    "PartialDate",
    "Point",
    "Report",
    "Thesis",
    "Webpage",
    "Work",
]
