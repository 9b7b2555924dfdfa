"""Between the documents of a contract as rows, as values of the schedule, and as a section of the contract document."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.actions.actor import Actor
from tracker.actions.errors import Refused
from tracker.actions.known_files import Known, KnownFiles, Uploads
from tracker.ports.clock import day_in
from tracker.records.contracts import Contract, Paper, PaperVersion
from tracker.rules.paper_form import PaperDraft
from tracker.rules.papers import Paper as PaperValue
from tracker.rules.problems import N_, Problem


def paper_values(papers: list[Paper]) -> tuple[PaperValue, ...]:
    """The documents the schedule looks at."""
    return tuple(PaperValue(paper.key, paper.kind, paper.day, paper.fact_key) for paper in papers)


def papers_section(contract: Contract) -> list[dict[str, Any]]:
    """The documents on file as the contract document has them; a fact that was taken back is no longer named."""
    facts = {fact.key for fact in contract.facts}
    return [
        {
            "key": paper.key,
            "kind": paper.kind.value,
            "title": paper.title,
            "day": paper.day,
            "fact": paper.fact_key if paper.fact_key in facts else "",
            "note": paper.note,
            "versions": [{"sha256": version.sha256, "name": version.name} for version in paper.versions],
        }
        for paper in contract.papers
    ]


def apply_papers(
    session: Session,
    actor: Actor,
    contract: Contract,
    drafts: tuple[PaperDraft, ...],
    uploads: Uploads,
    now: datetime,
) -> bool:
    """Make the documents on file those that a contract document names; others stay, and so do versions it does not
    name. Whether anything differed. Raises Refused with every problem, such as each file that is not there.

    The content of `uploads` is checked here and stored by the caller.
    """
    entering = _Entering(contract, actor, KnownFiles(session, actor, uploads), now)
    problems = [problem for number, draft in enumerate(drafts) for problem in entering.problems(draft, number)]
    if problems:
        raise Refused(problems)
    differed = [entering.apply(draft) for draft in drafts]
    return any(differed)


def version_of(paper: Paper, file: Known, actor: Actor, now: datetime) -> PaperVersion:
    """One more version of a document."""
    version = PaperVersion(
        number=max((one.number for one in paper.versions), default=0) + 1,
        sha256=file.sha256,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        added_by_id=actor.person_id,
        added_at=now,
    )
    paper.versions.append(version)
    return version


class _Entering:
    """What entering the documents of one contract needs to know."""

    def __init__(self, contract: Contract, actor: Actor, files: KnownFiles, now: datetime) -> None:
        self.contract = contract
        self.actor = actor
        self.files = files
        self.now = now
        self.rows = {paper.key: paper for paper in contract.papers}
        self.facts = {fact.key for fact in contract.facts}

    def problems(self, draft: PaperDraft, position: int) -> list[Problem]:
        place, paper = f"papers[{position}]", draft.paper
        found = []
        if paper.day > day_in(self.contract.zone, self.now):
            found.append(Problem(f"{place}.day", N_("This day is still to come.")))
        if paper.fact and paper.fact not in self.facts:
            found.append(Problem(f"{place}.fact", N_("There is no fact “%(key)s”."), {"key": paper.fact}))
        for number, (sha256, name) in self._missing(draft):
            if problem := self.files.problem(f"{place}.versions[{number}]", sha256, name):
                found.append(problem)
        return found

    def apply(self, draft: PaperDraft) -> bool:
        value, row = draft.paper, self.rows.get(draft.paper.key)
        missing, changed = self._missing(draft), row is None
        if row is None:
            row = Paper(key=value.key, versions=[])
            self.contract.papers.append(row)
        given = {"kind": value.kind, "day": value.day, "fact_key": value.fact, "title": draft.title, "note": draft.note}
        for name, item in given.items():
            if getattr(row, name) != item:
                setattr(row, name, item)
                changed = True
        for _number, (sha256, name) in missing:
            version_of(row, self.files.get(sha256, name), self.actor, self.now)
            changed = True
        return changed

    def _missing(self, draft: PaperDraft) -> list[tuple[int, tuple[str, str]]]:
        """The versions that are not on file yet, by their place: the same content may come back later in the row."""
        row = self.rows.get(draft.paper.key)
        standing = iter([version.sha256 for version in row.versions] if row else [])
        return [(number, version) for number, version in enumerate(draft.versions) if version[0] not in standing]
