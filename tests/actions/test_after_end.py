"""The time after the end of a contract: what is left to do, how far it is done, and whether it can be closed."""

from datetime import date
from typing import Any

import pytest

from tests.rules.worked.business_transfer import DOCUMENT
from tests.support.cast import bare, contract, fact
from tests.support.office import Office
from tracker.actions.after_end import Plan, plan_of
from tracker.actions.complete import waive
from tracker.actions.contract_life import life_of_contract
from tracker.actions.derived import confirm_end, confirm_renewal, unconfirmed_renewal
from tracker.actions.disputes import dispute
from tracker.actions.errors import Forbidden, Missing, Refused
from tracker.actions.evidence import Upload
from tracker.actions.facts import Happened, correct_fact
from tracker.actions.shelf import open_contract
from tracker.actions.what_if import if_recorded
from tracker.ports.clock import day_in
from tracker.rules.facts import FactKind
from tracker.rules.survival import Obstacle

TRANSFER = "W-3"
CERTIFICATE = "ending-certificate/1"
SEALED = [Upload("certificate.txt", b"Ended by agreement.")]


def plan(office: Office, number: str) -> Plan:
    with office.tracker.reading() as session:
        found = open_contract(session, office.actor(), office.contract(number).id)
        return plan_of(session, found, day_in(found.zone, office.now))


def keys(found: Plan) -> list[str]:
    return [item.deadline.key for item in found.items]


def obstacles(found: Plan) -> dict[str, int]:
    return {obstacle.value: number for obstacle, number in found.obstacles.items()}


def confirm(office: Office, number: str, what: Any = confirm_end, by: str = "Ana") -> str:
    with office.tracker.transaction() as session:
        found, _changes = what(session, office.actor(by), office.contract(number).id, now=office.now)
        return f"{found.kind} {found.day} {found.how}".strip()


# ----------------------------------------------------------- the worked contract


def test_every_survival_duty_stands_on_the_checklist_by_day(office: Office) -> None:
    office.import_document(DOCUMENT, "Ana")
    found = plan(office, TRANSFER)
    assert [(item.deadline.key, str(item.deadline.action_day)) for item in found.items] == [
        ("customer-notice/1", "2026-02-06"),
        (CERTIFICATE, "2026-02-14"),
        ("service-response/service_requested-1", "2026-02-24"),
        ("asset-handover/1", "2026-02-28"),
        ("data-migration/1", "2026-03-02"),
        ("debt-settlement/1", "2026-04-30"),
        ("ip-licence-end/1", "2026-05-01"),
        ("tech-support-tail/1", "2026-07-31"),
        ("after-sales/1", "2027-01-31"),
        ("confidentiality-tail/1", "2031-01-31"),
    ]
    assert (found.done, len(found.items), found.overdue) == (0, 10, 4)
    assert found.next is not None
    assert found.next.deadline.key == "data-migration/1"
    assert [item.deadline.key for item in found.running][-1] == "confidentiality-tail/1"
    assert str(found.runs_until) == "2031-01-31"


def test_moving_the_end_by_three_days_moves_what_hangs_on_it_and_keeps_what_is_done(office: Office) -> None:
    """Tuesday 3 February instead of Saturday 31 January. Spring Festival: 15 to 23 February off, 14 and 28 worked."""
    office.import_document(DOCUMENT, "Ana")
    office.complete(TRANSFER, "customer-notice/1", "2026-02-05")
    office.complete(TRANSFER, "asset-handover/1", "2026-02-27")
    happened = Happened(kind=FactKind.ENDED, day=date(2026, 2, 3), how="notice")
    found = office.contract(TRANSFER)
    with office.tracker.reading() as session:
        changes = if_recorded(session, office.actor(), found.id, happened, now=office.now, key="ended-1")
    assert {change.key for change in changes.move} == {
        "data-migration/1",
        "debt-settlement/1",
        "ip-licence-end/1",
        "tech-support-tail/1",
        "after-sales/1",
        "confidentiality-tail/1",
    }
    assert {change.key for change in changes.stay_closed} == {"customer-notice/1", "asset-handover/1"}
    with office.tracker.transaction() as session:
        correct_fact(session, office.actor(), found.id, "ended-1", happened, now=office.now, confirmed=True)
    assert office.standing(TRANSFER) == {
        "customer-notice/1": "2026-02-10",  # 4, 5, 6, 9 and 10 February are worked
        "data-migration/1": "2026-03-05",  # 25 days of February are left, and five of March
        "asset-handover/1": "2026-03-03",
        "tech-support-tail/1": "2026-08-03",
        "after-sales/1": "2027-02-03",
        "ip-licence-end/1": "2026-05-04",  # 25 + 31 + 30 are 86; the 90th is 4 May
        CERTIFICATE: "2026-02-24",  # 18 February is off like 15 was: both move to the 24th
        "debt-settlement/1": "2026-05-06",  # Sunday 3 May is off, and Labour Day lasts to the 5th
        "confidentiality-tail/1": "2031-02-03",
        "service-response/service_requested-1": "",
    }
    moved = plan(office, TRANSFER)
    assert {item.deadline.key for item in moved.items if item.is_settled} == {"customer-notice/1", "asset-handover/1"}
    assert (moved.done, len(moved.items)) == (2, 10)


def test_nothing_hinders_closing_once_all_is_done_and_the_certificate_is_shown(office: Office) -> None:
    office.import_document(DOCUMENT, "Ana")
    assert obstacles(plan(office, TRANSFER)) == {"to-do": 6, "no-certificate": 1}
    office.turn_to("2026-05-04")
    for key in ("customer-notice/1", "asset-handover/1", "data-migration/1", "debt-settlement/1"):
        office.complete(TRANSFER, key, "2026-02-05")
    office.complete(TRANSFER, "service-response/service_requested-1", "2026-02-13")
    office.complete(TRANSFER, CERTIFICATE, "2026-02-13", link="https://files.example/certificate")
    found = plan(office, TRANSFER)
    assert obstacles(found) == {}
    assert (found.done, len(found.items), found.certificate.value) == (7, 10, "proven")
    assert found.items[6].deadline.key == "ip-licence-end/1"
    assert found.items[6].is_settled, "a right that has run out needs nobody to tick it"


def test_a_certificate_that_nothing_shows_hinders_closing(office: Office) -> None:
    office.import_document(DOCUMENT, "Ana")
    office.complete(TRANSFER, CERTIFICATE, "2026-02-13")
    assert Obstacle.CERTIFICATE_UNPROVEN in plan(office, TRANSFER).obstacles
    office.import_document({**DOCUMENT, "number": "W-4"}, "Ana")
    office.complete("W-4", CERTIFICATE, "2026-02-13", uploads=SEALED)
    assert set(plan(office, "W-4").obstacles) == {Obstacle.TO_DO}


def test_a_certificate_that_nobody_asks_for_or_insists_on_hinders_nothing(office: Office) -> None:
    office.register(ending())
    assert (obstacles(plan(office, "E-1")), plan(office, "E-1").certificate.value) == ({}, "not-asked")
    office.register(ending({"code": "ending-certificate", "side": "us", "due": "5 days after ended"}, number="E-3"))
    assert plan(office, "E-3").certificate.value == "missing"
    with office.tracker.transaction() as session:
        waive(session, office.actor(), office.deadline("E-3", CERTIFICATE).id, reason="not wanted", now=office.now)
    assert (obstacles(plan(office, "E-3")), plan(office, "E-3").certificate.value) == ({}, "not-asked")


# ------------------------------------------------------------------- what belongs there

ENDED = fact("ended", "2026-02-10", how="agreement")


def ending(*obligations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A contract in force since the new year that ended on Tuesday 10 February 2026."""
    facts = [fact("signed", "2026-01-01"), *more.pop("facts", [ENDED])]
    given = {"number": "E-1", "effect": {"when": "2026-01-01"}, "obligations": list(obligations), "facts": facts}
    return bare(**{**given, **more})


def test_what_leads_up_to_the_end_and_what_comes_round_after_it_belong_there(office: Office) -> None:
    office.register(
        ending(
            {"code": "unfinished-business", "side": "us", "due": "5 days before ended"},
            {
                "code": "relationship-review",
                "due": "on period_end",
                "side": "us",
                "every": "3 months",
                "while": "after_end",
                "until": "6 months",
            },
            {"code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "1 month"},
            {"code": "info-update", "side": "us", "due": "on period_end", "every": "2 months", "while": "always"},
        )
    )
    found = keys(plan(office, "E-1"))
    assert found[:3] == ["unfinished-business/1", "info-update/1", "info-update/2"]
    assert {"relationship-review/1", "relationship-review/2"} <= set(found)
    assert not any(key.startswith("follow-up-visit") for key in found)


def test_what_came_in_after_the_end_belongs_there_and_what_came_before_is_left_over(office: Office) -> None:
    office.register(
        ending(
            {"code": "complaint-answer", "side": "us", "due": "5 days after complaint_received"},
            facts=[ENDED, fact("complaint_received", "2026-02-10"), fact("complaint_received", "2026-02-11")],
        )
    )
    found = plan(office, "E-1")
    assert keys(found) == ["complaint-answer/complaint_received-2"]
    assert [item.deadline.key for item in found.left_over] == ["complaint-answer/complaint_received-1"]
    assert obstacles(found) == {"to-do": 1, "left-over": 1}
    office.complete("E-1", "complaint-answer/complaint_received-1", "2026-02-14")
    assert plan(office, "E-1").left_over == ()


def test_what_lasts_beyond_the_end_belongs_there_whatever_it_is_counted_from(office: Office) -> None:
    secrets = {"code": "confidentiality-end", "side": "both", "due": "2 years after confidential_disclosure"}
    told = [fact("confidential_disclosure", "2024-01-15"), fact("confidential_disclosure", "2025-01-15")]
    warranty = {"code": "warranty", "side": "them", "due": "on 2026-02-10"}
    office.register(ending(secrets, warranty, facts=[ENDED, *told]))
    found = plan(office, "E-1")
    assert keys(found) == ["confidentiality-end/confidential_disclosure-2"], "two years on is 15 January 2027"
    assert str(found.runs_until) == "2027-01-15"


def test_what_is_open_is_left_over_only_once_the_contract_ends(office: Office) -> None:
    office.register(contract(number="E-2", termination=[{"side": "both", "notice": "30 days"}]))
    assert plan(office, "E-2").ended is not None
    assert plan(office, "E-2").left_over == ()
    office.fact("E-2", "notice_to_terminate", "2026-03-01")
    found = plan(office, "E-2")
    assert str(found.ended and found.ended.day) == "2026-03-31"
    assert [item.deadline.key for item in found.left_over] == [f"payment/{number}" for number in range(1, 6)]


def test_a_duty_that_an_amendment_dropped_after_it_had_begun_stays_on_the_checklist(office: Office) -> None:
    duty = {"code": "asset-handover", "side": "us", "due": "1 month after ended"}
    before = {name: part for name, part in ending(duty).items() if name in ("parties", "law", "effect", "obligations")}
    dropped = {
        "key": "waiver-1",
        "title": "Waiver",
        "signed": "2026-02-20",
        "effective": "2026-02-20",
        "before": before,
    }
    office.register(ending(amendments=[dropped]))
    assert keys(plan(office, "E-1")) == ["asset-handover/1"]


def test_what_goes_on_for_ever_is_told_without_a_day(office: Office) -> None:
    office.register(
        ending(
            {"code": "confidentiality-tail", "side": "both", "due": "perpetual"},
            {"code": "support", "side": "them", "due": "standing"},
            {"code": "data-maintenance", "side": "us", "due": "perpetual", "every": "1 year"},
        )
    )
    assert [clause.key for clause in plan(office, "E-1").endless] == ["confidentiality-tail"]


def test_what_is_disputed_hinders_and_what_is_waived_is_settled(office: Office) -> None:
    office.register(ending({"code": "asset-handover", "side": "us", "due": "1 month after ended"}))
    handover = office.deadline("E-1", "asset-handover/1").id
    with office.tracker.transaction() as session:
        dispute(session, office.actor(), handover, reason="never agreed", now=office.now)
    assert obstacles(plan(office, "E-1")) == {"to-do": 1, "disputed": 1}
    with office.tracker.transaction() as session:
        waive(session, office.actor(), handover, reason="sold", now=office.now)
    found = plan(office, "E-1")
    assert (found.done, obstacles(found)) == (1, {})


# --------------------------------------------------------------------------- the end itself


def test_an_open_ended_contract_has_a_plan_without_days_and_without_an_end(office: Office) -> None:
    office.register(ending({"code": "asset-handover", "side": "us", "due": "1 month after ended"}, facts=[]))
    found = plan(office, "E-1")
    assert (found.ended, found.fact, keys(found)) == (None, None, ["asset-handover/1"])
    assert found.items[0].deadline.legal is None
    assert Obstacle.NO_END in found.obstacles
    with pytest.raises(Refused):
        confirm(office, "E-1")


def test_an_end_that_passed_unrenewed_is_confirmed_by_one_call(office: Office) -> None:
    office.register(
        contract(number="E-2", obligations=[{"code": "asset-handover", "side": "us", "due": "1 month after ended"}])
    )
    office.turn_to("2027-01-11")
    before = office.deadline("E-2", "asset-handover/1")
    assert Obstacle.END_NOT_CONFIRMED in plan(office, "E-2").obstacles
    assert confirm(office, "E-2") == "ended 2026-12-31 expiry"
    found = plan(office, "E-2")
    assert found.fact is not None
    assert Obstacle.END_NOT_CONFIRMED not in found.obstacles
    assert office.deadline("E-2", "asset-handover/1").legal == before.legal
    with pytest.raises(Refused):
        confirm(office, "E-2")


def test_an_end_that_a_notice_leads_to_is_confirmed_as_one_by_notice(office: Office) -> None:
    office.register(contract(number="E-2", termination=[{"side": "both", "notice": "30 days"}]))
    office.fact("E-2", "notice_to_terminate", "2026-01-15")
    assert confirm(office, "E-2") == "ended 2026-02-14 notice"


def test_an_end_that_is_still_to_come_hinders_closing_and_cannot_be_confirmed(office: Office) -> None:
    office.register(contract(number="E-2"))
    assert obstacles(plan(office, "E-2")) == {"not-ended": 1}
    with pytest.raises(Refused):
        confirm(office, "E-2")


AUTOMATIC = contract(
    number="R-1",
    effect={"when": "2025-01-01"},
    term={"length": "1 year", "first_day_counts": True},
    renewal={"mode": "automatic", "notice": [{"side": "both", "at_least": "30 days"}]},
)


def test_a_renewal_by_silence_is_confirmed_and_moves_nothing(office: Office) -> None:
    office.register(AUTOMATIC)
    before = office.standing("R-1")
    assert confirm(office, "R-1", confirm_renewal) == "renewed 2026-01-01"
    assert office.standing("R-1") == before
    with pytest.raises(Refused):
        confirm(office, "R-1", confirm_renewal)
    assert office.deadline("R-1", "term-end/2").certainty.value == "confirmed"


def test_a_renewal_is_confirmed_ahead_of_its_first_day_once_nobody_can_stop_it(office: Office) -> None:
    office.register(AUTOMATIC)
    confirm(office, "R-1", confirm_renewal)
    office.turn_to("2026-12-15")
    assert confirm(office, "R-1", confirm_renewal) == "renewed 2026-12-15"
    assert office.standing("R-1")["term-end/3"] == "2027-12-31"
    with office.tracker.reading() as session:
        found = open_contract(session, office.actor(), office.contract("R-1").id)
        day = day_in(found.zone, office.now)
        assert unconfirmed_renewal(life_of_contract(session, found, day), day) is None


def test_nobody_confirms_what_they_may_not_see_or_change(office: Office) -> None:
    office.register({**AUTOMATIC, "access": {"only": ["vic@acme.example"]}})
    for who, refusal in (("Cleo", Missing), ("Vic", Forbidden)):
        with pytest.raises(refusal):
            confirm(office, "R-1", confirm_renewal, by=who)
    assert [event.event for event in office.events()] == ["contract-registered"]
