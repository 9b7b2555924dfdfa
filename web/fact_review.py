"""Looking before a fact is saved: which deadlines it would move, and what is odd about it."""

from dataclasses import dataclass

from flask import request

from tracker.actions.access import the_contract
from tracker.actions.facts import Happened, new_key, newly_odd
from tracker.actions.what_if import WhatIf, if_recorded
from tracker.rules.problems import Problem
from web.context import actor, now, tracker
from web.contract_preview import fingerprint
from web.forms import Form

_NOT_SAID = ("csrf_token", "confirmed", "do")


@dataclass(frozen=True, slots=True)
class Review:
    """What is shown before saving; `mark` names the fact as typed, so that what is confirmed is what was shown."""

    changes: WhatIf
    odd: tuple[Problem, ...]
    mark: str

    @property
    def status(self) -> int:
        return 422 if self.odd else 200


def is_confirmed(form: Form) -> bool:
    """Whether exactly this was shown before and is sent again."""
    return form.value("confirmed") == _mark(form)


def look_first(form: Form, contract_id: int, happened: Happened, key: str = "") -> Review | None:
    """What to look at before this fact is recorded, or put in place of the one named `key`. None where it was looked
    at already, or where nothing that stands now would move or go and nothing is odd. Raises Missing, Forbidden."""
    preview = request.form.get("do") == "preview"
    if is_confirmed(form) and not preview:
        return None
    with tracker().reading() as session:
        changes = if_recorded(session, actor(), contract_id, happened, now=now(), key=key)
        contract = the_contract(session, actor(), contract_id)
        name = key or new_key(session, contract, happened.kind)
        odd = newly_odd(session, contract, name, happened, now())
    if preview or odd or changes.disturbs:
        return Review(changes, tuple(odd), _mark(form))
    return None


def _mark(form: Form) -> str:
    return fingerprint({name: text for name, text in form.typed.items() if name not in _NOT_SAID})
