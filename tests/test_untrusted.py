"""Editions and workbooks of strangers: nothing outside an edition's folder is read or written,
nothing that they write becomes a formula, and nothing that they ask for fills the computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from filling import empty, fill
from reportgen import files, messages
from reportgen.edition import bounds, places
from reportgen.findings import EditionFault, Severity, Unusable
from reportgen.language.numbers import Num, literal
from reportgen.language.slack import slack
from reportgen.language.units import Unit
from reportgen.tasks import authors, editions, opening
from reportgen.tasks.blank import blank_workbook
from reportgen.tasks.filing import load
from reportgen.workbook.live.operands import quoted
from reportgen.workbook.reading.book import Book
from reportgen.workbook.writing.style import as_text
from test_tiny import FORM, RECORDS, TINY
from work import calls_at_most

EVENTS, BOUGHT = "workbook/02-活动.toml", "workbook/04-购置.toml"
MAIN = "edition.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces a passage of a file; "" as `old` appends."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else f"{text}\n{new}\n", encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Every error of an edition, in bounded time."""
    with calls_at_most(6_000_000):
        found = editions.faults(folder)
    return [f.sentence for f in found if f.severity is Severity.ERROR]


# -- a workbook names an edition, never a path
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["{folder}", "../tiny", "./tiny", "tiny/", "//127.0.0.1/share/x", "\\\\host\\share\\x", "..", ".",
     "C:\\x", "file:///x", "tiny\x00", "~/tiny"],
)  # fmt: skip
def test_a_path_in_a_workbook_is_not_even_looked_at(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    looked: list[Path] = []
    is_edition = places.is_edition

    def looking(at: Path) -> bool:
        looked.append(at)
        return is_edition(at)

    monkeypatch.setattr(places, "is_edition", looking)
    with pytest.raises(Unusable, match="找不到年度方案"):
        places.named_edition(name.format(folder=folder))
    assert looked == []


def test_a_folder_of_that_name_beside_the_user_is_none_of_the_editions_at_hand(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = opening.open_edition(str(folder))
    path = fill(plan, empty(plan, tmp_path / "馆.xlsx"), FORM, RECORDS)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unusable, match="找不到年度方案“tiny”"):
        load(path)
    assert load(path, "tiny").opened.edition.folder == folder
    shutil.copytree(folder, tmp_path / "templates" / "tiny")
    assert load(path).opened.edition.folder == tmp_path / "templates" / "tiny"


# -- an edition's files lie in its folder
# -----------------------------------------------------------------------------


def linked(folder: Path, file: str, target: str | Path) -> None:
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).unlink(missing_ok=True)
    (folder / file).symlink_to(target)


def moved(folder: Path, name: str) -> None:
    """A folder of the edition that lies elsewhere."""
    shutil.move(folder / name, folder.parent / name)
    (folder / name).symlink_to(folder.parent / name)


def piped(folder: Path, file: str) -> None:
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).unlink(missing_ok=True)
    os.mkfifo(folder / file)


STRAYS: dict[str, Callable[[Path], object]] = {
    "workbook/07-管.toml": lambda f: piped(f, "workbook/07-管.toml"),
    "checks.toml": lambda f: linked(f, "checks.toml", "/dev/zero"),
    "codes/x.csv": lambda f: linked(f, "codes/x.csv", "/dev/zero"),
    "codes/y.csv": lambda f: linked(f, "codes/y.csv", "nowhere"),
    "codes/z.csv": lambda f: linked(f, "codes/z.csv", "/etc/passwd"),
    "codes/p.csv": lambda f: piped(f, "codes/p.csv"),
    "年报/9-管.docx": lambda f: piped(f, "年报/9-管.docx"),
    "年报/9-外.docx": lambda f: linked(f, "年报/9-外.docx", TINY / "base.docx"),
    "年报/9-夹.docx": lambda f: (f / "年报/9-夹.docx").mkdir(),
    "base.docx": lambda f: linked(f, "base.docx", "/dev/zero"),
    "年报": lambda f: moved(f, "年报"),
    "workbook": lambda f: moved(f, "workbook"),
    "07-夹.toml": lambda f: (f / "07-夹.toml").mkdir(),
    "loop": lambda f: linked(f, "loop", "loop"),
}


@pytest.mark.parametrize("file", STRAYS)
def test_what_is_no_file_of_the_edition_is_refused(folder: Path, file: str) -> None:
    STRAYS[file](folder)
    with calls_at_most(6_000_000), pytest.raises(EditionFault) as refused:
        opening.open_edition(str(folder))
    assert f"tiny/{file}：不是方案文件夹里的普通文件" in str(refused.value)


def test_edition_check_tells_it_and_does_not_wait(folder: Path) -> None:
    piped(folder, "年报/9-管.docx")
    linked(folder, "codes/x.csv", "/dev/zero")
    lines = told(folder)
    for file in ("codes/x.csv", "年报/9-管.docx"):
        assert f"{file}：{messages.FILE_OUTSIDE}" in lines
    assert len(lines) == 3  # the section is opened all the same, and is none


def test_a_pipe_where_edition_toml_should_be(folder: Path) -> None:
    piped(folder, MAIN)
    with pytest.raises(Unusable, match="找不到年度方案"):
        opening.open_edition(str(folder))


def test_a_link_within_the_folder_is_a_file(folder: Path) -> None:
    (folder / "checks.toml").rename(folder / "审核.toml")
    linked(folder, "checks.toml", "审核.toml")
    assert told(folder) == []


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_no_workbook(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.xlsx"
    {"pipe": lambda: os.mkfifo(path), "folder": path.mkdir}.get(
        kind, lambda: path.symlink_to("/dev/zero")
    )()
    with pytest.raises(Unusable, match="打不开文件"):
        Book(path)


TEMPLATES = ["../report", "/etc/x", "年报/../../x", "a\\\\b", "a//b", "", ".", "C:/x", ".hidden/x"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_outside_the_folder_is_refused(folder: Path, name: str) -> None:
    change(folder, MAIN, 'templates = "年报"', f'templates = ["{name}"]')
    lines = told(folder)
    assert len(lines) == 1
    assert "不是方案文件夹里的模板" in lines[0]


@pytest.mark.parametrize("file", ["../x", "/tmp/x", "a/../b", "a//b", "..", " ", "a/. /b"])
def test_a_document_outside_the_folder_of_a_build_is_refused(folder: Path, file: str) -> None:
    change(folder, MAIN, 'file = "简报/{{ 年份|年 }}借阅简报"', f'file = "{file}"')
    lines = told(folder)
    assert len(lines) == 1
    assert "文件名里“/”的两边都要有名称" in lines[0]


def test_marks_stay_in_their_folder(folder: Path, tmp_path: Path) -> None:
    section = folder / "年报" / "2-服务.docx"
    contents = files.parts(section)
    body = contents["word/document.xml"].decode().replace("借出总量", "借出总亮")
    contents["word/document.xml"] = body.encode()
    section.write_bytes(files.normalised(contents))
    marks, mine = tmp_path / "marks", tmp_path / "mine"
    marks.mkdir()
    mine.mkdir()
    (marks / "年报").symlink_to(mine)
    with pytest.raises(Unusable, match=r"会写到 .* 以外，没有写"):
        authors.check_templates(str(folder), marks)
    assert list(mine.iterdir()) == []


# -- texts are texts
# ----------------------------------------------------------------------------------------

FORMULA = "=WEBSERVICE(1)"
PLACES = {
    "edition title": (MAIN, "公共图书馆业务年报填报工作簿", FORMULA),
    "sheet title": (EVENTS, 'title = "读者活动"', f'title = "{FORMULA}"'),
    "help": ("workbook/01-馆情.toml", 'help = "全称"', f'help = "{FORMULA}"'),
    "heading": (BOUGHT, "width = 30", f'width = 30, group = "{FORMULA}"'),
    "choice": (EVENTS, "choices = [", f'choices = ["{FORMULA}", '),
    "total": (EVENTS, "spare = 12", f'spare = 12\nhelp = "{FORMULA}"'),
    "check id": ("checks.toml", 'id = "逐行"', f'id = "{FORMULA}"'),
}


def formulas(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.data_type == "f")


@pytest.mark.parametrize("place", PLACES)
def test_a_text_of_an_edition_is_a_text_in_the_workbook(
    folder: Path, tmp_path: Path, place: str
) -> None:
    change(folder, *PLACES[place])
    path = tmp_path / "空.xlsx"
    blank_workbook(path, str(folder), None, None)
    assert not [formula for formula in formulas(path) if "WEBSERVICE" in formula]
    with ZipFile(path) as package:
        sheets = [package.read(n).decode() for n in package.namelist() if "worksheets/" in n]
    assert any(FORMULA in text for text in sheets)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "=cmd|'/C calc'!A0", "#REF!", "+1", "@x", "-1"])
def test_a_name_is_a_text(folder: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "空.xlsx"
    blank_workbook(path, str(folder), None, name)
    cell = load_workbook(path)["馆情"]["B5"]
    assert (cell.value, cell.data_type) == (name, "s")


@pytest.mark.parametrize(
    ("name", "told"), [("a\x01b", "控制字符"), ("a\nb", "控制字符"), ("名" * 300, "最多 200 个")]
)
def test_a_name_that_no_cell_holds_is_told(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(Unusable, match=told):
        blank_workbook(tmp_path / "空.xlsx", str(TINY), None, name)


def test_a_value_of_a_register_is_a_text(tmp_path: Path) -> None:
    plan = opening.open_edition(str(TINY))
    path = empty(plan, tmp_path / "馆.xlsx")
    rows = [RECORDS["活动"][0] | {"活动名": FORMULA}]
    fill(plan, path, FORM | {"馆情.闭馆安排": "=1+1"}, RECORDS | {"活动": rows})
    assert not {"=1+1", FORMULA} & set(formulas(path))
    with pytest.raises(Unusable, match="【馆情】B9 的文字里有看不见的控制字符"):
        fill(plan, path, FORM | {"馆情.闭馆安排": "a\x02"})


@given(st.text(max_size=20))
def test_any_text_is_a_text_in_a_formula(text: str) -> None:
    inner = quoted(text)[1:-1]
    assert inner.replace('""', "").count('"') == 0
    assert inner.replace('""', '"') == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = Workbook().create_sheet()
    assert as_text(sheet.cell(1, 1), text).data_type == "s"


def test_a_unit_with_quotation_marks_ends_no_text(folder: Path, tmp_path: Path) -> None:
    change(folder, MAIN, '"元" =', '"元\\"&WEBSERVICE(1)&\\"" =')
    for sheet in (folder / "workbook").iterdir():
        text = sheet.read_text(encoding="utf-8").replace('"元"', "'元\"&WEBSERVICE(1)&\"'")
        sheet.write_text(text, encoding="utf-8")
    try:
        blank_workbook(tmp_path / "空.xlsx", str(folder), None, None)
    except EditionFault:
        return
    found = [formula for formula in formulas(tmp_path / "空.xlsx") if "WEBSERVICE" in formula]
    assert all('""&WEBSERVICE(1)&""' in formula for formula in found)


# -- the same bytes, whatever the clock says
# -----------------------------------------------------------------


@pytest.mark.parametrize("clock", [0.0, 1.0e9, 4_733_510_400.0])
def test_a_blank_workbook_does_not_depend_on_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: float
) -> None:
    import time

    local = time.localtime
    blank_workbook(tmp_path / "今.xlsx", str(TINY), 2024, "某馆")
    monkeypatch.setattr(time, "time", lambda: clock)
    monkeypatch.setattr(time, "localtime", lambda at=None: local(clock if at is None else at))
    blank_workbook(tmp_path / "彼.xlsx", str(TINY), 2024, "某馆")
    assert (tmp_path / "今.xlsx").read_bytes() == (tmp_path / "彼.xlsx").read_bytes()


@pytest.mark.parametrize("blocks", [1, 8, 40])
def test_no_room_for_a_blank_workbook_is_told(tmp_path: Path, blocks: int) -> None:
    """Files may have so many blocks of 512 or 1024 bytes."""
    command = f"ulimit -f {blocks}; {sys.executable} -m reportgen new {tmp_path}/x.xlsx -e {TINY}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "写不了" in done.stderr
    assert list(tmp_path.iterdir()) == []


# -- bounds
# -------------------------------------------------------------------------------------------------


def derived(count: int, formula: str, first: str = "馆情.到馆量") -> str:
    lines = [f'[[derived]]\nname = "q0"\nformula = "{first}"']
    for n in range(count):
        text = formula.format(n=n)
        lines.append(f'[[derived]]\nname = "q{n + 1}"\nformula = "{text}"')
    return "\n".join(lines)


def one(formula: str) -> str:
    return f'[[derived]]\nname = "p"\nformula = "{formula}"'


TOO_MUCH = {
    "a width of a message": ("checks.toml", 'message = "', 'message = "{left:>400000000}', "left:>"),
    "a conversion of a message": ("checks.toml", 'message = "', 'message = "{left!r}', "现有“leftr”"),
    "rows to spare": (EVENTS, "spare = 12", "spare = 1000000", "spare：要在 0 和 1000 之间"),
    "rows less than none": (EVENTS, "spare = 12", "spare = -5", "spare：要在 0 和 1000 之间"),
    "choices": (EVENTS, "choices = [", "choices = [" + '"x",' * 9999, "最多 500 项"),
    "a choice": (EVENTS, "choices = [", f'choices = ["{"x" * 9000}",', "最多 8000 个"),
    "a width": (BOUGHT, "width = 30", "width = nan", "width：要在 0 和 255 之间"),
    "an endless width": (BOUGHT, "width = 30", "width = 1e999", "width：要在 0 和 255 之间"),
    "places": (MAIN, "places = 1", "places = 99999999", "places：要在 0 和 12 之间"),
    "a factor": (MAIN, 'factor = "1000"', 'factor = "1e999999"', "factor：要在"),
    "no factor": (MAIN, 'factor = "1000"', 'factor = "0"', "factor：要在"),
    "a factor below": (MAIN, 'factor = "1000"', 'factor = "-1"', "factor：要在"),
    "no number": (MAIN, 'factor = "1000"', 'factor = "sNaN"', "factor：要在"),
    "a control character": (EVENTS, 'title = "读者', 'title = "a\\u0001', "title：文字里有看不见的"),
    "no sign": (EVENTS, 'title = "读者', 'title = "a\\uffff', "title：文字里有看不见的"),
    "depth": (MAIN, "title", f"x = {'[' * 5000}{']' * 5000}\ntitle", "括号套得太深"),
    "some depth": (MAIN, "title", f"x = {'[' * 60}{']' * 60}\ntitle", "括号套得太深"),
    "parts of a key": (MAIN, "title", f"{'.'.join('a' * 50000)} = 1\ntitle", "括号套得太深"),
    "digits": (MAIN, "title", f"x = {'9' * 5000}\ntitle", "有一个数的位数太多"),
    "keys": (MAIN, "title", "\n".join(f"k{n} = 1" for n in range(5000)) + "\ntitle", "最多 2000 项"),
    "bytes": (MAIN, "title", f"# {'x' * 2**20}\ntitle", "最多 1024 KB"),
    "squares of squares": (MAIN, "", derived(30, "q{n} * q{n}", "99999999999"), "数字过大"),
    "powers": (MAIN, "", one("10**10**10"), "不能用乘方"),
    "a text often": (MAIN, "", one("'x' * 10 ** 9"), "不能用乘方"),
    "a text many times": (MAIN, "", one("'x' * 1000000000"), "“x”不是数字"),
    "an exponent": (MAIN, "", one("1e999999999"), "位数太多"),
    "decimals": (MAIN, "", one("round(1, 999999999)"), "round 不能这样用"),
    "brackets": (MAIN, "", one("(" * 240 + "1" + ")" * 240), "看不懂"),
    "signs": (MAIN, "", one("-" * 400 + "1"), "太深"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_too_much_is_told(folder: Path, what: str) -> None:
    file, old, new, message = TOO_MUCH[what]
    change(folder, file, old, new)
    lines = told(folder)
    assert any(message in line for line in lines), lines
    assert all(line.startswith(file) for line in lines)
    assert len(lines) < 4


BEARABLE = {
    "a sum doubled": derived(60, "q{n} + q{n}"),
    "a choice doubled": derived(40, "q{n} if q{n} > 0 else q{n}"),
    "a long chain": derived(200, "q{n} + 1", "1"),
}


@pytest.mark.parametrize("what", BEARABLE)
def test_a_name_that_is_used_often_costs_what_it_costs_once(folder: Path, what: str) -> None:
    change(folder, MAIN, "", BEARABLE[what])
    assert told(folder) == []


def test_the_cells_of_a_number_are_walked_once() -> None:
    cell = Num(literal(7).value, Unit("元", "元"), name="甲", half=literal(1).value)
    doubled = cell
    for _ in range(80):
        doubled = doubled + doubled
    with calls_at_most(20_000):
        assert slack(doubled) == 2**80
        assert doubled.leaves() == []


def test_a_sheet_has_a_name_that_excel_takes(folder: Path) -> None:
    (folder / BOUGHT).rename(folder / f"workbook/04-{'购' * 32}.toml")
    assert any("Excel 的工作表名最多 31 个" in line for line in told(folder))


def test_blank_rows_are_counted_together(folder: Path) -> None:
    for n in range(20, 45):
        shutil.copy(folder / EVENTS, folder / f"workbook/{n}-活动{n}.toml")
        change(folder, f"workbook/{n}-活动{n}.toml", "spare = 12", "spare = 1000")
    assert any("最多 20000 格" in line for line in told(folder))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["spare", "factor", "x", "choices"]), inner, max_size=4
            )
        ),
        max_leaves=30,
    )
)
def test_any_data_has_bounds(data: Any) -> None:
    for mismatch in bounds.beyond(data):
        assert mismatch.message
