"""How expressions are evaluated."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.comparisons import apply_compare
from shapecalc.frontends.python.conditions import bare, junction
from shapecalc.frontends.python.control import Enough
from shapecalc.frontends.python.derived import Derived, defines
from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.frames import Frame
from shapecalc.frontends.python.growing import row_of
from shapecalc.frontends.python.interpreter import MAX_YIELDED, Interpreter
from shapecalc.frontends.python.iteration import Sampled, comprehension_items
from shapecalc.frontends.python.nodes import expression
from shapecalc.frontends.python.operators import (
    apply_binary,
    apply_unary,
    get_item,
)
from shapecalc.frontends.python.partial_texts import PartialText, join_pieces
from shapecalc.frontends.python.program_values import Function
from shapecalc.frontends.python.values import (
    OTHERS,
    Iterator,
    LibraryName,
    Rest,
    Value,
    bounded,
    definite,
    rest_of,
)
from shapecalc.rules.unknown import Unknown

_BUILTIN_CONSTANTS = {"True": True, "False": False, "None": None, "__debug__": True}


@expression(ast.Constant)
def constant(run: Interpreter, node: ast.Constant) -> Value:
    return node.value


@expression(ast.Name)
def name(run: Interpreter, node: ast.Name) -> Value:
    scope = run.frame.scope.holder(node.id)
    if scope is not None:
        return scope.names[node.id]
    return builtin_name(run, node.id, node)


def builtin_name(run: Interpreter, name: str, node: ast.AST) -> Value:
    """A name that no scope binds: a builtin, or one that is not defined."""
    from shapecalc.frontends.python.library.registry import constant_of, is_builtin

    if name in _BUILTIN_CONSTANTS:
        return _BUILTIN_CONSTANTS[name]
    if is_builtin(name):
        return constant_of(name, LibraryName(name))
    from shapecalc.frontends.python.unimported import taken_for_keras

    meant = taken_for_keras(run, name, node)
    if meant is not None:
        return meant
    return run.unknown(f"the name `{name}` is not defined here", node)


@expression(ast.Attribute)
def attribute(run: Interpreter, node: ast.Attribute) -> Value:
    return run.attribute(run.evaluate(node.value), node.attr)


@expression(ast.Tuple)
def tuple_display(run: Interpreter, node: ast.Tuple) -> Value:
    items = _items(run, node.elts)
    return items if isinstance(items, Unknown) else tuple(items)


@expression(ast.List)
def list_display(run: Interpreter, node: ast.List) -> Value:
    return _items(run, node.elts)


@expression(ast.Set)
def set_display(run: Interpreter, node: ast.Set) -> Value:
    items = _items(run, node.elts)
    return items if isinstance(items, Unknown) else make_set(run, items)


def make_set(run: Interpreter, items: list[Value]) -> Value:
    """A set of values, as far as they can be told apart."""
    try:
        return set(items)
    except Exception:  # noqa: BLE001 - an unhashable or undecided member
        return run.unknown("a set whose members can't be told apart")


def _items(run: Interpreter, nodes: list[ast.expr]) -> list[Value] | Unknown:
    items: list[Value] = []
    for element in nodes:
        if isinstance(element, ast.Starred):
            more = run.iterate(run.evaluate(element.value))
            if isinstance(more, Unknown):
                return more
            items.extend(more)
            run.account(len(items))
        else:
            items.append(definite(run.evaluate(element), run.span(element)))
    found: list[Value] | Unknown = bounded(items)
    return found


@expression(ast.Dict)
def dict_display(run: Interpreter, node: ast.Dict) -> Value:
    from shapecalc.frontends.python.keyed import put
    from shapecalc.frontends.python.operators import as_key

    result: dict[Any, Value] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = definite(run.evaluate(value_node), run.span(value_node))
        if key_node is None:
            if not isinstance(value, dict):
                return run.unknown("a dict built from an unknown one", value_node)
            result.update(value)
            continue
        key = as_key(run.evaluate(key_node))
        put(run, result, key, value)
    return result


@expression(ast.BinOp)
def binary(run: Interpreter, node: ast.BinOp) -> Value:
    # A sum of thousands of terms is a tree as deep as it is long: walk down it by hand.
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    value = run.evaluate(chain[-1].left)
    for inner in reversed(chain):
        value = apply_binary(run, inner.op, value, run.evaluate(inner.right), inner)
    return value


@expression(ast.UnaryOp)
def unary(run: Interpreter, node: ast.UnaryOp) -> Value:
    return apply_unary(run, node.op, run.evaluate(node.operand), node)


@expression(ast.BoolOp)
def boolean(run: Interpreter, node: ast.BoolOp) -> Value:
    stop_at = isinstance(node.op, ast.Or)
    undecided: list[Value] = []
    value: Value = None
    for operand in node.values:
        value = run.evaluate(operand)
        truth = run.truth(value)
        if truth is None:
            undecided.append(value)
        elif truth is stop_at:
            if not undecided:
                return value
            # `unknown or 3` is true whatever the unknown is; as a value it stays open.
            return junction(tuple(undecided), every=not stop_at, settled=True)
    if not undecided:
        return value
    return junction(tuple(undecided), every=not stop_at, span=run.span(node))


@expression(ast.Compare)
def comparison(run: Interpreter, node: ast.Compare) -> Value:
    left = run.evaluate(node.left)
    result: Value = True
    undecided: list[Value] = []
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = run.evaluate(right_node)
        result = apply_compare(run, op, left, right, node)
        truth = run.truth(result)
        if truth is False:
            return result
        if truth is None:
            undecided.append(result)
        left = right
    if len(node.ops) == 1 or not undecided:
        return result
    return junction(tuple(undecided), every=True, span=run.span(node))


@expression(ast.IfExp)
def conditional(run: Interpreter, node: ast.IfExp) -> Value:
    from shapecalc.frontends.python.branching import choose_value

    test = run.evaluate(node.test)
    truth = run.truth(test)
    if truth is None:
        return choose_value(run, node, test)
    return run.evaluate(node.body if truth else node.orelse)


@expression(ast.Subscript)
def subscript(run: Interpreter, node: ast.Subscript) -> Value:
    item = get_item(run, run.evaluate(node.value), run.evaluate(node.slice), node)
    of_shape = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
    return run.lengths.named(item, node) if of_shape else item


@expression(ast.Slice)
def slice_display(run: Interpreter, node: ast.Slice) -> Value:
    parts = [None if p is None else run.evaluate(p) for p in (node.lower, node.upper, node.step)]
    return slice(*parts)


@expression(ast.JoinedStr)
def f_string(run: Interpreter, node: ast.JoinedStr) -> Value:
    parts: list[str | Unknown] = []
    for piece in node.values:
        value = run.evaluate(piece)
        known = isinstance(value, (str, Unknown))
        parts.append(value if known else run.unknown("a formatted value", piece))
    return join_pieces(parts)


@expression(ast.FormattedValue)
def formatted(run: Interpreter, node: ast.FormattedValue) -> Value:
    value = run.evaluate(node.value)
    spec = run.evaluate(node.format_spec) if node.format_spec is not None else ""
    if isinstance(value, PartialText) and spec == "" and node.conversion in (-1, ord("s")):
        return value
    if isinstance(value, Unknown):
        return bare(value)
    if defines(value, "__format__") and node.conversion == -1:
        return run.call(run.attribute(value, "__format__"), (spec,))
    if defines(value, "__str__") and node.conversion != ord("r"):
        value = run.call(run.attribute(value, "__str__"))
    # How Python writes a member of an enumeration has changed, but for numbers in a format.
    unsure = isinstance(value, Derived) and (node.conversion != -1 or isinstance(value, str))
    plain = isinstance(value, (str, int, float, bool, type(None))) and not unsure
    if not plain or not isinstance(spec, str):
        return run.unknown("the text of an object", node)
    # A width is a size that the program chooses: keep it small.
    if any(len(digits) > 3 for digits in _digit_runs(spec)):
        return run.unknown("a text that is too long to follow", node)
    if node.conversion == ord("r"):
        value = repr(value)
    elif node.conversion == ord("s"):
        value = str(value)
    try:
        return format(value, spec)
    except (ValueError, TypeError):
        return run.unknown("a format that does not fit its value", node)


def _digit_runs(text: str) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in text).split()


@expression(ast.NamedExpr)
def walrus(run: Interpreter, node: ast.NamedExpr) -> Value:
    value = run.evaluate(node.value)
    run.bind(node.target.id, value)
    return value


@expression(ast.Lambda)
def lambda_(run: Interpreter, node: ast.Lambda) -> Value:
    return make_function(run, node)


def make_function(
    run: Interpreter, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
) -> Function:
    """A function value with its defaults evaluated and its scope closed over."""
    defaults = [run.evaluate(d) for d in node.args.defaults]
    kw_defaults = [None if d is None else run.evaluate(d) for d in node.args.kw_defaults]
    # A missing default and a default of None differ: keep what is missing out of reach.
    missing = [d is None for d in node.args.kw_defaults]
    function = Function(
        node,
        run.frame.scope,
        defaults,
        [MISSING if gone else d for gone, d in zip(missing, kw_defaults, strict=True)],
    )
    return function


MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()


@expression(ast.Yield)
def yield_(run: Interpreter, node: ast.Yield) -> Value:
    value = None if node.value is None else run.evaluate(node.value)
    if run.frame.yielded is not None and rest_of(run.frame.yielded) is None:
        if len(run.frame.yielded) >= MAX_YIELDED:
            raise Enough
        run.touch(run.frame.yielded)
        run.frame.yielded.append(value)
    return None


@expression(ast.YieldFrom)
def yield_from(run: Interpreter, node: ast.YieldFrom) -> Value:
    items = run.iterate(run.evaluate(node.value))
    if isinstance(items, Unknown):
        items = [Rest(items.reason, items.span)]
    if run.frame.yielded is not None and rest_of(run.frame.yielded) is None:
        run.touch(run.frame.yielded)
        run.frame.yielded.extend(items)
        if len(run.frame.yielded) >= MAX_YIELDED:
            raise Enough
    return None


@expression(ast.Await)
def await_(run: Interpreter, node: ast.Await) -> Value:
    return run.evaluate(node.value)


@expression(ast.Starred)
def starred(run: Interpreter, node: ast.Starred) -> Value:
    return run.evaluate(node.value)


@expression(ast.ListComp)
def list_comprehension(run: Interpreter, node: ast.ListComp | ast.GeneratorExp) -> Value:
    results: list[Value] = []

    def collect() -> None:
        results.append(run.evaluate(node.elt))

    unknown = _comprehend(run, node, collect)
    if type(unknown) is Rest:
        results.append(unknown)
        return results
    if type(unknown) is Sampled and len(node.generators) == 1 and len(results) == 1:
        row = row_of(results[0])
        return unknown if row is None else [Rest(unknown.reason, unknown.span, row)]
    return results if unknown is None else unknown


@expression(ast.GeneratorExp)
def generator_expression(run: Interpreter, node: ast.GeneratorExp) -> Value:
    results = list_comprehension(run, node)
    return results if isinstance(results, Unknown) else Iterator(results)


@expression(ast.SetComp)
def set_comprehension(run: Interpreter, node: ast.SetComp) -> Value:
    results: list[Value] = []

    def collect() -> None:
        results.append(run.evaluate(node.elt))

    unknown = _comprehend(run, node, collect)
    if type(unknown) is Rest:
        return {*results, unknown}
    return make_set(run, results) if unknown is None else unknown


@expression(ast.DictComp)
def dict_comprehension(run: Interpreter, node: ast.DictComp) -> Value:
    from shapecalc.frontends.python.operators import as_key

    results: dict[Any, Value] = {}
    unknown: list[Unknown] = []

    def collect() -> None:
        key = as_key(run.evaluate(node.key))
        value = run.evaluate(node.value)
        if isinstance(key, Unknown):
            unknown.append(key)
        else:
            results[key] = value

    stuck = _comprehend(run, node, collect)
    if type(stuck) is Rest:
        return {**results, OTHERS: stuck}
    if stuck is not None:
        return stuck
    return unknown[0] if unknown else results


def _comprehend(run: Interpreter, node: Any, collect: Any) -> Unknown | None:
    scope = Scope(run.frame.scope, run.frame.scope.module)
    frame = Frame(scope, run.frame.function, run.frame.owner, run.frame.receiver)
    first = run.evaluate(node.generators[0].iter)
    with run.in_frame(frame):
        return comprehension_items(run, node.generators, first, collect)
