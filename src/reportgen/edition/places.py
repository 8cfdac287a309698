"""Where editions are found."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from reportgen import messages
from reportgen.findings import Unusable


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
    plain = re.fullmatch(r"[\w.-]+", name) is not None and not name.startswith(".")
    for place in edition_places() if plain else []:
        if is_edition(place / name):
            return (place / name).resolve()
    places = "、".join(str(p) for p in edition_places())
    raise Unusable(messages.EDITION_NOT_FOUND.format(name=name, places=places))


def is_edition(folder: Path) -> bool:
    """Whether a folder holds an edition."""
    try:
        return (folder / "edition.toml").is_file()
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


def digest_of(folder: Path) -> str:
    """The digest of an edition's files, their names included; those that Word and others leave
    beside them (~$…, .…) are none of its files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("~$", ".")):
            name = path.relative_to(folder).as_posix()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name}\0{digest}\n".encode())
    return whole.hexdigest()
