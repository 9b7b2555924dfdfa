"""What went wrong, in words: where, and what to do."""

from collections.abc import Callable, Iterable

from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError

from tracker.actions.errors import Forbidden, Missing, Odd, Refused, Stale
from tracker.ports.plain_yaml import Unreadable
from tracker.render.problem_words import problem_words
from tracker.render.texts import Texts
from tracker.rules.problems import Problem, Unfit
from tracker.settings import SettingsError


def in_words(error: Exception, words: Texts) -> list[str]:
    """The lines to print for an error that a person can do something about; none for a fault of the program."""
    if isinstance(error, Odd):
        advice = words.gettext("If this is what you mean, give --yes as well.")
        return [*lines_of(error.problems, words), advice]
    if isinstance(error, Refused):
        return lines_of(error.problems, words)
    if isinstance(error, Unreadable):
        return [line_of(problem, words, line) for problem, line in error.problems]
    if isinstance(error, Unfit):
        return [said(Problem.of("", error), words)]
    if isinstance(error, SettingsError):
        return list(error.problems)
    if isinstance(error, OperationalError | ProgrammingError | InterfaceError):
        return [_database_trouble(error, words)]
    return next(([told(words)] for kind, told in _PLAIN.items() if isinstance(error, kind)), [])


def lines_of(problems: Iterable[Problem], words: Texts) -> list[str]:
    """One line a problem."""
    return [line_of(problem, words) for problem in problems]


def line_of(problem: Problem, words: Texts, line: int | None = None) -> str:
    """The problem with its place, and the line of the file where that is known."""
    where = problem.place
    if line is not None:
        there = words.gettext("line %(line)s", line=line)
        where = f"{where} ({there})" if where else there
    return f"{where}: {said(problem, words)}" if where else said(problem, words)


def said(problem: Problem, words: Texts) -> str:
    """The problem itself."""
    return problem_words(problem, words)


_PLAIN: dict[type[Exception], Callable[[Texts], str]] = {
    Missing: lambda words: words.gettext("There is no such thing, or none that may be seen here."),
    Forbidden: lambda words: words.gettext("This person's role does not allow it."),
    Stale: lambda words: words.gettext("Somebody else has changed this meanwhile; look again."),
}


def _database_trouble(error: OperationalError | ProgrammingError | InterfaceError, words: Texts) -> str:
    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error).__name__
    if "no such table" in reason or "does not exist" in reason or "no such column" in reason:
        return words.gettext("The database is not of this version (%(reason)s); run: tracker migrate", reason=reason)
    return words.gettext("The database cannot be used: %(reason)s", reason=reason)
