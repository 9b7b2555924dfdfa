"""Where in the text of a kind file a problem is: the line of the place it names, as well as can be told."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_FIELD = re.compile(r"\s*([\w-]+|\"[^\"]*\")\s*=\s*(?:\"([^\"]*)\")?")


def line_of(text: str, place: str) -> int | None:
    """The number, from 1, of the line that a place of the kind is written on; of what holds it, where that line is not
    found; None where nothing of it is."""
    lines = _places(text)
    while place:
        if place in lines:
            return lines[place]
        place = place.rpartition(".")[0]
    return None


def _places(text: str) -> dict[str, int]:
    """Lines by place: of every header, of every field below it, and of list items by number, key and code."""
    found: dict[str, int] = {}
    counted: Counter[str] = Counter()
    names: list[str] = [""]
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = _names(header, counted)
        elif field := _FIELD.match(line):
            name, value = field[1].strip('"'), field[2]
            if name in ("key", "code") and "[" in names[0]:
                names.append(f"{names[0].partition('[')[0]}.{value}")
                found.setdefault(names[-1], found[names[0]])
            found |= {place: number for place in (_at(within, name) for within in names) if place not in found}
            continue
        else:
            continue
        found |= {name: number for name in names if name not in found}
    return found


def _names(header: re.Match[str], counted: Counter[str]) -> list[str]:
    name = header[2].replace(" ", "").replace('"', "")
    if header[1] == "[":
        return [name]
    counted[name] += 1
    return [f"{name}[{counted[name] - 1}]"]


def _at(within: str, name: str) -> str:
    return f"{within}.{name}" if within else name
