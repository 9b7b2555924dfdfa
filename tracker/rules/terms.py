"""The terms that frame a contract: from when and how long it binds, how it goes on or ends, how notice travels."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from tracker.rules.facts import Side
from tracker.rules.periods import Period
from tracker.rules.problems import N_, Unfit
from tracker.rules.source import Source


class EffectMode(StrEnum):
    """When a contract takes effect (Civil Code arts. 158, 502)."""

    ON_SIGNING = "signing"
    ON_DATE = "date"
    ON_CONDITIONS = "conditions"


@dataclass(frozen=True, slots=True)
class Effect:
    """When the contract takes effect: on the last signature, on a date, or when the last condition is met."""

    mode: EffectMode = EffectMode.ON_SIGNING
    day: date | None = None
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.mode is EffectMode.ON_DATE) != (self.day is not None):
            raise Unfit(N_("a contract that takes effect on a date needs that date, and only then"))
        if (self.mode is EffectMode.ON_CONDITIONS) != bool(self.conditions):
            raise Unfit(N_("a contract that takes effect on conditions needs them listed, and only then"))


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time during which the contract binds.

    With neither `length` nor `end` it is open-ended. `start` None means from the day it takes effect. With
    `first_day_counts`, three years from 1 January 2024 end on 31 December 2026; without it, on 1 January 2027
    (Civil Code art. 201: the day of the event is not counted). None: the words do not say; the first day is taken to
    count and the other reading is kept beside it. An explicit `end` wins over a computed one (art. 204).
    """

    source: Source
    length: Period | None = None
    end: date | None = None
    start: date | None = None
    first_day_counts: bool | None = None
    minimum: Period | None = None

    def __post_init__(self) -> None:
        if self.length is not None and not self.length.n:
            raise Unfit(N_("a term needs a length of at least one"))
        if self.start and self.end and self.end < self.start:
            raise Unfit(N_("the term ends before it starts"))


class RenewalMode(StrEnum):
    """What happens at the end of the term."""

    NONE = "none"
    AGREEMENT = "agreement"
    AUTOMATIC = "automatic"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class NoticeWindow:
    """When one side may say whether the contract shall go on: at least so long before the end, and not too early."""

    side: Side
    at_least: Period
    not_earlier_than: Period | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """How the term is renewed. `length` None repeats the term's own, also where that follows from its first and last
    day; `cap` None allows any number of renewals.

    `formalities` is the time before the end by which they are done; `formalities_within` marks the words "within the
    last N before the end".
    """

    source: Source
    mode: RenewalMode
    length: Period | None = None
    cap: int | None = None
    windows: tuple[NoticeWindow, ...] = ()
    formalities: Period | None = None
    formalities_within: bool = False

    def __post_init__(self) -> None:
        if self.length is not None and self.length.n == 0:
            raise Unfit(N_("a renewal needs a length of at least one"))
        if self.cap is not None and self.cap < 0:
            raise Unfit(N_("a cap on renewals cannot be negative"))
        if len({window.side for window in self.windows}) < len(self.windows):
            raise Unfit(N_("each side has one notice window"))


@dataclass(frozen=True, slots=True)
class Termination:
    """Notice with which one side may end the contract before its time (Civil Code arts. 562-566)."""

    source: Source
    side: Side
    notice: Period


@dataclass(frozen=True, slots=True)
class Delivery:
    """How notice travels: `allowance` for the way, on whose end the notice is deemed received.

    `calendar` and `zone` are those of the place where it arrives, the contract's own where empty. What arrives there
    later than `cut_off` counts on the next working day.
    """

    method: str
    allowance: Period
    on_receipt: bool = True
    calendar: str = ""
    zone: str = ""
    cut_off: time | None = None
