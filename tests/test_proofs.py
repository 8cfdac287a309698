"""What is proved once of an edition is not proved again, and nothing else is ever believed."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from filling import empty, misspell
from reportgen.edition import loading
from reportgen.findings import EditionFault
from reportgen.tasks import compiling, documents, editions, gate, opening
from reportgen.tasks.filing import load
from reportgen.tasks.proofs import NAMES, TEMPLATES, Proof
from reportgen.tasks.rehearsal import checked
from reportgen.word.source import document_files
from reportgen.word.source.sections import Section

TINY = Path(__file__).resolve().parent / "editions" / "tiny"
REAL = Path(__file__).resolve().parent.parent / "templates" / "hubei-2022"


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
    """How often names and templates were proved."""
    counts: Counter[str] = Counter()
    for module, name, part in ((gate, "examine", NAMES), (compiling, "_tried", TEMPLATES)):
        own = getattr(module, name)

        def counting(*args, own=own, part=part):
            counts[part] += 1
            return own(*args)

        monkeypatch.setattr(module, name, counting)
    return counts


def prove(edition: Path) -> None:
    compiling.templates(opening.open_edition(str(edition)))


def test_the_second_run_proves_nothing_again(edition: Path, tried: Counter[str]) -> None:
    for _ in range(3):
        prove(edition)
    assert tried == {NAMES: 1, TEMPLATES: 1}


def test_names_are_proved_without_templates(edition: Path, tried: Counter[str]) -> None:
    opening.open_edition(str(edition))
    assert tried == {NAMES: 1}
    prove(edition)
    assert tried == {NAMES: 1, TEMPLATES: 1}


def test_an_edition_that_was_proved_before_is_the_same(edition: Path) -> None:
    first, second = opening.open_edition(str(edition)), opening.open_edition(str(edition))
    assert first.edition == second.edition
    assert [r.check for r in first.rules] == [r.check for r in second.rules]
    assert first.languages.prose.functions.keys() == second.languages.prose.functions.keys()
    assert first.languages.prose.filters.keys() == second.languages.prose.filters.keys()
    assert first.layout.slots.keys() == second.layout.slots.keys()


@pytest.mark.parametrize(
    "file", ["edition.toml", "checks.toml", "workbook/02-活动.toml", "年报/2-服务.docx"]
)
def test_a_changed_byte_is_proved_again(edition: Path, tried: Counter[str], file: str) -> None:
    prove(edition)
    times = (edition / file).stat()
    with (edition / file).open("ab") as end:
        end.write(b"\n")
    os.utime(edition / file, ns=(times.st_atime_ns, times.st_mtime_ns))
    prove(edition)
    assert tried == {NAMES: 2, TEMPLATES: 2}


def test_a_file_more_and_another_name_are_proved_again(edition: Path, tried: Counter[str]) -> None:
    prove(edition)
    (edition / "codes").mkdir()
    (edition / "codes" / "书号.csv").write_text("号\n1\n", encoding="utf-8")
    prove(edition)
    (edition / "codes" / "书号.csv").rename(edition / "codes" / "号码.csv")
    prove(edition)
    assert tried == {NAMES: 3, TEMPLATES: 3}


def test_another_program_proves_again(
    edition: Path, tried: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.open_edition(str(edition))
    monkeypatch.setattr("reportgen.tasks.proofs._program", lambda: "another")
    opening.open_edition(str(edition))
    assert tried[NAMES] == 2


@pytest.mark.parametrize("obstacle", ["a file", "folders", "no home"])
def test_a_cache_that_cannot_be_used_changes_nothing(
    edition: Path,
    tried: Counter[str],
    cache: Path,
    obstacle: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if obstacle == "a file":
        cache.write_text("a file where the folder should be", encoding="utf-8")
    elif obstacle == "folders":
        for part in (NAMES, TEMPLATES):
            Proof(edition, part)._verdict().mkdir(parents=True)
    else:
        homeless = lambda: Path("~nobody-of-that-name").expanduser()
        monkeypatch.setattr("reportgen.tasks.proofs._cache_folder", homeless)
    for _ in range(2):
        prove(edition)
    assert tried == {NAMES: 2, TEMPLATES: 2}
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"", b"proved", b"\0" * 64, b"0" * 64, b"x" * 10**6])
def test_foreign_content_is_no_verdict(
    edition: Path, tried: Counter[str], cache: Path, content: bytes
) -> None:
    prove(edition)
    for verdict in list(cache.iterdir()):
        verdict.write_bytes(content)
    prove(edition)
    assert tried == {NAMES: 2, TEMPLATES: 2}


def test_a_longer_verdict_is_none(edition: Path, tried: Counter[str], cache: Path) -> None:
    prove(edition)
    for verdict in list(cache.iterdir()):
        verdict.write_bytes(verdict.read_bytes() + b"0")
    prove(edition)
    assert tried == {NAMES: 2, TEMPLATES: 2}


def test_an_edition_that_cannot_be_read_whole_is_not_remembered(
    edition: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_folder: Path) -> str:
        raise PermissionError

    monkeypatch.setattr("reportgen.tasks.proofs.digest_of", unreadable)
    proof = Proof(edition, NAMES)
    proof.keep()
    assert not proof.known
    assert not cache.exists()


def test_new_verdicts_take_the_place_of_old_ones(edition: Path, cache: Path) -> None:
    for text in ("", "# \n", "# \n"):
        path = edition / "checks.toml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        prove(edition)
    assert len(list(cache.iterdir())) == 2


def test_a_fault_is_never_kept(edition: Path, cache: Path) -> None:
    misspell(edition)
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
        assert editions.faults(edition) == []
    assert tried == {NAMES: 2, TEMPLATES: 2}


@pytest.mark.parametrize("known", [False, True], ids=["first run", "proved before"])
def test_check_refuses_an_edition_as_build_does(edition: Path, tmp_path: Path, known: bool) -> None:
    opened = opening.open_edition(str(edition))
    if known:
        compiling.templates(opened)
    workbook = empty(opened, tmp_path / "空.xlsx")
    misspell(edition)
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


def test_templates_of_a_proved_edition_read_as_those_of_any_other() -> None:
    edition = loading.load(REAL)
    looked_through, proved = (document_files.read_all(edition, proved) for proved in (False, True))
    for one, other in zip(looked_through, proved, strict=True):
        assert [_text(s) for s in one.sections] == [_text(s) for s in other.sections]
        assert _text(one.base) == _text(other.base)
        assert one.base.parts == other.base.parts


def _text(section: Section) -> tuple[object, ...]:
    roots = {name: etree.tostring(root) for name, root in section.roots.items()}
    return section.file, section.tags, section.styles, section.loose, roots
