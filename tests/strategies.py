"""Hypothesis strategies: names, dates and works of every type, with text as people have it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tajikpeace_refs.model import Name, NameForm, PartialDate, Work
from tajikpeace_refs.model.work import DATE_VARIABLES, EDITORIAL, FIELDS, NAME_VARIABLES, TYPES, WORK

LETTERS = "abcdefgzABCZéöñßşБвгжқҳӣўЯ東京"
_words = st.text(LETTERS + "0123456789-'’", min_size=1, max_size=10)
texts = st.lists(_words, min_size=1, max_size=7).map(" ".join)
"""Words with one space between them."""
odd_texts = st.lists(
    st.one_of(_words, st.sampled_from(["&", "100%", "$5", "a_b", "#1", "{x}", "C:\\x", "~", "^", "?", "and", "<i>x</i>",
                                       '<span class="nocase">NMR</span>', "«ы»", "[sic]", "*", "…", "x:", "I.", "“q”"])),
    min_size=1, max_size=4,
).map(" ".join)  # fmt: skip
"""Words and the characters that some format finds special."""

_part = st.sampled_from(
    ["Usmonov", "Қаҳҳорова", "Müller-Lüdenscheidt", "O’Neil", "Hacker Hughes", "Ёров", "I.", "J. W.", "Lee-Ann", "Юрий",
     "Şükrü", "东", "McAdoo", "D'Souza", "I.-M."]
)  # fmt: skip
_family = _part.filter(lambda text: "." not in text)
persons = st.builds(
    Name,
    family=_family,
    given=st.none() | _part,
    non_dropping_particle=st.sampled_from([None, None, "van der", "de", "al"]),
    suffix=st.sampled_from([None, None, None, "Jr.", "III"]),
)
organisations = st.builds(Name, literal=texts)
abbreviated = st.builds(Name, literal=texts, short=st.sampled_from(["WHO", "ВОЗ", "A & B and C"]))
spelled = st.builds(Name, family=_family, given=_part, transliterated=st.builds(NameForm, family=_part, given=_part))
names = st.one_of(persons, organisations)
_as_in_files = st.sampled_from(
    ["A. B. Keller", "Keller A.B.", "Keller AB", "Bates DM", "Smith J", "Иванов И. И.", "Иванов Иван Петрович", "R Core Team",
     "Reed, A.; Stone, C.", "Reed, A. and Stone, C.", "Reed, A. et al.", "Hill Jr., Ada", "Ada Hill Jr.", "J.", "и др.",
     "Bank of England", "Ministry of Culture, Dushanbe", "U.S. Steel"]
)  # fmt: skip
any_names = names | spelled | abbreviated | st.builds(Name, literal=_as_in_files) | st.builds(
    Name, family=_part | _as_in_files, given=st.none() | _as_in_files | st.sampled_from(["Ada III", "JR"])
)  # fmt: skip
"""Names of every kind, and those whose parts readers would take for persons, several names or an organisation."""

_years = st.integers(1, 2100).map("{:04d}".format)
_days = st.dates().map(str)
dates = st.one_of(
    _years, _days, _days.map(lambda day: day[:7]), _years.map("{}~".format), st.tuples(_years, _years).map("/".join),
    st.tuples(_days, _days).map("/".join), st.integers(-999, -1).map("{:05d}".format), _years.map("{}/..".format),
    _years.map("{}-22".format), st.sampled_from(["199X", "in press", "n.d.", "1970?", "0000", "../1990", "0000/0001"]),
).map(PartialDate.parse)  # fmt: skip

ids = st.text("abcxyz0123456789-", min_size=1, max_size=12).filter(lambda text: text.strip("-") == text)
_TEXT_FIELDS = tuple(
    name
    for name in FIELDS
    if name
    not in {
        "id",
        "type",
        "keyword",
        "categories",
        "retrieval_needed",
        "extra",
        *EDITORIAL,
        *NAME_VARIABLES,
        *DATE_VARIABLES,
    }
)


@st.composite
def works(draw: st.DrawFn, text: st.SearchStrategy[str] = odd_texts) -> Work:
    """Return any valid work: any type, any variables."""
    record: dict[str, Any] = {"id": draw(ids), "type": draw(st.sampled_from(TYPES)), "title": draw(text)}
    record |= draw(st.dictionaries(st.sampled_from(_TEXT_FIELDS), text, max_size=5))
    record |= draw(st.dictionaries(st.sampled_from(("author", "editor", "translator", *NAME_VARIABLES)),
                                   st.lists(names | spelled | abbreviated, min_size=1, max_size=3).map(tuple), max_size=2))  # fmt: skip
    record |= draw(st.dictionaries(st.sampled_from(("issued", *DATE_VARIABLES)), dates, max_size=3))
    record["language"] = draw(st.sampled_from([None, "en", "ru", "tg", "de"]))
    record["keyword"] = draw(st.lists(texts, max_size=3).map(tuple))
    record["retrieval_needed"] = draw(st.booleans())
    return WORK.validate_python(record)


libraries = st.lists(works(), max_size=2, unique_by=lambda work: work.id)
