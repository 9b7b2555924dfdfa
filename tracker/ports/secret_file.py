"""Private files and folders: made readable by their owner alone, or not at all."""

import os
import secrets
from pathlib import Path


def make_private_folder(folder: Path) -> Path:
    """Create `folder` (mode 0700) with its parents, or tighten it if it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a new file of mode 0600 in one step; an existing file is replaced."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_or_make_secret(path: Path) -> str:
    """The secret kept at `path`; made once, by whichever process comes first."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
