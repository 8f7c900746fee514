"""Works: one cited thing each, of the class of its CSL type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, Unpack, cast, get_args

from pydantic import AfterValidator, Field, TypeAdapter

from tajikpeace_refs.deprecated import warn_renamed
from tajikpeace_refs.errors import SEE_KEYS, did_you_mean
from tajikpeace_refs.model.csl import csl_item, variables_of
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.variables import (
    DATE_VARIABLES,
    EDITORIAL,
    FIELDS,
    NAME_VARIABLES,
    SPELLING,
    Variables,
    dump_value,
)

if TYPE_CHECKING:
    from tajikpeace_refs.model._keywords import Keywords

__all__ = [
    "DATE_VARIABLES", "EDITORIAL", "FIELDS", "NAME_VARIABLES", "SPELLING", "TYPES", "WORK", "AnyWork", "ArticleJournal",
    "Book", "Chapter", "OtherWork", "Report", "Thesis", "Webpage", "Work", "dump_value", "dump_work",
]  # fmt: skip


def _refuse_base(name: str) -> str:
    """Refuse to make a `Work` that is of no subclass."""
    if name in TYPES:
        model = type(WORK.validate_python({"id": "a", "type": name})).__name__
        raise ValueError(f"a work of type {name!r} is a {model}; use {model}(...), or Work.model_validate({{...}})")
    raise ValueError(f"unknown type {name!r}{did_you_mean(name, TYPES) or SEE_KEYS}")


NamedType = Annotated[str, AfterValidator(_refuse_base)]


class Work(Variables):
    """One cited work. Every CSL variable is an attribute; what is missing is None or an empty tuple.

    A work is made as one of its subclasses (``Book``, ``Chapter`` …, ``OtherWork``), or by `from_csl` and
    `model_validate`, which choose the subclass of its type.

    >>> Work.from_csl({"id": "a", "type": "book", "title": "Peace", "publisher-place": "Dushanbe"})
    Book(id='a', type='book', title='Peace', publisher_place='Dushanbe')
    """

    type: NamedType
    """The type of the work, one of CSL 1.0.2. Example: ``book``."""

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:  # noqa: ANN401 - as pydantic's
        """Return the work of plain data in CSL's or attribute spellings; of `Work`, the subclass of its type."""
        model: Any = WORK.validate_python if cls is Work else super().model_validate
        return cast("Self", model(obj, **options))

    @classmethod
    def from_csl(cls, item: Mapping[str, Any]) -> Self:
        """Return the work of a CSL-JSON item, as reading CSL-JSON does.

        Raises:
            ValidationError: the item has no id, no type of CSL or this class, or values that are not valid.
        """
        return cls.model_validate(variables_of(dict(item)))

    def to_csl(self) -> dict[str, Any]:
        """Return the CSL-JSON item of the work: dates as ``date-parts``, our own keys under ``custom``."""
        return csl_item(self)

    def replace(self, **changes: Any) -> Work:  # noqa: ANN401 - any variable
        """Return the work with some variables changed; None removes one, another type gives the class of that type.

        Raises:
            ValidationError: a variable is unknown, or its value is not valid.
        """
        model = Work if "type" in changes else type(self)
        given = self._given_and(changes)
        return model.model_validate({name: value for name, value in given.items() if value is not None})

    @property
    def foreign(self) -> tuple[ExtraField, ...]:
        """The extra fields: the old name."""
        warn_renamed("foreign", "extra")
        return self.extra

    @property
    def is_online(self) -> bool:
        """Whether the work is a web resource: one that is nothing without an address."""
        return False


class Book(Work):
    """A book, or a set of volumes."""

    type: Literal["book"] = "book"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


class Chapter(Work):
    """A part of a book with its own title."""

    type: Literal["chapter"] = "chapter"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


class ArticleJournal(Work):
    """An article in a scholarly journal."""

    type: Literal["article-journal"] = "article-journal"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


class Webpage(Work):
    """A page or post on the web."""

    type: Literal["webpage", "post", "post-weblog"] = "webpage"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...

    @property
    def foreign(self) -> tuple[ExtraField, ...]:
        """The extra fields: the old name."""
        warn_renamed("foreign", "extra")
        return self.extra

    @property
    def is_online(self) -> bool:
        """Whether the work is a web resource: always."""
        return True


class Report(Work):
    """A report or working paper."""

    type: Literal["report"] = "report"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


class Thesis(Work):
    """A thesis or dissertation."""

    type: Literal["thesis"] = "thesis"

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


class OtherWork(Work):
    """A work of any other CSL type."""

    type: Literal[
        "article", "article-magazine", "article-newspaper", "bill", "broadcast", "classic", "collection", "dataset",
        "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
        "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
        "paper-conference", "patent", "performance", "periodical", "personal_communication", "regulation", "review",
        "review-book", "software", "song", "speech", "standard", "treaty",
    ]  # fmt: skip

    if TYPE_CHECKING:

        def __init__(self, **variables: Unpack[Keywords]) -> None: ...


if TYPE_CHECKING:
    AnyWork = Work
else:
    AnyWork = Annotated[
        Book | Chapter | ArticleJournal | Webpage | Report | Thesis | OtherWork, Field(discriminator="type")
    ]
WORK: TypeAdapter[Work] = TypeAdapter(AnyWork)
"""Validates plain data (CSL or attribute spellings) into the class of its type."""

TYPES: tuple[str, ...] = tuple(
    sorted(name for cls in Work.__subclasses__() for name in get_args(cls.model_fields["type"].annotation))
)


def dump_work(work: Work) -> dict[str, Any]:
    """Return a work as plain data in CSL's spellings: only what is set, dates as CSL date objects.

    Multilingual and editorial keys stand beside the CSL variables; a name's ``transliterated`` stays inside the name.
    """
    return {SPELLING[name]: dump_value(value) for name, value in work.variables().items()}


def written_by(work: Work, rest: str) -> str:
    """Return who wrote a work, for a line of it: two authors, or editors, and ``rest`` where there are more.

    >>> work = WORK.validate_python({"id": "a", "type": "book", "author": ["Usmonov, I.", "Burton, J.", "CERN"]})
    >>> written_by(work, " et al.")
    'Usmonov, Burton et al.'
    """
    names = work.author or work.editor
    return ", ".join(name.literal or name.family or "" for name in names[:2]) + (rest if len(names) > 2 else "")
