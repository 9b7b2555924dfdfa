"""How long a renewal lasts: as its clause says, else as long as the term itself."""

from datetime import date, timedelta

from tracker.rules.months import whole_months
from tracker.rules.periods import Period, Unit
from tracker.rules.terms import Renewal, RenewalMode, Term

DAY = timedelta(days=1)


def renewal_length(renewal: Renewal | None, term: Term, start: date | None) -> Period | None:
    """The length of a renewal of a term that starts on a day; None where nothing is renewed, or nobody can know."""
    if renewal is None or renewal.mode is RenewalMode.NONE:
        return None
    length = renewal.length or term.length or _to_its_end(term, start)
    return length if length and length.n else None


def _to_its_end(term: Term, start: date | None) -> Period | None:
    """The length of a term that is told by its first and last day, if that is a number of whole months."""
    if start is None or term.end is None:
        return None
    first = start + DAY if term.first_day_counts is False else start
    return Period(whole_months(first, term.end), Unit.MONTH)
