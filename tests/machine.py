"""What the tests need of the machine beside Python: LibreOffice with a Python that can talk to it,
poppler, and Chinese fonts. Of the standard library alone, because the set-up asks as well."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

PACKAGES = {  # manager: the packages of what may be missing
    "apt-get": {
        "LibreOffice": ["libreoffice-writer", "libreoffice-calc", "python3-uno"],
        "poppler": ["poppler-utils"],
        "fonts": ["fonts-noto-cjk", "fonts-liberation", "fontconfig"],
    },
    "dnf": {
        "LibreOffice": ["libreoffice-writer", "libreoffice-calc", "libreoffice-pyuno"],
        "poppler": ["poppler-utils"],
        "fonts": ["google-noto-sans-cjk-fonts", "liberation-fonts", "fontconfig"],
    },
}


@cache
def missing() -> list[str]:
    """What is not there of LibreOffice, poppler and fonts."""
    there = {
        "LibreOffice": office_python() is not None,
        "poppler": bool(shutil.which("pdftotext")),
        "fonts": "noto" in _said("fc-list", ":lang=zh", "family").lower(),
    }
    return [name for name, found in there.items() if not found]


@cache
def office_python() -> str | None:
    """A Python that can talk to LibreOffice: its own or the system's; None if there is none."""
    office = shutil.which("soffice")
    if office is None:
        return None
    own = Path(office).resolve().with_name("python")
    candidates = [str(own), "/usr/bin/python3", sys.executable]
    return next((p for p in candidates if _said(p, "-c", "import uno; print('here')")), None)


def packages(manager: str = "apt-get") -> list[str]:
    """The packages with what is missing, as a package manager calls them."""
    return [package for name in missing() for package in PACKAGES[manager][name]]


def _said(*command: str) -> str:
    """What a program prints, nothing if it fails or is not there."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""
