"""How a template is gone through: the strategy of a rendering, and the one of printing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from reportgen import messages
from reportgen.language.closures import Evaluate
from reportgen.language.members import shown
from reportgen.language.numbers import MissingValue, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.values import Record, Rows, Values
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.nodes import For, If, Node, Print

if TYPE_CHECKING:
    from reportgen.word.printing.render import Rendering

FAULTS = (Refused, MissingValue, NumberError)  # of a value that cannot be printed


class Branching(Protocol):
    """What a rendering asks of the one who started it; each answer may look at the rendering and
    tell it faults."""

    def value(self, node: Print, rendering: Rendering) -> Any:
        """What a tag prints; raises one of FAULTS."""

    def rows(self, node: For, rendering: Rendering) -> Iterable[Any] | None:
        """What a loop goes over: Contents is left for later; None where it cannot be told."""

    def keeps(self, condition: Evaluate, node: For, rendering: Rendering) -> bool:
        """Whether the row at hand is printed, by the condition of the loop."""

    def bodies(self, node: If, rendering: Rendering) -> Iterable[list[Node]]:
        """The branches to go through, in their order."""

    def fault(self, tag: Tag, error: Exception, loops: Sequence[tuple[int, Any]]) -> Fault | None:
        """What is told of a tag that cannot be printed, if anything; `loops` are the rows at hand
        of the loops round it, each with its number, outermost first."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """What facts do not give: the fault as authors of templates read it, the error, and the record
    at hand of the innermost loop round the tag."""

    fault: Fault
    error: Exception
    record: Record | None


class Printing:
    """Printing goes where the facts lead, and tells everything that they lack."""

    def __init__(self) -> None:
        self.unprinted: list[Unprinted] = []

    def value(self, node: Print, rendering: Rendering) -> Any:
        """What the expression of the tag gives."""
        return node.value(rendering.scope)

    def rows(self, node: For, rendering: Rendering) -> Iterable[Any] | None:
        """The rows that the loop names."""
        try:
            return rows_of(node.rows(rendering.scope))
        except FAULTS as error:
            rendering.tell(node.tag, error)
            return None

    def keeps(self, condition: Evaluate, node: For, rendering: Rendering) -> bool:
        """Whether the condition holds; false where that cannot be told."""
        try:
            return bool(condition(rendering.scope))
        except FAULTS as error:
            rendering.tell(node.tag, error)
            return False

    def bodies(self, node: If, rendering: Rendering) -> Iterable[list[Node]]:
        """The first branch whose condition holds; none behind a condition that cannot be told."""
        for branch in node.branches:
            try:
                chosen = branch.condition is None or bool(branch.condition(rendering.scope))
            except FAULTS as error:
                rendering.tell(branch.tag, error)
                break
            if chosen:
                return [branch.body]
        return []

    def fault(self, tag: Tag, error: Exception, loops: Sequence[tuple[int, Any]]) -> Fault:
        """The error, and the rows that caused it."""
        fault = tag.fault(str(error) + "".join(_row(n, item) for n, item in loops))
        records = [item for _, item in loops if isinstance(item, Record)]
        self.unprinted.append(Unprinted(fault, error, records[-1] if records else None))
        return fault


def _row(n: int, item: Any) -> str:
    name = shown(item) if isinstance(item, Record) else ""
    return messages.ROW_AT.format(n=n, name=name)


def rows_of(value: Any) -> Iterable[Any]:
    """The value, if a loop can go over it; else raises Refused."""
    if not isinstance(value, Rows | Values | list):
        raise Refused(messages.NOT_ROWS)
    return value
