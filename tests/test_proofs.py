"""What is proved once of an edition is not proved again, and nothing else is ever believed."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from filling import empty
from reportgen import files
from reportgen.findings import EditionFault
from reportgen.tasks import compiling, documents, editions, opening
from reportgen.tasks.filing import load
from reportgen.tasks.proofs import NAMES, TEMPLATES, Proof
from reportgen.tasks.rehearsal import checked

TINY = Path(__file__).resolve().parent / "editions" / "tiny"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "馆"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr("reportgen.tasks.proofs._cache_folder", lambda: folder)
    return folder


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often names and templates were tried over a specimen."""
    counts: Counter[str] = Counter()
    for module, part in ((opening, NAMES), (compiling, TEMPLATES)):
        own = module.specimen

        def counting(*args, own=own, part=part):
            counts[part] += 1
            return own(*args)

        monkeypatch.setattr(module, "specimen", counting)
    return counts


def spoil(edition: Path) -> None:
    section = next((edition / "年报").glob("2-*.docx"))
    parts = files.parts(section)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("流通.借出总量|册", "流通.借出总亮|册").encode()
    section.write_bytes(files.normalised(parts))


def test_the_second_run_proves_nothing_again(edition: Path, tried: Counter[str]) -> None:
    for _ in range(3):
        compiling.templates(opening.open_edition(str(edition)))
    assert tried == {NAMES: 1, TEMPLATES: 1}


def test_a_changed_byte_is_proved_again(edition: Path, tried: Counter[str]) -> None:
    for text in ("", "# \n", "# \n"):
        path = edition / "checks.toml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        compiling.templates(opening.open_edition(str(edition)))
    assert tried == {NAMES: 3, TEMPLATES: 3}


def test_another_program_proves_again(
    edition: Path, tried: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.open_edition(str(edition))
    monkeypatch.setattr("reportgen.tasks.proofs._program", lambda: "another")
    opening.open_edition(str(edition))
    assert tried[NAMES] == 2


def test_a_cache_that_cannot_be_used_changes_nothing(
    edition: Path, tried: Counter[str], cache: Path
) -> None:
    cache.write_text("a file where the folder should be", encoding="utf-8")
    for _ in range(2):
        compiling.templates(opening.open_edition(str(edition)))
    assert tried == {NAMES: 2, TEMPLATES: 2}


def test_a_fault_is_never_kept(edition: Path, cache: Path) -> None:
    spoil(edition)
    for _ in range(2):
        opened = opening.open_edition(str(edition))
        with pytest.raises(EditionFault, match="借出总亮"):
            compiling.templates(opened)
        assert not Proof(edition, TEMPLATES).known


def test_what_changes_while_it_is_proved_is_not_kept(edition: Path) -> None:
    proof = Proof(edition, NAMES)
    (edition / "checks.toml").write_text("", encoding="utf-8")
    proof.keep()
    assert not proof.known
    assert not Proof(edition, NAMES).known


def test_the_check_of_an_edition_always_proves(edition: Path, tried: Counter[str]) -> None:
    for _ in range(2):
        assert editions.faults(str(edition)) == ([], [])
    assert tried == {NAMES: 2, TEMPLATES: 2}


@pytest.mark.parametrize("known", [False, True], ids=["first run", "proved before"])
def test_check_refuses_an_edition_as_build_does(edition: Path, tmp_path: Path, known: bool) -> None:
    opened = opening.open_edition(str(edition))
    if known:
        compiling.templates(opened)
    workbook = empty(opened, tmp_path / "空.xlsx")
    spoil(edition)
    told = []
    for run in (
        lambda: checked(workbook, str(edition)),
        lambda: documents.build(load(workbook, str(edition)), tmp_path / "out"),
    ):
        with pytest.raises(EditionFault) as caught:
            run()
        told.append(caught.value.faults)
    assert told[0] == told[1]
    assert "借出总亮" in told[0][0]
