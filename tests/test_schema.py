"""The JSON Schema that editors complete and check by says what the loader does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tajikpeace_refs as refs
from tajikpeace_refs.model.work import SPELLING
from tajikpeace_refs.schema import Key, json_schema, keys
from tests import strategies
from tests.conftest import DATA

ROOT = DATA.parents[1]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
CORPORA = sorted(
    path for folder in (DATA / "golden", DATA / "lint", ROOT / "data") for path in folder.rglob("*")
    if path.suffix in {".yaml", ".bib", ".ris", ".json"} and "schema" not in path.name
)  # fmt: skip


def faults(text: str) -> list[str]:
    """Return what is not valid in a text whose plain scalars are typed by YAML 1.1, dates and all."""
    found = VALIDATOR.iter_errors(yaml.safe_load(text))
    return [str(part.message)[:200] for fault in found for part in fault.context or [fault]]


def works(**more: Any) -> dict[str, Any]:
    return {"references": [{"id": "a", "type": "book", "title": "Peace", **more}]}


def test_schema_file_in_the_repository_is_current():
    """Renew with: tajikpeace-refs schema > data/references.schema.json."""
    assert json.loads((ROOT / "data" / "references.schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_corpus_names_the_schema_and_is_valid():
    """However a YAML reader types the scalars: all text, or numbers where they look so."""
    text = (ROOT / "data" / "references.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=references.schema.json\n")
    for loader in (yaml.BaseLoader, yaml.SafeLoader):
        data = json.loads(json.dumps(yaml.load(text, Loader=loader), default=str))  # noqa: S506 - our own file
        if loader is yaml.BaseLoader:  # its truth values are text
            data = json.loads(json.dumps(data).replace('"true"', "true").replace('"false"', "false"))
        VALIDATOR.validate(data)


def test_every_key_of_the_schema_has_a_description_and_a_valid_example():
    """Draft 2020-12; every key of the model, with a description and an example that the schema takes."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    properties = SCHEMA["$defs"]["work"]["properties"]
    assert set(properties) == {*SPELLING.values(), "custom", "foreign"}
    for name, part in SCHEMA["$defs"].items():
        for key, shown in part.get("properties", {}).items():
            assert shown["description"], key
            snippets = [snippet["body"] for snippet in shown.get("defaultSnippets", [])]
            assert shown.get("examples") or snippets or shown.get("$ref") or shown["items"]["$ref"], key
            for example in [*shown.get("examples", []), *snippets]:
                only = {"$ref": f"#/$defs/{name}/properties/{key}", "$defs": SCHEMA["$defs"]}
                assert not list(Draft202012Validator(only).iter_errors(example)), key


WORK = {"id": "a", "type": "book", "title": "Peace"}


@pytest.mark.parametrize("key", keys(), ids=lambda key: f"{key.of}.{key.key}")
def test_example_of_a_key_is_read(key: Key):
    """What ``schema --keys`` shows can be written so: key and example, in block style, read strictly."""
    assert key.meaning.endswith(".")
    assert key.value
    held = WORK | {key.key: key.example} if key.of == "work" else WORK
    nested = {"name": "author", "transliterated": "author", "correction": "corrections", "link-review": "link-review"}
    lines = [f"{name}: {value}" for name, value in held.items()]
    if key.of in nested:
        others = {each.key: each.example for each in keys() if each.of == key.of}
        chosen = others if key.of in {"correction", "link-review"} else {"family": "Лотман", key.key: key.example}
        if key.key == "literal":
            del chosen["family"]
        begin = {
            "name": "- ",
            "transliterated": "- family: Лотман\n      transliterated:\n        ",
            "correction": "- ",
        }
        deep = " " * {"transliterated": 8, "link-review": 4}.get(key.of, 6)
        text = f"\n{deep}".join(f"{name}: {value}" for name, value in chosen.items())
        lines.append(f"{nested[key.of]}:\n    {begin.get(key.of, '')}{text}")
    works = "- " + "\n  ".join(lines)
    file = f"{key.key}: {key.example}\n" if key.of == "file" and key.key != "references" else ""
    assert len(refs.parse(f"{file}references:\n{works}\n", "csl-yaml", strict=True)) == 1


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping of a schema."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(part)


def test_no_example_is_a_mapping():
    """The language server of YAML inserts it as ``[object Object]`` (yamlCompletion.ts, getInsertTemplateForValue)."""
    for part in parts(SCHEMA):
        for example in part.get("examples", []):
            texts = example if isinstance(example, list) else [example]
            assert all(isinstance(text, (str, bool)) for text in texts), part


def test_snippet_is_offered_only_where_no_schema_has_the_keys():
    """Beside a ``$ref`` the language server would insert the key alone."""
    snippets = [part for part in parts(SCHEMA) if "defaultSnippets" in part]
    assert [part["defaultSnippets"][0]["label"] for part in snippets if "$ref" not in part] == [
        "extra",
        "extra",
        "custom",
    ]
    assert not [part for part in snippets if "$ref" in part]


def test_value_has_one_type_of_one_branch():
    """A hover shows the title of the schema once for each branch of ``anyOf`` that fits a value."""
    assert SCHEMA["$defs"]["date"] == {"type": ["string", "integer", "object"]}
    for value in ("2008", 2008, {"date-parts": [[2008]]}, ["Li, B."], "Li, B.", {"family": "Li"}):
        for name in ("date", "names"):
            branches = SCHEMA["$defs"][name].get("anyOf", [])
            fitting = [Draft202012Validator({**each, "$defs": SCHEMA["$defs"]}).is_valid(value) for each in branches]
            assert sum(fitting) <= 1


@given(strategies.works(), st.sampled_from(["tajik", "2012-03-01", "1e5", "true", "null", "0x1F", "", "12:30", "~"]))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_list_that_is_written_is_valid_for_editors(work: refs.Work, text: str):
    """However a reader types plain scalars, dates and numbers among the extra fields too."""
    extra = (refs.ExtraField("bibtex", "urldate", text), refs.ExtraField("csl-yaml", "custom.key", f'"{text}"'))
    assert faults(refs.render([work.replace(extra=extra)], "csl-yaml")) == []


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name)
def test_what_is_written_of_other_people_s_lists_is_valid(path: Path):
    """Keys that are no variables are written back to YAML, and are a finding of lint; they do not count here."""
    library = refs.load(path, on_problem=lambda _: None)
    known = [work.replace(extra=[each for each in work.extra if each.format != "csl-yaml"]) for work in library]
    assert faults(refs.render(known, "csl-yaml")) == []


@pytest.mark.parametrize(
    "more",
    [
        {"volume": 34}, {"volume": "010"}, {"issued": 2006}, {"issued": "1992/1997"},
        {"issued": {"date-parts": [[2006]]}}, {"author": "Usmonov, I."}, {"author": [{"literal": "UN"}, "Burton, J."]},
        {"author": {"family": "Usmonov", "transliterated": {"family": "Usmonov"}}}, {"keyword": "a, b"},
        {"keyword": ["a", "b"]}, {"remarks": "one"}, {"extra": {"bibtex": {"mrnumber": "1", "x": ["a", "b"]}}},
        {"locator": "p. 204"}, {"link-review": {"date": "2026-05-01", "verdict": "dead", "reason": "closed"}},
        {"retrieval-needed": True}, {"custom": {"remarks": ["x"]}},
    ],
)  # fmt: skip
def test_work_that_the_loader_accepts_is_valid(more: dict[str, Any]):
    VALIDATOR.validate(works(**more))
    assert len(refs.parse(yaml.safe_dump(works(**more), allow_unicode=True), "csl-yaml")) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"volumne": "3"}, {"type": "bok"}, {"author": [{"familly": "Usmonov"}]}, {"title": ["x"]}, {"issued": [2006]},
        {"corrections": [{"variable": "title"}]}, {"retrieval-needed": "perhaps"}, {"link-review": {"date": "2026-05-01", "verdict": "dead"}}, {"keyword": {"a": "b"}},
    ],
)  # fmt: skip
def test_work_that_the_loader_refuses_is_not_valid(more: dict[str, Any]):
    assert not VALIDATOR.is_valid(works(**more))
    with pytest.raises(refs.InputError):
        refs.parse(yaml.safe_dump(works(**more), allow_unicode=True), "csl-yaml", strict=True)


def test_bare_list_is_valid_and_id_type_and_title_are_required():
    assert VALIDATOR.is_valid(works()["references"])
    assert not VALIDATOR.is_valid({"referenses": []})
    for missing in ("id", "type", "title"):
        work = works()["references"][0]
        del work[missing]
        assert not VALIDATOR.is_valid([work])
