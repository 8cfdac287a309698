"""The verbs of scoring as Excel formulas: what `scoring` computes, live in the workbook. "" where
it cannot be told yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reportgen.edition.models import Scoring
from reportgen.language import words


def _rounded(value: str) -> str:
    """Half up at two decimals, past what floats leave behind."""
    return f"ROUND(ROUND({value},9),2)"


def _full(rules: Scoring, args: list[str]) -> str:
    return f"{rules.weights[args[0]]}"


def _rate(rules: Scoring, args: list[str]) -> str:
    budget, spent = args
    return f"({spent})/({budget})"


def _execution(rules: Scoring, args: list[str]) -> str:
    weight = rules.weights[rules.execution]
    return _rounded(f"MAX(0,MIN({weight},{weight}*({args[1]})/({args[0]})))")


def _indicator(rules: Scoring, args: list[str]) -> str:
    direction, weight, target, actual, band, share = args
    blank = [f"ISBLANK({ref})" for ref in (weight, target, actual)]
    known = f"OR(ISBLANK({weight}),ISBLANK({band}))"
    qualitative = f'IF({known},"",{_share(rules, weight, band, share)})'
    reverse = (
        f"{weight}*{target}/{actual}"
        if rules.reverse == "ratio"
        else f"{weight}*(1-({actual}-{target})/{target})"
    )
    forward = f"{weight}*{actual}/{target}"
    earned = f'IF({direction}="{words.AT_MOST}",{reverse},{forward})'
    missed = f"IF({target}<=0,0,MAX(0,MIN({weight},{earned})))"
    met = (
        f'IF({direction}="{words.AT_LEAST}",{actual}>={target},'
        f'IF({direction}="{words.AT_MOST}",{actual}<={target},{actual}={target}))'
    )
    quantitative = f'IF(OR({",".join(blank)}),"",{_rounded(f"IF({met},{weight},{missed})")})'
    score = f'IF({direction}="{words.QUALITATIVE}",{qualitative},{quantitative})'
    return f'IF(ISBLANK({direction}),"",{score})'


def _share(rules: Scoring, weight: str, band: str, share: str) -> str:
    """A qualitative goal: the share that was typed, or that of the best band."""
    best = rules.bands[0]
    first = f'IF(EXACT({band},"{best.name}"),{_rounded(f"{weight}*{best.most}/100")},"")'
    return f"IF(ISBLANK({share}),{first},{_rounded(f'MAX(0,MIN({weight},{weight}*{share}/100))')})"


def _grade(rules: Scoring, args: list[str]) -> str:
    text = f'"{rules.grades[-1].name}"'
    for grade in reversed(rules.grades[:-1]):
        text = f'IF({args[0]}>={Decimal(grade.least)},"{grade.name}",{text})'
    return text


@dataclass(frozen=True, slots=True)
class ScoreFormula:
    """A verb in the sheet. `formula(rules, arguments)` is its text, of references and numbers;
    `alike` are the places of two amounts that must count in one unit; `rate`: it gives a ratio,
    where the others give a score in the unit of the rules."""

    word: str
    formula: Callable[[Scoring, list[str]], str]
    alike: tuple[int, int] | None = None
    rate: bool = False


VERBS = (
    ScoreFormula(words.FULL, _full),
    ScoreFormula(words.EXECUTION_RATE, _rate, alike=(0, 1), rate=True),
    ScoreFormula(words.EXECUTION_SCORE, _execution, alike=(0, 1)),
    ScoreFormula(words.INDICATOR_SCORE, _indicator, alike=(2, 3)),
    ScoreFormula(words.GRADE, _grade),
)
