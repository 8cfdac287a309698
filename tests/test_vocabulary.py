"""No name of an edition stands in the package: what a year or a province may change lives in its
folder alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.edition.fields import Field
from reportgen.edition.loading import load
from reportgen.edition.models import Edition
from reportgen.language import words

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(reportgen.__file__).resolve().parent
OWN = {v for k, v in vars(words).items() if k.isupper() and isinstance(v, str)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# for people: an ordinary word of two or three characters may be a field's name somewhere
ORDINARY = {"messages", "workbooks.py", "templates.py"}


def ordinary(path: Path) -> bool:
    return path.name in ORDINARY or path.parent.name in ORDINARY


def literals(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every string literal of a module, pieces of f-strings included; docstrings
    are none."""
    tree = ast.parse(source)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documentation
        ):
            yield node.lineno, node.value


def texts_of(field: Field) -> list[str]:
    return [field.name, field.label, *field.choices]


def names_of(edition: Edition) -> set[str]:
    """Names of sheets, blocks, fields, labels, choices, derived numbers and section files of an
    edition."""
    names = (
        {s.name for s in edition.sheets}
        | {s.title for s in edition.sheets}
        | {d.name for d in edition.derived}
    )
    for table in edition.tables:
        names |= {table.total, *(text for c in table.fields for text in texts_of(c))}
    for form in edition.forms:
        # a form written short has the program's own two columns
        declared = bool(form.block or form.columns)
        for block in form.blocks:
            fields = [*(block.fields if declared else ()), *block.lines]
            names |= {block.name, *(text for f in fields for text in texts_of(f))}
    names |= {re.sub(r"^\d+-", "", p.stem) for p in edition.folder.rglob("*.docx")}
    return {n for n in names if len(n) > 1 and CHINESE.search(n)} - OWN


def offences(text: str, names: set[str], ordinary: bool) -> list[str]:
    """The names of an edition that a literal uses: as a whole, dotted, or (four characters or
    more) within a text."""
    if text in OWN:
        return []
    found = [] if ordinary and len(text) < 4 else [n for n in names if text == n]
    found += [n for n in names if len(n) >= 4 and n in text and n != text]
    found += [n for n in names if re.search(rf"(?<![\w]){re.escape(n)}\.[^\W\d]", text)]
    return sorted(set(found))


EDITIONS = sorted(p.parent for p in (ROOT / "templates").glob("*/edition.toml"))


@pytest.mark.parametrize("folder", EDITIONS, ids=[p.name for p in EDITIONS])
def test_no_literal_of_the_package_names_a_thing_of_an_edition(folder: Path) -> None:
    names = names_of(load(folder))
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {text!r}: {', '.join(hits)}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "words.py"
        for line, text in literals(path.read_text(encoding="utf-8"))
        if (hits := offences(text, names, ordinary(path)))
    ]
    assert found == []


def test_words_are_only_words() -> None:
    """words.py itself may hold nothing but the language's words: none names a sheet of the real
    edition."""
    edition = load(ROOT / "templates" / "hubei-2022")
    assert {s.name for s in edition.sheets} & OWN == set()
    assert {d.name for d in edition.derived} & OWN == set()
    assert max(len(w) for w in OWN if CHINESE.search(w)) <= 4


# -- the test itself can fail
# ----------------------------------------------------------------------------------------------


def test_literals_are_found_and_docstrings_are_not() -> None:
    source = '"""收支总表"""\ndef f(x):\n    """收支总表.收入总计"""\n    # 收支总表\n    return f"{x}收入决算" + g("基本信息")\n'
    assert sorted(literals(source)) == [(5, "基本信息"), (5, "收入决算")]


@pytest.mark.parametrize(
    ("text", "ordinary", "hits"),
    [
        ("收支总表", False, ["收支总表"]),
        ("请看收支总表。", False, ["收支总表"]),
        ("收支总表.收入总计", False, ["收入总计", "收支总表"]),
        ("单位.名称", False, ["单位"]),
        ("单位", False, ["单位"]),
        ("单位", True, []),
        ("计量单位不同", False, []),
        ("计量单位.名称", False, []),
        ("单位，", False, []),
        ("上年", False, []),
        ("分级", False, []),
    ],
)
def test_what_counts_as_an_offence(text: str, ordinary: bool, hits: list[str]) -> None:
    names = {"收支总表", "收入总计", "单位", "分级"}
    assert offences(text, names - OWN, ordinary) == hits


def test_the_names_of_the_real_edition_are_collected() -> None:
    names = names_of(load(ROOT / "templates" / "hubei-2022"))
    wanted = {
        "收支总表",
        "基本信息",
        "部门名称",
        "收入总计",
        "下属单位",
        "本主体",
        "部门概况",
        "功能分类科目编码",
    }
    assert wanted <= names
    assert len(names) > 100


TAKING_APART = {"split", "rsplit", "partition", "rpartition"}
DECIMALS = ["wording/numerals.py", "workbook/reading/shown.py"]  # the point of a number


def at_dots(source: str) -> Iterator[int]:
    """The lines where a module takes a text apart at a dot."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value="."), *_]):
                if attr in TAKING_APART:
                    yield node.lineno


def test_one_function_alone_takes_a_written_name_apart() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for _ in at_dots(path.read_text(encoding="utf-8"))
    ]
    assert sorted(found) == sorted(["language/names.py", *DECIMALS])
