"""Values written by name: they stand where the reader finds them, and what cannot be written is
told by name before anything is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from filling import empty
from opened import OpenBook
from reportgen.findings import Unusable
from reportgen.language.names import Name
from reportgen.language.numbers import Num
from reportgen.tasks import opening
from reportgen.workbook.reading import read as reading
from reportgen.workbook.writing.fill import address, fill

TINY = Path(__file__).resolve().parents[1] / "editions" / "tiny"


@pytest.fixture(scope="module")
def tiny() -> opening.OpenEdition:
    return opening.open_edition(str(TINY))


@pytest.fixture(scope="module")
def blank(tiny: opening.OpenEdition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty(tiny, tmp_path_factory.mktemp("fill") / "空.xlsx")


@pytest.fixture
def book(blank: Path) -> Workbook:
    return load_workbook(blank)


def test_what_is_written_is_read_under_its_name(
    tiny: opening.OpenEdition, blank: Path, book: Workbook
) -> None:
    events = [
        {"活动名": "古籍展", "参加者": 900, "参加者.上年": 0},
        {"活动名": "拓印", "参加者": 360, "参加者.上年": 350},
    ]
    fill(book, tiny.layout, {"馆情.到馆量": 120500, "流通.少儿借阅.上年": 30000}, {"活动": events})
    read = reading.read(OpenBook(blank, book), tiny.edition, tiny.layout).content
    assert value(read.forms["馆情"].cells[Name("馆情", "到馆量")]) == 120500
    assert value(read.forms["流通"].cells[Name("流通", "少儿借阅", prior=True)]) == 30000
    names = ("活动名", "参加者", "参加者.上年")
    found = [tuple(value(record[name]) for name in names) for record in read.tables["活动"].records]
    assert found == [("古籍展", 900, 0), ("拓印", 360, 350)]


def value(fact: Any) -> Any:
    return fact.value if isinstance(fact, Num) else fact


def test_none_clears_a_cell_and_what_a_record_does_not_name_stays(
    tiny: opening.OpenEdition, book: Workbook
) -> None:
    fill(book, tiny.layout, {"馆情.馆名": "馆"}, {"活动": [{"活动名": "展", "形式": "展览"}]})
    fill(book, tiny.layout, {"馆情.馆名": None}, {"活动": [{"活动名": "讲"}]})
    assert at(book, tiny, "馆情.馆名") is None
    assert (at(book, tiny, "活动.活动名"), at(book, tiny, "活动.形式")) == ("讲", "展览")


def at(book: Workbook, tiny: opening.OpenEdition, name: str, record: int = 0) -> Any:
    sheet, cell = address(tiny.layout, name, record)
    return book[sheet][cell].value


def test_addresses_of_fixed_cells_totals_and_records(tiny: opening.OpenEdition) -> None:
    layout = tiny.layout
    assert address(layout, "馆情.馆名") == ("馆情", "B5")
    assert address(layout, "活动.总计.场数") == ("活动", "C5")
    assert address(layout, "活动.场数") == ("活动", "C7")
    assert address(layout, "活动.场数", 3) == ("活动", "C10")
    last = layout.sheets["活动"].columns[-1]
    assert last.name == "参加者.上年"
    assert address(layout, "活动.参加者.上年") == ("活动", f"{last.letter}7")


UNKNOWN = [
    ({"馆情.馆明": 1}, {}, "没有名称“馆情.馆明”，是否指“馆情.馆名”？"),
    ({"活动.场数": 1}, {}, "没有名称“活动.场数”"),
    ({}, {"活动儿": []}, "没有名称“活动儿”，是否指“活动”？"),
    ({}, {"馆情": []}, "没有名称“馆情”"),
    ({}, {"活动": [{"场次": 1}]}, "没有名称“活动.场次”，是否指“活动.场数”？"),
]


@pytest.mark.parametrize(("cells", "records", "message"), UNKNOWN)
def test_a_name_that_there_is_not_is_told_with_the_nearest(
    tiny: opening.OpenEdition, book: Workbook, cells: Any, records: Any, message: str
) -> None:
    with pytest.raises(Unusable) as caught:
        fill(book, tiny.layout, cells, records)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["馆情.馆明", "活动.场次", "馆情", "没有.场数"])
def test_there_is_no_address_of_a_name_that_there_is_not(
    tiny: opening.OpenEdition, name: str
) -> None:
    with pytest.raises(Unusable, match=f"没有名称“{name}”"):
        address(tiny.layout, name)


COMPUTED = [
    ({"馆情.开放时长": 1}, {}, "馆情.开放时长"),
    ({"活动.总计.场数": 1}, {}, "活动.总计.场数"),
    ({}, {"活动": [{"活动开销": 1}]}, "活动.活动开销"),
]


@pytest.mark.parametrize(("cells", "records", "name"), COMPUTED)
def test_what_the_program_computes_is_not_written(
    tiny: opening.OpenEdition, book: Workbook, cells: Any, records: Any, name: str
) -> None:
    with pytest.raises(Unusable, match=rf"^{name} 由程序计算，不能写入$"):
        fill(book, tiny.layout, cells, records)


def test_totals_of_a_received_table_are_written(tiny: opening.OpenEdition, book: Workbook) -> None:
    fill(book, tiny.layout, {"流通.藏书总量.中外文": 84000, "购置.总计.书款": 5}, {})
    assert at(book, tiny, "流通.藏书总量.中外文") == 84000
    assert at(book, tiny, "购置.总计.书款") == 5


def test_more_records_than_rows_are_refused_and_nothing_is_written(
    tiny: opening.OpenEdition, book: Workbook
) -> None:
    shops = [{"书商": f"第{n}家"} for n in range(9)]
    with pytest.raises(Unusable, match="【购置】表要写 9 行，只留了 8 行"):
        fill(book, tiny.layout, {"馆情.馆名": "馆"}, {"购置": shops})
    assert at(book, tiny, "馆情.馆名") is None
    fill(book, tiny.layout, {}, {"购置": shops[:8]})
    assert at(book, tiny, "购置.书商", 7) == "第7家"
