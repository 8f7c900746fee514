"""From plain data to a work, with every mistake put into our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tajikpeace_refs.errors import SEE_KEYS, did_you_mean, is_near
from tajikpeace_refs.model.base import csl_name
from tajikpeace_refs.model.characters import forbidden_character
from tajikpeace_refs.model.work import SPELLING, TYPES, WORK, Work

Path = tuple[str | int, ...]

# What other formats call our variables: a wrong key is most often one of these.
_OTHER_NAMES = {
    "address": "publisher-place", "annotation": "annote", "booktitle": "container-title", "date": "issued",
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "institution": "publisher", "journal": "container-title",
    "journaltitle": "container-title", "keywords": "keyword", "lang": "language", "langid": "language",
    "location": "publisher-place", "organization": "publisher", "pages": "page", "place": "publisher-place",
    "school": "publisher", "city": "publisher-place", "authors": "author", "editors": "editor",
    "link": "URL", "web": "URL", "href": "URL", "web-address": "URL",
    "series": "collection-title", "subtitle": "title", "tags": "keyword",
    "translation": "translated-title", "url": "URL", "urldate": "accessed", "year": "issued",
}  # fmt: skip
_OTHER_PARTS = {
    "last": "family", "surname": "family", "first": "given", "forename": "given", "name": "literal",
    "prefix": "non-dropping-particle", "lastname": "family", "firstname": "given", "initials": "given",
}  # fmt: skip
_OTHER_TYPES = {
    "journal-article": "article-journal", "journalarticle": "article-journal", "journal": "article-journal",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "website": "webpage", "web": "webpage",
    "online": "webpage", "incollection": "chapter", "inbook": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis", "dissertation": "thesis",
    "techreport": "report", "misc": "document", "film": "motion_picture", "video": "motion_picture",
    "blog": "post-weblog", "preprint": "article", "program": "software",
}  # fmt: skip
_SHAPES = {
    type(None): "nothing",
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    str: "text",
    bool: "a truth value",
    int: "a number",
}


class Mistake(NamedTuple):
    """One mistake in plain data: the path to it, what is wrong, and whether the key itself is the wrong part."""

    path: Path
    message: str
    at_key: bool = False


def validate(record: Any) -> Work | list[Mistake]:  # noqa: ANN401 - raw input
    """Return the work that a record describes, or every mistake in it."""
    if not isinstance(record, dict):
        return [Mistake((), f"expected a work as a mapping of variables, got {shape(record)}")]
    try:
        return WORK.validate_python(record)
    except ValidationError as error:
        return list(_mistakes(error.errors(include_url=False), record))


class Counted:
    """Lines of a text, and whether those that were read held any text."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.has_text = False

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.has_text = not line.isspace()
            yield line
            if self.has_text:
                yield from self.lines


def spell(path: Sequence[str | int]) -> str:
    """Return a path as people write it.

    >>> spell(("author", 0, "family"))
    'author[0].family'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def shape(value: object) -> str:
    """Name the shape of a value for a message; a short text is shown."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 40 else f"{value[:40]!r}…"
    return _SHAPES.get(type(value), type(value).__name__)


def _mistakes(errors: list[ErrorDetails], record: dict[str, Any]) -> Iterator[Mistake]:
    if errors[0]["type"].startswith("union_tag"):
        # A wrong type must not hide what else is wrong: the rest is looked at as a document.
        rest = validate({**record, "type": "document"})
        yield from rest if isinstance(rest, list) else []
    for error in errors:
        # Below the tag of the discriminated union, the path is the record's own.
        path = tuple(error["loc"][1:]) if error["loc"] and error["loc"][0] == record.get("type") else error["loc"]
        yield _mistake(error, path)


def _mistake(error: ErrorDetails, path: Path) -> Mistake:  # noqa: C901, PLR0911, PLR0912 - a table: one kind of error a case
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return Mistake(path, unknown_key(path)[0], at_key=True)
        case "missing":
            return Mistake(path, "is missing; it must be given")
        case "union_tag_not_found":
            return Mistake(("type",), "is missing; give the CSL type, such as book, article-journal or webpage")
        case "union_tag_invalid":
            return Mistake(("type",), unknown_type(str(context["tag"])))
        case "string_type":
            return Mistake(path, f"expected text, got {shape(given)}")
        case "string_too_short":
            return Mistake(path, "is empty; it must have a value")
        case "bool_parsing" | "bool_type":
            return Mistake(path, f"expected true or false, got {shape(given)}")
        case "tuple_type":
            return Mistake(path, f"expected a list, got {shape(given)}")
        case "literal_error":
            expected = str(context["expected"])
            known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
            return Mistake(path, f"expected {expected}, got {shape(given)}{did_you_mean(str(given), known)}")
        case "forbidden_character":
            return Mistake((*path, csl_name(context["name"])), context["message"])
        case "string_unicode":
            return Mistake(path, forbidden_character(given) or error["msg"])
        case "value_error":
            return Mistake(path, str(context["error"]))
        case "dict_type" | "model_type":
            return Mistake(path, f"expected a mapping, got {shape(given)}")
        case _:
            return Mistake(path, error["msg"])


def unknown_type(name: str) -> str:
    """Return the message for a type that is none."""
    meant = _OTHER_TYPES.get(name.lower().replace(" ", "-"))
    hint = f", did you mean {meant!r}?" if meant else did_you_mean(name, TYPES) or SEE_KEYS
    return f"unknown type {name!r}{hint}"


def unknown_variable(name: str) -> str:
    """Return the message for a name that is no variable.

    >>> unknown_variable("journal")
    "unknown variable 'journal', did you mean 'container-title'?"
    """
    return unknown_key((name,))[0].replace("unknown key", "unknown variable")


def unknown_key(path: Path) -> tuple[str, bool]:
    """Return the message for a key that is not known, and whether it is surely meant for one that is."""
    name = str(path[-1])
    known = _known_keys(path)
    meant = (_OTHER_NAMES if len(path) == 1 else _OTHER_PARTS).get(name.lower())
    hint = f", did you mean {meant!r}?" if meant in known else did_you_mean(name, known)
    is_sure = meant in known or is_near(name.lower(), known)
    return f"unknown key {name!r}{hint or SEE_KEYS}", is_sure


def _known_keys(path: Path) -> list[str]:
    if len(path) == 1:
        return list(SPELLING.values())
    if "corrections" in path:
        return ["variable", "printed", "corrected", "basis", "certainty", "reason", "applied"]
    if "link-review" in path:
        return ["date", "verdict", "reason"]
    return [
        "family",
        "given",
        "literal",
        "suffix",
        "dropping-particle",
        "non-dropping-particle",
        "short",
        "transliterated",
    ]
