"""The abstract interpreter: it runs a program's syntax tree over abstract values.

It never executes the program: an expression's value is computed by the models in `library` and
by the layer rules, and what has no model is an unknown with its reason. Everything is bounded.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from shapecalc.dims import UndecidedDimError
from shapecalc.frontends.python.assumptions import Assumptions
from shapecalc.frontends.python.environment import Scope, Trail
from shapecalc.frontends.python.exceptions import catches
from shapecalc.frontends.python.frames import (
    ForkRequest,
    Frame,
    LimitReached,
    Own,
    Place,
    Reconsider,
)
from shapecalc.frontends.python.lengths import DataLengths
from shapecalc.frontends.python.nodes import EXPRESSIONS, STATEMENTS
from shapecalc.frontends.python.recording import name_model
from shapecalc.frontends.python.values import (
    Raised,
    Value,
)
from shapecalc.graph.model import Network
from shapecalc.graph.program import Gap, ModelRecord, Program, RefusedCall
from shapecalc.graph.tensor import LayerCall
from shapecalc.layers.layer import Layer
from shapecalc.project import Search
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.source import SourceFile, Span

# What the reasons of values say that are unknown because Keras refuses what makes them.
REFUSED = " is refused"

MAX_STEPS = 3_000_000
MAX_SECONDS = 5.0
# How many steps a loop may take without adding to the network before it is cut short.
MAX_IDLE_STEPS = 30_000
# How many conditions that may leave a block are decided instead of both ways being joined.
MAX_RECONSIDERED = 8
MAX_SPECULATION = 200_000
MAX_SPECULATIVE_RECURSION = 2
MAX_CALL_DEPTH = 80
MAX_ITEMS = 100_000
MAX_YIELDED = 1_000
MAX_GAPS = 200


class Interpreter:
    """The state of one run through a program.

    Args:
        source: the file.
        decisions: which way to go at the unknown conditions that change the network, in the
            order in which they are met; those beyond are taken as true.
        deadline: when it must end, by this thread's own time; MAX_SECONDS from now if not given.
    """

    def __init__(
        self,
        source: SourceFile,
        decisions: tuple[bool, ...] = (),
        deadline: float | None = None,
    ) -> None:
        self.source = source
        self.program = Program(source)
        self.tree = ast.Module([], [])
        self.module = Scope(source=source)
        self.search: Search | None = None
        self.modules: dict[str, Value] = {}
        self.origin: str | None = None
        self.import_depth = 0
        # Kept alive, so that an id stands for one node.
        self.trees: list[ast.Module] = []
        self.frame = Frame(self.module)
        self.depth = 0
        self.steps = 0
        self.grown_at = 0
        self.called: set[int] = set()
        self.session = current_session()
        self.deadline = time.thread_time() + MAX_SECONDS if deadline is None else deadline
        self.trail: Trail | None = None
        self.watches: list[Trail] = []
        self.tried_steps = 0
        # Within how many loops any round stands for all of them.
        self.any_round = 0
        self.tried_from = 0
        self.active: dict[Any, int] = {}
        # Conditions that are decided wherever they are met, and those that may have left a block.
        self.to_decide: set[Place] = set()
        self.left_early: list[tuple[str, Place]] = Own()
        self.decisions = decisions
        self.decided: list[bool] = []
        # The ways that each condition has gone, by its node.
        self.decided_at: dict[int, list[bool]] = {}
        self.conditions: list[str] = []
        # Those of branches that are only being tried.
        self.trying: list[str] = []
        self.assumptions = Assumptions()
        self.handlers: list[Any] = []
        self.node: ast.AST = ast.Pass()
        self.call_node: ast.expr | None = None
        self.records: dict[int, ModelRecord] = {}
        self.saved_models: dict[str, Network] = {}
        # By a model's id, the `compile` that is in force.
        self.compiled: dict[int, Value] = {}
        # Layers that declare their input: each is a network, if no other one takes it in.
        self.declared: list[Layer] = []
        self._gaps: set[tuple[str, Span | None]] = set()
        self._spans: dict[int, Span] = {}
        # Conditions in the program's words, by their nodes.
        self.words: dict[int, str] = {}
        self.lengths = DataLengths()

    # --- running -----------------------------------------------------------------------------

    def evaluate(self, node: ast.expr) -> Value:
        """The value of an expression."""
        self.steps += 1
        if self.steps & 1023 == 0:
            self.check_limits()
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            return self.unknown(f"{type(node).__name__} is not modelled", node)
        return handler(self, node)

    def execute(self, statements: list[ast.stmt]) -> None:
        """Run statements in order."""
        for statement in statements:
            self.steps += 1
            if self.steps & 1023 == 0:
                self.check_limits()
            handler = STATEMENTS.get(type(statement))
            if handler is not None:
                self.node = statement
                try:
                    handler(self, statement)
                except UndecidedError as undecided:
                    # A model asked for the value of an unknown: the statement has no result.
                    self.gap("unknown", undecided.unknown.reason, undecided.unknown.span)
                    self.forget_targets(statement, undecided.unknown.reason)
                except UndecidedDimError:
                    reason = "this depends on a length that is not a number"
                    self.gap("unknown", reason)
                    self.forget_targets(statement, reason)

    def stopped(self, statement: ast.stmt, raised: Raised) -> None:
        """Go on behind a statement of a module that raises; the next ones still tell something."""
        reason = f"the program stops here with {raised.words}"
        self.gap("unknown", reason)
        self.forget_targets(statement, reason)

    def forget_targets(self, statement: ast.stmt, reason: str) -> None:
        """What a statement that came to no end would have assigned is unknown."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bind(node.id, self.unknown(reason, statement))

    def check_limits(self) -> None:
        """Stop a program that goes on for too long.

        Raises:
            LimitReached: it does.
        """
        if self.steps > MAX_STEPS:
            raise LimitReached(f"the program takes more than {MAX_STEPS:,} steps")
        if time.thread_time() > self.deadline:
            raise LimitReached(f"the analysis takes more than {MAX_SECONDS:.0f} seconds")

    def account(self, items: int) -> None:
        """Count the making of a sequence as steps, by its length: memory is bounded as time is.

        Raises:
            LimitReached: the program makes too many.
        """
        if items > 64:
            self.steps += items // 16
            self.check_limits()

    def tires_of_trying(self) -> bool:
        """Whether a call under an unknown condition is better left alone.

        Each unknown condition within a call within another doubles the work.
        """
        if self.trail is None:
            return False
        return self.tried_steps + self.steps - self.tried_from > MAX_SPECULATION

    def call(
        self,
        function: Value,
        args: tuple[Value, ...] = (),
        kwargs: dict[str, Value] | None = None,
        node: ast.expr | None = None,
    ) -> Value:
        """Call a value."""
        from shapecalc.frontends.python.calls import call_value

        return call_value(self, function, args, kwargs or {}, node)

    def attribute(self, value: Value, name: str) -> Value:
        """An attribute of a value."""
        from shapecalc.frontends.python.attributes import get_attribute

        return get_attribute(self, value, name)

    # --- what is unknown ---------------------------------------------------------------------

    def span(self, node: ast.AST | None) -> Span | None:
        """Where a node stands, computed once."""
        if node is None or not hasattr(node, "lineno"):
            return None
        found = self._spans.get(id(node))
        if found is None:
            source = self.frame.scope.module.source or self.source
            found = self._spans[id(node)] = source.span(node)
        return found

    def here(self) -> Span | None:
        """Where the statement under way stands."""
        return self.span(self.node)

    def unknown(self, reason: str, node: ast.AST | None = None) -> Unknown:
        """A value that can't be followed, from here on."""
        return Unknown(reason, self.span(node) or self.here())

    def gap(self, kind: str, reason: str, span: Span | None = None) -> None:
        """Report once that something could not be followed.

        What is unknown because Keras refuses it has been reported as that.
        """
        if kind == "unknown" and REFUSED in reason:
            return
        span = span or self.here()
        if (reason, span) not in self._gaps and len(self._gaps) < MAX_GAPS:
            self._gaps.add((reason, span))
            self.program.gaps.append(Gap(kind, reason, span, self.frame.function))

    def truth(self, value: Value) -> bool | None:
        """Whether a value is true, or None where that is unknown."""
        from shapecalc.frontends.python.truthiness import truth_of

        return truth_of(self, value)

    def iterate(self, value: Value) -> list[Value] | Unknown:
        """The items of an iterable, or an unknown."""
        from shapecalc.frontends.python.iteration import items_of

        return items_of(self, value)

    # --- what changes ------------------------------------------------------------------------

    def touch(self, container: Any) -> None:
        """Say that a list, dict or set is about to change."""
        if self.trail is not None:
            self.trail.save(container)
        for watch in self.watches:
            watch.save(container)

    @contextmanager
    def watching(self) -> Generator[Trail, None, None]:
        """Remember what containers hold before they are written to, without undoing it."""
        watch = Trail()
        self.watches.append(watch)
        try:
            yield watch
        finally:
            self.watches.remove(watch)

    def effect(self, *, grows: bool = True) -> None:
        """Say that the network is about to change, which no trail can undo.

        Args:
            grows: whether it gets a layer or a weight; else it is only called.

        Raises:
            ForkRequest: a branch is only being tried.
            Reconsider: it is not known whether the program comes here.
        """
        if self.trail is not None:
            raise ForkRequest
        if self.left_early:
            self._reconsider()
        if grows:
            self.grown_at = self.steps

    def _reconsider(self) -> None:
        if len(self.to_decide) < MAX_RECONSIDERED:
            raise Reconsider(self.left_early[0][1])
        self.gap("limit", "the program may leave its functions in too many places")
        self.left_early.clear()

    def may_leave(self, how: str, node: ast.AST) -> None:
        """Say that an unknown condition may have left the block: by `return` or `continue`."""
        self.touch(self.left_early)
        self.left_early.append((how, self.place(node)))

    def close_block(self, since: int, *hows: str) -> None:
        """Say that a function or a loop's round is over, for which such a condition mattered."""
        if len(self.left_early) > since:
            self.touch(self.left_early)
            self.left_early[since:] = [e for e in self.left_early[since:] if e[0] not in hows]

    def place(self, node: ast.AST) -> Place:
        """Where a node stands, the same in each run."""
        source = self.frame.scope.module.source or self.source
        return source.path, getattr(node, "lineno", 0), getattr(node, "col_offset", 0)

    def is_idle_since(self, step: int) -> bool:
        """Whether a loop has gone on for long without adding anything to the network.

        What it computes is data then, and need not be followed to the end.

        Args:
            step: when the loop began.
        """
        return self.steps - max(step, self.grown_at) > MAX_IDLE_STEPS

    def bind(self, name: str, value: Value) -> None:
        """Assign to a name."""
        scope = self.frame.scope.target(name)
        names = scope.names
        if scope.rebindings is not None:
            scope.rebindings.note(names, name, value)
        self.touch(names)
        names[name] = value
        if isinstance(value, Network):
            name_model(self, value, name)

    # --- what is reported --------------------------------------------------------------------

    def refuse(
        self,
        refusal: Refusal,
        span: Span | None,
        *,
        arguments: dict[str, Span] | None = None,
        layer: Layer | None = None,
        call: LayerCall | None = None,
        subject: str = "",
    ) -> None:
        """Report what Keras would refuse, or raise it where the program expects it.

        Raises:
            Raised: a `try` of the program catches the ValueError that Keras raises.
        """
        if self.handlers and any(catches(h, "ValueError") for h in self.handlers):
            raise Raised("ValueError", str(refusal))
        self.program.refused.append(
            RefusedCall(
                refusal,
                span or self.here() or Span(1, 1, 1, 1),
                arguments=arguments,
                layer=layer,
                call=call,
                subject=subject,
                function=self.frame.function,
                condition=" and ".join(self.conditions) or None,
            )
        )

    @contextmanager
    def in_frame(self, frame: Frame) -> Generator[None]:
        """Run within a frame.

        Raises:
            LimitReached: calls are nested too deeply.
        """
        if self.depth >= MAX_CALL_DEPTH:
            raise LimitReached(f"calls are nested more than {MAX_CALL_DEPTH} deep")
        if frame.scope.module is not self.frame.scope.module:
            # Where the statement under way stands is known now; in there, its file is not.
            self.here()
        previous, self.frame = self.frame, frame
        self.depth += 1
        node = self.node
        left = len(self.left_early)
        try:
            yield
        finally:
            self.close_block(left, "return", "continue")
            self.frame = previous
            self.depth -= 1
            self.node = node
