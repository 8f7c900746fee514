"""What users read has no words that a stranger stops at (scripts/plain_words.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts import plain_words
from scripts.plain_words import Word, found_in, word_list

EXAMPLES = {
    "tell": "The report tells what differs.", "mend": "It mends the title.", "feed": "The feed is read.",
    "frame": "A frame of works.", "cut": "The file is cut.", "carr": "It carries the value.", "heed": "It is unheard.",
    "settle": "That settles it.", "a body": "It names a body.", "suspicion": "The gravest first.",
    "travel": "The field travels along.", "rot": "The link rotted.", "neighbour": "The neighbour of a word.",
    "says": "The record says nothing.", "pass": "It is passed over.", "goes with": "It goes with the id.",
    "(that": "An address that is none.", "sound": "The sound works are read.", "shipped": "The shipped corpus.",
    "wins": "The first wins.", "for want": "Kept as it came.", "ratchet": "The ratchet turns.", "peers": "Our peers.",
}  # fmt: skip


def test_what_users_read_is_in_plain_words():
    """Documents, the page, help, messages and public docstrings; what to write instead is named."""
    assert [str(each) for each in plain_words.findings()] == []


@pytest.mark.parametrize("word", word_list(), ids=lambda word: word.write)
def test_each_word_of_the_list_is_found_in_a_sentence(word: Word):
    sentences = [text for start, text in EXAMPLES.items() if word.words.search(text)]
    assert sentences
    for text in sentences:
        at, found, write = next(found_in(text, (word,)))
        assert (text[at : at + len(found)], write) == (found, word.write)


@pytest.mark.parametrize(
    "text",
    [
        "A title tag.",
        "The shortcut.",
        "A data frame of pandas.",
        "The message says that it failed.",
        "\\acute grave breve",
    ],
)
def test_other_uses_of_a_word_are_fine(text: str):
    assert list(found_in(text, word_list())) == []


def test_code_and_addresses_of_documents_are_not_read():
    """Their places stay, so that what is found after them has its line."""
    text = "```\ntold\n```\n`told` [a](told.md) https://told.org\nIt is told.\n"
    assert [at for at, *_ in found_in(plain_words.prose(text), word_list())] == [text.index("told.\n")]


def test_messages_fields_and_docstrings_of_public_names_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Not those of private names, nor attribute texts of others."""
    module = tmp_path / "module.py"
    module.write_text(
        '''def shown(work):
    """It is told."""
    raise ValueError(f"the work {work} is told")


def _hidden():
    """It is told."""


class Report:
    """A report."""

    name: str
    """The name, as told."""

    def _hidden(self):
        """It is told."""
''',
        encoding="utf-8",
    )
    found = plain_words._texts(module, {"shown", "Report"})
    lines = [line for line, text in found if list(found_in(text, word_list()))]
    assert sorted(lines) == [2, 3, 14]


def test_long_sentences_are_counted():
    """For advice: a long sentence in docs/ is counted, a row of a table is not."""
    assert all(count > 0 for count in plain_words.long_sentences().values())
