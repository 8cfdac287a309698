"""Units that are the quotient of two others: 元/人."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from reportgen.edition import loading
from reportgen.edition.models import Edition, UnitSpec
from reportgen.findings import Severity
from reportgen.language.names import Name
from reportgen.language.numbers import Num, NumberError
from reportgen.tasks import editions, opening
from reportgen.wording.languages import languages_of

TINY = ROOT / "tests" / "editions" / "tiny"


def edition(**units: UnitSpec) -> Edition:
    """The tiny edition with more units; those that it has were read as it was loaded."""
    found = loading.load(TINY)
    found.units |= units
    vars(found).pop("measures", None)
    return found


def per(of: str, by: str, **more: Any) -> UnitSpec:
    return UnitSpec(quotient=(of, by), places=2, suffix=f"{of}/{by}", **more)


def value(own: Edition, source: str) -> Num:
    names = {
        name: Num(Decimal(amount), own.measures[unit], name=Name(name))
        for name, amount, unit in (
            ("钱", 90, "元"), ("客", 4, "人次"), ("书", 3000, "册"), ("率", "0.5", "百分之")
        )
    }  # fmt: skip
    return languages_of(own).sheets.compile(source, list(names))(names)  # type: ignore[no-any-return]


def printed(own: Edition, source: str) -> str:
    names = {"x": value(own, source.split("|")[0])}
    compiled = languages_of(own).templates.compile(f"x|{source.split('|')[1]}", ["x"])
    return str(compiled(names))


def test_unlike_units_give_the_declared_one() -> None:
    own = edition(元每人次=per("元", "人次"))
    assert printed(own, "钱 / 客|元每人次") == "22.50元/人次"
    assert value(own, "钱 / 客 + 元每人次(1)").value == Decimal("23.5")
    assert printed(own, "(钱 / 客) / 元每人次(9)|百分之") == "250.0%"
    assert printed(own, "钱 / 2|元") == "45.00元"


def test_it_counts_in_the_units_that_it_names() -> None:
    own = edition(千册每人次=per("千册", "人次"), 册每人次=per("册", "人次", printed=True))
    assert printed(own, "书 / 客|千册每人次") == "0.75千册/人次"
    assert printed(own, "书 / 客|原单位") == "750.00册/人次"
    assert value(own, "千册每人次(2)").value == 2000


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_it_is_the_quotient_in_base_units(money: int, visits: int) -> None:
    own = _WITH
    a = Num(Decimal(money), own.measures["元"])
    b = Num(Decimal(visits), own.measures["人次"])
    made = a / b
    assert made.unit.name == "元每人次"
    assert made.to(own.measures["元每人次"]) == Decimal(money) / Decimal(visits)


_WITH = edition(元每人次=per("元", "人次"))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("客 / 钱", "没有声明“人次”除以“元”的计量单位，算不出 客（人次） ÷ 钱（元）"),
        ("书 / 客", '"册每人次" = { quotient = ["册", "人次"], places = 2, suffix = "册/人次" }'),
        ("5 / 客", "计量单位不同"),
        ("钱 / 客 + 钱", "计量单位不同"),
        ("钱 / 客 > 钱", "计量单位不同"),
        ("(钱 / 客) * 客", "两个带单位的数不能相乘"),
        ("(钱 / 客) / 客", "没有声明“元每人次”除以“人次”的计量单位"),
        ("钱 / 0", "除数为 0"),
    ],
)
def test_what_is_not_declared_is_refused(source: str, told: str) -> None:
    with pytest.raises(NumberError) as raised:
        value(_WITH, source)
    assert told in str(raised.value)


def test_the_sentence_that_refuses_says_what_to_write() -> None:
    with pytest.raises(NumberError) as raised:
        value(edition(), "书 / 客")
    line = str(raised.value).partition("加一行：")[2]
    units = tomli.loads(f"[units]\n{line}")["units"]
    name, spec = next(iter(units.items()))
    own = edition(**{name: UnitSpec(**(spec | {"quotient": tuple(spec["quotient"])}))})
    assert value(own, "书 / 客").unit.name == name


# -- what is wrong with one
# --------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def told(folder: Path, line: str) -> list[str]:
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[units]\n", f"[units]\n{line}\n"), encoding="utf-8")
    found = [f for f in editions.faults(folder) if f.severity is Severity.ERROR]
    return [f.sentence.removeprefix("edition.toml：units.") for f in found]


IMPROPER = "比.quotient：quotient 要写两个不同类的计量单位"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"比" = { quotient = ["元", "人"] }', "比.quotient：没有计量单位“人”"),
        ('"比" = { quotient = ["册", "千册"] }', IMPROPER),
        ('"比" = { quotient = ["元", "百分之"] }', IMPROPER),
        (
            '"比" = { quotient = ["商", "册"] }\n"商" = { quotient = ["元", "人次"] }',
            IMPROPER,
        ),
        (
            '"比" = { quotient = ["元", "册"], dimension = "元" }',
            "比.quotient：写了 quotient 的单位",
        ),
        ('"比" = { quotient = ["元", "册"], factor = 10 }', "比.quotient：写了 quotient 的单位"),
        ('"比" = { quotient = "元/册" }', "比.quotient：值的类型不对，应为方括号里的 2 个"),
        ('"比" = { quotient = ["元"] }', "比.quotient：值的类型不对，应为方括号里的 2 个"),
    ],
)
def test_a_fault_is_told_by_its_key_and_once(folder: Path, line: str, expected: str) -> None:
    path = folder / "edition.toml"
    uses = '\n[[derived]]\nname = "均"\nformula = "活动.总计.活动开销 / 活动.总计.参加者 - 比(1)"\n'
    if "人次" in line:
        uses = ""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + uses.replace("活动.总计.活动开销 / 活动.总计.参加者 -", "活动.总计.参加者 -"),
        encoding="utf-8",
    )
    (said,) = told(folder, line)
    assert said.startswith(expected)


def test_a_year_can_be_divided_by(folder: Path) -> None:
    assert told(folder, '"元每年" = { quotient = ["元", "年"], places = 2 }') == []
    opened = opening.open_edition(str(folder))
    assert opened.edition.measures["元每年"].dimension == "元/年"
