"""What a mutant changes: for each piece of a program, the pieces that could stand there by mistake."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Members = Mapping[str, list[str]]
"""Every enumeration of the rules by its name, with the names of its members in order."""

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def alternatives(node: ast.AST, members: Members) -> Iterator[ast.AST]:
    """What could stand in the place of `node`."""
    if make := _OF.get(type(node)):
        yield from make(node, members)


def _compare(node: ast.Compare, _: Members) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield _like(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _bool_op(node: ast.BoolOp, _: Members) -> Iterator[ast.AST]:
    yield _like(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _unary(node: ast.UnaryOp, _: Members) -> Iterator[ast.AST]:
    yield node.operand


def _bin_op(node: ast.BinOp, _: Members) -> Iterator[ast.AST]:
    if other := _COMPUTED.get(type(node.op)):
        yield _like(node, op=other())


def _constant(node: ast.Constant, _: Members) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, str):
        yield ast.Constant(f"X{value}X")


def _name(node: ast.Name, _: Members) -> Iterator[ast.AST]:
    if node.id in _NAMES:
        yield ast.Name(_NAMES[node.id], node.ctx)


def _member(node: ast.Attribute, members: Members) -> Iterator[ast.AST]:
    known = members.get(node.value.id, []) if isinstance(node.value, ast.Name) else []
    if node.attr in known:
        yield _like(node, attr=known[(known.index(node.attr) + 1) % len(known)])


def _call(node: ast.Call, _: Members) -> Iterator[ast.AST]:
    for at, keyword in enumerate(node.keywords):
        if keyword.arg:
            yield _like(node, keywords=node.keywords[:at] + node.keywords[at + 1 :])


def _return(node: ast.Return, _: Members) -> Iterator[ast.AST]:
    """Nothing instead of something; instead of yes or no that would be much the same as turning it."""
    plain = isinstance(node.value, ast.Constant) and (node.value.value is None or isinstance(node.value.value, bool))
    if node.value is not None and not plain:
        yield ast.Return(ast.Constant(None))


def _left_out(node: ast.AST, _: Members) -> Iterator[ast.AST]:
    yield ast.Pass()


def _augmented(node: ast.AugAssign, members: Members) -> Iterator[ast.AST]:
    yield ast.Pass()
    if other := _COMPUTED.get(type(node.op)):
        yield _like(node, op=other())


def _continue(node: ast.Continue, _: Members) -> Iterator[ast.AST]:
    yield ast.Break()


def _tested(node: ast.If | ast.While | ast.IfExp, _: Members) -> Iterator[ast.AST]:
    for test in _negated(node.test):
        yield _like(node, test=test)


def _comprehension(node: ast.comprehension, _: Members) -> Iterator[ast.AST]:
    for at, test in enumerate(node.ifs):
        for other in _negated(test):
            yield _like(node, ifs=[*node.ifs[:at], other, *node.ifs[at + 1 :]])


def _negated(test: ast.expr) -> Iterator[ast.expr]:
    """The condition with one of its parts negated; comparisons and `not` are turned where they stand."""
    if isinstance(test, ast.BoolOp):
        for at, part in enumerate(test.values):
            for other in _negated(part):
                yield _like(test, values=[*test.values[:at], other, *test.values[at + 1 :]])
    elif not isinstance(test, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), test)


def _like(node: Any, **changes: object) -> Any:
    """The same node with some of its fields changed."""
    return ast.copy_location(type(node)(**{**dict(ast.iter_fields(node)), **changes}), node)


_OF: dict[type[ast.AST], Callable[[Any, Members], Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _bin_op,
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _member,
    ast.Call: _call,
    ast.Return: _return,
    ast.Expr: _left_out,
    ast.Raise: _left_out,
    ast.AugAssign: _augmented,
    ast.Continue: _continue,
    ast.If: _tested,
    ast.While: _tested,
    ast.IfExp: _tested,
    ast.comprehension: _comprehension,
}
