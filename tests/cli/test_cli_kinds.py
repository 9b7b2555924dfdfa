"""Kinds of contract on the command line: listed, copied, checked."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.actions.test_kinds import LEASE
from tracker.cli.desk import Desk
from tracker.cli.kinds import kinds_command


def run(instance: Path, *arguments: str, language: str = "en") -> Result:
    desk = Desk({"TRACKER_INSTANCE": str(instance)}, language=language)
    return CliRunner().invoke(kinds_command, list(arguments), obj=desk, catch_exceptions=False)


def test_a_kind_is_copied_changed_checked_and_listed(tmp_path: Path) -> None:
    copied = run(tmp_path, "--copy", "customer-service")
    mine = tmp_path / "mine.toml"
    mine.write_text(copied.stdout.replace('code = "customer-service"', 'code = "key-accounts"', 1), encoding="utf-8")
    assert run(tmp_path, str(mine)).exit_code == 0
    (tmp_path / "kinds").mkdir()
    mine.rename(tmp_path / "kinds" / "mine.toml")
    listed = json.loads(run(tmp_path, "--json", language="zh-Hans").stdout)
    assert {"code": "key-accounts", "name": "客户服务合同"} in listed


def test_problems_are_told_with_file_and_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('format = "kind/1"\ncode = "a"\nname = "A"\n', encoding="utf-8")
    checked = run(tmp_path, str(bad))
    assert checked.exit_code == 2
    assert checked.stderr == f"{bad}: parties: A contract has at least two parties.\n"


def test_a_bad_file_in_the_folder_is_told_below_the_list(tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "bad.toml").write_text("=", encoding="utf-8")
    listed = run(tmp_path)
    assert listed.exit_code == 2
    assert listed.stdout.splitlines()[-1].split() == ["general", "Other", "contract"]
    assert listed.stderr.startswith("bad.toml: document: This is not TOML")


def test_a_kind_that_is_not_known_cannot_be_copied_or_removed(tmp_path: Path) -> None:
    for option in ("--copy", "--remove"):
        assert run(tmp_path, option, "lease").exit_code == 1


def own(tmp_path: Path, name: str = "mine.toml", code: str = "lease") -> Path:
    """A file beside the instance with a kind of the team's own."""
    file = tmp_path / name
    file.write_text(LEASE.replace('"lease"', f'"{code}"'), encoding="utf-8")
    return file


def codes(tmp_path: Path) -> set[str]:
    return {row["code"] for row in json.loads(run(tmp_path, "--json").stdout)}


def test_kinds_are_put_into_use_brought_up_to_date_copied_and_taken_away(tmp_path: Path) -> None:
    saved = run(tmp_path, "--save", str(own(tmp_path)), str(own(tmp_path, "other.toml", "hire")))
    assert saved.stdout.splitlines() == [
        f"{tmp_path / 'mine.toml'}: saved as lease",
        f"{tmp_path / 'other.toml'}: saved as hire",
    ]
    assert {"lease", "hire"} <= codes(tmp_path)
    file = own(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("Lease", "Rental"), encoding="utf-8")
    assert run(tmp_path, "--save", str(file)).exit_code == 0
    assert "Rental" in run(tmp_path, "--copy", "lease").stdout
    assert {path.name for path in (tmp_path / "kinds").iterdir()} == {"lease.toml", "hire.toml"}
    assert run(tmp_path, "--remove", "lease").exit_code == 0
    assert not {"lease"} & codes(tmp_path)


def test_of_several_files_none_is_saved_when_one_has_a_problem(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(LEASE.replace('role = "B"', 'role = "b"'), encoding="utf-8")
    saved = run(tmp_path, "--save", str(own(tmp_path)), str(bad))
    assert saved.exit_code == 2
    line = bad.read_text(encoding="utf-8").splitlines().index('role = "b"') + 1
    assert saved.stderr == f"{bad}: parties[1].role (line {line}): Write a capital letter: A, B, C …\n"
    assert "lease" not in codes(tmp_path)


def test_saving_nothing_is_told(tmp_path: Path) -> None:
    told = run(tmp_path, "--save")
    assert told.exit_code == 2
    assert "Name the files to save." in told.stderr
