"""Files that prove something are what they say, kept once, and safe to hand out again."""

import hashlib
import io
import zipfile

import pytest

from tests.support.cast import LEASE
from tests.support.office import Office
from tracker.actions.errors import Refused
from tracker.actions.evidence import LARGEST, Upload
from tracker.actions.file_names import safe_name
from tracker.records.deadlines import State

RENT = "payment/5"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "050001a5f645400000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def packed(*names: str) -> bytes:
    """A packed file with these entries."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "<document/>")  # of no date: these bytes name a test
    return data.getvalue()


def office_file(folder: str, *more: str) -> bytes:
    """The least that an office program writes."""
    return packed("[Content_Types].xml", "_rels/.rels", f"{folder}/document.xml", *more)


def handed_in(office: Office, *uploads: Upload) -> None:
    office.register(LEASE)
    office.complete("L-1", RENT, "2026-01-05", uploads=list(uploads))


def refused(office: Office, *uploads: Upload) -> list[str]:
    office.register(LEASE)
    with pytest.raises(Refused) as told:
        office.complete("L-1", RENT, "2026-01-05", uploads=list(uploads))
    assert office.deadline("L-1", RENT).state is State.OPEN
    assert office.evidence() == []
    assert not office.tracker.files.folder.exists(), "nothing was stored"
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("receipt.pdf", PDF, "application/pdf"),
        ("receipt.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("letter.txt", b"dear Sirs", "text/plain"),
        ("收据.txt", "收到".encode("gb18030"), "text/plain"),
        ("letter.eml", b"From: a@b.example\n\nhello", "message/rfc822"),
        (
            "contract.docx",
            office_file("word"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("figures.xlsx", office_file("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("flow.pptx", office_file("ppt"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("发票.ofd", packed("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ],
)
def test_what_offices_use_is_kept(office: Office, name: str, data: bytes, media_type: str) -> None:
    handed_in(office, Upload(name, data))
    (kept,) = office.evidence()
    assert (kept.name, kept.media_type, kept.size) == (name, media_type, len(data))
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert office.tracker.files.get(kept.sha256) == data


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("receipt.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "receipt.pdf is not the kind of file its name says."),
        ("receipt.pdf", PNG, "receipt.pdf is not the kind of file its name says."),
        ("photo.png", PDF, "photo.png is not the kind of file its name says."),
        ("photo.jpg", b"<script>alert(1)</script>", "photo.jpg is not the kind of file its name says."),
        ("letter.txt", b"MZ\x90\x00\x03", "letter.txt is not the kind of file its name says."),
        ("letter.eml", b"<html><body>hello</body></html>", "letter.eml is not the kind of file its name says."),
        ("contract.docx", packed("setup.exe"), "contract.docx is not the kind of file its name says."),
        ("contract.docx", office_file("xl"), "contract.docx is not the kind of file its name says."),
        ("contract.docx", packed("word/document.xml"), "contract.docx is not the kind of file its name says."),
        ("figures.xlsx", office_file("word"), "figures.xlsx is not the kind of file its name says."),
        ("flow.pptx", office_file("word"), "flow.pptx is not the kind of file its name says."),
        (
            "macro.docx",
            office_file("word", "word/vbaProject.bin"),
            "macro.docx is not the kind of file its name says.",
        ),
        (
            "program.docx",
            b"MZ\x90\x00" + office_file("word"),
            "program.docx is not the kind of file its name says.",
        ),
        ("cut.docx", office_file("word")[:60], "cut.docx is not the kind of file its name says."),
        ("发票.ofd", office_file("word"), "发票.ofd is not the kind of file its name says."),
        ("empty.pdf", b"", "empty.pdf is empty."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(office: Office, name: str, data: bytes, told: str) -> None:
    assert refused(office, Upload(name, data)) == [told]


@pytest.mark.parametrize("name", ["setup.exe", "page.html", "picture.svg", "macro.docm", "archive.zip", "noending"])
def test_kinds_that_are_not_kept_are_told_what_is(office: Office, name: str) -> None:
    (told,) = refused(office, Upload(name, PDF))
    assert told.startswith(f"{name} cannot be kept; bring one of: .docx")


def test_every_fault_is_told_and_one_bad_file_keeps_none(office: Office) -> None:
    assert len(refused(office, Upload("a.pdf", PDF), Upload("b.exe", b"MZ"), Upload("c.pdf", b""))) == 2


def test_what_is_too_large_is_refused(office: Office) -> None:
    (told,) = refused(office, Upload("scan.pdf", PDF + b"0" * LARGEST))
    assert told == "scan.pdf is too large: at most 25 MB."


def test_too_many_files_are_refused(office: Office) -> None:
    assert refused(office, *(Upload(f"{n}.txt", b"x") for n in range(21))) == ["At most 20 files at once."]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ana\\scan.pdf", "scan.pdf"),
        ("合同（正本）.pdf", "合同（正本）.pdf"),
        ('a"b\r\nContent-Type: x.txt', "abContent-Type x.txt"),
        ("e\u0301tude.txt", "étude.txt"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("\u202egnp.exe.txt", "gnp.exe.txt"),
        ("合同\u2067fdp\u2069.txt", "合同fdp.txt"),
        ("scan\u200b\ufeff.pdf", "scan.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("lpt² .txt", "_lpt².txt"),
        ("CONTRACT.pdf", "CONTRACT.pdf"),
        ("scan.pdf. .", "scan.pdf"),
        ("合" * 100 + ".pdf", "合" * 62 + ".pdf"),
        ("scan." + "x" * 400, "scan." + "x" * 145),
        ("..", "file"),
        ("", "file"),
        ("...pdf", "pdf"),
    ],
)
def test_names_are_made_safe_and_stay_readable(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_the_same_file_twice_is_stored_once(office: Office) -> None:
    handed_in(office, Upload("a.pdf", PDF), Upload("b.pdf", PDF))
    assert [item.name for item in office.evidence()] == ["a.pdf", "b.pdf"]
    assert len([path for path in office.tracker.files.folder.rglob("*") if path.is_file()]) == 1


def test_evidence_is_for_the_product_alone(office: Office) -> None:
    handed_in(office, Upload("a.pdf", PDF))
    path = office.tracker.files.path(office.evidence()[0].sha256)
    assert path.stat().st_mode & 0o077 == 0
