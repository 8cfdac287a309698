"""次: the ordinals of a document, counted as they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Numbering:
    """How far each level has come."""

    counts: list[int] = field(default_factory=list)

    def next(self, level: int) -> int:
        """The next number of a level, 0 the highest; levels under it begin anew."""
        missing = level + 1 - len(self.counts)
        self.counts.extend([0] * missing)
        self.counts[level] += 1
        del self.counts[level + 1 :]
        return self.counts[level]
