from flask import Blueprint, render_template

screen = Blueprint("today", __name__)


@screen.get("/")
def show() -> str:
    return render_template("help.html", glossary=(), every=())
