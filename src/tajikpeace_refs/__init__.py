"""A bibliographic reference manager library: one YAML file in; BibTeX, biblatex, APA 7, RIS and CSL out.

>>> import tajikpeace_refs as refs
>>> library = refs.load()
>>> library["usmonov2006"].title
'Миростроительство в Таджикистане'

Names load when used, so that the import costs nothing: verbs first (``parse``/``render`` are pure, ``load``/``export``
touch the disk, ``check_links`` touches the network), then the model, then the errors.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tajikpeace_refs.apa import Citer as Citer
    from tajikpeace_refs.conversion import LossWarning as LossWarning
    from tajikpeace_refs.conversion import cite as cite
    from tajikpeace_refs.conversion import render as render
    from tajikpeace_refs.documents import cited_keys as cited_keys
    from tajikpeace_refs.editing import Change as Change
    from tajikpeace_refs.editing import EditedList as EditedList
    from tajikpeace_refs.editing import EditedWork as EditedWork
    from tajikpeace_refs.errors import InputError as InputError
    from tajikpeace_refs.errors import Loss as Loss
    from tajikpeace_refs.errors import LossError as LossError
    from tajikpeace_refs.errors import MissingFileError as MissingFileError
    from tajikpeace_refs.errors import Problem as Problem
    from tajikpeace_refs.errors import RefsError as RefsError
    from tajikpeace_refs.errors import UsageError as UsageError
    from tajikpeace_refs.files import convert as convert
    from tajikpeace_refs.files import export as export
    from tajikpeace_refs.files import load as load
    from tajikpeace_refs.in_place import EditedFile as EditedFile
    from tajikpeace_refs.in_place import edit as edit
    from tajikpeace_refs.in_place import save as save
    from tajikpeace_refs.links import Archive as Archive
    from tajikpeace_refs.links import CheckOptions as CheckOptions
    from tajikpeace_refs.links import LinkReport as LinkReport
    from tajikpeace_refs.links import Reason as Reason
    from tajikpeace_refs.links import Verdict as Verdict
    from tajikpeace_refs.links import check_links as check_links
    from tajikpeace_refs.links.cache import Cache as Cache
    from tajikpeace_refs.lint import Finding as Finding
    from tajikpeace_refs.lint import fix as fix
    from tajikpeace_refs.lint import lint as lint
    from tajikpeace_refs.lint import lint_text as lint_text
    from tajikpeace_refs.merging import Duplicate as Duplicate
    from tajikpeace_refs.merging import Merged as Merged
    from tajikpeace_refs.merging import dedupe as dedupe
    from tajikpeace_refs.merging import merge as merge
    from tajikpeace_refs.model import ArticleJournal as ArticleJournal
    from tajikpeace_refs.model import Book as Book
    from tajikpeace_refs.model import Chapter as Chapter
    from tajikpeace_refs.model import Citation as Citation
    from tajikpeace_refs.model import Correction as Correction
    from tajikpeace_refs.model import DatePart as DatePart
    from tajikpeace_refs.model import ExtraField as ExtraField
    from tajikpeace_refs.model import FrontMatter as FrontMatter
    from tajikpeace_refs.model import Library as Library
    from tajikpeace_refs.model import Locator as Locator
    from tajikpeace_refs.model import Name as Name
    from tajikpeace_refs.model import NameForm as NameForm
    from tajikpeace_refs.model import OtherWork as OtherWork
    from tajikpeace_refs.model import PartialDate as PartialDate
    from tajikpeace_refs.model import Report as Report
    from tajikpeace_refs.model import Thesis as Thesis
    from tajikpeace_refs.model import Webpage as Webpage
    from tajikpeace_refs.model import Work as Work
    from tajikpeace_refs.options import WriteOptions as WriteOptions
    from tajikpeace_refs.pybtex_data import from_pybtex as from_pybtex
    from tajikpeace_refs.pybtex_data import to_pybtex as to_pybtex
    from tajikpeace_refs.reading import InputWarning as InputWarning
    from tajikpeace_refs.reading import iter_parse as iter_parse
    from tajikpeace_refs.reading import parse as parse
    from tajikpeace_refs.registries.client import RegistryOptions as RegistryOptions
    from tajikpeace_refs.registries.fetch import NoAnswerError as NoAnswerError
    from tajikpeace_refs.registries.fetch import fetch as fetch
    from tajikpeace_refs.schema import json_schema as json_schema
    from tajikpeace_refs.text.pandoc_citations import parse_citation as parse_citation
    from tajikpeace_refs.verification import Verification as Verification
    from tajikpeace_refs.verification.check import verify as verify

    ForeignField = ExtraField
    Front = FrontMatter
    Options = WriteOptions
    Point = DatePart

_HOME = {
    **dict.fromkeys(("InputWarning", "iter_parse", "parse"), "reading"),
    **dict.fromkeys(("LossWarning", "cite", "render"), "conversion"),
    **dict.fromkeys(
        ("InputError", "Loss", "LossError", "MissingFileError", "Problem", "RefsError", "UsageError"), "errors"
    ),
    **dict.fromkeys(("convert", "export", "load"), "files"),
    **dict.fromkeys(("EditedFile", "edit", "save"), "in_place"),
    **dict.fromkeys(("Change", "EditedList", "EditedWork"), "editing"),
    **dict.fromkeys(("Duplicate", "Merged", "dedupe", "merge"), "merging"),
    "cited_keys": "documents",
    **dict.fromkeys(("from_pybtex", "to_pybtex"), "pybtex_data"),
    **dict.fromkeys(
        ("Archive", "CheckOptions", "LinkReport", "Reason", "Verdict", "check_links"), "links"
    ),
    **dict.fromkeys(("Finding", "fix", "lint", "lint_text"), "lint"),
    **dict.fromkeys(
        ("ArticleJournal", "Book", "Chapter", "Citation", "Correction", "ExtraField", "FrontMatter", "Library",
         "Locator", "Name", "NameForm", "OtherWork", "PartialDate", "DatePart", "Report", "Thesis", "Webpage", "Work"),
        "model",
    ),
    "Citer": "apa",
    "Verification": "verification",
    "verify": "verification.check",
    "parse_citation": "text.pandoc_citations",
    "WriteOptions": "options",
    "RegistryOptions": "registries.client",
    **dict.fromkeys(("NoAnswerError", "fetch"), "registries.fetch"),
    "Cache": "links.cache",
    "json_schema": "schema",
}  # fmt: skip
_RENAMED = {"ForeignField": "ExtraField", "Front": "FrontMatter", "Options": "WriteOptions", "Point": "DatePart"}
"""Old names, served with a DeprecationWarning until 0.3."""
__all__ = sorted(_HOME)  # noqa: PLE0605 - one list of names serves both

if not TYPE_CHECKING:  # a type checker is to know the names, and no others

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415

            return version("tajikpeace-refs")
        if name in _RENAMED:
            from tajikpeace_refs.deprecated import warn_renamed  # noqa: PLC0415 - only for old names

            warn_renamed(f"{__name__}.{name}", _RENAMED[name])
            return __getattr__(_RENAMED[name])
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOME[name]}")
        value = home if name == _HOME[name] else getattr(home, name)  # lint is a module that can be called
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


__version__: str
