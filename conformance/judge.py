"""An independent judge of what a round trip lost or changed: nothing here uses the package under test.

``.bib`` texts are read by bibtexparser's default stack (raw field text), names split by its own splitter, TeX read by
pylatexenc; RIS texts by a line reader of twenty lines. Two texts are then compared entry by entry and field by field.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import bibtexparser
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
from pylatexenc.latex2text import LatexNodes2Text

logging.disable(logging.WARNING)

# Fields of the two standards (btxdoc; biblatex manual, section 2.2); others are private to some tool.
STANDARD = frozenset(
    "abstract address annote annotation author bookauthor booksubtitle booktitle chapter crossref date day doi edition "  # noqa: SIM905 - a list of this length reads better as text
    "editor eid eprint eprinttype eventdate eventtitle howpublished institution isbn issn issue journal journaltitle "
    "keywords langid language location mainsubtitle maintitle month note number organization origdate origtitle pages "
    "pagetotal part publisher pubstate school series shorttitle subtitle title titleaddon translator type url urldate "
    "venue version volume volumes year".split()
)
_EQUIVALENT = [
    {"journal", "journaltitle"}, {"address", "location"}, {"annote", "annotation"}, {"langid", "language"},
    {"school", "institution", "organization", "publisher"}, {"date", "year"}, {"number", "issue", "eid"},
]  # fmt: skip
_PERSONS = frozenset({"author", "editor", "translator", "bookauthor"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"ngerman": "german", "american": "english", "usenglish": "english", "en": "english", "ru": "russian",
              "de": "german", "eng": "english"}  # fmt: skip


@dataclass
class Score:
    """What a trip did to a file, in counts."""

    files: int = 0
    refused: int = 0
    entries: int = 0
    dropped: int = 0
    fields: int = 0
    lost: int = 0
    changed: int = 0
    renamed: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another file."""
        for name in ("files", "refused", "entries", "dropped", "fields", "lost", "changed", "renamed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples

    def per_thousand(self, count: int) -> str:
        """Return a count per 1,000 fields."""
        return f"{1000 * count / self.fields:.1f}" if self.fields else "-"


Entries = dict[str, dict[str, str]]


def read_bib(text: str) -> Entries:
    """Return the entries of a .bib text: key to fields, raw; a repeated key gets a number."""
    library = bibtexparser.parse_string(text)
    entries: Entries = {}
    blocks = [*library.entries]
    for block in library.failed_blocks:
        if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
            inner = block.ignore_error_block
            blocks.append(inner)
    for entry in blocks:
        key, number = entry.key, 1
        while key in entries:
            number += 1
            key = f"{entry.key}-{number}"
        entries[key] = {f.key.lower(): str(f.value) for f in entry.fields}
    return entries


_CONVERTER = LatexNodes2Text(math_mode="verbatim", keep_comments=True)


@lru_cache(maxsize=65536)
def plain(tex: str) -> str:
    """Return TeX as bare words: no markup, no braces, one kind of dash, quote and space."""
    text = re.sub(r"(?<!\\)%", r"\\%", tex)
    if "\\" in text or "~" in text or "`" in text or "'" in text:
        text = re.sub(r"\\(emph|textit|textbf|texttt|textsc|mkbibquote|mkbibemph|url|text)\b", "", text)
        try:
            text = _CONVERTER.latex_to_text(text)
        except Exception:  # noqa: BLE001 - the judge must not fall over a peer's output
            text = tex
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"<[^>]{1,60}>", "", text)
    text = re.sub(r"[{}$\\]", "", text).replace("\u00a0", " ").replace("~", " ")
    text = re.sub(r"\s*(?:-+|[–—])\s*", "-", text)
    text = re.sub(r"[“”„«»]|''|``", '"', text)
    text = re.sub(r"[‘’`´]", "'", text)
    return " ".join(text.split())


def same(name: str, one: str, two: str) -> bool:
    """Whether two raw values of a field say the same."""
    if name in {"url", "doi", "file"}:
        return re.sub(r"\\(?=[_%&#~])|[{}]", "", one) == re.sub(r"\\(?=[_%&#~])|[{}]", "", two)
    if name in _PERSONS:
        return _people(one) == _people(two)
    if name == "month":
        return _month(one) == _month(two)
    a, b = plain(one), plain(two)
    if name in {"langid", "language"}:
        return _LANGUAGES.get(a.lower(), a.lower()) == _LANGUAGES.get(b.lower(), b.lower())
    if name == "edition":
        return _ordinal(a) == _ordinal(b)
    if name == "keywords":
        return sorted(re.split(r"\s*[,;]\s*", a)) == sorted(re.split(r"\s*[,;]\s*", b))
    return a == b


def _month(text: str) -> str:
    word = plain(text).lower().strip(".")
    return next((str(n) for n, m in enumerate(_MONTHS, 1) if word.startswith(m)), word.lstrip("0"))


def _ordinal(text: str) -> str:
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    return str(words.index(text.lower()) + 1) if text.lower() in words else text


@lru_cache(maxsize=65536)
def _people(tex: str) -> tuple[tuple[str, ...], ...]:
    people = []
    for name in split_multiple_persons_names(" ".join(tex.split())):
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except Exception:  # noqa: BLE001 - see above
            people.append((plain(name),))
            continue
        words = [*parts.first, *parts.von, *parts.last, *parts.jr]
        people.append(tuple(sorted(filter(None, (plain(word).strip(",") for word in " ".join(words).split(" "))))))
    return tuple(people)


def judge_bib(before: str, after: str | None) -> Score:
    """Return what became of the standard fields of a .bib text; ``after`` None where the tool refused it."""
    old = read_bib(before)
    score = Score(files=1, entries=len(old))
    if after is None:
        score.refused = 1
        return score
    new = read_bib(after)
    titles = {plain(fields.get("title", "")).lower(): key for key, fields in new.items()}
    for key, fields in old.items():
        match = new.get(key)
        if match is None:
            match = new.get(titles.get(plain(fields.get("title", "?")).lower(), ""))
        standard = {name: value for name, value in fields.items() if name in STANDARD and value.strip()}
        if match is None:
            score.dropped += 1
            continue
        score.fields += len(standard)
        for name, value in standard.items():
            _judge_field(score, key, name, value, match)
    return score


def _judge_field(score: Score, key: str, name: str, value: str, match: dict[str, str]) -> None:
    if name in match:
        if not same(name, value, match[name]):
            score.changed += 1
            score.examples.append(f"changed {key}.{name}: {value[:80]!r} -> {match[name][:80]!r}")
        return
    others = set().union(*(group for group in _EQUIVALENT if name in group)) - {name}
    if any(other in match and same(name, value, match[other]) for other in others) or _in_date(name, value, match):
        score.renamed += 1
    else:
        score.lost += 1
        score.examples.append(f"lost {key}.{name}: {value[:80]!r}")


def _in_date(name: str, value: str, match: dict[str, str]) -> bool:
    parts = match.get("date", "").split("/")[0].split("-")
    if name in {"year", "date"}:
        return plain(value)[:4] in {parts[0], plain(match.get("year", ""))[:4]}
    return name == "month" and len(parts) > 1 and _month(value) == parts[1].lstrip("0")


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Return the records of a RIS text: tags and values; unfinished and untitled ones too."""
    records: list[list[tuple[str, str]]] = []
    for line in text.lstrip("\ufeff").splitlines():
        match = re.match(r"([A-Z][A-Z0-9]) {0,2}- ?(.*)$", line)
        if match and match[1] == "TY":
            records.append([])
        if match and records:
            records[-1].append((match[1], " ".join(match[2].split())))
        elif records and records[-1] and records[-1][-1][0] != "ER" and line.strip():
            tag, value = records[-1][-1]
            records[-1][-1] = (tag, " ".join(f"{value} {line}".split()))
    return [[pair for pair in record if pair[1] and pair[0] not in {"TY", "ER"}] for record in records]


def judge_ris(before: str, after: str | None) -> Score:
    """Return what became of the fields of a RIS text: lost (its value is nowhere), changed, or under another tag."""
    old = read_ris(before)
    score = Score(files=1, entries=len(old))
    if after is None:
        score.refused = 1
        return score
    new = read_ris(after)
    titles: dict[str, list[list[tuple[str, str]]]] = {}
    for record in new:
        titles.setdefault(_ris_title(record), []).append(record)
    for record in old:
        matches = titles.get(_ris_title(record)) or []
        if not matches:
            score.dropped += 1
            continue
        match = matches.pop(0) if len(matches) > 1 else matches[0]
        _judge_record(score, record, match)
    return score


def _ris_title(record: list[tuple[str, str]]) -> str:
    return next((_loose(v) for tag in ("TI", "T1", "CT", "BT", "T2", "AU", "A1") for t, v in record if t == tag), "")


def _judge_record(score: Score, record: list[tuple[str, str]], match: list[tuple[str, str]]) -> None:
    exact = Counter((tag, _loose(value)) for tag, value in match)
    values = Counter(_loose(value) for _, value in match)
    tags = Counter(tag for tag, _ in match)
    for tag, value in record:
        score.fields += 1
        loose = _loose(value)
        if exact[tag, loose]:
            exact[tag, loose] -= 1
        elif values[loose]:
            score.renamed += 1
        elif tags[tag]:
            score.changed += 1
            score.examples.append(f"changed {tag}: {value[:60]!r} -> {[v[:60] for t, v in match if t == tag][:2]}")
        else:
            score.lost += 1
            score.examples.append(f"lost {tag}: {value[:60]!r}")


def _loose(value: str) -> str:
    """Leave aside what has no meaning: case of nothing, spaces after commas, empty date parts."""
    value = re.sub(r"\s*,\s*", ",", value.strip().rstrip(","))
    if re.fullmatch(r"\d{4}[/\d]*", value):
        value = "/".join(part.lstrip("0") or part for part in value.strip("/").split("/") if part)
    return " ".join(value.split())
