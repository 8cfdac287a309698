"""Performance scores: the rules printed under the form, their limits, and a second scheme."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.edition.models import Band, Edition, Grade, Roles, Scoring, UnitSpec
from reportgen.language import words
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, Num, NumberError, literal
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.ledger.explain import chain
from reportgen.scoring.formulas import VERBS
from reportgen.scoring.verbs import verbs
from reportgen.tasks import opening
from reportgen.tasks.filing import Filing

BANDS = [
    Band(name="达成", least=D(80), most=D(100)),
    Band(name="部分", least=D(50), most=D(80)),
    Band(name="未达", least=D(0), most=D(50)),
]
GRADES = [
    Grade(name=n, least=D(least)) for n, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
]
RATIO = Scoring(
    unit="分",
    weights={"执行": D(20), "产出": D(40), "效益": D(40)},
    execution="执行",
    bands=BANDS,
    grades=GRADES,
)
DIFFERENCE = Scoring(
    unit="分",
    weights={"执行": D(10), "产出": D(50), "效益": D(30), "满意度": D(10)},
    execution="执行",
    reverse="difference",
    bands=BANDS,
    grades=GRADES,
)
POINTS = UnitSpec(dimension="分", places=2, suffix="分", trim=True)
YUAN, PEOPLE = Unit("元", "元"), Unit("人", "人", places=0)
BLANK = Missing(Name("空"), None)


def scheme(rules: Scoring) -> dict[str, Any]:
    return verbs(
        Edition(
            title="试",
            roles=Roles(body="", year=""),
            units={"分": POINTS},
            document=[],
            scoring=rules,
        )
    )


def points(value: Any) -> Num:
    return Num(D(str(value)), POINTS.unit("分"))


def people(value: Any) -> Num:
    return Num(D(str(value)), PEOPLE)


def score(rules: Scoring, direction: str, weight: Any, target: Any, actual: Any) -> D:
    earned = scheme(rules)[words.INDICATOR_SCORE](
        direction, points(weight), people(target), people(actual), BLANK, BLANK
    )
    return earned.value


@pytest.mark.parametrize(
    ("direction", "target", "actual", "earned"),
    [
        ("≥", 100, 100, "10"),
        ("≥", 100, 250, "10"),  # never more than the weight
        ("≥", 100, 95, "9.50"),
        ("≥", 3, 1, "3.33"),
        ("≥", 3, 2, "6.67"),  # half up
        ("≥", 100, 0, "0"),
        ("≥", 100, -5, "0"),
        ("≥", 0, 0, "10"),
        ("≥", 0, -1, "0"),  # missed, and nothing to measure it by
        (
            "≤",
            18,
            "27.34",
            "6.58",
        ),  # reference text: the cost target that was printed for the arbitration project
        ("≤", 45, "27.34", "10"),
        ("≤", 45, 45, "10"),
        ("≤", 10, 20, "5"),
        ("≤", 0, 0, "10"),
        ("≤", 0, 1, "0"),
        ("≤", 10, 0, "10"),
        ("=", 100, 100, "10"),
        ("=", 100, 90, "9"),
        ("=", 100, 110, "10"),
        ("=", 0, 0, "10"),
        ("=", 0, 2, "0"),
    ],
)
def test_an_indicator(direction: str, target: Any, actual: Any, earned: str) -> None:
    assert score(RATIO, direction, 10, target, actual) == D(earned)


@pytest.mark.parametrize(
    ("target", "actual", "earned"),
    [(10, 10, "8"), (10, 15, "4"), (10, 20, "0"), (10, 25, "0"), (10, 12, "6.40"), (0, 1, "0")],
)
def test_the_other_reverse_formula(target: int, actual: int, earned: str) -> None:
    """w×(1−(B−A)÷A), nothing from twice the target on."""
    assert score(DIFFERENCE, "≤", 8, target, actual) == D(earned)


@pytest.mark.parametrize(
    ("band", "share", "earned"),
    [
        ("达成", None, "20"),
        ("达成", "0.85", "17"),
        ("部分", "0.655", "13.10"),
        ("未达", "0", "0"),
        ("部分", "1.5", "20"),
    ],
)
def test_a_goal_without_numbers(band: str, share: str | None, earned: str) -> None:
    given = literal(D(share)) if share else BLANK
    value = scheme(RATIO)[words.INDICATOR_SCORE]("定性", points(20), BLANK, BLANK, band, given)
    assert value.value == D(earned)


def test_what_is_missing_makes_a_score_missing() -> None:
    verb = scheme(RATIO)[words.INDICATOR_SCORE]
    assert verb(BLANK, points(10), people(1), people(1), BLANK, BLANK) is BLANK
    assert verb("≥", BLANK, people(1), people(1), BLANK, BLANK) is BLANK
    assert verb("≥", points(10), BLANK, people(1), BLANK, BLANK) is BLANK
    assert verb("≥", points(10), people(1), BLANK, BLANK, BLANK) is BLANK
    assert verb("定性", points(10), BLANK, BLANK, BLANK, BLANK) is BLANK
    assert (
        verb("定性", points(10), BLANK, BLANK, "部分", BLANK) is BLANK
    )  # only the first band has a share of its own
    with pytest.raises(Refused, match="没有档次“一般”"):
        verb("定性", points(10), BLANK, BLANK, "一般", BLANK)


@pytest.mark.parametrize(
    ("budget", "spent", "earned"),
    [
        ("45", "27.34", "12.15"),
        ("63", "62.89", "19.97"),
        ("13", "12.99", "19.98"),
        ("20", "19", "19"),
        ("10", "12", "20"),
        ("10", "-1", "0"),
    ],
)
def test_execution(budget: str, spent: str, earned: str) -> None:
    value = scheme(RATIO)[words.EXECUTION_SCORE](Num(D(budget), YUAN), Num(D(spent), YUAN))
    assert value.value == D(earned)


def test_execution_without_a_budget() -> None:
    with pytest.raises(NumberError, match="除数为 0"):
        scheme(RATIO)[words.EXECUTION_RATE](Num(D(0), YUAN), Num(D(1), YUAN))


@pytest.mark.parametrize(
    ("points_", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades(points_: str, grade: str) -> None:
    assert scheme(RATIO)[words.GRADE](points(points_)) == grade


def test_the_weight_of_a_part() -> None:
    full = scheme(DIFFERENCE)[words.FULL]
    assert [full(part).value for part in DIFFERENCE.weights] == [10, 50, 30, 10]
    with pytest.raises(Refused, match="没有计分部分“产出指标”，是否指“产出”？"):
        full("产出指标")


AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=2)
WEIGHTS = st.integers(min_value=1, max_value=50)


@given(
    st.sampled_from(["≥", "≤", "="]),
    WEIGHTS,
    AMOUNTS,
    AMOUNTS,
    st.sampled_from([RATIO, DIFFERENCE]),
)
def test_a_score_lies_between_nothing_and_its_weight(
    direction: str, weight: int, target: D, actual: D, rules: Scoring
) -> None:
    earned = score(rules, direction, weight, target, actual)
    assert 0 <= earned <= weight
    assert earned == earned.quantize(D("0.01"))
    met = {"≥": actual >= target, "≤": actual <= target, "=": actual == target}[direction]
    if met:
        assert earned == weight


@given(WEIGHTS, AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from([RATIO, DIFFERENCE]))
def test_doing_better_never_earns_less(
    weight: int, target: D, one: D, other: D, rules: Scoring
) -> None:
    worse, better = sorted((one, other))
    assert score(rules, "≥", weight, target, worse) <= score(rules, "≥", weight, target, better)
    assert score(rules, "≤", weight, target, better) <= score(rules, "≤", weight, target, worse)


def test_the_working_of_a_score_is_told(filing: Filing) -> None:
    lines = list(chain(filing.value("项目.P16.得分"), filing.opened.edition))
    assert lines[0] == "项目.P16.得分 = 项目.P16.执行得分 + 项目.P16.指标得分 = 92.15分"
    text = "\n".join(lines)
    assert "项目.P16.执行得分 = 20 × 项目.P16.执行数 ÷ 项目.P16.全年预算数 = 12.15分" in text
    assert "满分(项目指标.P16.1.分值, 项目指标.P16.1.完成值, 项目指标.P16.1.目标值)" in text
    assert "【项目资金】" in text
    assert text.count("20 × 项目.P16.执行数") == 1  # what is rounded is told once


def test_an_edition_without_scoring_has_no_verbs() -> None:
    assert verbs(Edition(title="", roles=Roles(body="", year=""), units={}, document=[])) == {}


def test_rules_that_cannot_be(plan: opening.OpenEdition) -> None:
    import msgspec

    from reportgen.edition.soundness.scoring import faults

    wrong = msgspec.structs.replace(
        RATIO,
        unit="点",
        weights={"产出": D(40)},
        execution="执行",
        bands=list(reversed(BANDS)),
        grades=[],
    )
    told = faults(msgspec.structs.replace(plan.edition, scoring=wrong))
    assert [f.place.cell for f in told] == [
        "scoring.unit",
        "scoring.weights",
        "scoring.execution",
        "scoring.grades、bands",
        "scoring.bands",
    ]


def test_every_verb_is_a_word_of_the_language() -> None:
    assert set(words.SCORING_VERBS) == {verb.word for verb in VERBS}
