"""Files that come with a form: taken off the wire without keeping more than may be kept, so that one that is far too
large is told at its field and nothing that was typed beside it is lost."""

from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Request, request
from werkzeug.datastructures import FileStorage

from tracker.actions.evidence import LARGEST, MOST_FILES, Upload, too_large
from tracker.rules.problems import N_
from web.forms import Form

LARGEST_IN_ALL = 50 * 1024 * 1024
"""Bytes of the files of one form, which are all in memory at once."""
_IN_MEMORY = 512 * 1024
FIELD = "files"


class Capped(SpooledTemporaryFile[bytes]):
    """A file of which one byte more is kept than may be: enough to tell that it is too large."""

    def __init__(self) -> None:
        super().__init__(max_size=_IN_MEMORY, mode="rb+")

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes is all that a form's parser writes
        room = LARGEST + 1 - self.tell()
        if room > 0:
            super().write(data[:room])
        return len(data)


class Incoming(Request):
    """A request whose files are capped."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return cast(IO[bytes], Capped())


def handed_in(form: Form) -> list[Upload]:
    """The files in the field “files”. Those whose size alone forbids to keep them become problems of that field, and
    none is read into memory then."""
    files = _chosen()
    sizes = [_size(file) for file in files]
    form.add(too_large(file.filename or "") for file, size in zip(files, sizes, strict=True) if size > LARGEST)
    if len(files) > MOST_FILES:
        form.refuse(FIELD, N_("At most %(most)s files at once."), most=MOST_FILES)
    if sum(sizes) > LARGEST_IN_ALL:
        form.refuse(FIELD, N_("These files are too large together: at most 50 MB at once."))
    return [] if FIELD in form.errors else [Upload(file.filename or "", file.stream.read()) for file in files]


def came_with_files() -> bool:
    """Whether any file was chosen; a browser forgets the choice when the form comes back."""
    return bool(_chosen())


def _chosen() -> list[FileStorage]:
    return [file for file in request.files.getlist(FIELD) if file.filename]


def _size(file: FileStorage) -> int:
    file.stream.seek(0, SEEK_END)
    size = file.stream.tell()
    file.stream.seek(0)
    return size
