"""Languages: BCP 47 tags, and what else names a language: babel's names, codes of ISO 639-2 and 639-3, words.

Names in words are those of CLDR, from the library ``langcodes``; it loads only for a name that is none of babel's.
"""

from __future__ import annotations

import re

from tajikpeace_refs.text.scripts import script_of

BABEL = {
    "ar": "arabic", "be": "belarusian", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish",
    "de": "german", "el": "greek", "en": "english", "en-AU": "australian", "en-CA": "canadian", "en-GB": "british",
    "en-NZ": "newzealand", "en-US": "american", "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish",
    "fr": "french", "fr-CA": "canadien", "he": "hebrew", "hr": "croatian", "hu": "magyar", "it": "italian",
    "ja": "japanese", "kk": "kazakh", "ky": "kyrgyz", "la": "latin", "lt": "lithuanian", "lv": "latvian",
    "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "pl": "polish", "pt": "portuguese", "pt-BR": "brazilian",
    "ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovene", "sr": "serbian", "sv": "swedish",
    "tg": "tajik", "tk": "turkmen", "tr": "turkish", "uk": "ukrainian", "uz": "uzbek", "vi": "vietnamese",
    "zh": "chinese",
}  # fmt: skip
"""babel's name of each tag (biblatex manual, table 2)."""
# babel's other names, and names that CLDR has in another form.
_OTHER_NAMES = {
    "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH", "swissgerman": "de-CH",
    "usenglish": "en-US", "ukenglish": "en-GB", "francais": "fr", "frenchb": "fr", "portuges": "pt",
    "hungarian": "hu", "norwegian": "nb", "brazil": "pt-BR", "slovenian": "sl", "farsi": "fa", "tajiki": "tg",
    "modern greek": "el", "castilian": "es", "kirghiz": "ky",
}  # fmt: skip
_NAMES = {name: tag for tag, name in BABEL.items()} | _OTHER_NAMES
# The names that count are those in the languages of our readers, and a language's own: some language calls Romani
# "roman", and another one Serbian "serbia".
_READERS = ("de", "en", "es", "fa", "fr", "it", "kk", "ky", "nl", "pl", "pt", "ru", "tg", "tr", "uk", "uz", "zh")
_UNDERSCORED = re.compile(r"([a-z]{2,3})_([a-z]{2}|[a-z]{4})(?:\.utf-?8)?")
_AROUND = re.compile(r"^забони\s+|(?<!\s)\s+(?:language|язык|мова|тілі|тили|tili)$", re.IGNORECASE)


def is_babel_name(text: str) -> bool:
    """Whether a text is a name that babel has for a language, and not a code or a name in words."""
    return text in _NAMES and " " not in text


def named_language(text: str) -> str | None:
    """Return the tag of the language that a name, a locale or a code of ISO 639 names; None for a tag, or no language.

    >>> named_language("Russian"), named_language("kaz"), named_language("таджикский"), named_language("ngerman")
    ('ru', 'kk', 'tg', 'de')
    >>> named_language("ru"), named_language("English and Russian"), named_language("en_us")
    (None, None, 'en-US')
    """
    name = text.strip().casefold()
    if tag := _UNDERSCORED.fullmatch(name):
        return f"{tag[1]}-{tag[2].upper() if len(tag[2]) == 2 else tag[2].title()}"
    if name in _NAMES:
        return _NAMES[name]
    if len(name) == 3 and name.isascii() and name.isalpha():
        return _of_code(name)
    if (name.isascii() and len(name) < 4) or "-" in name[:4]:
        return None
    return _of_name(name) or (_of_name(bare) if (bare := _AROUND.sub("", name)) != name else None)


def _of_code(code: str) -> str | None:
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415 - loads when used

    tag = standardize_tag(code) if tag_is_valid(code) else ""
    return tag if len(tag) == 2 else None


def _of_name(name: str) -> str | None:
    from langcodes import find  # noqa: PLC0415 - its tables load when used
    from language_data.names import code_to_names  # noqa: PLC0415

    try:
        tag = str(find(name))
    except LookupError:
        return None
    # What is found may only begin so: the name itself has to be one.
    names = code_to_names(tag)
    known = {names[each].casefold() for each in (*_READERS, base_of_tag(tag)) if each in names}
    return tag if name in known else None


_POSIX = re.compile("[a-z]{2,3}_[A-Z]{2}")


def language_tag(text: str) -> str:
    """Return the tag of the language that a text names; the text as it is where it is a tag, or names none.

    >>> language_tag("en_GB")
    'en-GB'
    """
    return named_language(text) or (text.replace("_", "-") if _POSIX.fullmatch(text) else text)


def base_of_tag(tag: str) -> str:
    """Return the language of a tag without script and region: ``uz`` of ``uz-Latn-UZ``."""
    return re.split("[-_]", tag, maxsplit=1)[0].lower()


def is_language(language: str | None, code: str) -> bool:
    """Whether a work's language, a tag or a name, is the language of a two-letter code.

    >>> is_language("en-GB", "en"), is_language("eng", "en"), is_language("enm", "en"), is_language(None, "en")
    (True, True, False, False)
    """
    if not language:
        return False
    base = base_of_tag(language)
    return (base if len(base) == 2 else base_of_tag(language_tag(language))) == code


def is_english(language: str | None) -> bool:
    """Whether a work's language is English."""
    return is_language(language, "en")


_RIGHT_TO_LEFT = re.compile(r"(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)(?:-.*)?|.*-(?:arab|hebr)\b.*", re.IGNORECASE)


def is_right_to_left(tag: str) -> bool:
    """Whether the language of a tag may be written from right to left; the letters decide.

    >>> is_right_to_left("fa"), is_right_to_left("tg"), is_right_to_left("tg-Arab")
    (True, False, True)
    """
    return _RIGHT_TO_LEFT.fullmatch(tag) is not None


def tag_of_words(text: str, language: str | None) -> str:
    """Return the tag for words in a page in English: the work's language, or the script where it is not in its letters.

    Empty where it is English or not known, and the letters are Latin.

    >>> tag_of_words("غفوراف", "fa"), tag_of_words("غفوراف", "ru"), tag_of_words("Мир", "en"), tag_of_words("Мир", "tg")
    ('fa', 'und-Arab', 'und-Cyrl', 'tg')
    >>> tag_of_words("Frieden", "de"), tag_of_words("Peace", None)
    ('de', '')
    """
    known = re.sub(r"[^\w-]", "", language or "") if not is_english(language) else ""
    script = script_of(text)
    if script and (not known or is_right_to_left(known) != is_right_to_left(f"und-{script}")):
        return f"und-{script}"
    return known
