"""Work that every office would do anew, done once for all tests of a process: nothing of what a test says or sees.

Each test has its own database, engine and web application. What these compile (SQL, addresses, templates) depends on
the source alone, and compiling it takes longer than most tests.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from sqlalchemy import create_engine as new_engine
from werkzeug.routing import Rule

from tracker.records import database

_ENGINES: dict[str, Engine] = {}
_BUILDERS: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
_STATEMENTS = 5_000
"""How many compiled statements are kept for all engines of a kind."""


def create_engine(url: str, **options: Any) -> Engine:
    """An engine that compiles no statement which an earlier one of its kind (SQLite or PostgreSQL) has compiled.

    The statements are kept by dialect; a dialect is complete once it has been connected.
    """
    made = new_engine(url, query_cache_size=_STATEMENTS, **options)
    if made.name in _ENGINES:
        made.dialect, made._compiled_cache = _ENGINES[made.name].dialect, _ENGINES[made.name]._compiled_cache
        return made

    @event.listens_for(made, "first_connect")
    def _keep(*_given: object) -> None:
        _ENGINES.setdefault(made.name, made)

    return made


class RememberedRule(Rule):
    """An address whose builder is compiled once: it depends on how the address is written, not on the application."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]


class RememberedTemplates(BytecodeCache):
    """Templates compiled before, by name and content."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = RememberedTemplates()


@pytest.fixture(scope="session", autouse=True)
def _remember() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", create_engine)
        patch.setattr(Flask, "url_rule_class", RememberedRule)
        yield
