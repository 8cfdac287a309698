"""Findings on the screen: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from reportgen import messages

if TYPE_CHECKING:
    from reportgen.findings import Finding
    from reportgen.word.source.tags import Fault


def print_json(value: Any) -> None:
    """Any value of ours as indented JSON."""
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())


def print_findings(findings: Sequence[Finding | Fault], decision: str = "") -> None:
    """The decision first, then the findings by severity."""
    counts = {
        kind: sum(f.severity == kind for f in findings) for kind in messages.SEVERITY_HEADINGS
    }
    decision = decision or (
        messages.DECISION_ERRORS
        if counts["error"]
        else messages.DECISION_NOTES
        if findings
        else messages.DECISION_CLEAN
    )
    typer.echo(
        decision.format(errors=counts["error"], warnings=counts["warning"], notes=counts["note"])
    )
    for kind, heading in messages.SEVERITY_HEADINGS.items():
        if counts[kind]:
            typer.echo(f"\n{heading}")
        for finding in findings:
            if finding.severity == kind:
                typer.echo(f"  {finding}")
