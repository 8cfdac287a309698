"""`edition check` tells what the other commands would refuse of an edition, by file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from filling import misspell
from reportgen.cli.main import app

TINY = Path(__file__).resolve().parent / "editions" / "tiny"


def told(edition: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["edition", "check", str(edition)])
    return result.exit_code, result.output


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "馆"))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_sound_edition_has_nothing_to_tell(edition: Path) -> None:
    code, text = told(edition)
    assert (code, text.strip()) == (0, f"年度方案 {edition} 可用，有 0 处提示。")


def test_keys_are_told_by_file(edition: Path) -> None:
    append(edition / "checks.toml", '\n[[check]]\nid = "甲"\nformua = "1 == 1"\n')
    code, text = told(edition)
    assert code == 1
    assert "馆/checks.toml：check[" in text
    assert "没有这个键，是否指“formula”？" in text


def test_a_check_that_no_sheet_can_compute_is_told(edition: Path) -> None:
    append(
        edition / "checks.toml",
        '\n[[check]]\nid = "甲"\nformula = "字数(馆情.馆名) * 流通.借出总量 == 流通.借出总量"\n',
    )
    code, text = told(edition)
    assert code == 1
    assert "馆/checks.toml：甲：" in text


def test_a_misspelt_name_in_a_template_is_told_with_its_paragraph(edition: Path) -> None:
    misspell(edition)
    code, text = told(edition)
    assert code == 1
    assert "馆/年报/2-" in text
    assert "是否指“借出总量”" in text


def test_an_edition_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["edition", "check", str(tmp_path / "无")])
    assert result.exit_code != 0
