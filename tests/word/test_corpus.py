"""A corpus of templates as people write them: what is wrong is told, each fault once and in its
place; what slipped from the keyboard prints as if it had been typed well; and what is right is
left in peace."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest
from lxml import etree
from wordml import (
    DOCUMENT,
    EDITION,
    PROOF,
    TABLE,
    Desk,
    W,
    base_parts,
    box,
    missing,
    p,
    part,
    parts,
    run,
    sound,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

from office import convert
from reportgen.edition import loading
from reportgen.edition.models import scope_names
from reportgen.findings import Severity
from reportgen.language.values import Facts
from reportgen.tasks import compiling, documents, opening
from reportgen.tasks.filing import load
from reportgen.word.authors.mark import marked
from reportgen.word.printing.render import RenderFault
from reportgen.word.source.tags import Fault
from reportgen.wording.languages import languages_of

ROOT = Path(__file__).resolve().parents[2]
COMMENTS, RELATIONS, SETTINGS = (
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "word/_rels/settings.xml.rels",
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
EAST, WEST = '<w:rFonts w:hint="eastAsia"/>', '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'

# -- as Word writes it
# -----------------------------------------------------------------------------------------------------


def typed(text: str) -> str:
    """The runs that Word makes of a text typed with an input method: one per script, the words
    marked as misspelt."""
    runs = []
    for east, letters in groupby(text, key=lambda c: c > "\u2e7f"):
        one = run("".join(letters), EAST if east else WEST)
        runs.append(
            one
            if east
            else f'<w:proofErr w:type="spellStart"/>{one}<w:proofErr w:type="spellEnd"/>'
        )
    return "".join(runs)


def each(text: str, props: str = WEST) -> str:
    """A run for every character."""
    return "".join(run(c, props if n % 2 else "") for n, c in enumerate(text))


def shape(*paragraphs: str) -> str:
    """A text box as Word writes it: a drawing, and the same in the old way for programs that do
    not know it."""
    content = f"<w:txbxContent>{''.join(p(c) for c in paragraphs)}</w:txbxContent>"
    graphic = (
        '<a:graphic xmlns:a="urn:a"><a:graphicData uri="w"><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    )
    new = (
        f'<w:drawing><wp:inline><wp:docPr id="1" name="文本框 1"/>{graphic}</wp:inline></w:drawing>'
    )
    old = f'<w:pict><v:shape id="_x0000_s1026"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    both = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


def control(*content: str) -> str:
    """A content control round runs, paragraphs, rows or cells."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="控件"/></w:sdtPr><w:sdtContent>{"".join(content)}</w:sdtContent></w:sdt>'


def link(text: str, target: str = 'r:id="rId30"') -> str:
    """A hyperlink."""
    return f"<w:hyperlink {target}>{run(text)}</w:hyperlink>"


def code(*pieces: str) -> str:
    """A field of which Word wrote the code in pieces."""
    ends = [
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    ]
    inner = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces
    )
    return ends[0] + inner + ends[1] + run("结果") + ends[2]


def picture(**attributes: str) -> str:
    """A picture; with attributes of its docPr."""
    told = "".join(f' {k}="{v}"' for k, v in attributes.items())
    blip = (
        '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId31"/>'
    )
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1"{told}/>{blip}</wp:inline></w:drawing></w:r>'


def alternative(**attributes: str) -> str:
    """A drawing without any file, with attributes of its docPr."""
    told = "".join(f' {k}="{v}"' for k, v in attributes.items())
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1"{told}/></wp:inline></w:drawing></w:r>'


def change(kind: str, *content: str) -> str:
    """A tracked change."""
    return f'<w:{kind} w:id="7" w:author="张三" w:date="2023-01-01T00:00:00Z">{"".join(content)}</w:{kind}>'


def comments(*said: tuple[str, str]) -> bytes:
    """The part of comments: author and text of each."""
    inner = "".join(
        f'<w:comment w:id="{n}" w:author="{who}">{p(text)}</w:comment>'
        for n, (who, text) in enumerate(said)
    )
    return f'<w:comments xmlns:w="{W[1:-1]}">{inner}</w:comments>'.encode()


def relations(*external: tuple[str, str, str]) -> bytes:
    """A part of relations to what lies outside: id, kind and target of each."""
    inner = "".join(
        f'<Relationship Id="{n}" Type="{OFFICE}/relationships/{kind}" Target="{target}" TargetMode="External"/>'
        for n, kind, target in external
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


OBJECT = (
    '<w:r><w:object><v:shape id="s"><v:imagedata r:id="rId33"/></v:shape>'
    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rId32"/></w:object></w:r>'
)

# -- the edition
# -----------------------------------------------------------------------------------------------------------

MORE = """
[[derived]]
name = "差额"
formula = "甲.数 - 元(100)"
[[derived]]
name = "差额率"
formula = "(甲.数 - 元(100)) / 元(100)"
[[derived]]
name = "两数"
formula = "甲.数 + 元(100)"
[[derived]]
name = "比"
formula = "甲.数 / sum(乙.额)"
"""
VERSUS = """"增" = "增加{{ 差|元 }}，增长{{ 率|百分比 }}"
"减" = "减少{{ 差|元 }}，下降{{ 率|百分比 }}"
"平" = "与上年持平"
"零基数" = "增加{{ 差|元 }}"
"变号" = "由{{ 基数|元 }}变为{{ 本数|元 }}"
"升点" = "提高{{ 差|百分比 }}"
"降点" = "降低{{ 差|百分比 }}"
"""
RICH = EDITION + MORE + f'[wording."比上年"]\n{VERSUS}[wording."比较"]\n{VERSUS}'


def rich(folder: Path) -> Desk:
    """The small edition, with last year's amounts, differences and their wording."""
    made = Desk(folder, RICH)
    prior = TABLE.replace('unit = "元" }', 'unit = "元", prior = true }')
    (made.folder / "workbook/2-乙.toml").write_text(prior, encoding="utf-8")
    made.edition = loading.load(made.folder)
    made.wording = languages_of(made.edition)
    made.plan = opening.OpenEdition(made.edition, made.wording, [], None)  # type: ignore[arg-type]
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return rich(tmp_path)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    return [f for f in faults if f.severity is Severity.ERROR]


# -- faults
# ----------------------------------------------------------------------------------------------------------------


@dataclass
class Case:
    """A section, what else its package and the edition's folder hold, and what is to be told:
    place (with its file, if it is not that of the section), the text of the tag ("" for a
    paragraph or a part), a piece of the message."""

    body: list[str]
    told: list[tuple[str, str, str]]
    pack: Mapping[str, bytes] = field(default_factory=dict)
    base: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)


def one(text: str, message: str, tag: str | None = None) -> Case:
    """A single fault in the second paragraph, which is typed as people type."""
    return Case(
        ["首段", p(typed(text)), "尾段"], [("正文第2段", text if tag is None else tag, message)]
    )


def footer(old: str, new: str) -> bytes:
    return base_parts()["word/footer1.xml"].replace(old.encode(), new.encode())


REVISION = "这里有没有处理的修订。请在“审阅”里接受或拒绝全部修订"
ALONE = "要单独占一行（段），并且里面没有别的表格或文本框"
UNCLOSED = "标签没有写完整。{{ 与 }}、{% 与 %} 要在同一段里成对，中间不能按回车"
HIDDEN = "标签写在了图片说明等看不见的地方，不会被填写。请删去"
ACROSS = "这个标签跨在修订、超链接、内容控件或文本框的边上。请删掉后在一处重新输入"
LITERAL = "写死在有增有减的数前面，方向反了就错了。请改用 比上年(…)、比较(…)"
NOT_LIFTED = "这个标签占了整行或整段，打印不到文字里。请去掉标签开头的 tr 或 p"
NUMBERED = "不能用 Word 的自动编号，拼接后序号会错。请改写 {{ 次(级别) }}"
LAYERS = "不在同一层（如一个在表内、一个在表外）"

FAULTY: dict[str, Case] = {
    # names
    "member": one("甲{{ 甲.名称 }}乙", "甲 没有“名称”，是否指“名”？", "{{ 甲.名称 }}"),
    "member far": one("{{ 甲.电话号码 }}", "甲 没有“电话号码”"),
    "name": one("{{ 丙丁 }}", "没有名称“丙丁”"),
    "name near": one("{{ 差额数|元 }}", "没有名称“差额数”，是否指“差额”？"),
    "name in a test": one(
        "{% if 差额率率 > 0 %}高{% endif %}",
        "没有名称“差额率率”，是否指“差额率”？",
        "{% if 差额率率 > 0 %}",
    ),
    "rows unknown": one(
        "{% for 行 in 乙乙 %}x{% endfor %}", "没有名称“乙乙”", "{% for 行 in 乙乙 %}"
    ),
    "member of a row": one(
        "{% for 行 in 乙 %}{{ 行.金额 }}{% endfor %}", "没有“金额”，是否指“额”？", "{{ 行.金额 }}"
    ),
    "member of a number": one("{{ 甲.数.去年 }}", "没有数字属性“去年”"),
    "format": one("{{ 甲.数|万元元 }}", "没有格式“万元元”，是否指“万元”？"),
    "format near": one("{{ 甲.数|百分 }}", "没有格式“百分”，是否指“百分比”？"),
    "function": one("{{ 列举出(甲.文) }}", "没有函数“列举出”，是否指“列举”？"),
    "function near": one("{{ 比上(甲.数) }}", "没有函数“比上”，是否指“比上年”？"),
    "test": one(
        "{% if 甲.名 is 已填写 %}x{% endif %}",
        "没有判断“已填写”，是否指“已填”？",
        "{% if 甲.名 is 已填写 %}",
    ),
    "statement": one("{% esle %}", "没有“esle”这种语句，可用 for、if、elif、else、endif、endfor"),
    "statement set": one("{% set 元数 = 1 %}", "没有“set”这种语句"),
    "names, character by character": Case(
        [p(each("{{ 甲.名称 }}"))], [("正文第1段", "{{ 甲.名称 }}", "是否指“名”？")]
    ),
    # formats
    "no format": one("计{{ 甲.数 }}。", "甲.数：打印数字要写明格式，如 |万元", "{{ 甲.数 }}"),
    "no format in a loop": one(
        "{% for 行 in 乙 %}{{ 行.额 }}{% endfor %}", "打印数字要写明格式，如 |万元", "{{ 行.额 }}"
    ),
    "wrong unit": one("{{ 甲.数|百分比 }}", "甲.数（元） 不能用“百分比”来打印"),
    "wrong unit of a rate": one("{{ 差额率|万元 }}", "不能用“万元”来打印"),
    "format of a text": one("{{ 甲.名|万元 }}", "|万元 只能用于数字"),
    "a whole table": one("{{ 乙 }}", "“乙”是一张表或一行，不能直接打印"),
    "no prior": one("{{ 比上年(甲.数) }}", "甲.数 没有上年数：表中没有给它留上年列"),
    "arithmetic": one(
        "{{ 甲.数 + 甲.数 }}", "模板里不能做加减乘除。请在年度方案里定义导出项（derived）"
    ),
    "arithmetic in a test": one(
        "{% if 甲.数 - 差额 > 0 %}x{% endif %}", "模板里不能做加减乘除", "{% if 甲.数 - 差额 > 0 %}"
    ),
    "units compared": one(
        "{% if 甲.数 > 100 %}x{% endif %}", "计量单位不同，不能相加减或比较", "{% if 甲.数 > 100 %}"
    ),
    "a single equals sign": one(
        "{% if 甲.类 = '部门' %}x{% endif %}", "看不懂“甲.类 = '部门'”", "{% if 甲.类 = '部门' %}"
    ),
    "no ordinal": one("{{ 次(9) }}", "没有第 9 级序号"),
    # tags
    "unclosed": one("{{ 甲.名", UNCLOSED, "{{"),
    "half closed": one("前{{ 甲.名 }后", UNCLOSED, "{{"),
    "not opened": one("甲.名 }}", UNCLOSED, "}}"),
    "unclosed beside a good one": one("{{ 甲.名 }}和{% if 大", UNCLOSED, "{%"),
    "enter inside": Case(
        [p(typed("为{{ 甲")), p(typed(".名 }}。"))],
        [("正文第1段", "{{", UNCLOSED), ("正文第2段", "}}", UNCLOSED)],
    ),
    "enter inside a statement": Case(
        ["{%p if 甲.类 ==", "'部门' %}", "一", "{%p endif %}"],
        [("正文第1段", "{%", UNCLOSED), ("正文第2段", "%}", UNCLOSED)],
    ),
    "unclosed in a cell": Case(
        [tbl(tr("一", "{{ 甲.名"), tr("二", "}}"))],
        [("表1第1行第2格", "{{", UNCLOSED), ("表1第2行第2格", "}}", UNCLOSED)],
    ),
    "an expression that is none": one("{{ 甲.名 乙 }}", "看不懂“甲.名 乙”。请检查括号、引号"),
    "nothing in it": one("{{ }}", "看不懂“”"),
    "{{p": one("{{p 甲.名 }}", NOT_LIFTED),
    "{{tr": Case([tbl(tr("{{tr 甲.名 }}"))], [("表1第1行第1格", "{{tr 甲.名 }}", NOT_LIFTED)]),
    # blocks
    "no endfor": Case(
        ["{%p for 行 in 乙 %}", "{{ 行.项 }}"],
        [("正文第1段", "{%p for 行 in 乙 %}", "没有对应的 endfor")],
    ),
    "no endif": one("{% if 大 %}是", "{% if 大 %} 没有对应的 endif", "{% if 大 %}"),
    "stray endif": one("是{% endif %}", "endif 没有对应的开头", "{% endif %}"),
    "stray endif after a good one": Case(
        ["{%p if 大 %}", "一", "{%p endif %}", "二", "{%p endif %}"],
        [("正文第5段", "{%p endif %}", "endif 没有对应的开头")],
    ),
    "stray else": one("{% else %}否", "else 没有对应的开头", "{% else %}"),
    "crossing": one(
        "{% if 大 %}{% for 行 in 乙 %}{% endif %}{% endfor %}",
        "这里是 endif，但 {% for 行 in 乙 %} 还没有 endfor",
        "{% endif %}",
    ),
    "else if": one(
        "{% if 大 %}一{% else if 大 %}二{% endif %}",
        "else 后面也不能写条件（请改用 elif）",
        "{% else if 大 %}",
    ),
    "two else": one(
        "{% if 大 %}一{% else %}二{% else %}三{% endif %}", "else 之后不能再有 else", "{% else %}"
    ),
    "in a table and out of it": Case(
        [tbl(tr("{% if 大 %}一")), "二{% endif %}"],
        [("正文第1段", "{% endif %}", f"{{% if 大 %}} 和它的 endif {LAYERS}")],
    ),
    "out of a table and in it": Case(
        ["{% for 行 in 乙 %}一", tbl(tr("{{ 行.项 }}{% endfor %}"))],
        [("表1第1行第1格", "{% endfor %}", f"{{% for 行 in 乙 %}} 和它的 endfor {LAYERS}")],
    ),
    "else in a table": Case(
        ["{% if 大 %}一", tbl(tr("{% else %}二")), "{% endif %}"],
        [("表1第1行第1格", "{% else %}", f"和它的 else {LAYERS}")],
    ),
    "for of": one(
        "{% for 行 of 乙 %}x{% endfor %}", "循环要写成“for 行 in 表名”", "{% for 行 of 乙 %}"
    ),
    "for a table's name": one(
        "{% for 甲 in 乙 %}x{% endfor %}", "行的名称不能与表名相同", "{% for 甲 in 乙 %}"
    ),
    "for no rows": one(
        "{% for 行 in 甲.名 %}x{% endfor %}", "in 后面不是表，不能循环", "{% for 行 in 甲.名 %}"
    ),
    # whole rows and paragraphs
    "two {%p": Case(
        ["首", "{%p if 大 %}是{%p endif %}"],
        [("正文第2段", "{%p endif %}", ALONE)],
    ),
    "{%tr outside": Case(
        ["{%tr if 大 %}", "一", "{%tr endif %}"],
        [("正文第1段", "{%tr if 大 %}", ALONE), ("正文第3段", "{%tr endif %}", ALONE)],
    ),
    "{%tr with a print in the row": Case(
        [tbl(tr("{%tr for 行 in 乙 %}", "{{ 甲.名 }}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}"))],
        [("表1第1行第1格", "{%tr for 行 in 乙 %}", ALONE)],
    ),
    "{%tr round a nested table": Case(
        [tbl(tr(tc("{%tr if 大 %}", tbl(tr("内")), "")), tr("一"), tr("{%tr endif %}"))],
        [("表1第1行第1格第1段", "{%tr if 大 %}", ALONE)],
    ),
    # directions
    "literal 增加": one("比上年增加{{ 差额|元 }}。", f"“增加”{LITERAL}", "{{ 差额|元 }}"),
    "literal 减少了": one("减少了 {{ 差额|万元 }}", f"“减少”{LITERAL}", "{{ 差额|万元 }}"),
    "literal 增长": one("增长{{ 差额率|百分比 }}", f"“增长”{LITERAL}", "{{ 差额率|百分比 }}"),
    "literal 下降约": one("下降约{{ 差额率|百分比 }}", f"“下降”{LITERAL}", "{{ 差额率|百分比 }}"),
    "literal before a row": one(
        "{% for 行 in 乙 %}减少{{ 行.额.增减额|元 }}；{% endfor %}",
        f"“减少”{LITERAL}",
        "{{ 行.额.增减额|元 }}",
    ),
    "literal before a phrase": one(
        "增加{{ 比较(甲.数, 元(5)) }}", f"“增加”{LITERAL}", "{{ 比较(甲.数, 元(5)) }}"
    ),
    "literal under another condition": one(
        "{% if 大 %}增加{{ 差额|元 }}{% endif %}", f"“增加”{LITERAL}", "{{ 差额|元 }}"
    ),
    "literal under a condition of another number": one(
        "{% if 两数 > 元(0) %}增加{{ 差额|万元 }}{% endif %}", f"“增加”{LITERAL}", "{{ 差额|万元 }}"
    ),
    "literal, after its condition": one(
        "{% if 差额 > 元(0) %}增加{{ 差额|元 }}{% endif %}，减少{{ 差额|万元 }}",
        f"“减少”{LITERAL}",
        "{{ 差额|万元 }}",
    ),
    # comments
    "comment": Case(
        ["好"],
        [("批注第1段", "", "标签写在批注里，不会被填写。请移到正文，或删去这条批注")],
        {COMMENTS: comments(("张三", "改成{{ 甲.名 }}"))},
    ),
    "comments, ours among them": Case(
        ["好{{ 甲.名 }}"],
        [("批注第3段", "", "标签写在批注里")],
        {
            COMMENTS: comments(
                ("reportgen", "{{ 甲.名称 }}没有"), ("李四", "无标签"), ("李四", "{% if %}")
            )
        },
    ),
    # tracked changes
    "inserted": Case(
        ["首", p("甲", change("ins", run("{{ 甲.名 }}")))], [("正文第2段", "", REVISION)]
    ),
    "deleted": Case(
        [p("甲", change("del", '<w:r><w:delText xml:space="preserve">旧文</w:delText></w:r>'))],
        [("正文第1段", "", REVISION)],
    ),
    "format changed": Case(
        [p(run("粗", f"<w:b/>{change('rPrChange', '<w:rPr/>')}"))], [("正文第1段", "", REVISION)]
    ),
    "paragraph changed": Case(
        [p("居中", props=f'<w:jc w:val="center"/>{change("pPrChange", "<w:pPr/>")}')],
        [("正文第1段", "", REVISION)],
    ),
    "row inserted": Case(
        [tbl(tr("一"), f"<w:tr><w:trPr>{change('ins')}</w:trPr>{tc('二')}</w:tr>")],
        [("表1第2行第1格", "", REVISION)],
    ),
    "moved": Case(
        [p(change("moveFrom", run("移"))), "中", p(change("moveTo", run("移")))],
        [("正文第1段", "", REVISION), ("正文第3段", "", REVISION)],
    ),
    # what cannot be spliced
    "style": Case(
        ["首", p("正", props='<w:pStyle w:val="MyStyle"/>')],
        [("正文第2段", "", "样式“MyStyle”不在 base.docx 里。请改用 base.docx 里的样式")],
    ),
    "style of a run": Case(
        [p(run("强", '<w:rStyle w:val="Strong9"/>'))],
        [("正文第1段", "", "样式“Strong9”不在 base.docx 里")],
    ),
    "numbering": Case(
        [
            p("编号", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'),
            p("无", props='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ],
        [("正文第1段", "", NUMBERED)],
    ),
    "picture": Case(
        ["首", p(picture(), "图")],
        [("正文第2段", "", "图片在文件里已经找不到了，可能没有保存完整")],
    ),
    "hyperlink": Case(
        ["首", p("见", link("网站"))],
        [("正文第2段", "", "超链接只能指向网页（http、https）或邮箱")],
        {RELATIONS: relations(("rId30", "hyperlink", "file:///C:/a.docx"))},
    ),
    "attached template": Case(
        ["好"],
        [("", "", "请在“开发工具—文档模板”里改用 Normal 模板后另存")],
        {SETTINGS: relations(("rId1", "attachedTemplate", "file:///C:/模板.dotx"))},
    ),
    "object": Case(
        ["首", p(OBJECT)],
        [("正文第2段", "", "章节模板里不能有嵌入的对象")],
        {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"PK"},
    ),
    "object that nobody sees": Case(
        ["好"],
        [("", "", "文件里带有嵌入的对象（word/embeddings/a.xlsx）。请删去后另存")],
        {"word/embeddings/a.xlsx": b"PK"},
    ),
    "macro": Case(
        ["好"],
        [("", "", "文件里带有宏或控件（word/vbaProject.bin）。请另存为不带宏的 .docx")],
        {"word/vbaProject.bin": b"\xd0\xcf"},
    ),
    "footnote": Case(
        ["首", p("注", '<w:r><w:footnoteReference w:id="2"/></w:r>')],
        [("正文第2段", "", "脚注、尾注在文件里已经找不到了")],
    ),
    # fields
    "INCLUDETEXT": Case(
        [p(code(' INCLUDETEXT "a.docx" '))],
        [("正文第1段", "", "域 INCLUDETEXT 会取用文件以外的内容")],
    ),
    "INCLUDEPICTURE in pieces": Case(
        [p(code(" INCLUDE", "PICT", 'URE "http://x/y.png" \\d '))],
        [("正文第1段", "", "域 INCLUDEPICTURE 会取用")],
    ),
    "LINK in pieces beside PAGE": Case(
        ["首", p(code(" PA", "GE "), code(" L", "IN", 'K Excel.Sheet "C:\\\\a.xlsx" "R1C1" '))],
        [
            (
                "正文第2段",
                "",
                "域 LINK 会取用文件以外的内容或运行程序。请删去这个域，需要的文字直接写出来",
            )
        ],
    ),
    "DDEAUTO": Case(
        [tbl(tr(tc(p(code("DDEAUTO c:\\\\cmd.exe")))))],
        [("表1第1行第1格", "", "域 DDEAUTO 会取用")],
    ),
    "fldSimple": Case(
        [
            p(
                f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple><w:fldSimple w:instr=" includetext &quot;a&quot; ">{run("文")}</w:fldSimple>'
            )
        ],
        [("正文第1段", "", "域 INCLUDETEXT 会取用")],
    ),
    # where tags are not looked for, or not whole
    "alt text": Case(
        ["首", p(alternative(descr="{{ 甲.名 }}的照片"), "图")], [("正文第2段", "", HIDDEN)]
    ),
    "title of a drawing": Case(
        [p(alternative(name="图", title="{% if 大 %}"), "图")], [("正文第1段", "", HIDDEN)]
    ),
    "over the border of a hyperlink": Case(
        ["首", p("见{{ 甲", link(".名", 'w:anchor="_top"'), run(" }}"))],
        [("正文第2段", "{{ 甲.名 }}", ACROSS)],
    ),
    "over the border of a control": Case(
        [p(control(run("{{ 甲")), run(".名 }}"))], [("正文第1段", "{{ 甲.名 }}", ACROSS)]
    ),
    "round a text box": Case(
        [p("{{ 甲", box("框"), run(".名 }}"))], [("正文第1段", "{{ 甲.名 }}", ACROSS)]
    ),
    # places
    "in a text box": Case(
        [p("前", box("框", "{{ 甲.名称 }}"))], [("文本框1第2段", "{{ 甲.名称 }}", "是否指“名”？")]
    ),
    "in a text box of Word's": Case(
        ["首", p("前", shape("框{{ 甲.名称 }}"))],
        [("文本框1第1段", "{{ 甲.名称 }}", "是否指“名”？")],
    ),
    "in a nested table": Case(
        [tbl(tr("一", tc("上", tbl(tr("内"), tr("{{ 甲.名称 }}")), "下")))],
        [("表2第2行第1格", "{{ 甲.名称 }}", "是否指“名”？")],
    ),
    "in a control round a row": Case(
        [tbl(tr("一"), control(tr("二", "{{ 甲.名称 }}")))],
        [("表1第2行第2格", "{{ 甲.名称 }}", "是否指“名”？")],
    ),
    "in a control round a paragraph": Case(
        ["一", control(p("二{{ 甲.名称 }}")), "三"],
        [("正文第2段", "{{ 甲.名称 }}", "是否指“名”？")],
    ),
    "in a hyperlink within the file": Case(
        [p(link("{{ 甲.名称 }}", 'w:anchor="_top"'))],
        [("正文第1段", "{{ 甲.名称 }}", "是否指“名”？")],
    ),
    "in a footer": Case(
        ["好"],
        [("base.docx 页脚1第1段", "{{ 甲.名称 }}", "甲 没有“名称”，是否指“名”？")],
        base={"word/footer1.xml": footer("— ", "{{ 甲.名称 }}—")},
    ),
    "a revision in a footer": Case(
        ["好"],
        [("base.docx 页脚1第1段", "", REVISION)],
        base={"word/footer1.xml": footer("</w:p>", f"{change('ins', run('新'))}</w:p>")},
    ),
    # together
    "several at once": Case(
        [
            p(typed("{{ 甲.名称 }}和{{ 甲.数 }}")),
            "好{{ 甲.名 }}",
            tbl(tr("{{ 甲.数|百分 }}", "{% if 大 %}")),
            p("样", props='<w:pStyle w:val="Nowhere"/>'),
            "{{ 甲.类",
        ],
        [
            ("正文第1段", "{{ 甲.名称 }}", "是否指“名”？"),
            ("正文第1段", "{{ 甲.数 }}", "打印数字要写明格式"),
            ("表1第1行第1格", "{{ 甲.数|百分 }}", "是否指“百分比”？"),
            ("正文第3段", "", "样式“Nowhere”不在 base.docx 里"),
            ("正文第4段", "{{", UNCLOSED),
        ],
    ),
    "no docx beside one with a fault": Case(
        ["{{ 甲.名称 }}"],
        [
            ("0-坏.docx", "", "请用 Excel、Word 或 WPS 打开后另存一份再试"),
            ("正文第1段", "{{ 甲.名称 }}", "是否指“名”？"),
        ],
        beside={"0-坏.docx": b"not a package"},
    ),
    "two sections": Case(
        ["{{ 甲.名称 }}"],
        [
            ("正文第1段", "{{ 甲.名称 }}", "是否指“名”？"),
            ("2-节.docx 正文第1段", "{{ 丙 }}", "没有名称“丙”"),
        ],
        beside={"2-节.docx": zipped(parts("{{ 丙 }}"))},
    ),
}


def lay(desk: Desk, case: Case) -> Path:
    """Writes the files of a case; gives the section."""
    for name, data in case.beside.items():
        desk.file(data, name)
    if case.base:
        (desk.folder / "base.docx").write_bytes(zipped(base_parts() | case.base))
    return desk.file(zipped(parts(*case.body) | case.pack))


def place(fault: Fault) -> str:
    """Where it is; the file only if it is not the section at hand."""
    file = fault.tag.file.removeprefix("report/")
    return f"{'' if file == '1-节.docx' else file} {fault.tag.place}".strip()


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_is_told_once_in_its_place(desk: Desk, name: str) -> None:
    case = FAULTY[name]
    lay(desk, case)
    _, found = compiling.template_faults(desk.plan)
    assert [(place(f), f.tag.text) for f in found] == [told[:2] for told in case.told], [
        str(f) for f in found
    ]
    for fault, (_, text, message) in zip(found, case.told, strict=True):
        assert message in fault.message
        assert fault.severity is Severity.ERROR
        assert str(fault).startswith(
            f"{fault.tag.file}{' ' * bool(fault.tag.place)}{fault.tag.place}："
        )
        assert text in fault.tag.around()


def test_the_corpus_is_large() -> None:
    assert len(FAULTY) >= 60
    assert len(SLIPS) >= 20


@pytest.mark.parametrize(
    "body",
    [
        ["{% if 差额 > 元(0) %}增加{{ 差额|元 }}{% else %}减少{{ 差额|元 }}{% endif %}"],
        [
            "{%p if 差额 >= 元(0) %}",
            "增加{{ 差额|元 }}",
            "{%p else %}",
            "减少{{ 差额|元 }}",
            "{%p endif %}",
        ],
        [
            "{% for 行 in 乙 %}{% if 行.额 > 行.额.上年 %}增长{{ 行.额.增减率|百分比 }}{% endif %}{% endfor %}"
        ],
        ["增加{{ 甲.数|元 }}，增加{{ 两数|元 }}，合计{{ 差额|元 }}"],
        [
            "{% for 行 in 乙 %}{{ 行.额.增减 }}{{ 行.额.增减额|元 }}，比上年{{ 比上年(行.额) }}{% endfor %}"
        ],
    ],
    ids=lambda b: ascii("|".join(b))[:40],
)
def test_directions_that_are_right(desk: Desk, body: list[str]) -> None:
    desk.section(*body)
    assert [str(f) for f in compiling.template_faults(desk.plan)[1]] == []


@pytest.mark.parametrize(
    ("body", "pack"),
    [
        ([p(code(" PAGE ")), p(code(" HYPERLINK \\l ", '"_top" ')), p(f'<w:fldSimple w:instr="NUMPAGES">{run("1")}</w:fldSimple>')], {}),
        ([p("无编号", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')], {}),
        ([p("题", props='<w:pStyle w:val="Heading1"/>'), p("内", link("链", 'w:anchor="_top"'))], {}),
        ([p('<w:commentRangeStart w:id="0"/>', "{{ 甲.名 }}", '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')],
         {COMMENTS: comments(("张三", "核对"), ("reportgen", "{{ 甲.名称 }}没有"))}),
        ([p("前", shape("框{{ 甲.名 }}", "{%p if 大 %}", "是", "{%p endif %}"))], {}),
        ([tbl(control(tr("{{ 甲.名 }}")), tr("一")), control(p("{{ 甲.名 }}"))], {}),
        (["50%，{单}，｛全｝，“引”（款）"], {}),
    ],
)  # fmt: skip
def test_what_is_right_is_not_told(desk: Desk, body: list[str], pack: Mapping[str, bytes]) -> None:
    desk.file(zipped(parts(*body) | pack))
    assert [str(f) for f in compiling.template_faults(desk.plan)[1]] == []


# -- slips
# -----------------------------------------------------------------------------------------------------------------

LOOP = ["{%p for 行 in 乙 %}", "{{ 行.项 }}", "{%p endfor %}"]
SLIPS: dict[str, tuple[list[str], list[str]]] = {  # as it was typed, and as it should have been
    "full-width braces": (["计｛｛ 甲.名 ｝｝。"], ["计{{ 甲.名 }}。"]),
    "one full-width brace": (["计{｛ 甲.名 }}。"], ["计{{ 甲.名 }}。"]),
    "one full-width brace at the end": (["计{{ 甲.名 }｝。"], ["计{{ 甲.名 }}。"]),
    "brackets of the key beside": (["「「 甲.名 」」"], ["{{ 甲.名 }}"]),
    "full-width percent": (["｛％ if 大 ％｝是{% endif %}"], ["{% if 大 %}是{% endif %}"]),
    "full-width percent in straight braces": (
        ["{％ if 大 ％}是{% endif %}"],
        ["{% if 大 %}是{% endif %}"],
    ),
    "full-width hash": (["前｛＃ 注 ＃｝后"], ["前{# 注 #}后"]),
    "bar": (["{{ 甲.数｜万元 }}"], ["{{ 甲.数|万元 }}"]),
    "stop for dot": (["{{ 甲。名 }}"], ["{{ 甲.名 }}"]),
    "full-width dot": (["{{ 甲．名 }}"], ["{{ 甲.名 }}"]),
    "middle dot": (["{{ 甲·名 }}"], ["{{ 甲.名 }}"]),
    "half-width stop": (["{{ 甲｡名 }}"], ["{{ 甲.名 }}"]),
    "curly quotes": (
        ["{% if 甲.类 == ‘部门’ %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "curly quotes, both closing": (
        ["{% if 甲.类 == ’部门’ %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "double curly quotes": (
        ["{% if 甲.类 == “部门” %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "one curly quote": (
        ["{% if 甲.类 == '部门’ %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "brackets": (
        ["{% if not （大） %}是{% else %}否{% endif %}"],
        ["{% if not (大) %}是{% else %}否{% endif %}"],
    ),
    "brackets of a function": (["{{ 次（1） }}一"], ["{{ 次(1) }}一"]),
    "comma": (["{{ 占比(甲.数，甲.数) }}"], ["{{ 占比(甲.数, 甲.数) }}"]),
    "list comma": (["{{ 占比(甲.数、甲.数) }}"], ["{{ 占比(甲.数, 甲.数) }}"]),
    "title mark for more": (
        ["{% if 甲.数 》 元(1) %}多{% endif %}"],
        ["{% if 甲.数 > 元(1) %}多{% endif %}"],
    ),
    "full-width less": (
        ["{% if 甲.数 ＜ 元(1) %}少{% else %}多{% endif %}"],
        ["{% if 甲.数 < 元(1) %}少{% else %}多{% endif %}"],
    ),
    "full-width equals": (
        ["{% if 甲.类 ＝＝ '部门' %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "one full-width equals": (
        ["{% if 甲.类 =＝ '部门' %}是{% endif %}"],
        ["{% if 甲.类 == '部门' %}是{% endif %}"],
    ),
    "full-width not equal": (
        ["{% if 甲.类 ！= '部门' %}是{% else %}否{% endif %}"],
        ["{% if 甲.类 != '部门' %}是{% else %}否{% endif %}"],
    ),
    "sign of not equal": (
        ["{% if 甲.类 ≠ '单位' %}是{% endif %}"],
        ["{% if 甲.类 != '单位' %}是{% endif %}"],
    ),
    "sign of at least": (
        ["{% if 甲.数 ≥ 元(1) %}多{% endif %}"],
        ["{% if 甲.数 >= 元(1) %}多{% endif %}"],
    ),
    "sign of at most": (
        ["{% if 甲.数 ≤ 元(1) %}少{% else %}多{% endif %}"],
        ["{% if 甲.数 <= 元(1) %}少{% else %}多{% endif %}"],
    ),
    "no-break space": (["{{\u00a0甲.名\u00a0}}"], ["{{ 甲.名 }}"]),
    "no-break space in a statement": (
        ["{% if\u00a0大 %}是{% endif %}"],
        ["{% if 大 %}是{% endif %}"],
    ),
    "full-width space": (["{{　甲.名　}}"], ["{{ 甲.名 }}"]),
    "zero width space": (["{{ 甲\u200b.名 }}"], ["{{ 甲.名 }}"]),
    "byte order mark": (["{{ \ufeff甲.名 }}"], ["{{ 甲.名 }}"]),
    "capitals of a row": (
        [tbl(tr("{%Tr For 行 in 乙 %}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}"))],
        [tbl(tr("{%tr for 行 in 乙 %}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}"))],
    ),
    "capitals of a paragraph": (
        ["{%P If 大 %}", "是", "{%p endif %}"],
        ["{%p if 大 %}", "是", "{%p endif %}"],
    ),
    "capital of an end": (["{% if 大 %}是{% Endif %}"], ["{% if 大 %}是{% endif %}"]),
    "capital of a loop's end": ([*LOOP[:2], "{%p EndFor %}"], LOOP),
    "blank before p": (["{% p for 行 in 乙 %}", *LOOP[1:]], LOOP),
    "full-width letters of a statement": (["{%ｐ ｆｏｒ 行 ｉｎ 乙 %}", *LOOP[1:]], LOOP),
    "blank between braces": (["{ { 甲.名 }}"], ["{{ 甲.名 }}"]),
    "blanks between braces, both": (["{ { 甲.名 } }"], ["{{ 甲.名 }}"]),
    "blank before percent": (["{ % if 大 % }是{% endif %}"], ["{% if 大 %}是{% endif %}"]),
    "full-width digit": (["{{ 次(１) }}一"], ["{{ 次(1) }}一"]),
    "full-width number": (
        ["{% if 甲.数 > 元(１００) %}多{% endif %}"],
        ["{% if 甲.数 > 元(100) %}多{% endif %}"],
    ),
    "square brackets": (["{{ 甲［'名'］ }}"], ["{{ 甲['名'] }}"]),
    "lenticular brackets": (["{{ 甲【'名'】 }}"], ["{{ 甲['名'] }}"]),
    "all at once": (
        ["｛％　ｉｆ　（甲。类　＝＝　‘部门’）　％｝是{% endif %}"],
        ["{% if (甲.类 == '部门') %}是{% endif %}"],
    ),
    "split by character": ([p(each("计｛｛ 甲．数｜万元 ｝｝。"))], ["计{{ 甲.数|万元 }}。"]),
    "split as Word does": ([p(typed("计｛｛ 甲。名 ｝｝。"))], ["计{{ 甲.名 }}。"]),
    "split within the braces": (
        [p("计", run("{", "<w:b/>"), PROOF, run("｛ 甲", "<w:b/>"), PROOF, ".名 }", "}。")],
        ["计{{ 甲.名 }}。"],
    ),
    "in a cell": (
        [tbl(tr("一", tc("二", "｛｛ 甲.名 ｝｝")))],
        [tbl(tr("一", tc("二", "{{ 甲.名 }}")))],
    ),
    "in a text box": ([p("前", box("{{ 甲．名 }}"))], [p("前", box("{{ 甲.名 }}"))]),
    "in a hyperlink": (
        [p(link("{{ 甲．名 }}", 'w:anchor="_top"'))],
        [p(link("{{ 甲.名 }}", 'w:anchor="_top"'))],
    ),
}
SHARE = """[wording."占比"]
"一般" = "{{ 率|百分比 }}"
"零分母" = "0%"
"""


@pytest.fixture
def plain(tmp_path: Path) -> Desk:
    return Desk(tmp_path, EDITION + SHARE)


@pytest.mark.parametrize("name", SLIPS)
def test_slips_print_like_the_clean_spelling(plain: Desk, name: str) -> None:
    slip, clean = SLIPS[name]
    expected = texts(plain.print(*clean))
    assert compiling.template_faults(plain.plan)[1] == []
    assert texts(plain.print(*slip)) == expected
    (note,) = compiling.template_faults(plain.plan)[1]
    assert note.severity is Severity.NOTE
    old, new = re.fullmatch(r"标签写成了“(.+)”，已按“(.+)”理解，可以不改", note.message).groups()  # type: ignore[union-attr]
    assert old in "".join(texts(plain.file(zipped(parts(*slip))).read_bytes()))
    assert new == note.tag.text
    assert new in note.tag.paragraph


@pytest.mark.parametrize("name", SLIPS)
def test_a_marked_slip_is_mended(plain: Desk, name: str) -> None:
    """The copy with comments holds the clean spelling, and nothing is left to be said of it."""
    path = plain.section(*SLIPS[name][0])
    data = marked(path, compiling.template_faults(plain.plan)[1])
    sound(data)
    plain.file(data)
    assert compiling.template_faults(plain.plan)[1] == []
    plain.section(*SLIPS[name][1])
    expected = texts(plain.printed(plain.names())[0])
    plain.file(data)
    assert texts(plain.printed(plain.names())[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ '（款）' if 大 else '，。' }}", "（款）"),
        ('{{ "｛全｝　％＝。｜" }}', "｛全｝　％＝。｜"),
        ("{{ '一、二' }}{{ '》' }}", "一、二》"),
        ("{% if '（款）' == '(款)' %}同{% else %}异{% endif %}", "异"),
    ],
)
def test_quoted_text_is_not_changed(plain: Desk, text: str, expected: str) -> None:
    assert texts(plain.print(text)) == [expected]
    assert compiling.template_faults(plain.plan)[1] == []


def test_quoted_text_is_not_changed_in_a_mended_tag(plain: Desk) -> None:
    assert texts(plain.print("｛｛ ‘（款）。’ if 甲。名 == '某局' else '，' ｝｝")) == ["（款）。"]
    (note,) = compiling.template_faults(plain.plan)[1]
    assert note.tag.text == "{{ '（款）。' if 甲.名 == '某局' else '，' }}"


@pytest.mark.parametrize(
    "text",
    [
        "（款）“引”‘单’，。、·｜％＝＝！≥≤》《【注】１２３ＡＢ　\u00a0\u200b尾",
        "｛单｝「引」『双』50％ { 单 } ［一］",
        "｛ 甲 ｝「甲」％",
    ],
)
def test_text_outside_tags_is_not_changed(plain: Desk, text: str) -> None:
    assert texts(plain.print(text, "{{ 甲.名 }}" + text, text + "｛｛ 甲.名 ｝｝" + text)) == [
        text,
        "某局" + text,
        text + "某局" + text,
    ]
    assert [f.severity for f in compiling.template_faults(plain.plan)[1]] == [Severity.NOTE]


# -- marks
# -----------------------------------------------------------------------------------------------------------------


def ranges(root: etree._Element) -> dict[str, str]:
    """The text between the two marks of every comment, by its id."""
    begun: dict[
        str, etree._Element
    ] = {}  # and the paragraph that it begins in: text boxes have their own
    found: dict[str, str] = {}
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        number, paragraph = element.get(f"{W}id", ""), next(element.iterancestors(f"{W}p"))
        if element.tag == f"{W}commentRangeStart":
            begun[number] = paragraph
            found[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            assert begun.pop(number) is paragraph
        else:
            found |= {
                n: found[n] + (element.text or "") for n, own in begun.items() if own is paragraph
            }
    assert not begun
    return found


IN_THE_BODY = [
    n for n, c in FAULTY.items() if all(re.match("正文|表|文本框", at) for at, _, _ in c.told)
]


@pytest.mark.parametrize("name", IN_THE_BODY)
def test_marks_stand_where_the_faults_are(desk: Desk, name: str) -> None:
    """One comment for each, round its tag; not a letter of the text is changed, and the copy is
    told the same."""
    path = lay(desk, FAULTY[name])
    faults = compiling.template_faults(desk.plan)[1]
    assert {f.tag.part for f in faults} == {DOCUMENT}
    before = path.read_bytes()
    data = marked(path, faults)
    sound(data)
    assert texts(data) == texts(before)
    remarks = part(data, COMMENTS)
    ours = {
        c.get(f"{W}id"): "".join(c.itertext())
        for c in remarks.iter(f"{W}comment")
        if c.get(f"{W}author") == "reportgen"
    }
    assert sorted(ours.values()) == sorted(f.message for f in faults)
    covered = ranges(part(data))
    assert covered.keys() == ours.keys()
    for fault in faults:
        if fault.tag.text:
            assert any(
                covered[n] == fault.tag.text for n, said in ours.items() if said == fault.message
            ), (covered, fault.tag)
    desk.file(data)
    again = compiling.template_faults(desk.plan)[1]
    assert [(place(f), f.tag.text, f.message) for f in again] == [
        (place(f), f.tag.text, f.message) for f in faults
    ]


# -- what is clean
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["hubei-2022", "tests/editions/tiny", "tests/editions/press"])
def test_editions_have_no_faults(name: str) -> None:
    folder = name if "/" not in name else str(ROOT / name)
    compiled, faults = compiling.template_faults(opening.open_edition(folder))
    assert all(c.sources.sections for c in compiled)
    assert [str(f) for f in faults] == []


def built(workbook: Path, edition: str) -> list[list[str]]:
    """The text of every document over a workbook; every paragraph, empty ones too."""
    filing = load(workbook, edition)
    return [texts(d.data) for d in documents.render_all(filing, compiling.templates(filing.opened))]


@pytest.mark.office
def test_sections_that_libreoffice_saved(
    plan: opening.OpenEdition, workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / plan.edition.folder.name
    shutil.copytree(plan.edition.folder, folder)
    chosen = [next((folder / "report").glob(f"{n}-*.docx")) for n in (22, 31)]
    before = [f.read_bytes() for f in chosen]
    for file, saved in zip(chosen, convert(chosen, "docx", tmp_path / "saved"), strict=True):
        shutil.copy(saved, file)
    assert [f.read_bytes() for f in chosen] != before
    faults = compiling.template_faults(opening.open_edition(str(folder)))[1]
    assert [str(f) for f in errors(faults)] == []
    assert built(workbook, str(folder)) == built(workbook, str(plan.edition.folder))


# -- data
# ------------------------------------------------------------------------------------------------------------------


def stopped(desk: Desk, *body: str, **values: object) -> list[str]:
    """What the facts do not give, as people read it."""
    desk.section(*body)
    assert errors(compiling.template_faults(desk.plan)[1]) == []
    with pytest.raises(RenderFault) as raised:
        desk.printed(desk.names(**values))
    assert str(raised.value) == "\n".join(map(str, raised.value.faults))
    return [str(f) for f in raised.value.faults]


@pytest.mark.parametrize(
    "body",
    [
        ["{%p for 行 in 乙 %}", "{{ 行.项 }}：{{ 行.额|元 }}", "{%p endfor %}"],
        ["首", "{% for 行 in 乙 %}{{ 行.项 }}{{ 行.额|元 }}{% endfor %}"],
        [
            tbl(
                tr("项"),
                tr("{%tr for 行 in 乙 %}"),
                tr("{{ 行.项 }}", "{{ 行.额|表 }}"),
                tr("{%tr endfor %}"),
            )
        ],
    ],
    ids=["paragraphs", "inline", "rows"],
)
def test_a_missing_value_in_a_loop_names_its_row(plain: Desk, body: list[str]) -> None:
    plain.section(*body)
    names = plain.names(rows=[("一", "1"), ("二", "2"), ("三", "3")])
    names["乙"].items[1].members["额"] = missing("乙.二.额")
    with pytest.raises(RenderFault) as raised:
        plain.printed(names)
    (fault,) = raised.value.faults
    assert "乙.二.额 未填" in fault.message
    assert fault.message.endswith("（循环到第 2 行 乙.二）")
    assert "行.额" in fault.tag.text


def test_a_missing_value_in_loops_names_every_row(plain: Desk) -> None:
    plain.section(
        "{% for a in 乙 %}{% for b in 乙 %}{% if a.项 == '二' and b.项 == '一' %}{{ 甲.名 }}{% endif %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(RenderFault) as raised:
        plain.printed(plain.names(名=missing("甲.名")))
    (fault,) = raised.value.faults
    assert fault.message.endswith("（循环到第 2 行 乙.二）（循环到第 1 行 乙.一）")


def test_a_heading_over_nothing_is_told(plain: Desk) -> None:
    heading = p("一、明细{{ 甲.类 }}", props='<w:pStyle w:val="Heading1"/>')
    after = p("二、其他", props='<w:pStyle w:val="Heading1"/>')
    (told,) = stopped(plain, heading, *LOOP, after, "文", rows=())
    assert told.startswith(
        "report/1-节.docx 正文第2段：标题“一、明细部门”下面没有内容，因为这个循环一行也没有。"
    )
    assert told.endswith("｜段落原文：{%p for 行 in 乙 %}")
    assert texts(plain.print(heading, *LOOP, after, "文")) == [
        "一、明细部门",
        "一",
        "二",
        "二、其他",
        "文",
    ]
    assert texts(plain.print(heading, *LOOP, "无。", after, rows=())) == [
        "一、明细部门",
        "无。",
        "二、其他",
    ]
    assert texts(plain.print("文", *LOOP, rows=())) == ["文"]


def test_several_faults_of_the_facts_are_told_at_once(plain: Desk) -> None:
    heading = p("一、表", props='<w:pStyle w:val="Heading2"/>')
    body = [
        "{{ 甲.名 }}",
        tbl(tr("{{ 甲.文 }}")),
        "{% if 甲.类 == '部门' %}x{% endif %}",
        heading,
        *LOOP,
    ]
    values = {n: missing(f"甲.{n}") for n in ("名", "文", "类")}
    told = stopped(plain, *body, rows=(), **values)
    assert [re.split("｜|下面", t)[0] for t in told] == [
        "report/1-节.docx 正文第1段：甲.名 未填【甲】B3",
        "report/1-节.docx 表1第1行第1格：甲.文 未填【甲】B3",
        "report/1-节.docx 正文第2段：甲.类 未填【甲】B3",
        "report/1-节.docx 正文第4段：标题“一、表”",
    ]


def test_a_division_by_zero_in_a_derived_name(desk: Desk) -> None:
    desk.section("首", "率为{{ 比|百分比 }}。", "{% if 比 > 1 %}高{% endif %}")
    assert compiling.template_faults(desk.plan)[1] == []
    formula = desk.wording.sheets.compile("甲.数 / sum(乙.额)", scope_names(desk.edition))
    names = Facts(desk.names(rows=[("一", "1"), ("二", "-1")]), {"比": formula})
    with pytest.raises(RenderFault) as raised:
        desk.printed(names)
    first, second = map(str, raised.value.faults)
    assert first.startswith("report/1-节.docx 正文第2段：除数为 0：甲.数")
    assert first.endswith("｜段落原文：率为{{ 比|百分比 }}。")
    assert second.startswith("report/1-节.docx 正文第3段：除数为 0：")
