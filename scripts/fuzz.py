"""Change real files at random and read, lint, fix and write them: only errors of our own may come of it.

Lists are read and written, YAML is changed in place as ``lint --fix``, ``check-links --write`` and ``export -o`` change
it, documents are read for what they cite, and reports of links are shown in a page.

python scripts/fuzz.py [SECONDS] [SEED]: 60 seconds with a fixed seed in CI, longer by hand. Each fault is shown with
its seed, its format and its text, and ends the run with status 1.
"""

from __future__ import annotations

import json
import random
import re
import signal
import sys
import time
import warnings
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import tajikpeace_refs as refs
from tajikpeace_refs.editing import update_yaml
from tajikpeace_refs.formats.csl_yaml import set_values
from tajikpeace_refs.links.report import to_json
from tajikpeace_refs.links.verdict import LinkReport, Reason, Verdict
from tajikpeace_refs.lint import Finding, fix, lint_text
from tajikpeace_refs.model import Library
from tajikpeace_refs.options import FormatName
from tajikpeace_refs.text.documents import SUFFIXES, CitedWorks, Included, read_document

_TOP = Path(__file__).resolve().parent.parent
_SUFFIXES: dict[str, FormatName] = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json", ".yaml": "csl-yaml"}
_TARGETS: tuple[FormatName, ...] = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "apa", "gost", "html")
_PIECES = (
    "²", "1" * 4301, "\ufeff", "\u2028", "\ud800", "\x00", "\\", "{", "}", "$", "%", "#", '"', "'", "\n", "\r", "\t",
    " ", ": ", "- ", "@", "&", "<i>", "</i>", "<", "[", "]", ",", "null", "NaN", "1e999", "-0", "2008-13-01", "ER  - ",
    "TY  - ", "@book{", "@string{", "crossref={", "xdata={", "issued: ", "ХІ", "иa", "é", "Ã©", "\u200b", "и др.",
)  # fmt: skip
_WORDS = ("A: b", "x # y", "- z", "'q'", '"', "no", "1e3", "a\\nb", "é", "#", "@x", "{a", "2001-01-01", " ", "*x*")
_VALUES = (None, True, 0, -1, 1e308, "", "x", "<b>", "\ud800", [], [None], {}, {"a": []}, "javascript:alert(1)", "\x1b")
_DOCUMENTS = (
    "---\nnocite: '@*'\n---\n\nSee [see @a, pp. 5-6; -@{b}] and @c [p. 3]. ```@d``` `@e` <!-- @f --> ^[@g]\n\n    @h\n",
    "\\newcommand{\\m}[2][x]{\\cite[#1]{#2}}\\begin{document}\\parencite[see][5]{a, b}\\m[p]{c}\n% \\cite{d}\n",
    "\\verb|\\cite{e}| \\textcites(a)(b)[c][d]{f}[g]{h}\\nocite{*}\\input{x}\n",
    '@a and #cite(<b>, supplement: [p. 5]) // @c\n#bibliography("x.yaml", full: true) `@d` /* @e */ <l>\n',
    "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\@input{x.aux}\n",
    '<bcf:section number="0"><bcf:citekey order="1">a</bcf:citekey><bcf:citekey>*</bcf:citekey></bcf:section>',
)
_WORK = re.compile(r"(?m)^(?=(?:  )?- (?:id|type):)")
_LONGEST, _LIMIT_S = 3000, 20
_TODAY = date(2026, 1, 1)


def samples() -> list[tuple[FormatName, str]]:
    """Return pieces of the files of the repository, each with its format."""
    found: list[tuple[FormatName, str]] = []
    for folder in ("data", "tests/data"):
        for path in sorted((_TOP / folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                text = path.read_bytes()[:200_000].decode("utf-8", "replace")
                works = _WORK.split(text)[1:] if path.suffix == ".yaml" else []
                found += [("csl-yaml", "".join(works[start : start + 3])) for start in range(0, len(works), 3)] * 3
                starts = range(0, min(len(text), 40 * _LONGEST), _LONGEST)
                found += [(_SUFFIXES[path.suffix], text[start : start + _LONGEST]) for start in starts]
    return found


def changed(text: str, rng: random.Random) -> str:
    """Return a text with some of it cut out, doubled, moved, or replaced by what formats find special."""
    for _ in range(rng.randint(1, 6)):
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.choice((0, 1, 1, 5, 40)))
        new = rng.choice(("", text[start:end] * 2, rng.choice(_PIECES), rng.choice(_PIECES) * rng.choice((1, 2, 30))))
        text = text[:start] + new + text[end:]
    return text


def read_and_write(name: FormatName, text: str, rng: random.Random) -> None:
    """Read a text and lint it, change it in place if it is YAML, and write its works."""
    library = refs.parse(text, name, on_problem=_ignore)
    findings = lint_text(text, name, today=_TODAY)
    if name == "csl-yaml" and len(library):
        changed_in_place(text, library, findings, rng)
    refs.render(library, rng.choice(_TARGETS), on_loss="ignore")


def changed_in_place(text: str, library: Library, findings: list[Finding], rng: random.Random) -> None:
    """Change a YAML text as ``lint --fix``, ``check-links --write`` and ``export -o`` do; other works are as before."""
    fixed = fix(text, findings)
    compare(text, fixed, {finding.work_id for finding in findings if finding.edit})
    lint_text(fixed, "csl-yaml", today=_TODAY)
    work = rng.choice(library.works)
    values = ("http://a.org/?q=[x]&y#z", "http://b.org/o'c: #1", "https://c.org/" + rng.choice(_WORDS).strip())
    edits = [(work.id, "URL", rng.choice(values)), (work.id, "archive-url", rng.choice(values))]
    compare(text, set_values(text, edits), {work.id})
    works = [each.replace(title=rng.choice(_WORDS)) if each == work else each for each in library]
    works = rng.sample(works, rng.randint(1, len(works))) if rng.random() < 0.3 else works
    update_yaml(text, refs.render(refs.Library(works=tuple(works)), "csl-yaml", on_loss="ignore"))


def compare(before: str, after: str, edited: set[str | None]) -> None:
    """Compare the works of a YAML text before and after a change of some.

    Raises:
        AssertionError: another one is not as it was.
    """
    texts = (refs.parse(text, "csl-yaml", on_problem=_ignore) for text in (before, after))
    for old, new in zip_longest(*texts):
        if old is None or new is None or (old != new and old.id not in edited):
            raise AssertionError(f"{old and old.id!r} has become another work in {after!r}")


def cite(text: str, rng: random.Random) -> None:
    """Read a changed document, and ask for what it cites of a list."""
    suffix = rng.choice(SUFFIXES)
    text = changed(text if rng.random() < 0.3 else rng.choice(_DOCUMENTS), rng) * rng.choice((1, 1, 20))
    cited = CitedWorks(("a", each) for each in read_document(text, suffix) if not isinstance(each, Included))
    cited.missing(["a", "b"])


def show_links(report: str, library: Library, rng: random.Random) -> None:
    """Show a changed report of links in a page."""
    data = json.loads(report)
    holder: Any = rng.choice((data, *[data["links"]] * 4))
    holder = rng.choice(holder) if isinstance(holder, list) else holder
    holder[rng.choice(list(holder))] = rng.choice(_VALUES)
    if rng.random() < 0.1:
        data = rng.choice(_VALUES)
    refs.render(library, "html", links=data, on_loss="ignore")


def sample_report(library: Library) -> str:
    """Return a report on some addresses of a list, one for each verdict."""
    works = [work for work in library if work.url]
    reports = [
        LinkReport(id=work.id, url=work.url, verdict=verdict, reason=Reason.OK, final_url=work.url)
        for work, verdict in zip(works, Verdict, strict=False)
    ]
    return to_json(reports, datetime(2026, 1, 1, tzinfo=UTC))


def tried(name: FormatName, text: str, rng: random.Random) -> None:
    """Do with a text what this number asks for; errors of our own are as they should be."""
    kind = rng.random()
    with suppress(refs.RefsError):
        if kind < 0.05:
            cite(text, rng)
        elif kind < 0.08:
            show_links(*_report(), rng)
        else:
            read_and_write(name, text, rng)


@lru_cache
def _report() -> tuple[str, Library]:
    library = refs.load().filter(lambda work: work.url is not None)
    return sample_report(library), library


def _ignore(_: refs.Problem) -> None:
    """Take a problem and do nothing."""


def _hangs(*_: object) -> None:
    raise TimeoutError(f"takes more than {_LIMIT_S} seconds")


def main(limit_s: float = 60, seed: int = 16) -> int:
    """Try changed texts for so long; return the number of those that failed."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _hangs)
    texts, faults, count = samples(), 0, 0
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        rng = random.Random(f"{seed}.{count}")  # noqa: S311 - to be repeated
        name, text = rng.choice(texts)
        name = rng.choice((name, name, name, *_SUFFIXES.values()))
        text = changed(text, rng)
        signal.alarm(_LIMIT_S)
        try:
            tried(name, text, rng)
        except Exception as error:  # noqa: BLE001 - all of them are faults
            faults += 1
            print(f"seed {seed}.{count}: {name}: {type(error).__name__}: {error}\n  {text!r}")
        finally:
            signal.alarm(0)
        count += 1
    print(f"{count} changed texts, {faults} faults")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3])), 1))
