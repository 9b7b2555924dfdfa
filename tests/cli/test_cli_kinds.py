"""Kinds of contract on the command line: listed, copied, checked."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

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


def test_only_kinds_of_the_product_can_be_copied(tmp_path: Path) -> None:
    assert run(tmp_path, "--copy", "lease").exit_code == 1
