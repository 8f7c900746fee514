"""The abbreviations of groups: biblatex's ``shortauthor`` and ``shorteditor`` (manual, 2.2.2), name by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tajikpeace_refs.formats._bib.converters import fits_field, line
from tajikpeace_refs.formats._bib.fields import TEX
from tajikpeace_refs.formats._bib.latex_decode import decode
from tajikpeace_refs.formats._bib.latex_encode import escape
from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.work import Work

_FIELDS = {"author": "shortauthor", "editor": "shorteditor"}


def read_short_names(record: dict[str, Any], fields: dict[str, str], taken: set[str]) -> list[tuple[str, str, str]]:
    """Put the abbreviations that fields hold into the names of a record.

    Abbreviations of persons, and lists of another length than the names, are none: their fields stay as they are.
    The fields that were understood are put into ``taken``; returned are the raw ones that writing the names would not
    give back.
    """
    kept: list[tuple[str, str, str]] = []
    for role, field in _FIELDS.items():
        names = record.get(role, ())
        if field not in fields or not are_groups(names):
            continue
        texts = _texts(fields[field])
        if len(texts) == len(names):
            pairs = zip(names, texts, strict=True)
            record[role] = tuple(
                name if text == name.literal else name.model_copy(update={"short": text}) for name, text in pairs
            )
            taken.add(field)
            if _written(texts) != fields[field] or texts == [name.literal for name in names]:
                kept.append((TEX, field, fields[field]))
    return kept


def are_groups(names: tuple[Name, ...]) -> bool:
    """Whether all names are those of groups, which alone are abbreviated."""
    return bool(names) and all(name.literal is not None and not name.is_others for name in names)


def is_written(role: str, names: tuple[Name, ...]) -> bool:
    """Whether the abbreviations of those who hold a role have a field."""
    return role in _FIELDS and are_groups(names)


def short_fields(work: Work) -> Iterator[str]:
    """Yield the lines for the abbreviations of a work: the raw field that gave them, where it still does."""
    for role, field in _FIELDS.items():
        names: tuple[Name, ...] = getattr(work, role)
        if not are_groups(names):
            continue
        raws = [raw for _, name, raw in work.extra if name == field and fits_field(raw)]
        has_short = any(name.short for name in names)
        if not (raws or has_short):
            continue
        shorts = [name.short or str(name.literal) for name in names]
        raw = next((raw for raw in raws if _texts(raw) == shorts), None)
        if raw or has_short:
            yield line(field, raw or _written(shorts))


def _texts(raw: str) -> list[str]:
    from pybtex.bibtex.utils import split_name_list  # noqa: PLC0415 - loads when used

    return [decode(tex).text.strip() for tex in split_name_list(raw.strip())] if raw.strip() else []


def _written(texts: list[str]) -> str:
    return " and ".join(f"{{{escape(text)}}}" for text in texts)
