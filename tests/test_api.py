"""The façade: what it offers is what it says it offers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tajikpeace_refs as refs


def test_all_names_are_there():
    """Every public name can be fetched, and no other."""
    for name in refs.__all__:
        assert getattr(refs, name).__name__.rpartition(".")[2] == name
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        refs.lod  # type: ignore[attr-defined] # noqa: B018


def test_type_checkers_and_interpreters_see_the_same_names():
    """The names for type checkers are the names that load when used."""
    tree = ast.parse(Path(refs.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    seen |= {ast.unparse(node.targets[0]) for node in block.body if isinstance(node, ast.Assign)}
    assert seen == {*refs.__all__, *refs._RENAMED}


def test_version_is_the_package_s():
    """The version comes from the installed package."""
    assert refs.__version__.count(".") == 2
