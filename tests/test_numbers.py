"""Laws of numbers: rounding, arithmetic with units, the room that rounding leaves, comparisons as
printed."""

from __future__ import annotations

import decimal
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.findings import Place
from reportgen.language.comparisons import Change, Completion, Direction, Share
from reportgen.language.names import Name
from reportgen.language.numbers import (
    ZERO,
    Missing,
    MissingValue,
    Num,
    NumberError,
    formula,
    literal,
    round_half_up,
    sum_of,
)
from reportgen.language.slack import slack
from reportgen.language.units import RATIO, Unit

law = settings(max_examples=200, deadline=None)

YUAN = Unit("元", "元")
WAN = Unit("万元", "元", Decimal(10000))
HEADS = Unit("人", "人", places=0)
PERCENT = Unit("百分比", "", Decimal("0.01"))

ROUNDINGS = [
    decimal.ROUND_CEILING,
    decimal.ROUND_DOWN,
    decimal.ROUND_FLOOR,
    decimal.ROUND_HALF_DOWN,
    decimal.ROUND_HALF_EVEN,
    decimal.ROUND_HALF_UP,
    decimal.ROUND_UP,
    decimal.ROUND_05UP,
]
decimals = st.builds(
    lambda n, shift: Decimal(n).scaleb(-shift),
    st.integers(-(10**17), 10**17)
    | st.integers(-(10**4), 10**4).map(lambda n: 10 * n + 5),  # many halves
    st.integers(0, 6),
)
cents = st.integers(-(10**17), 10**17) | st.integers(-(10**4), 10**4).map(
    lambda n: 10000 * n + 5000
)  # halves in 万元
amounts = cents.map(lambda n: Decimal(n).scaleb(-2))
pairs = st.tuples(cents, st.one_of(st.just(0), st.integers(-30000, 30000), cents)).map(
    lambda p: (Decimal(p[0]).scaleb(-2), Decimal(p[0] + p[1]).scaleb(-2))
) | st.tuples(amounts, st.sampled_from([ZERO, Decimal("49.99"), Decimal(-50)]))


def yuan(value: object, name: str = "", half: object = 0) -> Num:
    return Num(
        Decimal(str(value)),
        YUAN,
        name=Name(name) if name else None,
        place=Place(sheet="表", cell=name),
        half=Decimal(str(half)),
    )


def wan(value: object) -> Num:
    return Num(Decimal(str(value)) * 10000, WAN)


def heads(value: int, name: str = "") -> Num:
    return Num(Decimal(value), HEADS, name=Name(name) if name else None)


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounding in whole numbers only."""
    size = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, 10**places)


def printed(num: Num, unit: Unit) -> Fraction:
    return Fraction(round_half_up(num.to(unit), unit.places))


# -- rounding
# --------------------------------------------------------------------------------------------------------------


@law
@given(decimals, st.integers(0, 4), st.sampled_from(ROUNDINGS))
def test_rounding_is_half_up_in_every_rounding_mode(value: Decimal, places: int, mode: str) -> None:
    with decimal.localcontext() as context:
        context.rounding = mode
        assert Fraction(round_half_up(value, places)) == half_up(Fraction(value), places)


def test_rounding_does_not_depend_on_the_precision_of_the_context() -> None:
    with decimal.localcontext() as context:
        context.prec = 6
        assert round_half_up(Decimal("12345678.905"), 2) == Decimal("12345678.91")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2.345", "2.35"),
        ("-2.345", "-2.35"),
        ("2.3449999", "2.34"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("7", "7.00"),
    ],
)
def test_halves_go_away_from_zero_and_decimals_are_filled_up(value: str, text: str) -> None:
    assert str(round_half_up(Decimal(value), 2)) == text


# -- algebra
# ---------------------------------------------------------------------------------------------------------------

trees = st.recursive(
    st.integers(0, 2),
    lambda tree: st.one_of(
        st.tuples(st.sampled_from("+-"), tree, tree),
        st.tuples(st.just("neg"), tree),
        st.tuples(st.just("sum"), st.lists(tree, min_size=1, max_size=3)),
        st.tuples(st.just("*"), tree, st.integers(-9, 9)),
        st.tuples(st.just("/"), tree, st.sampled_from([-8, -1, 2, 4, 5])),
    ),
    max_leaves=8,
)


def grown(tree, leaves, constant, total):
    """The value of a tree over three leaves, be they Num or Decimal."""

    def grow(node):
        match node:
            case int():
                return leaves[node]
            case ("+", a, b):
                return grow(a) + grow(b)
            case ("-", a, b):
                return grow(a) - grow(b)
            case ("neg", a):
                return -grow(a)
            case ("sum", several):
                return total([grow(one) for one in several])
            case ("*", a, k):
                return grow(a) * constant(k)
            case ("/", a, k):
                return grow(a) / constant(k)

    return grow(tree)


def as_num(tree, *leaves: Num) -> Num:
    return grown(tree, leaves, literal, sum_of)


def as_decimal(tree, *leaves: Decimal) -> Decimal:
    return grown(tree, leaves, Decimal, sum)


def used(tree) -> list[int]:
    """The leaves of a tree in the order of the formula, each once."""
    if isinstance(tree, int):
        return [tree]
    _, first, *rest = tree
    parts = first if isinstance(first, list) else [first, *rest] if tree[0] in "+-" else [first]
    return list(dict.fromkeys(leaf for part in parts for leaf in used(part)))


small = st.integers(-(10**6), 10**6).map(lambda n: Decimal(n).scaleb(-2))


@law
@given(trees, small, small, small)
def test_arithmetic_gives_what_decimals_give_and_keeps_the_unit(tree, a, b, c) -> None:
    num = as_num(tree, yuan(a), yuan(b), yuan(c))
    assert num.value == as_decimal(tree, a, b, c)
    assert num.unit is YUAN


@law
@given(small, small)
def test_division_of_like_by_like_is_a_ratio(a: Decimal, b: Decimal) -> None:
    if b:
        ratio = yuan(a) / yuan(b)
        assert (ratio.value, ratio.unit) == (a / b, RATIO)


@law
@given(amounts)
def test_every_unit_of_a_dimension_reads_the_same_amount(value: Decimal) -> None:
    num = Num(value, WAN)
    assert num.to(YUAN) == value
    assert num.to(WAN) * 10000 == value
    assert num.rounded(WAN).unit is WAN
    assert Fraction(num.rounded(WAN).value) == half_up(Fraction(value) / 10000, 2) * 10000


@pytest.mark.parametrize("empty", [sum_of([], HEADS), sum_of([], YUAN)])
def test_an_empty_sum_is_a_zero_of_its_unit(empty: Num) -> None:
    assert empty.value == 0
    assert empty.unit in (HEADS, YUAN)
    assert not empty


def test_a_number_is_true_unless_it_is_zero() -> None:
    assert yuan("0.01")
    assert yuan("-0.01")
    assert not yuan(0)


# -- units that do not fit
# -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (lambda: yuan(5, "收入") + heads(3, "编制"), ["收入（元）", "编制（人）"]),
        (lambda: yuan(5, "收入") - heads(3, "编制"), ["收入（元）", "编制（人）"]),
        (lambda: yuan(5, "收入") / heads(3, "编制"), ["收入（元）", "编制（人）"]),
        (lambda: yuan(5, "收入").compare(heads(3, "编制")), ["收入（元）", "编制（人）"]),
        (
            lambda: sum_of([yuan(5, "收入"), yuan(6), heads(3, "编制")]),
            ["收入（元）", "编制（人）"],
        ),
        (lambda: yuan(5, "收入") * yuan(3, "支出"), ["收入（元）", "支出（元）"]),
        (lambda: yuan(100, "收入").compare(literal(100)), ["收入（元）", "100（无单位）"]),
        (lambda: yuan(100, "收入") + literal(100), ["收入（元）", "100（无单位）"]),
        (lambda: literal(100) / yuan(5, "收入"), ["100（无单位）", "收入（元）"]),
        (lambda: yuan(5, "收入").to(HEADS), ["收入（元）", "人"]),
        (
            lambda: (yuan(5, "收入") - yuan(3, "支出")) + heads(3, "编制"),
            ["收入 − 支出（元）", "编制（人）"],
        ),
    ],
)
def test_units_that_do_not_fit_are_refused_by_both_names(operation, words: list[str]) -> None:
    with pytest.raises(NumberError) as refused:
        operation()
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize("divisor", [yuan(0, "预算"), Num(ZERO, name=Name("预算"))])
def test_division_by_zero_names_both_operands(divisor: Num) -> None:
    with pytest.raises(NumberError, match="决算 ÷ 预算"):
        yuan(5, "决算") / divisor


def test_a_bare_zero_fits_every_unit() -> None:
    assert yuan(5).compare(literal(0)) == 5
    assert literal(0).compare(heads(3)) == -3


@pytest.mark.parametrize(
    "x", [yuan(5), Num(Decimal(5), YUAN, "literal", half=ZERO)], ids=["cell", "元(5)"]
)
def test_a_bare_zero_never_takes_a_unit_away(x: Num) -> None:
    zero = literal(0)
    for result in (x + zero, zero + x, x - zero, -(zero - x), sum_of([x, zero]), sum_of([zero, x])):
        assert (result.value, result.unit) == (5, YUAN), formula(result)


def test_a_bare_zero_does_not_let_units_mix_behind_it() -> None:
    with pytest.raises(NumberError):
        sum_of([literal(0), yuan(5), heads(3)])


def test_a_zero_with_a_unit_is_not_bare() -> None:
    with pytest.raises(NumberError):
        heads(3) + Num(ZERO, YUAN, "literal", half=ZERO)


def test_a_number_cannot_become_text_without_a_format() -> None:
    with pytest.raises(NumberError, match="收入：打印数字要写明格式"):
        f"{yuan(5, '收入')}"


def test_a_missing_value_cannot_be_tested_and_says_which_it_is() -> None:
    with pytest.raises(MissingValue, match="收入 未填【表】B7"):
        bool(Missing(Name("收入"), Place(sheet="表", cell="B7")))


@pytest.mark.parametrize(
    ("num", "text"),
    [
        (yuan(1, "甲") - (yuan(2, "乙") - yuan(3, "丙")), "甲 − (乙 − 丙)"),
        ((yuan(1, "甲") + yuan(2, "乙")) / yuan(3, "丙"), "(甲 + 乙) ÷ 丙"),
        (-(yuan(1, "甲") + yuan(2, "乙")), "−(甲 + 乙)"),
        (yuan(1, "甲") * literal(Decimal("0.50")), "甲 × 0.5"),
        (sum_of([yuan(1, n) for n in "甲乙丙丁"]), "甲 + … + 丁（4 项之和）"),
    ],
)
def test_a_formula_reads_as_it_computes(num: Num, text: str) -> None:
    assert formula(num) == text


# -- cells and rounding room
# -----------------------------------------------------------------------------------------------


@law
@given(trees)
def test_leaves_are_the_cells_of_the_formula_each_once_in_order(tree) -> None:
    cells = [yuan(1, "甲"), yuan(2, "乙"), yuan(4, "丙")]
    assert [leaf.name for leaf in as_num(tree, *cells).leaves()] == [
        cells[i].name for i in used(tree)
    ]


@law
@given(trees, small, small, small)
def test_slack_is_the_sum_of_coefficients_times_halves(tree, a, b, c) -> None:
    halves = [Decimal("0.5"), Decimal(50), Decimal("0.005")]
    unit_vectors = [[Decimal(i == j) for j in range(3)] for i in range(3)]
    coefficients = [as_decimal(tree, *vector) for vector in unit_vectors]
    cells = [yuan(v, half=h) for v, h in zip((a, b, c), halves, strict=True)]
    assert slack(as_num(tree, *cells)) == sum(
        abs(k) * h for k, h in zip(coefficients, halves, strict=True)
    )


@law
@given(trees, small, small, small, st.tuples(*[st.sampled_from([-1, 0, 1])] * 3))
def test_no_rounding_of_the_cells_moves_a_number_beyond_its_slack(tree, a, b, c, moves) -> None:
    num = as_num(tree, *(yuan(v, half=50) for v in (a, b, c)))
    moved = as_decimal(tree, *(v + 50 * m for v, m in zip((a, b, c), moves, strict=True)))
    assert abs(moved - num.value) <= slack(num)


def test_the_same_cell_on_both_sides_leaves_no_room() -> None:
    a, b = yuan(7, half=50), yuan(9, half=50)
    assert slack(a - a) == 0
    assert slack((a + b) - a) == 50
    assert slack(a - yuan(7, half=50)) == 100


def test_a_sign_does_not_change_the_room() -> None:
    a = yuan(-7, half=50)
    assert slack(-a) == slack(abs(a)) == slack(a * literal(-1)) == 50
    assert slack(a + abs(a)) == 0


def test_a_total_with_a_half_of_its_own_is_one_cell() -> None:
    a, b = yuan(7, "甲", half=50), yuan(9, "乙", half=50)
    total = Num(
        Decimal(16),
        YUAN,
        "sum",
        (a, b),
        Name("合计"),
        Place(sheet="表", cell="C9"),
        half=Decimal(30),
    )
    assert slack(total) == 30
    assert slack(total - a) == 80
    assert slack(total + total) == 60
    assert [str(leaf.name) for leaf in total.leaves()] == ["甲", "乙"]


def test_what_was_rounded_or_written_in_the_formula_is_exact() -> None:
    assert slack(yuan(7, half=50).rounded(WAN)) == 0
    assert slack(literal(3) + literal(4)) == 0


# -- changes
# ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "base", "kind"),
    [
        (5, 3, Direction.RISE),
        (3, 5, Direction.FALL),
        (0, 5, Direction.FALL),
        (5, 5, Direction.UNCHANGED),
        (0, 0, Direction.UNCHANGED),
        ("3198.031", "3198.034", Direction.UNCHANGED),
        ("3198.036", "3198.034", Direction.RISE),
        ("0.004", "-0.004", Direction.UNCHANGED),
        (5, 0, Direction.ZERO_BASE),
        (5, "0.004", Direction.ZERO_BASE),
        (5, "-0.004", Direction.ZERO_BASE),
        (-5, 3, Direction.SIGN_CHANGE),
        (3, -5, Direction.SIGN_CHANGE),
        (0, -5, Direction.SIGN_CHANGE),
        (-5, -3, Direction.SIGN_CHANGE),
    ],
)
def test_the_kind_of_a_change_is_decided_on_the_printed_amounts(
    current: object, base: object, kind: Direction
) -> None:
    assert Change(wan(current), wan(base), WAN).kind is kind


@law
@given(pairs)
def test_a_reader_can_recompute_amount_and_rate_from_the_printed_numbers(
    pair: tuple[Decimal, Decimal],
) -> None:
    current, base = Num(pair[0], WAN), Num(pair[1], WAN)
    change = Change(current, base, WAN)
    gap = printed(current, WAN) - printed(base, WAN)
    assert printed(change.amount, WAN) == abs(gap)
    assert (change.kind is Direction.UNCHANGED) == (gap == 0)
    if change.kind in (Direction.RISE, Direction.FALL):
        assert printed(change.rate, PERCENT) == half_up(100 * abs(gap) / printed(base, WAN), 2)


@law
@given(pairs)
def test_the_direction_never_contradicts_the_printed_numbers(pair: tuple[Decimal, Decimal]) -> None:
    current, base = Num(pair[0], WAN), Num(pair[1], WAN)
    change = Change(current, base, WAN)
    gap = printed(current, WAN) - printed(base, WAN)
    assert change.rises == (gap > 0)
    if change.kind is Direction.FALL:
        assert gap < 0
    if change.kind in (Direction.RISE, Direction.ZERO_BASE):
        assert gap > 0


@law
@given(pairs)
def test_a_change_and_its_reverse_have_one_amount_and_opposite_directions(
    pair: tuple[Decimal, Decimal],
) -> None:
    there, back = (Change(Num(a, WAN), Num(b, WAN), WAN) for a, b in (pair, pair[::-1]))
    assert there.amount.value == back.amount.value
    assert (
        (there.kind is Direction.UNCHANGED)
        == (back.kind is Direction.UNCHANGED)
        == (there.rises == back.rises)
    )


@law
@given(pairs)
def test_an_exact_change_rounds_nothing(pair: tuple[Decimal, Decimal]) -> None:
    change = Change(Num(pair[0], WAN), Num(pair[1], WAN), None)
    assert change.amount.value == abs(pair[0] - pair[1])
    assert (change.kind is Direction.UNCHANGED) == (pair[0] == pair[1])


def test_a_change_from_zero_has_no_rate() -> None:
    with pytest.raises(NumberError, match="除数为 0"):
        _ = Change(wan(5), wan(0), WAN).rate


def test_a_change_between_units_is_refused() -> None:
    with pytest.raises(NumberError):
        _ = Change(wan(5), heads(5), WAN).kind


def test_a_number_can_be_compared_with_a_bare_zero() -> None:
    assert Change(wan(5), literal(0), WAN).kind is Direction.ZERO_BASE
    assert Change(wan("0.004"), literal(0), WAN).kind is Direction.UNCHANGED


# -- shares
# ----------------------------------------------------------------------------------------------------------------


@law
@given(amounts, amounts, st.sampled_from([Share, Completion]))
def test_a_reader_can_recompute_a_share_from_the_printed_numbers(
    part: Decimal, whole: Decimal, kind: type[Share]
) -> None:
    a, b = Num(part, WAN), Num(whole, WAN)
    share = kind(a, b, WAN)
    assert share.undefined == (printed(b, WAN) == 0)
    if not share.undefined:
        assert printed(share.rate, PERCENT) == half_up(100 * printed(a, WAN) / printed(b, WAN), 2)


@pytest.mark.parametrize("kind", [Share, Completion])
@pytest.mark.parametrize("whole", [0, "0.004", "-0.004"])
def test_a_share_of_what_prints_as_zero_is_undefined(kind: type[Share], whole: object) -> None:
    share = kind(wan(5), wan(whole), WAN)
    assert share.undefined
    with pytest.raises(NumberError, match="除数为 0"):
        _ = share.rate


def test_an_exact_share_rounds_nothing() -> None:
    share = Share(wan("0.001"), wan("0.004"), None)
    assert not share.undefined
    assert share.rate.value == Decimal("0.25")


def test_a_share_of_another_unit_is_refused() -> None:
    with pytest.raises(NumberError):
        _ = Share(wan(5), heads(5), None).rate
