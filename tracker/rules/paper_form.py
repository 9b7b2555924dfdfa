"""Documents on file as plain data: read from the fields people write."""

import re
from collections import Counter
from dataclasses import dataclass

from tracker.rules.papers import Paper, PaperKind
from tracker.rules.problems import N_, Unfit
from tracker.rules.section import Section, choice, day, handle, line

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A document on file with what people say about it; its files are named by content hash and travel beside."""

    paper: Paper
    title: str
    note: str
    versions: tuple[tuple[str, str], ...]
    """Pairs of SHA-256 and file name, the oldest first."""


def read_papers(top: Section) -> tuple[PaperDraft, ...]:
    """The documents on file that a contract document names; one without a key is named by its kind and its place."""
    seen: Counter[str] = Counter()
    found: dict[str, PaperDraft] = {}
    for part in top.sections("papers"):
        kind = str(part.data.get("kind", ""))
        seen[kind] += 1
        draft = _paper(part, f"{kind}-{seen[kind]}")
        if draft and draft.paper.key in found:
            part.fault("key", N_("Two documents have the key “%(key)s”."), key=draft.paper.key)
        if draft:
            found[draft.paper.key] = draft
    return tuple(found.values())


def _paper(section: Section, key: str) -> PaperDraft | None:
    kind, on = section.need("kind", lambda value: choice(value, PaperKind)), section.need("day", day)
    key, fact = section.read("key", handle(70)) or key, section.read("fact", handle(80)) or ""
    title, note = section.text("title"), section.prose("note")
    versions = tuple(version for part in section.sections("versions") if (version := _version(part)))
    if not versions and not note and not section.raw("versions"):
        section.fault("versions", N_("Give a file, or say in the note where the document lies."))
    section.close()
    return PaperDraft(Paper(key, kind, on, fact), title, note, versions) if kind and on else None


def _version(section: Section) -> tuple[str, str] | None:
    sha256, name = section.need("sha256", _content_hash), section.need("name", line)
    section.close()
    return (sha256, name) if sha256 and name else None


def _content_hash(value: object) -> str:
    text = line(value).lower()
    if not _SHA256.fullmatch(text):
        raise Unfit(N_("Write a SHA-256: 64 hexadecimal digits."))
    return text
