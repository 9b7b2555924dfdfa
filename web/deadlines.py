from flask import Blueprint, render_template

screen = Blueprint("deadlines", __name__)


@screen.get("/obligations/")
def index() -> str:
    return render_template("help.html", glossary=(), every=())
