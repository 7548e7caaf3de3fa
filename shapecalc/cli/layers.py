"""`shapecalc layers`: which layers have a rule, and what each computes."""

from __future__ import annotations

import click

from shapecalc.cli.options import debug_option, write

_PREFIX = "keras.layers."


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@debug_option
def command(name: str | None) -> None:
    """List the layers that are supported, or explain one.

    NAME is a layer's class, such as Conv2D.
    """
    from shapecalc.documentation.text import page, summary_of
    from shapecalc.layers import rule_for, rule_names

    names = rule_names()
    if name is None:
        width = max(len(known.removeprefix(_PREFIX)) for known in names)
        lines = []
        for known in names:
            rule = rule_for(known)
            if rule is not None:
                first = rule.keras_names[0]
                what = summary_of(rule)
                if known != first:
                    what = f"the same as {first.removeprefix(_PREFIX)}"
                lines.append(f"{known.removeprefix(_PREFIX):<{width}}  {what}")
        write("\n".join(lines) + "\n", None)
        return
    rule = rule_for(_full_name(name, names))
    if rule is None:
        from shapecalc.documentation.coverage import NO_LAYERS

        short = name.removeprefix("tf.").removeprefix(_PREFIX)
        if short in NO_LAYERS:
            write(f"{short}: {NO_LAYERS[short]}\n", None)
            return
        from shapecalc.wording import closest

        near = closest(name, [known.removeprefix(_PREFIX) for known in names])
        hint = f"; did you mean {near}?" if near else ""
        raise click.UsageError(f"there is no rule for a layer {name!r}{hint}")
    write(page(rule), None)


def _full_name(name: str, names: list[str]) -> str:
    """The registered name that was meant, however its letters are cased."""
    short = name.removeprefix("tf.").removeprefix(_PREFIX)
    by_case = {known.removeprefix(_PREFIX).lower(): known for known in names}
    return by_case.get(short.lower(), name)
