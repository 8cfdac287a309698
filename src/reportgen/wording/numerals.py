"""Chinese numerals for num2words, which has none: a converter at its own extension point, under zh
and zh_CN.

`num2words(18, lang="zh")` gives 十八. Registering is idempotent and wins over a later num2words.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import num2words as _num2words
from num2words.base import Num2Word_Base

from reportgen.language.numbers import round_half_up

_DIGITS, _SMALL = "零一二三四五六七八九", (("千", 1000), ("百", 100), ("十", 10))
_BIG = (("亿", 10**8), ("万", 10**4))
LIMIT = 10**16  # the first number that is too large to spell
_CAPITALS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def _spelt(n: int) -> str:
    """n > 0 in full: 一百一十, 一万零三."""
    for name, size in (*_BIG, *_SMALL):
        if n >= size:
            high, low = divmod(n, size)
            gap = "零" if low and low < size // 10 else ""
            return _spelt(high) + name + (gap + _spelt(low) if low else "")
    return _DIGITS[n]


class ChineseNumerals(Num2Word_Base):  # type: ignore[misc]
    """Cardinals and amounts of money in capitals (大写). Raises OverflowError from LIMIT on."""

    def setup(self) -> None:
        """No word lists: spelling is by rule."""
        self.negword, self.pointword = "负", "点"
        self.high_numwords: list[str] = []
        self.mid_numwords: list[str] = []
        self.low_numwords: list[str] = []

    def set_numwords(self) -> None:
        """What the base class wants to find."""
        self.cards = {0: _DIGITS[0]}

    def to_cardinal(self, value: Any) -> str:
        """123 → 一百二十三, 15 → 十五, 0.5 → 零点五."""
        number = Decimal(str(value))
        if abs(number) >= LIMIT:
            raise OverflowError(value)
        sign = self.negword if number < 0 else ""
        whole, _, fraction = f"{abs(number):f}".partition(".")
        text = _spelt(int(whole)) if int(whole) else _DIGITS[0]
        text = text.removeprefix("一") if text.startswith("一十") else text
        if fraction.strip("0"):
            text += self.pointword + "".join(_DIGITS[int(d)] for d in fraction.rstrip("0"))
        return sign + text

    def to_currency(self, value: Any, **_: Any) -> str:
        """Yuan in capitals: 31980300 → 叁仟壹佰玖拾捌万零叁佰元整."""
        amount = round_half_up(Decimal(str(value)), 2)
        if abs(amount) >= LIMIT:
            raise OverflowError(value)
        yuan, cents = divmod(int(abs(amount) * 100), 100)
        jiao, fen = divmod(cents, 10)
        text = (_spelt(yuan) + "元") if yuan else ""
        if jiao:
            text += ("零" if yuan and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
        elif fen and yuan:
            text += "零"
        text += _DIGITS[fen] + "分" if fen else "整"
        text = text if yuan or cents else "零元整"
        return ("负" if amount < 0 else "") + text.translate(_CAPITALS)


def register() -> None:
    """Makes `num2words(..., lang="zh")` speak Chinese."""
    converter = ChineseNumerals()
    _num2words.CONVERTER_CLASSES.update({"zh": converter, "zh_CN": converter})


register()


@cache
def cardinal(n: int) -> str:
    """18 → 十八. Raises OverflowError from LIMIT on."""
    return str(_num2words.num2words(n, lang="zh"))


def capitals(yuan: Decimal) -> str:
    """An amount in 元 as cheques write it, rounded to 分: 叁拾元零伍分. Raises OverflowError from
    LIMIT on."""
    return str(_num2words.num2words(yuan, lang="zh", to="currency"))
