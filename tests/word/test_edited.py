"""Files that people edited since they were built: refused, all of them in one run, each with what
would be lost."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from wordml import DOCUMENT, Desk, W, box, own_text, p, part, parts, run, tbl, tc, tr, zipped

from filling import empty, fill
from reportgen import messages
from reportgen.findings import Unusable
from reportgen.tasks import documents, opening
from reportgen.tasks.filing import Filing, load
from reportgen.word.finishing import edited
from test_tiny import FORM, RECORDS, TINY
from work import calls_at_most

REPORT, BRIEF = "临江市图书馆2024年业务年报.docx", "简报/2024年借阅简报.docx"
Change = Callable[[etree._Element], None]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Filing:
    plan = opening.open_edition(str(TINY))
    path = tmp_path_factory.mktemp("tiny") / "馆.xlsx"
    fill(plan, empty(plan, path), FORM, RECORDS)
    return load(path, str(TINY))


@pytest.fixture
def out(library: Filing, tmp_path: Path) -> Path:
    """A folder with both documents, just built."""
    documents.build(library, tmp_path)
    return tmp_path


def edit(path: Path, change: Change) -> bytes:
    """Saves the document anew, as another program would, after a change of its tree."""
    with zipfile.ZipFile(path) as package:
        contents = {n: package.read(n) for n in package.namelist()}
    root = etree.fromstring(contents[DOCUMENT])
    change(root)
    contents[DOCUMENT] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    path.write_bytes(zipped(contents))
    return path.read_bytes()


def found(root: etree._Element, text: str, n: int = 0) -> etree._Element:
    """The n-th paragraph with this text in it."""
    return [e for e in root.iter(f"{W}p") if text in own_text(e)][n]


def reword(old: str, new: str, n: int = 0) -> Change:
    """All the text of the n-th paragraph that has `old` becomes `new`."""

    def change(root: etree._Element) -> None:
        first, *rest = found(root, old, n).iter(f"{W}t")
        first.text = new
        for text in rest:
            text.text = ""

    return change


def insert(after: str, *texts: str) -> Change:
    """New paragraphs after one."""

    def change(root: etree._Element) -> None:
        for text in reversed(texts):
            wrapped = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{p(text)}</x>')
            found(root, after).addnext(wrapped[0])

    return change


def remove(*texts: str) -> Change:
    """Takes out the paragraphs with these texts."""

    def change(root: etree._Element) -> None:
        for text in texts:
            paragraph = found(root, text)
            paragraph.getparent().remove(paragraph)

    return change


def both(*changes: Change) -> Change:
    """One after the other."""

    def change(root: etree._Element) -> None:
        for each in changes:
            each(root)

    return change


def nothing(root: etree._Element) -> None:
    """Saved again."""


def refusal(filing: Filing, out: Path) -> list[str]:
    with pytest.raises(Unusable) as refused:
        documents.build(filing, out)
    return str(refused.value).splitlines()


def head(path: Path) -> str:
    return (
        f"{path} 在生成以后被人改过，没有覆盖。要放弃那些改动，请加 --force；要保留，请先移走或改名"
    )


# -- what is told
# ----------------------------------------------------------------------------------------------------------

TOLD: dict[str, tuple[Change, list[str]]] = {
    "a sentence": (reword("全年开放", "全年开放四千小时。"), ["  正文第4段：全年开放四千小时。"]),
    "the first and the last paragraph": (
        both(reword("第一章", "一、概貌"), reword("47500.25", "47500", 1)),
        ["  正文第1段：一、概貌", "  表2第4行第3格：47500"],
    ),
    "a cell": (reword("81700", "81701"), ["  表1第6行第3格：81701"]),
    "a cell made empty": (reword("81700", ""), ["  表1第6行第3格：（空）"]),
    "one of cells alike": (reword("1500", "0", 1), ["  表1第4行第5格：0"]),
    "new paragraphs": (
        insert("3、购书", "另购报刊。", "见附表。"),
        ["  正文第17段：另购报刊。", "  正文第18段：见附表。"],
    ),
    "a long paragraph": (insert("3、购书", "书" * 61), [f"  正文第17段：{'书' * 59}…"]),
    "one that just fits": (insert("3、购书", "书" * 60), [f"  正文第17段：{'书' * 60}"]),
    "paragraphs taken out": (remove("1、基本面", "欢迎来馆。"), ["  删去了 2 段"]),
    "one new, one taken out": (
        both(remove("1、基本面"), insert("欢迎来馆。", "再来。")),
        ["  正文第20段：再来。", "  删去了 1 段"],
    ),
    "two made one": (
        both(remove("成人借阅少了"), reword("借出100400册", "借出很多。")),
        ["  正文第7段：借出很多。", "  删去了 1 段"],
    ),
    "empty paragraphs more": (insert("3、购书", "", " 　"), [messages.EDITED_NO_TEXT]),
    "saved again": (nothing, [messages.EDITED_NO_TEXT]),
}


@pytest.mark.parametrize(("change", "expected"), TOLD.values(), ids=TOLD)
def test_what_was_edited_is_told_and_kept(
    library: Filing, out: Path, change: Change, expected: list[str]
) -> None:
    kept = edit(out / REPORT, change)
    assert refusal(library, out) == [head(out / REPORT), *expected]
    assert (out / REPORT).read_bytes() == kept


def test_places_are_those_of_the_file_as_it_is(library: Filing, out: Path) -> None:
    edit(out / REPORT, insert("第一章", "序", ""))
    edit(out / REPORT, reword("欢迎来馆。", "欢迎。"))
    assert refusal(library, out)[1:] == ["  正文第2段：序", "  正文第22段：欢迎。"]


def test_a_row_with_numbers_that_stand_elsewhere_too_is_told_alone(
    library: Filing, out: Path
) -> None:
    def change(root: etree._Element) -> None:
        row = found(root, "新知书店").getparent().getparent()
        row.addnext(etree.fromstring(etree.tostring(row)))

    edit(out / REPORT, change)
    assert refusal(library, out)[1:] == [
        f"  表2第3行第{n}格：{t}" for n, t in ((1, "新知书店"), (2, "1000"), (3, "38000.00"))
    ]


def test_what_word_does_when_it_saves_is_no_change(library: Filing, out: Path) -> None:
    """Runs split, proof marks, other attributes, blanks at the ends dropped, another format."""

    def change(root: etree._Element) -> None:
        for n, text in enumerate(list(root.iter(f"{W}t"))):
            run = text.getparent()
            assert run is not None
            other = etree.fromstring(etree.tostring(run))
            whole = (text.text or "").strip()
            text.text, other.find(f"{W}t").text = whole[:n], whole[n:]
            other.insert(0, etree.Element(f"{W}rPr"))
            run.addnext(other)
            run.addnext(etree.Element(f"{W}proofErr"))
        for paragraph in root.iter(f"{W}p"):
            paragraph.set(f"{W}rsidR", "00FC693F")

    edit(out / REPORT, change)
    assert refusal(library, out)[1:] == [messages.EDITED_NO_TEXT]


def test_a_long_list_is_cut(library: Filing, out: Path) -> None:
    edit(out / REPORT, insert("第一章", *(f"新{n}" for n in range(1, 22))))
    lines = refusal(library, out)
    assert lines[1:-1] == [f"  正文第{n + 1}段：新{n}" for n in range(1, 21)]
    assert lines[-1] == "  …等 21 处"


def test_all_edited_files_are_told_and_nothing_is_written(library: Filing, out: Path) -> None:
    edit(out / REPORT, reword("欢迎来馆。", "欢迎。"))
    edit(out / BRIEF, nothing)
    before = {f: f.read_bytes() for f in out.rglob("*.*")}
    expected = [
        head(out / REPORT),
        "  正文第20段：欢迎。",
        head(out / BRIEF),
        messages.EDITED_NO_TEXT,
    ]
    assert refusal(library, out) == expected
    assert {f: f.read_bytes() for f in out.rglob("*.*")} == before


def test_one_edited_file_keeps_the_others_from_being_written(library: Filing, out: Path) -> None:
    (out / REPORT).unlink()
    edit(out / BRIEF, reword("临江市", "借出很多。"))
    assert refusal(library, out) == [head(out / BRIEF), "  正文第1段：借出很多。"]
    assert not (out / REPORT).exists()


def test_what_nobody_edited_is_built_again(library: Filing, out: Path) -> None:
    before = {f: f.read_bytes() for f in out.rglob("*.*")}
    documents.build(library, out)
    assert {f: f.read_bytes() for f in out.rglob("*.*")} == before


def test_force_overwrites(library: Filing, out: Path) -> None:
    built = [(out / name).read_bytes() for name in (REPORT, BRIEF)]
    edit(out / REPORT, reword("欢迎来馆。", "欢迎。"))
    (out / BRIEF).write_bytes(b"")
    documents.build(library, out, force=True)
    assert [(out / name).read_bytes() for name in (REPORT, BRIEF)] == built
    documents.build(library, out)


# -- files and records that tell nothing
# -----------------------------------------------------------------------------------


def packed(document: bytes | None) -> bytes:
    contents = parts("一")
    if document is None:
        del contents[DOCUMENT]
    else:
        contents[DOCUMENT] = document
    return zipped(contents)


BROKEN = {
    "empty": b"",
    "text": "这是文字".encode(),
    "old format": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
    "cut off": packed(b"<x/>")[:-300],
    "no document": packed(None),
    "no XML": packed(b"<w:document"),
    "another XML": packed(b"<x><p/></x>"),
    "definitions": packed(b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'),
    "definitions in other bytes": packed(
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "e">]><x/>'.encode("utf-16")
    ),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_document_any_more_is_kept_all_the_same(
    library: Filing, out: Path, data: bytes
) -> None:
    (out / BRIEF).write_bytes(data)
    assert refusal(library, out) == [head(out / BRIEF), messages.EDITED_UNREADABLE]
    assert (out / BRIEF).read_bytes() == data


def test_a_folder_in_the_place_of_the_file(library: Filing, out: Path) -> None:
    (out / BRIEF).unlink()
    (out / BRIEF).mkdir()
    assert refusal(library, out) == [head(out / BRIEF), messages.EDITED_UNREADABLE]


@pytest.mark.parametrize(
    "record",
    [
        None,
        b"",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"outputs":[]}',
        b'{"outputs":[{"file":1}]}',
        b'{"outputs":{"file":"x"}}',
    ],
)
def test_without_a_record_nothing_is_overwritten_and_nothing_listed(
    library: Filing, out: Path, record: bytes | None
) -> None:
    (out / "build.json").unlink()
    if record is not None:
        (out / "build.json").write_bytes(record)
    assert refusal(library, out) == [head(out / REPORT), head(out / BRIEF)]


def test_a_record_of_an_earlier_version_has_no_list(library: Filing, out: Path) -> None:
    record = json.loads((out / "build.json").read_text(encoding="utf-8"))
    for output in record["outputs"]:
        del output["paragraphs"]
    (out / "build.json").write_text(json.dumps(record), encoding="utf-8")
    documents.build(library, out)
    (out / "build.json").write_text(json.dumps(record), encoding="utf-8")
    edit(out / REPORT, nothing)
    assert refusal(library, out) == [head(out / REPORT)]


@pytest.mark.parametrize("digits", ["0", "zz" * 1000, "0" * 6000])
def test_a_record_that_was_tampered_with_does_no_harm(
    library: Filing, out: Path, digits: str
) -> None:
    record = json.loads((out / "build.json").read_text(encoding="utf-8"))
    record["outputs"][1] |= {"sha256": "0", "paragraphs": digits}
    (out / "build.json").write_text(json.dumps(record), encoding="utf-8")
    lines = refusal(library, out)
    assert lines[:2] == [head(out / BRIEF), "  正文第1段：临江市图书馆2024年借出100.4千册。"]


# -- two ways to one fingerprint
# -------------------------------------------------------------------------------------------

WORDS = st.text(
    st.sampled_from("一二 &<>;\"'　\t\u00a0é𠀀")
    | st.characters(exclude_categories=["Cc", "Cs", "Cn"]),
    max_size=8,
)
BITS = st.one_of(
    WORDS.map(run),
    st.sampled_from(
        [
            "<w:r><w:tab/></w:r>",
            '<w:r><w:br w:type="page"/></w:r>',
            "<w:r><w:t/></w:r>",
            "<w:proofErr/>",
        ]
    ),
    st.lists(WORDS, max_size=2).map(lambda texts: box(*(p(run(t)) for t in texts))),
)
PARAGRAPH = st.one_of(
    st.lists(BITS, max_size=4).map(lambda bits: p(*bits)),
    st.sampled_from(["<w:p/>", '<w:p w:rsidR="00A1"/>', '<w:p w:rsidR="00A1"></w:p>']),
    st.lists(BITS, max_size=2).map(
        lambda bits: p(*bits, props='<w:pStyle w:val="a"/><w:tabs><w:tab w:val="left"/></w:tabs>')
    ),
)
TABLE = st.lists(PARAGRAPH, min_size=1, max_size=3).map(lambda ps: tbl(tr(*(tc(c) for c in ps))))
BODY = st.lists(PARAGRAPH | TABLE, max_size=6)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BODY)
def test_tokens_and_tree_read_the_same_paragraphs(tmp_path: Path, body: list[str]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(parts(*body)))
    written = edited.fingerprint(path.read_bytes())
    assert len(written) == 6 * len(list(part(path.read_bytes()).iter(f"{W}p")))
    assert edited.told(path, written) == [messages.EDITED_NO_TEXT]


def test_tokens_and_tree_read_the_same_in_the_real_report(filing: Filing, tmp_path: Path) -> None:
    (path,) = documents.build(filing, tmp_path, only="report").written[:1]
    written = edited.fingerprint(path.read_bytes())
    assert len(written) > 6 * 500
    edit(path, nothing)
    assert edited.told(path, written) == [messages.EDITED_NO_TEXT]


@pytest.mark.parametrize(
    "stray", ["<!-- </w:p></w:p> -->", "<!-- <w:p><w:t>x -->", "<?x </w:p></w:p><w:t>x?>"]
)
def test_comments_in_a_template_do_not_stop_a_build(tmp_path: Path, stray: str) -> None:
    desk = Desk(tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(desk.print(stray, "{{ 甲.名 }}"))
    assert edited.fingerprint(path.read_bytes())


def test_what_is_printed_counts_as_it_reads(tmp_path: Path) -> None:
    """Escapes, several paragraphs from one value, a text box, a tab."""
    desk = Desk(tmp_path)
    path = tmp_path / "a.docx"
    body = (
        p("{{ 甲.名 }}", box("{{ 甲.名 }}"), "<w:r><w:tab/></w:r>", "后"),
        "{{ 甲.文 }}",
        tbl(tr("{{ 甲.名 }}", "")),
    )
    path.write_bytes(desk.print(*body, 名="A&B <丙>\t&amp;", 文="一\n二 \n三"))
    assert edited.told(path, edited.fingerprint(path.read_bytes())) == [messages.EDITED_NO_TEXT]


def test_empty_paragraphs_that_went_are_no_loss(tmp_path: Path) -> None:
    """LibreOffice drops those that end a page section."""
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(parts("前", p(), "后", p())))
    before = edited.fingerprint(path.read_bytes())
    path.write_bytes(zipped(parts("前", "后")))
    assert edited.told(path, before) == [messages.EDITED_NO_TEXT]
    path.write_bytes(zipped(parts("前", p(), p())))
    assert edited.told(path, before) == ["  删去了 1 段"]


def test_a_text_box_is_told_at_its_own_place(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(parts(p("前", box("框"), "后"), "末")))
    before = edited.fingerprint(path.read_bytes())
    edit(path, reword("框", "框框"))
    assert edited.told(path, before) == ["  文本框1第1段：框框"]
    path.write_bytes(zipped(parts(p("前", box("框"), "了"), "末")))
    assert edited.told(path, before) == ["  正文第1段：前了"]


# -- comparing
# -------------------------------------------------------------------------------------------------------------

CALLS = 20_000_000  # difflib by itself takes thousands of millions
SEQUENCE = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(SEQUENCE, SEQUENCE)
def test_what_is_left_after_the_changes_is_the_same(before: list[str], now: list[str]) -> None:
    gaps = list(edited._gaps(before, now))
    assert bool(gaps) == (before != now)
    changed = [n for _, present in gaps for n in present]
    assert changed == sorted(set(changed))
    kept = [text for n, text in enumerate(now) if n not in changed]
    assert len(kept) == len(before) - sum(len(earlier) for earlier, _ in gaps)
    rest = iter(before)
    assert all(text in rest for text in kept)


@pytest.mark.parametrize(
    ("one", "other"), [("ab", "aab"), ("ab", "ba"), ("a", "aa"), ("aaab", "baaaa"), ("abc", "d")]
)
def test_texts_that_come_again_and_again_take_little_work(one: str, other: str) -> None:
    with calls_at_most(CALLS):
        assert list(edited._gaps(list(one) * 2000, list(other) * 2000))
        assert list(edited._gaps(list(one) * 90, list(other) * 90))


def test_the_list_names_only_what_changed_among_many_alike(tmp_path: Path) -> None:
    rows = [tr(f"{n}", "0.00", "", "0.00", f"{n % 7}") for n in range(400)]
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(parts("头", tbl(*rows), "尾")))
    before = edited.fingerprint(path.read_bytes())
    rows[3], rows[390] = tr("3", "0.00", "", "0.01", "3"), tr("390", "0.00", "0.00", "0.00", "5")
    path.write_bytes(zipped(parts("头", tbl(*rows), "尾")))
    assert edited.told(path, before) == ["  表1第4行第4格：0.01", "  表1第391行第3格：0.00"]


def test_the_fingerprint_is_made_of_the_texts_alone(library: Filing, out: Path) -> None:
    record = json.loads((out / "build.json").read_text(encoding="utf-8"))
    (brief,) = [o["paragraphs"] for o in record["outputs"] if o["file"] == BRIEF]
    assert re.fullmatch("[0-9a-f]{6}", brief)
    assert edited._digits([" 临江市图书馆2024年\t借出100.4千册。"]) == brief


def test_a_table_without_any_text_of_its_own(tmp_path: Path) -> None:
    rows = [tr("0.00", "", "0.00", str(n % 7)) for n in range(400)]
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(parts("头", tbl(*rows), "尾")))
    before = edited.fingerprint(path.read_bytes())
    rows[3], rows[390] = tr("0.00", "0.01", "0.00", "3"), tr("0.00", "0.01", "0.00", "5")
    path.write_bytes(zipped(parts("头。", tbl(*rows), "尾。")))
    assert edited.told(path, before) == [
        "  正文第1段：头。",
        "  表1第4行第2格：0.01",
        "  表1第391行第2格：0.01",
        "  正文第2段：尾。",
    ]
