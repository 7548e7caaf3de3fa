"""Calls at the bounds of what layers take, which chance seldom draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.layers.case import Case, Inner


def calls(name: str, *inputs: Any, **choices: list[Any]) -> Iterator[Case]:
    """A layer on its inputs, with each value of each argument in turn; the first are usual."""
    usual = {argument: values[0] for argument, values in choices.items()}
    yield Case(name, usual, inputs)
    for argument, values in choices.items():
        for value in values[1:]:
            yield Case(name, {**usual, argument: value}, inputs)


SERIES, IMAGE = (None, 5, 3), (None, 5, 6, 3)
AROUND = [*range(-6, 7)]


def rare_calls() -> Iterator[Case]:
    """All of them."""
    yield from _merging()
    yield from _sequences()
    yield from _spatial()
    yield from _others()
    yield from _preparing()


def _merging() -> Iterator[Case]:
    for shapes in ([(None, 3, 4), (None, 4)], [(None, 4), (None, 3, 4)], [SERIES, (None, 6, 3)],
                   [SERIES, SERIES], [IMAGE, (None, 3, 6)], [(2, 3), (2, 3)]):  # fmt: skip
        pairs = [1, *AROUND, (1, 1), (2, 1), (1, 2), (-1, -1), (2, 2), (-1, -2), (0, 1), (3, 1)]
        yield from calls("Dot", list(shapes), axes=pairs, normalize=[False, True])
    for axis in AROUND:
        for shapes in ([SERIES, SERIES], [SERIES, (None, 5, 4)], [SERIES, (None, 4, 3)],
                       [SERIES, IMAGE], [SERIES], [(2, 5, 3), (3, 5, 3)]):  # fmt: skip
            yield Case("Concatenate", {"axis": axis}, (list(shapes),))
    for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
        for shapes in ([SERIES, SERIES], [SERIES, (None, 1, 3)], [SERIES, (None, 5, 1)],
                       [SERIES, IMAGE], [SERIES, (None, 3)], [SERIES, (2, 5, 3)],
                       [(2, 5, 3), (3, 5, 3)], [SERIES, SERIES, SERIES], [SERIES],
                       [(None, None, 3), SERIES], [SERIES, (None, 4, 3)]):  # fmt: skip
            yield Case(name, {}, (list(shapes),))


def _sequences() -> Iterator[Case]:
    for name in ("LSTM", "GRU", "SimpleRNN"):
        for shape in (SERIES, (2, 5, 3), (None, None, 3), (None, 5, None), (None, 5)):
            yield from calls(
                name, shape, units=[4, 1, 0], stateful=[False, True], return_state=[False, True],
                return_sequences=[False, True], unroll=[False, True], dropout=[0, 0.5, 1, 1.5],
            )  # fmt: skip
    for value in ("auto", True, False, "x", 2):
        for name in ("LSTM", "GRU"):
            yield Case(name, {"units": 4, "use_cudnn": value}, (SERIES,))
    heads = {"num_heads": [2, 1, 0], "key_dim": [4, 1, 0], "value_dim": [None, 3, 0]}
    for shape in (SERIES, IMAGE, (None, 3), (None, None, 3)):
        axes: list[Any] = [None, *AROUND, (1,), (2,), (1, 2), (-2,), (-1,), (0,), (1, 1), ()]
        more = {
            "attention_axes": axes,
            "output_shape": [None, 7, (2, 3)],
            "use_bias": [True, False],
        }
        yield from calls("MultiHeadAttention", shape, shape, **heads, **more)
    for value, key in ((IMAGE, IMAGE), (IMAGE, SERIES), (SERIES, IMAGE), (SERIES, (None, 4, 3)),
                       (SERIES, (None, 5, 7)), ((None, 3), (None, 3)), (SERIES, None)):  # fmt: skip
        keys = () if key is None else (key,)
        yield Case("MultiHeadAttention", {"num_heads": 2, "key_dim": 4}, (SERIES, value, *keys))
    yield from calls("MultiHeadAttention", SERIES, SERIES, num_heads=[2], key_dim=[4],
                     output_shape=[None, 0, (0,), (0, 2), (2, 0), (-1,), (2, -1)])  # fmt: skip
    yield from calls("EinsumDense", SERIES, equation=["abc,cd->abd"], output_shape=[
        (5, 4), (None, 4), 4, (4, 4), (None, None)], bias_axes=[None, "d", "bd", "b", "e", ""],
        lora_rank=[None, 2], kernel_constraint=[None, "max_norm"])  # fmt: skip
    yield Case("EinsumDense", {"equation": "ab,bc->ac", "output_shape": 4, "lora_rank": 2,
                               "kernel_constraint": "max_norm"}, ((None, 3),))  # fmt: skip
    for equation in ("...x,xy->...y", "ab...,bc->ac...", "ab...,bc->...c", "abc,cd->adb"):
        for shape in (SERIES, IMAGE, (None, None, 3)):
            for output in (4, (None, 4), (5, 4), (None, None, 4), (None, 6, 4), (4, None)):
                arguments = {"equation": equation, "output_shape": output}
                yield Case("EinsumDense", arguments, (shape,))


def _spatial() -> Iterator[Case]:
    for padding in (0, 1, -1, -2, -3, (1, 2), (-1, 0), (0, -3), (-5, 1)):
        yield Case("ZeroPadding1D", {"padding": padding}, (SERIES,))
    for padding in (0, 1, 2, 3, (1, 2), (2, 3), (5, 0), (4, 1), (-1, 0)):
        yield Case("Cropping1D", {"cropping": padding}, (SERIES,))
    yield from calls("ZeroPadding2D", IMAGE, padding=[1, -2, -3, (1, 2), ((1, 2), (0, 3))],
                     data_format=["channels_last", "channels_first"])  # fmt: skip
    yield from calls("Cropping2D", IMAGE, cropping=[1, 2, 3, (2, 2), ((2, 3), (0, 0))],
                     data_format=["channels_last", "channels_first"])  # fmt: skip
    for shape in (SERIES, (None, 5), (None, None, 3), (2, 3, 4)):
        yield from calls("Permute", shape, dims=[(2, 1), (1, 2), (1,), (1, 2, 3), (0, 1), (2, 2)])
        yield from calls("RepeatVector", shape, n=[3, 1, 0, -1])
        yield from calls("Flatten", shape, data_format=[None, "channels_first", "channels_last"])
    for shape in (SERIES, (None, 5), (2, 3, 4)):
        targets = [(15,), (3, 5), (-1,), (-1, 5), (None, -1), (None, 15), (-1, -1), (0, -1), (4, 4),
                   (1, -1), (15, 1), (-1, 4), (), (5, None), (-2, 5)]  # fmt: skip
        yield from calls("Reshape", shape, target_shape=targets)
    for name, shape in (("UpSampling1D", SERIES), ("UpSampling2D", IMAGE)):
        yield from calls(name, shape, size=[2, 1, 0, -1, (2, 3), (1,)])
    for name in ("MaxPooling1D", "AveragePooling1D"):
        yield from calls(name, SERIES, pool_size=[2, 5, 6, 1, 0], strides=[None, 1, 2, 3, 5, 6, 0],
                         padding=["valid", "same", "causal"])  # fmt: skip
    yield from calls("Conv1D", SERIES, filters=[4, 1, 0], kernel_size=[3, 5, 6, 1, 0],
                     strides=[1, 2, 3, 5, 6, 0], padding=["valid", "same", "causal"],
                     dilation_rate=[1, 2, 3, 0], groups=[1, 2, 3, 4, 0])  # fmt: skip
    yield from calls("Conv1D", (None, 9, 4), filters=[4, 6], kernel_size=[3], groups=[2, 4, 1])
    yield from calls("Conv1DTranspose", SERIES, filters=[4], kernel_size=[3, 1, 5],
                     strides=[2, 1, 3], padding=["valid", "same", "causal"],
                     output_padding=[None, 0, 1, 2, 3], dilation_rate=[1, 2])  # fmt: skip
    yield from calls("SeparableConv1D", SERIES, filters=[4], kernel_size=[3, 6],
                     depth_multiplier=[1, 2, 0])  # fmt: skip
    yield from calls("DepthwiseConv1D", SERIES, kernel_size=[3, 6], depth_multiplier=[1, 2, 0])
    yield from calls("AdaptiveMaxPooling1D", SERIES, output_size=[2, 5, 6, 1, -1])


def _others() -> Iterator[Case]:
    for shape in ((None, 3), SERIES, (None, 5, None), (None,)):
        yield from calls("Dense", shape, units=[4, 1, 0, -1], use_bias=[True, False],
                         lora_rank=[None, 2, 0], kernel_constraint=[None, "max_norm"])  # fmt: skip
        for name in ("BatchNormalization", "LayerNormalization", "RMSNormalization"):
            yield from calls(name, shape, axis=[-1, *AROUND])
        yield from calls("LayerNormalization", shape, axis=[(1, 2), (-1, -2), (1, 1), (0, 1), ()])
        yield from calls("GroupNormalization", shape, groups=[1, 3, 5, 2, 0, -1], axis=[-1, 1])
        yield from calls("UnitNormalization", shape, axis=[-1, 1, 3, (1, 2)])
        yield from calls("Softmax", shape, axis=[-1, *AROUND, (1, 2), (-1, 2), ()])
        yield from calls("PReLU", shape, shared_axes=[None, 1, (1,), (1, 2), (3,), (0,), (-1,)])
    for inputs in (((None, 3), (None, 3)), (), ([(None, 3)],), ([(None, 3), (None, 3)],)):
        yield Case("Dense", {"units": 4}, inputs)
        yield Case("Flatten", {}, inputs)
    for name in ("AdaptiveAveragePooling", "AdaptiveMaxPooling"):
        for rank in (1, 2, 3):
            shape = (None, *(4,) * rank, 2)
            yield from calls(f"{name}{rank}D", shape, output_size=[2, 0, -1])
    yield Case("Concatenate", {"axis": 3}, ([(None, 7, 7, None), (None, 7, 7)],))
    yield Case("Concatenate", {"axis": 2}, ([(None, 7, None), (None, 7, 4)],))
    yield from calls("Reshape", (None, None), target_shape=[(0, -1), (2, -1), (-1,)])
    for length in range(250, 262):
        yield from calls("MelSpectrogram", (None, length), fft_length=[64], sequence_stride=[4, 5],
                         num_mel_bins=[7])  # fmt: skip
    for length in range(60, 70):
        sizes = {"frame_length": [16, 1, 64], "frame_step": [4, 16, 3], "fft_length": [16, 20, 64]}
        yield from calls("STFTSpectrogram", (None, length, 2), **sizes)
    yield from calls("MelSpectrogram", (None, 3, 300), fft_length=[64, 63], sequence_length=[64])
    for shape in ((None,), (None, 5)):
        yield from calls("IntegerLookup", shape, max_tokens=[9, None, 1],
                         num_oov_indices=[1, 0, 2, -1])  # fmt: skip
        yield from calls("TextVectorization", shape, max_tokens=[9, None, 1],
                         output_sequence_length=[None, 4, 0, -1])  # fmt: skip
    # What goes with whole numbers only.
    for more in ({"output_sequence_length": 4}, {"ragged": True}):
        arguments = {"max_tokens": 9, "output_mode": "multi_hot", "pad_to_max_tokens": True}
        yield Case("TextVectorization", {**arguments, **more}, ((None,),))
    yield from calls("Embedding", (None, 5), input_dim=[9, 1, 0], output_dim=[4, 1, 0],
                     lora_rank=[None, 2, 0])  # fmt: skip
    for mode in ("int", "one_hot", "multi_hot", "count"):
        for shape in ((None,), (None, 1), (None, 5), (None, 5, 2)):
            yield from calls("CategoryEncoding", shape, num_tokens=[4, 1, 0], output_mode=[mode])
            yield from calls("Hashing", shape, num_bins=[4, 1, 0], output_mode=[mode])
    for shape in ((None,), (None, 1), (None, 5), (None, None)):
        yield from calls("Discretization", shape, bin_boundaries=[[0.0, 1.0]],
                         output_mode=["int", "one_hot", "multi_hot", "count"])  # fmt: skip


def _preparing() -> Iterator[Case]:
    for shape in ((None,), (None, 3), (None, 4, 3), (None, 5, 4, 3)):
        modes = ["int", "one_hot", "multi_hot", "count"]
        yield from calls("Discretization", shape, bin_boundaries=[[0.0, 1.0], [0.0], (0.0, 1.0)],
                         output_mode=modes)  # fmt: skip
        for mode in modes[1:]:
            yield Case("Discretization", {"bin_boundaries": [0.0], "output_mode": mode}, (shape,))
    for mean in (1.0, [1.0, 2.0, 3.0], [[1.0], [2.0, 3.0]], "abc"):
        yield Case("Normalization", {"mean": mean, "variance": 1.0}, ((None, 3),))
    yield from calls("Pipeline", (None, 3), layers=[[Inner("Dense", {"units": 2})], "ab", 3, []])
