"""The shape of a story of a kind: what is filled into its blanks, what it has to bring, some of its days by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.stories.telling import Happening

SIGNED = "2026-01-05"
AFTER_THE_END = """
    customer-notice service-continuity customer-data-handover after-sales complaint-channel ip-return ip-licence-end
    tech-support-tail training-tail marketing-support marketing-stop data-migration relationship-review ending-notice
    ending-certificate asset-handover debt-settlement final-settlement unfinished-business confidentiality-tail
"""
THIRD_PARTY = """
    third-party-notice third-party-agreement third-party-qualification third-party-cap third-party-replacement
    third-party-exit
"""


@dataclass(frozen=True)
class KindStory:
    """`brings` names codes of obligations and sections of terms; `days` are legal days by key, worked out by hand."""

    kind: str
    blanks: Mapping[str, str]
    brings: frozenset[str]
    happened: tuple[Happening, ...]
    days: Mapping[str, str]
    done: tuple[str, str]
    """The key of a deadline, and the day on which it is done."""


def of(kind: str, brings: str, blanks: Mapping[str, str], *happened: Happening, **more: object) -> KindStory:
    days, done = more["days"], more["done"]
    assert isinstance(days, dict)
    assert isinstance(done, tuple)
    return KindStory(kind, blanks, frozenset(brings.split()), happened, days, done)
