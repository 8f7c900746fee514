"""Citation keys made of works by a pattern."""

from __future__ import annotations

from typing import Any

import pytest

import tajikpeace_refs as refs
from tajikpeace_refs.errors import UsageError
from tajikpeace_refs.text.citation_keys import citation_key, citation_keys


def work(work_id: str = "x", **variables: Any) -> refs.Work:
    given = {"type": "book", "title": "The Roads of the Pamir", "author": ["Odinaev, S."], "issued": "1998"}
    return refs.Work.model_validate({"id": work_id, **given, **variables})


@pytest.mark.parametrize(
    ("pattern", "variables", "key"),
    [
        ("{author}{year}{title:1}", {}, "odinaev1998roads"),
        ("{Author}{year}", {}, "Odinaev1998"),
        ("{AUTHOR}:{year}", {}, "ODINAEV:1998"),
        ("{author}_{title:2}_{year}", {}, "odinaev_roadspamir_1998"),
        ("{author}{title}", {"title": "О мире"}, "odinaevmire"),
        ("{author}{title:1}", {"title": "A", "author": ["Müller-Lüdenscheidt, H."]}, "mullerludenscheidta"),
        ("{author}{year}", {"author": ["Ғафуров, Б."], "language": "tg"}, "ghafurov1998"),
        ("{authors}{year}", {"author": ["Lotfi, A.", "Wu, B.", "Ray, C."]}, "lotfiwuray1998"),
        ("{Authors:2}{year}", {"author": ["Lotfi, A.", "Wu, B.", "Ray, C."]}, "LotfiWu1998"),
        ("{author}{year}", {"author": ["World Meteorological Organization of the United Nations"]},
         "worldmeteorologicalorganization1998"),
        ("{author}{year}", {"author": [{"literal": "World Meteorological Organization", "short": "WMO"}]}, "wmo1998"),
        ("{author}{year}", {"author": [], "editor": ["Ray, C."]}, "ray1998"),
        ("{editor}{year}", {"editor": ["Ray, C."]}, "ray1998"),
        ("{author}{year}", {"author": ["van der Berg, Jan"]}, "berg1998"),
        ("{shorttitle}", {"title-short": "Roads"}, "roads"),
        ("{author}-{volume}-{page}", {"volume": None, "page": "17-35"}, "odinaev-17"),
        ("{type}/{author}", {"type": "article-journal"}, "articlejournal/odinaev"),
        ("{container:2}{year}", {"type": "article-journal", "container-title": "The Journal of Roads"},
         "journalroads1998"),
        ("{author}{year}", {"author": [], "issued": None}, "roads"),
        ("{title:1}", {"title": "The <i>Rhodiola</i> of Asia"}, "rhodiola"),
    ],
)  # fmt: skip
def test_a_pattern_gives_a_key(pattern: str, variables: dict[str, Any], key: str):
    assert citation_key(work(**variables), pattern) == key


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{auhtor}{year}", "unknown field {auhtor} in a pattern, did you mean 'author'?; fields: author, authors,"),
        ("{author", "is not valid"),
        ("{author!r}", "is not understood"),
        ("{title:first}", "write {title:1}"),
        ("{title:0}", "write {title:1}"),
        ("key", "names no field"),
        ("{author} {year}", "do not accept keys with ' '"),
        ("{author}{{", "do not accept keys with '{'"),
    ],
)
def test_an_unsound_pattern_is_refused(pattern: str, message: str):
    with pytest.raises(UsageError) as error:
        citation_keys([work()], pattern)
    assert message in str(error.value)


def test_works_with_one_key_get_letters_in_the_order_of_the_list():
    keys = citation_keys([work("x"), work("y"), work("z", issued="1999"), work("w")])
    assert keys == {
        "x": "odinaev1998roads", "y": "odinaev1998roadsa", "z": "odinaev1999roads", "w": "odinaev1998roadsb",
    }  # fmt: skip


def test_a_key_that_a_work_has_stays_with_its_letter():
    """A new work before the others, and one that is gone, change no key that documents cite."""
    keys = citation_keys([work("new"), work("odinaev1998roadsb"), work("odinaev1998roads")])
    assert keys == {
        "new": "odinaev1998roadsa", "odinaev1998roadsb": "odinaev1998roadsb", "odinaev1998roads": "odinaev1998roads",
    }  # fmt: skip


def test_made_keys_stay_when_they_are_made_again():
    works = [work(name) for name in "abc"]
    first = citation_keys(works)
    again = citation_keys([each.replace(id=first[each.id]) for each in reversed(works)])
    assert all(name == key for name, key in again.items())


def test_the_order_of_the_list_changes_no_key_without_a_letter():
    works = [work("a"), work("b", issued="2001"), work("c", author=["Ray, C."])]
    assert citation_keys(works) == citation_keys(reversed(works))


def test_the_key_of_zotero_is_taken():
    assert citation_keys([work("x", **{"citation-key": "odinaevRoads1998"}), work("y")]) == {
        "x": "odinaevRoads1998", "y": "odinaev1998roads",
    }  # fmt: skip


def test_one_key_given_to_two_works_is_refused():
    twice = {"citation-key": "roads"}
    with pytest.raises(UsageError, match="several works have the citation-key 'roads'"):
        citation_keys([work("x", **twice), work("y", **twice)])


def test_the_corpus_has_keys_of_author_and_year(corpus: refs.Library):
    """The ids of the shipped corpus were given by hand, by this rule."""
    keys = citation_keys(corpus, "{author}{year}")
    assert sum(name == key for name, key in keys.items()) == 13
    assert len(set(keys.values())) == len(corpus)
