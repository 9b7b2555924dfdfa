"""The rules of the house hold, and are seen to fail when they are broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("tracker", "web", "jobs")
LOCKS = ("requirements.lock", "requirements-test.lock")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the product, in which walls may be broken."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(house: Path, module: str, line: str) -> None:
    path = house / module
    path.write_text(path.read_text() + f"\n{line}\n" if path.exists() else f"{line}\n")


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(house)}
    return subprocess.run([program, "--no-cache"], cwd=house, env=environment, capture_output=True, text=True)


def test_nobody_imports_what_is_not_theirs_to_import(house: Path) -> None:
    found = lint_imports(house)
    assert found.returncode == 0, found.stdout


PLANTED = (
    ("tracker/actions/planted_flask.py", "import flask", "Flask and its family stay in web"),
    ("jobs/planted_werkzeug.py", "import werkzeug", "Flask and its family stay in web"),
    ("tracker/records/planted_scheduler.py", "import apscheduler", "APScheduler stays in jobs"),
    ("tracker/actions/planted_yagmail.py", "import yagmail", "yagmail stays in one file"),
    ("tracker/ports/planted_smtplib.py", "import smtplib", "yagmail stays in one file"),
    ("web/planted_icalendar.py", "import icalendar", "icalendar stays where feeds and invitations are written"),
    ("web/planted_door.py", "import jobs", "Doors do not know each other"),
    ("tracker/records/planted_render.py", "import tracker.render", "Rooms"),
    ("tracker/render/planted_actions.py", "import tracker.actions", "Rooms"),
    ("tracker/planted_room.py", "", "Rooms"),
    ("tracker/actions/planted_web.py", "import web", "The product stands without its web and jobs doors"),
    ("tracker/rules/planted_records.py", "import sqlalchemy", "Rules are pure"),
    ("tracker/render/planted_sql.py", "import sqlalchemy", "Only records, and what works with their sessions"),
)
"""A module, what it must not import, and the law that names it then."""


def test_each_planted_import_is_found(house: Path) -> None:
    for module, line, _law in PLANTED:
        plant(house, module, line)
    told = lint_imports(house).stdout.partition("Broken contracts")[2]
    broken = dict(re.findall(r"^(\S.*)\n-+\n((?:(?!.*\n---).*\n?)*)", told, re.MULTILINE))
    for module, _line, law in PLANTED:
        name = module.removesuffix(".py").replace("/", ".")
        assert any(name in report for title, report in broken.items() if title.startswith(law)), (law, module)


def test_the_clock_is_read_in_one_place(house: Path) -> None:
    plant(house, "tracker/actions/planted.py", "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)")
    ruff = Path(sys.executable).with_name("ruff")
    found = subprocess.run([ruff, "check", "--no-cache", "tracker"], cwd=house, capture_output=True, text=True)
    assert "TID251" in found.stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(entries) > 40
    assert all(re.match(r"[a-z0-9-]+==\S+ .*\\\n +--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_stands_in_its_lock() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = pinned("requirements.lock")
    test = pinned("requirements-test.lock")
    assert {name_of(line) for line in wanted["project"]["dependencies"]} <= run.keys()
    assert {name_of(line) for line in wanted["dependency-groups"]["test"]} <= test.keys()
    assert run.items() <= test.items(), "the tests would run other versions than people do"


def pinned(lock: str) -> dict[str, list[str]]:
    """Version lines by package: one may have several, for different Pythons."""
    found: dict[str, list[str]] = {}
    for name, line in re.findall(r"^([a-z0-9-]+)(==.*?) *\\$", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(name, []).append(line)
    return found


def name_of(requirement: str) -> str:
    matched = re.match(r"[a-z0-9-]+", requirement)
    assert matched is not None
    return matched[0]
