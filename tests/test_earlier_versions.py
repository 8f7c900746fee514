"""Files of version 0.1 are read as it read them: tests/data/v0.1 has lists, and the CSL-JSON that 0.1 wrote of them.

``references.yaml`` is the corpus as it was first committed, ``keys.yaml`` every key and spelling that 0.1 documented.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import tajikpeace_refs as refs
from tests.conftest import DATA

FILES = DATA / "v0.1"
NAMES = sorted(path.stem for path in FILES.glob("*.yaml"))


def renamed(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item of 0.1 with the one key that has another name now."""
    custom = {"extra" if key == "foreign" else key: value for key, value in item.get("custom", {}).items()}
    return item | ({"custom": custom} if custom else {})


@pytest.mark.parametrize("name", NAMES)
def test_yaml_of_version_0_1_is_read_unchanged(name: str):
    """Every value of every work, and no problem (a warning would be an error here)."""
    library = refs.load(FILES / f"{name}.yaml")
    written = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(refs.render(library, "csl-json")) == [renamed(item) for item in written]


@pytest.mark.parametrize("name", NAMES)
def test_csl_json_of_version_0_1_is_read_unchanged(name: str):
    """Its own keys stood under ``custom``, extra fields under ``foreign``."""
    text = (FILES / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(refs.render(refs.parse(text, "csl-json"), "csl-json")) == list(map(renamed, json.loads(text)))


def test_list_of_version_0_1_keeps_its_proper_nouns_and_source():
    library = refs.load(FILES / "references.yaml")
    assert len(library) == 18
    assert library.front.source is not None
    assert library.front.source.id == "usmonov-paper"
    assert library.proper_nouns[:3] == ("Aryans", "Cambodia", "Inter-Tajik")
    assert len([correction for work in library for correction in work.corrections]) == 18


def test_saving_a_list_of_version_0_1_changes_no_byte(tmp_path: Any):
    """Saved as it was read: also the old name ``foreign`` stays."""
    for name in NAMES:
        before = (FILES / f"{name}.yaml").read_bytes()
        path = tmp_path / f"{name}.yaml"
        path.write_bytes(before)
        refs.save(refs.load(path), path)
        assert path.read_bytes() == before
