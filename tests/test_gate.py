"""The gate of an edition tells every fault that is one by itself, wherever it stands, and nothing
that only follows from another."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportgen import files
from reportgen.cli.main import app
from reportgen.findings import EditionFault, Severity
from reportgen.tasks import editions, gate, opening

EDITIONS = Path(__file__).resolve().parent / "editions"
REAL = EDITIONS.parents[1] / "templates" / "hubei-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITIONS / "tiny", tmp_path / "tiny"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces a passage of a file, in a .docx one of its document."""
    path = folder / file
    if path.suffix == ".docx":
        parts = files.parts(path)
        body = parts["word/document.xml"].decode()
        assert old in body
        parts["word/document.xml"] = body.replace(old, new).encode()
        path.write_bytes(files.normalised(parts))
        return
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Every error, its sentence without the text of a paragraph."""
    found = editions.faults(folder)
    lines = [f.sentence.partition("｜")[0] for f in found if f.severity is Severity.ERROR]
    return list(dict.fromkeys(lines))


INDEPENDENT = {
    "a key": ("edition.toml", "reason_join =", "reason_jion =", "conventions.reason_jion"),
    "a derived name": ("edition.toml", "计数(活动.形式,", "计数(活动.型式,", "derived.讲座数"),
    "a wording": ("edition.toml", "高了{{ 差|个点 }}", "高了{{ 差|百分点 }}", "wording.比上年.升点"),
    "a file name": ("edition.toml", "简报/{{ 年份|年 }}", "简报/{{ 年份数|年 }}", "document.file"),
    "a check": ("checks.toml", "项.亲子场 <=", "项.亲子 <=", "逐行"),
    "a live check": ("checks.toml", "活动.总计.参加者 <=", "活动.总计.参加者 * 馆情.到馆量 <=", "不超过"),
    "a key of a check": ("checks.toml", 'severity = "warning"', 'severity = "fatal"', "check[2].severity"),
    "a sheet": ("workbook/05-缘由.toml", "spare = 6", "spare = ]", "workbook/05-缘由.toml"),
    "a unit": ("workbook/04-购置.toml", 'unit = "册"', 'unit = "书册"', "购入册.unit"),
    "a template": ("年报/2-服务.docx", "流通.借出总量", "流通.借出总亮", "年报/2-服务.docx"),
}  # fmt: skip


@pytest.mark.parametrize("name", INDEPENDENT)
def test_each_fault_is_told_once(folder: Path, name: str) -> None:
    file, old, new, key = INDEPENDENT[name]
    change(folder, file, old, new)
    found = set(told(folder))
    assert found
    assert all(key in line for line in found)
    assert all(line.startswith(file) for line in found)


def test_no_fault_hides_another(folder: Path) -> None:
    alone = set()
    for file, old, new, _ in INDEPENDENT.values():
        copy = Path(shutil.copytree(folder, folder.parent / "alone", dirs_exist_ok=True))
        change(copy, file, old, new)
        alone |= set(told(copy))
        shutil.rmtree(copy)
    for file, old, new, _ in INDEPENDENT.values():
        change(folder, file, old, new)
    assert set(told(folder)) == alone


@pytest.mark.parametrize("sheet", ["01-馆情", "02-活动", "03-流通", "04-购置", "05-缘由"])
def test_what_needs_a_sheet_is_silent_while_the_sheet_cannot_be_read(
    folder: Path, sheet: str
) -> None:
    (folder / "workbook" / f"{sheet}.toml").write_text("title = ", encoding="utf-8")
    assert [line.partition("：")[0] for line in told(folder)] == [f"workbook/{sheet}.toml"]


@pytest.mark.parametrize(
    ("edition", "sheet"),
    [("courses", p.name) for p in sorted((EDITIONS / "courses" / "workbook").glob("*.toml"))]
    + [("press", p.name) for p in sorted((EDITIONS / "press" / "workbook").glob("*.toml"))],
)
def test_nested_and_chosen_sheets_are_silent_too(tmp_path: Path, edition: str, sheet: str) -> None:
    folder = Path(shutil.copytree(EDITIONS / edition, tmp_path / edition))
    change(folder, f"workbook/{sheet}", "title =", "titel =")
    found = told(folder)
    assert {line.partition("：")[0] for line in found} == {f"workbook/{sheet}"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('reverse = "difference"', 'reverse = "both"', "scoring.reverse"),
        ('"经费" = 10', '"经费" = 20', "scoring.weights"),
        ('unit = "点"', 'unit = "分数"', "scoring.unit"),
    ],
)
def test_scores_are_silent_while_their_rules_are_wrong(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    folder = Path(shutil.copytree(EDITIONS / "courses", tmp_path / "courses"))
    change(folder, "edition.toml", old, new)
    assert [line.split("：")[1] for line in told(folder)] == [key]


def test_two_computed_columns_are_told_in_one_look(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EDITIONS / "courses", tmp_path / "courses"))
    change(
        folder, "workbook/02-课程.toml", "执行得分(行.预算, 行.花销)", "执行得分(行.预算, 行.花消)"
    )
    change(folder, "workbook/02-课程.toml", "等次(行.得点)", "等第(行.得点)")
    found = told(folder)
    assert [line.split("：")[1] for line in found] == ["等第.computed", "经费得点.computed"]


def test_a_computed_column_that_no_sheet_can_compute_is_told_in_its_file(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EDITIONS / "courses", tmp_path / "courses"))
    change(folder, "workbook/02-课程.toml", "等次(行.得点)", "'甲' if 行.得点 is 已填 else '乙'")
    (line,) = told(folder)
    assert line.startswith("workbook/02-课程.toml：等第.computed：")
    assert "Excel" in line


def test_new_refuses_what_the_gate_tells(folder: Path) -> None:
    change(folder, "checks.toml", "活动.总计.参加者 <=", "活动.总计.参加者 * 馆情.到馆量 <=")
    with pytest.raises(EditionFault) as refused:
        opening.open_edition(str(folder))
    assert refused.value.faults == [f"tiny/{line}" for line in told(folder)]


def test_an_edition_that_is_no_toml_still_tells_of_its_other_files(folder: Path) -> None:
    change(folder, "edition.toml", "title =", "title ==")
    change(folder, "checks.toml", 'id = "逐行"', 'idd = "逐行"')
    change(folder, "workbook/05-缘由.toml", "spare = 6", 'spare = "许多"')
    assert {line.partition("：")[0] for line in told(folder)} == {
        "edition.toml",
        "checks.toml",
        "workbook/05-缘由.toml",
    }


def test_findings_are_records(folder: Path) -> None:
    change(folder, "workbook/04-购置.toml", 'unit = "册"', 'unit = "书册"')
    change(folder, "年报/2-服务.docx", "流通.借出总量", "流通.借出总亮")
    result = CliRunner().invoke(app, ["edition", "check", str(folder), "--format", "json"])
    assert result.exit_code == 1
    unit, *of_template = json.loads(result.output)
    assert (unit["id"], unit["severity"], unit["file"]) == (
        "unknown-unit",
        "error",
        "workbook/04-购置.toml",
    )
    assert unit["cell"] == "购入册.unit"
    assert unit["message"].startswith("没有计量单位“书册”")
    assert {(f["id"], f["file"]) for f in of_template} == {("template", "年报/2-服务.docx")}
    assert all(f["cell"].endswith("段") for f in of_template)


def test_every_fault_has_an_id_for_people_too(folder: Path) -> None:
    change(folder, "workbook/04-购置.toml", 'unit = "册"', 'unit = "书册"')
    result = CliRunner().invoke(app, ["edition", "check", str(folder)])
    assert "tiny/workbook/04-购置.toml：购入册.unit：没有计量单位“书册”" in result.output
    assert result.output.rstrip().endswith("(unknown-unit)")


def test_the_editions_at_hand_pass() -> None:
    for folder in (REAL, *sorted(p for p in EDITIONS.iterdir() if p.is_dir())):
        assert editions.faults(folder) == []


def test_what_is_sound_of_an_edition_is_all_of_it(folder: Path) -> None:
    examined, faults = gate.examine(folder)
    assert faults == []
    assert examined is not None
    assert examined.edition.lost == frozenset()
    assert examined.edition == opening.open_edition(str(folder)).edition


# -- damage at random
# -------------------------------------------------------------------------------------------------

TOKEN = re.compile(r'"[^"\n]*"|\w+')
# a class of Python or Jinja: two humps, or the end of an exception's name
PROGRAMMER = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b|\b[A-Z]\w+Error\b|NoneType|object at 0x")


def damaged(text: str, rng: random.Random) -> str:
    """The text with one word left out, doubled in place of another, cut or changed."""
    words = list(TOKEN.finditer(text))
    word, other = rng.choice(words), rng.choice(words)[0]
    new = rng.choice(["", other, "3", '"甲"', "[]", '"=甲.乙"', word[0][:-1], f"{word[0]}甲"])
    return text[: word.start()] + new + text[word.end() :]


def damage(name: str, seed: int, tmp_path: Path) -> Path:
    rng = random.Random(f"{name}{seed}")
    folder = Path(shutil.copytree(EDITIONS / name, tmp_path / name))
    every = sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".csv"))
    for path in rng.sample(every, 2):
        text = path.read_text(encoding="utf-8")
        path.write_text(damaged(text, rng), encoding="utf-8")
    return folder


def survives(name: str, seed: int, tmp_path: Path) -> None:
    for fault in editions.faults(damage(name, seed, tmp_path)):
        assert fault.sentence.startswith(fault.record("")["file"])
        assert not PROGRAMMER.search(fault.sentence), fault


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["tiny", "courses", "press"])
def test_damage_is_told_and_nothing_else_happens(name: str, seed: int, tmp_path: Path) -> None:
    survives(name, seed, tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 300))
@pytest.mark.parametrize("name", ["tiny", "courses", "press"])
def test_much_damage_is_told_and_nothing_else_happens(name: str, seed: int, tmp_path: Path) -> None:
    survives(name, seed, tmp_path)
