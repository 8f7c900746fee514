"""Works shaped like real files, the same ones in every run, made as a stream.

What real files hold was measured: a psychology laboratory's ``.bib`` of 6,315 entries, four other ``.bib`` files of
352 entries, and 104 records that databases exported as RIS. Of five works here four are kept by hand, as in the two
kinds of ``.bib`` (each counted alike), and one is an export. ``python -m benchmarks.shape`` prints everything counted.

===========================  =========  ==========  ==========  ===========
share of the works (%)       generated  laboratory  other .bib  RIS exports
===========================  =========  ==========  ==========  ===========
articles                     65         91          22          100
conference papers            19         2           47          0
books; chapters              7; 4       3; 4        15; 5       0
volume; issue; pages         65 36 78   89 52 90    40 17 69    94 81 70
publisher; place             47; 13     24; 5       74; 30      41; 17
DOI; URL                     32; 34     0; 0        44; 46      70; 77
language; abstract           41; 15     0; 0        24; 2       48; 73
keywords                     18         0           5           78
fields of another format     45         3           94          96
title in title case          18         0           32          14
title with a colon           27         27          19          40
capitals within (``NATO``)   14         11          36          13
title with ``$``; ``<i>``    0.3; 0.8   0.3; 0.1    0.6; 0.9    0; 0
date with a month            12         0           15          15
address with ``% & _``       20         0           9           70
names: initials              45         85          2           53
names: beyond ASCII          20         2           13          4
names: particle; literal     0.7; 0.6   0.2; 0.1    1.4; 0.1    0.3; 10
one author; ten or more      20; 3      20; 3       27; 2       23; 1
longest list of authors      500        331         33          10
variables (median)           10         9           11          17
letters of a title (median)  77         78          78          106
letters of an abstract       1,399                  493         1,422
===========================  =========  ==========  ==========  ===========

Three of five names are distinct there, so the pools of names are wide. One work in 500 has 60 authors and one in 5,000
has 500. None of these files holds Cyrillic and one work in six of this project's own corpus does: so does one in six
here, in Russian or Tajik. No text of anyone's is copied: the words are put together from parts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.words import ENGLISH, TONGUE_WEIGHTS, TONGUES, Tongue
from tajikpeace_refs.conversion import render
from tajikpeace_refs.formats._csl.items import item_of
from tajikpeace_refs.model import Work
from tajikpeace_refs.model.work import WORK

Record = dict[str, Any]


_TYPES = ("article-journal", "paper-conference", "book", "chapter", "report", "thesis", "webpage", "document")
_TYPE_WEIGHTS = (56, 24, 9, 5, 2, 1, 1, 2)
_AUTHORS = (20, 48, 67, 79, 86, 91, 94, 96, 97, 98, 99, 100)
"""How many of a hundred works of the laboratory have that many authors or fewer."""
_ACRONYMS = ("NATO", "OSCE", "UNHCR", "EU", "fMRI", "DNA", "McArthur", "Tajikistan")
_ORGANISATIONS = (
    "Institute of Peace",
    "World Organization for Rivers",
    "Ministry of Culture, Dushanbe",
    "Smith & Sons Group",
)
_PLACES = ("New York", "Dushanbe", "Москва", "Berlin", "Cambridge, MA", "Genève", "Oxford")


class _Maker:
    """Makes records from one stream of chance."""

    def __init__(self) -> None:
        self.dice = random.Random(1997)
        self.pools = {tongue.tag: tongue.pool() for tongue in TONGUES}
        english = self.pools["en"]
        self.titled = [word if word in ENGLISH.small else word.capitalize() for word in english]
        self.sentences = {tag: [self._sentence(pool) for _ in range(400)] for tag, pool in self.pools.items()}
        self.journals = [f"Journal of {a} {b} {c}" for a, b, c in zip(*self._capitals(), strict=True)]
        self.publishers = [f"{word.capitalize()} {end}" for word in ENGLISH.words[:65]
                           for end in ("University Press", "& Sons", "Verlag")]  # fmt: skip

    def _capitals(self) -> Iterator[list[str]]:
        capitals = [word.capitalize() for word in ENGLISH.words]
        yield self.dice.choices(capitals, k=960)
        yield self.dice.choices(["and", "and", "of", "&"], k=960)
        yield self.dice.choices(capitals, k=960)

    def _sentence(self, pool: list[str]) -> str:
        text = " ".join(self.dice.choices(pool, k=self.dice.randint(9, 26)))
        return f"{text[0].upper()}{text[1:]}."

    def record(self, number: int) -> Record:
        """Return the next record, in CSL's spellings."""
        dice = self.dice
        exported = dice.random() < 0.2
        tongue = dice.choices(TONGUES, cum_weights=TONGUE_WEIGHTS)[0]
        kind = "article-journal" if exported else dice.choices(_TYPES, _TYPE_WEIGHTS)[0]
        year = 2025 - int(dice.expovariate(1 / 15)) % 100
        record: Record = {
            "id": f"{dice.choice(ENGLISH.words)}{year}n{number}",
            "type": kind,
            "author": self.people(tongue, self._how_many(number), organisations=0.1 if exported else 0.001),
            "issued": self._date(year),
            "title": self._title(tongue, 12 if exported else 9),
        }
        self._put_place(record, kind, number)
        if exported:
            self._put_export(record, tongue, number)
        else:
            self._put_kept(record, tongue, number)
        return record

    def _how_many(self, number: int) -> int:
        if number % 500 == 250:
            return 500 if number % 5000 == 2750 else 60
        return self.dice.choices(range(1, 13), cum_weights=_AUTHORS)[0]

    def people(self, tongue: Tongue, count: int, organisations: float) -> list[dict[str, str]]:
        """Return names; some with a particle or a suffix, some organisations."""
        dice = self.dice
        pairs = zip(dice.choices(tongue.families, k=count), dice.choices(tongue.given, k=count), strict=True)
        names = [{"family": family, "given": given} for family, given in pairs]
        chance = dice.random()
        if chance < organisations:
            names[0] = {"literal": dice.choice(_ORGANISATIONS)}
        elif chance > 0.976:
            names[0]["non-dropping-particle"] = dice.choice(("van der", "de", "von"))
        elif chance > 0.973:
            names[-1]["suffix"] = "Jr."
        elif chance > 0.97:
            names.append({"literal": "others"})
        return names

    def _date(self, year: int) -> str:
        month, chance = self.dice.randint(1, 12), self.dice.random()
        if chance < 0.88:
            return str(year)
        return f"{year}-{month:02d}" if chance < 0.96 else f"{year}-{month:02d}-{self.dice.randint(1, 28):02d}"

    def _title(self, tongue: Tongue, length: int) -> str:
        dice = self.dice
        in_title_case = tongue is ENGLISH and dice.random() < 0.22
        count = max(3, min(40, int(dice.gauss(length, 0.45 * length))))
        words = dice.choices(self.titled if in_title_case else self.pools[tongue.tag], k=count)
        if dice.random() < 0.16:
            words[count // 2] = dice.choice(_ACRONYMS)
        if dice.random() < 0.27:
            words[count // 3] += ":"
        words[0] = words[0][0].upper() + words[0][1:]
        chance = dice.random()
        if chance < 0.02:
            words[-1] = _odd(words[-1], int(chance * 400))
        elif chance > 0.985:
            words[-1] += "?"
        return " ".join(words)

    def _put_place(self, record: Record, kind: str, number: int) -> None:
        """Put where the work stands: journal, book, publisher."""
        dice = self.dice
        if kind in {"article-journal", "paper-conference", "chapter"}:
            record["container-title"] = dice.choice(self.journals)
            if dice.random() < 0.88:
                first = dice.randint(1, 1200)
                record["page"] = f"{first}-{first + dice.randint(1, 40)}"
        if kind == "article-journal":
            record["volume"] = str(dice.randint(1, 120))
            if dice.random() < 0.55:
                record["issue"] = str(dice.randint(1, 12))
            if dice.random() < 0.2:
                record["publisher"] = dice.choice(self.publishers)
        elif kind != "webpage":
            record["publisher"] = dice.choice(self.publishers)
            if dice.random() < 0.4:
                record["publisher-place"] = dice.choice(_PLACES)
        self._put_kind(record, kind, number)

    def _put_kind(self, record: Record, kind: str, number: int) -> None:
        """Put what one type of work has alone."""
        dice = self.dice
        if kind in {"chapter", "paper-conference"} and dice.random() < 0.5:
            record["editor"] = self.people(ENGLISH, dice.randint(1, 3), organisations=0)
        if kind == "book" and dice.random() < 0.3:
            record["ISBN"] = f"978-0-{number % 10**5:05d}-{number % 997:03d}-{number % 10}"
        if kind == "thesis":
            record["genre"] = "Doctoral dissertation"
        if kind == "report":
            record["number"] = str(number % 900 + 1)
        if kind == "webpage":
            record |= {"URL": f"https://example.org/{number}/a_b", "accessed": "2024-05-06"}

    def _put_kept(self, record: Record, tongue: Tongue, number: int) -> None:
        """Put what people keep by hand beside that."""
        dice = self.dice
        if dice.random() < 0.22:
            record["DOI"] = f"10.5555/kept{'_' if number % 9 == 0 else '.'}{number}"
        if dice.random() < 0.22:
            record["URL"] = f"https://example.org/{record['id']}{'/a_b?c=%20d' if number % 11 == 0 else ''}"
        if tongue is not ENGLISH or dice.random() < 0.12:
            record["language"] = tongue.tag
        if dice.random() < 0.06:
            record["note"] = dice.choice(self.sentences[tongue.tag])
        if dice.random() < 0.03:
            record["keyword"] = dice.choices(ENGLISH.words, k=3)
        if dice.random() < 0.3:
            record["extra"] = {"bibtex": {"owner": "library", "timestamp": f"{record['issued'][:4]}-02-03"}}

    def _put_export(self, record: Record, tongue: Tongue, number: int) -> None:
        """Put what a database exports beside that."""
        dice = self.dice
        if dice.random() < 0.7:
            record["DOI"] = f"10.5555/{number % 997}.{number}"
        if dice.random() < 0.77:
            record["URL"] = (f"https://search.example.org/login?url=https://db.example.org/direct%2Faspx"
                             f"&db=a9h&an_no={number}&site=host-live")  # fmt: skip
        if dice.random() < 0.73:
            record["abstract"] = " ".join(dice.choices(self.sentences[tongue.tag], k=dice.randint(4, 14)))
        if dice.random() < 0.78:
            record["keyword"] = dice.choices(self.pools[tongue.tag], k=3 + min(int(dice.expovariate(0.13)), 46))
        if dice.random() < 0.77:
            record["ISSN"] = f"{1000 + number % 9000}-{number % 9000 + 1000}"
        if tongue is not ENGLISH or dice.random() < 0.5:
            record["language"] = tongue.tag
        if dice.random() < 0.47:
            record["archive"] = "Example Abstracts"
        if dice.random() < 0.41:
            record["container-title-short"] = "J. Ex. Abstr."
        record["archive_location"] = str(number)
        record["extra"] = {"ris": {"AD": f"Department of Rivers, {dice.choice(_PLACES)}", "U2": "core"}}


def _odd(word: str, which: int) -> str:
    """Return the end of a title with what some format finds special."""
    return (f"<i>{word}</i>", f"$\\alpha$ {word}", f"& {word}", f"{word} at 5%", f"<i>{word}</i>", f"{word} #1",
            f"H<sub>2</sub>O {word}", f"“{word}”")[which]  # fmt: skip


def records(count: int) -> Iterator[Record]:
    """Yield records as plain data, in CSL's spellings; the first ones of more are those of fewer."""
    maker = _Maker()
    return (maker.record(number) for number in range(count))


def works(count: int) -> Iterator[Work]:
    """Yield the works of the records."""
    return map(WORK.validate_python, records(count))


def bib(works: list[Work]) -> str:
    """Return works as ``.bib``: accents as TeX, as real files have them, and Cyrillic as it is."""
    runs = (render([work], "bibtex", ascii=work.language not in {"ru", "tg"}, on_loss="ignore") for work in works)
    return "\n".join(runs)


def json_lines(works: list[Work]) -> str:
    """Return works as CSL-JSON, one a line."""
    return "".join(json.dumps(item_of(work), ensure_ascii=False) + "\n" for work in works)


_TEXTS: dict[str, Callable[[list[Work]], str]] = {
    "yaml": lambda some: render(some, "csl-yaml").removeprefix("references:\n"),
    "bib": bib,
    "ris": lambda some: render(some, "ris", on_loss="ignore"),
    "jsonl": json_lines,
}


def write(path: Path, count: int) -> None:
    """Write the works to a ``.yaml``, ``.bib``, ``.ris`` or ``.jsonl`` file, as a stream."""
    stream = works(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("references:\n" if path.suffix == ".yaml" else "")
        while some := list(islice(stream, 1000)):
            file.write(_TEXTS[path.suffix[1:]](some))


def prepared(folder: Path, count: int) -> Path:
    """Return a new folder, named by the count, with the works in files of all four kinds; all cores make them."""
    folder /= str(count)
    folder.mkdir()
    with ProcessPoolExecutor() as pool:
        list(pool.map(write, [folder / f"works.{suffix}" for suffix in _TEXTS], [count] * len(_TEXTS)))
    return folder
