"""Ladders of reminders as people write them: ``30, 7, 1; after 1, 3, 7; every 7``.

First the days before the action day (0 is the day itself), then those after it, then how often from there on. The later
parts may be left out, and `off` is a ladder without any reminder.
"""

import re
from collections.abc import Mapping
from functools import partial

from tracker.rules.codes import CODES
from tracker.rules.facts import Side
from tracker.rules.problems import N_, Unfit
from tracker.rules.readings import Nature
from tracker.rules.reminders import GREETINGS, Ladder, ladder_for
from tracker.rules.section import Section, line
from tracker.rules.standing import can_be_overdue

OFF = "off"
ANY = "*"
"""Stands for every code that has no ladder of its own."""
FURTHEST = 730
"""Days before or after the action day."""
LONGEST = 100
"""Characters of a ladder as it is kept."""
_WIDE = str.maketrans("，、；", ",,;")
"""Punctuation as a Chinese keyboard gives it."""
_DAYS = r"\d+(?:\s*,\s*\d+)*"
_LADDER = re.compile(
    rf"(?P<before>{_DAYS})\s*(?:;\s*after\s+(?P<after>{_DAYS})\s*(?:;\s*every\s+(?P<every>\d+))?)?", re.IGNORECASE
)


def read_ladder(text: str) -> Ladder:
    """The ladder that `text` describes. Raises Unfit."""
    text = text.translate(_WIDE).strip()
    if text.lower() == OFF:
        return Ladder(())
    match = _LADDER.fullmatch(text)
    if match is None:
        raise Unfit(N_("Write days such as “30, 7, 1; after 1, 3, 7; every 7”, or “off”."))
    before, after, every = (_numbers(match[part]) for part in ("before", "after", "every"))
    if max(before | after | every) > FURTHEST or 0 in after | every:
        raise Unfit(N_("Write days from 1 to %(most)s; before the day also 0, the day itself."), most=FURTHEST)
    leads = (*sorted(before, reverse=True), *(-day for day in sorted(after)))
    return Ladder(leads, next(iter(every), None))


def _numbers(text: str | None) -> set[int]:
    return {int(number) for number in text.split(",")} if text else set()


def ladder_text(ladder: Ladder) -> str:
    """The ladder as it is written; `read_ladder` reads it back."""
    before = ", ".join(str(lead) for lead in ladder.leads if lead >= 0)
    after = ", ".join(str(-lead) for lead in ladder.leads if lead < 0)
    parts = (before, after and f"after {after}", ladder.then_every and f"every {ladder.then_every}")
    return "; ".join(part for part in parts if part) or OFF


def chosen(code: str, *written: Mapping[str, str] | str) -> str:
    """The text of the ladder that holds: the first of those written, the nearest to the deadline coming first; empty
    for the product's own. A mapping gives ladders by code."""
    for one in written:
        found = one if isinstance(one, str) else one.get(code) or one.get(ANY, "")
        if found:
            return found
    return ""


def ladder_of(text: str, code: str, nature: Nature, side: Side) -> Ladder:
    """The ladder of a deadline for which `text` was written; what cannot be overdue is not asked after, and a greeting
    not without end."""
    if not text:
        return ladder_for(code, nature, side)
    ladder = read_ladder(text)
    if can_be_overdue(code, nature, side):
        return Ladder(ladder.leads) if code in GREETINGS else ladder
    return Ladder(tuple(lead for lead in ladder.leads if lead >= 0))


def checked(code: str, text: str) -> str:
    """The ladder for this code as it is kept. Raises Unfit, also where it is longer than can be kept, or the day of a
    notice would pass unannounced; a ladder for `ANY` code is one for notices too."""
    ladder = read_ladder(text)
    if len(kept := ladder_text(ladder)) > LONGEST:
        raise Unfit(N_("This is too long: at most %(longest)s characters."), longest=LONGEST)
    notice = code == ANY or (code in CODES and CODES[code].notice)
    if notice and not any(lead > 0 for lead in ladder.leads):
        raise Unfit(N_("A day for notice needs a reminder before it."))
    return kept


def _checked(code: str, value: object) -> str:
    return checked(code, line(value))


def read_ladders(section: Section | None) -> dict[str, str]:
    """Ladders by code, as a contract file and the settings give them."""
    if section is None:
        return {}
    found = {code: section.read(code, partial(_checked, code)) for code in section.data}
    for code in found.keys() - CODES.keys() - {ANY}:
        section.fault(code, N_("Unknown code: use one of the catalogue, or * for all others."))
    return {code: text for code, text in found.items() if text}
