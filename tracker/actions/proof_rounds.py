"""Letters about proof: what they are about, whether that still stands, and what they say.

They speak of one completion. Their due revision is 0, which no deadline has: they are no reminders of its day.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.actions.letter_facts import one_line
from tracker.ports.clock import day_in
from tracker.records.deadlines import Completion, Deadline, State
from tracker.records.letters import Letter
from tracker.render.names import called
from tracker.render.proof_letter import Asking, ProofNote
from tracker.render.texts import Texts

EVIDENCE_WANTED, REVIEW_WANTED, REJECTED = PROOF = "evidence wanted", "review wanted", "proof rejected"
"""Purposes of letters about proof."""
SETTLED = "settled meanwhile"
ABOUT_NO_DAY = 0
"""Due revision of a letter that is not about the day of its deadline."""
_STATES = {EVIDENCE_WANTED: State.EVIDENCE_PENDING, REVIEW_WANTED: State.IN_REVIEW, REJECTED: State.OPEN}
_ASKING = {EVIDENCE_WANTED: Asking.SHOW, REVIEW_WANTED: Asking.JUDGE, REJECTED: Asking.AGAIN}


def why_over(letter: Letter) -> str:
    """Why there is nothing left to ask for; empty while there is."""
    deadline = letter.deadline
    if deadline is None or deadline.state is State.WITHDRAWN:
        return State.WITHDRAWN.value
    last = deadline.completions[-1] if deadline.completions else None
    stands = last is not None and last.id == letter.facts["completion"]
    return "" if stands and deadline.state is _STATES[letter.purpose] else SETTLED


def proof_facts(deadline: Deadline, completion: Completion, purpose: str, *, own: bool) -> dict[str, Any]:
    """What a letter says, as JSON takes it; `proof_note` reads it back."""
    rejected = purpose == REJECTED
    since = completion.reviewed_at if rejected else None
    judge = completion.reviewed_by if rejected else None
    return {
        "completion": completion.id,
        "contract_number": one_line(deadline.contract.number),
        "contract_title": one_line(deadline.contract.title),
        "code": deadline.code,
        "title": one_line(deadline.title),
        "occurrence": deadline.occurrence,
        "subject": one_line(deadline.subject),
        "done_on": completion.done_on.isoformat(),
        "since": day_in(deadline.contract.zone, since or completion.recorded_at).isoformat(),
        "by": one_line(completion.by.name) if completion.by else "",
        "note": one_line(completion.note),
        "judge": one_line(judge.name) if judge else "",
        "missing": one_line(completion.review_note) if rejected else "",
        "action_day": deadline.action_day.isoformat() if rejected and deadline.action_day else "",
        "own": own,
    }


def proof_note(purpose: str, facts: Mapping[str, Any], words: Texts, link: str) -> ProofNote:
    """The letter in its reader's language."""
    plain = ("contract_number", "contract_title", "by", "note", "judge", "missing", "own")
    return ProofNote(
        asking=_ASKING[purpose],
        what=one_line(called(facts["code"], facts["title"], facts["occurrence"], facts["subject"], words)),
        done_on=date.fromisoformat(facts["done_on"]),
        since=date.fromisoformat(facts["since"]),
        action_day=date.fromisoformat(facts["action_day"]) if facts["action_day"] else None,
        link=link,
        **{name: facts[name] for name in plain},
    )
