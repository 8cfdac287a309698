"""What a build says beside the documents: build.json and trace.json."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reportgen import __version__
from reportgen.edition.models import Edition
from reportgen.edition.places import digest_of
from reportgen.findings import Finding
from reportgen.language.numbers import formula

if TYPE_CHECKING:
    from reportgen.word.printing.render import PrintedEntry


@dataclass(slots=True)
class Built:
    """One written document: where it is, its bytes, and every number printed in it."""

    path: Path
    data: bytes
    ledger: list[PrintedEntry] = field(default_factory=list)


def record(workbook: Path, edition: Edition, findings: list[Finding]) -> dict[str, Any]:
    """What build.json says but the outputs: digests of workbook and edition, and what the checks
    told. A name that is no text on this system is written as near as can be."""
    name = workbook.name.encode(errors="surrogateescape").decode(errors="replace")
    digest = hashlib.sha256(workbook.read_bytes()).hexdigest()
    return {
        "version": __version__,
        "workbook": {"file": name, "sha256": digest},
        "edition": {"name": edition.name, "sha256": digest_of(edition.folder)},
        "outputs": [],
        "findings": [f.record(name) for f in findings],
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
