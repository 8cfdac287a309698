"""What a person changed in a document since it was built, told from a fingerprint of its
paragraphs.

A paragraph's text, for comparing, is that of its own w:t (a text box inside it has paragraphs of
its own) without white space: what Word or WPS do to runs, breaks, tabs and blanks when they save
is no change. Six hex digits stand for each. An empty paragraph more or less is no change either;
one that had a text is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from reportgen import files, messages
from reportgen.findings import Unusable
from reportgen.word.source import xml
from reportgen.word.source.sections import DOCUMENT
from reportgen.word.source.xml import Element, W

LISTED, SHOWN = 20, 60  # paragraphs told of one file, characters of each
_DIGITS = 6
# pairs: difflib is cubic where the same texts come again and again, and tables are full of them
_BEARABLE = 250_000
_TOKEN = re.compile("<w:p(?: [^>]*)?/?>|</w:p>|<w:t(?: [^>]*)?>[^<]+")

Gap = tuple[list[str], range]  # these paragraphs of before became those of now


def fingerprint(document: bytes) -> str:
    """The paragraphs of a document that this program wrote. Its XML is ours, so tokens do: a third
    of a parser's time."""
    with ZipFile(BytesIO(document)) as whole:
        part = whole.read(DOCUMENT).decode()
    texts: list[list[str]] = []
    opened: list[list[str]] = [[]]
    for token in _TOKEN.findall(part):
        if token[3] == "t":
            opened[-1].append(token[token.index(">") + 1 :])
        elif token[1] != "/":
            texts.append([])
            if token[-2] != "/":
                opened.append(texts[-1])
        elif len(opened) > 1:  # always, but for a comment in a template
            opened.pop()
    return _digits(unescape("".join(text)) for text in texts)


def _digits(texts: Iterable[str]) -> str:
    return "".join([sha256("".join(text.split()).encode()).hexdigest()[:_DIGITS] for text in texts])


_EMPTY = _digits([""])


def told(path: Path, before: str) -> list[str]:
    """The lines that tell a person what was changed in the file; `before` is its fingerprint when
    it was built."""
    try:
        root = xml.parse(files.parts(path)[DOCUMENT])
    except (Unusable, KeyError, OSError, etree.XMLSyntaxError):
        return [messages.EDITED_UNREADABLE]
    if root.tag != f"{W}document":
        return [messages.EDITED_UNREADABLE]
    changed, lost = _changes(_split(before), _texts(root))
    return [*_shown(root, changed), *_lost(lost)] or [messages.EDITED_NO_TEXT]


def _changes(before: list[str], now: dict[Element, str]) -> tuple[list[Element], int]:
    """The paragraphs that are not as they were, and how many are gone."""
    paragraphs = list(now)
    changed, lost = [], 0
    for earlier, present in _gaps(before, _split(_digits(now.values()))):
        written = sum(digits != _EMPTY for digits in earlier)
        changed += [paragraphs[n] for n in present if written or now[paragraphs[n]].strip()]
        lost += max(0, written - len(present))
    return changed, lost


def _texts(root: Element) -> dict[Element, str]:
    found: dict[Element, list[str]] = {paragraph: [] for paragraph in root.iter(f"{W}p")}
    for text, paragraph in xml.text_runs(root):
        found[paragraph].append(text.text or "")
    return {paragraph: "".join(texts) for paragraph, texts in found.items()}


def _shown(root: Element, changed: list[Element]) -> Iterator[str]:
    places = xml.places(root) if changed else {}
    for paragraph in changed[:LISTED]:
        text = " ".join(xml.paragraph_text(paragraph).split()) or messages.EDITED_EMPTY
        shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
        yield messages.EDITED_PARAGRAPH.format(place=places[paragraph], text=shown)
    if len(changed) > LISTED:
        yield messages.EDITED_MORE.format(count=len(changed))


def _lost(count: int) -> list[str]:
    return [messages.EDITED_LOST.format(count=count)] if count else []


def _split(digits: str) -> list[str]:
    return [digits[n : n + _DIGITS] for n in range(0, len(digits), _DIGITS)]


def _gaps(before: list[str], now: list[str], start: int = 0, alike: bool = False) -> Iterator[Gap]:
    """Where the two differ. Texts that each has once (`alike`: equally often) hold them together;
    the rest is compared."""
    i = j = 0
    for left, right in [*_anchors(before, now, alike), (len(before), len(now))]:
        yield from _between(before[i:left], now[j:right], start + j, alike)
        i, j = left + 1, right + 1


def _between(before: list[str], now: list[str], start: int, alike: bool) -> Iterator[Gap]:
    if before == now:
        return
    if len(before) * len(now) <= _BEARABLE:
        for kind, i, k, j, m in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            if kind != "equal":
                yield before[i:k], range(start + j, start + m)
    elif alike:
        yield before, range(start, start + len(now))
    else:
        yield from _gaps(before, now, start, alike=True)


def _anchors(before: list[str], now: list[str], alike: bool) -> Iterator[tuple[int, int]]:
    often, again = Counter(before), Counter(now)
    common = {
        text for text, count in often.items() if count == again[text] and (alike or count == 1)
    }
    left, right = _counted(before, common), _counted(now, common)
    matcher = SequenceMatcher(None, list(left), list(right), autojunk=False)
    i, j = list(left.values()), list(right.values())
    for a, b, size in matcher.get_matching_blocks():
        yield from zip(i[a : a + size], j[b : b + size], strict=True)


def _counted(digits: list[str], common: set[str]) -> dict[tuple[str, int], int]:
    """Where the first, second, … of each of these texts stands: as keys no two are alike, so
    difflib is quick."""
    seen: Counter[str] = Counter()
    found = {}
    for n, text in enumerate(digits):
        if text in common:
            seen[text] += 1
            found[text, seen[text]] = n
    return found
