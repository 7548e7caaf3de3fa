"""Reshaping: target shapes that mostly hold as many units, and ends that leave something."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.layers.strategies import AXIS, LENGTH, Drawn, Extra, shapes

_TARGETS = (
    (12,), (3, 4), (2, 2, 3), (-1,), (6, -1), (-1, 4, 1), (2, -1, 2), (1, 12, 1), (-1, 3),
    (None, 3), (None, -1), [4, 3], (5, -1), (0, -1),
)  # fmt: skip
_SOURCES = ((12,), (3, 4), (4, 3), (2, 6), (2, 2, 3), (1, 12), (6, 2, 1), (1, 3, 2, 2))
_OTHER_SOURCES = ((7,), (), (0, 2), (5,))


def _to_reshape(drawn: Drawn) -> SearchStrategy[Any]:
    units = st.sampled_from(_SOURCES * 2 + _OTHER_SOURCES).map(lambda axes: ((None, *axes),))
    target = drawn.get("target_shape")
    if not isinstance(target, (tuple, list)) or {-1, None}.isdisjoint(target):
        # Of a free axis and a whole target, Keras checks nothing; we do where no length will do.
        return units
    if 0 in target:  # and likewise here
        return units
    return st.one_of(units, units, st.sampled_from([((None, None, 12),), ((None, None, 6, 2),)]))


_PERMUTATIONS = ((1,), (2, 1), (1, 2), (3, 1, 2), (2, 1, 3), [3, 2, 1], (1, 2, 3))
_NO_PERMUTATIONS = ((0, 1), (1, 1), (2, 3), (1, 3), (-1, 1), 1, None)


def _to_permute(drawn: Drawn) -> SearchStrategy[Any]:
    dims = drawn.get("dims")
    rank = len(dims) + 1 if isinstance(dims, (tuple, list)) else 3
    ranks = st.sampled_from((rank, rank, rank, rank, rank + 1))
    return ranks.flatmap(shapes).map(lambda shape: (shape,))


def _margins(rank: int) -> SearchStrategy[Any]:
    one = st.sampled_from((1, 0, 2))
    pair = st.one_of(st.tuples(one, one), st.lists(one, min_size=2, max_size=2))
    if rank == 1:
        return st.one_of(one, pair)
    return st.one_of(one, st.tuples(*[st.one_of(one, pair)] * rank))


def _odd_margins(rank: int) -> SearchStrategy[Any]:
    wrong: list[Any] = [-1, None, "ab", (1,) * (rank + 1), ((1, 2, 3),) * rank, 5, (4, 4)]
    return st.sampled_from([*wrong, (-1,) * rank, ((1, -1),) * rank, ((3, 3),) * rank])


def _margin_extra(argument: str, rank: int) -> Extra:
    axis = AXIS if argument == "padding" else st.sampled_from((7, 6, 5, 4, 7, 3, None, 2))
    axes = [axis] * (rank + 1)
    return Extra(
        arguments={argument: _margins(rank)},
        odd={argument: _odd_margins(rank)},
        inputs=lambda drawn: st.tuples(*axes).map(lambda shape: ((None, *shape),)),
    )


EXTRAS = {
    "Reshape": Extra(
        arguments={"target_shape": st.sampled_from(_TARGETS)},
        odd={"target_shape": st.sampled_from([(-1, -1), (-2, 6), 3, None, (2, -1, -1), (), (0,)])},
        inputs=_to_reshape,
    ),
    "Permute": Extra(
        arguments={"dims": st.sampled_from(_PERMUTATIONS)},
        odd={"dims": st.sampled_from(_NO_PERMUTATIONS)},
        inputs=_to_permute,
    ),
    **{f"ZeroPadding{r}D": _margin_extra("padding", r) for r in (1, 2, 3)},
    **{f"Cropping{r}D": _margin_extra("cropping", r) for r in (1, 2, 3)},
    # Keras looks at the interpolation when it resizes.
    "UpSampling2D": Extra(
        traced=True, inputs=lambda drawn: st.tuples(*[LENGTH] * 3).map(lambda s: ((None, *s),))
    ),
}
