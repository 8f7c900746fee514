"""What every model shares: frozen, closed, spelled as CSL spells its variables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

# CSL writes these in capitals; every other variable is the attribute with hyphens.
_CAPITALS = {name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")}
# Two CSL variables are spelled with an underscore.
_UNDERSCORE = frozenset({"archive_collection", "archive_location"})


def csl_name(attribute: str) -> str:
    """Return CSL's spelling of an attribute.

    >>> csl_name("container_title"), csl_name("url"), csl_name("archive_location")
    ('container-title', 'URL', 'archive_location')
    """
    if attribute in _UNDERSCORE:
        return attribute
    return _CAPITALS.get(attribute, attribute.replace("_", "-"))


class Value(BaseModel):
    """Base of every model: an immutable value that shows only what is set."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=csl_name,
        validate_by_name=True,
        validate_by_alias=True,
        # CSL-JSON allows a number where we keep text.
        coerce_numbers_to_str=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        held = self.__dict__
        return ((name, held[name]) for name in type(self).model_fields if held[name] not in (None, (), False))

    def plain(self) -> dict[str, Any]:
        """Return plain data in CSL's spellings, with only what is set."""
        return self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
