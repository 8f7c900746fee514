"""An invented vocabulary: words and names of four languages, put together from parts; no text of anyone's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product


def _cross(*parts: str) -> list[str]:
    """Return every word that the parts make; ``-`` stands for none."""
    return ["".join(word).replace("-", "") for word in product(*(part.split() for part in parts))]


@dataclass(frozen=True)
class Tongue:
    """The words of one language, for titles and names."""

    tag: str
    small: list[str]
    words: list[str]
    families: list[str]
    given: list[str]

    def pool(self) -> list[str]:
        """Return the words of a title: one in three is a small one, as in real titles."""
        return self.words + self.small * (len(self.words) // (2 * len(self.small)))


_INITIALS = [f"{one}. {two}." for one, two in product("ABCDEFGHJKLMNPRSTVW", repeat=2)]
_LATIN = _cross("Ash Bern Cor Dal Eir Fal Grun Hol Iv Jor Kov Lund Mur Nor Os Pell Quist Ral Söder Tor Ulv Vin Wes Zim",
                "a e i o u en ar ol il um",
                "man sen ner berg dez ton ier lund kes wick stra mont vela dal son gard")  # fmt: skip
_GIVEN = _cross("Al Ber Car Dan El Fer Gab Han Is Jul Kar Le Mar Nat Ol", "- i a e o", "na us ette rik la n")
_CYRILLIC = ["А.", "Б. В.", "Ф. Ю.", "Н. С.", "М.", "Иван", "Мария", "Фаррух", "Зебо", "Ҷамшед"]
_RUSSIAN = _cross("Аш Бел Вор Гул Дав Ер Зар Кам Лес Мир Нор Пет Рах Сер Тур Фёд", "- ен ур ал ич от",
                  "ов ев ин ский енко ова")  # fmt: skip
_TAJIK = _cross("Аҳ Бар Ғул Даъ Ёр Зо Қаҳ Ло Муҳ Наз Раҳ Саъ Тоҷ Ҳак Ҷӯр", "мад ҳор и мон а он", "ов зода ӣ ии пур")

ENGLISH = Tongue(
    "en",
    _cross("of and the in a for to on with by from as"),
    _cross("- re inter de co un trans post", "peace conflict border law state power memor ident region treat migrat "
           "trust reform river belief econom viol histor cultur secur", "- s al ity ing ism ist ation er ful"),
    _LATIN, _INITIALS + _GIVEN,
)  # fmt: skip
GERMAN = Tongue(
    "de",
    _cross("der die das und in von zur über für mit"),
    _cross("- Ver Be Um", "fried streit grenz gesetz länder mächt völker glaub brück flüss wärm größ",
           "en ung lich keit er schaft"),
    _LATIN, _INITIALS + _GIVEN,
)  # fmt: skip
RUSSIAN = Tongue(
    "ru",
    _cross("в и на о с для из по"),
    _cross("- пере со без меж", "мир строит конфликт границ закон народ власт истор реформ переговор общ довер",
           "- а ость ение ный ого ов ами ства"),
    _RUSSIAN, _CYRILLIC,
)  # fmt: skip
TAJIK = Tongue(
    "tg",
    _cross("ва дар аз бо ба барои"),
    _cross("- ҳам бе но", "сулҳ ҷанг қонун давлат миллат таърих забон марз ҳуқуқ гуфтугӯ оштӣ тоҷик",
           "- и ҳо ҳои ӣ он гарӣ"),
    _TAJIK, _CYRILLIC,
)  # fmt: skip
TONGUES = (ENGLISH, RUSSIAN, TAJIK, GERMAN)
TONGUE_WEIGHTS = (0.74, 0.85, 0.91, 1.0)  # cumulative
