"""The reference page of an edition's keys says what the models say."""

from __future__ import annotations

from typing import Any

import pytest
import tomli

from conftest import ROOT
from reportgen import messages
from reportgen.edition.fields import Model
from reportgen.edition.kinds import FieldKind
from reportgen.edition.mismatches import inside, keys, model_of, options
from reportgen.edition.models import Checks, EditionFile
from reportgen.edition.reference import SECTIONS, own_keys, page
from reportgen.edition.sheets import Form, Table

PAGE = ROOT / "docs" / "年度方案.md"
REAL = ROOT / "templates" / "hubei-2022"


def test_the_page_at_hand_is_current(renew: bool) -> None:
    if renew:
        PAGE.write_text(page(REAL), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(REAL)


@pytest.mark.parametrize("model", SECTIONS, ids=lambda model: model.__name__)
def test_every_key_is_told_and_no_other(model: type[Model]) -> None:
    assert list(messages.KEYS[model.__name__][2]) == list(own_keys(model))


def within(hint: Any) -> set[type[Model]]:
    """The models that a value of a type may hold."""
    kinds = options(hint)
    model = model_of(kinds)
    found = {model} if model else set()
    for kind in (*inside(kinds, list), *inside(kinds, dict)):
        found |= within(kind)
    for field in keys(model).values() if model else ():
        found |= within(field.type)
    return found


def test_every_model_of_an_edition_has_a_section() -> None:
    models = within(EditionFile) | within(Checks) | within(Form) | within(Table)
    assert models - SECTIONS.keys() == {Checks}
    assert list(messages.KEYS) == [model.__name__ for model in SECTIONS]


def test_every_kind_is_told() -> None:
    assert list(messages.KINDS) == [kind.value for kind in FieldKind]


def test_examples_are_toml() -> None:
    lines = page(REAL).splitlines()
    examples = [line.split(" | ")[-1].removesuffix(" |").strip("`") for line in lines]
    written = [example.replace("\\|", "|") for example in examples if " = " in example]
    assert len(written) > 60
    for example in written:
        assert tomli.loads(example)
