"""Phrases: sentences' parts made of several numbers, in the edition's words. And prose that cites facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from reportgen import messages
from reportgen.edition.models import Edition
from reportgen.facts.settling import Prose, Values, below, scope_names
from reportgen.findings import EditionFault
from reportgen.language import expressions, words
from reportgen.language.expressions import Evaluate, Language, Refused, nearest, pick, shown
from reportgen.language.functions import FUNCTIONS
from reportgen.language.numbers import Change, Completion, Kind, Missing, MissingValue, Num, Share, Unit, literal
from reportgen.scoring import verbs as scoring
from reportgen.wording.formats import Phrase, filters, in_unit, number, printable
from reportgen.wording.numerals import cardinal

_CASES = {
    Kind.RISE: words.RISE,
    Kind.FALL: words.FALL,
    Kind.UNCHANGED: words.UNCHANGED,
    Kind.ZERO_BASE: words.ZERO_BASE,
    Kind.SIGN_CHANGE: words.SIGN_CHANGE,
}
_COMPARED = (*_CASES.values(), words.POINTS_UP, words.POINTS_DOWN)
_PHRASES = {  # the phrases that an edition words, and their cases
    words.VERSUS_PRIOR: _COMPARED,
    words.VERSUS: _COMPARED,
    words.VERSUS_BUDGET: _COMPARED,
    words.SHARE: (words.NORMAL, words.ZERO_WHOLE),
    words.COMPLETION: (words.NORMAL, words.ZERO_WHOLE),
}
_CASE_NAMES = (words.CASE_CURRENT, words.CASE_BASE, words.CASE_DIFFERENCE, words.CASE_RATE)
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_CITATION = re.compile(r"【([^【】]*)】")
_NUMERALS = "一二三四五六七八九十"
_TYPED_ORDINAL = re.compile(
    rf"^(?:[{_NUMERALS}]+(?:是[，,：:]?|、(?![{_NUMERALS}]))|[（(](?:[{_NUMERALS}]+|\d{{1,2}})[）)]|[①-⑳]"
    r"|\d{1,2}(?:[）)、．]|\.(?!\d)))\s*"
)
_STOPS = "。；;，,、 \n"
_WIDTH = str.maketrans("｜．（），＝＞＜", "|.(),=><")


def flat(parts: Iterable[str | Phrase]) -> Phrase:
    """Parts joined to one phrase, phrases among them opened."""
    joined: list[str] = []
    for part in parts:
        joined.extend(part) if isinstance(part, Phrase) else joined.append(part)
    return Phrase(p for p in joined if p)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with {{ }} in it, compiled: what file names and the wording of cases are written in."""

    pieces: tuple[str | Evaluate, ...]
    edition: Edition

    def __call__(self, scope: Mapping[str, Any]) -> Phrase:
        """The text with its expressions filled in."""
        return flat(p if isinstance(p, str) else printable(p(scope), self.edition, False) for p in self.pieces)


def pattern(text: str, edition: Edition, language: Language, names: Iterable[str]) -> Pattern:
    """Compiles a text with {{ }}; raises Refused for what is wrong in it."""
    known = list(names)
    pieces: list[str | Evaluate] = []
    for i, piece in enumerate(_PLACEHOLDER.split(text)):
        if i % 2 == 0 and re.search(r"\{[{%]|[%}]\}", piece):
            raise Refused(messages.TAG_UNCLOSED)
        pieces.append(language.compile(piece.strip(), known) if i % 2 else piece)
    return Pattern(tuple(p for p in pieces if p != ""), edition)


@dataclass(frozen=True, slots=True)
class Wording:
    """The languages of an edition: `sheets` for formulas and derived names, `prose` and `templates` for what is printed."""

    edition: Edition
    sheets: Language
    prose: Language
    templates: Language


def wording(edition: Edition) -> Wording:
    """Functions, filters and tests of an edition. Raises EditionFault for faults in its wording."""
    formats = filters(edition)
    functions: dict[str, Any] = dict(FUNCTIONS) | scoring.verbs(edition) | {words.BELOW: below}
    functions |= {name: partial(_constructed, unit) for name, unit in edition.measures.items()}
    sheets = Language(functions=functions)
    cases = _cases(edition, Language(filters=formats))
    phrases: dict[str, Callable[..., Any]] = {
        words.VERSUS_PRIOR: lambda x: _versus(edition, cases, words.VERSUS_PRIOR, x, _prior(x)),
        words.VERSUS_BUDGET: lambda x: _versus(edition, cases, words.VERSUS_BUDGET, x, _budget(x)),
        words.VERSUS: lambda x, base: _versus(edition, cases, words.VERSUS, x, base),
        words.SHARE: lambda part, whole: _share(edition, cases, words.SHARE, Share, part, whole),
        words.COMPLETION: lambda part, *whole: _share(
            edition, cases, words.COMPLETION, Completion, part, *(whole or (_budget(part),))
        ),
        words.LIST_REASONS: partial(_reasons, edition),
        words.LIST_ITEMS: partial(_items, edition),
        words.JOIN: partial(_joined, edition),
        words.ITEMISE: partial(_itemised, edition),
        words.TICK: _ticked,
        words.ORDINAL: partial(_ordinal, {i: Ordinal(i, text) for i, text in enumerate(edition.conventions.ordinals)}),
    }
    members = dict(expressions.MEMBERS) | {
        words.CHANGE_WORD: lambda x: _word(edition, edition.conventions.change_words, x, _prior(x)),
        words.RATE_WORD: lambda x: _word(edition, edition.conventions.rate_words, x, _prior(x)),
        words.CHANGE_AMOUNT: lambda x: change(edition, x, _prior(x)).amount,
        words.CHANGE_RATE: lambda x: change(edition, x, _prior(x)).rate,
        words.COMPLETED: lambda x: _completed(edition, x),
        words.BUDGET_ORDER: lambda x: _word(edition, edition.conventions.order_words, x, _budget(x)),
    }
    tests = dict(expressions.TESTS) | {words.SAME: partial(_same, edition)}
    prose = Language(functions | phrases, formats, tests, members)
    return Wording(edition, sheets, prose, replace(prose, templates=True))


def _constructed(unit: Unit, value: Any) -> Num:
    """万元(100): a number of a unit, for comparisons."""
    num = number(value, unit.name)
    made = literal(num.value * unit.factor)
    return Num(made.value, unit, "literal", half=made.half)


def _cases(edition: Edition, language: Language) -> dict[str, dict[str, Pattern]]:
    faults: list[str] = []
    made: dict[str, dict[str, Pattern]] = {}
    for phrase, texts in edition.wording.items():
        made[phrase] = {}
        if phrase not in _PHRASES:
            fault = messages.UNKNOWN_NAME.format(kind=messages.KIND_WORDING, name=phrase, hint=nearest(phrase, _PHRASES))
            faults.append(f"{edition.name}/edition.toml：wording.{phrase}：{fault}")
            continue
        for case, text in texts.items():
            try:
                pick(dict.fromkeys(_PHRASES[phrase]), case, messages.KIND_WORDING)
                made[phrase][case] = pattern(text, edition, language, _CASE_NAMES)
            except Refused as refused:
                faults.append(f"{edition.name}/edition.toml：wording.{phrase}.{case}：{refused}")
    if faults:
        raise EditionFault(faults)
    return made


def _unit(edition: Edition, num: Num) -> Unit | None:
    """The unit at whose precision differences and rates are taken; None where the edition wants them exact."""
    if edition.conventions.differences == "exact":
        return None
    return edition.printed(num.unit.dimension) or num.unit


def _prior(value: Any) -> Any:
    if isinstance(value, Missing):
        raise MissingValue(value)
    return expressions.member(value, words.PRIOR)


def _budget(value: Any) -> Any:
    if isinstance(value, Missing):
        raise MissingValue(value)
    return expressions.member(value, words.BUDGET)


def change(edition: Edition, value: Any, base: Any) -> Change:
    """The change from `base` to `value` at the edition's precision."""
    current, before = number(value, words.VERSUS), number(base, words.VERSUS)
    return Change(current, before, _unit(edition, current))


def _word(edition: Edition, choices: tuple[str, str, str], value: Num, base: Any) -> str:
    """增加 or 减少 (growth or fall, more or less) against `base`, or the third word where both are equal as printed."""
    this = change(edition, value, base)
    if this.kind is Kind.UNCHANGED:
        return choices[2]
    return choices[0] if this.rises else choices[1]


def _versus(edition: Edition, cases: Mapping[str, Mapping[str, Pattern]], phrase: str, value: Any, base: Any) -> Phrase:
    """比上年(x): 减少1833.77万元，下降36.44%, or the edition's words for the other cases."""
    this = change(edition, value, base)
    case = _CASES[this.kind]
    if not this.current.unit.dimension and this.kind is not Kind.UNCHANGED:
        case = words.POINTS_UP if this.rises else words.POINTS_DOWN
    scope = {words.CASE_CURRENT: this.current, words.CASE_BASE: this.base, words.CASE_DIFFERENCE: this.amount}
    if this.kind in (Kind.RISE, Kind.FALL):
        scope[words.CASE_RATE] = this.rate
    return _told(cases, phrase, case, scope)


def _told(cases: Mapping[str, Mapping[str, Pattern]], phrase: str, case: str, scope: Mapping[str, Any]) -> Phrase:
    texts = pick(cases, phrase, messages.KIND_WORDING)
    if case not in texts:
        raise Refused(messages.CASE_WITHOUT_WORDING.format(phrase=phrase, case=case))
    try:
        return texts[case](scope)  # type: ignore[no-any-return]
    except KeyError as error:
        raise Refused(messages.CASE_HAS_NO_RATE.format(phrase=phrase, case=case, name=error.args[0])) from error


def _share(
    edition: Edition, cases: Mapping[str, Mapping[str, Pattern]], phrase: str, kind: type[Share], part: Any, whole: Any
) -> Phrase:
    a, b = number(part, phrase), number(whole, phrase)
    share = kind(a, b, _unit(edition, a))
    scope: dict[str, Any] = {words.CASE_CURRENT: a, words.CASE_BASE: b}
    if share.undefined:
        return _told(cases, phrase, words.ZERO_WHOLE, scope)
    return _told(cases, phrase, words.NORMAL, scope | {words.CASE_RATE: share.rate})


def _completed(edition: Edition, value: Num) -> Num:
    """The share of its budget that a number is, as a number: for prose that prints it in other decimals."""
    share = Completion(value, number(_budget(value), words.COMPLETED), _unit(edition, value))
    return share.rate


def _same(edition: Edition, a: Any, b: Any) -> bool:
    """`x is 同(y)`: equal as printed."""
    return change(edition, a, b).kind is Kind.UNCHANGED


def _reasons(edition: Edition, texts: Any, *marks: Any) -> Any:
    """Reasons as one sentence: 一是…；二是…, a single one without ordinal. Of a column those whose row is marked, of one
    text each of its lines."""
    marked = [t for t, mark in zip(texts, marks[0], strict=True) if mark == words.MARK] if marks else [texts]
    chosen = [line for text in marked for line in _lines(text)]
    if not chosen:
        raise Refused(messages.NO_REASON.format(column=shown(marks[0] if marks else texts)))
    pieces: list[Any] = []
    for i, text in enumerate(chosen, 1):
        if len(chosen) > 1:
            pieces += [edition.conventions.reason_join] * (i > 1) + [edition.conventions.reasons.replace("{一}", cardinal(i))]
        pieces.append(text)
    return Sentence(tuple(pieces))


def _joined(edition: Edition, text: Any) -> Any:
    """The lines of a text, or the values of a column, as parts of one sentence: 甲、乙."""
    lines = [line for value in (text if isinstance(text, Values) else [text]) for line in _lines(value)]
    if not lines:
        raise Refused(messages.NO_REASON.format(column=shown(text)))
    pieces = [lines[0]]
    for line in lines[1:]:
        pieces += [edition.conventions.item_join, line]
    return Sentence(tuple(pieces))


def unnumbered(text: Prose) -> Prose:
    """A text without the number that somebody pasted before it."""
    return Prose(_TYPED_ORDINAL.sub("", str(text).lstrip()), text.name, text.place)


def _itemised(edition: Edition, text: Any, level: Any) -> Any:
    """分条(text, 3): the lines of a text as sentences, each a paragraph with a number of that level; a single one without."""
    if isinstance(text, Missing):
        raise MissingValue(text)
    number_of = _ordinal({i: Ordinal(i, t) for i, t in enumerate(edition.conventions.ordinals)}, level)
    lines = [unnumbered(Prose(line, text.name, text.place)) for line in str(text).split("\n") if line.strip()]
    pieces: list[Any] = []
    for n, line in enumerate(lines, 1):
        pieces += ["\n"] * (n > 1) + [number_of.text(n)] * (len(lines) > 1) + [_sentence(line)]
    return Sentence(tuple(pieces))


def _sentence(line: Prose) -> Prose:
    """A line with the full stop that nobody typed, or typed as another sign because more lines follow."""
    text = str(line).rstrip("；;，,、 ")
    return Prose(text if text.endswith(("。", "！", "？", "：")) else text + "。", line.name, line.place)


def _ticked(value: Any, choice: Any) -> str:
    """勾选(项.类别, '省专项'): ☑ where that was chosen, □ where not."""
    if isinstance(value, Missing):
        raise MissingValue(value)
    return words.TICKED if str(value) == str(choice) else words.UNTICKED


def _lines(text: Any) -> list[Any]:
    """The lines of a text that say anything, without the ordinals and stops that their sentence will bring."""
    if isinstance(text, Missing):
        raise MissingValue(text)
    if not isinstance(text, str | Prose):
        raise TypeError(text)
    lines = [_TYPED_ORDINAL.sub("", line.strip()).rstrip(_STOPS) for line in str(text).split("\n")]
    return [Prose(line, text.name, text.place) if isinstance(text, Prose) else line for line in lines if line]


def _items(edition: Edition, *columns: Any) -> Phrase:
    """Amounts with their labels: 办公费2.41万元、印刷费0.93万元; those of 0 as printed are left out."""
    pieces: list[str] = []
    pairs = [c.pairs() if isinstance(c, Values) else [(shown(c).rpartition(".")[2], c)] for c in columns]
    for label, value in chain.from_iterable(pairs):
        num = number(value, words.LIST_ITEMS)
        unit = edition.printed(num.unit.dimension) or num.unit
        if num.rounded(unit).value:
            pieces += [edition.conventions.item_join] * bool(pieces) + [label, in_unit(num, unit)]
    if not pieces:
        raise Refused(messages.NO_ITEM.format(columns="、".join(map(shown, columns))))
    return Phrase(pieces)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and prose in order, citations not yet filled in."""

    pieces: tuple[Any, ...]


def prose(text: Prose, edition: Edition, language: Language, scope: Mapping[str, Any]) -> Phrase:
    """A prose cell with its citations filled in. Raises Refused (and its kin) with what is wrong in a citation."""
    pieces: list[str | Phrase] = []
    for source, evaluate in _cited(text.text, language, edition):
        if evaluate is None:
            pieces.append(source)
            continue
        value = evaluate(scope)
        if isinstance(value, Prose | Sentence):
            raise Refused(messages.PROSE_CITES_PROSE.format(source=source))
        pieces.append(printable(value, edition, by_convention=True))
    return flat(pieces)


def _cited(text: str, language: Language, edition: Edition) -> list[tuple[str, Evaluate | None]]:
    """The words (with None) and the citations (compiled) of a prose text, in order; remembered by the text."""
    if text in language.texts:
        return language.texts[text]
    names = scope_names(edition)
    pieces: list[tuple[str, Evaluate | None]] = []
    for i, piece in enumerate(_CITATION.split(text)):
        source = piece.translate(_WIDTH).strip()
        if i % 2 == 0:
            pieces.append((piece, None))
        elif cites(source, names):
            pieces.append((source, language.compile(source, names)))
        else:
            pieces.append((f"【{piece}】", None))
    language.texts[text] = pieces
    return pieces


def cites(source: str, names: Iterable[str]) -> bool:
    """Whether what stands in 【】 means a fact: its first name is one, or nearly one with members."""
    first = re.match(r"(?:[\s(+-]|[\d.]+\s*[-+*/]|[^\W\d]\w*\s*\()*([^\W\d]\w*)", source)
    known = list(names)
    if first is None:
        return False
    return first[1] in known or ("." in source and bool(nearest(first[1], known)))


def text_of(value: Any, edition: Edition, language: Language, scope: Mapping[str, Any]) -> str | Phrase:
    """What a template prints for a value, prose and sentences resolved."""
    if isinstance(value, Prose):
        return prose(value, edition, language, scope)
    if isinstance(value, Sentence):
        return flat(p if p.__class__ is str else text_of(p, edition, language, scope) for p in value.pieces)
    return printable(value, edition, by_convention=False)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """次(level): the next number of a level. Which one it is, the document that prints it knows."""

    level: int
    pattern: str

    def text(self, n: int) -> str:
        """The n-th: 二、 （二） 2. by the edition's patterns."""
        return self.pattern.replace("{一}", cardinal(n)).replace("{1}", str(n))


def _ordinal(ordinals: Mapping[int, Ordinal], level: Any) -> Ordinal:
    n = int(number(level, words.ORDINAL).value)
    if n not in ordinals:
        raise Refused(messages.NO_SUCH_ORDINAL.format(level=n, last=len(ordinals) - 1))
    return ordinals[n]
