"""What every model shares: frozen, closed, spelled as CSL spells its variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema, to_jsonable_python

from tajikpeace_refs.deprecated import warn_renamed
from tajikpeace_refs.model.characters import fault_of

# CSL writes these in capitals; every other variable is the attribute with hyphens.
_CAPITALS = {name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")}
# Two CSL variables are spelled with an underscore.
_UNDERSCORE = frozenset({"archive_collection", "archive_location"})


def csl_name(attribute: str) -> str:
    """Return CSL's spelling of an attribute.

    >>> csl_name("container_title"), csl_name("url"), csl_name("archive_location")
    ('container-title', 'URL', 'archive_location')
    """
    if attribute in _UNDERSCORE:
        return attribute
    return _CAPITALS.get(attribute, attribute.replace("_", "-"))


def attribute(name: str) -> str:
    """Return the attribute of CSL's spelling of a variable, or of an old name.

    >>> attribute("container-title"), attribute("URL"), attribute("archive_location")
    ('container_title', 'url', 'archive_location')
    """
    return "extra" if name == "foreign" else name.replace("-", "_").lower()


_EMPTY: tuple[Any, ...] = (None, (), False)


class Value(BaseModel):
    """Base of every model: an immutable value that shows only what is set."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=csl_name,
        validate_by_name=True,
        validate_by_alias=True,
        # CSL-JSON allows a number where we keep text.
        coerce_numbers_to_str=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        held = ((name, getattr(self, name)) for name in type(self).model_fields)
        return ((name, value) for name, value in held if value not in _EMPTY)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy in which some fields are others, by attribute or CSL name.

        Raises:
            ValidationError: a field is unknown, or its value is not valid.
        """
        if not update:
            return super().model_copy(deep=deep)
        return type(self).model_validate(self._given_and(update))

    def _given_and(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was given, by attribute, with some of it changed."""
        given = {name: getattr(self, name) for name in self.__pydantic_fields_set__}
        return given | {attribute(name): value for name, value in changes.items()}

    def to_csl(self) -> dict[str, Any]:
        """Return plain data in CSL's spellings, with only what is set."""
        return self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)

    def plain(self) -> dict[str, Any]:
        """Return what `to_csl` returns: the old name."""
        warn_renamed("plain()", "to_csl()")
        return self.to_csl()


ValueT = TypeVar("ValueT", bound=Value)


def refuse_characters(value: ValueT) -> ValueT:
    """Return a value all of whose texts have only characters that every format can hold.

    Escapes of YAML and callers in Python can give others.

    Raises:
        PydanticCustomError: a text has another; pydantic makes a ValidationError of it.
    """
    _check(value.__dict__)
    return value


def _check(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        kind = type(value)
        if kind is str:
            if value.isprintable():
                continue
        elif kind is not tuple or not value or isinstance(value[0], BaseModel):
            continue
        if message := fault_of(value):
            raise PydanticCustomError("forbidden_character", "{name}: {message}", {"name": name, "message": message})


def _key(field: core_schema.ModelField) -> core_schema.TypedDictField:
    """Return the field of a model as a key of a typed dictionary, one that may be missing if its default is empty."""
    schema = field["schema"]
    may_be_missing = schema["type"] == "default" and schema.get("default", ...) in _EMPTY
    key = (
        {"schema": schema["schema"], "required": False} if may_be_missing else {"required": schema["type"] != "default"}
    )
    return cast("core_schema.TypedDictField", {**field, "type": "typed-dict-field", **key})


# The same variables are set in most works of a type; a set of ten names takes more memory than their values.
@lru_cache(maxsize=4096)
def _names(given: tuple[str, ...]) -> set[str]:
    return set(given)


class Sparse(Value):
    """A value that holds only what is set; what is not (None, ``()`` or False) is read from its class.

    A work has over a hundred variables, of which some ten are set: holding them all takes five times the memory and
    half as long again. For pydantic the fields are the keys of a typed dictionary, where a key may be missing.
    """

    _unset: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Take the defaults off the parents while pydantic collects the fields: it would take them for new fields."""
        super().__init_subclass__(**kwargs)
        for parent in cls.__mro__[1:]:
            for name in parent.__dict__.get("_unset", ()):
                delattr(parent, name)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's signature
        super().__pydantic_init_subclass__(**kwargs)
        cls._unset = {name: field.default for name, field in cls.model_fields.items() if field.default in _EMPTY}
        for each in cls.__mro__:
            for name, default in each.__dict__.get("_unset", {}).items():
                setattr(each, name, default)  # what an instance reads that holds nothing there

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /) -> CoreSchema:
        schema = handler(source)
        model = cast("core_schema.ModelSchema", handler.resolve_ref_schema(schema))
        fields = model["schema"]
        if fields["type"] == "model-fields":  # a model that is part of others is asked for its schema once by each
            keys = {name: _key(field) for name, field in fields["fields"].items()}
            given = core_schema.typed_dict_schema(keys, extra_behavior="forbid", config=model.get("config"))
            model["schema"] = core_schema.no_info_after_validator_function(cls._content, given)
        return schema

    @classmethod
    def _content(cls, given: dict[str, Any]) -> tuple[dict[str, Any], None, set[str]]:
        """Return what pydantic fills an instance with: its ``__dict__``, no extra fields, the names of those given."""
        unset = cls._unset
        held = {name: value for name, value in given.items() if value or value is not unset.get(name)}
        _check(held)
        return held, None, _names(tuple(given))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> dict[str, Any]:
        found = handler(schema)
        properties = handler.resolve_ref_schema(found)["properties"]
        for name, default in cls._unset.items():
            properties[cls.model_fields[name].alias]["default"] = to_jsonable_python(default)
        return found

    @model_serializer(mode="wrap")
    def _dump(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo):  # type: ignore[no-untyped-def] # noqa: ANN202 - its type would be the JSON Schema
        """Serialise a copy that holds the defaults as well: pydantic writes what it finds in ``__dict__``."""
        if info.exclude_defaults:
            return handler(self)
        full = copy(self)
        object.__setattr__(full, "__dict__", dict(self))
        return handler(full)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:  # type: ignore[override] # noqa: ANN401 - pydantic's plugin has its own idea of it
        """Return a value of fields that are known to be valid; it holds only what is set, too."""
        made = super().model_construct(_fields_set, **values)
        object.__setattr__(made, "__dict__", cls._content(made.__dict__)[0])
        return cast("Self", made)

    @classmethod
    def _of_valid(cls, held: dict[str, Any]) -> Self:
        """Return the value that holds these fields, all known to be valid; pydantic takes five times as long."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", held)
        object.__setattr__(made, "__pydantic_fields_set__", _names(tuple(held)))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that were given, were they None: a new set, as values share theirs."""
        return set(self.__pydantic_fields_set__)

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] # pydantic's is a generator
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    def __hash__(self) -> int:
        return hash((type(self), frozenset(self.__dict__.items())))
