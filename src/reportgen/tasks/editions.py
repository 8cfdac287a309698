"""What owners of an edition ask for: all that is wrong with it."""

from __future__ import annotations

from reportgen.findings import EditionFault, Severity
from reportgen.tasks.compiling import template_faults
from reportgen.tasks.opening import open_edition


def faults(name: str) -> tuple[list[str], list[str]]:
    """Everything that `new`, `check`, `build` and `template check` would refuse of an edition, each
    by file and key or paragraph; and the notes on its templates. Raises Unusable where there is no
    such edition.

    What cannot be opened has no checks to translate and no templates to try.
    """
    from reportgen.workbook.live.proof import refused

    try:
        opened = open_edition(name, anew=True)
    except EditionFault as fault:
        return fault.faults, []
    edition = opened.edition
    told = template_faults(opened)[1]
    live = refused(edition, opened.layout, opened.rules)
    errors = [f"{edition.name}/{fault}" for fault in dict.fromkeys(live)]
    errors += [f"{edition.name}/{f}" for f in told if f.severity is Severity.ERROR]
    return errors, [f"{edition.name}/{f}" for f in told if f.severity is not Severity.ERROR]
