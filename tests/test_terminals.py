"""What comes out on terminals that know few signs, that are closed, or that nobody reads; and the
option parser, in Chinese."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

import commands
from conftest import ROOT
from reportgen.cli import terminal

WORKBOOK = ROOT / "workbooks" / "zengdu-hrss-2022.xlsx"
PROGRAM = [sys.executable, "-m", "reportgen"]


def run(*args: object, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    command = [*PROGRAM, *map(str, args)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose finding quotes a sign that GBK does not have."""
    path = tmp_path_factory.mktemp("book") / "𠮷.xlsx"
    workbook = load_workbook(WORKBOOK)
    workbook["收支总表"]["C12"].value = "𠮷 − ☑"
    workbook.save(path)
    return path


# -- encodings
# ------------------------------------------------------------------------------------


def test_a_minus_that_gbk_does_not_have_is_a_hyphen() -> None:
    done = run("explain", WORKBOOK, "比上年(收支总表.收入总计)", encoding="gbk")
    assert done.returncode == 0
    assert "|收支总表.收入总计 - 收支总表.收入总计.上年|" in done.stdout.decode("gbk")


def test_a_rare_sign_does_not_end_the_list(book: Path) -> None:
    text = run("check", book, encoding="gbk").stdout.decode("gbk")
    assert "\\U00020bb7 - √" in text
    assert len(text.splitlines()) == len(run("check", book).stdout.decode().splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "gb2312", "big5"])
def test_any_encoding_will_do(encoding: str) -> None:
    assert run("new", "没有的文件.xls", encoding=encoding).returncode == 2
    assert run("--help", encoding=encoding).returncode == 0


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_json_is_utf8_everywhere(book: Path, encoding: str) -> None:
    found = json.loads(run("check", book, "--format", "json", encoding=encoding).stdout)
    assert "𠮷 − ☑" in found[0]["message"]


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("gbk", "3−2", "3-2"),
        ("gbk", "☑是", "√是"),
        ("ascii", "☑", "\\u2611"),
        ("ascii", "≥3", ">=3"),
        ("gbk", "𠮷", "\\U00020bb7"),
        ("utf-8", "a\udcff", "a\\udcff"),
    ],
)
def test_what_stands_for_a_sign(encoding: str, text: str, shown: str) -> None:
    terminal.prepare()
    assert text.encode(encoding, "reportgen").decode(encoding) == shown


# -- closed, full, cut off
# ------------------------------------------------------------------------


@pytest.mark.parametrize("redirected", [">&-", ">&- 2>&-", "2>&-", "> /dev/full", "2> /dev/full"])
@pytest.mark.parametrize("arguments", ["--help", "new x.xls"])
def test_a_closed_or_full_output_is_no_traceback(arguments: str, redirected: str) -> None:
    command = f"{sys.executable} -m reportgen {arguments} {redirected}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "OSError" not in done.stderr
    assert done.returncode in (0, 1, 2)


def test_a_build_whose_output_nobody_reads_builds_all_the_same(tmp_path: Path) -> None:
    command = f"{sys.executable} -m reportgen build {WORKBOOK} -o {tmp_path} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert (tmp_path / "build.json").exists()


def test_libraries_do_not_speak_to_our_users(tmp_path: Path) -> None:
    """Excel writes data validations of an extension that openpyxl warns about."""
    path, parts = tmp_path / "x.xlsx", tmp_path / "parts"
    shutil.unpack_archive(WORKBOOK, parts, "zip")
    sheet = parts / "xl" / "worksheets" / "sheet1.xml"
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        "<x14:dataValidations/></ext></extLst></worksheet>"
    )
    text = sheet.read_text(encoding="utf-8").replace("</worksheet>", extension)
    sheet.write_text(text, encoding="utf-8")
    shutil.make_archive(str(tmp_path / "x"), "zip", parts)
    (tmp_path / "x.zip").rename(path)
    with pytest.warns(UserWarning, match="Data Validation extension"):
        load_workbook(path)
    assert run("check", path).stderr == b""


# -- the parser
# -----------------------------------------------------------------------------------

REFUSED = {
    "": "用法：reportgen [选项] 命令",
    "build": "没有写“工作簿”",
    "buld": "没有命令“buld”，是否指“build”？",
    "template chek": "没有命令“chek”，是否指“check”？",
    "build x.xlsx --foo": "没有选项 --foo",
    "build x.xlsx --prject P01": "没有选项 --prject，是否指“--project”？",
    "build a.xlsx b.xlsx": "多写了：b.xlsx",
    "build x.xlsx -o": "选项 -o 后面要写一个值",
    "new x.xlsx --year abc": "“--year”不能这样写，应为：--year 年度 决算年度  [1990 至 2100]",
    "new x.xlsx --year 1": "[1990 至 2100]",
    "check x.xlsx --format xml": "“--format”不能这样写，应为：--format <text|json>",
}


@pytest.mark.parametrize("written", REFUSED)
def test_what_the_parser_refuses_is_said_in_chinese(written: str) -> None:
    done = commands.run(*written.split())
    told = done.stderr
    assert done.returncode == 2
    assert REFUSED[written] in told
    assert english(told) == set()


OURS = {"reportgen", "build", "new", "check", "template", "edition", "explain", "list", "preview"}
OURS |= {"show", "foo", "buld", "chek", "help", "version", "text", "json", "report", "projects"}


def english(text: str) -> set[str]:
    """The words in Latin letters that are neither commands nor options nor names of files."""
    bare = re.sub(r"\{\{.*?\}\}|[\w/.-]*\.(?:xlsx|docx|toml)|--?\w+|\b[PQ]\d+", "", text)
    return set(re.findall(r"[A-Za-z]{2,}", bare)) - OURS


HELPS = ["", "new", "check", "build", "explain", "template", "edition"]
HELPS += ["template check", "template list", "template preview", "template show", "edition check"]


@pytest.mark.parametrize("command", HELPS)
def test_every_help_is_chinese(command: str) -> None:
    done = commands.run(*command.split(), "--help")
    told = done.stdout
    assert done.returncode == 0
    assert told.startswith("用法：reportgen")
    assert english(told) <= {"Word", "hubei", "templates", "out", "xlsx", "docx"}


def test_an_interrupted_command_says_so(tmp_path: Path) -> None:
    code = (
        "import sys; from reportgen.cli import main, workbooks\n"
        "from reportgen.tasks import documents\n"
        "def interrupted(*_): raise KeyboardInterrupt\n"
        "documents.build = interrupted\n"
        f"sys.argv = ['reportgen', 'build', {str(WORKBOOK)!r}, '-o', {str(tmp_path)!r}]\n"
        "main.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr == "已中断。已经写好的文件都是完整的，重新运行即可\n"
