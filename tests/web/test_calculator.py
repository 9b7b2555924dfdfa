"""The date calculator in the browser."""

import json
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import URL

from tests.support.databases import SqliteFolder, address
from tests.web.conftest import NOW, Office, build, text_of
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.people import NewPerson, new_person
from tracker.cli.count import count_command
from tracker.ports.clock import FixedClock
from tracker.records.people import Role
from tracker.rules.presets import PRESETS

BEFORE_THE_END = {"period": "60 days", "direction": "before", "day": "2026-12-31", "rules": "prc-civil-code"}


@pytest.fixture
def sqlite_office(sqlite: SqliteFolder, sqlite_template: URL, tmp_path: Path) -> Iterator[Office]:
    """An office with Vera in it, on SQLite alone: nothing here depends on the database."""
    office = build(address(sqlite.create(sqlite_template)), tmp_path / "instance", FixedClock(NOW))
    with office.tracker.transaction() as session:
        defaults = Defaults(organisation="Acme Legal", language="en", zone="Asia/Shanghai", calendar="NONE")
        set_up_organisation(session, defaults, now=NOW)
        wanted = NewPerson(email="vera@acme.example", name="Vera", role=Role.VIEWER, language="en")
        office.people["Vera"] = new_person(session, wanted, now=NOW).id
    yield office
    office.tracker.close()


def asked(office: Office, who: str = "Vera", **fields: str) -> str:
    """The calculator's page for a question."""
    query = urlencode({"nature": "by", "direction": "after", "rules": "plain", **fields})
    answer = office.sit(who).get(f"/calculator/?{query}")
    assert answer.status_code == 200
    return text_of(answer)


def by_command(**fields: str) -> dict[str, str]:
    """What `tracker count --json` says to the same question."""
    fields = {"nature": "by", "direction": "after", "rules": "plain", **fields}
    options = [fields["period"], f"--{fields['direction']}", fields["day"]]
    names = {"rules": "rules", "nature": "nature", "calendar": "calendar", "first_day": "first-day", "roll": "roll"}
    names |= {"month_rule": "month-rule", "skip_off_days_up_to": "skip-off-days-up-to"}
    names |= {"min_working_days": "min-working-days", "off": "off", "on": "on"}
    for name, option in names.items():
        if name in fields:
            options += [f"--{option}", fields[name]]
    flags = {"clear_days": ("clear-days", "no-clear-days"), "solve_latest": ("solve-latest", "subtract")}
    options += [f"--{flags[name][fields[name] == 'no']}" for name in flags if name in fields]
    result = CliRunner().invoke(count_command, [*options, "--json"], catch_exceptions=False)
    answer: dict[str, str] = json.loads(result.stdout)
    return answer


QUESTIONS: list[Mapping[str, str]] = [
    BEFORE_THE_END,
    {"period": "30 days", "day": "2026-09-01", "rules": "prc-civil-code"},
    {"period": "5 working days", "day": "2026-02-12", "rules": "prc-civil-code"},
    {"period": "1 month", "day": "2026-04-30", "rules": "jp-civil-code", "nature": "state"},
    {"period": "1 month", "day": "2027-02-28", "direction": "before", "rules": "de-bgb", "solve_latest": "no"},
    {"period": "1 month", "day": "2027-02-28", "direction": "before", "solve_latest": "yes"},
    {"period": "7 days", "day": "2026-03-20", "direction": "before", "clear_days": "yes"},
    {"period": "7 days", "day": "2026-03-20", "direction": "before", "rules": "au-wa", "clear_days": "no"},
    {"period": "1 month", "day": "2026-04-30", "month_rule": "start_day"},
    {"period": "4 days", "day": "2026-03-05", "calendar": "DE", "skip_off_days_up_to": "4"},
    {"period": "2 days", "day": "2026-03-06", "calendar": "DE", "min_working_days": "2"},
    {"period": "30 days", "day": "2026-09-01", "calendar": "CN", "roll": "following"},
    {"period": "30 days", "day": "2026-09-01", "calendar": "CN", "on": "2026-10-01"},
    {"period": "2 days", "day": "2026-07-13", "rules": "hk-cap1", "off": "2026-07-14"},
    {"period": "3 years", "day": "2024-01-01", "nature": "state", "first_day": "counted"},
    {"period": "3 years", "day": "2024-01-01", "nature": "until", "first_day": "unknown"},
    {"period": "90 days", "day": "2026-12-31", "direction": "before", "nature": "not_before"},
    {"period": "24 hours", "day": "2026-03-02"},
    {"period": "10 working days", "day": "2026-12-25", "rules": "prc-civil-code"},
    {"period": "promptly", "day": "2026-03-02"},
]


@pytest.mark.parametrize("fields", QUESTIONS, ids=lambda fields: " ".join(fields.values()))
def test_the_page_and_the_command_line_say_the_same(sqlite_office: Office, fields: dict[str, str]) -> None:
    page, answer = unescape(asked(sqlite_office, **fields)), by_command(**fields)
    for said in (answer["sentence"], *answer["explanation"]):
        assert said in page, said
    for day in (answer["legal"], answer["act_by"]):
        assert not day or f'datetime="{day}"' in page


def test_any_person_finds_it_in_the_menu_and_a_stranger_does_not_reach_it(sqlite_office: Office) -> None:
    assert "/calculator/" in text_of(sqlite_office.sit("Vera").get("/"))
    assert sqlite_office.browser().get("/calculator/").status_code == 303


def test_without_a_question_it_offers_examples(sqlite_office: Office) -> None:
    page = text_of(sqlite_office.sit("Vera").get("/calculator/"))
    assert "Write a period to count" in page
    assert 'value="2026-11-22"' in page, "the day of the event starts as today"


def test_the_answer_tells_days_off_readings_and_other_rules(sqlite_office: Office) -> None:
    page = asked(sqlite_office, **BEFORE_THE_END)
    assert "Legal date" in page
    assert "Safe: act by" in page
    assert "Saturday" in page
    assert "If clear days are meant" in page
    for other in ("Plain calendar counting", "Germany: Civil Code (BGB)", "England: common law"):
        assert page.count(other) == 2, "once to choose, once beside the result"
    assert "known from 2001 to 2026" in page


def test_days_beyond_the_announced_years_are_said_to_be_provisional(sqlite_office: Office) -> None:
    page = asked(sqlite_office, period="10 working days", day="2026-12-25", rules="prc-civil-code")
    assert "Provisional: the working days of 2027 are not known yet" in page


@pytest.mark.parametrize("day", ["2026/3/2", "2026年3月2日", "民國115年3月2日"])
def test_a_day_may_be_written_as_people_write_it(sqlite_office: Office, day: str) -> None:
    assert 'datetime="2026-04-01"' in asked(sqlite_office, period="30日", day=day)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"period": "30 days", "day": "3/5/26"}, "2026-03-05 / 2026-05-03"),
        ({"period": "30 moons", "day": "2026-03-02"}, "is not a period"),
        ({"period": "30 days", "day": "2026-03-02", "calendar": "MARS"}, "Unknown calendar"),
        ({"period": "30 days", "day": "2026-03-02", "rules": "moon-law"}, "Choose one."),
        ({"period": "30 days", "day": "2026-03-02", "off": "2026-03-40"}, "There is no such day"),
        ({"period": "30 days", "day": "2026-03-02", "skip_off_days_up_to": "few"}, "Write a whole number."),
        ({"period": "30 days", "day": "2026-03-02", "roll": "sideways"}, "Write one of"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(sqlite_office: Office, fields: dict[str, str], said: str) -> None:
    page = asked(sqlite_office, **fields)
    assert said in page
    assert f'value="{fields["period"]}"' in page


def test_hours_from_an_instant_give_an_instant(sqlite_office: Office) -> None:
    page = asked(sqlite_office, period="72 hours", day="2026-03-01 10:00")
    assert 'datetime="2026-03-04T10:00:00+08:00"' in page
    assert "Asia/Shanghai" in page


def test_hours_without_end_from_an_instant_are_refused_like_any_other_mistake(sqlite_office: Office) -> None:
    page = asked(sqlite_office, period="99999999999999999999 hours", day="2026-03-01 10:00")
    assert "This is too long: at most 200 years." in page


@pytest.mark.parametrize("rules", PRESETS)
def test_every_preset_is_offered_and_answers(sqlite_office: Office, rules: str) -> None:
    page = asked(sqlite_office, period="1 month", day="2026-03-02", rules=rules)
    assert f'<option value="{rules}" selected>' in page
    assert "Step by step" in page


def test_what_was_asked_otherwise_than_the_rules_is_not_folded_away(sqlite_office: Office) -> None:
    assert '<details class="why" open>' in asked(sqlite_office, **BEFORE_THE_END, clear_days="yes")
    assert '<details class="why" open>' not in asked(sqlite_office, **BEFORE_THE_END)


def test_what_is_typed_never_becomes_markup(sqlite_office: Office) -> None:
    assert "<script>x" not in asked(sqlite_office, period="<script>x</script>", day="<script>x</script>")
