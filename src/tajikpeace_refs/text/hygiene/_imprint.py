"""A place beside the publisher's name, as imprints have it: ``London: Macmillan``, ``М. : Наука, 1998``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tajikpeace_refs.model.name_shapes import may_be_organisation
from tajikpeace_refs.model.work import Work
from tajikpeace_refs.text.hygiene._base import Repair, path_of, text_of

_PLACES = frozenset(
    place.strip().casefold()
    for place in """
London, New York, New York City, NY, N.Y., Oxford, Cambridge, Edinburgh, Glasgow, Manchester, Dublin, Aldershot,
Basingstoke, Houndmills, Harmondsworth, Hoboken, Boston, Chicago, Philadelphia, Washington, Baltimore, Los Angeles,
San Francisco, Berkeley, Stanford, Princeton, New Haven, Ithaca, Bloomington, Ann Arbor, Austin, Houston, Atlanta,
Englewood Cliffs, Upper Saddle River, Thousand Oaks, Beverly Hills, Newbury Park, Hillsdale, Mahwah, Lanham,
Boulder, Santa Barbara, San Diego, Seattle, Minneapolis, Durham, Chapel Hill, Toronto, Montreal, Montréal, Ottawa,
Vancouver, Sydney, Melbourne, Canberra, Auckland, Wellington, Singapore, Hong Kong, Tokyo, Beijing, Shanghai, Seoul,
New Delhi, Delhi, Mumbai, Bombay, Calcutta, Kolkata, Karachi, Lahore, Islamabad, Peshawar, Kabul, Tehran, Istanbul,
Ankara, Cairo, Beirut, Jerusalem, Tel Aviv, Paris, Lyon, Marseille, Strasbourg, Toulouse, Grenoble, Bruxelles,
Brussels, Leuven, Louvain, Liège, Amsterdam, Rotterdam, The Hague, Den Haag, Leiden, Dordrecht, Utrecht, Groningen,
Berlin, Hamburg, München, Munich, Köln, Cologne, Frankfurt, Frankfurt am Main, Frankfurt a. M., Frankfurt/Main,
Stuttgart, Leipzig, Dresden, Göttingen, Tübingen, Heidelberg, Freiburg, Freiburg im Breisgau, Wiesbaden, Weinheim,
Bonn, Darmstadt, Opladen, Münster, Düsseldorf, Mannheim, Wien, Vienna, Graz, Salzburg, Innsbruck, Zürich, Zurich,
Basel, Bern, Genève, Geneva, Lausanne, Roma, Rome, Milano, Milan, Torino, Turin, Bologna, Bari, Firenze, Florence,
Napoli, Naples, Venezia, Venice, Padova, Madrid, Barcelona, Valencia, Sevilla, Salamanca, Buenos Aires, México,
Mexico City, Bogotá, Santiago, Lima, São Paulo, Rio de Janeiro, Lisboa, Lisbon, Porto, Warszawa, Warsaw, Kraków,
Cracow, Poznań, Wrocław, Łódź, Gdańsk, Lublin, Praha, Prague, Brno, Bratislava, Budapest, București, Bucharest,
Sofia, Beograd, Belgrade, Zagreb, Ljubljana, Athens, Helsinki, Stockholm, Uppsala, Göteborg, Lund, Oslo, Bergen,
København, Copenhagen, Aarhus, Riga, Vilnius, Tallinn, Tartu, Minsk, Kyiv, Kiev, Kharkiv, Lviv, Odesa, Moscow,
Moskva, St. Petersburg, Saint Petersburg, Sankt-Peterburg, Leningrad, Novosibirsk, Kazan, Tbilisi, Yerevan, Baku,
Almaty, Alma-Ata, Astana, Tashkent, Samarkand, Bishkek, Frunze, Ashgabat, Dushanbe, Stalinabad, Khujand, Khorog,
Москва, М., Ленинград, Л., Санкт-Петербург, СПб., СПб, Петроград, Пг., Новосибирск, Екатеринбург, Свердловск,
Казань, Пермь, Томск, Омск, Иркутск, Владивосток, Самара, Саратов, Уфа, Воронеж, Ростов-на-Дону, Ростов н/Д.,
Ростов н/Д, Нижний Новгород, Н. Новгород, Киев, К., Київ, Харьков, Харків, Х., Львов, Львів, Одесса, Одеса, Минск,
Мн., Мінск, Тбилиси, Ереван, Баку, Алма-Ата, Алматы, Астана, Ташкент, Т., Самарканд, Бухара, Фрунзе, Бишкек,
Ашхабад, Ашгабат, Душанбе, Д., б. м., б.м., s.l., s. l., Сталинабад, Сталинобод, Худжанд, Хуҷанд, Ленинабад, Хорог,
Хоруғ, Куляб, Кӯлоб, Бохтар, Рига, Вильнюс, Таллин, Варшава, Прага, София
""".replace("\n", " ").split(",")
)
"""Places where books of these languages are published; GOST 7.1 shortens some."""
_REGION = re.compile(
    r"(?i:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|D\.C\.|Mass\.|Conn\.|Calif\.|Ill\.|Mich\.|Pa\.|N\.J\.|U\.?K\.?|U\.?S\.?A?\.?|England|Ont(?:ario|\.)?|Germany|France"
    r"|usw\.?|u\.\s?a\.|etc\.?|и др\.|et al\.)"
)
_BETWEEN = re.compile(r"(?<!\s)\s*(?:[;,/&–]|\s-\s|\s(?:and|und|et|и|y|e)\s)\s*")
_COLON = re.compile(r"(?<!\s)\s*:\s+")
_LONGEST = 60


def _is_place(text: str) -> bool:
    """Whether a text is a place of publication, or several."""
    whole = text.strip(" []").replace(" [", ", ")
    if not whole or len(whole) > _LONGEST:
        return False
    if whole.casefold() in _PLACES:
        return True
    first, *more = [part.strip(" []") for part in _BETWEEN.split(whole)]
    return first.casefold() in _PLACES and all(
        part.casefold() in _PLACES or _REGION.fullmatch(part) for part in more if part
    )


_LIKE_PLACE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:,? (?:(?:am|an|on|upon|de|la|del|im) )?[^\W\d_a-z][\w.'’-]*){0,3},?")
_NOBODY = re.compile(
    r"\[?(?:s\.\s?n\.|n\.\s?p\.|o\.\s?V\.|б\.\s?[ив]\.|publisher not identified|издательство не указано)\]?",
    re.IGNORECASE,
)
"""What library records write for a publisher that is not known (AACR2 1.4D7, GOST 7.1 5.5.4)."""
_YEAR = re.compile(r",\s*\[?[c©]?(\d{4})\]?\.?$")


def imprint(work: Work) -> Iterator[Repair]:
    """A place before the publisher, and the year behind it; a place that no list knows is left to a person."""
    value = text_of(work, "publisher")
    if _NOBODY.fullmatch(value):
        message = f"{value!r} means that there is no publisher; leave it out"
        yield Repair(path_of("publisher"), message, value, 0, {"publisher": None})
    place = text_of(work, "publisher_place")
    if (bare := place.rstrip(" :;,")) != place and bare:
        message = f"{place!r} ends with a sign of a library's record; write {bare!r}"
        yield Repair(path_of("publisher_place"), message, place, 0, {"publisher_place": bare}, replacement=bare)
    if ":" not in value:
        yield from _behind_publisher(work, value)
        return
    pairs = [_COLON.split(part.strip(), maxsplit=1) for part in value.split(";")]
    year = _YEAR.search(value)
    if all(len(pair) == 2 for pair in pairs[-1:]) and _are_imprints(pairs):
        names = [pair[1] for pair in pairs if len(pair) > 1]
        place = "; ".join(_without_brackets(pair[0]) for pair in pairs)
        if year and work.issued and work.issued.year == int(year[1]):
            names[-1] = _YEAR.sub("", names[-1])
        given = text_of(work, "publisher_place")
        publisher = "; ".join(name.strip() for name in names if not _NOBODY.fullmatch(name.strip()))
        message = f"begins with a place; write publisher-place: {given or place}, and publisher: {publisher}"
        words = value[: value.find(":") + 1]
        is_same = not given or given.casefold() in place.casefold() or place.casefold() in given.casefold()
        changes = {"publisher": publisher or None, "publisher_place": given or place} if is_same else {}
        yield Repair(path_of("publisher"), message, words, 0, changes)
    elif not work.publisher_place and len(pairs[0]) > 1 and _may_be_place(place := pairs[0][0]):
        message = f"begins with what may be a place; if so, write publisher-place: {place}"
        yield Repair(path_of("publisher"), message, value[: value.find(":") + 1])


def _behind_publisher(work: Work, value: str) -> Iterator[Repair]:
    """The year behind a publisher, as issued has it, or what may be its place: ``Macmillan, London``."""
    name, comma, last = value.rpartition(", ")
    if not comma:
        return
    year = _YEAR.search(value)
    if year and work.issued and work.issued.year == int(year[1]):
        bare = _YEAR.sub("", value)
        message = f"{value!r} contains the year, which issued has; write {bare!r}"
        yield Repair(path_of("publisher"), message, value, 0, {"publisher": bare}, replacement=bare)
    elif not work.publisher_place and "." not in last and _is_place(last):
        if "," in name or may_be_organisation(name):  # University of California, Berkeley
            return
        message = f"ends with what may be a place; if so, write publisher-place: {last}, and publisher: {name}"
        yield Repair(path_of("publisher"), message, comma + last, len(name))


def _may_be_place(text: str) -> bool:
    return bool(_LIKE_PLACE.fullmatch(text)) and not text.isupper() and not may_be_organisation(text)


def _without_brackets(place: str) -> str:
    return place[1:-1] if place[:1] + place[-1:] == "[]" else place


def _are_imprints(pairs: list[list[str]]) -> bool:
    """Whether each part is a place, or a place and a publisher: ``New York ; London : Routledge``."""
    return all(_is_place(pair[0]) for pair in pairs) and all(pair[1].strip() for pair in pairs if len(pair) > 1)
