"""Files that are handed in: checked by their content, kept under their hash, named safely."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.actions.errors import Refused
from tracker.actions.file_names import ending_of, safe_name
from tracker.actions.file_types import TYPES, is_what_it_says, media_type_of
from tracker.ports.files import Files
from tracker.records.deadlines import Evidence
from tracker.rules.problems import N_, Problem

LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in."""

    name: str
    data: bytes


def keep(files: Files, uploads: list[Upload], now: datetime) -> list[Evidence]:
    """Store every file and return its row. Raises Refused with every problem before anything is stored."""
    must_be_fit(uploads)
    return [row_of(files.put(upload.data), upload, now) for upload in uploads]


def must_be_fit(uploads: Sequence[Upload]) -> None:
    """Raises Refused with every problem of every file."""
    problems = [problem for upload in uploads if (problem := check(upload))]
    if len(uploads) > MOST_FILES:
        problems.append(Problem("files", N_("At most %(most)s files at once."), {"most": MOST_FILES}))
    if problems:
        raise Refused(problems)


def row_of(sha256: str, upload: Upload, now: datetime) -> Evidence:
    """The row of a checked file."""
    return Evidence(
        sha256=sha256,
        name=safe_name(upload.name),
        media_type=media_type_of(upload.name),
        size=len(upload.data),
        added_at=now,
    )


def check(upload: Upload) -> Problem | None:
    """Why the file cannot be kept, if it cannot."""
    name = {"name": safe_name(upload.name)}
    if not upload.data:
        return Problem("files", N_("%(name)s is empty."), name)
    if len(upload.data) > LARGEST:
        return too_large(upload.name)
    if ending_of(upload.name) not in TYPES:
        known = ", ".join(sorted(TYPES))
        return Problem("files", N_("%(name)s cannot be kept; bring one of: %(known)s."), {**name, "known": known})
    if not is_what_it_says(upload.name, upload.data):
        return Problem("files", N_("%(name)s is not the kind of file its name says."), name)
    return None


def too_large(name: str) -> Problem:
    """That a file has more bytes than may be kept."""
    return Problem("files", N_("%(name)s is too large: at most 25 MB."), {"name": safe_name(name)})
