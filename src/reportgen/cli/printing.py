"""Findings on the screen: for people, and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from reportgen import messages

if TYPE_CHECKING:
    from reportgen.findings import Told


def print_json(value: Any) -> None:
    """Any value of ours as indented JSON: UTF-8 in a file or pipe, whatever the terminal writes."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=1)
    typer.echo(text.decode() if sys.stdout is not None and sys.stdout.isatty() else text)


def print_findings(
    findings: Sequence[Told], decision: str = "", name: str = "", folder: str = ""
) -> None:
    """The decision first, about `name` where it says one, then the findings by severity, each
    after the `folder` of its file."""
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
    errors, warnings, notes = counts["error"], counts["warning"], counts["note"]
    typer.echo(decision.format(name=name, errors=errors, warnings=warnings, notes=notes))
    for kind, heading in messages.SEVERITY_HEADINGS.items():
        if counts[kind]:
            typer.echo(f"\n{heading}")
        for finding in findings:
            if finding.severity == kind:
                typer.echo(f"  {folder}{finding}")
