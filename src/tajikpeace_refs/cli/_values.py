"""Values of variables as people type them on the command line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from tajikpeace_refs.errors import UsageError

_STRUCTURED = frozenset({"extra", "corrections", "link_review", "locator", "retrieval_needed"})
"""Variables whose values are always YAML: mappings, lists of mappings and truth values."""
_AS_YAML = ("[", "{", "'", '"')
_NAMES_AS_YAML = re.compile(r"\s*(?:[\['\"]|\{\s*[\"']?[\w-]+[\"']?\s*:\s)")
_BETWEEN_NAMES = re.compile(r";(?![^{}]*\})")
"""Not a semicolon in the braces around the name of an organisation."""


def parse_assignments(texts: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``VARIABLE=VALUE`` texts by attribute; an empty one is None: the variable is removed.

    Texts are Markdown, as in the YAML of a list.

    >>> parse_assignments(["title=Peace: a history", "author=Usmonov, I.; Hill, Ann", "keyword=[war, peace]", "note="])
    {'title': 'Peace: a history', 'author': ['Usmonov, I.', 'Hill, Ann'], 'keyword': ['war', 'peace'], 'note': None}

    Raises:
        UsageError: a text has no ``=``, a variable is unknown or given twice, or a value is no YAML; all are named.
    """
    values: dict[str, Any] = {}
    mistakes = []
    for text in texts:
        try:
            name, value = _assignment(text, values)
        except UsageError as error:
            mistakes.append(str(error))
        else:
            values[name] = value
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return from_yaml(values)


def from_yaml(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by attribute, as YAML has them, as the model has them.

    >>> from_yaml({"title": "On *E. coli*", "issued": None})
    {'title': 'On <i>E. coli</i>', 'issued': None}
    """
    from tajikpeace_refs.formats.csl_yaml import without_markdown
    from tajikpeace_refs.model.work import SPELLING

    record = without_markdown({SPELLING[name]: value for name, value in values.items() if value is not None})
    return {name: record[SPELLING[name]] if value is not None else None for name, value in values.items()}


def _assignment(text: str, known: Container[str]) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is not VARIABLE=VALUE; write for example publisher=Irfon")
    variable = known_variable(name.strip())
    if variable in known:
        raise UsageError(f"{name}: is given twice; give it once")
    return variable, parse_value(variable, value)


def known_variable(name: str) -> str:
    """Return the attribute of a variable in CSL's or Python's spelling.

    Raises:
        UsageError: there is no such variable.
    """
    from tajikpeace_refs.model.base import attribute
    from tajikpeace_refs.model.validation import unknown_variable
    from tajikpeace_refs.model.work import FIELDS

    variable = attribute(name)
    if variable not in FIELDS:
        raise UsageError(unknown_variable(name))
    return variable


def parse_value(variable: str, text: str) -> Any:  # noqa: ANN401 - plain data
    """Return the plain value of a text for a variable; None for an empty text.

    Names are separated by semicolons; those of organisations may stand in braces. A text variable takes the text as it
    stands, unless it is in quotation marks, which are YAML's; lists and mappings are YAML.

    Raises:
        UsageError: what has to be YAML is none.
    """
    from tajikpeace_refs.model.work import NAME_VARIABLES, SPELLING, Work
    from tajikpeace_refs.yaml_text import YamlText

    if not text.strip():
        return None
    is_list = Work.model_fields[variable].default == ()
    if variable in NAME_VARIABLES and not _NAMES_AS_YAML.match(text):
        return [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()]
    if variable not in _STRUCTURED and not text.startswith(_AS_YAML[2:] + (_AS_YAML[:2] if is_list else ())):
        return text
    yaml = YamlText(text)
    if yaml.syntax_error or yaml.mistakes:
        reason = yaml.syntax_error[1] if yaml.syntax_error else yaml.mistakes[0].message
        raise UsageError(f"{SPELLING[variable]}: {text!r} is not valid YAML: {reason}")
    return yaml.data
