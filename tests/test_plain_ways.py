"""What .bib and the APA list do fast equals the plain way to say it: each hot path beside its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.apa import work_title
from tajikpeace_refs.formats._bib import capitals as _titles
from tajikpeace_refs.formats._bib import latex_encode as tex
from tajikpeace_refs.formats._bib import names
from tajikpeace_refs.formats._bib import writer as bib
from tajikpeace_refs.formats._bib.converters import Context, line
from tajikpeace_refs.formats._bib.fields import rows_for
from tajikpeace_refs.model import Name, Work
from tajikpeace_refs.text import rich as inline
from tajikpeace_refs.text import titles
from tests import strategies

# Pieces that the patterns part on, and letters whose lower case is another one's or none.
pieces = st.sampled_from(
    ["a", "the", "of", "NATO", "x", "Foo", "foo", "bar", "d", "iPhone", "Non", "Tajik", "Tajik's", "2nd", "Ⅷ", "²", "É",
     "ß", "ΑΣ", "ς", "Мир", "мир", "Ҷ", "×", "÷", "Ⓐ", "𐐀", "K", "e\u0301", "'", "’", "ʼ", "'s", "’S", "-", "--", "‐", "_",
     ":", ": ", "— ", "—", "–", "?", "! ", '"', "“", "]", "[", "(", ".", ". ", ",", " ", " ", " ", "\xa0", "\n", "$", "$x^2$",
     "\\", "{", "&", "`", "''", "<i>", "</i>", '<span class="nocase">', "</span>", "\ue000", "\ue001"]
)  # fmt: skip
texts = st.lists(pieces, min_size=1, max_size=9).map("".join)
nouns = st.sampled_from([(), ("Foo",), ("Foo bar", "bar", "NATO:"), ("Tajik", "Мир")])


def plain_escape(text: str) -> str:
    """One pattern says what is special and what becomes of it."""
    return tex._MATH_OR_SPECIAL.sub(tex._escaped, text) if tex._SPECIAL.search(text) else text


@given(texts)
@example("a--b")
@example("a`b")
def test_what_needs_no_escape_is_seen(text: str):
    """Looking for one of the signs finds every text that has something special."""
    assert tex.escape(text) == plain_escape(text)
    assert not tex.is_plain(text) or plain_escape(text) == text


def plain_words(text: str, phrases: titles.Nouns) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Ask everything of every word: whether it opens a part of the title, whether it keeps its capitals."""
    end = 0
    for match in titles._WORD.finditer(text):
        opens = end == 0 or titles._STARTS.search(text, end, match.start()) is not None
        kept = any(start < match.end() and match.start() < stop for start, stop in phrases.spans(text))
        yield match, opens, kept or titles.is_proper(match[0])
        end = match.end()


def plain_count(text: str, phrases: titles.Nouns) -> tuple[int, int]:
    """Go through the words one by one."""
    capitals = words = 0
    for match, opens, kept in plain_words(text, phrases):
        word = match[0]
        second = text[match.start() - 1 : match.start()] in {"-", "‐", "‑"}
        if opens or kept or second or word.lower() in titles.MINOR or not word[0].isalpha():
            continue
        if not titles._is_marked(text, match):
            words += 1
            capitals += word[0].isupper()
    return capitals, words


@given(texts, nouns)
@example("foo-_bar Foo", ())
@example("Foo x_'bar", ())
@example("foo -_ Bar", ())
@example("Côte d'Foo Boo", ("Foo",))
def test_the_words_of_a_title_are_counted(text: str, phrases: tuple[str, ...]):
    """Tokens taken at one go show the case that the words show."""
    assert titles._count(text, titles.Nouns(phrases)) == plain_count(text, titles.Nouns(phrases))


def plain_sentence_case(text: str, phrases: titles.Nouns) -> str:
    """Look at every word, also of a title that has nothing to change."""
    if text.isupper() and len(text.split()) > 2:
        text = text.lower()
    capitals, words = plain_count(text, phrases)
    lowering = words > 0 and 2 * capitals >= words
    done, end = [], 0
    for match, opens, kept in plain_words(text, phrases):
        word = match[0] if kept else titles._recased(text, match, opens=opens, lowering=lowering)
        done += [text[end : match.start()], word]
        end = match.end()
    return "".join([*done, text[end:]])


@given(texts, nouns)
@example("foo Bar", ())
@example("Foo bar: d", ())
@example("«foo Bar Foo", ())
@example("Foo K. Bar", ())
def test_a_title_in_sentence_case_has_each_word_so(text: str, phrases: tuple[str, ...]):
    """A title that is left as it is at first sight is one whose words all stay."""
    found = titles.Nouns(phrases)
    assert titles.sentence_case(text, found) == plain_sentence_case(text, found)


@given(texts, nouns)
@example("The Foo of the Bar Foo", ())
def test_english_is_told_by_the_words(text: str, phrases: tuple[str, ...]):
    """A title in lower case, which is refused at first sight, has not three words in capitals."""
    capitals, words = plain_count(text, titles.Nouns(phrases))
    told = not {"the", "of", "and"}.isdisjoint(text.lower().split()) and words >= 3 and capitals == words
    assert titles.is_english(text, None, titles.Nouns(phrases)) == told


@given(st.text("a \ue000\ue001\ue008\ue009\ue00a\ue00b\ue00d"))
@example("\ue009en\ue00aFoo\ue00b")
@example("\ue009en\ue009\ue00a\ue009")
def test_marks_are_taken_out_with_the_language(text: str):
    """The pattern that begins with any mark takes what the two kinds of mark are."""
    assert inline.plain(text) == re.sub("\ue009[^\ue00a]*\ue00a|[\ue000-\ue00b]", "", text)


@given(texts.map(inline.clean))
@example(inline.clean("Foobar.\n"))
def test_only_a_title_that_ends_in_a_full_stop_loses_it(text: str):
    """What ends otherwise needs no look at its last word."""
    assert text.endswith(".") or work_title._FULL_STOP.sub(r"\1", text) == text


def plain_protect(title: str, language: str | None, proper_nouns: tuple[str, ...]) -> str:
    """Look at every word of the title."""
    if title[1:].islower() and not proper_nouns and "<" not in title:
        return plain_escape(title)
    lowered = _titles._is_lowered(title, language, proper_nouns)
    first = _titles._WORD.search(inline.TAG.sub(lambda tag: " " * len(tag[0]), title))
    begins = {first.start()} if first else set()
    begins |= {match.end() for match in re.finditer(r"[:?!.—]\s+|\[", title)}

    def words(text: str, offset: int) -> str:
        spans = titles.Nouns(proper_nouns).spans(text)
        maths = [match.span() for match in tex.MATH.finditer(text)]
        done, start = [], 0
        for word in _titles._WORD.finditer(text):
            token = word[0]
            if token == token.lower() or any(a <= word.start() < b for a, b in maths):
                continue
            is_noun = titles.is_proper(token) or any(a < word.end() and word.start() < b for a, b in spans)
            inner = any(letter.isupper() for letter in re.sub(r"(?<=-)\w", "", token)[1:])
            if is_noun or inner or (not lowered and word.start() + offset not in begins):
                done += [plain_escape(text[start : word.start()]), "{", plain_escape(token), "}"]
                start = word.end()
        return "".join([*done, plain_escape(text[start:])])

    return tex.markup_to_tex(title, words)


@given(texts, st.sampled_from([None, "en", "en-GB", "ru"]), nouns)
@example("The role of an iPhone in the (re)Making of 'Quoted' Non-Western <i>E. Coli</i>", "en", ())
@example("foo× Ⓐ 𐐀𐐁 a𐐀 ×Foo bar", "ru", ())
@example("[Bar] Foo: Bar. Foo “Bar", "ru", ())
def test_the_capitals_of_a_title_are_found(title: str, language: str | None, proper_nouns: tuple[str, ...]):
    """Going from capital to capital braces the words that going through all of them does."""
    assert _titles.protect(title, language, proper_nouns) == plain_protect(title, language, proper_nouns)


_name_parts = st.sampled_from(
    ["Usmonov", "O’Neil", "O'Neil", "Lee-Ann", "and", "And", "AND", "Anderson", "None", "van", "Van", "La", "Жуков", "жуков",
     "Ҷӯраев", "Đorđe", "McAdoo", "I.", "J.-P.", "J", "B.K.", "X2", "É", "e\u0301", "Å", "ǅ", "-", ".", ",", "~", "others",
     "ſ", "ı", "Ӏ", "Јв", "Ѓ", "Дж."]
)  # fmt: skip
_name_texts = st.none() | st.lists(_name_parts, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", "-", ""]).map(lambda joint: joint.join(words))
) | st.text(st.characters(max_codepoint=0x530), min_size=1, max_size=4)  # fmt: skip
plain_persons = st.builds(Name, family=_name_texts, given=_name_texts)


@given(st.lists(plain_persons | strategies.names | strategies.spelled, min_size=1, max_size=3).map(tuple))
@example((Name(family="And", given="I."),))
@example((Name(family="Lee", given="B. And"),))
def test_plain_names_are_what_each_name_is(found: tuple[Name, ...]):
    """Names that the pattern takes are written so one by one, and each is read back as it was."""
    plain = names.plain_names(found)
    if plain is not None:
        assert plain == " and ".join(map(names.name_to_bib, found))
        assert names._read(plain).value == found
        assert all(map(names.is_kept, found))


@pytest.mark.parametrize(
    "text", ["Usmonov, I.", "Müller-Lüdenscheidt, J. W.", "O’Neil, Lee-Ann", "Ҳакимов, Ҷ.", "Lee, K"]
)
def test_common_names_are_plain(text: str):
    """The pattern takes the names that most lists are made of."""
    assert names.plain_names((Name.parse(text), Name.parse(text))) == f"{text} and {text}"


@given(strategies.works(), st.sampled_from(["bibtex", "biblatex"]))
def test_an_entry_is_its_fields_one_by_one(work: Work, dialect: str):
    """The form that works share gives the lines that going through the rows gives, and the same losses."""
    work = work.model_copy(update={"foreign": (), "genre": None})
    losses: list[refs.Loss] = []
    context = Context(dialect, ascii=False, proper_nouns=(), on_loss=losses.append)
    entry, extra = bib._entry_type(work, context)
    lines = [f"@{entry}{{key,\n"]
    for _, row, field in sorted(place for name, place in rows_for(work.type, dialect).items() if getattr(work, name)):
        value = getattr(work, row.variable)
        if field is None:
            bib._lost(row.variable, value, work, context)
        elif row.codec is names.NAMES:
            lines.append(line(field, bib._names(row.variable, value, work, context)))
        else:
            text = row.codec.write(value, work, context)
            lines.append(text if row.codec.whole else line(field, text))
    told, losses = losses, []
    written = bib._entry(work, "key", replace(context, on_loss=losses.append))
    assert written == "".join([*lines, extra, line("csl-id", work.id), "}\n"])
    assert losses == told
