"""The folder that a build writes into: one build at a time, and whole whenever one is broken off.

build.json names what is about to be written before anything is; until all is written it knows every
document by two digests, that of before and that of after. So a build that follows on one that was
killed tells its documents, old and new, from those that people edited.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from reportgen import files, messages
from reportgen.findings import Unusable
from reportgen.ledger.build_record import Built, encoded, trace

RECORD, TRACE, LOCK = "build.json", "trace.json", ".~reportgen.lock"
PATIENCE = 60.0  # seconds that a build waits for another


class Output(msgspec.Struct):
    """A written document as build.json remembers it: digest of the file, fingerprint of its
    paragraphs, and of whom and what year it tells."""

    file: str
    sha256: str
    paragraphs: str = ""
    subject: str = ""


class Earlier(msgspec.Struct):
    """What a build reads of the build.json before it."""

    outputs: list[Output]


@dataclass(slots=True)
class Unwanted:
    """Documents of an earlier build that the workbook does not ask for any more: removed, or left
    because somebody edited them."""

    removed: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)


@contextmanager
def output_folder(path: Path) -> Iterator[OutputFolder]:
    """The folder, nobody else's while the block runs. Raises Unusable where another build does not
    come to its end, or where nothing can be written."""
    from filelock import FileLock, Timeout

    lock = FileLock(path / LOCK, timeout=PATIENCE)
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        message = messages.OUTPUT_BUSY.format(folder=path, seconds=round(PATIENCE))
        raise Unusable(message) from error
    except OSError as error:
        message = messages.FILE_NOT_WRITTEN.format(file=path, reason=files.reason(error))
        raise Unusable(message) from error
    try:
        yield OutputFolder(path)
    finally:
        with suppress(OSError):  # Windows removes it itself
            (path / LOCK).unlink()
        lock.release()


class OutputFolder:
    """What the builds before left in a folder: `known` are the versions of each document that they
    wrote, or were about to write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, list[Output]] = {}
        for output in _outputs(path / RECORD):
            if _inside(path, output.file):
                self.known.setdefault(output.file, []).append(output)

    def edited(self, built: Iterable[Built]) -> Iterator[str]:
        """Every file that is not as it was written, and what was changed in it where that is
        known."""
        from reportgen.word.finishing import edited

        for document in built:
            target, versions = self.path / document.path, self.known.get(str(document.path), [])
            present = _digest_of(target)
            if present is None or present in [version.sha256 for version in versions]:
                continue
            yield messages.OUTPUT_EDITED.format(file=target)
            if versions and versions[-1].paragraphs:
                yield from edited.told(target, versions[-1].paragraphs)

    def write(
        self,
        built: Sequence[Built],
        record: dict[str, Any],
        subject: str,
        wanted: Collection[Path] | None,
    ) -> Unwanted:
        """Writes documents, trace.json and build.json, each of them whole or not at all, and
        removes what is `wanted` no more of the same subject (None: everything is). What an earlier
        build wrote stays known as long as the file is there."""
        outputs = [_output(document, subject) for document in built]
        unwanted = self._unwanted(subject, wanted)
        if not outputs and not unwanted:
            return Unwanted()
        before = [version for versions in self.known.values() for version in versions]
        self._sweep([*before, *outputs])
        self._record(record, [*before, *outputs])
        for document in built:
            files.write(self.path / document.path, document.data)
        cleared = self._cleared(unwanted)
        kept = self._kept({output.file for output in outputs})
        traces = self._traces(kept, unwanted) | {str(d.path): trace(d) for d in built}
        listed = [traces[o.file] for o in [*outputs, *kept] if o.file in traces]
        files.write(self.path / TRACE, encoded(listed))
        self._record(record, [*outputs, *kept])
        return cleared

    def _record(self, record: dict[str, Any], outputs: list[Output]) -> None:
        files.write(self.path / RECORD, encoded(record | {"outputs": outputs}))

    def _sweep(self, outputs: Iterable[Output]) -> None:
        """Removes what killed builds left half written."""
        for folder in {self.path, *((self.path / output.file).parent for output in outputs)}:
            files.sweep(folder)

    def _unwanted(self, subject: str, wanted: Collection[Path] | None) -> list[str]:
        """The known documents of the subject that are there and not wanted."""
        if wanted is None or not subject:
            return []
        asked = {_alike(str(path)) for path in wanted}
        own = [file for file, known in self.known.items() if known[-1].subject == subject]
        return [file for file in own if _alike(file) not in asked and (self.path / file).exists()]

    def _cleared(self, unwanted: Iterable[str]) -> Unwanted:
        cleared = Unwanted()
        for file in unwanted:
            target = self.path / file
            if _digest_of(target) not in [version.sha256 for version in self.known[file]]:
                cleared.left.append(target)
                continue
            _remove(target, self.path)
            cleared.removed.append(target)
        return cleared

    def _kept(self, written: Collection[str]) -> list[Output]:
        """What earlier builds wrote, this one did not, and is still there: in the version that is
        there, or the last one."""
        kept = []
        for file, versions in self.known.items():
            present = _digest_of(self.path / file)
            if file not in written and present is not None:
                same = [version for version in versions if version.sha256 == present]
                kept.append((same or versions)[-1])
        return kept

    def _traces(self, kept: Iterable[Output], unwanted: Collection[str]) -> dict[str, Any]:
        """What an earlier trace.json says of documents that are kept and wanted."""
        try:
            earlier = msgspec.json.decode(
                (self.path / TRACE).read_bytes(), type=list[dict[str, Any]]
            )
            traces = {str(told["document"]): told for told in earlier}
        except (OSError, ValueError, KeyError, RecursionError):
            return {}
        names = {output.file for output in kept} - set(unwanted)
        return {name: told for name, told in traces.items() if name in names}


def _outputs(record: Path) -> list[Output]:
    try:
        return msgspec.json.decode(record.read_bytes(), type=Earlier).outputs
    except (OSError, ValueError, RecursionError):  # none, or none that we wrote
        return []


def _inside(folder: Path, file: str) -> bool:
    """Whether a name that build.json gives lies in its folder: the file may be anybody's."""
    try:
        return (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _alike(name: str) -> str:
    """The same for all names that some file system takes for one: of capitals and small letters,
    of accents joined and apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _output(document: Built, subject: str) -> Output:
    from reportgen.word.finishing import edited

    digest = hashlib.sha256(document.data).hexdigest()
    return Output(str(document.path), digest, edited.fingerprint(document.data), subject)


def _digest_of(path: Path) -> str | None:
    """The digest of a file, None if there is none, nothing if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


def _remove(file: Path, folder: Path) -> None:
    """Removes a document, and the folders within `folder` that it leaves empty."""
    try:
        file.unlink()
    except OSError as error:
        message = messages.FILE_NOT_WRITTEN.format(file=file, reason=files.reason(error))
        raise Unusable(message) from error
    with suppress(OSError):  # not empty
        for within in file.relative_to(folder).parents[:-1]:
            (folder / within).rmdir()
