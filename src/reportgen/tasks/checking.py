"""Several workbooks checked in one go: one that cannot be used is a finding of its own, and hides
nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.findings import Finding, Place, Severity, Unusable, stops
from reportgen.tasks.rehearsal import checked


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook and what was found wrong with it, worst first."""

    workbook: Path
    findings: list[Finding]

    @property
    def stopped(self) -> bool:
        """Whether a finding forbids a document."""
        return stops(self.findings)


def checked_each(workbooks: Sequence[Path], edition: str | None = None) -> Iterator[Checked]:
    """Each workbook in its turn. Raises Unusable where the only one cannot be used."""
    for workbook in workbooks:
        try:
            yield Checked(workbook, checked(workbook, edition).findings)
        except Unusable as error:
            if len(workbooks) == 1:
                raise
            yield Checked(workbook, [_unusable(error)])


def _unusable(error: Unusable) -> Finding:
    return Finding("file-unusable", Severity.ERROR, Place(), str(error))
