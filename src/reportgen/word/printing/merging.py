"""|纵并: which cells of a loop's rows go on from the ones above."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class MergeState:
    """The merged columns of one loop, each by its number, from the left to the right."""

    above: dict[int, str] = field(default_factory=dict)  # what they say in the row above
    going_on: set[int] = field(default_factory=set)  # those that go on in the row at hand
    apart: bool = True  # a column to the left does not

    def next_row(self) -> None:
        """Begins a row of the loop."""
        self.apart = False

    def goes_on(self, column: int, text: str) -> bool:
        """Whether the cell of a column goes on from the one above: if it says the same, and if
        those to its left go on."""
        same = not self.apart and self.above.get(column) == text
        self.above[column] = text
        if same:
            self.going_on.add(column)
        else:
            self.going_on.discard(column)
            self.apart = True
        return same
