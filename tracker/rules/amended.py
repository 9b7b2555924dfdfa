"""The deadlines of obligations that amendments changed.

The terms in force on the day a clock starts govern it: a payment whose period began under the old terms is due as these
say. What is only timed or priced otherwise keeps its numbers. A series that comes round otherwise ends the day before
the amendment and starts anew with it; its occurrences are then named by the amendment. What an amendment drops runs out
with the clocks that had started; what it adds knows only those that start under it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from tracker.rules.agreement import Agreement
from tracker.rules.clauses import Obligation
from tracker.rules.deadlines import Deadline
from tracker.rules.duties import Duties
from tracker.rules.spans import Span
from tracker.rules.starts import COMES_ONCE
from tracker.rules.versions import Version, versions

Shape = tuple[object, ...]
STANDING: Shape = ("standing",)
ON_A_DAY: Shape = ("day",)


def deadlines_under(agreement: Agreement, duties_under: Callable[[Agreement], Duties]) -> Iterator[Deadline]:
    """Every deadline of every obligation, each occurrence under the terms that govern it."""
    found = [
        (version, {item.source.key: item for item in version.terms.obligations}) for version in versions(agreement)
    ]
    desks: dict[date | None, Duties] = {}
    for key in sorted({key for _version, obligations in found for key in obligations}):
        for stretch, span in _governing([(version, obligations.get(key)) for version, obligations in found]):
            if stretch.since not in desks:
                desks[stretch.since] = duties_under(stretch.terms)
            for deadline in desks[stretch.since].deadlines(stretch.obligation, span):
                yield replace(deadline, terms_before=stretch.amendment) if stretch.amendment else deadline


@dataclass(frozen=True, slots=True)
class Stretch:
    """One wording of an obligation, and the days on which it is in force."""

    terms: Agreement
    obligation: Obligation
    since: date | None
    until: date | None
    amendment: str
    """The amendment that ended it; empty for what is agreed now."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Wordings that follow on one another and give occurrences of the same shape; `amendment` brought the first."""

    shape: Shape
    stretches: tuple[Stretch, ...]
    amendment: str
    followed: bool
    """Whether the obligation goes on in another shape."""


def _governing(worded: list[tuple[Version, Obligation | None]]) -> Iterator[tuple[Stretch, Span]]:
    """Every wording of one obligation with the clocks it governs."""
    numbered = False
    for spell in _spells(worded):
        prefix = f"{spell.amendment}." if numbered and spell.amendment and _is_numbered(spell.shape) else ""
        numbered = numbered or _is_numbered(spell.shape)
        yield from _on_days(spell, prefix) if spell.shape == ON_A_DAY else _on_clocks(spell, prefix)


def _on_clocks(spell: Spell, prefix: str) -> Iterator[tuple[Stretch, Span]]:
    """Each wording for the clocks that start while it is in force."""
    begins, until = spell.stretches[0].since, spell.stretches[-1].until
    replaced = until if spell.followed else None
    for stretch in spell.stretches:
        yield stretch, Span(prefix, stretch.since, stretch.until, begins, replaced)


def _on_days(spell: Spell, prefix: str) -> Iterator[tuple[Stretch, Span]]:
    """A day that the contract itself names: the newest one counts, in the wording in force on it."""
    last = spell.stretches[-1]
    day = _named_day(last.obligation)
    same = [stretch for stretch in spell.stretches if _named_day(stretch.obligation) == day]
    governing = [one for one in same if (one.since or date.min) <= day < (one.until or date.max)]
    if governing or last.until is None:
        yield (governing or same)[0], Span(prefix)


def _named_day(obligation: Obligation) -> date:
    anchor = obligation.due.anchor if obligation.due else None
    assert isinstance(anchor, date)
    return anchor


def _spells(worded: list[tuple[Version, Obligation | None]]) -> Iterator[Spell]:
    groups = [(shape, list(group)) for shape, group in groupby(worded, key=lambda pair: _shape(pair[1]))]
    for position, (shape, group) in enumerate(groups):
        if shape is not None and shape != STANDING:
            followed = position + 1 < len(groups) and groups[position + 1][0] is not None
            yield Spell(shape, tuple(_stretches(group)), group[0][0].amendment, followed)


def _stretches(group: Iterable[tuple[Version, Obligation | None]]) -> Iterator[Stretch]:
    """One stretch for each wording; versions that leave the obligation alone make no new one."""
    open_: Stretch | None = None
    for version, obligation in group:
        assert obligation is not None
        if open_ and obligation == open_.obligation and version.terms.counting == open_.terms.counting:
            open_ = replace(open_, until=version.until, amendment=version.replaced_by)
            continue
        if open_:
            yield open_
        open_ = Stretch(version.terms, obligation, version.since, version.until, version.replaced_by)
    if open_:
        yield open_


def _shape(obligation: Obligation | None) -> Shape | None:
    """What has to stay the same for occurrences to keep their numbers; None where there is no such obligation."""
    if obligation is None:
        return None
    if obligation.series:
        return "series", obligation.series.every, obligation.series.phase, obligation.series.first
    if obligation.due is None:
        return STANDING
    return ON_A_DAY if isinstance(obligation.due.anchor, date) else ("start", obligation.due.anchor)


def _is_numbered(shape: Shape) -> bool:
    """Whether its occurrences are numbered, rather than named by the fact or the holiday that starts them."""
    return shape == ON_A_DAY or shape[0] == "series" or (shape[0] == "start" and shape[1] in COMES_ONCE)
