"""Files that a document names by their content hash: those that came with it, or are kept already."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions.access import visible
from tracker.actions.actor import Actor
from tracker.actions.evidence import Upload, check
from tracker.actions.file_names import ending_of, safe_name
from tracker.actions.file_types import TYPES, media_type_of
from tracker.records.contracts import Paper, PaperVersion
from tracker.records.deadlines import Completion, Deadline, Evidence
from tracker.rules.problems import N_, Problem

Uploads = Mapping[str, Upload]
"""Files by content hash, as they came with the document."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file that may be referred to."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Where an actor's document finds its files. Knowing a hash is no leave to read the file: it must lie in a contract
    the actor may see, or have come with the document."""

    session: Session
    actor: Actor
    uploads: Uploads

    def problem(self, place: str, sha256: str, name: str) -> Problem | None:
        """Why the file cannot be kept under this name, if it cannot."""
        if sha256 in self.uploads:
            problem = check(Upload(name, self.uploads[sha256].data))
            return problem and Problem(place, problem.text, problem.values)
        kept = self._kept(sha256)
        if kept is None:
            text = N_("%(name)s is not in this file; import the .zip bundle that holds it.")
            return Problem(place, text, {"name": safe_name(name)})
        if TYPES.get(ending_of(name)) != kept[0]:
            return Problem(place, N_("%(name)s is not the kind of file its name says."), {"name": safe_name(name)})
        return None

    def get(self, sha256: str, name: str) -> Known:
        """The file, once it is known to have no problem."""
        if sha256 in self.uploads:
            return Known(sha256, safe_name(name), media_type_of(name), len(self.uploads[sha256].data))
        kept = self._kept(sha256)
        assert kept is not None
        return Known(sha256, safe_name(name), *kept)

    def _kept(self, sha256: str) -> tuple[str, int] | None:
        """Media type and size of a file kept in a contract that the actor may see."""
        evidence = select(Evidence.media_type, Evidence.size).where(Evidence.sha256 == sha256)
        evidence = evidence.join(Evidence.completion).join(Completion.deadline).join(Deadline.contract)
        papers = select(PaperVersion.media_type, PaperVersion.size).where(PaperVersion.sha256 == sha256)
        papers = papers.join(PaperVersion.paper).join(Paper.contract)
        for query in (evidence, papers):
            if found := self.session.execute(query.where(visible(self.actor)).limit(1)).first():
                return found.media_type, found.size
        return None
