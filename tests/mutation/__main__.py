"""Change the rules in one place at a time and see that a test fails: `python -m tests.mutation [MODULE …]`.

Nothing on disk is changed. Most mutants are functions put in the place of those imported already, in a process forked
for each; only tests that run the changed line are tried. A mutant of what runs on import begins before the import.
Fates are kept until the rules, their tests or this runner change, so that a run broken off goes on where it was.
"""

import argparse
import hashlib
import os
import pickle
import random
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutation import report, suite
from tests.mutation.mutants import ROOT, RULES, Mutant, modules, mutants
from tests.mutation.pool import read_fates, try_all, write_fate

STATE = ROOT / ".pytest_cache" / "mutation"
ENOUGH = 0.95
LIBRARIES = ("chinese_calendar", "dateutil.rrule", "holidays", "hypothesis.strategies", "whenever", "zoneinfo")
"""Imported before the first fork, so that no mutant has to."""


class Run:
    """One run over some mutants."""

    def __init__(self, chosen: list[Mutant], jobs: int, state: Path) -> None:
        self.chosen = chosen
        self.jobs = jobs
        self.fates_file = state / "fates.jsonl"
        self.seen_file = state / "seen.pickle"
        self.done = len(read_fates(self.fates_file))

    def record(self, mutant: Mutant, killer: str) -> None:
        write_fate(self.fates_file, mutant.name, killer)
        self.done += 1
        if not killer:
            print(f"survived: {mutant.name}", flush=True)
        elif self.done % 100 == 0:
            print(f"{self.done} tried", flush=True)

    def whole(self) -> None:
        """Watch the tests, then try the mutants of functions, then those of what runs on import."""
        pid = os.fork()
        if pid == 0:
            os._exit(0 if self._warm() else 1)
        if os.waitpid(pid, 0)[1]:
            sys.exit("The tests of the rules do not pass as they are.")
        seen: suite.Seen = pickle.loads(self.seen_file.read_bytes())
        self.cold(seen)

    # ------------------------------------------------------------ functions

    def _warm(self) -> bool:
        seen = suite.Seen()
        suite.watch_import(seen)
        return suite.collect(suite.test_files(), lambda items: self._try_warm(items, seen), seen)

    def _try_warm(self, items: list[pytest.Item], seen: suite.Seen) -> None:
        suite.watch_tests(items, seen)
        self.seen_file.write_bytes(pickle.dumps(seen))
        imported = suite.Imported()

        def attempt(mutant: Mutant) -> str:
            places = {(mutant.module, line) for line in mutant.lines}
            covering = [
                item
                for item in items
                if not places.isdisjoint(seen.lines[item.nodeid])
                and (mutant.module, mutant.scope) not in seen.on_collection[item.path]
            ]
            imported.swap(mutant)
            return suite.first_failure(covering, seen)

        def record(mutant: Mutant, killer: str) -> None:
            if killer or not is_used_early(mutant, seen):
                self.record(mutant, killer)

        try_all((item for item in self._left() if not is_cold(item, seen)), attempt, self.jobs, record)

    def _left(self) -> list[Mutant]:
        tried = read_fates(self.fates_file)
        return [mutant for mutant in self.chosen if mutant.name not in tried]

    # ------------------------------------------------- what runs on import

    def cold(self, seen: suite.Seen) -> None:
        def attempt(mutant: Mutant) -> str:
            sys.meta_path.insert(0, Changed(mutant))
            files = suite.test_files() if is_cold(mutant, seen) else is_used_early(mutant, seen)
            return next(filter(None, (failure_in(part, seen) for part in stages(mutant.module, files))), "")

        try_all(self._left(), attempt, self.jobs, self.record)


def is_cold(mutant: Mutant, seen: suite.Seen) -> bool:
    """Whether it changes what runs when the rules are imported, or what is remembered from one test to the next."""
    return not mutant.scope or (mutant.module, mutant.scope) in seen.on_import or remembers(mutant.module)


@cache
def remembers(module: str) -> bool:
    """Whether the module keeps results: which test ran a line then depends on the order of the tests."""
    return "@cache" in (RULES / f"{module}.py").read_text(encoding="utf-8")


def is_used_early(mutant: Mutant, seen: suite.Seen) -> list[Path]:
    """The files of tests that use it before their first test."""
    return [path for path in suite.test_files() if (mutant.module, mutant.scope) in seen.on_collection[path]]


def failure_in(files: Sequence[Path], seen: suite.Seen) -> str:
    """The first failure among the tests of these files; that they cannot be collected is one too."""
    found: list[str] = []
    if not files:
        return ""
    well = suite.collect(files, lambda items: found.append(suite.first_failure(items, seen)))
    return found[0] if well else "the import"


def stages(module: str, files: list[Path]) -> Iterable[list[Path]]:
    """The test files, those nearest to the module first."""
    use = f"tracker.rules.{module} import"
    named = [path for path in files if module in path.stem]
    direct = [path for path in files if use in path.read_text(encoding="utf-8") and path not in named]
    return named, direct, [path for path in files if path not in named and path not in direct]


class Changed(MetaPathFinder, Loader):
    """Imports one module of the rules as its mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = f"tracker.rules.{mutant.module}"

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        return spec_from_loader(name, self, origin=str(RULES / f"{self.mutant.module}.py"))

    def exec_module(self, module: ModuleType) -> None:
        exec(self.mutant.code(), module.__dict__)


# ---------------------------------------------------------------- the command


def main() -> None:
    options = _options()
    os.nice(options.nice)
    os.chdir(ROOT)
    suite.settle_hypothesis()
    for library in LIBRARIES:
        __import__(library)
    suite.test_files()
    chosen = options.modules or modules()
    found = {module: list(mutants(module)) for module in chosen}
    everything = [mutant for module in chosen for mutant in found[module]]
    if options.sample:
        everything = random.Random(options.seed).sample(everything, min(options.sample, len(everything)))
    state = STATE / (options.state or fingerprint())
    state.mkdir(parents=True, exist_ok=True)
    if options.again:
        forget_survivors(state / "fates.jsonl", everything)
    Run(everything, options.jobs, state).whole()
    sys.exit(conclude(found, read_fates(state / "fates.jsonl"), options.write))


def conclude(found: dict[str, list[Mutant]], fates: dict[str, str], write: bool) -> int:
    """Tell what was found; the exit code says whether it is enough."""
    names = {module: [mutant.name for mutant in items] for module, items in found.items()}
    tried = {name: fates[name] for items in names.values() for name in items if name in fates}
    tallies = [report.tally(module, items, tried) for module, items in names.items()]
    all_of_them = report.total(tallies)
    told = f"{report.table([*tallies, all_of_them])}\n\n{report.survivors(tried)}"
    print("\n".join([told, *report.stale(tried)]))
    if write:
        report.write(told)
    return 0 if all_of_them.share >= ENOUGH else 1


def fingerprint() -> str:
    """Changes with anything that a fate depends on."""
    digest = hashlib.sha256()
    for folder in (RULES, suite.TESTS, Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".json"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def forget_survivors(fates_file: Path, everything: list[Mutant]) -> None:
    """Keep the fates of the killed alone, to try the others again with better tests."""
    names = {mutant.name for mutant in everything}
    kept = {name: killer for name, killer in read_fates(fates_file).items() if killer or name not in names}
    fates_file.write_text("")
    for name, killer in kept.items():
        write_fate(fates_file, name, killer)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", choices=[[], *modules()], help="modules of the rules; all if none is named"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--sample", type=int, help="only so many mutants, always the same")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", help="keep fates under this name, whatever changes")
    parser.add_argument("--again", action="store_true", help="try those again that survived before")
    parser.add_argument("--write", action="store_true", help="write the table into docs/proof.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
