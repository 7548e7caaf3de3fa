"""Write all pages into the folder that the command line names."""

from __future__ import annotations

import sys
from pathlib import Path

from shapecalc.documentation import coverage, markdown


def all_pages() -> dict[str, str]:
    """The text of every page, by its path in the folder of documentation."""
    layers = {f"layers/{name}": text for name, text in markdown.pages().items()}
    return layers | {"coverage.md": coverage.page()}


def main() -> None:
    """Write the pages, and remove those of layers that are no more."""
    folder = Path(sys.argv[1])
    pages = all_pages()
    (folder / "layers").mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    for file in (folder / "layers").glob("*.md"):
        if f"layers/{file.name}" not in pages:
            file.unlink()


if __name__ == "__main__":
    main()
