"""What a finding tells of its cause: the history of sizes, the arithmetic, and what would help."""

import pytest

from shapecalc import check_source
from shapecalc.checks.diagnosis import diagnose, unreadable, why_not_analysed
from shapecalc.diagnostics import Severity
from shapecalc.frontends.python import read
from shapecalc.graph.program import Gap, Program, RefusedCall
from shapecalc.rules.refusal import MissingInput, Refusal
from shapecalc.source import SourceFile, Span

HEAD = "import keras\nfrom keras import layers\n"


def only(text: str):
    (finding,) = check_source(HEAD + text)
    return finding


def sequential(*layers: str) -> str:
    listed = "".join(f"    {layer},\n" for layer in layers)
    return f"model = keras.Sequential([\n{listed}])\n"


def notes_of(finding) -> list[str]:
    return [note.message for note in finding.notes]


def conv_and_pool(size: int) -> str:
    # Four times a 3×3 convolution and a halving, on an image of size × size.
    blocks = ["layers.Conv2D(8, 3)", "layers.MaxPooling2D(2)"] * 4
    return sequential(f"keras.Input(({size}, {size}, 1))", *blocks)


class TestWindow:
    def test_the_chain_of_sizes_with_the_line_of_each_step(self):
        finding = only(conv_and_pool(28))
        assert finding.span.line == 11
        assert "window of 3 does not fit into 1" in finding.message
        assert 'Conv2D "conv2d_3"' in finding.message
        chain, *steps = notes_of(finding)
        assert "28 → 26 → 13 → 11 → 5 → 3 → 1 → ✗" in chain
        # The input stands on line 4, each layer on the next.
        assert [note.span.line for note in finding.notes[1:-1]] == [4, 5, 6, 7, 8, 9, 10]
        assert steps[1].endswith("28 - 3 + 1 = 26")
        assert steps[2].endswith("(26 - 2)//2 + 1 = 13")
        assert steps[-1].startswith("1 - 3 + 1 = -1")

    def test_the_span_is_the_argument_at_fault(self):
        text = "x = layers.Conv2D(8, kernel_size=(9, 9))(keras.Input((4, 4, 1)))\n"
        span = only(text).span
        assert text[span.column - 1 : span.end_column - 1].endswith("(9, 9)")

    def test_the_smallest_input_that_would_do_is_exact(self):
        # What is suggested must do, and one less must not: the size that Keras's users found
        # for this network is 46.
        assert "(46, 46, 1)" in only(conv_and_pool(28)).help
        assert check_source(HEAD + conv_and_pool(46)) == []
        assert check_source(HEAD + conv_and_pool(45)) != []

    def test_one_axis_at_fault_grows_alone(self):
        finding = only(sequential("keras.Input((4, 90, 1))", "layers.Conv2D(8, 9)"))
        assert "(9, 90, 1)" in finding.help

    def test_channels_first(self):
        finding = only(sequential("keras.Input((1, 28, 28))", "layers.Conv2D(8, 3)"))
        assert "channels" in finding.help
        assert "(28, 28, 1)" in finding.help

    def test_a_small_image_is_not_taken_for_channels_first(self):
        finding = only(sequential("keras.Input((3, 3, 64))", "layers.Conv2D(8, 5)"))
        assert "(3, 64, 3)" not in finding.help

    def test_a_long_chain_is_told_by_its_first_three_and_last_nine_steps(self):
        convolutions = ["layers.Conv2D(8, 3)"] * 30
        finding = only(sequential("keras.Input((58, 58, 1))", *convolutions))
        chain, *steps, arithmetic = notes_of(finding)
        # Of the input and 28 convolutions, 29 - 3 - 9 are left out.
        last = " → ".join(str(size) for size in range(18, 0, -2))
        assert chain == f"sizes along axis 1: 58 → 56 → 54 → … → {last} → ✗"
        assert [step.rpartition(" ")[2] for step in steps[:3]] == ["58", "56", "54"]
        assert steps[3] == "… and 17 more steps …"
        sizes = [step.rpartition(" ")[2] for step in steps[4:]]
        assert sizes == [str(size) for size in range(18, 0, -2)]
        assert arithmetic.startswith("2 - 3 + 1 = 0")

    def test_a_chain_of_twelve_steps_is_told_whole(self):
        convolutions = ["layers.Conv2D(8, 3)"] * 12
        finding = only(sequential("keras.Input((24, 24, 1))", *convolutions))
        chain, *steps, _ = notes_of(finding)
        assert chain.endswith(" → ".join(str(size) for size in range(24, 0, -2)) + " → ✗")
        assert len(steps) == 12
        assert "…" not in "".join(notes_of(finding))

    def test_no_input_is_offered_that_nobody_has(self):
        text = "x = layers.Conv1D(1, {})(keras.Input((4, 1)))\n"
        assert "(5000, 1)" in only(text.format(5000)).help
        assert "an input of" not in only(text.format(50_000)).help

    def test_a_step_whose_argument_is_refused_has_no_arithmetic(self):
        found = check_source(
            HEAD
            + "x = keras.Input((12, 12, 1))\n"
            + "x = layers.Conv2D(6, 3, padding='same', strides=2, dilation_rate=0)(x)\n"
            + "x = layers.Conv2D(6, 7)(x)\n"
        )
        assert [d.code.id for d in found] == ["SHC213", "SHC201"]
        assert any(note.endswith(": 12 → 6") for note in notes_of(found[1]))

    def test_the_line_of_a_layer_in_a_loop(self):
        text = (
            "model = keras.Sequential()\n"
            "model.add(keras.Input((16, 16, 3)))\n"
            "for filters in (8, 16, 32):\n"
            "    model.add(layers.Conv2D(filters, 7))\n"
        )
        assert only(text).span.line == 6


class TestRank:
    def test_a_stacked_lstm(self):
        finding = only(
            sequential("keras.Input((20, 8))", "layers.LSTM(32)", "layers.Dropout(0.5)",
                       "layers.LSTM(32)")
        )  # fmt: skip
        assert finding.span.line == 7
        assert "return_sequences=True" in finding.help
        assert '"lstm" on line 5' in finding.help

    def test_a_stacked_lstm_in_a_wrapper(self):
        finding = only(
            sequential("keras.Input((20, 8))", "layers.Bidirectional(layers.LSTM(32))",
                       "layers.GRU(32)")
        )  # fmt: skip
        assert "return_sequences=True" in finding.help

    def test_a_missing_feature_axis(self):
        assert (
            "Input((30, 1))" in only(sequential("keras.Input((30,))", "layers.Conv1D(8, 3)")).help
        )

    def test_a_missing_channel_axis(self):
        finding = only(sequential("keras.Input((28, 28))", "layers.Conv2D(8, 3)"))
        assert "Input((28, 28, 1))" in finding.help

    def test_a_batch_axis_in_the_shape(self):
        finding = only(sequential("keras.Input((None, 28, 28, 1))", "layers.Conv2D(8, 3)"))
        assert "batch axis" in finding.help
        assert "(28, 28, 1)" in finding.help

    def test_a_flatten_too_early(self):
        finding = only(
            sequential("keras.Input((28, 28, 1))", "layers.Flatten()", "layers.Conv2D(8, 3)")
        )
        assert '"flatten" on line 5' in finding.help


class TestMerging:
    RESIDUAL = (
        "a = keras.Input((32, 32, 16))\n"
        "b = layers.Conv2D(64, 3, padding='same', strides={strides})(a)\n"
        "c = layers.Conv2D(64, 3, padding='same')(b)\n"
        "d = layers.Add()({order})\n"
    )

    @pytest.mark.parametrize("order", ["[a, c]", "[c, a]"])
    def test_a_missing_projection(self, order):
        finding = only(self.RESIDUAL.format(strides=1, order=order))
        assert finding.span.line == 6
        assert "Conv2D(64, 1)" in finding.help
        assert '"input_layer" on line 3' in finding.help

    def test_a_missing_projection_with_a_stride(self):
        finding = only(self.RESIDUAL.format(strides=2, order="[a, c]"))
        assert "Conv2D(64, 1, strides=2)" in finding.help

    UNET = (
        "a = keras.Input(({size}, {size}, 8))\n"
        "b = layers.MaxPooling2D(2)(layers.MaxPooling2D(2)(a))\n"
        "c = layers.UpSampling2D(4)(b)\n"
        "d = layers.Concatenate()([a, c])\n"
        "model = keras.Model(a, d)\n"
    )

    def test_lost_parity(self):
        finding = only(self.UNET.format(size=30))
        assert any("30 → 15 → 7 → 28" in message for message in notes_of(finding))
        assert "(32, 32, 8)" in finding.help
        assert check_source(HEAD + self.UNET.format(size=32)) == []


class TestUndefined:
    def test_flatten_of_an_open_image(self):
        finding = only(
            sequential("keras.Input((None, None, 3))", "layers.Flatten()", "layers.Dense(10)")
        )
        assert "GlobalAveragePooling2D()" in finding.help
        assert '"flatten" on line 5' in finding.help
        assert finding.notes[0].span.line == 4


class TestArguments:
    def test_the_closest_name(self):
        assert "kernel_size" in only("x = layers.Conv2D(8, kernel_sise=3)\n").help

    def test_the_closest_word(self):
        assert '"relu"' in only("x = layers.Dense(8, activation='rellu')\n").help
        assert '"same"' in only("x = layers.Conv2D(8, 3, padding='sam')\n").help

    def test_what_is_missing(self):
        assert "Conv2D(filters, kernel_size)" in only("x = layers.Conv2D(8)\n").help

    def test_a_misspelt_argument_is_not_also_missing(self):
        assert only("x = layers.Dense(unit=8)\n").code.id == "SHC211"


class TestWhere:
    def test_a_layer_that_is_made_on_another_line(self):
        finding = only("shared = layers.Conv2D(8, 3)\n\n\nx = shared(keras.Input((30,)))\n")
        assert finding.span.line == 6
        assert [note.span.line for note in finding.notes if "made here" in note.message] == [3]

    def test_a_loop_makes_one_finding_a_place(self):
        finding = only(
            "for n in range(100):\n    x = layers.Conv2D(8, 5)(keras.Input((3 - n % 2, 9, 1)))\n"
        )
        also = [message for message in notes_of(finding) if message.startswith("here also")]
        assert 1 <= len(also) <= 5


def program_with(*gaps: Gap, refused=()) -> Program:
    program = Program(SourceFile("model.py", "x = 1\ny = 2\n"))
    program.gaps.extend(gaps)
    program.refused.extend(refused)
    return program


class TestTheApi:
    """Refusals that only programs meet which build networks with us."""

    def refused(self, refusal):
        call = RefusedCall(refusal, Span.point(2), subject="model.outputs")
        (finding,) = diagnose(program_with(refused=[call]))
        return finding

    def test_a_model_without_its_input(self):
        finding = self.refused(MissingInput("sequential has no input shape yet"))
        assert (finding.code.id, finding.span.line) == ("SHC222", 2)
        assert finding.message == "sequential has no input shape yet"
        assert "begin the model with keras.Input" in finding.help

    def test_what_has_no_code_of_its_own(self):
        finding = self.refused(Refusal("it is made up", help="leave it out"))
        assert (finding.code.id, finding.span.line) == ("SHC200", 2)
        assert finding.message == "`model.outputs`: it is made up"
        assert finding.help == "leave it out"


def test_a_file_that_cannot_be_read():
    finding = unreadable("m.py", "it is a folder")
    assert (finding.code.id, finding.severity) == ("SHC102", Severity.ERROR)
    assert (finding.path, finding.span.line) == ("m.py", 1)
    assert "it is a folder" in finding.message


class TestWhyNothingIsAnalysed:
    KINDS = ("syntax", "limit", "unsupported", "unknown")

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_gravest_gap_is_the_reason(self, kind):
        milder = self.KINDS[self.KINDS.index(kind) :]
        gaps = [Gap(k, f"because of {k}", Span.point(1)) for k in reversed(milder)]
        assert why_not_analysed(program_with(*gaps)) == f"because of {kind}"

    def test_there_is_no_network(self):
        assert why_not_analysed(program_with()) is None

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("layers.Dense(2)(keras.Input((4,)))\nlayers.Dense(0)\n", "layers do not make a model"),
            ("keras.Sequential()\n", "its model has no layers"),
            ("keras.Sequential([keras.Input((4,)), layers.Dense(2)])\n", None),
        ],
    )
    def test_what_came_of_the_layers(self, text, reason):
        found = why_not_analysed(read(SourceFile("model.py", HEAD + text)))
        assert found is None if reason is None else reason in found


class TestGaps:
    def test_several_reasons_without_a_model_make_one_finding(self):
        gaps = [Gap("unknown", f"reason {n}", Span.point(n)) for n in (1, 2)]
        (finding,) = diagnose(program_with(*gaps))
        assert finding.code.id == "SHC106"
        assert "reason 1" in finding.message
        assert notes_of(finding) == ["reason 2"]

    def test_a_bound_is_a_warning(self):
        (finding,) = diagnose(program_with(Gap("limit", "too many steps", Span.point(2))))
        assert (finding.code.id, finding.severity) == ("SHC104", Severity.WARNING)
        assert finding.span.line == 2

    def test_the_same_gap_is_told_once(self):
        gap = Gap("limit", "too many steps", Span.point(2))
        assert len(diagnose(program_with(gap, gap))) == 1

    def test_of_many_reasons_the_first_ones_are_told(self):
        gaps = [Gap("unknown", f"reason {n}", Span.point(1)) for n in range(9)]
        (finding,) = diagnose(program_with(*gaps))
        assert notes_of(finding) == [f"reason {n}" for n in range(1, 6)]


class TestOneCause:
    """What follows from one fault is one finding."""

    def test_two_arguments_at_odds_are_both_unknown_afterwards(self):
        # A stride that is not meant would make the branches differ.
        found = check_source(
            HEAD
            + "x = keras.Input((24, 24, 8))\n"
            + "y = layers.Conv2D(8, 3, padding='same', strides=2, dilation_rate=2)(x)\n"
            + "z = layers.Add()([x, y])\n"
        )
        assert [d.code.id for d in found] == ["SHC213"]

    def test_filters_and_groups(self):
        text = sequential("keras.Input((8, 8, 3))", "layers.Conv2D(7, 3, groups=4)")
        assert only(text).code.id == "SHC207"

    def test_how_many_axes_there_are_behind_a_layer_for_another_rank_is_a_guess(self):
        layers = ("keras.Input((10, 8))", "layers.MaxPooling2D(2)", "layers.Conv1D(8, 3)")
        assert only(sequential(*layers)).code.id == "SHC202"

    def test_what_flattens_ends_the_guess(self):
        layers = ("keras.Input((10, 8))", "layers.MaxPooling2D(2)", "layers.Flatten()",
                  "layers.LSTM(8)")  # fmt: skip
        assert [d.code.id for d in check_source(HEAD + sequential(*layers))] == ["SHC202"] * 2

    def fitted(self, *calls: str):
        """A network that misses a Flatten, on labels that have no places."""
        return check_source(
            HEAD
            + "import numpy as np\n"
            + sequential("keras.Input((28, 28, 1))", "layers.Conv2D(4, 5)", "layers.Dense(10)",
                         "layers.Activation('softmax')")
            + "model.compile('adam', 'categorical_crossentropy')\n"
            + "".join(f"model.{call}\n" for call in calls)
        )  # fmt: skip

    def test_an_error_tells_the_warning_of_the_same_cause(self):
        (warning,) = self.fitted()
        (error,) = self.fitted("fit(np.ones((64, 28, 28, 1)), np.ones((64, 10)))")
        assert (warning.code.id, error.code.id) == ("SHC406", "SHC305")
        assert (error.severity, error.span.line) == (Severity.ERROR, 11)
        assert (warning.message, warning.span) in [(n.message, n.span) for n in error.notes]

    def test_the_same_labels_elsewhere_are_a_note(self):
        (error,) = self.fitted(
            "fit(np.ones((64, 28, 28, 1)), np.ones((64, 10)))",
            "evaluate(np.ones((8, 28, 28, 1)), np.ones((8, 10)))",
        )
        assert error.span.line == 11
        assert [n.span.line for n in error.notes if "so here" in n.message] == [12]

    def test_labels_of_another_kind_elsewhere_are_another_finding(self):
        # Once numbers of classes are given, once too many units.
        found = check_source(
            HEAD
            + "import numpy as np\n"
            + sequential("keras.Input((8,))", "layers.Dense(3, activation='softmax')")
            + "model.compile('adam', 'categorical_crossentropy')\n"
            + "model.fit(np.ones((64, 8)), np.ones((64,)))\n"
            + "model.evaluate(np.ones((64, 8)), np.ones((64, 4)))\n"
        )
        assert [d.code.id for d in found] == ["SHC303", "SHC304"]
