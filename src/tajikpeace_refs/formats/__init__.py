"""The formats. The folder is the registry: a module here without a leading ``_`` is a format, its constant ``FORMAT``.

To add one, add one file; nothing else has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules

from tajikpeace_refs.errors import UsageError, did_you_mean
from tajikpeace_refs.formats._base import Format
from tajikpeace_refs.formats._keys import Keys
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.options import Options

__all__ = ["Format", "for_path", "get", "names", "whole"]


@cache
def names() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(m.name.replace("_", "-") for m in iter_modules(__path__) if not m.name.startswith("_")))


@cache
def get(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: there is no such format; the known ones are named.
    """
    if name not in names():
        raise UsageError(f"unknown format {name!r}{did_you_mean(name, names())}; known: {', '.join(names())}")
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    found: Format = module.FORMAT
    return found


def for_path(path: str | PurePath) -> Format:
    """Return the format that the suffix of a path stands for.

    Raises:
        UsageError: no format has that suffix.
    """
    suffix = PurePath(path).suffix.lower()
    for name in names():
        if suffix in get(name).suffixes:
            return get(name)
    known = sorted(suffix for name in names() for suffix in get(name).suffixes)
    what = f"the suffix {suffix!r} of {str(path)!r}" if suffix else f"{str(path)!r}, which has no suffix,"
    raise UsageError(f"{what} names no format; use one of {' '.join(known)}, or name the format")


def whole(chosen: Format, works: Iterable[Work], options: Options) -> Iterator[str]:
    """Yield the text of a list in a format, a piece a work where it has a frame: keys given out, the frame around.

    Raises:
        UsageError: the format is not written.
    """
    if chosen.write is None:
        writable = ", ".join(name for name in names() if get(name).write)
        raise UsageError(f"{chosen.name} is read, not written; writable: {writable}")
    if chosen.key_of:
        keys, key_of = Keys(), chosen.key_of
        options = replace(options, key=lambda work_id: keys.take(key_of(work_id)))
    texts = chosen.write(works, options)
    return texts if chosen.frame is None else chosen.frame(options.front).around(texts)
