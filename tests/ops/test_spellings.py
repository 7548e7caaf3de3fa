"""Operations as TensorFlow, NumPy and Keras's old backend write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.dims import BATCH, is_unknown
from shapecalc.ops import op_for, op_names
from shapecalc.ops.op import SPELLINGS
from shapecalc.rules.refusal import InvalidArgument, MissingArgument, Refusal, UnknownArgument
from shapecalc.rules.spec import TensorSpec

X = TensorSpec((BATCH, 8, 8, 3))
V = TensorSpec((BATCH, 6))
INDICES = TensorSpec((BATCH, 5), "int32")
TEXT = TensorSpec((BATCH, 2), "string")


def call(full_name: str, /, *args: Any, **kwargs: Any) -> Any:
    rule = op_for(full_name)
    assert rule is not None, full_name
    return rule(*args, **kwargs)


TENSORFLOW: list[tuple[str, tuple[Any, ...], dict[str, Any], Any]] = [
    ("concat", ([X, X], -1), {}, (BATCH, 8, 8, 6)),
    ("concat", (), {"values": [X, X], "axis": 1, "name": "c"}, (BATCH, 16, 8, 3)),
    ("stack", ([V, V],), {"axis": 1}, (BATCH, 2, 6)),
    ("reduce_mean", (), {"input_tensor": X, "axis": [1, 2]}, (BATCH, 3)),
    ("math.reduce_sum", (X,), {"axis": -1, "keepdims": True}, (BATCH, 8, 8, 1)),
    ("transpose", (X,), {"perm": [0, 3, 1, 2]}, (BATCH, 3, 8, 8)),
    ("reshape", (), {"tensor": X, "shape": (-1, 192)}, (BATCH, 192)),
    ("expand_dims", (V, -1), {}, (BATCH, 6, 1)),
    ("squeeze", (TensorSpec((BATCH, 1, 3)),), {"axis": 1}, (BATCH, 3)),
    ("squeeze", (TensorSpec((BATCH, 3)),), {"axis": 0}, (3,)),
    ("tile", (V, [1, 2]), {}, (BATCH, 12)),
    ("pad", (V, [[0, 0], [1, 2]]), {"mode": "CONSTANT"}, (BATCH, 9)),
    ("gather", (TensorSpec((10, 4)), INDICES), {}, (BATCH, 5, 4)),
    ("gather", (V, INDICES), {"batch_dims": 1}, (BATCH, 5)),
    ("gather_nd", (X, TensorSpec((7, 2), "int32")), {}, (7, 8, 3)),
    ("one_hot", (INDICES, 9), {}, (BATCH, 5, 9)),
    ("range", (10,), {}, (10,)),
    ("range", (), {"start": 0, "limit": 10, "delta": 3}, (4,)),
    ("fill", ([2, 3], 1.0), {}, (2, 3)),
    ("cast", (X,), {"dtype": "int32"}, X.shape),
    ("matmul", (V, V), {"transpose_a": True}, (6, 6)),
    ("linalg.matmul", (TensorSpec((BATCH, 4, 6)),) * 2, {"transpose_b": True}, (BATCH, 4, 4)),
    ("linalg.matmul", (TensorSpec((BATCH, 4, 6)),) * 2, {"transpose_a": True}, (BATCH, 6, 6)),
    ("linalg.matmul", (TensorSpec((BATCH, 4, 6)),) * 2, {"adjoint_a": True}, (BATCH, 6, 6)),
    ("einsum", ("bij,bjk->bik", TensorSpec((BATCH, 2, 3)), TensorSpec((BATCH, 3, 4))), {},
     (BATCH, 2, 4)),
    ("nn.relu", (), {"features": X}, X.shape),
    ("nn.softmax", (), {"logits": V, "axis": -1}, V.shape),
    ("nn.conv2d", (X, TensorSpec((3, 3, 3, 16)), 1, "SAME"), {}, (BATCH, 8, 8, 16)),
    ("nn.conv2d", (X, TensorSpec((3, 3, 3, 16)), [1, 2, 2, 1], "VALID"), {}, (BATCH, 3, 3, 16)),
    ("nn.conv2d", (), {"input": X, "filters": TensorSpec((3, 3, 3, 16)), "strides": 2,
     "padding": "SAME"}, (BATCH, 4, 4, 16)),
    ("nn.conv2d", (X, TensorSpec((3, 3, 3, 16)), 1, "VALID"), {"dilations": 2}, (BATCH, 4, 4, 16)),
    ("nn.conv2d", (X, TensorSpec((3, 3, 3, 16)), 1, "VALID"), {"dilations": None},
     (BATCH, 6, 6, 16)),
    ("nn.leaky_relu", (V,), {"alpha": 0.1}, V.shape),
    ("image.grayscale_to_rgb", (TensorSpec((1,)),), {}, (3,)),
    ("image.central_crop", (X, 0.5), {}, (BATCH, 4, 4, 3)),
    ("image.central_crop", (X, 1), {}, X.shape),
    ("boolean_mask", (TensorSpec((4, 5, 6)), TensorSpec((4, 5), "bool")), {"axis": None}, (..., 6)),
    ("boolean_mask", (TensorSpec((4, 5, 6)), TensorSpec((5,), "bool")), {"axis": 1}, (4, ..., 6)),
    ("nn.conv3d", (TensorSpec((BATCH, 8, 9, 10, 3)), TensorSpec((3, 3, 3, 3, 5)), [1, 2, 2, 2, 1],
     "VALID"), {}, (BATCH, 3, 4, 4, 5)),
    ("nn.depthwise_conv2d", (X, TensorSpec((3, 3, 3, 2)), [1, 1, 1, 1], "SAME"), {},
     (BATCH, 8, 8, 6)),
    ("nn.max_pool2d", (X, 2, 2, "VALID"), {}, (BATCH, 4, 4, 3)),
    ("nn.avg_pool", (X, [1, 2, 2, 1], [1, 2, 2, 1], "SAME"), {}, (BATCH, 4, 4, 3)),
    ("nn.bias_add", (X, TensorSpec((3,))), {}, X.shape),
    ("nn.l2_normalize", (V,), {"axis": 1}, V.shape),
    ("math.l2_normalize", (V, 1), {}, V.shape),
    ("nn.sigmoid_cross_entropy_with_logits", (), {"labels": V, "logits": V}, V.shape),
    ("nn.softmax_cross_entropy_with_logits", (), {"labels": V, "logits": V}, (BATCH,)),
    ("image.resize", (X, (16, 20)), {}, (BATCH, 16, 20, 3)),
    ("image.resize_with_crop_or_pad", (X, 4, 20), {}, (BATCH, 4, 20, 3)),
    ("image.extract_patches", (X, [1, 4, 4, 1], [1, 4, 4, 1], [1, 1, 1, 1], "VALID"), {},
     (BATCH, 2, 2, 48)),
    ("nn.depth_to_space", (TensorSpec((BATCH, 4, 4, 8)), 2), {}, (BATCH, 8, 8, 2)),
    ("random.normal", (), {"shape": (BATCH, 2)}, (BATCH, 2)),
    ("argmax", (V,), {"axis": -1}, (BATCH,)),
    ("math.argmax", (V, 1), {}, (BATCH,)),
    ("clip_by_value", (), {"t": V, "clip_value_min": 0, "clip_value_max": 1}, V.shape),
    ("where", (V, V, V), {}, V.shape),
    ("zeros_like", (), {"input": V}, V.shape),
    ("constant", ([[1.0, 2.0]],), {}, (1, 2)),
    ("map_fn", (lambda x: x, V), {}, V.shape),
    ("linalg.diag_part", (TensorSpec((BATCH, 4, 6)),), {}, (BATCH, 4)),
    ("linalg.set_diag", (TensorSpec((BATCH, 4, 6)), TensorSpec((BATCH, 4))), {}, (BATCH, 4, 6)),
    ("eye", (3,), {"batch_shape": [BATCH, 1]}, (BATCH, 1, 3, 3)),
    ("eye", (), {"num_rows": 3, "num_columns": 5}, (3, 5)),
    ("nn.embedding_lookup", (TensorSpec((10, 4)), INDICES), {}, (BATCH, 5, 4)),
    ("nn.embedding_lookup", (), {"params": TensorSpec((10, 4)), "ids": INDICES}, (BATCH, 5, 4)),
    ("log", (V,), {}, V.shape),
    ("random_normal", ((BATCH, 2),), {"stddev": 0.1}, (BATCH, 2)),
    ("truncated_normal", ((3, 2),), {}, (3, 2)),
    ("random_uniform", ((3, 2), -1.0, 1.0), {}, (3, 2)),
    ("signal.stft", (TensorSpec((16000,)),), {"frame_length": 255, "frame_step": 128}, (124, 129)),
    ("signal.stft", (TensorSpec((BATCH, 99)), 20, 7, 64, None, True), {}, (BATCH, 15, 33)),
    ("signal.frame", (TensorSpec((BATCH, 99)), 20, 7), {}, (BATCH, 12, 20)),
    ("signal.frame", (TensorSpec((99, 3)), 20, 7), {"axis": 0, "pad_end": True}, (15, 20, 3)),
    ("signal.frame", (TensorSpec((BATCH, 19)), 20, 7), {}, (BATCH, 0, 20)),
    ("signal.frame", (TensorSpec((BATCH, 20)), 20, 7), {}, (BATCH, 1, 20)),
    ("image.resize_with_pad", (X, 4, 5), {}, (BATCH, 4, 5, 3)),
    ("signal.hann_window", (20,), {}, (20,)),
    ("signal.linear_to_mel_weight_matrix", (80, 513, 16000, 80.0, 7600.0), {}, (513, 80)),
    ("signal.mfccs_from_log_mel_spectrograms", (TensorSpec((BATCH, 7, 80)),), {}, (BATCH, 7, 80)),
    ("sequence_mask", (TensorSpec((BATCH,), "int32"), 9), {}, (BATCH, 9)),
    ("reverse_sequence", (V, INDICES), {"seq_axis": 1}, V.shape),
    ("strings.lower", (TEXT,), {}, (BATCH, 2)),
    ("strings.regex_replace", (TEXT, "a", "b"), {}, (BATCH, 2)),
    ("strings.length", (TEXT,), {}, (BATCH, 2)),
    ("strings.to_number", (TEXT, "float32"), {}, (BATCH, 2)),
    ("strings.regex_full_match", (TEXT, "a.*"), {}, (BATCH, 2)),
    ("strings.to_hash_bucket_fast", (TEXT, 10), {}, (BATCH, 2)),
    ("strings.join", ([TEXT, "!", TEXT],), {"separator": " "}, (BATCH, 2)),
    ("strings.reduce_join", (TEXT,), {"axis": -1}, (BATCH,)),
    ("norm", (V,), {"axis": 1}, (BATCH,)),
    ("add_n", ([V, V],), {}, V.shape),
    ("nn.conv1d", (TensorSpec((BATCH, 8, 3)), TensorSpec((3, 3, 5)), 1, "VALID"), {},
     (BATCH, 6, 5)),
    ("nn.conv2d_transpose", (X, TensorSpec((3, 3, 5, 3)), [BATCH, 16, 16, 5], 2), {},
     (BATCH, 16, 16, 5)),
    ("nn.dropout", (V, 0.5), {}, V.shape),
    ("nn.space_to_depth", (TensorSpec((BATCH, 4, 4, 2)), 2), {}, (BATCH, 2, 2, 8)),
    ("nn.sparse_softmax_cross_entropy_with_logits", (TensorSpec((BATCH,), "int32"), V), {},
     (BATCH,)),
    ("cumsum", (V,), {"axis": 1}, V.shape),
    ("slice", (TensorSpec((4, 6)), [0, 1], [2, 3]), {}, (2, 3)),
    ("signal.fft", (TensorSpec((BATCH, 6), "complex64"),), {}, V.shape),
    ("math.segment_sum", (TensorSpec((8, 3)), TensorSpec((8,), "int32")), {}, (..., 3)),
    ("math.squared_difference", (V, V), {}, V.shape),
    ("scatter_nd", (TensorSpec((4, 1), "int32"), TensorSpec((4,)), [8]), {}, (8,)),
    ("tensor_scatter_nd_update", (V, TensorSpec((2, 1), "int32"), TensorSpec((2, 6))), {}, V.shape),
    ("linalg.band_part", (TensorSpec((BATCH, 4, 4)), 1, 1), {}, (BATCH, 4, 4)),
    ("linalg.cholesky", (TensorSpec((BATCH, 4, 4)),), {}, (BATCH, 4, 4)),
    ("linalg.cross", (TensorSpec((BATCH, 3)), TensorSpec((BATCH, 3))), {}, (BATCH, 3)),
    ("linalg.diag", (V,), {}, (BATCH, 6, 6)),
    ("linalg.diag", (TensorSpec((5,)),), {}, (5, 5)),
    ("linalg.set_diag", (TensorSpec((4, 4)), TensorSpec((4,))), {}, (4, 4)),
    ("linalg.trace", (TensorSpec((BATCH, 4, 4)),), {}, (BATCH,)),
    ("where", (TensorSpec((4, 6), "bool"),), {}, (..., 2)),
    ("where", (), {"condition": V, "x": V, "y": V}, V.shape),
    ("image.adjust_hue", (X, 0.1), {}, X.shape),
    ("image.convert_image_dtype", (X, "float32"), {}, X.shape),
    ("image.flip_left_right", (X,), {}, X.shape),
    ("image.per_image_standardization", (X,), {}, X.shape),
    ("image.rgb_to_grayscale", (X,), {}, (BATCH, 8, 8, 1)),
    ("image.pad_to_bounding_box", (X, 1, 1, 10, 12), {}, (BATCH, 10, 12, 3)),
    ("image.crop_to_bounding_box", (X, 1, 1, 4, 5), {}, (BATCH, 4, 5, 3)),
    ("image.crop_and_resize", (X, TensorSpec((7, 4)), TensorSpec((7,), "int32"), (5, 6)), {},
     (7, 5, 6, 3)),
    ("image.random_crop", (TensorSpec((8, 8, 3)), [4, 5, 3]), {}, (4, 5, 3)),
    ("image.rot90", (TensorSpec((4, 6, 3)),), {}, (6, 4, 3)),
    ("image.rot90", (TensorSpec((4, 6, 3)), 2), {}, (4, 6, 3)),
    ("image.transpose", (TensorSpec((4, 6, 3)),), {}, (6, 4, 3)),
]  # fmt: skip

# Of these, the shape is no answer, or another test has it.
TRIED_ELSEWHERE = {
    "keras.backend.count_params": "a number; test_spellings",
    "keras.backend.foldl": "no output is known; test_functions",
    "keras.utils.normalize": "test_spellings",
    "keras.utils.to_categorical": "test_data",
    "numpy.hstack": "test_spellings, against NumPy",
    "numpy.random.normal": "test_arrays",
    "numpy.random.rand": "test_arrays",
    "numpy.random.randint": "test_arrays",
    "numpy.random.random": "test_arrays",
    "tensorflow.nn.moments": "two tensors; test_spellings",
    "tensorflow.shape": "the axes of a shape; test_spellings",
    "tensorflow.split": "several tensors; test_spellings",
    "tensorflow.unique": "test_spellings",
}


def test_what_keras_has_no_counterpart_of_is_tried() -> None:
    tried = set(TRIED_ELSEWHERE)
    for library, calls in (("tensorflow", TENSORFLOW), ("keras.backend", BACKEND),
                           ("numpy", NUMPY)):  # fmt: skip
        tried |= {f"{library}.{name}" for name, *_ in calls}
    names: dict[int, set[str]] = {}
    for name in op_names():
        rule = op_for(name)
        assert rule is not None
        names.setdefault(id(rule.function), set()).add(name)
    own = [
        sorted(n) for n in names.values() if not any(x.startswith(("keras.ops.", "keras.random."))
                                                     for x in n)
    ]  # fmt: skip
    assert [n for n in own if not tried & set(n)] == []


def test_normalized_data_keep_their_shape() -> None:
    data = np.ones((4, 6), "float32")
    assert call("keras.utils.normalize", TensorSpec((4, 6)), axis=1).shape == data.shape


def test_moments_are_two() -> None:
    assert [m.shape for m in call("tensorflow.nn.moments", X, [1, 2])] == [(BATCH, 3)] * 2
    kept = call("tensorflow.nn.moments", X, [1, 2], keepdims=True)
    assert [m.shape for m in kept] == [(BATCH, 1, 1, 3)] * 2


@pytest.mark.parametrize(("name", "args", "kwargs", "shape"), TENSORFLOW)
def test_tensorflow(name: str, args: Any, kwargs: Any, shape: Any) -> None:
    found = call(f"tensorflow.{name}", *args, **kwargs).shape
    assert tuple(... if is_unknown(dim) else dim for dim in found) == shape


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [([2, 4], (2, 4)), ([-1, 2], (4, 2)), ([1, -1, 2], (1, 3, 2)), (3, (2, 2, 2))],
)
def test_tensorflow_splits(sizes: Any, parts: tuple[int, ...]) -> None:
    found = call("tensorflow.split", V, sizes, axis=1)
    assert [part.shape for part in found] == [(BATCH, size) for size in parts]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("add_n", ([V, TensorSpec((BATCH, 5))],)),
        ("unique", (V,)),
        ("unique", (TensorSpec(()),)),
        ("image.central_crop", (X, 0)),
        ("image.central_crop", (X, 1.5)),
        ("image.grayscale_to_rgb", (TensorSpec(()),)),
        ("split", (V, [2, 3], 1)),
        ("split", (V, [-1, -1], 1)),
        ("split", (V, [-1, 7], 1)),
    ],
)
def test_tensorflow_refuses(name: str, args: Any) -> None:
    with pytest.raises(Refusal):
        call(f"tensorflow.{name}", *args)


BACKEND: list[tuple[str, tuple[Any, ...], dict[str, Any], Any]] = [
    ("concatenate", ([V, V],), {}, (BATCH, 12)),
    ("mean", (X,), {"axis": (1, 2)}, (BATCH, 3)),
    ("expand_dims", (V,), {}, (BATCH, 6, 1)),
    ("permute_dimensions", (X, (0, 3, 1, 2)), {}, (BATCH, 3, 8, 8)),
    ("permute_dimensions", (X,), {"pattern": (0, 3, 1, 2)}, (BATCH, 3, 8, 8)),
    ("reshape", (X, (-1, 192)), {}, (BATCH, 192)),
    ("batch_flatten", (X,), {}, (BATCH, 192)),
    ("dot", (V, TensorSpec((6, 4))), {}, (BATCH, 4)),
    ("batch_dot", (V, V), {"axes": 1}, (BATCH, 1)),
    ("batch_dot", (TensorSpec((BATCH, 4, 6)), TensorSpec((BATCH, 6, 5))), {}, (BATCH, 4, 5)),
    ("argmax", (V,), {}, (BATCH,)),
    ("repeat", (V, 4), {}, (BATCH, 4, 6)),
    ("repeat_elements", (X, 2, 1), {}, (BATCH, 16, 8, 3)),
    ("resize_images", (X, 2, 3, "channels_last"), {}, (BATCH, 16, 24, 3)),
    ("spatial_2d_padding", (X,), {}, (BATCH, 10, 10, 3)),
    ("temporal_padding", (TensorSpec((BATCH, 4, 6)),), {"padding": (2, 0)}, (BATCH, 6, 6)),
    ("conv2d", (X, TensorSpec((3, 3, 3, 4))), {"padding": "same"}, (BATCH, 8, 8, 4)),
    ("pool2d", (X, (2, 2), (2, 2)), {}, (BATCH, 4, 4, 3)),
    ("gather", (TensorSpec((10, 4)), INDICES), {}, (BATCH, 5, 4)),
    ("random_normal", (), {"shape": (BATCH, 2)}, (BATCH, 2)),
    ("l2_normalize", (V,), {"axis": -1}, V.shape),
    ("relu", (V,), {"max_value": 6}, V.shape),
    ("sum", (V,), {"axis": -1, "keepdims": True}, (BATCH, 1)),
    ("clip", (V, 0, 1), {}, V.shape),
    ("clip", (V,), {"min_value": 0, "max_value": 1}, V.shape),
    ("switch", (V, V, V), {}, V.shape),
    ("square", (V,), {}, V.shape),
    ("in_top_k", (V, TensorSpec((BATCH,), "int32"), 2), {}, (BATCH,)),
    ("depthwise_conv2d", (X, TensorSpec((3, 3, 3, 2))), {}, (BATCH, 6, 6, 6)),
    ("separable_conv2d", (X, TensorSpec((3, 3, 3, 2)), TensorSpec((1, 1, 6, 5))), {},
     (BATCH, 6, 6, 5)),
    ("ones", ((2, 3),), {}, (2, 3)),
    ("l2_normalize", (V,), {"axis": 1}, V.shape),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "kwargs", "shape"), BACKEND)
def test_backend(name: str, args: Any, kwargs: Any, shape: Any) -> None:
    assert call(f"keras.backend.{name}", *args, **kwargs).shape == shape


NUMPY: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("zeros", ((2, 3),), {}), ("ones", (3,), {}), ("arange", (5,), {}), ("arange", (0, 1, 0.3), {}),
    ("linspace", (0, 1, 7), {}), ("eye", (3,), {}), ("full", ((2,), 7), {}),
    ("array", ([[1, 2], [3, 4]],), {}), ("array", ([1.5],), {}), ("array", ([[1, 2.0]],), {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "kwargs"), NUMPY)
def test_numpy_makes(name: str, args: Any, kwargs: Any) -> None:
    theirs = getattr(np, name)(*args, **kwargs)
    ours = call(f"numpy.{name}", *args, **kwargs)
    assert (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype.name)


@pytest.mark.parametrize(
    "name",
    [
        "sum",
        "mean",
        "std",
        "var",
        "max",
        "min",
        "argmax",
        "argmin",
        "prod",
        "median",
        "all",
        "any",
        "ptp",
        "sort",
        "argsort",
        "ravel",
        "transpose",
        "squeeze",
        "exp",
        "log",
        "sqrt",
        "abs",
        "negative",
        "square",
        "sign",
        "floor",
        "flip",
        "cumsum",
        "cumprod",
        "diff",
        "tril",
        "triu",
        "fliplr",
        "trace",
        "diagonal",
    ],
)
def test_numpy_computes(name: str) -> None:
    @settings(max_examples=15, database=None)
    @given(
        st.lists(st.integers(1, 3), min_size=2, max_size=3),
        st.sampled_from(["float64", "float32", "int64"]),
    )
    def check(shape: list[int], dtype: str) -> None:
        x = np.ones(shape, dtype)
        theirs = np.asarray(getattr(np, name)(x))
        ours = call(f"numpy.{name}", TensorSpec(tuple(shape), dtype))
        assert ours.shape == theirs.shape
        if name not in ("median", "sign"):
            assert ours.dtype == theirs.dtype.name

    check()


@pytest.mark.parametrize("name", ["hstack", "vstack", "dstack", "concatenate", "stack"])
@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4)])
def test_numpy_joins(name: str, shape: tuple[int, ...]) -> None:
    theirs = getattr(np, name)([np.ones(shape)] * 2)
    assert call(f"numpy.{name}", [TensorSpec(shape, "float64")] * 2).shape == theirs.shape


def test_a_list_indexes_an_array_but_not_a_tensor() -> None:
    assert call("keras.ops.get_item", X, [0, 1]).shape == (8, 3)


def test_arguments_are_held_to_the_signature() -> None:
    with pytest.raises(UnknownArgument, match="keepdim"):
        call("keras.ops.sum", X, keepdim=True)
    with pytest.raises(UnknownArgument):
        call("keras.ops.mean", input_tensor=X)
    with pytest.raises(MissingArgument, match="newshape"):
        call("keras.ops.reshape", X)
    with pytest.raises(InvalidArgument, match="twice"):
        call("keras.ops.sum", X, x=X)
    with pytest.raises(InvalidArgument, match="at most"):
        call("keras.ops.relu", X, X)


def test_every_spelling_is_of_a_parameter() -> None:
    parameters = {p for name in op_names() for p in op_for(name).parameters}  # type: ignore[union-attr]
    assert {p for known in SPELLINGS.values() for p in known} <= parameters | {""}


def test_no_rule_ends_in_an_error_on_what_is_no_tensor() -> None:
    wrong: list[Any] = [None, "word", object(), {}, [], [None], -1, 2.5, X, [X], slice(1)]
    for name in op_names():
        rule = op_for(name)
        assert rule is not None
        count = rule.function.__code__.co_argcount
        for value in wrong:
            try:
                rule(*[value] * count)
            except (Refusal, Exception) as error:
                if not isinstance(error, Refusal) and type(error).__name__ != "UndecidedError":
                    raise AssertionError(f"{name}({value!r}, …): {error!r}") from error
