"""Printed text as WordprocessingML: the one place where values are escaped."""

from __future__ import annotations

import re

from reportgen.word.template.runs import Site

_FIRST_BOOKMARK = 100000  # above any that a template has
_NO_XML = [*(i for i in range(32) if i not in (9, 10)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"} | dict.fromkeys(_NO_XML)
_SPECIAL = re.compile("[&<>\\x00-\\x08\\x0a-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")


def plain(text: str) -> bool:
    """Whether a text is one line that needs no escaping: nearly every one."""
    return _SPECIAL.search(text) is None


def escaped(text: str) -> str:
    """A text without what XML reserves or forbids."""
    return text if plain(text) else text.translate(_ESCAPES)


def bookmarked(text: str, site: Site, number: int) -> str:
    """A number of a sentence as a run, under the bookmark _rg`number`."""
    mark = f'w:id="{_FIRST_BOOKMARK + number}"'
    run = f"{site.open}{escaped(text)}{site.close}"
    return f'<w:bookmarkStart {mark} w:name="_rg{number}"/>{run}<w:bookmarkEnd {mark}/>'


def write(text: str, site: Site, out: list[str]) -> None:
    """Adds words as runs to what is written so far, each line a paragraph."""
    if plain(text):
        if text:
            out.append(f"{site.open}{text}{site.close}")
        return
    lines = [f"{site.open}{line.translate(_ESCAPES)}{site.close}" for line in text.split("\n")]
    last = lines.pop()
    if lines:
        _move_page(site, out)
        out.append(site.paragraph.join(lines) + site.final)
    out.append(last)


def _move_page(site: Site, out: list[str]) -> None:
    """Takes the page set-up out of the first paragraph: the last one has it."""
    if not site.page:
        return
    at = next(i for i in reversed(range(len(out))) if site.page in out[i])
    out[at] = "".join(out[at].rsplit(site.page, 1))
