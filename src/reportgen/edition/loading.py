"""An edition read from its folder: every fault of its TOML files and code lists at once, by file
and key.

What a fault spoils is left out, the rest is read all the same; its names are `lost`, so that what
uses them is not told as another fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from reportgen import messages
from reportgen.edition import places
from reportgen.edition.bounds import beyond
from reportgen.edition.fields import Model
from reportgen.edition.mismatches import KeyPath, Mismatch, converted, mismatches
from reportgen.edition.models import Check, Checks, CodeList, Edition, EditionFile
from reportgen.edition.places import CHECKS, EDITION
from reportgen.edition.sheets import Form, Sheet, Table
from reportgen.edition.text_files import code_list, toml
from reportgen.findings import EditionFault, Finding, fault
from reportgen.language import words

# the keys of which one entry may be wrong and the others right
_ENTRIES = ("units", "wording", "conventions", "phrase", "derived", "document", "check")
# what stands in for keys that an edition cannot do without, where they are missing or wrong
_STAND_INS = {"title": "", "roles": {"body": "", "year": ""}, "document": []}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read of an edition, None where edition.toml could not; and all that is wrong
    with its files."""

    edition: Edition | None
    faults: list[Finding]


def load(folder: Path) -> Edition:
    """The edition in `folder`. Raises EditionFault with every fault of its files and names."""
    from reportgen.edition import soundness

    loaded = read(folder)
    faults = list(loaded.faults)
    if loaded.edition is not None:
        faults += soundness.faults(loaded.edition)
    if faults or loaded.edition is None:
        raise EditionFault(faults, folder.name)
    return loaded.edition


def read(folder: Path) -> Loaded:
    """What the files of an edition hold, each checked by itself. Raises nothing."""
    outside = places.strays(folder)
    faults = [fault("file-outside", file, "", messages.FILE_OUTSIDE) for file in outside]
    if EDITION in outside:
        return Loaded(None, faults)
    main, lost = _main(folder / EDITION, faults)
    checks = [] if CHECKS in outside else _checks(folder / CHECKS, faults)
    sheets = _sheets(folder, outside, faults)
    lost |= {_name(path) for path, sheet in sheets.items() if sheet is None}
    codes = _code_lists(folder, outside, faults)
    lost |= {f.place.file for f in faults if f.place.file.startswith("codes/")}
    if main is None:
        return Loaded(None, faults)
    edition = Edition(
        **msgspec.structs.asdict(main),
        name=folder.name,
        folder=folder,
        sheets=[sheet for sheet in sheets.values() if sheet is not None],
        checks=checks,
        codes=codes,
        lost=frozenset(lost),
    )
    return Loaded(edition, faults)


def _any(outside: Collection[str], path: Path, folder: Path) -> bool:
    """Whether a file of an edition, or the folder that it lies in, is none of its own."""
    own = path.relative_to(folder)
    return own.as_posix() in outside or own.parent.as_posix() in outside


def _main(path: Path, faults: list[Finding]) -> tuple[EditionFile | None, set[str]]:
    """What edition.toml holds, and the names that it would have had without its faults."""
    data = toml(path, EDITION, faults)
    if data is None:
        return None, set()
    found, rest = _fitting(data, EditionFile)
    if not found and (main := converted(data, EditionFile)):
        return main, set()
    faults += _told(EDITION, found)
    lost = {name for key in data for name in _names(data[key]) - _names(rest.get(key))}
    lost |= (data.keys() | _STAND_INS.keys()) - rest.keys()
    if "scoring" not in rest:
        lost |= set(words.SCORING_VERBS)
    return converted(_STAND_INS | rest, EditionFile), lost


def _checks(path: Path, faults: list[Finding]) -> list[Check]:
    """The checks, those left out that are at fault."""
    data = toml(path, CHECKS, faults) or {}
    found, rest = _fitting(data, Checks)
    faults += _told(CHECKS, found)
    checks = converted(rest, Checks)
    return checks.check if checks is not None else []


def _sheets(
    folder: Path, outside: Collection[str], faults: list[Finding]
) -> dict[Path, Sheet | None]:
    """The sheets by their files; None for one that cannot be used."""
    return {
        path: None if _any(outside, path, folder) else _sheet(path, faults)
        for path in sorted((folder / "workbook").glob("*.toml"))
    }


def _code_lists(
    folder: Path, outside: Collection[str], faults: list[Finding]
) -> dict[str, CodeList]:
    """The code lists by name; one that cannot be used is empty."""
    return {
        path.stem: {}
        if _any(outside, path, folder)
        else code_list(path, f"codes/{path.name}", faults)
        for path in sorted((folder / "codes").glob("*.csv"))
    }


def _sheet(path: Path, faults: list[Finding]) -> Sheet | None:
    """A form where the file declares rows or blocks, else a table; None for one with a fault."""
    file = f"workbook/{path.name}"
    data = toml(path, file, faults)
    if data is None:
        return None
    model: type[Form] | type[Table] = Form if data.keys() & {"rows", "block"} else Table
    found, _ = _fitting(data, model)
    sheet = None if found else converted(data, model)
    if sheet is None:
        faults += _told(file, found)
        return None
    sheet.name, sheet.file = _name(path), file
    return sheet


def _name(path: Path) -> str:
    """The name of a sheet: that of its file, without the number in front."""
    return re.sub(r"^\d+-", "", path.stem)


def _fitting(data: dict[str, Any], model: type[Model]) -> tuple[list[Mismatch], dict[str, Any]]:
    """What of the data is too much, or does not fit the model; and the data without it."""
    found = list(beyond(data))
    if any(mismatch.path == () for mismatch in found):
        return found, {}  # nothing in it is looked at
    rest = _without(data, found) if found else data
    if converted(rest, model) is None:
        told = [mismatch.path for mismatch in found]
        more = [m for m in mismatches(rest, model) if not _within(m.path, told)]
        found, rest = [*found, *more], _without(rest, more)
    return found, rest


def _within(path: KeyPath, told: Iterable[KeyPath]) -> bool:
    """Whether a key was taken away for what stands in it."""
    return any(own[: len(path)] == path for own in told)


def _told(file: str, found: Iterable[Mismatch]) -> list[Finding]:
    return [fault(m.id, file, m.key, m.message) for m in found]


def _without(data: Mapping[str, Any], found: Collection[Mismatch]) -> dict[str, Any]:
    """The data without the entries, or the keys, that are at fault."""
    wrong = {m.path[: 2 if m.path[:1] and m.path[0] in _ENTRIES else 1] for m in found}
    return {k: _entries(k, v, wrong) for k, v in data.items() if (k,) not in wrong}


def _entries(key: str, value: Any, wrong: Collection[KeyPath]) -> Any:
    if isinstance(value, list):
        return [item for i, item in enumerate(value) if (key, i) not in wrong]
    if isinstance(value, dict):
        return {name: item for name, item in value.items() if (key, name) not in wrong}
    return value


def _names(value: Any) -> set[str]:
    """The names that a part of edition.toml declares: of units, wordings, derived numbers."""
    if isinstance(value, dict):
        return set(value)
    items = value if isinstance(value, list) else []
    return {str(item["name"]) for item in items if isinstance(item, dict) and "name" in item}
