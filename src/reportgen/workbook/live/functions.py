"""The functions of the language that can live in a sheet: one record each.

A function that is not here is refused in checks and in computed columns. To let one in, add its
record: how a call of it is a `Formula`, with what it reads and its linear terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import nodes

from reportgen import messages
from reportgen.language import words
from reportgen.language.syntax import Refused
from reportgen.scoring.formulas import VERBS, ScoreFormula
from reportgen.workbook.live.formula import Formula, converted, reads_of, scaled, together
from reportgen.workbook.live.measures import of_unit
from reportgen.workbook.live.operands import Operand, Signed, Span, compact, quoted

if TYPE_CHECKING:
    from reportgen.workbook.live.translate import Translation

Args = list[nodes.Expr]


@dataclass(frozen=True, slots=True)
class LiveFunction:
    """A function in the sheet: `formula` makes a call of it a formula, or raises Refused;
    `in_checks` is false for one that only computed columns can have."""

    word: str
    formula: Callable[[Translation, Args], Formula]
    in_checks: bool = True


def _refused(word: str) -> Refused:
    return Refused(messages.NOT_LIVE.format(what=word))


def _linear(text: str, translation: Translation, *parts: Signed) -> Formula:
    """A sum of operands, with the room that their rounding leaves."""
    operands = tuple(operand for _, operand in parts)
    terms = tuple((float(sign), operand) for sign, operand in parts)
    return Formula(text, translation.measure(operands[0]), operands, terms)


def _sum(translation: Translation, args: Args) -> Formula:
    parts = [_signed(translation, arg) for arg in args]
    measures = {translation.measure(operand) for _, operand in parts}
    if len(measures) > 1:
        names = translation.sums.unit_names([operand for _, operand in parts])
        raise Refused(messages.UNITS_IN_CHECK.format(units="、".join(names)))
    short = compact(parts)
    formula = _linear(translation.sums.joined(short), translation, *short)
    return replace(formula, measure=measures.pop())


def _signed(translation: Translation, arg: nodes.Expr) -> Signed:
    """A name in sum(…), perhaps with a minus; anything else in it cannot live in a sheet."""
    sign, inner = (-1, arg.node) if isinstance(arg, nodes.Neg) else (1, arg)
    operand = translation.resolve(inner)
    if operand is None:
        raise _refused(type(inner).__name__)
    return sign, operand


def _average(translation: Translation, args: Args) -> Formula:
    """Of single cells: how many rows a column has, a sheet tells otherwise than the program."""
    if not args or any(isinstance(translation.resolve(arg), Span) for arg in args):
        raise _refused(messages.WHOLE_COLUMN.format(word=words.AVERAGE))
    total = _sum(translation, args)
    text = f"({total.text})/{len(args)}"
    return replace(total, text=text, terms=scaled(total.terms, 1 / len(args)))


def _below(translation: Translation, args: Args) -> Formula:
    span = translation.below(*args)
    return _linear(span.sum, translation, (1, span))


def _sum_if(translation: Translation, args: Args) -> Formula:
    numbers, texts = translation.resolve(args[0]), translation.resolve(args[1])
    wanted = args[2]
    spans = isinstance(numbers, Span) and isinstance(texts, Span)
    if not (spans and isinstance(wanted, nodes.Const)):
        raise _refused(words.SUM_IF)
    assert isinstance(numbers, Span)
    assert isinstance(texts, Span)
    span = replace(numbers, where=(texts.column, str(wanted.value)))
    return _linear(span.sum, translation, (1, span))


def _not_linear(word: str, translation: Translation, args: Args) -> Formula:
    """min, max, abs: rounding cannot be proved through them, so that they stand under round()."""
    values = together([translation.value(arg) for arg in args])
    text = f"{word.upper()}({','.join(v.text for v in values)})"
    return Formula(text, values[0].measure, reads_of(values), None)


def _round(translation: Translation, args: Args) -> Formula:
    value, places = translation.value(args[0]), translation.value(args[1])
    text = f"ROUND(ROUND({value.text},9),{places.text})"
    return Formula(text, value.measure, reads_of([value, places]))


def _days(translation: Translation, args: Args) -> Formula:
    first, second = (translation.value(arg) for arg in args)
    return Formula(f"INT({second.text})-INT({first.text})", reads=reads_of([first, second]))


def _year(translation: Translation, args: Args) -> Formula:
    date = translation.value(args[0])
    measure = of_unit(translation.sums.edition.measures[words.YEAR])
    return Formula(f"YEAR({date.text})", measure, date.reads)


def _count(translation: Translation, args: Args) -> Formula:
    """Blank cells are counted as such, so that it reads none that must be filled."""
    texts = [arg.value for arg in args[1:] if isinstance(arg, nodes.Const)]
    column = translation.resolve(args[0])
    if len(texts) < len(args) - 1 or not isinstance(column, Span):
        raise _refused(words.COUNT)
    cells = replace(column, last=column.last - 1)  # the last row says where to insert
    hit = f"EXACT({cells.range},{quoted(texts[0])})" if texts else f"NOT(ISBLANK({cells.range}))"
    return Formula(f"SUMPRODUCT({cells.picks}--{hit})")


def _filled_count(translation: Translation, args: Args) -> Formula:
    return Formula(f"COUNTA({','.join(translation.cell(arg).ref for arg in args)})")


def _mentions(translation: Translation, args: Args) -> Formula:
    cell = translation.cell(args[0])
    texts = [arg.value for arg in args[1:] if isinstance(arg, nodes.Const)]
    if len(texts) < len(args) - 1:
        raise _refused(words.MENTIONS)
    return Formula("+".join(f"ISNUMBER(FIND({quoted(text)},{cell.ref}))" for text in texts))


def _length(translation: Translation, args: Args) -> Formula:
    text = translation.cell(args[0]).ref
    for blank in ('" "', '"　"', '"\u00a0"', "CHAR(9)", "CHAR(10)"):
        text = f'SUBSTITUTE({text},{blank},"")'
    return Formula(f"LEN({text})")


def _lacking(translation: Translation, args: Args) -> Formula:
    """The tables that lack something, one after the other: none of their names has a blank."""
    told = '&" "&'.join(translation.lacks(arg) for arg in args)
    return Formula(f'SUBSTITUTE(TRIM({told})," ","{messages.LACKING_JOIN}")')


def _scored(verb: ScoreFormula, translation: Translation, args: Args) -> Formula:
    """A verb of scoring; amounts that it divides by each other are in one measure."""
    rules = translation.sums.edition.scoring
    if rules is None:
        raise _refused(verb.word)
    given = [translation.argument(arg) for arg in args]
    if verb.alike is not None:
        base, other = verb.alike
        given[other] = converted(given[other], given[base].measure)
    unit = None if verb.rate else translation.sums.edition.measures.get(rules.unit)
    text = verb.formula(rules, [value.text for value in given])
    return Formula(text, of_unit(unit), reads_of(given))


_EVERY = (
    LiveFunction(words.SUM, _sum),
    LiveFunction(words.AVERAGE, _average),
    LiveFunction(words.MIN, partial(_not_linear, words.MIN)),
    LiveFunction(words.MAX, partial(_not_linear, words.MAX)),
    LiveFunction(words.ABS, partial(_not_linear, words.ABS)),
    LiveFunction(words.ROUND, _round),
    LiveFunction(words.COUNT, _count),
    LiveFunction(words.SUM_IF, _sum_if),
    LiveFunction(words.BELOW, _below),
    LiveFunction(words.MENTIONS, _mentions),
    LiveFunction(words.FILLED_COUNT, _filled_count),
    LiveFunction(words.LENGTH, _length),
    LiveFunction(words.YEAR_OF, _year),
    LiveFunction(words.DAYS, _days),
    LiveFunction(words.LACKING, _lacking, in_checks=False),
    *(LiveFunction(verb.word, partial(_scored, verb)) for verb in VERBS),
)
LIVE = {function.word: function for function in _EVERY}


def operand_formula(translation: Translation, operand: Operand) -> Formula:
    """A name in a formula: the number of its cell, or the sum of its cells."""
    return _linear(translation.sums.value(operand), translation, (1, operand))
