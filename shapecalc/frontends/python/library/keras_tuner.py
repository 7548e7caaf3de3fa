"""KerasTuner: a tuner builds its model with the default of every hyperparameter.

It does so when it is constructed, to learn what there is to tune. The models of the search are
like that one, in sizes that only the search finds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.model import Network
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras_tuner",)

_PARAMETERS = "keras_tuner.HyperParameters"
_TUNER = "keras_tuner.Tuner"
_HYPERMODEL = "keras_tuner.HyperModel"
# How often a model is built to see what is behind its conditions.
MAX_BUILDS = 16


@models("keras_tuner.HyperParameters", "keras_tuner.engine.hyperparameters.HyperParameters")
def hyperparameters(run: Interpreter) -> Value:
    """A search space, with the value that each hyperparameter has at present."""
    made = LibraryObject(_PARAMETERS)
    # `scopes` are those that are open, prefixes of names and conditions; `passed` and `closed`
    # the conditions that were met and those that were not.
    made.attributes.update(values={}, scopes=[], passed=[], closed=[])
    return made


def _value_of(
    run: Interpreter,
    space: LibraryObject,
    name: Value,
    default: Value,
    parent_name: Value,
    parent_values: Value,
) -> Value:
    """The value that a hyperparameter has, its default where it has none yet.

    None where one of its conditions is not met.
    """
    if isinstance(name, Unknown):
        return name
    if parent_name is not None:
        enter_condition(run, space, parent_name, parent_values)
        try:
            return _value_of(run, space, name, default, None, None)
        finally:
            leave_scope(run, space)
    values = space.attributes["values"]
    name = _qualified(space, name)
    for kind, met in space.attributes["scopes"]:
        if kind == "condition" and met is not True:
            return None if met is False else met
    if name not in values:
        run.touch(values)
        values[name] = default
    return values[name]


def _qualified(space: LibraryObject, name: Value) -> str:
    prefixes = [text for kind, text in space.attributes["scopes"] if kind == "prefix"]
    return "/".join((*prefixes, str(name)))


@object_methods(f"{_PARAMETERS}.Int", f"{_PARAMETERS}.Float", unknowns=True)
def number(
    run: Interpreter,
    space: LibraryObject,
    name: Value,
    min_value: Value = None,
    max_value: Value = None,
    step: Value = None,
    sampling: Value = None,
    default: Value = None,
    parent_name: Value = None,
    parent_values: Value = None,
) -> Value:
    default = min_value if default is None else default
    return _value_of(run, space, name, default, parent_name, parent_values)


@object_methods(f"{_PARAMETERS}.Choice", unknowns=True)
def choice(
    run: Interpreter,
    space: LibraryObject,
    name: Value,
    values: Value = None,
    ordered: Value = None,
    default: Value = None,
    parent_name: Value = None,
    parent_values: Value = None,
) -> Value:
    if default is None:
        items = run.iterate(values)
        if isinstance(items, Unknown) or not items:
            default = run.unknown("one of values that are not known")
        else:
            default = items[0]
    return _value_of(run, space, name, default, parent_name, parent_values)


@object_methods(f"{_PARAMETERS}.Boolean", unknowns=True)
def boolean(
    run: Interpreter,
    space: LibraryObject,
    name: Value,
    default: Value = False,
    parent_name: Value = None,
    parent_values: Value = None,
) -> Value:
    return _value_of(run, space, name, default, parent_name, parent_values)


@object_methods(f"{_PARAMETERS}.Fixed", unknowns=True)
def fixed(
    run: Interpreter,
    space: LibraryObject,
    name: Value,
    value: Value,
    parent_name: Value = None,
    parent_values: Value = None,
) -> Value:
    return _value_of(run, space, name, value, parent_name, parent_values)


@object_methods(f"{_PARAMETERS}.get", f"{_PARAMETERS}.__getitem__")
def get(run: Interpreter, space: LibraryObject, name: Value) -> Value:
    values = space.attributes["values"]
    name = _qualified(space, name)
    return values[name] if name in values else run.unknown(f"the hyperparameter {name:.40}")


# --- scopes ------------------------------------------------------------------------------------


@object_methods(f"{_PARAMETERS}.conditional_scope", f"{_PARAMETERS}.name_scope", unknowns=True)
def scope(
    run: Interpreter, space: LibraryObject, name: Value, parent_values: Value = None
) -> Value:
    return LibraryObject(f"{_PARAMETERS}.scope", (space, name, parent_values))


@object_methods(f"{_PARAMETERS}.scope.__enter__", unknowns=True)
def enter_scope(run: Interpreter, entered: LibraryObject) -> None:
    space, name, values = entered.args
    if values is not None:
        enter_condition(run, space, name, values)
        return
    run.touch(space.attributes["scopes"])
    space.attributes["scopes"].append(("prefix", str(name)))


def enter_condition(run: Interpreter, space: LibraryObject, name: Value, values: Value) -> None:
    """Open a scope whose hyperparameters are there only for some values of another one."""
    attributes = space.attributes
    met = _is_met(run, space, name, values)
    for changed in ("scopes", "passed", "closed"):
        run.touch(attributes[changed])
    if isinstance(met, bool):
        condition = (_qualified(space, name), values)
        attributes["passed" if met else "closed"].append(condition)
    attributes["scopes"].append(("condition", met))


def _is_met(run: Interpreter, space: LibraryObject, name: Value, values: Value) -> Value:
    items = run.iterate(values) if isinstance(values, (list, tuple)) else [values]
    current = space.attributes["values"].get(_qualified(space, name))
    for value in (name, current, *([items] if isinstance(items, Unknown) else items)):
        if isinstance(value, Unknown):
            return value
    return current in items


@object_methods(f"{_PARAMETERS}.scope.__exit__", unknowns=True)
def exit_scope(run: Interpreter, entered: LibraryObject, *args: Value) -> None:
    leave_scope(run, entered.args[0])


def leave_scope(run: Interpreter, space: LibraryObject) -> None:
    """Close the innermost scope."""
    run.touch(space.attributes["scopes"])
    space.attributes["scopes"].pop()


# --- tuners ------------------------------------------------------------------------------------


def _tuner(place: int) -> Callable[..., Value]:
    """The model of a tuner class.

    Args:
        place: where among the constructor's arguments the hypermodel stands.
    """

    def model(run: Interpreter, *args: Value, node: Any = None, **kwargs: Value) -> Value:
        given = kwargs.get("hypermodel", args[place] if len(args) > place else None)
        space = kwargs.get("hyperparameters")
        if not isinstance(space, LibraryObject) or space.path != _PARAMETERS:
            space = hyperparameters(run)
        tuner = LibraryObject(_TUNER)
        hypermodel: Value = LibraryObject(_HYPERMODEL)
        if isinstance(given, (Instance, Unknown)):
            hypermodel = given
        else:
            hypermodel.attributes["build"] = given
        tuner.attributes.update(hypermodel=hypermodel, space=space, built=None)
        if given is not None and not isinstance(given, Unknown):
            tuner.attributes["built"] = _populate(run, run.attribute(hypermodel, "build"), space)
        return tuner

    return model


for _name in ("RandomSearch", "Hyperband", "BayesianOptimization", "GridSearch"):
    models(f"keras_tuner.{_name}", f"keras_tuner.tuners.{_name}", unknowns=True)(_tuner(0))
models("keras_tuner.Tuner", "keras_tuner.engine.tuner.Tuner", unknowns=True)(_tuner(1))


def _populate(run: Interpreter, build: Value, space: LibraryObject) -> Value:
    """Build with the defaults, and again for conditions that were met in no build.

    Returns:
        The model with all defaults.
    """
    first = None
    entered: list[Value] = []
    for count in range(MAX_BUILDS):
        for changed in ("passed", "closed"):
            run.touch(space.attributes[changed])
            space.attributes[changed] = []
        built = run.call(build, (space,))
        first = built if count == 0 else first
        entered += space.attributes["passed"]
        waiting = [c for c in space.attributes["closed"] if c not in entered]
        if not waiting:
            break
        name, values = waiting[0]
        run.touch(space.attributes["values"])
        wanted = values[0] if isinstance(values, (list, tuple)) and values else values
        space.attributes["values"][name] = wanted
    return first


@object_methods(f"{_TUNER}.search", unknowns=True)
def search(run: Interpreter, tuner: LibraryObject, *args: Value, **kwargs: Value) -> None:
    """The search trains models like the one with all defaults on the data that it is given."""
    built = tuner.attributes["built"]
    if not isinstance(built, Network) or built.built:
        return
    hypermodel = tuner.attributes["hypermodel"]
    if isinstance(hypermodel, Instance) and hypermodel.cls.lookup("fit"):
        space = tuner.attributes["space"]
        run.call(run.attribute(hypermodel, "fit"), (space, built, *args), kwargs)
        return
    run.call(run.attribute(built, "fit"), args, kwargs)


@object_methods(f"{_TUNER}.get_best_models", f"{_TUNER}.get_best_hyperparameters", unknowns=True)
@object_methods(f"{_TUNER}.results_summary", f"{_TUNER}.search_space_summary", unknowns=True)
def result_of_search(run: Interpreter, tuner: LibraryObject, *args: Value, **kw: Value) -> Value:
    return run.unknown("what only the search finds")
