"""Late payments and customer classes on the command line."""

from tests.cli.conftest import Shell

CONTRACT = """
format: contract/1
number: M-1
title: Maintenance
language: en
parties:
  - {role: A, name: Acme, us: true}
  - {role: B, name: Hualong, contacts: [{name: 王芳, birthday: 07-05}]}
law: {counting: plain, calendar: CN, zone: Asia/Shanghai}
effect: {when: 2026-01-01}
term: {length: 2 years}
money: {late_rate: 0.05% per day}
obligations:
  - {key: fee, code: payment, side: us, due: on 2026-05-15, amount: 120000 CNY}
  - {key: yen, code: payment, due: on 2026-05-15, amount: 333333 JPY, late_rate: 0.03% per day, grace: 20 days}
  - {key: care, code: customer-care, side: us, due: on greeting, holidays: [中秋节], birthdays: true, classes: [VIP]}
"""
"""Today is 1 June 2026, seventeen days after 15 May."""


def money(shell: Shell, key: str) -> tuple[object, ...]:
    (row,) = (row for row in shell.json("deadlines") if row["key"].endswith(f":{key}"))
    return row["amount"], row["late_rate"], row["days_late"], row["late_fee"]


def test_the_list_tells_days_and_fee_so_far_and_for_good(shell: Shell) -> None:
    """120,000 x 0.0005 x 17 = 1,020; paid ten days late, 600."""
    shell.ok("import", shell.write("m.yaml", CONTRACT), "--yes")
    assert money(shell, "fee/1") == ("120000.00 CNY", "0.05% per day", 17, "1020.00 CNY")
    (key,) = (row["key"] for row in shell.json("deadlines") if row["key"].endswith(":fee/1"))
    shell.ok("complete", key, "--on", "2026-05-25")
    assert money(shell, "fee/1") == ("120000.00 CNY", "0.05% per day", 10, "600.00 CNY")


def test_within_the_time_of_grace_nothing_is_late(shell: Shell) -> None:
    shell.ok("import", shell.write("m.yaml", CONTRACT), "--yes")
    assert money(shell, "yen/1") == ("333333 JPY", "0.03% per day", 0, None)


def test_a_class_is_changed_and_greetings_follow(shell: Shell) -> None:
    told = shell.run("import", shell.write("m.yaml", CONTRACT))
    assert "No customer is in one of these classes today" in told.stdout + told.stderr
    shell.ok("import", shell.write("m.yaml", CONTRACT), "--yes")
    assert not [row for row in shell.json("deadlines") if row["code"] == "customer-care"]
    shell.ok("fact", "M-1", "customer_class_changed", "2026-06-01", "--how", "VIP")
    found = {row["key"].partition("/")[2]: row["legal"] for row in shell.json("deadlines") if ":care/" in row["key"]}
    assert found["2026-birthday-王芳"] == "2026-07-05"
    assert found["2026-mid-autumn"] == "2026-09-25"
    listed = shell.ok("deadlines")
    assert "Customer care greeting (birthday of 王芳)" in listed
    assert "Customer care greeting (Mid-Autumn Festival)" in listed


def test_how_a_contract_ended_is_one_of_the_known_ways(shell: Shell) -> None:
    shell.ok("import", shell.write("m.yaml", CONTRACT), "--yes")
    refused = shell.run("fact", "M-1", "ended", "2026-06-01", "--how", "VIP")
    assert refused.exit_code == 2
    assert "Write one of: expiry" in refused.stderr
