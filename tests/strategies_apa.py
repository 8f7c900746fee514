"""Hypothesis strategies for every value of the model. ``works()`` draws any valid work of any CSL type."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tajikpeace_refs.model import Correction, Library, Locator, Name, NameForm, PartialDate, Point, Work
from tajikpeace_refs.model.work import DATE_VARIABLES, FIELDS, NAME_VARIABLES, TYPES, WORK

LETTERS = "abcxyzABCXYZéñßŁøЁжшщғӣқӯҳҷҚҶДа日本語عربى"
SIGNS = " .,:;?!'\"’“”«»-–—()[]{}<>&%$#_~^\\*/@0123456789"
NOT_TEXT = {
    "id", "type", "keyword", "categories", "corrections", "remarks", "foreign", "locator", "retrieval_needed",
    *NAME_VARIABLES, *DATE_VARIABLES,
}  # fmt: skip
TEXT_VARIABLES = tuple(name for name in FIELDS if name not in NOT_TEXT)


def texts(signs: str = SIGNS, max_size: int = 30) -> st.SearchStrategy[str]:
    """Any text that a field may hold: never empty, never only spaces."""
    return st.text(st.sampled_from(LETTERS + signs), min_size=1, max_size=max_size).filter(lambda text: bool(text.strip()))


def _words() -> st.SearchStrategy[str]:
    word = st.sampled_from(
        ["peace", "The", "War", "of", "and", "Tajikistan", "MMPI", "iPhone", "(Re)Reading", "мир", "Сулҳ", "<i>Hamlet</i>",
         "H<sub>2</sub>O", '<span class="nocase">DNA</span>', "Vol.", "What?", "A:", "—", "50%", "U.S.", "1992-1997"]
    )  # fmt: skip
    return st.lists(word, min_size=1, max_size=8).map(" ".join)


def titles() -> st.SearchStrategy[str]:
    """A title: words with the marks that titles have, or any text."""
    return st.one_of(_words(), texts())


@st.composite
def points(draw: st.DrawFn) -> Point:
    """A year, a month, a season or a day, of any precision and certainty."""
    year = draw(st.integers(-500, 2100).filter(bool))
    qualifier = draw(st.sampled_from(["", "", "", "~", "?", "%"]))
    match draw(st.sampled_from(["year", "month", "day", "season", "decade"])):
        case "month":
            return Point(year, draw(st.integers(1, 12)), qualifier=qualifier)
        case "day":
            return Point(year, draw(st.integers(1, 12)), draw(st.integers(1, 28)), qualifier=qualifier)
        case "season":
            return Point(year, draw(st.integers(21, 24)), qualifier=qualifier)
        case "decade":
            return Point(draw(st.integers(100, 209)) * 10, unspecified=1)
        case _:
            return Point(year, qualifier=qualifier)


def dates() -> st.SearchStrategy[PartialDate]:
    """A date, a range (open or closed), or words."""
    ranges = st.tuples(points(), points()).map(lambda ends: tuple(sorted(ends, key=lambda point: point.year)))
    return st.one_of(
        points().map(lambda point: PartialDate(points=(point,))),
        ranges.map(lambda ends: PartialDate(points=ends)),
        points().map(lambda point: PartialDate(points=(point, None))),
        points().map(lambda point: PartialDate(points=(None, point))),
        st.sampled_from(["in press", "n.d.", "forthcoming"]).map(lambda text: PartialDate(literal=text)),
    )


def _forms() -> st.SearchStrategy[NameForm | None]:
    latin = st.text("abcABC-' ", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
    return st.one_of(st.none(), st.none(), st.builds(NameForm, family=latin, given=st.none() | latin))


def names() -> st.SearchStrategy[Name]:
    """A person, a person of one name, or a body."""
    family = st.one_of(st.sampled_from(["Usmonov", "O'Neil", "Қодирӣ", "van der Kolk", "Лотман", "Smith"]), texts(max_size=12))
    given = st.one_of(st.sampled_from(["J. W.", "J.R.R.", "Shu-Ling", "Lee-ann", "Юлия", "ludwig"]), texts(max_size=12))
    person = st.builds(
        Name,
        family=family,
        given=st.none() | given,
        suffix=st.sampled_from([None, None, "Jr.", "III"]),
        non_dropping_particle=st.sampled_from([None, None, "van der", "al-"]),
        dropping_particle=st.sampled_from([None, None, "von"]),
        transliterated=_forms(),
    )
    return person | st.builds(Name, literal=titles())


def _values(variable: str) -> st.SearchStrategy[Any]:
    if variable in NAME_VARIABLES:
        return st.lists(names(), min_size=1, max_size=3).map(tuple)
    if variable in DATE_VARIABLES:
        return dates()
    if variable.endswith("title"):
        return titles()
    special: dict[str, st.SearchStrategy[Any]] = {
        "retrieval_needed": st.booleans(),
        "keyword": st.lists(texts(), min_size=1, max_size=3).map(tuple),
        "categories": st.lists(texts(), min_size=1, max_size=3).map(tuple),
        "remarks": st.lists(texts(), min_size=1, max_size=2).map(tuple),
        "locator": st.builds(Locator, label=st.sampled_from(["page", "chapter", ""]), value=texts(max_size=8)),
        "corrections": st.lists(corrections(), min_size=1, max_size=2).map(tuple),
        "language": st.sampled_from(["en", "en-GB", "ru", "tg", "de", "zh", "ja-Latn"]),
        "page": st.sampled_from(["1-9", "1123-28", "S1--S10", "39-47, 50", "e0209899", "C1"]),
        "edition": st.sampled_from(["3", "Third", "Rev. ed.", "2-е изд."]),
        "volume": st.sampled_from(["3", "1-3", "Book 3"]),
        "doi": st.sampled_from(["10.1037/x", "https://doi.org/10.1/y", "doi:10.5555/(SICI)1<201::A>3.0.CO;2-#"]),
        "url": st.sampled_from(["https://example.org/a_b?x=1&y=%5B2%5D#z", "Thttp://broken", "http://пример.испытание/"]),
        "status": st.sampled_from(["in press", "advance online publication", "submitted"]),
    }
    return special.get(variable, texts())


def corrections() -> st.SearchStrategy[Correction]:
    """An editorial correction."""
    return st.builds(
        Correction,
        variable=st.sampled_from(["title", "printed", "author"]),
        printed=texts(),
        corrected=texts(),
        basis=st.sampled_from(["evident", "known", "stet"]),
        certainty=st.sampled_from(["certain", "likely"]),
        reason=texts(),
        applied=st.booleans(),
    )


_DRAWN = tuple(name for name in FIELDS if name not in {"id", "type", "title", "foreign"})


@st.composite
def works(draw: st.DrawFn, work_id: str | None = None, *, types: tuple[str, ...] = TYPES) -> Work:
    """Any valid work: a type, a title, and any other variables, each with values of its kind."""
    chosen = draw(st.lists(st.sampled_from(_DRAWN), unique=True, max_size=10))
    # What most works have is drawn more often than chance would.
    usual = draw(st.sets(st.sampled_from(["author", "issued", "container_title", "publisher", "editor", "page", "url"])))
    values = {variable: draw(_values(variable)) for variable in sorted({*chosen, *usual})}
    identity = work_id or draw(st.text("abcdefgh0123456789", min_size=1, max_size=8))
    return WORK.validate_python({"id": identity, "type": draw(st.sampled_from(types)), "title": draw(titles()), **values})


@st.composite
def libraries(draw: st.DrawFn, max_size: int = 4) -> Library:
    """A library of works with different ids."""
    count = draw(st.integers(0, max_size))
    return Library(works=tuple(draw(works(work_id=f"w{number}")) for number in range(count)))
