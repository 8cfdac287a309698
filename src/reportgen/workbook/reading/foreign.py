"""What a file is that bears the name of a workbook and is none: saved by another program, or under
another kind. People are told which, and what to save it as."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reportgen import files, messages
from reportgen.findings import Unusable

_HEAD = 4096  # bytes that tell what a text is
_ZIP = b"PK\x03\x04"

# a part of a package → what the package is
_PACKAGES = {
    "word/document.xml": messages.IS_WORD,
    "ppt/presentation.xml": messages.IS_SLIDES,
    "xl/workbook.bin": messages.IS_XLSB,
    "content.xml": messages.IS_ODF,
    "Index/Document.iwa": messages.IS_NUMBERS,
}
# how a file begins → what it is
_BEGINNINGS = {
    b"%PDF": messages.IS_PDF,
    b"{\\rtf": messages.IS_RTF,
    b"\x89PNG": messages.IS_PICTURE,
    b"\xff\xd8\xff": messages.IS_PICTURE,
    b"Rar!": messages.IS_ARCHIVE,
    b"7z\xbc\xaf": messages.IS_ARCHIVE,
}
# what stands in the first lines of a text → what it is
_MARKUP = {
    "urn:schemas-microsoft-com:office:spreadsheet": messages.IS_XML_SHEET,
    "urn:oasis:names:tc:opendocument": messages.IS_ODF,
    "<html": messages.IS_HTML,
    "<table": messages.IS_HTML,
    "<?xml": messages.IS_XML,
}
# names of streams in a compound file of the kind before 2007 → what it is
_STREAMS = {
    "EncryptedPackage": messages.IS_LOCKED,
    "WordDocument": messages.IS_OLD_WORD,
    "PowerPoint Document": messages.IS_SLIDES,
    "Workbook": messages.IS_OLD_SHEET,
    "Book": messages.IS_OLD_SHEET,
}


def refuse(path: Path) -> None:
    """Raises Unusable for a file that is known to be something else than an .xlsx workbook; what
    is merely broken is not known."""
    with suppress(OSError):  # what cannot be opened is told by who opens it
        if path.is_file() and (kind := _kind(path)):
            raise Unusable(messages.FOREIGN.format(file=path, kind=kind))


def _kind(path: Path) -> str | None:
    """What a file is; None where it may be a workbook."""
    if zipfile.is_zipfile(path):
        return _of_package(path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if head.startswith(files.OLE):
            return _of_compound(head + stream.read(files.MAX_PART))
    if not head:
        return messages.IS_EMPTY
    if head.startswith(_ZIP):
        return None  # a package that is cut off
    known = (kind for mark, kind in _BEGINNINGS.items() if head.startswith(mark))
    return next(known, None) or _of_text(head)


def _of_package(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return None
    if "xl/workbook.xml" in names:
        return None
    return next((kind for part, kind in _PACKAGES.items() if part in names), None)


def _of_compound(data: bytes) -> str:
    """The kind of a compound file, by the names in its directory."""
    names: Iterable[tuple[str, str]] = _STREAMS.items()
    found = (kind for name, kind in names if name.encode("utf-16-le") in data)
    return next(found, messages.IS_OLD)


def _of_text(head: bytes) -> str | None:
    """The kind of a text: of one without markup, numbers with commas or tabs between them."""
    text = _decoded(head)
    if text is None:
        return None
    lower = text.lower()
    return next((kind for mark, kind in _MARKUP.items() if mark in lower), messages.IS_TEXT)


def _decoded(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    if b"\0" in head:
        return None
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return codecs.getincrementaldecoder(encoding)().decode(head)
    return None
