"""Files that prove something: checked by their content, kept under their hash, named safely."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

import puremagic

from tracker.actions.errors import Refused
from tracker.ports.files import Files
from tracker.records.deadlines import Evidence
from tracker.rules.problems import N_, Problem

LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""
MOST_FILES = 20
LONGEST_NAME = 150

TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".eml": "message/rfc822",
    ".txt": "text/plain",
}
"""What may be kept, by ending."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in."""

    name: str
    data: bytes


def keep(files: Files, uploads: list[Upload], now: datetime) -> list[Evidence]:
    """Store every file and return its row. Raises Refused with every problem before anything is stored."""
    problems = [problem for upload in uploads if (problem := check(upload))]
    if len(uploads) > MOST_FILES:
        problems.append(Problem("files", N_("At most %(most)s files at once."), {"most": MOST_FILES}))
    if problems:
        raise Refused(problems)
    return [row_of(files.put(upload.data), upload, now) for upload in uploads]


def row_of(sha256: str, upload: Upload, now: datetime) -> Evidence:
    """The row of a checked file."""
    return Evidence(
        sha256=sha256,
        name=safe_name(upload.name),
        media_type=TYPES[_ending(upload.name)],
        size=len(upload.data),
        added_at=now,
    )


def safe_name(name: str) -> str:
    """The file's own name without folders, control characters or anything a download could trip over."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(char for char in base if char.isprintable() and char not in '<>:"|?*').strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return (stem[: LONGEST_NAME - len(ending) - 1] + dot + ending) if dot else kept[:LONGEST_NAME] or "file"


def check(upload: Upload) -> Problem | None:
    """Why the file cannot be kept, if it cannot."""
    name = {"name": safe_name(upload.name)}
    if not upload.data:
        return Problem("files", N_("%(name)s is empty."), name)
    if len(upload.data) > LARGEST:
        return Problem("files", N_("%(name)s is too large: at most 25 MB."), name)
    if _ending(upload.name) not in TYPES:
        known = ", ".join(sorted(TYPES))
        return Problem("files", N_("%(name)s cannot be kept; bring one of: %(known)s."), {**name, "known": known})
    if not _is_what_it_says(upload):
        return Problem("files", N_("%(name)s is not the kind of file its name says."), name)
    return None


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()


def _is_what_it_says(upload: Upload) -> bool:
    ending = _ending(upload.name)
    if ending in (".txt", ".eml"):
        return _is_text(upload.data)
    try:
        # Not told the name: given one, it answers with the name's ending for whatever it does not recognise.
        found = {match.extension for match in puremagic.magic_string(upload.data)}
    except puremagic.PureError:
        return False
    return ending in found or (ending in (".jpg", ".jpeg") and bool(found & {".jpg", ".jpeg", ".jfif"}))


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
