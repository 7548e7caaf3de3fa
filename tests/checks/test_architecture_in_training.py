"""What the checks of the architecture find in how networks are trained."""

import pytest

from shapecalc import check_source
from tests.checks.test_architecture import HEAD, codes, stack


class TestRawPixels:
    LOADED = "(x, y), _ = keras.datasets.cifar10.load_data()\n"
    ENDED = ("layers.Flatten()", "layers.Dense(10, activation='softmax')")

    def trained(self, *lines: str, data: str = "x, y", before: str = "") -> list[tuple[str, int]]:
        text = self.LOADED + before + stack(*lines, *self.ENDED)
        text += "model.compile('adam', 'sparse_categorical_crossentropy')\n"
        return codes(f"{text}model.fit({data})\n")

    INPUT = "keras.Input((32, 32, 3))"
    CONVOLUTION = "layers.Conv2D(8, 3, activation='relu')"

    @pytest.mark.parametrize(
        "data", ["x, y", "x.astype('float32'), y", "x=x, y=y", "x[:500], y[:500]"]
    )
    def test_what_is_loaded_and_given(self, data):
        assert self.trained(self.INPUT, self.CONVOLUTION, data=data) == [("SHC412", 11)]

    @pytest.mark.parametrize(
        "first",
        ["layers.RandomFlip()", "layers.ZeroPadding2D(1)", "layers.MaxPooling2D(2)",
         "layers.Dropout(0.1)", "layers.Resizing(16, 16)"],
    )  # fmt: skip
    def test_behind_what_keeps_the_range(self, first):
        assert self.trained(self.INPUT, first, self.CONVOLUTION) == [("SHC412", 12)]

    @pytest.mark.parametrize(
        "first",
        ["layers.Rescaling(1 / 127.5, offset=-1)", "layers.BatchNormalization()",
         "layers.Normalization()", "layers.Lambda(lambda t: t / 255)", "own()",
         "layers.LayerNormalization()", "layers.RandomContrast(0.2)"],
    )  # fmt: skip
    def test_behind_what_does_not(self, first):
        told = self.trained(self.INPUT, first, self.CONVOLUTION, before="from mine import own\n")
        assert {code for code, _ in told} <= {"SHC103"}

    @pytest.mark.parametrize(
        "data",
        ["x / 255, y", "x / 255.0, y", "x.astype('float32') / 255, y", "prepare(x), y",
         "(x - 127.5) / 127.5, y", "x[:500] / 255, y[:500]"],
    )  # fmt: skip
    def test_data_that_are_scaled(self, data):
        assert self.trained(self.INPUT, self.CONVOLUTION, data=data) == []

    def test_data_that_are_scaled_in_place(self):
        before = "x = x.astype('float32')\nx /= 255\n"
        assert self.trained(self.INPUT, self.CONVOLUTION, before=before) == []

    def test_a_normalization_behind_the_first_weights(self):
        lines = (self.INPUT, "layers.Conv2D(8, 3)", "layers.BatchNormalization()", "layers.ReLU()")
        assert self.trained(*lines) == []

    def test_predictions_are_another_matter(self):
        text = self.LOADED + stack(self.INPUT, self.CONVOLUTION, *self.ENDED)
        assert codes(text + "model.predict(x)\n") == []

    STREAM = "tf.data.Dataset.from_tensor_slices((x, y)).batch(32)"

    @pytest.mark.parametrize(
        ("stream", "found"),
        [(STREAM, True), (f"{STREAM}.map(lambda a, b: (a / 255, b))", False),
         (f"{STREAM}.map(lambda a, b: (tf.cast(a, tf.float32) / 255.0, b))", False),
         ("keras.utils.image_dataset_from_directory('a', image_size=(32, 32))", True)],
    )  # fmt: skip
    def test_streams(self, stream, found):
        before = f"import tensorflow as tf\nstream = {stream}\n"
        told = self.trained(self.INPUT, self.CONVOLUTION, data="stream", before=before)
        assert [code for code, _ in told if code != "SHC103"] == ["SHC412"] * found

    def test_networks_that_bring_their_own_preparation(self):
        base = "keras.applications.EfficientNetB0(weights=None, include_top=False)"
        assert self.trained(self.INPUT, base) == []


class TestChangedTrainableAfterCompile:
    MADE = (
        "import numpy as np\nx, y = np.ones((6, 8)), np.ones((6, 1))\n"
        "base = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\n"
        "model = keras.Sequential([keras.Input((8,)), base, layers.Dense(1)])\n"
    )
    COMPILE = "model.compile('sgd', 'mse')\n"
    FIT = "model.fit(x, y)\n"

    def found(self, *lines: str) -> list[tuple[int, str]]:
        found = check_source(HEAD + self.MADE + "".join(lines))
        return [(d.span.line, d.severity.value) for d in found if d.code.id == "SHC411"]

    FREEZE, THAW = "base.trainable = False\n", "base.trainable = True\n"
    FREEZE_ALL = "model.trainable = False\n"

    # What Keras refuses, what it does without a word, and what is well.
    REFUSED = (
        (FREEZE, COMPILE, FIT, THAW, FIT),
        (FREEZE_ALL, COMPILE, FIT, "model.trainable = True\n", FIT),
    )
    SILENT = (
        (COMPILE, FREEZE_ALL, FIT),
        (COMPILE, FREEZE_ALL, "model.train_on_batch(x, y)\n"),
    )
    GOOD = (
        (COMPILE, FREEZE, FIT, FIT),
        (FREEZE, COMPILE, FIT, THAW, COMPILE, FIT),
        (FREEZE, COMPILE, THAW, FIT, FIT),
        (COMPILE, FIT, FREEZE_ALL, "model.evaluate(x, y)\n"),
        (FREEZE_ALL, COMPILE, FIT),
        (COMPILE, "for flag in (True, True):\n", " base.trainable = flag\n", " " + FIT),
    )

    @pytest.mark.parametrize("lines", REFUSED)
    def test_what_was_frozen_is_trained_without_compiling_anew(self, lines):
        last = len((HEAD + self.MADE + "".join(lines)).splitlines())
        assert (last, "error") in self.found(*lines)

    @pytest.mark.parametrize("lines", SILENT)
    def test_nothing_is_left_to_train(self, lines):
        assert self.found(*lines) == [(9, "warning")]

    def test_a_flag_that_is_not_known_is_taken_both_ways(self):
        loop = "for layer in base.layers:\n layer.trainable = x.sum() > 3\n"
        text = HEAD + self.MADE + self.COMPILE + self.FIT + loop + self.FIT
        (found,) = [d for d in check_source(text) if d.code.id == "SHC411"]
        assert found.condition == "not (x.sum() > 3)"

    @pytest.mark.parametrize("lines", GOOD)
    def test_what_takes_effect(self, lines):
        assert self.found(*lines) == []

    def test_freezing_between_two_fits_is_a_matter_of_the_backend(self):
        assert self.found(self.COMPILE, self.FIT, self.FREEZE, self.FIT) == [(10, "warning")]

    def test_a_loop_that_freezes_in_its_second_round(self):
        loop = "for flag in (True, False):\n base.trainable = flag\n model.fit(x, y)\n"
        assert self.found(self.COMPILE, loop) == [(10, "warning")]

    def test_two_networks_that_train_in_turns(self):
        adversarial = (
            "judge = keras.Sequential([keras.Input((1,)), layers.Dense(1)])\n"
            "judge.compile('sgd', 'mse')\njudge.trainable = False\n"
            "both = keras.Sequential([keras.Input((8,)), model, judge])\n"
            "both.compile('sgd', 'mse')\n"
        )
        turn = " judge.train_on_batch(y, y)\n"
        other = " both.train_on_batch(x, y)\n"
        loop = "for epoch in range(1000):\n"
        assert self.found(adversarial, loop, turn, other) == [(13, "warning")]
        toggled = (" judge.trainable = True\n", turn, " judge.trainable = False\n", other)
        assert self.found(adversarial, loop, *toggled) == []

    @pytest.mark.oracle
    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("lines", [*REFUSED, (COMPILE, FIT, FREEZE, FIT)])
    def test_keras_refuses_it(self, lines):
        pytest.importorskip("keras", reason="the `keras` extra is not installed")
        scope = {}
        exec(HEAD + self.MADE + "".join(lines[:-1]), scope)  # noqa: S102 - our own examples
        with pytest.raises(ValueError, match="variables"):
            exec(lines[-1], scope)  # noqa: S102 - our own examples

    @pytest.mark.oracle
    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("lines", [*SILENT, *GOOD])
    def test_keras_trains_what_is_trainable_then(self, lines):
        pytest.importorskip("keras", reason="the `keras` extra is not installed")
        scope = {}
        exec(HEAD + self.MADE, scope)  # noqa: S102 - our own examples
        before = scope["model"].get_weights()
        exec("".join(lines), scope)  # noqa: S102 - our own examples
        changed = [
            (a != b).any() for a, b in zip(before, scope["model"].get_weights(), strict=True)
        ]
        assert any(changed) is (lines not in self.SILENT and self.FREEZE_ALL not in lines[:1])
