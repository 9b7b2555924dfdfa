"""Every mutant of a module: the module with one thing in it changed.

Left alone is what says nothing about behaviour: docstrings, annotations, decorators, assertions, exports, and the
wording of messages and errors.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.operators import Members, alternatives

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tracker" / "rules"
_BLOCKS = (ast.If, ast.While, ast.For, ast.Try, ast.With)
_SCOPES = (ast.FunctionDef, ast.ClassDef)
_UNTOUCHED = {"annotation", "returns", "decorator_list", "bases"}
_WORDING = {"N_", "TypeVar"}
_CONTEXT = 30
_PIECES = re.compile(r"\w+|\s+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `scope` is the function it is in, empty for what runs when the module is imported."""

    name: str
    module: str
    scope: str
    lines: range
    holder: Any
    at: str | int
    other: ast.AST

    def code(self) -> CodeType:
        """The changed module, compiled."""
        with changed(self.holder, self.at, self.other):
            tree = ast.fix_missing_locations(tree_of(self.module))
            return compile(tree, str(RULES / f"{self.module}.py"), "exec")


@dataclass
class changed:
    """For a while, another piece stands at this place."""

    holder: Any
    at: Any
    other: Any = None
    own: Any = None

    def __enter__(self) -> None:
        self.own = self.get()
        self._set(self.other)

    def __exit__(self, *_: object) -> None:
        self._set(self.own)

    def get(self) -> Any:
        """What stands there now."""
        return self.holder[self.at] if isinstance(self.holder, list) else getattr(self.holder, self.at)

    def _set(self, value: Any) -> None:
        if isinstance(self.holder, list):
            self.holder[self.at] = value
        else:
            setattr(self.holder, self.at, value)


@cache
def tree_of(module: str) -> ast.Module:
    """The module's syntax."""
    return ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8"))


def modules() -> list[str]:
    """Every module of the rules that does something."""
    return sorted(path.stem for path in RULES.glob("*.py") if path.stem != "__init__")


@cache
def enumerations() -> Members:
    """The enumerations of all modules."""
    classes = (node for name in modules() for node in tree_of(name).body if isinstance(node, ast.ClassDef))
    return {
        node.name: [item.targets[0].id for item in node.body if _is_member(item)]  # type: ignore[attr-defined]  # told by _is_member
        for node in classes
        if any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    }


def _is_member(item: ast.stmt) -> bool:
    return isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name)


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of the module, in the order of its text; their names stay the same when lines move."""
    seen: Counter[str] = Counter()
    for place in _places(tree_of(module), ()):
        own = changed(place.holder, place.at).get()
        scope = _scope(place.path)
        for other in alternatives(own, enumerations()):
            what = _told(place, other)
            name = f"{module}.{'.'.join(_names(place.path)) or '-'}: {what}"
            seen[name] += 1
            name += f" #{seen[name]}" if seen[name] > 1 else ""
            yield Mutant(name, module, scope, _lines(place.path[-1]), place.holder, place.at, other)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands; `path` holds the statements around it, the innermost last."""

    path: tuple[ast.stmt, ...]
    holder: Any
    at: str | int


def _places(node: ast.AST, path: tuple[ast.stmt, ...]) -> Iterator[_Place]:
    for name, value in ast.iter_fields(node):
        if name in _UNTOUCHED:
            continue
        items = (
            [(value, at, item) for at, item in enumerate(value)] if isinstance(value, list) else [(node, name, value)]
        )
        for holder, at, item in items:
            if isinstance(item, ast.AST) and not _says_nothing(item, path):
                inner = (*path, item) if isinstance(item, ast.stmt) else path
                if inner:
                    yield _Place(inner, holder, at)
                yield from _places(item, inner)


def _says_nothing(node: ast.AST, path: tuple[ast.stmt, ...]) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in _WORDING
    if isinstance(node, ast.Constant | ast.JoinedStr) and path and isinstance(path[-1], ast.Raise):
        return isinstance(node, ast.JoinedStr) or isinstance(node.value, str)
    exported = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    return exported or isinstance(node, ast.Assert | ast.Import | ast.ImportFrom)


def _names(path: tuple[ast.stmt, ...]) -> list[str]:
    return [node.name for node in path if isinstance(node, _SCOPES)]


def _scope(path: tuple[ast.stmt, ...]) -> str:
    """The outermost function around, as functions name themselves; what is in its signature runs on import."""
    names = []
    for node in path[:-1]:
        names += [node.name] if isinstance(node, _SCOPES) else []
        if isinstance(node, ast.FunctionDef):
            return ".".join(names)
    return ""


def _lines(statement: ast.stmt) -> range:
    """The lines of a statement, without those of the block it opens."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(last, statement.lineno) + 1)


def _told(place: _Place, other: ast.AST) -> str:
    """The change in a few words: what stood there and what stands there now, with a little of what is around."""
    before = _heading(place.path[-1])
    with changed(place.holder, place.at, other):
        after = _heading(other if isinstance(other, ast.stmt) else place.path[-1])
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    first = _in_common(old, new)
    rest = _in_common(old[first:][::-1], new[first:][::-1])
    shown = [" ".join("".join(words[first : len(words) - rest]).split())[:80] for words in (old, new)]
    lead, tail = "".join(old[:first])[-_CONTEXT:], "".join(old[len(old) - rest :])[:_CONTEXT]
    return f"{lead}[{shown[0]} → {shown[1]}]{tail}"


def _in_common(a: list[str], b: list[str]) -> int:
    """How many pieces both begin with."""
    return next((at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _heading(node: ast.AST) -> str:
    """A statement without the block it opens, on one line."""
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return " ".join(ast.unparse(node).split())
    shown = {
        name: ([] if name in ("orelse", "handlers", "finalbody") else value) for name, value in ast.iter_fields(node)
    }
    shown |= {"body": [ast.Pass()]}
    if isinstance(node, ast.Try):
        return "try"
    return " ".join(ast.unparse(ast.copy_location(type(node)(**shown), node)).removesuffix("pass").split())


@cache
def needs(module: str) -> frozenset[str]:
    """The modules of the rules that this one rests on, itself among them."""
    if module not in modules():
        return frozenset()
    prefix = "tracker.rules."
    imported = (node.module or "" for node in tree_of(module).body if isinstance(node, ast.ImportFrom))
    direct = [name.removeprefix(prefix) for name in imported if name.startswith(prefix)]
    return frozenset({module}.union(*map(needs, direct)))
