"""Scanners over the text of a report: each yields what is wrong, line by line. Lines are those of
`word.show.lines`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

Lines = list[str]
N = r"(-?[\d.]+)"
LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|None|(?<![A-Za-z])[Nn]a[Nn](?![A-Za-z])|Missing|未填|【[^】]*\."
)
DOUBLED = re.compile(
    r"。。|，，|；；|：：|、、|；。|，。|：。|、。|。，|。；|：；|；，|，；|，、|、，|：，"
)
NEGATIVE = re.compile(r"(?:增加|减少|增长|下降|提高|降低)-")
PAIRS = {"）": "（", ")": "(", "】": "【", "]": "[", "”": "“", "》": "《"}
DIGITS = "零一二三四五六七八九"
ORDINALS = (
    r"第([一二三四五六七八九十]+)部分　",
    r"([一二三四五六七八九十]+)、",
    r"（([一二三四五六七八九十]+)）",
    r"(\d+)\.(?!\d)",
    r"（(\d+)）",
)


def bare(line: str) -> str:
    """A line without the name of its style."""
    return re.sub(r"^\[\w+\] ", "", line)


def texts(lines: Iterable[str]) -> Iterator[str]:
    """Every paragraph and every cell."""
    for line in lines:
        yield from (
            (cell.strip() for cell in line.strip("| ").split(" | "))
            if line.startswith("| ")
            else (bare(line),)
        )


def found(pattern: re.Pattern[str]) -> Callable[[Lines], Iterator[str]]:
    """The scanner for a pattern that may stand nowhere."""
    return lambda lines: (text for text in texts(lines) if pattern.search(text))


def brackets(lines: Lines) -> Iterator[str]:
    """Brackets that are not closed by their own kind."""
    for text in texts(lines):
        opened: list[str] = []
        for sign in text:
            if sign in PAIRS.values():
                opened.append(sign)
            elif sign in PAIRS and (not opened or opened.pop() != PAIRS[sign]):
                opened.append("?")
        if opened:
            yield text


def ordinals(lines: Lines) -> Iterator[str]:
    """Ordinals that do not follow the one before, in the report and in each review that stands in
    it."""
    own: Lines = []
    review: Lines = []
    inside = False
    for line in (line for line in lines if not re.match(r"\| |\[Contents|(附件：)?\d\.《", line)):
        if line.startswith(("[ReviewTitle", "[Part", "[Heading")):
            yield from _unordered(review)
            review, inside = [], False
        inside = inside or line.startswith("[Review")
        (review if inside else own).append(line)
    yield from _unordered(review)
    yield from _unordered(own)


def _unordered(lines: Lines) -> Iterator[str]:
    """A list begins anew under a higher one and after a plain paragraph."""
    last = [0] * len(ORDINALS)
    for line in lines:
        text = bare(line)
        level, match = next(
            ((i, m) for i, p in enumerate(ORDINALS) if (m := re.match(p, text))),
            (len(ORDINALS) - 2, None),
        )
        if match is None:
            plain = not line.startswith("[")
            last[level:] = [
                -abs(n) if plain else n for n in last[level:]
            ]  # the list may go on, or begin anew
            continue
        n, before = cardinal(match[1]), last[level]
        if n != abs(before) + 1 and not (n == 1 and before <= 0):
            yield line
        last[level:] = [n, *[0] * (len(last) - level - 1)]


def reasons(lines: Lines) -> Iterator[str]:
    """一是…；二是… that do not run on, stand alone, or stand inside a phrase."""
    for text in texts(lines):
        for sentence in text.split("。"):
            numbers = [
                cardinal(n) for n in re.findall(r"[：；]([一二三四五六七八九十]+)是", sentence)
            ]
            if (
                numbers != list(range(1, len(numbers) + 1))
                or len(numbers) == 1
                or re.search(r"是[一二三]是", sentence)
            ):
                yield sentence


def cardinal(text: str) -> int:
    """一 to 九十九, or digits."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.index(tens or "一") * 10 if ten else 0) + (DIGITS.index(ones) if ones else 0)


def rate(part: Decimal, whole: Decimal) -> Decimal:
    """A percentage with two decimals, half up; 0 of 0."""
    return (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else Decimal(0)


def order(a: Decimal, b: Decimal, words: tuple[str, str, str]) -> str:
    """The word for a against b: more, less, the same."""
    return words[0] if a > b else words[1] if a < b else words[2]


# -- sentences whose numbers can be reckoned anew
# ---------------------------------------------------------------------------

BUDGETED = re.compile(
    rf"年初预算{N}万元，决算{N}万元(?:，完成{N}%)?"
    rf"(?:，决算数(..)预算数|，(?:比年初预算(..){N}万元|(与年初预算持平)))?"
)
UNBUDGETED = re.compile(
    rf"费决算{N}万元，(?:为年初预算的{N}%|年初未安排预算)(?:，(?:比年初预算(..){N}万元|(与年初预算持平)))?"
)
CHANGED = re.compile(
    rf"^[^万]*?{N}万元.*?(?:各|合计|支出|预算数|年度)(增加|减少){N}万元，(?:(增长|下降){N}%|上年为0，不计算增长率)"
)
SHARES = re.compile(rf"[^；：万]*?{N}万元，占{N}%")
CLASS = re.compile(rf"^\d+\..*（类）{N}万元，占{N}%")
SPENT = re.compile(
    rf"预算数?为?{N}万元(?:（其中[^）]*）)?，(?:执行数|实际支出)为?{N}万元(?:（其中[^）]*）)?，(?:完成预算的|执行率为?){N}%"
)
EARNED = re.compile(rf"率为{N}%，按{N}分计算，得{N}分")
OF_SPENDING = re.compile(rf"度一般公共预算财政拨款支出{N}万元，在本年支出合计中占{N}%")
BOUGHT = re.compile(
    rf"合计{N}万元.*?授予中小企业的有{N}万元，占采购支出的{N}%(?:，其中小微企业{N}万元，占中小企业的{N}%)?"
)


def claims(lines: Lines) -> Iterator[tuple[str, bool]]:
    """Every sentence with numbers that can be reckoned anew, and whether they agree."""
    first = spent = Decimal(0)
    for text in (bare(line) for line in lines if not line.startswith("| ")):
        for match in BUDGETED.finditer(text):
            yield match[0], budgeted(*match.groups())
        for match in UNBUDGETED.finditer(text):
            yield match[0], unbudgeted(*match.groups())
        if match := CHANGED.search(text):
            yield match[0], changed(*match.groups())
        wholes = re.findall(rf"{N}万元", text)
        for part, share in SHARES.findall(
            re.split("按来源看：|按性质看：", text)[-1] if "按" in text else ""
        ):
            yield (
                f"{text[:20]} {part} {share}",
                rate(Decimal(part), Decimal(wholes[0])) == Decimal(share),
            )
        if match := re.search(rf"度支出合计{N}万元", text):
            spent = Decimal(match[1])
        if match := OF_SPENDING.search(text):
            yield match[0], rate(Decimal(match[1]), spent) == Decimal(match[2])
        if match := CLASS.search(text):
            yield text, rate(Decimal(match[1]), first) == Decimal(match[2])
        elif wholes:
            first = Decimal(wholes[0])
        if match := SPENT.search(text):
            yield match[0], rate(Decimal(match[2]), Decimal(match[1])) == Decimal(match[3])
        if match := EARNED.search(text):
            percent, full, earned = map(Decimal, match.groups())
            yield match[0], abs(min(percent, Decimal(100)) * full / 100 - earned) < Decimal("0.01")
        if match := BOUGHT.search(text):
            whole, small, share, micro, its = (Decimal(n or 0) for n in match.groups())
            yield match[0], (rate(small, whole), rate(micro, small)) == (share, its)


def budgeted(
    budget: str,
    spent: str,
    done: str | None,
    word: str | None,
    more: str | None,
    gap: str | None,
    same: str | None,
) -> bool:
    """年初预算A，决算B，完成P%，决算数大于预算数 (or 比年初预算增加C万元)."""
    a, b = Decimal(budget), Decimal(spent)
    right = done is None if a == 0 else rate(b, a) == Decimal(done or -1)
    right &= word is None or word == order(b, a, ("大于", "小于", "等于"))
    right &= more is None or (
        more == order(b, a, ("增加", "减少", "")) and Decimal(gap or 0) == abs(b - a)
    )
    return right and (same is None or a == b)


def unbudgeted(
    spent: str, done: str | None, more: str | None, gap: str | None, same: str | None
) -> bool:
    """决算B，为年初预算的P%，比年初预算减少C万元, the budget itself not printed."""
    b, c = Decimal(spent), Decimal(gap or 0) * (-1 if more == "减少" else 1)
    if done is None:
        return more in (None, "增加") and (more is None or b == c)
    return Decimal(done) == 0 == b or rate(b, b - c) == Decimal(done)


def changed(now: str, more: str, gap: str, up: str | None, percent: str | None) -> bool:
    """T …增加C万元，增长P%."""
    before = Decimal(now) - Decimal(gap) * (-1 if more == "减少" else 1)
    if percent is None:
        return before == 0 and more == "增加"
    return (more == "增加") == (up == "增长") and rate(Decimal(gap), before) == Decimal(percent)


def wrong(lines: Lines) -> Iterator[str]:
    """The claims that do not hold, and percentages and directions against nothing."""
    yield from (claim for claim, right in claims(lines) if not right)


SCANNERS: dict[str, Callable[[Lines], Iterator[str]]] = {
    "left over": found(LEFT_OVER),
    "doubled punctuation": found(DOUBLED),
    "two blanks": found(re.compile(r"[ \u3000]{2}|\s$|^\s")),
    "brackets": brackets,
    "half-width in Chinese": found(
        re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    ),
    "negative direction": found(NEGATIVE),
    "ordinals": ordinals,
    "reasons": reasons,
    "reckoned anew": wrong,
}
