"""Adjustments as plain data: read from the fields people write."""

from collections import Counter

from tracker.rules.adjustments import Adjusting, Adjustment
from tracker.rules.problems import N_
from tracker.rules.section import Section, choice, day, handle, prose, up_to


def read_adjustments(top: Section) -> tuple[Adjustment, ...]:
    """The adjustments of the document; one without a key is named by its action and its place among those."""
    seen: Counter[str] = Counter()
    found: dict[str, Adjustment] = {}
    for part in top.sections("adjustments"):
        action = str(part.data.get("action", ""))
        seen[action] += 1
        adjustment = _adjustment(part, f"{action}-{seen[action]}")
        if adjustment and adjustment.key in found:
            part.fault("key", N_("Two adjustments have the key “%(key)s”."), key=adjustment.key)
        if adjustment:
            found[adjustment.key] = adjustment
    return tuple(found.values())


def _adjustment(section: Section, key: str) -> Adjustment | None:
    action = section.need("action", lambda value: choice(value, Adjusting))
    key = section.read("key", handle(80)) or key
    of, on, until = section.need("of", up_to(200)), section.need("day", day), section.read("until", day)
    reason = section.need("reason", prose)
    section.close()
    if not (action and of and on and reason):
        return None
    return section.build("until", lambda: Adjustment(key, action, of, on, until, reason))
