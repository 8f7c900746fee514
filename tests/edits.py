"""Any edits of a list, for the laws of what they leave as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

import tajikpeace_refs as refs
from tajikpeace_refs.model.base import csl_name

PICK = st.integers(0, 99)
_NEVER_REMOVED = frozenset({"id", "type", "extra"})
Edits = list[Any]
Kind = st.SearchStrategy[tuple[Any, ...]]


def sequences(values: dict[str, list[Any]], new_ids: list[str], *more: Kind) -> st.SearchStrategy[Edits]:
    """Lists of edits: ``values`` are those that variables are set to, ``more`` further kinds of edits."""
    changes = st.one_of([st.tuples(st.just(name), st.sampled_from(held)) for name, held in values.items()])
    return st.lists(
        st.one_of(
            st.tuples(st.just("set"), PICK, changes),
            st.tuples(st.just("set"), PICK, changes),
            *more,
            st.tuples(st.just("unset"), PICK, PICK),
            st.tuples(st.just("add"), PICK, st.booleans()),
            st.tuples(st.just("remove"), PICK, st.none()),
            st.tuples(st.just("rename"), PICK, st.sampled_from(new_ids)),
            st.tuples(st.just("reorder"), PICK, st.randoms(use_true_random=False)),
        ),
        max_size=5,
    )


@dataclass
class Asked:
    """What was asked of a list: the variables changed, as CSL spells them, and the works that went, by their first ids."""

    variables: dict[str, set[str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    is_renamed: bool = False


def edit(edited: refs.EditedList, edits: Edits) -> Asked:  # noqa: C901 - one branch a kind
    """Make edits, and return what was asked."""
    asked = Asked()
    first = {work_id: work_id for work_id in edited}
    for number, (kind, pick, what) in enumerate(edits):
        if kind == "add":
            after = [*edited][pick % len(edited)] if what and len(edited) else None
            edited.add({"id": f"added{number}", "type": "book", "title": "Added", "author": ["A, B"]}, after=after)
        if not len(edited) or kind == "add":
            continue
        work_id = [*edited][pick % len(edited)]
        origin, work = first.get(work_id, ""), edited[work_id]
        changed = asked.variables.setdefault(origin, set())
        if kind == "set":
            work.set({what[0]: what[1]})
            changed.add(what[0])
        elif kind == "name" and (names := work.work.author):
            work.set(author=other_names([*names], what[0] % len(names), what[1]))
            changed.add("author")
        elif kind == "append":
            work.append(*what)
            changed.add(what[0])
        elif kind == "unset" and (held := [*work.work.variables()]):
            name = held[what % len(held)]
            if name not in _NEVER_REMOVED:
                work.remove(name)
                changed.add(csl_name(name))
        elif kind == "remove":
            edited.remove(work_id)
            asked.gone.add(origin)
        elif kind == "rename" and what not in edited:
            edited.rename(work_id, what)
            first[what] = first.pop(work_id, "")
            changed.add("id")
            asked.is_renamed = True
        elif kind == "reorder":
            edited.reorder(what.sample([*edited], len(edited)))
    return asked


def other_names(names: list[refs.Name], at: int, how: str) -> list[refs.Name]:
    """Return names of which one is another, has a suffix, is gone, or has a new one before it."""
    if how == "family":
        names[at] = refs.Name(family="Other", given="N.")
    elif how == "given":
        names[at] = names[at].model_copy(update={"suffix": "Jr."})
    elif how == "drop":
        del names[at]
    else:
        names.insert(at if how == "double" else 0, refs.Name(family="More", given="M."))
    return names


def check_signs_of_file(text: str, after: str, *, is_changed: bool) -> None:
    """What was not changed is the same; byte order mark and line ends stay in any case."""
    if not is_changed:
        assert after == text
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    if "\r\n" in text:
        assert after.count("\n") == after.count("\r\n")
