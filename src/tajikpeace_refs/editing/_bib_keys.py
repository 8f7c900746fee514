"""The keys of entries in a ``.bib`` text, and the fields that name other entries by theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tajikpeace_refs.editing._bib_entry import EntryEditor, Style
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.formats.bibtex import LINK_FIELDS, BibText, BlockText, EntryText, entry_of
from tajikpeace_refs.model.editorial import ExtraField
from tajikpeace_refs.model.library import Library

_KEY_IN_LINK = re.compile(r"[^\s,{}\"#]++")


def with_links(entry: EntryText, links: Mapping[str, str]) -> str:
    """Return the text of an entry that names others by their new keys; the old ones are in small letters."""
    text = entry.text
    for field in reversed(entry.fields):
        value = text[field.value : field.end]
        if field.name in LINK_FIELDS and value[:1] in {"{", '"'} and "#" not in value:
            followed = _KEY_IN_LINK.sub(lambda key: links.get(key[0].lower(), key[0]), value)
            text = text[: field.value] + followed + text[field.end :]
    return text


def with_key(work_id: str, text: str, key: str) -> str:
    """Return the text of the entry of a work with another key.

    Raises:
        UsageError: it has none.
    """
    entry = entry_of(text)
    if not entry.is_whole:
        raise UsageError(
            f"{work_id}: the entry has no key, or contains something that is not a field; repair it by hand"
        )
    editor = EntryEditor(text[: entry.key[0]] + key + text[entry.key[1] :], Style())
    editor.remove("csl-id")
    return editor.text


def key_of(bib: BibText, block: BlockText) -> str:
    entry = bib.entry(block)
    return entry.text[slice(*entry.key)]


def with_keys(library: Library, keys: Mapping[str, str]) -> Library:
    """Return a library whose extra fields name other works by their new keys; the old ones are in small letters."""
    works = [
        work.model_copy(update={"extra": tuple(_followed(field, keys) for field in work.extra)})
        if any(field.field in LINK_FIELDS for field in work.extra)
        else work
        for work in library
    ]
    return Library(works=works, front=library.front)


def _followed(field: ExtraField, keys: Mapping[str, str]) -> ExtraField:
    if field.field not in LINK_FIELDS:
        return field
    return field._replace(value=_KEY_IN_LINK.sub(lambda key: keys.get(key[0].lower(), key[0]), field.value))
