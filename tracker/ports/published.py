"""Files for other servers to hand on: each replaced whole, and only when its bytes have changed."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


class PublishedFolder:
    """One folder that holds exactly what it was last told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hold(self, files: Mapping[str, bytes]) -> list[str]:
        """Make these, by name, the folder's files; the names of those written or removed.

        A reader sees the old file or the new one, never a part of either. Raises ValueError for a name with a path.
        """
        changed = [name for name, data in files.items() if self._write(name, data)]
        for path in sorted(self.folder.iterdir()):
            if path.name not in files and not path.name.startswith("."):  # another process's draft
                path.unlink(missing_ok=True)
                changed.append(path.name)
        return changed

    def _write(self, name: str, data: bytes) -> bool:
        path = self.folder / name
        if path.parent != self.folder or name in (".", ".."):
            raise ValueError(f"not a plain file name: {name!r}")
        if path.exists() and path.read_bytes() == data:
            return False
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
        return True
