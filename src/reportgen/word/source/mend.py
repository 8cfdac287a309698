"""What input methods and AutoCorrect do inside a tag, undone: full-width signs, curly quotes, odd
blanks, capitals.

Only what stands inside a tag is touched, and of that nothing between quotation marks. Each mended
tag is told in a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from reportgen import messages
from reportgen.findings import Severity
from reportgen.word.source.tags import Fault, Paragraph

_BLANKS = " \u00a0\u2002\u2003\u2009\u200b\u202f\u2060\u3000\ufeff"
_SIGNS = {"{": "{｛「", "%": "%％", "#": "#＃"}
_CLOSES = {
    sign: re.compile(f"[{'}｝」' if sign == '{' else _SIGNS[sign]}][{_BLANKS}]{{0,3}}[}}｝」]")
    for sign in _SIGNS
}
_END = {"{": "}}", "%": "%}", "#": "#}"}
_QUOTES = {"'": "'‘’`", '"': '"“”„'}  # the straight one, and all that stand for it
_HALF = dict(zip("。｡·、【】《》〈〉—–−", "...,[]<><>---", strict=True)) | {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
}
_STATEMENT = re.compile(
    r"(\{%[-+]?)(\s*)(?:(tr|tc|p|r)(\s+))?(for|if|elif|else|endif|endfor)\b", re.I
)
_ODD = re.compile(f"[！-～{_BLANKS[1:]}{''.join(_HALF)}‘’`“”„]")  # all that is never meant
_LONGEST = 1000  # a longer tag is a fault anyway


def mend(content: list[Paragraph]) -> list[Fault]:
    """Mends the tags of these paragraphs where they stand; a note for each that needed it."""
    notes = []
    for paragraph in content:
        text = paragraph.text
        edits = [(start, end, new) for start, end, new in _tags(text) if new != text[start:end]]
        if edits:
            _write(paragraph, edits)
        shift = 0
        for start, end, new in edits:
            tag = paragraph.tag(start + shift, start + shift + len(new))
            shift += len(new) - (end - start)
            notes.append(
                tag.fault(messages.TAG_MENDED.format(old=text[start:end], new=new), Severity.NOTE)
            )
    return notes


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Where something stands that means a tag, and how it should read; linear, whatever does not
    close."""
    at, open_signs = 0, dict(_SIGNS)
    while open_signs:
        found = _opening("".join(open_signs.values())).search(text, at)
        if found is None:
            return
        sign = next(s for s, alike in open_signs.items() if found[1] in alike)
        close = _CLOSES[sign].search(text, found.end())
        if close is None:
            del open_signs[sign]  # nor will a later one close
            at = found.start() + 1
        else:
            at = close.end()
            yield found.start(), at, _tag(sign, text[found.end() : close.start()])


@cache
def _opening(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{{｛「][{_BLANKS}]{{0,3}}([{signs}])")


def _tag(sign: str, inner: str) -> str:
    if sign != "#" and len(inner) <= _LONGEST and _ODD.search(inner):
        inner = _half_width(inner)
    whole = f"{{{sign}{inner}{_END[sign]}"
    return _STATEMENT.sub(_statement, whole, count=1) if sign == "%" else whole


def _half_width(text: str) -> str:
    """An expression with the signs that the keyboard would give without an input method; quoted
    text is left alone."""
    out, at = [], 0
    while at < len(text):
        straight = next((s for s, alike in _QUOTES.items() if text[at] in alike), "")
        end = text.find(straight, at + 1) if straight and straight == text[at] else -1
        if straight and end < 0:
            end = next((i for i in range(at + 1, len(text)) if text[i] in _QUOTES[straight]), -1)
        if end < 0:
            out.append(_half(text[at]))
            at += 1
        else:
            out.append(straight + text[at + 1 : end] + straight)
            at = end + 1
    return "".join(out)


def _half(sign: str) -> str:
    if "！" <= sign <= "～":
        return unicodedata.normalize("NFKC", sign)
    if sign in _BLANKS:
        return " " if unicodedata.category(sign) == "Zs" else ""
    return _HALF.get(sign, sign)


def _statement(found: re.Match[str]) -> str:
    """{% P If → {%p if: AutoCorrect writes the first letter of a sentence or a cell large."""
    lead, gap, kind, blank, word = found.groups()
    return f"{lead}{kind.lower()}{blank}{word.lower()}" if kind else f"{lead}{gap}{word.lower()}"


def _write(paragraph: Paragraph, edits: list[tuple[int, int, str]]) -> None:
    """Writes each new text into the run where the old one begins; the other runs lose their share
    of it."""
    at = 0
    for _, run in paragraph.runs:
        text, first = run.text or "", at
        at += len(text)
        out, done = [], first
        for start, end, new in edits:
            if end > first and start < at:
                out += [
                    text[done - first : max(start, first) - first],
                    new if start >= first else "",
                ]
                done = min(end, at)
        run.text = "".join([*out, text[done - first :]])
    paragraph.read()
