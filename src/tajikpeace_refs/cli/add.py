"""``add``: works to a list, pasted from elsewhere or asked for."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tajikpeace_refs.cli import _common, _completion, _duplicates, _editing, _network, _registries, _values
from tajikpeace_refs.errors import UsageError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tajikpeace_refs.errors import Problem
    from tajikpeace_refs.model import Library, Work

_NEW = "new"
"""The id of a work that has none yet."""
CONTEXT: dict[str, bool] = {"ignore_unknown_options": True}
"""So that ``--VARIABLE VALUE`` reaches the command among what is to be added."""


def add(
    file: _editing.File,
    items: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="IDENTIFIER|-|SOURCE|--VARIABLE VALUE",
            help="DOI, ISBN, arXiv id or PMID, in any spelling; - for works pasted into standard input, or files that "
            "hold them; with --type, the values of the work: --title 'Peace' or title=Peace.",
        ),
    ] = None,
    from_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="The format of the works, if it is not recognised.",
            autocompletion=_completion.formats,
        ),
    ] = None,
    work_type: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Add a work of this CSL type: book, chapter, article-journal, webpage …",
            autocompletion=_completion.types,
        ),
    ] = None,
    registry_url: _registries.RegistryUrls = None,
    contact: _network.Contact = None,
    proxy: _network.Proxy = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Add works to a list.

    Example: tajikpeace-refs add mine.yaml 10.1000/182 978-0-14-032872-1 arXiv:1605.08386

    Example: tajikpeace-refs add mine.yaml --type book --author 'Usmonov, Ibrohim; Hill, Ann' --title Peace

    Identifiers are looked up in Crossref, DataCite, Open Library, arXiv and PubMed; doubts about a record are reported.
    Paste BibTeX, RIS, CSL-JSON or YAML, as publishers and Zotero give it, into 'add mine.yaml -', and end with Ctrl-D.
    With --type, a terminal asks for the usual values of the type. FILE is made if it does not exist.

    A work that the list has already, with the same DOI or the same title, author and year in any script, is shown and
    not added. Exit status 1: there was such a work, a work has the DOI of another one, or an identifier has no record;
    3: no registry could be reached.
    """
    from tajikpeace_refs.merging import merge

    options = {"urls": _registries.addresses(registry_url), "contact": contact, "proxy": proxy}
    described = _Found([_described(work_type, items or [])]) if work_type else None
    with _editing.changed(
        file, dry_run=dry_run, create=True
    ) as edited:  # a FILE that cannot be changed: nobody is asked
        found = described or _given(items or [], from_format, options)
        ours = edited.library
        merged = merge(ours, *found.libraries)
        for work_id in merged.added:
            edited.add(merged.library[work_id])
    _duplicates.show(merged, {})
    _duplicates.note(merged, ours)
    if merged.duplicates:
        typer.echo(visible(f"{file}: {len(merged.added)} added, {len(merged.duplicates)} there already"), err=True)
    if merged.duplicates or merged.doubts or found.failures:
        raise typer.Exit(1)


@dataclass(slots=True)
class _Found:
    """The works to be added, and why others were not found."""

    libraries: list[Library] = field(default_factory=list)
    failures: list[UsageError] = field(default_factory=list)


def _given(items: list[str], from_format: str | None, options: dict[str, Any]) -> _Found:
    """Return the works of standard input, files and identifiers, in their order; an identifier may have no record.

    Raises:
        InputError: a file has errors.
        UsageError: there is nothing to add, or an item is neither a file nor an identifier.
        Exit: no identifier has a record: status 2; 3 where no registry could be reached.
    """
    if not items:
        raise UsageError("nothing to add; give a DOI, ISBN, arXiv id or PMID, - to paste works, a file, or --type TYPE")
    if unknown := [item for item in items if item.startswith("--")]:
        raise UsageError(f"there is no option {unknown[0]}; values of a work need --type TYPE")
    pasted = {item: _pasted(item, from_format) for item in items if _is_pasted(item)}
    records = _looked_up([item for item in dict.fromkeys(items) if item not in pasted], options)
    found = _Found()
    for item in items:
        each = pasted[item] if item in pasted else records[item]
        if isinstance(each, UsageError):
            found.failures.append(each)
        else:
            found.libraries.append(each)
    for failure in found.failures:
        typer.echo(f"error: {visible(str(failure))}", err=True)
    if not found.libraries:
        from tajikpeace_refs.registries.fetch import NoAnswerError

        raise typer.Exit(3 if all(isinstance(each, NoAnswerError) for each in found.failures) else 2)
    return found


def _is_pasted(item: str) -> bool:
    """Whether an item is standard input or a file.

    Raises:
        UsageError: it is neither, and no identifier.
    """
    from tajikpeace_refs.registries.identified import is_identifier, why_none

    if item == "-" or (item and Path(item).exists()):
        return True
    if not is_identifier(item):
        raise UsageError(f"{item!r} is {why_none(item)}, and there is no such file")
    return False


def _looked_up(identifiers: list[str], options: dict[str, Any]) -> dict[str, Library | UsageError]:
    """Return what registries have of each identifier, or why it is not known; doubts about records are reported."""
    if not identifiers:
        return {}
    from tajikpeace_refs.model import Library
    from tajikpeace_refs.registries.client import RegistryOptions
    from tajikpeace_refs.registries.fetch import look_up, work_of

    _network.unused_proxies(options["proxy"])

    def say(doubt: Problem) -> None:
        typer.echo(str(doubt), err=True)

    return {
        identifier: each if isinstance(each, UsageError) else Library(works=(work_of(each, say),))
        for identifier, each in zip(identifiers, look_up(identifiers, RegistryOptions(**options)), strict=True)
    }


def _pasted(item: str, from_format: str | None) -> Library:
    if item == "-" and sys.stdin.isatty():
        typer.echo("paste the works, and end with Ctrl-D", err=True)
    return _common.load(item, from_format)


def _described(work_type: str, items: list[str]) -> Library:
    """Return a work of a type with values that are given and asked for.

    Raises:
        UsageError: the type or a variable is unknown, a value is not valid, or there is no title.
    """
    from tajikpeace_refs.model import Library
    from tajikpeace_refs.model.validation import unknown_type
    from tajikpeace_refs.model.work import TYPES
    from tajikpeace_refs.text.citation_keys import citation_key

    if work_type not in TYPES:
        raise UsageError(unknown_type(work_type))
    values = _values.parse_assignments(_assignments(items))
    if sys.stdin.isatty():
        values |= dict(_asked(work_type, values))
    if not values.get("title"):
        raise UsageError("title: is missing; give --title TEXT")
    work = _work(work_type, values)
    _editing.report_names(work, values)
    if work_type == "article" and (work.volume or work.container_title):
        typer.echo("note: the type article is a preprint; an article of a journal is article-journal", err=True)
    return Library(works=[work if values.get("id") else work.replace(id=citation_key(work))])


def _assignments(items: list[str]) -> Iterator[str]:
    """Yield ``VARIABLE=VALUE`` texts of these, and of options with their values."""
    rest = iter(items)
    for item in rest:
        if not item.startswith("--"):
            yield item
        elif "=" in item:
            yield item.removeprefix("--")
        elif (value := next(rest, None)) is None:
            raise UsageError(f"{item} needs a value")
        else:
            yield f"{item.removeprefix('--')}={value}"


def _asked(work_type: str, given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a terminal answers for what a type has and is not given; an empty answer leaves it out."""
    from tajikpeace_refs.model.required import usual_fields

    typer.echo("leave an answer empty to skip it", err=True)
    for choices in usual_fields(work_type):
        if any(given.get(name) for name in choices):
            continue
        for name in choices:
            if (value := _answer(work_type, name)) is not None:
                yield name, value
                break


def _answer(work_type: str, variable: str) -> Any:  # noqa: ANN401 - any value
    """Return the value that a terminal answers for a variable, asked for until it is valid; None for none."""
    from tajikpeace_refs.model.work import SPELLING

    while True:
        answer = typer.prompt(f"{SPELLING[variable]}{_hint(variable)}", default="", show_default=False, err=True)
        if not answer.strip():
            if variable != "title":
                return None
            typer.echo("a work needs a title", err=True)
            continue
        try:
            value = _values.from_yaml({variable: _values.parse_value(variable, answer)})[variable]
            _work(work_type, {"title": "x", variable: value})
        except UsageError as error:
            typer.echo(visible(str(error)), err=True)
        else:
            return value


def _work(work_type: str, values: dict[str, Any]) -> Work:
    """Return a work of a type with these values; one without an id has another for the time being.

    Raises:
        UsageError: a value is not valid.
    """
    from tajikpeace_refs.editing import work_of

    data: dict[str, Any] = {"id": _NEW, **values, "type": work_type}
    try:
        return work_of({name: value for name, value in data.items() if value is not None})
    except UsageError as error:
        raise UsageError(re.sub(rf"(?m)^{_NEW}: ", "", str(error))) from None


def _hint(variable: str) -> str:
    """Return how the answer is to be written, where that is not clear."""
    from tajikpeace_refs.model.work import DATE_VARIABLES, NAME_VARIABLES

    if variable in NAME_VARIABLES:
        return " (Family, Given; Family, Given; an organisation without a comma)"
    return " (1997, 1997-06-27 or n.d.)" if variable in DATE_VARIABLES else ""
