"""LibreOffice at the service of tests: recalculating workbooks, rendering documents."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_BATCH = 60  # one call with hundreds of files stops half-way without a word


def convert(files: Sequence[Path], to: str, out: Path) -> list[Path]:
    """Converts files, each into a file of the same stem in `out`; fails unless all of them came
    out."""
    out.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    for start in range(0, len(files), _BATCH):
        batch = [str(f) for f in files[start : start + _BATCH]]
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(out),
            *batch,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    made = [out / f"{f.stem}.{to.partition(':')[0]}" for f in files]
    missing = [m.name for m in made if not m.exists()]
    assert not missing, missing
    return made


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Append
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden"
  args(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(Environ("APPENDED_FILE")), "_blank", 0, args())
  cursor = doc.Text.createTextCursor()
  cursor.gotoEnd(False)
  doc.Text.insertControlCharacter(cursor, 0, False)
  doc.Text.insertString(cursor, Environ("APPENDED_TEXT"), False)
  args(0).Name = "FilterName"
  args(0).Value = "MS Word 2007 XML"
  doc.storeToURL(ConvertToURL(Environ("APPENDED_FILE")), args())
  doc.close(True)
End Sub
</script:module>
"""


def append_paragraph(file: Path, text: str, folder: Path) -> None:
    """What a person does who opens a document, types a paragraph at its end and saves it."""
    convert([file], "pdf", folder)  # the first start makes the profile, with an empty macro library
    (folder / "profile/user/basic/Standard/Module1.xba").write_text(_MACRO, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "macro:///Standard.Module1.Append",
    ]
    env = os.environ | {"APPENDED_FILE": str(file), "APPENDED_TEXT": text}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=env)
