"""Chinese numerals: what num2words says under zh, and that what it says can be read back."""

from __future__ import annotations

import importlib
import re
from decimal import Decimal

import num2words as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from reportgen.wording import numerals

law = settings(max_examples=200, deadline=None)

DIGITS = "零一二三四五六七八九"
CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
SIZES = [("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)]


def number_of(text: str) -> int:
    """Reads a numeral back, strictly: 零 stands where a place was skipped, and nowhere else."""
    for sign, size in SIZES:
        high, found, low = text.partition(sign)
        if found:
            below = number_of(low.removeprefix("零")) if low else 0
            assert low.startswith("零") == (0 < below < size // 10), text
            return (number_of(high) if high else 1) * size + below
    assert len(text) == 1, text
    return DIGITS.index(text)


def amount_of(text: str) -> Decimal:
    """Reads an amount in capitals back."""
    found = re.fullmatch(r"(负?)(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分)?整?", text.translate(CAPITALS))
    assert found, text
    yuan, jiao, fen = (number_of(part) if part else 0 for part in found.groups()[1:])
    return (-1 if found[1] else 1) * (yuan + Decimal(10 * jiao + fen) / 100)


numbers = (
    st.integers(0, 10**15)
    | st.integers(0, 10**5)
    | st.lists(st.sampled_from("0001257"), max_size=15).map(lambda d: int("0" + "".join(d)))
)


@law
@given(numbers)
def test_a_spelt_numeral_reads_back_as_the_number(n: int) -> None:
    assert number_of(num2words(n, lang="zh")) == n


@law
@given(numbers)
def test_a_negative_number_is_its_opposite_after_负(n: int) -> None:
    if n:
        assert num2words(-n, lang="zh") == "负" + num2words(n, lang="zh")


@law
@given(st.integers(-(10**8), 10**8), st.integers(1, 4))
def test_decimals_are_spelt_digit_by_digit(n: int, places: int) -> None:
    value = Decimal(n).scaleb(-places)
    whole, _, fraction = num2words(value, lang="zh").removeprefix("负").partition("点")
    assert number_of(whole) == int(abs(value))
    assert "".join(str(DIGITS.index(d)) for d in fraction) == str(abs(value) % 1)[2:].rstrip("0")


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1010, "一千零一十"),
        (10003, "一万零三"),
        (100000, "十万"),
        (150000, "十五万"),
        (10010000, "一千零一万"),
        (100000000, "一亿"),
        (600007738, "六亿零七千七百三十八"),
        (10**12, "一万亿"),
        (-12, "负十二"),
        (0.5, "零点五"),
        (Decimal("-3.140"), "负三点一四"),
        (Decimal("10.05"), "十点零五"),
        (Decimal("7.00"), "七"),
        ("18", "十八"),
    ],
)
def test_cardinals(n: object, text: str) -> None:
    assert num2words(n, lang="zh") == text


@pytest.mark.parametrize("n", [10**16, -(10**16)])
@pytest.mark.parametrize("to", ["cardinal", "currency"])
def test_what_is_too_large_to_spell_is_refused(n: int, to: str) -> None:
    with pytest.raises(OverflowError):
        num2words(n, lang="zh", to=to)


# -- amounts in capitals
# ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("31980300", "叁仟壹佰玖拾捌万零叁佰元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("30.05", "叁拾元零伍分"),
        ("100.50", "壹佰元零伍角整"),
        ("10.5", "壹拾元零伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10", "壹拾元整"),
        ("150000", "壹拾伍万元整"),
        ("-3.2", "负叁元贰角整"),
        ("2.345", "贰元叁角伍分"),
        ("-0.004", "零元整"),
    ],
)
def test_amounts_in_capitals(value: str, text: str) -> None:
    assert (
        num2words(Decimal(value), lang="zh", to="currency")
        == numerals.capitals(Decimal(value))
        == text
    )


@law
@given(st.integers(-(10**17), 10**17) | st.integers(-(10**5), 10**5))
def test_capitals_lose_no_digit(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    text = numerals.capitals(amount)
    assert amount_of(text) == amount
    assert text.endswith("整") == (cents % 10 == 0)
    assert not set(text) & set("一二三四五六七八九十百千")


@law
@given(st.integers(1, 10**6), st.integers(1, 9))
def test_fen_after_whole_yuan_follow_a_zero(yuan: int, fen: int) -> None:
    assert "元零" in numerals.capitals(yuan + Decimal(fen) / 100)


# -- the extension point
# ---------------------------------------------------------------------------------------------------


def test_the_long_code_speaks_the_same() -> None:
    assert num2words(31, lang="zh_CN") == num2words(31, lang="zh") == "三十一"
    assert num2words(3, lang="zh_CN", to="currency") == "叁元整"


def test_registering_twice_changes_nothing_else() -> None:
    before = set(library.CONVERTER_CLASSES)
    importlib.reload(numerals)
    numerals.register()
    assert set(library.CONVERTER_CLASSES) == before
    assert num2words(18, lang="zh") == "十八"
    assert num2words(18, lang="en") == "eighteen"


def test_a_converter_already_under_zh_is_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("zh", "zh_CN"):
        monkeypatch.setitem(library.CONVERTER_CLASSES, code, library.CONVERTER_CLASSES["en"])
    assert num2words(18, lang="zh") == "eighteen"
    numerals.register()
    assert (
        num2words(18, lang="zh") == num2words(18, lang="zh_CN") == numerals.cardinal(18) == "十八"
    )
