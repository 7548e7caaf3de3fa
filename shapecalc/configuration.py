"""Settings: `[tool.shapecalc]` of the nearest pyproject.toml that has it.

A setting that is not known is an error: one that is misspelt would otherwise do nothing, and
nobody would know.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from shapecalc.diagnostics import Diagnostic, Severity, UnknownCode
from shapecalc.reports.report import Report
from shapecalc.source import sanitize
from shapecalc.wording import closest

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

MAX_BYTES = 4 * 2**20
SEVERITIES = tuple(severity.value for severity in Severity)


# A line that may begin `[tool.shapecalc]`, or be in `[tool]`.
_TABLE = rb"""^[ \t]*\[?[ \t]*["']?tool["']?[ \t]*(\.[ \t]*["']?shapecalc|\]|=)"""


class ConfigurationError(Exception):
    """Settings that cannot be followed."""


class Settings(NamedTuple):
    """What a project asks for; None and emptiness leave the usual.

    Attributes:
        folder: that of the file with the settings, which its patterns and paths start from.
        select: the codes to keep.
        ignore: those to leave out.
        exclude: patterns of files and folders that are not searched.
        per_file_ignores: codes to leave out, by pattern of file.
        severity: severities by code, name or beginning of codes.
        root: the folder that imports are followed in.
        fail_on: from which severity on findings make the command fail.
        output_format: how findings are printed.
        budget: what models may have at the most, or None.
        baseline: the file of findings that are known already, or None.
    """

    folder: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    severity: Mapping[str, str] = MappingProxyType({})
    root: str | None = None
    fail_on: str | None = None
    output_format: str | None = None
    budget: Budget | None = None
    baseline: str | None = None

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is not to be searched."""
        return any(matches(path, pattern, self.folder) for pattern in self.exclude)


def load_settings(paths: Iterable[str]) -> Settings:
    """The settings for some files: of the nearest pyproject.toml above all of them.

    Raises:
        ConfigurationError: they cannot be understood.
    """
    folders = [_folder_of(path) for path in paths] or [os.getcwd()]
    try:
        folder = os.path.commonpath(folders)
    except ValueError:
        folder = folders[0]
    while True:
        settings = _read(os.path.join(folder, "pyproject.toml"))
        if settings is not None:
            return settings
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def _folder_of(path: str) -> str:
    path = path.partition("::")[0]
    absolute = os.path.abspath(path)
    return absolute if os.path.isdir(absolute) else os.path.dirname(absolute)


def _read(path: str) -> Settings | None:
    """The settings of a file, or None where it has none."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return None
    # Most have none: the parser is not loaded to learn that.
    if b"shapecalc" not in data or not re.search(_TABLE, data, re.MULTILINE):
        return None
    import tomllib

    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{sanitize(path)}: {sanitize(str(error))}") from None
    tool = document.get("tool")
    table = tool.get("shapecalc") if isinstance(tool, dict) else None
    if table is None:
        return None
    try:
        return _settings(table, os.path.dirname(path))
    except (ConfigurationError, UnknownCode) as error:
        raise ConfigurationError(f"{sanitize(path)}: {sanitize(str(error))}") from None


def _settings(table: Any, folder: str) -> Settings:
    if not isinstance(table, dict):
        raise ConfigurationError("[tool.shapecalc] is no table")
    values: dict[str, Any] = {"folder": folder}
    for key, value in table.items():
        reader = _READERS.get(key)
        if reader is None:
            raise ConfigurationError(
                f"unknown key {key!r} in [tool.shapecalc]{_near(key, _READERS)}"
            )
        values[key.replace("-", "_")] = reader(key, value)
    if "baseline" in values:
        values["baseline"] = os.path.normpath(os.path.join(folder, values["baseline"]))
    if "root" in values:
        values["root"] = os.path.normpath(os.path.join(folder, values["root"]))
        if not os.path.isdir(values["root"]):
            raise ConfigurationError(f"root: there is no folder {values['root']!r}")
    return Settings(**values)


def _near(key: str, known: Iterable[str]) -> str:
    near = closest(key.replace("_", "-"), known)
    return f"; did you mean {near!r}?" if near else f"; known are {', '.join(known)}"


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigurationError(f"{key} must be a text")
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f"{key} must be a list of texts")
    return tuple(value)


def _codes(key: str, value: Any) -> tuple[str, ...]:
    from shapecalc.checks.catalogue import matching_codes

    codes = _texts(key, value)
    matching_codes(codes)
    return codes


def _codes_by_file(key: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ConfigurationError(f"{key} must be a table of lists of codes by pattern")
    return {pattern: _codes(f"{key}.{pattern}", codes) for pattern, codes in value.items()}


def _severity(key: str, value: Any) -> str:
    if value not in SEVERITIES:
        raise ConfigurationError(f"{key} must be one of {', '.join(SEVERITIES)}")
    return str(value)


def _severities(key: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ConfigurationError(f"{key} must be a table of severities by code")
    _codes(key, list(value))
    return {code: _severity(f"{key}.{code}", word) for code, word in value.items()}


def _format(key: str, value: Any) -> str:
    from shapecalc.reports.formats import CHECK_FORMATS

    if value not in CHECK_FORMATS:
        raise ConfigurationError(f"{key} must be one of {', '.join(CHECK_FORMATS)}")
    return str(value)


def _budget(key: str, value: Any) -> Budget:
    from shapecalc.graph.budget import Budget

    if not isinstance(value, dict):
        raise ConfigurationError(f"{key} must be a table of amounts")
    general = {word: amount for word, amount in value.items() if word != "models"}
    special = value.get("models", {})
    if not isinstance(special, dict) or not all(isinstance(t, dict) for t in special.values()):
        raise ConfigurationError(f"{key}.models must be a table of tables by name of model")
    return Budget(
        _limits(key, general),
        {name: _limits(f"{key}.models.{name}", table) for name, table in special.items()},
    )


def _limits(key: str, table: dict[str, Any]) -> dict[str, int | None]:
    from shapecalc.graph.budget import QUANTITIES, parse_limit

    words = {f"max-{quantity}": quantity for quantity in QUANTITIES}
    limits: dict[str, int | None] = {}
    for word, amount in table.items():
        quantity = words.get(word)
        if quantity is None:
            raise ConfigurationError(f"unknown key {word!r} in {key}{_near(word, words)}")
        try:
            limits[quantity] = parse_limit(quantity, amount)
        except ValueError as error:
            raise ConfigurationError(f"{key}.{word}: {error}") from None
    return limits


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "select": _codes,
    "ignore": _codes,
    "exclude": _texts,
    "per-file-ignores": _codes_by_file,
    "severity": _severities,
    "root": _text,
    "fail-on": _severity,
    "output-format": _format,
    "budget": _budget,
    "baseline": _text,
}


def matches(path: str, pattern: str, folder: str) -> bool:
    """Whether a pattern means a file or a folder: by its name, its path, or one around it.

    Args:
        path: the file or folder.
        pattern: a name or path with `*`, `?` and `[…]`, as in a shell; `*` also spans folders.
        folder: what the path is relative to.
    """
    from fnmatch import fnmatchcase

    absolute = os.path.abspath(path)
    pattern = pattern.rstrip("/")
    if os.path.isabs(pattern):
        return fnmatchcase(absolute, pattern) or fnmatchcase(absolute, pattern + "/*")
    relative = os.path.relpath(absolute, folder).replace(os.sep, "/")
    if "/" not in pattern:
        return any(fnmatchcase(part, pattern) for part in relative.split("/"))
    pattern = pattern.removeprefix("./")
    return fnmatchcase(relative, pattern) or fnmatchcase(relative, pattern + "/*")


def apply_settings(
    report: Report, settings: Settings, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Report:
    """A report with the findings that are asked for, as severe as is asked for.

    Args:
        report: all findings.
        settings: what the project asks for.
        select: the codes to keep, instead of the project's.
        ignore: those to leave out, instead of the project's.

    Raises:
        UnknownCode: there is no such code.
    """
    select, ignore = select or settings.select, ignore or settings.ignore
    if not (select or ignore or settings.per_file_ignores or settings.severity):
        return report
    from shapecalc.checks.catalogue import matching_codes

    chosen = matching_codes(list(select) or ["ALL"]) - matching_codes(list(ignore))
    # Who asks for what is said of comments alone means it of all codes.
    sought = chosen
    if all(id.startswith("SHC9") for id in chosen):
        sought = matching_codes(settings.select or ["ALL"]) - matching_codes(list(ignore))
    by_file = [(p, matching_codes(list(c))) for p, c in settings.per_file_ignores.items()]
    severities: dict[str, Severity] = {}
    # What is said of fewer codes is said more precisely.
    levels = [(matching_codes([code]), word) for code, word in settings.severity.items()]
    for codes, word in sorted(levels, key=lambda item: -len(item[0])):
        severities.update(dict.fromkeys(codes, Severity(word)))

    def kept(path: str, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        out = [codes for p, codes in by_file if matches(path, p, settings.folder)]
        here, sought_here = chosen.difference(*out), sought.difference(*out)
        return [
            d._replace(severity=severities.get(d.code.id, d.severity))
            for d in diagnostics
            if d.code.id in here
            # A code that nobody looks for is no news in a comment.
            and (d.about is None or any(id.startswith(d.about) for id in sought_here))
        ]

    return Report(f.with_findings(kept(f.path, f.diagnostics)) for f in report.files)
