"""What was proved of an edition is proved again only where something changed that it rests on."""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reportgen.findings import EditionFault
from reportgen.tasks import authors, documents, gate, opening, proofs

TINY = Path(__file__).resolve().parent / "editions" / "tiny"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of a user who proved nothing yet."""
    place = tmp_path / "cache"
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(place))
    return place


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often names and templates were proved."""
    counted: Counter[str] = Counter()

    def counting(module: Any, name: str, part: str) -> None:
        real = getattr(module, name)

        def call(*args: Any) -> Any:
            counted[part] += 1
            return real(*args)

        monkeypatch.setattr(module, name, call)

    counting(gate, "examine", "names")
    counting(documents, "_tried", "templates")
    return counted


def build(folder: Path) -> None:
    documents.templates(opening.open_edition(str(folder)))


def test_a_second_run_proves_nothing(folder: Path, cache: Path, proved: Counter[str]) -> None:
    for _ in range(3):
        build(folder)
    assert proved == {"names": 1, "templates": 1}


def test_names_are_proved_without_templates(
    folder: Path, cache: Path, proved: Counter[str]
) -> None:
    opening.open_edition(str(folder))
    assert proved == {"names": 1}
    build(folder)
    assert proved == {"names": 1, "templates": 1}


def test_an_edition_that_was_proved_before_is_the_same(folder: Path, cache: Path) -> None:
    first, second = opening.open_edition(str(folder)), opening.open_edition(str(folder))
    assert first.edition == second.edition
    assert [r.check for r in first.rules] == [r.check for r in second.rules]
    assert first.languages.prose.functions.keys() == second.languages.prose.functions.keys()
    assert first.languages.prose.filters.keys() == second.languages.prose.filters.keys()
    assert first.layout.slots.keys() == second.layout.slots.keys()


@pytest.mark.parametrize(
    "file", ["edition.toml", "checks.toml", "workbook/02-活动.toml", "年报/2-服务.docx"]
)
def test_a_changed_byte_proves_again(
    folder: Path, cache: Path, proved: Counter[str], file: str
) -> None:
    build(folder)
    times = (folder / file).stat()
    with (folder / file).open("ab") as end:
        end.write(b"\n")
    os.utime(folder / file, ns=(times.st_atime_ns, times.st_mtime_ns))
    build(folder)
    assert proved == {"names": 2, "templates": 2}


def test_a_file_more_and_another_name_prove_again(
    folder: Path, cache: Path, proved: Counter[str]
) -> None:
    build(folder)
    (folder / "codes").mkdir()
    (folder / "codes" / "书号.csv").write_text("号\n1\n", encoding="utf-8")
    build(folder)
    (folder / "codes" / "书号.csv").rename(folder / "codes" / "号码.csv")
    build(folder)
    assert proved == {"names": 3, "templates": 3}


@pytest.mark.parametrize("part", ["_program", "__version__"])
def test_another_program_proves_again(
    folder: Path, cache: Path, proved: Counter[str], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    monkeypatch.setattr(proofs, part, "0" if part == "__version__" else lambda: "0")
    build(folder)
    assert proved == {"names": 2, "templates": 2}


@pytest.mark.parametrize("library", ["jinja2", "msgspec"])
def test_another_library_proves_again(
    folder: Path, cache: Path, proved: Counter[str], library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    monkeypatch.setattr(f"{library}.__version__", "0")
    build(folder)
    assert proved == {"names": 2, "templates": 2}


def test_another_reader_of_templates_proves_templates_again(
    folder: Path, cache: Path, proved: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    monkeypatch.setattr("importlib.metadata.version", lambda _name: "0")
    build(folder)
    assert proved == {"names": 1, "templates": 2}


def test_faults_are_told_every_time(folder: Path, cache: Path, proved: Counter[str]) -> None:
    path = folder / "checks.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("入藏量", "入馆量"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(EditionFault):
            opening.open_edition(str(folder))
    assert proved == {"names": 2}
    assert not list(cache.rglob("*.names"))


def test_authors_always_prove(folder: Path, cache: Path, proved: Counter[str]) -> None:
    build(folder)
    authors.check_templates(str(folder), None)
    assert proved == {"names": 2, "templates": 2}


@pytest.mark.parametrize("content", [b"", b"proved", b"\0" * 64, b"0" * 64, b"x" * 10**6])
def test_foreign_content_is_no_verdict(
    folder: Path, cache: Path, proved: Counter[str], content: bytes
) -> None:
    build(folder)
    for verdict in list(cache.rglob("*.*")):
        verdict.write_bytes(content)
    build(folder)
    assert proved == {"names": 2, "templates": 2}


def test_a_longer_verdict_is_none(folder: Path, cache: Path, proved: Counter[str]) -> None:
    build(folder)
    for verdict in list(cache.rglob("*.*")):
        verdict.write_bytes(verdict.read_bytes() + b"0")
    build(folder)
    assert proved == {"names": 2, "templates": 2}


@pytest.mark.parametrize("obstacle", ["a file", "a folder", "no home"])
def test_without_a_cache_everything_is_proved_silently(
    folder: Path,
    cache: Path,
    proved: Counter[str],
    obstacle: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if obstacle == "a file":
        cache.write_text("")
    elif obstacle == "a folder":
        build(folder)
        for verdict in list(cache.rglob("*.*")):
            verdict.unlink()
            verdict.mkdir()
        proved.clear()
    else:
        monkeypatch.setattr(proofs, "_cache", lambda: Path("~nobody-of-that-name").expanduser())
    for _ in range(2):
        build(folder)
    assert proved == {"names": 2, "templates": 2}
    assert capsys.readouterr() == ("", "")


def test_an_edition_that_cannot_be_read_whole_is_not_remembered(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_folder: Path) -> str:
        raise PermissionError

    monkeypatch.setattr(proofs, "digest_of", unreadable)
    assert opening.open_edition(str(folder)).digest == ""
    assert not list(cache.rglob("*.names"))


def test_what_changes_while_it_is_proved_is_not_remembered(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = gate.examine

    def examine(place: Path) -> Any:
        with (place / "checks.toml").open("a") as end:
            end.write("\n")
        return real(place)

    monkeypatch.setattr(gate, "examine", examine)
    opening.open_edition(str(folder))
    assert not list(cache.rglob("*.names"))


def test_many_writers_leave_one_whole_verdict(folder: Path, cache: Path) -> None:
    digest = proofs.digest(folder)
    writers = [
        threading.Thread(target=proofs.keep, args=(folder, proofs.NAMES, text))
        for text in [digest, "0" * 64] * 8
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    files = [path for path in cache.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].read_text() in (digest, "0" * 64)


def test_a_cache_folder_is_never_looked_for_below_the_present_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, "here")
    assert proofs._cache() == tmp_path / ".cache"
