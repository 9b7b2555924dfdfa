"""What the head of every page offers."""

from dataclasses import dataclass

from flask import Flask, request

from tracker.records.people import Role
from tracker.render.texts import N_
from web.context import person_or_none


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the blueprint it leads to, its name and icon, and whether only administrators see it."""

    endpoint: str
    label: str
    icon: str
    for_admins: bool = False

    @property
    def current(self) -> bool:
        """Whether the visitor is in this part."""
        return (request.blueprint or "").startswith(self.endpoint.partition(".")[0])


MAIN = (
    Item("today.show", N_("Today"), "house"),
    Item("contracts.index", N_("Contracts"), "file-text"),
    Item("deadlines.index", N_("Obligations"), "list-checks"),
    Item("feeds.index", N_("Calendar"), "calendar-days"),
)
MORE = (
    Item("papers.index", N_("Missing documents"), "file-check"),
    Item("calculator.show", N_("Date calculator"), "scale"),
    Item("calendars.index", N_("Working days"), "calendar-check"),
    Item("kinds.index", N_("Kinds of contract"), "files"),
    Item("account.show", N_("Your account"), "user"),
    Item("people.index", N_("People"), "users", for_admins=True),
    Item("settings.show", N_("Settings"), "settings", for_admins=True),
    Item("letters.index", N_("Letters"), "mail", for_admins=True),
    Item("help.show", N_("Help and glossary"), "circle-help"),
)


def equip_navigation(app: Flask) -> None:
    """Give every template the entries this visitor may use."""

    @app.context_processor
    def entries() -> dict[str, object]:
        visitor = person_or_none()
        admin = visitor is not None and visitor.role is Role.ADMIN
        return {"navigation": MAIN, "more_navigation": [item for item in MORE if admin or not item.for_admins]}
