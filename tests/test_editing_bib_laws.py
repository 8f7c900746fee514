"""Any edits of any ``.bib`` file change nothing but what was asked: entries, fields, comments, other blocks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.formats.bibtex import LINK_FIELDS, BibText
from tajikpeace_refs.model.base import attribute
from tests.conftest import DATA
from tests.edits import Asked, check_signs_of_file, edit, sequences

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
ROOT = Path(__file__).parents[1]
FOLDERS = (DATA, ROOT.parent / "shared")
"""The last one is that of the people who work on the project; it need not be there."""
MOST = 60_000
"""Characters of a file that is edited."""


def is_list(path: Path) -> bool:
    try:
        text = path.read_bytes().decode()
        return len(text) < MOST and len(refs.EditedList(text, "bibtex")) > 0
    except (refs.InputError, UnicodeDecodeError):
        return False


FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.bib")) if is_list(path)]

# Entries in all the ways that people write them. {0} is the key; no comment is like another.
ENTRIES = r"""
@Article{{0},
  author  = {Usmonov, I. and Burton, John},
  title   = {One: of {{T}ajik} Peace}, % beside the title of {0}
  % above the journal of {0}
  journal = jp,
  year    = 2001,
  month   = jan,
  volume  = {12},
  file    = {:x.pdf:PDF}
}
~
@book{{0},title={Two},year={1999},publisher={A},keywords={a, b}}
~
@BOOK(  {0}
 , TITLE = "Three {"}with{"} quotes"
 , AUTHOR = "{CERN} and Smith, Ann"
 , YEAR = "2003"   % of {0}
 )
~
@online{{0},
	title = {Four
		over lines},
	url = {http://example.org/a_b%20c},
	urldate = {2020-01-02},
	date = {2019-05},
	abstract = {A text with @book{no, title = {No}} in it},
	unknown = {kept},
}
~
@incollection{{0}, title = {Five}, booktitle = {Whole}, date = {2001/2003}, pages = {1--9}, editor = {Ed, I.},} % behind, of {0}
~
@misc{{0}
  , title={Six} # { more}
  , howpublished={\url{http://example.org/{0}}}
  , note={Accessed: 2020-03-04}
}
~
@phdthesis{{0},
    Title     =   {Seven: \emph{it} is},
    Subtitle  =   {Sub},
    School    =   {Uni},
    Year      =   {2010},
    Type      =   {Candidate thesis},
    % the end of {0}
    Author    =   {Ҳ, Жўра}}
~
@misc{{0}}
"""
STYLES = [part.strip("\n") for part in re.split(r"(?m)^~\n", ENTRIES)]
ABOVE = [
    "",
    "",
    "% above {0}\n",
    "\n",
    "\n% section of {0}\n\n% above {0}\n",
    "\n@comment{left: {0}}\n",
    "words above {0}\n\n",
]
HEADS = ["", "% Encoding: UTF-8\n\n", '@string{jp = "Journal of P"}\n\n', "@preamble{ {\\newcommand{\\x}{y}} }\n"]
TAILS = [
    "\n",
    "",
    "\n\n% the end\n",
    "\n@comment{jabref-meta: databaseType:bibtex;}\n",
    "\n@set{all, entryset = {w0, w1}}\n",
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(HEADS))
    for number in range(draw(st.integers(1, 4))):
        above, entry = draw(st.sampled_from(ABOVE)), draw(st.sampled_from(STYLES))
        text += ("\n" if number else "") + (above + entry).replace("{0}", f"w{number}")
    text += draw(st.sampled_from(TAILS))
    text = text.replace("\n", "\r\n") if draw(st.integers(0, 3)) == 0 else text
    return "\ufeff" + text if draw(st.integers(0, 5)) == 0 else text


VALUES: dict[str, list[Any]] = {
    "title": ["New: or {B} & 50% _of_ it", "A \"quoted\" one", "Тоҷик"], "publisher": ["Irfon", "Taylor and Sons"],
    "volume": ["034", "3"], "issued": ["2008-06-27", "in press", "1999/2001", "2001", None], "language": ["ru"],
    "DOI": ["10.1000/182", "https://doi.org/10.1000/183"], "page": ["1-2", None], "note": ["a\nb", None],
    "author": [["Burton, John"], [{"literal": "CERN"}, {"family": "Х", "given": "Й."}], None], "edition": ["2"],
    "keyword": [["x"], ["b", "a, c"], None], "title-short": ["S", None], "URL": ["http://example.org/~x#y", None],
}  # fmt: skip
EDITS = sequences(VALUES, ["new", "w:x", "n2001"])


def values(library: refs.Library) -> list[dict[str, Any]]:
    """Return the variables of all works, how they are spelled in a file aside."""
    return [{name: value for name, value in work.variables().items() if name != "extra"} for work in library]


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"%[^\r\n{}]*?(?: of w\d|above w\d|Encoding.*|the end)", text))


def check(text: str, edited: refs.EditedList, asked: Asked) -> None:
    after = edited.text
    read = refs.parse(after, "bibtex", on_problem=lambda _: None)
    assert values(read) == values(edited.library)
    check_signs_of_file(text, after, is_changed=bool(edited.changes))
    before, new = BibText(text.removeprefix("\ufeff")), BibText(after.removeprefix("\ufeff"))
    works = iter(refs.parse(text, "bibtex", on_problem=lambda _: None))
    allowed: Counter[str] = Counter()
    end = 0
    for block in before.blocks:
        whole, above = before.text[block.start : block.end], before.text[end : block.start]
        end = block.end
        work = next(works) if block.has_work else None
        rest = before.text[end:].splitlines()[:1]
        if work and work.id in asked.gone:
            own = re.split(r"\n[ \t]*\n", above.replace("\r\n", "\n"))[-1]  # what a blank line separates from it stays
            allowed += comments("".join([own, whole, *rest]))
            continue
        touched = set(map(attribute, asked.variables.get(work.id, ()))) if work else set()
        if not touched:
            names_others = block.is_entry and any(map(before.entry(block).named, LINK_FIELDS))
            assert whole in new.text or (asked.is_renamed and names_others)
            continue
        if work and "type" not in touched:
            entry = before.entry(block)
            sources = before.sources(whole, work.type)
            for field in entry.fields:
                words = whole[field.start : field.end]
                if sources.get(field.name) in touched or entry.named(field.name) != field:
                    allowed += comments(before.text[block.start + field.end :].splitlines()[0])
                elif sources.get(field.name):
                    assert words in new.text
    assert not comments(new.text) - comments(before.text)
    assert not comments(before.text) - comments(new.text) - allowed


@settings(max_examples=300, deadline=None)
@given(texts(), EDITS)
def test_edits_change_nothing_but_what_was_asked(text: str, edits: list[Any]):
    """Of entries that inherit nothing, nothing is refused."""
    edited = refs.EditedList(text, "bibtex")
    check(text, edited, edit(edited, edits))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_edits_of_a_file_change_nothing_but_what_was_asked(path: Path):
    """What the reader gives a work from elsewhere, and keys used twice or not at all, may be a reason to refuse."""
    text = path.read_bytes().decode()

    @settings(max_examples=4, deadline=None)
    @given(EDITS)
    def law(edits: list[Any]) -> None:
        edited = refs.EditedList(text, "bibtex")
        try:
            check(text, edited, edit(edited, edits))
        except refs.UsageError as error:
            assert re.search(REASONS, str(error)), error

    law()


REASONS = (
    r"several entries have the key|has no key|has no place for this|another entry|names it as crossref|reorder needs|"
    r"cannot be changed safely in its place"
)
