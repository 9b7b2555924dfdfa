"""Contract files as bytes: what is written is read back, and what could do harm is refused."""

import json
import struct
import zipfile
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ports.contract_files import (
    LARGEST_BUNDLE,
    LARGEST_TEXT,
    as_bundle,
    as_json,
    as_yaml,
    read_contract_file,
)
from tracker.ports.plain_yaml import DEEPEST, MOST_VALUES, Unreadable, dump, parse

# What text may hold: no control characters but tab and line feed, no halves of surrogate pairs.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40)
NAMES = TEXT.filter(bool)
VALUES = st.recursive(
    TEXT | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=5)


@given(DOCUMENTS)
def test_what_is_written_as_yaml_is_read_back(document: dict[str, Any]) -> None:
    assert parse(dump(document))[0] == (document or {})


@given(DOCUMENTS)
def test_what_is_written_as_json_is_read_back(document: dict[str, Any]) -> None:
    assert read_contract_file(as_json(document)).document == document


@given(st.dictionaries(NAMES, TEXT, min_size=1, max_size=3), st.lists(st.binary(max_size=50), max_size=3))
def test_what_is_bundled_is_read_back_and_is_the_same_bytes_every_time(
    document: dict[str, str], files: list[bytes]
) -> None:
    named = {sha256(content).hexdigest(): (f"文件 {n}.pdf", content) for n, content in enumerate(files)}
    evidence, papers = dict(list(named.items())[:1]), dict(list(named.items())[1:])
    bundle = as_bundle(document, evidence, papers)
    read = read_contract_file(bundle)
    assert (read.document, read.files) == (document, named)
    assert as_bundle(document, evidence, papers) == bundle


def test_documents_and_evidence_lie_in_folders_of_their_own() -> None:
    digest = sha256(b"x").hexdigest()
    data = as_bundle({"number": "1"}, {digest: ("回单.pdf", b"x")}, {digest: ("合同.pdf", b"x")})
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert packed.namelist() == ["contract.yaml", f"evidence/{digest}-回单.pdf", f"papers/{digest}-合同.pdf"]


def test_yaml_is_written_for_people() -> None:
    document = {
        "number": "0123",
        "title": "维护：合同",
        "us": True,
        "day": "2026-03-05",
        "answer": "true",
        "parties": [{"name": "甲"}],
        "note": "first\nsecond",
    }
    assert as_yaml(document).decode() == (
        "number: 0123\n"
        "title: 维护：合同\n"
        "us: true\n"
        "day: 2026-03-05\n"
        "answer: 'true'\n"
        "parties:\n"
        "  - name: 甲\n"
        "note: |-\n"
        "  first\n"
        "  second\n"
    )


def test_only_three_words_have_a_meaning() -> None:
    text = "a: yes\nb: 010\nc: 1e3\nd: 2026-03-05\ne: ~\nf: True\ng: 12:30:00\nh: true\ni: null\nj:\nk: 'true'\n"
    assert parse(text)[0] == {
        "a": "yes",
        "b": "010",
        "c": "1e3",
        "d": "2026-03-05",
        "e": "~",
        "f": "True",
        "g": "12:30:00",
        "h": True,
        "i": None,
        "j": None,
        "k": "true",
    }


def test_json_numbers_stay_as_written() -> None:
    read = read_contract_file(b'{"cap": 3, "amount": 1200.50, "us": true, "end": null}')
    assert read.document == {"cap": "3", "amount": "1200.50", "us": True, "end": None}


def test_places_know_their_lines() -> None:
    read = read_contract_file(b"title: x\n\nobligations:\n  - code: a\n    due: b\n  - code: c\n")
    assert read.line_of("obligations[0].due") == 5
    assert read.line_of("obligations[1].due") == 6
    assert read.line_of("obligations[1]") == 6
    assert read.line_of("nothing") == 1
    assert read_contract_file(b"{}").line_of("nothing") is None


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_contract_file(data)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1",
        "a: *x",
        "a: &x [*x]",
        "<<: *x",
        "? &x a\n: 1",
        "a: &" + "a" * 100 + "\n  - lol\nb: [*" + "a" * 100 + "]",
    ],
)
def test_aliases_and_anchors_are_refused(text: str) -> None:
    assert "Aliases and anchors" in refusal(text.encode())


@pytest.mark.parametrize("text", ["a: !!python/object/apply:os.system [ls]", "!x a", "a: !!str 1", "!!int 1: 2"])
def test_tags_are_refused(text: str) -> None:
    assert "Tags (!)" in refusal(text.encode())


@pytest.mark.parametrize("text", ["a: 1\na: 2", '{"a": 1, "a": 2}', "a: 1\n'a': 2", '{"b": {"a": 1, "a": 2}}'])
def test_a_field_twice_is_refused(text: str) -> None:
    assert "stands here twice" in refusal(text.encode())


@pytest.mark.parametrize("deep", [DEEPEST + 2, 500, 900, 100_000])
@pytest.mark.parametrize(("begin", "first", "last"), [("", "[", "]"), ("", '{"a":', "}"), ('{"a":', "[", "]")])
def test_deep_nesting_is_refused(begin: str, first: str, last: str, deep: int) -> None:
    """Found by test: JSON whose depth its parser could just stand broke what measured it."""
    text = begin + first * deep + "1" + last * deep + "}" * len(begin[:1])
    assert "nested too deeply" in refusal(text.encode())


def test_size_and_number_of_values_are_limited() -> None:
    assert "at most 5 MB" in refusal(b"a" * (LARGEST_TEXT + 1))
    assert "too many values" in refusal(b"- x\n" * (MOST_VALUES + 1))
    many = {str(number): 1 for number in range(MOST_VALUES)}
    assert "too many values" in refusal(json.dumps(many).encode())
    many.popitem()
    assert len(read_contract_file(json.dumps(many).encode()).document) == MOST_VALUES - 1


@pytest.mark.parametrize(
    "data", [b"\xff\xfea\x00", "甲".encode("gb18030"), b"a: \x00", b"a: \x1b", b"{\xff}", b"a: [", b"{", b"a:\n\tb"]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    assert refusal(data)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_contract_file("\ufeffa: 甲".encode()).document == {"a": "甲"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"{", b"a: "):
        with suppress(Unreadable):
            read_contract_file(start + data)


# -------------------------------------------------------------------- bundles


def bundle(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


GOOD = {"contract.yaml": b"a: b"}


@pytest.mark.parametrize(
    "name",
    [
        "../contract.yaml",
        "/etc/passwd",
        "evidence/../../x",
        f"evidence/{'0' * 64}-../x",
        f"evidence/{'0' * 64}-a/b",
        f"papers/{'0' * 64}-a\\b",
        f"files/{'0' * 64}-a",
        f"evidence/{'0' * 63}-a",
        "readme.txt",
        "evidence\\x",
    ],
)
def test_a_bundle_holds_nothing_else(name: str) -> None:
    assert "holds nothing but" in refusal(bundle(GOOD | {name: b"x"}))


def test_a_bundle_holds_exactly_one_contract() -> None:
    assert "holds one contract" in refusal(bundle({f"evidence/{'0' * 64}-a": b""}))
    assert "holds one contract" in refusal(bundle(GOOD | {"contract.json": b"{}"}))


def test_content_must_have_the_hash_of_its_name() -> None:
    assert "not what its name promises" in refusal(bundle(GOOD | {f"evidence/{'0' * 64}-a.pdf": b"x"}))


def test_a_bomb_is_not_unpacked() -> None:
    many = {f"evidence/{n:064x}-a": b"" for n in range(2_001)}
    assert "too large" in refusal(bundle(GOOD | many))
    assert "too large" in refusal(bundle({"contract.yaml": b"\x00" * (LARGEST_TEXT + 1)}))


def test_a_bundle_that_lies_about_its_size_is_not_unpacked() -> None:
    data = bytearray(bundle(GOOD | {f"evidence/{'0' * 64}-a": b"x" * 100}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", LARGEST_BUNDLE + 1)
    assert "too large" in refusal(bytes(data))


def test_a_locked_damaged_or_oddly_packed_bundle_is_refused() -> None:
    good = bundle(GOOD)
    locked = bytearray(good)
    locked[good.rindex(b"PK\x01\x02") + 8] |= 1
    for data in (
        bytes(locked),
        good[:-10],
        good[:40],
        bundle(GOOD, zipfile.ZIP_LZMA),
        good.replace(b"PK\x05", b"PK\x09"),
    ):
        assert "damaged or locked" in refusal(data)


def test_a_bundle_in_a_bundle_is_refused() -> None:
    assert "PK" not in refusal(bundle({"contract.yaml": bundle(GOOD)}))


def test_json_in_a_bundle_is_read() -> None:
    assert read_contract_file(bundle({"contract.json": json.dumps({"a": "b"}).encode()})).document == {"a": "b"}
