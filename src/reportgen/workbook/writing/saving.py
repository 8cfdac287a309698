"""A workbook as bytes that do not depend on the day: no date in its properties, none in its zip."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, tostring

from reportgen import messages
from reportgen.findings import Unusable

_CORE, _STYLES = "docProps/core.xml", "xl/styles.xml"
# what a font has, in the order of the schema (ECMA-376, CT_Font), which openpyxl does not keep
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_NO_ROOM = "SerialisationError"  # what lxml says of a full disk; only word may know lxml
_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")


class _Undated(ZipFile):
    """A zip whose members all bear the first date that there is: any other clock might show one
    that zips cannot have."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Writes a member without a date, whatever date it would have."""
        name = zinfo_or_arcname
        undated = ZipInfo(name.filename if isinstance(name, ZipInfo) else name)
        if undated.filename == _CORE:
            data = _DATES.sub(b"", data)
        if undated.filename == _STYLES:
            data = _ordered(data)
        super().writestr(undated, data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_how: Any, **_more: Any) -> None:
        """Writes a file as such a member."""
        self.writestr(str(arcname), Path(filename).read_bytes())


def _ordered(styles: Any) -> Any:
    """The styles part, with what each font has in the order of the schema."""
    root: Any = fromstring(styles)
    for font in root.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda child: _FONT.index(child.tag.rpartition("}")[2]))
    return tostring(root)


def saved(book: Workbook) -> bytes:
    """The workbook as a file; the same workbook gives the same bytes, whatever the clock says.
    Raises Unusable where there is no room for its sheets, which go by temporary files."""
    out = BytesIO()
    try:
        ExcelWriter(book, _Undated(out, "w")).save()
    except Exception as error:
        if not isinstance(error, OSError) and type(error).__name__ != _NO_ROOM:
            raise
        raise Unusable(messages.NO_TEMPORARY) from error
    return out.getvalue()
