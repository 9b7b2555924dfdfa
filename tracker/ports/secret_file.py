"""Private files and folders: made readable by their owner alone, or not at all."""

import os
import secrets
import time
from pathlib import Path

_LOOKS, _PAUSE = 20, 0.01
"""How often, and after how many seconds, a secret is looked for that another process is just writing."""


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
    """The secret kept at `path`; made once, by whichever process comes first. Raises ValueError where it is empty: what
    is signed with nothing anybody can sign."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _once_written(path)
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


def _once_written(path: Path) -> str:
    for _look in range(_LOOKS):
        if found := path.read_text().strip():
            return found
        time.sleep(_PAUSE)
    raise ValueError(f"{path.name} is empty: remove it, and a new one is made")
