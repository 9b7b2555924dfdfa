"""What signs sessions and links: made once, never weak, never empty."""

import stat
from pathlib import Path, PosixPath

import pytest

from tracker.ports.secret_file import read_or_make_secret
from tracker.settings import SettingsError, read_settings


class Late(PosixPath):
    """A file that another process writes just after it was first looked at."""

    def read_text(self, encoding: str | None = None, errors: str | None = None) -> str:
        found = super().read_text(encoding, errors)
        self.write_text("written by the other")
        return found


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    made = read_or_make_secret(path)
    assert len(made) == 64
    assert read_or_make_secret(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_that_another_process_is_just_writing_is_waited_for(tmp_path: Path) -> None:
    """Found by reading: of several servers started at once, one could have signed with nothing."""
    path = Late(tmp_path / "secret.key")
    path.touch()
    assert read_or_make_secret(path) == "written by the other"


def test_an_empty_secret_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    with pytest.raises(SettingsError, match=r"secret\.key is empty: remove it, and a new one is made"):
        read_settings({"TRACKER_INSTANCE": str(tmp_path)})


def test_a_secret_that_could_be_guessed_is_refused_at_the_start(tmp_path: Path) -> None:
    def settings(key: str) -> str:
        return read_settings({"TRACKER_INSTANCE": str(tmp_path), "TRACKER_SECRET_KEY": key}).secret_key

    with pytest.raises(SettingsError, match="TRACKER_SECRET_KEY: write at least 20"):
        settings("x" * 19)
    assert settings("x" * 20) == "x" * 20
    assert len(settings("")) == 64
