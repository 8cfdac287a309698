"""Verdicts become findings: cells, both numbers, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen import messages
from reportgen.checks.verdicts import Verdict
from reportgen.findings import REPORT, Finding, Place, Severity
from reportgen.language import words
from reportgen.language.comparisons import Compared
from reportgen.language.names import Name
from reportgen.language.numbers import Num, Unit, round_half_up
from reportgen.language.values import Record


def findings(told: Sequence[Verdict]) -> list[Finding]:
    """What the verdicts say that a person must know, one fault once: a cell told as a wrong total,
    or a difference in the rounding of the same parts, is not told again by the rules above it."""
    found: list[Finding] = []
    wrong: set[Place] = set()
    rounded: set[frozenset[Place]] = set()
    for verdict in told:
        if (
            verdict.word not in (words.OFF, words.NOT_MET, words.ROUNDING)
            or verdict.compared is None
        ):
            continue
        places = _places(verdict.compared)
        if verdict.word == words.ROUNDING:
            if frozenset(places[1:]) in rounded:
                continue
            rounded.add(frozenset(places[1:]))
        elif wrong.intersection(places):
            continue
        else:
            wrong.update(places[:1])
        found.append(_finding(verdict, verdict.compared))
    return found


def _places(compared: Compared) -> list[Place]:
    """The cells of both sides, the left side's own cell first."""
    sides = [s for s in (compared.left, compared.right) if isinstance(s, Num)]
    own = [s.place for s in sides if s.place]
    return list(
        dict.fromkeys([*own, *(leaf.place for s in sides for leaf in s.leaves() if leaf.place)])
    )


def _finding(verdict: Verdict, compared: Compared) -> Finding:
    check = verdict.rule.check
    places = _places(compared)
    here = places[0] if places else home(verdict.row)
    left, right = side(compared.left, here), side(compared.right, here)
    texts = {"left": left, "right": right, "found": "", "expected": "", "gap": ""}
    if isinstance(compared.left, Num):
        unit = compared.left.unit if compared.left.op != "literal" else compared.right.unit
        texts |= {
            "found": _plain(compared.left, unit),
            "expected": _plain(compared.right, unit),
            "gap": _plain(Num(abs(compared.gap), unit), unit),
        }
    rounding = verdict.word == words.ROUNDING
    pattern = check.message or (messages.ROUNDING if rounding else messages.RELATIONS[compared.op])
    severity = (
        (Severity.WARNING if _large(compared) else Severity.NOTE) if rounding else check.severity
    )
    remedy = (
        messages.REMEDY_ROUNDING
        if rounding
        else check.remedy
        or messages.REMEDY_CELLS.format(
            cells="、".join(str(p) for p in places[:6]) + ("等" if len(places) > 6 else "")
        )
    )
    return Finding(
        id=check.id,
        severity=severity,
        place=here,
        message=pattern.format(**texts),
        remedy=remedy,
        name=str(getattr(compared.left, "name", None) or ""),
        found=texts["found"],
        expected=texts["expected"],
        scope=verdict.row.scope if verdict.row else REPORT,
    )


def home(row: Record | None) -> Place:
    """Where a record begins, for a fault of what it lacks."""
    cells = row.members.values() if row else []
    return next((place for value in cells if (place := getattr(value, "place", None))), Place())


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
