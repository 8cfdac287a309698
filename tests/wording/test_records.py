"""One record for each word that sentences are made with: all that is said of it elsewhere follows."""

from __future__ import annotations

import re

import pytest

from reportgen import messages
from reportgen.language import words
from reportgen.tasks.opening import OpenEdition
from reportgen.word.authors import examples
from reportgen.wording.formats import FORMATS
from reportgen.wording.records import Use
from reportgen.wording.vocabulary import PHRASINGS

WORDS = {v for k, v in vars(words).items() if k.isupper()}


def test_the_handbook_says_something_of_every_word_that_it_shows_and_of_no_other() -> None:
    assert list(messages.PHRASES) == [p.word for p in PHRASINGS if p.example]
    assert list(messages.FORMATS) == [f.word for f in FORMATS if f.example]
    assert all(p.meaning for p in PHRASINGS if p.example)
    assert all(f.meaning for f in FORMATS if f.example)


def test_every_word_is_one_of_the_language_and_has_one_record() -> None:
    uses = [(p.word, p.use) for p in PHRASINGS] + [(f.word, None) for f in FORMATS]
    assert len(uses) == len(set(uses))
    assert {word for word, _ in uses} <= WORDS


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda p: f"{p.word} {p.use.value}")
def test_templates_and_prose_have_every_word(plan: OpenEdition, phrasing: object) -> None:
    for language in (plan.languages.templates, plan.languages.prose):
        kept = {
            Use.FUNCTION: language.functions,
            Use.MEMBER: language.members,
            Use.TEST: language.tests,
            Use.SECTION: [words.INSERT],
        }
        assert phrasing.word in kept[phrasing.use]


def test_formulas_have_neither_phrases_nor_formats(plan: OpenEdition) -> None:
    sheets = plan.languages.sheets
    phrases = {p.word for p in PHRASINGS if p.use is Use.FUNCTION}
    assert not phrases & (sheets.functions.keys() - plan.edition.measures.keys())
    assert sheets.filters == {}


def test_formats_are_those_of_the_language_and_the_units(plan: OpenEdition) -> None:
    formats = plan.languages.templates.filters
    assert list(formats) == [*(f.word for f in FORMATS), *plan.edition.measures]


def test_examples_ask_for_facts_that_editions_are_searched_for(plan: OpenEdition) -> None:
    known = examples.facts(plan.edition)
    asked = {
        name
        for record in (*PHRASINGS, *FORMATS)
        for name in re.findall(r"\{(\w+)\}", record.example)
    }
    assert asked == {"word", *known}


def test_a_word_is_not_shown_where_the_edition_has_no_fact_for_it() -> None:
    assert examples.filled_in("{word}({budget})", "比预算", {"prior": "表.甲"}) == ""
    assert examples.filled_in("{word}({prior})", "比上年", {"prior": "表.甲"}) == "比上年(表.甲)"
    assert examples.filled_in("", "增减额", {"prior": "表.甲"}) == ""
