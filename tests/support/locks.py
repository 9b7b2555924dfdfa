"""One process at a time: for what the parallel test workers share."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_one_process(path: Path) -> Iterator[None]:
    """Hold the lock named by a file, which is made when missing and never removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
