"""Amendments and the look back by the command line, on 1 June 2026."""

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD

MONTHLY = GOOD.replace("every: 3 months", "every: 1 month").replace("completions:", "x:").partition("x:")[0]
RECORD = ("--title", "More visits", "--signed", "2026-05-20")
FROM_JUNE = (*RECORD, "--effective", "2026-06-01")


def visits(shell: Shell) -> dict[str, str]:
    rows = shell.json("deadlines", "--contract", "S-7")
    return {row["key"].partition(":")[2]: row["legal"] for row in rows if row["code"] == "follow-up-visit"}


def recorded(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    shell.ok("amendments", "record", shell.write("b.yaml", MONTHLY), *FROM_JUNE)


def test_an_amendment_is_recorded_from_a_file_that_says_what_is_agreed_now(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    file = shell.write("b.yaml", MONTHLY)
    told = shell.ok("amendments", "record", file, *FROM_JUNE, "--dry-run")
    assert "Nothing was saved." in told
    assert shell.json("amendments", "list", "S-7") == []
    assert shell.ok("amendments", "record", file, *FROM_JUNE) + "Nothing was saved.\n" == told
    found = visits(shell)
    assert found["follow-up-visit/1"] == "2026-04-07", "three months from 5 January end on Saturday 4 April"
    assert found["follow-up-visit/2"] == "2026-06-01", "cut short on 31 May, a Sunday"
    assert found["follow-up-visit/amendment-1.1"] == "2026-06-30"
    assert "follow-up-visit/3" not in found
    (row,) = shell.json("amendments", "list", "S-7")
    assert {name: row[name] for name in ("key", "title", "signed", "effective")} == {
        "key": "amendment-1",
        "title": "More visits",
        "signed": "2026-05-20",
        "effective": "2026-06-01",
    }
    assert row["before"]["obligations"][1]["every"] == "3 months"
    assert shell.ok("amendments", "list", "S-7").split() == [
        "2026-06-01",
        "More",
        "visits",
        "2026-05-20",
        "amendment-1",
    ]


def test_an_amendment_holds_from_its_signature_where_nothing_else_is_said(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    shell.ok("amendments", "record", shell.write("b.yaml", MONTHLY), *RECORD, "--as-fact")
    assert [row["effective"] for row in shell.json("amendments", "list", "S-7")] == ["2026-05-20"]
    assert "contract_change_signed" in shell.ok("export", "S-7")


def test_what_looks_odd_is_asked_about_and_what_is_wrong_refused(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    before, file = shell.contents(), shell.write("b.yaml", MONTHLY)
    early = (*RECORD, "--effective", "2026-05-01")
    assert "The amendment takes effect before it was signed." in shell.refused("amendments", "record", file, *early)
    wrong = shell.write("c.yaml", MONTHLY.replace("10 days after", "soon after"))
    assert "obligations[0].due" in shell.refused("amendments", "record", wrong, *FROM_JUNE)
    shell.refused("amendments", "record", shell.write("d.yaml", MONTHLY.replace("S-7", "S-8")), *FROM_JUNE)
    assert shell.contents() == before
    shell.ok("amendments", "record", file, *early, "--yes")


def test_an_amendment_is_taken_back(shell: Shell) -> None:
    recorded(shell)
    told = shell.ok("amendments", "withdraw", "S-7", "amendment-1", "--dry-run")
    assert "Nothing was saved." in told
    assert len(shell.json("amendments", "list", "S-7")) == 1
    shell.ok("amendments", "withdraw", "S-7", "amendment-1")
    assert shell.json("amendments", "list", "S-7") == []
    assert visits(shell)["follow-up-visit/2"] == "2026-07-06", "the quarter to 4 July, a Saturday"
    shell.refused("amendments", "withdraw", "S-7", "amendment-1")


def test_an_amended_contract_goes_out_and_comes_in_unchanged(shell: Shell) -> None:
    recorded(shell)
    out = shell.ok("export", "S-7")
    assert "unchanged" in shell.ok("import", shell.write("c.yaml", out))
    assert shell.ok("export", "S-7") == out


def test_a_contract_as_it_stood(shell: Shell) -> None:
    recorded(shell)
    before, now = (shell.json("as-of", "S-7", day) for day in ("2026-05-31", "2026-06-01"))
    every = [next(one["words"] for one in data["terms"] if "every" in one["words"]) for data in (before, now)]
    assert ["every 3 months" in every[0], "every 1 month" in every[1]] == [True, True]
    assert before["amendments"] == ["amendment-1"]
    assert shell.json("as-of", "S-7", "2026-05-19")["amendments"] == []
    told = shell.ok("as-of", "S-7", "2026-04-03")
    assert "S-7 Customer service contract: as it stood on 2026-04-03" in told
    assert "follow-up-visit/1" in told
    assert "still to come" in shell.refused("as-of", "S-7", "2026-06-02")


def test_who_may_look_back_and_amend(shell: Shell) -> None:
    recorded(shell)
    closed = GOOD.replace("number: S-7", "number: S-9\naccess: {only: []}")
    shell.ok("import", shell.write("s.yaml", closed))
    shell.refused("--as", "cleo@acme.example", "as-of", "S-9", "2026-05-31")
    shell.refused("--as", "cleo@acme.example", "amendments", "list", "S-9")
    shell.refused("--as", "cleo@acme.example", "amendments", "withdraw", "S-7", "amendment-1")
