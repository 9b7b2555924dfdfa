"""The date calculator on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rules.sourced import FILE, sourced_cases
from tracker.cli.count import count_command
from tracker.cli.desk import Desk


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(count_command, list(arguments), input=given, catch_exceptions=False)


def days(*arguments: str) -> tuple[str, str]:
    result = json.loads(run(*arguments, "--json").stdout)
    return result["legal"], result["act_by"]


def test_a_period_is_counted_and_explained() -> None:
    lines = run("30 days", "--after", "2026-09-01", "--rules", "prc-civil-code").stdout.splitlines()
    assert lines[0] == (
        "30 days after 1 Sept 2026: 1 Oct 2026, which is off (National Day) and moves to 8 Oct 2026; "
        "to be safe, act by 30 Sept 2026."
    )
    assert lines[1] == "- 1 Sept 2026, the day of the event, is not counted (PRC Civil Code, art. 201)."


def test_the_result_as_json_holds_days_readings_steps_and_words() -> None:
    result = json.loads(run("60日", "--before", "2026-12-31", "--rules", "prc-civil-code", "--json").stdout)
    assert (result["legal"], result["act_by"], result["provisional"]) == ("2026-11-01", "2026-10-30", [])
    assert (result["period"], result["direction"], result["calendar"]) == ("60 days", "before", "CN")
    assert [reading["name"] for reading in result["readings"]] == ["legal", "clear_days"]
    assert result["steps"][0] == {
        "kind": "not_counted",
        "start": "2026-12-31",
        "end": "2026-12-30",
        "article": "prc-civil-code/201",
    }
    assert result["sentence"] == "60 days before 31 Dec 2026: 1 Nov 2026; to be safe, act by 30 Oct 2026."
    assert len(result["explanation"]) == 6


@pytest.mark.parametrize(
    ("arguments", "legal", "act_by"),
    [
        ("30 days --after 2026-09-01", "2026-10-01", "2026-10-01"),
        ("30 days --after 2026-09-01 --calendar CN", "2026-10-01", "2026-09-30"),
        ("30 days --after 2026-09-01 --calendar CN --roll following", "2026-10-08", "2026-09-30"),
        ("30 days --after 2026-09-01 --calendar CN --on 2026-10-01", "2026-10-01", "2026-10-01"),
        ("30 days --after 2026-09-01 --off 2026-10-01 --off 2026-09-30", "2026-10-01", "2026-09-29"),
        ("2 days --after 2026-07-13 --rules hk-cap1 --off 2026-07-14", "2026-07-16", "2026-07-16"),
        ("3 years --after 2024-01-01 --nature state --first-day counted", "2026-12-31", "2026-12-31"),
        ("7 days --before 2026-03-20 --clear-days", "2026-03-12", "2026-03-12"),
        ("7 days --before 2026-03-20 --rules au-wa --no-clear-days", "2026-03-13", "2026-03-13"),
        ("1 month --after 2026-04-30 --month-rule start_day", "2026-05-31", "2026-05-31"),
        ("1 month --before 2027-02-28 --solve-latest", "2027-01-31", "2027-01-28"),
        ("1 month --before 2027-02-28 --rules de-bgb --subtract --calendar NONE", "2027-01-28", "2027-01-27"),
        ("4 days --after 2026-03-05 --calendar DE --skip-off-days-up-to 4", "2026-03-11", "2026-03-11"),
        ("2 days --after 2026-03-06 --calendar DE --min-working-days 2", "2026-03-10", "2026-03-10"),
        ("24 hours --after 2026-03-02", "2026-03-03", "2026-03-02"),
    ],
)
def test_every_option_is_heard(arguments: str, legal: str, act_by: str) -> None:
    n, unit, *options = arguments.split()
    assert days(f"{n} {unit}", *options) == (legal, act_by)


def test_hours_from_an_instant_give_an_instant() -> None:
    assert run("72 hours", "--after", "2026-03-01T10:00+08:00").stdout == "2026-03-04T10:00:00+08:00\n"
    assert run("72 hours", "--before", "2026-03-04T10:00+08:00").stdout == "2026-03-01T10:00:00+08:00\n"


def test_the_explanation_comes_in_the_language_asked_for() -> None:
    said = run("30 days", "--after", "2026-09-01", "--language", "zh-Hans").stdout
    assert said.startswith("2026年9月1日之后30日：2026年10月1日。\n")


def test_a_period_without_a_number_has_no_day_and_says_so() -> None:
    assert run("及时", "--after", "2026-03-02").stdout == "No number is given, so no day can be known.\n"


def test_a_file_of_cases_is_answered_whole() -> None:
    answers = json.loads(run("--batch", str(FILE)).stdout)
    assert answers == {case["id"]: case["expected"] for case in sourced_cases()}


def test_cases_may_come_from_standard_input(tmp_path: Path) -> None:
    assert json.loads(run("--batch", "-", given=FILE.read_text(encoding="utf-8")).stdout)["CN-11"] == "2026-10-08"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["30 days"], "either --after or --before"),
        (["--after", "2026-01-01"], "Give a period"),
        (["30 days", "--after", "2026-01-01", "--before", "2026-01-01"], "either --after or --before"),
        (["30 days", "--after", "3/5/26"], "write 2026-03-05 / 2026-05-03"),
        (["30 moons", "--after", "2026-01-01"], "Write a whole number and a unit"),
        (["30 days", "--after", "1 January"], "write it as 2026-03-05"),
        (["30 days", "--after", "2026-01-01", "--calendar", "MARS"], "No holidays are known"),
        (["9999 years", "--after", "2026-01-01"], "beyond the years 1 to 9999"),
        (["2 hours", "--after", "2026-01-01T10:00"], "with a time zone"),
    ],
)
def test_a_mistake_is_answered_by_what_to_write(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert said in result.output


def test_a_file_saved_with_a_byte_order_mark_is_read_like_any_other(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert json.loads(run("--batch", str(file)).stdout)["CN-11"] == "2026-10-08"


@pytest.mark.parametrize("content", ["", "{", "[]", "3", "[" * 100_000])
def test_a_file_that_holds_no_cases_is_refused(content: str) -> None:
    result = run("--batch", "-", given=content)
    assert result.exit_code == 1
    assert "JSON" in result.output or "cases" in result.output


def test_working_days_are_counted_only_on_days_somebody_named() -> None:
    refused = run("10 working days", "--after", "2026-09-28")
    assert refused.exit_code == 2
    assert "Say whose working days" in refused.output
    assert "8 Oct 2026" in run("10 working days", "--after", "2026-09-28", "--calendar", "NONE").output
    assert "16 Oct 2026" in run("10 working days", "--after", "2026-09-28", "--calendar", "CN").output


def test_it_answers_in_the_language_asked_of_the_whole_command() -> None:
    desk = Desk(environment={}, language="zh-Hans")
    answer = CliRunner().invoke(count_command, ["30 days", "--after", "2026-09-01"], obj=desk, catch_exceptions=False)
    assert "2026年10月1日" in answer.output
