"""The parts that tests stand on work: a database that is one's own, a browser that shows Chinese, no hidden skips."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.pool import NullPool

from tracker.actions.people import NewPerson, new_person
from tracker.records.database import Database
from tracker.records.people import Person, Role

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def tables(url: str) -> list[str]:
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


@pytest.mark.parametrize("time", ["first", "again"])
def test_every_test_has_a_database_of_its_own(empty_database_url: str, time: str) -> None:
    assert tables(empty_database_url) == []
    with create_engine(empty_database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE cast_of_tests (name TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO cast_of_tests VALUES ('安娜')"))
        assert connection.scalar(text("SELECT name FROM cast_of_tests")) == "安娜"


@pytest.mark.parametrize("time", ["first", "again", "after a test that changed a table"])
def test_a_migrated_database_has_no_rows_and_counts_from_one(database_url: str, time: str) -> None:
    database = Database(database_url)
    with database.transaction() as session:
        wanted = NewPerson(email="ana@acme.example", name="Ana", role=Role.ADMIN)
        assert new_person(session, wanted, now=NOW).id == 1
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        if time == "again":
            session.execute(text("ALTER TABLE pulse RENAME TO mislaid"))
    database.dispose()


def test_the_usual_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


def test_the_browser_draws_chinese_and_runs_scripts(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p lang=zh-Hans style='display:inline-block;font:40px sans-serif'>合同义务</p>")
    box = page.locator("p").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(160, abs=1), "four full-width characters of 40 px, and not four boxes"
    assert page.evaluate("[...'合同'].length") == 2
    page.close()


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_skipped_test_fails_in_ci_only(tmp_path: Path, ci: str, code: int, workers: str) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_runs(): pass\n@pytest.mark.skip(reason='later')\ndef test_is_skipped(): pass\n"
    )
    (tmp_path / "conftest.py").write_text("from tests.conftest import NoSkippedTests, pytest_configure\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-n",
        workers,
        f"--rootdir={tmp_path}",
        str(tmp_path),
    ]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert ("skipped, which fails in CI" in done.stdout) == bool(ci)
