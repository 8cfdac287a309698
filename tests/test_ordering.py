"""排序, 前 and 平均: rows in order, the first of them, and means."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.language.expressions import Language
from reportgen.language.functions import FUNCTIONS
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError, formula
from reportgen.language.slack import slack
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.language.values import Day, Record, Rows, Text, Values

YUAN = Unit("元", "元", suffix="元")
PEOPLE = Unit("人", "人", places=0)
AMOUNTS = st.lists(st.decimals(-999, 999, places=2), max_size=12)


def table(*records: dict[str, Any], withheld: frozenset[Name] = frozenset()) -> Rows:
    items = [Record(Name("表", key=str(n)), r | {"号": str(n)}) for n, r in enumerate(records)]
    columns = {
        column: Values(Name("表", column=column), [r[column] for r in records], [], YUAN)
        for column in (records[0] if records else ("甲",))
    }
    return Rows(Name("表"), items, "号", columns, withheld)


def yuan(value: Decimal | int, unit: Unit = YUAN) -> Num:
    return Num(Decimal(value), unit, name=Name("表", column="甲"), half=Decimal(0))


def value(source: str, **names: Any) -> Any:
    return Language(FUNCTIONS).compile(source, list(names))(names)


def numbers(rows: Rows) -> list[str]:
    return [row.member("号") for row in rows]


# -- 排序
# ---------------------------------------------------------------------------------------------------------


@given(AMOUNTS)
def test_rows_are_sorted_and_equal_ones_keep_their_order(amounts: list[Decimal]) -> None:
    rows = table(*({"甲": yuan(a)} for a in amounts))
    up = sorted(range(len(amounts)), key=lambda n: (amounts[n], n))
    down = sorted(range(len(amounts)), key=lambda n: (-amounts[n], n))
    assert numbers(value("排序(表, '甲')", 表=rows)) == list(map(str, up))
    assert numbers(value("排序(表, '-甲')", 表=rows)) == list(map(str, down))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=10))
def test_equal_rows_are_sorted_by_the_next_column(pairs: list[tuple[int, int]]) -> None:
    rows = table(*({"甲": yuan(a), "乙": yuan(b)} for a, b in pairs))
    wanted = sorted(range(len(pairs)), key=lambda n: (-pairs[n][0], pairs[n][1], n))
    assert numbers(value("排序(表, '-甲', '乙')", 表=rows)) == list(map(str, wanted))


def test_dates_are_sorted() -> None:
    rows = table(*({"甲": Day(2024, month, 1)} for month in (3, 1, 2)))
    assert numbers(value("排序(表, '甲')", 表=rows)) == ["1", "2", "0"]
    assert isinstance(rows.items[0].member("甲"), datetime.date)


def test_a_column_of_units_is_sorted_by_what_it_counts() -> None:
    thousand = Unit("千元", "元", Decimal(1000))
    rows = table({"甲": yuan(2000, thousand)}, {"甲": yuan(1999)})
    assert numbers(value("排序(表, '甲')", 表=rows)) == ["1", "0"]


def test_what_is_withheld_is_in_no_order() -> None:
    rows = table(*({"甲": yuan(n)} for n in range(3)), withheld=frozenset([Name("表", key="2")]))
    assert numbers(value("前(排序(表, '-甲'), 2)", 表=rows)) == ["1", "0"]


@pytest.mark.parametrize(
    ("source", "error", "told"),
    [
        ("排序(表)", Refused, "排序 不能这样用：表"),
        ("排序('表', '甲')", Refused, "不能这样用"),
        ("排序(表.甲, '甲')", Refused, "不能这样用"),
        ("排序(表, '申')", Refused, "没有“申”"),
        ("排序(表, '文')", Refused, "只能按数字或日期排序，“文”是文字（某文）"),
        ("排序(表, '缺')", MissingValue, "缺 未填"),
        ("排序(表, '杂')", NumberError, "计量单位不同"),
        ("前(表, 0)", Refused, "要是 1 以上的整数，不能是 0"),
        ("前(表, -1)", Refused, "不能是 -1"),
        ("前(表, 1.5)", Refused, r"不能是 1\.5"),
        ("前(表, 100000000)", Refused, "不能是 100000000"),
        ("前(表, '三')", Refused, "不是数字"),
        ("前(表.甲, 1)", Refused, "不能这样用"),
        ("平均(表.文)", Refused, "不是数字"),
        ("平均()", Refused, "平均 不能这样用"),
        ("平均(表.杂)", NumberError, "计量单位不同"),
    ],
)
def test_what_cannot_be(source: str, error: type[Exception], told: str) -> None:
    missing = Missing(Name("表", column="缺"), None)
    rows = table(
        {"甲": yuan(1), "文": Text("某文"), "缺": yuan(1), "杂": yuan(1)},
        {"甲": yuan(2), "文": Text("某文"), "缺": missing, "杂": yuan(2, PEOPLE)},
    )
    with pytest.raises(error, match=told):
        value(source, 表=rows)


# -- 前
# ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, 8), st.integers(1, 12))
def test_the_first_rows_or_all(count: int, wanted: int) -> None:
    rows = table(*({"甲": yuan(n)} for n in range(count)))
    first = numbers(value(f"前(表, {wanted})", 表=rows))
    assert first == [str(n) for n in range(min(count, wanted))]


def test_what_is_missing_passes_through() -> None:
    missing = Missing(Name("表"), None)
    assert value("前(排序(表, '甲'), 3)", 表=missing) is missing
    assert value("平均(格, 3)", 格=missing) is missing


# -- 平均
# ---------------------------------------------------------------------------------------------------------


@given(AMOUNTS.filter(bool))
def test_the_mean_is_the_sum_by_the_number_in_their_unit(amounts: list[Decimal]) -> None:
    rows = table(*({"甲": yuan(a)} for a in amounts))
    mean = value("平均(表.甲)", 表=rows)
    exact = Fraction(sum(map(Fraction, amounts)), len(amounts))
    assert mean.unit is YUAN
    assert abs(Fraction(mean.value) - exact) < Fraction(1, 10**20)
    assert min(amounts) <= mean.rounded(YUAN).value <= max(amounts)


@given(AMOUNTS.filter(bool), st.randoms(use_true_random=False))
def test_the_mean_knows_no_order(amounts: list[Decimal], choose: Any) -> None:
    shuffled = list(amounts)
    choose.shuffle(shuffled)
    means = [
        value("平均(表.甲)", 表=table(*({"甲": yuan(a)} for a in some))).value
        for some in (amounts, shuffled)
    ]
    assert means[0] == means[1]


def test_the_mean_of_nothing_is_told(empty: Callable[[], Rows]) -> None:
    with pytest.raises(NumberError, match=r"^表\.甲 一个数也没有，算不出平均。"):
        value("平均(表.甲)", 表=empty())


@pytest.fixture
def empty() -> Callable[[], Rows]:
    return table


def test_a_zero_counts_and_a_missing_number_does_not_pass() -> None:
    assert value("平均(表.甲)", 表=table({"甲": yuan(0)}, {"甲": yuan(3)})).value == Decimal("1.5")
    missing = Missing(Name("表", column="甲"), None)
    assert value("平均(表.甲)", 表=table({"甲": yuan(3)}, {"甲": missing})) is missing


def test_what_is_withheld_is_in_no_mean() -> None:
    column = table({"甲": yuan(1)}, {"甲": yuan(3)}, {"甲": yuan(100)}).columns["甲"]
    column.withheld = frozenset([2])
    assert value("平均(列)", 列=column).value == 2


def test_a_mean_tells_what_it_is_made_of() -> None:
    mean = value("平均(表.甲, 元)", 表=table({"甲": yuan(3)}), 元=yuan(4))
    assert str(mean.name) == "平均(表.甲，表.甲)"
    assert formula(mean) == "sum(表.甲, 表.甲) ÷ 2"
    half = Num(Decimal(3), YUAN, half=Decimal("0.005"))
    assert slack(value("平均(甲, 甲, 甲)", 甲=half)) == pytest.approx(Decimal("0.005"))
