"""Section files that LibreOffice saved: what it writes of pages, pictures, links, notes and
tables prints right, or is told at its place; and every result is whole."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from test_sections import (
    columns,
    landscape,
    linked,
    marked,
    noted,
    pictured,
    png,
    reference,
    sections,
    width,
    written,
)
from wordml import Desk, W, box, p, part, parts, tbl, texts, tr, zipped

from office import convert
from reportgen.findings import Severity
from reportgen.tasks import compiling
from whole import whole

pytestmark = pytest.mark.office


def table(document: Any) -> None:
    made = document.add_table(2, 2)
    made.cell(0, 0).text = "头"
    made.cell(1, 1).text = "{{ 甲.数|元 }}"


def titled(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = True


FILES: dict[str, tuple[bytes, list[str]]] = {
    "a landscape page": (written(landscape), ["首某局", "横", "竖"]),
    "columns": (written(columns), ["首某局"]),
    "a title page": (written(titled), ["首某局"]),
    "a picture": (pictured(), ["首某局"]),
    "a picture in a table": (
        written(lambda d: d.add_table(1, 1).cell(0, 0).paragraphs[0].add_run().add_picture(png())),
        ["首某局"],
    ),
    "a link": (linked("https://www.example.gov.cn/"), ["首某局网站部门"]),
    "a footnote": (noted(), ["首某局", "注"]),
    "an endnote": (noted("endnote"), ["首某局", "注"]),
    "a footnote in a loop": (noted(loop=True), ["首某局", "一", "二"]),
    "a table": (written(table), ["首某局", "头", "1234567.89元"]),
    "a cross reference": (
        zipped(parts(p(marked("_Ref1", "甲表")), p("见", reference("_Ref1")))),
        ["甲表", "见见"],
    ),
    "a loop over rows": (
        zipped(parts(tbl(tr("{%tr for 行 in 乙 %}"), tr("{{ 行.项 }}"), tr("{%tr endfor %}")))),
        ["一", "二"],
    ),
    "a text box": (zipped(parts(p("前", box("框{{ 甲.名 }}")))), ["前", "框某局"]),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], bytes]:
    def save(name: str, data: bytes) -> bytes:
        folder = tmp_path_factory.mktemp("saved")
        (folder / "x.docx").write_bytes(data)
        (made,) = convert([folder / "x.docx"], "docx", folder / "out")
        return made.read_bytes()

    return save


@pytest.mark.parametrize("name", FILES)
def test_what_libreoffice_saved(
    name: str, saved: Callable[[str, bytes], bytes], tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    data, expected = FILES[name]
    desk.section("前文", name="0-前.docx")
    desk.file(saved(name, data))
    desk.section("后文", name="2-后.docx")
    faults = compiling.template_faults(desk.plan)[1]
    assert [str(f) for f in faults if f.severity is Severity.ERROR] == []
    assert len(faults) <= 3, "a note for each style, not for each cell"
    made = whole(desk.printed(desk.names())[0])
    assert [t for t in texts(made) if t.strip()] == ["前文", *expected, "后文"]
    for section in sections(made):
        assert len(section.findall(f"{W}footerReference")) == 2
        assert width(section) in ("11906", "16838")


def test_pages_that_libreoffice_saved(saved: Callable[[str, bytes], bytes], tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.section("前文", name="0-前.docx")
    desk.file(saved("横", written(landscape)))
    desk.section("后文", name="2-后.docx")
    made = desk.printed(desk.names())[0]
    assert [width(s) for s in sections(made)] == ["11906", "16838", "11906"]


def test_a_base_whose_header_libreoffice_saved(
    saved: Callable[[str, bytes], bytes], tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    base = Document(desk.folder / "base.docx")
    base.sections[-1].header.paragraphs[0].text = "{{ 甲.名 }}"
    base.sections[-1].header.paragraphs[0].add_run().add_picture(png())
    out = BytesIO()
    base.save(out)
    (desk.folder / "base.docx").write_bytes(saved("头", out.getvalue()))
    desk.file(written(landscape))
    assert compiling.template_faults(desk.plan)[1] == []
    made = whole(desk.printed(desk.names())[0])
    headers = {r.get(f"{W}type") for s in sections(made) for r in s.iter(f"{W}headerReference")}
    assert "default" in headers
    assert len(list(part(made).iter(f"{W}sectPr"))) == 3
