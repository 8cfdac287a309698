"""Office packages as zip files: look before opening, write the same bytes every time, replace
files whole.

Workbooks and templates come from strangers, so sizes are taken from the data, not from the
directory of the zip.
"""

from __future__ import annotations

import errno
import lzma
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

from isal import isal_zlib

from reportgen import messages
from reportgen.findings import Unusable

MAX_PART = 200 * 2**20
MAX_WHOLE = 400 * 2**20
MAX_RATIO = 200
MAX_PARTS = 5000
MAX_NAME = 255  # bytes of a file name, on every file system there is
TEMPORARY = ".~reportgen-"  # begins the name of a file that is being written
_ANY_RATIO = 2**20  # parts smaller than this may be compressed as they like
_CHUNK = 2**16
_LEVEL = 1  # a twelfth of the time of zlib's 6 for a fifth more bytes
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le")[:-1])  # the latter in either byte order
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # begins the files of the kinds before 2007


def preflight(path: Path) -> None:
    """Raises Unusable unless the file is a sound package of bearable size. Streams; nothing is
    kept in memory."""
    for _ in _streamed(path):
        pass


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a package by name, looked at as `preflight` does."""
    found: dict[str, list[bytes]] = {}
    for name, chunk in _streamed(path):
        found.setdefault(name, []).append(chunk)
    return {name: b"".join(chunks) for name, chunks in found.items()}


def _streamed(path: Path) -> Iterator[tuple[str, bytes]]:
    """The parts of a package by name, piece by piece. Raises Unusable for what is no sound package
    of bearable size."""
    try:
        head = _head(path)
    except OSError as error:
        raise Unusable(messages.FILE_UNREADABLE.format(file=path, reason=reason(error))) from error
    if head == OLE:
        raise Unusable(messages.FILE_OLD_OR_LOCKED.format(file=path))
    try:
        with zipfile.ZipFile(path) as package:
            yield from _pieces(path, package)
    except _BROKEN as error:
        raise Unusable(messages.FILE_NOT_PACKAGE.format(file=path)) from error


def _head(path: Path) -> bytes:
    """The first bytes of a file. Raises OSError for what is none: a pipe would be waited for, a
    device never ends."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.ENODEV, "")
    with path.open("rb") as stream:
        return stream.read(8)


def reason(error: OSError) -> str:
    """Why a file cannot be used, in words."""
    name = errno.errorcode.get(error.errno or 0, "")
    other = messages.FILE_REASON_OTHER.format(number=error.errno or 0)
    return messages.FILE_REASONS.get(name, other)


def _pieces(path: Path, package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = package.infolist()
    names = [m.filename for m in members]
    if len(names) > MAX_PARTS:
        raise Unusable(
            messages.PACKAGE_TOO_MANY.format(file=path, count=len(names), limit=MAX_PARTS)
        )
    if len(set(names)) != len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise Unusable(messages.PACKAGE_DUPLICATE.format(file=path, part=twice))
    if "[Content_Types].xml" not in names:
        raise Unusable(messages.FILE_NOT_PACKAGE.format(file=path))
    whole = packed = 0
    for member in members:
        for chunk in _chunks(path, package, member):
            whole += len(chunk)
            yield member.filename, chunk
        packed += member.compress_size
        if whole > 16 * _ANY_RATIO and whole > MAX_RATIO * packed:
            raise Unusable(
                messages.PACKAGE_BOMB.format(file=path, part=member.filename, ratio=MAX_RATIO)
            )
        if whole > MAX_WHOLE:
            raise Unusable(
                messages.PACKAGE_TOO_LARGE.format(file=path, part="", limit=MAX_WHOLE // 2**20)
            )


def _chunks(path: Path, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece, an empty one last."""
    size = 0
    before = b""
    markup = member.filename.endswith((".xml", ".rels"))
    with package.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            if markup and any(mark in text for mark in _DOCTYPES):
                raise Unusable(messages.PACKAGE_DOCTYPE.format(file=path, part=member.filename))
            before = chunk[-20:]
            size += len(chunk)
            if size > MAX_PART:
                raise Unusable(
                    messages.PACKAGE_TOO_LARGE.format(
                        file=path, part=member.filename, limit=MAX_PART // 2**20
                    )
                )
            if size > _ANY_RATIO and size > MAX_RATIO * max(member.compress_size, 1):
                raise Unusable(
                    messages.PACKAGE_BOMB.format(file=path, part=member.filename, ratio=MAX_RATIO)
                )
            yield chunk
    yield b""


class Member:
    """A part ready for the archive: raw deflate data with crc and size, made once where the part
    never changes."""

    __slots__ = ("crc", "data", "name", "size")

    def __init__(self, name: str, content: bytes) -> None:
        compress = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
        self.name = name
        self.crc = isal_zlib.crc32(content)
        self.size = len(content)
        self.data = compress.compress(content) + compress.flush()


def archive(members: Iterable[Member]) -> bytes:
    """A zip of prepared members: fixed dates and attributes, so the same members give the same
    bytes."""
    out, directory = BytesIO(), BytesIO()
    count = 0
    for member in members:
        name = member.name.encode()
        # version 2.0, UTF-8 names, deflate, 1980-01-01
        common = b"\x14\x00\x00\x08\x08\x00\x00\x00\x21\x00"
        common += member.crc.to_bytes(4, "little") + len(member.data).to_bytes(4, "little")
        common += member.size.to_bytes(4, "little") + len(name).to_bytes(2, "little") + b"\x00\x00"
        directory.write(
            b"PK\x01\x02\x14\x00" + common + b"\x00" * 10 + out.tell().to_bytes(4, "little") + name
        )
        out.write(b"PK\x03\x04" + common + name + member.data)
        count += 1
    start, entries = out.tell(), directory.getvalue()
    out.write(entries)
    out.write(b"PK\x05\x06\x00\x00\x00\x00" + count.to_bytes(2, "little") * 2)
    out.write(len(entries).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\x00\x00")
    return out.getvalue()


def normalised(contents: Mapping[str, bytes]) -> bytes:
    """The parts as a zip with the content types first and the rest in name order."""
    order = sorted(contents, key=lambda n: (n != "[Content_Types].xml", n))
    return archive(Member(name, contents[name]) for name in order)


def write(path: Path, data: bytes) -> None:
    """Replaces the file as a whole: a reader sees the old one or the new one, never a part."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place if the block succeeds and vanishes if it
    fails. The file gets the rights that the user's umask leaves to new files."""
    temporary = path.with_name(TEMPORARY + secrets.token_hex(4))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch(exist_ok=False)
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise Unusable(messages.FILE_NOT_WRITTEN.format(file=path, reason=reason(error))) from error
    finally:
        with suppress(OSError):  # what cannot be removed is swept by the next build
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes the temporary files of writers that were killed; whoever else writes into the folder
    at this moment must be kept out."""
    with suppress(OSError):
        for left in folder.glob(f"{TEMPORARY}*"):
            left.unlink(missing_ok=True)


def cut(name: str, limit: int = MAX_NAME) -> str:
    """As much of a file name as file systems take, who count bytes: no character is cut in two."""
    return name.encode(errors="ignore")[:limit].decode(errors="ignore")
