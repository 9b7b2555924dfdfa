"""Importing contract files: what is good is kept whole, what is bad is told with its place and leaves nothing."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.documents import GOOD, changed
from tracker.ports.contract_files import as_bundle
from tracker.ports.plain_yaml import parse

DOCS = Path(__file__).parents[2] / "docs"

BAD = {
    "no second party": (
        changed("  - name: Hualong Trading\n", ""),
        "parties (line 8): A contract has at least two parties.",
    ),
    "nobody is us": (changed("    us: true\n", ""), "parties (line 8): Say which one party is us."),
    "no number": (changed("number: S-7\n", ""), "number (line 1): This is needed."),
    "end before start": (
        changed("  length: 1 year\n", "  start: 2026-05-01\n  end: 2026-04-30\n"),
        "term (line 14): the term ends before it starts",
    ),
    "30 February": (changed("2026-05-11", "2026-02-30"), "facts[1].day (line 34): There is no such day: 2026-02-30."),
    "two-way date": (changed("2026-05-11", "3/5/26"), "facts[1].day (line 34): This can be read in more than one way"),
    "negative length": (changed("length: 1 year", "length: -1 years"), "term.length (line 15): "),
    "no length at all": (changed("length: 1 year", "length: 0 days"), "term (line 14): a term needs a length"),
    "unknown code": (changed("code: payment", "code: pament"), "obligations[0].code (line 23): Unknown code"),
    "unknown field": (
        changed("    every: 3 months", "    evry: 3 months"),
        "obligations[1].evry (line 29): Unknown field; did you mean “every”?",
    ),
    "unknown fact": (changed("kind: signed", "kind: singed"), "facts[0].kind (line 31): Write one of: signed,"),
    "unknown starting point": (
        changed("invoice_received\n    amount", "invoice_lost\n    amount"),
        "obligations[0].due (line 24): “invoice_lost” is not a starting point.",
    ),
    "an alias": (
        changed("title: Customer service contract", "title: &a x\ntags: [*a]"),
        "title (line 3): Aliases and anchors",
    ),
    "a tag": (changed("number: S-7", "number: !!int 7"), "number (line 2): Tags (!) are not read"),
    "a field twice": (
        changed("kind: customer-service", "title: Again"),
        "title (line 4): This field stands here twice.",
    ),
    "two contracts": (GOOD + "---\n" + GOOD, "line 41: Write one contract in a file."),
    "not YAML": (GOOD + "  - [", "This is not well-formed YAML"),
    "another format": (changed("contract/1", "contract/9"), "format (line 1): Write format: contract/1."),
    "an amount without currency": (changed("1200.50 CNY", "1200.50"), "obligations[0].amount (line 25): "),
    "an amount beyond counting": (changed("1200.50 CNY", "1e30 CNY"), "amount (line 25): an amount has at most 14"),
    "a number that is too long": (changed("S-7", "S" * 101), "number (line 2): This is too long: at most 100"),
    "a title of 10 MB": (changed("Customer service contract", "x" * 10_000_000), "at most 5 MB"),
    "a long title": (changed("Customer service contract", "x" * 4_000_000), "title (line 3): This is too long"),
    "CR and LF in a name": (
        changed("Hualong Trading", '"Hualong\\r\\nBcc: x@example.com"'),
        "parties[1].name (line 11): Write this on one line",
    ),
    "a key that cannot be one": (
        changed("  - code: payment", "  - key: a/b\n    code: payment"),
        "obligations[0].key (line 23): Write a name of letters",
    ),
    "a key of the term": (changed("code: payment", "code: term-end"), "obligations (line 22): The key “term-end” "),
    "a stranger as owner": (changed("ana@acme", "eve@acme"), "owner (line 6): Nobody here has the address"),
    "an unknown deadline": (
        changed("follow-up-visit/1", "follow-up/1"),
        "completions[0].deadline (line 36): There is no deadline “follow-up/1”.",
    ),
    "done tomorrow": (
        changed("done_on: 2026-04-03", "done_on: 2026-06-02"),
        "completions[0].done_on (line 37): This day is still to come.",
    ),
    "evidence that is elsewhere": (
        GOOD + "    evidence:\n      - {sha256: " + "0" * 64 + ", name: proof.pdf}\n",
        "completions[0].evidence[0] (line 42): proof.pdf is not in this file",
    ),
    "a series without end of days": (changed("every: 3 months", "every: 99999999999 years"), "obligations[1]"),
    "a term beyond the calendar": (changed("length: 1 year", "length: 9000 years"), "term"),
    "text, not a contract": ("Dear Sirs", "document (line 1): Write this as named fields."),
    "nothing": ("", "document: Write this as named fields."),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_is_told_with_its_place_and_leaves_nothing(shell: Shell, name: str) -> None:
    content, told = BAD[name]
    path = shell.write("bad.yaml", content)
    before = shell.contents()
    said = shell.refused("import", path, "--yes")
    assert any(line.startswith(f"{path}: ") and told in line for line in said.splitlines()), said
    assert said.endswith("Nothing was saved.\n")
    assert shell.contents() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00\x01", "not text in UTF-8"),
        (b"%PDF-1.7\n\x00", "The file holds characters that no text has."),
        (b"PK\x03\x04 and no more", "This bundle is damaged or locked"),
        ("名称: 合同\n".encode("gb18030"), "line 1: This is not text in UTF-8"),
    ],
)
def test_a_file_of_the_wrong_type_is_said_to_be_one(shell: Shell, content: bytes, told: str) -> None:
    assert told in shell.refused("import", shell.write("contract.yaml", content))


def test_a_file_that_is_not_there_is_said_so(shell: Shell) -> None:
    assert "nowhere.yaml: The file cannot be read: No such file or directory." in shell.refused(
        "import", "nowhere.yaml"
    )


def test_every_problem_is_told_at_once_in_the_language_asked_for(shell: Shell) -> None:
    path = shell.write("bad.yaml", changed("2026-05-11", "2026-02-30").replace("code: payment", "code: pament"))
    problems = json.loads(shell.run("import", path, "--json").stdout)["problems"]
    assert [(one["place"], one["line"], one["odd"]) for one in problems] == [
        ("obligations[0].code", 23, False),
        ("facts[1].day", 34, False),
    ]
    assert {one["file"] for one in problems} == {path}


def test_one_bad_file_keeps_the_good_ones_out(shell: Shell) -> None:
    good, bad = shell.write("good.yaml", GOOD), shell.write("bad.yaml", changed("S-7", "S-8").replace("us: true", ""))
    before = shell.contents()
    said = shell.refused("import", good, bad)
    assert (good in said, bad in said) == (False, True)
    assert shell.contents() == before


def test_a_number_that_is_taken_out_of_sight_is_refused(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD + "access: {only: [ben@acme.example]}\n"))
    said = shell.refused("--as", "dora@acme.example", "import", shell.write("b.yaml", GOOD))
    assert "number (line 2): This number is taken by another contract." in said


ODD = {
    "notice longer than the term": (changed("at_least: 30 days", "at_least: 400 days"), "longer than the term"),
    "a start before the signature": (changed("2026-01-05", "2025-12-01"), "starts before the contract was signed"),
    "a fact to come": (changed("2026-05-11", "2026-07-01"), "facts[1].day (line 34): This day is still to come."),
}


@pytest.mark.parametrize("name", list(ODD))
def test_what_is_odd_but_lawful_is_saved_on_confirmation(shell: Shell, name: str) -> None:
    content, told = ODD[name]
    path = shell.write("odd.yaml", content)
    before = shell.contents()
    said = shell.refused("import", path)
    assert told in said
    assert "give --yes as well" in said
    assert shell.contents() == before
    assert shell.ok("import", path, "--yes").startswith("S-7: new; deadlines: ")


def test_importing_the_same_file_again_changes_nothing(shell: Shell) -> None:
    path = shell.write("a.yaml", GOOD)
    assert shell.ok("import", path) == "S-7: new; deadlines: 13 new, 0 moved, 0 gone\n"
    before = shell.contents()
    assert shell.ok("import", path) == "S-7: unchanged\n"
    as_json = shell.write("a.json", json.dumps(parse(GOOD)[0]))
    assert shell.json("import", as_json)["contracts"][0] == {
        "contract": "S-7",
        "id": shell.json("import", path)["contracts"][0]["id"],
        "new": False,
        "changed": False,
        "appeared": [],
        "moved": [],
        "vanished": [],
    }
    assert shell.contents() == before


def test_a_changed_file_moves_what_depends_on_it_and_keeps_its_names(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    moved = shell.json("import", shell.write("a.yaml", changed("2026-05-11", "2026-05-12")))["contracts"][0]
    assert (moved["appeared"], moved["moved"], moved["vanished"]) == ([], ["payment/invoice_received-1"], [])


def test_a_dry_run_tells_and_saves_nothing(shell: Shell) -> None:
    path = shell.write("a.yaml", GOOD)
    before = shell.contents()
    assert "Nothing was saved." in shell.ok("import", path, "--dry-run")
    assert shell.contents() == before


def test_a_contract_is_read_from_standard_input(shell: Shell) -> None:
    assert shell.ok("import", "-", stdin=GOOD).startswith("S-7: new")


def test_a_fresh_instance_needs_nothing_but_the_file(bare_shell: Shell) -> None:
    path = bare_shell.write("a.yaml", GOOD.replace("owner: ana@acme.example\n", ""))
    assert bare_shell.ok("import", path).startswith("S-7: new")


@pytest.mark.parametrize("email", ["cleo@acme.example"])
def test_a_viewer_may_not_import(shell: Shell, email: str) -> None:
    said = shell.refused("--as", email, "import", shell.write("a.yaml", GOOD))
    assert said == "This person's role does not allow it.\n"


# ------------------------------------------------------------------ evidence

PROOF = b"%PDF-1.4\n%proof\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_evidence_travels_in_a_bundle(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD))
    key = next(row["key"] for row in shell.json("deadlines") if row["code"] == "payment")
    shell.ok("complete", key, "--on", "2026-05-20", "--evidence", shell.write("回单.pdf", PROOF))
    exported = str(shell.folder / "S-7.zip")
    shell.ok("export", "S-7", "-o", exported)
    assert Path(exported).stat().st_mode & 0o777 == 0o600
    bundle = Path(exported).read_bytes()
    assert shell.ok("import", exported) == "S-7: unchanged\n"

    elsewhere = Shell(
        {
            "TRACKER_INSTANCE": str(shell.folder / "elsewhere"),
            "TRACKER_DATABASE_URL": f"sqlite:///{shell.folder}/elsewhere.db",
        },
        shell.clock,
        shell.folder,
    )
    elsewhere.ok("user", "add", "ana@acme.example")
    as_yaml = elsewhere.write("S-7.yaml", shell.ok("export", "S-7", "--format", "yaml"))
    assert "回单.pdf is not in this file; import the .zip bundle" in elsewhere.refused("import", as_yaml)
    assert elsewhere.contents()["files"] == []
    elsewhere.ok("import", exported)
    assert elsewhere.contents()["files"] == shell.contents()["files"]
    assert elsewhere.run("export", "S-7").stdout_bytes == bundle


def test_evidence_must_be_what_its_name_says(shell: Shell) -> None:
    document, digest = parse(GOOD)[0], "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    document["completions"][0]["evidence"] = [{"sha256": digest, "name": "proof.pdf"}]
    path = shell.write("a.zip", as_bundle(document, {digest: ("proof.pdf", b"hello\n")}))
    said = shell.refused("import", path)
    assert "completions[0].evidence[0] (line 45): proof.pdf is not the kind of file its name says." in said
    assert shell.contents()["files"] == []


def test_the_hash_of_evidence_out_of_sight_does_not_open_it(shell: Shell) -> None:
    shell.ok("import", shell.write("a.yaml", GOOD + "access: {only: [ben@acme.example]}\n"))
    key = next(row["key"] for row in shell.json("deadlines") if row["code"] == "payment")
    shell.ok("complete", key, "--evidence", shell.write("proof.pdf", PROOF))
    (digest,) = shell.contents()["files"]
    other = changed("S-7", "S-8") + f"    evidence:\n      - {{sha256: {digest}, name: proof.pdf}}\n"
    said = shell.refused("--as", "dora@acme.example", "import", shell.write("b.yaml", other.replace("ana@", "dora@")))
    assert "proof.pdf is not in this file" in said


# --------------------------------------------------------------- round trips


def test_every_sample_contract_survives_export_and_import(shell: Shell) -> None:
    shell.ok("demo", "--load-only")
    numbers = sorted({row["contract"] for row in shell.json("deadlines")})
    assert len(numbers) == 12
    before = shell.json("deadlines")
    exported = {number: shell.ok("export", number) for number in numbers}
    as_json = {number: shell.ok("export", number, "--format", "json") for number in numbers}
    for form in (exported, as_json):
        assert shell.ok("demo", "--remove") == ""
        assert shell.json("deadlines") == []
        paths = [shell.write(f"{number}.txt", content) for number, content in form.items()]
        shell.ok("import", *paths, "--yes")
        assert shell.json("deadlines") == before
        assert {number: shell.ok("export", number) for number in numbers} == exported
        shell.ok("import", *paths, "--yes")
        assert shell.json("deadlines") == before
        _make_samples(shell)


def _make_samples(shell: Shell) -> None:
    """Mark everything as sample data again, so that it can be taken out."""
    from tracker.records.contracts import Contract
    from tracker.records.database import Database

    database = Database(shell.environment["TRACKER_DATABASE_URL"])
    with database.transaction() as session:
        for contract in session.query(Contract):
            contract.sample = True
    database.dispose()


def test_the_example_in_the_documentation_is_a_contract(shell: Shell) -> None:
    text = (DOCS / "contract-file.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(format: contract/1\n.*?)```", text, re.DOTALL)
    assert examples
    for example in examples:
        path = shell.write("example.yaml", example)
        assert ": new; " in shell.ok("import", path, "--yes")
        assert shell.ok("import", path, "--yes").endswith(": unchanged\n")


def test_the_documentation_names_every_field_the_format_knows() -> None:
    """Every field that a section asks for stands in the documentation, in code type."""
    text = (DOCS / "contract-file.md").read_text("utf-8")
    source = Path(__file__).parents[2] / "tracker" / "rules"
    asked = set()
    for name in ("contract_file", "clause_form", "law"):
        code = (source / f"{name}.py").read_text("utf-8")
        asked |= set(re.findall(r"\.(?:text|read|need|prose|word|raw|sections?)\(\"(\w+)\"", code))
        asked |= set(re.findall(r"_lines\(\w+, \"(\w+)\"\)", code))
    assert asked - set(re.findall(r"`(\w+)`", text)) == set()


def test_an_unknown_kind_is_told_with_those_that_are_known(shell: Shell) -> None:
    told = shell.refused("import", shell.write("bad.yaml", changed("kind: customer-service", "kind: customer-servise")))
    assert "kind" in told
    assert "customer-service" in told
    assert shell.json("deadlines") == []


def test_a_contract_may_stand_before_the_one_it_belongs_to(shell: Shell) -> None:
    child = shell.write("a.yaml", changed("S-7", "S-9") + "parent: S-7\n")
    told = shell.ok("--lang", "en", "import", child, shell.write("b.yaml", GOOD))
    assert [line.partition(":")[0] for line in told.splitlines()] == ["S-7", "S-9"]
    assert "parent: S-7" in shell.ok("export", "S-9", "--format", "yaml")
