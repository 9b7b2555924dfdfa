"""Third parties of a contract: how far each has come, and what it lacks."""

from typing import Any

from tests.support.cast import bare, fact
from tests.support.office import Office
from tracker.actions.papers import Filed, put_on_file
from tracker.actions.shelf import open_contract
from tracker.actions.third_parties import Need, Stage, ThirdParty, asks_for_third_parties, third_parties_of
from tracker.rules.papers import PaperKind

NAME = "Fuda Logistics"
SET = [
    {"code": "third-party-notice", "side": "us", "due": "15 days before third_party_start"},
    {"code": "third-party-qualification", "side": "us", "due": "5 days before third_party_start"},
    {"code": "third-party-cap", "side": "us", "due": "5 days before third_party_start", "amount": "90000 CNY"},
    {"code": "third-party-agreement", "side": "us", "due": "10 days after third_party_engaged"},
    {"code": "third-party-replacement", "side": "us", "due": "10 days after third_party_replaced"},
    {"code": "third-party-exit", "side": "us", "due": "10 days after third_party_exited"},
]
PROPOSED = fact("third_party_proposed", "2026-01-05", subject=NAME, until="2026-02-02")
CONSENTED = fact("third_party_consented", "2026-01-12", subject=NAME, by="them")
ENGAGED = fact("third_party_engaged", "2026-02-02", subject=NAME)


def with_facts(*facts: dict[str, object], **more: Any) -> dict[str, Any]:
    signed = fact("signed", "2026-01-01")
    return bare(**{"number": "P-1", "title": "Warehouse", "obligations": SET, "facts": [signed, *facts], **more})


def found(office: Office, number: str = "P-1", by: str = "Ana") -> list[ThirdParty]:
    with office.tracker.reading() as session:
        contract = open_contract(session, office.actor(by), office.contract(number).id)
        return third_parties_of(session, office.actor(by), contract)


def only(office: Office, *facts: dict[str, object], **more: Any) -> ThirdParty:
    office.register(with_facts(*facts, **more))
    (one,) = found(office)
    return one


def lacks(one: ThirdParty) -> list[Need]:
    return [check.need for check in one.lacks]


def test_a_proposal_lacks_everything_that_is_owed_before_it_steps_in(office: Office) -> None:
    one = only(office, PROPOSED)
    assert (one.name, one.stage, str(one.entry.day)) == (NAME, Stage.PROPOSED, "2026-02-02")
    assert lacks(one) == [Need.CONSENT, Need.QUALIFICATION, Need.CAP]
    assert [str(check.deadline and check.deadline.legal) for check in one.checks] == [
        "2026-01-18",
        "2026-01-28",
        "2026-01-28",
    ]
    assert one.cap is not None
    assert str(one.cap.amount) in ("90000", "90000.0000")
    assert not one.is_uninvited


def test_consent_settles_the_notice_and_takes_it_a_step_further(office: Office) -> None:
    one = only(office, PROPOSED, CONSENTED)
    assert one.stage is Stage.CONSENTED
    assert Need.CONSENT not in lacks(one)


def test_what_is_done_is_there_and_the_agreement_is_asked_for_once_it_has_stepped_in(office: Office) -> None:
    office.register(with_facts(PROPOSED, CONSENTED, ENGAGED))
    for code in ("third-party-qualification", "third-party-cap"):
        office.complete("P-1", f"{code}/third_party_proposed-1", "2026-01-20")
    (one,) = found(office)
    assert (one.stage, lacks(one)) == (Stage.ENGAGED, [Need.AGREEMENT])
    office.complete("P-1", "third-party-agreement/third_party_engaged-1", "2026-02-10")
    assert lacks(found(office)[0]) == []


def test_a_document_on_file_is_the_agreement_where_no_obligation_asks_for_one(office: Office) -> None:
    one = only(office, ENGAGED, obligations=None)
    assert Need.AGREEMENT in lacks(one)
    filed = Filed(
        kind=PaperKind.THIRD_PARTY_AGREEMENT, day=office.now.date(), fact="third_party_engaged-1", note="Safe 3"
    )
    with office.tracker.transaction() as session:
        put_on_file(session, office.actor(), one.contract.id, filed, None, files=office.tracker.files, now=office.now)
    assert Need.AGREEMENT not in lacks(found(office)[0])


def test_whoever_steps_in_without_consent_or_before_it_is_told(office: Office) -> None:
    one = only(office, PROPOSED, ENGAGED)
    assert one.is_uninvited
    assert Need.CONSENT in lacks(one)
    office.fact("P-1", "third_party_consented", "2026-02-09", subject=NAME)
    late = found(office)[0]
    assert late.is_uninvited
    assert Need.CONSENT in lacks(late)


def test_each_third_party_is_followed_on_its_own(office: Office) -> None:
    other = fact("third_party_proposed", "2026-02-10", subject="Other Ltd", until="2026-04-01")
    office.register(with_facts(PROPOSED, CONSENTED, ENGAGED, other))
    assert [(one.name, one.stage) for one in found(office)] == [(NAME, Stage.ENGAGED), ("Other Ltd", Stage.PROPOSED)]
    notice = next(check for check in found(office)[1].checks if check.need is Need.CONSENT)
    assert notice.deadline is not None
    assert notice.deadline.key == "third-party-notice/third_party_proposed-2"


def test_a_replacement_and_an_exit_are_told_until_they_are_settled(office: Office) -> None:
    replaced = fact("third_party_replaced", "2026-02-20", subject=NAME)
    one = only(office, PROPOSED, CONSENTED, ENGAGED, replaced)
    assert one.stage is Stage.REPLACED
    assert lacks(one)[-1] is Need.REPLACEMENT
    exited = fact("third_party_exited", "2026-02-27", about="third_party_engaged-1")
    office.amend("P-1", with_facts(PROPOSED, CONSENTED, ENGAGED, replaced, exited))
    gone = found(office)[0]
    assert gone.stage is Stage.EXITED
    assert lacks(gone)[-2:] == [Need.REPLACEMENT, Need.EXIT]
    office.complete("P-1", "third-party-exit/third_party_exited-1", "2026-03-01")
    assert lacks(found(office)[0])[-1] is Need.REPLACEMENT


# ---------------------------------------------------------------------- the contract with it


def agreement(**more: Any) -> dict[str, Any]:
    parties = [{"role": "A", "name": "Acme", "us": True}, {"role": "C", "name": NAME.upper()}]
    given = {"number": "T-1", "title": "With Fuda", "kind": "third-party", "parent": "P-1", "parties": parties}
    return bare(**given, **more)


def test_the_contract_with_it_is_found_by_name_and_limits_what_it_is_liable_for(office: Office) -> None:
    office.register(with_facts(ENGAGED, obligations=None, money={"amount": "200000 CNY"}))
    office.register(agreement(money={"liability_cap": "30%"}))
    (one,) = found(office)
    assert one.agreement is not None
    assert one.agreement.number == "T-1"
    assert one.cap is not None
    assert str(one.cap.amount) == "60000.00"
    assert one.cap.currency == "CNY"
    assert lacks(one) == [Need.CONSENT]


def test_what_is_recorded_in_the_contract_with_it_shows_on_the_one_above(office: Office) -> None:
    office.register(with_facts(obligations=None, money={"amount": "200000 CNY"}))
    office.register(agreement(money={"liability_cap": "50000 CNY"}, facts=[PROPOSED, CONSENTED]))
    (one,) = found(office)
    assert (one.contract.number, one.name, one.stage) == ("T-1", NAME, Stage.CONSENTED)
    assert one.cap is not None
    assert one.cap.amount == 50000


def test_who_may_not_see_the_contract_with_it_learns_nothing_from_the_one_above(office: Office) -> None:
    office.register(with_facts(ENGAGED, obligations=None))
    closed = {"owner": "ben@acme.example", "access": {"only": []}, "money": {"liability_cap": "1 CNY"}}
    office.register(agreement(**closed, facts=[PROPOSED]), "Ben")
    assert [(one.agreement, one.cap) for one in found(office, by="Ana")] == [(None, None)]
    assert len(found(office, by="Ben")) == 2


def test_a_contract_says_whether_it_asks_for_anything_about_third_parties(office: Office) -> None:
    office.register(with_facts())
    office.register(bare(number="P-2"))
    assert found(office) == []
    with office.tracker.reading() as session:
        asked = {
            number: asks_for_third_parties(open_contract(session, office.actor(), office.contract(number).id))
            for number in ("P-1", "P-2")
        }
    assert asked == {"P-1": True, "P-2": False}
