"""From what a registry answers to works: plain data of any shape taken apart with care, and read as CSL-JSON. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from tajikpeace_refs.errors import Problem
from tajikpeace_refs.model.characters import without_forbidden
from tajikpeace_refs.model.csl_dates import plain_date
from tajikpeace_refs.model.date import PartialDate
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import family_last
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.reading import parse
from tajikpeace_refs.registries.records import BadAnswer, Record, Update
from tajikpeace_refs.text.carriers import decode_carriers
from tajikpeace_refs.text.citation_keys import citation_key
from tajikpeace_refs.text.rich import strip
from tajikpeace_refs.text.titles import is_in_capitals

Data = dict[str, Any]
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_RETRACTED = re.compile(r"(?:RETRACTED|Retracted|WITHDRAWN|Withdrawn)(?: (?:ARTICLE|Article|PAPER|Paper))?\s?[:.]")


_RUN_TOGETHER = re.compile(r"\w+<span[^<>]*>[^<>]*</span>\w+|[^\W\d_]{3,}(?<=[a-zа-я])[A-ZА-Я]\.(?= )")
"""Words between which the blank was lost, at small capitals and before initials: ``anRpackage``, ``ChamberlainE.``."""


_FEW, _MOST = 4, 0.9


def load_json(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Return the data of a JSON answer.

    Raises:
        BadAnswer: it is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not JSON") from None


def load_xml(body: bytes) -> ET.Element:
    """Return the root of an XML answer; none that defines entities is read, which could grow without end.

    Raises:
        BadAnswer: it is none.
    """
    if _ENTITIES.search(body):
        raise BadAnswer("the answer defines entities")
    try:
        return ET.fromstring(body)  # noqa: S314 - no entities, and expat loads nothing from elsewhere
    except (ET.ParseError, ValueError):
        raise BadAnswer("the answer is not XML") from None


def mapping(value: Any) -> Data:  # noqa: ANN401 - JSON
    """Return a value that is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Data]:  # noqa: ANN401 - JSON
    """Return the objects of a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    r"""Return the texts of a list, or the one text: entities decoded, white space single, empty ones left out.

    >>> texts(["  Soil &amp;\n water", "", None]), texts(12), texts({})
    (['Soil & water'], ['12'], [])
    """
    several = value if isinstance(value, list) else [value]
    plain = (str(each) for each in several if isinstance(each, (str, int)) and not isinstance(each, bool))
    tidy = (" ".join(without_forbidden(decode_carriers(each)).split()) for each in plain)
    return [each for each in tidy if each]


def text(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return the first text of a list, or the text; empty where there is none."""
    return next(iter(texts(value)), "")


def date(value: Any) -> PartialDate | None:  # noqa: ANN401 - JSON
    """Return a date of a record; None where it has none that is understood, such as ``{"date-parts": [[null]]}``."""
    plain = plain_date(value)
    try:
        found = PartialDate.from_csl(plain) if isinstance(plain, dict) else PartialDate.parse(str(plain or ""))
    except ValueError:
        return None
    return found if found.year is not None else None


def dates(values: Iterable[Any]) -> tuple[PartialDate, ...]:
    """Return the dates of some values, each once."""
    return tuple(dict.fromkeys(found for value in values if (found := date(value))))


def shown_name(shown: str) -> Data:
    """Return the name of a person as it is displayed, given name first; one in a script without blanks is whole.

    >>> shown_name("Martial J. Sankar"), shown_name("Sankar, Martial"), shown_name("中村")
    ({'family': 'Sankar', 'given': 'Martial J.'}, {'family': 'Sankar', 'given': 'Martial'}, {'literal': '中村'})
    """
    if "," in shown:
        return Name.parse(shown).to_csl()
    return family_last(shown).to_csl() if " " in shown else {"literal": shown}


def pages(first: str, last: str = "") -> str:
    """Return a page range; one page where both ends are the same."""
    return f"{first}-{last}" if first and last and last != first else first or last


def updates_of_title(title: str | None) -> tuple[Update, ...]:
    """Return the retraction that publishers write before a title: ``RETRACTED: …``."""
    return (Update("retraction"),) if _RETRACTED.match(title or "") else ()


def work_of(item: Data) -> tuple[Work, tuple[str, ...]]:
    """Return the work of an item in CSL-JSON, and in words what is doubtful in it.

    Raises:
        BadAnswer: it is no work: most often it has no title.
    """
    if not item.get("title"):
        raise BadAnswer(f"the record has no title ({item.get('type') or 'of no type'})")
    problems: list[Problem] = []
    held = {"id": "record", **{key: value for key, value in item.items() if value}}
    library = parse(json.dumps(held), "csl-json", on_problem=problems.append)
    remarks = tuple(f"{problem.variable}: {problem.message}" if problem.variable else problem.message
                    for problem in problems)  # fmt: skip
    if not len(library):
        raise BadAnswer("; ".join(remarks) or "the record is not a work")
    work = next(iter(library))
    return work.replace(id=citation_key(work), extra=()), (*remarks, *_doubts_of_texts(work, item))


def _doubts_of_texts(work: Work, item: Data) -> Iterator[str]:
    """Yield in words where title and container have lost their case, and where words have run together."""
    for name, value in (("title", work.title), ("container-title", work.container_title)):
        if _has_lost_case(strip(value or "")):
            yield f"{name}: is in capitals"
    title = text(item["title"])
    yield from (f"title: words may run together in {strip(match[0])!r}" for match in _RUN_TOGETHER.finditer(title))


def _has_lost_case(text: str) -> bool:
    """Whether a text is in capitals but for a few letters, as of an abbreviation in it or of what was added to it."""
    letters = [letter for letter in text if letter.isalpha()]
    return is_in_capitals(text) or (len(text.split()) > _FEW and sum(map(str.isupper, letters)) > _MOST * len(letters))


def with_titles(items: Iterable[Data], record: Callable[[Data], Record]) -> tuple[Record, ...]:
    """Return the records of a list that can be read; components and issues have no title, and so cannot."""
    found = []
    for item in items:
        try:
            found.append(record(item))
        except ValueError:
            continue
    return tuple(found)


def distinct(titles: Iterable[str | None]) -> tuple[str, ...]:
    """Return titles without markup, each once, without empty ones."""
    return tuple(dict.fromkeys(strip(each) for each in titles if each))
