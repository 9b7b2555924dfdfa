"""Listing deadlines, and recording what happened and what was done."""

from datetime import UTC, datetime

import pytest

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD, changed

KEYS = (
    "contract",
    "key",
    "code",
    "occurrence",
    "side",
    "nature",
    "legal",
    "act_by",
    "send_by",
    "target",
    "grace_until",
    "moved_from",
    "disputed_on",
    "subject",
    "amount",
    "late_rate",
    "days_late",
    "late_fee",
    "state",
    "certainty",
    "provisional",
    "steps",
)


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    """An instance with the good contract."""
    shell.ok("import", shell.write("good.yaml", GOOD))
    return shell


def row(shell: Shell, key: str) -> dict[str, object]:
    (found,) = (row for row in shell.json("deadlines") if row["key"].endswith(f":{key}"))
    return dict(found)


def key(shell: Shell, ending: str) -> str:
    return str(row(shell, ending)["key"])


def test_json_has_the_documented_keys(stocked: Shell) -> None:
    rows = stocked.json("deadlines")
    assert {tuple(row) for row in rows} == {KEYS}
    payment = row(stocked, "payment/invoice_received-1")
    steps = payment.pop("steps")
    uid = str(payment["key"]).partition(":")[0]
    assert payment == {
        "contract": "S-7",
        "key": f"{uid}:payment/invoice_received-1",
        "code": "payment",
        "occurrence": "invoice_received-1",
        "side": "both",
        "nature": "by",
        "legal": "2026-05-21",
        "act_by": "2026-05-21",
        "send_by": None,
        "target": None,
        "grace_until": None,
        "moved_from": None,
        "disputed_on": None,
        "subject": "",
        "amount": "1200.50 CNY",
        "late_rate": None,
        "days_late": 11,
        "late_fee": None,
        "state": "overdue",
        "certainty": "confirmed",
        "provisional": [],
    }
    assert isinstance(steps, list)
    assert [step["kind"] for step in steps] == ["not_counted", "days", "open_day"]


def test_the_nearest_comes_first_and_what_has_no_day_last(stocked: Shell) -> None:
    stocked.ok("import", stocked.write("b.yaml", changed("S-7", "S-8").replace("kind: signed", "kind: accepted")))
    days = [row["send_by"] or row["act_by"] for row in stocked.json("deadlines")]
    assert days == sorted(day for day in days if day) + [None] * days.count(None)


def test_the_list_is_narrowed_by_contract_and_days(stocked: Shell) -> None:
    stocked.ok("import", stocked.write("b.yaml", changed("S-7", "S-8")))
    assert {row["contract"] for row in stocked.json("deadlines", "--contract", "S-8")} == {"S-8"}
    some = stocked.json("deadlines", "--from", "2026-07-01", "--to", "2026年12月31日")
    assert some
    assert all("2026-07-01" <= row["act_by"] <= "2026-12-31" for row in some)
    assert "write 2026-03-05 / 2026-05-03" in stocked.run("deadlines", "--from", "3/5/26").stderr


def test_the_list_for_people_lines_up_in_their_language(stocked: Shell) -> None:
    lines = stocked.ok("--lang", "zh-Hans", "deadlines").splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("2026-04-03  S-7  ")
    assert "follow-up-visit/1" in lines[0]


def test_cleo_sees_nothing_of_a_closed_contract(stocked: Shell) -> None:
    wanted = key(stocked, "payment/invoice_received-1")
    stocked.ok("import", stocked.write("c.yaml", changed("S-7", "S-9") + "access: {only: [ben@acme.example]}\n"))
    closed = next(row["key"] for row in stocked.json("deadlines", "--contract", "S-9"))
    for person, seen in (("ana", 2), ("ben", 2), ("cleo", 1), ("dora", 1)):
        rows = Shell.json(stocked, "--as", f"{person}@acme.example", "deadlines")
        assert len({row["contract"] for row in rows}) == seen
    missing = "There is no such thing, or none that may be seen here.\n"
    cleo = ("--as", "cleo@acme.example")
    for words in (
        ("deadlines", "--contract", "S-9"),
        ("export", "S-9"),
        ("fact", "S-9", "invoice_received", "2026-05-20"),
        ("complete", closed),
        ("undo", closed),
        ("waive", closed, "--reason", "x"),
    ):
        assert stocked.refused(*cleo, *words) == missing
    assert stocked.refused(*cleo, "complete", wanted) == "This person's role does not allow it.\n"
    assert stocked.refused(*cleo, "fact", "S-7", "invoice_received", "2026-05-20").startswith("This person's role")
    reminders = Shell.json(stocked, *cleo, "remind", "--dry-run", "--on", "2026-12-31")
    assert {row["contract"] for row in reminders} == {"S-7"}


def test_somebody_unknown_or_shut_out_can_do_nothing(stocked: Shell) -> None:
    assert "Nobody here has the address eve@acme.example." in stocked.refused("--as", "eve@acme.example", "deadlines")
    stocked.ok("user", "disable", "ben@acme.example")
    assert stocked.refused("--as", "ben@acme.example", "deadlines") == "This person's role does not allow it.\n"


# ------------------------------------------------------------------ recording


def test_a_fact_tells_what_it_moves(stocked: Shell) -> None:
    told = stocked.ok("fact", "S-7", "invoice_received", "2026-05-29", "--subject", "May", "--note", "二\n行")
    assert told == "invoice_received-2\nnew: payment/invoice_received-2\n"
    told = stocked.ok("--as", "ana@acme.example", "fact", "S-7", "ended", "2026-05-31", "--how", "agreement")
    assert "gone: term-end/2" in told
    assert "signed" in stocked.run("fact", "S-7", "sneezed", "2026-05-29").stderr


def test_an_odd_fact_is_recorded_on_confirmation(stocked: Shell) -> None:
    words = ("fact", "S-7", "invoice_received", "2026-07-01")
    said = stocked.refused(*words)
    assert "This day is still to come." in said
    assert "--yes" in said
    dry = stocked.ok(*words, "--dry-run")
    assert "This day is still to come." in dry
    assert dry.endswith("Nothing was saved.\n")
    assert "new: payment/invoice_received-2" in stocked.ok(*words, "--yes")


def test_a_deadline_is_done_and_undone(stocked: Shell) -> None:
    wanted = key(stocked, "payment/invoice_received-1")
    proof = stocked.write("receipt.txt", "paid")
    assert stocked.ok("complete", wanted, "--evidence", proof) == "done on 2026-06-01: S-7 Payment\n"
    assert row(stocked, "payment/invoice_received-1")["state"] == "done"
    assert "This is not open any more." in stocked.refused("complete", wanted)
    assert stocked.ok("undo", wanted) == "open again: S-7 Payment\n"
    assert row(stocked, "payment/invoice_received-1")["state"] == "overdue"
    assert "Say why." in stocked.refused("waive", wanted)
    stocked.ok("waive", wanted, "--reason", "credited")
    assert row(stocked, "payment/invoice_received-1")["state"] == "waived"
    stocked.ok("undo", wanted)
    assert row(stocked, "payment/invoice_received-1")["state"] == "overdue"


def test_after_a_while_taking_back_needs_a_reason(stocked: Shell) -> None:
    wanted = key(stocked, "payment/invoice_received-1")
    stocked.ok("complete", wanted, "--on", "2026-05-20", "--note", "by transfer", "--link", "https://bank.example/1")
    stocked.clock.turn_to(datetime(2026, 6, 1, 3, 0, tzinfo=UTC))
    assert "Say why it is opened again." in stocked.refused("undo", wanted)
    stocked.ok("undo", wanted, "--reason", "the transfer came back")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--on", "2026-06-02"), "This day is still to come."),
        (("--link", "ftp://bank.example"), "Write a link that starts with https://."),
        (("--link", "https://bank.example/\r\nx"), "Write this on one line"),
    ],
)
def test_what_cannot_have_been_done_is_refused(stocked: Shell, words: tuple[str, ...], told: str) -> None:
    wanted = key(stocked, "payment/invoice_received-1")
    before = stocked.contents()
    assert told in stocked.refused("complete", wanted, *words)
    fake = stocked.write("proof.png", "not a picture")
    assert "proof.png is not the kind of file its name says." in stocked.refused("complete", wanted, "--evidence", fake)
    assert stocked.contents() == before


def test_a_deadline_that_is_not_there_is_said_so(stocked: Shell) -> None:
    for wanted in ("nowhere:payment/1", "payment", "", ":"):
        assert "There is no such thing" in stocked.refused("complete", wanted)
