"""The reference page of functions says what the records say."""

from __future__ import annotations

from pathlib import Path

from reportgen import messages
from reportgen.language.functions import FUNCTIONS
from reportgen.language.syntax import parse
from reportgen.tasks import opening
from reportgen.workbook.live.functions import LIVE
from reportgen.workbook.live.reference import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "公式函数.md"


def test_the_page_at_hand_is_current(renew: bool) -> None:
    if renew:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_function_is_told(plan: opening.OpenEdition) -> None:
    own = set(plan.languages.sheets.functions) - set(plan.edition.measures)
    assert own == set(messages.FUNCTIONS)
    assert set(LIVE) <= own
    assert set(FUNCTIONS) <= own


def test_every_example_can_be_parsed_and_calls_its_function() -> None:
    for word, (*_, example) in messages.FUNCTIONS.items():
        assert parse(example)
        assert f"{word}(" in example
