"""Files that bear the name of a workbook and are none: one sentence says which kind it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import messages
from reportgen.findings import Unusable
from reportgen.workbook.reading import foreign
from reportgen.workbook.reading.package import Package

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0" * 600


TEXTS = {
    "csv": ("编码,名称\n2080101,行政运行\n".encode(), messages.IS_TEXT),
    "csv in GB18030": ("编码,名称\n2080101,行政运行\n".encode("gb18030"), messages.IS_TEXT),
    "csv in UTF-16": ("编码\t名称\n2080101\t行政运行\n".encode("utf-16"), messages.IS_TEXT),
    "long csv": ("行政运行\n".encode() * 2000, messages.IS_TEXT),
    "web page": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", messages.IS_HTML),
    "table of a page": ("\ufeff<TABLE><tr><td>一</td></tr></TABLE>".encode(), messages.IS_HTML),
    "page of Excel": (
        b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head></head></html>',
        messages.IS_HTML,
    ),
    "XML Spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        messages.IS_XML_SHEET,
    ),
    "flat ODF": (
        b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        messages.IS_ODF,
    ),
    "XML": (b'<?xml version="1.0"?><a/>', messages.IS_XML),
    "PDF": (b"%PDF-1.7\n\xe2\xe3", messages.IS_PDF),
    "RTF": (b"{\\rtf1\\ansi}", messages.IS_RTF),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", messages.IS_PICTURE),
    "archive": (b"Rar!\x1a\x07\0", messages.IS_ARCHIVE),
    "empty": (b"", messages.IS_EMPTY),
    "xls": (stream("Workbook"), messages.IS_OLD_SHEET),
    "xls of 1995": (stream("Book"), messages.IS_OLD_SHEET),
    "doc": (stream("WordDocument"), messages.IS_OLD_WORD),
    "password": (stream("EncryptedPackage"), messages.IS_LOCKED),
    "other compound file": (OLE, messages.IS_OLD),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_file_that_is_no_package_is_named(tmp_path: Path, kind: str) -> None:
    data, sentence = TEXTS[kind]
    path = tmp_path / "填报.xlsx"
    path.write_bytes(data)
    assert refused(path) == f"{path} {sentence}"


PACKAGES = {
    "word/document.xml": messages.IS_WORD,
    "ppt/presentation.xml": messages.IS_SLIDES,
    "xl/workbook.bin": messages.IS_XLSB,
    "content.xml": messages.IS_ODF,
    "Index/Document.iwa": messages.IS_NUMBERS,
}


@pytest.mark.parametrize("part", PACKAGES)
def test_a_package_of_another_kind_is_named(tmp_path: Path, part: str) -> None:
    path = zipped(tmp_path / "填报.xlsx", {part: "<a/>", "[Content_Types].xml": "<Types/>"})
    assert refused(path) == f"{path} {PACKAGES[part]}"


def test_a_strict_workbook_is_named(tmp_path: Path) -> None:
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    strict = "http://purl.oclc.org/ooxml"
    path = zipped(
        tmp_path / "严.xlsx",
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" '
            f'Type="{strict}/officeDocument/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{strict}/spreadsheetml/main"><sheets/></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"/>',
        },
    )
    assert refused(path) == messages.STRICT_WORKBOOK.format(file=path)


@given(data=st.binary(max_size=300))
def test_whatever_the_bytes_there_is_one_sentence_or_none(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("x") / "x.xlsx"
    path.write_bytes(data)
    told = []
    try:
        foreign.refuse(path)
    except Unusable as sentence:
        told.append(str(sentence))
    assert all(sentence.startswith(str(path)) for sentence in told)


def refused(path: Path) -> str:
    with pytest.raises(Unusable) as caught:
        Package(path)
    return str(caught.value)


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path
