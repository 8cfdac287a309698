"""What authors of templates are given: the catalogue and its handbook, previews, and a guide that
can be followed."""

from __future__ import annotations

import re
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from conftest import ROOT
from filling import empty, fill
from office import append_paragraph
from reportgen import files
from reportgen.facts import samples
from reportgen.findings import Severity, Unusable
from reportgen.tasks import authors, documents, opening
from reportgen.tasks.filing import load
from reportgen.word.authors.catalogue import lines
from reportgen.word.authors.preview import cases_printed
from reportgen.word.authors.show import lines as shown
from reportgen.word.source import document_files, xml
from reportgen.word.template.compile import compiled

W = xml.W
GUIDE = ROOT / "docs" / "模板作者指南.md"
EDITIONS = ["hubei-2022", "tests/editions/tiny", "tests/editions/press"]
DOCUMENT = "word/document.xml"


def edition_of(name: str) -> str:
    return str(ROOT / name) if "/" in name else name


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of the real edition, to be edited."""
    return Path(shutil.copytree(ROOT / "templates" / "hubei-2022", tmp_path / "templates" / "mine"))


def append(section: Path, texts: list[str]) -> None:
    """Adds paragraphs after the last one of a section, in its style."""
    parts = files.parts(section)
    root = xml.parse(parts[DOCUMENT])
    last = list(root.iter(f"{W}p"))[-1]
    for text in reversed(texts):
        paragraph = etree.Element(f"{W}p")
        if (properties := last.find(f"{W}pPr")) is not None:
            paragraph.append(deepcopy(properties))
        run = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        run.text = text
        last.addnext(paragraph)
    parts[DOCUMENT] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    section.write_bytes(files.normalised(parts))


def errors(edition: Path | str) -> list[str]:
    told, _ = authors.check_templates(str(edition), None)
    return [str(f) for f in told if f.severity is Severity.ERROR]


# -- catalogue and handbook
# ------------------------------------------------------------------------------------------------


def tags_of(handbook: Path) -> list[str]:
    """The first cell of every row but the headings, in order: what an author copies."""
    root = xml.parse(files.parts(handbook)[DOCUMENT])
    rows = [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None]
    return [xml.paragraph_text(next(row.iter(f"{W}p"))) for row in rows]


def test_tags_copied_from_the_handbook_pass(edition: Path, workbook: Path, tmp_path: Path) -> None:
    authors.handbook(str(edition), workbook, tmp_path / "手册.docx")
    tags = tags_of(tmp_path / "手册.docx")
    assert len(tags) > 400
    append(next((edition / "report").glob("42-*.docx")), tags)
    assert errors(edition) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_every_number_of_a_form_is_in_the_catalogue(name: str) -> None:
    plan, found = authors.catalogue(edition_of(name), None)
    tags = " ".join(e.tag for g in found for e in g.entries)
    for table in plan.edition.tables:
        for column in table.values:
            assert f"行.{column.name}" in tags
    for form in plan.edition.forms:
        for line in (r for b in form.blocks for r in b.lines if not r.gap):
            assert f"{form.name}.{line.name}" in tags
    assert all(
        f"{{{{ {d.name}" in tags or f"{{% if {d.name} " in tags for d in plan.edition.derived
    )


def test_examples_units_and_sections(workbook: Path) -> None:
    _, found = authors.catalogue(None, workbook)
    of = {e.tag: e for g in found for e in g.entries}
    total = of["{{ 收支总表.收入总计|万元 }}"]
    assert (total.unit, total.example, total.sections) == (
        "万元",
        "3198.03万元",
        ("31-收入支出决算总体情况",),
    )
    assert (
        of["{{ 比上年(收支总表.一般公共预算财政拨款收入) }}"].example == "减少234.25万元，下降7.27%"
    )
    assert "22-收入决算表" in of["{{ 行.其他收入|万元 }}"].sections
    assert any("3198.03万元" in line for line in lines(found))


@pytest.mark.parametrize("name", EDITIONS)
def test_a_rate_is_never_suggested_bare(name: str) -> None:
    plan, found = authors.catalogue(edition_of(name), None)
    rates = [d.name for d in plan.edition.derived if re.match(r"执行率\(|占比\(", d.formula)]
    tags = {e.tag for g in found for e in g.entries}
    assert not any(f"{{{{ {rate}|数 }}}}" in tags for rate in rates)
    counts = [d.name for d in plan.edition.derived if re.match(r"计数\(", d.formula)]
    assert all(f"{{{{ {count}|数 }}}}" in tags for count in counts)


def test_rates_are_told_from_counts_by_how_they_are_made(edition: Path) -> None:
    path = edition / "edition.toml"
    formulas = {
        "占": "收支总表.收入总计 / 收支总表.支出总计",
        "余": "1 - 收支总表.收入总计 / 收支总表.支出总计",
        "位": "round(收支总表.收入总计 / 收支总表.支出总计, 3)",
        "均": "项目数 / 2",
        "比": "下属单位数 / 单位数",
        "和": "项目数 + 单位数",
    }
    text = path.read_text(encoding="utf-8")
    for name, formula in formulas.items():
        text += f'\n[[derived]]\nname = "{name}"\nformula = "{formula}"\n'
    path.write_text(text, encoding="utf-8")
    tags = {e.tag for g in authors.catalogue(str(edition), None)[1] for e in g.entries}
    shown = {
        name: {t for t in ("百分比", "数") if f"{{{{ {name}|{t} }}}}" in tags} for name in formulas
    }
    rate, count = {"百分比"}, {"数"}
    assert shown == {"占": rate, "余": rate, "位": rate, "均": count, "比": rate, "和": count}


@pytest.mark.parametrize("word", ["因公出国", "万元", "39-三公经费决算情况", "1234.5", "合计数"])
def test_tags_about_a_word(word: str) -> None:
    _, every = authors.catalogue(None, None)
    if word == "合计数":
        with pytest.raises(
            Unusable, match="没有哪个标签的名称、含义、单位、例子或章节里有“合计数”"
        ):
            authors.catalogue(None, None, word)
        return
    _, found = authors.catalogue(None, None, word)
    wanted = [
        e.tag
        for g in every
        for e in g.entries
        if word in "|".join((e.tag, e.meaning, e.unit, e.example, *e.sections))
    ]
    listed = [e.tag for g in found for e in g.entries]
    assert [tag for tag in listed if not tag.startswith("{%p") or tag in wanted] == wanted
    assert all(g.entries for g in found)


def test_a_column_that_is_found_stands_in_its_loop() -> None:
    _, found = authors.catalogue(None, None, "差异原因")
    for group in found:
        tags = [e.tag for e in group.entries]
        if any(tag.startswith("{{ 行.") for tag in tags):
            assert (tags[0][:4], tags[-1]) == ("{%p ", "{%p endfor %}")
    assert any("{%p endfor %}" in [e.tag for e in g.entries] for g in found)


def test_a_handbook_about_a_word(tmp_path: Path) -> None:
    authors.handbook(None, None, tmp_path / "手册.docx", "公务接待")
    tags = tags_of(tmp_path / "手册.docx")
    assert 3 < len(tags) < 40


def test_the_handbook_at_hand_is_current(workbook: Path, tmp_path: Path, renew: bool) -> None:
    authors.handbook(None, workbook, tmp_path / "手册.docx")
    kept = ROOT / "docs" / "标签手册.docx"
    if renew:
        shutil.copy(tmp_path / "手册.docx", kept)
    assert list(shown(kept)) == list(shown(tmp_path / "手册.docx"))


def test_a_handbook_is_never_written_over(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "手册.docx").write_text("mine")
    with pytest.raises(Unusable, match="没有覆盖"):
        authors.handbook(None, workbook, tmp_path / "手册.docx")
    assert (tmp_path / "手册.docx").read_text() == "mine"
    with pytest.raises(Unusable, match=r"扩展名要是 \.docx"):
        authors.handbook(None, workbook, tmp_path / "手册.txt")


# -- previews
# --------------------------------------------------------------------------------------------------------------


def previewed(name: str, file: Path) -> list[str]:
    plan = opening.open_edition(edition_of(name))
    sources = document_files.read_one(plan.edition, file)
    made = compiled(sources, plan.edition, plan.languages.templates).ready()
    data = cases_printed(made, plan.edition, plan.languages.prose, authors.cases(plan, sources))
    root = xml.parse(_part(data))
    return [t for p in root.iter(f"{W}p") if (t := xml.paragraph_text(p))]


def _part(data: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return whole.read(DOCUMENT)


SECTIONS = [
    (name, f)
    for name in EDITIONS
    for f in sorted((ROOT / ("templates/" * ("/" not in name) + name)).glob("*/*.docx"))
]


@pytest.mark.parametrize(
    ("name", "file"), SECTIONS, ids=lambda v: v.stem if isinstance(v, Path) else v
)
def test_every_section_is_previewed_in_every_case(name: str, file: Path) -> None:
    texts = previewed(name, file)
    shown = [
        case.name for case in samples.CASES if not (case.empty and file.parent.name == "project")
    ]  # no record to show
    for n, case in enumerate(shown, 1):
        assert any(t.startswith(f"情形{n}：{case}") for t in texts)
    told = [t for t in texts if ".docx " in t]
    assert told == [] or (
        name != "hubei-2022" and all("除数为 0" in t for t in told)
    )  # a rate where last year has nothing


def test_what_a_preview_shows() -> None:
    file = next((ROOT / "templates/hubei-2022/report").glob("34-*.docx"))
    texts = "\n".join(previewed("hubei-2022", file))
    cases = re.split(r"情形\d：", texts)[1:]
    for words, case in zip(
        ("增长25%", "下降20%", "持平", "上年为0", "相同", "相同", "1234500万元"), cases, strict=True
    ):
        assert words in case


def test_a_preview_tells_what_a_case_cannot_print(edition: Path, tmp_path: Path) -> None:
    section = next((edition / "report").glob("42-*.docx"))
    append(
        section,
        ["{{ 分列(基本支出明细.人员经费.决算数) }}", "{{ 收支总表.收入总计.增减率|百分比 }}"],
    )
    texts = previewed(str(edition), section)
    assert any("正文第4段" in t and "除数为 0" in t for t in texts)


def test_a_preview_of_a_faulty_section(edition: Path, tmp_path: Path) -> None:
    section = next((edition / "report").glob("42-*.docx"))
    append(section, ["{{ 国有资产.车俩合计|辆 }}"])
    with pytest.raises(Unusable, match=r"正文第3段：国有资产 没有“车俩合计”，是否指“车辆合计”"):
        authors.preview(section, None, tmp_path / "out")
    assert not (tmp_path / "out").exists()


# -- the guide
# -------------------------------------------------------------------------------------------------------------


def blocks() -> list[list[str]]:
    """The fenced blocks of the guide that are template text."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.S | re.M)
    return [block.strip().split("\n") for language, block in fenced if not language]


def test_every_example_of_the_guide_passes(edition: Path) -> None:
    assert len(blocks()) >= 4
    section = next((edition / "report").glob("42-*.docx"))
    inline = re.findall(r"`(\{\{ .*?\}\})`", GUIDE.read_text(encoding="utf-8"))
    whole = [
        t for t in inline if not any(placeholder in t for placeholder in ("部分", "某数", "某段"))
    ]
    assert len(whole) >= 10
    project = [
        "{%p for 项 in 项目 %}",
        *(line for block in blocks() for line in block),
        *whole,
        "{%p endfor %}",
    ]
    append(section, project)
    assert errors(edition) == []


@pytest.mark.office
def test_the_guide_followed_in_libreoffice(edition: Path, workbook: Path, tmp_path: Path) -> None:
    """Its sentence is typed into its section and saved there; the check is content, and the report
    has the paragraph."""
    named = re.search(
        r"`templates/hubei-2022/report/(.*?\.docx)`", GUIDE.read_text(encoding="utf-8")
    )
    assert named is not None
    section = edition / "report" / named[1]
    append_paragraph(section, blocks()[0][0])
    assert errors(edition) == []
    report = documents.build(load(workbook, str(edition)), tmp_path / "out", only="report").written[
        0
    ]
    assert "2022年末，单位拥有公务用车8辆，其中应急保障用车0辆。" in "\n".join(shown(report))


def test_tags_are_listed_from_a_workbook_that_is_still_being_filled(
    plan: opening.OpenEdition, workbook: Path, tmp_path: Path
) -> None:
    path = empty(plan, tmp_path / "空.xlsx")
    fill(plan, path, {"基本信息.年度": 2022, "基本信息.部门名称": "某局"})

    def tags(book: Path) -> list[str]:
        return [entry.tag for group in authors.catalogue(None, book)[1] for entry in group.entries]

    assert tags(path) == tags(workbook)
