"""Keep the message catalogues complete: `python -m tests.tools.catalogue [--check] [--merge FILE …]`.

Every text marked in the code and the templates is written to the simplified Chinese catalogue, where people translate
it. The traditional Chinese one is made from that by OpenCC with Taiwan's phrases and a short list of corrections, so
that it cannot lag. `--check` writes nothing and fails on whatever is missing, doubtful or out of date.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from opencc import OpenCC

ROOT = Path(__file__).parents[2]
HANS, HANT = "zh_Hans", "zh_Hant"
_CORRECTIONS = Path(__file__).with_name("zh_hant.toml")
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.jinja", "jinja2"), ("**.txt", "jinja2")]
_JINJA = {"newstyle_gettext": "true", "silent": "false", "trimmed": "true"}
_OPTIONS = {pattern: _JINJA for pattern, method in _METHODS if method == "jinja2"}
_KEYWORDS = {**DEFAULT_KEYWORDS, "_": None}


def path_of(language: str, root: Path = ROOT) -> Path:
    """Where the catalogue of a language stands."""
    return root / "tracker" / "translations" / language / "LC_MESSAGES" / "messages.po"


def extracted(root: Path = ROOT) -> Catalog:
    """Every message marked for translation in the program."""
    template = Catalog(charset="utf-8")
    for folder in ("tracker", "web", "jobs"):
        found = extract_from_dir(
            root / folder, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for _file, _line, message, comments, context in found:
            template.add(message, auto_comments=comments, context=context)
    return template


def simplified(template: Catalog, wordings: Iterable[Path] = (), root: Path = ROOT) -> Catalog:
    """The simplified Chinese catalogue brought up to date, gaps filled from the given wording files."""
    catalogue = _read(path_of(HANS, root), HANS)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for path in wordings:
        _fill(catalogue, _read(path, HANS))
    return catalogue


def traditional(hans: Catalog, root: Path = ROOT) -> Catalog:
    """The traditional Chinese catalogue that follows from the simplified one."""
    old = _read(path_of(HANT, root), HANT)
    catalogue = Catalog(locale=HANT, project=old.project, version=old.version, header_comment=old.header_comment)
    catalogue.creation_date, catalogue.revision_date = old.creation_date, old.revision_date
    catalogue.last_translator, catalogue.language_team = old.last_translator, old.language_team
    convert = Converter()
    for message in _messages(hans):
        forms = [convert(form) for form in _forms(message)]
        string = forms if message.pluralizable else forms[0]
        catalogue.add(message.id, string, flags=message.flags, context=message.context)
    return catalogue


class Converter:
    """Simplified to traditional Chinese, with the corrections that a general table cannot know."""

    def __init__(self) -> None:
        self._opencc = OpenCC("s2twp")
        self._corrections: dict[str, str] = tomllib.loads(_CORRECTIONS.read_text(encoding="utf-8"))["phrases"]

    def __call__(self, text: str) -> str:
        converted = str(self._opencc.convert(text))
        for wrong, right in self._corrections.items():
            converted = converted.replace(wrong, right)
        return converted


def faults(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue's content: untranslated, doubtful, or with placeholders that differ."""
    for message in _messages(catalogue):
        name = message.id if isinstance(message.id, str) else message.id[0]
        if not all(_forms(message)):
            yield f"not translated: {name!r}"
        elif message.fuzzy:
            yield f"marked fuzzy: {name!r}"
        else:
            yield from (f"{error}: {name!r}" for error in message.check(catalogue))


def as_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a file: sorted, without places in the code, so that it changes only when a text does."""
    buffer = BytesIO()
    pofile.write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Write the catalogues, or with `--check` only compare; 1 when something is left to do."""
    parser = argparse.ArgumentParser(prog="catalogue", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail when anything is missing or stale")
    parser.add_argument("--merge", nargs="*", type=Path, default=[], help="fill gaps from these .po files")
    options = parser.parse_args(arguments)
    hans = simplified(extracted(), options.merge)
    found = list(faults(hans))
    for language, catalogue in ((HANS, hans), (HANT, traditional(hans))):
        found += _settle(path_of(language), as_bytes(catalogue), check=options.check)
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def _settle(path: Path, content: bytes, *, check: bool) -> list[str]:
    if path.read_bytes() == content:
        return []
    if check:
        return [f"out of date: {path.relative_to(ROOT)} (run python -m tests.tools.catalogue)"]
    path.write_bytes(content)
    return []


def _read(path: Path, language: str) -> Catalog:
    file: BinaryIO
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language, ignore_obsolete=True)


def _fill(catalogue: Catalog, wording: Catalog) -> None:
    for known in _messages(wording):
        message = catalogue.get(known.id, known.context)
        if message and not all(_forms(message)):
            forms = _forms(known)
            message.string = forms[:1] if message.pluralizable else forms[0]


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(message: Message) -> list[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


if __name__ == "__main__":
    sys.exit(main())
