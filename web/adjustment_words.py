"""Adjustments as a page tells them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.records.contracts import Adjustment, Contract
from tracker.records.deadlines import Deadline
from tracker.render.names import called, deadline_name
from tracker.rules.adjustments import Adjusting
from web.context import _, words


@dataclass(frozen=True, slots=True)
class Told:
    """An adjustment in words: of what, and what was decided."""

    key: str
    name: str
    decided: str
    reason: str
    icon: str


def series_in_words(contract: Contract) -> dict[str, str]:
    """What can be paused or ended, by key."""
    bodies = {clause.key: clause.body for clause in contract.clauses if clause.type == "obligations"}
    return {
        key: deadline_name(str(body.get("code", "")), str(body.get("title", "")), words())
        for key, body in bodies.items()
    }


def adjustment_in_words(row: Adjustment, contract: Contract, rows: list[Deadline]) -> Told:
    """One adjustment; `rows` are the deadlines that stand."""
    icon = {Adjusting.PAUSE: "circle-pause", Adjusting.END: "ban", Adjusting.MOVE: "calendar-clock"}[row.action]
    return Told(row.key, _name(row, contract, rows), _decided(row), row.reason, icon)


def adjustments_part(_session: Session, contract: Contract, rows: list[Deadline]) -> dict[str, object]:
    """What the contract's page shows of them."""
    told = [adjustment_in_words(row, contract, rows) for row in contract.adjustments]
    return {"adjusted": told, "adjustable": series_in_words(contract)}


def _name(row: Adjustment, contract: Contract, rows: list[Deadline]) -> str:
    if row.action is not Adjusting.MOVE:
        return series_in_words(contract).get(row.of, row.of)
    found = next((one for one in rows if one.key == row.of), None)
    return called(found.code, found.title, found.occurrence, found.subject, words()) if found else row.of


def _decided(row: Adjustment) -> str:
    day, until = words().date(row.day), words().date(row.until) if row.until else ""
    if row.action is Adjusting.MOVE:
        return _("moved to %(day)s", day=day)
    if row.action is Adjusting.END:
        return _("ends on %(day)s", day=day)
    return _("paused from %(day)s to %(until)s", day=day, until=until) if until else _("paused since %(day)s", day=day)
