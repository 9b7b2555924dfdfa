"""./run in a small house of its own, where uv is a fake that records what it is asked and installs nothing."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FAKE_UV = f"""#!/bin/sh
echo "$*" >> "$UV_RECORD"
case "$1 $2" in "venv "*) exec {sys.executable} -m venv --without-pip "$5" ;; esac
exit "${{UV_EXIT:-0}}"
"""
PRODUCT = """
import os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print("tracker", *sys.argv[1:], os.getpid(), flush=True)
if os.environ.get("STAY"):
    signal.pause()
"""


@dataclass
class House:
    """A folder with ./run, empty locks, and a product that says how it was started."""

    root: Path

    def start(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        variables = {
            "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}",
            "UV_RECORD": str(self.root / "asked"),
            **environment,
        }
        command = [sys.executable, str(self.root / "run"), *words]
        return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words: str, **environment: str) -> tuple[int, str, str]:
        with self.start(*words, **environment) as process:
            out, err = process.communicate(timeout=120)
            return process.returncode, out, err

    def installed(self) -> list[str]:
        """The locks that were installed, in order."""
        asked = (self.root / "asked").read_text().splitlines() if (self.root / "asked").exists() else []
        return [Path(line.split()[-1]).name for line in asked if "--require-hashes" in line]


@pytest.fixture
def house(tmp_path: Path) -> House:
    shutil.copy(ROOT / "run", tmp_path)
    for empty in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        (tmp_path / empty).touch()
    for name, text in (("tracker/__main__.py", PRODUCT), ("bin/uv", FAKE_UV)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    (tmp_path / "bin" / "uv").chmod(0o755)
    return House(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """The first port that ./run would take, held by someone else (who may have been there before us)."""
    with socket.socket() as other:
        try:
            other.bind(("127.0.0.1", 8765))
            other.listen()
        except OSError:
            pass
        yield 8765


def test_the_first_run_installs_and_serves_and_the_second_only_serves(house: House) -> None:
    assert house.run()[1].startswith("tracker serve --port")
    assert house.run()[1].startswith("tracker serve --port")
    assert house.installed() == ["requirements.lock"]


def test_a_changed_lock_is_installed(house: House) -> None:
    house.run()
    (house.root / "requirements.lock").write_text("# newer\n")
    house.run()
    assert house.installed() == ["requirements.lock", "requirements.lock"]


def test_an_interrupted_set_up_is_begun_again(house: House) -> None:
    code, _, err = house.run(UV_EXIT="1")
    assert code == 1
    assert "Try again with: ./run" in err
    leftover = house.root / ".venv" / "leftover"
    leftover.touch()
    assert house.run()[0] == 0
    assert not leftover.exists()


def test_a_venv_whose_python_is_gone_is_made_anew(house: House) -> None:
    house.run()
    python = house.root / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert house.run()[0] == 0
    assert house.installed() == ["requirements.lock", "requirements.lock"]


def test_two_at_once_install_once(house: House) -> None:
    first, second = house.start(), house.start()
    with first, second:
        for process in (first, second):
            assert process.communicate(timeout=120)[0].startswith("tracker serve")
    assert house.installed() == ["requirements.lock"]


def test_it_serves_on_the_next_port_when_the_first_is_taken(house: House, taken_port: int) -> None:
    port = int(house.run()[1].split()[3])
    assert taken_port < port < taken_port + 50


def test_the_port_one_asks_for_is_left_alone(house: House) -> None:
    assert house.run("serve", "--port", "9000")[1].startswith("tracker serve --port 9000 ")
    assert house.run("serve", "--port=9000")[1].startswith("tracker serve --port=9000 ")


def test_the_demo_fills_and_serves_and_its_own_words_only_reach_it(house: House) -> None:
    filled, served = house.run("demo")[1].splitlines()
    assert filled.startswith("tracker demo ")
    assert served.startswith("tracker serve --port ")
    assert house.run("demo", "--remove")[1].startswith("tracker demo --remove ")


def test_a_stop_reaches_the_program_itself(house: House) -> None:
    with house.start(STAY="1") as process:
        assert process.stdout is not None
        assert int(process.stdout.readline().split()[-1]) == process.pid
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 7


def test_an_unknown_word_is_answered_with_what_there_is(house: House) -> None:
    code, _, err = house.run("tset")
    assert code == 1
    assert "No such command: tset" in err
    assert "./run test" in err


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ("sys.modules['ensurepip'] = None", "sudo apt-get install python3-venv"),
        ("sys.version_info = (3, 10, 4)", "Python 3.11 or newer is needed"),
    ],
)
def test_a_python_that_will_not_do_is_told_so(house: House, change: str, advice: str) -> None:
    (house.root / "bin" / "uv").unlink()
    program = f"import sys, runpy; sys.argv = ['run']; {change}; runpy.run_path('run', run_name='__main__')"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=house.root, env={"PATH": "/nowhere"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert advice in done.stderr
    assert "Traceback" not in done.stderr
