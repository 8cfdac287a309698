"""The phrases of an edition: what they print, and that all that is wrong with them is told by
key."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from reportgen.edition import bounds
from reportgen.findings import EditionFault, Severity
from reportgen.language.numbers import NumberError
from reportgen.language.syntax import Refused
from reportgen.tasks import authors, editions, opening
from reportgen.tasks.filing import Filing
from reportgen.wording.formats import Phrase, Printed
from reportgen.wording.prose import Sentence

TINY = ROOT / "tests" / "editions" / "tiny"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def phrase(folder: Path, name: str, text: str, *parameters: str) -> None:
    """Adds a phrase to an edition."""
    path = folder / "edition.toml"
    listed = json.dumps(parameters, ensure_ascii=False)
    written = json.dumps(text, ensure_ascii=False)
    own = f'\n[phrase."{name}"]\nparameters = {listed}\ntext = {written}\n'
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Every error of the edition without what stands before its key."""
    found = [f for f in editions.faults(folder) if f.severity is Severity.ERROR]
    return [f.sentence.removeprefix("edition.toml：phrase.") for f in found]


def text_of(value: Any) -> str:
    return "".join(map(str, value.pieces if isinstance(value, Sentence) else value))


# -- what they print
# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("预算完成(三公经费.公务接待费.决算数)", "完成率"),
        ("占年初预算(三公经费.公务接待费.决算数)", "为年初预算的"),
    ],
)
def test_numbers_of_a_phrase_are_known_as_numbers(
    filing: Filing, source: str, printed: str
) -> None:
    value = filing.value(source)
    assert isinstance(value, Phrase)
    numbers = [piece for piece in value if isinstance(piece, Printed)]
    assert numbers
    assert all(piece.num.leaves() for piece in numbers)
    assert str(value).startswith(printed) or printed == "完成率"


def test_a_text_that_somebody_wrote_is_read_where_it_is_printed(filing: Filing) -> None:
    value = filing.value("较预算(三公经费.公务接待费.决算数, 三公情况.公务接待差异原因)")
    assert isinstance(value, Sentence)
    printed = str(filing.prose.text_of(value, filing.facts))
    assert "比年初预算" in printed
    assert "主要原因是：" in printed
    assert printed.endswith("。")


def languages(folder: Path) -> Callable[[str], Any]:
    """Evaluates a tag over the specimen facts of an edition, one branch alone."""
    opened = opening.open_edition(str(folder), anew=True)
    return lambda source: opened.languages.templates.compile(source, ["x"])


def test_the_first_branch_that_holds_is_printed_and_no_other(folder: Path) -> None:
    branches = "{% if 数 > 2 %}多{% elif 数 > 1 %}中{% else %}少{% endif %}"
    phrase(folder, "多寡", f"有{branches}，{branches}", "数")
    compiled = languages(folder)("多寡(x)")
    of = opening.open_edition(str(folder)).languages.sheets
    for number, word in ((3, "多"), (2, "中"), (1, "少")):
        value = of.compile(str(number), [])({})
        assert text_of(compiled({"x": value})) == f"有{word}，{word}"


def test_what_is_not_printed_is_not_asked_for(folder: Path) -> None:
    phrase(folder, "商", "{% if 数 != 0 %}{{ 比较(数, 数)|数 }}{% endif %}无", "数")
    of = opening.open_edition(str(folder)).languages.sheets
    zero = of.compile("0", [])({})
    assert text_of(languages(folder)("商(x)")({"x": zero})) == "无"


def test_a_phrase_of_phrases(folder: Path) -> None:
    phrase(folder, "甲", "【{{ 乙('一') }}{{ 乙('二') }}】")
    phrase(folder, "乙", "（{{ 字 }}）", "字")
    assert text_of(languages(folder)("甲()")({})) == "【（一）（二）】"


@given(st.lists(st.sampled_from(["甲", "乙\n丙", "{", "%", "}", "}{", "。"]), max_size=8))
def test_words_between_tags_are_printed_as_they_stand(words: list[str]) -> None:
    from reportgen.edition import loading
    from reportgen.edition.models import PhraseText
    from reportgen.wording.languages import languages_of, phrase_faults

    edition = loading.load(TINY)
    text = "|".join(words) or "无"
    edition.phrase["字句"] = PhraseText(text=text + "。{{ '尾' }}")
    assert phrase_faults(edition) == []
    run = languages_of(edition).templates.compile("字句()", [])
    assert str(run({})) == text + "。尾"


# -- what is wrong
# ----------------------------------------------------------------------------------------------------


WRONG = {
    "no text": ("", [], "甲.text：短语没有写印什么。请写 text"),
    "unknown name": ("{{ 馆倩.馆名 }}", [], "甲.text：没有名称“馆倩”，是否指“馆情”？"),
    "unknown function": ("{{ 比去年(数) }}", ["数"], "甲.text：没有函数“比去年”"),
    "unknown format": ("{{ 数|万元 }}", ["数"], "甲.text：没有格式“万元”"),
    "arithmetic": ("{{ 数 + 1 }}", ["数"], "甲.text：模板里不能做加减乘除"),
    "a loop": ("{% for 行 in 活动 %}{% endfor %}", [], "甲.text：短语里没有“for”这种语句"),
    "not closed": ("{% if 数 %}有", ["数"], "甲.text：{% if 数 %} 没有对应的 endif"),
    "not opened": ("有{% endif %}", [], "甲.text：endif 没有对应的开头"),
    "half a tag": ("{{ 数", ["数"], "甲.text：标签没有写完整"),
    "after else": (
        "{% if 数 %}{% else %}{% elif 数 %}{% endif %}",
        ["数"],
        "甲.text：else 之后不能再有 elif",
    ),
    "too few arguments": ("{{ 甲乙('一') }}", [], "甲.text：短语“甲乙”要写 2 个参数（子、丑），这里写了 1 个"),
    "a parameter twice": ("{{ 数 }}", ["数", "数"], "甲.parameters：“数”出现了两次"),
    "a parameter that is a sheet": ("{{ 活动 }}", ["活动"], "甲.parameters：参数“活动”与方案里的名称相同"),
    "no name": ("{{ 数 }}", ["数", "1数"], "甲.parameters：“1数”不能作名称"),
    "a word of the syntax": ("一", ["not"], "甲.parameters：“not”不能作名称"),
    "too many parameters": ("一", [f"数{n}" for n in range(13)], "甲.parameters：有 13 项，最多 12 项"),
    "a circle": ("{{ 甲() }}", [], "甲.text：短语绕了一圈又用到自己：甲 → 甲"),
    "too long": ("{{ 馆情.馆名 }}" * (bounds.PHRASE_TAGS + 1), [], "甲.text："),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_told_by_its_key(folder: Path, name: str) -> None:
    text, parameters, expected = WRONG[name]
    phrase(folder, "甲乙", "{{ 子 }}{{ 丑 }}", "子", "丑")
    phrase(folder, "甲", text, *parameters)
    (said,) = told(folder)
    assert said.startswith(expected)


@pytest.mark.parametrize("name", ["比上年", "册", "sum", "列举"])
def test_a_name_that_the_language_has(folder: Path, name: str) -> None:
    phrase(folder, name, "甲")
    assert told(folder) == [f"{name}：“{name}”已经是函数或计量单位的名称。请换一个名称"]


def test_all_faults_are_told_at_once(folder: Path) -> None:
    phrase(folder, "甲", "{{ 馆倩.馆名 }}{{ 乙(1) }}{% while %}", "数", "数")
    phrase(folder, "乙", "")
    phrase(folder, "丙", "{{ 丁() }}")
    phrase(folder, "丁", "{{ 丙() }}")
    keys = sorted(said.split("：")[0] for said in told(folder))
    assert keys == sorted(
        ["甲.parameters", "甲.text", "甲.text", "甲.text", "乙.text", "丙.text", "丁.text"]
    )


def test_a_phrase_of_the_wrong_type_is_told_by_its_key(folder: Path) -> None:
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[phrase."甲"]\nparameters = "数"\n', encoding="utf-8")
    assert sorted(said.split("：")[0] for said in told(folder)) == ["甲.parameters", "甲.text"]


def test_phrases_too_deep(folder: Path) -> None:
    deepest = bounds.PHRASES_DEEP + 1
    for n in range(deepest):
        phrase(folder, f"层{n}", f"{{{{ 层{n + 1}() }}}}")
    phrase(folder, f"层{deepest}", "底")
    limit = bounds.PHRASES_DEEP
    assert told(folder) == [f"层1.text：短语套短语有 {limit + 1} 层，最多 {limit} 层"]


def test_many_small_phrases_that_are_large_together(folder: Path) -> None:
    """Each calls the next one forty times: a million tags at the end."""
    for n in range(4):
        phrase(folder, f"层{n}", f"{{{{ 层{n + 1}() }}}}" * 40)
    phrase(folder, "层4", "{{ 馆情.馆名 }}")
    (said,) = told(folder)
    assert said == f"层2.text：短语连同所用的短语有 3240 个标签，最多 {bounds.PHRASE_TAGS} 个"


def test_arguments_that_double_are_stopped(folder: Path) -> None:
    phrase(folder, "双", "{{ 文 }}{{ 文 }}", "文")
    source = "'一'"
    for _ in range(30):
        source = f"双({source})"
    with pytest.raises(Refused, match="短语“双”里：印出的话太长"):
        languages(folder)(source)({})


def test_what_uses_a_faulty_phrase_is_not_told(folder: Path) -> None:
    phrase(folder, "甲", "{{ 馆倩.馆名 }}")
    phrase(folder, "乙", "{{ 甲() }}")
    assert len(told(folder)) == 1


def test_a_fault_of_use_names_the_phrase(folder: Path) -> None:
    phrase(folder, "甲", "有{{ 数 }}", "数")
    phrase(folder, "乙", "{{ 甲(数) }}", "数")
    opened = opening.open_edition(str(folder))
    run = opened.languages.templates.compile("乙(x)", ["x"])
    with pytest.raises(NumberError, match=r"^短语“乙”里：短语“甲”里：.*打印数字要写明格式"):
        run({"x": opened.languages.sheets.compile("1", [])({})})
    with pytest.raises(Refused, match="短语“乙”要写 1 个参数（数），这里写了 2 个"):
        opened.languages.templates.compile("乙(x, x)", ["x"])


def test_a_trial_goes_into_every_branch_of_a_phrase(folder: Path) -> None:
    """Told where a section uses it, since only there it is known what it is given."""
    phrase(folder, "甲", "{% if 数 is 同(0) %}无{% else %}{{ 数.上年年 }}{% endif %}", "数")
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("简报/{{ 年份|年 }}借阅简报", "简报/{{ 甲(流通.借出总量) }}"), encoding="utf-8"
    )
    with pytest.raises(EditionFault, match="短语“甲”里：没有数字属性“上年年”"):
        opening.open_edition(str(folder))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("多了{{ 数.增减额|册 }}", "“多了”写死在有增有减的数前面"),
        ("{% if 数 > 数.上年 %}多了{{ 数.增减额|册 }}{% endif %}", ""),
        ("{% if 数 < 数.上年 %}{% else %}多了{{ 数.增减额|册 }}{% endif %}", ""),
        ("{% if 大 > 数 %}多了{{ 大.增减额|册 }}{% endif %}多了{{ 数.增减额|册 }}", "写死"),
        ("多了{{ 数|册 }}", ""),
    ],
)
def test_a_direction_that_a_number_may_belie(folder: Path, text: str, told: str) -> None:
    phrase(folder, "甲", text, "数", "大")
    path = folder / "edition.toml"
    use = "简报/{{ 甲(流通.借出总量, 流通.成人借阅) }}"
    whole = path.read_text(encoding="utf-8").replace("简报/{{ 年份|年 }}借阅简报", use)
    path.write_text(whole, encoding="utf-8")
    found = [f.sentence for f in editions.faults(folder) if f.severity is Severity.ERROR]
    assert len(found) == bool(told)
    assert all(told in sentence and "短语“甲”里" in sentence for sentence in found)


# -- what authors see
# -------------------------------------------------------------------------------------------------


def test_the_catalogue_shows_a_phrase_as_sections_use_it(workbook: Path) -> None:
    _, groups = authors.catalogue(None, workbook)
    entries = {e.tag: e for g in groups if g.title == "方案自己的短语" for e in g.entries}
    own = tomli.loads((ROOT / "templates/hubei-2022/edition.toml").read_text(encoding="utf-8"))
    assert len(entries) == len(own["phrase"])
    entry = entries["{{ 预算完成(一般公共预算支出.总计.合计) }}"]
    assert "万元，决算" in entry.example
    assert entry.meaning == own["phrase"]["预算完成"]["help"]
    assert set(entry.sections) >= {"39-三公经费决算情况", "35-一般公共预算支出决算情况"}
