"""Section files changed at random: each is told, or prints whole; none is a crash."""

from __future__ import annotations

import random
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from test_sections import (
    ROOMS,
    columns,
    landscape,
    linked,
    marked,
    noted,
    pictured,
    reference,
    written,
)
from wordml import DOCUMENT, Desk, box, p, parts, tbl, tc, tr, zipped

from reportgen.findings import EditionFault
from reportgen.word.printing import render
from reportgen.wording.prose import ProseReader
from whole import flaws

ROWS = [
    tr("头"),
    tr("{%tr for 行 in 乙 %}"),
    tr("{{ 行.项|纵并 }}", tc("{%p if 大 %}", "x", "{%p endif %}")),
    tr("{%tr endfor %}"),
]
SEEDS = [
    written(landscape),
    written(columns),
    pictured(),
    linked("https://x.cn"),
    noted(),
    noted("endnote"),
    noted(loop=True),
    zipped(parts(p(marked("_Ref1", "表")), p(reference("_Ref1")))),
    zipped(parts(*ROOMS.values())),
    zipped(parts(tbl(*ROWS), p(box("{{ 甲.名 }}")))),
]
VALUES = ["", "0", "1", "rId1", "rId9", "x", "-1", "99999999999", "{{", "_Ref1"]
TEXTS = ["{{", "{% if 大 %}", "}}", "x", "{%p endif %}", "{"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A package with up to three elements or parts taken out, doubled, moved or changed."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        made = {name: package.read(name) for name in package.namelist()}
    names = [n for n in made if n.startswith("word/") and n.endswith((".xml", ".rels"))]
    weights = [12 if n == DOCUMENT else 1 for n in names]
    for _ in range(chance.randint(1, 3)):
        name = chance.choices(names, weights)[0]
        if name in made and chance.random() < 0.03:
            del made[name]
        elif name in made:
            made[name] = changed(made[name], chance)
    return zipped(made)


def changed(data: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(data)
    elements = [e for e in root.iter(etree.Element) if e.getparent() is not None]
    if not elements:
        return data
    element = chance.choice(elements)
    kind = chance.choice(["out", "out", "twice", "moved", "value", "text"])
    if kind == "out":
        element.getparent().remove(element)
    elif kind == "twice":
        element.addnext(deepcopy(element))
    elif kind == "moved":
        chance.choice(elements).append(deepcopy(element))
    elif kind == "value" and element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
    else:
        element.text = chance.choice(TEXTS)
    return etree.tostring(root)


def outcomes(folder: Path, seeds: range) -> list[str]:
    """What is wrong with the documents of that many mutations, where they are not told."""
    desk = Desk(folder)
    desk.section("后{{ 甲.类 }}", name="2-后.docx")
    wrong = []
    for seed in seeds:
        chance = random.Random(seed)
        desk.file(mutated(chance.choice(SEEDS), chance))
        names = desk.names(rows=chance.choice([[], [("一", "1"), ("二", "2")]]))
        prose = ProseReader(desk.edition, desk.wording.prose)
        try:
            data, _ = render.render(desk.load(), desk.edition, prose, names)
        except (EditionFault, render.RenderFault):
            continue
        wrong += [f"{seed}: {flaw}" for flaw in flaws(data)]
    return wrong


def test_a_sample_of_mutations(tmp_path: Path) -> None:
    assert outcomes(tmp_path, range(60)) == []


@pytest.mark.deep
def test_a_thousand_mutations(tmp_path: Path) -> None:
    assert outcomes(tmp_path, range(1000)) == []
