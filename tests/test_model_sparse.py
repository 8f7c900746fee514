"""A value holds only what is set, and behaves as the model of pydantic that holds everything."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, create_model

from tajikpeace_refs.model import Book, Name, PartialDate, Work
from tajikpeace_refs.model.base import Value
from tajikpeace_refs.model.name import NameForm
from tajikpeace_refs.model.work import FIELDS, WORK, dump_work
from tests import strategies


def full(model: type[Value]) -> type[BaseModel]:
    """Return the plain model of the same fields, which fills in all of them."""
    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    return create_model(model.__name__, __base__=Value, __doc__=model.__doc__, **fields)


SPARSE: list[type[Value]] = [*Work.__subclasses__(), Name, NameForm, PartialDate]
FULL = {model: full(model) for model in SPARSE}
FULL_NAME = FULL[Name]
WAYS: list[dict[str, Any]] = [
    {}, {"mode": "json"}, {"by_alias": True}, {"exclude_unset": True}, {"exclude_defaults": True}, {"exclude_none": True},
    {"include": {"title", "author", "chair"}}, {"exclude": {"title", "keyword"}}, {"round_trip": True},
]  # fmt: skip
_HELD = st.sampled_from(["", "A", None, 5])
_TEXT = st.sampled_from(["", "A", None])
_NAMES = st.fixed_dictionaries(
    {}, optional={"family": _TEXT, "given": _TEXT, "comma_suffix": st.sampled_from([None, False, True])}
)


@given(strategies.works())
def test_a_work_reads_and_dumps_as_a_model_that_holds_all(work: Work):
    """Every attribute, what was given, and every way of dumping; in the order of the model."""
    plain = FULL[type(work)].model_validate(dump_work(work))
    assert [getattr(work, name) for name in FIELDS] == [getattr(plain, name) for name in FIELDS]
    assert list(work) == list(plain)
    given_ones = WORK.validate_python(dump_work(work))
    assert given_ones.model_fields_set == plain.model_fields_set
    for way in WAYS:
        assert repr(given_ones.model_dump(**way)) == repr(plain.model_dump(**way)), way
    assert given_ones.model_dump_json() == plain.model_dump_json()


@given(strategies.works())
def test_a_work_holds_what_is_set_and_no_more(work: Work):
    """No None, no empty tuple and no False is held; what is held is in the order of the model."""
    held = vars(work)
    assert not [value for value in held.values() if not value and value != ""]
    assert list(held) == [name for name in FIELDS if name in held]
    assert work.variables() == {name: value for name in FIELDS if (value := getattr(work, name))}


@given(st.lists(_NAMES, min_size=2, max_size=4))
def test_values_are_equal_where_models_that_hold_all_are(parts: list[dict[str, Any]]):
    """What is given as None is equal to what is not given; equal values have one hash, also as parts of works."""
    sparse, plain = [Name(**part) for part in parts], [FULL_NAME(**part) for part in parts]
    assert [dict(name) for name in sparse] == [dict(name) for name in plain]
    for (one, its), (other, others) in itertools.product(zip(sparse, plain, strict=True), repeat=2):
        assert (one == other) == (its == others)
        assert (hash(one) == hash(other)) or one != other
        works = [Book(id="a", type="book", title="", author=(name,)) for name in (one, other)]
        assert (works[0] == works[1]) == (its == others)


@given(strategies.works(), st.dictionaries(st.sampled_from(["title", "volume", "DOI", "note"]), _HELD))
def test_copies_and_pickles_are_equal(work: Work, update: dict[str, Any]):
    """copy, deepcopy, pickle and model_construct give equal works; an update is validated and counts as given."""
    for same in (copy.copy(work), copy.deepcopy(work), pickle.loads(pickle.dumps(work)), work.model_copy(deep=True)):  # noqa: S301
        assert (same, hash(same), same.model_fields_set) == (work, hash(work), work.model_fields_set)
    assert type(work).model_construct(**dict(work)) == work
    changed = work.model_copy(update=update)
    spelled = {"doi" if name == "DOI" else name: value for name, value in update.items()}
    texts = {name: None if value is None else str(value) for name, value in spelled.items()}
    assert dict(changed) == dict(work) | texts
    assert changed.model_fields_set == work.model_fields_set | spelled.keys()
    assert type(work).model_validate(dict(changed)) == changed


def test_a_bare_name_is_the_validated_one():
    """What is made without validation equals, hashes, copies, pickles, shows and dumps as what pydantic makes."""
    bare, name = Name.bare("Usmonov", "I."), Name(family="Usmonov", given="I.")
    for same in (bare, copy.copy(bare), copy.deepcopy(bare), pickle.loads(pickle.dumps(bare))):  # noqa: S301
        assert (same, hash(same), repr(same)) == (name, hash(name), repr(name))
        assert (same.model_fields_set, same.to_csl()) == (name.model_fields_set, name.to_csl())
    assert bare.model_copy(update={"suffix": "Jr."}) == name.model_copy(update={"suffix": "Jr."})


@pytest.mark.parametrize(
    ("model", "mode"),
    [(Book, "validation"), (Name, "validation"), (Name, "serialization"), (PartialDate, "validation")],
)
def test_the_schema_of_pydantic_is_that_of_a_model_that_holds_all(model: type[Value], mode: Any):
    assert json.dumps(model.model_json_schema(mode=mode), sort_keys=True) == json.dumps(
        FULL[model].model_json_schema(mode=mode), sort_keys=True
    )


@pytest.mark.parametrize(
    "record",
    [{}, {"id": ""}, {"id": "a", "type": "book", "titel": "x"}, {"id": "a", "type": "book", "author": [{"famly": "x"}]},
     {"id": "a", "type": "book", "issued": "no date at all", "title": ["x"]}],
)  # fmt: skip
def test_mistakes_are_those_of_a_model_that_holds_all(record: dict[str, Any]):
    """The same errors at the same places."""
    mistakes = []
    for model in (Book, FULL[Book]):
        with pytest.raises(ValidationError) as raised:
            model.model_validate(record)
        mistakes.append([(error["type"], error["loc"], error["msg"]) for error in raised.value.errors()])
    assert mistakes[0] == mistakes[1]


def test_what_is_given_is_not_shared_with_the_caller():
    """The set of given names is a new one each time: changing it changes no work."""
    one, other = (Book(id=name, type="book", title="x") for name in "ab")
    one.model_fields_set.add("volume")
    assert one.model_fields_set == other.model_fields_set == {"id", "type", "title"}


def test_a_subclass_may_narrow_a_variable_and_add_its_own():
    """A model of someone else's is a model as any: no warning, its own default, the validators of the others."""

    class Dated(Book):
        volume: str = "1"
        shelf: str | None = None

    work = Dated(id="a", type="book", title="x", author="Usmonov, I.", shelf="B 3")
    assert (work.volume, work.shelf, work.author[0].family, work.chair) == ("1", "B 3", "Usmonov", ())
    assert work == Dated.model_validate(work.model_dump()) == work.model_copy(update={"volume": "1"})


def test_a_work_of_thirteen_variables_takes_little_memory():
    """At most 1.3 kB without its texts: all 128 variables would take 4.1."""
    variables = (
        "title",
        "container-title",
        "volume",
        "issue",
        "page",
        "DOI",
        "URL",
        "language",
        "publisher",
        "note",
        "ISSN",
    )
    record = {"id": "a", "type": "article-journal", **dict.fromkeys(variables, "x")}
    WORK.validate_python(record)
    tracemalloc.start()
    works = [WORK.validate_python(record) for _ in range(1000)]
    held = tracemalloc.get_traced_memory()[0] / len(works)
    tracemalloc.stop()
    assert held < 1300
