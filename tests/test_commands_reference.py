"""The page of commands says what the commands say."""

from __future__ import annotations

from typer.testing import CliRunner

from conftest import ROOT
from reportgen.cli.main import app
from reportgen.cli.reference import page

PAGE = ROOT / "docs" / "命令.md"


def test_the_page_at_hand_is_current(renew: bool) -> None:
    if renew:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_command_of_the_help_has_a_section_with_an_example() -> None:
    sections = page().split("\n## ")[1:]
    assert all("例：reportgen" in section for section in sections)
    for section in sections:
        words = section.splitlines()[0].removeprefix("reportgen ").split()
        assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0
    families = {section.split()[1] for section in sections}
    told = CliRunner().invoke(app, ["--help"]).output
    commands = told.partition("命令：")[2].split("\n")
    assert {line.split()[0] for line in commands if line.startswith("  ")} == families
