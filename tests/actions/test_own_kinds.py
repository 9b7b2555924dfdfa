"""The team's own kinds: copied, checked, saved, changed and taken away, and who may do so."""

from pathlib import Path

import pytest

from tests.actions.test_kinds import LEASE
from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.errors import Forbidden, Missing, Refused, Stale
from tracker.actions.kinds import kinds_here, read_text
from tracker.actions.own_kinds import changes_of, check_text, copied, mark_of, own_text, remove_kind, save_kind, text_of


def folder(office: Office) -> Path:
    made = office.tracker.settings.own_kinds
    made.mkdir(parents=True, exist_ok=True)
    return made


def save(office: Office, text: str = LEASE, by: str = "Ana", name: str = "", seen: str | None = None) -> str:
    """Save a kind; answers its code."""
    with office.tracker.transaction() as session:
        return save_kind(session, office.actor(by), text, now=office.now, name=name, seen=seen).code


def remove(office: Office, name: str, by: str = "Ana") -> None:
    with office.tracker.transaction() as session:
        remove_kind(session, office.actor(by), name, now=office.now)


def known(office: Office) -> dict[str, str]:
    """The team's own kinds: files by code."""
    with office.tracker.reading() as session:
        return dict(kinds_here(session).files)


def refused(office: Office, text: str, name: str = "") -> list[str]:
    with pytest.raises(Refused) as refusal:
        save(office, text, name=name)
    return [f"{problem.place}: {problem}" for problem in refusal.value.problems]


def test_a_kind_that_is_saved_can_be_chosen_at_once_and_is_remembered(office: Office) -> None:
    assert save(office, by="Ben") == "lease"
    assert known(office) == {"lease": "lease.toml"}
    assert office.register(contract(kind="lease")).is_new
    with office.tracker.reading() as session:
        (event,) = changes_of(session, "lease")
        assert event.actor is not None
        assert (event.event, event.actor.name, event.details["file"]) == ("kind-saved", "Ben", "lease.toml")


def test_a_copy_of_a_kind_of_the_product_is_the_teams_own(office: Office) -> None:
    with office.tracker.reading() as session:
        first = copied(session, "customer-service")
    assert save(office, first) == "own-customer-service"
    assert known(office) == {"own-customer-service": "customer-service.toml"}
    with office.tracker.reading() as session:
        second = copied(session, "own-customer-service")
        assert text_of(session, "own-customer-service").text == first
    assert save(office, second) == "customer-service-2"
    assert second != first


def test_every_problem_of_a_text_is_told_and_nothing_is_written(office: Office) -> None:
    told = refused(office, LEASE.replace('role = "B"', 'role = "A"') + "deu = 1\n")
    assert [line.partition(":")[0] for line in told] == ["parties[1].deu", "parties"]
    assert not office.tracker.settings.own_kinds.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("=", "This is not TOML"),
        ("a = " + "[" * 20_000, "This is nested too deeply."),
        ("a = " + "9" * 5_000, "This is not TOML"),
        (LEASE + "#" * 600_000, "larger than 512 kB"),
    ],
)
def test_a_text_that_cannot_be_read_is_told(text: str, words: str) -> None:
    kind, problems = read_text(text)
    assert kind is None
    assert words in str(problems[0])


def test_a_code_of_another_file_is_told(office: Office) -> None:
    save(office)
    assert refused(office, LEASE) == ["code: Another file has a kind with the code “lease”."]
    save(office, LEASE.replace('"lease"', '"hire"'))
    assert refused(office, LEASE, name="hire.toml") == ["code: Another file has a kind with the code “lease”."]


def test_a_file_that_is_there_already_is_not_overwritten_by_a_new_kind(office: Office) -> None:
    (folder(office) / "lease.toml").write_text("not a kind")
    assert refused(office, LEASE) == ["code: There is already a file lease.toml."]
    assert save(office, name="lease.toml") == "lease"


def test_a_file_with_any_name_is_changed_where_it_lies(office: Office) -> None:
    (folder(office) / "our lease.toml").write_text(LEASE)
    assert save(office, LEASE.replace("Lease", "Hire"), name="our lease.toml") == "lease"
    assert known(office) == {"lease": "our lease.toml"}


def test_a_change_made_from_an_older_text_overwrites_nothing(office: Office) -> None:
    save(office)
    save(office, LEASE.replace("Lease", "Hire"), name="lease.toml", seen=mark_of(LEASE))
    with pytest.raises(Stale):
        save(office, LEASE.replace("Lease", "Let"), name="lease.toml", seen=mark_of(LEASE))
    remove(office, "lease.toml")
    with pytest.raises(Stale):
        save(office, LEASE, name="lease.toml", seen=mark_of(LEASE))
    assert save(office, LEASE, name="lease.toml") == "lease", "on purpose it can be put in its place"


def test_the_code_of_a_kind_that_contracts_have_must_stay(office: Office) -> None:
    save(office)
    renamed = LEASE.replace('code = "lease"', 'code = "hire"')
    assert save(office, renamed, name="lease.toml") == "hire"
    assert save(office, LEASE, name="lease.toml") == "lease"
    office.register(contract(kind="lease"))
    assert refused(office, renamed, name="lease.toml") == [
        "code: There are contracts of the kind “lease”, so its code must stay."
    ]
    assert save(office, LEASE.replace("Lease", "Hire"), name="lease.toml") == "lease"


def test_a_kind_that_contracts_have_cannot_be_removed_even_by_who_cannot_see_them(office: Office) -> None:
    save(office)
    office.register(contract(kind="lease", access={"only": []}))
    with pytest.raises(Refused, match="There are contracts of the kind “lease”, so it cannot be removed"):
        remove(office, "lease.toml", by="Cleo")
    (folder(office) / "lease.toml").write_text(LEASE.replace('name = "Tenant"', ""))
    with pytest.raises(Refused):
        remove(office, "lease.toml")
    (folder(office) / "lease.toml").write_text('code = "lease"\n=')
    with pytest.raises(Refused):
        remove(office, "lease.toml")


def test_a_second_file_of_a_kind_in_use_can_be_removed(office: Office) -> None:
    save(office)
    (folder(office) / "again.toml").write_text(LEASE)
    office.register(contract(kind="lease"))
    remove(office, "lease.toml")
    assert known(office) == {"lease": "again.toml"}


def test_a_kind_that_no_contract_has_is_removed_and_that_is_remembered(office: Office) -> None:
    save(office)
    office.register(contract(kind="general"))
    remove(office, "lease.toml", by="Ben")
    assert known(office) == {}
    last = office.events()[-1]
    assert (last.event, last.details) == ("kind-removed", {"code": "lease", "file": "lease.toml"})


def test_a_file_that_cannot_be_read_is_not_overwritten_but_can_be_removed(office: Office) -> None:
    (folder(office) / "odd.toml").write_bytes(b"\xff\xfe")
    with office.tracker.reading() as session:
        assert own_text(session, "odd.toml").fault == "This file is not written in UTF-8."
    assert refused(office, LEASE, name="odd.toml") == [": This file is not written in UTF-8."]
    remove(office, "odd.toml")
    assert known(office) == {}


@pytest.mark.parametrize("name", ["../secret.toml", ".hidden.toml", "x.txt"])
def test_nothing_outside_the_folder_is_read_or_written(office: Office, name: str) -> None:
    folder(office)
    (office.tracker.settings.instance / "secret.toml").write_text(LEASE)
    with office.tracker.reading() as session, pytest.raises(Missing):
        own_text(session, name)
    with pytest.raises(Missing):
        save(office, LEASE, name=name)
    with pytest.raises(Missing):
        remove(office, name)
    assert (office.tracker.settings.instance / "secret.toml").read_text() == LEASE


def test_only_who_may_change_contracts_changes_kinds(office: Office) -> None:
    with pytest.raises(Forbidden):
        save(office, by="Vic")
    save(office)
    with pytest.raises(Forbidden):
        remove(office, "lease.toml", by="Vic")
    assert known(office) == {"lease": "lease.toml"}


def test_what_is_not_here_is_missing(office: Office) -> None:
    with office.tracker.reading() as session:
        for look in (text_of, own_text, copied):
            with pytest.raises(Missing):
                look(session, "nonesuch")


def test_a_text_is_checked_without_being_saved(office: Office) -> None:
    with office.tracker.reading() as session:
        kind, problems = check_text(session, LEASE)
        assert kind is not None
        assert problems == ()
        assert check_text(session, "")[0] is None
    assert known(office) == {}
