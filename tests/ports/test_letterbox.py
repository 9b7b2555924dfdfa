"""Letters kept as files where no mail server is configured."""

from pathlib import Path

import pytest

from tracker.ports.letterbox import FileMailer
from tracker.ports.mailer import Envelope, Kind, MailFailure

LETTER = b"Date: Mon, 26 Jan 2026 17:00:00 +0800\r\nMessage-ID: <1@example.com>\r\n\r\nbody\r\n"


def deliver(folder: Path, message: bytes = LETTER, message_id: str = "<1@example.com>") -> str:
    with FileMailer(folder).connection() as line:
        return line.send(Envelope("desk@example.com", "ana@example.com", message, message_id)).text


def test_a_letter_becomes_a_file_that_only_we_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "mail"
    said = deliver(folder)
    (file,) = folder.iterdir()
    assert file.name.startswith("20260126T090000Z-")
    assert file.suffix == ".eml"
    assert said == f"kept as {file.name}"
    assert file.read_bytes() == LETTER
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_the_same_letter_handed_in_twice_is_one_file(tmp_path: Path) -> None:
    deliver(tmp_path)
    deliver(tmp_path)
    deliver(tmp_path, message_id="<2@example.com>")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_letter_without_a_date_is_kept_all_the_same(tmp_path: Path) -> None:
    deliver(tmp_path, b"Subject: hello\r\n\r\nbody\r\n")
    assert [file.name[:8] for file in tmp_path.iterdir()] == ["undated-"]


def test_a_folder_that_cannot_be_written_means_try_again_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(MailFailure) as failed:
        deliver(tmp_path / "mail")
    assert failed.value.kind is Kind.TRANSIENT
    assert (tmp_path / "mail").read_text() == "in the way"
