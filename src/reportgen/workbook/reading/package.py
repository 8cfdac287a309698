"""An .xlsx file as a package: its sheets by name, its shared texts, its number formats. Parts are
streamed, so that what nobody reads costs nothing.

The parts and elements are those of ECMA-376 part 1, chapters 12 and 18 (SpreadsheetML), in the
transitional form.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from reportgen import files, messages
from reportgen.findings import Unusable
from reportgen.workbook.reading import foreign

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GENERAL = BUILTIN_FORMATS[0]
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = "http://purl.oclc.org/ooxml"
_BROKEN = (
    ArithmeticError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Package:
    """A workbook file, read once: what happens to the file later is not seen.

    Raises Unusable where it is opened for what is no workbook; reading on, within `readable`.
    """

    def __init__(self, path: Path) -> None:
        foreign.refuse(path)
        files.preflight(path)
        self.path = path
        with self.readable():
            self._zip = zipfile.ZipFile(BytesIO(path.read_bytes()))
            self._workbook, related = self._main_part()
            root = self._root(self._workbook)
            if root.tag.startswith("{" + _STRICT):
                raise Unusable(messages.STRICT_WORKBOOK.format(file=path))
            self.epoch = _epoch(root)
            ids = {e.get("name", ""): e.get(f"{_RELATED}id", "") for e in _sheets(root)}
            self.sheets = {name: self._worksheet(related[id]) for name, id in ids.items()}

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Reading that raises Unusable where the file is not as it should be."""
        try:
            yield
        except _BROKEN as error:
            raise Unusable(messages.WORKBOOK_BROKEN.format(file=self.path)) from error

    def elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part that bear one of the tags (of the main namespace), each as it
        ends; what was read before is forgotten."""
        wanted = [MAIN + tag for tag in tags]
        with self._zip.open(part) as stream:
            options = {"resolve_entities": False, "no_network": True}
            for _, element in etree.iterparse(stream, events=("end",), tag=wanted, **options):
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]

    @cached_property
    def texts(self) -> list[str]:
        """The shared texts, by number."""
        part = self._related_part("sharedStrings")
        return [text_of(item) for item in self.elements(part, "si")] if part else []

    def number_format(self, style: int) -> str:
        """The number format of a style; every style is General in a file without styles."""
        return self._formats[style] if self._formats else GENERAL

    @cached_property
    def _formats(self) -> list[str]:
        """The number formats by the number of their style."""
        part = self._related_part("styles")
        named: dict[str, str] = {}
        numbers: list[str] = []
        for element in self.elements(part, "numFmt", "xf") if part else ():
            if element.tag == MAIN + "numFmt":
                named[element.get("numFmtId", "")] = element.get("formatCode", GENERAL)
            elif _is_of_cells(element):
                numbers.append(element.get("numFmtId", "0"))
        builtin = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        known = builtin | named
        return [known.get(number, GENERAL) for number in numbers]

    # -- parts

    def _main_part(self) -> tuple[str, dict[str, tuple[str, str]]]:
        """The workbook's part, and what is related to it."""
        main = next(p for kind, p in self._relations("").values() if kind == "officeDocument")
        return main, self._relations(main)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part is related to: id → (the last word of the kind, the other part)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for element in self._root(path).iter(f"{_PACKAGE}Relationship"):
            kind = element.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            found[element.get("Id", "")] = kind, target.lstrip("/")
        return found

    def _related_part(self, kind: str) -> str | None:
        """The part of a kind; None where there is none, as small writers leave it."""
        there = set(self._zip.namelist())
        related = self._relations(self._workbook).values()
        return next((part for found, part in related if found == kind and part in there), None)

    @staticmethod
    def _worksheet(relation: tuple[str, str]) -> str | None:
        """The part of a sheet with cells; None of a chart that stands alone."""
        kind, part = relation
        return part if kind == "worksheet" else None

    def _root(self, part: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self._zip.read(part), parser)


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string: its runs, without the signs that tell how to
    pronounce it."""
    spoken = MAIN + "rPh"
    texts = (t for t in item.iter(MAIN + "t") if t.getparent().tag != spoken)  # type: ignore[union-attr]
    return "".join(t.text or "" for t in texts)


def _sheets(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(MAIN + "sheet")


def _epoch(root: etree._Element) -> datetime:
    """The day from which the workbook counts its dates."""
    properties = root.find(MAIN + "workbookPr")
    counts_from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return CALENDAR_MAC_1904 if counts_from_1904 else CALENDAR_WINDOWS_1900


def _is_of_cells(xf: etree._Element) -> bool:
    parent = xf.getparent()
    return parent is not None and parent.tag == MAIN + "cellXfs"
