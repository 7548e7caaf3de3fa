"""What a front end reads from a file: the models, and what stood in the way."""

from __future__ import annotations

from shapecalc.graph.idle import IdleLayer
from shapecalc.graph.model import Network
from shapecalc.graph.spelling import Spelling
from shapecalc.graph.steps import Step, steps_of
from shapecalc.graph.tensor import LayerCall
from shapecalc.graph.training import Compilation, Usage
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal
from shapecalc.source import SourceFile, Span


class ModelRecord:
    """A model that the program builds.

    Attributes:
        model: the network.
        span: where it is made.
        variable: the name that the program gives it, or None.
        function: the function that makes it, or None at module level.
        condition: under which it is made, in the program's words, or None.
        origin: the imported file that makes it as soon as it is imported, or None: such a model
            is that file's, whoever imports it.
    """

    __slots__ = ("_steps", "condition", "function", "model", "origin", "span", "variable")

    def __init__(
        self,
        model: Network,
        span: Span,
        variable: str | None = None,
        function: str | None = None,
        condition: str | None = None,
        origin: str | None = None,
    ) -> None:
        self.model = model
        self.span = span
        self.variable = variable
        self.function = function
        self.condition = condition
        self.origin = origin
        self._steps: list[Step] | None = None

    @property
    def steps(self) -> list[Step]:
        """How its layers follow each other; asked for when the program is done with the model."""
        if self._steps is None:
            self._steps = steps_of(self.model)
        return self._steps


class RefusedCall:
    """A call that Keras would refuse: making a layer, calling one, or making a model.

    Attributes:
        refusal: why.
        span: the whole call.
        arguments: where each argument stands, by its name (old names and today's).
        layer: the layer that is called, or None where it could not be made.
        call: the layer call with its inputs, or None where none came about.
        subject: what is made or called, in the program's words (`Conv2D`, `model.add`).
        function: the function it is in, or None at module level.
        condition: under which it happens, or None.
        together: whether a refusal of this kind here takes several unknown conditions at once.
    """

    __slots__ = (
        "arguments", "call", "condition", "function", "layer", "refusal", "span", "subject",
        "together",
    )  # fmt: skip

    def __init__(
        self,
        refusal: Refusal,
        span: Span,
        *,
        arguments: dict[str, Span] | None = None,
        layer: Layer | None = None,
        call: LayerCall | None = None,
        subject: str = "",
        function: str | None = None,
        condition: str | None = None,
    ) -> None:
        self.refusal = refusal
        self.span = span
        self.arguments = arguments or {}
        self.layer = layer
        self.call = call
        self.subject = subject
        self.function = function
        self.condition = condition
        self.together = False


class Gap:
    """Something that the front end could not follow, and why.

    Attributes:
        kind: `syntax` (no Python), `unknown` (a value), `limit` (a bound was reached),
            `unsupported` (a construct or a layer without a rule).
        reason: why, as a sentence without its full stop.
        span: where, or None for the file as a whole.
        function: the function it is in, or None at module level.
    """

    __slots__ = ("function", "kind", "reason", "span")

    def __init__(
        self, kind: str, reason: str, span: Span | None, function: str | None = None
    ) -> None:
        self.kind = kind
        self.reason = reason
        self.span = span
        self.function = function


class Program:
    """One analysed file.

    Attributes:
        source: its text.
        models: in the order in which they are made.
        refused: what Keras would refuse, in the order in which it happens.
        gaps: what could not be followed.
        uses: how models are compiled and which data they are given, in the order in which it
            happens.
        spellings: what is written as an earlier Keras had it.
        idle: the layers of which nothing is made.
        entry: the one function or class whose call is all that is told; None for the whole file.
        unexplored: whether unknown conditions leave more ways through it than were followed.
    """

    __slots__ = (
        "entry", "gaps", "idle", "models", "refused", "source", "spellings", "unexplored", "uses"
    )  # fmt: skip

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.models: list[ModelRecord] = []
        self.refused: list[RefusedCall] = []
        self.gaps: list[Gap] = []
        self.uses: list[Usage] = []
        self.spellings: list[Spelling] = []
        self.idle: list[IdleLayer] = []
        self.entry: str | None = None
        self.unexplored = False

    def optimizer_of(self, model: Network) -> str | None:
        """What a model is compiled with last, in Keras's words; None if that is not known."""
        compiled = [u for u in self.uses if isinstance(u, Compilation) and u.model is model]
        return compiled[-1].optimizer if compiled else None

    def extend(self, other: Program) -> None:
        """Add what another program yields, but for its gaps."""
        self.models.extend(other.models)
        self.refused.extend(other.refused)
        self.uses.extend(other.uses)
        self.spellings.extend(other.spellings)
        self.idle.extend(other.idle)
