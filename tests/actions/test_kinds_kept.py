"""Contracts made by their kind, kept in the database, opened in the form again, changed."""

from typing import Any

from sqlalchemy import select

from tests.rules.kind_desk import KINDS, Document, filled, paper
from tests.support.office import Office
from tracker.actions.documents import document_of
from tracker.records.contracts import Contract
from tracker.rules.kind_fill import fill, values_of
from tracker.rules.kinds import Kind


def written(kind: Kind) -> Document:
    return {**filled(kind, paper(kind, facts={"signed": "2026-03-02"})), "number": kind.code}


def kept(office: Office, number: str) -> dict[str, Any]:
    with office.tracker.reading() as session:
        return document_of(session.scalars(select(Contract).where(Contract.number == number)).one())


def test_what_is_kept_opens_in_the_form_as_it_was_filled_in(office: Office) -> None:
    for kind in KINDS.values():
        office.register(written(kind))
        document = kept(office, kind.code)
        answers = values_of(kind, document)
        assert answers == values_of(kind, written(kind)), kind.code
        again, problems = fill(kind, answers.values, document)
        assert again is not None, problems
        assert office.amend(kind.code, again).changed is False


def test_a_blank_emptied_in_the_form_withdraws_its_deadlines_and_a_new_number_moves_them(office: Office) -> None:
    kind = KINDS["customer-service"]
    office.register(written(kind))
    document = kept(office, kind.code)
    values = {**values_of(kind, document).values, "visit_every": "", "payment_time": "20 days"}
    changed, problems = fill(kind, values, document)
    assert changed is not None, problems
    before = office.standing(kind.code)
    office.amend(kind.code, changed)
    after = office.standing(kind.code)
    assert {key.partition("/")[0] for key in before.keys() - after.keys()} == {"follow-up-visit"}
    assert {key for key in after if after[key] != before[key]} == {"payment/1"}
