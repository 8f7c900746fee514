"""The JSON Schema that editors complete and check by says what the loader does."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import tajikpeace_refs as refs
from tajikpeace_refs.model.work import SPELLING
from tajikpeace_refs.schema import json_schema
from tests.conftest import DATA

ROOT = DATA.parents[1]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


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
            for example in shown["examples"]:
                only = {"$ref": f"#/$defs/{name}/properties/{key}", "$defs": SCHEMA["$defs"]}
                assert not list(Draft202012Validator(only).iter_errors(example)), key


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
