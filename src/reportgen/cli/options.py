"""What several commands ask for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


Workbook = Annotated[Path, typer.Argument(help="填好的工作簿（.xlsx）", metavar="工作簿")]


EditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition", "-e", help="年度方案的名称或文件夹；不写则用工作簿里写明的", metavar="方案"
    ),
]


NewestEdition = Annotated[
    str | None,
    typer.Option("--edition", "-e", help="年度方案的名称或文件夹；不写则用最新的", metavar="方案"),
]


Out = Annotated[Path, typer.Option("--out", "-o", help="输出文件夹", metavar="文件夹")]


FormatOption = Annotated[Format, typer.Option(help="text 给人看，json 给程序用")]
