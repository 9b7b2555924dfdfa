"""What was done about deadlines, as plain data: read from the fields people write."""

from dataclasses import dataclass
from datetime import date

from tracker.rules.section import Section, day, line, prose


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """That the proof was accepted: by whom, by address, and on which day."""

    by: str
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class CompletionDraft:
    """That a deadline was met; evidence is named by content hash and travels beside the document."""

    deadline: str
    done_on: date
    note: str
    link: str
    evidence: tuple[tuple[str, str], ...]
    """Pairs of SHA-256 and file name."""
    review: ReviewDraft | None = None


def read_completions(top: Section) -> tuple[CompletionDraft, ...]:
    """The completions of the document."""
    return tuple(item for part in top.sections("completions") if (item := _completion(part)))


def _completion(section: Section) -> CompletionDraft | None:
    deadline, done_on = section.need("deadline", line), section.need("done_on", day)
    note, link = section.read("note", prose) or "", section.text("link")
    evidence = tuple(
        (part.need("sha256", line) or "", part.need("name", line) or "") for part in section.sections("evidence")
    )
    review = _review(part) if (part := section.section("review")) else None
    section.close()
    return CompletionDraft(deadline, done_on, note, link, evidence, review) if deadline and done_on else None


def _review(section: Section) -> ReviewDraft | None:
    by, on, note = section.text("by"), section.need("day", day), section.read("note", prose) or ""
    section.close()
    return ReviewDraft(by, on, note) if on else None
