"""Files that are too large or not what they say: told at their field, and nothing that was typed is lost."""

import io
import os
from tempfile import TemporaryFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.web.conftest import Office, csrf, text_of
from tracker.actions.evidence import LARGEST
from tracker.records.deadlines import Completion
from web.app import LARGEST_REQUEST

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MB = 1024 * 1024


def huge(client: FlaskClient, path: str, *sizes: int, **fields: str) -> TestResponse:
    """Send a form with files of these sizes, which take no room anywhere."""
    with TemporaryFile() as body:
        for name, value in {"csrf_token": csrf(client), **fields}.items():
            body.write(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for size in sizes:
            body.write(b'--x\r\nContent-Disposition: form-data; name="files"; filename="scan.pdf"\r\n\r\n' + PDF)
            body.seek(size - len(PDF), os.SEEK_CUR)
            body.write(b"\r\n")
        body.write(b"--x--\r\n")
        body.seek(0)
        return client.post(path, input_stream=body, content_type="multipart/form-data; boundary=x")


def claims(client: FlaskClient, path: str, size: int) -> TestResponse:
    """Say that a form of this size is coming."""
    length = {"CONTENT_LENGTH": str(size)}
    return client.post(path, content_type="multipart/form-data; boundary=x", environ_overrides=length)


def kept(office: Office) -> int:
    with office.tracker.reading() as session:
        return session.scalar(select(func.count(Completion.id))) or 0


@pytest.fixture
def log(office: Office, lease: int) -> str:
    return f"/obligations/{office.deadline(lease, 'insurance')}/log"


def test_a_file_of_200_mb_is_told_at_its_field_and_what_was_typed_stays(office: Office, log: str) -> None:
    answer = huge(office.sit("Ben"), log, 200 * MB, done_on="2026-11-20", note="renewed with AXA", link="")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "scan.pdf is too large: at most 25 MB." in page
    assert "renewed with AXA" in page
    assert 'value="2026-11-20"' in page
    assert "Choose the files again" in page
    assert kept(office) == 0
    assert not office.tracker.files.folder.exists()


def test_a_file_of_just_25_mb_is_kept(office: Office, log: str) -> None:
    assert huge(office.sit("Ben"), log, LARGEST, done_on="2026-11-20").status_code == 303
    assert kept(office) == 1


def test_several_files_are_refused_together_where_they_are_too_large_together(office: Office, log: str) -> None:
    answer = huge(office.sit("Ben"), log, *[20 * MB] * 3, done_on="2026-11-20")
    assert answer.status_code == 422
    assert "These files are too large together" in text_of(answer)
    assert kept(office) == 0


def test_too_many_files_are_told(office: Office, log: str) -> None:
    ben = office.sit("Ben")
    files = [(io.BytesIO(PDF), f"{n}.pdf") for n in range(21)]
    answer = ben.post(log, data={"csrf_token": csrf(ben), "done_on": "2026-11-20", "files": files})
    assert "At most 20 files at once." in text_of(answer)
    assert kept(office) == 0


def test_beyond_all_measure_a_page_says_what_to_do(office: Office, log: str) -> None:
    answer = claims(office.sit("Ben"), log, 2_000 * MB)
    assert answer.status_code == 413
    assert "choose files of at most 25 MB each" in text_of(answer)


@pytest.mark.parametrize("path", ["/contracts/new", "/sign-in"])
def test_a_page_without_files_reads_no_large_form(office: Office, path: str) -> None:
    answer = claims(office.sit("Ben"), path, 40 * MB)
    assert answer.status_code == 413


def test_a_stranger_sends_nothing_large(office: Office, log: str) -> None:
    size = LARGEST_REQUEST + 1
    answer = claims(office.browser(), log, size)
    assert answer.status_code == 413


def test_a_download_is_saved_and_never_shown_or_run(office: Office, log: str) -> None:
    ben = office.sit("Ben")
    file = (io.BytesIO(b"<script>alert(1)</script>"), "回单\u202etxt.txt")
    fields = {"csrf_token": csrf(ben), "done_on": "2026-11-20", "files": file}
    assert ben.post(log, data=fields).status_code == 303
    page = text_of(ben.get(log.removesuffix("/log")))
    start = page.index("/obligations/", page.index('class="files"'))
    answer = ben.get(page[start : page.index('"', start)])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "%E5%9B%9E%E5%8D%95txt.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
