"""Packages: looked at before they are opened, the same bytes every time, files replaced whole."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.files import (
    MAX_PARTS,
    Member,
    archive,
    normalised,
    parts,
    preflight,
    replacing,
    write,
)
from reportgen.findings import Unusable
from work import calls_at_most

TYPES = "[Content_Types].xml"
SOUND = {TYPES: b"<Types/>", "word/document.xml": b"<w/>" * 100, "word/a.bin": bytes(range(256))}


def zipped(
    contents: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in contents.items() if isinstance(contents, dict) else contents:
            made.writestr(name, data)
    return out.getvalue()


def test_parts_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(SOUND))
    assert parts(path) == SOUND


# -- writing
# ---------------------------------------------------------------------------------------------------------------


def test_an_archive_is_a_zip() -> None:
    contents = {
        TYPES: b"<Types/>",
        "空.xml": b"",
        "大/部件.bin": os.urandom(70_000),
        "a b.xml": "汉字".encode() * 9999,
    }
    data = archive(Member(n, c) for n, c in contents.items())
    with zipfile.ZipFile(BytesIO(data)) as made:
        assert made.testzip() is None
        assert made.namelist() == list(contents)
        assert {n: made.read(n) for n in made.namelist()} == contents
        for info in made.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.compress_type == zipfile.ZIP_DEFLATED
            assert info.flag_bits == 0x800
            assert info.file_size == len(contents[info.filename])
            assert info.external_attr == 0


@given(
    st.dictionaries(st.text("abc/汉.", min_size=1, max_size=9), st.binary(max_size=300), max_size=6)
)
def test_any_archive_reads_back(contents: dict[str, bytes]) -> None:
    data = archive([Member(n, c) for n, c in contents.items()])
    assert data == archive([Member(n, c) for n, c in contents.items()])
    with zipfile.ZipFile(BytesIO(data)) as made:
        assert {n: made.read(n) for n in made.namelist()} == contents


def test_local_and_central_headers_agree() -> None:
    data = archive(Member(n, c) for n, c in SOUND.items())
    with zipfile.ZipFile(BytesIO(data)) as made:
        for info in made.infolist():
            fields = struct.unpack("<4s5H3L2H", data[info.header_offset : info.header_offset + 30])
            assert fields[0] == b"PK\x03\x04"
            assert fields[6:9] == (info.CRC, info.compress_size, info.file_size)
            assert data[info.header_offset + 30 :][: fields[9]].decode() == info.filename


def test_normalised_order_does_not_depend_on_the_order_given() -> None:
    data = normalised(SOUND)
    assert data == normalised(dict(reversed(SOUND.items())))
    assert zipfile.ZipFile(BytesIO(data)).namelist() == [TYPES, "word/a.bin", "word/document.xml"]
    assert data != normalised(SOUND | {"word/a.bin": b""})


def test_writing_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "新" / "夹" / "文.docx"
    write(path, b"old")
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [f.name for f in path.parent.iterdir()] == ["文.docx"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    write(path, b"old")

    def half() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"half")
            assert path.read_bytes() == b"old"
            raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        half()
    with pytest.raises(TypeError):
        write(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [f.name for f in tmp_path.iterdir()] == ["文.docx"]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    path.mkdir()
    with pytest.raises(Unusable, match=r"写不了文件 .*文\.docx"):
        write(path, b"data")
    assert path.is_dir()
    assert [f.name for f in tmp_path.iterdir()] == ["文.docx"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(Unusable, match="写不了文件"):
        write(tmp_path / "文件" / "文.docx", b"data")


def test_a_long_name_is_written(tmp_path: Path) -> None:
    """254 bytes, which file systems take."""
    path = tmp_path / ("字" * 83 + ".docx")
    write(path, b"data")
    assert path.read_bytes() == b"data"


def test_written_files_can_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    write(path, b"data")
    assert path.stat().st_mode & 0o777 == 0o644


# -- looking before opening
# ------------------------------------------------------------------------------------------------


CALLS = 200_000  # a third of it for 5000 parts


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with calls_at_most(CALLS), pytest.raises(Unusable) as refused:
        preflight(path)
    assert path.name in str(refused.value)
    with pytest.raises(Unusable):
        parts(path)
    return str(refused.value)


def test_a_sound_package_passes(tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        path.write_bytes(zipped(SOUND, method))
        preflight(path)
        assert parts(path) == SOUND


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).parent.parent / "templates").rglob("*.docx")),
    ids=lambda p: p.name,
)
def test_the_templates_pass(path: Path) -> None:
    preflight(path)
    assert TYPES in parts(path)


@pytest.mark.parametrize("head", ["D0CF11E0A1B11AE1", "D0CF11E0A1B11AE1" + "00" * 600])
def test_old_formats_and_locked_files(tmp_path: Path, head: str) -> None:
    assert "旧格式" in refusal(tmp_path / "旧.doc", bytes.fromhex(head))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b"<html>",
        "不是压缩包".encode() * 100,
        b"\0" * 5000,
        zipped(SOUND)[:-1],
        zipped(SOUND)[:-30],
        zipped(SOUND)[: len(zipped(SOUND)) // 2],
        zipped(SOUND)[40:],
        zipped({"a.xml": b"<a/>"}),
    ],
    ids=range(12),
)
def test_what_is_no_package(tmp_path: Path, data: bytes) -> None:
    assert "不是完好的" in refusal(tmp_path / "坏.docx", data)


def test_every_truncation_is_told(tmp_path: Path) -> None:
    whole = zipped(SOUND)
    for length in range(0, len(whole), 7):
        refusal(tmp_path / "截.docx", whole[:length])


def damaged(whole: bytes) -> Iterator[tuple[int, bytes]]:
    for i in range(len(whole)):
        for value in (0, 255, whole[i] ^ 1, whole[i] ^ 64):
            yield i, whole[:i] + bytes([value]) + whole[i + 1 :]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_no_damaged_byte_does_more_than_refuse(tmp_path: Path, method: int) -> None:
    path = tmp_path / "坏.docx"
    refused = 0
    for at, data in damaged(zipped({TYPES: b"<Types/>", "word/a.xml": b"<w/>" * 9}, method)):
        path.write_bytes(data)
        try:
            preflight(path)
        except Unusable:
            refused += 1
        except Exception as error:
            raise AssertionError(f"byte {at}: {error!r}") from error
    assert refused > 200


def patched(data: bytes, change: Callable[[bytearray, int, int], None]) -> bytes:
    """The zip with its local (offset + 0) and central (offset + 2) headers changed."""
    made = bytearray(data)
    for signature, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = made.find(signature)
        while at >= 0:
            change(made, at, shift)
            at = made.find(signature, at + 4)
    return bytes(made)


def test_an_encrypted_zip(tmp_path: Path) -> None:
    def encrypt(made: bytearray, at: int, shift: int) -> None:
        made[at + 6 + shift] |= 1

    assert "不是完好的" in refusal(tmp_path / "密.docx", patched(zipped(SOUND), encrypt))


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 95, 97, 99])
def test_other_compression_methods(tmp_path: Path, method: int) -> None:
    def rename(made: bytearray, at: int, shift: int) -> None:
        made[at + 8 + shift] = method

    assert "不是完好的" in refusal(tmp_path / "法.docx", patched(zipped(SOUND), rename))


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    data = zipped({TYPES: b"<Types/>", "汉.xml": b"<a/>"}).replace("汉".encode(), b"\xff\xfe\xfd")
    assert "不是完好的" in refusal(tmp_path / "名.docx", data)


def test_duplicates(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(
            [(TYPES, b"<Types/>"), ("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>")]
        )
    assert "word/document.xml 出现了两次" in refusal(tmp_path / "双.docx", data)


def test_too_many_parts(tmp_path: Path) -> None:
    data = archive([Member(TYPES, b""), *(Member(f"{i}.xml", b"") for i in range(MAX_PARTS))])
    assert f"{MAX_PARTS + 1} 个部件" in refusal(tmp_path / "多.docx", data)
    path = tmp_path / "够.docx"
    path.write_bytes(
        archive([Member(TYPES, b""), *(Member(f"{i}.xml", b"") for i in range(MAX_PARTS - 1))])
    )
    preflight(path)


def test_a_bomb(tmp_path: Path) -> None:
    assert "word/a.xml 压缩比超过" in refusal(
        tmp_path / "弹.docx", zipped({TYPES: b"", "word/a.xml": b" " * (60 * 2**20)})
    )


def test_a_bomb_of_small_parts(tmp_path: Path) -> None:
    """Each part is small enough to be compressed as it likes; 300 KB of zip become 300 MB."""
    small = Member("x", b" " * 2**20)
    members = []
    for i in range(300):
        member = Member(f"{i}.xml", b"")
        member.crc, member.data, member.size = small.crc, small.data, small.size
        members.append(member)
    refusal(tmp_path / "串.docx", archive([Member(TYPES, b"<Types/>"), *members]))


def test_a_size_that_the_directory_hides(tmp_path: Path) -> None:
    """The size is taken from the data: a directory that says 10 does not help."""

    def small(made: bytearray, at: int, shift: int) -> None:
        start = at + 22 + shift
        if int.from_bytes(made[start : start + 4], "little") > 2**20:
            made[start : start + 4] = (10).to_bytes(4, "little")

    data = patched(zipped({TYPES: b"", "word/a.xml": b" " * (30 * 2**20)}), small)
    refusal(tmp_path / "藏.docx", data)


def test_honest_compression_passes(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        zipped(
            {
                TYPES: b"",
                "a.xml": b"".join(b"<c r='A%d'><v>%d</v></c>" % (i, i * 7) for i in range(200_000)),
            }
        )
    )
    preflight(path)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "content",
    [
        ENTITIES.encode(),
        b"<?xml version='1.0'?>\n" + ENTITIES.encode(),
        b"<?xml version='1.0'?><!-- " + b"x" * 70_000 + b" -->" + ENTITIES.encode(),
        b"<?xml version='1.0'?>" + b" " * (2**16 - 21 - 4) + ENTITIES.encode(),
        ENTITIES.encode("utf-16"),
        ("<?xml version='1.0' encoding='UTF-16'?>" + ENTITIES).encode("utf-16"),
        b"\xef\xbb\xbf" + ENTITIES.encode(),
    ],
    ids=[
        "bare",
        "declared",
        "behind a comment",
        "across chunks",
        "utf-16",
        "utf-16 declared",
        "bom",
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/_rels/document.xml.rels", TYPES])
def test_document_types(tmp_path: Path, name: str, content: bytes) -> None:
    assert "DOCTYPE" in refusal(
        tmp_path / "体.docx", zipped({TYPES: b"<Types/>"} | {name: content})
    )


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(Unusable, match="打不开文件"):
            preflight(path)
