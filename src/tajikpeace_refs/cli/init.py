"""``init``: a new bibliography."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tajikpeace_refs.cli import _common
from tajikpeace_refs.errors import UsageError

_SCHEMA = "references.schema.json"
_STARTER = """\
# yaml-language-server: $schema={schema}
# A bibliography, for tajikpeace-refs, pandoc and Quarto. The line above lets editors complete and check it.
#
#   tajikpeace-refs add {name} --type book     asks for a work and adds it
#   tajikpeace-refs add {name} -               adds what you paste: BibTeX, RIS, CSL-JSON
#   tajikpeace-refs lint {name}                what is wrong or doubtful
#   tajikpeace-refs export {name} -o list.bib  BibTeX; also .ris, .docx, .html, .md (APA)

# language: en         # of works without a language
# proper-nouns: []     # words that keep their capitals: [Tajik, Paris Agreement]

references:

# Examples, one for each type: remove the '# ' before the lines of one, and change the values.
#
"""


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The YAML file to make; it must not exist.")] = Path(
        "references.yaml"
    ),
) -> None:
    """Begin a bibliography: make a new YAML file.

    It has no works yet. Comments explain it, and have an example of each common type.

    Example: tajikpeace-refs init mine.yaml
    """
    from tajikpeace_refs import files

    if file.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(f"{str(file)!r}: a bibliography is a YAML file; name it for example {file.stem}.yaml")
    if file.exists() or file.is_symlink():
        raise UsageError(f"{str(file)!r} exists already and is not changed; name another file")
    files.write_text(file, [starter(file.name)])
    made = [str(file)]
    schema = file.with_name(_SCHEMA)
    if not schema.exists():
        from tajikpeace_refs.schema import json_schema

        files.write_text(schema, [json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"])
        made.append(f"{schema} (for editors)")
    _common.write_stdout([f"made {' and '.join(made)}\n"])


def starter(name: str) -> str:
    """Return the text of a new list: no works, and examples in comments."""
    from importlib.resources import files

    examples = files("tajikpeace_refs.cli").joinpath("examples.yaml").read_text(encoding="utf-8")
    commented = "".join(f"#   {line}".rstrip() + "\n" for line in examples.splitlines())
    return _STARTER.format(name=name, schema=_SCHEMA) + commented
