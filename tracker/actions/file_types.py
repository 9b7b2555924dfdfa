"""What may be kept, told by content: a name alone proves nothing."""

import re
import struct
import zipfile
from io import BytesIO

import puremagic

from tracker.actions.file_names import ending_of

TYPES = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".eml": "message/rfc822",
    ".txt": "text/plain",
}
"""What may be kept, by ending. OFD is what electronic invoices come as in China (GB/T 33190)."""
_PARTS = {
    ".docx": ("[Content_Types].xml", "word/"),
    ".xlsx": ("[Content_Types].xml", "xl/"),
    ".pptx": ("[Content_Types].xml", "ppt/"),
    ".ofd": ("OFD.xml", ""),
}
"""The entry, and the folder, without which a packed file is not what its ending says."""
_DAMAGED = (zipfile.BadZipFile, struct.error, OSError, ValueError, RuntimeError, OverflowError)
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:From |[!-9;-~]+:)")
"""How a message begins (RFC 5322, and mbox)."""


def media_type_of(name: str) -> str:
    """The media type of a checked file."""
    return TYPES[ending_of(name)]


def is_what_it_says(name: str, data: bytes) -> bool:
    """Whether the content is of the kind that the ending of the name says."""
    ending = ending_of(name)
    if ending in _PARTS:
        return _is_packed(data, *_PARTS[ending])
    if ending == ".eml":
        return _HEADER.match(data) is not None and _is_text(data)
    if ending == ".txt":
        return _is_text(data)
    try:
        # Not told the name: given one, it answers with the name's ending for whatever it does not recognise.
        found = {match.extension for match in puremagic.magic_string(data)}
    except puremagic.PureError:
        return False
    return ending in found or (ending in (".jpg", ".jpeg") and bool(found & {".jpg", ".jpeg", ".jfif"}))


def _is_packed(data: bytes, entry: str, folder: str) -> bool:
    """Whether it is a packed file with these parts and without macros, which these endings do not allow.

    The first bytes count as well: an unpacking program looks at the end alone, and a program may stand before it.
    """
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except _DAMAGED:
        return False
    macros = any("vbaproject" in name.lower() for name in names)
    return entry in names and any(name.startswith(folder) for name in names) and not macros


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
