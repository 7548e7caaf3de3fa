# The one task runner. PYTHON may name any interpreter that has the `dev` and `test` extras.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check static format format-check lint types contracts test bench docs

check: static test

# Everything that needs no test run.
static: format-check lint types contracts

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix-only --quiet .

format-check:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

contracts:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as run; run()"

test:
	$(PYTHON) -m pytest -n 2

bench:
	$(PYTHON) -m benchmarks

# What follows from rules, checks and commands; tests fail while it is out of date.
docs:
	$(PYTHON) -m shapecalc.documentation docs
	$(PYTHON) -m shapecalc.checks.documentation docs/checks.md
	$(PYTHON) -m tests.documentation.readme
