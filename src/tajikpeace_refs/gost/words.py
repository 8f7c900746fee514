"""The words of a reference in the language of the work: ``и др.``, ``et al.``, ``u. a.`` (GOST 7.1, 4.8).

Russian words and their abbreviations are those of GOST R 7.0.12-2011 and of the examples of both standards; Ukrainian
those of DSTU 3582:2013 and DSTU GOST 7.1:2006; English, German and French those of biblatex's and biblatex-gost's
localisation files, with the pages in capitals as GOST 7.1 has them (``P. 5``). Tajik ones are those that journals of
Tajikistan print, with the signs that they share with Russian (``С.``, ``№``). Another language that is written in
Cyrillic letters takes the Russian words, any other the English ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tajikpeace_refs.model.date_words import month_names
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.languages import base_of_tag, language_tag
from tajikpeace_refs.text.ordinals import ordinal
from tajikpeace_refs.text.scripts import has_cyrillic

_ENDINGS = {
    "uk": {0: "те", 1: "ше", 2: "ге", 3: "тє", 7: "ме", 8: "ме"},
    "tg": {0: "ум", 2: "юм", 3: "юм"},
}
"""How ordinals in digits end, by their last digit; 0 for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``{}`` is where a number stands.

    ``roles`` has for each name variable the words before those who hold the role. ``media`` has the general material
    designation (GOST 7.1, 5.2.3) of some types; ``content`` the content and its carrier, in print and electronic, of
    7.0.100-2018 (5.10), by type, and under an empty text for all others.
    """

    code: str
    others: str
    page: str
    extent: str
    volume: str
    volumes: str
    of_volumes: str
    part: str
    issue: str
    article: str
    edition: str
    supplement: str
    roles: Mapping[str, str]
    media: Mapping[str, str]
    electronic: str
    accessed: str
    content: Mapping[str, tuple[str, str]]
    version: str
    dated: str
    about: str
    year: str
    site: str
    in_press: str
    review: str
    thesis: str

    def edition_of(self, number: int) -> str:
        """Return ``2-е изд.``, ``3-тє вид.``, ``Нашри 4-ум``, ``2nd ed.``, ``2. Aufl.``."""
        if self.code == "en":
            return self.edition.format(ordinal(number))
        endings = _ENDINGS.get(self.code, {})
        is_teen = number % 100 in range(11, 20)
        return self.edition.format(number, endings.get(0 if is_teen else number % 10, endings.get(0, "")))

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months as a date has them."""
        return month_names(self.code)


_CONTENT_RU = {
    "": ("Текст : непосредственный", "Текст : электронный"),
    "map": (
        "Изображение (картографическое ; неподвижное ; двухмерное) : непосредственное",
        "Изображение (картографическое ; неподвижное ; двухмерное) : электронное",
    ),
    "motion_picture": (
        "Изображение (движущееся ; двухмерное) : видео", "Изображение (движущееся ; двухмерное) : электронное",
    ),
    "song": ("Музыка (исполнительская) : аудио", "Музыка (исполнительская) : электронная"),
    "musical_score": ("Музыка (знаковая) : непосредственная", "Музыка (знаковая) : электронная"),
    "graphic": (
        "Изображение (неподвижное ; двухмерное) : непосредственное",
        "Изображение (неподвижное ; двухмерное) : электронное",
    ),
    "software": ("Электронная программа : электронная",) * 2,
    "dataset": ("Электронные данные : электронные",) * 2,
}  # fmt: skip
_CONTENT_EN = {
    "": ("Text : unmediated", "Text : electronic"),
    "map": (
        "Image (cartographic ; still ; two-dimensional) : unmediated",
        "Image (cartographic ; still ; two-dimensional) : electronic",
    ),
    "motion_picture": (
        "Image (moving ; two-dimensional) : video", "Image (moving ; two-dimensional) : electronic",
    ),
    "song": ("Music (performed) : audio", "Music (performed) : electronic"),
    "musical_score": ("Music (notated) : unmediated", "Music (notated) : electronic"),
    "graphic": ("Image (still ; two-dimensional) : unmediated", "Image (still ; two-dimensional) : electronic"),
    "software": ("Program : electronic",) * 2,
    "dataset": ("Dataset : electronic",) * 2,
}  # fmt: skip
_RU = Words(
    code="ru", others="и др.", page="С.", extent="{} с.", volume="Т.", volumes="в {} т.", of_volumes="В {} т.",
    part="Ч.", issue="№", article="Ст.", edition="{}-е изд.", supplement="Прил.",
    roles={
        "editorial_director": "гл. ред.", "editor": "ред.", "compiler": "сост.", "translator": "пер.",
        "illustrator": "худож.", "director": "реж.", "performer": "исп.", "host": "вед.",
    },
    media={
        "map": "Карты", "motion_picture": "Видеозапись", "broadcast": "Видеозапись", "song": "Звукозапись",
        "musical_score": "Ноты", "graphic": "Изоматериал", "manuscript": "Рукопись",
    },
    electronic="Электронный ресурс", accessed="дата обращения",
    content=_CONTENT_RU, version="Версия", dated="от", about="ок.", year="{} г.", site="сайт", in_press="в печати",
    review="Рец. на кн.:", thesis="дис.",
)  # fmt: skip
_UK = replace(
    _RU, code="uk", others="та ін.", edition="{}-{} вид.", supplement="Дод.",
    roles={
        "editorial_director": "голов. ред.", "editor": "ред.", "compiler": "уклад.", "translator": "пер.",
        "illustrator": "худож.", "director": "реж.", "performer": "викон.", "host": "вед.",
    },
    media={
        "map": "Карти", "motion_picture": "Відеозапис", "broadcast": "Відеозапис", "song": "Звукозапис",
        "musical_score": "Ноти", "graphic": "Образотворчий матеріал", "manuscript": "Рукопис",
    },
    electronic="Електронний ресурс", accessed="дата звернення", year="{} р.",
    content={"": ("Текст : безпосередній", "Текст : електронний")}, version="Версія", dated="від",
    about="бл.", in_press="у друку",
)  # fmt: skip
_TG = replace(
    _RU, code="tg", others="ва диг.", volume="Ҷ.", volumes="дар {} ҷ.", of_volumes="Дар {} ҷ.", part="Қ.",
    edition="Нашри {}-{}", article="М.", supplement="Зам.",
    roles={
        "editorial_director": "сармуҳаррир", "editor": "зери таҳрири", "compiler": "мураттиб", "translator": "тарҷ.",
        "illustrator": "рассом", "director": "коргардон", "performer": "иҷрокунанда", "host": "баранда",
    },
    media={
        "map": "Харита", "motion_picture": "Сабти видеоӣ", "broadcast": "Сабти видеоӣ", "song": "Сабти овозӣ",
        "musical_score": "Нота", "graphic": "Маводи тасвирӣ", "manuscript": "Дастнавис",
    },
    electronic="Манбаи электронӣ", accessed="санаи муроҷиат", content={"": ("Матн : бевосита", "Матн : электронӣ")},
    version="Версияи", dated="аз", about="тахм.",
    year="с. {}", site="сомона", in_press="дар чоп", review="Тақриз ба:", thesis="дис.",
)  # fmt: skip
_EN = Words(
    code="en", others="et al.", page="P.", extent="{} p.", volume="Vol.", volumes="in {} vols.",
    of_volumes="In {} vols.", part="Part", issue="No.", article="Art.", edition="{} ed.", supplement="Suppl.",
    roles={
        "editorial_director": "ed. in chief", "editor": "ed. by", "compiler": "comp. by", "translator": "trans. by",
        "illustrator": "ill. by", "director": "dir. by", "performer": "perf. by",
        "host": "hosted by",
    },
    media={
        "map": "Cartographic material", "motion_picture": "Motion picture", "broadcast": "Videorecording",
        "song": "Sound recording", "musical_score": "Music", "graphic": "Graphic", "manuscript": "Manuscript",
    },
    electronic="Electronic resource", accessed="accessed", content=_CONTENT_EN, version="Version",
    dated="of", about="ca.",
    year="{}", site="site", in_press="in press", review="Rev. op.:", thesis="thesis",
)  # fmt: skip
_DE = replace(
    _EN, code="de", others="u. a.", page="S.", extent="{} S.", volume="Bd.", volumes="in {} Bd.",
    of_volumes="In {} Bd.", part="T.", issue="Nr.", edition="{}. Aufl.",
    roles={
        "editorial_director": "Chefred.", "editor": "hrsg. von", "compiler": "zsgest. von", "translator": "übers. von",
        "illustrator": "ill. von", "director": "Regie:", "performer": "Interpr.:", "host": "Moderation:",
    },
    media={
        "map": "Kartenmaterial", "motion_picture": "Film", "broadcast": "Videoaufzeichnung",
        "song": "Audioaufzeichnung", "musical_score": "Musik", "graphic": "Bild", "manuscript": "Manuskript",
    },
    electronic="elektronische Ressource", accessed="besucht am", in_press="im Druck", review="Rez. zu:", thesis="Diss.",
    content={"": ("Text : ohne Hilfsmittel zu benutzen", "Text : elektronisch")}, dated="vom", about="um",
)  # fmt: skip
_FR = replace(
    _EN, code="fr", volume="T.", volumes="en {} t.", of_volumes="En {} t.", part="Partie", issue="No",
    edition="{}e éd.",
    roles={
        "editorial_director": "réd. en chef", "editor": "sous la dir. de", "compiler": "comp. par",
        "translator": "trad. par", "illustrator": "ill. par", "director": "réal. par", "performer": "interpr. par",
    },
    media={
        "map": "matériel cartographique", "motion_picture": "film", "broadcast": "enregistrement vidéo",
        "song": "enregistrement sonore", "musical_score": "musique", "graphic": "image", "manuscript": "manuscrit",
    },
    electronic="ressource électronique", accessed="consulté le", in_press="sous presse", review="C. r. de :",
    content={"": ("Texte : sans médiation", "Texte : électronique")}, dated="du", about="vers", thesis="thèse",
)  # fmt: skip
_CYRILLIC = {"ru": _RU, "uk": _UK, "tg": _TG}
_LATIN = {"en": _EN, "de": _DE, "fr": _FR}
# Letters that one of the three languages has alone among them.
_SURE = ((re.compile("[їєґі]", re.IGNORECASE), _UK), (re.compile("[ӣӯҷ]", re.IGNORECASE), _TG))


def words_of(work: Work, language: str | None = None) -> Words:
    """Return the words in the language of a work, or in ``language`` where it names none.

    The script of its title decides first: a romanised title takes no Cyrillic words.
    """
    code = base_of_tag(language_tag(work.language or language or ""))
    text = f"{work.title or ''} {work.container_title or ''}"
    if not has_cyrillic(work.title or text):
        return _LATIN.get(code, _EN)
    if code in _CYRILLIC or work.language:
        return _CYRILLIC.get(code, _RU)
    return next((words for letters, words in _SURE if letters.search(text)), _RU)


# The language that a work was translated from, in the genitive (GOST R 7.0.12-2011).
_FROM = {
    "ar": "араб.", "de": "нем.", "el": "греч.", "en": "англ.", "es": "исп.", "fa": "перс.", "fr": "фр.", "it": "итал.",
    "ja": "яп.", "kk": "казах.", "ky": "кирг.", "la": "лат.", "pl": "пол.", "tg": "тадж.", "tr": "турец.",
    "uk": "укр.", "uz": "узб.", "zh": "кит.",
}  # fmt: skip


def translated_from(work: Work) -> str:
    """Return the abbreviated Russian name of the language a work was translated from, as biblatex's data name it."""
    named = next((field.value for field in work.extra if field.field == "origlanguage"), "")
    return _FROM.get(base_of_tag(language_tag(named)), "")


_BRANCHES = {
    "архитектуры": "архитектуры", "биологических": "биол.", "ветеринарных": "ветеринар.", "военных": "воен.",
    "географических": "геогр.", "геолого-минералогических": "геол.-минерал.", "исторических": "ист.",
    "искусствоведения": "искусствоведения", "культурологии": "культурологии", "медицинских": "мед.",
    "педагогических": "пед.", "политических": "полит.", "психологических": "психол.", "сельскохозяйственных": "с.-х.",
    "социологических": "социол.", "технических": "техн.", "фармацевтических": "фармацевт.",
    "физико-математических": "физ.-мат.", "филологических": "филол.", "философских": "филос.", "химических": "хим.",
    "экономических": "экон.", "юридических": "юрид.",
}  # fmt: skip
_THESIS = re.compile(
    r"(автореф\w*\.?\s+)?дис\w*\.?\s+(?:на соиск\w*\.?\s+уч[её]н\w*\.?\s+степ\w*\.?|…)\s+"
    r"(канд\w*\.?|д-ра|докт\w*\.?)\s+([\w.-]+)(\s+наук)?\.?",
    re.IGNORECASE,
)


def short_thesis(genre: str) -> str:
    """Return the kind of a Russian thesis in the words of 7.0.5-2008; any other stays as it is.

    >>> short_thesis("диссертация на соискание учёной степени кандидата политических наук")
    'дис. … канд. полит. наук'
    >>> short_thesis("Автореферат диссертации на соискание ученой степени доктора исторических наук")
    'автореф. дис. … д-ра ист. наук'
    """
    match = _THESIS.fullmatch(genre)
    if not match:
        return genre
    degree = "канд." if match[2].lower().startswith("канд") else "д-ра"
    branch = _BRANCHES.get(match[3].lower(), match[3])
    return f"{'автореф. ' if match[1] else ''}дис. … {degree} {branch}{' наук' if match[4] else ''}"
