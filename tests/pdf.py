"""What stands where on the pages of a PDF, in points from the upper left corner, as poppler's
programs tell it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_XHTML = "{http://www.w3.org/1999/xhtml}"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAME_LINE = 6.0  # words whose middles lie nearer than this stand on one line
_DPI = 144


@dataclass(frozen=True)
class Box:
    """A word, a line or a frame."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, eq=False)
class Page:
    file: Path
    number: int
    width: float
    height: float
    words: list[Box]

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    def ink(self) -> tuple[float, float]:
        """How far left and right anything is printed: text, and the rules of tables."""
        command = [
            "pdftoppm",
            "-gray",
            "-r",
            str(_DPI),
            "-f",
            str(self.number),
            "-l",
            str(self.number),
            str(self.file),
        ]
        _, size, _, dots = subprocess.run(
            command, check=True, capture_output=True, timeout=60
        ).stdout.split(b"\n", 3)
        width = int(size.split()[0])
        dark = [x for x in range(width) if min(dots[x::width]) < 128]
        return dark[0] * 72 / _DPI, (dark[-1] + 1) * 72 / _DPI


def pages(file: Path) -> list[Page]:
    """The pages of a PDF with their words."""
    command = ["pdftotext", "-bbox-layout", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    found = ElementTree.fromstring(_NO_XML.sub("", text)).iter(f"{_XHTML}page")
    return [
        Page(file, n, *_numbers(p, "width", "height"), [_word(w) for w in p.iter(f"{_XHTML}word")])
        for n, p in enumerate(found, 1)
    ]


def _word(node: ElementTree.Element) -> Box:
    return Box(*_numbers(node, "xMin", "yMin", "xMax", "yMax"), node.text or "")


def _numbers(node: ElementTree.Element, *names: str) -> list[float]:
    return [float(node.attrib[name]) for name in names]


def lines(words: Iterable[Box]) -> list[Box]:
    """Words joined to lines, from the top down."""
    found: list[list[Box]] = []
    for word in sorted(words, key=lambda w: w.middle):
        if found and word.middle - found[-1][-1].middle < _SAME_LINE:
            found[-1].append(word)
        else:
            found.append([word])
    return [_joined(sorted(line, key=lambda w: w.left)) for line in found]


def _joined(words: list[Box]) -> Box:
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return Box(
        words[0].left, top, max(w.right for w in words), bottom, " ".join(w.text for w in words)
    )
