"""A due day in parts, as the form asks for it, and as the phrase the contract document holds."""

import re

from tracker.rules.phrases import NO_DAY

ON_A_DATE = "date"
WITHIN = "within"
"""Direction of “within the last so long before”."""
_PHRASE = re.compile(r"(?P<within>within )?(?P<period>.+?) (?P<direction>before|after) (?P<anchor>\S+)")


def due_phrase(period: str, direction: str, anchor: str, on: str) -> str:
    """The phrase for the parts; empty when no starting point is chosen."""
    if anchor in NO_DAY:
        return anchor
    start = on if anchor == ON_A_DATE or (on and not anchor) else anchor
    if not start:
        return ""
    if not period:
        return f"on {start}"
    return f"within {period} before {start}" if direction == WITHIN else f"{period} {direction or 'after'} {start}"


def due_fields(phrase: str) -> dict[str, str]:
    """The parts of a phrase; what is not one stands in the period, where its problem is told."""
    if phrase in NO_DAY:
        return _parts("", "after", phrase)
    if phrase.startswith("on "):
        return _parts("", "after", phrase.removeprefix("on ").strip())
    match = _PHRASE.fullmatch(phrase)
    if match is None:
        return _parts(phrase, "after", "")
    return _parts(match["period"], WITHIN if match["within"] else match["direction"], match["anchor"])


def _parts(period: str, direction: str, anchor: str) -> dict[str, str]:
    dated = anchor[:1].isdigit() or anchor.startswith("民")
    return {
        "period": period,
        "direction": direction,
        "anchor": ON_A_DATE if dated else anchor,
        "on": anchor if dated else "",
    }
