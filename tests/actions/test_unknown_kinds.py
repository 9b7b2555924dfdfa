"""A contract comes in with a kind that is known here, whatever door it comes through."""

from pathlib import Path
from typing import Any

import pytest

from tests.actions.test_kinds import LEASE
from tests.support.cast import contract
from tests.support.office import Office
from tracker.actions.errors import Refused


def own_folder(office: Office) -> Path:
    folder = office.tracker.settings.own_kinds
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def refused(office: Office, **sections: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        office.register(contract(**sections))
    return [f"{problem.place}: {problem}" for problem in refusal.value.problems]


def test_a_kind_that_is_not_known_is_told_with_those_that_are(office: Office) -> None:
    (told,) = refused(office, kind="lease")
    assert told.startswith("kind: Unknown kind; write one of: ")
    assert "customer-service" in told


def test_it_is_told_together_with_everything_else_and_once(office: Office) -> None:
    assert [told.partition(":")[0] for told in refused(office, kind="lease", title=None)] == ["title", "kind"]
    assert [told.partition(":")[0] for told in refused(office, kind=["lease"])] == ["kind"]


def test_a_file_of_the_teams_makes_it_known(office: Office) -> None:
    (own_folder(office) / "lease.toml").write_text(LEASE, encoding="utf-8")
    assert office.register(contract(kind="lease")).contract.kind == "lease"


def test_a_contract_keeps_a_kind_whose_file_is_gone_and_takes_no_other_unknown_one(office: Office) -> None:
    file = own_folder(office) / "lease.toml"
    file.write_text(LEASE, encoding="utf-8")
    office.register(contract(kind="lease"))
    file.unlink()
    assert office.amend("L-1", contract(kind="lease", title="New title")).contract.title == "New title"
    with pytest.raises(Refused):
        office.amend("L-1", contract(kind="leese"))
    assert office.contract("L-1").kind == "lease"


def test_what_is_imported_is_asked_for_its_kind_too(office: Office) -> None:
    with pytest.raises(Refused):
        office.import_document(contract(kind="lease"))
