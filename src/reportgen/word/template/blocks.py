"""Tokens become a tree: loops, branches, inserted files, merged cells.

A row between {%tr for 行 in 乙 %} and {%tr endfor %} has lost the rows of these two tags to
`dialect` and comes as the tokens

    "<w:tbl>…", StatementAt(for), "<w:tr><w:tc><w:p>", PrintAt(行.项), "</w:p></w:tc></w:tr>",
    StatementAt(endfor), "</w:tbl>…"

of which the first closing statement that fits the last opening one makes

    "<w:tbl>…", For(行, 乙, [Print(行.项), "</w:p></w:tc></w:tr>"]), "</w:tbl>…"

where the print holds the text before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2.nodes import CondExpr, Expr

from reportgen import messages
from reportgen.language import words
from reportgen.language.closures import Evaluate, Scope
from reportgen.language.expressions import Language
from reportgen.language.names import Name
from reportgen.language.numbers import Missing
from reportgen.language.syntax import Refused, is_name, parse
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.nodes import (
    Bound,
    Branch,
    Count,
    For,
    If,
    Inserted,
    Merge,
    Merged,
    Node,
    Print,
)
from reportgen.word.template.tokens import (
    CellBegin,
    ColumnAt,
    CountAt,
    Cursor,
    FileBegin,
    PrintAt,
    StatementAt,
    Token,
    Wall,
)

_LOOP = re.compile(r"(\w+)\s+in\s+(.+)", re.S)
_BRANCHES = ("elif", "else")
_CLOSING = ("endfor", "endif", *_BRANCHES)
_MAX_NESTING = 4  # loops within loops
_MAX_DEPTH = 40  # blocks within blocks


class Tree(NamedTuple):
    """The nodes of a file's part, and all that is wrong with its tags."""

    nodes: list[Node]
    faults: list[Fault]


def build(
    tokens: Sequence[Token], names: Sequence[str], language: Language, loose: bool = False
) -> Tree:
    """The tree of a file's tokens.

    `names` are those that expressions may begin with. Of `loose` tokens some tags are missing:
    blocks may not fit, and nothing is said of that.
    """
    builder = _Builder(Cursor(tokens), list(names), language, loose)
    deep = _too_deep(tokens)
    if deep is not None:
        return Tree([], [deep.fault(messages.BLOCKS_TOO_DEEP.format(limit=_MAX_DEPTH))])
    return Tree(builder.walled(), builder.faults)


def _too_deep(tokens: Sequence[Token]) -> Tag | None:
    """The first tag that opens a block within too many others."""
    depth = 0
    for token in tokens:
        if not isinstance(token, StatementAt):
            continue
        if token.word in ("for", "if"):
            depth += 1
        elif token.word in ("endfor", "endif"):
            depth -= 1
        if depth > _MAX_DEPTH:
            return token.tag
    return None


def _untold(_scope: Scope) -> Missing:
    """Instead of what could not be compiled: nothing more is said of it."""
    return Missing(Name(""), None)


@dataclass(slots=True)
class _Builder:
    """Builds a tree; goes on after a fault, so that all are told."""

    cursor: Cursor
    names: list[str]  # that are known at the cursor
    language: Language
    loose: bool
    faults: list[Fault] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)  # what closes the blocks at the cursor
    late: Counter[str] = field(default_factory=Counter)  # what comes too late, told already
    columns: set[int] = field(default_factory=set)  # the tags whose cells may be merged
    loops: int = 0  # round the cursor

    def walled(self) -> list[Node]:
        """The nodes up to the end of a cell, of an inserted file or of all tokens: no block goes in
        or out there."""
        outer, self.wanted = self.wanted, []
        nodes: list[Node] = []
        closing = self._block(nodes)
        while isinstance(closing, StatementAt):
            if not self.loose:
                self._tell(closing.tag, messages.BLOCK_NOT_OPEN.format(tag=closing.word))
            closing = self._block(nodes)
        self.wanted = outer
        return nodes

    def _block(self, nodes: list[Node], *ends: str) -> StatementAt | Wall | None:
        """Adds the nodes up to one of the `ends`, or up to what ends an outer block; gives the
        token that it ended at, None where all tokens are read."""
        for token in self.cursor:
            match token:
                case str() | Bound():
                    nodes.append(token)
                case CountAt():
                    nodes.append(Count(token.kind, token.key))
                case PrintAt():
                    self._print(token, nodes)
                case ColumnAt():
                    nodes.append(self._column(token))
                case CellBegin():
                    nodes.append(Merged(self.walled(), token.number, token.empty))
                case FileBegin():
                    nodes.append(Inserted(self.walled(), token.on))
                case Wall():
                    return token
                case StatementAt(word=word) if word in ends:
                    return token
                case StatementAt(word=word) if word not in _CLOSING:
                    self._open(token, nodes)
                case StatementAt(word=word) if self.late[word]:
                    self.late[word] -= 1
                case StatementAt():
                    return token
        return None

    def _print(self, at: PrintAt, nodes: list[Node]) -> None:
        if at.site is None:
            self._tell(at.tag, messages.PRINT_OUTSIDE_TEXT)
            return
        value = self._compiled(at.expression, at.tag) or _untold
        if at.merges and at.number not in self.columns and not self.loose:
            self._tell(at.tag, messages.MERGE_OUTSIDE)
        before = ""
        if nodes and isinstance(nodes[-1], str):
            before = nodes[-1]
            nodes.pop()
        opened = before + at.site.open
        nodes.append(Print(value, at.site, at.tag, before, opened, at.numbered))

    def _column(self, at: ColumnAt) -> Merge:
        self.columns.add(at.number)
        value = self._compiled(at.expression, at.tag) or _untold
        return Merge(value, at.tag, at.number)

    def _open(self, opening: StatementAt, nodes: list[Node]) -> None:
        if opening.word == "for":
            nodes.append(self._for(opening))
        elif opening.word == "if":
            nodes.append(self._if(opening))
        else:
            self._tell(opening.tag, messages.STATEMENT_UNKNOWN.format(word=opening.word))

    def _for(self, opening: StatementAt) -> For:
        tag = opening.tag
        match = _LOOP.fullmatch(opening.rest)
        variable, table = match.groups() if match else ("", "")
        if not is_name(variable):
            variable = ""
        if variable in words.OF_LOOPS:
            self._tell(tag, messages.NAME_OF_LOOPS.format(name=variable))
        elif not variable or variable in self.names:
            self._tell(tag, messages.FOR_SYNTAX)
        rows, condition = self._rows(variable, table, tag) if match else (None, None)
        if self.loops >= _MAX_NESTING:
            self._tell(tag, messages.LOOPS_TOO_DEEP.format(limit=_MAX_NESTING))
        self.loops += 1
        own = [variable, *words.OF_LOOPS]
        self.names += own
        body, closing = self._body("endfor")
        del self.names[-len(own) :]
        self.loops -= 1
        self._close(opening, "endfor", closing)
        return For(variable, rows or _untold, body, tag, condition)

    def _rows(
        self, variable: str, source: str, tag: Tag
    ) -> tuple[Evaluate | None, Evaluate | None]:
        """What a loop goes over, and the condition behind it: `表 if 行.额 > 0`."""
        try:
            tree = parse(source)
        except Refused as refused:
            self._tell(tag, str(refused))
            return None, None
        if not (isinstance(tree, CondExpr) and tree.expr2 is None):
            return self._compiled(tree, tag), None
        rows = self._compiled(tree.expr1, tag)
        self.names.append(variable)
        condition = self._compiled(tree.test, tag)
        self.names.pop()
        return rows, condition

    def _if(self, opening: StatementAt) -> If:
        branch, closing = self._branch(opening)
        branches, before = [branch], opening
        while isinstance(closing, StatementAt) and closing.word in _BRANCHES:
            self._follow(opening, before, closing)
            before = closing
            branch, closing = self._branch(closing)
            branches.append(branch)
        self._close(opening, "endif", closing)
        return If(branches)

    def _branch(self, at: StatementAt) -> tuple[Branch, StatementAt | Wall | None]:
        condition = None
        if at.word != "else":
            condition = self._compiled(at.rest, at.tag)
        body, closing = self._body("endif", *_BRANCHES)
        return Branch(condition, body, at.tag), closing

    def _follow(self, opening: StatementAt, before: StatementAt, branch: StatementAt) -> None:
        """Tells what is wrong with an elif or else that follows the branch `before` it."""
        if branch.path != opening.path and not self.loose:
            across = messages.BLOCK_ACROSS.format(tag=opening.tag.text, found=branch.word)
            self._tell(branch.tag, across)
        if before.word == "else":
            self._tell(branch.tag, messages.BLOCK_AFTER_ELSE.format(found=branch.word))
        if branch.word == "else" and branch.rest:
            self._tell(branch.tag, messages.BLOCK_AFTER_ELSE.format(found=branch.rest))

    def _body(self, wanted: str, *others: str) -> tuple[list[Node], StatementAt | Wall | None]:
        """The nodes of a block that `wanted` closes, or the part of it up to one of the others;
        and what they end at."""
        nodes: list[Node] = []
        self.wanted.append(wanted)
        closing = self._block(nodes, wanted, *others)
        self.wanted.pop()
        return nodes, closing

    def _close(self, opening: StatementAt, wanted: str, closing: StatementAt | Wall | None) -> None:
        """Tells of a block that does not end at its own closing statement, or not where it began;
        gives back what is to close an outer one."""
        if isinstance(closing, Wall):
            self.cursor.back()
        if self.loose:
            return
        tag = opening.tag
        if not isinstance(closing, StatementAt):
            self.late[wanted] += 1
            self._tell(tag, messages.BLOCK_NOT_CLOSED.format(tag=tag.text, wanted=wanted))
        elif closing.word != wanted:
            self._cross(opening, wanted, closing)
        elif closing.path != opening.path:
            across = messages.BLOCK_ACROSS.format(tag=tag.text, found=closing.word)
            self._tell(closing.tag, across)

    def _cross(self, opening: StatementAt, wanted: str, found: StatementAt) -> None:
        """Tells of a closing statement in the place of another."""
        self.late[wanted] += 1
        outer = "endif" if found.word in _BRANCHES else found.word
        if outer in self.wanted:
            self.cursor.back()
        crossed = messages.BLOCK_CROSSED.format(
            found=found.word, wanted=wanted, tag=opening.tag.text
        )
        self._tell(found.tag, crossed)

    def _compiled(self, source: str | Expr, tag: Tag) -> Evaluate | None:
        try:
            return self.language.compile(source, self.names)
        except Refused as refused:
            self._tell(tag, str(refused))
            return None

    def _tell(self, tag: Tag, message: str) -> None:
        self.faults.append(tag.fault(message))
