"""Verdicts become findings: cells, both numbers, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reportgen import messages
from reportgen.checks.verdicts import Verdict
from reportgen.findings import REPORT, Finding, Place, Severity
from reportgen.language import words
from reportgen.language.comparisons import Compared
from reportgen.language.names import Name
from reportgen.language.numbers import Num, round_half_up
from reportgen.language.units import Unit
from reportgen.language.values import Record

_SHOWN = 6  # cells that a remedy names


def findings(told: Sequence[Verdict]) -> list[Finding]:
    """What the verdicts say that a person must know, one fault once: a cell told as a wrong total,
    or a difference in the rounding of the same parts, is not told again by the rules above it."""
    found: list[Finding] = []
    wrong: set[Place] = set()
    rounded: set[frozenset[Place]] = set()
    for verdict in told:
        compared = verdict.compared
        if compared is None or verdict.word not in (words.OFF, words.NOT_MET, words.ROUNDING):
            continue
        places = _places(compared)
        if verdict.word == words.ROUNDING:
            if frozenset(places[1:]) in rounded:
                continue
            rounded.add(frozenset(places[1:]))
        elif wrong.intersection(places):
            continue
        else:
            wrong.update(places[:1])
        found.append(_finding(verdict, compared))
    return found


def _places(compared: Compared) -> list[Place]:
    """The cells of both sides, the left side's own cell first."""
    sides = [s for s in (compared.left, compared.right) if isinstance(s, Num)]
    own = [s.place for s in sides if s.place]
    return list(dict.fromkeys([*own, *(place for s in sides for place in cells_of(s))]))


def cells_of(num: Num) -> Iterator[Place]:
    """The cells that a number is made of."""
    return (leaf.place for leaf in num.leaves() if leaf.place)


def _finding(verdict: Verdict, compared: Compared) -> Finding:
    check, row = verdict.rule.check, verdict.row
    places = _places(compared)
    here = places[0] if places else home(row)
    texts = _texts(compared, here)
    if verdict.word == words.ROUNDING:
        pattern = check.message or messages.ROUNDING
        severity = Severity.WARNING if _large(compared) else Severity.NOTE
        remedy = messages.REMEDY_ROUNDING
    else:
        pattern = check.message or messages.RELATIONS[compared.op]
        severity = check.severity
        remedy = check.remedy or see(places)
    return Finding(
        id=check.id,
        severity=severity,
        place=_in_record(here, row),
        message=pattern.format(**texts),
        remedy=remedy,
        name=str(getattr(compared.left, "name", None) or ""),
        found=texts["found"],
        expected=texts["expected"],
        scope=row.scope if row else REPORT,
    )


def _texts(compared: Compared, here: Place) -> dict[str, str]:
    """What a message may cite: both sides in words, and as numbers where they are any."""
    left, right = compared.left, compared.right
    texts = {"left": side(left, here), "right": side(right, here)}
    if not isinstance(left, Num):
        return texts | {"found": "", "expected": "", "gap": ""}
    unit = left.unit if left.op != "literal" else right.unit
    gap = Num(abs(compared.gap), unit)
    return texts | {
        "found": _plain(left, unit),
        "expected": _plain(right, unit),
        "gap": _plain(gap, unit),
    }


def see(places: Sequence[Place]) -> str:
    """The remedy that names cells to be looked at, the first ones of many."""
    cells = "、".join(map(str, places[:_SHOWN]))
    if len(places) > _SHOWN:
        cells = messages.CELLS_MORE.format(cells=cells)
    return messages.REMEDY_CELLS.format(cells=cells)


def home(row: Record | None) -> Place:
    """Where a record begins, for a fault of what it lacks."""
    cells = row.members.values() if row else []
    return next((place for value in cells if (place := getattr(value, "place", None))), Place())


def _in_record(place: Place, row: Record | None) -> Place:
    """The place, as one of the record that a check runs over."""
    return replace(place, key=row.name.key) if row and row.name.key else place


def _large(compared: Compared) -> bool:
    """Whether a gap that rounding can explain is more than one step of the last decimal: worth a
    look all the same."""
    unit = compared.left.unit
    return bool(abs(compared.gap) > unit.factor.scaleb(-unit.places))


def _plain(num: Num, unit: Unit) -> str:
    """The number as its table prints it."""
    if not unit.dimension:
        return f"{num.value.normalize():f}"
    places = unit.places
    value = num.to(unit) if num.unit.dimension == unit.dimension else num.value
    exact = round_half_up(value, places)
    return f"{exact if exact == value else value.normalize():f}"


def side(value: Any, here: Place) -> str:
    """One side of a comparison in words: cell and name, or what it is the sum of; cells of
    `here`'s sheet without it."""
    if not isinstance(value, Num):
        return str(getattr(value, "name", value))
    if value.op in (words.SUM, words.BELOW) and len(value.args) > 3 and not value.place:
        ends = {"first": side(value.args[0], here), "last": side(value.args[-1], here)}
        return messages.SUM_OF_CELLS.format(count=len(value.args), **ends)
    if value.op == "neg":
        return f"－ {side(value.args[0], here)}"
    if not value.name:
        joint = " － " if value.op == "-" else " ＋ "
        return joint.join(side(a, here) for a in value.args).replace("＋ － ", "－ ")
    label = _label(value.name)
    if not value.place or value.place == here:
        return label
    return f"{value.place.cell if value.place.sheet == here.sheet else value.place} {label}"


def _label(name: Name) -> str:
    """A name without its sheet as people say it: 上年合计; 公务接待费·决算数 where a row has more
    columns. A total row and a code say nothing beside their cell, so of these the column alone."""
    row = "" if name.row == words.TOTALS else name.row or name.key
    label = name.column or name.own or row
    if name.column and row and not (name.own or row.isdigit()):
        label = f"{row}·{name.column}"
    return f"{words.PRIOR}{label}" if name.prior else label or str(name)
