"""The page that a letter's link opens: it asks, without sign-in, and only what is sent from it changes anything."""

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.actions.access import may_sign_in
from tracker.actions.answer_links import Question, answer_by_link, question_of
from tracker.actions.complete import standing
from tracker.actions.errors import Refused
from tracker.actions.links import DeadLink, Reason
from tracker.actions.tokens import digest
from tracker.render.texts import N_, texts
from web.answers import said_in
from web.context import now, tracker
from web.forms import Form
from web.language import chosen
from web.letter_doors import dead_link, guarded
from web.security import LINK_TRIES, signed, throttle

screen = Blueprint("answer", __name__)

_ADVICE = {
    Reason.EXPIRED: N_(
        "It is too old to be answered by letter. If you have a password here, sign in to record what was done; if not, "
        "tell whoever looks after the contract."
    ),
    Reason.CLOSED: N_("The contract is not open to you now. If you think it should be, ask your administrator."),
    Reason.MOVED: N_(
        "The day has changed since it was written. Answer the newer letter, or sign in to see how it stands now, if "
        "you have a password here."
    ),
}


@screen.get("/answer/<token>")
@signed
def ask(token: str) -> Response:
    """What may be answered, and what has been."""
    throttle(LINK_TRIES, "answer", digest(token))
    return _asked(token, Form())


@screen.post("/answer/<token>")
@signed
def take(token: str) -> AnyResponse:
    """Take one answer; sending it twice changes nothing more."""
    throttle(LINK_TRIES, "answer", digest(token))
    form = Form(request.form)
    said = said_in(form)
    try:
        if said is None or form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            answer_by_link(session, _secret(), token, said, files=tracker().files, now=now())
    except DeadLink as dead:
        return dead_link(dead.reason, _ADVICE)
    except Refused as refusal:
        form.add(refusal.problems)
        return _asked(token, form, 422)
    return guarded(redirect(url_for("answer.ask", token=token), 303))


def _asked(token: str, form: Form, status: int = 200) -> Response:
    try:
        with tracker().reading() as session:
            question = question_of(session, _secret(), token, now=now())
            g.words = texts(chosen(question.person.language))
            page = _page(question, form)
    except DeadLink as dead:
        return dead_link(dead.reason, _ADVICE)
    return guarded(make_response(page, status))


def _page(question: Question, form: Form) -> str:
    form.typed.setdefault("done_on", question.today.isoformat())
    return render_template(
        "answer.html",
        question=question,
        deadline=question.deadline,
        completion=standing(question.deadline),
        answer=question.answer,
        inside=may_sign_in(question.person),
        form=form,
        ways=[way.value for way in question.ways],
    )


def _secret() -> str:
    return tracker().settings.secret_key
