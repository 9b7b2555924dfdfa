"""The ledger of reminders balances, whatever happens to the machine, the mail and the contracts.

Two years pass over many contracts, in steps of days and sleeps of weeks, while the mail server fails in every way it
can, the process is killed at every point, dates move, things are done and opened again, people leave and come back,
read letter by letter or in digests, and backups are restored. A model that shares nothing with the product says which
reminder was due to whom when.
"""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from tests.support.databases import Server, SqliteFolder, on_each_database
from tests.support.ledger import run
from tracker.records.letters import Letter
from tracker.rules.reminders import Ladder


@on_each_database
def server_and_template(request: pytest.FixtureRequest) -> tuple[Server, URL]:
    return request.getfixturevalue(request.param), request.getfixturevalue(f"{request.param}_template")


def test_o11_the_ledger_balances_whatever_happens(server_and_template: tuple[Server, URL]) -> None:
    quick = server_and_template[1].get_backend_name() == "sqlite"
    run(*server_and_template, contracts=12, examples=4 if quick else 1, steps=25)


@pytest.mark.prove
def test_o11_the_ledger_of_five_hundred_contracts_balances_over_two_years(
    server_and_template: tuple[Server, URL],
) -> None:
    run(*server_and_template, contracts=500, examples=2, steps=60, to_the_end=True)


def _exact_day(ladder: Ladder, left: int) -> int | None:
    return left if left in ladder.leads else None


def _oldest(ladder: Ladder, left: int) -> int | None:
    return max((lead for lead in ladder.leads if lead >= left), default=None)


def _in_utc(day: date, _zone: str) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _whatever_its_state(session: Session, letter: Letter) -> str:
    return ""


MISTAKES: dict[str, tuple[str, object]] = {
    "a reminder speaks on its very day or never": ("tracker.rules.reminders._most_urgent", _exact_day),
    "the oldest reminder speaks": ("tracker.rules.reminders._most_urgent", _oldest),
    "older letters stay when a newer one comes": ("tracker.actions.remind._replace_waiting", lambda *_given: None),
    "what is done is reminded of": ("tracker.actions.deliver.reason_to_suppress", _whatever_its_state),
    "what waits for a digest that cannot go is forgotten": ("tracker.actions.outbox.set_free", lambda _session: None),
    "what is urgent waits for a digest": ("tracker.actions.digests.may_wait", lambda *_days: True),
    "what a digest told is told again": ("tracker.actions.outbox.DIGEST", "another purpose"),
    "nine o'clock is taken for that in London": ("tracker.rules.sending_hours.instant_of", _in_utc),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_o15_the_ledger_does_not_balance_with_a_mistake_in_the_product(
    sqlite: SqliteFolder, sqlite_template: URL, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    place, wrong = MISTAKES[mistake]
    monkeypatch.setattr(place, wrong)
    with pytest.raises(AssertionError):
        run(sqlite, sqlite_template, contracts=12, examples=60, steps=30)
