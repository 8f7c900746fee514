"""What a model takes for names: one or several, with their parts or as a text."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from tajikpeace_refs.model.name import Name
from tajikpeace_refs.model.name_reading import read_text


def _ready(name: Any) -> Any:  # noqa: ANN401 - raw input
    if type(name) is dict and {*map(type, name.values())} == {str}:
        try:
            return _of_parts(*name.items())
        except ValueError:  # reported at its place when the whole work is validated
            return name
    return name


# Authors come again and again, and a name is immutable.
@lru_cache(maxsize=8192)
def _of_parts(*parts: tuple[str, str]) -> Name:
    return Name.model_validate(dict(parts))


def _one_or_many(value: Any) -> Any:  # noqa: ANN401 - raw input
    """Accept the short spellings: one name for a list of one, text for the names that it holds."""
    if isinstance(value, (list, tuple)):  # first: asking whether something is a model takes long
        if str in map(type, value):
            value = [
                name
                for item in value
                for name in (read_text(item) if isinstance(item, str) and item.strip() else (item,))
            ]
        return tuple([_ready(name) for name in value])
    return _one_or_many((value,)) if isinstance(value, (str, dict, Name)) else value


Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(_one_or_many),
    Field(json_schema_extra={"examples": [[{"family": "Usmonov", "given": "I."}]]}),
]
