"""Documents and evidence on disk: each file once, under its own SHA-256, readable only by the product."""

import hashlib
import os
import tempfile
from pathlib import Path


class Files:
    """A content-addressed store below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store `data` durably and return its SHA-256; storing it again changes nothing."""
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        if not target.exists():
            _write_durably(target, data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes stored under `digest`. Raises FileNotFoundError when they are not there."""
        return self.path(digest).read_bytes()

    def path(self, digest: str) -> Path:
        """Where `digest` is kept. Raises ValueError for anything that is not a SHA-256 in hexadecimal."""
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError("not a content hash")
        return self.folder / digest[:2] / digest


def _write_durably(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(target)
