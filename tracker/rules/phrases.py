"""The small phrases of a contract file: due days, amounts, rates."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from tracker.rules.clauses import Due, Moment
from tracker.rules.conventions import Direction
from tracker.rules.dates import read_date
from tracker.rules.facts import FactKind
from tracker.rules.money import Money
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import day, period

_DUE = re.compile(r"(?P<within>within )?(?P<period>.+?) (?P<direction>before|after) (?P<anchor>\S+)")
NO_DAY = ("perpetual", "standing")


def read_due(text: str) -> Due | None:
    """When something is due: ``10 days before period_end``, ``on ended``, ``on 2026-05-01``; None for no day at all.

    Raises Unfit for any other phrase.
    """
    if text in NO_DAY:
        return None
    if text.startswith("on "):
        return Due(_anchor(text.removeprefix("on ").strip()))
    match = _DUE.fullmatch(text)
    if match is None:
        raise Unfit(
            N_("Write a due day such as “10 days before period_end”, “3 years after ended” or “on 2026-05-01”.")
        )
    direction = Direction(match["direction"])
    within = bool(match["within"]) and direction is Direction.BEFORE
    return Due(_anchor(match["anchor"]), direction, period(match["period"]), within)


def _anchor(word: str) -> Moment | FactKind | date:
    for words in (Moment, FactKind):
        if word in tuple(words):
            return words(word)
    try:
        found = read_date(word)
    except Unfit:
        raise Unfit(N_("“%(word)s” is not a starting point."), word=word[:40]) from None
    return day(found)


def read_money(text: str) -> Money:
    """An amount with its currency, such as ``120000.00 CNY``."""
    number, _, currency = text.replace(",", "").partition(" ")
    try:
        return Money(Decimal(number), currency.strip())
    except InvalidOperation:
        raise Unfit(N_("Write an amount with its currency, such as 120000.00 CNY.")) from None


def read_rate(text: str) -> Decimal:
    """A rate such as ``2%`` as a fraction: 0.02."""
    try:
        rate = Decimal(text.removesuffix("%").strip()) / 100
        if text.endswith("%") and 0 <= rate <= 1:
            return rate
    except InvalidOperation:
        pass
    raise Unfit(N_("Write a rate in per cent, such as %(example)s."), example="2%")
