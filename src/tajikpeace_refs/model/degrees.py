"""Degrees and titles that stand in the parts of a person's name, and belong to no reference (APA 9.8)."""

from __future__ import annotations

import re

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_shapes import CREDENTIAL, DEGREE, TITLE

_DEGREES_BEHIND = re.compile(rf"(?:,?(?<!\s)\s+{DEGREE.pattern}){{1,9}}$")


def without_degrees(name: Name) -> Name:
    """Return the name of a person without degrees and titles, which stand behind it, before it or as its suffix.

    Two capitals behind a given name may be initials: they are a degree behind a comma only.

    >>> without_degrees(Name(family="Hill PhD", given="Ada, MD", suffix="Jr., MPH"))
    Name(family='Hill', given='Ada', suffix='Jr.')
    >>> without_degrees(Name(family="Hill", given="Prof. Dr. Ada")), without_degrees(Name(family="Hill", given="Drew"))
    (Name(family='Hill', given='Ada'), Name(family='Hill', given='Drew'))
    """
    changes: dict[str, str | None] = {}
    for part in ("family", "given", "suffix"):
        text: str | None = getattr(name, part)
        if text and (part == "suffix" or " " in text):
            kept = _without_degrees(text, is_suffix=part == "suffix")
            if part == "given" and (title := TITLE.match(kept)):
                kept = kept[title.end() :]
            if kept != text:
                changes[part] = kept or None
    return name.model_copy(update=changes) if changes else name


def _without_degrees(text: str, *, is_suffix: bool) -> str:
    first, *more = text.split(",")
    kept = [part for part in more if not CREDENTIAL.fullmatch(part.strip())]
    if not (is_suffix and CREDENTIAL.fullmatch(first)):
        kept.insert(0, first)
    return _DEGREES_BEHIND.sub("", ",".join(kept).strip())
