"""Third parties step by step: proposed, agreed to, engaged; told from one another by the subject of the facts."""

from dataclasses import dataclass
from datetime import date

from tracker.rules.about import same_subject
from tracker.rules.facts import Fact, FactKind
from tracker.rules.happenings import Happenings


@dataclass(frozen=True, slots=True)
class Entry:
    """One time that a third party steps in, named by the fact that first tells of it. `day` None: nobody has said yet
    when."""

    fact: Fact
    day: date | None
    consent: Fact | None
    engaged: Fact | None

    @property
    def has_consent(self) -> bool:
        """Whether there was consent when it stepped in, or is before it does."""
        return self.consent is not None and (self.engaged is None or self.consent.day <= self.engaged.day)

    @property
    def keys(self) -> frozenset[str]:
        """The facts that tell of it."""
        return frozenset(fact.key for fact in (self.fact, self.consent, self.engaged) if fact)


def entries(happenings: Happenings) -> tuple[Entry, ...]:
    """Every proposal, and every engagement that nobody had proposed, by day."""
    proposals, engagements = happenings.of(FactKind.THIRD_PARTY_PROPOSED), happenings.of(FactKind.THIRD_PARTY_ENGAGED)
    matched = {fact.key: _entered_by(fact, proposals) for fact in engagements}
    opened = proposals + [fact for fact in engagements if matched[fact.key] is None]
    opened.sort(key=lambda fact: (fact.day, fact.key))
    consents = [(fact, _agreed_to(fact, opened)) for fact in happenings.of(FactKind.THIRD_PARTY_CONSENTED)]
    return tuple(_entry(fact, engagements, matched, consents) for fact in opened)


def _entered_by(later: Fact, opened: list[Fact]) -> Fact | None:
    """The proposal that an engagement follows: as it says, else the last of its subject up to that day."""
    named = next((fact for fact in opened if fact.key == later.about), None)
    before = [fact for fact in opened if fact.day <= later.day and same_subject(fact, later)]
    return named or (before[-1] if before else None)


def _agreed_to(consent: Fact, opened: list[Fact]) -> Fact | None:
    """What a consent is about; it may come before an engagement that nobody proposed."""
    same = (fact for fact in opened if same_subject(fact, consent))
    return _entered_by(consent, opened) or next(same, None)


def _entry(
    fact: Fact, engagements: list[Fact], matched: dict[str, Fact | None], consents: list[tuple[Fact, Fact | None]]
) -> Entry:
    if fact.kind is FactKind.THIRD_PARTY_ENGAGED:
        engaged: Fact | None = fact
    else:
        engaged = next((item for item in engagements if matched[item.key] == fact), None)
    days = [day for day in (fact.until, engaged.day if engaged else None) if day]
    consent = next((item for item, about in consents if about == fact), None)
    return Entry(fact, min(days, default=None), consent, engaged)
