"""What is wrong in a sheet, in the one shape in which all that read it tell it."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.findings import Severity


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong and what to do about it, wherever it stands. `found` is what stands there, ""
    where that says nothing."""

    id: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    found: str = ""


class Misread(Exception):
    """A cell that does not hold what its field wants."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault.message)
        self.fault = fault
