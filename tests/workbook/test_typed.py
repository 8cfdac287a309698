"""What people type and what Excel makes of it: per cents, dates, counts, signs that nobody sees."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from desk import Desk
from reportgen.language.names import path
from reportgen.language.numbers import Missing, Num
from reportgen.language.values import look
from reportgen.workbook.reading.shown import shown

GOALS = "项目指标"
RATE_ROW, COUNT_ROW, MONEY_ROW = 4, 8, 1  # in 百分比, 场, 万元


def put(desk: Desk, name: str, value: Any, number_format: str, row: int = 0) -> str:
    where = desk.put(name, value, row)
    desk.cell(name, row).number_format = number_format
    return where


def told(desk: Desk, where: str) -> list[str]:
    """The findings about one cell: severity and id."""
    return [f"{f.severity.value} {f.id}" for f in desk.filing().findings if str(f.place) == where]


def value(desk: Desk, column: str, row: int) -> Any:
    record = list(desk.filing().facts[GOALS])[row]
    return record.members[column]


@pytest.mark.parametrize(
    ("typed", "number_format", "notes"),
    [
        (0.95, "0%", []),
        (0.95, "0.00%", []),
        (95, "General", []),
        ("95%", "General", ["note text-number"]),
        ("95％", "@", ["note text-number"]),
        ("９５％", "@", ["note text-number"]),
    ],
)
def test_a_percentage_is_one_value_however_it_is_typed(
    desk: Desk, typed: Any, number_format: str, notes: list[str]
) -> None:
    where = put(desk, f"{GOALS}.完成值", typed, number_format, RATE_ROW)
    assert told(desk, where) == notes
    number = value(desk, "完成值", RATE_ROW)
    assert isinstance(number, Num)
    assert number.value == Decimal("0.95")


@pytest.mark.parametrize(("typed", "asked"), [(0.9735, 1), (1, 1), (0.5, 1), (1.01, 0), (0, 0)])
def test_a_bare_fraction_of_per_cents_is_asked_about(desk: Desk, typed: float, asked: int) -> None:
    where = put(desk, f"{GOALS}.完成值", typed, "General", RATE_ROW)
    assert told(desk, where) == ["warning fraction"] * asked
    assert value(desk, "完成值", RATE_ROW).value == Decimal(str(typed)) / 100


@pytest.mark.parametrize("row", [COUNT_ROW, MONEY_ROW])
def test_a_per_cent_of_something_else_is_told(desk: Desk, row: int) -> None:
    where = put(desk, f"{GOALS}.完成值", 0.95, "0%", row)
    assert told(desk, where) == ["error percent"]
    assert isinstance(value(desk, "完成值", row), Missing)


def test_half_of_a_thing_that_is_counted_is_told(desk: Desk) -> None:
    where = put(desk, f"{GOALS}.完成值", 2.6, "General", COUNT_ROW)
    assert told(desk, where) == ["error count"]
    assert isinstance(value(desk, "完成值", COUNT_ROW), Missing)


@pytest.mark.parametrize(("typed", "faulty"), [(3.7, 1), (-2, 1), (0, 0), (12, 0)])
def test_counts_are_whole_and_not_negative(desk: Desk, typed: float, faulty: int) -> None:
    where = desk.put("国有资产.其他用车", typed)
    assert told(desk, where) == ["error count"] * faulty


@pytest.mark.parametrize(
    ("typed", "number_format", "text"),
    [
        (datetime.datetime(2024, 5, 1), 'yyyy"年"m"月"', "2024年5月"),
        (datetime.datetime(2024, 3, 5), 'm"月"d"日"', "3月5日"),
        (datetime.datetime(2024, 3, 5), "mm-dd-yy", "2024/3/5"),
        (datetime.datetime(2024, 3, 5), "[$-804]yyyy\\-mm\\-dd;@", "2024-03-05"),
        (datetime.time(8, 30), "h:mm", "8:30"),
        (datetime.timedelta(hours=8, minutes=5), "h:mm:ss", "8:05:00"),
        (datetime.datetime(2024, 3, 5), "General", "2024-03-05T00:00:00"),
        (0.95, "0%", "95%"),
        (0.9735, "0.00%", "97.35%"),
        (0.125, "0%", "13%"),
        (12.5, "General", "12.5"),
        (20240501, "General", "20240501"),
        ("甲", "@", "甲"),
    ],
)
def test_a_text_prints_as_its_cell_shows_it(typed: Any, number_format: str, text: str) -> None:
    assert shown(typed, number_format) == text


def test_a_date_in_a_text_cell_is_the_text_that_people_see(desk: Desk) -> None:
    put(desk, f"{GOALS}.完成情况", datetime.datetime(2022, 12, 1), 'yyyy"年"m"月"', 0)
    assert str(value(desk, "完成情况", 0)) == "2022年12月"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (20230915, (2023, 9, 15)),
        ("20230915", (2023, 9, 15)),
        ("２０２３年９月１５日", (2023, 9, 15)),
        ("2023.9.15", (2023, 9, 15)),
        (datetime.datetime(2023, 9, 15), (2023, 9, 15)),
        (24, None),
        (datetime.datetime(1900, 1, 24), None),
        (datetime.datetime(2923, 9, 15), None),
        ("20231315", None),
    ],
)
def test_dates_have_bounds(desk: Desk, typed: Any, day: tuple[int, int, int] | None) -> None:
    where = put(desk, "基本信息.公开日期", typed, "General")
    assert told(desk, where) == ([] if day else ["error date"])
    read = look(desk.filing().facts, path("基本信息.公开日期"))
    assert isinstance(read, Missing) if day is None else (read.year, read.month, read.day) == day


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("第一行_x000B_第二行", "第一行第二行"),
        ("第一行_x000A_第二行", "第一行\n第二行"),
        ("编号_x005F_x0041_", "编号_x0041_"),
        ("零\u200b宽\ufeff空", "零宽空"),
    ],
)
def test_signs_are_read_as_they_were_typed(desk: Desk, typed: str, text: str) -> None:
    desk.put(f"{GOALS}.完成情况", typed, 0)
    assert str(value(desk, "完成情况", 0)) == text


def test_a_heading_with_a_sign_that_nobody_sees_is_found(desk: Desk) -> None:
    heading = desk.heading(GOALS, "完成值")
    heading.value = f"\u200b{heading.value}\ufeff"
    assert [f.id for f in desk.read().findings] == []
