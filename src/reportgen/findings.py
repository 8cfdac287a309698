"""What was found wrong: a place, a fault and a remedy, as data. Printing it is the caller's
business."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

# the scope of a finding that stops everything; any other stops the report and what it names
REPORT = "report"


class Severity(StrEnum):
    """How much a finding matters; the order is the order in which findings are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in a workbook a sheet and a cell, in an edition a file and a key or
    paragraph. `key` is that of the record to which a cell belongs."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    key: str = field(default="", compare=False)
    _text: str = field(default="", init=False, compare=False, repr=False)

    def __str__(self) -> str:
        """【收支总表】C37, or 文件.toml：键 where there is no sheet."""
        if not self._text:
            text = (
                f"【{self.sheet}】{self.cell}"
                if self.sheet
                else "：".join(filter(None, (self.file, self.cell)))
            )
            object.__setattr__(self, "_text", text)  # every trace asks again
        return self._text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, told once. `found` and `expected` are the two values as text, empty where there
    are none."""

    id: str
    severity: Severity
    place: Place
    message: str
    remedy: str = ""
    name: str = ""
    found: str = ""
    expected: str = ""
    scope: str = REPORT
    answered: bool = False

    @property
    def sentence(self) -> str:
        """Place first, then fault, then remedy."""
        place = str(self.place)
        if place:
            place += " " if self.place.sheet else "："
        return f"{place}{self.message}{self.remedy}"

    def __str__(self) -> str:
        """The sentence, the id last."""
        return f"{self.sentence}({self.id})"

    def record(self, file: str) -> dict[str, object]:
        """The finding as the object that `check --format json` prints; `file` is the workbook's
        name."""
        return {
            "id": self.id,
            "severity": self.severity.value,
            "scope": self.scope,
            "answered": self.answered,
            "file": self.place.file or file,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "key": self.place.key,
            "name": self.name,
            "message": self.message,
            "found": self.found,
            "expected": self.expected,
            "remedy": self.remedy,
        }


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity; those of one severity in the order they came in."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def stops(told: Iterable[Told], scope: str = "") -> bool:
    """Whether anything must be mended first: at all, or of that scope."""
    errors = (t for t in told if t.severity is Severity.ERROR)
    return any(not scope or getattr(t, "scope", REPORT) == scope for t in errors)


def fault(id: str, file: str, key: str, message: str) -> Finding:
    """An error of an edition: in a file of its folder, at a key ("" for the file as a whole)."""
    return Finding(id, Severity.ERROR, Place(file, cell=key), message)


class Told(Protocol):
    """What is wrong with an edition: a finding, or a fault of a template."""

    @property
    def severity(self) -> Severity:
        """How much it matters."""

    @property
    def sentence(self) -> str:
        """Place first, then fault, then remedy."""

    def record(self, file: str) -> dict[str, object]:
        """The object that `--format json` prints; `file` stands where it names no file itself."""


class Unusable(Exception):
    """A file or a request that cannot be used at all. Its text is a message for the user."""

    code = 2  # of the exit


class Stopped(Unusable):
    """What a person must mend in the workbook before the report can be written."""

    code = 1


class EditionFault(Unusable):
    """What forbids to use an edition: every fault that was found in one look, by file and key (of a
    template: paragraph). `edition` is the name of its folder, which goes before each file."""

    def __init__(self, findings: Sequence[Told], edition: str = "") -> None:
        folder = f"{edition}/" if edition else ""
        self.findings = list(findings)
        self.faults = [f"{folder}{finding.sentence}" for finding in findings]
        super().__init__("\n".join(self.faults))
