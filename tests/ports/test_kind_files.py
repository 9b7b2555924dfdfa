"""The team's own kind files on disk: written whole, private, and never outside their folder."""

from pathlib import Path

import pytest

from tracker.ports.kind_files import kind_file, kinds_in, remove_kind_file, save_kind_file


def test_a_file_is_written_whole_into_a_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "kinds"
    save_kind_file(folder, "lease.toml", "名称 = 1\n")
    save_kind_file(folder, "lease.toml", "名称 = 2\n")
    assert [(file.name, file.text) for file in kinds_in(folder)] == [("lease.toml", "名称 = 2\n")]
    assert [path.name for path in folder.iterdir()] == ["lease.toml"], "nothing half-written is left behind"
    assert (folder / "lease.toml").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "precious.toml", tmp_path / "kinds"
    outside.write_text("precious")
    folder.mkdir()
    (folder / "lease.toml").symlink_to(outside)
    save_kind_file(folder, "lease.toml", "mine")
    assert outside.read_text() == "precious"
    assert kind_file(folder / "lease.toml").text == "mine"


@pytest.mark.parametrize(
    "name",
    ["../x.toml", "/etc/x.toml", "a/b.toml", "..toml", ".hidden.toml", "x.txt", "", ".toml", "a\n.toml", "a\0.toml"],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a kind file"):
        save_kind_file(tmp_path / "kinds", name, "x")
    with pytest.raises(ValueError, match="not the name of a kind file"):
        remove_kind_file(tmp_path / "kinds", name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_gone_already_can_be_removed_again(tmp_path: Path) -> None:
    save_kind_file(tmp_path, "lease.toml", "x")
    remove_kind_file(tmp_path, "lease.toml")
    remove_kind_file(tmp_path, "lease.toml")
    assert list(tmp_path.iterdir()) == []
