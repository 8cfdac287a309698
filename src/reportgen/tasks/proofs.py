"""What is proved once of an edition is not proved again: a verdict in the user's cache folder.

A verdict is a file without content whose name is a digest of all that it rests on: every file of
the edition, the program, the libraries. No code and no data is ever read back, and where the folder
cannot be used everything is proved anew.
"""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reportgen import files
from reportgen.findings import Unusable
from reportgen.ledger.build_record import folder_digest

NAMES, TEMPLATES = "names", "templates"  # what of an edition is proved
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "msgspec", "num2words", "openpyxl")
_PROGRAM = Path(__file__).resolve().parent.parent


class Proof:
    """The question whether `part` of the edition in a folder, as it is now, was proved before."""

    def __init__(self, folder: Path, part: str) -> None:
        self.folder, self.part = folder, part
        self._asked = self._digest()

    @property
    def known(self) -> bool:
        """Whether it was."""
        try:
            return (_cache_folder() / self._asked).is_file()
        except OSError:
            return False

    def keep(self) -> None:
        """Remembers that it is proved, unless a file was changed meanwhile or nothing can be
        written."""
        if self._digest() != self._asked:
            return
        try:
            _cache_folder().mkdir(parents=True, exist_ok=True)
            files.write(_cache_folder() / self._asked, b"")
        except (OSError, Unusable):
            pass

    def _digest(self) -> str:
        rests_on = f"{self.part}\0{folder_digest(self.folder)}\0{_program()}"
        return hashlib.sha256(rests_on.encode()).hexdigest()


def _cache_folder() -> Path:
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
