"""What a use case may answer instead of a result."""

from collections.abc import Sequence

from tracker.rules.problems import Problem


class Forbidden(Exception):
    """The actor may see this but not do it."""


class Missing(Exception):
    """There is no such thing, or none that this actor may see: nobody learns which."""


class Refused(Exception):
    """The values given cannot be used; nothing was changed. Each problem says where and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem}" for problem in problems))
        self.problems = tuple(problems)


class Odd(Refused):
    """Nothing is wrong in law, but a person should look: the same call with `confirmed` goes through."""


class Stale(Exception):
    """Somebody else changed it meanwhile; the newer state must be looked at first."""
