"""Columns that line up, Chinese characters counted as the two places they take."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """One line a row, each column as wide as its widest cell; control characters are left out."""
    cells = [["".join(char for char in cell if char.isprintable()) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def width(text: str) -> int:
    """Places on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
