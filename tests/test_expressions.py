"""The one language: what it computes, what it says of mistakes, and that nothing else can be said
in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.edition.models import scope_names
from reportgen.facts.samples import specimen
from reportgen.language.closures import EVERY_BRANCH
from reportgen.language.comparisons import Compared
from reportgen.language.expressions import MAX_DEPTH, Language
from reportgen.language.functions import FUNCTIONS
from reportgen.language.names import Name, path
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError
from reportgen.language.syntax import MAX_LENGTH, Refused, is_name, terms
from reportgen.language.units import Unit
from reportgen.language.values import Facts, Record, Rows, Values
from reportgen.tasks import opening
from work import calls_at_most

YUAN = Unit("元", "元")
PEOPLE = Unit("人", "人", places=0)


def num(value: str, unit: Unit = YUAN, name: str = "") -> Num:
    return Num(Decimal(value), unit, name=Name(*path(name)) if name else None)


def scope() -> dict[str, Any]:
    amounts = [num("1.5", name="一"), num("2.5", name="二")]
    amounts[0].prior = num("1", name="上年的一")
    rows = [
        Record(Name("支出决算", key=key), {"编码": key, "合计": amount})
        for key, amount in zip(("2080101", "2080199"), amounts, strict=True)
    ]
    column = Values(Name("支出决算", column="合计"), amounts, ["2080101", "2080199"], YUAN)
    kinds = Values(Name("支出决算", column="类别"), ["本级", "下属", "下属"], ["1", "2", "3"], YUAN)
    return {
        "甲": num("7", name="甲"),
        "乙": num("2", name="乙"),
        "零": num("0", name="零"),
        "人数": num("5", PEOPLE, "人数"),
        "部门名称": "某局",
        "空": "",
        "未填项": Missing(Name("未填项"), None),
        "支出决算": Rows(Name("支出决算"), rows, "编码", {"合计": column, "类别": kinds}),
        "收支总表": Record(Name("收支总表"), {"收入总计": num("10", name="收支总表.收入总计")}),
    }


LANGUAGE = Language(
    FUNCTIONS, filters={"加倍": lambda x: x + x, "万元": lambda x: x, "除": lambda a, b: a / b}
)


def value(source: str, language: Language = LANGUAGE, **more: Any) -> Any:
    names = scope() | more
    return language.compile(source, names)(names)


def refusal(source: str, language: Language = LANGUAGE) -> str:
    with pytest.raises(Refused) as refused:
        value(source, language)
    return str(refused.value)


# -- what it computes
# ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("8 - 3 - 2", "3"),
        ("8 - (3 - 2)", "7"),
        ("8 / 4 / 2", "1"),
        ("2 - -3", "5"),
        ("-2 * 3", "-6"),
        ("-甲 * 3", "-21"),
        ("--甲", "7"),
        ("甲 - 乙 * 3", "1"),
        ("甲 + 乙|加倍", "11"),
        ("(甲 + 乙)|加倍", "18"),
        ("甲|加倍|加倍", "28"),
        ("甲|除(乙)", "3.5"),
        ("甲 / 乙", "3.5"),
        ("甲 / (乙 * 2)", "1.75"),
        ("abs(乙 - 甲)", "5"),
        ("min(甲, 乙)", "2"),
        ("max(甲, 乙) + 1 * 乙", "9"),
        ("sum(甲, 乙, 甲)", "16"),
        ("sum(支出决算.合计)", "4.0"),
        ("sum(支出决算.合计, 甲)", "11.0"),
        ("round(甲 / 3, 2)", "2.33"),
        ("round(乙 / 3, 0)", "1"),
        ("计数(支出决算.类别, '下属')", "2"),
        ("支出决算.2080101.合计", "1.5"),
        ("支出决算.2080199.合计 - 支出决算.2080101.合计", "1.0"),
        ("支出决算.2080101.合计.上年", "1"),
        ("收支总表.收入总计", "10"),
        ("收支总表['收入总计']", "10"),
        ("支出决算[2080101].合计", "1.5"),
        ("1 if 乙 < 甲 else 2", "1"),
        ("1 if 甲 < 乙 else 2 if 乙 < 甲 else 3", "2"),
        ("(1 if 甲 < 乙 else 2) + 3", "5"),
    ],
)
def test_arithmetic(source: str, expected: str) -> None:
    assert value(source).value == Decimal(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 == 3", True),
        ("3 == 1 + 2", True),
        ("甲 == 乙", False),
        ("甲 != 乙", True),
        ("甲 > 乙", True),
        ("甲 >= 甲", True),
        ("乙 < 甲", True),
        ("甲 <= 乙", False),
        ("甲 > 0", True),
        ("部门名称 == '某局'", True),
        ("部门名称 != '某局'", False),
        ("部门名称 == '某'", False),
        ("not 甲 == 乙", True),
        ("not 甲 == 乙 and 甲 == 甲", True),
        ("true or false and false", True),
        ("(true or false) and false", False),
        ("not false and false", False),
        ("not (false and false)", True),
        ("甲 > 乙 and 乙 > 0 or 甲 < 0", True),
        ("甲 is 已填", True),
        ("未填项 is 已填", False),
        ("空 is 已填", False),
        ("零 is 已填", True),
        ("not 未填项 is 已填", True),
        ("未填项 is not 已填", True),
        ("甲", True),
        ("零", False),
        ("not 零", True),
        ("'a' if 零 else ''", False),
    ],
)
def test_conditions(source: str, expected: bool) -> None:
    assert bool(value(source)) is expected


def test_a_comparison_keeps_both_sides() -> None:
    compared = value("甲 + 乙 == 乙 * 4")
    assert isinstance(compared, Compared)
    assert (compared.left.value, compared.op, compared.right.value) == (9, "eq", 8)
    assert compared.gap == 1
    assert compared.missing is None


def test_a_comparison_is_a_truth_value_among_others() -> None:
    """A comparison under a name may be compared with true: it must hold, or be refused, never
    silently fail."""
    try:
        held = bool(value("(甲 == 甲) == true"))
    except Refused:
        return
    assert held is True


def test_units() -> None:
    for source in (
        "甲 + 人数",
        "甲 - 人数",
        "甲 == 人数",
        "甲 < 人数",
        "甲 * 人数",
        "甲 / 人数",
        "sum(甲, 人数)",
        "甲 + 1",
        "甲 == 7",
    ):
        with pytest.raises(NumberError):
            value(source)
    assert value("甲 / 乙").unit.dimension == ""
    assert value("甲 * 3").unit.dimension == "元"
    with pytest.raises(NumberError, match="除数为 0：甲 ÷ 零"):
        value("甲 / 零")


_ops = st.sampled_from(["+", "-", "*"])
_leaves = st.decimals(min_value=0, max_value=999, places=2).map(lambda d: f"{d:f}") | st.integers(
    0, 9999
).map(str)
_sums = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.tuples(inner, _ops, inner).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        st.tuples(inner, _ops, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"-{t}"),
    ),
    max_leaves=12,
)
_comparisons = st.tuples(_sums, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), _sums).map(
    " ".join
)
_logic = st.recursive(
    _comparisons,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
        inner.map(lambda t: f"not {t}"),
        inner.map(lambda t: f"({t})"),
    ),
    max_leaves=4,
)


def as_python(source: str) -> Any:
    return eval(re.sub(r"\d+(\.\d+)?", r"Decimal('\g<0>')", source), {"Decimal": Decimal})


@given(_sums.filter(lambda s: len(s) <= MAX_LENGTH))
def test_sums_are_those_of_school(source: str) -> None:
    assert value(source).value == as_python(source)


@given(_logic.filter(lambda s: len(s) <= MAX_LENGTH))
def test_logic_is_that_of_school(source: str) -> None:
    assert bool(value(source)) is bool(as_python(source))


@pytest.mark.parametrize(
    "text",
    [
        "0.1",
        "0.07",
        "1.005",
        "36.44",
        "2.675",
        "0.0001",
        "123456789.01",
        "1_000.5",
        "5000",
        "100000000000000000000",
    ],
)
def test_literals_are_exact(text: str) -> None:
    assert value(text).value == Decimal(text)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("0", "1235"),
        ("1", "1234.6"),
        ("10", "1234.567"),
        ("-1", "1230"),
        ("-2", "1200"),
        ("1.5", None),
    ],
)
def test_rounding_is_right_or_refused(places: str, expected: str | None) -> None:
    try:
        made = value(f"round(1234.567, {places})").value
    except (Refused, NumberError):
        return
    assert expected is not None
    assert made == Decimal(expected)


def test_decimals_add_up() -> None:
    assert value("0.1 + 0.2").value == Decimal("0.3")
    assert bool(value("0.1 + 0.2 == 0.3")) is True
    assert value("1.1 * 1.1").value == Decimal("1.21")


@pytest.mark.parametrize("text", ["12345678901234567.89", "0.12345678901234567890", "1e999"])
def test_a_literal_is_exact_or_refused(text: str) -> None:
    """What a binary float cannot hold must not come out as another number."""
    try:
        made = value(text)
    except Refused:
        return
    assert made.value == Decimal(text)


def test_text_is_no_number() -> None:
    for source in (
        "部门名称 + 甲",
        "甲 * 'x'",
        "-部门名称",
        "sum(部门名称)",
        "abs('a')",
        "round('a', 1)",
        "sum(支出决算)",
    ):
        assert "不是数字" in refusal(source)
    assert refusal("甲 == '甲'") == "数字与文字不能比较：甲 与 甲"
    assert "文字只能比较是否相同" in refusal("部门名称 < '某'")


@pytest.mark.parametrize(
    "source", ["round(甲)", "abs()", "计数(甲, 乙)", "甲|除", "甲|万元(1, 2)", "甲 is 已填(1)"]
)
def test_wrong_arguments(source: str) -> None:
    assert "不能这样用" in refusal(source)


# -- missing values
# --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "未填项",
        "未填项 + 甲",
        "甲 - 未填项",
        "未填项 * 2",
        "甲 / 未填项",
        "-未填项",
        "abs(未填项)",
        "round(未填项, 2)",
        "sum(甲, 未填项)",
        "min(未填项, 甲)",
        "max(甲, 未填项)",
        "未填项.上年",
        "未填项.任何",
        "甲 if 甲 > 0 else 未填项 + 1",
        "(甲 + 未填项) * 2 - 乙",
    ],
)
def test_missing_passes(source: str) -> None:
    found = value(source)
    if source.startswith("甲 if"):
        assert found.value == 7
    else:
        assert isinstance(found, Missing)
        assert str(found.name) == "未填项"


@pytest.mark.parametrize(
    "source", ["未填项 == 甲", "甲 >= 未填项", "未填项 + 1 < 0", "部门名称 == 未填项"]
)
def test_missing_passes_through_comparison(source: str) -> None:
    compared = value(source)
    assert compared.missing is not None
    assert str(compared.missing.name) == "未填项"
    with pytest.raises(MissingValue, match="未填项 未填"):
        bool(compared)


@pytest.mark.parametrize(
    "source",
    [
        "not 未填项",
        "未填项 and true",
        "true and 未填项",
        "false or 未填项",
        "1 if 未填项 else 2",
        "not 未填项 == 1",
        "甲 if 未填项 > 0 else 乙",
    ],
)
def test_missing_cannot_be_tested(source: str) -> None:
    with pytest.raises(MissingValue, match="未填项 未填"):
        value(source)


def test_a_branch_not_taken_is_not_needed() -> None:
    assert value("false and 未填项") is False
    assert value("true or 未填项") is True
    assert value("甲 if true else 未填项").value == 7


# -- every branch
# -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "ran"),
    [
        ("记('a') and 记('b')", "ab"),
        ("记('') or 记('b')", "b"),
        ("记('a') or 记('b')", "ab"),
        ("记('') and 记('b')", "b"),
        ("记('a') if 记('t') else 记('b')", "abt"),
        ("记('a') if 记('') else (记('b') if true else 记('c'))", "abc"),
        ("not (记('a') or 记('b')) and 记('c')", "abc"),
    ],
)
def test_a_scope_that_asks_for_it_has_every_branch_taken(source: str, ran: str) -> None:
    seen: list[str] = []

    def note(text: str) -> str:
        seen.append(text)
        return text

    value(source, Language({"记": note}), **{EVERY_BRANCH: True})
    assert "".join(sorted(seen)) == ran


@pytest.mark.parametrize(
    "source",
    [
        "甲 if true else 收支总表.没有",
        "收支总表.没有 if false else 甲",
        "true or 收支总表.没有",
        "false and 收支总表.没有",
    ],
)
def test_misspelt_members_are_found_in_every_branch(source: str) -> None:
    value(source)
    with pytest.raises(Refused, match="没有“没有”"):
        value(source, **{EVERY_BRANCH: True})


def test_what_every_branch_gives_is_the_first() -> None:
    assert value("甲 if false else 'b'", **{EVERY_BRANCH: True}).value == 7


def test_no_expression_can_ask_for_every_branch() -> None:
    with pytest.raises(Refused):
        value(EVERY_BRANCH, **{EVERY_BRANCH: True})


# -- what it says of mistakes
# ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("部门名", "没有名称“部门名”，是否指“部门名称”？"),
        ("未知的东西", "没有名称“未知的东西”"),
        ("收支总表.收入合计", "收支总表 没有“收入合计”，是否指“收入总计”？"),
        ("支出决算.2080191.合计", "支出决算 没有“2080191”，是否指“2080199”？"),
        ("支出决算.合", "支出决算 没有“合”，是否指“合计”？"),
        ("支出决算.2080101.合计数", "支出决算.2080101 没有“合计数”，是否指“合计”？"),
        ("甲.上年度", "没有数字属性“上年度”，是否指“上年”？"),
        ("甲.上年", "甲 没有上年数：表中没有给它留上年列"),
        ("summ(甲)", "没有函数“summ”，是否指“sum”？"),
        ("甲|万圆元", "没有格式“万圆元”，是否指“万元”？"),
        ("甲 is 已填写", "没有判断“已填写”，是否指“已填”？"),
        ("部门名称.长度", "某局 没有“长度”"),
    ],
)
def test_unknown_names(source: str, message: str) -> None:
    assert refusal(source) == message


def test_the_member_of_a_column_has_a_suggestion() -> None:
    prior = Values(Name("乙", column="金额", prior=True), [], [], YUAN)
    column = Values(Name("乙", column="金额"), [], [], YUAN, prior)
    names = {"乙": Record(Name("乙"), {"金额": column})}
    assert LANGUAGE.compile("乙.金额.上年", names)(names) is prior
    with pytest.raises(Refused, match=r"乙\.金额 没有“上年度”，是否指“上年”？"):
        LANGUAGE.compile("乙.金额.上年度", names)(names)


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        "1 +",
        "(甲",
        "甲)",
        "甲 乙",
        "'甲",
        "甲 ==",
        "if 甲",
        "甲|",
        "甲.",
        "@",
        "甲 = 乙",
        "甲,",
        "1 2",
    ],
)
def test_syntax(source: str) -> None:
    assert refusal(source) in (
        f"看不懂“{source}”。请检查括号、引号和“|”是否成对、是否写全",
        "算式里不能用逗号分隔的一组值",
    )


def test_templates_do_no_arithmetic() -> None:
    language = replace(LANGUAGE, templates=True)
    for source in ("甲 + 乙", "甲 - 乙", "甲 * 2", "甲 / 2", "(甲 + 乙)|万元", "sum(甲 + 乙)"):
        assert refusal(source, language).startswith("模板里不能做加减乘除")
    assert value("甲 > 乙", language)
    assert value("-甲", language).value == -7


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("甲", [(1, "甲")]),
        ("甲 + 乙 - 丙", [(1, "甲"), (1, "乙"), (-1, "丙")]),
        ("甲 - (乙 - 丙)", [(1, "甲"), (-1, "乙"), (1, "丙")]),
        (
            "甲 - (乙 + 丙) - (丁 - (戊 - 己))",
            [(1, "甲"), (-1, "乙"), (-1, "丙"), (-1, "丁"), (1, "戊"), (-1, "己")],
        ),
        ("甲 + 甲", [(1, "甲"), (1, "甲")]),
    ],
)
def test_terms(formula: str, expected: list[tuple[int, str]]) -> None:
    assert list(terms(formula)) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "甲 * 2",
        "-甲",
        "1 + 甲",
        "sum(甲)",
        "甲.乙",
        "甲 if 乙 else 丙",
        "甲|元",
        "'甲'",
        "甲 == 乙",
    ],
)
def test_terms_refuse_what_is_no_sum(formula: str) -> None:
    with pytest.raises(Refused, match="只能由名称相加减"):
        terms(formula)


def test_length() -> None:
    fits = "甲" + " " * (MAX_LENGTH - 1)
    assert value(fits).value == 7
    assert (
        refusal(fits + " ")
        == f"算式有 {MAX_LENGTH + 1} 个字符，最多 {MAX_LENGTH} 个。请拆成几个导出项（derived）"
    )


@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "-" * n + "1",
        lambda n: "not " * n + "true",
        lambda n: "+".join(["1"] * (n + 1)),
        lambda n: "1" + "|加倍" * n,
        lambda n: "abs(" * n + "1" + ")" * n,
        lambda n: "(" * n + "1" + "-1)" * n,
    ],
    ids=["minus", "not", "sum", "filter", "call", "parentheses"],
)
def test_depth(nested: Callable[[int], str]) -> None:
    value(nested(MAX_DEPTH))
    assert refusal(nested(MAX_DEPTH + 1)) == "算式的括号套得太深。请拆成几个导出项（derived）"


# -- nothing of Python
# -----------------------------------------------------------------------------------------------------


class Thing:
    """What must not be reached into, should it ever get into a scope."""

    secret = "secret"

    def __call__(self) -> str:
        return "called"

    def __getitem__(self, key: Any) -> str:
        return "got"


@pytest.mark.parametrize(
    "thing", [Thing(), [1, 2], {"secret": "x"}, re, Thing, (1,), "text", lambda: "called", True]
)
@pytest.mark.parametrize(
    "access",
    [
        "物.secret",
        "物['secret']",
        "物[0]",
        "物.0",
        "物.__class__",
        "物.__doc__",
        "物['__class__']",
        "物.append",
        "物.items",
    ],
)
def test_values_without_members_have_none(thing: Any, access: str) -> None:
    with pytest.raises(Refused):
        value(access, 物=thing)


@pytest.mark.parametrize("access", ["物()", "物.secret()", "物['a']()", "(物)(1)", "物(甲)"])
def test_values_are_not_called(access: str) -> None:
    with pytest.raises(Refused):
        value(access, 物=Thing())


_PYTHON = [
    "__class__",
    "__dict__",
    "__mro__",
    "__init__",
    "__slots__",
    "__globals__",
    "__getattribute__",
    "member",
    "name",
]


@pytest.mark.parametrize(
    "attr",
    [
        *_PYTHON,
        "members",
        "items",
        "columns",
        "keyed",
        "extras",
        "value",
        "unit",
        "args",
        "prior",
        "keys",
        "op",
        "gap",
    ],
)
@pytest.mark.parametrize(
    "of",
    [
        "甲",
        "支出决算",
        "支出决算.合计",
        "收支总表",
        "支出决算.2080101",
        "部门名称",
        "(甲 == 乙)",
        "'甲'",
        "1",
        "true",
    ],
)
def test_attributes_of_our_own_values_are_hidden(of: str, attr: str) -> None:
    for source in (f"{of}.{attr}", f"{of}['{attr}']"):
        with pytest.raises(Refused):
            value(source)


CALLS = 100_000  # a quarter of it is the most that an honest length takes
HOSTILE = [
    # walks from a value to Python
    "''.__class__.__mro__",
    "''.__class__.__mro__[1].__subclasses__()",
    "部门名称.__class__.__base__",
    "甲|attr('__class__')",
    "''|attr('x')",
    "部门名称['__class__']",
    "[].append(1)",
    "支出决算.items",
    "支出决算.items()",
    "支出决算.keys()",
    "部门名称.format(甲)",
    "部门名称.join('ab')",
    "self.__init__.__globals__",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "lipsum.__globals__['os']",
    "namespace()",
    "dict(a=1)",
    "range(10**9)",
    "range(1000000000)",
    "__import__('os')",
    "open('/etc/passwd')",
    "config",
    "request.application",
    "loop.index",
    "caller()",
    "甲|map('upper')",
    "甲|list",
    "甲|pprint",
    "甲|tojson",
    "甲|safe",
    "部门名称|replace('a', 'b')",
    "甲 is defined",
    "甲 is callable",
    "甲 in 支出决算",
    "'a' not in 部门名称",
    # work without end
    "'x'*10**9",
    "'x' * 1000000000",
    "9**9**9",
    "2**999999999",
    "甲 ** 99999",
    "10 % 3",
    "10 // 3",
    "'%999999999d'|format(1)",
    "'%s' % 甲",
    '"{:>9999999}".format(1)',
    "'a'|center(999999999)",
    "'a'|indent(999999999)",
    "[1] * 1000000000",
    "'9' * 9 * 9 * 9 * 9 * 9 * 9",
    "round(1, 999999999)",
    "round(1, 99999)",
    "round(1, -999999999)",
    "9" * 200 + " == round(" + "9" * 200 + ", 2)",
    "1e999",
    "-1e999",
    "1e999 - 1e999 == 0",
    "'" + "9" * 400 + "' * 2",
    # shapes that the language does not have
    "[x for x in 支出决算]",
    "[甲, 乙]",
    "(甲, 乙)",
    "甲, 乙",
    "()",
    "{}",
    "{'a': 甲}",
    "部门名称[0:1]",
    "部门名称[::-1]",
    "支出决算[甲]",
    "支出决算[1.5]",
    "支出决算[-1]",
    "支出决算[none]",
    "none",
    "sum(甲, start=乙)",
    "sum(*支出决算)",
    "sum(**支出决算)",
    "round(甲, places=2)",
    "甲|万元(places=2)",
    "甲|万元(*支出决算)",
    "甲 is 已填(*支出决算)",
    "甲 ~ 乙",
    "'a' ~ 'b'",
    "1 < 2 < 3",
    "甲 == 乙 == 乙",
    "甲 if 乙",
    "+甲",
    "lambda: 1",
    "甲 := 1",
    "甲 = 1",
    "甲; 乙",
    "`id`",
    "甲 # 注",
    "sum",
    "sum(sum)(甲)",
    "abs(甲)(乙)",
    "(甲|万元)()",
    # out of the tag, and in again
    "甲 }} {{ 乙",
    "甲 }}{% include 'x' %}{{ 乙",
    "甲 -}} {{- 乙",
    "甲 %} {% if 乙",
    "'}}' == '{{'",
    "{{ 甲 }}",
    "{% raw %}",
    "{# 甲 #}",
    "甲\n+ 乙",
    "甲\x00",
    # depth and length
    "(" * 249 + "1" + ")" * 249,
    "(" * 400,
    "[" * 400,
    "{" * 400,
    "not " * 120 + "true",
    "-" * 499 + "1",
    "1" + "|万元" * 120,
    "1" + "|abs" * 120,
    "甲" + ".a" * 249,
    "甲" + "[0]" * 160,
    "1 if 1 else " * 41 + "1",
    "(1 if " * 60 + "1" + " else 1)" * 60,
    "abs(" * 100 + "1" + ")" * 99,
    "1" + "+1" * 249,
    "1 and " * 80 + "1",
    "甲" * (10**6),
    "1+" * (10**6) + "1",
    "(" * (10**6),
    "'" * (10**6),
    "甲 " + " " * (10**6),
    "\\" * 400,
    "'" + "\\" * 399 + "'x",
    "1" + "_1" * 200 + "_",
    "0." + "1" * 400 + "e",
    "甲|" * 200,
    "甲 is " * 80,
    "甲 is not " * 40 + "已填",
]


@pytest.mark.parametrize("templates", [False, True], ids=["sheets", "templates"])
@pytest.mark.parametrize("source", HOSTILE, ids=lambda s: ascii(s[:40]))
def test_hostile(plan: opening.OpenEdition, facts: Facts, source: str, templates: bool) -> None:
    language = plan.languages.templates if templates else plan.languages.sheets
    names = [*scope_names(plan.edition), "甲", "乙", "部门名称"]
    with calls_at_most(CALLS), pytest.raises((Refused, NumberError)):
        facts[""] = bool(language.compile(source, names)(facts))


@pytest.fixture
def facts(plan: opening.OpenEdition) -> Facts:
    names = specimen(plan.edition, plan.languages.sheets)
    names.update({"甲": num("7", YUAN, "甲"), "乙": num("2", YUAN, "乙"), "部门名称": "某局"})
    return names


@pytest.mark.parametrize(
    "source",
    [
        "甲 > 乙",
        "部门名称 == '某局'",
        "支出决算.合计",
        "sum(支出决算.合计) > 0",
        "not 甲 == 乙",
        "甲",
    ],
)
def test_harmless(plan: opening.OpenEdition, facts: Facts, source: str) -> None:
    """The same way lets honest expressions through, so that a refusal above says something."""
    names = [*scope_names(plan.edition), "甲", "乙", "部门名称"]
    for language in (plan.languages.templates, plan.languages.sheets):
        assert bool(language.compile(source, names)(facts)) is True


@pytest.mark.parametrize(
    "source",
    [
        "9" * 90 + "|数",
        "1e300|数",
        "9" * 90 + "|万元",
        "1e300|大写",
        "万元(1e300)|万元",
        "次(1e300)",
        "次(-1)",
        "次(99)",
    ],
)
def test_numbers_too_large_to_print_are_refused(
    plan: opening.OpenEdition, facts: Facts, source: str
) -> None:
    with pytest.raises((Refused, NumberError)):
        plan.languages.prose.compile(source, scope_names(plan.edition))(facts)


# -- sums under a code
# --------------------------------------------------------------------------------

CODES = st.lists(st.text("12", max_size=5), max_size=30)


@given(CODES, st.text("123", max_size=4))
def test_the_rows_under_a_code_are_those_that_begin_with_it(keys: list[str], code: str) -> None:
    column = Values("表.列", list(range(len(keys))), keys, YUAN)
    assert column.under(code) == [n for n, key in enumerate(keys) if key.startswith(code)]


def test_a_rule_for_each_of_many_rows_does_not_look_at_all_of_them_each_time() -> None:
    keys = [str(1_000_000 + n) for n in range(4_000)]
    column = Values("表.列", keys, keys, YUAN)
    with calls_at_most(60_000):
        assert [column.under(key) for key in keys] == [[key] for key in keys]


@pytest.mark.parametrize("text", ["not", "true", "none", "False", "a b", "1a", ""])
def test_what_no_expression_can_write_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", ["甲", "收支总表", "a1", "_x", "结转2年"])
def test_what_an_expression_can_write_is_a_name(text: str) -> None:
    assert is_name(text)
