"""Where editions are found."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from reportgen import messages
from reportgen.findings import Unusable

# the files of an edition that every edition has
EDITION, CHECKS, BASE = "edition.toml", "checks.toml", "base.docx"


def edition_places() -> list[Path]:
    """Where editions are looked for: beside the user, then beside the program (a checkout's or the
    installed ones)."""
    here = Path(__file__).resolve().parent.parent
    return [Path("templates"), here / "templates", here.parent.parent / "templates"]


def find_edition(name: str) -> Path:
    """The folder of an edition given by name or by folder; raises Unusable with the places looked
    at."""
    given = Path(name)
    if is_edition(given):
        return given.resolve()
    return named_edition(name)


def named_edition(name: str) -> Path:
    """The folder of an edition that a workbook names. A workbook comes from anybody: what is no
    plain name, but a path, is not even looked at. Raises Unusable with the places looked at."""
    plain = re.fullmatch(r"[\w.-]+", name) is not None and not name.startswith(".")
    for place in edition_places() if plain else []:
        if is_edition(place / name):
            return (place / name).resolve()
    places = "、".join(str(p) for p in edition_places())
    raise Unusable(messages.EDITION_NOT_FOUND.format(name=name, places=places))


def is_edition(folder: Path) -> bool:
    """Whether a folder holds an edition."""
    try:
        return (folder / EDITION).is_file()
    except (OSError, ValueError):  # a name that no file system can bear: it comes from a workbook
        return False


def default_edition() -> str:
    """The name of the newest edition at hand: the last in name order of the first place that has
    any."""
    for place in edition_places():
        found = sorted(p.parent.name for p in place.glob("*/edition.toml"))
        if found:
            return found[-1]
    raise Unusable(
        messages.EDITION_NOT_FOUND.format(name="", places="、".join(map(str, edition_places())))
    )


_KINDS = (".toml", ".csv", ".docx")  # of an edition's files


def strays(folder: Path) -> list[str]:
    """What lies in an edition's folder and is no file or folder of it, by its path within: links
    that lead out or nowhere, pipes and devices, folders that are named like files."""
    whole = folder.resolve()
    return [
        path.relative_to(folder).as_posix()
        for path in _entries(folder)
        if not _belongs(path, whole)
    ]


def _entries(folder: Path) -> Iterator[Path]:
    """All that lies in a folder, sorted, but for what programs leave beside its files (~$…, .…).
    No link is followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _beside(name))
        for name in sorted([*folders, *names]):
            if not _beside(name):
                yield Path(root, name)


def _beside(name: str) -> bool:
    return name.startswith(("~$", "."))


def _belongs(path: Path, whole: Path) -> bool:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(whole):
            return False
        if path.is_dir():
            return path.suffix.lower() not in _KINDS
        return path.is_file()
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def digest_of(folder: Path) -> str:
    """The digest of an edition's files, their names included; those that Word and others leave
    beside them (~$…, .…) are none of its files."""
    whole = hashlib.sha256()
    within = folder.resolve()
    for path in sorted(_entries(folder)):
        if path.is_file() and _belongs(path, within):
            name = path.relative_to(folder).as_posix()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name}\0{digest}\n".encode())
    return whole.hexdigest()
