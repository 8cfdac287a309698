"""The commands as a user meets them: help with an example, messages, exit codes, never a
traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from commands import run
from conftest import ROOT
from reportgen import files

TEMPLATE = ("check", "list", "preview", "show")
COMMANDS = [
    ["new"],
    ["check"],
    ["build"],
    ["explain"],
    ["template"],
    *(["template", c] for c in TEMPLATE),
]


def run_alone(
    *args: object,
    cwd: Path | None = None,
    program: tuple[str, ...] = (sys.executable, "-m", "reportgen"),
):
    """A command in a process of its own."""
    done = subprocess.run(
        [*program, *map(str, args)], capture_output=True, text=True, cwd=cwd, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    done = run(*command, "--help")
    assert done.returncode == 0
    if command != ["template"]:
        assert f"例：reportgen {' '.join(command)} " in done.stdout


def test_the_help_imports_nothing_heavy():
    code = "import sys; sys.argv=['reportgen','--help']\nfrom reportgen.cli.main import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    for heavy in ("openpyxl", "docxtpl", "lxml", "jinja2", "msgspec", "num2words", "rich"):
        assert heavy not in modules


def test_from_the_workbook_to_the_report(workbook, tmp_path):
    done = run_alone("build", workbook, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("没有必须改的问题，有 1 处请核实、10 处提示；可以生成。")
    report = tmp_path / "out" / "曾都区人力资源和社会保障局2022年度部门决算.docx"
    record = json.loads((tmp_path / "out" / "build.json").read_text())
    assert record["outputs"][0]["file"] == report.name
    assert record["findings"][0]["id"] == "D101"
    trace = json.loads((tmp_path / "out" / "trace.json").read_text())
    rate = next(n for n in trace[0]["numbers"] if n["text"] == "36.44%")
    assert rate["cells"] == ["【收支总表】C35", "【收支总表】H35"]
    assert (
        rate["formula"] == "|收支总表.收入总计 − 收支总表.收入总计.上年| ÷ |收支总表.收入总计.上年|"
    )


def test_what_was_edited_since_is_not_overwritten(workbook, tmp_path):
    assert run("build", workbook, "-o", tmp_path).returncode == 0
    report = next(tmp_path.glob("*决算.docx"))
    built = report.read_bytes()
    assert run("build", workbook, "-o", tmp_path).returncode == 0  # nobody touched it
    report.write_bytes(built + b"edited")
    done = run("build", workbook, "-o", tmp_path)
    assert done.returncode == 2
    assert "被人改过，没有覆盖" in done.stderr
    assert "--force" in done.stderr
    assert "正文各段的文字与生成时相同" in done.stderr
    assert report.read_bytes() == built + b"edited"
    assert run("build", workbook, "-o", tmp_path, "--force").returncode == 0
    assert report.read_bytes() == built


def test_an_error_stops_the_report_and_says_where(desk, tmp_path):
    desk.put("收支总表.其他收入", "二百零二")
    done = run("build", desk.saved(), "-o", tmp_path / "out")
    assert done.returncode == 1
    assert done.stdout.startswith("还有 1 处必须改")
    assert (
        "【收支总表】C12 八、其他收入 应填数字，现为“二百零二”。请只填数字；没有发生额的填 0 或留空。"
        in done.stdout
    )
    assert not (tmp_path / "out").exists()


def test_check_as_json(workbook):
    done = run("check", workbook, "--format", "json")
    assert done.returncode == 0
    first = json.loads(done.stdout)[0]
    assert (
        list(first)
        == "id severity scope answered file sheet cell key name message found expected remedy".split()
    )
    assert (first["id"], first["severity"], first["cell"]) == ("D101", "warning", "C33")


def test_several_workbooks_are_checked_in_one_go(workbook, tmp_path):
    shutil.copy(workbook, tmp_path / "b.xlsx")
    done = run("check", workbook, tmp_path / "b.xlsx")
    assert done.returncode == 0
    assert done.stdout.count("可以生成") == 2


def test_a_workbook_that_cannot_be_opened_hides_no_other(workbook, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04hello")
    done = run("check", tmp_path / "没有.xlsx", workbook, tmp_path / "坏.xlsx")
    assert done.returncode == 1
    assert "没有这个文件，请检查文件名和所在文件夹(file-unusable)" in done.stdout
    assert "没有必须改的问题，有 1 处请核实、10 处提示；可以生成。" in done.stdout
    assert "不是完好的" in done.stdout
    done = run("check", workbook, tmp_path / "坏.xlsx", "--format", "json")
    assert [f["file"] for f in json.loads(done.stdout) if f["id"] == "file-unusable"] == ["坏.xlsx"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("收支总表.收入总计", ["收支总表.收入总计 = 3198.03万元  【收支总表】C35"]),
        (
            "比上年(收支总表.收入总计)",
            ["减少1833.77万元，下降36.44%", "【收支总表】C35", "【收支总表】H35"],
        ),
        (
            "36.44%",
            ["报告里打印“36.44%”的地方：1 处", "31-收入支出决算总体情况.docx", "【收支总表】H35"],
        ),
        ("1009.76", ["【支出决算】E5", "23-支出决算表.docx"]),
    ],
)
def test_explain_leads_to_cells(workbook, what, told):
    done = run("explain", workbook, what)
    assert done.returncode == 0, done.stderr
    for part in told:
        assert part in done.stdout


def test_explain_of_what_is_not_there_suggests_the_nearest(workbook):
    done = run("explain", workbook, "收支总表.收入总记")
    assert done.returncode == 2
    assert "是否指“收入总计”？" in done.stderr


def test_new_makes_a_workbook_that_knows_its_edition_and_never_overwrites(tmp_path):
    path = tmp_path / "某局.xlsx"
    assert run("new", path, "--year", 2023, "--name", "某区某局").returncode == 0
    done = run("check", path)
    assert done.returncode == 1
    assert "部门名称" not in done.stdout
    assert "《收入支出决算总表》全部未填" in done.stdout
    before = path.read_bytes()
    again = run("new", path)
    assert again.returncode == 2
    assert "已经存在" in again.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("edition", ["hubei-2202", "../hubei-2022", "/etc"])
def test_an_unknown_edition_is_told_with_the_places_looked_at(tmp_path, edition):
    done = run("new", tmp_path / "x.xlsx", "--edition", edition)
    assert done.returncode == 2
    assert "找不到年度方案" in done.stderr


def test_a_file_that_is_no_workbook_is_told(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04hello")
    done = run_alone("build", tmp_path / "x.xlsx")
    assert done.returncode == 2
    assert "不是完好的" in done.stderr
    (tmp_path / "t.xlsx").write_text("hello")
    assert "是文本文件" in run("build", tmp_path / "t.xlsx").stderr
    assert "是 Word 文件" in run("build", ROOT / "templates/hubei-2022/base.docx").stderr
    assert "没有这个文件" in run("check", tmp_path / "y.xlsx").stderr
    assert "扩展名要是 .xlsx" in run("new", tmp_path / "z.xls").stderr


@pytest.mark.parametrize(
    ("what", "code", "told"),
    [
        ("99.99%", 2, "报告里没有印出“99.99%”"),
        ("收支总表", 2, "不能直接打印"),
        ("36.44％", 0, "31-收入支出决算总体情况"),
    ],
)
def test_explain_of_what_cannot_be_explained(workbook, what, code, told):
    done = run("explain", workbook, what)
    assert done.returncode == code
    assert told in done.stdout + done.stderr


def test_template_show_prints_text_and_tags():
    done = run("template", "show", next((ROOT / "templates/hubei-2022/report").glob("32-*.docx")))
    assert done.returncode == 0
    assert done.stdout.startswith("[Heading1] {{ 次(1) }}收入决算情况说明")
    assert "{{ 占比(收入决算.总计.其他收入, 收支总表.本年收入合计) }}" in done.stdout


def spoil(section: Path, old: str, new: str) -> None:
    parts = files.parts(section)
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    section.write_bytes(files.normalised(parts))


def test_a_misspelt_name_in_a_template_is_told_with_its_paragraph(workbook, tmp_path):
    edition = tmp_path / "hubei-2022"
    shutil.copytree(ROOT / "templates" / "hubei-2022", edition)
    section = next((edition / "report").glob("32-*.docx"))
    spoil(section, "收支总表.本年收入合计|", "收支总表.本年收入合记|")
    done = run("build", workbook, "-o", tmp_path / "out", "--edition", edition)
    assert done.returncode == 2
    assert (
        "32-收入决算情况.docx 正文第2段：收支总表 没有“本年收入合记”，是否指“本年收入合计”？"
        in done.stderr
    )
    assert "段落原文：" in done.stderr


def test_the_same_workbook_gives_the_same_bytes(workbook, tmp_path):
    for seed in ("1", "77"):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": "Asia/Shanghai" if seed == "1" else "UTC",
        }
        command = [
            sys.executable,
            "-m",
            "reportgen",
            "build",
            str(workbook),
            "-o",
            str(tmp_path / seed),
        ]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    first, second = (
        sorted(f for f in (tmp_path / seed).rglob("*") if f.is_file()) for seed in ("1", "77")
    )
    assert [f.relative_to(tmp_path / "1") for f in first] == [
        f.relative_to(tmp_path / "77") for f in second
    ]
    assert len(first) == 22
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_the_wheel_builds_the_report_from_another_directory(workbook, tmp_path, monkeypatch):
    """Templates travel in the wheel: an empty venv, no checkout in sight. The libraries are lent
    by this environment."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    wheels = tmp_path / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = wheels.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    import openpyxl

    (site / "lent.pth").write_text(str(Path(openpyxl.__file__).parent.parent))
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(site), str(wheel)],
        check=True,
        capture_output=True,
    )
    python = str(tmp_path / "venv" / "bin" / "python")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = subprocess.run(
        [python, "-c", "import reportgen; print(reportgen.__file__)"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(site) in where.stdout
    done = run_alone(
        "build", workbook, "-o", "out", cwd=elsewhere, program=(python, "-m", "reportgen")
    )
    assert done.returncode == 0, done.stderr
    assert list((elsewhere / "out").glob("*.docx"))


# -- templates
# -------------------------------------------------------------------------------------------------------------


def test_templates_are_checked_by_command(tmp_path: Path) -> None:
    done = run("template", "check")
    assert (done.returncode, done.stdout) == (0, "模板没有问题。\n")
    edition = Path(shutil.copytree(ROOT / "templates/hubei-2022", tmp_path / "mine"))
    section = next((edition / "report").glob("32-*.docx"))
    spoil(section, "收支总表.本年收入合计|万元", "收支总表.本年收入合记｜万元")
    done = run("template", "check", "--edition", edition, "--mark", tmp_path / "批注")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "模板还有 1 处必须改、1 处提示；改完可用。\n\n必须改\n  report/32-收入决算情况.docx 正文第2段："
    )
    assert "是否指“本年收入合计”？" in done.stdout
    assert "已按“{{ 收支总表.本年收入合记|万元 }}”理解" in done.stdout
    assert (tmp_path / "批注" / "report" / section.name).exists()
    refused = run("template", "check", "--edition", edition, "--mark", edition)
    assert refused.returncode == 2
    assert "方案自己的文件夹" in refused.stderr


def test_templates_are_listed_and_previewed_by_command(tmp_path: Path) -> None:
    done = run("template", "list")
    assert done.returncode == 0
    assert "{{ 收支总表.收入总计|万元 }}" in done.stdout
    made = run(
        "template",
        "preview",
        next((ROOT / "templates/hubei-2022/report").glob("34-*.docx")),
        "-o",
        tmp_path,
    )
    assert (made.returncode, made.stdout) == (
        0,
        f"已生成 {tmp_path}/34-财政拨款收入支出决算总体情况-预览.docx\n",
    )
    gone = run("template", "preview", tmp_path / "没有.docx")
    assert (gone.returncode, gone.stderr) == (
        2,
        "没有.docx：打不开文件：没有这个文件，请检查文件名和所在文件夹\n",
    )
