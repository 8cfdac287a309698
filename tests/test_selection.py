"""Which tests run: what is deep waits for --deep, what needs LibreOffice comes first or is left
out, and nothing is left out without a word."""

from __future__ import annotations

import pytest

import conftest
import machine

pytest_plugins = ["pytester"]

FILE = """
import pytest

def test_plain(): pass

@pytest.mark.parametrize("name", ["deep", "office"])
def test_named(name): pass

@pytest.mark.office
def test_office(): pass

@pytest.mark.deep
def test_deep(): pass

@pytest.mark.deep
@pytest.mark.office
def test_deep_office(): pass
"""
PLAIN = ["test_plain", "test_named[deep]", "test_named[office]"]


@pytest.fixture
def selected(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Runs the file above with our conftest; gives the tests that ran, in order, and the output."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(machine, "missing", list)
    pytester.makepyfile(FILE)
    pytester.makeini("[pytest]\nmarkers =\n  office\n  deep\n")

    def run(*options: str) -> tuple[list[str], str]:
        done = pytester.runpytest_inprocess(
            "-n0", "-vv", "-p", "no:hypothesispytest", *options, plugins=[conftest]
        )
        names = [line.partition("::")[2] for line in done.outlines if " PASSED " in line]
        return [name.split(" ")[0] for name in names], done.stdout.str()

    return run


def test_deep_tests_wait_to_be_asked_for(selected):
    names, told = selected()
    assert names == ["test_office", *PLAIN]
    assert "2 tests were left out: they are deep; to run them: pytest --deep" in told


def test_deep_tests_run_when_they_are_asked_for(selected):
    names, told = selected("--deep")
    assert names == ["test_office", "test_deep_office", *PLAIN, "test_deep"]
    assert "left out" not in told


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["-m", "not office"], PLAIN),
        (["--deep", "-m", "not office"], [*PLAIN, "test_deep"]),
        (["--deep", "-m", "deep"], ["test_deep_office", "test_deep"]),
        (["--deep", "-m", "deep and not office"], ["test_deep"]),
    ],
)
def test_an_expression_of_marks_chooses_among_them(selected, options, wanted):
    assert selected(*options)[0] == wanted


def test_office_tests_are_left_out_where_something_is_missing(selected, monkeypatch):
    monkeypatch.setattr(machine, "missing", lambda: ["poppler"])
    names, told = selected()
    assert names == PLAIN
    assert "1 tests were left out: they need LibreOffice; to run them: install poppler" in told
    assert "LibreOffice" not in selected("-m", "not office")[1]


def test_office_tests_are_never_left_out_where_nobody_reads(selected, monkeypatch):
    monkeypatch.setattr(machine, "missing", lambda: ["LibreOffice"])
    monkeypatch.setenv("CI", "true")
    assert selected()[0] == ["test_office", *PLAIN]
