from flask import Blueprint, render_template

screen = Blueprint("contracts", __name__)


@screen.get("/contracts/")
def index() -> str:
    return render_template("help.html", glossary=(), every=())
