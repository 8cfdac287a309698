"""What is printed: escaped, in its place, the same as the dialect's own program prints, the same
every time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest
from docxtpl import DocxTemplate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordml import (
    EDITION,
    PROOF,
    Desk,
    W,
    box,
    missing,
    own_text,
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

from plain import Insertion, comparable
from reportgen import files
from reportgen.edition import loading
from reportgen.edition.models import Edition, scope_names
from reportgen.language import words
from reportgen.language.closures import Scoped
from reportgen.language.expressions import Language
from reportgen.language.members import member
from reportgen.language.numbers import Num, literal
from reportgen.language.values import Facts, Record
from reportgen.tasks import compiling, documents
from reportgen.tasks.filing import Filing
from reportgen.word.authors.show import lines
from reportgen.word.printing import contents, render
from reportgen.word.printing.render import RenderFault
from reportgen.word.source import document_files
from reportgen.word.source.joining import splice
from reportgen.word.template import nodes
from reportgen.word.template.compile import compiled
from reportgen.wording.ordinals import Ordinal
from reportgen.wording.prose import ProseReader
from whole import whole


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# -- values
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("a<b>&c", "a<b>&c"),
        ("&amp;&lt;", "&amp;&lt;"),
        ("</w:t></w:r></w:p>", "</w:t></w:r></w:p>"),
        ("<w:p/>", "<w:p/>"),
        ("]]>", "]]>"),
        ("<!-- x -->", "<!-- x -->"),
        ("{{ 甲.类 }}", "{{ 甲.类 }}"),
        ("{% if 大 %}", "{% if 大 %}"),
        ('<rg:tag k="0"/>', '<rg:tag k="0"/>'),
        ("\"'", "\"'"),
        ("a\x00b", "ab"),
        ("a\x0bb\x0cc\x1fd", "abcd"),
        ("a\rb", "ab"),
        ("a\ufffeb", "ab"),
        ("a\uffffb", "ab"),
        ("a\x7fb", "a\x7fb"),
        ("a\u2028b", "a\u2028b"),
        ("𠮷😀", "𠮷😀"),
        ("a\tb", "a\tb"),
        ("", ""),
        (" ", " "),
    ],
    ids=ascii,
)
def test_values_are_escaped(desk: Desk, value: str, printed: str) -> None:
    assert texts(
        desk.print("前{{ 甲.名 }}后", "{{ 甲.名 }}", "{{ 甲.文 }}", 名=value, 文=value)
    ) == [
        f"前{printed}后",
        printed,
        printed,
    ]


@pytest.mark.parametrize("suffix", ["<元>", "&", "</w:t>"])
def test_units_are_escaped(tmp_path: Path, suffix: str) -> None:
    """A unit's suffix is the edition's text, and no XML."""
    desk = Desk(tmp_path, EDITION.replace('suffix = "元"', f'suffix = "{suffix}"'))
    data = desk.print("前{{ 甲.数|元 }}后{{ 甲.名 }}")
    assert "".join(texts(data)) == "前1234567.89" + suffix + "后某局"


def test_lines_become_paragraphs(desk: Desk) -> None:
    props = '<w:pStyle w:val="TableNote"/><w:jc w:val="right"/>'
    data = desk.print(p(run("前{{ 甲.文 }}后", "<w:b/>"), props=props), "下", 文="一\n二\n\n三")
    assert texts(data) == ["前一", "二", "", "三后", "下"]
    paragraphs = list(part(data).iter(f"{W}p"))[:4]
    for paragraph in paragraphs:
        assert [e.tag for e in paragraph.find(f"{W}pPr")] == [f"{W}pStyle", f"{W}jc"]
        assert all(r.find(f"{W}rPr/{W}b") is not None for r in paragraph.iter(f"{W}r"))


def test_lines_in_a_cell_a_box_and_a_loop(desk: Desk) -> None:
    data = desk.print(
        tbl(tr("{{ 甲.文 }}", "x")),
        p(box("{{ 甲.文 }}")),
        "{%p for 行 in 乙 %}",
        "{{ 行.项 }}{{ 甲.文 }}",
        "{%p endfor %}",
        文="a\nb",
    )
    assert texts(data) == ["a", "b", "x", "", "a", "b", "一a", "b", "二a", "b"]
    assert len(list(part(data).iter(f"{W}tc"))) == 2


def test_lines_in_the_last_paragraph_of_a_page_section(desk: Desk) -> None:
    """The page set-up ends its section after all the lines, not after the first."""
    desk.section("{{ 甲.文 }}", name="1.docx")
    wide = parts("横")
    wide["word/document.xml"] = wide["word/document.xml"].replace(
        b'w:w="11906" w:h="16838"', b'w:w="16838" w:h="11906"'
    )
    desk.file(zipped(wide), "2.docx")
    data, _ = desk.printed(desk.names(文="一\n二\n三"))
    assert [t for t in texts(data) if t] == ["一", "二", "三", "横"]
    paragraphs = list(part(data).iter(f"{W}p"))
    (end,) = [i for i, e in enumerate(paragraphs) if e.find(f"{W}pPr/{W}sectPr") is not None]
    written = [own_text(e) for e in paragraphs]
    assert written.index("三") <= end < written.index("横")


@pytest.mark.parametrize("extra", ['<w15:collapsed w:val="0"/>', '<w16cid:x w16cid:y="1"/>'])
def test_properties_of_newer_versions(desk: Desk, extra: str) -> None:
    """Elements whose namespace the base does not declare, as newer versions of Word write them."""
    spaces = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"'
    newer = parts(p(run("{{ 甲.文 }}", extra), props=extra))
    newer["word/document.xml"] = newer["word/document.xml"].replace(
        b"<w:document ", f"<w:document {spaces} ".encode()
    )
    desk.file(zipped(newer))
    assert texts(desk.printed(desk.names(文="一\n二"))[0]) == ["一", "二"]


def test_bookmarks_of_printed_numbers(desk: Desk) -> None:
    body = [
        "{{ 甲.数|元 }}、{{ 甲.数|万元 }}",
        "{%p for 行 in 乙 %}",
        "{{ 行.额|元 }}和{{ 行.额|表 }}",
        "{%p endfor %}",
    ]
    desk.section(*body)
    data, ledger = desk.printed(desk.names())
    assert [(e.bookmark, str(e.printed)) for e in ledger] == [
        ("_rg0", "1234567.89元"),
        ("_rg1", "123.46万元"),
        ("_rg2", "1元"),
        (None, "1.00"),
        ("_rg4", "2.5元"),
        (None, "2.50"),
    ]
    root = part(data)
    for entry in ledger:
        if entry.bookmark is None:
            continue
        (start,) = [
            e for e in root.iter(f"{W}bookmarkStart") if e.get(f"{W}name") == entry.bookmark
        ]
        between = start.getnext()
        assert "".join(t.text for t in between.iter(f"{W}t")) == str(entry.printed)
        assert between.getnext().get(f"{W}id") == start.get(f"{W}id")
        assert entry.tag.text in "".join(body)


def test_ordinals_count_through_a_document(desk: Desk) -> None:
    desk.section("{{ 次(0) }}a", "{{ 次(1) }}b", "{{ 次(1) }}c", "{{ 次(0) }}d", name="1.docx")
    desk.section(
        "{{ 次(1) }}e",
        "{%p for 行 in 乙 %}",
        "{{ 次(2) }}{{ 行.项 }}",
        "{%p endfor %}",
        "{% if not 大 %}{{ 次(1) }}{% endif %}{{ 次(1) }}f",
        name="2.docx",
    )
    assert texts(desk.printed(desk.names())[0]) == [
        "一、a",
        "（一）b",
        "（二）c",
        "二、d",
        "（一）e",
        "1.一",
        "2.二",
        "（二）f",
    ]
    assert texts(desk.printed(desk.names())[0])[0] == "一、a"


def test_a_loop_variable_ends_with_its_loop(desk: Desk) -> None:
    names = desk.names()
    desk.section(
        "{%p for 行 in 乙 %}",
        "{{ 行.项 }}",
        "{%p endfor %}",
        "{%p for 行 in 乙 %}",
        "{{ 行.额|元 }}",
        "{%p endfor %}",
    )
    assert texts(desk.printed(names)[0]) == ["一", "二", "1元", "2.5元"]
    assert "行" not in names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 甲.名 }}", "甲.名 未填"),
        ("{{ 甲.名|万元 }}", "甲.名 未填"),
        ("{% if 甲.名 == 'a' %}x{% endif %}", "甲.名 未填"),
        ("{% if not 甲.名 %}x{% endif %}", "甲.名 未填"),
        ("{% for 行 in 甲.名 %}x{% endfor %}", "in 后面不是表"),
        ("{% for 行 in 乙 %}{{ 甲.名 }}{% endfor %}", "甲.名 未填"),
    ],
)
def test_a_missing_value_stops_the_document(desk: Desk, text: str, message: str) -> None:
    desk.section("首", tbl(tr("", text)))
    with pytest.raises(RenderFault) as raised:
        desk.printed(desk.names(名=missing("甲.名")))
    assert message in str(raised.value)
    assert str(raised.value).startswith("report/1-节.docx 表1第1行第2格：")
    assert str(raised.value).endswith(f"｜段落原文：{text}")


def test_a_missing_value_in_a_branch_not_taken(desk: Desk) -> None:
    assert texts(
        desk.print("{% if 甲.名 is 已填 %}{{ 甲.名 }}{% else %}无{% endif %}", 名=missing("甲.名"))
    ) == ["无"]


def test_prose_with_citations(desk: Desk) -> None:
    desk.section("{{ 甲.文 }}")
    data, ledger = desk.printed(
        desk.names(文="共【甲.数】，合【甲．数｜元】<&>【不是引用】。\n次段")
    )
    assert texts(data) == ["共123.46万元，合1234567.89元<&>【不是引用】。", "次段"]
    assert [str(e.printed) for e in ledger] == ["123.46万元", "1234567.89元"]


# -- the same as docxtpl
# ---------------------------------------------------------------------------------------------------


class Reference(jinja2.Environment):
    """Jinja as docxtpl drives it, over our values: members by their names, printed texts by our
    formats."""

    def __init__(self, edition: Edition, language: Language, names: Facts) -> None:
        super().__init__(
            autoescape=True,
            finalize=self._final,
            undefined=jinja2.StrictUndefined,
            extensions=[Insertion],
        )
        self.told = (edition, language, names)
        self.prose = ProseReader(edition, replace(language, templates=False))
        self.counters: list[int] = []
        self.globals = {
            name: partial(self._called, function) for name, function in language.functions.items()
        }
        self.filters = dict(language.filters)
        self.tests = {name: partial(self._called, test) for name, test in language.tests.items()}

    def getattr(self, obj: Any, attribute: str) -> Any:
        members = self.told[1].members
        return members[attribute](obj) if isinstance(obj, Num) else member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return member(obj, str(argument))

    def _called(self, function: Callable[..., Any], *args: Any) -> Any:
        given = [literal(a) if type(a) is int else a for a in args]
        seen = [self.told[2]] if isinstance(function, Scoped) else []
        return function(*seen, *given)

    def _final(self, value: Any) -> str:
        if isinstance(value, Ordinal):
            self.counters.extend([0] * (value.level + 1 - len(self.counters)))
            self.counters[value.level] += 1
            del self.counters[value.level + 1 :]
            return value.text(self.counters[value.level])
        return str(self.prose.text_of(value, self.told[2])).replace(
            "\n", "\a"
        )  # docxtpl's sign for a new paragraph


def by_docxtpl(
    data: bytes, reference: Reference, headings: Sequence[Record] = (), **more: Any
) -> bytes:
    edition, _, names = reference.told
    document = DocxTemplate(BytesIO(data))
    with comparable():
        document.render(
            {name: names[name] for name in scope_names(edition)}
            | {words.CONTENTS: headings}
            | more,
            reference,
        )
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def both(desk: Desk, names: Facts, *body: str) -> tuple[list[str], list[str]]:
    """The paragraphs by this program and by docxtpl."""
    desk.section(*body)
    ours, _ = desk.printed(names)
    reference = Reference(desk.edition, desk.wording.templates, names)
    return texts(ours), texts(by_docxtpl(zipped(parts(*body)), reference), filled=True)


DIALECT: list[tuple[str, ...]] = [
    ("前{{ 甲.名 }}后{{ 甲.类 }}",),
    ("{{ 甲.数|万元 }}，{{ 甲.数|元 }}，{{ 甲.数|数 }}，{{ 甲.数|大写 }}",),
    (p("{{ 甲", PROOF, ".名", PROOF, " }}"), p("{", "{ 甲.类 }", "}")),
    ("{%p if 甲.类 == '部门' %}", "一", "{%p else %}", "二", "{%p endif %}", "三"),
    ("{%p if 大 %}", "一", "{%p if not 大 %}", "二", "{%p endif %}", "{%p endif %}", "三"),
    ("{%p for 行 in 乙 %}", "{{ 行.项 }}：{{ 行.额|元 }}", "{%p endfor %}"),
    ("{% for 行 in 乙 %}{{ 行.项 }}、{% endfor %}完",),
    ("{% for 行 in 乙 %}{% if 行.项 == '一' %}壹{% else %}{{ 行.项 }}{% endif %}{% endfor %}",),
    ("前{% if 大 %}一", "二{% endif %}后", "三"),
    ("前{% if not 大 %}一", "二{% endif %}后", "三"),
    ("前 {%- if 大 -%} 中 {%- endif -%} 后",),
    ("首", "{%- if 大 %}接{% endif %}", "尾"),
    ("{# 注 #}有{# 再注 #}",),
    ("首", "{#p 整段注 #}", "尾"),
    (
        tbl(
            tr("{%tr for 行 in 乙 %}", ""),
            tr("{{ 行.项 }}", "{{ 行.额|表 }}"),
            tr("{%tr endfor %}", ""),
            tr("计", ""),
        ),
    ),
    (tbl(tr("{%tr if 大 %}"), tr("大"), tr("{%tr endif %}"), tr("完")),),
    (tbl(tr(tc("{%p for 行 in 乙 %}", "{{ 行.项 }}", "{%p endfor %}"), "x")),),
    (tbl(tr("名", "{%tc for 行 in 乙 %}", "{{ 行.项 }}", "{%tc endfor %}", "完")),),
    (tbl(tr(tc("前", tbl(tr("{{ 甲.名 }}")), "后"))),),
    ("{{ 甲.文 }}", "前{{ 甲.文 }}后", tbl(tr("{{ 甲.文 }}"))),
    (p("前", box("框{{ 甲.名 }}")), "后"),
    (p(run("{% if 大 %}粗", "<w:b/>"), run("斜{% endif %}尾", "<w:i/>")),),
    (p("<w:r><w:t>a</w:t><w:tab/><w:t>{{ 甲.名 }}</w:t><w:br/><w:t>{{ 甲.类 }}</w:t></w:r>"),),
    ("{{ 次(0) }}一", "{{ 次(1) }}二", "{{ 次(1) }}三", "{{ 次(0) }}四"),
    ("{{ 甲.名 if 大 else 甲.类 }}{{ '引' if not 大 else '号' }}",),
    ("{% if 甲.名 is 已填 and not (甲.类 == '单位' or 甲.类 == 'x') %}是{% endif %}",),
    (
        "{% if 甲.类 == '单位' %}一{% elif 甲.类 == '部门' %}二{% elif 大 %}三{% else %}四{% endif %}",
    ),
    ("{{ 甲.年份|年 }}年",),
    ("（{{ 甲.名 }}）“{{ 甲.类 }}” 50% {单} } { 100%",),
    ("a<b&c>d{{ 甲.名 }}&amp;",),
    ("{% for a in 乙 %}{% for b in 乙 %}{{ a.项 }}{{ b.项 }};{% endfor %}{% endfor %}",),
    ("{% for 名 in 乙.项 %}{{ 名 }},{% endfor %}",),
]


@pytest.mark.parametrize("body", DIALECT, ids=lambda b: ascii("|".join(b))[:40])
@pytest.mark.parametrize(
    "values",
    [{}, {"名": "<&>\"'", "文": "首行\n次行 <b>\n末行", "类": "单位"}, {"名": "", "文": ""}],
    ids=["plain", "signs", "empty"],
)
def test_the_same_as_docxtpl(desk: Desk, body: tuple[str, ...], values: dict[str, Any]) -> None:
    ours, theirs = both(desk, desk.names(**values), *body)
    assert ours == theirs


@pytest.mark.parametrize(
    "rows",
    [(), [("一", "0")], [("<一>", "-1.5"), ("二\n二", "0.005"), ("三", "99999999999.99")]],
    ids=["none", "one", "three"],
)
@pytest.mark.parametrize(
    "body", [b for b in DIALECT if "乙" in "".join(b)], ids=lambda b: ascii("|".join(b))[:40]
)
def test_tables_the_same_as_docxtpl(
    desk: Desk, body: tuple[str, ...], rows: list[tuple[str, str]]
) -> None:
    ours, theirs = both(desk, desk.names(rows=rows), *body)
    assert ours == theirs


_FIXED = st.sampled_from(["", "甲", "<a>", "a&b", "“引”", "，。", " ", "50%", "{单}", "a;b"])
_PRINTS = st.sampled_from(
    [
        "{{ 甲.名 }}",
        "{{甲.类}}",
        "{{ 甲.数|万元 }}",
        "{{ 甲.文 }}",
        "{{ '常' }}",
        "{{ 次(1) }}",
        "{# 注 #}",
    ]
)


def kept(loops: int) -> st.SearchStrategy[str]:
    """A condition of a loop, or none."""
    return st.sampled_from(["", f" if 行{loops}.项 != '一'", f" if not 行{loops}.额 is 同(0)"])


@st.composite
def inline(draw: st.DrawFn, loops: int = 0, depth: int = 0) -> str:
    """The text of a paragraph with branches and loops in it."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from("文印分支环" if depth < 2 else "文印"))
        inner = inline(loops + (kind == "环"), depth + 1)
        if kind == "文":
            pieces.append(draw(_FIXED))
        elif kind == "印":
            pieces.append(draw(_PRINTS))
        elif kind == "分":
            pieces.append("{% if 大 %}" + draw(inner) + "{% endif %}")
        elif kind == "支":
            pieces.append(
                "{% if 甲.类 == '单位' %}"
                + draw(inner)
                + "{% elif not 大 %}x{% else %}"
                + draw(inner)
                + "{% endif %}"
            )
        else:
            pieces.append(
                f"{{% for 行{loops} in 乙{draw(kept(loops))} %}}{draw(inner)}{{{{ 行{loops}.项 }}}}{{% endfor %}}"
            )
    return "".join(pieces)


@st.composite
def blocks(draw: st.DrawFn, loops: int = 0, depth: int = 0) -> list[str]:
    """Paragraphs with whole paragraphs for branches and loops between them."""
    made: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from("段段分环" if depth < 2 else "段"))
        if kind == "段":
            made.append(draw(inline(loops, 0)))
        elif kind == "分":
            made += [
                "{%p if not 大 %}",
                *draw(blocks(loops, depth + 1)),
                "{%p else %}",
                *draw(blocks(loops, depth + 1)),
                "{%p endif %}",
            ]
        else:
            made += [
                f"{{%p for 行{loops} in 乙{draw(kept(loops))} %}}",
                *draw(blocks(loops + 1, depth + 1)),
                f"{{{{ 行{loops}.额|元 }}}}",
                "{%p endfor %}",
            ]
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@given(blocks(), st.integers(1, 9), st.text("甲<&>\n \"'", max_size=5))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_template_is_the_same_as_docxtpl(
    shared: Desk, paragraphs: list[str], cut: int, value: str
) -> None:
    """Templates made at random, their text cut into runs at random places."""
    body = [p(*[run(text[i : i + cut]) for i in range(0, len(text), cut)]) for text in paragraphs]
    ours, theirs = both(shared, shared.names(名=value, 文=value), *body)
    assert ours == theirs


def headings(made: nodes.Template, data: bytes) -> list[Record]:
    """What docxtpl must be told, and this program finds out by itself: the headings of the
    finished document."""
    return list(
        contents.contents(
            zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode(), made.headings
        )
    )


@pytest.fixture(scope="module")
def unmerged(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The real edition without |纵并, which docxtpl does not have."""
    folder = tmp_path_factory.mktemp("unmerged") / "hubei-2022"
    shutil.copytree(filing.opened.edition.folder, folder)
    for path in folder.rglob("*.docx"):
        found = files.parts(path)
        if "|纵并".encode() in found["word/document.xml"]:
            found["word/document.xml"] = found["word/document.xml"].replace("|纵并".encode(), b"")
            path.write_bytes(files.normalised(found))
    return loading.load(folder)


def test_the_edition_is_the_same_as_docxtpl(filing: Filing, unmerged: Edition) -> None:
    """All documents of the real edition over the real workbook, that of a project for one that has
    everything."""
    wording, project = filing.opened.languages, filing.facts["项目"].keyed["P18"]
    for document in unmerged.document:
        sources = document_files.read(unmerged, document)
        made = compiled(sources, unmerged, wording.templates).ready()
        record = project if document.loop else None
        ours, _ = render.render(made, unmerged, filing.prose, filing.facts, record)
        sound(ours)
        sources = document_files.read(unmerged, document)
        spliced = splice(sources.base, sources.sections)
        reference = Reference(unmerged, wording.templates, filing.facts)
        theirs = by_docxtpl(
            files.normalised(spliced.parts), reference, headings(made, ours), 项=project
        )
        assert len(texts(ours)) > 60
        assert texts(ours) == texts(theirs)


def test_each_section_is_the_same_as_docxtpl(filing: Filing) -> None:
    """The section files as their authors left them, each by itself: what splicing adds is nothing
    but empty paragraphs."""
    edition, wording = filing.opened.edition, filing.opened.languages
    for document in edition.document[:1]:
        files = [
            f
            for f in document_files.section_files(edition, document)
            if "插入" not in "".join(lines(f))
        ]
        document = msgspec.structs.replace(
            document,
            templates=[f.relative_to(edition.folder).with_suffix("").as_posix() for f in files],
        )
        sources = document_files.read(edition, document)
        made = compiled(sources, edition, wording.templates).ready()
        ours, _ = render.render(made, edition, filing.prose, filing.facts)
        reference = Reference(edition, wording.templates, filing.facts)
        theirs = [
            t
            for f in document_files.section_files(edition, document)
            for t in texts(by_docxtpl(f.read_bytes(), reference, headings(made, ours)))
        ]
        assert [t for t in texts(ours) if t] == [t for t in theirs if t]


# -- the same every time
# ---------------------------------------------------------------------------------------------------

_BUILD = """
import hashlib, sys
from pathlib import Path
from reportgen.tasks import compiling, documents, filing
filed = filing.load(Path(sys.argv[1]))
for document in documents.render_all(filed, compiling.templates(filed.opened)):
    print(document.path, hashlib.sha256(document.data).hexdigest(), [(e.bookmark, str(e.printed)) for e in document.ledger])
for path in documents.build(filed, Path(sys.argv[2])).written:
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
print(hashlib.sha256((Path(sys.argv[2]) / "trace.json").read_bytes()).hexdigest())
print(hashlib.sha256((Path(sys.argv[2]) / "build.json").read_bytes()).hexdigest())
"""


def test_the_same_bytes_in_two_processes(workbook: Path, tmp_path: Path) -> None:
    said = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Los_Angeles")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", _BUILD, str(workbook), str(tmp_path / seed)]
        said.append(
            subprocess.run(
                command,
                env=env,
                capture_output=True,
                check=True,
                text=True,
                encoding="utf-8",
                cwd=tmp_path,
            ).stdout
        )
    assert said[0].count("\n") >= 4
    assert said[0] == said[1]


def test_the_same_bytes_twice(filing: Filing) -> None:
    first, second = (
        [d.data for d in documents.render_all(filing, compiling.templates(filing.opened))]
        for _ in range(2)
    )
    assert first == second
    for data in first:
        whole(data)
