"""One process for each mutant, a few at a time."""

import json
import os
import resource
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.mutation.mutants import Mutant

_MEMORY = 4 * 2**30
_SECONDS = 600
"""Of processor time: far more than all the tests take, for a mutant that loops before the first of them."""


Record = Callable[[Mutant, str], None]
"""Takes note of a mutant's fate: the test that failed, or nothing where all passed."""


def write_fate(path: Path, mutant: str, killer: str) -> None:
    """Add a mutant's fate to the file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps([mutant, killer], ensure_ascii=False) + "\n")


def read_fates(path: Path) -> dict[str, str]:
    """The killer of each mutant tried before."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(json.loads(line) for line in lines)


def try_all(mutants: Iterable[Mutant], attempt: Callable[[Mutant], str], jobs: int, record: Record) -> None:
    """Try each mutant in a process of its own; `attempt` names the test that failed."""
    running: dict[int, tuple[Mutant, int]] = {}
    for mutant in mutants:
        if len(running) >= jobs:
            _finish(running, record)
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(told)
            _be(mutant, attempt, tell)
        os.close(tell)
        running[pid] = mutant, told
    while running:
        _finish(running, record)


def _be(mutant: Mutant, attempt: Callable[[Mutant], str], tell: int) -> None:
    """Never returns: whatever happens, the process ends here."""
    killer = "an error"
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        killer = attempt(mutant)
    finally:
        os.write(tell, killer.encode())
        os._exit(0)


def _finish(running: dict[int, tuple[Mutant, int]], record: Record) -> None:
    """Wait for one to end. One ended by a signal ran out of time."""
    pid, status = os.wait()
    mutant, told = running.pop(pid)
    with os.fdopen(told, "rb") as pipe:
        killer = pipe.read().decode()
    record(mutant, "out of time" if os.WIFSIGNALED(status) else killer)
