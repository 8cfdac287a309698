"""The phrases of an edition: their names and parameters, and how they use each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from jinja2 import nodes

from reportgen import messages
from reportgen.edition.bounds import PHRASE_TAGS, PHRASES_DEEP
from reportgen.edition.models import Edition, scope_names
from reportgen.edition.places import EDITION
from reportgen.edition.soundness.common import name_twice, no_identifier
from reportgen.edition.text_files import twice
from reportgen.findings import Finding, fault
from reportgen.language.syntax import Refused, parse

_TAGS = re.compile(r"\{\{(.*?)\}\}|\{%\s*\w*\s*(.*?)\s*%\}", re.S)


def faults(edition: Edition) -> Iterator[Finding]:
    """What is wrong with each phrase but the tags in its text."""
    for name, phrase in edition.phrase.items():
        key = f"phrase.{name}"
        yield from no_identifier(EDITION, [name], key)
        yield from no_identifier(EDITION, phrase.parameters, f"{key}.parameters")
        yield from name_twice(EDITION, twice(phrase.parameters), f"{key}.parameters")
        yield from parameters_taken(edition, phrase.parameters, key)
        if not phrase.text.strip():
            yield fault("phrase", EDITION, f"{key}.text", messages.PHRASE_EMPTY)
    yield from use_of_each_other(edition)


def parameters_taken(edition: Edition, parameters: list[str], key: str) -> Iterator[Finding]:
    """Parameters that are called like a sheet or a derived number."""
    for name in dict.fromkeys(parameters):
        if name in scope_names(edition):
            message = messages.PARAMETER_TAKEN.format(name=name)
            yield fault("phrase", EDITION, f"{key}.parameters", message)


def use_of_each_other(edition: Edition) -> Iterator[Finding]:
    """Phrases that go in a circle; else those in which too many others, or too much, is nested."""
    used = {name: _used(edition, phrase.text) for name, phrase in edition.phrase.items()}
    try:
        order = list(TopologicalSorter(used).static_order())
    except CycleError as error:
        circle = error.args[1][::-1]
        message = messages.PHRASE_CIRCLE.format(circle=" → ".join(circle))
        for name in dict.fromkeys(circle):
            yield fault("phrase", EDITION, f"phrase.{name}.text", message)
        return
    depths: dict[str, int] = {}
    tags: dict[str, int] = {}
    told: set[str] = set()
    for name in order:
        inner = used[name]
        depths[name] = 1 + max((depths[other] for other in inner), default=0)
        own = len(_TAGS.findall(edition.phrase[name].text))
        tags[name] = own + sum(tags[other] for other in inner)
        found = list(_too_much(name, depths[name], tags[name]))
        if found or told.intersection(inner):
            told.add(name)
            tags[name] = 0
        if told.isdisjoint(inner):  # what only uses such a one is not told
            yield from found


def _too_much(name: str, depth: int, tags: int) -> Iterator[Finding]:
    """What goes over a limit."""
    key = f"phrase.{name}.text"
    if depth > PHRASES_DEEP:
        message = messages.PHRASE_TOO_DEEP.format(depth=depth, limit=PHRASES_DEEP)
        yield fault("phrase", EDITION, key, message)
    if tags > PHRASE_TAGS:
        message = messages.PHRASE_TOO_LONG.format(count=tags, limit=PHRASE_TAGS)
        yield fault("phrase", EDITION, key, message)


def _used(edition: Edition, text: str) -> list[str]:
    """The phrases that a text calls, one as often as it is called."""
    found = []
    for printed, statement in _TAGS.findall(text):
        try:
            tree = parse((printed or statement).strip())
        except Refused:
            continue  # told as a fault of its own, or no expression: else
        calls = [*tree.find_all(nodes.Call), *([tree] if isinstance(tree, nodes.Call) else ())]
        found += [call.node.name for call in calls if isinstance(call.node, nodes.Name)]
    return [name for name in found if name in edition.phrase]
