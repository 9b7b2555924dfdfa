"""Amending contracts: recorded, put right, taken back, and true in files."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.support.asked import asked_of
from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.amendments import (
    Supplement,
    amend_by,
    correct_amendment,
    document_to_amend,
    is_based_on,
    withdraw_amendment,
)
from tracker.actions.contracts import Kept
from tracker.actions.documents import document_of
from tracker.actions.errors import Forbidden, Missing, Odd, Refused, Stale
from tracker.records.deadlines import State

RENT = {"key": "rent", "code": "payment", "side": "us", "due": "10 days after period_end", "every": "3 months"}
VISITS = {"key": "visits", "code": "follow-up-visit", "side": "us", "due": "on period_end", "every": "3 months"}
OPEN = {"counting": "prc-civil-code", "calendar": "NONE", "zone": "Asia/Shanghai"}
LEASE = contract(law=OPEN, renewal=None, effect={"when": "2026-01-01"}, obligations=[RENT, VISITS])
LATER = {**RENT, "due": "15 days after period_end"}


def supplement(effective: str, signed: str = "", title: str = "Supplement", **more: Any) -> Supplement:
    first, agreed = date.fromisoformat(effective), date.fromisoformat(signed or effective)
    return Supplement(title=title, signed=agreed, effective=first, **more)


def lease(*obligations: Mapping[str, Any], **sections: Any) -> dict[str, Any]:
    return {**LEASE, "obligations": list(obligations), **sections}


def record(
    office: Office,
    document: Mapping[str, Any],
    wanted: Supplement,
    by: str = "Ana",
    confirmed: bool = True,
    **more: Any,
) -> Kept:
    with office.tracker.transaction() as session:
        found, actor = office.contract("L-1").id, office.actor(by)
        return amend_by(session, actor, found, document, wanted, now=office.now, confirmed=confirmed, **more)


def withdraw(office: Office, key: str, by: str = "Ana") -> Kept:
    with office.tracker.transaction() as session:
        actor, found = office.actor(by), office.contract("L-1").id
        return withdraw_amendment(session, actor, found, key, now=office.now, confirmed=True)


def correct(office: Office, key: str, wanted: Supplement) -> Kept:
    with office.tracker.transaction() as session:
        actor, found = office.actor("Ana"), office.contract("L-1").id
        return correct_amendment(session, actor, found, key, wanted, now=office.now, confirmed=True)


def written(office: Office) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(session.merge(office.contract("L-1")))


def rent(office: Office) -> dict[str, str]:
    return {key: day for key, day in office.standing("L-1").items() if key in ("rent/2", "rent/3", "rent/4")}


def test_an_amendment_governs_what_begins_under_it(office: Office) -> None:
    office.register(LEASE)
    kept = record(office, lease(LATER, VISITS), supplement("2026-08-01", signed="2026-02-20"))
    assert set(kept.deadlines.moved) == {f"rent/{n}" for n in range(4, 9)}
    assert rent(office) == {"rent/2": "2026-07-10", "rent/3": "2026-10-10", "rent/4": "2027-01-15"}
    assert [item["before"]["obligations"] for item in written(office)["amendments"]] == [[RENT, VISITS]]


def test_what_was_done_before_an_amendment_stays_done(office: Office) -> None:
    office.register(LEASE)
    office.turn_to("2026-05-20")
    office.complete("L-1", "visits/1", "2026-03-30")
    record(office, lease(RENT, {**VISITS, "every": "1 month"}), supplement("2026-05-15"))
    rows = office.deadlines("L-1")
    assert (rows["visits/1"].state, len(rows["visits/1"].completions)) == (State.DONE, 1)
    assert rows["visits/3"].state is State.WITHDRAWN
    assert str(rows["visits/amendment-1.1"].legal) == "2026-06-14"


def test_calendars_hear_nothing_of_what_an_amendment_leaves_alone(office: Office) -> None:
    office.register(LEASE)
    before = {key: row.sequence for key, row in office.deadlines("L-1").items()}
    record(office, lease(LATER, VISITS), supplement("2026-08-01"))
    after = {key: row.sequence for key, row in office.deadlines("L-1").items()}
    assert {key for key in before if after[key] != before[key]} == {f"rent/{n}" for n in range(1, 9)}


def test_what_the_history_says_of_an_amendment(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-08-01", title="Later rent", note="By letter"), by="Ben")
    event = office.events()[-1]
    assert (event.event, event.actor_id) == ("amendment-recorded", office.actor("Ben").person_id)
    assert event.details["amendment"] == {
        "key": "amendment-1",
        "title": "Later rent",
        "signed": "2026-08-01",
        "effective": "2026-08-01",
        "note": "By letter",
    }


def test_recording_an_amendment_may_record_that_it_was_signed(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-08-01", signed="2026-02-20"), as_fact=True)
    told = [(fact.key, str(fact.day), fact.subject) for fact in office.contract("L-1").facts]
    assert told == [("contract_change_signed-1", "2026-02-20", "Supplement")]


def test_effect_before_the_signature_is_lawful_and_warned_about(office: Office) -> None:
    office.register(LEASE)
    early = supplement("2026-01-15", signed="2026-02-20")
    with pytest.raises(Odd) as found:
        record(office, lease(LATER, VISITS), early, confirmed=False)
    assert [problem.place for problem in found.value.problems] == ["amendments[0].effective"]
    record(office, lease(LATER, VISITS), early)
    assert rent(office)["rent/2"] == "2026-07-15"


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (supplement("2026-05-01"), "amendments[0].signed"),  # still to come on 2 March
        (supplement("2026-03-02", signed="2025-11-01"), "amendments[0].signed"),  # the contract is of December
        (supplement("2028-01-01", signed="2026-03-01"), "amendments[0].effective"),  # it has ended by then
    ],
)
def test_other_odd_days_of_an_amendment_are_pointed_out(office: Office, wanted: Supplement, place: str) -> None:
    signed = [{"kind": "signed", "day": "2025-12-15"}]
    office.register({**LEASE, "facts": signed})
    with pytest.raises(Odd) as found:
        record(office, lease(LATER, VISITS, facts=signed), wanted, confirmed=False)
    assert [problem.place for problem in found.value.problems] == [place]


def test_an_amendment_that_cannot_be_read_changes_nothing(office: Office) -> None:
    office.register(LEASE)
    before = written(office)
    for document, wanted in (
        (lease({**RENT, "due": "someday"}), supplement("2026-08-01")),
        (lease(LATER), supplement("2026-08-01", title="")),
        (lease(LATER), supplement("2026-08-01", paper="paper-9")),
    ):
        with pytest.raises(Refused):
            record(office, document, wanted)
    assert written(office) == before


def test_amendments_recorded_out_of_order_say_the_same(office: Office) -> None:
    """The second of two is recorded first; the first is then written on the terms of its own day."""
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-08-01", signed="2026-02-20"))
    first = supplement("2026-04-01", signed="2026-02-01")
    with office.tracker.reading() as session:
        stored = session.merge(office.contract("L-1"))
        shown = document_to_amend(stored, first.effective, first.signed)
        assert is_based_on(stored, shown, first)
        assert not is_based_on(stored, document_of(stored), first)
    assert shown["obligations"] == [RENT, VISITS]
    record(office, {**shown, "obligations": [RENT, {**VISITS, "every": "1 month"}]}, first)
    assert rent(office) == {"rent/2": "2026-07-10", "rent/3": "2026-10-10", "rent/4": "2027-01-15"}
    found = written(office)
    assert [item["key"] for item in found["amendments"]] == ["amendment-2", "amendment-1"]
    assert [item["before"]["obligations"] for item in found["amendments"]] == [
        [RENT, VISITS],
        [RENT, {**VISITS, "every": "1 month"}],
    ]
    assert found["obligations"] == [LATER, {**VISITS, "every": "1 month"}]


def test_a_correction_of_what_no_amendment_touched_was_so_all_along(office: Office) -> None:
    """The contract says twelve days for every invoice; ten was a slip of the pen. The amendment was about visits."""
    office.register(LEASE)
    monthly = {**VISITS, "every": "1 month"}
    record(office, lease(RENT, monthly), supplement("2026-08-01"))
    office.amend("L-1", lease({**RENT, "due": "12 days after period_end"}, monthly))
    assert rent(office) == {"rent/2": "2026-07-12", "rent/3": "2026-10-12", "rent/4": "2027-01-12"}


def test_a_correction_of_what_an_amendment_changed_holds_from_the_amendment_on(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-08-01"))
    office.amend("L-1", lease({**RENT, "due": "20 days after period_end"}, VISITS))
    assert rent(office) == {"rent/2": "2026-07-10", "rent/3": "2026-10-10", "rent/4": "2027-01-20"}


def test_an_amendment_taken_back_was_never_agreed(office: Office) -> None:
    office.register(LEASE)
    before, stood = written(office), office.standing("L-1")
    record(office, lease(LATER, {**VISITS, "every": "1 month"}), supplement("2026-05-01"))
    withdraw(office, "amendment-1")
    assert (written(office), office.standing("L-1")) == (before, stood)
    event = office.events()[-1]
    assert event.event == "amendment-withdrawn"
    assert event.details["before"]["terms"]["obligations"] == [LATER, {**VISITS, "every": "1 month"}], "nothing is lost"
    record(office, lease(LATER, VISITS), supplement("2026-05-01"))
    assert written(office)["amendments"][0]["key"] == "amendment-2", "its name is told from the one taken back"


def test_of_two_amendments_the_earlier_may_be_taken_back(office: Office) -> None:
    office.register(LEASE)
    monthly = {**VISITS, "every": "1 month"}
    record(office, lease(RENT, monthly), supplement("2026-04-01"))
    record(office, lease(LATER, monthly), supplement("2026-08-01"))
    withdraw(office, "amendment-1")
    found = written(office)
    assert found["obligations"] == [LATER, VISITS]
    assert [item["before"]["obligations"] for item in found["amendments"]] == [[RENT, VISITS]]


def test_the_day_of_an_amendment_put_right_moves_what_follows(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-08-01"))
    correct(office, "amendment-1", supplement("2026-07-01", title="Later rent"))
    assert rent(office) == {"rent/2": "2026-07-10", "rent/3": "2026-10-15", "rent/4": "2027-01-15"}
    told = written(office)["amendments"][0]
    assert (told["key"], told["title"], told["effective"]) == ("amendment-1", "Later rent", "2026-07-01")
    assert office.events()[-1].details["before"]["effective"] == "2026-08-01"


def test_an_amendment_moved_behind_another_keeps_what_it_changed(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-04-01"))
    twenty = {**RENT, "due": "20 days after period_end"}
    record(office, lease(twenty, VISITS), supplement("2026-07-01"))
    correct(office, "amendment-1", supplement("2026-10-01"))
    assert rent(office) == {"rent/2": "2026-07-10", "rent/3": "2026-10-20", "rent/4": "2027-01-15"}


def test_a_document_that_was_read_before_somebody_saved_is_stale(office: Office) -> None:
    office.register(LEASE)
    with pytest.raises(Stale):
        record(office, lease(LATER, VISITS), supplement("2026-08-01"), revision=0)


def test_who_may_amend(office: Office) -> None:
    office.register({**LEASE, "access": {"only": ["ben@acme.example", "vic@acme.example"]}})
    with pytest.raises(Missing):
        record(office, lease(LATER), supplement("2026-08-01"), by="Cleo")
    with pytest.raises(Forbidden):
        record(office, lease(LATER), supplement("2026-08-01"), by="Vic")
    record(office, lease(LATER), supplement("2026-08-01"), by="Ben")
    with pytest.raises(Missing):
        withdraw(office, "amendment-1", by="Cleo")
    with pytest.raises(Missing):
        withdraw(office, "amendment-7", by="Ben")


# -------------------------------------------------------------------------------- files


def three_times_amended(office: Office) -> None:
    office.register(LEASE)
    record(office, lease(LATER, VISITS), supplement("2026-04-01", note="Two\nlines"))
    record(office, lease(LATER, {**VISITS, "every": "1 month"}), supplement("2026-08-01", title="补充协议"))
    record(office, lease(LATER, term={"length": "3 years"}), supplement("2026-10-01", signed="2026-09-15"))


def test_three_amendments_go_out_and_come_in_as_they_were(office: Office) -> None:
    three_times_amended(office)
    out, stood = written(office), office.standing("L-1")
    assert not office.import_document(out).changed, "the same again changes nothing"
    office.import_document({**out, "number": "L-2", "id": "copy"})
    assert office.standing("L-2") == stood
    with office.tracker.reading() as session:
        again = document_of(session.merge(office.contract("L-2")))
    assert {**again, "number": "L-1", "id": out["id"]} == out


def test_a_file_that_says_nothing_of_amendments_takes_none_away(office: Office) -> None:
    three_times_amended(office)
    out, stood = written(office), office.standing("L-1")
    del out["amendments"]
    assert not office.import_document(out).changed
    assert office.standing("L-1") == stood


def test_thirty_amendments_take_no_more_statements_than_one(office: Office) -> None:
    office.register(LEASE)
    out = written(office)
    counts = []
    for number in (1, 30):
        amendments = [
            {"title": "Nothing", "signed": "2026-02-01", "effective": f"2026-03-{n:02}", "before": out}
            for n in range(1, number + 1)
        ]
        terms = ("title", "parties", "law", "effect", "term", "obligations")
        for one in amendments:
            one["before"] = {name: out[name] for name in terms}
        office.import_document({**out, "amendments": amendments})
        with asked_of(office.tracker.database.engine) as asked:
            office.fact("L-1", "complaint_received", "2026-03-01")
        counts.append(sum("FROM amendment" in question.statement for question in asked))
    assert counts[0] == counts[1]
