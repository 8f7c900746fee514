"""``keys``: citation keys made by a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from tajikpeace_refs.cli import _editing


def keys(
    file: _editing.File,
    pattern: Annotated[
        str,
        typer.Option(metavar="PATTERN", help="Fields in braces; {title:1} is the first word, {Author} has a capital."),
    ] = "{author}{year}{title:1}",
    documents: _editing.Documents = None,
    replaced_keys: _editing.ReplacedKeys = None,
    dry_run: _editing.DryRun = False,
) -> None:
    """Make citation keys of author, year and title.

    Several works with one key get letters.

    Fields: author, authors, editor, year, title, shorttitle, container, volume, page, type. A citation-key from Zotero
    is used as it is. A work whose id is the key already, with or without a letter, keeps its id.

    Example: tajikpeace-refs keys references.yaml --pattern "{author}{year}"
    """
    from tajikpeace_refs.text.citation_keys import citation_keys

    with _editing.changed(file, dry_run=dry_run) as edited:
        renamed = {old: new for old, new in citation_keys(edited.library, pattern).items() if old != new}
        for old, new in in_turn(renamed):
            edited.rename(old, new)
        citing = _editing.citing(documents, renamed)
    _editing.rename_in(citing, renamed, dry_run=dry_run)
    if replaced_keys and not dry_run:
        _editing.write_keys(replaced_keys, renamed)


def in_turn(renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield renamings in an order in which no new id is taken; of ids that are exchanged, one by way of a third.

    >>> list(in_turn({"a": "b", "b": "c"})), list(in_turn({"a": "b", "b": "a"}))
    ([('b', 'c'), ('a', 'b')], [('a', 'b-'), ('b', 'a'), ('b-', 'b')])
    """
    waiting = dict(renamed)
    while waiting:
        old = next((old for old, new in waiting.items() if new not in waiting), None)
        if old is None:
            old, new = next(iter(waiting.items()))
            way = f"{new}-"
            while way in renamed or way in renamed.values():
                way += "-"
            yield old, way
            waiting = {way: new, **{each: key for each, key in waiting.items() if each != old}}
            continue
        yield old, waiting.pop(old)
