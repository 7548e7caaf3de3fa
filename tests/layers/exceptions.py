"""Where the comparison with Keras is another one: each entry has its reason."""

from __future__ import annotations

# What Keras lets pass when a network is built, and refuses as soon as it is run. A rule may refuse
# that at once; where it does, Keras is asked to run the layer, and must refuse it then.
_NO_WINDOWS = "where no window is asked for, Keras divides by their number when it is run"
REFUSED_WHEN_RUN = {
    **{
        f"Adaptive{kind}Pooling{rank}D": _NO_WINDOWS
        for kind in ("Average", "Max")
        for rank in (1, 2, 3)
    },
    "Concatenate": "where the axis is of open length in one tensor, Keras asks no other for it",
    "MelSpectrogram": "on an axis of open length Keras does not look at the stride",
    "Reshape": "of an axis of open length Keras computes no axis of -1 beside one of 0",
    "RNN": "Keras takes a recurrent layer for a cell, as it has a `state_size`, but cannot step it",
}

# Arguments of which Keras takes no other value than the default.
ONLY_DEFAULT = {
    "IntegerLookup": {"vocabulary_dtype": "only int64 is taken"},
}
