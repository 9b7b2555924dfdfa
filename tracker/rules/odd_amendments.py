"""What is lawful but odd about the days of amendments."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.rules.amendment_form import AmendmentDraft
from tracker.rules.problems import N_, Problem
from tracker.rules.timeline import Timeline


def odd_amendments(amendments: Sequence[AmendmentDraft], life: Timeline, today: date) -> Iterator[Problem]:
    """Everything odd, in the order of the document."""
    for position, one in enumerate(amendments):
        place = f"amendments[{position}]"
        if one.effective < one.signed:
            yield Problem(f"{place}.effective", N_("The amendment takes effect before it was signed."))
        if one.signed > today:
            yield Problem(f"{place}.signed", N_("The amendment is signed on a day that is still to come."))
        if life.formed and one.signed < life.formed.day:
            yield Problem(f"{place}.signed", N_("The amendment was signed before the contract."))
        if life.ended and one.effective > life.ended.day:
            yield Problem(f"{place}.effective", N_("The amendment takes effect after the contract has ended."))
