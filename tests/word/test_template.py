"""The dialect of templates: tags wherever Word puts them, and what is said of tags that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from wordml import (
    PROOF,
    Desk,
    W,
    base_parts,
    box,
    names_place,
    p,
    part,
    parts,
    run,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

from reportgen.findings import EditionFault
from reportgen.tasks import compiling, opening
from reportgen.word.source import document_files
from reportgen.word.source.joining import splice
from reportgen.word.template.nodes import For, If, Node, Print


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def faults(desk: Desk, *body: str) -> list[str]:
    """The faults of a section, each of which must name its place; the trial's are among them."""
    desk.section(*body)
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    for fault in raised.value.faults:
        assert names_place(fault), fault
    return raised.value.faults


# -- where tags may stand
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        ["{{ 甲.名 }}"],
        ["{{甲.名}}"],
        ["{", "{ 甲.名 }", "}"],
        ["{", "{", " ", "甲", ".", "名", " ", "}", "}"],
        ["{{ 甲", PROOF, ".名", PROOF, " }}"],
        ["{", PROOF, "{ 甲.名 }", PROOF, "}"],
        [run("{{ 甲", "<w:b/>"), PROOF, run(".名", "<w:i/>"), run(" }}", "<w:b/>")],
        ["{{ 甲", '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>', ".名 }}"],
        ["{{ 甲.", '<w:r><w:t xml:space="preserve"> </w:t></w:r>', "名 }}"],
        [
            "{{ 甲.",
            '<w:r w:rsidR="00AA"><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t>名</w:t></w:r>',
            " }}",
        ],
        ["<w:r><w:t>{{ 甲.</w:t><w:t>名 }}</w:t></w:r>"],
        ["<w:r><w:t>{{ 甲.</w:t><w:lastRenderedPageBreak/><w:t>名 }}</w:t></w:r>"],
        ["{# 注：{ 不算 #}", "{{ 甲.名 }}", "{# 再注 #}"],
        ["{{ 甲['名'] }}"],
        ["{{ 甲.名 if 甲.类 == '部门' else '无' }}"],
        ["{% if 大 %}{{ 甲.名 }}{% endif %}"],
        ["{%- if 大 -%}{{ 甲.名 }}{%- endif -%}"],
        ["{% if", " 大 ", "%}", "{{ 甲.名 }}{", "% endif %", "}"],
    ],
)
def test_tags_split_over_runs(desk: Desk, content: list[str]) -> None:
    assert texts(desk.print(p("前", *content, "后"), "下段")) == ["前某局后", "下段"]


def test_an_empty_text_inside_a_tag(desk: Desk) -> None:
    """Programs that write .docx leave empty runs behind."""
    assert texts(desk.print(p("{{ 甲.", '<w:r><w:t xml:space="preserve"/></w:r>', "名 }}"))) == [
        "某局"
    ]


@pytest.mark.parametrize(
    "around",
    [
        ('<w:smartTag w:uri="u" w:element="e">', "</w:smartTag>"),
        ('<w:hyperlink w:anchor="_top">', "</w:hyperlink>"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ],
    ids=["smartTag", "hyperlink", "sdt"],
)
@pytest.mark.parametrize("value", ["一行", "首行\n次行\n末行"], ids=["one line", "three lines"])
def test_tags_inside_other_elements(desk: Desk, around: tuple[str, str], value: str) -> None:
    body = p("前", around[0] + run("{{ 甲.名 }}{{ 甲.数|元 }}") + around[1], "后")
    assert "".join(texts(desk.print(body, 名=value))) == f"前{value}1234567.89元后".replace(
        "\n", ""
    )
    assert len(texts(desk.print(body, 名=value))) == value.count("\n") + 1


@pytest.mark.parametrize("around", ["smartTag", "hyperlink"])
def test_a_tag_that_runs_into_another_element(desk: Desk, around: str) -> None:
    """Either it is joined, or it is told with its place."""
    desk.section(p("前{{ 甲", f"<w:{around}>{run('.名')}</w:{around}>", run(" }}后")))
    if desk.attempted():
        assert texts(desk.printed(desk.names())[0]) == ["前某局后"]


def test_tables(desk: Desk) -> None:
    rows = tbl(
        tr("项", "额"),
        tr("{%tr for 行 in 乙 %}", ""),
        tr("{{ 行.项 }}", "{{ 行.额|表 }}"),
        tr("{%tr endfor %}", ""),
        tr("计", "完"),
    )
    data = desk.print("前", rows, "后")
    assert texts(data) == ["前", "项", "额", "一", "1.00", "二", "2.50", "计", "完", "后"]
    assert len(list(part(data).iter(f"{W}tr"))) == 4
    empty = desk.print("前", rows, "后", rows=())
    assert len(list(part(empty).iter(f"{W}tr"))) == 2


def test_rows_split_over_runs(desk: Desk) -> None:
    rows = tbl(
        tr(tc(p("{%", PROOF, "tr for 行", " in 乙 %}"))),
        tr("{{ 行.项 }}"),
        tr(tc(p("{%tr", PROOF, " endfor %", "}"))),
    )
    assert texts(desk.print(rows)) == ["一", "二"]


def test_rows_under_a_condition(desk: Desk) -> None:
    rows = tbl(tr("{%tr if 大 %}"), tr("大"), tr("{%tr else %}"), tr("小"), tr("{%tr endif %}"))
    assert texts(desk.print(rows)) == ["大"]
    assert texts(
        desk.print(rows, 数=desk.names(rows=[("一", "1")])["乙"].items[0].members["额"])
    ) == ["小"]


def test_a_loop_within_a_cell(desk: Desk) -> None:
    assert texts(
        desk.print(
            tbl(
                tr(
                    tc("{%p for 行 in 乙 %}", "{{ 行.项 }}", "{%p endfor %}"),
                    "{% for 行 in 乙 %}{{ 行.项 }}、{% endfor %}",
                )
            )
        )
    ) == [
        "一",
        "二",
        "一、二、",
    ]


def test_loops_within_loops(desk: Desk) -> None:
    body = [
        "{%p for a in 乙 %}",
        "{{ a.项 }}：{% for b in 乙 %}{{ a.项 }}{{ b.项 }}{% if b.项 == a.项 %}同{% endif %} {% endfor %}",
        "{%p endfor %}",
    ]
    assert texts(desk.print(*body)) == ["一：一一同 一二 ", "二：二一 二二同 "]


def test_nested_tables(desk: Desk) -> None:
    inner = tbl(tr("{% for 行 in 乙 %}{{ 行.项 }}{% endfor %}"))
    assert texts(desk.print(tbl(tr(tc("前", inner, "后"), "{{ 甲.名 }}")))) == [
        "前",
        "一二",
        "后",
        "某局",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"), [("部门", ["甲段", "再段"]), ("单位", ["乙段"]), ("其他", ["丙段"])]
)
def test_paragraphs_under_conditions(desk: Desk, kind: str, expected: list[str]) -> None:
    body = [
        "{%p if 甲.类 == '部门' %}",
        "甲段",
        "再段",
        "{%p elif 甲.类 == '单位' %}",
        "乙段",
        "{%p else %}",
        "丙段",
        "{%p endif %}",
    ]
    assert texts(desk.print("首", *body, "尾", 类=kind)) == ["首", *expected, "尾"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("部门", "甲、某局部门。"), ("单位", "甲、某局单位的。")]
)
def test_branches_within_a_paragraph(desk: Desk, kind: str, expected: str) -> None:
    within = "甲、{{ 甲.名 }}{% if 甲.类 == '部门' %}部门{% else %}单位的{% endif %}。"
    across = [
        run("甲、{{ 甲.名 }}{% if 甲.类 =="),
        run(" '部门' %}部", "<w:b/>"),
        run("门{% else %}单"),
        run("位的{% en", "<w:i/>"),
        run("dif %}。"),
    ]
    assert texts(desk.print(within, p(*across), 类=kind)) == [expected, expected]


def test_branches_over_paragraphs(desk: Desk) -> None:
    body = ["前{% if 大 %}一", "二{% endif %}后"]
    assert texts(desk.print(*body)) == ["前一", "二后"]
    assert texts(
        desk.print(*body, 数=desk.names(rows=[("一", "1")])["乙"].items[0].members["额"])
    ) == ["前后"]


def test_tabs_and_breaks_beside_tags(desk: Desk) -> None:
    body = "<w:r><w:t>a</w:t><w:tab/><w:t>{{ 甲.名 }}</w:t><w:br/><w:t>{{ 甲.类 }}b</w:t><w:tab/></w:r>"
    assert texts(desk.print(p(body))) == ["a\t某局\n部门b\t"]
    assert texts(
        desk.print(
            p("<w:r><w:tab/><w:t>{% if 大 %}</w:t><w:br/><w:t>x{% endif %}</w:t><w:tab/></w:r>")
        )
    ) == ["\t\nx\t"]


def test_spaces_are_kept(desk: Desk) -> None:
    assert texts(desk.print(" 前 {{ 甲.名 }}  后 ", 名=" 某 局 ")) == [" 前  某 局   后 "]


def test_a_tag_in_a_footer(desk: Desk) -> None:
    desk.section("正文{{ 甲.数|元 }}")
    desk.base(
        word__footer1_dot_xml=base_parts()["word/footer1.xml"].replace(
            "— ".encode(), "{{ 甲.名 }}—{{ 甲.数|元 }}".encode()
        )
    )
    data, ledger = desk.printed(desk.names())
    assert texts(data, "word/footer1.xml") == ["某局—1234567.89元 —"]
    assert texts(data, "word/footer2.xml")[0].startswith("— ")
    assert [e.tag.file for e in ledger] == ["report/1-节.docx", "base.docx"]


def test_a_fault_in_a_footer(desk: Desk) -> None:
    desk.base(
        word__footer2_dot_xml=base_parts()["word/footer2.xml"].replace(
            "— ".encode(), "{{ 甲.名称 }}—".encode()
        )
    )
    (fault,) = faults(desk, "正文")
    assert "样/base.docx 页脚2第1段：甲 没有“名称”，是否指“名”？｜段落原文：{{ 甲.名称 }}—" in fault


def test_text_boxes(desk: Desk) -> None:
    body = p("前", box("框{{ 甲.名 }}", "{%p if 大 %}", "框二", "{%p endif %}"), "{{ 甲.类 }}后")
    assert texts(desk.print(body)) == ["前部门后", "框某局", "框二"]
    assert texts(desk.print(p(box("{{ 甲.名 }}")), "下")) == ["", "某局", "下"]


def test_text_boxes_in_alternatives(desk: Desk) -> None:
    both = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box('{{ 甲.数|元 }}')[5:-6]}</mc:Choice><mc:Fallback>{box('{{ 甲.数|元 }}')[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>"
    assert texts(desk.print(p(both))) == ["", "1234567.89元", "1234567.89元"]


def test_faults_round_a_text_box_name_their_own_paragraphs(desk: Desk) -> None:
    found = faults(desk, p("一{{ 甲.a }}", box("二{{ 甲.b }}"), "三{{ 甲.c }}"))
    assert len(found) == 3
    for name, paragraph in (
        ("a", "一{{ 甲.a }}三{{ 甲.c }}"),
        ("b", "二{{ 甲.b }}"),
        ("c", "一{{ 甲.a }}三{{ 甲.c }}"),
    ):
        assert [f for f in found if f"“{name}”" in f and f.endswith(f"段落原文：{paragraph}")], (
            name,
            found,
        )


def test_a_row_tag_in_the_paragraph_of_a_text_box(desk: Desk) -> None:
    """The paragraph tag stands after a text box in the same paragraph: right or told, never a
    crash."""
    desk.section(p("前", box("框"), "{%p if 大 %}"), "中", "{%p endif %}")
    if desk.attempted():
        assert texts(desk.printed(desk.names())[0]) == ["前", "框", "中"]


@pytest.mark.parametrize(
    "quoted",
    [
        "甲.名 == '研发R&D'",
        "甲.名 != 'a<b'",
        "甲.数 > 元(1) and 甲.数 >= 元(2)",
        "甲.数 < 元(99999999)",
        "'&' != '&amp;'",
    ],
)
def test_signs_of_xml_in_tags(desk: Desk, quoted: str) -> None:
    assert texts(desk.print(f"{{% if {quoted} %}}是{{% else %}}否{{% endif %}}", 名="研发R&D")) == [
        "是"
    ]


def test_signs_of_xml_in_fixed_text(desk: Desk) -> None:
    assert texts(desk.print("a<b & c>d “引” {{ 甲.名 }} &amp; ]]>")) == [
        "a<b & c>d “引” 某局 &amp; ]]>"
    ]


@pytest.mark.parametrize(
    "ends",
    [
        ("前{", "{{ 甲.名 }}后"),
        ("a{", "%b"),
        ("50%", "}后"),
        ("a{", "#b"),
        ("#", "}"),
        ("{", "后"),
        ("x}", "}y"),
    ],
)
def test_single_braces_are_text(desk: Desk, ends: tuple[str, str]) -> None:
    """Braces of two paragraphs never make a tag together; what cannot be told from one is refused
    by its place."""
    desk.section("首{{ 甲.名 }}", *ends, "{{ 甲.类 }}", "尾")
    if not desk.attempted():
        return
    assert texts(desk.printed(desk.names())[0]) == [
        "首某局",
        ends[0],
        ends[1].replace("{{ 甲.名 }}", "某局"),
        "部门",
        "尾",
    ]


def test_the_run_of_a_print_keeps_its_properties(desk: Desk) -> None:
    bold, red = '<w:b/><w:sz w:val="28"/>', '<w:color w:val="FF0000"/>'
    root = part(
        desk.print(p(run("前{{ 甲.名 }}后", bold), run("{{ 甲.数|元 }}", red)), 名="一\n二")
    )
    runs = [
        ("".join(t.text for t in r.iter(f"{W}t")), [e.tag for e in r.find(f"{W}rPr")])
        for r in root.iter(f"{W}r")
    ]
    assert runs == [(t, [f"{W}b", f"{W}sz"]) for t in ("前", "一", "二", "后")] + [
        ("1234567.89元", [f"{W}color"])
    ]


def test_split_tags_take_the_first_run_of_the_tag(desk: Desk) -> None:
    root = part(desk.print(p(run("{{ 甲", "<w:b/>"), run(".名 }}", "<w:i/>"))))
    assert [e.tag for e in root.find(f".//{W}rPr")] == [f"{W}b"]


# -- sections
# --------------------------------------------------------------------------------------------------------------


def test_sections_are_joined_in_the_order_of_their_names(desk: Desk) -> None:
    desk.section("二", name="20-b.docx")
    desk.section("一", name="10-a.docx")
    (desk.folder / "report" / "~$10-a.docx").write_bytes(b"lock")
    desk.section("三", name="30-c.docx")
    assert texts(desk.printed(desk.names())[0]) == ["一", "二", "三"]


def test_pages_change_between_sections(desk: Desk) -> None:
    desk.section("竖", name="1.docx")
    wide = parts("横{{ 甲.名 }}", tbl(tr("格")))
    page = b'<w:pgSz w:w="11906" w:h="16838"/>'
    assert page in wide["word/document.xml"]
    wide["word/document.xml"] = wide["word/document.xml"].replace(
        page, b'<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    )
    desk.file(zipped(wide), "2.docx")
    desk.section("又竖", name="3.docx")
    data, _ = desk.printed(desk.names())
    root = part(data)
    widths = [e.get(f"{W}w") for e in root.iter(f"{W}pgSz")]
    assert widths == ["11906", "16838", "11906"]
    assert [t for t in texts(data) if t] == ["竖", "横某局", "格", "又竖"]
    references = [len(s.findall(f"{W}footerReference")) for s in root.iter(f"{W}sectPr")]
    assert references == [2, 2, 2], "each carries its own: a condition may leave out the first"
    assert root.find(f"{W}body")[-1].tag == f"{W}sectPr"
    assert root.find(f"{W}body")[-2].tag == f"{W}p"


def test_sections_with_the_bookmark_that_word_leaves(desk: Desk) -> None:
    """Word leaves _GoBack with id 0 in every file that it saves."""
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    desk.section(p("一{{ 甲.名 }}", mark), name="1.docx")
    desk.section(p("二", mark), name="2.docx")
    assert texts(desk.printed(desk.names())[0]) == ["一某局", "二"]


def test_a_bookmark_in_a_loop(desk: Desk) -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    assert texts(desk.print("{%p for 行 in 乙 %}", p("{{ 行.项 }}", mark), "{%p endfor %}")) == [
        "一",
        "二",
    ]


def test_a_bookmark_with_a_high_number(desk: Desk) -> None:
    mark = '<w:bookmarkStart w:id="100000" w:name="自己"/><w:bookmarkEnd w:id="100000"/>'
    assert texts(desk.print(p("{{ 甲.数|元 }}", mark))) == ["1234567.89元"]


def test_the_document_before_tags_is_what_was_spliced(desk: Desk) -> None:
    """Fixed text goes through unchanged, character for character."""
    text = "固定文字，　全角空格、\u00a0不换行空格、“引号”—破折号……（括号）〔2022〕１２３％"
    assert texts(desk.print(text, text + "{{ 甲.名 }}" + text)) == [text, f"{text}某局{text}"]


def test_the_parts_of_the_base_go_through(desk: Desk) -> None:
    desk.section("{{ 甲.名 }}")
    made = desk.load()
    assert set(made.order) == set(base_parts())
    assert made.order[0] == "[Content_Types].xml"
    assert "word/document.xml" in made.nodes
    assert set(made.fixed) == set(base_parts()) - set(made.nodes)


def test_nodes_of_a_template(desk: Desk) -> None:
    desk.section(
        "{{ 甲.名 }}{% if 大 %}x{% elif 甲.名 == 'y' %}{% else %}z{% endif %}",
        "{%p for 行 in 乙 %}",
        "{{ 行.项 }}",
        "{%p endfor %}",
    )
    nodes: list[Node] = desk.load().nodes["word/document.xml"]
    kinds = [type(n) for n in nodes if not isinstance(n, str)]
    assert kinds == [Print, If, For]
    branching = next(n for n in nodes if isinstance(n, If))
    assert [b.condition is None for b in branching.branches] == [False, False, True]
    assert any("x" in n for n in branching.branches[0].body if isinstance(n, str))
    loop = next(n for n in nodes if isinstance(n, For))
    assert loop.variable == "行"
    assert loop.tag.text == "{%p for 行 in 乙 %}"
    assert (loop.tag.file, loop.tag.place, loop.tag.paragraph) == (
        "report/1-节.docx",
        "正文第2段",
        "{%p for 行 in 乙 %}",
    )


def test_the_edition_itself(plan: opening.OpenEdition) -> None:
    made, document = compiling.templates(plan)[0]
    assert document is plan.edition.document[0]
    sources = document_files.read(plan.edition, document)
    assert [f for s in (sources.base, *sources.sections) for f in s.faults] == []
    spliced = splice(sources.base, sources.sections)
    assert len([t for tags in spliced.tags["word/document.xml"] for t in tags]) > 50
    assert made.nodes["word/document.xml"]


# -- what is said of tags that are wrong
# -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 甲.名称 }}", "甲 没有“名称”，是否指“名”？"),
        ("{{ 丙丁 }}", "没有名称“丙丁”"),
        ("{{ 甲.数 }}", "甲.数：打印数字要写明格式，如 |万元"),
        ("{{ 甲.数|万园 }}", "没有格式“万园”"),
        ("{{ 甲.数|万元元 }}", "没有格式“万元元”，是否指“万元”？"),
        ("{{ 甲.数|百分比 }}", "甲.数（元） 不能用“百分比”来打印"),
        ("{{ 甲.名|万元 }}", "|万元 只能用于数字"),
        ("{{ 甲 }}", "“甲”是一张表或一行，不能直接打印"),
        ("{{ 乙 }}", "“乙”是一张表或一行，不能直接打印"),
        ("{{ 甲.数 + 甲.数 }}", "模板里不能做加减乘除"),
        ("{{ 甲.数|万元 + 1 }}", "模板里不能做加减乘除"),
        ("{{ }}", "看不懂“”"),
        ("{{ 甲. }}", "看不懂“甲.”"),
        ("{% if %}x{% endif %}", "看不懂“”"),
        ("{% if 甲.名 = 'a' %}x{% endif %}", "看不懂"),
        ("{% if 甲.数 == 甲.名 %}x{% endif %}", "数字与文字不能比较"),
        ("{% if 甲.数 > 100 %}x{% endif %}", "计量单位不同"),
        ("{% for 行 in 甲.名 %}x{% endfor %}", "in 后面不是表，不能循环"),
        ("{% for 行 in 甲.数 %}x{% endfor %}", "in 后面不是表，不能循环"),
        ("{% for 行 in 甲 %}x{% endfor %}", "in 后面不是表，不能循环"),
        ("{% for 行 in '甲' %}x{% endfor %}", "in 后面不是表，不能循环"),
        ("{% for 行 of 乙 %}x{% endfor %}", "循环要写成"),
        ("{% for 甲 in 乙 %}x{% endfor %}", "循环要写成"),
        ("{% for a, b in 乙 %}x{% endfor %}", "循环要写成"),
        ("{% for 行 in 乙 %}{{ 行.没有 }}{% endfor %}", "没有“没有”"),
        ("{% for 行 in 乙 %}x", "{% for 行 in 乙 %} 没有对应的 endfor"),
        ("{% if 大 %}x", "{% if 大 %} 没有对应的 endif"),
        ("{% if 大 %}x{% else %}y", "{% if 大 %} 没有对应的 endif"),
        ("x{% endif %}", "endif 没有对应的开头"),
        ("x{% endfor %}", "endfor 没有对应的开头"),
        ("x{% else %}y", "else 没有对应的开头"),
        ("x{% elif 大 %}y", "elif 没有对应的开头"),
        ("{% if 大 %}{% for 行 in 乙 %}{% endif %}{% endfor %}", "这里是 endif"),
        ("{% for 行 in 乙 %}{% if 大 %}{% endfor %}{% endif %}", "这里是 endfor"),
        ("{% for 行 in 乙 %}{% else %}{% endfor %}", "这里是 else"),
        ("{% if 大 %}a{% else %}b{% else %}c{% endif %}", "else"),
        ("{% if 大 %}a{% else %}b{% elif 大 %}c{% endif %}", "elif"),
        ("{% if 大 %}a{% else if 甲.名 == 'b' %}b{% endif %}", "else"),
        ("{% include 'x' %}", "没有“include”这种语句"),
        ("{%tr for 行 in 乙 %}", "tr"),
        ("{{p 甲.名 }}", "打印不到文字里"),
        ("{{ 甲.名 }", "标签没有写完整"),
        ("{{ 甲.名", "标签没有写完整"),
        ("甲.名 }}", "标签没有写完整"),
        ("{% if 大 }x{% endif %}", "看不懂“大 }x{% endif”"),
        ("{# 注", "标签没有写完整"),
        ("%}", "标签没有写完整"),
        ("{%p if 大 %}{%p endif %}", "整段的标签"),
        ("{{ 次(9) }}", "没有第 9 级序号"),
        ("{{ 比上年(甲.数) }}", "甲.数 没有上年数"),
        ("{{ 列举(乙.项, 乙.项) }}", "没有任何一条原因打 √"),
        ("{{ '" + "长" * 600 + "' }}", "最多 600 个"),
    ],
)
def test_faults_in_words(desk: Desk, text: str, message: str) -> None:
    found = faults(desk, "首段", text, "尾段")
    assert any(message in f for f in found), found
    assert any(
        "1-节.docx 正文第2段：" in f and f.partition("｜段落原文：")[2].strip("…") in text
        for f in found
    ), found


def test_places_in_tables(desk: Desk) -> None:
    found = faults(
        desk,
        "首",
        tbl(tr("一"), tr("x", "{{ 甲.a }}")),
        "{{ 甲.b }}",
        tbl(tr("", tc("上", "下{{ 甲.c }}后"), "")),
        p("", box("{{ 甲.d }}")),
    )
    assert [f[f.index("1-节.docx") :] for f in found] == [
        "1-节.docx 表1第2行第2格：甲 没有“a”｜段落原文：{{ 甲.a }}",
        "1-节.docx 正文第2段：甲 没有“b”｜段落原文：{{ 甲.b }}",
        "1-节.docx 表2第1行第2格第2段：甲 没有“c”｜段落原文：下{{ 甲.c }}后",
        "1-节.docx 文本框1第1段：甲 没有“d”｜段落原文：{{ 甲.d }}",
    ]


@pytest.mark.parametrize(
    "around",
    [("", ""), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")],
    ids=["plain", "in a control"],
)
def test_places_in_rows_and_cells_with_controls(desk: Desk, around: tuple[str, str]) -> None:
    """Rows and cells may stand in content controls; they count all the same."""
    cell = tc("{{ 甲.a }}").join(around)
    row = f"<w:tr>{tc('x')}{cell}</w:tr>".join(around)
    (found,) = faults(desk, tbl(tr("一"), row))
    assert "1-节.docx 表1第2行第2格：甲 没有“a”" in found


def test_all_faults_are_told_at_once(desk: Desk) -> None:
    desk.section("{{ 没有一 }}", "{{ 没有二 }}", "好", name="1.docx")
    desk.section("{{ 没有三 }}{% if 没有四 %}{{ 没有五 }}{% endif %}", name="2.docx")
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    assert [f.split("：")[1] for f in raised.value.faults] == [
        f"没有名称“没有{n}”｜段落原文" for n in "一二三四五"
    ]
    assert all(
        f.startswith(f"样/report/{'1' if i < 2 else '2'}.docx 正文第")
        for i, f in enumerate(raised.value.faults)
    )


def test_faults_in_branches_that_the_facts_do_not_take(desk: Desk) -> None:
    found = faults(
        desk,
        "{% if 甲.类 == '单位' %}{{ 甲.a }}{% elif not 大 %}{{ 甲.b }}{% else %}{{ 甲.c }}{% endif %}{{ 甲.d if 大 else 甲.e }}",
    )
    for name in "abc":
        assert any(f"没有“{name}”" in f for f in found)
    assert any("没有“d”" in f or "没有“e”" in f for f in found)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            p('<w:hyperlink r:id="rId9"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'),
            "超链接只能指向网页",
        ),
        (
            p(
                '<w:r><w:drawing><wp:inline><a:blip xmlns:a="urn:a" r:embed="rId9"/></wp:inline></w:drawing></w:r>',
                "图",
            ),
            "图片要嵌入在文件里",
        ),
        (
            p('<w:r><w:footnoteReference w:id="1" r:id="rId9"/></w:r>', "注"),
            "脚注、尾注在文件里已经找不到了",
        ),
        (p("编号", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), "自动编号"),
        (p("样式", props='<w:pStyle w:val="Nowhere"/>'), "样式“Nowhere”不在 base.docx 里"),
        (p(run("字符样式", '<w:rStyle w:val="Nowhere"/>')), "样式“Nowhere”不在 base.docx 里"),
        (
            p(
                '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{{ 甲.名 }}"/></wp:inline></w:drawing></w:r>',
                "图",
            ),
            "看不见的地方",
        ),
        (
            p(
                '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{% if 大 %}"/></wp:inline></w:drawing></w:r>',
                "图",
            ),
            "看不见的地方",
        ),
        (
            p(
                '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{# 注"/></wp:inline></w:drawing></w:r>',
                "图",
            ),
            "看不见的地方",
        ),
    ],
)
def test_what_cannot_be_spliced(desk: Desk, body: str, message: str) -> None:
    found = faults(desk, "首", body)
    assert any(message in f and "1-节.docx 正文第2段" in f for f in found), found


def test_no_sections(desk: Desk) -> None:
    with pytest.raises(EditionFault, match="没有章节模板"):
        desk.tried()


def test_quotation_marks_in_quoted_text_stay(desk: Desk) -> None:
    assert texts(desk.print("{{ '“引”' }}{% if '‘' == '’' %}同{% else %}异{% endif %}")) == [
        "“引”异"
    ]


@pytest.mark.parametrize(
    "body",
    [
        tbl(tr("{% if 大 %}一", "二{% endif %}")),
        tbl(tr("{%tr for 行 in 乙 %}"), tr("{{ 行.项 }}"))
        + p("间")
        + tbl(tr("{{ 甲.名 }}"), tr("{%tr endfor %}")),
        p(box("{% if 大 %}一")) + p(box("二{% endif %}")),
    ],
    ids=["cells", "tables", "boxes"],
)
def test_a_block_from_one_cell_table_or_box_into_the_next(desk: Desk, body: str) -> None:
    assert any("不在同一层" in f for f in faults(desk, body))
