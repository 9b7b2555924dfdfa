"""Files that a command is handed."""

from pathlib import Path

from tracker.actions.evidence import LARGEST, Upload


def upload_of(path: Path) -> Upload:
    """The file, or as much of it as shows that it is too large."""
    with path.open("rb") as file:
        return Upload(path.name, file.read(LARGEST + 1))
