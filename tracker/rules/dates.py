"""Reading a date as people write it, refusing what could be read in two ways."""

import re
from datetime import date

from tracker.rules.problems import N_, Unfit

_PLAIN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_MINGUO = re.compile(r"(?:民國|民国)(\d{1,3})年(\d{1,2})月(\d{1,2})日")
_AMBIGUOUS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})")
MINGUO_BEFORE_FIRST_YEAR = 1911


def read_date(text: str) -> date:
    """The day that `text` names.

    2026-03-05, 2026/3/5, 2026年3月5日 and 民國115年3月5日 are read. Raises Unfit for a day that does not exist, and for
    3/5/26, which is two days to two people.
    """
    if match := _PLAIN.fullmatch(text):
        year, month, number = (int(group) for group in match.groups() if group)
        return _existing(year, month, number)
    if match := _MINGUO.fullmatch(text):
        year, month, number = map(int, match.groups())
        return _existing(year + MINGUO_BEFORE_FIRST_YEAR, month, number)
    if match := _AMBIGUOUS.fullmatch(text):
        raise _two_readings(*map(int, match.groups()))
    raise Unfit(N_("“%(text)s” is not a date; write it as 2026-03-05."), text=text[:40])


def _existing(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Unfit(N_("There is no such day: %(day)s."), day=f"{year:04}-{month:02}-{number:02}") from None


def _two_readings(first: int, second: int, year: int) -> Unfit:
    year += 2000 if year < 100 else 0
    readings = []
    for month, number in ((first, second), (second, first)):
        try:
            readings.append(date(year, month, number).isoformat())
        except ValueError:
            continue
    if not readings:
        return Unfit(N_("There is no such day: %(day)s."), day=f"{first}/{second}/{year}")
    return Unfit(
        N_("This can be read in more than one way; write %(readings)s."), readings=" / ".join(dict.fromkeys(readings))
    )
