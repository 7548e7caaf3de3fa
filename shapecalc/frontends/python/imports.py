"""Imports: of libraries by their canonical names, of the project's own modules by their files.

A module of the project is parsed and interpreted in a scope of its own, once an analysis, as the
program's own file is: nothing is executed. As in Python, a module that imports one which is
still being read sees what that one has defined so far.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from shapecalc.frontends.python import program_values
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.exceptions import catches
from shapecalc.frontends.python.frames import Frame
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.modules import canonical
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.parsing import parse
from shapecalc.frontends.python.program_values import Function
from shapecalc.frontends.python.values import LibraryName, Raised, Value
from shapecalc.graph.program import Gap
from shapecalc.project import Module
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown
from shapecalc.source import SourceFile, UnreadableSource

MAX_IMPORT_DEPTH = 150


@statement(ast.Import)
def import_(run: Interpreter, node: ast.Import) -> None:
    for alias in node.names:
        found = run.search.find(alias.name) if run.search is not None else None
        # A mere folder imported by itself binds nothing of use: a library has its name.
        if found is None or (found.path is None and "." not in alias.name):
            name = alias.name if alias.asname else alias.name.split(".")[0]
            run.bind(alias.asname or name, LibraryName(canonical(name)))
            continue
        outermost, innermost = _load_chain(run, alias.name)
        run.bind(alias.asname or alias.name.split(".")[0], innermost if alias.asname else outermost)


def _load_chain(run: Interpreter, name: str) -> tuple[Value, Value]:
    """Load `a`, `a.b` and `a.b.c`, each bound in the one before it."""
    assert run.search is not None
    parts = name.split(".")
    outermost: Value = None
    before: Value = None
    for count in range(1, len(parts) + 1):
        found = run.search.find(".".join(parts[:count]))
        current: Value = None if found is None else load(run, found)
        if isinstance(before, program_values.Module):
            before.scope.names[parts[count - 1]] = current
        outermost = current if count == 1 else outermost
        before = current
    return outermost, before


@statement(ast.ImportFrom)
def import_from(run: Interpreter, node: ast.ImportFrom) -> None:
    for alias in node.names:
        if alias.name == "*":
            _import_all(run, node)
        else:
            run.bind(alias.asname or alias.name, imported(run, node, alias.name))


def imported(run: Interpreter, node: ast.ImportFrom, name: str) -> Value:
    """`from module import name`."""
    module = _module_of(run, node)
    if isinstance(module, Unknown):
        return module
    if module is not None:
        return _taken_from(run, module, name)
    from shapecalc.frontends.python.library.registry import constant_of

    path = canonical(f"{canonical(node.module or '')}.{name}")
    return constant_of(path, LibraryName(path))


def _module_of(run: Interpreter, node: ast.ImportFrom) -> Module | Unknown | None:
    """The project's module that an import names; None for a library's."""
    search, name = run.search, node.module or ""
    if not node.level:
        found = search.find(name) if search is not None else None
        # A mere folder holds modules at best; a library may have its name.
        if found is None or search is None or found.path is not None:
            return found
        inner = (search.within(found.folder, a.name, a.name) for a in node.names)
        return found if all(m is not None and m.path is not None for m in inner) else None
    dots = "." * node.level + name
    current = run.frame.scope.module.file
    if search is None or current is None:
        return run.unknown(f"`{dots}` is imported from another file", node)
    folder = search.above(current, node.level)
    if folder is None:
        return run.unknown(f"`{dots}` lies beyond the root of the project", node)
    found = search.below(folder, name, _package_name(current, node.level)) if name else None
    if found is None and not name:
        found = search.package(folder)
    if found is not None:
        return found
    _fail(run, "ModuleNotFoundError", f"there is no module `{dots}`")
    return run.unknown(f"`{dots}` is imported, which is not there", node)


def _package_name(module: Module, level: int) -> str:
    """The dotted name of the package that so many leading dots mean."""
    parts = module.name.split(".")
    drop = level - 1 if module.key.endswith("__init__.py") else level
    return ".".join(parts[: len(parts) - drop] if drop else parts)


def _fail(run: Interpreter, kind: str, text: str) -> None:
    """Raise what Python would, where the program is prepared for that.

    Raises:
        Raised: a `try` around the import catches it.
    """
    if any(catches(handler, kind) for handler in run.handlers):
        raise Raised(kind, text)


def _taken_from(run: Interpreter, module: Module, name: str) -> Value:
    """A name of a module: what the module binds, or a module within it."""
    assert run.search is not None
    known = run.modules.get(module.key)
    if known is None and module.folder == _folder_of(run):
        # From within its package: the package itself has run already, if it has a say at all.
        beside = run.search.within(module.folder, name, f"{module.name}.{name}")
        if beside is not None and beside.path is not None:
            return load(run, beside)
    value = known if known is not None else load(run, module)
    if not isinstance(value, program_values.Module):
        return value
    if name in value.scope.names:
        return value.scope.names[name]
    inner = None
    if module.path is None or module.key.endswith("__init__.py"):
        inner = run.search.within(module.folder, name, f"{module.name}.{name}")
    if inner is not None:
        value.scope.names[name] = load(run, inner)
        return value.scope.names[name]
    return missing(run, value, name)


def _folder_of(run: Interpreter) -> str | None:
    file = run.frame.scope.module.file
    return None if file is None else file.folder


def missing(run: Interpreter, module: program_values.Module, name: str) -> Value:
    """A name that a module does not bind."""
    getter = module.scope.names.get("__getattr__")
    if isinstance(getter, Function):
        return run.call(getter, (name,))
    if module.scope.certain:
        _fail(run, "ImportError", f"cannot import name '{name}'")
    return run.unknown(f"`{module.name}` has no `{name}`")


def _import_all(run: Interpreter, node: ast.ImportFrom) -> None:
    module = _module_of(run, node)
    if module is None:
        from shapecalc.frontends.python.library.star_imports import star_import

        found = star_import(canonical(node.module or ""))
        for name, value in found.items():
            run.bind(name, value)
        if not found:
            run.frame.scope.module.certain = False
        return
    value = module if isinstance(module, Unknown) else load(run, module)
    if not isinstance(value, program_values.Module) or isinstance(module, Unknown):
        # What it would have bound is not known: names that are missing say nothing.
        run.frame.scope.module.certain = False
        run.gap("unknown", value.reason, value.span)
        return
    names = value.scope.names
    listed = run.iterate(names["__all__"]) if "__all__" in names else None
    if listed is None or isinstance(listed, Unknown):
        listed = [name for name in names if not name.startswith("_")]
    for name in listed:
        if isinstance(name, str):
            run.bind(name, _taken_from(run, module, name))


# --- loading ---------------------------------------------------------------------------------


def load(run: Interpreter, file: Module) -> Value:
    """A module of the project, interpreted when it is first asked for."""
    known = run.modules.get(file.key)
    if known is None:
        known = run.modules[file.key] = _read(run, file)
    return known


def _read(run: Interpreter, file: Module) -> Value:
    assert run.search is not None
    if run.import_depth >= MAX_IMPORT_DEPTH:
        return _refused(run, f"imports are nested more than {MAX_IMPORT_DEPTH} deep")
    if file.path is None:
        return program_values.Module(file.name, Scope(file=file))
    try:
        source = run.search.text(file)
    except UnreadableSource as error:
        return _refused(run, f"`{file.name}` is not followed: {error.path}: {error.reason}")
    tree = run.search.project.trees.get(source)
    if tree is None:
        tree = run.search.project.trees[source] = parse(source)
    if isinstance(tree, Gap):
        line = f", line {tree.span.line}" if tree.span is not None else ""
        return run.unknown(f"`{file.name}` is not followed: {source.path}{line}: {tree.reason}")
    module = program_values.Module(file.name, module_scope(source, file, file.name))
    # Before it is run: a module that it imports may import it.
    run.modules[file.key] = module
    run.trees.append(tree)
    try:
        _execute(run, module, tree)
    except Raised:
        del run.modules[file.key]
        raise
    return module


def _refused(run: Interpreter, reason: str) -> Unknown:
    run.gap("limit", reason)
    return run.unknown(reason)


def module_scope(source: SourceFile, file: Module | None, name: str | None) -> Scope:
    """The scope of a module, with the names that Python gives it."""
    scope = Scope(source=source, file=file)
    scope.names["__file__"] = source.path
    if name is not None:
        scope.names["__name__"] = name
    return scope


def _execute(run: Interpreter, module: program_values.Module, tree: ast.Module) -> None:
    with _apart(run, module), run.in_frame(Frame(module.scope)):
        for node in tree.body:
            try:
                run.execute([node])
            except Raised as raised:
                if any(catches(handler, raised.kind) for handler in run.handlers):
                    raise
                module.scope.certain = False
                if str(raised.kind) == "SystemExit":
                    return
                run.stopped(node, raised)
            except RecursionError:
                reason = "this is nested too deeply to be followed"
                module.scope.certain = False
                run.gap("limit", reason)
                run.forget_targets(node, reason)
            except Signal:
                run.gap("unknown", "`return`, `break` or `continue` outside a block")


@contextmanager
def _apart(run: Interpreter, module: program_values.Module) -> Iterator[None]:
    """Run a module for good, even where the import stands in a branch that is only tried.

    What a module does as it is imported does not depend on who imports it; so it is done once,
    and nothing of it is undone or counted with the branch.
    """
    session = current_session()
    trail, run.trail = run.trail, None
    watches, run.watches = run.watches, []
    tracer, session.tracer = session.tracer, None
    origin, run.origin = run.origin, module.scope.source.path if module.scope.source else None
    before, tried_from, tried_steps = run.steps, run.tried_from, run.tried_steps
    depth, run.depth = run.depth, 0
    run.import_depth += 1
    try:
        yield
    finally:
        run.import_depth -= 1
        run.depth = depth
        run.tried_from, run.tried_steps = tried_from + run.steps - before, tried_steps
        run.origin = origin
        session.tracer = tracer
        run.trail = trail
        run.watches = watches
