"""What the checks of the architecture find in programs like those that people asked about."""

import pytest

from shapecalc import check_source
from shapecalc.fixes import apply_fixes
from shapecalc.frontends.python import read
from shapecalc.source import SourceFile

HEAD = "import keras\nfrom keras import layers\n"


def codes(text: str) -> list[tuple[str, int]]:
    return [(d.code.id, d.span.line) for d in check_source(HEAD + text)]


def stack(*lines: str) -> str:
    """A program whose layers stand on lines 4, 5, …"""
    listed = "".join(f"    {line},\n" for line in lines)
    return f"model = keras.Sequential([\n{listed}])\n"


def steps(text: str):
    return read(SourceFile("model.py", HEAD + text)).models[0].steps


class TestSteps:
    def test_a_branch_ends_an_unbranched_row(self):
        text = (
            "a = keras.Input((8,))\nb = layers.Dense(8)(a)\nc = layers.Dense(8)(b)\n"
            "model = keras.Model(a, layers.Add()([b, c]))\n"
        )
        entry, first, second, add = steps(text)
        assert [step.kind for step in first.after] == ["Dense", "Add"]
        assert second.only_before is None
        assert first.only_before is entry
        assert add.only_before is None
        assert add.ends
        assert not second.ends

    def test_a_stack_without_an_input_is_a_row_too(self):
        first, second = steps(stack("layers.Dense(8)", "layers.Dense(4)"))
        assert second.only_before is first
        assert second.ends

    def test_what_is_also_an_output_is_taken_by_more_than_one(self):
        text = (
            "a = keras.Input((8,))\nb = layers.Dense(8)(a)\nc = layers.Dense(4)(b)\n"
            "model = keras.Model(a, [b, c])\n"
        )
        assert steps(text)[-1].only_before is None


class TestBiasBeforeBatchNormalization:
    BLOCK = ("layers.Conv2D(8, 3)", "layers.BatchNormalization()", "layers.ReLU()")
    SPARED = ("layers.Conv2D(8, 3, use_bias=False)", *BLOCK[1:])

    def test_a_forgotten_one(self):
        text = stack("keras.Input((32, 32, 3))", *self.SPARED, *self.BLOCK)
        assert codes(text) == [("SHC401", 8)]

    def test_a_model_that_has_biases_throughout_is_a_textbook(self):
        assert codes(stack("keras.Input((32, 32, 3))", *self.BLOCK, *self.BLOCK)) == []

    def test_without_an_offset_of_its_own_the_normalization_does_need_the_next_bias(self):
        block = (self.BLOCK[0], "layers.BatchNormalization(center=False)", self.BLOCK[2])
        assert codes(stack("keras.Input((32, 32, 3))", *self.SPARED, *block)) == []

    def test_an_activation_between_makes_the_bias_count(self):
        block = ("layers.Conv2D(8, 3, activation='relu')", self.BLOCK[1])
        assert codes(stack("keras.Input((32, 32, 3))", *self.SPARED, *block)) == []


class TestDropoutBeforeBatchNormalization:
    @pytest.mark.parametrize("dropout", ["Dropout(0.3)", "SpatialDropout2D(0.3)"])
    def test_right_before(self, dropout):
        text = stack(
            "keras.Input((32, 32, 3))", "layers.Conv2D(8, 3)", f"layers.{dropout}",
            "layers.BatchNormalization()",
        )  # fmt: skip
        assert codes(text) == [("SHC402", 6)]

    def test_weights_between_make_it_milder(self):
        text = stack(
            "keras.Input((8,))", "layers.Dropout(0.3)", "layers.Dense(8)",
            "layers.BatchNormalization()",
        )  # fmt: skip
        assert codes(text) == []

    def test_a_dropout_that_drops_nothing(self):
        text = stack("keras.Input((8,))", "layers.Dropout(0.0)", "layers.BatchNormalization()")
        assert codes(text) == []

    def test_in_a_stack_whose_input_only_the_data_tells(self):
        assert codes(stack("layers.Dropout(0.2)", "layers.BatchNormalization()")) == [("SHC402", 4)]


class TestConsecutiveActivations:
    def test_a_softmax_twice(self):
        # Probabilities are between 0 and 1, so a second softmax makes them nearly equal.
        text = stack(
            "keras.Input((8,))", "layers.Dense(3, activation='softmax')",
            "layers.Activation('softmax')",
        )  # fmt: skip
        (finding,) = check_source(HEAD + text)
        assert (finding.code.id, finding.span.line) == ("SHC403", 6)
        assert finding.notes[0].span.line == 5

    def test_a_rectified_layer_before_the_softmax(self):
        text = stack(
            "keras.Input((8,))", "layers.Dense(3, activation='relu')", "layers.Dropout(0.2)",
            "layers.Softmax()",
        )  # fmt: skip
        assert codes(text) == [("SHC403", 7)]

    def test_a_pooling_between_is_another_matter(self):
        # SqueezeNet rectifies its last convolution and takes the mean before the softmax.
        text = stack(
            "keras.Input((32, 32, 3))", "layers.Conv2D(10, 1, activation='relu')",
            "layers.GlobalAveragePooling2D()", "layers.Activation('softmax')",
        )  # fmt: skip
        assert codes(text) == []

    @pytest.mark.parametrize("first", ["'tanh'", "'linear'", "None", "lambda x: x"])
    def test_what_the_second_still_changes(self, first):
        text = stack(
            "keras.Input((8,))", f"layers.Dense(3, activation={first})", "layers.ReLU()",
        )  # fmt: skip
        assert codes(text) == []

    def test_a_recurrent_layers_activation_is_inside_it(self):
        text = stack(
            "keras.Input((8, 4))", "layers.LSTM(3, activation='relu')", "layers.LeakyReLU()"
        )
        assert codes(text) == []


class TestNoNonlinearity:
    def test_two_convolutions(self):
        text = stack(
            "keras.Input((32, 32, 3))", "layers.Conv2D(8, 3)", "layers.BatchNormalization()",
            "layers.Conv2D(8, 3, activation='relu')",
        )  # fmt: skip
        assert codes(text) == [("SHC404", 7)]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("layers.Dense(64, activation=None)", "layers.Dense(8, activation='relu')"),
            ("layers.Dense(4)", "layers.Dense(8, activation='relu')"),
            ("layers.Dense(64, activation='tanh')", "layers.Dense(8, activation='relu')"),
            ("layers.Dense(64)", "layers.Dense(8)"),
        ],
        ids=["said so", "a bottleneck", "an activation", "a linear model"],
    )
    def test_linear_on_purpose(self, first, second):
        assert codes(stack("keras.Input((20,))", first, second)) == []

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Conv2D(8, 1)", "Conv2D(8, 3, activation='relu')"),
            ("Conv2D(8, (1, 3))", "Conv2D(8, (3, 1), activation='relu')"),
            ("DepthwiseConv2D(3)", "Conv2D(8, 1, activation='relu')"),
            ("Conv2D(8, 3)", "Conv2DTranspose(8, 3, activation='relu')"),
        ],
    )
    def test_factors_of_a_convolution(self, first, second):
        text = stack("keras.Input((32, 32, 3))", f"layers.{first}", f"layers.{second}")
        assert codes(text) == []

    def test_the_generator_that_begins_with_a_dense_layer(self):
        text = stack(
            "keras.Input((100,))", "layers.Dense(7 * 7 * 64)", "layers.Reshape((7, 7, 64))",
            "layers.Conv2DTranspose(32, 3, strides=2, activation='tanh')",
        )  # fmt: skip
        assert codes(text) == []


class TestDroppedRows:
    @pytest.mark.parametrize(
        ("size", "window", "found"),
        [(7, "4", True), (3, "2", True), (13, "2", False), (8, "2", False), (7, "3, 2", False)],
    )
    def test_a_quarter_or_more(self, size, window, found):
        text = stack(f"keras.Input(({size}, {size}, 8))", f"layers.MaxPooling2D({window})")
        assert codes(text) == ([("SHC405", 5)] if found else [])

    def test_channels_first(self):
        text = stack(
            "keras.Input((8, 7, 6))",
            "layers.AveragePooling2D(4, data_format='channels_first')",
        )
        (finding,) = check_source(HEAD + text)
        assert "last 3 of 7 places along axis 2" in finding.message

    def test_an_open_size_is_none_to_tell_of(self):
        assert codes(stack("keras.Input((None, None, 8))", "layers.MaxPooling2D(4)")) == []


class TestDenseOnImage:
    def test_pixels_are_classified_on_purpose(self):
        text = stack(
            "keras.Input((64, 64, 3))", "layers.Conv2D(8, 3, padding='same', activation='relu')",
            "layers.MaxPooling2D(4)", "layers.Dense(5, activation='softmax')",
        )  # fmt: skip
        assert codes(text) == []

    def test_one_place_is_no_image(self):
        text = stack("keras.Input((7, 7, 3))", "layers.Conv2D(8, 7)",
                     "layers.Dense(5, activation='softmax')")  # fmt: skip
        assert codes(text) == []

    @pytest.mark.parametrize(
        "last",
        ["layers.Dense(28, activation='softmax')", "layers.Dense(1, 'sigmoid')",
         "layers.Dense(1), layers.Activation('sigmoid')"],
    )  # fmt: skip
    def test_a_series(self, last):
        text = stack("keras.Input((72, 1))", "layers.Conv1D(64, 3, activation='relu')",
                     "layers.MaxPooling1D(4)", last)  # fmt: skip
        (finding,) = check_source(HEAD + text)
        assert (finding.code.id, finding.span.line) == ("SHC406", 7)
        assert "GlobalAveragePooling1D()" in finding.help

    def test_each_step_of_a_series_is_classified_on_purpose(self):
        for steps, padding in (("72", "same"), ("None", "valid")):
            text = stack(
                f"keras.Input(({steps}, 1))", f"layers.Conv1D(8, 3, padding='{padding}')",
                "layers.LSTM(8, return_sequences=True)", "layers.Dense(5, activation='softmax')",
            )  # fmt: skip
            assert codes(text) == []

    @pytest.mark.parametrize(
        ("steps", "padding", "found"),
        [(30, "valid", True), (32, "same", False), (33, "valid", True)],
    )
    def test_steps_that_happen_to_divide_the_input(self, steps, padding, found):
        # Without padding 30 steps become 28, 14, 12, 6 and 3, which is no step in 4.
        text = stack(
            f"keras.Input(({steps}, 1))",
            *[f"layers.Conv1D(8, 3, padding='{padding}')", "layers.MaxPooling1D(2)"] * 2,
            *["layers.AveragePooling1D(2)"] * (padding == "valid"),
            "layers.Dense(1, activation='sigmoid')",
        )
        assert [code for code, _ in codes(text) if code == "SHC406"] == ["SHC406"] * found

    def test_one_series_is_answered_with_another(self):
        text = stack(
            "keras.Input((7, 12))", "layers.LSTM(8)", "layers.RepeatVector(4)",
            "layers.LSTM(8, return_sequences=True)", "layers.Dense(12, activation='softmax')",
        )  # fmt: skip
        assert codes(text) == []


class TestFlattenDenseHeavy:
    def test_small_networks_are_left_alone(self):
        text = stack(
            "keras.Input((28, 28, 1))", "layers.Conv2D(32, 3, activation='relu')",
            "layers.Flatten()", "layers.Dense(128, activation='relu')",
        )  # fmt: skip
        assert codes(text) == []


class TestUnusedInput:
    def test_an_input_that_is_an_output_is_used(self):
        text = (
            "a = keras.Input((8,))\nb = keras.Input((8,))\n"
            "model = keras.Model([a, b], [layers.Dense(1)(a), b])\n"
        )
        assert codes(text) == []

    def test_what_is_not_followed_may_take_the_input(self):
        text = (
            "from mine import prepare\na = keras.Input((8,))\nb = prepare(a)\n"
            "model = keras.Model(a, layers.Dense(1)(b))\n"
        )
        assert "SHC409" not in [code for code, _ in codes(text)]


class TestChannelsMisplaced:
    @pytest.mark.parametrize("shape", ["(3, 32, 32)", "(1, 28, 28)", "(3, 480, 640)"])
    def test_first_for_last(self, shape):
        text = stack(f"keras.Input({shape})", "layers.Conv2D(8, 3, padding='same')")
        (finding,) = check_source(HEAD + text)
        assert (finding.code.id, finding.span.line) == ("SHC413", 5)

    def test_last_for_first(self):
        text = stack("keras.Input((224, 224, 3))",
                     "layers.Conv2D(8, 3, data_format='channels_first')")  # fmt: skip
        (finding,) = check_source(HEAD + text)
        assert "(3, 224, 224)" in finding.help

    @pytest.mark.parametrize("shape", ["(1, 500, 64)", "(3, 3, 256)", "(28, 28, 1)", "(3, 9, 9)"])
    def test_sequences_and_small_maps(self, shape):
        text = stack(f"keras.Input({shape})", "layers.Conv2D(8, 3, padding='same')")
        assert codes(text) == []

    def test_behind_what_leaves_the_axes_alone(self):
        text = stack(
            "keras.Input((3, 32, 32))", "layers.Rescaling(1 / 255)", "layers.GaussianNoise(0.1)",
            "layers.Conv2D(8, 3, padding='same')",
        )  # fmt: skip
        assert codes(text) == [("SHC413", 7)]

    def test_a_setting_of_the_program_decides(self):
        text = "keras.config.set_image_data_format('channels_first')\n" + stack(
            "keras.Input((3, 224, 224))", "layers.Conv2D(8, 3)"
        )
        assert codes(text) == []


class TestKeras1Convolution:
    @pytest.mark.parametrize("sizes", ["3, 3", "5, 5", "1, 7"])
    def test_the_second_size_became_strides(self, sizes):
        text = stack("keras.Input((32, 32, 3))", f"layers.Convolution2D(8, {sizes})")
        assert codes(text) == [("SHC414", 5)]

    @pytest.mark.parametrize("sizes", ["4, 4", "16, 16", "3, 2", "3, strides=3", "3, (3, 3)"])
    def test_patches_and_strides(self, sizes):
        text = stack("keras.Input((32, 32, 3))", f"layers.Conv2D(8, {sizes})")
        assert codes(text) == []


class TestInputShapeInside:
    @pytest.mark.parametrize("declared", ["input_dim=64", "input_shape=(64,)"])
    def test_what_is_said_and_true_is_harmless(self, declared):
        text = stack("layers.Dense(64, activation='relu', input_dim=20)",
                     f"layers.Dense(1, {declared})")  # fmt: skip
        assert codes(text) == []

    def test_another_rank(self):
        text = stack(
            "layers.LSTM(64, return_sequences=True, input_shape=(10, 4))",
            "layers.LSTM(64, input_shape=(4,))",
        )
        assert codes(text) == [("SHC415", 5)]

    def test_the_first_of_a_stack_within_a_model_is_a_first_one(self):
        inner = "inner = keras.Sequential([layers.Dense(8, input_dim=4)])\n"
        assert codes(inner + stack("keras.Input((4,))", "inner")) == []


class TestConstraintAsRegularizer:
    def test_its_older_name(self):
        text = "from keras.constraints import max_norm\n" + stack(
            "keras.Input((8, 4))", "layers.Conv1D(8, 3, bias_regularizer=max_norm(2.0))"
        )
        assert codes(text) == [("SHC416", 6)]


class TestUnknownArguments:
    HEAD = "import json\nsettings = json.load(open('model.json'))\n"

    def test_what_is_not_known_decides_nothing(self):
        lines = (
            "keras.Input((28, 28, 3))", "layers.Conv2D(8, 3, padding=settings['padding'])",
            "layers.MaxPooling2D(settings['size'], strides=settings['strides'])",
            "layers.Conv2D(8, settings['size'], data_format=settings['format'])",
            "layers.BatchNormalization(center=settings['center'])",
            "layers.Dense(4, activation=settings['activation'])",
        )  # fmt: skip
        assert {code[:4] for code, _ in codes(self.HEAD + stack(*lines))} <= {"SHC1"}

    def test_a_layer_with_known_arguments_is_looked_at_all_the_same(self):
        lines = (
            "keras.Input((28, 28, 3))", "layers.MaxPooling2D(2, padding=settings['padding'])",
            "layers.GlobalMaxPooling2D()", "layers.Reshape((7, 7, -1))", "layers.MaxPooling2D(4)",
        )  # fmt: skip
        text = self.HEAD + stack(*lines).replace("28, 3", "28, 98")
        assert ("SHC405", 10) in codes(text)


class TestDeprecatedSpelling:
    def mended(self, text: str) -> str:
        (finding,) = [d for d in check_source(HEAD + text) if d.code.id == "SHC417"]
        changed, _ = apply_fixes(HEAD + text, [finding.fix] if finding.fix else [])
        assert not finding.fix or check_source(changed) == []
        return changed.removeprefix(HEAD)

    @pytest.mark.parametrize(
        ("old", "today"),
        [
            ("Dense(output_dim=8, init='uniform')", "Dense(units=8, kernel_initializer='uniform')"),
            ("Dropout(p=0.5)", "Dropout(rate=0.5)"),
            (
                "Convolution2D(8, 3, 5, subsample=(2, 2), dim_ordering='tf')",
                'Convolution2D(8, (3, 5), strides=(2, 2), data_format="channels_last")',
            ),
            ("Conv1D(nb_filter=8, filter_length=3)", "Conv1D(filters=8, kernel_size=3)"),
            ("MaxPooling2D((2, 2), border_mode='same')", "MaxPooling2D((2, 2), padding='same')"),
            ("Conv2D(8, 3, border_mode='same')", "Conv2D(8, 3, padding='same')"),
            ("Conv2D(8, (3, 5), border_mode='same')", "Conv2D(8, (3, 5), padding='same')"),
        ],
    )
    def test_words_that_have_a_successor(self, old, today):
        assert self.mended(f"x = layers.{old}\n") == f"x = layers.{today}\n"

    @pytest.mark.parametrize(
        "call",
        [
            "Convolution2D(8, nb_row=3, nb_col=3)",
            "Convolution2D(8, 3, 3, 'uniform', 'relu', border_mode='same')",
            "Dense(8, 'uniform', W_regularizer='l2')",
            "BatchNormalization(mode=0)",
            "Conv2D(8, 3, dim_ordering=ordering)",
        ],
    )
    def test_what_is_more_than_another_word_is_told_and_left(self, call):
        text = f"ordering = input()\nx = layers.{call}\n"
        assert self.mended(text) == text

    STACK = "m = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.ReLU()])\n"

    @pytest.mark.parametrize(
        ("old", "today"),
        [
            (
                "k = keras.Model(m.input, m.layers[0].output)",
                "k = keras.Model(m.inputs[0], m.layers[0].output)",
            ),
            (
                "k = keras.Model(m.inputs, layers.Dense(2)(m.output))",
                "k = keras.Model(m.inputs, layers.Dense(2)(m.outputs[0]))",
            ),
        ],
    )
    def test_the_ends_of_a_stack_that_is_called_on_nothing(self, old, today):
        assert self.mended(f"{self.STACK}{old}\n") == f"{self.STACK}{today}\n"

    @pytest.mark.parametrize(
        "text",
        [
            "y = m(keras.Input((8,)))\nk = keras.Model(m.input, m.output)",
            "k = keras.Model(m.inputs, m.outputs)",
            "m = keras.Model(m.inputs, m.outputs)\nk = keras.Model(m.input, m.output)",
        ],
    )
    def test_other_ends_are_as_ever(self, text):
        assert not [d for d in check_source(HEAD + self.STACK + text) if d.code.id == "SHC417"]

    def test_a_model_from_making_to_training(self):
        text = (
            "a = keras.Input((8,))\nmodel = keras.Model(input=a, output=layers.Dense(1)(a))\n"
            "model.compile('sgd', 'mse')\nmodel.fit([], [], nb_epoch=3)\n"
            "model.fit_generator(batches, steps_per_epoch=9)\nmodel.predict_classes([])\n"
        )
        found = [d for d in check_source(HEAD + text) if d.code.id == "SHC417"]
        assert [d.span.line for d in found] == [4, 6, 7, 8]
        changed, count = apply_fixes(HEAD + text, [d.fix for d in found if d.fix])
        assert count == 3
        assert "Model(inputs=a, outputs=layers.Dense(1)(a))" in changed
        assert "model.fit([], [], epochs=3)\nmodel.fit(batches, steps_per_epoch=9)\n" in changed

    @pytest.mark.parametrize(
        ("old", "today"),
        [
            ("metrics='accuracy'", "metrics=['accuracy']"),
            ("weighted_metrics=keras.metrics.AUC()", "weighted_metrics=[keras.metrics.AUC()]"),
            ("None, 'acc'", "None, ['acc']"),
        ],
    )
    def test_one_metric_that_is_in_no_list(self, old, today):
        text = (
            "model = keras.Sequential([keras.Input((8,)), layers.Dense(1, 'sigmoid')])\n"
            "model.compile('sgd', 'binary_crossentropy', {})\n"
        )
        assert self.mended(text.format(old)) == text.format(today)

    def test_metrics_that_come_from_elsewhere(self):
        text = (
            "import tools\nmodel = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\n"
            "model.compile('sgd', 'mse', metrics=tools.metrics)\n"
        )
        assert codes(text) == []

    def test_workers_of_a_generator_have_no_place_in_fit(self):
        text = (
            "model = keras.Sequential([keras.Input((8,)), layers.Dense(1)])\n"
            "model.fit_generator(batches, workers=4)\n"
        )
        (finding,) = [d for d in check_source(HEAD + text) if d.code.id == "SHC417"]
        assert finding.fix is None

    def test_a_layer_in_a_loop_is_told_once(self):
        text = "for n in (1, 2, 3):\n    x = layers.Dense(output_dim=n)\n"
        assert codes(text) == [("SHC417", 4)]

    def test_what_keras_3_still_takes(self):
        assert codes("x = layers.LeakyReLU(alpha=0.2)\ny = layers.Convolution2D(8, (3, 3))\n") == []


@pytest.mark.parametrize("declared", ["((8,),)", "('8',)", "(8.0,)", "([8, None],)", "(None,)"])
def test_what_declares_no_shape_differs_from_none(declared):
    stack = f"[keras.Input((8,)), layers.Dense(8), layers.Dense(1, input_shape={declared})]"
    text = f"import keras\nfrom keras import layers\nmodel = keras.Sequential({stack})\n"
    assert not check_source(text)
