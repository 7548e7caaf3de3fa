"""Where the comparison with Keras is another one, or none: each entry has its reason."""

from __future__ import annotations

# What Keras states of a symbolic output is not what the operation gives: compared with the
# operation traced through the backend.
TRACED = {
    "allclose": "Keras does not look at the shapes",
    "bitwise_and": "Keras gives the shape of the first operand",
    "bitwise_or": "Keras gives the shape of the first operand",
    "bitwise_xor": "Keras gives the shape of the first operand",
    "bitwise_left_shift": "Keras gives the shape of the first operand",
    "left_shift": "Keras gives the shape of the first operand",
    "bitwise_right_shift": "Keras gives the shape of the first operand",
    "right_shift": "Keras gives the shape of the first operand",
    "broadcast_to": "Keras takes a shape that the tensor cannot be stretched to",
    "adaptive_average_pool": "Keras gives an axis too many",
    "adaptive_max_pool": "Keras gives an axis too many",
    "corrcoef": "Keras gives the shape of the input",
    "kron": "Keras leaves out the axes that only one of the two has",
    "logdet": "Keras does not ask for square matrices",
    "logsumexp": "Keras gives float32",
    "norm": "Keras does not count the axes",
    "normalize": "Keras gives float32",
    "polar": "Keras gives float32",
    "reciprocal": "Keras gives float32",
    "rot90": "Keras exchanges the axes for half a turn, too",
    "select": "Keras looks at the first choice only",
    "slogdet": "Keras gives one sign for all matrices",
    "tensordot": "Keras compares no lengths where `axes` is a number",
    "vstack": "Keras does not make rows of vectors",
}

# Keras's own code stumbles over None: drawn without.
WITHOUT_NONE = {
    "append": "Keras adds a number to None",
    "array_split": "Keras gives a tuple instead of a list",
    "average": "Keras compares the weights' None with numbers",
    "correlate": "Keras compares None with a number",
    "glu": "Keras gives None where half of None is known to be needed",
    "histogram": "Keras gives a shape that is no shape",
    "image.extract_patches": "Keras multiplies None",
    "lu_factor": "Keras compares None with a number",
    "svd": "Keras compares None with a number",
    "outer": "Keras multiplies None",
}

# Arguments that no drawn call gives another value than the default.
LEFT_ALONE = {
    "bincount": {
        "weights": "Keras takes no symbolic tensors there",
        "sparse": "the backend has no sparse tensors",
    },
    "categorical_crossentropy": {
        "axis": "Keras leaves out the last axis whatever it is; see test_differences"
    },
    "convert_to_tensor": {
        "sparse": "the backend has no sparse tensors",
        "ragged": "the backend has no ragged tensors",
    },
    "dot_product_attention": {
        "flash_attention": "Keras asks for a certain processor",
        "attn_logits_soft_cap": "Keras asks for a certain processor",
    },
    "einsum": {"kwargs": "they are for the backend"},
    "fori_loop": {"body_fun": "it is not called: what it changes keeps its shape"},
    "image.resize": {"fill_mode": "there is but one"},
    "layer_normalization": {"kwargs": "they are an older way to give a scale"},
    "moments": {"synchronized": "Keras asks for several processes"},
    "multi_hot": {"sparse": "the backend has no sparse tensors", "kwargs": "an older name"},
    "one_hot": {"sparse": "the backend has no sparse tensors"},
    "trapezoid": {"x": "Keras takes no symbolic tensors there"},
    "while_loop": dict.fromkeys(
        ("cond", "body"), "it is not called: what it changes keeps its shape"
    ),
}

# Not compared by drawn calls, but by a test of its own, or not at all.
NOT_COMPARED = {
    "arange": "Keras takes no symbolic tensors; see test_creation",
    "associative_scan": "takes a function; see test_functions",
    "bartlett": "Keras takes no symbolic tensors; see test_creation",
    "blackman": "Keras takes no symbolic tensors; see test_creation",
    "cond": "takes a function; see test_functions",
    "convert_to_numpy": "Keras takes no symbolic tensors",
    "custom_gradient": "takes a function and gives one",
    "empty": "Keras takes no symbolic tensors; see test_creation",
    "eye": "Keras takes no symbolic tensors; see test_creation",
    "full": "Keras takes no symbolic tensors; see test_creation",
    "full_like": "see test_creation",
    "geomspace": "Keras takes no symbolic tensors; see test_creation",
    "hamming": "Keras takes no symbolic tensors; see test_creation",
    "hanning": "Keras takes no symbolic tensors; see test_creation",
    "identity": "Keras takes no symbolic tensors; see test_creation",
    "is_tensor": "of a tensor that has no value yet the answer is not known",
    "jvp": "takes a function; see test_functions",
    "kaiser": "Keras takes no symbolic tensors; see test_creation",
    "linspace": "Keras takes no symbolic tensors; see test_creation",
    "logspace": "Keras takes no symbolic tensors; see test_creation",
    "map": "takes a function; see test_functions",
    "ndim": "Keras gives a tensor with as many elements as there are axes; we give their number",
    "ones": "Keras takes no symbolic tensors; see test_creation",
    "scan": "takes a function; see test_functions",
    "switch": "takes a function; see test_functions",
    "tri": "Keras takes no symbolic tensors; see test_creation",
    "vectorize": "takes a function and gives one",
    "vectorized_map": "takes a function; see test_functions",
    "zeros": "Keras takes no symbolic tensors; see test_creation",
}
