"""The rendered pages: paper, margins, lines and page numbers after GB/T 9704-2012, tables in
landscape.

Each check yields what is wrong with the pages of a document. It must find nothing in the real
report and in the same report with long prose and long tables, and something in a document that was
spoilt in just that point.

Tolerances: without the faces that the report asks for, glyphs are those of a substitute. Its
advance is one em for a Chinese sign as well, so lines break alike; but signs leave other white at
their edges, and boxes differ in height. 2 pt (0.7 mm) covers that and still tells a margin that is
2 mm (5.7 pt) off.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import pdf
from office import as_pdf
from pdf import Box, Page
from reportgen.facts.assembly import assemble
from reportgen.facts.content import Content
from reportgen.language.names import Name
from reportgen.tasks import documents, opening
from reportgen.tasks.filing import Filing
from reportgen.wording.prose import ProseReader
from reportgen.workbook.reading.book import Book
from reportgen.workbook.reading.read import read

pytestmark = pytest.mark.office

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
PORTRAIT = Box(28 * MM, 37 * MM, (210 - 26) * MM, (297 - 35) * MM)
LANDSCAPE = Box(35 * MM, 24 * MM, (297 - 37) * MM, (210 - 22) * MM)
NEAR = 2.0
RULE = 1.5  # the rules of a table are drawn where they belong whatever the face
EM, PITCH, LINES, SIGNS = 16.0, 28.95, 22, 28
# lines on a page that begins with the heading of a part, which with the white below it takes the
# room of two
TITLED = 21
# LibreOffice sets the baseline at four fifths of an exact line: the box of a sign hangs this much
# below the middle
DROP = 2.5
NUMBER_INSET, NUMBER_DROP = 14.0, 7 * MM  # one sign of 四号 from the margin, 7 mm below the text
HANGING = "，。、；：！？”）》"
SIGN = re.compile(r"[一-鿿、，。：；（）]+")
CAPTION = re.compile(r"公开 ?(\d\d) ?表")
ITEM = re.compile(r"\d+\.|（\d+）")
FIRST_ROW = re.compile(r"合计|\d{3,7}|注：.*")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


# -- reading pages
# ---------------------------------------------------------------------------------------------------------


def frame(page: Page) -> Box:
    return LANDSCAPE if page.landscape else PORTRAIT


def body(page: Page) -> list[Box]:
    """The words above the foot of the page."""
    return [w for w in page.words if w.middle < frame(page).bottom + NEAR]


@cache
def lines(page: Page) -> list[Box]:
    return pdf.lines(body(page))


def foot(page: Page) -> list[Box]:
    return pdf.lines(w for w in page.words if w.middle >= frame(page).bottom + NEAR)


def upright(pages: list[Page]) -> list[Page]:
    """The pages of text: neither cover nor tables nor forms."""
    return [p for p in pages[1:] if not (p.landscape or is_form(p))]


def is_form(page: Page) -> bool:
    """Whether a form stands on the page, in 9 pt."""
    return any(line.bottom - line.top < 0.8 * EM for line in lines(page))


@cache
def breaks(file: Path) -> set[str]:
    """The paragraphs that begin a page of their own."""
    styled = part(file.with_suffix(".docx").read_bytes(), "document").iterfind(f".//{W}p[{W}pPr]")
    return {
        plain("".join(p.itertext()))
        for p in styled
        if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    }


def is_broken(page: Page) -> bool:
    first = plain(lines(page)[0].text)
    return any(text.startswith(first) for text in breaks(page.file))


def titled(page: Page) -> bool:
    """Whether the page begins with the heading of a part, 22 pt."""
    return any(line.bottom - line.top > 1.6 * EM for line in lines(page)[:1])


@cache
def headings(file: Path) -> set[str]:
    """The headings within parts, from the document beside the PDF."""
    styled = part(file.with_suffix(".docx").read_bytes(), "document").iterfind(f".//{W}p[{W}pPr]")
    found = (p for p in styled if p.find(f"{W}pPr/{W}pStyle") is not None)
    return {
        plain("".join(p.itertext()))
        for p in found
        if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val").startswith(("Heading", "Review"))
    }


def is_heading(page: Page, line: Box) -> bool:
    return plain(line.text) in headings(page.file)


def plain(text: str) -> str:
    return "".join(text.split())


def running(pages: list[Page]) -> Iterator[tuple[Page, Page]]:
    """Pages whose text runs on to the next, with that next page."""
    return (
        (p, n)
        for p, n in pairwise(pages[1:])
        if not (p.landscape or n.landscape or titled(n) or is_form(p) or is_form(n) or is_broken(n))
    )


def full(pages: list[Page]) -> list[Page]:
    """Pages of 22 lines that nothing but the end of the page stopped."""
    return [
        p
        for p, n in running(pages)
        if not titled(p) and not large(p) and not is_heading(n, lines(n)[0])
    ]


def large(page: Page) -> list[Box]:
    """The titles of reviews on a page, 18 pt, each with a blank line before and after it."""
    found: list[Box] = []
    for before, line in pairwise([None, *lines(page)]):
        text = plain(line.text)
        if any(text in title for title in titles(page.file)) and (len(text) > 8 or before in found):
            found.append(line)
    return found


@cache
def titles(file: Path) -> set[str]:
    styled = part(file.with_suffix(".docx").read_bytes(), "document").iterfind(f".//{W}p[{W}pPr]")
    found = (p for p in styled if p.find(f"{W}pPr/{W}pStyle") is not None)
    return {
        plain("".join(p.itertext()))
        for p in found
        if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "ReviewTitle"
    }


def place(line: Box) -> float:
    """On which line of the page it stands, 0 for the first."""
    return (line.middle - DROP - PORTRAIT.top) / PITCH - 0.5


# -- checks: each yields what is wrong
# -------------------------------------------------------------------------------------


def sizes(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        if max(abs(a - b) for a, b in zip(sorted((page.width, page.height)), A4, strict=True)) > 1:
            yield f"page {page.number}: {page.width} × {page.height}"


def outside(pages: list[Page]) -> Iterator[str]:
    """Text beyond a margin. A mark at the end of a line may hang in the right one: Word's default;
    that it could be forbidden (w:overflowPunct) no test could see, because LibreOffice reads the
    setting the wrong way round."""
    for page in upright(pages):
        for line in lines(page):
            hangs = line.text[-1] in HANGING and line.right > PORTRAIT.right + NEAR
            within = (
                PORTRAIT.left - line.left < NEAR and line.right - EM * hangs - PORTRAIT.right < NEAR
            )
            if not (
                within and line.top > PORTRAIT.top - NEAR and line.bottom < PORTRAIT.bottom + NEAR
            ):
                yield f"page {page.number}: {line}"


def unreached(pages: list[Page]) -> Iterator[str]:
    """Full pages whose text does not reach the margins. Items of a list are not justified and may
    end a sign before."""
    for page in (p for p in full(pages) if not any(ITEM.match(line.text) for line in lines(p))):
        left, right = (
            min(line.left for line in lines(page)),
            max(line.right for line in lines(page)),
        )
        if abs(left - PORTRAIT.left) > NEAR or right < PORTRAIT.right - NEAR:
            yield f"page {page.number}: {left} to {right}"


def off_the_grid(pages: list[Page]) -> Iterator[str]:
    """Lines that do not stand where a line of a page stands, one after the other where no title
    comes between."""
    for page in (p for p in upright(pages) if not titled(p)):
        larger = large(page)
        for n, line in enumerate(lines(page)):
            wanted = round(place(line)) if larger else n
            if line not in larger and abs(place(line) - wanted) * PITCH > NEAR:
                yield f"page {page.number}, line {n + 1}: {line}"


def wrong_pitch(pages: list[Page]) -> Iterator[str]:
    for page in full(pages):
        first, *_, last = found = lines(page)
        if abs((last.middle - first.middle) / (len(found) - 1) - PITCH) > 0.05:
            yield f"page {page.number}: {first.middle} to {last.middle} in {len(found)} lines"


def not_full(pages: list[Page]) -> Iterator[str]:
    """Pages that run on without being full. A heading that goes with its text to the next page may
    leave two lines, and LibreOffice now and then takes the first line of a paragraph along with
    the second."""
    for page, following in running(pages):
        room = TITLED if titled(page) else LINES
        first = lines(following)[0]
        least = room - 2 * is_heading(following, first) - (first.left > PORTRAIT.left + EM)
        least -= 6 * (first in large(following))  # a title goes with the headings under it
        taken = round(place(lines(page)[-1])) + 1 if large(page) else len(lines(page))
        if not least <= taken <= room:
            yield f"page {page.number}: {taken} lines, room for {room}"


def forlorn(pages: list[Page]) -> Iterator[str]:
    """Headings at the foot of a page whose text begins on the next. The table of contents, all
    headings, is passed over."""
    start = next(p.number for p in pages if lines(p) and lines(p)[0].text.startswith("第一部分"))
    last = [(p, lines(p)[-1]) for p, _ in running(pages[start - 1 :])]
    return (f"page {page.number}: {line.text}" for page, line in last if is_heading(page, line))


def miscounted(pages: list[Page]) -> Iterator[str]:
    """Lines of Chinese signs from margin to margin that are not 28 long; a mark or bracket that
    must not be parted from its neighbours takes up to two off."""
    for page in full(pages):
        for line in lines(page):
            whole = line.left - PORTRAIT.left < NEAR and abs(line.right - PORTRAIT.right) < NEAR
            text = plain(line.text)
            if whole and SIGN.fullmatch(text) and not SIGNS - 2 <= len(text) <= SIGNS:
                yield f"page {page.number}: {len(text)} signs: {text}"


def misnumbered(pages: list[Page]) -> Iterator[str]:
    """Feet that are not just “— n —”: none on the cover, to the right on odd pages, to the left on
    even ones."""
    for page in pages:
        found = [line.text.replace(" ", "") for line in foot(page)]
        if found != [f"—{page.number}—"] * (page.number > 1):
            yield f"page {page.number}: {found}"


def misplaced(pages: list[Page]) -> Iterator[str]:
    for page in pages[1:]:
        for line in foot(page):
            inner = (
                frame(page).right - line.right if page.number % 2 else line.left - frame(page).left
            )
            low = page.landscape or abs(line.middle - PORTRAIT.bottom - NUMBER_DROP) < NEAR
            if abs(inner - NUMBER_INSET) > NEAR or not low:
                yield f"page {page.number}: {line}"


def empty(pages: list[Page]) -> Iterator[str]:
    return (f"page {page.number}" for page in pages if not body(page))


def unfitting(pages: list[Page]) -> Iterator[str]:
    """Tables that are not just as wide as the text of their page, or that run into its foot."""
    for page in (p for p in pages if p.landscape):
        left, right = page.ink()
        wide = abs(left - LANDSCAPE.left) > RULE or abs(right - LANDSCAPE.right) > RULE
        if (
            wide
            or lines(page)[0].top < LANDSCAPE.top - NEAR
            or lines(page)[-1].bottom > LANDSCAPE.bottom + NEAR
        ):
            yield f"page {page.number}: {left} to {right}"


def caption(page: Page) -> list[str]:
    """The number of the table that begins on a page."""
    return [
        found[1] for line in lines(page) if page.landscape and (found := CAPTION.search(line.text))
    ]


def heads(page: Page) -> list[tuple[str, int]]:
    """The heading row of a table as words and where they stand: all between its caption, if it has
    one, and its first row."""
    start = (
        max((line.bottom for line in lines(page) if CAPTION.search(line.text)), default=0) - NEAR
    )
    rows = [
        w.top
        for w in body(page)
        if FIRST_ROW.fullmatch(w.text) and w.left < LANDSCAPE.left + 2 * NEAR + 5.4
    ]
    found = [w for w in body(page) if w.top > start and w.bottom < min(rows, default=0) + NEAR]
    return sorted((w.text, round(w.left)) for w in found)


def beheaded(pages: list[Page]) -> Iterator[str]:
    """Pages on which a table goes on without its heading row."""
    first: list[tuple[str, int]] = []
    for page in (p for p in pages if p.landscape):
        if caption(page):
            first = heads(page)
        elif not first or heads(page) != first or body(page)[0].top > LANDSCAPE.top + 2 * EM:
            yield f"page {page.number}: {heads(page)}"


CHECKS: list[Callable[[list[Page]], Iterator[str]]] = [
    *(sizes, outside, unreached, off_the_grid, wrong_pitch, not_full, miscounted, forlorn),
    *(misnumbered, misplaced, empty, unfitting, beheaded),
]


# -- documents
# -------------------------------------------------------------------------------------------------------------


def lengthened(content: Content) -> None:
    """Makes five pages of duties, and tables of sixty more rows."""
    duties = content.forms["部门文字"].cells
    name = Name("部门文字", "主要职责")
    duties[name] = replace(duties[name], text=DUTIES * 200)
    for records in (content.tables[name].records for name in LONG):
        records += [
            records[3] | {"编码": f"20809{n:02}", "名称": f"第{n}项支出"} for n in range(60)
        ]


def with_few_projects(content: Content) -> None:
    """Leaves three projects of eighteen: a quarter of the pages, and every kind of them."""
    projects = content.tables["项目"].records
    del projects[3:]
    keys = {str(project["编号"]) for project in projects}
    for table in (content.tables[name] for name in WITHIN):
        table.records = [r for r in table.records if str(r["项目编号"]) in keys]


WITHIN = ("项目资金", "项目指标", "项目文字")


def report(
    plan: opening.OpenEdition, book: Book, templates: list[Any], *changes: Callable[[Content], None]
) -> bytes:
    """The report of a workbook, some of its content otherwise."""
    content = read(book, plan.edition, plan.layout).content
    for change in changes:
        change(content)
    facts = assemble(plan.edition, content, plan.languages.sheets)
    prose = ProseReader(plan.edition, plan.languages.prose)
    filing = Filing(plan, book.path, facts, [], [], prose)
    return documents.render_all(filing, templates)[0].data


DUTIES = "负责全区人力资源和社会保障工作"
LONG = ("收入决算", "支出决算", "一般公共预算支出")
SWAPPED = 'r:id="rId10"/><w:footerReference w:type="even" r:id="rId9"'
PART = '<w:p><w:pPr><w:pStyle w:val="Part"/>'
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
# what is spoilt: the part of the package, what is replaced there by what, the checks that must
# tell it
SPOILT = {
    "letter paper": ("document", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', [sizes]),
    "left margin wider": ("document", 'w:left="1587"', 'w:left="1700"', [unreached]),
    "left margin narrower": ("document", 'w:left="1587"', 'w:left="1474"', [outside]),
    "right margin wider": ("document", 'w:right="1474"', 'w:right="1587"', [unreached]),
    "right margin narrower": ("document", 'w:right="1474"', 'w:right="1361"', [outside]),
    "top margin wider": ("document", 'w:top="2098"', 'w:top="2211"', [off_the_grid, not_full]),
    "top margin narrower": ("document", 'w:top="2098"', 'w:top="1985"', [off_the_grid]),
    "bottom margin wider": ("document", 'w:bottom="1984"', 'w:bottom="2097"', [not_full]),
    "lines wider apart": (
        "document",
        'w:linePitch="579"',
        'w:linePitch="600"',
        [off_the_grid, wrong_pitch, not_full],
    ),
    "larger letters": ("styles", '<w:sz w:val="32"/>', '<w:sz w:val="36"/>', [miscounted]),
    "letters apart": ("styles", '<w:spacing w:val="-5"/>', '<w:spacing w:val="35"/>', [miscounted]),
    "no numbers on odd pages": (
        "document",
        'Reference w:type="default"',
        'Reference w:type="first"',
        [misnumbered],
    ),
    "numbers on the inner side": (
        "document",
        'r:id="rId9"/><w:footerReference w:type="even" r:id="rId10"',
        SWAPPED,
        [misplaced],
    ),
    "numbers in the middle": (
        "footer1",
        '<w:jc w:val="right"/>',
        '<w:jc w:val="center"/>',
        [misplaced],
    ),
    "numbers too low": ("document", 'w:footer="1417"', 'w:footer="1304"', [misplaced]),
    "a number on the cover": ("document", "<w:titlePg/>", "", [misnumbered]),
    "pages left empty": ("document", PART, BREAK * 2 + PART, [empty]),
    "tables too wide": ("document", 'w:w="3118"', 'w:w="3318"', [unfitting]),
    "landscape margins": ("document", 'w:right="2098"', 'w:right="1985"', [unfitting]),
    "heading rows once": ("document", "<w:tblHeader/>", "", [beheaded]),
}


def spoilt(data: bytes, part: str, old: str, new: str) -> bytes:
    """The document with all of `old` in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            assert name != f"word/{part}.xml" or old.encode() in text, old
            target.writestr(
                name,
                text.replace(old.encode(), new.encode()) if name == f"word/{part}.xml" else text,
            )
    return out.getvalue()


@pytest.fixture(scope="module")
def built(plan, workbook, compiled) -> dict[str, bytes]:
    """The real report, the lengthened one, and those spoilt, which have fewer pages."""
    given = plan, Book(workbook), compiled
    short = report(*given, with_few_projects)
    long = report(*given, with_few_projects, lengthened)
    of = dict.fromkeys(("heading rows once", "left margin wider", "right margin wider"), long)
    wrong = {
        name: spoilt(of.get(name, short), part, old, new)
        for name, (part, old, new, _) in SPOILT.items()
    }
    whole = {"real": report(*given), "long": report(*given, lengthened)}
    return whole | {"few": short} | wrong


class Rendered(dict[str, list[Page]]):
    """The pages of documents, each rendered when a test first asks for it."""

    def __init__(self, built: dict[str, bytes]) -> None:
        self.built = built

    def __missing__(self, name: str) -> list[Page]:
        self[name] = pdf.pages(as_pdf(self.built[name]))
        return self[name]


@pytest.fixture(scope="module")
def rendered(built) -> Rendered:
    return Rendered(built)


# -- tests
# -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
@pytest.mark.parametrize("name", ["real", "long", "few"])
def test_nothing_is_wrong_with_the_pages(rendered, name, check):
    assert list(check(rendered[name])) == []


@pytest.mark.parametrize("name", SPOILT)
def test_the_checks_tell_what_is_spoilt(rendered, name):
    *_, checks = SPOILT[name]
    assert [c.__name__ for c in checks if not list(c(rendered[name]))] == []


def test_a_heading_at_the_foot_of_a_page_is_told(rendered):
    """Made by hand: whether a rendered page ends with a heading is chance."""
    pages = rendered["real"]
    page, last = next(
        (p, line) for p, _ in running(pages[4:]) for line in lines(p) if is_heading(p, line)
    )
    cut = replace(page, words=[w for w in page.words if w.top <= last.top])
    assert list(forlorn([cut if p is page else p for p in pages])) == [
        f"page {page.number}: {last.text}"
    ]


def test_just_the_nine_tables_lie_in_landscape(rendered):
    pages = rendered["real"]
    assert [caption(p) for p in pages if p.landscape] == [[f"{n:02}"] for n in range(1, 10)]
    assert [p.landscape for p in upright(pages)] == [False] * (
        len(pages) - 10 - 20
    )  # nor the forms


def test_full_pages_have_22_lines_of_28_signs(rendered):
    pages = [
        p for p in full(rendered["long"]) if all(set(line.text) <= set(DUTIES) for line in lines(p))
    ]
    assert len(pages) >= 3
    assert {len(lines(p)) for p in pages} == {LINES}
    assert {len(line.text) for p in pages for line in lines(p)} == {SIGNS}
    assert len(full(rendered["real"])) >= 5


def test_long_tables_run_over_pages_under_their_headings(rendered):
    tables = [caption(p) for p in rendered["long"] if p.landscape]
    for number in ("02", "03", "05"):
        start = tables.index([number])
        assert tables[start : start + 3] == [[number], [], []]
    (first,) = (p for p in rendered["long"] if caption(p) == ["03"])
    assert {"功能分类", "科目编码", "科目名称", "基本支出", "项目支出", "经营支出"} <= {
        text for text, _ in heads(first)
    }


def test_the_heading_rows_of_every_table_are_to_be_repeated(built):
    every = list(part(built["real"], "document").iter(f"{W}tbl"))
    tables = [t for t in every if t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    assert (
        len(every) == 9 + 2 + 18
    )  # the overall form twice, and one of each project: they keep to one page
    rows = [
        [r.find(f"{W}trPr/{W}tblHeader") is not None for r in t.findall(f"{W}tr")] for t in tables
    ]
    assert len(rows) == 9
    assert all(row[0] and row == sorted(row, reverse=True) for row in rows)
    assert all(
        r.find(f"{W}trPr/{W}cantSplit") is not None for t in tables for r in t.findall(f"{W}tr")
    )


# -- faces
# -----------------------------------------------------------------------------------------------------------------

FACES = {  # the style's name: Chinese face, half-points
    "Normal": ("仿宋_GB2312", "32"),
    "一级标题": ("黑体", "32"),
    "二级标题": ("楷体_GB2312", "32"),
    "三级标题": ("仿宋_GB2312", "32"),
    "报告标题": ("方正小标宋简体", "44"),
    "部分标题": ("方正小标宋简体", "40"),
    "目录标题": ("方正小标宋简体", "44"),
    "表格标题": ("方正小标宋简体", "36"),
    "页码": ("宋体", "28"),
}


def part(data: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


@pytest.fixture(scope="module")
def styles(built):
    found = part(built["real"], "styles").iter(f"{W}style")
    return {s.find(f"{W}name").get(f"{W}val"): s for s in found if s.get(f"{W}type") == "paragraph"}


@pytest.mark.parametrize("name", FACES)
def test_each_style_asks_for_its_face_and_size(styles, name):
    asked = styles[name].find(f"{W}rPr")
    size = asked.find(f"{W}sz").get(f"{W}val")
    assert (asked.find(f"{W}rFonts").get(f"{W}eastAsia"), size) == FACES[name]


@pytest.mark.parametrize(
    "name", ["Normal", "一级标题", "二级标题", "三级标题", "目录一级", "目录二级"]
)
def test_lines_of_text_are_exactly_28_95_points_high(styles, name):
    """Asked of the styles, because LibreOffice takes the pitch from the grid of the page, and Word
    from the style."""
    spacing = {
        key.removeprefix(W): value for key, value in styles[name].find(f"{W}pPr/{W}spacing").items()
    }
    assert spacing == {"before": "0", "after": "0", "line": "579", "lineRule": "exact"}


def test_letters_and_digits_have_one_face(styles):
    fonts = [f for s in styles.values() for f in s.iter(f"{W}rFonts")]
    assert {f.get(f"{W}{kind}") for f in fonts for kind in ("ascii", "hAnsi")} == {
        "Times New Roman"
    }


def test_text_is_set_by_styles_alone(built):
    root = part(built["real"], "document")
    assert [e.tag for e in root.iter(f"{W}rFonts", f"{W}sz", f"{W}szCs")] == []
