"""Section files as programs save them, made with python-docx: each prints right or is told at its
place, and every result is whole."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm
from wordml import (
    DOCUMENT,
    Desk,
    W,
    base_parts,
    own_text,
    p,
    part,
    parts,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

from reportgen.findings import EditionFault
from reportgen.tasks import compiling
from whole import flaws, whole

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES = (
    '<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    '<w:{kind} w:id="2"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:{kind}Ref/></w:r>'
    "<w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def png(shade: int = 0) -> BytesIO:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def written(change: Callable[[Any], None], first: str = "首{{ 甲.名 }}") -> bytes:
    """A file of python-docx with a paragraph, changed."""
    document = Document()
    document.add_paragraph(first)
    change(document)
    return saved(document)


def printed(desk: Desk, *files: bytes, **values: Any) -> bytes:
    """The document that these section files give, whole."""
    for n, data in enumerate(files, 1):
        desk.file(data, f"{n}-节.docx")
    return whole(desk.printed(desk.names(**values))[0])


def told(desk: Desk, *files: bytes) -> list[str]:
    """What is told of these section files, notes too."""
    for n, data in enumerate(files, 1):
        desk.file(data, f"{n}-节.docx")
    return [str(f) for f in compiling.template_faults(desk.plan)[1]]


def sections(data: bytes) -> list[Any]:
    return list(part(data).iter(f"{W}sectPr"))


def width(section: Any) -> str:
    return section.find(f"{W}pgSz").get(f"{W}w")


def members(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.namelist()


def plain(text: str) -> bytes:
    return zipped(parts(text))


# -- pages


def landscape(document: Any) -> None:
    """A page that lies, between two that stand."""
    lying = document.add_section(WD_SECTION.NEW_PAGE)
    lying.orientation, lying.page_width, lying.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    lying.left_margin = Cm(9)
    document.add_paragraph("横")
    standing = document.add_section(WD_SECTION.NEW_PAGE)
    standing.orientation, standing.page_width, standing.page_height = (
        WD_ORIENT.PORTRAIT,
        Mm(210),
        Mm(297),
    )
    document.add_paragraph("竖")


def test_a_landscape_page_within_a_file(desk: Desk) -> None:
    data = printed(desk, plain("前"), written(landscape), plain("后"))
    assert [width(s) for s in sections(data)] == ["11906", "16838", "11906"]
    assert [t for t in texts(data) if t] == ["前", "首某局", "横", "竖", "后"]


def test_margins_grid_and_footers_are_those_of_the_base(desk: Desk) -> None:
    for section in sections(printed(desk, written(landscape))):
        margins = section.find(f"{W}pgMar")
        lies = width(section) == "16838"
        assert margins.get(f"{W}left") == ("1984" if lies else "1587")
        assert section.find(f"{W}docGrid").get(f"{W}linePitch") == "579"
        assert len(section.findall(f"{W}footerReference")) == 2


def test_new_margins_of_the_base_are_those_of_every_file(desk: Desk) -> None:
    made = base_parts()
    assert b'w:top="2098"' in made[DOCUMENT]
    desk.base(word__document_dot_xml=made[DOCUMENT].replace(b'w:top="2098"', b'w:top="1701"'))
    desk.file(plain("一"), "1-节.docx")
    desk.file(written(landscape), "2-节.docx")
    assert compiling.template_faults(desk.plan)[1] == []
    data, _ = desk.printed(desk.names())
    tops = [s.find(f"{W}pgMar").get(f"{W}top") for s in sections(whole(data))]
    assert tops == ["1701", "1361", "1701"]


def test_a_base_without_a_page_that_lies_has_its_page_turned(desk: Desk) -> None:
    made = base_parts()
    text = made[DOCUMENT].decode()
    only = text[: text.index("<w:body>") + 8] + text[text.rindex("<w:sectPr") :]
    desk.base(word__document_dot_xml=only.encode())
    lying = sections(printed(desk, written(landscape)))[1]
    margins = {
        side: lying.find(f"{W}pgMar").get(W + side) for side in ("top", "right", "bottom", "left")
    }
    assert margins == {"top": "1587", "right": "2098", "bottom": "1474", "left": "1984"}
    assert lying.find(f"{W}pgSz").get(f"{W}orient") == "landscape"


def columns(document: Any) -> None:
    document.sections[-1]._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")


def test_columns_of_a_file_stay_in_it(desk: Desk) -> None:
    for files in ([plain("前"), written(columns)], [written(columns), plain("后")]):
        desk.file(plain("空"), "2-节.docx")
        found = [s.find(f"{W}cols").get(f"{W}num") for s in sections(printed(desk, *files))]
        assert sorted(found, key=str) == ["2", None]


def test_columns_within_a_page(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_section(WD_SECTION.CONTINUOUS)
        columns(document)
        document.add_paragraph("两栏")
        document.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(qn("w:cols")).attrib.pop(
            qn("w:num")
        )
        document.add_paragraph("一栏")

    data = printed(desk, plain("前"), written(change), plain("后"))
    assert [s.find(f"{W}cols").get(f"{W}num") for s in sections(data)] == [None, "2", None]
    kinds = [s.find(f"{W}type") for s in sections(data)]
    assert [k.get(f"{W}val") if k is not None else "" for k in kinds] == [
        "",
        "continuous",
        "continuous",
    ]


def test_a_title_page_and_page_numbers_that_begin_anew_stay_in_their_file(desk: Desk) -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="5"/>'))

    data = printed(desk, plain("前"), written(change), plain("后"))
    titles = [s.find(f"{W}titlePg") is not None for s in sections(data)]
    numbers = [s.find(f"{W}pgNumType") for s in sections(data)]
    assert titles == [False, True, False]
    assert [n.get(f"{W}start") if n is not None else None for n in numbers] == [None, "5", None]


def test_a_first_page_of_the_base_is_that_of_the_report_alone(desk: Desk) -> None:
    made = base_parts()
    own = made[DOCUMENT].replace(
        b'<w:cols w:space="425"/>', b'<w:pgNumType w:start="1"/><w:cols w:space="425"/><w:titlePg/>'
    )
    desk.base(word__document_dot_xml=own)
    data = printed(desk, written(landscape), plain("后"))
    assert [s.find(f"{W}titlePg") is not None for s in sections(data)] == [True, False, False]
    assert [s.find(f"{W}pgNumType").get(f"{W}start") for s in sections(data)] == ["1", None, None]


def test_a_page_break_that_data_leave_out_takes_no_page_numbers_along(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{%p if 甲.数 < 元(0) %}")
        landscape(document)
        document.add_paragraph("{%p endif %}")

    for section in sections(printed(desk, written(change), plain("后"))):
        assert len(section.findall(f"{W}footerReference")) == 2


def test_the_end_of_a_page_section_in_the_paragraph_of_a_tag(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{%p if 甲.数 > 元(0) %}")
        document.add_section(WD_SECTION.NEW_PAGE)  # its end stands in the paragraph before
        columns(document)
        document.add_paragraph("{%p endif %}")

    assert len(sections(printed(desk, written(change)))) == 2


def test_a_last_page_that_lies_ends_before_the_next_file(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "表"
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = (
            WD_ORIENT.LANDSCAPE,
            Mm(297),
            Mm(210),
        )

    data = printed(desk, plain("前"), written(change), plain("后"))
    assert [width(s) for s in sections(data)] == ["11906", "16838", "11906"]


def test_another_paper_is_told(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.sections[0].page_width, document.sections[0].page_height = Mm(297), Mm(420)

    assert told(desk, written(change)) == [
        "report/1-节.docx：纸张大小以 base.docx 为准，这里另设的大小没有用上"
    ]


def test_a_file_inserted_with_a_landscape_page_in_its_middle(desk: Desk) -> None:
    (desk.folder / "件").mkdir()
    (desk.folder / "件" / "横.docx").write_bytes(written(landscape, "内"))
    desk.section(p("前"), p("{{ 插入('件/横') }}"), p("后"))
    data = whole(desk.printed(desk.names())[0])
    assert [width(s) for s in sections(data)] == ["11906", "16838", "11906"]


def test_a_file_inserted_that_ends_on_a_landscape_page_is_told(desk: Desk) -> None:
    (desk.folder / "件").mkdir()
    wide = parts("内")
    wide[DOCUMENT] = wide[DOCUMENT].replace(
        b'<w:pgSz w:w="11906" w:h="16838"/>', b'<w:pgSz w:w="16838" w:h="11906"/>'
    )
    (desk.folder / "件" / "横.docx").write_bytes(zipped(wide))
    (fault,) = told(desk, zipped(parts("前", "{{ 插入('件/横') }}", "后")))
    assert "正文第2段：插入的模板“件/横”最后一页的方向或分栏与这里不同" in fault


# -- headers


@pytest.mark.parametrize("kind", ["header", "footer", "first_page_header", "even_page_footer"])
def test_the_header_of_a_section_file_is_told(desk: Desk, kind: str) -> None:
    def change(document: Any) -> None:
        getattr(document.sections[0], kind).paragraphs[0].text = "某某局内部资料"

    (fault,) = told(desk, written(change))
    assert fault == (
        "report/1-节.docx：章节模板的页眉、页脚（“某某局内部资料”）不会印出来，各章都用 base.docx 的。"
        "请写到 base.docx 里，这里的删去"
    )


def test_a_picture_in_the_header_of_a_section_file_is_told(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].add_run().add_picture(png())

    (fault,) = told(desk, written(change))
    assert "页眉、页脚（“图片”）不会印出来" in fault


def test_a_header_of_the_base_with_a_tag_and_a_logo(desk: Desk) -> None:
    base = Document(desk.folder / "base.docx")
    header = base.sections[-1].header
    header.paragraphs[0].text = "{{ 甲.名 }}"
    header.paragraphs[0].add_run().add_picture(png())
    base.save(desk.folder / "base.docx")
    data = printed(desk, written(landscape), plain("后"))
    (name,) = [n for n in members(data) if re.fullmatch(r"word/header\d+\.xml", n)]
    assert texts(data, name) == ["某局"]
    assert all(len(s.findall(f"{W}headerReference")) == 1 for s in sections(data))
    assert any(n.startswith("word/media/") for n in members(data))


# -- pictures, links, notes


def pictured(shade: int = 0) -> bytes:
    return written(lambda document: document.add_picture(png(shade)))


def test_a_picture_comes_along(desk: Desk) -> None:
    data = printed(desk, pictured())
    (media,) = [n for n in members(data) if "media" in n]
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.read(media) == png().getvalue()


def test_a_picture_is_seen_whole_where_lines_have_a_fixed_height(desk: Desk) -> None:
    paragraph = next(part(printed(desk, pictured())).iter("{*}blip")).iterancestors(f"{W}p")
    spacing = next(paragraph).find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("240", "auto")


def test_the_same_picture_is_kept_once(desk: Desk) -> None:
    data = printed(desk, pictured(), pictured(), pictured(7))
    assert len([n for n in members(data) if "media" in n]) == 2
    assert len(list(part(data).iter("{*}blip"))) == 3


def test_a_picture_in_a_loop_in_a_table(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{%p for 行 in 乙 %}")
        document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run().add_picture(png())
        document.add_paragraph("{{ 行.项 }}")
        document.add_paragraph("{%p endfor %}")

    data = printed(desk, written(change))
    assert len(list(part(data).iter("{*}blip"))) == 2


def test_a_picture_of_an_inserted_file(desk: Desk) -> None:
    (desk.folder / "件").mkdir()
    (desk.folder / "件" / "图.docx").write_bytes(pictured())
    desk.section(p("{{ 插入('件/图') }}"), p("{{ 插入('件/图') }}"))
    data = whole(desk.printed(desk.names())[0])
    assert len(list(part(data).iter("{*}blip"))) == 2
    assert len([n for n in members(data) if "media" in n]) == 1


def test_a_picture_that_is_elsewhere_is_told(desk: Desk) -> None:
    def change(document: Any) -> None:
        document.add_picture(png())
        number = document.part.relate_to(
            "http://example.invalid/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True
        )
        blip = next(document.element.body.iter("{*}blip"))
        blip.attrib.clear()
        blip.set(qn("r:link"), number)

    assert any("正文第2段：图片要嵌入在文件里" in fault for fault in told(desk, written(change)))


def linked(address: str) -> bytes:
    def change(document: Any) -> None:
        number = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
            "<w:t>网站{{ 甲.类 }}</w:t></w:r></w:hyperlink>"
        )
        document.paragraphs[0]._p.append(link)

    return written(change)


@pytest.mark.parametrize(
    "address", ["https://www.example.gov.cn/a?b=1&c=2", "http://x.cn", "mailto:a@b.cn"]
)
def test_a_link_to_the_web_comes_along(desk: Desk, address: str) -> None:
    data = printed(desk, linked(address))
    assert texts(data) == ["首某局网站部门"]
    (link,) = part(data).iter(f"{W}hyperlink")
    number = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    relations = {e.get("Id"): e.get("Target") for e in part(data, "word/_rels/document.xml.rels")}
    assert relations[number] == address


@pytest.mark.parametrize(
    "address", ["file:///C:/a.docx", "../a.docx", "\\\\server\\a", "javascript:x"]
)
def test_a_link_to_anything_else_is_told(desk: Desk, address: str) -> None:
    assert any("正文第1段：超链接只能指向网页" in fault for fault in told(desk, linked(address)))


def noted(kind: str = "footnote", text: str = "注文", *, loop: bool = False) -> bytes:
    def change(document: Any) -> None:
        content = NOTES.format(kind=kind, text=text).encode()
        made = Part(
            PackURI(f"/word/{kind}s.xml"),
            FOOTNOTES.replace("footnotes", f"{kind}s"),
            content,
            document.part.package,
        )
        document.part.relate_to(made, f"{RELATIONSHIP_TYPE.FOOTNOTES.rpartition('/')[0]}/{kind}s")
        for line in ["{%p for 行 in 乙 %}", "{{ 行.项 }}", "{%p endfor %}"] if loop else ["注"]:
            paragraph = document.add_paragraph(line)
            if "%" not in line:
                paragraph._p.append(
                    parse_xml(
                        f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                        f'<w:{kind}Reference w:id="2"/></w:r>'
                    )
                )

    return written(change)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_comes_along(desk: Desk, kind: str) -> None:
    data = printed(desk, noted(kind, "一"), plain("中"), noted(kind, "二"))
    assert [own_text(e) for e in part(data, f"word/{kind}s.xml").iter(f"{W}p")][-2:] == ["一", "二"]
    assert [e.get(f"{W}id") for e in part(data).iter(f"{W}{kind}Reference")] == ["1", "2"]
    sizes = {e.get(f"{W}val") for e in part(data, f"word/{kind}s.xml").iter(f"{W}sz")}
    assert sizes == {"18"}
    raised = next(part(data).iter(f"{W}{kind}Reference")).getparent().find(f"{W}rPr/{W}vertAlign")
    assert raised.get(f"{W}val") == "superscript"


def test_a_note_in_a_loop_is_printed_each_time(desk: Desk) -> None:
    data = printed(desk, noted(loop=True))
    assert [e.get(f"{W}id") for e in part(data).iter(f"{W}footnoteReference")] == ["1", "2"]
    assert texts(data, "word/footnotes.xml")[-2:] == ["注文", "注文"]


def test_a_tag_in_a_note_is_told(desk: Desk) -> None:
    assert any(
        "脚注第2段：脚注、尾注里的标签不会被填写" in f
        for f in told(desk, noted(text="{{ 甲.名 }}"))
    )


# -- cross references


def marked(name: str, text: str) -> str:
    return f'<w:bookmarkStart w:id="3" w:name="{name}"/><w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id="3"/>'


def reference(name: str) -> str:
    return f'<w:fldSimple w:instr=" REF {name} \\h "><w:r><w:t>见</w:t></w:r></w:fldSimple>'


def test_a_cross_reference_in_each_of_two_files_leads_to_its_own(desk: Desk) -> None:
    file = zipped(
        parts(
            p(marked("_Ref1", "甲表")),
            p(reference("_Ref1")),
            p('<w:hyperlink w:anchor="_Ref1"><w:r><w:t>表</w:t></w:r></w:hyperlink>'),
        )
    )
    root = part(printed(desk, file, file))
    assert [e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")] == ["_Ref1", "_Ref1_2"]
    assert [e.get(f"{W}instr").split()[1] for e in root.iter(f"{W}fldSimple")] == [
        "_Ref1",
        "_Ref1_2",
    ]
    assert [e.get(f"{W}anchor") for e in root.iter(f"{W}hyperlink")] == ["_Ref1", "_Ref1_2"]


def test_a_file_with_cross_references_inserted_twice(desk: Desk) -> None:
    (desk.folder / "件").mkdir()
    (desk.folder / "件" / "引.docx").write_bytes(
        zipped(parts(p(marked("_Ref1", "表")), p(reference("_Ref1"))))
    )
    desk.section(
        p("{{ 插入('件/引') }}"),
        p("{{ 插入('件/引') }}"),
        p(marked("_Ref1", "外")),
        p(reference("_Ref1")),
    )
    names = [
        e.get(f"{W}name")
        for e in part(whole(desk.printed(desk.names())[0])).iter(f"{W}bookmarkStart")
    ]
    assert sorted(names) == ["_Ref1", "_Ref1_2", "_Ref1_3"]


def test_a_cross_reference_to_nothing_is_told(desk: Desk) -> None:
    (fault,) = told(desk, zipped(parts("首", p(reference("_Ref9")))))
    assert "正文第2段：这里引用的书签“_Ref9”在这个文件里找不到" in fault


@pytest.mark.parametrize(
    "body",
    [
        ["{%p for 行 in 乙 %}", p(marked("_Ref1", "表")), "{%p endfor %}", p(reference("_Ref1"))],
        ["{%p if 大 %}", p(marked("_Ref1", "表")), "{%p endif %}", p(reference("_Ref1"))],
    ],
)
def test_a_bookmark_that_data_repeat_or_leave_out_is_told(desk: Desk, body: list[str]) -> None:
    (fault,) = told(desk, zipped(parts(*body)))
    assert "正文第2段：被引用的书签“_Ref1”在循环或条件里" in fault


# -- fields, braces, strays


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (' DATE \\@ "yyyy年" ', "域 DATE 的值随打开、保存的时间和文件而变"),
        (" SAVEDATE ", "域 SAVEDATE 的值随"),
        (" FILENAME \\p ", "域 FILENAME 的值随"),
        (' TOC \\o "1-3" ', "Word 的目录域不会跟着报告变"),
        (" SEQ 图 ", "不能用 Word 的自动编号"),
    ],
)
def test_fields_that_a_report_cannot_keep_are_told(desk: Desk, code: str, message: str) -> None:
    field = f"<w:fldSimple w:instr='{code}'><w:r><w:t>旧</w:t></w:r></w:fldSimple>"
    (fault,) = told(desk, zipped(parts("首", p("今", field))))
    assert f"正文第2段：{message}" in fault


@pytest.mark.parametrize("text", ["{甲.名}", "共{甲.数|元}整", "{ 大 }"])
def test_a_tag_with_one_brace_is_told(desk: Desk, text: str) -> None:
    (fault,) = told(desk, plain(text))
    assert "正文第1段：标签要写两个花括号" in fault


@pytest.mark.parametrize("text", ["{单}", "集合{1, 2}", "{{ 甲.名 }}{a|b}"])
def test_other_braces_are_text(desk: Desk, text: str) -> None:
    assert told(desk, plain(text)) == []


def test_a_tag_with_a_line_is_told(desk: Desk) -> None:
    (fault,) = told(desk, plain("写 {_{ 名称 }_} 即可"))
    assert "正文第1段：{_{ 不是标签的写法" in fault


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2-旧.doc", "这个文件夹里的 .doc 文件不会印进报告"),
        ("2-旧.wps", "这个文件夹里的 .wps 文件不会印进报告"),
        ("1-节 - 副本.docx", "像是 1-节.docx 的副本"),
        ("1-节(1).docx", "像是 1-节.docx 的副本"),
        ("1-节 - Copy.docx", "像是 1-节.docx 的副本"),
        ("复件 1-节.docx", "像是 1-节.docx 的副本"),
    ],
)
def test_strays_in_the_folder_are_told(desk: Desk, name: str, message: str) -> None:
    (desk.folder / "report" / name).write_bytes(plain("旧"))
    (fault,) = told(desk, plain("新"))
    assert fault.startswith(f"report/{name}：{message}")


@pytest.mark.parametrize("name", ["1-节二.docx", "12.docx", "2-备份情况.docx", "~$1-节.doc"])
def test_other_files_are_none(desk: Desk, name: str) -> None:
    (desk.folder / "report" / name).write_bytes(plain("别"))
    assert told(desk, plain("新")) == []


# -- styles that programs add


def test_a_table_of_writer_is_one_note(desk: Desk) -> None:
    made = parts(
        tbl(
            *[
                tr(*[tc(p("格", props='<w:pStyle w:val="TableContents"/>')) for _ in range(4)])
                for _ in range(6)
            ]
        )
    )
    made["word/styles.xml"] = made["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:type="paragraph" w:styleId="TableContents"><w:name w:val="Table Contents"/></w:style></w:styles>',
    )
    (note,) = told(desk, zipped(made))
    assert "表1第1行第1格：“表格内容”是程序自己加上的样式，已换成 base.docx 里相应的样式" in note
    assert {e.get(f"{W}val") for e in part(printed(desk, zipped(made))).iter(f"{W}pStyle")} == {
        "TableText"
    }


def test_a_style_that_there_is_not_is_told_in_chinese(desk: Desk) -> None:
    (fault,) = told(desk, zipped(parts(p("引", props='<w:pStyle w:val="Quote"/>'))))
    assert "样式“引用”不在 base.docx 里" in fault


# -- rooms that data empty


NEVER = ("{%p if 甲.数 < 元(0) %}", "{%p endif %}")
ROOMS = {
    "a cell": tbl(tr(tc(NEVER[0], "只在负数时", NEVER[1]))),
    "a nested table last": tbl(tr(tc(NEVER[0], tbl(tr("内")), NEVER[1]))),
    "a nested table last that stays": tbl(tr(tc(tbl(tr("内"))))),
    "no content at all": tbl(tr("<w:tc><w:tcPr/></w:tc>")),
    "a table": tbl(tr("{%tr if 甲.数 < 元(0) %}"), tr("行"), tr("{%tr endif %}")),
    "a nested table": tbl(
        tr(tc(tbl(tr("{%tr if 甲.数 < 元(0) %}"), tr("行"), tr("{%tr endif %}"))))
    ),
    "a merged cell": tbl(
        tr("{%tr for 行 in 乙 %}"),
        tr(tc("{{ 行.项|纵并 }}"), tc(NEVER[0], "x", NEVER[1])),
        tr("{%tr endfor %}"),
    ),
}


@pytest.mark.parametrize("body", ROOMS.values(), ids=ROOMS.keys())
def test_what_data_empty_stays_whole(desk: Desk, body: str) -> None:
    assert flaws(desk.print("前", body, "后")) == []


def test_a_table_without_rows_is_gone(desk: Desk) -> None:
    data = desk.print(
        "前", tbl(tr("{%tr for 行 in 乙 %}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}")), "后"
    )
    assert len(list(part(data).iter(f"{W}tbl"))) == 1
    desk.section(
        "前", tbl(tr("{%tr for 行 in 乙 %}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}")), "后"
    )
    data = whole(desk.printed(desk.names(rows=[]))[0])
    assert texts(data) == ["前", "后"]


# -- accidents


@pytest.mark.parametrize(
    "body",
    [
        p("前", '<w:del w:id="1" w:author="a"><w:r><w:delText>{{</w:delText></w:r></w:del>'),
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE {{</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        p('<w:bookmarkStart w:id="1" w:name="{{"/><w:bookmarkEnd w:id="1"/>'),
        p(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{{ x"/></wp:inline></w:drawing></w:r>'
        ),
        "<!-- {{ -->",
        "<?x {{ ?>",
        p('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{%"/></wp:inline></w:drawing></w:r>'),
    ],
)
def test_braces_where_no_text_is(desk: Desk, body: str) -> None:
    faults = told(desk, zipped(parts("首", body, "{{ 甲.名 }}后", tbl(tr("{{ 甲.类 }}")))))
    assert faults
    assert not any("标签里只能识别" in fault for fault in faults)


def test_broken_relations_of_a_section(desk: Desk) -> None:
    made = parts("首{{ 甲.名 }}") | {"word/_rels/document.xml.rels": b"<Relationships"}
    (fault,) = told(desk, zipped(made))
    assert "1-节.docx：不是能读的 Word 模板" in fault


@pytest.mark.parametrize("content", [None, b"", b"PK", zipped(parts("x"))[:200]])
def test_a_base_that_cannot_be_read_with_insertions(desk: Desk, content: bytes | None) -> None:
    (desk.folder / "件").mkdir()
    (desk.folder / "件" / "语.docx").write_bytes(plain("语"))
    (desk.folder / "base.docx").unlink()
    if content is not None:
        (desk.folder / "base.docx").write_bytes(content)
    faults = told(desk, zipped(parts(p("{{ 插入('件/语') }}", props='<w:pStyle w:val="Title"/>'))))
    assert [f.split("：")[0] for f in faults] == ["base.docx"]


def test_a_refusal_names_the_file(desk: Desk) -> None:
    desk.file(linked("file:///a"))
    with pytest.raises(EditionFault, match=r"1-节\.docx 正文第1段"):
        desk.tried()


BROKEN: dict[str, Callable[[dict[str, bytes]], None]] = {
    "a footer that is gone": lambda m: m.pop("word/footer1.xml"),
    "a reference to no relation": lambda m: m.update(
        {DOCUMENT: m[DOCUMENT].replace(b'r:id="rId9"', b'r:id="rId99"')}
    ),
    "a reference to the styles": lambda m: m.update(
        {DOCUMENT: m[DOCUMENT].replace(b'r:id="rId9"', b'r:id="rId3"')}
    ),
    "a broken part that nobody reads": lambda m: m.update({"word/webSettings.xml": b"<w:web"}),
    "a part without a type": lambda m: m.update({"word/a.qqq": b"x"}),
    "broken relations": lambda m: m.update({"word/_rels/document.xml.rels": b"<R"}),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_base_that_word_would_not_open_is_told(
    desk: Desk, change: Callable[[dict[str, bytes]], None]
) -> None:
    made = base_parts()
    change(made)
    (desk.folder / "base.docx").write_bytes(zipped(made))
    faults = told(desk, plain("首"))
    assert faults
    assert all(f.startswith("base.docx：") for f in faults)


# -- properties


def with_property(desk: Desk, **values: str) -> None:
    base = Document(desk.folder / "base.docx")
    for name, value in values.items():
        setattr(base.core_properties, name, value)
    base.save(desk.folder / "base.docx")


def properties(data: bytes) -> Any:
    return Document(BytesIO(data)).core_properties


def test_tags_in_the_properties_of_the_base_are_filled(desk: Desk) -> None:
    text = "{{ 甲.名 }}{% if 甲.数 > 元(0) %}收入{{ 甲.数|万元 }}{% endif %}"
    with_property(desk, title=text, subject="{{ 甲.文 }}")
    data = printed(desk, plain("首"), 名="<甲>&局", 文="一行\n二行")
    assert properties(data).title == "<甲>&局收入123.46万元"
    assert properties(data).subject == "一行 二行"


def test_a_wrong_tag_in_the_properties_of_the_base_is_told(desk: Desk) -> None:
    with_property(desk, title="{{ 甲.名称 }}", subject="{{ 甲.名")
    faults = told(desk, plain("首"))
    assert any("base.docx 文档属性“标题”：甲 没有“名称”" in f for f in faults)
    assert any("base.docx 文档属性“主题”：标签没有写完整" in f for f in faults)


def styled(**changes: str) -> bytes:
    """A file in which a style of the base looks otherwise."""
    made = parts(
        p("题", props='<w:pStyle w:val="Heading1"/>'), p("题", props='<w:pStyle w:val="Heading1"/>')
    )
    styles = made["word/styles.xml"].decode()
    at = styles.index('w:styleId="Heading1"')
    end = styles.index("</w:style>", at)
    look = "".join(f'<w:{name} w:val="{value}"/>' for name, value in changes.items())
    own = re.sub(r"<w:rPr>.*</w:rPr>", "", styles[at:end]) + f"<w:rPr>{look}</w:rPr>"
    made["word/styles.xml"] = (styles[:at] + own + styles[end:]).encode()
    return zipped(made)


@pytest.mark.parametrize("changes", [{"sz": "80"}, {"color": "FF0000"}, {"i": "1"}])
def test_a_style_that_an_author_changed_is_told_once(desk: Desk, changes: dict[str, str]) -> None:
    (note,) = told(desk, styled(**changes))
    assert "正文第1段：样式“一级标题”在这个文件里改过，印出来照 base.docx 里的" in note


def test_a_style_that_looks_the_same_is_not_told(desk: Desk) -> None:
    assert told(desk, styled(color="auto", i="0")) == []
