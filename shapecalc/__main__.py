"""`python -m shapecalc` is the command `shapecalc`."""

from shapecalc.cli import main

if __name__ == "__main__":
    main()
