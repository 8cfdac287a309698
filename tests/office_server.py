"""LibreOffice kept running for the tests: a request a line comes in, an answer a line goes out, both
in JSON. It is run by a Python that knows LibreOffice's `uno`; when its input ends, so do both.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

FILTERS = {
    "pdf": "writer_pdf_Export",
    "docx": "MS Word 2007 XML",
}
ERROR = "#ERROR"  # what a cell shows whose formula fails
SECONDS = 60  # within which LibreOffice must be there


def start(profile):
    """LibreOffice as a child process, and its desktop as soon as it answers."""
    pipe = f"reportgen-{os.getpid()}"
    options = ["--headless", "--norestore", "--nologo", "--nodefault"]
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", *options]
    child = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"], stdin=subprocess.DEVNULL, stdout=sys.stderr
    )
    for _ in range(10 * SECONDS):
        if desktop := connected(pipe):
            return child, desktop
        time.sleep(0.1)
    child.kill()
    raise TimeoutError(f"LibreOffice did not answer within {SECONDS} s")


def connected(pipe):
    """The desktop of the LibreOffice that listens at a pipe, None as long as it does not."""
    local = uno.getComponentContext()
    resolver = service(local, "com.sun.star.bridge.UnoUrlResolver")
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except NoConnectException:
        return None
    return service(context, "com.sun.star.frame.Desktop")


def service(context, name):
    return context.ServiceManager.createInstanceWithContext(name, context)


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


class Office:
    """The requests: each method is one, its arguments are those of the request."""

    def __init__(self, desktop):
        self.desktop = desktop
        self.workbook = None

    def convert(self, url, target):
        """Saves a file under another name, in the format of its suffix."""
        document = self._loaded(url)
        self._save(document, target)
        document.close(True)

    def append(self, url, text):
        """Types a paragraph at the end of a document and saves it."""
        document = self._loaded(url)
        cursor = document.Text.createTextCursor()
        cursor.gotoEnd(False)
        document.Text.insertControlCharacter(cursor, 0, False)  # 0: the end of a paragraph
        document.Text.insertString(cursor, text, False)
        self._save(document, url)
        document.close(True)

    def open(self, url):
        """Opens the workbook that `put` and `values` are about, and calculates all of it."""
        self.workbook = self._loaded(url)
        self.workbook.calculateAll()

    def put(self, cells):
        """Fills cells, each (sheet, cell, number or text or None), as a person would."""
        for sheet, address, value in cells:
            cell = self.workbook.Sheets.getByName(sheet).getCellRangeByName(address)
            if isinstance(value, (int, float)):
                cell.setValue(value)
            else:
                cell.setString(value or "")
        self.workbook.calculate()

    def values(self):
        """sheet → rows of what the cells show: numbers and texts, "" where nothing is."""
        return {sheet.Name: shown(sheet) for sheet in self.workbook.Sheets}

    def close(self):
        self.workbook.close(True)
        self.workbook = None

    def _loaded(self, url):
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))
        if document is None:
            raise ValueError(f"LibreOffice cannot open {url}")
        return document

    def _save(self, document, url):
        document.storeToURL(url, properties(FilterName=FILTERS[url.rpartition(".")[2]]))


def shown(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
    return [[ERROR if value is None else value for value in row] for row in rows]


def answer(office, line):
    name, *arguments = json.loads(line)
    try:
        return {"result": getattr(office, name)(*arguments)}
    except Exception as error:
        return {"error": f"{name} {arguments}: {error!r}"}


def stop(child, desktop):
    with contextlib.suppress(DisposedException):  # it hangs up before it answers
        desktop.terminate()
    child.wait(SECONDS)


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        child, desktop = start(Path(profile))
        office = Office(desktop)
        for line in sys.stdin:
            print(json.dumps(answer(office, line)), flush=True)
        stop(child, desktop)


if __name__ == "__main__":
    main()
