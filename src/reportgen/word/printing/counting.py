"""The numbers that only printing can give: those of drawings and of notes, of which a loop makes
several."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.word.source.notes import part_of
from reportgen.word.template.nodes import Count

_FIRST = {"docPr": 10001}  # above any that the headers of base.docx have


@dataclass(slots=True)
class Counts:
    """What was counted so far, by its kind; `first` are the numbers of the first notes by the
    name of their part."""

    first: dict[str, int] = field(default_factory=dict)
    counted: dict[str, list[str]] = field(default_factory=dict)

    def next(self, node: Count) -> str:
        """The number of one more."""
        counted = self.counted.setdefault(node.kind, [])
        counted.append(node.key)
        first = _FIRST.get(node.kind) or self.first.get(part_of(node.kind), 1)
        return str(first + len(counted) - 1)

    def notes(self, part: str) -> list[str]:
        """The keys of the notes that go into a part, in their order."""
        kind = next((k for k in self.counted if part_of(k) == part), "")
        return self.counted.get(kind, [])
