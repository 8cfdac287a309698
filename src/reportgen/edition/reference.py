"""The reference page of an edition's keys, in Markdown: what each means, what it holds, what stands
where it is not written, and how the edition at hand writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo

from reportgen import messages
from reportgen.edition.fields import Column, Field, Model, Row
from reportgen.edition.kinds import FieldKind
from reportgen.edition.mismatches import described, inside, keys, model_of, options
from reportgen.edition.models import (
    Band,
    Check,
    Checks,
    Conventions,
    Derived,
    Document,
    EditionFile,
    Grade,
    PhraseText,
    Roles,
    Scoring,
    UnitSpec,
)
from reportgen.edition.places import CHECKS, EDITION
from reportgen.edition.sheets import Block, Form, Sheet, Table

# each section tells the keys of a model that it does not share with another section's
SECTIONS: dict[type[Model], type[Model] | None] = {
    EditionFile: None,
    Roles: None,
    UnitSpec: None,
    Conventions: None,
    PhraseText: None,
    Derived: None,
    Document: None,
    Scoring: None,
    Band: None,
    Grade: None,
    Sheet: None,
    Form: Sheet,
    Block: None,
    Table: Sheet,
    Field: None,
    Column: Field,
    Row: Field,
    Check: None,
}
_LONGEST = 60  # characters of an example
Examples = dict[tuple[type[Model], str], str]


def page(folder: Path) -> str:
    """The whole page; examples are those of the edition in `folder`."""
    examples: Examples = {}
    for path, model in _files(folder):
        _collect(tomli.loads(path.read_text(encoding="utf-8")), model, examples)
    sections = [_section(model, examples) for model in SECTIONS]
    return "".join([messages.KEYS_PAGE, *sections, _kinds(), messages.KEYS_CODES])


def own_keys(model: type[Model]) -> dict[str, FieldInfo]:
    """The keys that the section of a model tells."""
    shared = SECTIONS[model]
    elsewhere = keys(shared) if shared else {}
    return {key: field for key, field in keys(model).items() if key not in elsewhere}


def _section(model: type[Model], examples: Examples) -> str:
    title, about, meanings = messages.KEYS[model.__name__]
    rows = [
        messages.KEYS_ROW.format(
            key=key,
            meaning=_cell(meanings[key]),
            kind=described(field.type).strip(),
            default=_default(field),
            example=examples.get((model, key), ""),
        )
        for key, field in own_keys(model).items()
    ]
    return messages.KEYS_SECTION.format(title=title, about=about) + "".join(rows)


def _default(field: FieldInfo) -> str:
    """What stands where a key is not written, "" for nothing."""
    if field.required:
        return messages.KEYS_REQUIRED
    empty = field.default is NODEFAULT or field.default in (None, "")
    return "" if empty else _code(_toml(field.default))


def _kinds() -> str:
    rows = [
        messages.KEYS_KIND.format(
            kind=kind.value,
            meaning=messages.KINDS[kind.value],
            added=messages.KEYS_YES if kind.traits.added else "",
            width=kind.traits.width,
        )
        for kind in FieldKind
    ]
    return messages.KEYS_KINDS + "".join(rows)


def _files(folder: Path) -> Iterator[tuple[Path, type[Model]]]:
    """The TOML files of an edition, each with the model that it holds."""
    yield folder / EDITION, EditionFile
    yield folder / CHECKS, Checks
    for path in sorted((folder / "workbook").glob("*.toml")):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        yield path, Form if data.keys() & {"rows", "block"} else Table


def _collect(value: Any, hint: Any, found: Examples) -> None:
    """Adds the first short value of each key, by the model whose section tells of it."""
    kinds = options(hint)
    if isinstance(value, dict) and (model := model_of(kinds)):
        for key, item in value.items():
            _add(model, key, item, found)
            _collect(item, keys(model)[key].type, found)
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, (inside(kinds, dict) or (Any, Any))[1], found)
    elif isinstance(value, list):
        for item in value:
            _collect(item, (inside(kinds, list) or (Any,))[0], found)


def _add(model: type[Model], key: str, item: Any, found: Examples) -> None:
    shared = SECTIONS.get(model)
    section = shared if shared and key in keys(shared) else model
    text = f"{key} = {_toml(item)}"
    if len(text) <= _LONGEST:
        found.setdefault((section, key), _code(text))


def _toml(value: Any) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(k)} = {_toml(v)}' for k, v in value.items())} }}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _key(key: str) -> str:
    return key if key.isascii() and key.isidentifier() else f'"{key}"'


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    """A text within a table of Markdown."""
    return text.replace("|", "\\|")
