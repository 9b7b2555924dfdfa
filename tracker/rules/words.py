"""What a kind of contract says to people, in the languages it says it in."""

from collections.abc import Mapping

from tracker.rules.problems import N_
from tracker.rules.section import Section

Words = Mapping[str, str]
"""A text by language; under the empty name one that is said the same to everybody."""

NEAREST: Mapping[str, tuple[str, ...]] = {
    "en": ("en", "", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "", "en"),
}
"""For each language of the product, where to look for a text, the best first."""

NEEDED = ("en", "zh-Hans")
"""Languages that a text in several languages must have; traditional Chinese may be left to the simplified."""


def said(words: Words, language: str) -> str:
    """The text in that language, or in the nearest there is; empty where there is none."""
    return next((words[name] for name in NEAREST[language] if words.get(name)), "")


def read_words(section: Section, name: str) -> Words:
    """A text: one line or several for everybody, or a table by language."""
    value = section.raw(name)
    if not isinstance(value, Mapping):
        text = section.prose(name)
        return {"": text} if text else {}
    part = Section.of(value, section.at(name), section.problems)
    found = {language: part.prose(language) for language in NEAREST}
    for language in NEEDED:
        if not found[language]:
            part.fault(language, N_("The translation is missing."))
    part.close()
    return {language: text for language, text in found.items() if text}


def need_words(section: Section, name: str) -> Words:
    """Like `read_words`, but absence is a problem."""
    if section.raw(name) is None:
        section.fault(name, N_("This is needed."))
    return read_words(section, name)
