"""Gymnasium, and OpenAI Gym before it: what environments show and which actions they take."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models, object_methods
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.tensor import Tensor

LIBRARIES = ("gym", "gymnasium")

# An observation's shape or, of a numbered state, how many there are; likewise an action's.
_Space = int | tuple[int, ...]
_SCREEN = (210, 160, 3)
_ENVIRONMENTS: dict[str, tuple[_Space, _Space]] = {
    "CartPole": ((4,), 2),
    "MountainCar": ((2,), 3),
    "MountainCarContinuous": ((2,), (1,)),
    "Pendulum": ((3,), (1,)),
    "Acrobot": ((6,), 3),
    "LunarLander": ((8,), 4),
    "LunarLanderContinuous": ((8,), (2,)),
    "BipedalWalker": ((24,), (4,)),
    "BipedalWalkerHardcore": ((24,), (4,)),
    "CarRacing": ((96, 96, 3), (3,)),
    "FrozenLake": (16, 4),
    "FrozenLake8x8": (64, 4),
    "Taxi": (500, 6),
    "CliffWalking": (48, 4),
    "HalfCheetah": ((17,), (6,)),
    "Hopper": ((11,), (3,)),
    "Walker2d": ((17,), (6,)),
    "Swimmer": ((8,), (2,)),
    "InvertedPendulum": ((4,), (1,)),
    "Breakout": (_SCREEN, 4),
    "Pong": (_SCREEN, 6),
    "SpaceInvaders": (_SCREEN, 6),
    "MsPacman": (_SCREEN, 9),
    "Seaquest": (_SCREEN, 18),
}
# Atari games are offered with frames skipped in other ways, too.
_VARIANTS = ("Deterministic", "NoFrameskip")


@models("gymnasium.make", unknowns=True)
def make(run: Interpreter, name: Value = None, *args: Value, **kwargs: Value) -> Value:
    return _make(run, "gymnasium.Env", name, args, kwargs)


@models("gym.make", unknowns=True)
def make_of_gym(run: Interpreter, name: Value = None, *args: Value, **kwargs: Value) -> Value:
    # What its `reset` and `step` return differs from release to release: they have no model.
    return _make(run, "gym.Env", name, args, kwargs)


def _make(
    run: Interpreter, path: str, name: Value, args: tuple[Value, ...], kwargs: dict[str, Value]
) -> Value:
    # What a wrapper or an option changes is not followed: but for the way it is drawn.
    bearing = set(kwargs) - {"render_mode", "max_episode_steps", "is_slippery"}
    known = _ENVIRONMENTS.get(_plain_name(name)) if isinstance(name, str) else None
    if known is None or args or bearing:
        return run.unknown(f"what the environment {name!r:.40} shows")
    observation, action = known
    environment = LibraryObject(path)
    environment.attributes["observation_space"] = _space(observation)
    environment.attributes["action_space"] = _space(action)
    environment.attributes["unwrapped"] = environment
    return environment


def _plain_name(name: str) -> str:
    """`ALE/Breakout-v5` and `BreakoutNoFrameskip-v4` as `Breakout`."""
    name = name.rpartition("/")[2].partition("-v")[0]
    for variant in _VARIANTS:
        name = name.removesuffix(variant)
    return name


def _space(space: _Space) -> LibraryObject:
    if isinstance(space, int):
        made = LibraryObject("gymnasium.spaces.Discrete")
        made.attributes.update(n=space, shape=(), dtype="int64")
        return made
    made = LibraryObject("gymnasium.spaces.Box")
    kind = "uint8" if len(space) == 3 else "float32"
    limits = {name: Tensor(space, kind) for name in ("low", "high")}
    made.attributes.update(shape=space, dtype=kind, **limits)
    return made


@object_methods("gymnasium.spaces.Box.sample", "gymnasium.spaces.Discrete.sample")
def sample(run: Interpreter, space: LibraryObject) -> Value:
    if space.path.endswith("Discrete"):
        return run.unknown("a state or action that is drawn at random")
    return Tensor(space.attributes["shape"], space.attributes["dtype"])


@object_methods("gymnasium.Env.reset", unknowns=True)
def reset(run: Interpreter, environment: LibraryObject, **kwargs: Value) -> Value:
    return sample(run, environment.attributes["observation_space"]), {}


@object_methods("gymnasium.Env.step", unknowns=True)
def step(run: Interpreter, environment: LibraryObject, action: Value = None) -> Value:
    seen = sample(run, environment.attributes["observation_space"])
    outcome = [run.unknown(f"the {what} of a step") for what in ("reward", "end", "cut")]
    return (seen, *outcome, {})
