"""The kinds of contract known here: listed, shown, downloaded."""

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from tracker.actions.errors import Missing
from tracker.actions.own_kinds import changes_of, in_use, text_of
from web.context import tracker, words
from web.kind_told import obligations_told, terms_told
from web.kind_words import hint, party_name, type_name
from web.kinds import kinds

screen = Blueprint("kinds", __name__, url_prefix="/kinds")


@screen.get("/")
def index() -> str:
    """Every kind: the team's own, those that came with the product, and files that give none."""
    known = kinds()
    ordered = [known.by_code[code] for code, _name in known.choices(words().language)]
    own = [kind for kind in ordered if kind.code in known.files]
    product = [kind for kind in ordered if kind.code not in known.files]
    return render_template("kinds.html", own=own, product=product, faulty=known.faulty, files=known.files)


@screen.get("/<code>")
def show(code: str) -> str:
    """One kind: what it brings, and what it asks for."""
    kind = kinds().get(code)
    if kind is None:
        raise Missing
    with tracker().reading() as session:
        changes, used = changes_of(session, code), in_use(session, code)
        return render_template(
            "kind.html",
            kind=kind,
            file=kinds().files.get(code, ""),
            terms=terms_told(kind),
            obligations=obligations_told(kind),
            sections=[section for section in kind.blanks(words().language) if section.blanks],
            parties=[party_name(kind, number) for number in range(len(kind.parties))],
            hint=hint,
            type_name=type_name,
            changes=changes,
            used=used,
        )


@screen.get("/<code>/file")
def download(code: str) -> Response:
    """The file of a kind, to be kept or put into another installation."""
    with tracker().reading() as session:
        found = text_of(session, code)
    response = make_response(found.text)
    response.headers["Content-Type"] = "application/toml; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename=f"{code}.toml")
    return response
