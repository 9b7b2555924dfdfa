"""Names of files that people hand in: their own, made safe for every system that may save them."""

import re
import unicodedata

LONGEST_NAME = 150
MOST_BYTES = 190
"""In UTF-8: with a content hash before it, a name still fits into the 255 bytes that file systems allow."""
LONGEST_ENDING = 10
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
"""Devices on Windows, whatever their ending."""


def safe_name(name: str) -> str:
    """The file's own name without folders, control characters or anything a download could trip over."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(char for char in base if char.isprintable() and char not in '<>:"|?*').strip(" .")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    return _shortened(kept) or "file"


def ending_of(name: str) -> str:
    """The ending, with its dot, in small letters."""
    return "." + name.rpartition(".")[2].lower()


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = MOST_BYTES - len((dot + ending).encode())
    cut = stem[: LONGEST_NAME - len(dot + ending)].encode()[:room].decode(errors="ignore")
    return cut.rstrip(" .") + dot + ending
