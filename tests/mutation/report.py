"""What a run has shown: a table, and the survivors with the reasons for which they are left."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REASONS = Path(__file__).with_name("survivors.toml")
PROOF = Path(__file__).parents[2] / "docs" / "proof.md"
_BEGIN, _END = "<!-- mutation: begin -->", "<!-- mutation: end -->"


@cache
def reasons(group: str) -> Mapping[str, str]:
    """Why survivors are left, by name: `equivalent` ones behave as the rules do, `tolerated` ones hardly differ."""
    found: dict[str, dict[str, str]] = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return found[group]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mutants of a module there are, how many were killed, and how many of the others are equivalent."""

    module: str
    mutants: int
    killed: int
    equivalent: int

    @property
    def share(self) -> float:
        """The part killed, of those that differ from the rules."""
        possible = self.mutants - self.equivalent
        return self.killed / possible if possible else 1.0

    def __str__(self) -> str:
        survived = self.mutants - self.killed
        return f"| {self.module} | {self.mutants} | {self.killed} | {survived} | {self.equivalent} | {self.share:.1%} |"


def tally(module: str, names: Iterable[str], fates: Mapping[str, str]) -> Tally:
    """The mutants of a module counted, as far as they were tried."""
    tried = [name for name in names if name in fates]
    left = {name for name in tried if not fates[name]}
    return Tally(module, len(tried), len(tried) - len(left), len(reasons("equivalent").keys() & left))


def total(tallies: list[Tally]) -> Tally:
    """All modules together."""
    counts = ((item.mutants, item.killed, item.equivalent) for item in tallies)
    return Tally("all", *map(sum, zip(*counts, strict=True)))


def table(tallies: Iterable[Tally]) -> str:
    """The table in Markdown."""
    head = "| Module | Mutants | Killed | Survived | of these equivalent | Killed of the others |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|", *map(str, tallies)])


def survivors(fates: Mapping[str, str]) -> str:
    """Every survivor in Markdown with its reason, those without one last."""
    left = {name for name, killer in fates.items() if not killer}
    told = []
    for group, title in (("equivalent", "Equivalent"), ("tolerated", "Left")):
        known = [f"- `{name}`: {why}" for name, why in reasons(group).items() if name in left]
        told += [f"{title} ({len(known)}):", "", *known, ""] if known else []
        left -= reasons(group).keys()
    return (
        "\n".join([*told, "Without a reason:", "", *(f"- `{name}`" for name in sorted(left))])
        if left
        else "\n".join(told)
    )


def stale(fates: Mapping[str, str]) -> Iterator[str]:
    """Reasons given for mutants that do not survive."""
    for name in (*reasons("equivalent"), *reasons("tolerated")):
        if fates.get(name):
            yield f"has a reason, but was killed by {fates[name]}: {name}"


def write(text: str) -> None:
    """Put what was found into the proof, in the place of what was found before."""
    before, _, rest = PROOF.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PROOF.write_text(f"{before}{_BEGIN}\n\n{text.strip()}\n\n{_END}{after}", encoding="utf-8")
