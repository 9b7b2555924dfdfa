"""Reading a year's official arrangement of days off and make-up working days, as announced or as a table.

The announcement is read in the form the State Council gives it every autumn: one holiday a line, such as
“二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。”. A table has
one day a line: ``2026-02-14,on`` or ``2026-02-17,off,Spring Festival``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.rules.dates import read_date
from tracker.rules.problems import N_, Problem, Unfit

DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
_HOLIDAY = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．])?\s*(?P<name>[\u4e00-\u9fff、]{1,12})[:：](?P<text>.+)$"
)
_WEEKDAY = r"(?:[（(](?:[^（()）]*、)?(?:周|星期)(?P<{0}weekday>[一二三四五六日天])[)）])?"
_DATE = r"(?:(?P<{0}year>\d{{4}})年)?(?:(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})日" + _WEEKDAY
_SPAN = re.compile(_DATE.format("a") + r"(?:\s*[至—–-]+\s*" + _DATE.format("b") + r")?")
_COUNT = re.compile(r"共\s*(\d+)\s*天")


@dataclass(slots=True)
class Arrangement:
    """Days off with the name of their holiday, and days worked although they fall on a weekend."""

    year: int
    off: dict[date, str] = field(default_factory=dict)
    on: set[date] = field(default_factory=set)


def read_arrangement(text: str, year: int) -> tuple[Arrangement, list[Problem]]:
    """The arrangement that `text` announces for `year`, and every problem with its line.

    Lines that name no day are passed over: an announcement has an introduction and a signature.
    """
    found, problems = Arrangement(year), list[Problem]()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            _read_line(found, line.strip())
        except ValueError as error:
            problems.append(Problem.of(N_("line") + f" {number}", error))
    problems += _doubtful(found)
    return found, problems


def _read_line(found: Arrangement, line: str) -> None:
    if re.match(r"\d{4}[-/]", line):
        _read_row(found, line)
    elif match := _HOLIDAY.match(line):
        _read_holiday(found, match["name"], match["text"])


def _read_row(found: Arrangement, line: str) -> None:
    day, _, rest = line.replace("\t", ",").partition(",")
    what, _, name = rest.partition(",")
    on = read_date(day.strip())
    if what.strip() not in ("off", "on"):
        raise Unfit(N_("Write the day, then off or on, then a name, with commas between."))
    _add(found, [on], name.strip(), opened=what.strip() == "on")


def _read_holiday(found: Arrangement, name: str, text: str) -> None:
    """One holiday: sentences that end in 放假 give days off, those that end in 上班 days worked."""
    for sentence in re.split(r"[。；;]", text):
        days = list(_days(sentence, found.year))
        if "上班" in sentence:
            _add(found, days, name, opened=True)
        elif "放假" in sentence or "休息" in sentence:
            _add(found, days, name, opened=False)
            _check_count(sentence, days, name)


def _days(sentence: str, year: int) -> Iterator[date]:
    month = ""
    for match in _SPAN.finditer(sentence):
        month = match["amonth"] or month
        first = _day(match, "a", year, month)
        month = match["bmonth"] or month
        last = _day(match, "b", year, month) if match["bday"] else first
        if last < first:
            raise Unfit(N_("The days from %(first)s to %(last)s run backwards."), first=first, last=last)
        while first <= last:
            yield first
            first += DAY


def _day(match: re.Match[str], which: str, year: int, month: str) -> date:
    if not month:
        raise Unfit(N_("A day stands without its month."))
    written = f"{match[f'{which}year'] or year}-{int(month):02}-{int(match[f'{which}day']):02}"
    day = read_date(written)
    weekday = match[f"{which}weekday"]
    if weekday and WEEKDAYS.index(weekday.replace("天", "日")) != day.weekday():
        raise Unfit(
            N_("%(day)s is not a 周%(weekday)s; is this another year's announcement?"), day=written, weekday=weekday
        )
    return day


def _check_count(sentence: str, days: list[date], name: str) -> None:
    counted = _COUNT.search(sentence)
    if counted and int(counted[1]) != len(days):
        raise Unfit(
            N_("%(name)s: %(found)s days read, but the text says %(said)s."),
            name=name,
            found=len(days),
            said=counted[1],
        )


def _add(found: Arrangement, days: list[date], name: str, *, opened: bool) -> None:
    for day in days:
        if day.year != found.year:
            raise Unfit(N_("%(day)s is not a day of %(year)s."), day=day.isoformat(), year=found.year)
        if opened:
            found.on.add(day)
        else:
            found.off[day] = name


def _doubtful(found: Arrangement) -> list[Problem]:
    """What no arrangement holds: a day both off and worked, or no day at all."""
    both = sorted(found.on & found.off.keys())
    problems = [Problem("text", N_("%(day)s is both off and worked."), {"day": day.isoformat()}) for day in both]
    if not found.off:
        problems.append(Problem("text", N_("No days off were found in this text.")))
    return problems
