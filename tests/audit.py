"""What the schemas of Open XML say against a document or a workbook."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator, ValidationSeverity

# the validator asks for parts (a table of fonts) that ECMA-376 part 1, 11.3 leaves to the writer
OPTIONAL = "A required relationship type "


def faults(path: Path) -> list[str]:
    """Where the file breaks the transitional schemas or the rules of packages."""
    result = OpenXmlValidator().validate(str(path))
    return [
        f"{error.part_uri} {error.path}: {error.description}"
        for error in result.errors
        if error.severity is ValidationSeverity.ERROR and not error.description.startswith(OPTIONAL)
    ]
