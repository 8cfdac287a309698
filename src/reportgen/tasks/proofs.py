"""What is proved once of an edition is not proved again: a verdict, and nothing else, in the user's
cache folder.

A verdict is the digest of all that it rests on: every file of the edition, the program, the
libraries. There is one file for each edition and part, so that a new verdict takes the place of the
old one; whatever else it may hold is no verdict. Where the folder cannot be used everything is
proved anew.
"""

from __future__ import annotations

import hashlib
import os
import platform
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reportgen import files
from reportgen.edition.places import digest_of
from reportgen.findings import Unusable

NAMES, TEMPLATES = "names", "templates"  # what of an edition is proved
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "msgspec", "num2words", "openpyxl", "tomli")
_PROGRAM = Path(__file__).resolve().parent.parent


class Proof:
    """The question whether `part` of the edition in a folder, as it is now, was proved before."""

    def __init__(self, folder: Path, part: str) -> None:
        self.folder, self.part = folder, part
        self._asked = self._digest()

    @property
    def known(self) -> bool:
        """Whether it was."""
        if not self._asked:
            return False
        try:
            with self._verdict().open("rb") as verdict:
                return verdict.read(len(self._asked) + 1) == self._asked
        except (OSError, RuntimeError):  # no verdict, or nowhere to look for one
            return False

    def keep(self) -> None:
        """Remembers that it is proved, unless a file was changed meanwhile or nothing can be
        written."""
        if not self._asked or self._digest() != self._asked:
            return
        with suppress(OSError, RuntimeError, Unusable):
            files.write(self._verdict(), self._asked)

    def _digest(self) -> bytes:
        """Nothing where a file of the edition cannot be read: of that nothing is remembered."""
        try:
            rests_on = f"{digest_of(self.folder)}\0{_program()}"
        except OSError:
            return b""
        return hashlib.sha256(rests_on.encode()).hexdigest().encode()

    def _verdict(self) -> Path:
        folder = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()
        return _cache_folder() / f"{folder[:32]}.{self.part}"


def _cache_folder() -> Path:
    """The user's cache folder. Raises RuntimeError for a user without a home."""
    from platformdirs import user_cache_path

    return user_cache_path("reportgen", appauthor=False) / "proved"


@cache
def _program() -> str:
    """The program and what it runs on."""
    whole = hashlib.sha256(platform.python_version().encode())
    for path in sorted(_PROGRAM.rglob("*.py")):
        whole.update(path.read_bytes())
    for name in _LIBRARIES:
        whole.update(f"{name} {version(name)}\n".encode())
    return whole.hexdigest()
