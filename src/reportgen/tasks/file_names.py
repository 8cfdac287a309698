"""The names of the files that are written: from the pattern of an edition, in signs that every
file system bears.

Nothing of a name is dropped: what Windows refuses becomes the full-width sign that looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from reportgen import messages
from reportgen.edition.models import Document, scope_names
from reportgen.files import MAX_NAME, cut
from reportgen.findings import Unusable
from reportgen.language.names import alike
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.values import Record
from reportgen.wording.formats import printable
from reportgen.wording.patterns import Pattern, pattern

if TYPE_CHECKING:
    from reportgen.tasks.filing import Filing

SUFFIX = ".docx"
_LONGEST = 80  # signs of a name: Windows bears 260 of a whole path
_REFUSED = re.compile(r'[\\:*?"<>|]')
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OUTER_DOTS = re.compile(r"^\.+|\.+$")
# names of devices in Windows, with any suffix
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_WIDER = ord("！") - ord("!")  # from a sign of ASCII to its full-width one


def file_name(filing: Filing, document: Document, record: Record | None = None) -> str:
    """The file of a document (of a record, if it is written for each), folders before it, without
    its suffix. Raises Unusable for a pattern that cannot be filled in, or to nothing."""
    edition, language = filing.opened.edition, filing.opened.languages.prose
    variable, _ = document.each
    names, scope = [*scope_names(edition), variable], filing.facts.copy()
    scope[variable] = record
    try:
        text = _filled(pattern(document.file, edition, language, names), scope)
    except (Refused, MissingValue, NumberError) as error:
        told = messages.FILE_NAME_FAULT.format(pattern=document.file, fault=error)
        raise Unusable(told) from error
    parts = [safe(part) for part in text.split("/")]
    if not all(parts):
        raise Unusable(messages.FILE_NAME_EMPTY.format(pattern=document.file))
    return "/".join(parts)


def _filled(compiled: Pattern, scope: Mapping[str, object]) -> str:
    """The pattern with its expressions filled in; a stroke begins a folder only where the edition
    writes it."""
    texts = []
    for piece in compiled.pieces:
        if isinstance(piece, str):
            texts.append(piece)
        else:
            value = printable(piece(scope), compiled.edition, by_convention=False)
            texts.append(str(value).replace("/", _wide("/")))
    return "".join(texts)


def safe(part: str, mark: str = "") -> str:
    """A text as the name of a file or folder, with `mark` at its end: no sign that a file system
    refuses, no dot or blank at either end, no device of Windows, not too long with the suffix. ""
    where nothing but blanks is left."""
    text = _REFUSED.sub(_widened, _UNSEEN.sub(_wide("_"), part)).strip()
    text = _DEVICE.sub(_widened, _OUTER_DOTS.sub(_widened, text))
    room = MAX_NAME - len((mark + SUFFIX).encode())
    short = cut(text[: _LONGEST - len(mark)], room)
    return short.rstrip(". ") + mark if text else ""


def _wide(text: str) -> str:
    """ASCII without blanks in full-width signs."""
    return "".join(chr(ord(sign) + _WIDER) if sign.isascii() else sign for sign in text)


def _widened(found: re.Match[str]) -> str:
    return _wide(found[0])


def numbered(file: Path, number: int) -> Iterator[Path]:
    """The paths of a file with a number behind its name, 甲（3）.docx, and should that be another
    file's 甲（3·2）.docx and so on."""
    stem = file.name.removesuffix(SUFFIX)
    for again in count(1):
        mark = f"（{number}）" if again == 1 else f"（{number}·{again}）"
        yield file.with_name(safe(stem, mark) + SUFFIX)


def folded(path: PurePath) -> str:
    """What two paths have in common that people, or a file system, take for one."""
    return alike(str(path)).casefold()
