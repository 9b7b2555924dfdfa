"""The tests of the rules, run inside this process: collected once, then any of them at any time."""

import ast
import functools
import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

from tests.mutation.mutants import ROOT, RULES, Mutant, modules, needs

TESTS = ROOT / "tests" / "rules"
_OPTIONS = [
    "--noconftest",
    "--assert=plain",
    "-o",
    "addopts=",
    "--import-mode=importlib",
    "-p",
    "no:cacheprovider",
    "-o",
    "faulthandler_timeout=0",
    "-qq",
]
_FOLDER = f"{RULES}{os.sep}"
_EXAMPLES = 15
_LEAST_SECONDS, _SLOWER = 2, 5
"""How much processor time a test may take before it counts as failed: so many times what it needs, and no less."""


Function = tuple[str, str]
"""A function of the rules: its module and its name there."""


@dataclass(slots=True)
class Seen:
    """What was seen of the tests on the unchanged rules."""

    lines: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    """Lines of each module that a test ran."""
    seconds: dict[str, float] = field(default_factory=dict)
    on_import: set[Function] = field(default_factory=set)
    """Functions that had run when the rules were imported."""
    on_collection: dict[Path, set[Function]] = field(default_factory=dict)
    """Functions that had run when the tests of a file were collected."""


class _TakeOver:
    """Collects the tests as pytest does, then hands them over instead of running them."""

    def __init__(self, then: Callable[[list[pytest.Item]], None], seen: Seen | None) -> None:
        self.then = then
        self.seen = seen
        self.is_done = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, Any, Any]:
        if self.seen is not None and isinstance(collector, pytest.Module):
            with watched(self.seen.on_collection.setdefault(collector.path, set())):
                return (yield)
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not session.testsfailed:
            for item in session.items:
                _limit_examples(item)
            self.then(session.items)
            self.is_done = True
        return True


def collect(paths: Iterable[Path], then: Callable[[list[pytest.Item]], None], seen: Seen | None = None) -> bool:
    """Collect the tests in these files and call `then` with them; False if they could not be collected."""
    taken = _TakeOver(then, seen)
    pytest.main([*_OPTIONS, "-m", "not prove and not bench", *map(str, paths)], plugins=[taken])
    return taken.is_done


def settle_hypothesis() -> None:
    """The same examples every time, and no search for a smaller failure: that it fails is enough."""
    settings.register_profile(
        "mutation",
        deadline=None,
        derandomize=True,
        database=None,
        max_examples=_EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutation")


def _limit_examples(item: pytest.Item) -> None:
    """So few examples that what a mutant does is told by tests that name it, rather than by a long search."""
    test: Any = getattr(item, "obj", None)
    if own := getattr(test, "_hypothesis_internal_use_settings", None):
        test._hypothesis_internal_use_settings = settings(own, max_examples=min(own.max_examples, _EXAMPLES))


def fails(item: pytest.Item) -> bool:
    """Run one test."""
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def first_failure(items: Iterable[pytest.Item], seen: Seen) -> str:
    """Run tests, the quick ones first, up to one that fails: its name, empty if none does.

    A test that takes far longer than it should ends this process by SIGVTALRM.
    """
    for item in sorted(items, key=lambda item: seen.seconds.get(item.nodeid, 0)):
        limit = max(_LEAST_SECONDS, _SLOWER * seen.seconds.get(item.nodeid, 0))
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        if fails(item):
            return item.nodeid
    return ""


# ---------------------------------------------------------------- watching the unchanged rules


@contextmanager
def watched(functions: set[Function]) -> Iterator[None]:
    """Note each function of the rules that runs meanwhile."""

    def on_call(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_FOLDER):
            functions.add((Path(code.co_filename).stem, code.co_qualname.partition(".<locals>")[0]))

    sys.setprofile(on_call)
    yield
    sys.setprofile(None)


def watch_import(seen: Seen) -> None:
    """Import the rules, and what tests share: its part in the rules counts against every file that uses it."""
    with watched(seen.on_import):
        for module in modules():
            importlib.import_module(f"tracker.rules.{module}")
    for path in test_files():
        for helper in helpers(path):
            with watched(seen.on_collection.setdefault(helper, set())):
                importlib.import_module(".".join(helper.relative_to(ROOT).with_suffix("").parts))
    for path in test_files():
        seen.on_collection[path] = set().union(*(seen.on_collection[helper] for helper in helpers(path)))


@cache
def test_files() -> list[Path]:
    """Every file of tests of the rules."""
    return sorted(TESTS.rglob("test_*.py"))


@cache
def helpers(path: Path) -> list[Path]:
    """The files of shared test code that a file of tests imports, the deepest first."""
    found: dict[Path, None] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
            base = ROOT.joinpath(*str(node.module).split("."))
            for file in (base.with_suffix(".py"), *(base / f"{alias.name}.py" for alias in node.names)):
                if file.exists():
                    found |= dict.fromkeys([*helpers(file), file])
    return list(found)


def watch_tests(items: list[pytest.Item], seen: Seen) -> None:
    """Run every test once and note its lines and its time. Raises RuntimeError if one fails."""
    for item in items:
        lines: set[tuple[str, int]] = set()
        begun = time.process_time()
        sys.settrace(_tracer(lines))
        failed = fails(item)
        sys.settrace(None)
        if failed:
            raise RuntimeError(f"{item.nodeid} fails on the unchanged rules.")
        seen.seconds[item.nodeid] = time.process_time() - begun
        seen.lines[item.nodeid] = {(Path(file).stem, line) for file, line in lines}


def _tracer(lines: set[Any]) -> Callable[[FrameType, str, object], Any]:
    def on_line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return on_line

    def on_call(frame: FrameType, event: str, _: object) -> Any:
        return on_line if frame.f_code.co_filename.startswith(_FOLDER) else None

    return on_call


# ---------------------------------------------------------------- changing what is imported already


class Imported:
    """The functions and caches that are in memory before any mutant is tried."""

    def __init__(self) -> None:
        things = gc.get_objects()
        self.functions: dict[tuple[str, str], list[FunctionType]] = {}
        for thing in things:
            if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(_FOLDER):
                place = thing.__code__.co_filename, thing.__code__.co_qualname
                self.functions.setdefault(place, []).append(thing)
        self.caches = [thing for thing in things if isinstance(thing, functools._lru_cache_wrapper)]
        gc.freeze()

    def swap(self, mutant: Mutant) -> None:
        """Put the mutant's function in the place of the one that everybody has imported."""
        code = _find(mutant.code(), mutant.scope)
        for function in self.functions[str(RULES / f"{mutant.module}.py"), mutant.scope]:
            function.__code__ = code
        for cached in self.caches:
            home = str(cached.__module__)
            if home.startswith("tests.") or mutant.module in needs(home.rpartition(".")[2]):
                cached.cache_clear()


def _find(code: CodeType, name: str) -> CodeType:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            if const.co_qualname == name:
                return const
            if name.startswith(f"{const.co_qualname}."):
                return _find(const, name)
    raise LookupError(name)
