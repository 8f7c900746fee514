"""Find words that a stranger stops at in all that users read, with what to write instead; count long sentences.

Run: python -m scripts.plain_words  (status 1 where a word was found; the list is scripts/plain_words.yaml)

It reads the documents (without code), the texts of the web page, the string literals of the package (messages and
help), and the docstrings of public names. Sentences of more than 40 words in documents are counted for advice.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

import tajikpeace_refs as refs

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tajikpeace_refs"
PAGE = SOURCE / "formats" / "_page"
LONG = 40
"""Words of a sentence that is counted as long."""
_CODE = re.compile(r"(?ms)^( *)```.*?^\1```|^<!--.*?-->|`[^`\n]+`|\]\([^)\s]*\)|https?://\S+")
_SCRIPT = re.compile(r"//[^\n]*|\b(?:const )?say\b *[(=]")
"""Comments of a script, and the name of a function in it."""
_NO_MESSAGE = re.compile(r"\\|\(\?")
"""What shows that a literal is a regular expression and no message."""


class Word(NamedTuple):
    """One entry of the list."""

    words: re.Pattern[str]
    write: str
    unless: re.Pattern[str] | None


class Finding(NamedTuple):
    """A word that a stranger stops at, and where."""

    file: str
    line: int
    word: str
    write: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.word}: write {self.write}"


def word_list() -> tuple[Word, ...]:
    """Return the words of scripts/plain_words.yaml."""
    entries = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return tuple(
        Word(
            re.compile(rf"(?i)(?<![\w-])(?:{entry['words']})(?![\w-])"),
            entry["write"],
            re.compile(f"(?i){entry['unless']}") if "unless" in entry else None,
        )
        for entry in entries
    )


def found_in(text: str, words: tuple[Word, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield the place, the word and what to write instead, for each word of the list in a text."""
    for word in words:
        for match in word.words.finditer(text):
            around = text[max(0, match.start() - 30) : match.end() + 30]
            if word.unless is None or not word.unless.search(around):
                yield match.start(), match[0], word.write


def prose(text: str) -> str:
    """Return a Markdown text with its code and addresses as spaces, so that places stay."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def documents() -> Iterator[Path]:
    """Yield the documents that users read."""
    yield from sorted((ROOT / "docs").rglob("*.md"))
    yield from (ROOT / name for name in ("README.md", "CHANGELOG.md"))


def _is_message(value: object) -> bool:
    return isinstance(value, str) and " " in value.strip() and not _NO_MESSAGE.search(value)


def _public() -> dict[Path, set[str]]:
    """Return the names of each module whose docstrings users read: public names, and the commands."""
    names: dict[Path, set[str]] = {}
    for name in refs.__all__:
        home = sys.modules[getattr(refs, name).__module__] if name != "lint" else sys.modules["tajikpeace_refs.lint"]
        names.setdefault(Path(str(home.__file__)), set()).add(name)
    for path in (SOURCE / "cli").glob("[!_]*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names[path] = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return names


def _texts(path: Path, public: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each message of a module, and of each docstring of its public names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value): node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings and _is_message(node.value):
            yield node.lineno, str(node.value)
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in public:
            inside = [node, *(each for each in node.body if not getattr(each, "name", "").startswith("_"))]
            for each in inside:
                for part in each.body if isinstance(each, ast.ClassDef | ast.FunctionDef) else ():
                    if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
                        yield part.lineno, str(part.value.value)


def findings() -> Iterator[Finding]:
    """Yield each word of the list in what users read."""
    words = word_list()
    for path in documents():
        text = prose(path.read_text(encoding="utf-8"))
        if path.name == "CHANGELOG.md":  # older sections are history
            text = "\n## ".join(text.split("\n## ")[:2])
        for at, word, write in found_in(text, words):
            yield Finding(path.relative_to(ROOT).as_posix(), text.count("\n", 0, at) + 1, word, write)
    for path in (PAGE / "page.html.j2", PAGE / "script.js", SOURCE / "cli" / "examples.yaml"):
        text = _SCRIPT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text(encoding="utf-8"))
        for at, word, write in found_in(text, words):
            yield Finding(path.relative_to(ROOT).as_posix(), text.count("\n", 0, at) + 1, word, write)
    public = _public()
    for path in sorted(SOURCE.rglob("*.py")):
        for line, text in _texts(path, public.get(path, set())):
            for at, word, write in found_in(text, words):
                yield Finding(path.relative_to(ROOT).as_posix(), line + text.count("\n", 0, at), word, write)


def long_sentences() -> Counter[str]:
    """Return how many sentences of more than 40 words each document has; rows of tables are left out."""
    counts: Counter[str] = Counter()
    for path in documents():
        text = re.sub(r"(?m)^\|.*$|^#.*$", "", prose(path.read_text(encoding="utf-8")))
        for sentence in re.split(r"[.!?:;](?=\s)|\n\n|\n[-*] ", text):
            counts[path.relative_to(ROOT).as_posix()] += len(sentence.split()) > LONG
    return +counts


def main() -> int:
    """Print what was found; return the exit status."""
    found = list(findings())
    for each in found:
        print(each)
    for name, count in long_sentences().most_common():
        print(f"{name}: {count} sentences of more than {LONG} words")
    print(f"{len(found)} words to replace")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
