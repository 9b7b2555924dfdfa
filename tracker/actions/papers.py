"""Documents of a contract: put on file by kind, in versions, put right, taken away."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import the_contract
from tracker.actions.actor import Actor
from tracker.actions.errors import Missing, Refused
from tracker.actions.evidence import Upload, must_be_fit
from tracker.actions.file_names import safe_name
from tracker.actions.file_types import media_type_of
from tracker.actions.known_files import Known
from tracker.actions.paper_rows import version_of
from tracker.actions.remember import remember
from tracker.actions.reschedule import Changes, reschedule
from tracker.ports.clock import day_in
from tracker.ports.files import Files
from tracker.records.contracts import Contract, Paper, PaperVersion
from tracker.records.history import History
from tracker.rules.papers import PaperKind
from tracker.rules.problems import N_, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is said of a document: `day` it came on file, `fact` the key of the one it shows."""

    kind: PaperKind
    day: date
    title: str = ""
    fact: str = ""
    note: str = ""


def put_on_file(
    session: Session,
    actor: Actor,
    contract_id: int,
    filed: Filed,
    upload: Upload | None,
    *,
    files: Files,
    now: datetime,
) -> tuple[Paper, Changes]:
    """Put a document on file; without an `upload` its note says where it lies. The very same once more stays one.

    Raises Missing, Forbidden, and Refused with every problem.
    """
    contract = the_contract(session, actor, contract_id, to_change=True)
    _must_be_usable(contract, filed, upload, day_in(contract.zone, now), has_file=upload is not None)
    file = _kept(files, upload) if upload else None
    if earlier := _the_same(contract, filed, file):
        return earlier, Changes()
    paper = Paper(key=_new_key(session, contract, filed.kind), versions=[])
    contract.papers.append(paper)
    _say(paper, filed)
    if file:
        version_of(paper, file, actor, now)
    _remember(session, actor, contract, paper, "paper-filed", now)
    return paper, _recompute(session, contract, now)


def add_version(
    session: Session, actor: Actor, contract_id: int, key: str, upload: Upload, *, files: Files, now: datetime
) -> PaperVersion:
    """Put a newer version of a document on file; the older ones stay. The newest once more stays one.

    Raises Missing, Forbidden, and Refused with every problem.
    """
    contract = the_contract(session, actor, contract_id, to_change=True)
    paper = _paper(contract, key)
    must_be_fit([upload])
    file = _kept(files, upload)
    if paper.versions and paper.versions[-1].sha256 == file.sha256:
        return paper.versions[-1]
    version = version_of(paper, file, actor, now)
    _remember(session, actor, contract, paper, "paper-version-added", now, version=version.number, sha256=file.sha256)
    return version


def correct_paper(
    session: Session, actor: Actor, contract_id: int, key: str, filed: Filed, *, now: datetime
) -> tuple[Paper, Changes]:
    """Put right what is said of a document; its files stay. Raises Missing, Forbidden, Refused."""
    contract = the_contract(session, actor, contract_id, to_change=True)
    paper = _paper(contract, key)
    _must_be_usable(contract, filed, None, day_in(contract.zone, now), has_file=bool(paper.versions))
    before = _told(paper)
    _say(paper, filed)
    _remember(session, actor, contract, paper, "paper-corrected", now, before=before)
    return paper, _recompute(session, contract, now)


def remove_paper(session: Session, actor: Actor, contract_id: int, key: str, *, reason: str, now: datetime) -> Changes:
    """Take a document away; the history keeps which it was, and why. What it had settled stands open again.

    Raises Missing, Forbidden, Refused.
    """
    contract = the_contract(session, actor, contract_id, to_change=True)
    paper = _paper(contract, key)
    if not reason.strip():
        raise Refused([Problem("reason", N_("Say why."))])
    resting = next((one for one in contract.amendments if one.paper_key == key), None)
    if resting is not None:
        text = N_("The amendment “%(title)s” rests on this document; name another one there first.")
        raise Refused([Problem("reason", text, {"title": resting.title})])
    _remember(session, actor, contract, paper, "paper-removed", now, reason=reason.strip())
    contract.papers.remove(paper)
    return _recompute(session, contract, now)


def the_paper(session: Session, actor: Actor, contract_id: int, key: str) -> Paper:
    """A document of a contract the actor may see. Raises Missing."""
    return _paper(the_contract(session, actor, contract_id), key)


def the_version(session: Session, actor: Actor, contract_id: int, key: str, number: int) -> PaperVersion:
    """One file of a document. Raises Missing."""
    paper = the_paper(session, actor, contract_id, key)
    version = next((one for one in paper.versions if one.number == number), None)
    if version is None:
        raise Missing
    return version


# -------------------------------------------------------------------- helpers


def _paper(contract: Contract, key: str) -> Paper:
    paper = next((one for one in contract.papers if one.key == key), None)
    if paper is None:
        raise Missing
    return paper


def _must_be_usable(contract: Contract, filed: Filed, upload: Upload | None, today: date, *, has_file: bool) -> None:
    """Refuse, with every problem at once, what cannot be put on file so."""
    problems = []
    if filed.day > today:
        problems.append(Problem("day", N_("This day is still to come.")))
    if filed.fact and filed.fact not in {fact.key for fact in contract.facts}:
        problems.append(Problem("fact", N_("There is no fact “%(key)s”."), {"key": filed.fact}))
    if not has_file and not filed.note.strip():
        problems.append(Problem("files", N_("Give a file, or say in the note where the document lies.")))
    try:
        must_be_fit([upload] if upload else [])
    except Refused as refusal:
        problems += refusal.problems
    if problems:
        raise Refused(problems)


def _kept(files: Files, upload: Upload) -> Known:
    """The file, stored."""
    return Known(files.put(upload.data), safe_name(upload.name), media_type_of(upload.name), len(upload.data))


def _the_same(contract: Contract, filed: Filed, file: Known | None) -> Paper | None:
    """The document on file of which exactly this is said, with exactly this content."""
    content = [file.sha256] if file else []
    said = (filed.kind, filed.day, filed.title.strip(), filed.fact, filed.note.strip())
    for paper in contract.papers:
        stands = (paper.kind, paper.day, paper.title, paper.fact_key, paper.note)
        if stands == said and [version.sha256 for version in paper.versions] == content:
            return paper
    return None


def _new_key(session: Session, contract: Contract, kind: PaperKind) -> str:
    """A name that no document of this contract has or had: an older file of the contract may still name that one."""
    removed = select(History.details).where(History.contract_id == contract.id, History.event == "paper-removed")
    taken = {paper.key for paper in contract.papers}
    taken |= {details["paper"]["key"] for details in session.scalars(removed)}
    number = 1 + sum(paper.kind is kind for paper in contract.papers)
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def _say(paper: Paper, filed: Filed) -> None:
    paper.kind, paper.day, paper.title = filed.kind, filed.day, filed.title.strip()
    paper.fact_key, paper.note = filed.fact, filed.note.strip()


def _told(paper: Paper) -> dict[str, object]:
    """The document as the history keeps it."""
    return {
        "key": paper.key,
        "kind": paper.kind.value,
        "title": paper.title,
        "day": paper.day.isoformat(),
        "fact": paper.fact_key,
        "files": [{"sha256": version.sha256, "name": version.name} for version in paper.versions],
    }


def _remember(
    session: Session, actor: Actor, contract: Contract, paper: Paper, event: str, now: datetime, **more: object
) -> None:
    contract.changed_at = now
    entry = remember(session, actor, now, event, contract_id=contract.id, paper=_told(paper))
    entry.details = {**entry.details, **more}


def _recompute(session: Session, contract: Contract, now: datetime) -> Changes:
    session.flush()
    changes = reschedule(session, contract, now=now)
    session.flush()
    return changes
