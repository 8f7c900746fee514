"""The YAML format, made from the models: a JSON Schema (draft 2020-12) for editors, and a list of its keys."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple, get_args

import yaml

from tajikpeace_refs.model.base import Value, csl_name
from tajikpeace_refs.model.csl import NAMES
from tajikpeace_refs.model.editorial import Correction, LinkReview, LinkVerdict
from tajikpeace_refs.model.library import FrontMatter
from tajikpeace_refs.model.name import Name, NameForm
from tajikpeace_refs.model.work import DATE_VARIABLES, NAME_VARIABLES, SPELLING, TYPES, Work

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "number"]}
"""Text that an editor's YAML may read as a number: ``volume: 34``."""
_EXAMPLE = re.compile(r"\s*Example: ``(.*?)``(?: in [^.]*)?\.?\s*", re.DOTALL)


class Key(NamedTuple):
    """One key of the YAML format."""

    of: str
    """What has the key: one of `PLACES`."""
    key: str
    """The key as it is written in YAML."""
    value: str
    """The kind of its value: ``text``, ``names``, ``date``, ``true or false`` …"""
    meaning: str
    """What the value says, in Markdown."""
    example: str
    """A value, in YAML."""


_MODELS: dict[str, type[Value]] = {
    "file": FrontMatter, "work": Work, "name": Name, "transliterated": NameForm, "correction": Correction,
    "link-review": LinkReview,
}  # fmt: skip
PLACES = {"file": "the file", "work": "a work", "name": "a name", "transliterated": "`transliterated` in a name",
          "correction": "an item of `corrections`", "link-review": "`link-review`"}  # fmt: skip
"""What has keys, by the name that `Key.of` gives it."""
_KINDS = {"names": "names", "date": "date", "work": "work", "name-form": "mapping", "link-review": "mapping",
          "correction": "list of mappings"}  # fmt: skip


def keys() -> tuple[Key, ...]:
    """Return every key of the YAML format, in the order of the models.

    >>> next(key for key in keys() if key.key == "issued")
    Key(of='work', key='issued', value='date', meaning='When the work was published.', example='2008-06')
    """
    schema = json_schema()
    parts = {**schema["$defs"], "file": schema["anyOf"][0], "transliterated": schema["$defs"]["name-form"]}
    works = Key(
        "file",
        "references",
        "list of works",
        "The works, in the order of the list.",
        "[{id: a, type: book, title: Peace}]",
    )
    found = (
        Key(of, key, _kind(parts[of]["properties"][key]), meaning, example)
        for of, model in _MODELS.items()
        for key, meaning, example in _described(model)
    )
    return works, *found


def _kind(part: dict[str, Any]) -> str:
    """Return the kind of value that a part of the schema takes, in words."""
    match part:
        case {"enum": [*values]}:
            return f"one of {', '.join(values)}"
        case {"$ref": place} | {"items": {"$ref": place}}:
            return _KINDS[place.removeprefix("#/$defs/")]
        case {"type": "boolean"}:
            return "true or false"
        case {"items": _}:
            return "list of texts"
        case {"type": "object"}:
            return "mapping"
    return "text"


def json_schema() -> dict[str, Any]:
    """Return the schema of a library file: every key with a description and an example, unknown keys refused.

    >>> json_schema()["$defs"]["work"]["properties"]["issued"]["examples"]
    ['2008-06']
    """
    work = _object(Work, {**dict.fromkeys(map(_spelt, NAME_VARIABLES), _ref("names")),
                          **dict.fromkeys(map(_spelt, DATE_VARIABLES), _ref("date")),
                          "link-review": _ref("link-review")})  # fmt: skip
    work["properties"]["type"]["enum"] = list(TYPES)
    work["properties"]["retrieval-needed"]["type"] = "boolean"
    work["properties"]["corrections"] |= {"type": "array", "items": _ref("correction")}
    words = {"type": ["string", "array"], "items": _TEXT}
    for name in ("keyword", "categories", "remarks"):
        work["properties"][name] |= words
    texts = {"type": "object", "additionalProperties": {"type": ["string", "number", "array"], "items": _TEXT}}
    work["properties"]["extra"] |= {"type": "object", "additionalProperties": texts}
    work["properties"]["foreign"] = work["properties"]["extra"] | {"description": "The old name of `extra`."}
    work["required"] = ["id", "type", "title"]
    work["properties"]["custom"] = {
        "type": "object", "description": "Our own keys, where CSL-JSON has them.",
        **_examples("custom", {"remarks": ["x"]}),
    }  # fmt: skip
    works = {"type": "array", "items": _ref("work"), "description": "The works, in the order of the list."}
    top = _object(FrontMatter, {"source": _ref("work")})
    top["properties"]["proper-nouns"] |= {"type": "array", "items": {"type": "string"}}
    top["properties"]["references"] = works
    top["required"] = ["references"]
    return {
        "$schema": DIALECT,
        "title": "A bibliography in CSL-YAML, as tajikpeace-refs reads it",
        "anyOf": [top, works],
        "$defs": {"work": work, **_parts()},
    }


def _parts() -> dict[str, Any]:
    name = _object(Name, {"transliterated": _ref("name-form")})
    for key in ("comma-suffix", "static-ordering", "parse-names"):
        name["properties"][key]["type"] = "boolean"
    one = [_ref("name"), {"type": "string", "examples": ["Usmonov, I.", "United States Institute of Peace"]}]
    correction = _object(Correction, {})
    correction["properties"]["applied"]["type"] = "boolean"
    for key in ("basis", "certainty"):
        correction["properties"][key]["enum"] = list(Correction.model_fields[key].annotation.__args__)  # type: ignore[union-attr]
    correction["required"] = list(correction["properties"])
    review = _object(LinkReview, {})
    review["properties"]["verdict"]["enum"] = list(get_args(LinkVerdict))
    review["required"] = list(review["properties"])
    return {
        "name": name,
        "name-form": _object(NameForm, {}),
        "names": {"anyOf": [{"type": "array", "items": {"anyOf": one}}, *one]},
        "date": {"type": ["string", "integer", "object"]},
        "correction": correction,
        "link-review": review,
    }


def _object(model: type[Value], kinds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the object that a model is: each field with its description and example, text unless it has a kind."""
    properties = {}
    for key, meaning, example in _described(model):
        kind = kinds.get(key, _TEXT)
        examples = _examples(key, _value(example), has_keys="$ref" in kind) if example else {}
        properties[key] = {**kind, "description": meaning, **examples}
    return {
        "type": "object", "description": (inspect.getdoc(model) or "").split("\n\n")[0].replace("``", "`"),
        "properties": properties, "additionalProperties": False,
    }  # fmt: skip


def _described(model: type[Value]) -> Iterator[tuple[str, str, str]]:
    """Yield each key of a model with what its docstring says: its meaning, and an example in YAML."""
    docstrings = _docstrings(model)
    for name in model.model_fields:
        text = docstrings.get(name, "")
        found = _EXAMPLE.search(text)
        meaning = " ".join(_EXAMPLE.sub(" ", text).replace("``", "`").split())
        yield csl_name(name), meaning, " ".join(found[1].split()) if found else ""


def _examples(key: str, value: Any, *, has_keys: bool = False) -> dict[str, Any]:  # noqa: ANN401 - plain data
    """Return the example of a key, as an editor can insert it: a mapping is a snippet, names are texts.

    The language server of YAML writes ``[object Object]`` for a mapping among ``examples``. Where a schema has the keys
    of a mapping (``has_keys``), or of those in a list, it offers these with their own examples, and needs no other.
    """
    if key in NAMES:
        return {"examples": [[str(Name.model_validate(item)) for item in value]]}
    if isinstance(value, dict) and not has_keys:
        return {"defaultSnippets": [{"label": key, "body": _placeholders(value, count(1))}]}
    has_mapping = isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))
    return {} if has_mapping else {"examples": [value]}


def _placeholders(value: Any, numbers: Iterator[int]) -> Any:  # noqa: ANN401 - plain data
    """Return a value with each text in it as a numbered stop of a snippet."""
    if isinstance(value, dict):
        return {key: _placeholders(item, numbers) for key, item in value.items()}
    if isinstance(value, list):
        return [_placeholders(item, numbers) for item in value]
    return f"${{{next(numbers)}:{value}}}" if isinstance(value, str) else value


class _Loader(yaml.SafeLoader):
    """A YAML loader that reads ``true`` as a truth value and every other scalar as text."""

    yaml_implicit_resolvers = {"t": [("tag:yaml.org,2002:bool", re.compile("true"))]}  # noqa: RUF012 - PyYAML's name


def _value(example: str) -> Any:  # noqa: ANN401 - plain data
    return yaml.load(example, Loader=_Loader)  # noqa: S506 - a SafeLoader


def _docstrings(model: type[Value]) -> dict[str, str]:
    """Return the text under each attribute of a model, read from its source and that of the models it extends."""
    found: dict[str, str] = {}
    for base in model.__mro__[1:]:
        if base is not Value and issubclass(base, Value):
            found = _docstrings(base) | found
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - it is the source of a class
    for field, text in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            found[field.target.id] = str(text.value.value)
    return found


def _spelt(variable: str) -> str:
    return SPELLING[variable]


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
