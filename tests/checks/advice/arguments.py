"""Arguments, inputs and graphs that are wrong by themselves."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way, sequential

ARGUMENTS = {
    "a number for a shape": Case(
        "SHC213",
        sequential("layers.Dense(3, ‹input_shape=(784)›)", "layers.Dense(2)"),
        ("`input_shape` must be a tuple, got 784",),
        (Way("(784)", "(784,)"),),
    ),
    "an average without a window": Case(
        "SHC212",
        "x = ‹layers.AveragePooling2D()›(keras.Input((8, 8, 3)))\n",
        ways=(Way("layers.AveragePooling2D()", "AveragePooling2D(2)", "layers.{}"),),
    ),
    "attention to what was before": Case(
        "SHC211",
        "a = keras.Input((8, 4))\nx = layers.Attention(‹causal=True›)([a, a])\n",
        ways=(Way("causal=True)([a, a]", "use_causal_mask=True", ")([a, a], {}"),),
    ),
    "the kernel of a separable convolution": Case(
        "SHC211",
        'x = layers.SeparableConv2D(3, 3, ‹kernel_initializer="he_normal"›)'
        "(keras.Input((8, 8, 3)))\n",
        ways=(
            Way("kernel_initializer", "depthwise_initializer"),
            Way("kernel_initializer", "pointwise_initializer"),
        ),
    ),
    "the kernel of a depthwise convolution": Case(
        "SHC211",
        'x = layers.DepthwiseConv2D(3, ‹kernel_regularizer="l2"›)(keras.Input((8, 8, 3)))\n',
        ways=(Way("kernel_regularizer", "depthwise_regularizer"),),
    ),
    "words that are dropped": Case(
        "SHC211",
        "x = layers.Embedding(9, 4, ‹dropout=0.2›)(keras.Input((8,)))\n",
        ways=(
            Way(
                "layers.Embedding(9, 4, dropout=0.2)(keras.Input((8,)))",
                "SpatialDropout1D",
                "layers.{}(0.2)(layers.Embedding(9, 4)(keras.Input((8,))))",
            ),
        ),
    ),
    "two inputs for one": Case(
        "SHC221",
        "a = keras.Input((8,))\nb = layers.Dense(8)(a)\nx = ‹layers.Dense(4)([a, b])›\n",
        (
            "takes one input",
            '3: input 1: (None, 8) from InputLayer "input_layer"',
            '4: input 2: (None, 8) from Dense "dense"',
        ),
        (
            Way("([a, b])", "Concatenate()", "(layers.{}([a, b]))"),
            Way("([a, b])", "Add()", "(layers.{}([a, b]))"),
        ),
    ),
    "a dict for one": Case(
        "SHC221",
        "x = ‹layers.Dense(4)({'a': keras.Input((8,))})›\n",
        ("takes one input",),
        silent=("join",),
    ),
    "three inputs for two": Case(
        "SHC221",
        "a = keras.Input((8,))\nx = ‹layers.Subtract()([a, a, a])›\n",
        ("2 tensors, got 3", "3: input 1", "3: input 2", "3: input 3"),
        silent=("join",),
    ),
    "one input for a list": Case(
        "SHC221",
        "x = ‹layers.Add()(keras.Input((8,)))›\n",
        ("a list of tensors",),
        silent=("join",),
    ),
    "two inputs for a model of one": Case(
        "SHC221",
        "a = keras.Input((8,))\ninner = keras.Model(a, layers.Dense(2)(a))\nx = ‹inner([a, a])›\n",
        ("takes 1 input, got 2", "3: input 1", "3: input 2", "4: made here"),
        silent=("join",),
    ),
    "one input for a model of two": Case(
        "SHC221",
        "a, b = keras.Input((8,)), keras.Input((8,))\n"
        "inner = keras.Model([a, b], layers.Add()([a, b]))\n"
        "x = ‹inner(a)›\n",
        ("takes 2 inputs, got 1", "4: made here"),
        silent=("join",),
    ),
    "an input that is left out": Case(
        "SHC223",
        "a = keras.Input((4,))\n"
        "b = keras.Input((4,))\n"
        "x = layers.Add()([a, b])\n"
        "model = keras.Model(‹inputs=a›, outputs=x)\n",
        (
            "depend on input_layer_1",
            "4: that input is made here",
        ),
        (Way("inputs=a", "add that input to the model's inputs", "inputs=[a, b]"),),
        ("another name",),
    ),
    "a name that is taken": Case(
        "SHC223",
        sequential("keras.Input((4,))", "layers.Dense(8, name='h')", "‹layers.Dense(8, name='h')›"),
        ('layer named "h" already',),
        (Way("'h'),\n]", "another name", "'i'),\n]"), Way(", name='h'),\n]", "or none", "),\n]")),
        ("add that input",),
    ),
    "a second input layer": Case(
        "SHC223",
        sequential("keras.Input((4,))", "‹keras.Input((4,))›"),
        ("has an input layer already",),
        silent=("name", "add"),
    ),
    "a word": Case(
        "SHC213",
        "x = layers.Conv2D(8, 3, ‹padding='smae'›)\n",
        ("must be 'valid' or 'same', got 'smae'",),
        (Way("'smae'", '"same"'),),
    ),
    "a word that is like none": Case(
        "SHC213",
        "x = layers.Conv2D(8, 3, ‹padding='quux'›)\n",
        ("must be 'valid' or 'same', got 'quux'",),
        silent=("mean",),
    ),
    "the name of an activation": Case(
        "SHC213",
        "x = layers.Dense(8, ‹'sigmiod'›)\n",
        ("got 'sigmiod'",),
        (Way("'sigmiod'", '"sigmoid"'),),
    ),
    "a number": Case(
        "SHC213", "x = layers.Dense(‹0›)\n", ("a positive integer, got 0",), silent=("mean",)
    ),
    "a keyword": Case(
        "SHC211",
        "x = layers.Conv2D(8, ‹kernal_size=3›)\n",
        ("no argument `kernal_size`",),
        (Way("kernal_size", "kernel_size"),),
    ),
    "a keyword that is like none": Case(
        "SHC211",
        "x = layers.Flatten(‹foo=3›)\n",
        ("no argument `foo`",),
        (Way("foo=3", "it takes data_format", "data_format=None"),),
    ),
    "two arguments": Case(
        "SHC212",
        "x = ‹layers.Conv2D(kernel_size=3)›\n",
        ("needs the argument `filters`",),
        (Way("Conv2D(kernel_size=3)", "Conv2D(filters, kernel_size)", "Conv2D(8, 3)"),),
    ),
    "capitals": Case(
        "SHC224",
        "x = ‹layers.Conv2d(8, 3)›\n",
        ("no Conv2d",),
        (Way("Conv2d", "Conv2D"),),
    ),
}
