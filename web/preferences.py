"""Language and appearance, picked at the foot of any page and kept on this device."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from tracker.actions.people import set_language
from tracker.render.texts import LANGUAGES
from web.context import actor, person_or_none, tracker
from web.language import COOKIE
from web.links import way_back
from web.security import keep_cookie, public

screen = Blueprint("preferences", __name__)
THEMES = ("light", "dark")


@screen.post("/preferences")
@public
def save() -> Response:
    """Keep what was picked and go back to where it was picked."""
    answer = redirect(way_back(request.form.get("back")), 303)
    language, theme = request.form.get("language"), request.form.get("theme")
    if language and language in LANGUAGES:
        _remember(language)
        keep_cookie(answer, COOKIE, language)
    if theme and theme in THEMES:
        keep_cookie(answer, "theme", theme)
    elif theme == "":
        answer.delete_cookie("theme")
    return answer


def _remember(language: str) -> None:
    """Somebody signed in means their own setting, which reminders follow too."""
    if person_or_none() is not None:
        with tracker().transaction() as session:
            set_language(session, actor(), language)
