"""A bibliography as one web page: the APA list with all that is known of each work, in a single file (docs/page.md)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from tajikpeace_refs.apa import reference_list
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.formats import biblatex, bibtex, csl_json, csl_yaml, gost, ris
from tajikpeace_refs.formats._page.chart import by_year
from tajikpeace_refs.formats._page.metadata import coins, schema_org
from tajikpeace_refs.formats.apa import report_left_out
from tajikpeace_refs.formats.base import Delimiters, Format
from tajikpeace_refs.gost import in_order
from tajikpeace_refs.model.editorial import LinkVerdict
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.required import missing_fields
from tajikpeace_refs.model.work import SPELLING, Work
from tajikpeace_refs.options import Script, WriteContext, WriteOptions
from tajikpeace_refs.text.languages import is_right_to_left, tag_of_words
from tajikpeace_refs.text.rich import is_web
from tajikpeace_refs.text.scripts import CYRILLIC, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# The formats that the page offers for download, beside the APA list, which it shows, and the GOST list.
_FILES = {bibtex.FORMAT: "references.bib", biblatex.FORMAT: "references.biblatex.bib", ris.FORMAT: "references.ris",
          csl_json.FORMAT: "references.json", csl_yaml.FORMAT: "references.yaml"}  # fmt: skip
_LINK_KEYS = {"id", "url", "verdict", "reason"}
_WORK_KEYS = {"id", "verdict", "reason", "registry", "record", "fields", "detail"}
_VERDICTS: tuple[str, ...] = get_args(LinkVerdict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One work of the page: its references, its places in lists by author and by title, its link and itself as checked.

    References and places are those of the list in Latin letters and of the list in the original script.
    """

    work: Work
    latin: Markup
    original: Markup
    places: tuple[int, int]
    title_places: tuple[int, int]
    link: Mapping[str, Any] | None
    verified: Mapping[str, Any] | None
    """What registries say of the work."""


def write(works: Iterable[Work], context: WriteContext) -> Iterator[str]:
    """Yield the page.

    Raises:
        UsageError: ``options.links`` is no report of ``check-links``, ``options.verified`` none of ``verify``, or one
            is of another list.
    """
    held, options = tuple(works), context.options
    report_left_out(held, "html", context)
    links = _links(options.links, held)
    entries = _entries(held, options, links, _verified(options.verified, held))
    listed = [entry.work for entry in entries]
    source = _entries((options.front.source,), options, {}, {})[:1] if options.front and options.front.source else []
    found = Counter(str(entry.link["verdict"]) for entry in entries if entry.link)
    yield from (
        _environment()
        .get_template("page.html.j2")
        .generate(
            title=options.title,
            entries=entries,
            numbers={work.id: number for number, work in enumerate(held)},
            gost={work.id: number for number, work in enumerate(in_order(held, WriteOptions(front=options.front)))},
            source=source[0] if source else None,
            starts_original=options.script == "original",
            has_two=any(entry.latin != entry.original for entry in entries),
            files={each.name: (each.label, file) for each, file in _FILES.items()},
            texts=_texts(held, options),
            things=[{**schema_org(work), "@id": f"#{_anchor(work)}"} for work in listed],
            types=sorted({work.type for work in listed}, key=_kind),
            languages=sorted({work.language for work in listed if work.language}),
            years=sorted({work.issued.year for work in listed if work.issued and work.issued.year is not None}),
            chart=by_year(listed),
            report=options.links,
            verified=options.verified,
            verdicts={verdict: found[verdict] for verdict in dict.fromkeys((*_VERDICTS, *found)) if found[verdict]},
        )
    )


@dataclass(frozen=True, slots=True)
class _List:
    """The references of a list in one script, in order, and their places by author and by title; by the work's id."""

    texts: dict[str, Markup]
    places: dict[str, int]
    title_places: dict[str, int]

    @classmethod
    def of(cls, works: Sequence[Work], options: WriteOptions, script: Script) -> _List:
        """Return the APA list of some works in a script."""
        entries = reference_list(works, replace(options, markup="html", script=script))
        by_title = sorted(entries, key=attrgetter("title_key"))
        return cls(
            {entry.work.id: _with_language(entry.text, entry.work.language) for entry in entries},
            *({entry.work.id: place for place, entry in enumerate(order)} for order in (entries, by_title)),
        )


def _links(report: Mapping[str, Any] | None, works: Sequence[Work]) -> dict[str, Mapping[str, Any]]:
    """Return the links of a report by the id of their work."""
    if report is None:
        return {}
    links = _items(report, "links", _LINK_KEYS)
    if links is None:
        raise UsageError("the link report is not of schema 1; write one with: tajikpeace-refs check-links --json FILE")
    found = {str(link["id"]): link for link in links if link.get("variable", "URL") == "URL"}
    if links and found.keys().isdisjoint(work.id for work in works):
        raise UsageError("the link report is of another list: it has none of these works")
    return found


def _verified(report: Mapping[str, Any] | None, works: Sequence[Work]) -> dict[str, Mapping[str, Any]]:
    """Return what registries say, of a report, by the id of the work."""
    if report is None:
        return {}
    items = _items(report, "works", _WORK_KEYS)
    if items is None or not all(isinstance(item["fields"], list) for item in items):
        raise UsageError("the verify report is not of schema 1; write one with: tajikpeace-refs verify --json FILE")
    found = {str(item["id"]): item for item in items}
    if items and found.keys().isdisjoint(work.id for work in works):
        raise UsageError("the verify report is of another list: it has none of these works")
    return found


def _items(report: Mapping[str, Any], name: str, keys: set[str]) -> list[Mapping[str, Any]] | None:
    """Return the items of a report, or None where it is none of schema 1, or they have not these keys."""
    items = report.get(name) if isinstance(report, Mapping) and report.get("schema") == 1 else None
    is_sound = isinstance(items, list) and all(isinstance(item, Mapping) and item.keys() >= keys for item in items)
    return items if is_sound and isinstance(report.get("checked_at", ""), str) else None


def _entries(
    works: Sequence[Work],
    options: WriteOptions,
    links: Mapping[str, Mapping[str, Any]],
    verified: Mapping[str, Mapping[str, Any]],
) -> list[_Entry]:
    """Return the entries in the order of the list that the page begins with."""
    latin, original = (_List.of(works, options, script) for script in get_args(Script))
    by_id = {work.id: work for work in works}
    return [
        _Entry(
            work=by_id[name],
            latin=latin.texts[name],
            original=original.texts[name],
            places=(latin.places[name], original.places[name]),
            title_places=(latin.title_places[name], original.title_places[name]),
            link=links.get(name),
            verified=verified.get(name),
        )
        for name in (original if options.script == "original" else latin).places
    ]


def _texts(works: Sequence[Work], options: WriteOptions) -> dict[str, dict[str, Any]]:
    """Return the works in each format that is offered: their texts as ``records``, and the delimiters around them.

    They are in the order of the file, but those of a GOST list in its own.

    No loss is reported: what one format cannot hold stands in the CSL-YAML beside it.
    """
    front = options.front or FrontMatter()
    plain = WriteContext(WriteOptions(ascii=options.ascii, front=front))
    texts: dict[str, dict[str, Any]] = {
        each.name: {**asdict(each.delimiters(front)), "records": list(each.records(works, plain))}
        for each in _FILES if each.delimiters
    }  # fmt: skip
    listed = [text.removeprefix("\n") for text in gost.FORMAT.records(works, plain)]
    return {**texts, gost.FORMAT.name: {**asdict(Delimiters(separator="\n")), "records": listed}}


_TAG = re.compile(r"(<[^>]*>)")
_WORDS = re.compile("|".join(
    rf"[{own}](?:[^<>&A-Za-z{other}]*[{own}]\.?)?"
    for own, other in ((CYRILLIC, RIGHT_TO_LEFT), (RIGHT_TO_LEFT, CYRILLIC))
))  # fmt: skip


def _with_language(html: str, language: str | None) -> Markup:
    """Return HTML with words in other letters marked: readers hear them right, and they keep their direction.

    In a work in English, or in no known language, a word only shows its script.
    """
    from markupsafe import Markup  # noqa: PLC0415 - loads when used

    if _WORDS.search(html):
        depth, parts = 0, _TAG.split(html)
        for place, part in enumerate(parts):
            depth += part.startswith("<span") - (part == "</span>")
            if depth == 0 and not part.startswith("<"):
                parts[place] = _WORDS.sub(lambda match: _marked(match[0], language), part)
        html = "".join(parts)
    return Markup(html)  # noqa: S704 - escaped where it was made: by the APA renderer, or before it came here


def _marked(words: str, language: str | None) -> str:
    tag = tag_of_words(words, language)
    direction = ' dir="rtl"' if is_right_to_left(tag) else ""
    return f'<span lang="{tag}"{direction}>{words}</span>' if tag else words


def _anchor(work: Work) -> str:
    return f"ref-{quote(work.id, safe='')}"


def _kind(csl_type: str) -> str:
    """Return CSL's name of a type in words.

    >>> _kind("article-journal"), _kind("paper-conference"), _kind("motion_picture")
    ('journal article', 'conference paper', 'motion picture')
    """
    return " ".join(reversed(csl_type.split("-"))).replace("_", " ")


def _missing(work: Work) -> list[str]:
    """Return what a work of its type should have and has not."""
    return [
        " or ".join(SPELLING[name].replace("-", " ") for name in names).replace("issued", "date")
        for names in missing_fields(work)
    ]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - loads when used
    from markupsafe import Markup, escape  # noqa: PLC0415

    loader = PackageLoader("tajikpeace_refs.formats", "_page")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {
        "anchor": _anchor, "coins": coins, "kind": _kind, "missing": _missing,
        "spoken": lambda text, language: _with_language(escape(text), language),
    }  # fmt: skip
    environment.tests["web"] = lambda text: isinstance(text, str) and is_web(text)
    for name, file in (("style", "style.css"), ("script", "script.js")):
        text, _, _ = loader.get_source(environment, file)
        # The page allows this one text to run, by its hash, and no other.
        digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
        environment.globals |= {name: Markup(text), f"{name}_hash": digest}  # noqa: S704 - our own
    return environment


FORMAT = Format(name="html", label="web page", write=write, has_own_script=True)
