"""Who hears a reminder, of those who might: silence is a wish, and the last of them cannot have it for a notice."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.rules.codes import CODES

BEFORE_NOTICE, BEFORE_OTHERS = 7, 1
"""Days before the action day from which on what nobody has acknowledged is carried further up."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who might be told. `reachable` is False for an address that takes no letters, `silent` True where the
    person asked not to hear of it: muted, snoozed, or not theirs."""

    key: int
    reachable: bool = True
    silent: bool = False


def audience(listeners: Iterable[Listener], code: str) -> tuple[int, ...]:
    """The keys of those who are told, in their order. Where all of those who could hear of a notice are silent, all of
    them are told all the same."""
    able = [listener for listener in listeners if listener.reachable]
    willing = [listener.key for listener in able if not listener.silent]
    return tuple(willing or (listener.key for listener in able if is_notice(code)))


def may_fall_silent(key: int, listeners: Iterable[Listener], code: str) -> bool:
    """Whether this person may ask not to hear of it any more."""
    others = audience((listener for listener in listeners if listener.key != key), "")
    return bool(others) or not is_notice(code)


def goes_further_up(code: str, lead: int, *, acknowledged: bool) -> bool:
    """Whether the owner's manager hears of it as well: when it was missed, and shortly before where nobody has it in
    hand."""
    near = BEFORE_NOTICE if is_notice(code) else BEFORE_OTHERS
    return lead < 0 or (lead <= near and not acknowledged)


def is_notice(code: str) -> bool:
    """Whether its day is one for notice, of which somebody must always hear."""
    return code in CODES and CODES[code].notice
