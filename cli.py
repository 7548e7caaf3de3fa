"""Run shapecalc from a checkout that is not installed: `python cli.py check model.py`."""

from shapecalc.cli import main

if __name__ == "__main__":
    main()
