"""What becomes of a contract form that was sent: shown with the dates it moves, saved, or sent back with what is wrong.

The same for the form of every term and the one of a kind's blanks.
"""

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.actions.contracts import preview, register
from tracker.actions.errors import Odd, Refused, Stale
from tracker.actions.what_if import against_rows
from web.amending import wish
from web.context import _, actor, now, today, tracker
from web.contract_preview import Preview, fingerprint
from web.contract_sent import Read, Sent

Page = str | Response | tuple[str, int]


def save_new(sent: Sent) -> Page:
    """Record the contract; what is odd about it is shown first."""
    reading = sent.reading()
    reading.document["id"] = sent.form.value("id")
    confirmed = sent.form.value("confirmed") == fingerprint(reading.document)
    try:
        _must_be_usable(sent, reading)
        with tracker().transaction() as session:
            kept = register(session, actor(), reading.document, now=now(), confirmed=confirmed)
            contract_id = kept.contract.id
    except Odd as odd:
        return sent.page(odd=reading.problems(list(odd.problems)), confirm=fingerprint(reading.document)), 422
    except Refused as refusal:
        return _refused(sent, reading, refusal)
    flash(_("Recorded. These are the dates it brings."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def review(session: Session, sent: Sent) -> Page | None:
    """Before a change is saved: which deadlines move, and what is odd. None when it was shown, or there is nothing."""
    reading = sent.reading()
    wanted = wish(session, sent, reading)
    if sent.form.problems or sent.form.value("confirmed") == wanted.mark or sent.contract is None:
        return None
    computed, problems = preview(session, wanted.document, today())
    changes = against_rows(session, sent.contract, computed, wanted.document)
    if not problems and not changes:
        return None
    if not computed and problems:
        return None  # saving will refuse and say why
    return sent.page(odd=wanted.problems(reading, problems), changes=changes, confirm=wanted.mark)


def save_changed(sent: Sent, contract_id: int) -> Page:
    """Put what the form says in place of what the contract said, unless somebody has saved it meanwhile."""
    reading, wanted = sent.reading(), None
    revision = None if sent.form.ticked("anyway") else _number(sent.form.value("revision"))
    try:
        _must_be_usable(sent, reading)
        with tracker().transaction() as session:
            wanted = wish(session, sent, reading)
            _must_be_usable(sent, reading)
            wanted.save(session, contract_id, revision, sent.form.value("confirmed") == wanted.mark)
    except Odd as odd:
        assert wanted is not None
        return sent.page(odd=wanted.problems(reading, list(odd.problems)), confirm=wanted.mark), 422
    except Refused as refusal:
        return _refused(sent, reading, refusal)
    except Stale:
        return sent.page(stale=True), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id), 303)


def _must_be_usable(sent: Sent, reading: Read) -> None:
    """Refuse what the form itself could not read, together with everything else that is wrong."""
    if not sent.form.problems:
        return
    with tracker().reading() as session:
        computed, problems = preview(session, reading.document, today())
    told = {problem.place.partition(".due")[0] for problem in sent.form.problems}
    fields = reading.problems([] if computed else problems)
    sent.form.add(problem for problem in fields if problem.place.partition(".due")[0] not in told)
    raise Refused([])


def _refused(sent: Sent, reading: Read, refusal: Refused) -> Page:
    sent.form.add(reading.problems(list(refusal.problems)))
    return sent.page(), 422


def preview_of(sent: Sent) -> Preview:
    """The dates that what is typed would bring."""
    reading = sent.reading()
    if unready := sent.unready():
        return Preview((), unready)
    with tracker().reading() as session:
        wanted = wish(session, sent, reading)
        computed, problems = preview(session, sent.tried(dict(wanted.document)), today())
        changes = (
            against_rows(session, sent.contract, computed, wanted.document) if sent.contract and computed else None
        )
    return Preview(computed, wanted.problems(reading, problems), changes)


def _number(typed: str) -> int:
    """The revision the form was filled from; 0, which none is, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
