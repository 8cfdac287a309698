"""Sets up what is missing and runs everything that a change must pass: style, types, layers, tests.

python3 tests/run.py [OPTIONS OF PYTEST]

Makes `.venv` unless it is there, and takes LibreOffice, poppler and fonts from the system's package
manager where it may: as root, or by sudo without a password. Where it may not, it names the packages
and goes on without the tests that need them; with CI=true that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
CHECKS = ["ruff check .", "ruff format --check .", "mypy", "lint-imports", "pytest"]


def main() -> None:
    os.chdir(ROOT)
    if machine.missing():
        take_packages()
    if not PROGRAMS.exists():
        run(sys.executable, "-m", "venv", str(VENV))
    run(str(PROGRAMS / "python"), "-m", "pip", "install", "-q", "-e", ".[test]")
    for check in CHECKS:
        program, *options = check.split()
        run(str(PROGRAMS / program), *options, *(sys.argv[1:] if program == "pytest" else []))


def run(*command: str) -> None:
    """Runs a command; ends with its exit code if it fails."""
    print("$", *command, flush=True)
    code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(code)


def take_packages() -> None:
    """Installs what is missing, or says what it is."""
    manager = next((m for m in machine.PACKAGES if shutil.which(m)), None)
    as_root = privileged()
    if manager and as_root is not None:
        install(*as_root, manager)
        machine.missing.cache_clear()
        machine.office_python.cache_clear()
    if machine.missing():
        tell()


def install(*manager: str) -> None:
    """Runs the package manager; what it cannot get is told afterwards."""
    apt = manager[-1] == "apt-get"
    command = [*manager[:-1], "env", "DEBIAN_FRONTEND=noninteractive", manager[-1]]
    if apt:
        subprocess.run([*command, "update", "-q"], check=False)
    options = ["--no-install-recommends"] if apt else []
    wanted = machine.packages(manager[-1])
    subprocess.run([*command, "install", "-qy", *options, *wanted], check=False)


def privileged() -> list[str] | None:
    """What to put before a command that only root may run; None if we may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    may = shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False).returncode == 0
    return sudo if may else None


def tell() -> None:
    """Says which packages are missing; an error where nobody would read it."""
    print("missing:", *machine.missing(), "- to run every test, install", *machine.packages())
    if os.environ.get("CI"):
        sys.exit(1)


if __name__ == "__main__":
    main()
