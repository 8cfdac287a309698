"""Every case of every phrase that an edition words is compiled and printed when it is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from reportgen.edition import loading
from reportgen.edition.models import Edition
from reportgen.findings import EditionFault
from reportgen.tasks.opening import open_edition
from reportgen.wording.cases import wording_faults
from reportgen.wording.vocabulary import PHRASINGS

EDITIONS = ["templates/hubei-2022", *(f"tests/editions/{n}" for n in ("tiny", "press", "courses"))]
WORDED = [(p.word, case) for p in PHRASINGS if p.cases for case in p.cases.samples]


@pytest.fixture
def edition() -> Edition:
    """The real edition, to be edited."""
    return loading.load(ROOT / "templates" / "hubei-2022")


def changed(edition: Edition, phrase: str, case: str, text: str) -> list[str]:
    """What is wrong once a case says something else."""
    edition.wording[phrase][case] = text
    return told(edition)


def told(edition: Edition) -> list[str]:
    return [fault.sentence for fault in wording_faults(edition)]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_editions_at_hand_word_every_case(name: str) -> None:
    assert wording_faults(loading.load(ROOT / name)) == []


@pytest.mark.parametrize(("phrase", "case"), WORDED)
def test_a_case_without_a_text_is_told_by_its_key(edition: Edition, phrase: str, case: str) -> None:
    del edition.wording[phrase][case]
    assert told(edition) == [
        f"edition.toml：wording.{phrase}.{case}：用语“{phrase}”没有写“{case}”的情形。"
        f"请在 edition.toml 的 [wording.{phrase}] 补上"
    ]


def test_all_faults_are_told_at_once(edition: Edition) -> None:
    edition.wording |= {"比去年": {"增": ""}, "占比": {"一般": "{{ 率 }}", "零分母": "{{ 率|数"}}
    del edition.wording["比较"]["平"]
    keys = [fault.place.cell for fault in wording_faults(edition)]
    assert keys == [
        *("wording.占比.零分母", "wording.比去年"),
        *("wording.比较.平", "wording.占比.一般"),
    ]


def test_all_faults_forbid_the_edition_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "editions" / "tiny", tmp_path / "tiny"))
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8").replace('"平" = "同去年一样"\n', "")
    path.write_text(text.replace('"升点" =', '"涨点" ='), encoding="utf-8")
    with pytest.raises(EditionFault) as raised:
        open_edition(str(folder))
    faults = wording_faults(loading.load(folder))
    assert len(faults) == 3
    assert raised.value.faults == [f"tiny/{fault.sentence}" for fault in faults]


def test_an_edition_with_a_case_missing_is_not_opened(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "editions" / "tiny", tmp_path / "tiny"))
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"平" = "同去年一样"\n', ""), encoding="utf-8")
    with pytest.raises(EditionFault, match=r"^tiny/edition.toml：wording.比上年.平：[^\n]*$"):
        open_edition(str(folder))


def test_a_phrase_that_is_not_worded_is_no_fault_until_it_is_used(edition: Edition) -> None:
    edition.wording.clear()
    assert wording_faults(edition) == []


@pytest.mark.parametrize(
    ("phrase", "case", "text", "fault"),
    [
        ("比上年", "增", "增加{{ 差 }}", "打印数字要写明格式，如 |万元"),
        ("比上年", "增", "增加{{ 差|百分比 }}", "不能用“百分比”来打印"),
        (
            "比上年",
            "减",
            "减少{{ 差|万元 }}，下降{{ 率|万元 }}",
            "÷ |基数|（无单位） 不能用“万元”来打印",
        ),
        ("比上年", "变号", "由{{ 基数|万元 }}变为{{ 本数|人 }}", "本数（元） 不能用“人”来打印"),
        ("比上年", "平", "持平（{{ 率|百分比 }}）", "用语“比上年”的情形“平”里没有“率”可用"),
        ("比上年", "零基数", "增长{{ 率|百分比 }}", "用语“比上年”的情形“零基数”里没有“率”可用"),
        ("比上年", "升点", "提高{{ 差|万元 }}", "不能用“万元”来打印"),
        ("占比", "一般", "{{ 率|万元 }}", "不能用“万元”来打印"),
        ("占比", "零分母", "{{ 率|百分比 }}", "用语“占比”的情形“零分母”里没有“率”可用"),
        ("占比", "一般", "{{ 差|万元 }}", "用语“占比”的情形“一般”里没有“差”可用"),
    ],
)
def test_a_text_that_cannot_be_printed_is_told_by_its_key(
    edition: Edition, phrase: str, case: str, text: str, fault: str
) -> None:
    (said,) = changed(edition, phrase, case, text)
    assert said.startswith(f"edition.toml：wording.{phrase}.{case}：")
    assert fault in said


@pytest.mark.parametrize(
    ("phrase", "case", "text"),
    [
        ("比上年", "增", "增加{{ 差|人 }}"),
        ("比上年", "增", "增加{{ 差|数 }}，为{{ 本数|原单位 }}"),
        ("比上年", "变号", "{{ 本数|大写 }}"),
        ("比上年", "增", "增加{{ 差|大写 }}，增长{{ 率|百分比 }}"),
        ("比上年", "平", "仍为{{ 本数|百分比 }}"),
        ("比上年", "平", "仍为{{ 本数|万元 }}"),
        ("比上年", "增", ""),
        ("占比", "一般", "{{ 本数|万元 }}占{{ 率|百分比 }}"),
        ("占比", "零分母", "{{ 本数|元 }}，无从算起"),
    ],
)
def test_a_text_that_some_unit_of_the_edition_can_be_printed_in_is_sound(
    edition: Edition, phrase: str, case: str, text: str
) -> None:
    assert changed(edition, phrase, case, text) == []


def test_editions_that_compare_exactly_are_tried_too() -> None:
    tiny = loading.load(ROOT / "tests" / "editions" / "tiny")
    assert tiny.conventions.differences == "exact"
    assert changed(tiny, "比上年", "平", "{{ 率|百分之 }}") != []
    assert changed(tiny, "比上年", "平", "一样，{{ 本数|册 }}") == []
