"""``schema``: the JSON Schema of the YAML format, and the list of its keys."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Annotated

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError


def schema(
    keys: Annotated[
        bool, typer.Option("--keys", help="Print all keys instead: kind of value, meaning, example.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --keys: as JSON, for programs.")] = False,
) -> None:
    """Print the JSON Schema of the YAML format for editors, or a list of its keys.

    Example: tajikpeace-refs schema > references.schema.json

    Put '# yaml-language-server: $schema=references.schema.json' on top of the YAML file.
    """
    from tajikpeace_refs.schema import PLACES, json_schema
    from tajikpeace_refs.schema import keys as all_keys

    if as_json and not keys:
        raise UsageError("--json needs --keys; without it the schema is printed, which is JSON")
    if as_json:
        listed = [key._asdict() for key in all_keys()]
        _common.write_stdout([json.dumps(listed, ensure_ascii=False, indent=2) + "\n"])
    elif keys:
        for of, group in groupby(all_keys(), key=lambda key: key.of):
            lines = (f"  {each.key} ({each.value}): {each.meaning} Example: {each.example}\n" for each in group)
            _common.write_stdout([f"Keys of {PLACES[of]}:\n", *lines])
    else:
        _common.write_stdout([json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"])
