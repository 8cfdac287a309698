"""How the edition prints one value: every filter, its rounding and its refusals."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.findings import Place
from reportgen.language.names import Name
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError
from reportgen.language.syntax import Refused
from reportgen.language.units import Unit
from reportgen.language.values import ABSENT, Prose, Record
from reportgen.tasks.opening import OpenEdition
from reportgen.wording.formats import Printed, Tabled, filters, printable
from reportgen.wording.prose import ProseReader

law = settings(max_examples=200, deadline=None)

Filters = dict[str, Callable[[Any], str]]
UNITS = [
    *("万元", "元", "亿元", "百分比", "整百分比", "千分比", "百分点", "分", "年"),
    *("人", "万人", "人次", "张", "万张", "小时", "个月", "公里", "平方米"),
    *"家个件笔场期份条次辆台名户处座所套批册天亩吨",
]
OWN = ["表", "数", "原单位", "大写", "日期", "千分位"]
values = st.builds(
    lambda n, shift: Decimal(n).scaleb(-shift),
    st.integers(-(10**10), 10**10)
    | st.integers(-(10**4), 10**4).map(lambda n: 10 * n + 5),  # many halves
    st.integers(-5, 8),
)


@pytest.fixture(scope="module")
def units(plan: OpenEdition) -> dict[str, Unit]:
    return plan.edition.measures


@pytest.fixture(scope="module")
def formats(plan: OpenEdition) -> Filters:
    return filters(plan.edition)


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounding in whole numbers only."""
    size = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, 10**places)


def test_the_edition_has_these_filters_and_no_others(formats: Filters) -> None:
    assert sorted(formats) == sorted([*UNITS, *OWN, "纵并"])


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("万元", "31980300", "3198.03万元"),
        ("万元", "31980000", "3198万元"),
        ("万元", "12345000", "1234.5万元"),
        ("万元", "10000000", "1000万元"),
        ("万元", "31980350", "3198.04万元"),
        ("万元", "-31980350", "-3198.04万元"),
        ("万元", "-18337700", "-1833.77万元"),
        ("万元", "0", "0万元"),
        ("万元", "-49.99", "0万元"),
        ("元", "1234.50", "1234.5元"),
        ("元", "1234.565", "1234.57元"),
        ("元", "100", "100元"),
        ("亿元", "600007738", "6亿元"),
        ("亿元", "655007738", "6.55亿元"),
        ("百分比", "0.3644", "36.44%"),
        ("百分比", "0.5", "50%"),
        ("百分比", "1", "100%"),
        ("百分比", "-0.05", "-5%"),
        ("百分比", "-0.00004", "0%"),
        ("千分比", "0.0123", "12.3‰"),
        ("百分点", "0.01254", "1.25个百分点"),
        ("人", "100", "100人"),
        ("人", "2.5", "3人"),
        ("年", "2022", "2022年"),
        ("年", "2020", "2020年"),
    ],
)
def test_units(formats: Filters, units: dict[str, Unit], name: str, value: str, text: str) -> None:
    assert formats[name](Num(Decimal(value), units[name])) == text


@pytest.mark.parametrize(
    ("unit", "value", "table", "bare"),
    [
        ("万元", "31980000", "3198.00", "3198"),
        ("万元", "12345000", "1234.50", "1234.5"),
        ("万元", "-49.99", "0.00", "0"),
        ("万元", "-50", "-0.01", "-0.01"),
        ("元", "1234.565", "1234.57", "1234.57"),
        ("人", "100", "100", "100"),
        ("年", "2022", "2022", "2022"),
        ("百分比", "0.364", "36.40", "36.4"),
    ],
)
def test_bare_numbers_stand_in_their_own_unit(
    formats: Filters, units: dict[str, Unit], unit: str, value: str, table: str, bare: str
) -> None:
    num = Num(Decimal(value), units[unit])
    assert formats["表"](num) == table
    assert formats["数"](num) == bare


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_capitals_count_in_yuan_whatever_the_unit(
    formats: Filters, units: dict[str, Unit], unit: str
) -> None:
    assert formats["大写"](Num(Decimal(31980300), units[unit])) == "叁仟壹佰玖拾捌万零叁佰元整"


@pytest.mark.parametrize("unit", ["人", "年", "百分比"])
def test_capitals_are_for_money_only(formats: Filters, units: dict[str, Unit], unit: str) -> None:
    with pytest.raises((NumberError, Refused)):
        formats["大写"](Num(Decimal(3), units[unit]))


def test_dates_have_no_leading_zeros(formats: Filters) -> None:
    assert formats["日期"](datetime.date(2023, 9, 5)) == "2023年9月5日"
    assert formats["日期"](datetime.date(2023, 12, 15)) == "2023年12月15日"


# -- laws
# ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", UNITS)
@law
@given(value=values)
def test_a_print_is_the_exact_number_rounded_half_up(
    formats: Filters, units: dict[str, Unit], name: str, value: Decimal
) -> None:
    unit = units[name]
    text = formats[name](Num(value, unit))
    assert text.endswith(unit.suffix)
    assert Fraction(text.removesuffix(unit.suffix)) == half_up(
        Fraction(value) / Fraction(unit.factor), unit.places
    )


@pytest.mark.parametrize("name", ["万元", "元", "亿元", "百分比", "千分比", "百分点"])
@law
@given(value=values)
def test_sentences_end_no_decimals_in_zero(
    formats: Filters, units: dict[str, Unit], name: str, value: Decimal
) -> None:
    digits = formats[name](Num(value, units[name])).removesuffix(units[name].suffix)
    assert "." not in digits or digits[-1] not in "0."
    assert digits not in ("-0", "")


@pytest.mark.parametrize(("unit", "places"), [("万元", 2), ("元", 2), ("百分比", 2), ("人", 0)])
@law
@given(value=values)
def test_tables_have_fixed_decimals(
    formats: Filters, units: dict[str, Unit], unit: str, places: int, value: Decimal
) -> None:
    digits = formats["表"](Num(value, units[unit]))
    assert len(digits.partition(".")[2]) == places
    assert not (digits.startswith("-") and Decimal(digits) == 0)


@pytest.mark.parametrize("name", [*UNITS, "表", "数"])
def test_a_print_remembers_its_number(formats: Filters, units: dict[str, Unit], name: str) -> None:
    num = Num(Decimal(5), units.get(name, units["元"]))
    text = formats[name](num)
    assert isinstance(text, Printed)
    assert text.num is num
    assert isinstance(text, Tabled) == (name == "表")


# -- refusals
# --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", UNITS + OWN)
def test_text_is_refused_by_filter_and_text(formats: Filters, name: str) -> None:
    with pytest.raises(Refused) as refused:
        formats[name]("曾都区")
    assert f"|{name}" in str(refused.value)
    assert "曾都区" in str(refused.value)


@pytest.mark.parametrize("name", UNITS + OWN)
def test_a_missing_value_is_refused_by_its_name_and_cell(formats: Filters, name: str) -> None:
    with pytest.raises(MissingValue, match=r"基本信息.编制 未填【基本信息】B7"):
        formats[name](Missing(Name("基本信息", "编制"), Place(sheet="基本信息", cell="B7")))


@pytest.mark.parametrize(
    ("name", "unit"),
    [("万元", "人"), ("人", "万元"), ("百分比", "元"), ("年", "人"), ("亿元", "百分比")],
)
def test_a_unit_of_another_dimension_is_refused(
    formats: Filters, units: dict[str, Unit], name: str, unit: str
) -> None:
    with pytest.raises(NumberError, match=f"编制.*“{name}”"):
        formats[name](Num(Decimal(5), units[unit], name=Name("编制")))


def test_a_number_is_no_date(formats: Filters, units: dict[str, Unit]) -> None:
    with pytest.raises(Refused, match=r"基本信息.年度"):
        formats["日期"](Num(Decimal(2022), units["年"], name=Name("基本信息", "年度")))


def test_a_cell_that_the_form_does_not_have_prints_as_nothing_in_tables_only(
    formats: Filters, plan: OpenEdition
) -> None:
    assert formats["表"](ABSENT) == ""
    assert printable(ABSENT, plan.edition, by_convention=False) == ""
    with pytest.raises(Refused):
        formats["万元"](ABSENT)


# -- without a format
# ------------------------------------------------------------------------------------------------------


def test_a_bare_number_is_refused_where_it_is_printed(
    plan: OpenEdition, units: dict[str, Unit]
) -> None:
    num = Num(Decimal(5), units["元"], name=Name("收支总表", "收入总计"))
    with pytest.raises(NumberError, match=r"收支总表.收入总计：打印数字要写明格式"):
        printable(num, plan.edition, by_convention=False)
    with pytest.raises(NumberError, match=r"收支总表.收入总计：打印数字要写明格式"):
        ProseReader(plan.edition, plan.languages.templates).text_of(num, {})


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("元", "31980300", "3198.03万元"),
        ("人", "12", "12人"),
        ("百分比", "0.25", "25%"),
        ("年", "2022", "2022年"),
    ],
)
def test_by_convention_a_number_takes_the_unit_of_its_dimension(
    plan: OpenEdition, units: dict[str, Unit], unit: str, value: str, text: str
) -> None:
    assert printable(Num(Decimal(value), units[unit]), plan.edition, by_convention=True) == text


def test_texts_and_dates_need_no_format_tables_and_missing_values_do_not_print(
    plan: OpenEdition,
) -> None:
    assert printable("曾都区", plan.edition, by_convention=False) == "曾都区"
    assert printable(Prose("一段文字", Name("甲")), plan.edition, by_convention=False) == "一段文字"
    assert printable(datetime.date(2023, 9, 5), plan.edition, by_convention=False) == "2023年9月5日"
    with pytest.raises(Refused, match=r"收支总表"):
        printable(Record(Name("收支总表"), {}), plan.edition, by_convention=False)
    with pytest.raises(MissingValue, match=r"公开日期 未填"):
        printable(Missing(Name("公开日期"), None), plan.edition, by_convention=False)


# -- 千分位
# -------------------------------------------------------------------------------------------------------


@law
@given(values, st.sampled_from(["万元", "元", "亿元", "表", "数", "原单位"]))
def test_thousands_are_set_apart_and_nothing_else_changes(
    formats: Filters, units: dict[str, Unit], value: Decimal, name: str
) -> None:
    num = Num(value, units["元"])
    plain = formats[name](num)
    grouped = formats["千分位"](plain)
    assert grouped.replace(",", "") == plain
    assert (grouped.__class__, grouped.num) == (plain.__class__, num)
    whole = re.match(r"-?([\d,]+)", grouped)[1]
    first, *others = whole.split(",")
    assert 1 <= len(first) <= 3
    assert all(len(digits) == 3 for digits in others)
    assert "," not in grouped[whole.__len__() + grouped.startswith("-") :]


@pytest.mark.parametrize(
    ("value", "first", "text"),
    [
        ("31980300", "万元", "3,198.03万元"),
        ("31980300", "元", "31,980,300元"),
        ("-1234567.89", "元", "-1,234,567.89元"),
        ("1234567", "表", "1,234,567.00"),
        ("999.995", "表", "1,000.00"),
        ("999", "数", "999"),
        ("1000", "", "1,000"),
    ],
)
def test_thousands(
    formats: Filters, units: dict[str, Unit], value: str, first: str, text: str
) -> None:
    num: Any = Num(Decimal(value), units["元"])
    assert formats["千分位"](formats[first](num) if first else num) == text


@pytest.mark.parametrize("first", ["大写", "年", "日期", ""])
def test_what_has_no_thousands(formats: Filters, units: dict[str, Unit], first: str) -> None:
    value: Any = {
        "大写": Num(Decimal(1234), units["元"]),
        "年": Num(Decimal(2022), units["年"]),
        "日期": datetime.date(2022, 1, 1),
        "": Num(Decimal(2022), units["年"]),
    }[first]
    with pytest.raises(Refused, match="千分位"):
        formats["千分位"](formats[first](value) if first else value)


def test_a_cell_that_the_form_does_not_have_stays_empty(formats: Filters) -> None:
    assert formats["千分位"](formats["表"](ABSENT)) == ""
    assert formats["千分位"](ABSENT) == ""
    with pytest.raises(MissingValue):
        formats["千分位"](Missing(Name("甲"), None))
