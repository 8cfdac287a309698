"""What a file holds against the model that it is to be: every fault by its key.

msgspec converts fast and stops at the first fault; so the data is walked again, key by key, when
that failed. A single value is still judged by msgspec, so that both ways agree.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from reportgen import messages
from reportgen.edition.fields import Model
from reportgen.language.names import nearest

M = TypeVar("M", bound=Model)
KeyPath = tuple[str | int, ...]  # ("check", 2, "remedy")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A key whose value is not what the model asks for, or that the model does not have."""

    id: str
    path: KeyPath
    message: str

    @property
    def key(self) -> str:
        """check[2].remedy"""
        parts = (f"[{p}]" if isinstance(p, int) else f".{p}" for p in self.path)
        return "".join(parts).removeprefix(".")


def converted(data: dict[str, Any], model: type[M]) -> M | None:
    """The data as a model; None where it does not fit: `mismatches` tells why."""
    if not data.keys().isdisjoint(model.NO_KEYS):
        return None
    try:
        return msgspec.convert(data, model, strict=False)
    except msgspec.ValidationError:
        return None


def keys(model: type[Model]) -> dict[str, FieldInfo]:
    """The keys that a file may give for a model, with what each of them holds."""
    fields = msgspec.structs.fields(model)
    return {f.encode_name: f for f in fields if f.name not in model.NO_KEYS}


def mismatches(value: Any, hint: Any, path: KeyPath = ()) -> Iterator[Mismatch]:
    """Every fault of a value that should be what a type hint says."""
    kinds = options(hint)
    if isinstance(value, dict) and (model := model_of(kinds)):
        yield from _of_model(value, model, path)
    elif isinstance(value, dict) and (inner := inside(kinds, dict)):
        for key, item in value.items():
            yield from mismatches(item, inner[1], (*path, key))
    elif isinstance(value, list) and (inner := inside(kinds, list)):
        for i, item in enumerate(value):
            yield from mismatches(item, inner[0], (*path, i))
        if not value:
            yield from _of_value(value, hint, path)  # it may have to hold something
    else:
        yield from _of_value(value, hint, path)


def options(hint: Any) -> tuple[Any, ...]:
    """The types that a type hint allows, None left out."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        return tuple(kind for kind in get_args(hint) if kind is not NoneType)
    return (hint,)


def model_of(kinds: tuple[Any, ...]) -> type[Model] | None:
    """The model among some types, if there is one."""
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Model)), None)


def inside(kinds: tuple[Any, ...], container: type) -> tuple[Any, ...]:
    """What a list or dict among some types holds: its type arguments, () if there is none."""
    return next((get_args(k) for k in kinds if get_origin(k) is container), ())


def _of_model(value: Mapping[str, Any], model: type[Model], path: KeyPath) -> Iterator[Mismatch]:
    known = keys(model)
    for key, item in value.items():
        if key in known:
            yield from mismatches(item, known[key].type, (*path, key))
        else:
            message = messages.KEY_UNKNOWN.format(hint=nearest(key, known))
            yield Mismatch("key-unknown", (*path, key), message)
    for key, field in known.items():
        if field.required and key not in value:
            yield Mismatch("key-missing", (*path, key), messages.KEY_MISSING)


def _of_value(value: Any, hint: Any, path: KeyPath) -> Iterator[Mismatch]:
    try:
        msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError:
        if choices := [c for kind in options(hint) for c in choices_of(kind)]:
            known = "、".join(map(str, choices))
            message = messages.KEY_CHOICE.format(value=reprlib.repr(value), known=known)
            yield Mismatch("key-choice", path, message)
        else:
            yield Mismatch("key-type", path, messages.KEY_TYPE.format(wanted=described(hint)))


def choices_of(kind: Any) -> list[Any]:
    """The values that a type lists one by one, none for any other."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [member.value for member in kind]
    return list(get_args(kind)) if get_origin(kind) is Literal else []


def described(hint: Any) -> str:
    """A type as an author of TOML would call it."""
    return messages.KEY_OR.join(dict.fromkeys(_described(kind) for kind in options(hint)))


def _described(kind: Any) -> str:
    origin, inside = get_origin(kind), get_args(kind)
    if choices := choices_of(kind):
        return "、".join(map(str, choices))
    if origin is tuple and Ellipsis not in inside:
        return messages.KEY_SO_MANY.format(count=len(inside), each=_described(inside[0]))
    if origin in (list, tuple):
        return messages.KEY_LIST.format(each=described(inside[0]))
    if origin is dict:
        return messages.KEY_TABLE_OF.format(each=described(inside[1]))
    if isinstance(kind, type) and issubclass(kind, Model):
        return messages.KEY_TABLE
    return messages.KEY_TYPES[kind.__name__]
