"""What a build leaves beside the documents, and what it knows of the build before: build.json and
trace.json."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reportgen import __version__, messages
from reportgen import files as package
from reportgen.edition.models import Edition
from reportgen.edition.places import digest_of
from reportgen.findings import Finding
from reportgen.language.numbers import formula

if TYPE_CHECKING:
    from reportgen.word.printing.render import PrintedEntry

RECORD, TRACE = "build.json", "trace.json"


@dataclass(slots=True)
class Built:
    """One written document: where it is, its bytes, and every number printed in it."""

    path: Path
    data: bytes
    ledger: list[PrintedEntry] = field(default_factory=list)


class Output(msgspec.Struct):
    """A written document as build.json remembers it: digest of the file, fingerprint of its
    paragraphs."""

    file: str
    sha256: str
    paragraphs: str = ""


class Earlier(msgspec.Struct):
    """What a build reads of the build.json before it."""

    outputs: list[Output]


def _earlier(record: Path) -> dict[str, Output]:
    try:
        return {o.file: o for o in msgspec.json.decode(record.read_bytes(), type=Earlier).outputs}
    except (OSError, ValueError, RecursionError):  # none, or none that we wrote
        return {}


def edited_since(built: list[Built], out: Path) -> Iterator[str]:
    """Every file that is not as it was written, and what was changed in it where that is known."""
    from reportgen.word.finishing import edited

    earlier = _earlier(out / RECORD)
    for document in built:
        target, known = out / document.path, earlier.get(str(document.path))
        present = _present(target)
        if present is None or (known and known.sha256 == present):
            continue
        yield messages.OUTPUT_EDITED.format(file=target)
        if known and known.paragraphs:
            yield from edited.told(target, known.paragraphs)


def _present(path: Path) -> str | None:
    """The digest of a file, None if there is none, nothing if it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write(
    workbook: Path, edition: Edition, built: list[Built], findings: list[Finding], out: Path
) -> None:
    """Writes documents, trace.json and build.json, each of them whole or not at all. What an
    earlier build wrote, and this one did not, stays known as long as the file is there."""
    earlier = [o for file, o in _earlier(out / RECORD).items() if (out / file).exists()]
    traces = _traces(out / TRACE)
    for document in built:
        package.write(out / document.path, document.data)
    if not built:
        return
    traces |= {str(d.path): trace(d) for d in built}
    kept = [o for o in earlier if o.file not in {str(d.path) for d in built}]
    said = record(workbook, edition, built, findings)
    said["outputs"] += kept
    package.write(
        out / TRACE, encoded([traces[o.file] for o in said["outputs"] if o.file in traces])
    )
    package.write(out / RECORD, encoded(said))


def _traces(path: Path) -> dict[str, Any]:
    """What an earlier trace.json says, by document."""
    try:
        return {
            t["document"]: t
            for t in msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
        }
    except (OSError, ValueError, KeyError, RecursionError):
        return {}


def record(
    workbook: Path, edition: Edition, built: list[Built], findings: list[Finding]
) -> dict[str, Any]:
    """What build.json says: digests of workbook, edition and outputs, and what the checks told."""
    from reportgen.word.finishing import edited

    return {
        "version": __version__,
        "workbook": {"file": workbook.name, "sha256": _digest(workbook.read_bytes())},
        "edition": {"name": edition.name, "sha256": digest_of(edition.folder)},
        "outputs": [
            Output(str(d.path), _digest(d.data), edited.fingerprint(d.data)) for d in built
        ],
        "findings": [f.record(workbook.name) for f in findings],
    }


def trace(built: Built) -> dict[str, Any]:
    """What trace.json says of a document: every number printed in it."""
    return {"document": str(built.path), "numbers": [traced(e) for e in built.ledger]}


class Traced(msgspec.Struct, gc=False):
    """A printed number as trace.json tells it: its bookmark (none in tables), text, value in the
    base unit, formula, cells, and the section and paragraph that print it."""

    id: str | None
    text: str
    value: str
    unit: str
    name: str
    formula: str
    cells: list[str]
    section: str
    place: str


def traced(entry: PrintedEntry) -> Traced:
    """The line of trace.json for a printed number."""
    bookmark, printed, tag = entry
    num = printed.num
    name = str(num.name or "")
    cells, made = [str(num.place)], name
    if num.args or not num.place:
        cells, made = [str(leaf.place) for leaf in num.leaves()], formula(num)
    return Traced(
        bookmark,
        str(printed),
        str(num.value),
        num.unit.dimension,
        name,
        made,
        cells,
        tag.file,
        tag.place,
    )


def encoded(value: Any) -> bytes:
    """JSON as build.json and trace.json hold it."""
    return msgspec.json.encode(value)
