"""The reference page of functions, in Markdown: what each gives and takes, and whether it can live
in a sheet."""

from __future__ import annotations

from reportgen import messages
from reportgen.language.functions import FUNCTIONS
from reportgen.scoring.formulas import VERBS
from reportgen.workbook.live.functions import LIVE


def page() -> str:
    """Every function of formulas, then numbers of a unit and the level of a row."""
    names = [*FUNCTIONS, *(verb.word for verb in VERBS)]
    rows = [_row(name, messages.FUNCTIONS[name], _live(name)) for name in names]
    for name, *told in (messages.FUNCTION_UNIT, messages.FUNCTION_LEVEL):
        rows.append(_row(name, told, messages.FUNCTION_LIVE))
    return messages.FUNCTIONS_PAGE + "".join(rows)


def _row(name: str, told: tuple[str, str, str, str] | list[str], live: str) -> str:
    gives, takes, unit, example = told
    return messages.FUNCTIONS_ROW.format(
        name=name, gives=gives, takes=takes, unit=unit, live=live, example=example
    )


def _live(name: str) -> str:
    function = LIVE.get(name)
    if function is None:
        return messages.FUNCTION_NOT_LIVE
    return messages.FUNCTION_LIVE if function.in_checks else messages.FUNCTION_COLUMN
