"""Reading and writing: ours beside the peers, on the same works.

What a side starts from is loaded before the clock starts: a text, built models, a peer's built objects. Programs
(pandoc, bibutils) start, read a file and print, as they do for their users.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import tajikpeace_refs as refs
from benchmarks.measure import AbsentError, Row, Run, Side, compare
from tajikpeace_refs.model import Work
from tajikpeace_refs.model.work import WORK


def rows(folder: Path, size: int, enough_s: float) -> Iterator[Row]:
    """Yield the rows of every job."""
    for job, sides in JOBS.items():
        yield from compare(f"Formats, {size:,} works, CPU time", job, size, folder, sides, enough_s)


def text_of(folder: Path, suffix: str) -> str:
    """Return the text of the works' file of that kind."""
    return (folder / f"works.{suffix}").read_text(encoding="utf-8")


def works_of(folder: Path) -> list[Work]:
    """Return the works of the folder, built."""
    with (folder / "works.jsonl").open(encoding="utf-8") as lines:
        return [work for work in refs.iter_parse(lines, "csl-json") if isinstance(work, Work)]


def _models(records: list[dict[str, Any]]) -> int:
    """Make models of plain records, which is everyone's next step after a parser."""
    return len([WORK.validate_python(record) for record in records])


def our_reader(suffix: str, name: str, folder: Path) -> Run:
    """Read a text into a library."""
    text = text_of(folder, suffix)
    return lambda: len(refs.parse(text, name))


def our_writer(name: str, mark: str, folder: Path) -> Run:
    """Write built works as text; each work shows its mark once."""
    library = works_of(folder)
    return lambda: refs.render(library, name, on_loss="ignore").count(mark)


def our_converter(suffix: str, target: str, folder: Path) -> Run:
    """Convert a file to a file."""
    made = folder / f"converted-{suffix}.{target}"
    return lambda: refs.convert(folder / f"works.{suffix}", made, on_loss="ignore")


def _dateless(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with the dates that YAML makes of ``2008-06-27`` as text again: the models take no others."""
    for key in ("issued", "accessed"):
        if isinstance(record.get(key), dt.date):
            record[key] = str(record[key])
    return record


def pyyaml(folder: Path) -> Run:
    """Load with libyaml and PyYAML's constructor, then make the models; numbers become text in the models."""
    import yaml

    text = text_of(folder, "yaml")
    return lambda: _models([_dateless(record) for record in yaml.load(text, yaml.CSafeLoader)["references"]])


def ruamel(folder: Path) -> Run:
    """Load with ruamel's C parser and safe constructor, then make the models."""
    import ruamel.yaml

    loader, text = ruamel.yaml.YAML(typ="safe"), text_of(folder, "yaml")
    return lambda: _models([_dateless(record) for record in loader.load(text)["references"]])


def orjson_models(folder: Path) -> Run:
    """Load the same records from JSON and make the models: what no YAML reader can pass."""
    import orjson
    import yaml

    packed = orjson.dumps(yaml.load(text_of(folder, "yaml"), yaml.CBaseLoader)["references"])  # noqa: S506
    return lambda: _models(orjson.loads(packed))


def json_dicts(folder: Path) -> Run:
    """Load the items with the standard library, into dicts."""
    text = text_of(folder, "jsonl")
    return lambda: len([json.loads(line) for line in text.splitlines()])


def json_dumps(folder: Path) -> Run:
    """Write items that are dicts already."""
    items = [json.loads(line) for line in text_of(folder, "jsonl").splitlines()]
    return lambda: json.dumps(items, ensure_ascii=False, indent=1).count('\n  "id":')


def pybtex_reader(folder: Path) -> Run:
    """Parse with pybtex: names split, TeX left as it is."""
    from pybtex.database import parse_string

    text = text_of(folder, "bib")
    return lambda: len(parse_string(text, "bibtex").entries)


def pybtex_writer(folder: Path) -> Run:
    """Write pybtex's own objects, built of the same works."""
    from pybtex.database import parse_string

    database = parse_string(refs.render(works_of(folder), "bibtex", on_loss="ignore"), "bibtex")
    return lambda: str(database.to_string("bibtex")).count("\n}\n")


def bibtexparser_reader(folder: Path) -> Run:
    """Parse with bibtexparser's default stack: names in one piece, TeX left as it is."""
    import bibtexparser

    text = text_of(folder, "bib")
    return lambda: len(bibtexparser.parse_string(text).entries)


def bibtexparser_writer(folder: Path, *, in_place: bool) -> Run:
    """Write bibtexparser's own objects, which hold TeX already: as it does by default, or with its copying off."""
    import bibtexparser

    library = bibtexparser.parse_string(refs.render(works_of(folder), "bibtex", on_loss="ignore"))
    stack = bibtexparser.middlewares.default_unparse_stack(allow_inplace_modification=in_place)
    return lambda: str(bibtexparser.write_string(library, unparse_stack=stack)).count("\n}\n")


def citation_js_writer(folder: Path) -> Run:
    """Write CSL-JSON items, which are citation-js's own objects; node starts and reads them first."""
    modules = node_modules(folder, "@citation-js/core", "@citation-js/plugin-bibtex")
    items, script = csl_items(folder), Path(__file__).with_name("bib_citation.js")
    return program(["node", str(script), str(modules), str(items)], b"\n}\n")


def rispy_reader(folder: Path) -> Run:
    """Parse with rispy, into dicts."""
    import rispy

    text = text_of(folder, "ris")
    return lambda: len(rispy.loads(text))


def rispy_writer(folder: Path) -> Run:
    """Write rispy's dicts."""
    import rispy

    entries = rispy.loads(text_of(folder, "ris"))
    return lambda: str(rispy.dumps(entries)).count("TY  - ")


def program(command: list[str], mark: bytes, given: str | None = None) -> Run:
    """Return a run of a program that prints its mark once a work."""

    def run() -> int:
        out: bytes = subprocess.run(command, input=given and given.encode(), check=True, capture_output=True).stdout
        return out.count(mark)

    return run


def node_modules(folder: Path, *packages: str) -> Path:
    """Install packages from npm, and return the folder that they are in."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise AbsentError("needs node and npm")
    if subprocess.run(["npm", "install", "--silent", "--prefix", folder, *packages], check=False).returncode:
        raise AbsentError(f"npm could not install {' '.join(packages)}")
    return folder / "node_modules"


def csl_items(folder: Path) -> Path:
    """Write a JSON file of the folder's works in CSL's variables alone, and return its path."""
    lines = (folder / "works.jsonl").read_text(encoding="utf-8").splitlines()
    path = folder / "items.json"
    items = [{key: value for key, value in json.loads(line).items() if key != "custom"} for line in lines]
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


def pandoc_path() -> str:
    """Return where pypandoc keeps pandoc."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def pandoc(suffix: str, name: str, folder: Path) -> Run:
    """Convert a file to CSL-JSON with pandoc."""
    return program([pandoc_path(), "-f", name, "-t", "csljson", str(folder / f"works.{suffix}")], b'\n    "id":')


def bibutils(suffix: str, folder: Path) -> Run:
    """Convert a file to MODS, bibutils' own model, with bibutils."""
    tool = shutil.which(f"{suffix}2xml")
    if tool is None:
        raise AbsentError("apt install bibutils")
    return program([tool, str(folder / f"works.{suffix}")], b"<mods ")


JOBS = {
    "YAML → models": [
        Side("ours", partial(our_reader, "yaml", "csl-yaml")),
        Side("PyYAML CSafeLoader + the same models", pyyaml, target=5),
        Side("ruamel (safe, C parser) + the same models", ruamel),
        Side("orjson + the same models (the bound)", orjson_models, target=1 / 3),
    ],
    "models → .bib": [
        Side("ours", partial(our_writer, "bibtex", "\n}\n")),
        Side("pybtex to_string", pybtex_writer, target=1),
        Side("bibtexparser write_string", partial(bibtexparser_writer, in_place=False), target=1),
        Side("bibtexparser write_string, in place (raw TeX joined)", partial(bibtexparser_writer, in_place=True)),
        Side("citation-js (program)", citation_js_writer, target=1),
    ],
    ".bib → models": [
        Side("ours", partial(our_reader, "bib", "bibtex")),
        Side("pybtex parse alone", pybtex_reader, target=1),
        Side("bibtexparser (raw text)", bibtexparser_reader),
        Side("bibutils bib2xml (program)", partial(bibutils, "bib")),
    ],
    "models → RIS": [
        Side("ours", partial(our_writer, "ris", "TY  - ")),
        Side("rispy dumps (of dicts)", rispy_writer, target=1),
    ],
    "RIS → models": [
        Side("ours", partial(our_reader, "ris", "ris")),
        Side("rispy loads (dicts)", rispy_reader, target=1 / 2.5),
        Side("bibutils ris2xml (program)", partial(bibutils, "ris")),
    ],
    "CSL-JSON → models": [
        Side("ours", partial(our_reader, "jsonl", "csl-json")),
        Side("json.loads (dicts)", json_dicts),
    ],
    "models → CSL-JSON": [
        Side("ours", partial(our_writer, "csl-json", '\n    "id":')),
        Side("json.dumps (of dicts)", json_dumps),
    ],
    ".bib → CSL-JSON": [
        Side("ours", partial(our_converter, "bib", "json")),
        Side("pandoc (program)", partial(pandoc, "bib", "bibtex")),
    ],
    "RIS → CSL-JSON": [
        Side("ours", partial(our_converter, "ris", "json")),
        Side("pandoc (program)", partial(pandoc, "ris", "ris")),
    ],
}
