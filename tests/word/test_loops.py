"""Loops with a condition, and what they know of themselves: 序 and 末."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordml import Desk, missing, p, tbl, texts, tr

from reportgen.edition import loading
from reportgen.findings import EditionFault
from reportgen.tasks import compiling, opening
from reportgen.word.printing.render import RenderFault
from reportgen.wording.languages import languages_of

ROWS = (("一", "1"), ("二", "0"), ("三", "3"), ("四", "0"))
POSITIVE = "{% for 行 in 乙 if 行.额 > 0 %}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def printed(desk: Desk, *body: str, rows: tuple[tuple[str, str], ...] = ROWS) -> list[str]:
    desk.section(*body)
    desk.tried()
    return texts(desk.printed(desk.names(rows))[0])


def faults(desk: Desk, *body: str) -> list[str]:
    desk.section(*body)
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    return raised.value.faults


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (POSITIVE + "{{ 行.项 }}{% endfor %}", "一三"),
        (POSITIVE + "{{ 序|数 }}{{ 行.项 }}{% endfor %}", "1一2三"),
        (
            POSITIVE + "{{ 行.项 }}{% if 末 %}。{% else %}、{% endif %}{% endfor %}",
            "一、三。",
        ),
        ("{% for 行 in 乙 %}{{ 行.项 }}{% if not 末 %}、{% endif %}{% endfor %}", "一、二、三、四"),
        ("{% for 行 in 乙 %}{% if 序 > 2 %}{{ 行.项 }}{% endif %}{% endfor %}", "三四"),
        ("{% for 行 in 乙 if 行.额 is not 同(0) or 行.项 == '三' %}{{ 行.项 }}{% endfor %}", "三"),
        ("{% for 行 in 乙 if 大 %}{{ 行.项 }}{% endfor %}", "一二三四"),
        ("{% for 行 in (乙 if 大 else 乙) %}{{ 行.项 }}{% endfor %}", "一二三四"),
        ("{% for 行 in 乙 if false %}{{ 行.项 }}{% endfor %}", ""),
    ],
)
def test_a_loop_prints_what_its_condition_keeps(desk: Desk, body: str, expected: str) -> None:
    assert printed(desk, p("前" + body + "后")) == [f"前{expected}后"]


def test_the_number_and_the_end_are_those_of_the_innermost_loop(desk: Desk) -> None:
    inner = "{% for 列 in 乙 if 列.额 > 0 and 序 == 2 %}({{ 序|数 }}{% if 末 %}末{% endif %}){% endfor %}"
    outer = f"{{% for 行 in 乙 %}}{inner}{{{{ 序|数 }}}}{{% if 末 %}}完{{% endif %}}{{% endfor %}}"
    assert printed(desk, p(outer)) == ["1(1)(2末)234完"]


def test_rows_of_a_table_and_paragraphs(desk: Desk) -> None:
    rows = [
        tr("{%tr for 行 in 乙 if 行.额 > 0 %}", ""),
        tr("{{ 序|表 }}", "{{ 行.项 }}"),
        tr("{%tr endfor %}", ""),
    ]
    paragraphs = ["{%p for 行 in 乙 if 行.额 > 0 %}", "{{ 序|数 }}.{{ 行.项 }}", "{%p endfor %}"]
    found = printed(desk, tbl(tr("号", "项"), *rows), *paragraphs)
    assert found == ["号", "项", "1", "一", "2", "三", "1.一", "2.三"]


def test_headings_of_a_level(desk: Desk) -> None:
    heading = '<w:pStyle w:val="Heading1"/>'
    second = '<w:pStyle w:val="Heading2"/>'
    body = [
        "{%p for 题 in 目录 if 题.层级 == 2 %}",
        "{{ 序|数 }}.{{ 题.标题 }}{% if 末 %}。{% endif %}",
        "{%p endfor %}",
        p("甲章", props=heading),
        p("甲节", props=second),
        p("乙章", props=heading),
        "文",
    ]
    assert printed(desk, *body)[:2] == ["1.甲章", "2.乙章。"]


def test_a_number_of_a_loop_is_in_the_ledger(desk: Desk) -> None:
    desk.section(p(POSITIVE + "{{ 序|数 }}{% endfor %}"))
    _, ledger = desk.printed(desk.names(ROWS))
    assert [(str(e.printed), str(e.printed.num.name)) for e in ledger] == [("1", "序"), ("2", "序")]


@given(st.lists(st.decimals(-9, 9, places=1), max_size=8))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
def test_what_is_printed_is_counted_from_one_to_the_last(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[Decimal]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("loop"))
    desk.section(p(POSITIVE + "[{{ 序|数 }}{% if 末 %}末{% endif %}]{% endfor %}。"))
    rows = tuple((f"第{n}", str(amount)) for n, amount in enumerate(amounts))
    count = sum(amount > 0 for amount in amounts)
    numbers = "".join(f"[{n}{'末' if n == count else ''}]" for n in range(1, count + 1))
    assert texts(desk.printed(desk.names(rows))[0]) == [f"{numbers}。"]


# -- what is told
# -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{% for 行 in 乙 if 行.颜 > 0 %}x{% endfor %}", "没有“颜”"),
        ("{% for 行 in 乙 if 列.额 > 0 %}x{% endfor %}", "没有名称“列”"),
        ("{% for 行 in 乙 if 行.额 > 人(0) %}x{% endfor %}", "没有函数“人”"),
        ("{% for 行 in 乙 if %}x{% endfor %}", "看不懂“乙 if”"),
        ("{% for 行 in 乙 if 序 > 1 %}x{% endfor %}", "没有名称“序”"),
        ("{{ 序|数 }}", "没有名称“序”"),
        ("{% for 序 in 乙 %}x{% endfor %}", "“序”是循环里现成的名称"),
        ("{% for 末 in 乙 %}x{% endfor %}", "“末”是循环里现成的名称"),
        ("{% for 行 in 乙 %}{{ 序 }}{% endfor %}", "序：打印数字要写明格式"),
        ("{% for 行 in 乙 if 行.额 > 0 %}x{% endfor %}{{ 末 }}", "没有名称“末”"),
    ],
)
def test_what_is_wrong_with_a_loop(desk: Desk, body: str, told: str) -> None:
    (fault,) = faults(desk, p(body))
    assert told in fault


def test_a_row_whose_condition_cannot_be_told(desk: Desk) -> None:
    desk.section(p("{% for 行 in 乙 if 甲.名 == '某局' %}x{% endfor %}"))
    with pytest.raises(RenderFault, match=r"甲\.名 未填【甲】B3（循环到第 1 行 乙\.一）"):
        desk.printed(desk.names(ROWS, 名=missing("甲.名")))


def test_a_condition_of_a_loop_decides_which_way_a_number_goes(desk: Desk) -> None:
    """The same words before a number that may go either way are told without it."""
    table = desk.folder / "workbook" / "2-乙.toml"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace('unit = "元" }', 'unit = "元", prior = true }'), encoding="utf-8")
    desk.edition = loading.load(desk.folder)
    desk.wording = languages_of(desk.edition)
    desk.plan = opening.OpenEdition(desk.edition, desk.wording, [], None)  # type: ignore[arg-type]
    body = "{% for 行 in 乙IF %}增加{{ 行.额.增减额|元 }}{% endfor %}"
    (told,) = faults(desk, p(body.replace("IF", "")))
    assert "“增加”写死在有增有减的数前面" in told
    desk.section(p(body.replace("IF", " if 行.额 > 行.额.上年")))
    assert compiling.templates(desk.plan)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "大"', 'name = "序"', "derived.序"),
        ('templates = "report"', 'templates = "report"\nfor = "末 in 乙"', "document.for"),
    ],
)
def test_names_of_loops_belong_to_the_language(desk: Desk, old: str, new: str, key: str) -> None:
    path = desk.folder / "edition.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(EditionFault) as raised:
        loading.load(desk.folder)
    (told,) = raised.value.faults
    assert key in told
    assert "是循环里现成的名称" in told
