"""Section files within others, cells merged down a column, boxes ticked, prose as items."""

from __future__ import annotations

from pathlib import Path

import pytest
from wordml import (
    EDITION,
    Desk,
    W,
    missing,
    names_place,
    p,
    part,
    parts,
    tbl,
    tc,
    texts,
    tr,
    zipped,
)

from reportgen.findings import EditionFault
from reportgen.word.printing.render import RenderFault

ORDINALS = '[conventions]\nordinals = ["第{一}编", "{一}、", "{1}."]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, EDITION + ORDINALS)
    (made.folder / "件").mkdir()
    return made


def piece(desk: Desk, name: str, *body: str) -> None:
    """Writes a file that others may insert."""
    (desk.folder / "件" / f"{name}.docx").write_bytes(zipped(parts(*body)))


def faults(desk: Desk, *body: str) -> list[str]:
    desk.section(*body)
    with pytest.raises(EditionFault) as raised:
        desk.tried()
    assert all(names_place(f) for f in raised.value.faults)
    return raised.value.faults


def fault(desk: Desk, *body: str) -> str:
    return faults(desk, *body)[0]


# -- 插入
# --------------------------------------------------------------------------------------------------------------------


def test_a_file_takes_the_place_of_its_tag(desk: Desk) -> None:
    piece(desk, "语", p("名为{{ 甲.名 }}"), tbl(tr(tc("格"), tc("{{ 甲.类 }}"))), p("尾"))
    data = desk.print(p("前"), p("{{ 插入('件/语') }}"), p("后"))
    assert texts(data) == ["前", "名为某局", "格", "部门", "尾", "后"]


def test_an_inserted_file_sees_the_row_of_the_loop(desk: Desk) -> None:
    piece(desk, "行", p("{{ 次(2) }}{{ 行.项 }}：{{ 行.额|元 }}"))
    body = [
        p("{%p for 行 in 乙 %}"),
        p("{{ 次(1) }}目"),
        p("{{ 插入('件/行', '续') }}"),
        p("{%p endfor %}"),
    ]
    assert texts(desk.print(*body)) == ["一、目", "1.一：1元", "二、目", "1.二：2.5元"]


def test_numbering_begins_anew_or_goes_on(desk: Desk) -> None:
    piece(desk, "号", p("{{ 次(1) }}内"))
    anew = [p("{{ 次(1) }}外"), p("{{ 插入('件/号') }}"), p("{{ 次(1) }}外")]
    assert texts(desk.print(*anew)) == ["一、外", "一、内", "二、外"]
    on = [p("{{ 次(1) }}外"), p("{{ 插入('件/号', '续') }}"), p("{{ 次(1) }}外")]
    assert texts(desk.print(*on)) == ["一、外", "二、内", "三、外"]


def test_files_within_files_and_the_same_twice(desk: Desk) -> None:
    piece(desk, "里", p("里"))
    piece(desk, "外", p("{{ 插入('件/里') }}"), p("外"), p("{{ 插入('件/里') }}"))
    assert texts(desk.print(p("{{ 插入('件/外') }}"), p('{{ 插入("件/里") }}'))) == [
        "里",
        "外",
        "里",
        "里",
    ]


def test_an_insertion_only_under_a_condition(desk: Desk) -> None:
    piece(desk, "语", p("话"))
    body = [
        p("{%p if 甲.类 == '单位' %}"),
        p("{{ 插入('件/语') }}"),
        p("{%p else %}"),
        p("无"),
        p("{%p endif %}"),
    ]
    assert texts(desk.print(*body)) == ["无"]
    assert texts(desk.print(*body, 类="单位")) == ["话"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([p("{{ 插入('件/雨') }}")], "没有可以插入的模板“件/雨”，是否指“件/语”"),
        ([p("{{ 插入('../件/语') }}")], "没有可以插入的模板"),
        ([p("{{ 插入(甲.名) }}")], "没有可以插入的模板"),
        ([p("见：{{ 插入('件/语') }}")], "要单独占一段"),
        ([tbl(tr(tc("{{ 插入('件/语') }}")))], "要在正文里"),
        ([p("{{ 插入('件/圈') }}")], "绕了一圈"),
    ],
)
def test_an_insertion_that_cannot_be(desk: Desk, body: list[str], told: str) -> None:
    piece(desk, "语", p("话"))
    piece(desk, "圈", p("{{ 插入('件/圈') }}"))
    assert told in fault(desk, *body)


def test_a_fault_in_an_inserted_file_names_that_file(desk: Desk) -> None:
    piece(desk, "错", p("好"), p("{{ 甲.明 }}"))
    told = fault(desk, p("{{ 插入('件/错') }}"))
    assert told.startswith("样/件/错.docx 正文第2段：")
    assert "甲 没有“明”" in told


@pytest.mark.parametrize("around", ["{{ 插入('件/断') }}", "{%p if 大 %}"])
def test_a_broken_tag_in_an_inserted_file_is_the_one_fault(desk: Desk, around: str) -> None:
    piece(desk, "断", p("{%p endif"), p("{{ 甲.名 }}"))
    end = p("{%p endif %}" if "if" in around else "")
    (told,) = faults(desk, p(around), p("{{ 插入('件/断') }}"), end)
    assert told.startswith("样/件/断.docx 正文第1段：标签没有写完整")


def test_an_insertion_beside_another_tag_is_the_one_fault(desk: Desk) -> None:
    piece(desk, "语", p("话"))
    (told,) = faults(desk, p("{{ 甲.名 }}{{ 插入('件/语') }}"))
    assert "要单独占一段" in told


def test_what_an_inserted_file_lacks_is_told_with_its_place(desk: Desk) -> None:
    piece(desk, "缺", p("{{ 甲.名 }}"))
    desk.section(p("{{ 插入('件/缺') }}"))
    with pytest.raises(RenderFault, match=r"件/缺.docx 正文第1段：甲.名 未填"):
        desk.printed(desk.names(名=missing("甲.名")))


@pytest.mark.parametrize(
    ("inserted", "told"),
    [
        (["{%p endif %}", "文"], "endif 没有对应的开头"),
        (["{%p if 大 %}", "文"], "{%p if 大 %} 没有对应的 endif"),
    ],
)
def test_a_block_does_not_go_out_of_an_inserted_file(
    desk: Desk, inserted: list[str], told: str
) -> None:
    """The block round the insertion is whole: nothing is said of it."""
    piece(desk, "块", *map(p, inserted))
    (found,) = faults(desk, p("{%p if 大 %}"), p("{{ 插入('件/块') }}"), p("{%p endif %}"))
    assert found.startswith("样/件/块.docx 正文第1段：")
    assert told in found


# -- 纵并
# --------------------------------------------------------------------------------------------------------------------

ROWS = [("甲", "1"), ("甲", "1"), ("甲", "2"), ("乙", "2"), ("丙", "2")]
LOOP = [tr(tc("{%tr for 行 in 乙 %}"), tc(""))], [tr(tc("{%tr endfor %}"), tc(""))]


def merged(data: bytes) -> list[list[str]]:
    """Per row and cell: begins a merged cell (起), goes on in it (续), stands alone (独)."""
    signs = {"restart": "起", None: "续", "continue": "续"}
    found = []
    for row in part(data).iter(f"{W}tr"):
        found.append([])
        for cell in row.iter(f"{W}tc"):
            sign = cell.find(f"{W}tcPr/{W}vMerge")
            found[-1].append("独" if sign is None else signs[sign.get(f"{W}val")])
    return found


def table(desk: Desk, first: str, second: str, rows: list[tuple[str, str]]) -> bytes:
    opening, closing = LOOP
    desk.section(tbl(*opening, tr(tc(first), tc(second)), *closing))
    return desk.printed(desk.names(rows=rows))[0]


def test_equal_neighbours_become_one_cell(desk: Desk) -> None:
    data = table(desk, "{{ 行.项|纵并 }}", "{{ 行.额|元 }}", ROWS)
    assert [row[0] for row in merged(data)] in (
        ["起", "续", "续", "独", "独"],
        ["起", "续", "续", "起", "起"],
    )
    assert [t for t in texts(data) if t] == ["甲", "1元", "1元", "2元", "乙", "2元", "丙", "2元"]


def test_a_second_level_ends_where_the_first_does(desk: Desk) -> None:
    """2 stands in three rows that follow each other, but under 甲, 乙 and 丙."""
    data = table(desk, "{{ 行.项|纵并 }}", "{{ 行.额|元|纵并 }}", ROWS)
    assert [cell == "续" for row in merged(data) for cell in row] == [
        *(False, False),
        *(True, True),
        *(True, False),
        *(False, False),
        *(False, False),
    ]


def test_other_text_of_a_merged_cell_stands_once(desk: Desk) -> None:
    data = table(desk, "{{ 行.项|纵并 }}（组）", "{{ 行.额|元 }}", ROWS[:2])
    assert texts(data).count("甲（组）") == 1


def test_merging_outside_a_table_is_a_fault(desk: Desk) -> None:
    assert "只能用在表格的格里" in fault(desk, p("{{ 甲.名|纵并 }}"))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("{{ 行.项|纵并 }}{% endif %}", "", "endif 没有对应的开头"),
        ("{{ 行.项|纵并 }}{% endfor %}", "", "endfor 没有对应的开头"),
        ("{% if 大 %}{{ 行.项|纵并 }}", "", "{% if 大 %} 没有对应的 endif"),
        ("{% if 大 %}{{ 行.项|纵并 }}", "{% endif %}", "{% if 大 %} 没有对应的 endif"),
    ],
)
def test_a_block_does_not_go_out_of_a_merged_cell(
    desk: Desk, first: str, second: str, told: str
) -> None:
    opening, closing = LOOP
    (found,) = faults(desk, tbl(*opening, tr(tc(first), tc(second)), *closing))
    assert found.startswith("样/report/1-节.docx 表1第2行第1格：")
    assert told in found


# -- 勾选, 分条
# ----------------------------------------------------------------------------------------------------------------


def test_a_box_is_ticked(desk: Desk) -> None:
    assert texts(desk.print(p("部门{{ 勾选(甲.类, '部门') }}单位{{ 勾选(甲.类, '单位') }}"))) == [
        "部门☑单位□"
    ]
    desk.section(p("{{ 勾选(甲.类, '部门') }}"))
    with pytest.raises(RenderFault, match="未填"):
        desk.printed(desk.names(类=missing("甲.类")))


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("一事。", ["一事。"]),
        ("1、一事；\n2、二事", ["1.一事。", "2.二事。"]),
        ("（一）一事。\n（二）二事。\n三、末事！", ["1.一事。", "2.二事。", "3.末事！"]),
        ("① 一事\n②二事", ["1.一事。", "2.二事。"]),
        ("2022年一事\n3.5倍二事", ["1.2022年一事。", "2.3.5倍二事。"]),
    ],
)
def test_prose_as_items(desk: Desk, prose: str, printed: list[str]) -> None:
    """Numbers that people pasted give way to those of the list; numbers that say something stay."""
    assert texts(desk.print(p("{{ 分条(甲.文, 2) }}"), 文=prose)) == printed


def test_pasted_numbering_is_not_doubled(desk: Desk) -> None:
    assert texts(desk.print(p("{{ 次(2) }}{{ 甲.文 }}"), 文="1、一事。")) == ["1.一事。"]


def test_items_of_an_empty_cell_are_a_fault(desk: Desk) -> None:
    desk.section(p("{{ 分条(甲.文, 2) }}"))
    with pytest.raises(RenderFault, match=r"甲\.文 未填"):
        desk.printed(desk.names(文=missing("甲.文")))
