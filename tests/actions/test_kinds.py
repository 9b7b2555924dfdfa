"""The kinds an installation knows: those of the product and the files its team has put beside them."""

from pathlib import Path

import pytest

from tracker.actions.kinds import Kinds, check_kind, file_of, known_kinds

LEASE = """
format = "kind/1"
code = "lease"
name = { en = "Lease", zh-Hans = "租赁合同" }
[[parties]]
role = "A"
name = "Landlord"
[[parties]]
role = "B"
name = "Tenant"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kinds"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str | bytes) -> Kinds:
    """The kinds known once that file is there."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return known_kinds(folder)


def told(kinds: Kinds) -> dict[str, list[str]]:
    return {faulty.file: [str(problem) for problem in faulty.problems] for faulty in kinds.faulty}


def test_without_a_folder_there_are_the_ten_kinds_of_the_product(tmp_path: Path) -> None:
    kinds = known_kinds(tmp_path / "none")
    assert len(kinds.by_code) == 10
    assert kinds.faulty == ()
    assert kinds.choices("zh-Hans")[-1] == ("general", "其他合同")


def test_a_file_put_into_the_folder_is_a_kind_at_once(folder: Path) -> None:
    kinds = put(folder, "our lease.toml", LEASE)
    assert kinds.name("lease", "en") == "Lease"
    assert kinds.name("lease", "zh-Hant") == "租赁合同"
    assert ("lease", "Lease") in kinds.choices("en")
    changed = put(folder, "our lease.toml", LEASE.replace("Lease", "Office lease"))
    assert changed.name("lease", "en") == "Office lease"


def test_a_kind_that_is_not_known_is_called_by_its_code(tmp_path: Path) -> None:
    kinds = known_kinds(tmp_path)
    assert kinds.get("lease") is None
    assert kinds.name("lease", "en") == "lease"


def test_a_copy_of_a_kind_of_the_product_is_the_teams_own_and_takes_nothing_away(folder: Path) -> None:
    copy = file_of("customer-service")
    assert copy is not None
    kinds = put(folder, "customer-service.toml", copy.replace("Customer service contract", "Key account service"))
    assert kinds.name("customer-service", "en") == "Customer service contract"
    assert kinds.name("own-customer-service", "en") == "Key account service"
    own = kinds.get("own-customer-service")
    assert own is not None
    assert own.code == "own-customer-service"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format = ", "This is not TOML: Invalid value"),
        ('format = "kind/1"\nformat = "kind/1"', "This is not TOML: Cannot overwrite a value"),
        (LEASE + "deu = 1", "Unknown field."),
        (b"\xff\xfe", "This file is not written in UTF-8."),
        (b"#" * 600_000, "This file is larger than 512 kB."),
        ("", "Write format: kind/1."),
    ],
)
def test_a_bad_file_is_told_and_hinders_no_other(folder: Path, text: str | bytes, words: str) -> None:
    put(folder, "good.toml", LEASE)
    kinds = put(folder, "bad.toml", text)
    assert kinds.get("lease") is not None
    assert len(kinds.by_code) == 11
    assert list(told(kinds)) == ["bad.toml"]
    assert any(words in problem for problem in told(kinds)["bad.toml"])


def test_of_two_files_with_one_code_the_first_counts(folder: Path) -> None:
    put(folder, "a.toml", LEASE)
    kinds = put(folder, "b.toml", LEASE.replace("Lease", "Another"))
    assert kinds.name("lease", "en") == "Lease"
    assert told(kinds) == {"b.toml": ["Another file has a kind with the code “lease”."]}


def test_what_is_no_kind_file_is_not_looked_at(folder: Path) -> None:
    put(folder, "notes.txt", "buy milk")
    kinds = put(folder, ".hidden.toml", "not a kind")
    assert kinds.faulty == ()


def test_a_folder_that_looks_like_a_file_is_told(folder: Path) -> None:
    (folder / "trap.toml").mkdir()
    assert told(known_kinds(folder)) == {"trap.toml": ["This file cannot be opened."]}


def test_a_file_written_on_windows_is_read(folder: Path) -> None:
    kinds = put(folder, "lease.toml", b"\xef\xbb\xbf" + LEASE.replace("\n", "\r\n").encode())
    assert kinds.get("lease") is not None


def test_every_kind_of_the_product_can_be_copied_and_passes_the_check(folder: Path) -> None:
    for code in known_kinds(folder).by_code:
        text = file_of(code)
        assert text is not None
        (folder / f"{code}.toml").write_text(text, encoding="utf-8")
        kind, problems = check_kind(folder / f"{code}.toml")
        assert kind is not None
        assert problems == ()
    assert file_of("../settings") is None
