"""Parts of sentences in the edition's words: comparisons, shares, reasons, ordinals, and prose
that cites facts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.findings import Place
from reportgen.language.names import Name, path
from reportgen.language.numbers import Missing, MissingValue, Num, NumberError, round_half_up
from reportgen.language.syntax import Refused
from reportgen.language.units import RATIO, Unit
from reportgen.language.values import Facts, Prose, Record, Values
from reportgen.tasks.opening import OpenEdition
from reportgen.word.printing.render import Rendering
from reportgen.word.source.tags import Tag
from reportgen.word.template.nodes import Print
from reportgen.word.template.runs import Site
from reportgen.wording.formats import Printed
from reportgen.wording.ordinals import Ordinal, unnumbered
from reportgen.wording.prose import ProseReader

law = settings(max_examples=200, deadline=None)

WAN = Unit("万元", "元", Decimal(10000))
PERCENT = Unit("百分比", "", Decimal("0.01"))
Says = Callable[..., str]
cents = st.integers(-(10**13), 10**13)


def money(current: object, prior: object = None, name: str = "") -> Num:
    """An amount in 万元, with last year's."""
    called = Name(*path(name)) if name else None
    num = Num(Decimal(str(current)) * 10000, WAN, name=called, place=Place(sheet="表", cell="C5"))
    num.prior = money(prior) if prior is not None else None
    return num


def rate(current: object, prior: object) -> Num:
    num = Num(Decimal(str(current)), PERCENT)
    num.prior = Num(Decimal(str(prior)), PERCENT)
    return num


@pytest.fixture(scope="module")
def say(plan: OpenEdition) -> Says:
    """What a template prints for an expression."""

    def say(source: str, **names: Any) -> str:
        value = plan.languages.templates.compile(source, names)(names)
        return str(ProseReader(plan.edition, plan.languages.prose).text_of(value, names))

    return say


# -- comparisons
# -----------------------------------------------------------------------------------------------------------

RISE_AND_FALL = [
    (money(120, 100), "增加20万元，增长20%"),
    (money("3198.03", "5031.80"), "减少1833.77万元，下降36.44%"),
    (money(0, 3), "减少3万元，下降100%"),
    (money(-5, 3), "由3万元变为-5万元"),
    (money(3, -5), "由-5万元变为3万元"),
    (rate("0.5", "0.375"), "提高12.5个百分点"),
    (rate("0.375", "0.5"), "降低12.5个百分点"),
    (rate("0.5", "0"), "提高50个百分点"),
    (rate("-0.1", "0.2"), "降低30个百分点"),
]
AGAINST_PRIOR = [
    (money(5, 5), "与上年持平"),
    (money("3198.031", "3198.034"), "与上年持平"),
    (money(5, 0), "增加5万元，上年为0，不计算增长率"),
    (money(5, "0.004"), "增加5万元，上年为0，不计算增长率"),
    (rate("0.50001", "0.50002"), "与上年持平"),
]
AGAINST_ANOTHER = [
    (money(5, 5), "无增减变化"),
    (money("3198.031", "3198.034"), "无增减变化"),
    (money(5, 0), "增加5万元"),
    (rate("0.50001", "0.50002"), "无增减变化"),
]


@pytest.mark.parametrize(("num", "text"), RISE_AND_FALL + AGAINST_PRIOR)
def test_against_last_year(say: Says, num: Num, text: str) -> None:
    assert say("比上年(甲)", 甲=num) == text


@pytest.mark.parametrize(("num", "text"), RISE_AND_FALL + AGAINST_ANOTHER)
def test_against_another_number(say: Says, num: Num, text: str) -> None:
    assert say("比较(甲, 乙)", 甲=num, 乙=num.prior) == text


@law
@given(current=cents, prior=cents | st.just(0))
def test_the_words_never_contradict_the_printed_numbers(
    say: Says, current: int, prior: int
) -> None:
    num = Num(Decimal(current).scaleb(-2), WAN)
    num.prior = Num(Decimal(prior).scaleb(-2), WAN)
    this, last = (round_half_up(n.to(WAN), 2) for n in (num, num.prior))
    for text in (say("比上年(甲)", 甲=num), say("甲.增减", 甲=num), say("甲.升降", 甲=num)):
        assert not (this <= last and text.startswith(("增加", "增长"))), text
        assert not (this >= last and text.startswith(("减少", "下降"))), text
        assert ("持平" in text) == (this == last)


def test_what_is_compared_keeps_its_printed_numbers(plan: OpenEdition) -> None:
    phrase = plan.languages.prose.compile("比上年(甲)", ["甲"])({"甲": money("3198.03", "5031.80")})
    assert [p for p in phrase if isinstance(p, Printed)] == ["1833.77万元", "36.44%"]


@pytest.mark.parametrize(
    ("num", "texts"),
    [
        (money(120, 100), ["增加", "增长", "20万元", "20%"]),
        (money(75, 100), ["减少", "下降", "25万元", "25%"]),
        (money("100.001", 100), ["持平", "持平", "0万元", "0%"]),
    ],
)
def test_the_parts_of_a_comparison_can_be_had_one_by_one(
    say: Says, num: Num, texts: list[str]
) -> None:
    members = ["甲.增减", "甲.升降", "甲.增减额|万元", "甲.增减率|百分比"]
    assert [say(member, 甲=num) for member in members] == texts


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [(5, 5, True), ("3198.031", "3198.034", True), ("3198.034", "3198.036", False), (-5, 5, False)],
)
def test_same_means_the_same_in_print(say: Says, a: object, b: object, same: bool) -> None:
    assert say("'同' if 甲 is 同(乙) else '异'", 甲=money(a), 乙=money(b)) == (
        "同" if same else "异"
    )


def test_a_number_without_last_year_cannot_be_compared_with_it(say: Says) -> None:
    with pytest.raises(Refused, match=r"收入 没有上年数"):
        say("比上年(甲)", 甲=money(5, name="收入"))


@pytest.mark.parametrize(
    "source", ["比上年(甲)", "比较(甲, 乙)", "占比(甲, 乙)", "完成率(乙, 甲)", "甲.增减"]
)
def test_an_unfilled_number_is_refused_by_its_name(say: Says, source: str) -> None:
    unfilled = money(5)
    unfilled.prior = Missing(
        Name("收支总表", "收入总计", prior=True), Place(sheet="收支总表", cell="I35")
    )
    with pytest.raises(MissingValue, match=r"收支总表.收入总计.上年 未填【收支总表】I35"):
        say(source, 甲=unfilled if "乙" not in source else unfilled.prior, 乙=money(3))


def test_numbers_of_different_units_are_not_compared(plan: OpenEdition, say: Says) -> None:
    with pytest.raises(NumberError):
        say("比较(甲, 乙)", 甲=money(5), 乙=Num(Decimal(5), plan.edition.measures["人"]))


# -- shares
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", ["占比", "完成率"])
@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (3, 3, "100%"),
        (6, 3, "200%"),
        (0, 3, "0%"),
        (0, 0, "0%"),
        (0, "0.004", "0%"),
        ("1.004", "3.004", "33.33%"),
    ],
)
def test_shares_and_completions(
    say: Says, function: str, part: object, whole: object, text: str
) -> None:
    assert say(f"{function}(甲, 乙)", 甲=money(part), 乙=money(whole)) == text


# -- reasons
# ---------------------------------------------------------------------------------------------------------------


def reasons(say: Says, texts: list[Any], marks: str, **names: Any) -> str:
    keys = [str(t) for t in texts]
    columns = {
        "原因": Values(Name("变动原因", column="原因"), texts, keys, RATIO),
        "标记": Values(
            Name("变动原因", column="收支总计"), [m.strip("·") for m in marks], keys, RATIO
        ),
    }
    return say("列举(原因, 标记)", **columns, **names)


def proses(*texts: str) -> list[Prose]:
    return [Prose(text, Name("变动原因", column="原因")) for text in texts]


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        ("√··", "机构改革"),
        ("··√", "人员增加"),
        ("√·√", "一是机构改革；二是人员增加"),
        ("√√√", "一是机构改革；二是项目取消；三是人员增加"),
    ],
)
def test_the_marked_reasons_are_listed_a_single_one_without_ordinal(
    say: Says, marks: str, text: str
) -> None:
    assert reasons(say, proses("机构改革", "项目取消", "人员增加"), marks) == text


def test_ordinals_of_reasons_go_on_beyond_ten(say: Says) -> None:
    assert "；十是甲；十一是甲；十二是甲" in reasons(say, proses(*["甲"] * 12), "√" * 12)


def test_no_reason_at_all_is_refused_by_the_column(say: Says) -> None:
    with pytest.raises(Refused, match=r"“变动原因.收支总计”没有任何一条原因打 √"):
        reasons(say, proses("机构改革", "项目取消"), "··")


@pytest.mark.parametrize("kind", [lambda text: proses(text)[0], str], ids=["prose", "text"])
@pytest.mark.parametrize("end", ["。", "；", ";", "，", "、", ",", "。\n", "。 ", "；。"])
def test_a_reason_brings_no_stop_of_its_own(say: Says, kind: Any, end: str) -> None:
    texts = [kind("机构改革" + end), kind("项目，取消" + end)]
    assert reasons(say, texts, "√√") == "一是机构改革；二是项目，取消"
    assert reasons(say, texts, "√·") == "机构改革"


def test_a_reason_may_cite_facts(say: Says) -> None:
    texts = proses("收入为【收支总表.收入总计】。", "项目取消")
    assert reasons(say, texts, "√√", 收支总表=SHEET) == "一是收入为3198.03万元；二是项目取消"


def test_only_a_marked_reason_must_be_filled(say: Says) -> None:
    texts = [
        Missing(Name("变动原因", "原因"), Place(sheet="变动原因", cell="A6")),
        *proses("项目取消"),
    ]
    assert reasons(say, texts, "·√") == "项目取消"
    with pytest.raises(MissingValue, match=r"变动原因.原因 未填【变动原因】A6"):
        reasons(say, texts, "√√")


# -- budgets, lists of amounts, lines of a text
# ----------------------------------------------------------------------------


def budgeted(current: object, planned: object) -> Num:
    num = money(current, name="经费")
    num.budget = money(planned, name="经费.预算")
    return num


@pytest.mark.parametrize(
    ("num", "against", "order", "done"),
    [
        (budgeted(12, 10), "比年初预算增加2万元", "大于", "120%"),
        (budgeted(7, 10), "比年初预算减少3万元", "小于", "70%"),
        (budgeted("10.004", 10), "与年初预算持平", "等于", "100%"),
        (budgeted(5, 0), "比年初预算增加5万元", "大于", "0%"),
        (budgeted(0, 0), "与年初预算持平", "等于", "0%"),
        (budgeted(-1, 2), "年初预算为2万元，决算为-1万元", "小于", "-50%"),
    ],
)
def test_against_the_budget(say: Says, num: Num, against: str, order: str, done: str) -> None:
    assert [say(s, 甲=num) for s in ("比预算(甲)", "甲.较预算", "完成率(甲)")] == [
        against,
        order,
        done,
    ]
    assert say("甲.预算|万元", 甲=num) == say("乙|万元", 乙=num.budget)


@pytest.mark.parametrize("source", ["比预算(甲)", "完成率(甲)", "甲.较预算", "甲.预算|万元"])
def test_a_number_without_budget_is_refused(say: Says, source: str) -> None:
    with pytest.raises(
        Refused, match=r"经费 没有预算数：表中没有写明它与哪一列（行）比较（budget）"
    ):
        say(source, 甲=money(5, name="经费"))


def amounts(*values: object) -> Values:
    return Values(
        "支出.金额",
        [money(v) for v in values],
        [f"第{i}项" for i in range(1, len(values) + 1)],
        WAN,
    )


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((1, 0, 2), "第1项1万元、第3项2万元"),
        (("0.004", "0.005"), "第2项0.01万元"),
        ((-3,), "第1项-3万元"),
    ],
)
def test_amounts_are_listed_but_those_of_zero_as_printed(
    say: Says, values: tuple[object, ...], text: str
) -> None:
    assert say("分列(甲)", 甲=amounts(*values)) == text


def test_several_columns_are_one_list(say: Says) -> None:
    assert say("分列(甲, 乙)", 甲=amounts(1, 0), 乙=amounts(0, 2)) == "第1项1万元、第2项2万元"


@pytest.mark.parametrize("values", [(), (0, 0), ("0.004",)])
def test_a_list_of_nothing_is_refused(say: Says, values: tuple[object, ...]) -> None:
    with pytest.raises(Refused, match=r"支出.金额 都是 0，没有可以列出的"):
        say("分列(甲)", 甲=amounts(*values))


def test_an_unfilled_amount_is_refused_by_its_name(say: Says) -> None:
    column = Values(
        "支出.金额",
        [money(1), Missing(Name("支出", "水费"), Place(sheet="支出", cell="C7"))],
        ["电费", "水费"],
        WAN,
    )
    with pytest.raises(MissingValue, match=r"支出.水费 未填【支出】C7"):
        say("分列(甲)", 甲=column)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("机构改革", "机构改革"),
        ("机构改革。\n\n 人员增加；", "一是机构改革；二是人员增加"),
        ("甲\n。\n乙", "一是甲；二是乙"),
        ("一是甲减少；二是乙减少。", "一是甲减少；二是乙减少"),
        ("1.甲减少；2.乙减少。", "一是甲减少；二是乙减少"),
        ("（1）甲；（2）乙\n丙", "一是甲；二是乙；三是丙"),
        ("①甲，②乙，③丙", "一是甲；二是乙；三是丙"),
        ("增加1人，一是甲；二是乙", "增加1人，一是甲；二是乙"),
        ("1.甲；3.乙", "甲；3.乙"),
        ("3、4月份来访增加", "3、4月份来访增加"),
        ("２．５万人次减少", "２．５万人次减少"),
    ],
)
def test_the_lines_of_one_text_are_reasons(say: Says, text: str, sentence: str) -> None:
    assert say("列举(甲)", 甲=text) == say("列举(甲)", 甲=Prose(text, "表.文")) == sentence


@pytest.mark.parametrize("text", ["。", " ；\n、"])
def test_a_text_of_stops_has_no_reasons(say: Says, text: str) -> None:
    with pytest.raises(Refused):
        say("列举(甲)", 甲=text)


# -- ordinals
# --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(plan: OpenEdition) -> Says:
    """What a document prints for several tags, with ¶ where a new paragraph begins."""

    def document(*sources: str, **names: Any) -> str:
        rendering = Rendering(
            plan.edition, ProseReader(plan.edition, plan.languages.prose), Facts(names, {})
        )
        site, tag = Site("<w:t>", "</w:t>", "¶", "¶", ""), Tag("", "", "", "")
        printed = rendering.part(
            [
                Print(plan.languages.templates.compile(s, names), site, tag, "", site.open)
                for s in sources
            ]
        )
        return re.sub("</?w:t>", "", printed)

    return document


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.甲", "甲"),
        ("（二）乙", "乙"),
        ("一是甲", "甲"),
        ("3、4月份来访", "3、4月份来访"),
        ("２．５万人次", "２．５万人次"),
        ("二、三月份", "二、三月份"),
        ("1.5倍", "1.5倍"),
        ("一是甲；二是乙。", "一是甲；二是乙。"),
        ("（1）甲；（2）乙。", "（1）甲；（2）乙。"),
    ],
)
def test_a_number_before_a_text_is_taken_away_and_nothing_else(typed: str, kept: str) -> None:
    assert str(unnumbered(Prose(typed, "表.文"))) == kept


def numbered(document: Says, levels: list[int]) -> list[str]:
    return document(*(part for level in levels for part in (f"次({level})", "' '"))).split()


ORDINALS = ["第{一}部分", "{一}、", "（{一}）", "{1}.", "（{1}）"]


def test_a_higher_level_resets_the_lower_ones(document: Says) -> None:
    assert numbered(document, [0, 1, 2, 2, 1, 2, 3, 4, 4, 3, 0, 1, 2]) == [
        *("第一部分", "一、", "（一）", "（二）", "二、", "（一）", "1.", "（1）", "（2）", "2."),
        *("第二部分", "一、", "（一）"),
    ]


@law
@given(levels=st.lists(st.integers(0, 4), max_size=25))
def test_an_ordinal_counts_its_level_since_the_last_higher_one(
    document: Says, levels: list[int]
) -> None:
    expected = []
    for i, level in enumerate(levels):
        since = max((j for j in range(i) if levels[j] < level), default=-1)
        n = levels[since + 1 : i + 1].count(level)
        expected.append(Ordinal(level, ORDINALS[level]).text(n))
    assert numbered(document, levels) == expected


def test_the_eleventh_is_spelt(document: Says) -> None:
    assert numbered(document, [1] * 11)[-2:] == ["十、", "十一、"]
    assert numbered(document, [3] * 11)[-2:] == ["10.", "11."]


@pytest.mark.parametrize("level", [5, -1])
def test_a_level_that_the_edition_does_not_have_is_refused(say: Says, level: int) -> None:
    with pytest.raises(Refused, match=rf"没有第 {level} 级序号，可用 0 至 4"):
        say(f"次({level})")


# -- citations in prose
# ----------------------------------------------------------------------------------------------------

SHEET = Record(
    "收支总表",
    {
        "收入总计": money("3198.03", "5031.80", "收支总表.收入总计"),
        "支出总计": money("3198.03", "5031.80", "收支总表.支出总计"),
        "结余分配": Missing(Name("收支总表", "结余分配"), Place(sheet="收支总表", cell="F32")),
    },
)
SCOPE = {
    "收支总表": SHEET,
    "基本信息": Record(
        "基本信息",
        {
            "部门名称": "曾都区人社局",
            "年度": Num(Decimal(2022), Unit("年", "年", places=0)),
            "公开日期": datetime.date(2023, 9, 5),
        },
    ),
    "部门文字": Record(
        Name("部门文字"), {"主要职责": Prose("负责全区人社工作", Name("部门文字", "主要职责"))}
    ),
    "变动原因": Record(
        "变动原因",
        {
            "原因": Values(
                Name("变动原因", column="原因"), proses("机构改革"), ["机构改革"], RATIO
            ),
            "收支总计": Values(Name("变动原因", column="收支总计"), ["√"], ["机构改革"], RATIO),
        },
    ),
}


@pytest.fixture(scope="module")
def read(plan: OpenEdition) -> Says:
    """A prose cell with its citations filled in."""
    reader = ProseReader(plan.edition, plan.languages.prose)
    return lambda text: str(reader.read(Prose(text, "部门文字.说明"), SCOPE))


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        ("收支总表.收入总计", "3198.03万元"),
        ("收支总表.收入总计.上年", "5031.8万元"),
        (" 收支总表.收入总计 ", "3198.03万元"),
        ("收支总表.收入总计|亿元", "0.32亿元"),
        ("收支总表.收入总计|大写", "叁仟壹佰玖拾捌万零叁佰元整"),
        ("收支总表．收入总计｜亿元", "0.32亿元"),
        ("比上年（收支总表.收入总计）", "减少1833.77万元，下降36.44%"),
        ("占比（收支总表.收入总计，收支总表.收入总计.上年）", "63.56%"),
        ("收支总表.收入总计.增减额", "1833.77万元"),
        ("收支总表.收入总计.增减率", "36.44%"),
        ("收支总表.收入总计 + 收支总表.支出总计", "6396.06万元"),
        ("收支总表.收入总计 - 收支总表.收入总计.上年", "-1833.77万元"),
        ("收支总表.收入总计 / 收支总表.收入总计.上年", "63.56%"),
        ("收支总表.收入总计 * 2", "6396.06万元"),
        ("abs(收支总表.收入总计 - 收支总表.收入总计.上年)|亿元", "0.18亿元"),
        ("基本信息.部门名称", "曾都区人社局"),
        ("基本信息.年度", "2022年"),
        ("基本信息.公开日期", "2023年9月5日"),
    ],
)
def test_a_citation_prints_the_fact(read: Says, citation: str, text: str) -> None:
    assert read(f"前【{citation}】后") == f"前{text}后"


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        ("(收支总表.收入总计 - 收支总表.收入总计.上年)|亿元", "-0.18亿元"),
        ("（收支总表.收入总计 + 收支总表.支出总计）｜亿元", "0.64亿元"),
        ("((收支总表.收入总计))", "3198.03万元"),
        ("-收支总表.收入总计", "-3198.03万元"),
        ("2 * 收支总表.收入总计", "6396.06万元"),
    ],
)
def test_a_citation_may_begin_with_what_is_no_name(read: Says, citation: str, text: str) -> None:
    assert read(f"前【{citation}】后") == f"前{text}后"


@pytest.mark.parametrize(
    "text",
    [
        "财预【2017】9号",
        "【注】以上不含税",
        "【】",
        "【说明：见附件】",
        "【1.2】",
        "无引用。",
        "半个【括号",
    ],
)
def test_brackets_that_cite_nothing_are_left_alone(read: Says, text: str) -> None:
    assert read(text) == text


def test_several_citations_stand_each_for_itself(read: Says) -> None:
    text = "【基本信息.年度】【收支总表.收入总计】，按财预【2017】9号，支出【收支总表.支出总计|元】"
    assert read(text) == "2022年3198.03万元，按财预【2017】9号，支出31980300元"


def test_cited_numbers_stay_known_as_numbers(plan: OpenEdition) -> None:
    reader = ProseReader(plan.edition, plan.languages.prose)
    phrase = reader.read(Prose("收入【收支总表.收入总计】。", Name("")), SCOPE)
    (number,) = [p for p in phrase if isinstance(p, Printed)]
    assert number.num is SHEET.members["收入总计"]


@pytest.mark.parametrize(
    ("citation", "hint"),
    [
        ("收支总表.收入总记", "收支总表 没有“收入总记”，是否指“收入总计”？"),
        ("收支总标.收入总计", "没有名称“收支总标”，是否指“收支总表”？"),
        ("收支总表.收入总计|百分比率", "没有格式“百分比率”，是否指“百分比”？"),
        ("比去年(收支总表.收入总计)", "没有函数“比去年”"),
    ],
)
def test_a_near_miss_is_refused_with_the_name_that_is_meant(
    read: Says, citation: str, hint: str
) -> None:
    with pytest.raises(Refused, match=hint):
        read(f"前【{citation}】后")


@pytest.mark.parametrize(
    "citation",
    ["收支总表.收入总计|", "收支总表。收入总计", "收支总表.收入总计 + ", "收支总表.收入总计 支出"],
)
def test_a_citation_that_cannot_be_read_is_refused(read: Says, citation: str) -> None:
    with pytest.raises(Refused, match=r"看不懂"):
        read(f"前【{citation}】后")


@pytest.mark.parametrize(
    "citation", ["部门文字.主要职责", "列举(变动原因.原因, 变动原因.收支总计)"]
)
def test_prose_citing_prose_is_refused(read: Says, citation: str) -> None:
    with pytest.raises(Refused, match=r"是一段文字，不能引用到另一段文字里") as refused:
        read(f"前【{citation}】后")
    assert citation in str(refused.value)


def test_a_whole_sheet_cannot_be_cited(read: Says) -> None:
    with pytest.raises(Refused, match=r"“收支总表”是一张表或一行"):
        read("前【收支总表】后")


def test_citing_an_unfilled_cell_names_it(read: Says) -> None:
    with pytest.raises(MissingValue, match=r"收支总表.结余分配 未填【收支总表】F32"):
        read("前【收支总表.结余分配】后")


def test_units_are_kept_in_citations_too(read: Says) -> None:
    with pytest.raises(NumberError, match=r"收支总表.收入总计"):
        read("前【收支总表.收入总计 + 基本信息.年度】后")


def test_line_breaks_begin_paragraphs_also_beside_citations(read: Says, document: Says) -> None:
    text = Prose("第一段【收支总表.收入总计】\n第二段\n【基本信息.部门名称】末段", Name(""))
    assert read(text.text) == "第一段3198.03万元\n第二段\n曾都区人社局末段"
    paragraphs = document("甲", 甲=text, **SCOPE).split("¶")
    assert paragraphs[0].startswith("第一段<w:bookmarkStart")
    assert ">3198.03万元<" in paragraphs[0]
    assert paragraphs[1:] == ["第二段", "曾都区人社局末段"]
