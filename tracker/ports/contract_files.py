"""Contract files as bytes: YAML, JSON, and a ``.zip`` bundle that carries documents and evidence beside the contract.

Reading gives plain data and never touches a file named in it; what the data means is `tracker.rules.contract_file`'s
business. Raises `Unreadable` for anything else than what is told in ``docs/contract-file.md``.
"""

import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import Any

from tracker.ports.plain_yaml import DEEPEST, MOST_VALUES, Unreadable, dump, no_such_thing, parse
from tracker.rules.problems import N_, Problem

LARGEST_TEXT = 5 * 1024 * 1024
LARGEST_BUNDLE = 250 * 1024 * 1024
"""Bytes of a bundle, packed or unpacked."""
MOST_ENTRIES = 2_000
_CONTRACT = ("contract.yaml", "contract.json")
_FILE = re.compile(r"(?:evidence|papers)/(?P<sha256>[0-9a-f]{64})-(?P<name>[^/\\]+)")
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
_A_TIME = (1980, 1, 1, 0, 0, 0)  # one moment for every entry, so that the same contract is the same bytes


@dataclass(frozen=True, slots=True)
class ContractFile:
    """What a file holds: the contract document, where its parts stand, and files by content hash."""

    document: Any
    lines: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """File name and content."""

    def line_of(self, place: str) -> int | None:
        """The line on which `place`, or the part it would stand in, starts; None where lines are not known."""
        while place and place not in self.lines:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self.lines.get(place)


def read_contract_file(data: bytes) -> ContractFile:
    """The contract file that `data` is; the content tells which kind."""
    if data[:4] == b"PK\x03\x04":
        return _read_bundle(data)
    return _read_text(data)


def _read_text(data: bytes) -> ContractFile:
    text = _text(data)
    if text.lstrip()[:1] == "{":
        return ContractFile(_read_json(text))
    return ContractFile(*parse(text))


def as_yaml(document: Mapping[str, Any]) -> bytes:
    """The document as YAML."""
    return dump(document).encode()


def as_json(document: Mapping[str, Any]) -> bytes:
    """The document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def as_bundle(
    document: Mapping[str, Any],
    evidence: Mapping[str, tuple[str, bytes]],
    papers: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
) -> bytes:
    """The contract document with files of evidence and documents (name and content by hash) in one ``.zip``."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(_entry("contract.yaml"), as_yaml(document))
        for folder, files in (("evidence", evidence), ("papers", papers)):
            for digest, (name, content) in sorted(files.items()):
                bundle.writestr(_entry(f"{folder}/{digest}-{name}"), content)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _A_TIME)
    entry.external_attr, entry.compress_type = 0o600 << 16, zipfile.ZIP_DEFLATED
    return entry


def _text(data: bytes) -> str:
    if len(data) > LARGEST_TEXT:
        raise no_such_thing(N_("The file is too large: at most 5 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise no_such_thing(N_("This is not text in UTF-8; save the file in that encoding."), line) from None
    if "\x00" in text:
        raise no_such_thing(N_("The file holds characters that no text has."))
    return text


# ---------------------------------------------------------------------- JSON


def _read_json(text: str) -> Any:
    twice: list[str] = []

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        often = Counter(name for name, _value in pairs)
        twice.extend(name for name, times in often.items() if times > 1)
        return dict(pairs)

    try:
        value = json.loads(text, object_pairs_hook=fields, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise no_such_thing(N_("This is not well-formed JSON: %(reason)s."), error.lineno, reason=error.msg) from None
    except RecursionError:
        raise no_such_thing(N_("This is nested too deeply.")) from None
    if twice:
        raise Unreadable(*((Problem(name, N_("This field stands here twice.")), None) for name in twice))
    _must_be_bounded(value)
    return value


def _must_be_bounded(value: Any) -> None:
    """The limits of YAML, level by level: what is deeper than this stack, or has a million fields, is only refused."""
    level, values = [value], 0
    for _level in range(DEEPEST):
        values += len(level)
        if values > MOST_VALUES:
            raise no_such_thing(N_("This holds too many values: at most %(most)s."), most=MOST_VALUES)
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise no_such_thing(N_("This is nested too deeply."))


def _inside(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


# -------------------------------------------------------------------- bundles


def _read_bundle(data: bytes) -> ContractFile:
    if len(data) > LARGEST_BUNDLE:
        raise no_such_thing(N_("The bundle is too large: at most 250 MB."))
    try:
        with zipfile.ZipFile(BytesIO(data)) as bundle:
            return _unpacked(bundle)
    except Unreadable:
        raise
    except _DAMAGED:
        raise no_such_thing(N_("This bundle is damaged or locked; pack it again as a plain .zip.")) from None


def _unpacked(bundle: zipfile.ZipFile) -> ContractFile:
    entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
    _check_entries(entries)
    main = next(entry for entry in entries if entry.filename in _CONTRACT)
    read = _read_text(_content(bundle, main, LARGEST_TEXT))
    left, files = LARGEST_BUNDLE, {}
    for entry in entries:
        if match := _FILE.fullmatch(entry.filename):
            content = _content(bundle, entry, left)
            left -= len(content)
            if sha256(content).hexdigest() != match["sha256"]:
                raise no_such_thing(N_("Its content is not what its name promises."), place=entry.filename)
            files[match["sha256"]] = (match["name"], content)
    return ContractFile(read.document, read.lines, files)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_BUNDLE:
        raise no_such_thing(N_("The bundle is too large: at most 250 MB."))
    if sum(name in _CONTRACT for name in names) != 1:
        raise no_such_thing(N_("A bundle holds one contract.yaml or contract.json."))
    odd = [name for name in names if name not in _CONTRACT and not _FILE.fullmatch(name)]
    if odd or len(set(names)) < len(names):
        text = N_("A bundle holds nothing but the contract, evidence/<sha256>-<name> and papers/<sha256>-<name>.")
        raise no_such_thing(text, place=(odd or names)[0][:200])


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The entry's content, whatever size its header gives."""
    if entry.compress_type not in _PLAIN_METHODS:
        raise zipfile.BadZipFile
    with bundle.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise no_such_thing(N_("The bundle is too large: at most 250 MB."), place=entry.filename)
    return content
