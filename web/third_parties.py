"""Third parties on a contract's page: how far each has come, what it lacks, and which facts to record next."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.actions.third_parties import Need, Stage, asks_for_third_parties, third_parties_of
from tracker.records.contracts import Contract
from tracker.records.deadlines import Deadline
from tracker.rules.facts import FactKind
from web.context import _, actor
from web.marks import Mark

NEXT: Mapping[Stage, tuple[FactKind, ...]] = {
    Stage.PROPOSED: (FactKind.THIRD_PARTY_CONSENTED, FactKind.THIRD_PARTY_ENGAGED),
    Stage.CONSENTED: (FactKind.THIRD_PARTY_ENGAGED,),
    Stage.ENGAGED: (FactKind.THIRD_PARTY_REPLACED, FactKind.THIRD_PARTY_EXITED),
    Stage.REPLACED: (FactKind.THIRD_PARTY_EXITED,),
    Stage.EXITED: (),
}
"""What may happen after each step."""


def third_parties_part(session: Session, contract: Contract, rows: list[Deadline]) -> dict[str, object]:
    """What the contract's page shows of third parties."""
    return {
        "third_parties": third_parties_of(session, actor(), contract, rows),
        "asks_for_third_parties": asks_for_third_parties(contract),
        "next_facts": NEXT,
    }


def stage_mark(stage: Stage) -> Mark:
    """How far a third party has come, as a tag."""
    return {
        Stage.PROPOSED: Mark(_("proposed"), "", "circle-dashed"),
        Stage.CONSENTED: Mark(_("agreed to"), "info", "circle-check"),
        Stage.ENGAGED: Mark(_("engaged"), "ok", "circle-check"),
        Stage.REPLACED: Mark(_("replaced"), "", "repeat"),
        Stage.EXITED: Mark(_("left"), "", "log-out"),
    }[stage]


def need_name(need: Need) -> str:
    """What a third party has to have."""
    return {
        Need.CONSENT: _("Consent before it steps in"),
        Need.QUALIFICATION: _("Qualification checked"),
        Need.CAP: _("Limit of its liability agreed"),
        Need.AGREEMENT: _("Separate agreement on file"),
        Need.REPLACEMENT: _("Replacement settled"),
        Need.EXIT: _("Exit settled"),
    }[need]
