"""The console sessions of the README; `python -m tests.documentation.readme` renews them."""

import os
import re
import shlex
from pathlib import Path

from click.testing import CliRunner, Result

from shapecalc.cli.main import cli

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", flags=re.MULTILINE)


def printed(line: str) -> Result:
    """What a command line that begins with `shapecalc` prints."""
    program, *args = shlex.split(line)
    assert program == "shapecalc"
    if args[0] == "check":
        args.append("--no-cache")
    # However wide the terminal is from which this is run.
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli, args)


def main() -> None:
    """Put what is printed now into the README."""
    os.chdir(ROOT)

    def renewed(found: re.Match[str]) -> str:
        shown = printed(found[1]).stdout.rstrip("\n")
        return f"```console\n$ {found[1]}\n{shown}\n```"

    README.write_text(CONSOLE.sub(renewed, README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
