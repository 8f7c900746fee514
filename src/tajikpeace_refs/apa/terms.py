"""The terms of a list in the original script, in the language of the work: ``(Ред.)``, ``с. 3``, ``2-е изд.``.

APA writes a list in Latin letters and says nothing of one in Cyrillic. Journals and guides in Russian and Ukrainian
that follow APA keep its order, signs and ``&``, and put its abbreviations into the language of the list; so does the
APA style of Zotero and pandoc with the locales ru-RU and uk-UA. Dates keep their English form: citations must match.
"""

from __future__ import annotations

import re

from tajikpeace_refs.text.languages import is_language
from tajikpeace_refs.text.ordinals import with_ending

_ENGLISH = ("In", "Ed.", "Trans.", "Illus.", "Compiler", "Director", "Vol.", "Pt.", "p.", "Issue", "Chapter", "ed.")
_TERMS = {
    code: dict(zip(_ENGLISH, terms.split(", "), strict=True))
    for code, terms in {
        "ru": "В, Ред., Пер., Худож., Сост., Реж., Т., Ч., с., №, Гл., {} изд.",
        "uk": "У, Ред., Пер., Худож., Уклад., Реж., Т., Ч., с., №, Розд., {} вид.",
        "tg": "Дар, Муҳаррир, Тарҷ., Рассом, Мураттиб, Коргардон, Ҷ., Қ., с., №, Боб, нашри {}",
    }.items()
}
_TERM = re.compile(
    r"(?P<edition>\d{1,18})(?:st|nd|rd|th) ed\.|(?<![^\s(])(?:(?P<number>Vol|Pt|pp?|Issue|Chapter)s?\.?(?= [\dIVXLC])"
    r"|(?P<role>Ed|Trans|Illus|Compiler|Director)s?\.?(?=$|[,;) ]))|^In$"
)


def localised(text: str, language: str | None) -> str:
    """Return a piece of a reference with its terms in a language that has them here; the piece as it is in others.

    >>> localised("2nd ed., Vols. 1–3, pp. 5–9", "ru"), localised("A. Hill, Ed.", "uk"), localised("In", "tg")
    ('2-е изд., Т. 1–3, с. 5–9', 'A. Hill, Ред.', 'Дар')
    >>> localised("2nd ed., p. 5", "kk")
    '2nd ed., p. 5'
    """
    code = next((code for code in _TERMS if is_language(language, code)), None)
    if code is None:
        return text
    terms = _TERMS[code]

    def put(match: re.Match[str]) -> str:
        if number := match["edition"]:
            return terms["ed."].format(with_ending(int(number), code))
        word = match["number"] or match["role"] or "In"
        word = "p" if word == "pp" else word
        return terms.get(word) or terms[f"{word}."]

    return _TERM.sub(put, text)
