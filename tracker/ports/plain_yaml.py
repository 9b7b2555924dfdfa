"""The plain part of YAML 1.2 that contract files are written in.

Mappings, lists and text; ``true``, ``false`` and ``null`` (or nothing) are the only words with a meaning, so that dates
and numbers stay as they were written. Aliases, anchors and tags are refused: nothing in a file can grow or be built.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from tracker.rules.problems import N_, Problem

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # a platform without libyaml: the same, slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]  # both parse, which is all we use

DEEPEST = 20
MOST_VALUES = 50_000
"""No contract has so many; a file of five megabytes can hold millions and keep a server busy for a minute."""
_WORDS = {"true": True, "false": False, "null": None, "": None}
_TOO_DEEP = N_("This is nested too deeply.")


class Unreadable(Exception):
    """The file cannot be read as what it says it is. Each problem may know its line, as ``(problem, line)``."""

    def __init__(self, *problems: tuple[Problem, int | None]) -> None:
        super().__init__("; ".join(str(problem) for problem, _line in problems))
        self.problems = problems


def no_such_thing(text: str, line: int | None = None, place: str = "", **values: object) -> Unreadable:
    """The exception for one problem."""
    return Unreadable((Problem(place, text, values), line))


def parse(text: str) -> tuple[Any, dict[str, int]]:
    """The one document in `text`, and the line (from 1) on which each place of it starts. Raises Unreadable."""
    reader = _Reader(_events(text))
    value = reader.document()
    if reader.problems:
        raise Unreadable(*reader.problems)
    return value, reader.lines


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        parser = _Parser(text)
        while event := parser.get_event():
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise no_such_thing(N_("This is not well-formed YAML: %(reason)s."), line, reason=error.problem) from None
    except yaml.YAMLError:
        raise no_such_thing(N_("The file holds characters that no text has.")) from None


@dataclass(slots=True)
class _Reader:
    """Builds the value from parser events, gathering what may not stand twice and where everything stands."""

    events: Iterator[yaml.Event]
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[Problem, int | None]] = field(default_factory=list)

    def document(self) -> Any:
        value, documents = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise no_such_thing(N_("Write one contract in a file."), _line(event))
                value = self.value(next(self.events), "", 0)
        return value

    def value(self, event: yaml.Event, place: str, depth: int) -> Any:
        self.lines[place] = _line(event)
        if len(self.lines) > MOST_VALUES:
            raise no_such_thing(N_("This holds too many values: at most %(most)s."), most=MOST_VALUES)
        self._refuse(event, place, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place, depth)
        assert isinstance(event, yaml.ScalarEvent)
        is_plain = event.implicit[0]
        return _WORDS.get(event.value, event.value) if is_plain else event.value

    def _refuse(self, event: yaml.Event, place: str, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise no_such_thing(N_("Aliases and anchors (* and &) are not read; write it out."), _line(event), place)
        if getattr(event, "tag", None):
            raise no_such_thing(N_("Tags (!) are not read; write plain text."), _line(event), place)
        if depth > DEEPEST:
            raise no_such_thing(_TOO_DEEP, _line(event), place)

    def _mapping(self, place: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, place, depth)
                raise no_such_thing(N_("The name of a field is plain text."), _line(event), place)
            self._refuse(event, place, depth)
            inner = f"{place}.{event.value}" if place else event.value
            if event.value in found:
                self.problems.append((Problem(inner, N_("This field stands here twice.")), _line(event)))
            found[event.value] = self.value(next(self.events), inner, depth + 1)
            self.lines[inner] = _line(event)
        return found

    def _list(self, place: str, depth: int) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, f"{place}[{len(found)}]", depth + 1))
        return found


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


# ------------------------------------------------------------------- writing


def dump(document: Any) -> str:
    """`document` (mappings, lists, text, true, false, null) as YAML that people read and `parse` reads back."""
    return str(
        yaml.dump(document, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    )


class _Writer(yaml.SafeDumper):
    """Block style, lists indented, paragraphs as they are; only words with a meaning are quoted."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  PyYAML reads this attribute from the class

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else "'" if text in _WORDS else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style)


def _word(writer: yaml.SafeDumper, value: bool | None) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", "null" if value is None else str(value).lower())


_Writer.add_representer(str, _text)
_Writer.add_representer(bool, _word)
_Writer.add_representer(type(None), _word)
