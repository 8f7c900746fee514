"""Made references in Latin letters: random layouts of many styles, with the kind of each part."""

from __future__ import annotations

import re
from typing import Any

from scripts.printed.terms import MONTHS, SEASONS, TERMS
from scripts.printed.vocabulary import Chance, Person, Vocabulary

Part = tuple[str, str]
"""The kind of a part and its text as printed, the punctuation behind it included."""

_QUOTES = [
    *[("“", "”")] * 6, *[('"', '"')] * 4, ("«", "»"), ("« ", " »"), ("‘", "’"), ("„", "“"), ("``", "''"), ("'", "'"),
]  # fmt: skip
_KINDS = {
    "article": 0.33,
    "book": 0.2,
    "chapter": 0.16,
    "meeting": 0.11,
    "thesis": 0.03,
    "report": 0.045,
    "web": 0.045,
    "news": 0.03,
    "bare": 0.035,
    "loose": 0.035,
    "patent": 0.006,
    "film": 0.012,
    "series": 0.02,
    "untitled": 0.016,
    "talk": 0.012,
}


def _ended(text: str, stop: str) -> str:
    """Return a text with a stop behind it, unless it ends in one; a comma stands behind the full stop of "Ltd." too."""
    if not stop or text[-1:] in "?!,;:" or (text[-1:] == "." and stop[0] not in ",;:"):
        return text
    return text + stop


class Layout:
    """One reference in the making: its style is chosen once, its parts one after the other."""

    def __init__(self, chance: Chance, words: Vocabulary) -> None:
        """Choose the style."""
        self.chance, self.words = chance, words
        self.language = chance.weighted({"en": 0.74, "fr": 0.08, "de": 0.06, "es": 0.07, "it": 0.05})
        self.terms = TERMS[self.language]
        self.stop = chance.weighted({".": 0.57, ",": 0.37, "": 0.06})
        self.inner = chance.weighted({
            ".": {",": 0.68, ".": 0.27, ";": 0.05}, ",": {",": 0.92, ";": 0.03, ".": 0.05}, "": {",": 0.7, "": 0.3},
        }[self.stop])  # fmt: skip
        if chance.likely(0.08):
            self.inner = chance.one(".", ",", "", ";")
        self.early = chance.likely(0.43)
        self.year = str(chance.randint(1900, 2022) if chance.likely(0.9) else chance.randint(1650, 1900))
        if chance.likely(0.05):
            self.year += chance.one("a", "b", "c")
        self.dated = False
        self.parts: list[Part] = []
        self.names = self._name_style()

    # ---- small pieces

    def term(self, kind: str) -> str:
        """Return what the language of the reference calls a thing."""
        return self.chance.choice(self.terms[kind])

    def mark(self) -> str:
        """Return the mark between two parts behind the title."""
        return self.inner or self.chance.one(".", ",", "")

    def outer(self) -> str:
        """Return the mark behind authors and titles."""
        return self.stop or self.chance.one(".", ",", "")

    def add(self, kind: str, text: str, stop: str | None = None) -> None:
        """Add a part with its stop."""
        if stop is None:
            stop = self.outer() if kind in {"author", "title", "translator", "edition"} else self.mark()
        self.parts.append((kind, _ended(text, stop)))

    def _name_style(self) -> dict[str, Any]:
        chance = self.chance
        given_first = chance.likely(0.38)
        style: dict[str, Any] = {
            "given_first": given_first, "capitals": chance.likely(0.07), "one": chance.likely(0.35), "between": chance.weighted({", ": 0.74, " ": 0.26}),
            "initials": chance.weighted({"full": 0.32, "spaced": 0.29, "tight": 0.2, "bare": 0.13, "bare spaced": 0.05, "bracketed": 0.012}),
        }  # fmt: skip
        style["inverted"] = not given_first and chance.likely(0.3)
        style["separator"] = (
            ", "
            if given_first or style["inverted"] or style["between"] == " "
            else chance.weighted({", ": 0.72, "; ": 0.22, " / ": 0.03, " and ": 0.03})
        )
        if style["initials"] == "bracketed":
            style["between"] = " "
        and_ = self.term("and")
        style["last"] = chance.weighted({f" {and_} ": 0.45, f", {and_} ": 0.32, style["separator"]: 0.23})
        return style

    def name(self, person: Person, style: dict[str, Any], *, first: bool = True) -> str:
        """Return a name in a style."""
        family = person.family.upper() if style["capitals"] else person.family
        given = person.given
        if not given:
            return person.family
        if style["initials"] != "full":
            given = given.split(" ")[0] if style["one"] else given
            given = _initials(given, style["initials"])
        given_first = style["given_first"] or (style["inverted"] and not first)
        return f"{given} {family}" if given_first else family + style["between"] + given

    def people(self, count: int, style: dict[str, Any] | None = None) -> str:
        """Return a list of names, sometimes shortened."""
        chance = self.chance
        style = style or self.names
        if chance.likely(0.045):
            return self.words.organisation()
        printed = [self.name(self.words.person(), style, first=i == 0) for i in range(count)]
        if count > 1 and chance.likely(0.015):
            printed[-1] = chance.one("", "the ", "for the ") + self.words.organisation()
        if (count > 3 and chance.likely(0.25)) or chance.likely(0.035):
            kept = 1 if chance.likely(0.6) else min(3, count)
            start: str = style["separator"].join(printed[:kept])
            return start + chance.one(" ", ", ") + self.term("others")
        if count == 1:
            return printed[0]
        if count > 4 and chance.likely(0.15):
            printed[-2:-1] = ["..."]
        return str(style["separator"].join(printed[:-1]) + style["last"] + printed[-1])

    def date_text(self) -> str:
        """Return a date as it stands behind a title."""
        chance = self.chance
        months = (
            MONTHS[self.language] if self.language != "en" else MONTHS[chance.one("en", "en", "en-short", "en-bare")]
        )
        month, year = chance.choice(months), self.year
        return str(chance.weighted({
            year: 0.66, f"{month} {year}": 0.13, f"{chance.randint(1, 28)} {month} {year}": 0.045, f"{month} {chance.randint(1, 28)}, {year}": 0.045,
            f"{month}, {year}": 0.02, chance.one("n.d.", "undated", "s.d."): 0.01, f"{chance.choice(SEASONS)} {year}": 0.01, f"{year}/{chance.randint(1, 12)}": 0.004,
            f"{month}/{chance.choice(months)} {year}": 0.008, f"{month}-{chance.choice(months)} {year}": 0.012, f"{year} {month} {chance.randint(1, 28)}": 0.008,
            f"c{year}": 0.006, f"[{year}]": 0.008, f"{year}-{chance.randint(2, 9)}": 0.008, f"{year}–{int(year[:4]) + 1}": 0.006, f"{chance.randint(1, 28)}-{chance.randint(1, 28)} {month} {year}": 0.01,
            f"{month} {chance.randint(1, 14)}-{chance.randint(15, 28)}, {year}": 0.008,
            f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{year[:4]}": 0.008, f"{month}{year}": 0.002, f"{year}. {year}": 0.002, f"{chance.randint(1889, 1999)}-{chance.randint(10, 99)}": 0.003, f"{year} [{int(year[:4]) - chance.randint(1, 60)}]": 0.006, f"ca. {year}": 0.004,
        }))  # fmt: skip

    def early_date(self) -> None:
        """Add the date behind the authors."""
        chance, year = self.chance, self.year
        month = chance.choice(MONTHS["en"])
        text = chance.weighted({
            f"({year})": 0.5, year: 0.3, f"[{year}]": 0.03, f"({year}, {month} {chance.randint(1, 28)})": 0.04, f"({year}, {month})": 0.02, f"({self.term('unpublished')})": 0.03,
            f"({year}/{int(year[:4]) - chance.randint(1, 60)})": 0.015, f"({int(year[:4]) - chance.randint(1, 60)}/{year})": 0.01, f"{month} {year}": 0.01, f"({year} [{int(year[:4]) - 20}])": 0.01,
            f"{self.term('unpublished')}": 0.01, f"({year}–{chance.randint(1, 99):02})": 0.01, f"({month} {year})": 0.01,
        })  # fmt: skip
        stop = (
            chance.weighted({".": 0.6, ",": 0.14, "": 0.17, ":": 0.07, ";": 0.01, " -": 0.01})
            if text.startswith(("(", "["))
            else chance.weighted({".": 0.6, ",": 0.25, ":": 0.1, "": 0.05})
        )
        self.add("date", text, stop)
        self.dated = True

    def late_date(self, brackets: float = 0.4, stop: str | None = None) -> None:
        """Add the date, unless the reference has one."""
        if self.dated:
            return
        if self.chance.likely(0.015):
            self.add("note", self.term("unpublished"))
            self.dated = True
            return
        text = self.date_text()
        text = f"({text})" if self.chance.likely(brackets) else text
        self.add("date", text, self.chance.weighted({self.mark(): 0.86, ":": 0.05, "": 0.09}) if stop is None else stop)
        self.dated = True

    def page_text(self, *, bare: float = 0.35) -> str:
        """Return pages, with or without a word before them."""
        chance = self.chance
        size = chance.choice([9, 99, 999, 999, 2500, 20000])
        start = chance.randint(1, size)
        end = start + chance.randint(1, 40)
        last = str(end)
        if chance.likely(0.14) and len(str(start)) == len(last) > 2:
            last = last[-2:] if str(start)[:-2] == last[:-2] else last
        dash = chance.weighted(
            {"-": 0.5, "–": 0.3, "--": 0.05, "—": 0.03, " - ": 0.04, "- ": 0.02, " – ": 0.04, "-\u00ad": 0.0}
        )
        text = f"{start}{dash}{last}"
        text = chance.weighted({text: 0.82, str(start): 0.1, f"abstract #{start}": 0.003, f"chap. {chance.randint(1, 20)}, pp. {text}": 0.005, f"{start} ff.": 0.01, f"{start}f.": 0.01, f"{chance.one('e', 'A', 'S', 'L', 'B')}{start}{dash}{chance.one('', 'A')}{last}": 0.02, f"{start}{dash}{last}, {end + 9}{dash}{end + 12}": 0.015, f"{start}, {end}": 0.01, f"{start}{dash}{last} (esp. {end})": 0.004, "in press": 0.003, f"{start}+": 0.003, f"{start} et seq": 0.003, "xii–xx": 0.006, "NP": 0.003, f"{start} (3 pp.)": 0.002, "n. pag.": 0.003, f"Article {start}": 0.003})  # fmt: skip
        if chance.likely(bare):
            return str(text)
        word = self.term("page")
        return f"{word}{chance.one(' ', ' ', ' ', '') if word[-1] == '.' else ' '}{text}"

    def volume_text(self) -> str:
        """Return the volume and the issue of a journal as printed."""
        chance = self.chance
        volume = chance.weighted(
            {
                str(chance.randint(1, 140)): 0.9,
                chance.one("IV", "XII", "XLV", "XXVIII", "VII", "LXXXVI"): 0.05,
                f"{chance.choice('ABCD')}{chance.randint(1, 400)}": 0.02,
                str(chance.randint(1980, 2015)): 0.02,
                f"{chance.randint(1, 50)}/{chance.randint(51, 60)}": 0.01,
            }
        )
        number = str(chance.randint(1, 12)) if chance.likely(0.92) else str(chance.randint(13, 400))
        number = chance.weighted({number: 0.9, f"{number}-{int(number) + 1}": 0.03, f"{number}/{int(number) + 1}": 0.02, chance.one("Suppl. 1", "Suppl", "Special Issue", "S1", "Pt 2", "3, Part 2", "July", "Winter"): 0.05})  # fmt: skip
        word, numbered = self.term("volume"), self.term("issue")
        space = chance.one(" ", " ", "") if word[-1] == "." else " "
        return str(chance.weighted({
            volume: 0.32, f"{word}{space}{volume}": 0.09, f"{volume}({number})": 0.24, f"{volume} ({number})": 0.1, f"{word}{space}{volume}, {numbered}{space}{number}": 0.12,
            f"{volume}, {numbered}{space}{number}": 0.07, f"{volume}{chance.one(':', '.', '/', ', ', ': ')}{number}": 0.05, f"{numbered}{space}{number}": 0.05, f"{volume} {numbered} {number}": 0.02,
            f"{word}{space}{volume}({number})": 0.02, f"{word}{space}{volume} ({number})": 0.015, f"{word}{space}{volume} ({numbered} {number})": 0.01, f"{volume} ({numbered} {number})": 0.02,
            f"{volume}. {word} {numbered} {number}": 0.01, f"{volume}, {number}": 0.015, f"{volume} Suppl {number}": 0.008, f"({number})": 0.006, f"{volume}-{number}": 0.006, f"{volume}, ({number})": 0.02, f"{volume}, {chance.randint(1, 60)}, {number}": 0.004, f"{volume}({chance.choice(SEASONS)})": 0.004,
        }))  # fmt: skip

    def quoted(self, text: str, share: float) -> str:
        """Return a text in quotation marks in this share of the calls."""
        if not self.chance.likely(share):
            return text
        start, end = self.chance.choice(_QUOTES)
        return start + text + end

    # ---- parts

    def head(self, kind: str) -> None:
        """Add the number of the reference, its authors and an early date."""
        chance = self.chance
        if chance.likely(0.14):
            n = chance.randint(1, 160)
            self.parts.append(
                (
                    "citation-number",
                    chance.one(
                        f"[{n}]",
                        f"[{n}]",
                        f"[{n}]",
                        f"[{n}]",
                        f"{n}.",
                        f"{n}.",
                        f"({n})",
                        f"{n}",
                        f"{n})",
                        f"[{chance.choice('ABCKMS')}{chance.choice('abcor')}{chance.one('', '+')}{chance.randint(70, 99)}]",
                    ),
                )
            )
        count = chance.weighted({1: 0.44, 2: 0.26, 3: 0.16, 4: 0.07, 6: 0.05, 9: 0.02})
        style = self.names
        if kind in {"book", "series"} and chance.likely(0.16):
            names, word = self.people(count), self.term("eds" if count > 1 else "ed")
            self.add(
                "editor",
                names + (" " if word[0] == "(" else chance.one(" ", ", ")) + word,
                "" if self.early and chance.likely(0.6) else self.outer(),
            )
        elif kind == "film" and chance.likely(0.6):
            self.film_makers()
        elif chance.likely(0.006):
            self.add("journal", self.words.journal())
            self.early = False
            return
        elif chance.likely(0.03 if kind not in {"web", "news"} else 0.3):
            if self.early and chance.likely(0.6):
                self.title(kind)
                self.early_date()
            self.early = False
            return
        elif chance.likely(0.03):
            self.add(
                "author",
                chance.one("———", "———", "———", "——", "---", "–––", "_____", "______", "Id.", "Idem", "—", "Ibid."),
                chance.one(".", ",", ".", "."),
            )
        else:
            names = self.people(count, style)
            stop = chance.weighted(
                {self.outer(): 0.87, ":": 0.04, "": 0.06, " :": 0.005, "*": 0.005, ".,": 0.01, ";": 0.005}
            )
            if self.early and chance.likely(0.5):
                stop = "" if names.endswith(".") or chance.likely(0.35) else chance.one(",", ".")
            self.add("author", names, stop)
        if self.early:
            self.early_date()
        elif chance.likely(0.004):
            self.add("date", f"({self.year})")

    def film_makers(self) -> None:
        """Add producers and directors where authors stand."""
        chance = self.chance
        few = chance.one(1, 1, 2, 3)
        if chance.likely(0.5):
            word = "(Producers)" if few > 1 else "(Producer)"
            self.add("producer", f"{self.people(few)} {word}", ",")
            self.add("director", f"{chance.one('& ', '')}{self.people(1)} (Director)", self.mark())
        else:
            word = chance.one("(Director)", ", director", "(Writer/Director)", "(Producer)", ", dir", "(Dir.)")
            self.add(
                "producer" if "Prod" in word else "director", f"{self.people(1)}{'' if word[0] == ',' else ' '}{word}"
            )

    def title(self, kind: str) -> None:
        """Add the title, unless the reference has one."""
        if any(label == "title" for label, _ in self.parts):
            return
        chance = self.chance
        text = self.words.title(book=kind in {"book", "series"})
        if chance.likely(0.035):
            other = self.words.cyrillic_phrase() if chance.likely(0.7) else self.words.foreign_title()
            text = chance.one(
                f"{text} ({other})",
                f"{text} ({other})",
                f"{text} [{other}]",
                f"{text} / {other}",
                f"{other} [{text}]",
                f"{other} ({text})",
            )
        share = (
            0.36
            if kind in {"article", "chapter", "meeting", "news"}
            else 0.2
            if kind in {"web", "loose", "thesis"}
            else 0.05
        )
        stop = chance.weighted({
            ".": {".": 0.93, ",": 0.03, "": 0.02, ";": 0.005, ":": 0.005, " /": 0.01}, ",": {",": 0.72, ".": 0.2, "": 0.04, ";": 0.02, ":": 0.01, " /": 0.01},
            "": {".": 0.45, ",": 0.3, "": 0.25},
        }[self.stop])  # fmt: skip
        if self.dated and stop == "," and chance.likely(0.45):
            stop = "."
        if chance.likely(share):
            start, end = chance.choice(_QUOTES)
            inside = chance.likely(0.55)
            self.parts.append(
                (
                    "title",
                    start + _ended(text, stop) + end if inside and stop in {".", ","} else start + text + end + stop,
                )
            )
        else:
            self.add("title", text, stop)
        if kind == "film" and chance.likely(0.5):
            self.parts[-1] = ("title", self.parts[-1][1].rstrip(",;:."))
            self.add(
                "medium",
                chance.one("[DVD]", "[DVD]", "DVD", "[Motion picture]", "[Film]", "motion picture", "[Video]", "dvd"),
            )
        elif kind in {"book", "report", "web", "film", "loose"} and chance.likely(0.05):
            self.parts[-1] = ("title", self.parts[-1][1].rstrip(",;:."))
            genre = chance.one(
                "[Motion picture]",
                "(Report)",
                "[Brochure]",
                "[Computer software]",
                "[Review]",
                "[Blog post]",
                "[Film]",
                "(Policy brief)",
                "[Data file]",
                "[Online]",
                "[Video]",
                "exhibition catalogue",
                "(Unpublished doctoral dissertation)",
            )
            self.add("genre", genre, chance.one(".", ".", ",", ""))
        if kind in {"book", "article", "web"} and chance.likely(0.012):
            self.parts[-1] = ("title", self.parts[-1][1].rstrip(",;:."))
            self.add("pages", f"({self.term('page')}{chance.one('', ' ')}{chance.randint(1, 400)})")

    def imprint(self, *, dated: bool = True) -> None:
        """Add place, publisher and date in one of their orders."""
        chance = self.chance
        place, publisher = self.words.place(), self.words.publisher()
        opening, closing = ("(", ")") if chance.likely(0.15) else ("", "")
        if opening and self.parts and self.parts[-1][0] in {"title", "container-title"} and chance.likely(0.6):
            self.parts[-1] = (self.parts[-1][0], self.parts[-1][1].rstrip(".,;:"))
        form = chance.weighted(
            {
                "place: publisher": 0.5,
                "publisher, place": 0.18,
                "publisher": 0.15,
                "place": 0.09,
                "place, publisher": 0.08,
            }
        )
        if form == "place: publisher":
            colon = chance.weighted({":": 0.86, " :": 0.08, ": ": 0.06})
            parts = [
                ("location", opening + place + colon.strip() if colon != " :" else opening + place + " :"),
                ("publisher", publisher),
            ]
        elif form == "publisher, place":
            parts = [
                ("publisher", opening + publisher + chance.one(",", ",", ",", ",", ":", "", ".")),
                ("location", place),
            ]
        elif form == "publisher":
            parts = [("publisher", opening + publisher)]
        elif form == "place":
            parts = [("location", opening + place)]
        else:
            parts = [("location", opening + place + chance.one(",", ",", ",", ".", ";", "")), ("publisher", publisher)]
        if dated and not self.dated and chance.likely(0.93):
            date = ("date", self.date_text())
            parts = [date, *parts] if chance.likely(0.05) and not opening else [*parts, date]
            self.dated = True
        if chance.likely(0.02):
            parts.insert(len(parts) - 1, ("collection-title", self.words.collection()))
        for index, (kind, text) in enumerate(parts):
            if index == len(parts) - 1:
                text = _ended(text + closing, self.mark() if chance.likely(0.85) else "")
            elif text[-1] not in ":,;.":
                text = _ended(
                    text,
                    chance.weighted({",": 0.74, ".": 0.1, "": 0.08, ";": 0.04, ":": 0.04})
                    if parts[index + 1][0] == "date"
                    else self.mark()
                    if chance.likely(0.9)
                    else "",
                )
            self.parts.append((kind, text))

    def extras(self) -> None:
        """Add what books have before the imprint: an edition, translators, editors, a volume, a series."""
        chance = self.chance
        if chance.likely(0.12):
            edition = self.term("edition")
            self.add("edition", f"({edition})" if chance.likely(0.35) else edition)
        if chance.likely(0.11):
            given_first = {**self.names, "given_first": True, "initials": chance.one("full", "full", "spaced")}
            names = self.people(chance.one(1, 1, 2), given_first)
            text = chance.one(
                f"{self.term('translated')} {names}",
                f"{self.term('translated')} {names}",
                f"({names}, Trans.)",
                f"({names}, trans.)",
                f"{names} ({chance.one('trans.', 'Trans.', 'trans', 'tr.')})",
            )
            self.add("translator", text)
        if chance.likely(0.1):
            names = self.people(
                chance.one(1, 1, 2), {**self.names, "given_first": True, "last": f" {self.term('and')} "}
            )
            self.add(
                "editor",
                chance.one(
                    f"{self.term('edited')} {names}",
                    f"{self.term('edited')} {names}",
                    f"{names} {self.term('ed')}",
                    f"({names}, {self.term('ed').strip('()')})",
                ),
            )
        if chance.likely(0.08):
            n = chance.randint(1, 9)
            self.add(
                "volume",
                chance.one(
                    "(third book)",
                    f"Book {chance.one('One', 'Two', str(n))}",
                    f"(part {chance.one('one', 'two', str(n))})",
                    f"({chance.one('first', 'second', 'third')} volume)",
                    f"Vol.{n}",
                    f"Vol. {n}",
                    f"{self.term('volume')} {n}",
                    f"{n} vols.",
                    f"(Vol. {n})",
                    f"{self.term('volume')} {chance.one('I', 'II', 'III', 'IV')}",
                    f"vol. {n}",
                    f"Vols. {n}-{n + 1}",
                ),
            )
        if chance.likely(0.05):
            text = self.words.collection() + chance.one(
                "",
                "",
                f" {chance.randint(1, 400)}",
                f", {chance.randint(1, 90)}",
                f", no. {chance.randint(1, 90)}",
                f", Vol. {chance.randint(1, 90)}",
            )
            self.add("collection-title", f"({text})" if chance.likely(0.3) else text)

    def container(self, kind: str) -> None:
        """Add the volume or proceedings that a part stands in, its editors, volume, pages and imprint."""
        chance = self.chance
        name = (
            self.words.meeting()
            if kind == "meeting"
            else chance.one(self.words.title(book=True), self.words.title(book=True), self.words.meeting())
        )
        name = self.quoted(name, 0.06)
        if kind == "chapter" and chance.likely(0.08):
            name += chance.one(f" {chance.randint(1, 12)}", f", {chance.one('Part 2', 'I', 'tomo II')}")
        word = self.term("in")
        editors = chance.likely(0.62 if kind == "chapter" else 0.14)
        count = chance.weighted({1: 0.45, 2: 0.38, 3: 0.17})
        style = {**self._name_style(), "capitals": self.names["capitals"]}
        style["initials"] = self.names["initials"] if chance.likely(0.8) else style["initials"]
        if chance.likely(0.6):
            style["given_first"] = True
        usual = (
            {",": 0.8, ".": 0.08, "": 0.1, ";": 0.01, ":": 0.01}
            if self.inner == ","
            else {",": 0.3, ".": 0.58, "": 0.12}
        )
        stop = chance.weighted(usual)
        pages_first = chance.likely(0.03)
        if pages_first:
            self.add("pages", f"({self.page_text()})" if chance.likely(0.6) else self.page_text())
        if editors and chance.likely(0.62):
            mark = self.term("eds" if count > 1 else "ed")
            names = (f"{word} " if chance.likely(0.92) else "") + self.people(count, style)
            names += chance.weighted({(" " if mark[0] == "(" else chance.one(" ", ", ")) + mark: 0.92, "": 0.08})
            self.add("editor", names, chance.weighted({",": 0.55, ".": 0.13, ":": 0.12, "": 0.17, ";": 0.03}))
            self.add("container-title", name, stop)
        else:
            self.add(
                "container-title",
                (f"{word} " if chance.likely(0.82 if kind == "chapter" else 0.6) else "") + name,
                stop,
            )
            if editors:
                names = self.people(count, style)
                self.add(
                    "editor",
                    f"{self.term('edited')} {names}"
                    if chance.likely(0.7)
                    else f"{names} {self.term('eds')}"
                    if chance.likely(0.6)
                    else f"({self.term('edited')} {names})",
                )
        if chance.likely(0.03):
            names = self.people(chance.one(1, 1, 2), {**style, "given_first": True, "last": f" {self.term('and')} "})
            self.add("translator", f"{self.term('translated')} {names}")
        if chance.likely(0.04):
            self.add("edition", self.term("edition"))
        self._after_container(kind, pages_first)

    def _after_container(self, kind: str, paged: bool) -> None:
        chance = self.chance
        volume = (
            f"{self.term('volume')} {chance.one(str(chance.randint(1, 30)), str(chance.randint(1, 999)), 'II', 'IV')}"
            if chance.likely(0.13)
            else ""
        )
        pages = "" if paged or chance.likely(0.18) else self.page_text(bare=0.22)
        form = chance.random()
        if volume and chance.likely(0.4):
            self.add("volume", volume, chance.one("", "", ","))
            self.add("collection-title", f"of {self.words.collection()}", chance.one(",", ",", "."))
            volume = ""
        if form < 0.28 and pages:
            if volume and chance.likely(0.6):
                self.parts += [("volume", f"({volume},"), ("pages", f"{pages}){chance.one('.', ',')}")]
            else:
                self.parts.append(("pages", f"({pages}){chance.weighted({'.': 0.6, ',': 0.25, '': 0.15})}"))
            self._imprint_or_date(kind, 0.9)
            return
        if volume:
            self.add("volume", volume, chance.one(",", ",", "."))
        if form < 0.6:
            if pages:
                self.add("pages", pages, chance.weighted({self.mark(): 0.85, "": 0.15}))
            self._imprint_or_date(kind, 0.8)
        elif form < 0.85 or kind != "meeting":
            self._imprint_or_date(kind, 0.8)
            if pages:
                self.add("pages", pages)
        else:
            self.late_date()
            if pages:
                self.add("pages", pages)

    def _imprint_or_date(self, kind: str, share: float) -> None:
        chance = self.chance
        if kind == "meeting" and chance.likely(0.55):
            if chance.likely(0.55):
                self.add(
                    "location", ("(" if chance.likely(0.05) else "") + self.words.place(), chance.one(",", ",", ".", "")
                )
            if chance.likely(0.12):
                self.add("date", self.date_text())
                self.dated = True
            if chance.likely(0.3):
                self.add("publisher", self.words.publisher(), chance.one(",", ".", ","))
            self.late_date(0.1)
        elif chance.likely(share):
            self.imprint()
        else:
            self.late_date()

    # ---- kinds of works

    def article(self) -> None:
        """Add a journal, its volume, pages and date in one of their orders."""
        chance = self.chance
        journal = self.quoted(self.words.journal(), 0.06)
        if chance.likely(0.07):
            journal = f"{self.term('in')} {journal}"
        if chance.likely(0.02) and not self.dated:
            self.add("journal", chance.choice(self.words.words["meetings"]))
            self.late_date(0.1)
            return
        usual = (
            {",": 0.58, "": 0.37, ".": 0.03, ":": 0.01, ";": 0.01}
            if self.inner == ","
            else {",": 0.3, "": 0.33, ".": 0.35, ":": 0.02}
        )
        self.add("journal", journal, chance.weighted(usual))
        self._behind_journal()
        if chance.likely(0.05):
            self.glued_numbers()
            return
        volume, pages = self.volume_text(), self.page_text(bare=0.65)
        order = chance.random()
        if order < 0.5 or self.dated:
            self.add("volume", volume, chance.weighted({":": 0.25, ",": 0.48, "": 0.13, ".": 0.1, ";": 0.04}))
            if self.dated and chance.likely(0.05):
                month = chance.choice(MONTHS["en"])
                self.add(
                    "date",
                    chance.one(
                        f"({month})", f"({chance.randint(1, 28)} {month})", f"({month} {chance.randint(1, 28)})"
                    ),
                    ":",
                )
            if not self.dated and chance.likely(0.4):
                self.late_date(0.6)
            if chance.likely(0.93):
                self.add("pages", pages)
            self.late_date(0.45)
        elif order < 0.7:
            self.late_date(0.35, chance.weighted({",": 0.4, "": 0.25, ";": 0.15, ".": 0.12, ":": 0.08}))
            self.add("volume", volume, chance.weighted({":": 0.45, ",": 0.42, ".": 0.08, "": 0.05}))
            if chance.likely(0.92):
                self.add("pages", pages)
        elif order < 0.8:
            self.add("volume", volume, chance.one(",", ""))
            self.late_date(0.5)
            if chance.likely(0.9):
                self.add("pages", pages)
        elif order < 0.9:
            self.late_date(0.2)
            if chance.likely(0.8):
                self.add("pages", pages)
        elif order < 0.95:
            self.add("volume", volume, chance.one(",", ""))
            self.late_date(0.5)
        elif chance.likely(0.6):
            self.add("pages", pages, chance.one(",", ""))
            self.late_date(0.5)
        else:
            self.late_date(0.4)
        if chance.likely(0.03):
            self.add("publisher", self.words.publisher())

    def _behind_journal(self) -> None:
        chance = self.chance
        if chance.likely(0.012):
            self.add("location", f"({self.words.city()})", chance.one("", ","))
        if chance.likely(0.012):
            self.add(
                "note",
                f"Special {chance.one('Issue', 'issue')}{chance.one(' on ', ': ', ' on ')}{self.words.topic()}",
                ",",
            )

    def glued_numbers(self) -> None:
        """Add volume, issue and pages as one word, or a volume, a date and an issue."""
        chance = self.chance
        volume, issue, start = chance.randint(1, 150), chance.randint(1, 12), chance.randint(1, 3000)
        if self.language == "de" and chance.likely(0.6):
            self.add(
                "volume",
                chance.one(f"{volume}. Jg.", f"{volume}", f"Jg. {volume}", f"{volume}.Jg."),
                chance.one("", ","),
            )
            if not self.dated and chance.likely(0.8):
                self.add("date", f"({self.year})", chance.one("", ","))
                self.dated = True
            self.add("volume", f"{chance.one('H.', 'Heft', 'Nr.')} {issue}", ",")
            self.add("pages", f"S. {start}{chance.one('-', '–', ' – ')}{start + chance.randint(2, 40)}")
        else:
            pages = f"{start}{chance.one('-', '–')}{start + chance.randint(2, 40)}"
            head = chance.one(f"{volume}", f"{volume}", f"{volume}({issue})", f"{volume}({issue})", f"({issue})")
            if not self.dated and chance.likely(0.3):
                head = f"{self.year};{head}"
                self.dated = True
            self.late_date(0.3, ";") if chance.likely(0.5) else None
            self.add("volume", f"{head}:{pages}", chance.one(".", ",", ""))
        self.late_date(0.3)

    def talk(self) -> None:
        """Add a talk or a poster, the meeting it was held at and its place."""
        chance = self.chance
        what = chance.one(
            "Paper presented at",
            "Poster presented at",
            "Presented at",
            "Paper presented at",
            "Talk at",
            "Paper read at",
        )
        self.add("container-title", f"{what} {chance.one('the ', 'the ', '')}{self.words.meeting()}")
        if chance.likely(0.6):
            self.add("location", self.words.place())
        self.late_date(0.1)

    def book(self) -> None:
        """Add what books have, the imprint, sometimes the extent."""
        chance = self.chance
        self.extras()
        if chance.likely(0.95):
            self.imprint()
        else:
            self.late_date()
        if chance.likely(0.1):
            n = chance.randint(90, 700)
            self.add(
                "pages",
                chance.one(
                    f"{n} p.",
                    f"p. {n}",
                    f"{n} pp.",
                    f"pp. {self.page_text(bare=1)}",
                    f"{n}p.",
                    f"{n} S.",
                    f"{n} pages",
                    f"xii, {n} p.",
                ),
            )
        if chance.likely(0.03):
            self.add("collection-title", f"({self.words.collection()})")

    def thesis(self) -> None:
        """Add the kind of a thesis and its university."""
        chance = self.chance
        genre = self.term("thesis")
        self.add("genre", f"({genre})" if chance.likely(0.3) else genre)
        city = self.words.city()
        university = chance.one(
            f"University of {city}",
            f"{city} University",
            f"{city} State University",
            f"Université de {city}",
            f"Universität {city}",
            f"{city} Institute of Technology",
            f"University of {city}, {self.words.topic()}",
            f"Department of {self.words.topic()}, University of {city}",
            f"Université {city} {chance.randint(2, 13)}",
            f"University of {city} School of {self.words.topic()}",
        )
        self.add("publisher", university)
        if chance.likely(0.3):
            self.add("location", self.words.place())
        self.late_date(0.15)

    def report(self) -> None:
        """Add the kind and the number of a report, and its imprint."""
        chance = self.chance
        n = chance.randint(1, 9999)
        number = chance.one(
            f"TR-{n}",
            f"CS-{n}",
            f"No. {n}",
            f"{n}",
            f"CMU-CS-{n}",
            f"{chance.randint(70, 99)}-{n}",
            f"No. {chance.choice('ABC')}-{n}",
            f"#{n}",
            f"{self.year[:4]}/{n}",
            "",
            f"{chance.one('STAN', 'UCB', 'INRIA', 'ISI')}/{chance.one('CS', 'RR')}-{n}",
            f"number {n}",
        )
        genre = f"{self.term('report')} {number}".strip()
        genre = f"({genre})" if chance.likely(0.2) else genre
        if chance.likely(0.2):
            self.imprint(dated=chance.likely(0.5))
            self.add("genre", genre)
        else:
            self.add("genre", genre)
            if chance.likely(0.85):
                self.imprint()
        self.late_date()

    def address(self) -> None:
        """Add an address with the words before and behind it."""
        chance = self.chance
        day = chance.one(
            f"{chance.randint(1, 28)} {chance.choice(MONTHS['en'])} {chance.randint(1998, 2021)}",
            f"{chance.choice(MONTHS['en'])} {chance.randint(1, 28)}, {chance.randint(1998, 2021)}",
            f"{chance.randint(1, 28)}-{chance.choice(MONTHS['en-bare'])}-{chance.randint(1998, 2021)}",
            f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1998, 2021)}",
            f"{chance.randint(1, 28)} {chance.choice(MONTHS['en-short'])} {chance.randint(1998, 2021)}",
        )
        accessed = self.term("accessed").format(day)
        before = chance.random()
        if chance.likely(0.08):  # the address itself was lost
            self.parts.append(("note", self.term("retrieved") + chance.one("", ":")))
            return
        if before < 0.4:
            self.parts.append(("note", self.term("retrieved").rstrip(":") + chance.one("", "", ":", ":")))
        elif before < 0.5:
            site = f" {self.words.organisation()} website:" if chance.likely(0.15) else chance.one("", "", ":")
            self.parts.append(
                (
                    "note",
                    f"Retrieved {day}{chance.one(', from', ' from')}{site}"
                    if chance.likely(0.8)
                    else f"Retrieved from{site}",
                )
            )
        elif before < 0.6:
            self.add("note", accessed)
        self.parts.append(("url", self.url() + chance.one("", ".", ",")))
        if before > 0.6 and chance.likely(0.45):
            self.parts.append(("note", _ended(accessed, ".")))

    def url(self) -> str:
        """Return an address."""
        chance = self.chance
        host = re.sub(r"\W", "", self.words.family().lower())
        path = chance.one(
            "",
            "papers/w",
            "science/article/pii/S",
            "pub/",
            "index",
            "~smith/",
            "en/news/",
            "wiki/",
            "view/",
            "docs/",
            f"{chance.choice(self.words.common)}-{chance.choice(self.words.common)}/",
        )
        text = f"{chance.one('http://', 'https://', 'http://www.', 'https://www.', 'www.', 'ftp://')}{host}{chance.one('.org', '.com', '.edu', '.gov', '.fr', '.de', '.co.uk', '.net')}/{path}{chance.one('', str(chance.randint(1, 99999)))}{chance.one('', '', '.html', '.pdf', '/', '?id=3', '.htm')}"
        if chance.likely(0.05):
            text = text.replace("/", "/ ", 4).replace("/ / ", "//")
        return str(chance.weighted({text: 0.86, f"<{text}>": 0.1, f"({text})": 0.04}))

    def web(self) -> None:
        """Add a site, a date and an address."""
        chance = self.chance
        site = chance.random()
        if site < 0.4:
            self.add(
                "container-title",
                chance.one(
                    self.words.journal(),
                    self.words.topic(),
                    self.words.organisation(),
                    f"{self.words.topic()} Homepage",
                    f"{self.words.family()}.com",
                ),
            )
        if 0.3 < site < 0.6:
            self.add("publisher", self.words.publisher())
        if chance.likely(0.15):
            self.parts.append(("medium", "Web."))
        if self.dated and chance.likely(0.3):
            self.add("date", f"{chance.randint(1, 28)} {chance.choice(MONTHS['en'])}{chance.one('', ' ' + self.year)}")
        self.late_date(0.3)
        self.address()

    def news(self) -> None:
        """Add a newspaper, a day and perhaps pages."""
        chance = self.chance
        if self.language != "en":
            city, month = self.words.city(), chance.choice(MONTHS[self.language])
            self.add(
                "journal",
                chance.one(
                    f"Le Monde de {city}",
                    f"{city} Zeitung",
                    f"Mercure de {city}",
                    f"Corriere di {city}",
                    f"El País de {city}",
                    f"La Voz de {city}",
                    self.words.journal(),
                ),
                ",",
            )
            if not self.dated:
                number = chance.randint(1, 28)
                behind = chance.one("", ".", " de") if self.language in {"de", "es"} else ""
                self.add("date", f"{number}{behind} {month} {self.year}")
            if chance.likely(0.5):
                self.add("pages", self.page_text())
            return
        paper = (
            chance.choice(self.words.words["journals"]["latin"][-60:])
            if chance.likely(0.3)
            else f"{chance.one('The ', '')}{self.words.city()} {chance.one('Times', 'Post', 'News', 'Tribune', 'Gazette', 'Magazine', 'Herald', 'Chronicle', 'Daily')}"
        )
        self.add("journal", chance.one(paper, paper, self.words.journal()), chance.one(",", ",", ".", ""))
        if chance.likely(0.12):
            self.add("location", f"({self.words.place()})", chance.one(",", ""))
        if chance.likely(0.15):
            self.add("volume", self.volume_text())
        month = chance.choice(MONTHS[chance.one("en", "en-short")])
        day = chance.one(f"{month} {chance.randint(1, 28)}", f"{chance.randint(1, 28)} {month}")
        if not self.dated:
            self.add(
                "date",
                chance.one(
                    f"{month} {chance.randint(1, 28)}, {self.year}",
                    f"{chance.randint(1, 28)} {month} {self.year}",
                    f"{month} {self.year}",
                ),
                chance.one(",", ":", ".", ""),
            )
        elif chance.likely(0.4):
            self.add("date", day)
        if chance.likely(0.55):
            self.add(
                "pages",
                chance.one("p. ", "pp. ", "sec. ", "", "", "pg. ")
                + chance.one("A", "B", "C", "", "")
                + str(chance.randint(1, 40))
                + chance.one("", f"-{chance.randint(41, 60)}", "+"),
            )
        if chance.likely(0.12):
            self.parts.append(("medium", "Print."))

    def bare(self) -> None:
        """Add what physicists and chemists print: a journal, a volume, a page, no title."""
        chance = self.chance
        self.parts = [part for part in self.parts if part[0] != "title"]
        name = self.words.journal()
        self.add(
            "journal", self.words.shortened(name) if chance.likely(0.7) else name, chance.one("", "", ",", ".", ",")
        )
        volume = chance.one(
            str(chance.randint(1, 300)), f"{chance.choice('ABCD')}{chance.randint(1, 300)}", self.volume_text()
        )
        page = chance.one(str(chance.randint(1, 2000)), self.page_text(bare=0.8))
        if not self.dated and chance.likely(0.35):
            self.late_date(0.2, ",")
        self.add("volume", volume, chance.one(",", ",", "", ":"))
        if not self.dated and chance.likely(0.4):
            self.late_date(0.9, chance.one("", ","))
        self.add("pages", page, "" if not self.dated and chance.likely(0.5) else None)
        self.late_date(0.7)

    def loose(self) -> None:
        """Add a note in place of a source: unpublished, to appear, a poster, a talk."""
        chance = self.chance
        meeting = self.words.meeting()
        journal = self.words.journal()
        self.add("note", chance.one(
            self.term("note").rstrip("."), f"Poster session presented at {meeting}", f"to be presented at {meeting}", f"To appear in {journal}", f"Submitted to {journal}",
            f"Manuscript, {self.words.organisation()}", f"Presentation at {meeting}", f"Unpublished manuscript, University of {self.words.city()}", f"Working draft prepared for the {self.words.topic()} Seminar",
            f"White paper prepared for the {self.words.family()} Foundation", f"Published as {self.words.organisation()} Technical Report No. {chance.randint(1, 300)}", f"forthcoming in {journal}", f"Lecture at {self.words.organisation()}",
        ))  # fmt: skip
        if chance.likely(0.3):
            self.add("location", self.words.place())
        self.late_date()

    def untitled(self) -> None:
        """Add what is no title: a conversation, an interview; or a part of a volume, without its own title."""
        self.parts = [part for part in self.parts if part[0] != "title"]
        if self.chance.likely(0.4):
            self.container("chapter")
            return
        self.add(
            "genre",
            self.chance.one(
                "Personal communication",
                "personal communication",
                "Interview",
                "Private communication",
                "Telephone interview",
                "Lecture notes",
                "Manuscript",
            ),
        )
        self.late_date()

    def patent(self) -> None:
        """Add the number of a patent."""
        chance = self.chance
        self.add(
            "genre",
            chance.one("US Patent ", "U.S. Patent No. ", "Provisional patent ", "European Patent EP", "Patent ")
            + f"{chance.randint(1, 9)},{chance.randint(100, 999)},{chance.randint(100, 999)}",
        )
        self.late_date(0.3)

    def film(self) -> None:
        """Add what films have: a director, performers, a studio, a medium."""
        chance = self.chance
        given_first = {**self.names, "given_first": True, "initials": "full"}
        if any(label == "director" for label, _ in self.parts) or chance.likely(0.2):
            self.imprint()
            return
        self.add("director", f"{chance.one('Dir.', 'Directed by', 'dir.', 'Réal.')} {self.people(1, given_first)}")
        if chance.likely(0.35):
            self.add(
                "producer",
                f"{chance.one('Perf.', 'Prod.', 'Produced by')} {self.people(chance.randint(1, 3), given_first)}",
            )
        self.imprint()
        if chance.likely(0.6):
            self.parts.append(("medium", self.term("medium")))

    def series(self) -> None:
        """Add a volume of collected works, or a book in a numbered series."""
        chance = self.chance
        n = chance.randint(1, 40)
        if chance.likely(0.5):
            self.add("volume", f"{self.term('volume')} {n}", "")
            self.add("container-title", f"of {self.words.title(book=True)}")
        else:
            self.add("collection-title", self.words.collection(), chance.one(",", ".", ""))
            self.add("volume", chance.one(f"{self.term('volume')} {n}", f"{n}", f"no. {n}"))
        self.book()

    def tail(self) -> None:
        """Add identifiers and notes, and end the reference."""
        chance = self.chance
        has_address = any(kind == "url" for kind, _ in self.parts)
        if chance.likely(0.04) and not has_address:
            n = f"10.{chance.randint(1000, 9999)}/{chance.one('j.', 's', '', 'science.', 'S')}{chance.randint(1000, 999999)}{chance.one('', '-x', '.2010.04.003')}"
            before = chance.one("doi:", "https://doi.org/", "http://dx.doi.org/", "doi: ", "DOI ", "DOI: ", "")
            self.parts.append(("url" if "/" in before else "doi", f"{before}{n}{chance.one('', '.')}"))
        elif chance.likely(0.03) and not has_address:
            self.address()
        if chance.likely(0.012):
            self.parts.append(
                (
                    "isbn",
                    chance.one("ISBN ", "ISBN: ", "ISBN-13: ", "ISBN-10 ")
                    + chance.one(
                        f"0-{chance.randint(100, 999)}-{chance.randint(10000, 99999)}-{chance.randint(0, 9)}",
                        f"978-0-{chance.randint(100, 999)}-{chance.randint(10000, 99999)}-{chance.randint(0, 9)}",
                        f"{chance.randint(10**9, 10**10 - 1)}",
                    )
                    + ".",
                )
            )
        if chance.likely(0.01):
            self.parts.append(
                (
                    "note",
                    f"{chance.one('Reprint', 'Reprinted', 'Repr.')}, {self.words.place()}: {self.words.publisher()}, {chance.randint(1950, 2015)}.",
                )
            )
        if chance.likely(0.008):
            self.parts.append(("note", self.second_source()))
        if chance.likely(0.035):
            self.parts.append(("note", self.term("note") if chance.likely(0.8) else self.term("medium")))
        if self.parts and self.parts[-1][0] != "url":
            kind, text = self.parts[-1]
            text = text.rstrip(",;: ")
            self.parts[-1] = (kind, text + ("." if chance.likely(0.84) and not text.endswith((".", "?")) else ""))

    def second_source(self) -> str:
        """Return where else a work stands."""
        chance = self.chance
        names = self.people(chance.one(1, 2), {**self.names, "given_first": True})
        return (
            f"{chance.one('Reprinted in', 'Also in', 'Repr. in', 'as reprinted in', 'Reprinted in', 'In')} {names}{chance.one(' (eds.)', ' (ed.)', '', ', eds.')}, {self.words.title(book=True)}, "
            + chance.one(
                f"{self.words.place()}: {self.words.publisher()}, {chance.randint(1950, 2015)}.",
                f"{self.words.publisher()} ({chance.randint(1950, 2015)}), {self.page_text(bare=0.6)}.",
                f"{chance.randint(1950, 2015)}.",
            )
        )

    def make(self) -> list[Part]:
        """Return the parts of a whole reference."""
        kind = self.chance.weighted(_KINDS)
        self.head(kind)
        self.title(kind)
        if kind in {"chapter", "meeting"}:
            self.container(kind)
        else:
            getattr(self, kind)()
        self.tail()
        parts = [(label, " ".join(text.split())) for label, text in self.parts if text.strip(" .,;:")]
        return [(label, self.misprinted(text)) for label, text in parts] if self.chance.likely(0.1) else parts

    def misprinted(self, text: str) -> str:
        """Return a text with the faults of typists and scanners: a letter or a space lost, a word divided."""
        chance = self.chance
        words = text.split(" ")
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) > 4 and word.isalpha() and chance.likely(0.6):
            at = chance.randint(1, len(word) - 2)
            words[place] = chance.one(
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                f"{word[:at]}- {word[at:]}",
                word[:at] + "ﬁ" + word[at + 1 :],
            )
        elif chance.likely(0.3) and text[-1] in ".,":
            return text[:-1] + chance.one("", ",.", ";", " " + text[-1])
        return " ".join(words)


def _initials(given: str, style: str) -> str:
    """Return the initials of given names; what stands behind a comma (Jr.) stays."""
    if style == "bracketed":
        return f"({_initials(given, 'tight')})"
    names, _, suffix = given.partition(", ")
    stop = "" if style.startswith("bare") else "."
    letters = []
    for name in names.replace(".", " ").split():
        parts = [part[0] + stop for part in name.split("-") if part]
        letters.append(("-" if stop else "").join(parts))
    joined = (" " if style in {"spaced", "bare spaced"} else "").join(letters)
    return f"{joined}, {suffix}" if suffix else joined
