"""The reference has every public name, and every field, option and method of it a sentence."""

from __future__ import annotations

import ast
import dataclasses
import html
import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel

import tajikpeace_refs as refs
from tests.conftest import DATA

ROOT = DATA.parents[1]
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("api", "errors")}
PUBLIC = {name: getattr(refs, name) for name in refs.__all__}
EXPLAINED_ELSEWHERE = {refs.Reason}  # docs/links.md has a table of its codes


@pytest.mark.parametrize("name", refs.__all__)
def test_public_name_is_in_the_reference(name: str):
    """The table on top of docs/api.md links to it, and its docstring is on that page or on docs/errors.md."""
    place = "lint.lint" if name == "lint" else name
    assert re.search(rf"\[`{name}`\]\((errors\.md)?#tajikpeace_refs\.{re.escape(place)}\)", PAGES["api"])
    assert re.search(rf"(?m)^::: tajikpeace_refs\.{re.escape(place)}$", "\n".join(PAGES.values()))


def is_ours(kind: object) -> bool:
    return inspect.isclass(kind) and kind.__module__.startswith("tajikpeace_refs.")


def parts(annotation: object) -> Iterator[type]:
    """Yield the classes of this package in an annotation."""
    if is_ours(annotation):
        yield annotation  # type: ignore[misc]
    for part in get_args(annotation):
        yield from parts(part)


@cache
def classes() -> tuple[type, ...]:
    """Return the public classes, and those that their fields lead to."""
    found: list[type] = []
    waiting = [each for each in PUBLIC.values() if is_ours(each)]
    while waiting:
        kind = waiting.pop()
        if kind in found:
            continue
        found.append(kind)
        hints = get_type_hints(kind, localns=PUBLIC, include_extras=True) if fields_of(kind) else {}
        waiting += [
            part for name in fields_of(kind) for part in parts(hints.get(name)) if not part.__name__.startswith("_")
        ]
    return tuple(found)


def fields_of(kind: type) -> list[str]:
    if issubclass(kind, BaseModel):
        return list(kind.model_fields)
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind)]
    if issubclass(kind, Enum):
        return list(kind.__members__)
    return list(getattr(kind, "_fields", ()))


@cache
def texts_of(kind: type) -> dict[str, str]:
    """Return the text under each field of a class and of those that it extends."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not is_ours(base):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, text in zip(body.body, body.body[1:], strict=False):
            names = (
                [field.target]
                if isinstance(field, ast.AnnAssign)
                else field.targets
                if isinstance(field, ast.Assign)
                else []
            )
            if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
                found |= {name.id: str(text.value.value) for name in names if isinstance(name, ast.Name)}
    return found


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_every_field_has_a_sentence(kind: type):
    """A sentence under each field of a dataclass, model, named tuple or enumeration that is public or leads from one."""
    if kind in EXPLAINED_ELSEWHERE:
        return
    lacking = [
        name for name in fields_of(kind) if not re.search(r"\w.*[.:]$", texts_of(kind).get(name, "").strip(), re.DOTALL)
    ]
    assert lacking == []


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_every_method_has_a_sentence(kind: type):
    """What begins with no underscore, inherited from pydantic aside."""
    held = {name: value for base in kind.__mro__ if is_ours(base) for name, value in vars(base).items()}
    methods = {
        name: value for name, value in held.items()
        if not name.startswith(("_", "model_")) and isinstance(value, (property, classmethod, staticmethod, FunctionType))
    }  # fmt: skip
    assert [name for name, value in methods.items() if not inspect.getdoc(value)] == []
    assert (inspect.getdoc(kind) or "").split("\n")[0]


def options_of(function: Callable[..., Any]) -> set[str]:
    return {name for name in inspect.signature(function).parameters if name not in {"self", "cls"}}


def explained(text: str) -> set[str]:
    """Return the names that a docstring explains under ``Args:``."""
    section = re.search(r"(?ms)^Args:\n(.*?)(?=^\S|\Z)", text)
    return set(re.findall(r"(?m)^    (\w+): \S", section[1])) if section else set()


FUNCTIONS = [name for name, value in PUBLIC.items() if inspect.isfunction(value)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_option_of_a_function_is_explained(name: str):
    """Under ``Args:``; those of ``export`` that ``render`` has, there. One argument needs no more than the first line."""
    text = inspect.getdoc(PUBLIC[name]) or ""
    known = explained(text)
    if "those of `render`" in " ".join(text.split()):
        known |= explained(inspect.getdoc(refs.render) or "") | {"path"}
    given = options_of(PUBLIC[name])
    assert given <= known or len(given) <= 1


def test_reason_codes_are_explained_on_the_page_about_links():
    text = (ROOT / "docs" / "links.md").read_text(encoding="utf-8")
    assert [reason for reason in refs.Reason if f"`{reason}`" not in text] == []


def test_built_reference_shows_no_private_name(tmp_path: Path):
    """Neither in a signature nor in a path: names that begin with an underscore are nobody's to use."""
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""}
    )
    assert done.returncode == 0, done.stderr
    for name in PAGES:
        page = (tmp_path / name / "index.html").read_text(encoding="utf-8")
        body = page[page.index("<article") : page.index("</article>")]
        shown = html.unescape(
            re.sub(r"<[^>]+>", "", re.sub(r"(?s)<code>(?:(?!</code>).)*&gt;&gt;&gt;.*?</code>", "", body))
        )
        assert re.findall(r"(?<![\w`])_[a-z]\w*", shown) == []
        assert re.findall(r"tajikpeace_refs[\w.]*\._\w+", page) == []
