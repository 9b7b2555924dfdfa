"""The files that describe kinds of contract: those that came with the product, and the team's own. Nothing in them is
ever run; they are read as TOML."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from tracker.ports.secret_file import make_private_folder, write_private
from tracker.rules.problems import N_

LARGEST = 512 * 1024
"""Bytes beyond which a file is not looked at; a full kind has some forty thousand."""
TOO_LARGE = N_("This file is larger than 512 kB.")
SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class KindFile:
    """A file as it was found: its text, or why it could not be read."""

    name: str
    text: str = ""
    fault: str = ""


def built_in_kinds() -> Iterator[KindFile]:
    """The files of the package, by name."""
    folder = resources.files("tracker") / "kinds"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(SUFFIX):
            yield KindFile(file.name, file.read_text(encoding="utf-8"))


def kinds_in(folder: Path) -> Iterator[KindFile]:
    """The files of a folder, by name; none where there is no such folder. A file that cannot be read says why."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if not path.name.startswith("."):
            yield kind_file(path)


def save_kind_file(folder: Path, name: str, text: str) -> None:
    """Write a file of the folder in one step; a reader sees the old one or the new one. Raises as `path_in`."""
    path = path_in(folder, name)
    write_private(make_private_folder(folder) / path.name, text.encode())


def remove_kind_file(folder: Path, name: str) -> None:
    """Take a file out of the folder; nothing where it is gone already. Raises as `path_in`."""
    path_in(folder, name).unlink(missing_ok=True)


def path_in(folder: Path, name: str) -> Path:
    """Where a file of the folder lies. Raises ValueError for a name that leads elsewhere or is not that of a kind."""
    if not name.endswith(SUFFIX) or name.startswith(".") or Path(name).name != name or not name.isprintable():
        raise ValueError("not the name of a kind file")
    return folder / name


def kind_file(path: Path) -> KindFile:
    """One file. Why it cannot be read stands in the answer."""
    try:
        if path.stat().st_size > LARGEST:
            return KindFile(path.name, fault=TOO_LARGE)
        return KindFile(path.name, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return KindFile(path.name, fault=N_("This file is not written in UTF-8."))
    except OSError:
        return KindFile(path.name, fault=N_("This file cannot be opened."))
