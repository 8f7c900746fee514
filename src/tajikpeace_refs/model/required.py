"""What a work of its type should have: a missing field is no loading error; lint reports it and the page marks it."""

from __future__ import annotations

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


def missing_fields(work: Work) -> Iterator[tuple[str, ...]]:
    """Yield the fields that a work of its type should have and does not: each as the attributes of which one is enough.

    >>> from tajikpeace_refs.model import Book
    >>> list(missing_fields(Book(id="a", type="book", title="Peace", issued="2006")))
    [('author', 'editor', 'compiler'), ('publisher',)]
    """
    for names in _EXPECTED.get(work.type, ("issued",)):
        choices = tuple(names.split("|"))
        if not any(getattr(work, name) for name in choices) and not _not_expected(work, names):
            yield choices


def _not_expected(work: Work, name: str) -> bool:
    if name == "publisher":  # APA 9.29: the name of a publisher that is the author is omitted
        return any(author.literal for author in work.author)
    if name == "url|doi":
        return any(field.field == "eprint" for field in work.extra)
    return name == "volume" and bool(work.status or (work.issued and work.issued.is_in_press))
