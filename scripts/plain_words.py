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

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tajikpeace_refs"
PAGE = SOURCE / "formats" / "_page"
LONG = 40
"""Words of a sentence that is counted as long."""
_CODE = re.compile(r"(?ms)^( *)```.*?^\1```|^<!--.*?-->|`[^`\n]+`|\]\([^)\s]*\)|https?://\S+")
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
    yield from (ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"))


def _is_message(value: object) -> bool:
    return isinstance(value, str) and " " in value.strip() and not _NO_MESSAGE.search(value)


def _is_message(value: object) -> bool:
    return isinstance(value, str) and " " in value.strip() and not _NO_MESSAGE.search(value)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each message and public docstring of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    is_private = any(part.startswith("_") and part != "__init__.py" for part in path.relative_to(SOURCE).parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if (text := ast.get_docstring(node, clean=False)) and not is_private:
                yield node.body[0].lineno, text
        elif isinstance(node, ast.Constant) and id(node) not in documented and _is_message(node.value):
            yield node.lineno, node.value


def findings() -> Iterator[Finding]:
    """Yield each word of the list in what users read."""
    words = word_list()
    for path in documents():
        text = prose(path.read_text(encoding="utf-8"))
        for at, word, write in found_in(text, words):
            yield Finding(path.relative_to(ROOT).as_posix(), text.count("\n", 0, at) + 1, word, write)
    for path in (PAGE / "page.html.j2", PAGE / "script.js", SOURCE / "cli" / "examples.yaml"):
        text = path.read_text(encoding="utf-8")
        for at, word, write in found_in(text, words):
            yield Finding(path.relative_to(ROOT).as_posix(), text.count("\n", 0, at) + 1, word, write)
    for path in sorted(SOURCE.rglob("*.py")):
        for line, text in _texts(path):
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
