"""Our engine beside plain docxtpl on the same templates and facts. Quote the ratios, not the times.

python benchmarks/bench.py [WORKBOOK]
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import plain
from reportgen.ledger import build_record
from reportgen.tasks import compiling, jobs
from reportgen.tasks.filing import Filing, load
from reportgen.word.printing import contents, render

ROUNDS, RUNS = 15, (4, 60)  # rounds, and in each so many runs of docxtpl and of ours


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Median time of one run; what others left to collect is collected before."""
    gc.collect()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def compared(
    theirs: Callable[[], object], ours: Callable[[], object]
) -> tuple[float, float, float]:
    """(their ms, our ms, ratio): medians over interleaved rounds, so that a busy machine burdens
    both alike."""
    rounds = [(milliseconds(theirs, RUNS[0]), milliseconds(ours, RUNS[1])) for _ in range(ROUNDS)]
    their, our = zip(*rounds, strict=True)
    return (
        statistics.median(their),
        statistics.median(our),
        statistics.median(a / b for a, b in rounds),
    )


class Commands:
    """Runs commands as users do: with compiled Python, kept in a folder of their own as the
    verdicts are."""

    def __init__(self, folder: Path) -> None:
        self.verdicts = folder / "verdicts"
        own = {"XDG_CACHE_HOME": str(self.verdicts), "PYTHONPYCACHEPREFIX": str(folder / "python")}
        self.environment = {**os.environ, **own}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(self, *args: str) -> float:
        """CPU seconds of one run."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "reportgen", *args]
        subprocess.run(command, check=False, capture_output=True, env=self.environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def compared(self, *args: str) -> tuple[float, float]:
        """Best of five, of first runs, which prove the edition, and of second ones."""
        self.seconds(*args)  # what Python compiles it compiles here
        first, second = [], []
        for _ in range(5):
            shutil.rmtree(self.verdicts, ignore_errors=True)
            first.append(self.seconds(*args))
            second.append(self.seconds(*args))
        return min(first), min(second)


def each_document(filing: Filing, folder: Path) -> None:
    """Per document, steady state: plain docxtpl, and ours with ledger and trace. Of a document for
    each record the first."""
    print(
        f"{'document':<12}{'docxtpl ms':>12}{'ours ms':>10}{'ratio':>8}{'numbers':>9}{'bytes':>9}"
    )
    edition, prose = filing.opened.edition, filing.prose
    seen: list[object] = []
    found = jobs.jobs(filing, compiling.templates(filing.opened))
    gc.freeze()  # as the command does with what lives as long as it
    for job in found:
        if job.document in seen:
            continue
        seen.append(job.document)
        template, record = job.template, job.record
        more = {template.variable: record} if template.variable else {}
        path = plain.template(filing.opened, job.document, folder / "plain.docx")

        def ours(template: object = template, record: object = record) -> tuple[bytes, bytes, int]:
            data, ledger = render.render(template, edition, prose, filing.facts, record)  # type: ignore[arg-type]
            trace = build_record.encoded([build_record.traced(e) for e in ledger])
            return data, trace, len(ledger)

        data, _, numbers = ours()
        headings = list(
            contents.contents(
                zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode(), template.headings
            )
        )
        theirs, mine, ratio = compared(
            lambda p=path, h=headings, m=more: plain.render(p, filing, h, **m), ours
        )
        print(
            f"{job.path.stem[:10]:<12}{theirs:>12.1f}{mine:>10.2f}{ratio:>7.0f}x{numbers:>9}{len(data):>9}"
        )


def main() -> None:
    workbook = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "workbooks" / "zengdu-hrss-2022.xlsx"
    )
    section = max(
        (ROOT / "templates" / "hubei-2022" / "report").glob("*.docx"),
        key=lambda p: p.stat().st_size,
    )
    with tempfile.TemporaryDirectory() as folder:
        each_document(load(workbook), Path(folder))
        commands = Commands(Path(folder))
        print(f"\n{'command, CPU s':<16}{'first run':>12}{'second':>10}")
        for name, *args in (
            ("--help", "--help"),
            ("check", "check", str(workbook)),
            ("build", "build", str(workbook), "-o", folder, "--force"),
            ("template check", "template", "check"),
            ("preview", "template", "preview", str(section), "-o", folder),
            ("list", "template", "list", str(workbook)),
        ):
            first, second = commands.compared(*args)
            print(f"{name:<16}{first:>12.2f}{second:>10.2f}")


if __name__ == "__main__":
    main()
