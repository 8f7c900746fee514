"""Works with what an APA reference is made of: every type, the usual variables often, and text at its worst."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tajikpeace_refs.model import Library, Locator, Name, NameForm, Work
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES, TYPES, WORK
from tests import strategies as usual

_LETTERS = "abcxyzABCXYZéñßŁøЁжшщғӣқӯҳҷҚҶДа日本語عربى"
_SIGNS = " .,:;?!'\"’“”«»-–—()[]{}<>&%$#_~^\\*/@0123456789"
worst = st.text(_LETTERS + _SIGNS, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
"""Any text that a field may hold: never empty, never only spaces."""
titles = worst | st.lists(
    st.sampled_from(
        ["peace", "The", "War", "of", "and", "Tajikistan", "MMPI", "iPhone", "(Re)Reading", "мир", "Сулҳ",
         "<i>Hamlet</i>", "H<sub>2</sub>O", '<span class="nocase">DNA</span>', "Vol.", "What?", "A:", "—", "50%",
         "U.S.", "1992-1997"]
    ), min_size=1, max_size=8,
).map(" ".join)  # fmt: skip
"""A title: words with the marks that titles have, or any text."""
_spelled = st.none() | st.builds(
    NameForm, family=st.sampled_from(["Lotman", "de la Cruz"]), given=st.sampled_from([None, "Yuri M."])
)
_people = st.builds(
    Name,
    family=worst | st.sampled_from(["Usmonov", "O'Neil", "Қодирӣ", "van der Kolk", "Smith"]),
    given=st.none() | worst | st.sampled_from(["J. W.", "J.R.R.", "Shu-Ling", "Lee-ann", "Юлия"]),
    suffix=st.sampled_from([None, None, "Jr.", "III"]),
    non_dropping_particle=st.sampled_from([None, None, "van der", "al-"]),
    dropping_particle=st.sampled_from([None, None, "von"]),
    transliterated=_spelled,
)
_names = st.lists(_people | st.builds(Name, literal=titles), min_size=1, max_size=3).map(tuple)
_SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(NAME_VARIABLES, _names),
    **dict.fromkeys(DATE_VARIABLES, usual.dates),
    **{name: titles for name in FIELDS if name.endswith("title")},
    "retrieval_needed": st.booleans(),
    "locator": st.builds(Locator, label=st.sampled_from(["page", "chapter", ""]), value=worst),
    "language": st.sampled_from(["en", "en-GB", "ru", "tg", "de", "zh", "ja-Latn"]),
    "page": st.sampled_from(["1-9", "1123-28", "S1--S10", "39-47, 50", "e0209899", "C1"]),
    "edition": st.sampled_from(["3", "Third", "Rev. ed.", "2-е изд."]),
    "volume": st.sampled_from(["3", "1-3", "Book 3"]),
    "doi": st.sampled_from(["10.1037/x", "https://doi.org/10.1/y", "doi:10.5555/(SICI)1<201::A>3.0.CO;2-#"]),
    "url": st.sampled_from(["https://example.org/a_b?x=1&y=%5B2%5D#z", "Thttp://broken", "http://пример.испытание/"]),
    "status": st.sampled_from(["in press", "advance online publication", "submitted"]),
}
_NOT_DRAWN = {"id", "type", "title", "extra", "keyword", "categories", *EDITORIAL} - {"locator"}
_DRAWN = tuple(name for name in FIELDS if name not in _NOT_DRAWN)


@st.composite
def works(draw: st.DrawFn, work_id: str | None = None) -> Work:
    """Any valid work: a type, a title, and any other variables, each with values of its kind."""
    often = draw(
        st.sets(st.sampled_from(["author", "issued", "container_title", "publisher", "editor", "page", "url"]))
    )
    chosen = often | set(draw(st.lists(st.sampled_from(_DRAWN), unique=True, max_size=10)))
    values = {variable: draw(_SPECIAL.get(variable, worst)) for variable in sorted(chosen)}
    identity = work_id or draw(usual.ids)
    return WORK.validate_python({"id": identity, "type": draw(st.sampled_from(TYPES)), "title": draw(titles), **values})


@st.composite
def libraries(draw: st.DrawFn, max_size: int = 4) -> Library:
    """A library of works with different ids."""
    count = draw(st.integers(0, max_size))
    return Library(works=tuple(draw(works(work_id=f"w{number}")) for number in range(count)))
