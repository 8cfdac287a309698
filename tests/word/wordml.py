"""Small .docx files from raw WordprocessingML, a small edition to fill them, and what the tests
look for in the results."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from reportgen.edition import loading
from reportgen.edition.models import Edition, scope_names
from reportgen.findings import EditionFault, Place
from reportgen.language.names import Name, path
from reportgen.language.numbers import Missing, Num
from reportgen.language.values import Facts, Prose, Record, Rows, Values
from reportgen.tasks import compiling, opening
from reportgen.word.printing import render
from reportgen.word.printing.render import PrintedEntry
from reportgen.word.source import document_files
from reportgen.word.template.compile import compiled
from reportgen.word.template.nodes import Template
from reportgen.wording.languages import languages_of
from reportgen.wording.prose import ProseReader
from whole import flaws

BASE = Path(__file__).resolve().parents[2] / "templates" / "hubei-2022" / "base.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
PROOF = '<w:proofErr w:type="spellStart"/>'


# -- writing
# ---------------------------------------------------------------------------------------------------------------


def run(text: str, props: str = "") -> str:
    """One run; `props` is the XML inside w:rPr."""
    inner = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def p(*content: str, props: str = "") -> str:
    """One paragraph: texts become runs, anything that begins with < is taken as it is."""
    inner = f"<w:pPr>{props}</w:pPr>" if props else ""
    return f"<w:p>{inner}{''.join(c if c.startswith('<') else run(c) for c in content)}</w:p>"


def box(*paragraphs: str) -> str:
    """A run with a text box."""
    content = "".join(c if c.startswith("<") else p(c) for c in paragraphs)
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def tc(*content: str) -> str:
    """One cell: texts become paragraphs."""
    return f"<w:tc><w:tcPr/>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def tr(*cells: str) -> str:
    """One row: texts become cells."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """One table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def base_parts() -> dict[str, bytes]:
    """The parts of the edition's base."""
    with zipfile.ZipFile(BASE) as package:
        return {n: package.read(n) for n in package.namelist()}


def parts(*body: str) -> dict[str, bytes]:
    """The parts of a document with this body and the base's page, styles and footers."""
    made = base_parts()
    whole = made[DOCUMENT].decode()
    head, tail = whole.split("<w:body>")[0], whole[whole.rindex("<w:sectPr") :]
    made[DOCUMENT] = (
        f"{head}<w:body>{''.join(b if b.startswith('<') else p(b) for b in body)}{tail}".encode()
    )
    return made


def zipped(contents: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the parts; given as pairs, names may come twice."""
    out = BytesIO()
    pairs = contents.items() if isinstance(contents, Mapping) else contents
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in pairs:
            package.writestr(name, data)
    return out.getvalue()


# -- the small edition
# -----------------------------------------------------------------------------------------------------

EDITION = """
title = "样式"
[roles]
body = "甲.名"
year = "甲.年份"
[units]
"元" = { dimension = "元", places = 2, suffix = "元", trim = true }
"万元" = { dimension = "元", factor = "10000", places = 2, suffix = "万元", trim = true, printed = true }
"百分比" = { factor = "0.01", places = 2, suffix = "%", trim = true, printed = true }
[[derived]]
name = "大"
formula = "甲.数 > 元(100)"
[[document]]
templates = "report"
file = "{{ 甲.名 }}"
"""
FORM = """
title = "甲表"
rows = [
  { label = "名", kind = "text" },
  { label = "年份", kind = "year" },
  { label = "文", kind = "prose" },
  { label = "类", kind = "choice", choices = ["部门", "单位"] },
  { label = "数", kind = "money", unit = "元" },
]
"""
TABLE = """
title = "乙表"
columns = [
  { name = "项", label = "项", kind = "text" },
  { name = "额", label = "额", kind = "money", unit = "元" },
]
"""


def money(edition: Edition, value: str, name: str) -> Num:
    """An amount in 元."""
    return Num(
        Decimal(value),
        edition.measures["元"],
        name=Name(*path(name)),
        place=Place("", "甲", "B2"),
        half=Decimal(0),
    )


class Desk:
    """A small edition in a folder: forms 甲 (名 年份 文 类 数), table 乙 (项 额), derived 大, one
    document."""

    def __init__(self, folder: Path, edition: str = EDITION) -> None:
        self.folder = folder / "样"
        (self.folder / "workbook").mkdir(parents=True)
        (self.folder / "report").mkdir()
        (self.folder / "base.docx").write_bytes(BASE.read_bytes())
        for name, text in (
            ("edition.toml", edition),
            ("checks.toml", ""),
            ("workbook/1-甲.toml", FORM),
            ("workbook/2-乙.toml", TABLE),
        ):
            (self.folder / name).write_text(text, encoding="utf-8")
        self.edition = loading.load(self.folder)
        self.wording = languages_of(self.edition)
        self.plan = opening.OpenEdition(self.edition, self.wording, [], None)  # type: ignore[arg-type]

    def base(self, **changed: bytes | None) -> None:
        """Rewrites base.docx; the keywords are part names with / and . as __ and _dot_, None
        removes a part."""
        made = base_parts()
        for key, data in changed.items():
            name = key.replace("__", "/").replace("_dot_", ".")
            made.pop(name, None)
            if data is not None:
                made[name] = data
        (self.folder / "base.docx").write_bytes(zipped(made))

    def section(self, *body: str, name: str = "1-节.docx") -> Path:
        """Writes a section file."""
        return self.file(zipped(parts(*body)), name)

    def file(self, data: bytes, name: str = "1-节.docx") -> Path:
        """Writes a section file from bytes."""
        path = self.folder / "report" / name
        path.write_bytes(data)
        return path

    def load(self) -> Template:
        """The template of the sections, compiled; what can be told without facts is told."""
        sources = document_files.read(self.edition, self.edition.document[0])
        return compiled(sources, self.edition, self.wording.templates).ready()

    def attempted(self) -> Template | None:
        """The template, or None if it is refused with the place of each fault."""
        faults: list[str] = []
        try:
            return self.load()
        except EditionFault as fault:
            faults = fault.faults
        assert all(map(names_place, faults)), faults
        return None

    def tried(self) -> Template:
        """The template after the trial over specimen facts, as `build` uses it."""
        return compiling.templates(self.plan)[0][0]

    def names(
        self, rows: Iterable[tuple[str, str]] = (("一", "1"), ("二", "2.5")), **values: Any
    ) -> Facts:
        """Facts: the form's values by keyword, the table's rows as pairs."""
        form: dict[str, Any] = {
            "名": "某局",
            "年份": Num(Decimal(2022), self.edition.measures["年"], name=Name("年份")),
            "文": Prose("一段文字", Name("甲", "文")),
            "类": "部门",
            "数": money(self.edition, "1234567.89", "甲.数"),
        }
        for name, value in values.items():
            form[name] = (
                Prose(value, f"甲.{name}") if name == "文" and isinstance(value, str) else value
            )
        items = [
            Record(f"乙.{n}", {"项": n, "额": money(self.edition, v, f"乙.{n}.额")})
            for n, v in rows
        ]
        columns = {
            c: Values(
                f"乙.{c}",
                [i.members[c] for i in items],
                [i.members["项"] for i in items],
                self.edition.measures["元"],
            )
            for c in ("项", "额")
        }
        derived = {"大": self.wording.sheets.compile("甲.数 > 元(100)", scope_names(self.edition))}
        return Facts(
            {"甲": Record(Name("甲"), form), "乙": Rows(Name("乙"), items, "项", columns)}, derived
        )

    def print(self, *body: str, **values: Any) -> bytes:
        """The document that a section with this body gives over the facts."""
        self.section(*body)
        return self.printed(self.names(**values))[0]

    def printed(self, names: Facts) -> tuple[bytes, list[PrintedEntry]]:
        """The document of the sections at hand, checked, and its ledger."""
        data, ledger = render.render(
            self.load(), self.edition, ProseReader(self.edition, self.wording.prose), names
        )
        sound(data)
        assert flaws(data) == []
        return data, ledger


def missing(name: str) -> Missing:
    """A cell that nobody filled."""
    return Missing(Name(*path(name)), Place("", "甲", "B3"))


# -- reading
# ---------------------------------------------------------------------------------------------------------------


def part(data: bytes, name: str = DOCUMENT) -> etree._Element:
    """The root of a part of a document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def own_text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of text boxes in it; tabs and breaks as characters."""
    out = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(node.iterancestors(f"{W}p")) is paragraph and node.getparent().tag == f"{W}r":
            out.append(
                node.text or ""
                if node.tag == f"{W}t"
                else {f"{W}tab": "\t", f"{W}br": "\n"}[node.tag]
            )
    return "".join(out)


def texts(data: bytes, name: str = DOCUMENT, filled: bool = False) -> list[str]:
    """The texts of all paragraphs of a part, in document order; `filled` with a paragraph in each
    cell that has none."""
    root = part(data, name)
    for cell in root.iter(f"{W}tc") if filled else ():
        if cell.find(f"{W}p") is None:
            etree.SubElement(cell, f"{W}p")
    return [own_text(e) for e in root.iter(f"{W}p")]


def sound(data: bytes) -> None:
    """Every XML part is well-formed, bookmarks are paired and unique, and nothing of the compiler
    is left."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        starts: list[str] = []
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            content = package.read(name)
            root = etree.fromstring(content)
            assert b"urn:reportgen" not in content, name
            marks = [e.get(f"{W}id") for e in root.iter(f"{W}bookmarkStart")]
            assert sorted(marks) == sorted(e.get(f"{W}id") for e in root.iter(f"{W}bookmarkEnd"))
            starts += marks
            bookmarks = [e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")]
            assert len(bookmarks) == len(set(bookmarks)), "two bookmarks of one name"
        assert len(starts) == len(set(starts)), "two bookmarks of one id"


def names_place(message: str) -> bool:
    """Whether a fault names a file, a place in it and the text of the paragraph."""
    place = r"(表\d+第\d+行第\d+格(第\d+段)?|(正文|页[眉脚]\d*|文本框\d+|批注)第\d+段)"
    return re.search(rf"\S+\.docx {place}：.+｜段落原文：.", message) is not None
