"""Facts of a contract, to choose from."""

from tracker.records.contracts import Contract, Fact
from tracker.render.names import fact_name
from web.context import words


def facts_of(contract: Contract, but: Fact | None = None) -> dict[str, str]:
    """What has happened in words by key, without the one left out."""
    return {fact.key: _told(fact) for fact in contract.facts if but is None or fact.key != but.key}


def _told(fact: Fact) -> str:
    told = f"{words().date(fact.day)} {fact_name(fact.kind, words())}"
    return f"{told}: {fact.subject}" if fact.subject else told
