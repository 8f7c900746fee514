"""Made references in Cyrillic: GOST and what people write in its place, Bulgarian and Ukrainian habits."""

from __future__ import annotations

import re

from scripts.printed.latin import Part
from scripts.printed.vocabulary import Chance, Vocabulary

_KINDS = {"article": 0.37, "book": 0.33, "chapter": 0.16, "thesis": 0.04, "web": 0.06, "patent": 0.01, "news": 0.03}


class CyrillicLayout:
    """One reference in the making."""

    def __init__(self, chance: Chance, words: Vocabulary) -> None:
        """Choose the style of the names and where the date stands."""
        self.chance, self.words = chance, words
        self.lists = words.words
        self.initials_space = chance.one("", " ", "")
        self.full_names = chance.likely(0.18)
        self.given_first = chance.likely(0.08)
        self.between = chance.weighted({" ": 0.66, ", ": 0.34})
        self.early = chance.likely(0.35)
        self.year = str(chance.randint(1850, 2022))
        self.dated = False
        self.parts: list[Part] = []
        titles = self.lists["titles"]["cyrillic"]
        self.titles = titles
        self.stems = sorted({w for t in titles for w in re.findall(r"\b[а-яёіїєґўѣ]{5,}", t)})

    def add(self, kind: str, text: str, stop: str | None = None) -> None:
        """Add a part with its stop."""
        stop = (
            self.chance.weighted({".": 0.6, ",": 0.1, ". –": 0.12, ". —": 0.06, ".-": 0.05, " –": 0.02, "": 0.05})
            if stop is None
            else stop
        )
        self.parts.append(
            (
                kind,
                text
                if stop[:1] == text[-1:] == "." and len(stop) == 1
                else text.rstrip(".") + stop
                if stop.startswith(".")
                else text + stop,
            )
        )

    def person(self, *, given_first: bool = False) -> str:
        """Return a name."""
        chance = self.chance
        family = chance.choice(self.words.cyrillic_families)
        given, second = chance.choice(self.words.cyrillic_given), chance.choice(self.words.cyrillic_given)
        initials = f"{given[0]}.{self.initials_space}{second[0] + '.' if chance.likely(0.8) else ''}".strip()
        if chance.likely(0.02):  # Latin letters that look the same
            initials = initials.translate(str.maketrans("АВЕКМНОРСТ", "ABEKMHOPCT"))
        if self.full_names:
            given += chance.one("", "", f" {second[0]}.", f" {second}")
            return f"{given} {family}" if given_first else f"{family}{self.between}{given}"
        return f"{initials} {family}" if given_first or self.given_first else f"{family}{self.between}{initials}"

    def people(self, count: int, *, given_first: bool = False) -> str:
        """Return a list of names."""
        chance = self.chance
        names = [self.person(given_first=given_first) for _ in range(count)]
        if chance.likely(0.05):
            return names[0] + chance.one(" и др.", " [и др.]", ", и др.", " и др.", " та ін.", " и кол.")
        last = chance.one(", ", ", ", " и ", "; ")
        return ", ".join(names[:-1]) + last + names[-1] if count > 1 else names[0]

    def phrase(self, pool: list[str]) -> str:
        """Return a phrase of a list, some of its words exchanged."""
        chance = self.chance
        if chance.likely(0.35):
            return self.words.cyrillic_phrase()
        text = str(chance.choice(pool))
        share = chance.one(0.0, 0.0, 0.3, 0.6)
        return re.sub(r"\b[а-яё]{5,}", lambda m: str(chance.choice(self.stems)) if chance.likely(share) else m[0], text)

    def title_text(self) -> str:
        """Return a title."""
        chance = self.chance
        text = self.phrase(self.titles)
        for _ in range(chance.weighted({0: 0.6, 1: 0.32, 2: 0.08})):
            second = self.phrase(self.titles)
            text += chance.one(": ", ". ", ". ", ": ", ", ", " : ", " (", " – ") + chance.one(
                second, second[0].lower() + second[1:]
            )
            if "(" in text and ")" not in text:
                text += ")"
        text += chance.weighted(
            {
                "": 0.82,
                f" {chance.one('XI–XIV вв.', 'в 1920-1930-е гг.', '1878–1944', 'XVIII века')}": 0.06,
                f". Ч. {chance.randint(1, 3)}": 0.03,
                f" „{self.phrase(self.titles)}“": 0.03,
                f". {chance.choice('МСПЛК')}., {chance.randint(1900, 2000)}": 0.02,
                f" {chance.one('I', 'II', 'III')}": 0.02,
                f". {chance.choice(self.words.families)}, {chance.choice(self.words.common)}": 0.02,
            }
        )
        if chance.likely(0.03):
            text = f"{self.person(given_first=True)}. {text}"
        if chance.likely(0.06):
            text = f"«{text}»" if chance.likely(0.5) else f"„{text}“"
        return text

    def place(self) -> str:
        """Return a place."""
        return str(self.chance.choice(self.lists["places"]["cyrillic"]))

    def publisher(self) -> str:
        """Return a publisher."""
        chance = self.chance
        name = chance.choice(self.lists["publishers"]["cyrillic"])
        family = chance.choice(self.words.cyrillic_families)
        return str(
            chance.weighted(
                {
                    name: 0.72,
                    f"Изд-во {chance.one(name, family, 'ун-та', 'АН СССР')}": 0.08,
                    f"«{name}»": 0.03,
                    f"{chance.choice(self.words.cyrillic_given)[0]}. {family}": 0.03,
                    f"Унив. изд. {family}": 0.03,
                    f"Издательство {name}": 0.04,
                    f"Институт {self.phrase(self.titles).split()[-1]}": 0.04,
                    f"Издателство {family}": 0.03,
                }
            )
        )

    def pages(self) -> None:
        """Add pages."""
        chance = self.chance
        start = chance.randint(1, 400)
        end = start + chance.randint(1, 40)
        word = chance.one("С. ", "С. ", "с. ", "стр. ", "", "", "с.", "С.", "P. ", "Стр. ")
        self.add(
            "pages",
            word + chance.one(f"{start}–{end}", f"{start}-{end}", f"{start}—{end}", str(start), f"{start} – {end}"),
            chance.one(".", ".", " .", "", ""),
        )

    def date(self, *, stop: str | None = None) -> None:
        """Add the year, unless the reference has one."""
        if not self.dated:
            self.add(
                "date",
                self.year
                + self.chance.weighted({"": 0.85, " г": 0.08, "г": 0.05, "–" + str(int(self.year) + 1): 0.02}),
                stop,
            )
            self.dated = True

    def volume(self) -> None:
        """Add the volume and the issue."""
        chance = self.chance
        n, m = chance.randint(1, 90), chance.randint(1, 12)
        self.add("volume", str(chance.one(
            f"№ {m}", f"№{m}", f"№ {m}", f"N {m}", f"Т. {n}", f"Т. {n}, № {m}", f"Т. {n}. № {m}", f"Вып. {m}", f"№ {m} ({n})", f"т. {n}", f"{n}", f"{n} ({m})", f"{n}, {m}", f"кн. {m}", f"Вып. {chance.one('IX', 'XII', 'IV', 'XX', 'II')}",
            f"Т. {chance.one('IX', 'XII', 'XLV', 'II')}", f"Т. {n}. Вып. {m}", f"N{m}", f"Т.{n}", f"{n}({m})", f"{n}, кн. {m}", f"Бр. {m}", f"год. {n}, бр. {m}", f"{n}–{n + 1}", f"Vol. {n}",
        )))  # fmt: skip

    def imprint(self) -> None:
        """Add place, publisher and year."""
        chance = self.chance
        form = chance.random()
        dash = chance.weighted({"": 0.9, "- ": 0.05, "– ": 0.05})
        comma = "," if not self.dated else chance.one(".", "", " .")
        if form < 0.66:
            self.parts.append(("location", f"{dash}{self.place()}{chance.one(':', ':', ' :', ':')}"))
            self.add("publisher", self.publisher(), comma)
        elif form < 0.9:
            self.add("location", dash + self.place(), "," if not self.dated or chance.likely(0.1) else ".")
        elif form < 0.97:
            self.add("location", self.place(), ",")
            self.add("publisher", self.publisher(), comma)
        else:
            self.add("publisher", self.publisher(), comma)
        self.date()

    def editors(self) -> None:
        """Add the people responsible for a volume."""
        word = self.chance.one(
            "Под ред. ",
            "/ под ред. ",
            "/ Под общ. ред. ",
            "/ отв. ред. ",
            "Отв. ред. ",
            "/ сост. ",
            "/ Състав. ",
            "Ред. ",
            "/ ред. ",
            "Под редакцией ",
            "/ Под ред. ",
        )
        self.add("editor", word + self.people(self.chance.one(1, 1, 2), given_first=True))

    def article(self) -> None:
        """Add a journal, its numbers, pages and year."""
        chance = self.chance
        name = self.phrase(self.lists["journals"]["cyrillic"])
        name = chance.weighted(
            {
                name: 0.88,
                f"„{name}“": 0.04,
                f"Газета «{name}»": 0.02,
                "".join(chance.choice("АБВГИКМНОПРСТ") for _ in range(chance.randint(2, 5))): 0.06,
            }
        )
        slashed = self.parts and self.parts[-1][1].endswith("//")
        if not slashed and chance.likely(0.12):
            name = chance.one("В: ", "– В: ", "In: ", "– In: ") + name
        self.add(
            "journal",
            name,
            chance.weighted({".": 0.4, ",": 0.22, ". –": 0.12, ". —": 0.06, "": 0.1, " –": 0.04, ".-": 0.06}),
        )
        if chance.likely(0.12):
            self.add("location", self.place(), chance.one(",", "."))
        if chance.likely(0.65):
            self.date()
        self.volume()
        if not self.dated:
            self.add("date", chance.one(f"({self.year})", self.year, f"{self.year}"), chance.one(".", ","))
            self.dated = True
        if chance.likely(0.8):
            self.pages()

    def chapter(self) -> None:
        """Add a collection and its imprint."""
        chance = self.chance
        name = self.phrase(self.lists["containers"]["cyrillic"] + self.titles)
        if chance.likely(0.15):
            name += ". " + self.phrase(self.lists["containers"]["cyrillic"])
        slashed = self.parts and self.parts[-1][1].endswith("//")
        self.add(
            "container-title",
            chance.one(
                "",
                "В кн.: " if slashed else "В: ",
                "" if slashed else "В: ",
                "" if slashed else "В сб.: ",
                "" if slashed else "– В: ",
            )
            + name,
        )
        if chance.likely(0.22):
            self.editors()
        if chance.likely(0.12):
            self.volume()
        self.imprint()
        if chance.likely(0.15):
            self.volume()
        if chance.likely(0.7):
            self.pages()

    def book(self) -> None:
        """Add what books have."""
        chance = self.chance
        if chance.likely(0.08):
            self.add("volume", chance.one("Т. 1", "Т. 3", "В 2 т. Т. 1", "Т 2", "Кн. 2", "Вып. 2"))
        if chance.likely(0.15):
            self.editors()
        if chance.likely(0.04):
            self.add(
                "translator",
                chance.one("/ пер. с англ. ", "Пер. с фр. ", "Перевод ", "Превод ") + self.people(1, given_first=True),
            )
        if chance.likely(0.09):
            self.add(
                "edition",
                chance.one(
                    "2-е изд.", "3-е изд., перераб. и доп.", "2-е изд., испр.", "Изд. 2-е", "2-ро изд.", "3-тє вид."
                ),
                chance.one("", " –"),
            )
        if chance.likely(0.05):
            self.add("collection-title", f"({self.phrase(self.lists['containers']['cyrillic'])})")
        self.imprint()
        if chance.likely(0.38):
            n = chance.randint(60, 700)
            self.add("pages", chance.one(f"{n} с.", f"{n} с", f"– {n} с.", f"{n}с.", f"{n} c.", f"{n} стр."), "")

    def thesis(self) -> None:
        """Add the kind of a thesis."""
        self.add(
            "genre",
            self.chance.one(
                "дис. ... канд. ист. наук",
                "автореф. дис. ... д-ра полит. наук",
                "Дис. … канд. филол. наук",
                "Автореферат диссертации",
                "Магистърска теза",
                "Докторска дисертация",
                "дис. ... д-ра техн. наук: 05.13.01",
            ),
        )
        self.imprint()

    def patent(self) -> None:
        """Add the number of a certificate or patent."""
        self.add(
            "genre",
            self.chance.one("Патент РФ №", "Свидетельство о регистрации программы №", "Авторское свидетельство №")
            + str(self.chance.randint(10**5, 10**7)),
        )
        self.date()

    def news(self) -> None:
        """Add a newspaper and a day."""
        chance = self.chance
        self.add("journal", self.phrase(self.lists["journals"]["cyrillic"]))
        months = [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ]
        self.add(
            "date",
            f"{self.year + '. ' if chance.likely(0.4) else ''}{chance.randint(1, 28)} {chance.choice(months)}{'' if chance.likely(0.4) else ' ' + self.year}",
        )
        if chance.likely(0.5):
            self.pages()

    def web(self) -> None:
        """Add the note of an electronic source and its address."""
        chance = self.chance
        if chance.likely(0.7):
            self.parts.append(
                (
                    "note",
                    chance.one(
                        "[Электронный ресурс].",
                        "[Электронный ресурс]",
                        "[Электронный ресурс] //",
                        "[Электронен ресурс]",
                    ),
                )
            )
        if chance.likely(0.5):
            self.add(
                "container-title", self.phrase(self.lists["journals"]["cyrillic"]), chance.one(".", ". –", ": [сайт].")
            )
        if chance.likely(0.5):
            self.date()
        host = re.sub(r"\W", "", self.words.family().lower())
        url = f"http://{chance.one('www.', '')}{host}{chance.one('.ru/', '.tj/', '.org/', '.bg/')}{chance.one('', 'node/', 'articles/')}{chance.randint(1, 9999)}{chance.one('', '.html', '/')}"
        self.parts.append(
            ("url", chance.one("URL: ", "", "URL: ", "Режим доступа: ", "URL ") + url + chance.one("", "."))
        )
        if chance.likely(0.5):
            self.parts.append(
                (
                    "note",
                    chance.one("(дата обращения: {}).", "(посетен на {})", "Дата обращения: {}.", "[{}]").format(
                        f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.20{chance.randint(10, 23)}"
                    ),
                )
            )

    def make(self) -> list[Part]:
        """Return the parts of a whole reference."""
        chance = self.chance
        kind = chance.weighted(_KINDS)
        n = chance.randint(1, 90)
        if chance.likely(0.12):
            self.parts.append(("citation-number", chance.one(f"{n}.", f"[{n}]", f"{n})")))
        elif chance.likely(0.02):
            self.parts.append(("note", f"{chance.choice(self.words.cyrillic_families)}, {self.year} –"))
        if chance.likely(0.86):
            names = chance.weighted(
                {
                    self.people(chance.weighted({1: 0.65, 2: 0.22, 3: 0.1, 5: 0.03})): 0.94,
                    chance.one("Он же", "Она же", "———", "Там же"): 0.03,
                    self.publisher(): 0.03,
                }
            )
            self.add("author", names, "" if names.endswith(".") else chance.one(".", ".", ",", "", ":"))
        else:
            self.early = self.early and chance.likely(0.3)
        if self.early:
            self.parts.append(
                (
                    "date",
                    chance.one(
                        f"({self.year}).",
                        f"{self.year}.",
                        f"{self.year}.",
                        f"({self.year})",
                        f"{self.year},",
                        f"[{self.year}]",
                        f"{self.year}:",
                    ),
                )
            )
            self.dated = True
        slashes = kind in {"article", "chapter", "news"} and chance.likely(0.62)
        ending = (
            chance.one(" //", " //", " //", ". //", "//")
            if slashes
            else chance.weighted({".": 0.7, ",": 0.1, ". –": 0.07, ". —": 0.03, ".-": 0.05, "": 0.03, " /": 0.02})
        )
        title = self.title_text()
        if kind == "book" and chance.likely(0.12):
            title += chance.one(": монография", ": учебник для вузов", ": учеб. пособие", ": в 2 т.", " : сб. ст.")
        self.parts.append(("title", title.rstrip(".") + ending if ending.startswith(".") else title + ending))
        getattr(self, kind)()
        return [(label, " ".join(text.split())) for label, text in self.parts if text.strip(" .,;:")]
