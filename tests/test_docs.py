"""The documents say what the program does; their examples are run by tests/test_examples.py."""

from __future__ import annotations

import html
import re
import subprocess
import sys

import yaml

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tests.conftest import DATA

ROOT = DATA.parents[1]


def test_mapping_tables_equal_the_rows():
    """docs/formats.md holds the tables that the rows give; renew with scripts/formats_doc.py."""
    code = "import sys; sys.path.insert(0, 'scripts'); import formats_doc as f; print(f.render(f.DOC.read_text('utf-8')), end='')"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    assert made == (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_languages_document_has_the_tables_of_romanisation():
    """docs/languages.md holds the tables that the registry gives; renew with scripts/languages_doc.py."""
    from scripts import languages_doc

    text = languages_doc.DOC.read_text(encoding="utf-8")
    assert languages_doc.render(text) == text


def test_picture_of_a_terminal_shows_what_the_commands_print():
    """docs/images/terminal.svg holds today's words; renew with python -m scripts.pictures. Versions of rich break lines alike."""
    from scripts import pictures

    svg = pictures.TERMINAL.read_text(encoding="utf-8")
    shown = html.unescape("".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg)))
    printed = "".join(f"$ {command} {output}" for command, output in pictures.session())
    assert "".join(shown.split()) == "".join(printed.split())
    assert "[TP401]" in printed


def test_pictures_are_small():
    """A landing page is read on telephones."""
    pictures = [path for path in (ROOT / "docs" / "images").iterdir() if path.suffix in {".png", ".svg"}]
    assert {path.name for path in pictures} >= {"page.png", "page-dark.png", "terminal.svg"}
    assert max(path.stat().st_size for path in pictures) < 200_000


def test_list_of_keys_is_that_of_the_models():
    """docs/keys.md holds the keys of the models; renew with scripts/keys_doc.py."""
    from scripts import keys_doc

    text = keys_doc.DOC.read_text(encoding="utf-8")
    assert keys_doc.render(text) == text


def test_list_of_formats_is_complete():
    """Every format is in the first table, with what it can do."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    row = re.compile(r"(?m)^\| `([a-z-]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) ?\|$")
    rows = {match[1]: match.groups() for match in row.finditer(text.split("## ")[0])}
    assert set(rows) == set(formats.names())
    for name in formats.names():
        _, read, written, suffixes = rows[name]
        found = formats.get(name)
        assert (read[:3] == "yes", written[:3] == "yes") == (bool(found.read), bool(found.write))
        assert re.findall(r"`(\.\w+)`", suffixes) == list(formats.suffixes(name))


def test_example_of_the_data_format_loads():
    """The YAML of docs/data-format.md is a library."""
    text = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    library = refs.parse(example[1], "csl-yaml")
    assert library["usmonov2006"].translated_title == "Peacebuilding in Tajikistan"
    assert library.proper_nouns == ("Tajikistan",)


def test_readme_opens_with_the_two_commands():
    """make bib and make test come before anything else, and are what they are said to be."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"```\n(.*?)```", readme, re.DOTALL)
    assert first
    assert re.findall(r"(?m)^make (\w+)", first[1]) == ["bib", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("bib", "test", "check", "conformance", "bench"):
        assert re.search(rf"(?m)^{target}:", makefile)


def test_corpus_is_plain_yaml():
    """Any YAML reader takes the corpus."""
    assert len(yaml.safe_load((ROOT / "data" / "references.yaml").read_text(encoding="utf-8"))["references"]) == 18


def test_ci_page_names_inputs_and_hooks_that_there_are():
    """docs/tasks/ci.md uses the action and the hooks of this repository."""
    text = (ROOT / "docs" / "tasks" / "ci.md").read_text(encoding="utf-8")
    workflow, hooks = (
        yaml.safe_load(re.search(rf'```yaml title="{name}"\n(.*?)```', text, re.DOTALL)[1])  # type: ignore[index]
        for name in ("bibliography.yml", ".pre-commit-config.yaml")
    )
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    [step] = [step for step in workflow["jobs"]["check"]["steps"] if "tajikpeace" in step["uses"]]
    assert set(step["with"]) <= set(action["inputs"])
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= known
