"""``schema``: the JSON Schema of the YAML format."""

from __future__ import annotations

import json

from tajikpeace_refs.cli import _common


def schema() -> None:
    """Print the JSON Schema of the YAML format, for editors.

    Example: tajikpeace-refs schema > references.schema.json

    Put '# yaml-language-server: $schema=references.schema.json' on top of the YAML file.
    """
    from tajikpeace_refs.schema import json_schema

    _common.write_stdout([json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"])
