"""What real files hold, and what ``benchmarks/data.py`` makes: ``python -m benchmarks.shape`` prints both.

The real files are other people's and not part of this project: see ``conformance/formats.py`` for where they are read.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable

from conformance.formats import corpora

import tajikpeace_refs as refs
from benchmarks import data
from benchmarks.words import ENGLISH
from tajikpeace_refs.model import Name, Work

_SMALL = {*ENGLISH.small, "an", "at", "is", "or", "via"}
_ODD_NAMES: dict[str, Callable[[Name], object]] = {
    "with initials": lambda name: re.fullmatch(r"(\w\b\.?[ -]?)+", name.given or ""),
    "beyond ASCII": lambda name: not str(name).isascii(),
    "with a particle": lambda name: name.non_dropping_particle,
    "with a suffix": lambda name: name.suffix,
    "organisations": lambda name: name.literal and not name.is_others,
}
_TITLES = {"title with a colon": ": ", "title with &": " & ", "title with $": r"\$", "title with <i>": "<(i|sub|sup)>",
           "title with capitals within": r"\B[A-Z]", "title in Cyrillic": "[а-яё]"}  # fmt: skip


def shares(works: list[Work]) -> dict[str, str]:
    """Return what the works hold, in words and per cent."""

    def share(true: Iterable[object], of: int = len(works)) -> str:
        return f"{100 * sum(map(bool, true)) / of:.1f}"

    def middle(lengths: Iterable[int]) -> str:
        found = sorted(lengths) or [0]
        return f"{statistics.median(found):.0f} (longest {found[-1]})"

    titles = [work.title or "" for work in works]
    names = [name for work in works for name in work.author]
    found = {kind: share(work.type == kind for work in works)
             for kind in ("article-journal", "paper-conference", "book", "chapter")}  # fmt: skip
    found |= {name: share(getattr(work, name) for work in works) for name in (
        "volume", "issue", "page", "publisher", "publisher_place", "editor", "doi", "url", "language", "abstract",
        "keyword", "note", "extra")}  # fmt: skip
    found |= {name: share(re.search(pattern, title) for title in titles) for name, pattern in _TITLES.items()}
    found["title in title case"] = share(map(_in_title_case, titles))
    found["date with a month"] = share("-" in str(work.issued or "") for work in works)
    found["address with %, & or _"] = share(re.search("[%&_]", f"{work.url}{work.doi}") for work in works)
    found |= {f"names {name}": share(map(test, names), len(names)) for name, test in _ODD_NAMES.items()}
    found["one author"] = share(len(work.author) == 1 for work in works)
    found["ten authors or more"] = share(len(work.author) >= 10 for work in works)
    found["authors"] = middle(len(work.author) for work in works)
    found["variables"] = middle(len(work.variables()) for work in works)
    found["letters of a title"] = middle(map(len, titles))
    found["letters of an abstract"] = middle(len(work.abstract) for work in works if work.abstract)
    found["keywords"] = middle(len(work.keyword) for work in works if work.keyword)
    return found


def _in_title_case(title: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z][\w'’-]*", title)[1:] if word.lower() not in _SMALL]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def real(*patterns: str) -> list[Work]:
    """Return the works of the real files that the patterns name."""
    found: list[Work] = []
    for path in sorted(path for pattern in patterns for path in corpora().glob(pattern)):
        name = {".bib": "bibtex", ".ris": "ris"}[path.suffix]
        with path.open(encoding="utf-8-sig") as stream:
            found += [item for item in refs.iter_parse(stream, name) if isinstance(item, Work)]
    return found


def main() -> None:
    """Print the shares side by side."""
    columns = {"generated": shares(list(data.works(20_000)))}
    if corpora().exists():
        columns["laboratory .bib"] = shares(real("cdl.bib"))
        columns["other .bib"] = shares(real("biblatex*.bib", "cjs*.bib", "jabref*.bib"))
        columns["RIS exports"] = shares(real("*.ris"))
    else:
        print(f"the real files are not here ({corpora()}): the generated works alone\n")
    print(f"| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for name in columns["generated"]:
        print(f"| {name} | {' | '.join(column[name] for column in columns.values())} |")


if __name__ == "__main__":
    main()
