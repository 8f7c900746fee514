"""What a work of its type should have: a missing field is no loading error; lint reports it and the page marks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.model.work import Work

# What an APA reference of the type needs besides its title (manual, chapters 9 and 10); "a|b": one of them.
_EXPECTED = {
    "article-journal": ("author", "issued", "container_title", "volume"),
    "article-magazine": ("issued", "container_title"),
    "article-newspaper": ("issued", "container_title"),
    "book": ("author|editor|compiler", "issued", "publisher"),
    "chapter": ("author", "issued", "container_title", "publisher"),
    "dataset": ("author", "issued", "publisher|url|doi"),
    "entry-dictionary": ("container_title",),
    "entry-encyclopedia": ("container_title",),
    "motion_picture": ("director|author|producer|executive_producer|script_writer", "issued"),
    "paper-conference": ("author", "issued", "container_title|event_title"),
    "patent": ("author", "issued", "number"),
    "personal_communication": ("author", "issued"),
    "post": ("url|doi",),
    "post-weblog": ("url|doi",),
    "report": ("author|editor", "issued", "publisher"),
    "review": ("author", "issued"),
    "review-book": ("author", "issued"),
    "software": ("author|publisher",),
    "speech": ("author", "issued"),
    "thesis": ("author", "issued", "publisher", "genre"),
    "webpage": ("url|doi",),
}
# What its reference prints besides, where the work has it.
_USUAL = {
    "article-journal": ("issue", "page", "doi"),
    "article-magazine": ("author", "volume", "issue", "page"),
    "article-newspaper": ("author", "page"),
    "chapter": ("editor", "page"),
    "entry-dictionary": ("author", "issued", "publisher"),
    "entry-encyclopedia": ("author", "issued", "publisher"),
    "paper-conference": ("page", "publisher"),
    "post": ("author", "issued", "container_title"),
    "post-weblog": ("author", "issued", "container_title"),
    "report": ("number", "url"),
    "webpage": ("author", "issued", "container_title"),
}


def expected_fields(work_type: str) -> tuple[tuple[str, ...], ...]:
    """Return the fields that a work of a type should have besides its title, each as attributes of which one is enough.

    >>> expected_fields("book")
    (('author', 'editor', 'compiler'), ('issued',), ('publisher',))
    """
    return tuple(tuple(names.split("|")) for names in _EXPECTED.get(work_type, ("issued",)))


def usual_fields(work_type: str) -> tuple[tuple[str, ...], ...]:
    """Return what a work of a type usually has, who made it first: what it should have, and what its reference prints.

    >>> usual_fields("chapter")[-3:]
    (('publisher',), ('editor',), ('page',))
    """
    expected = (*expected_fields(work_type), *((name,) for name in _USUAL.get(work_type, ())))
    people = [choices for choices in expected if choices[0] in {"author", "director"}]
    return (*people, ("title",), *(choices for choices in expected if choices not in people))


def missing_fields(work: Work) -> Iterator[tuple[str, ...]]:
    """Yield the fields that a work of its type should have and does not: each as the attributes of which one is enough.

    >>> from tajikpeace_refs.model import Book
    >>> list(missing_fields(Book(id="a", type="book", title="Peace", issued="2006")))
    [('author', 'editor', 'compiler'), ('publisher',)]
    """
    for choices in expected_fields(work.type):
        if not any(getattr(work, name) for name in choices) and not _not_expected(work, "|".join(choices)):
            yield choices


def _not_expected(work: Work, name: str) -> bool:
    if name == "publisher":  # APA 9.29: the name of a publisher that is the author is omitted
        return any(author.literal for author in work.author)
    if name == "url|doi":
        return any(field.field == "eprint" for field in work.extra)
    if name == "volume":  # journals may number their issues only; preprints and articles in press have no volume
        is_to_come = work.status or (work.issued and work.issued.is_in_press)
        return bool(is_to_come or work.issue or names_preprint(work.container_title or ""))
    return False


_PREPRINTS = re.compile(r"(?i)\b(?:preprints?|\w*arxiv|\w+rxiv|ssrn|repec|corr|working papers?)\b|препринт")


def names_preprint(text: str) -> bool:
    """Whether a text names preprints, a series of working papers, or where they are kept.

    >>> names_preprint("arXiv preprint arXiv:1706.03762"), names_preprint("Journal of Peace Research")
    (True, False)
    """
    return _PREPRINTS.search(text) is not None


_SOURCES = (
    "publisher", "container_title", "container_title_short", "collection_title", "event_title", "archive",
    "archive_location", "archive_collection", "authority", "url", "archive_url", "doi", "isbn", "issn", "pmid", "pmcid",
    "number", "call_number", "source", "status", "note",
)  # fmt: skip
_WITHOUT_SOURCE = frozenset({
    "personal_communication", "classic", "interview", "manuscript", "bill", "legal_case", "legislation", "regulation",
    "treaty", "hearing", "performance", "speech", "event",
})  # fmt: skip
_SOURCE_FIELDS = frozenset({"howpublished", "note", "eprint", "addendum", "school", "institution", "organization"})


def has_source(work: Work) -> bool:
    """Whether something says where to find a work: the fourth element of a reference (APA 9.23 to 9.37).

    An organisation that is the author is most often the publisher too (9.29); legal works, letters and the like are
    found by what they are.
    """
    if work.type in _WITHOUT_SOURCE or any(getattr(work, name) for name in _SOURCES):
        return True
    is_to_come = work.issued is not None and work.issued.is_in_press
    is_published_by_author = any(name.literal for name in (*work.author, *work.editor))
    return is_to_come or is_published_by_author or any(field.field in _SOURCE_FIELDS for field in work.extra)
