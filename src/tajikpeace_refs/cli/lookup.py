"""``list``, ``show``, ``search``, ``cite``, ``errata``: look things up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import tajikpeace_refs as refs
from tajikpeace_refs.cli import _common, _completion
from tajikpeace_refs.errors import UsageError, visible, visible_lines
from tajikpeace_refs.options import Markup, Script

if TYPE_CHECKING:
    from tajikpeace_refs.model import Library

_HEAD = ("id", "type", "year", "who", "title")
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of works.", autocompletion=_completion.ids)]
Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="EXPR",
        help="Only works that match: 'type=book year>2000 author~usmonov'. Operators: = != < <= > >= and ~ (contains). "
        "Case, accents and script do not matter; put values with spaces in quotation marks.",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        metavar="VARIABLE",
        help="Sort by this variable: year, author, title …; -year begins with the latest.",
        autocompletion=_completion.names,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="Show these variables instead of id, type, year, who, title.",
        autocompletion=_completion.fields,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: CSL items, or the values of --fields.")]


def list_works(
    source: _common.Source = None,
    named: _common.SourceOption = None,
    from_format: _common.FromFormat = None,
    encoding: _common.Encoding = None,
    strict: _common.Strict = False,
    where: Where = None,
    sort: Sort = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """List the works of a file.

    Example: tajikpeace-refs list references.yaml --where 'type=book year>2000' --sort -year
    """
    choose = _chooser(where, sort)
    columns = _columns(fields)
    library = choose(_common.load(_common.one_source(source, named), from_format, encoding, strict=strict))
    if not library:
        typer.echo("no work matches --where" if where else "the list has no works yet", err=True)
    _show(library, columns, as_json=as_json)


def show(
    work_ids: Ids,
    source: _common.SourceOption = None,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="The format: apa, bibtex …", autocompletion=_completion.formats)
    ] = "csl-yaml",
) -> None:
    """Show works with all their variables, or in another format.

    Example: tajikpeace-refs show usmonov2006 --to bibtex
    """
    from tajikpeace_refs import formats

    chosen = formats.get(to).name
    _refuse_files(work_ids)
    library = _common.load(source, about=work_ids).select(work_ids)
    if chosen != "csl-yaml":
        _common.write_stdout([refs.render(library, chosen)])
        return
    text = refs.render(library.works, "csl-yaml").removeprefix("references:\n")
    if _common.on_terminal():
        from rich.syntax import Syntax

        _common.console().print(Syntax(visible_lines(text), "yaml", background_color="default", word_wrap=True))
    else:
        _common.write_stdout([text])


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words that must all be in the work.")],
    source: _common.SourceOption = None,
    where: Where = None,
    sort: Sort = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Find works by words in any field; case and accents do not matter.

    Example: tajikpeace-refs search миростроительство
    """
    choose = _chooser(where, sort)
    columns = _columns(fields)
    library = _common.load(source)
    found = library.select([work.id for work in library.search(text)])
    if not found:
        typer.echo(f"no work contains {text!r}", err=True)
    _show(choose(found), columns, as_json=as_json)


def _chooser(where: list[str] | None, sort: str | None) -> Callable[[Library], Library]:
    """Return what selects the works of ``--where`` and puts them into the order of ``--sort``.

    Raises:
        UsageError: an expression is none, or a variable is unknown.
    """
    from tajikpeace_refs.text.queries import known_name, parse_query, sorted_by

    predicates = [parse_query(text) for text in where or ()]
    name = known_name(sort.removeprefix("-")) if sort else ""

    def choose(library: Library) -> Library:
        chosen = library.filter(lambda work: all(fits(work) for fits in predicates))
        return sorted_by(chosen, name, reverse=str(sort).startswith("-")) if sort else chosen

    return choose


def _columns(fields: str | None) -> dict[str, str]:
    """Return the attributes of ``--fields`` by the names that were given; none where the usual ones are shown.

    Raises:
        UsageError: a variable is unknown.
    """
    from tajikpeace_refs.text.queries import known_name

    names = [name for name in (fields or "").replace(",", " ").split() if name]
    if fields is not None and not names:
        raise UsageError("--fields needs names of variables: --fields id,year,title")
    return {name: known_name(name) for name in names}


def _show(library: Library, columns: dict[str, str], *, as_json: bool) -> None:
    from tajikpeace_refs.text.queries import plain_value, shown

    if as_json and not columns:
        _common.write_stdout([refs.render(library, "csl-json")])
    elif as_json:
        rows = [{name: plain_value(work, each) for name, each in columns.items()} for work in library]
        _common.write_stdout([json.dumps(rows, ensure_ascii=False, indent=2) + "\n"])
    elif columns:
        _common.show_rows(tuple(columns), (tuple(shown(work, each) for each in columns.values()) for work in library))
    else:
        _common.show_rows(_HEAD, map(_common.summary, library))


def _refuse_files(work_ids: list[str]) -> None:
    """Refuse names of files where ids are expected."""
    for text in work_ids:
        if Path(text).suffix and Path(text).is_file():
            raise UsageError(f"{text!r} is a file, and no id; write --source {text}")


def cite(
    cited: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|CITATION",
            help="Ids of works, or citations in pandoc's syntax.",
            autocompletion=_completion.ids,
        ),
    ],
    narrative: Annotated[bool, typer.Option(help="Author (year) instead of (Author, year).")] = False,
    locator: Annotated[str | None, typer.Option(metavar="TEXT", help="Where in the work: 'p. 204'.")] = None,
    markup: Annotated[Markup, typer.Option(help="Markup of the citation.")] = "plain",
    script: Annotated[Script, typer.Option(help="Script of the names.")] = "latin",
    source: _common.SourceOption = None,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--cited", metavar="FILE", help="The list has only the works that this document cites; may be repeated."
        ),
    ] = None,
    nocite: _common.Nocite = None,
) -> None:
    """Print the in-text citation of works (APA 7).

    Ids make one citation. Each citation in pandoc's syntax is printed on a line of its own: '[see @a, p. 5; -@b]',
    '@a [p. 5]'. The first citation of an organisation explains its abbreviation.

    Example: tajikpeace-refs cite ashurov2008 burton1990
    """
    from tajikpeace_refs.options import WriteOptions
    from tajikpeace_refs.text.pandoc_citations import is_citation, parse_citation

    _refuse_files(cited)
    in_syntax = [is_citation(text) for text in cited]
    if any(in_syntax) and (narrative or locator is not None or not all(in_syntax)):
        raise UsageError(
            "a citation in pandoc's syntax cannot be combined with ids, --narrative or --locator: '@a [p. 5]'"
        )
    groups = [parse_citation(text) for text in cited] if all(in_syntax) else []
    works = _common.cited_works(documents, nocite)
    asked = {item.id for group in groups for item in group.items} or set(cited)
    library = _common.load(source, about=asked)
    lacks_works = _common.report_missing(works, library.ids)
    if works:
        library = library.filter(lambda work: work.id in works or work.id in asked)
    if groups:
        citer = refs.Citer(library, WriteOptions(markup=markup, script=script))
        texts = [citer.cite(group) for group in groups]
    else:
        texts = [refs.cite(library, *cited, narrative=narrative, locator=locator, markup=markup, script=script)]
    _common.write_stdout(f"{visible(text)}\n" for text in texts)
    if lacks_works:
        raise typer.Exit(1)


def errata(
    source: _common.Source = None,
    named: _common.SourceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Show every correction, as printed and as corrected.

    Example: tajikpeace-refs errata
    """
    library = _common.load(_common.one_source(source, named))
    entries = list(_entries(library))
    if as_json:
        _common.write_stdout([json.dumps(entries, ensure_ascii=False, indent=2) + "\n"])
    elif _common.on_terminal():
        _print(entries)
    else:
        columns = ("id", "variable", "printed", "corrected", "basis", "certainty", "state", "reason")
        _common.show_rows(columns, (tuple(str(entry[column]) for column in columns) for entry in entries))


def _entries(library: Library) -> Iterator[dict[str, Any]]:
    works = ([library.source] if library.source else []) + list(library)
    for work in works:
        for correction in work.corrections:
            state = "applied" if correction.applied else "not applied"
            yield {"id": work.id, **correction.to_csl(), "state": state}


def _print(entries: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    last = None
    for entry in entries:
        if entry["id"] != last:
            last = entry["id"]
            _common.console().print(Text(f"\n{visible(last)}", style="bold cyan"))
        style = "green" if entry["applied"] else "yellow"
        title = Text.assemble("  ", (visible(entry["variable"]), "bold"), f"  {entry['basis']}, {entry['certainty']}, ")
        _common.console().print(title.append(entry["state"], style=style))
        grid = Table.grid(padding=(0, 2))
        grid.add_column()
        grid.add_column(overflow="fold")  # an address is shown whole
        for label in ("printed", "corrected", "reason"):
            grid.add_row(Text(f"    {label}", style="dim"), Text(visible(entry[label])))
        _common.console().print(grid)
    applied = sum(entry["applied"] for entry in entries)
    _common.console().print(Text(f"\n{len(entries)} corrections, {applied} applied, {len(entries) - applied} not"))
