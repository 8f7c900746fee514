"""Any edits of any YAML list change nothing but what was asked: values, lines, comments."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs import formats
from tajikpeace_refs.yaml_text import front_matter
from tests.conftest import DATA
from tests.edits import PICK, check_signs_of_file, edit, sequences

ROOT = Path(__file__).parents[1]
FOLDERS = (DATA, ROOT / "data", ROOT.parent / "shared")
"""The last one is that of the people who work on the project; it need not be there."""


def is_list(path: Path) -> bool:
    try:
        text = path.read_bytes().decode()
        return formats.recognise(text) != "hayagriva" and len(refs.EditedList(text)) > 0
    except (refs.InputError, UnicodeDecodeError):
        return False


FILES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml")) if is_list(path)]

# Pieces of a list, in all the ways that people write them. {0} is the id; no comment is like another.
WORKS = """\
{pad}- id: {0}   # beside the id of {0}
{pad}  type: book
{pad}  # above the title of {0}
{pad}  title: "One: of {0}"  # beside the title of {0}
{pad}  author:
{pad}    - family: Usmonov   # first name of {0}
{pad}      given: I.
{pad}    # above the second name of {0}
{pad}    - {{family: Burton, given: John, ORCID: 0000}}  # second name of {0}
{pad}    - CERN
{pad}  issued: {{date-parts: [[2008, 6]]}}
{pad}  custom: {{remarks: [one, two], mine: 3}}
~
{pad}- {{id: {0}, type: webpage, title: Two, URL: 'http://example.org/{0}', keyword: [a, b]}}
~
{pad}-
{pad}    # inside, above the id of {0}
{pad}    type: article-journal
{pad}    id: '{0}'
{pad}    title: >-
{pad}      Three lines
{pad}      of {0}
{pad}
{pad}    container-title: Journal
{pad}    author: [ 'Burton, J.', "Smith, A." ]
{pad}    keyword:
{pad}    - first  # of {0}
{pad}    # between the words of {0}
{pad}    - second
{pad}    volume: 012
{pad}    # the end of {0}
~
{pad}- type: book
{pad}  author: Usmonov, Ibrohim
{pad}  title: 'It''s {0}'
{pad}  shortTitle: Short
{pad}  note: |+
{pad}    kept
{pad}      # no comment
{pad}
{pad}  id: {0}
{pad}  abstract: a text over
{pad}    two lines
~
{pad}- title: T
{pad}  id: {0}
{pad}  type: thesis
{pad}  keyword: a, b
{pad}  note: "quoted
{pad}    text"
{pad}  remarks:
{pad}  - one
~
{pad}- {{id: {0}, type: book,   # first line of {0}
{pad}   title: "T, with ] and {{",
{pad}   # inside {0}
{pad}   author: [{{family: A, given: B}}, 'C, D'], keyword: []
{pad}   }}   # behind {0}
~
{pad}-   type: book
{pad}    id:
{pad}      {0}
{pad}    author:   # names of {0}
{pad}      # the first of {0}
{pad}      -
{pad}        family: Жўраев
{pad}        given: Ғ.
{pad}      - family: "Ҳ"
{pad}        given:
{pad}    title:
{pad}      Long title 😀 of
{pad}      {0}   # beside the title of {0}
{pad}    corrections:
{pad}    - variable: title
{pad}      printed: Lnog   # as printed in {0}
{pad}      corrected: Long
{pad}      basis: evident
{pad}      certainty: certain
{pad}      reason: letters
{pad}      applied: true
{pad}    extra: {{bibtex: {{mrnumber: 12, mine: x}}}}
{pad}    unknown:  {{a: [1, 2]}}  # not ours, in {0}
{pad}    note: |
{pad}      text
{pad}       more
~
{pad}- "id": '{0}'
{pad}  "type": "chapter"
{pad}  title : spaced   # odd colon in {0}
{pad}  publisher:
{pad}  volume: ~
{pad}  URL: <http://example.org/a_b_c>
{pad}  remarks: [
{pad}    one,   # of {0}
{pad}    two ]
{pad}  keyword: first, second
"""
STYLES = re.split(r"(?m)^~\n", WORKS)
ABOVE = ["", "", "{pad}# above {0}\n", "\n", "\n{pad}# section of {0}\n\n{pad}# above {0}\n", "# shallow, of {0}\n"]
HEADS = ["# the file\nlanguage: en  # of all\n\nreferences:  # the works\n", "references:\n", "---\nreferences:\n"]
TAILS = ["", "# the end\n", "\nproper-nouns:\n- Tajik\n"]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A list of works in any of these ways, with any line ends."""
    is_bare = draw(st.booleans())
    pad = "" if is_bare else draw(st.sampled_from(["", "  "]))
    text = "# the file\n\n" if is_bare else draw(st.sampled_from(HEADS))
    for number in range(draw(st.integers(1, 4))):
        for part in (draw(st.sampled_from(ABOVE)), draw(st.sampled_from(STYLES))):
            text += part.format(f"w{number}", pad=pad)
    text += draw(st.sampled_from(TAILS[:2] if is_bare else TAILS))
    text = text.rstrip("\n") if draw(st.integers(0, 3)) == 0 else text
    text = text.replace("\n", "\r\n") if draw(st.integers(0, 3)) == 0 else text
    return "\ufeff" + text if draw(st.integers(0, 5)) == 0 else text


VALUES: dict[str, list[Any]] = {
    "title": ["New: or *old*", "yes", "a_b_c"], "publisher": ["Irfon"], "volume": ["034", "3"], "note": ["a\nb", None],
    "issued": ["2008-06-27", "in press", None], "language": ["no"], "DOI": ["10.1000/182"], "page": ["1-2", "12:30"],
    "author": [["Burton, John"], [{"literal": "CERN"}, {"family": "Х", "given": "Й."}], []], "type": ["chapter"],
    "keyword": [["x"], ["b", "a", "c"], None], "remarks": [["one", "three"], ["zero", "one", "two"]],
    "title-short": ["S", None], "retrieval-needed": [True, False],
}  # fmt: skip
EDITS = sequences(
    VALUES,
    ["new", "2001", "w:x"],
    st.tuples(st.just("name"), PICK, st.tuples(PICK, st.sampled_from(["family", "given", "drop", "double", "first"]))),
    st.tuples(st.just("append"), PICK, st.sampled_from([("author", "Smith, Ann"), ("keyword", "new")])),
)


class Lines(NamedTuple):
    """The numbers of the lines of a work, and of each of its variables, as PyYAML sees them."""

    own: range
    keys: dict[str, range]
    is_flow: bool


def lines_of_works(text: str) -> dict[str, Lines]:
    head = front_matter(text.removeprefix("\ufeff"))
    lines = head.splitlines()
    root: Any = yaml.compose(head, Loader=yaml.CSafeLoader)
    works = next(value for key, value in root.value if key.value == "references") if root.id == "mapping" else root
    found = {}
    for work in works.value:
        first, column = work.start_mark.line, work.start_mark.column
        while "-" not in lines[first][:column] and not lines[first].lstrip().startswith("-"):
            first -= 1
        column = lines[first].index("-") if not work.flow_style or lines[first].lstrip().startswith("-") else 0
        is_beside = "".join(lines[work.end_mark.line : work.end_mark.line + 1])[: work.end_mark.column].strip() != ""
        last = last_line(lines, first, work.end_mark.line + is_beside, column)
        keys: dict[str, range] = {}
        for number, (key, _) in enumerate(work.value):
            end = work.value[number + 1][0].start_mark.line if number + 1 < len(work.value) else last + 1
            begin = key.start_mark.line
            keys[key.value] = range(begin, max(begin, last_line(lines, begin, end, key.start_mark.column)) + 1)
        name = next(value.value for key, value in work.value if key.value == "id")
        found[name] = Lines(range(first, last + 1), keys, work.flow_style)
    return found


def last_line(lines: list[str], first: int, end: int, column: int) -> int:
    """Return the last line of something that begins in a line and ends before another: not a comment behind it."""
    end = min(end, len(lines))
    while end - 1 > first and (not lines[end - 1].strip() or is_comment(lines[end - 1], column)):
        end -= 1
    return end - 1


def is_comment(line: str, column: int = 999) -> bool:
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= column


def comments(lines: list[str]) -> Counter[str]:
    return Counter(line.strip() for line in lines if is_comment(line))


SPELLINGS = {"title-short": "shortTitle", "remarks": "custom", "extra": "custom"}


def values(library: refs.Library) -> list[Any]:
    """Return the variables of all works.

    Not what is kept of their names as they were written, which is of the format; and no line break at the end of a text,
    which a block at the end of the file has not.
    """
    return [library.front, *({name: comparable(value) for name, value in work.variables().items()} for work in library)]


def comparable(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], refs.ExtraField):
        return [each for each in value if each.field not in {"author", "editor"}]
    return value.rstrip("\n") if isinstance(value, str) else value


def check(text: str, edits: list[Any]) -> None:
    edited = refs.EditedList(text)
    asked = edit(edited, edits)
    after = edited.text
    read = refs.parse(after, "csl-yaml", on_problem=lambda _: None)
    assert values(read) == values(edited.library)
    check_signs_of_file(text, after, is_changed=bool(edited.changes))
    lines, new = front_matter(text).splitlines(), front_matter(after).splitlines()
    allowed: Counter[str] = Counter()
    for work_id, place in lines_of_works(text).items():
        own = lines[place.own.start : place.own.stop]
        if work_id in asked.gone:
            first = place.own.start
            while first and is_comment(lines[first - 1]):
                first -= 1
            allowed += comments(lines[first : place.own.stop])
            continue
        touched = asked.variables.get(work_id, set())
        touched |= {SPELLINGS[name] for name in touched & SPELLINGS.keys()}
        if not touched:
            assert "\n".join(own) in "\n".join(new)
            continue
        touched = {key for key in place.keys if key.lower() in map(str.lower, touched)}
        loose = [number for name in touched for number in place.keys[name]]
        for name in touched:
            allowed += comments([lines[number] for number in place.keys[name]])
        kept = [lines[number] for number in place.own if number not in loose and lines[number].strip()]
        # The first line changes its beginning where its key goes; in braces keys share their lines.
        assert place.is_flow or is_in_order(kept[1:], new)
    assert not comments(new) - comments(lines)
    assert not comments(lines) - comments(new) - allowed


def is_in_order(wanted: list[str], lines: list[str]) -> bool:
    rest = iter(lines)
    return all(any(line.lstrip(" -") == each.lstrip(" -") for each in rest) for line in wanted)


@settings(max_examples=300, deadline=None)
@given(texts(), EDITS)
def test_edits_change_nothing_but_what_was_asked(text: str, edits: list[Any]):
    check(text, edits)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_edits_of_a_file_change_nothing_but_what_was_asked(path: Path):
    text = path.read_bytes().decode()

    @settings(max_examples=4, deadline=None)
    @given(EDITS)
    def law(edits: list[Any]) -> None:
        check(text, edits)

    law()
