"""What the select fields of the date calculator offer."""

from tracker.rules.conventions import Direction, MonthRule, Roll
from tracker.rules.counting import FirstDay, Nature
from web.choices import calendars
from web.context import _
from web.contract_choices import counting, yes_or_no

__all__ = ["calendars", "counting", "yes_or_no"]


def directions() -> dict[str, str]:
    """Which way to count."""
    return {Direction.AFTER.value: _("after that day"), Direction.BEFORE.value: _("before that day")}


def natures() -> dict[str, str]:
    """What the date is, which decides what is safe."""
    return {
        Nature.BY.value: _("a last day to act"),
        Nature.NOT_BEFORE.value: _("the first day on which one may act"),
        Nature.UNTIL.value: _("a duty lasts until then"),
        Nature.STATE.value: _("a term or a right ends then"),
    }


def first_days() -> dict[str, str]:
    """Whether the clause counts the day of the event."""
    return {
        FirstDay.NOT_COUNTED.value: _("it is not counted"),
        FirstDay.COUNTED.value: _("it is counted"),
        FirstDay.UNKNOWN.value: _("the clause leaves it open: show both"),
    }


def month_rules() -> dict[str, str]:
    """Where a period in months ends."""
    return {
        MonthRule.EVENT_DAY.value: _("on the date of the event: 30 April + 1 month = 30 May"),
        MonthRule.START_DAY.value: _("the day before the date of the first day counted: 31 May"),
    }


def months_back() -> dict[str, str]:
    """How months are counted back."""
    return {
        "no": _("subtracted: 28 February − 1 month = 28 January"),
        "yes": _("the latest day that leaves them in full: 31 January"),
    }


def rolls() -> dict[str, str]:
    """Where a last day that is off moves."""
    return {
        Roll.NONE.value: _("it stays"),
        Roll.FOLLOWING.value: _("to the next working day"),
        Roll.PRECEDING.value: _("to the working day before"),
        Roll.MODIFIED_FOLLOWING.value: _("to the next working day, within the month"),
    }
