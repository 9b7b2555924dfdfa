"""The figures that Prometheus reads."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import NOW, Office, build, text_of
from tracker.actions.health import HEARTBEAT
from tracker.ports.clock import FixedClock
from tracker.records.history import Pulse
from tracker.settings import SettingsError, read_settings

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def metered(office_database: str, tmp_path: Path) -> Iterator[Office]:
    office = build(office_database, tmp_path / "metered", FixedClock(NOW), TRACKER_METRICS_TOKEN=TOKEN)
    yield office
    office.tracker.close()


def figures(office: Office) -> dict[str, float]:
    answer = office.browser().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text_of(answer))
        for sample in family.samples
    }


def test_it_tells_how_long_ago_the_background_work_gave_a_sign(metered: Office) -> None:
    with metered.tracker.transaction() as session:
        session.add(Pulse(name=HEARTBEAT, at=NOW - timedelta(seconds=20), details={}))
    found = figures(metered)
    assert found["tracker_heartbeat_age_seconds"] == 20
    assert (found["tracker_letters_waiting"], found["tracker_letters_dead"], found["tracker_mail_halted"]) == (0, 0, 0)
    assert not any(name.startswith("tracker_problem") for name in found)


def test_it_names_what_is_in_the_way(metered: Office) -> None:
    assert figures(metered)["tracker_problemheartbeat"] == 1


@pytest.mark.parametrize("shown", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN}x"])
def test_without_the_token_it_tells_nothing(metered: Office, shown: str | None) -> None:
    answer = metered.browser().get("/metrics", headers={"Authorization": shown} if shown else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")
    assert "tracker_" not in text_of(answer)


def test_without_a_token_in_the_settings_there_is_no_such_page(bare_office: Office) -> None:
    answer = bare_office.browser().get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_a_token_that_could_be_guessed_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TRACKER_METRICS_TOKEN: write at least 20"):
        read_settings({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_METRICS_TOKEN": "secret"})
