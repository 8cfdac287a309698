"""Tags and text between them become a tree: loops, branches, insertions, merged cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen import messages
from reportgen.language import words
from reportgen.language.expressions import Evaluate, Language, Refused, Scope
from reportgen.language.numbers import Missing
from reportgen.word.source.tags import Fault, Tag
from reportgen.word.template.nodes import For, If, Inserted, Merge, Merged, Node, Print
from reportgen.word.template.runs import MERGES, Site

_STATEMENT = re.compile(r"\{%-?\s*(\w*)\s*(.*?)\s*-?%\}", re.S)


_CELL_END = "</w:tc>"


_CLOSING = ("endfor", "endif", "else", "elif", words.INSERT_END)


_NUMBER_BEFORE = re.compile(
    rf"(?:\{{\{{\s*{words.ORDINAL}\(\d\)\s*\}}\}}|[一二三四五六七八九十\d][、.．]|[）)])[ \u3000]*$"
)


_MAX_NESTING = 4  # loops within loops


_MAX_DEPTH = 40  # blocks within blocks


def _untold(_scope: Scope) -> Missing:
    """Instead of what could not be compiled: nothing more is said of it."""
    return Missing("", None)


@dataclass
class Builder:
    """Builds the tree of a part; goes on after a fault, so that all are told."""

    patched: list[str]
    tags: list[Tag]
    sites: list[Site]
    paths: Mapping[int, tuple[object, ...]]
    names: list[str]
    language: Language
    faults: list[Fault]
    loose: bool = False  # tags are missing: blocks may not fit, and nothing is said of it
    owed: Counter[str] = field(
        default_factory=Counter
    )  # closing statements that come too late, told already
    wanted: list[str] = field(default_factory=list)  # what closes the blocks round the tag at hand
    tokens: Sequence[str | None] = field(default_factory=list)
    position: int = 0
    empty: Mapping[int, str] = field(
        default_factory=dict
    )  # the cells to be merged, as they are where they go on
    marked: set[int] = field(default_factory=set)  # the tags whose cells may be merged
    nesting: int = 0
    path: tuple[object, ...] = ()  # of the tag at hand

    def build(self, tokens: Sequence[str | None]) -> list[Node]:
        """The tree of a part, given its tokens: text, the number of a tag, its site, text, …"""
        self.tokens = tokens
        if self._too_deep():
            return []
        nodes, stop = self._block(())
        while stop is not None:
            if not self.loose:
                self._tell(stop[1], messages.BLOCK_NOT_OPEN.format(tag=stop[0]))
            more, stop = self._block(())
            nodes += more
        return nodes

    def _too_deep(self) -> bool:
        depth = 0
        for source, tag in zip(self.patched, self.tags, strict=True):
            word = self._statement(source)[0] if source.startswith("{%") else ""
            depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
            if depth > _MAX_DEPTH:
                self._tell(tag, messages.BLOCKS_TOO_DEEP.format(limit=_MAX_DEPTH))
                return True
        return False

    def _block(self, ends: tuple[str, ...]) -> tuple[list[Node], tuple[str, Tag, str] | None]:
        """Nodes up to one of the closing statements, and that statement (None at the end of the
        part)."""
        nodes: list[Node] = []
        while self.position < len(self.tokens):
            nodes.append(self.tokens[self.position] or "")
            if self.position + 2 >= len(self.tokens):
                self.position = len(self.tokens)
                break
            k, site = int(self.tokens[self.position + 1] or 0), self.tokens[self.position + 2]
            self.position += 3
            source, tag = self.patched[k], self.tags[k]
            self.path = self.paths[k]
            if site == "m":
                self.marked.add(k + 1)
                nodes.append(
                    Merge(self._compiled(source[2:-2].strip(), tag) or _untold, tag, k + 1)
                )
                continue
            if site == "b":
                body, _ = self._block((_CELL_END,))
                nodes.append(Merged(body, k + 1, self.empty[k]))
                continue
            if site == "e":
                if _CELL_END in ends:
                    return nodes, (_CELL_END, tag, "")
                continue
            if source.startswith("{{"):
                nodes += self._print(source, tag, site, nodes, k + 1)
                continue
            word, rest = self._statement(source)
            if word in ends or (word in _CLOSING and self.owed[word] == 0):
                return nodes, (word, tag, rest)
            if word in _CLOSING:
                self.owed[word] -= 1
                continue
            nodes += self._open(word, rest, tag)
        return [n for n in nodes if n != ""], None

    def _statement(self, source: str) -> tuple[str, str]:
        match = _STATEMENT.fullmatch(source)
        return (match[1], match[2]) if match else (source, "")

    def _print(
        self, source: str, tag: Tag, site: str | None, nodes: list[Node], k: int
    ) -> list[Node]:
        if site is None:
            self._tell(tag, messages.PRINT_OUTSIDE_TEXT)
            return []
        value = self._compiled(source[2:-2].strip(), tag) or _untold
        before = nodes.pop() if nodes and isinstance(nodes[-1], str) else ""
        around = self.sites[int(site)]
        numbered = bool(_NUMBER_BEFORE.search(tag.paragraph[max(0, tag.start - 20) : tag.start]))
        if MERGES.search(source) and k not in self.marked and not self.loose:
            self._tell(tag, messages.MERGE_OUTSIDE)
        return [Print(value, around, tag, str(before), f"{before}{around.open}", numbered)]

    def _open(self, word: str, rest: str, tag: Tag) -> list[Node]:
        if word == "for":
            return self._for(rest, tag)
        if word == "if":
            return self._if(rest, tag)
        if word == words.INSERT:
            body, _ = self._block((words.INSERT_END,))
            return [Inserted(body, rest == words.INSERT_ON)]
        self._tell(tag, messages.STATEMENT_UNKNOWN.format(word=word))
        return []

    def _for(self, rest: str, tag: Tag) -> list[Node]:
        path = self.path
        match = re.fullmatch(r"(\w+)\s+in\s+(.+)", rest, re.S)
        variable = match[1] if match and match[1].isidentifier() else ""
        if not match or not variable or variable in self.names:
            self._tell(tag, messages.FOR_SYNTAX)
        rows = self._compiled(match[2], tag) if match else None
        self.nesting += 1
        if self.nesting > _MAX_NESTING:
            self._tell(tag, messages.LOOPS_TOO_DEEP.format(limit=_MAX_NESTING))
        self.names.append(variable)
        self.wanted.append("endfor")
        body, stop = self._block(("endfor",))
        self.wanted.pop()
        self.names.pop()
        self.nesting -= 1
        self._closed(stop, "endfor", tag, path)
        return [For(variable, rows or _untold, body, tag)]

    def _if(self, rest: str, tag: Tag) -> list[Node]:
        branches: list[tuple[Evaluate | None, list[Node], Tag]] = []
        ended = False  # an else was there
        path = self.path
        condition, opening = self._compiled(rest, tag), tag
        while True:
            self.wanted.append("endif")
            body, stop = self._block(("elif", "else", "endif"))
            self.wanted.pop()
            branches.append((condition, body, opening))
            if stop is None or stop[0] not in ("elif", "else"):
                self._closed(stop, "endif", tag, path)
                return [If(branches)]
            if self.path != path and not self.loose:
                self._tell(stop[1], messages.BLOCK_ACROSS.format(tag=tag.text, found=stop[0]))
            if ended:
                self._tell(stop[1], messages.BLOCK_AFTER_ELSE.format(found=stop[0]))
            ended = stop[0] == "else"
            if ended and stop[2]:
                self._tell(stop[1], messages.BLOCK_AFTER_ELSE.format(found=stop[2]))
            opening = stop[1]
            condition = self._compiled(stop[2], opening) if stop[0] == "elif" else None

    def _closed(
        self, stop: tuple[str, Tag, str] | None, wanted: str, tag: Tag, path: tuple[object, ...]
    ) -> None:
        if self.loose:
            return
        if stop is None:
            self._tell(tag, messages.BLOCK_NOT_CLOSED.format(tag=tag.text, wanted=wanted))
        elif stop[0] != wanted:
            self.owed[wanted] += 1
            if stop[0] in self.wanted or ("endif" in self.wanted and stop[0] in ("else", "elif")):
                self.position -= 3  # an outer block's: it reads it again
            self._tell(
                stop[1], messages.BLOCK_CROSSED.format(found=stop[0], wanted=wanted, tag=tag.text)
            )
        elif self.path != path:
            self._tell(stop[1], messages.BLOCK_ACROSS.format(tag=tag.text, found=stop[0]))

    def _compiled(self, source: str, tag: Tag) -> Evaluate | None:
        try:
            return self.language.compile(source, self.names)
        except Refused as refused:
            self._tell(tag, str(refused))
            return None

    def _tell(self, tag: Tag, message: str) -> None:
        self.faults.append(tag.fault(message))
