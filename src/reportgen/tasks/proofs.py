"""What was proved of an edition is not proved again: a verdict, and nothing else, in the user's
cache folder.

A verdict is the digest of all that it rests on: the files of the edition, the program's own, and
the versions of the libraries that read both. Whatever else a file there may hold is no verdict; a
folder that cannot be read or written means that everything is proved every time.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import jinja2
import msgspec

from reportgen import __version__, files
from reportgen.edition.places import digest_of
from reportgen.findings import Unusable

NAMES, TEMPLATES = "names", "templates"  # the parts of an edition that are proved apart


def digest(folder: Path) -> str:
    """The digest of an edition and of what its names are proved with, "" where a file cannot be
    read: of that nothing is remembered."""
    versions = (sys.version, __version__, jinja2.__version__, msgspec.__version__)
    try:
        return _joined([digest_of(folder), _program(), *versions])
    except OSError:
        return ""


def with_templates(digest: str) -> str:
    """The digest of what its templates are proved with, too."""
    from importlib.metadata import version  # slow to load, and for templates alone

    return _joined([digest, version("docxtpl"), version("lxml")]) if digest else ""


def stands(folder: Path, part: str, digest: str) -> bool:
    """Whether a part of an edition was proved when it had this digest."""
    if not digest:
        return False
    try:
        with _place(folder, part).open("rb") as verdict:
            return verdict.read(len(digest) + 1) == digest.encode()
    except (OSError, RuntimeError):  # no verdict, or nowhere to look for one
        return False


def keep(folder: Path, part: str, digest: str) -> None:
    """Remembers that a part of an edition was proved with this digest, if that can be."""
    if not digest:
        return
    try:
        files.write(_place(folder, part), digest.encode())
    except (Unusable, OSError, RuntimeError):
        return


def _place(folder: Path, part: str) -> Path:
    """One file for each edition by its folder, so that old verdicts make room for new ones."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    return _cache() / "reportgen" / "proved" / f"{name[:32]}.{part}"


def _cache() -> Path:
    """The user's cache folder. Raises RuntimeError for a user without a home."""
    given = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    return Path(given) if Path(given).is_absolute() else Path.home() / ".cache"


@cache
def _program() -> str:
    """The digest of the program's own files, which do not change while it runs."""
    modules = sorted(Path(__file__).parent.parent.rglob("*.py"))
    return _joined(hashlib.sha256(path.read_bytes()).hexdigest() for path in modules)


def _joined(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
