"""Templates that mean harm: each is refused when it is loaded, in words, and at once."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from wordml import (
    BASE,
    DOCUMENT,
    Desk,
    base_parts,
    box,
    names_place,
    p,
    parts,
    run,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

from reportgen.findings import EditionFault, Unusable
from work import calls_at_most

CALLS = 3_000_000  # a third of it for honest templates that are long


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.section("{{ 甲.名 }}")
    made.tried()  # imports and caches are not what is measured
    return made


def refused(desk: Desk) -> str:
    """The message of the refusal."""
    with calls_at_most(CALLS), pytest.raises(Unusable) as raised:
        desk.tried()
    assert "1-节.docx" in str(raised.value)
    assert "Traceback" not in str(raised.value)
    return str(raised.value)


def nested(opening: str, inner: str, closing: str, depth: int) -> str:
    return opening * depth + inner + closing * depth


# -- tags
# ------------------------------------------------------------------------------------------------------------------

STATEMENTS = [
    "{% include 'x' %}",
    "{% include '/etc/passwd' ignore missing %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends 'x' %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% call f() %}x{% endcall %}",
    "{% set x = 1 %}",
    "{% set x %}y{% endset %}",
    "{% raw %}{{ 甲.名 }}{% endraw %}",
    "{% block b %}x{% endblock %}",
    "{% autoescape false %}{{ 甲.名 }}{% endautoescape %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with x = 1 %}x{% endwith %}",
    "{% do x.append(1) %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% break %}",
    "{% continue %}",
    "{% %}",
    "{%%}",
    "{% 甲 %}",
    "{% = %}",
    "{%+ if 大 %}x{% endif %}",
    "{% print 甲.名 %}",
    "{% colspan 2 %}",
    "{% cellbg 甲.名 %}",
    "{% vm %}",
    "{% hm %}",
    "{%tc for 行 in 乙 %}",
    "{%r if 大 %}x",
    "{{r 甲.名 }}",
    "{{p 甲.名 }}",
    "{{tr 甲.名 }}",
    "{{ loop.index }}",
    "{% for 行 in 乙 %}{{ loop.last }}{% endfor %}",
    "{% for 行 in 乙 recursive %}x{% endfor %}",
    "{% for 行 in 乙 if 列.项 %}x{% endfor %}",
    "{% for 行 in 乙 if 行.项 if 大 %}x{% endfor %}",
    "{% for 行 in 前(目录, 3) %}x{% endfor %}",
    "{% for 行 in 排序(乙, '项') %}x{% endfor %}",
    "{% for 行 in range(1000000000) %}x{% endfor %}",
    "{% for 行 in [1, 2] %}x{% endfor %}",
    "{% for 行 in 'abc' %}x{% endfor %}",
    "{% for 行 in 甲.数 %}x{% endfor %}",
    "{% for 行 in 甲.名 %}x{% endfor %}",
    "{% for 行 in 甲 %}x{% endfor %}",
    "{% for 行 in 乙|list %}x{% endfor %}",
    "{% for __class__ in 乙.__class__ %}x{% endfor %}",
    "{% for 甲 in 乙 %}x{% endfor %}",
    "{% for 甲.名 in 乙 %}x{% endfor %}",
    "{% for 行 in 乙 %}{% for 行 in 乙 %}x{% endfor %}{% endfor %}",
    "{% for *行 in 乙 %}x{% endfor %}",
    "{% for 行 in %}x{% endfor %}",
    "{% for in 乙 %}x{% endfor %}",
    "{{ 甲.__class__ }}",
    "{{ 甲.名.__class__.__mro__ }}",
    "{{ 甲['__class__'] }}",
    "{{ 甲.名|attr('__class__') }}",
    "{{ 甲.members }}",
    "{{ 乙.items }}",
    "{{ 乙.append(1) }}",
    "{{ 甲.名.format(甲) }}",
    "{{ 'x'*10**9 }}",
    "{{ 9**9**9 }}",
    "{{ '%999999999d'|format(1) }}",
    '{{ "{:>9999999}".format(1) }}',
    "{{ 甲.名|safe }}",
    "{{ 甲.名|e }}",
    "{{ [1] }}",
    "{{ {'a': 1} }}",
    "{{ 甲, 乙 }}",
    "{{ 甲 ~ 乙 }}",
    "{{ 甲.名[0:1] }}",
    "{{ self }}",
    "{{ caller() }}",
    "{{ 1 < 2 < 3 }}",
    "{{ " + "(" * 200 + "1" + ")" * 200 + " }}",
    "{{ " + "not " * 100 + "大 }}",
    "{{ 甲.数" + "|元" * 100 + " }}",
    "{{ " + "1 if 大 else " * 41 + "1 }}",
    "{{ '" + "长" * 100_000 + "' }}",
    "{{ {{ 甲.名 }} }}",
    "{{ '}}' }}{{ '{{' }}",
    "{{ 甲.名 }} }} {{ {{ 甲.名 }}",
    "{% if 大 %}{{ '%}' }}{% endif %}",
    "{{ 甲.名 %}",
    "{% if 大 }}",
    "{# {{ 甲.名 }}",
    "{{ # }}",
    "{{ 甲.名 # 注 #}",
    # blocks
    "{% if 大 %}x",
    "{% for 行 in 乙 %}x",
    "x{% endif %}",
    "x{% endfor %}",
    "{% else %}",
    "{% if 大 %}{% for 行 in 乙 %}{% endif %}{% endfor %}",
    "{% if 大 %}{% else %}{% else %}{% endif %}",
    "{% if 大 %}{% endfor %}",
    nested("{% if 大 %}", "x", "", 30),
    nested("{% if 大 %}", "x", "{% endif %}", 400),
    nested("{% if 大 %}", "x", "{% endif %}", 3000),
    nested("{% for 行 in 乙 %}", "x", "{% endfor %}", 400),
    "".join(f"{{% for r{i} in 乙 %}}" for i in range(5)) + "x" + "{% endfor %}" * 5,
    "".join(f"{{% for r{i} in 乙 %}}" for i in range(50)) + "x" + "{% endfor %}" * 50,
    # floods
    "{{" * 500_000,
    "{%" * 500_000,
    "{#" * 500_000,
    "}}" * 500_000,
    "{" * 1_000_001,
    "{% " * 20_000,
    "{{ 甲 " * 20_000,
    "{{ '" * 20_000 + "}}",
    "{% if " + " " * 100_000 + "%}",
    "{{" + " " * 100_000 + "}}",
    "{%" + "p " * 50_000 + "%}",
    "{" + "%" * 100_000 + "}",
    "{{ 没有 }}" * 3_000,
    "{% colspan " * 5_000,
    "{%p " * 5_000,
    "{%tr " * 5_000,
    "{%- " * 5_000 + "-%}" * 5_000,
]


@pytest.mark.parametrize("text", STATEMENTS, ids=lambda t: ascii(t)[:60])
def test_tags(desk: Desk, text: str) -> None:
    desk.section("首", text, "尾")
    message = refused(desk)
    assert all(map(names_place, message.split("\n"))), message
    assert "正文第2段" in message


@pytest.mark.parametrize(
    "text", [t for t in STATEMENTS if len(t) < 400], ids=lambda t: ascii(t)[:60]
)
def test_tags_in_a_table(desk: Desk, text: str) -> None:
    desk.section("首", tbl(tr("x", text), tr("y", "z")), "尾")
    message = refused(desk)
    assert all(map(names_place, message.split("\n"))), message
    assert "表1第1行第2格" in message


@pytest.mark.parametrize(
    "text", [t for t in STATEMENTS if len(t) < 400], ids=lambda t: ascii(t)[:60]
)
def test_tags_cut_into_runs(desk: Desk, text: str) -> None:
    chance = random.Random(len(text))
    pieces = re.findall(f".{{{chance.randint(1, 5)}}}|.+", text, re.S)
    desk.section("首", p(*[run(piece, "<w:b/>" * chance.randint(0, 1)) for piece in pieces]), "尾")
    assert "正文第2段" in refused(desk)


# -- blocks across the structure
# -------------------------------------------------------------------------------------------

TO, END = "{% if 大 %}", "{% endif %}"
CROSSED = {
    "from a paragraph into a cell": [f"前{TO}", tbl(tr(f"x{END}")), "尾"],
    "out of a cell": [tbl(tr(f"x{TO}")), f"{END}尾"],
    "from a cell to a cell of the next row": [tbl(tr("a", f"x{TO}"), tr(f"y{END}", "b"))],
    "whole row to whole paragraph": [tbl(tr("a"), tr("{%tr if 大 %}"), tr("b")), "{%p endif %}"],
    "whole paragraph to whole row": ["{%p if 大 %}", tbl(tr("a"), tr("{%tr endif %}"), tr("b"))],
    "whole paragraph in a cell to whole paragraph": [
        tbl(tr(tc("{%p if 大 %}", "x"))),
        "{%p endif %}",
    ],
    "a loop from a paragraph into a cell": ["前{% for 行 in 乙 %}", tbl(tr("x{% endfor %}")), "尾"],
    "a loop of paragraphs out of a cell": [
        tbl(tr(tc("{%p for 行 in 乙 %}", "x"))),
        "{%p endfor %}",
    ],
    "into a text box": [p(f"前{TO}", box(f"x{END}"), "后")],
    "out of a text box": [p("前", box(f"x{TO}"), f"{END}后")],
    "into a smart tag": [
        p(f"前{TO}", f'<w:smartTag w:element="e">{run("x")}{run(END)}</w:smartTag>', "后")
    ],
    "out of an insertion": [p("前", f'<w:ins w:id="9">{run(TO)}</w:ins>', f"x{END}后")],
    "out of a hyperlink": [
        p("前", f'<w:hyperlink w:anchor="_top">{run(TO)}{run("y")}</w:hyperlink>', f"x{END}后")
    ],
    "out of a content control": [
        p("前", f"<w:sdt><w:sdtContent>{run(TO)}</w:sdtContent></w:sdt>", f"x{END}后")
    ],
    "a row tag between two tables": [
        tbl(tr("甲")),
        "{%tr for 行 in 乙 %}",
        tbl(tr("x"), tr("{%tr endfor %}"), tr("丙")),
    ],
    "a row tag after a table": [tbl(tr("甲")), "{%tr if 大 %}", "x", "{% endif %}", tbl(tr("丙"))],
    "a paragraph tag after a text box": [p("前", box("框"), "{%p if 大 %}"), "x", "{%p endif %}"],
    "a row tag after a nested table": [
        tbl(tr(tc(tbl(tr("内")), "{%tr if 大 %}")), tr("x"), tr("{%tr endif %}"))
    ],
    "a tag round a text box": [p("{{ 甲.", box("框"), "名 }}")],
    "a tag into a smart tag": [
        p("{{ 甲.", f'<w:smartTag w:element="e">{run("名 }}")}</w:smartTag>')
    ],
    "a tag out of an insertion": [p(f'<w:ins w:id="9">{run("{{ 甲.")}</w:ins>', run("名 }}"))],
    "a branch cut by a page section": [
        p(f"前{TO}", props='<w:sectPr><w:pgSz w:w="1" w:h="1"/></w:sectPr>'),
        tbl(tr(f"x{END}")),
    ],
}


@pytest.mark.parametrize("body", CROSSED.values(), ids=CROSSED.keys())
@pytest.mark.parametrize("taken", [False, True], ids=["not taken", "taken"])
def test_blocks_across_the_structure(desk: Desk, body: list[str], taken: bool) -> None:
    """Either refused by its place, or the document is whole and no fixed text outside the block is
    lost, whatever the facts."""
    desk.section("首文", *body, "尾文")
    with calls_at_most(CALLS):
        made = desk.attempted()
    if made is None:
        return
    small = desk.names()["乙"].items[0].members["额"]
    names = desk.names(rows=[("一", "1"), ("二", "2")]) if taken else desk.names(rows=(), 数=small)
    printed = texts(desk.printed(names)[0])
    assert printed[0] == "首文"
    assert printed[-1] == "尾文"
    fixed = "".join(
        re.findall(r"<w:t[ >][^<]*", "".join(b if b.startswith("<") else p(b) for b in body))
    )
    for word in "甲丙框内前后":
        if word in re.sub(r"\{[{%].*?[}%]\}", "", fixed):
            assert word in "".join(printed), printed


# -- structure
# -------------------------------------------------------------------------------------------------------------


def attribute(text: str) -> str:
    """A paragraph with the text in an attribute."""
    return p(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="{text}"/></wp:inline></w:drawing></w:r>',
        "图",
    )


@pytest.mark.parametrize(
    "text", ["{{ 甲.名 }}", "{% if 大 %}", "{% endif %}", "{{", "{%", "{# 注", "{# 注 #}", "#}"]
)
def test_tags_in_attributes(desk: Desk, text: str) -> None:
    desk.section("首{{ 甲.名 }}", attribute(text), "中", attribute(text), "尾")
    message = refused(desk)
    assert "正文第2段" in message
    assert "正文第4段" in message


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:r><w:instrText>{{ 甲.名 }}</w:instrText></w:r>",
        '<w:del w:id="9"><w:r><w:delText>{{ 甲.名 }}</w:delText></w:r></w:del>',
        "<!-- {{ 甲.名 }} -->",
        "<?x {{ 甲.名 }}?>",
        "<w:r><w:instrText>{% if 大 %}</w:instrText></w:r>",
    ],
)
@pytest.mark.parametrize("seen", ["{{ 甲.类 }}", "{# 注 #}", "文字"])
def test_tags_where_no_text_is(desk: Desk, hidden: str, seen: str) -> None:
    """Either refused, or left alone; never printed into a place that nobody sees, never a crash."""
    desk.section(seen, p("前", hidden, "后"), "尾")
    with calls_at_most(CALLS):
        made = desk.attempted()
    if made is not None:
        assert texts(desk.printed(desk.names())[0]) == [
            re.sub(r"\{#.*#\}", "", seen.replace("{{ 甲.类 }}", "部门")),
            "前后",
            "尾",
        ]


@pytest.mark.parametrize("seen", [["{{ 甲.类 }}"], ["{# 注 #}"], ["{%p if 大 %}", "{%p endif %}"]])
def test_a_hidden_tag_is_the_one_fault(desk: Desk, seen: list[str]) -> None:
    hidden = p("前", "<w:r><w:instrText>{{ 甲.名 }}</w:instrText></w:r>", "后")
    desk.section(seen[0], hidden, *seen[1:])
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    (fault,) = raised.value.faults
    assert "正文第2段：标签写在了图片说明等看不见的地方" in fault


def test_many_paragraphs_with_tags(desk: Desk) -> None:
    """Fault or no fault: the time grows with the length, not with its square."""
    desk.section(*["{%p if 大 %}", "x", "{%p endif %}"] * 700, "{{ 没有 }}")
    refused(desk)


@pytest.mark.parametrize(
    "paragraph",
    [
        "<w:p>",
        "<w:p><w:r>",
        '<w:p w:rsidR="0">',
        "<w:p/>",
        "<w:p><w:pPr/></w:p>",
        p("文{"),
        p("50%"),
        p("甲}"),
        p("#"),
        p("{{ 甲.名 }}"),
        p("{%p if 大 %}") + p("{%p endif %}"),
    ],
    ids=ascii,
)
def test_long_runs_of_paragraphs(desk: Desk, paragraph: str) -> None:
    closing = {"<w:p>": "</w:p>", "<w:p><w:r>": "</w:r></w:p>", '<w:p w:rsidR="0">': "</w:p>"}.get(
        paragraph, ""
    )
    desk.section(
        "<w:p><w:r><w:t>{{ 甲.名 }}</w:t></w:r></w:p>",
        (paragraph + closing) * 1500,
        p("{%p if 没有 %}"),
        p("{%p endif %}"),
    )
    refused(desk)


@pytest.mark.parametrize("size", [500, 1000])
def test_long_tables(desk: Desk, size: int) -> None:
    desk.section(
        tbl(
            tr("{{ 甲.名 }}"),
            *[tr("x", "y")] * size,
            tr("{%tr for 行 in 没有 %}"),
            tr("x"),
            tr("{%tr endfor %}"),
        )
    )
    assert "没有名称" in refused(desk)


def test_many_faults_in_a_table(desk: Desk) -> None:
    desk.section(tbl(*[tr("{{ 没有 }}", "{{ 没有 }}")] * 500))
    assert refused(desk).count("\n") == 999


@pytest.mark.parametrize("depth", [100, 300, 5000])
def test_deep_structure(desk: Desk, depth: int) -> None:
    desk.section(nested("<w:sdt><w:sdtContent>", p("{{ 没有 }}"), "</w:sdtContent></w:sdt>", depth))
    refused(desk)


def test_deep_tables(desk: Desk) -> None:
    desk.section(nested("<w:tbl><w:tr><w:tc>", p("{{ 没有 }}"), "</w:tc></w:tr></w:tbl>", 60))
    refused(desk)


# -- relations and parts
# ---------------------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTERNAL = f'<Relationship Id="rId99" Type="{OFFICE}/%s" Target="%s" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    "reference",
    [
        '<w:hyperlink r:id="rId99"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
        '<w:r><w:drawing><wp:inline><a:blip xmlns:a="urn:a" r:link="rId99"/></wp:inline></w:drawing></w:r>',
        '<w:r><w:pict><v:shape><v:imagedata r:id="rId99"/></v:shape></w:pict></w:r>',
        '<w:r><w:object><o:OLEObject r:id="rId99"/></w:object></w:r>',
        '<w:subDoc r:id="rId99"/>',
    ],
)
def test_external_relations_of_a_section(desk: Desk, reference: str) -> None:
    made = parts("首", p("x", reference))
    name = "word/_rels/document.xml.rels"
    made[name] = made[name].replace(
        b"</Relationships>", (EXTERNAL % ("hyperlink", "file://example.invalid/x")).encode()
    )
    desk.file(zipped(made))
    assert "正文第2段" in refused(desk)


def test_an_embedded_chunk(desk: Desk) -> None:
    desk.section('<w:altChunk r:id="rId99"/>', "x")
    assert "正文第1段：章节模板里不能有嵌入的文件" in refused(desk)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/_rels/settings.xml.rels", "attachedTemplate"),
        ("word/_rels/document.xml.rels", "frame"),
        ("word/_rels/footer1.xml.rels", "image"),
        ("_rels/.rels", "officeDocument"),
    ],
)
def test_external_relations_of_the_base(desk: Desk, part: str, kind: str) -> None:
    """The parts of the base go into every report: nothing in it may fetch from elsewhere."""
    made = base_parts()
    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    made[part] = made.get(part, head).replace(
        b"</Relationships>", (EXTERNAL % (kind, "http://example.invalid/x.dotm")).encode()
    )
    (desk.folder / "base.docx").write_bytes(zipped(made))
    with calls_at_most(CALLS), pytest.raises(Unusable, match=r"base\.docx"):
        desk.tried()


PARTS: dict[str, Callable[[dict[str, bytes]], None]] = {
    "no document": lambda m: m.__delitem__(DOCUMENT),
    "empty document": lambda m: m.__setitem__(DOCUMENT, b""),
    "no XML": lambda m: m.__setitem__(DOCUMENT, b"\x00\x01\x02"),
    "half a document": lambda m: m.__setitem__(DOCUMENT, m[DOCUMENT][:-20]),
    "no body": lambda m: m.__setitem__(DOCUMENT, re.sub(b"<w:body>.*</w:body>", b"", m[DOCUMENT])),
    "not a document": lambda m: m.__setitem__(DOCUMENT, b"<html><body><p>x</p></body></html>"),
    "a workbook": lambda m: m.__setitem__(DOCUMENT, b'<worksheet xmlns="x"/>'),
    "undeclared entity": lambda m: m.__setitem__(
        DOCUMENT,
        m[DOCUMENT].replace(b"</w:body>", b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"),
    ),
    "undeclared prefix": lambda m: m.__setitem__(
        DOCUMENT, m[DOCUMENT].replace(b"</w:body>", b"<zz:p/></w:body>")
    ),
    "wrong encoding": lambda m: m.__setitem__(
        DOCUMENT, m[DOCUMENT].replace("首".encode(), b"\xff\xfe")
    ),
}


@pytest.mark.parametrize("change", PARTS.values(), ids=PARTS.keys())
def test_broken_parts_of_a_section(desk: Desk, change: Callable[[dict[str, bytes]], None]) -> None:
    made = parts("首{{ 甲.名 }}")
    change(made)
    desk.file(zipped(made))
    refused(desk)


BASES: dict[str, tuple[str, bytes | None]] = {
    "no styles": ("word/styles.xml", None),
    "broken styles": ("word/styles.xml", b"<w:styles"),
    "broken footer": ("word/footer1.xml", b"<w:ftr"),
    "empty footer": ("word/footer1.xml", b""),
    "no document": (DOCUMENT, None),
    "broken document": (DOCUMENT, b"<w:document"),
    "no body": (DOCUMENT, re.sub(b"<w:body>.*</w:body>", b"", base_parts()[DOCUMENT])),
    "empty body": (DOCUMENT, re.sub(b"<w:body>.*</w:body>", b"<w:body/>", base_parts()[DOCUMENT])),
}


@pytest.mark.parametrize(("part", "content"), BASES.values(), ids=BASES.keys())
def test_broken_bases(desk: Desk, part: str, content: bytes | None) -> None:
    made = base_parts()
    del made[part]
    if content is not None:
        made[part] = content
    (desk.folder / "base.docx").write_bytes(zipped(made))
    with calls_at_most(CALLS), pytest.raises(Unusable, match=r"base\.docx"):
        desk.tried()


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
    + "]>"
)
DOCTYPES = {
    "laughs": LAUGHS,
    "file": "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>",
    "network": "<!DOCTYPE x SYSTEM 'http://example.invalid/x.dtd' [<!ENTITY a9 'x'>]>",
    "parameter": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://example.invalid/p'> %p; <!ENTITY a9 'x'>]>",
    "quadratic": "<!DOCTYPE x [<!ENTITY a9 '" + "x" * 100_000 + "'>]>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- " + "x" * 70_000 + " -->"], ids=["first", "late"])
@pytest.mark.parametrize("kind", DOCTYPES)
def test_document_types(desk: Desk, kind: str, before: str, encoding: str) -> None:
    made = parts(p("<w:r><w:t>" + "&a9;" * 100 + "</w:t></w:r>"))
    text = (
        made[DOCUMENT]
        .decode()
        .replace("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", "")
    )
    assert not text.lstrip().startswith("<?xml")
    made[DOCUMENT] = (before + DOCTYPES[kind] + text).encode(encoding)
    desk.file(zipped(made))
    assert "DOCTYPE" in refused(desk)


def encrypted(data: bytes) -> bytes:
    made = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(signature)
        while start >= 0:
            made[start + at] |= 1
            start = made.find(signature, start + 4)
    return bytes(made)


def doubled() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped([*parts("x").items(), (DOCUMENT, b"<w:document/>")])


FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: "这不是文档".encode() * 50,
    "old doc": lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096,
    "rtf": lambda: b"{\\rtf1 {{ x }}}",
    "html": lambda: b"<html><body>{{ x }}</body></html>",
    "pdf": lambda: b"%PDF-1.7\n" + b"x" * 500,
    "truncated": lambda: zipped(parts("x"))[:-100],
    "half": lambda: zipped(parts("x"))[:9000],
    "headless": lambda: zipped(parts("x"))[100:],
    "encrypted": lambda: encrypted(zipped(parts("x"))),
    "duplicate member": doubled,
    "plain zip": lambda: zipped({"a.txt": b"x"}),
    "bomb": lambda: zipped(parts("x") | {"word/media/x.bin": b"\0" * (80 * 2**20)}),
    "bomb of text": lambda: zipped(parts(p(run("{{ 甲.名 }}" * 400_000)))),
    "bomb of blanks": lambda: zipped(
        parts("x")
        | {DOCUMENT: parts("x")[DOCUMENT].replace(b"<w:body>", b"<w:body>" + b" " * (40 * 2**20))}
    ),
    "many members": lambda: zipped(parts("x") | {f"word/{i}.xml": b"" for i in range(5000)}),
    "wrong crc": lambda: zipped(parts("x")).replace(
        struct.pack("<L", zipfile.crc32(parts("x")[DOCUMENT])), b"\1\2\3\4"
    ),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES.keys())
def test_files(desk: Desk, make: Callable[[], bytes]) -> None:
    desk.file(make())
    assert isinstance(refused(desk), str)


@pytest.mark.parametrize("name", [n for n in FILES if n != "bomb of text"])
def test_bases(desk: Desk, name: str) -> None:
    (desk.folder / "base.docx").write_bytes(FILES[name]())
    with calls_at_most(CALLS), pytest.raises(Unusable, match=r"base\.docx"):
        desk.tried()


def test_a_folder_for_a_section(desk: Desk) -> None:
    (desk.folder / "report" / "2-夹.docx").mkdir()
    with pytest.raises(Unusable, match=r"2-夹\.docx"):
        desk.tried()


# -- and what means no harm
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        ["{{ 甲.名 }}"],
        ["文"] * 1500,
        ["{{ 甲.名 }}、{{ 甲.数|元 }}"] * 300,
        ["{% if 大 %}" * 12 + "x" + "{% endif %}" * 12],
        ["".join(f"{{% for r{i} in 乙 %}}" for i in range(4)) + "x" + "{% endfor %}" * 4],
        [tbl(*[tr(*["{{ 甲.数|表 }}"] * 6)] * 50)],
    ],
    ids=["one", "long", "many", "deep", "loops", "table"],
)
def test_honest_templates_take_no_more_work(desk: Desk, body: list[str]) -> None:
    desk.section(*body)
    with calls_at_most(CALLS):
        desk.tried()


def test_faults_are_edition_faults(desk: Desk) -> None:
    desk.section("{{ 没有 }}")
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    assert len(raised.value.faults) == 1
    assert BASE.is_file()
