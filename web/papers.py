"""Documents of a contract: put on file by kind, downloaded, replaced by a newer version, taken away; and what is
missing over all contracts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.access import must_edit
from tracker.actions.errors import Missing, Refused
from tracker.actions.paper_lists import missing_papers, settled_by
from tracker.actions.papers import Filed, add_version, correct_paper, put_on_file, remove_paper, the_version
from tracker.actions.shelf import open_contract
from tracker.render.names import deadline_name
from tracker.render.paper_names import PAPER_NAMES, file_size, paper_name, paper_title
from tracker.rules.papers import PaperKind
from tracker.rules.problems import N_
from tracker.rules.section import day
from web.context import _, actor, now, today, tracker, words
from web.downloads import download
from web.fact_words import facts_of
from web.forms import Form
from web.incoming import came_with_files, handed_in
from web.paging import Pager, page_asked
from web.security import takes_files

screen = Blueprint("papers", __name__)
Page = str | Response | tuple[str, int]
_OF_CONTRACT = "/contracts/<int:contract_id>/papers"

screen.add_app_template_filter(lambda kind: paper_name(PaperKind(kind), words()), "paper_name")
screen.add_app_template_filter(lambda paper: paper_title(paper.kind, paper.title, words()), "paper_title")
screen.add_app_template_filter(lambda size: file_size(size, words()), "file_size")


@screen.get("/papers/")
def index() -> str:
    """What is missing in every contract the visitor may see."""
    form = Form(request.args)
    asked = page_asked()
    kind = PaperKind(form.value("kind")) if form.value("kind") in set(PaperKind) else None
    text = form.line("text")
    with tracker().reading() as session:
        found = missing_papers(session, actor(), kind=kind, text=text, offset=Pager(asked, 0).offset)
        return render_template(
            "papers.html",
            form=form,
            rows=found.rows,
            pager=Pager(asked, found.total),
            kinds=paper_kinds(),
            narrowed=bool(kind or text),
        )


@screen.get(f"{_OF_CONTRACT}/new")
def new(contract_id: int) -> str:
    """The form that puts a document on file; the address may say of which kind it is and which fact it shows."""
    must_edit(actor())
    asked = {name: request.args.get(name, "") for name in ("kind", "fact", "title")}
    with tracker().reading() as session:
        facts = {fact.key for fact in open_contract(session, actor(), contract_id).facts}
    known = {"fact": asked["fact"] if asked["fact"] in facts else ""}
    return _new_page(contract_id, Form({"day": today().isoformat(), **asked, **known}))


@screen.post(f"{_OF_CONTRACT}/new")
@takes_files
def put(contract_id: int) -> Page:
    """Put it on file."""
    must_edit(actor())
    form = Form(request.form)
    uploads = handed_in(form)
    filed = _filed(form)
    if len(uploads) > 1:
        form.refuse("files", N_("Choose one file; others are documents or versions of their own."))
    try:
        if filed is None or form.problems:
            raise Refused([])
        upload, files = (uploads[0] if uploads else None), tracker().files
        with tracker().transaction() as session:
            paper, _changes = put_on_file(session, actor(), contract_id, filed, upload, files=files, now=now())
            settled = [deadline_name(one.code, one.title, words()) for one in settled_by(session, paper)]
    except Refused as refusal:
        form.add(refusal.problems)
        return _new_page(contract_id, form), 422
    told = _("On file. It settles: %(deadlines)s.", deadlines=_(", ").join(settled)) if settled else _("On file.")
    flash(told, "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id, _anchor="papers"), 303)


@screen.get(f"{_OF_CONTRACT}/<paper>")
def show(contract_id: int, paper: str) -> str:
    """One document with its versions."""
    return _page(contract_id, paper)


@screen.post(f"{_OF_CONTRACT}/<paper>")
def correct(contract_id: int, paper: str) -> Page:
    """Put right what is said of a document."""
    form = Form(request.form)
    filed = _filed(form)
    try:
        if filed is None or form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            correct_paper(session, actor(), contract_id, paper, filed, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(contract_id, paper, form, opened="correct"), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("papers.show", contract_id=contract_id, paper=paper), 303)


@screen.post(f"{_OF_CONTRACT}/<paper>/versions")
@takes_files
def renew(contract_id: int, paper: str) -> Page:
    """Put a newer version on file."""
    form = Form(request.form)
    uploads = handed_in(form)
    if len(uploads) != 1 and "files" not in form.errors:
        form.refuse("files", N_("Choose one file."))
    try:
        if form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            add_version(session, actor(), contract_id, paper, uploads[0], files=tracker().files, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(contract_id, paper, form, opened="version"), 422
    flash(_("The new version is on file; the older ones stay."), "ok")
    return redirect(url_for("papers.show", contract_id=contract_id, paper=paper), 303)


@screen.get(f"{_OF_CONTRACT}/<paper>/versions/<int:number>")
def fetch(contract_id: int, paper: str, number: int) -> Response:
    """A file of a document, always as a download."""
    with tracker().reading() as session:
        version = the_version(session, actor(), contract_id, paper, number)
    return download(version)


@screen.post(f"{_OF_CONTRACT}/<paper>/remove")
def remove(contract_id: int, paper: str) -> Page:
    """Take a document away."""
    form = Form(request.form)
    try:
        with tracker().transaction() as session:
            remove_paper(session, actor(), contract_id, paper, reason=form.prose("reason"), now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(contract_id, paper, form, opened="remove"), 422
    flash(_("Taken away. The history keeps what it was and why."), "ok")
    return redirect(url_for("contracts.show", contract_id=contract_id, _anchor="papers"), 303)


# ---------------------------------------------------------------------- pages


def paper_kinds() -> dict[str, str]:
    """Kinds of document, by name."""
    return {kind.value: paper_name(kind, words()) for kind in PAPER_NAMES}


def _new_page(contract_id: int, form: Form) -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
    choices = {"kinds": paper_kinds(), "facts": facts_of(contract)}
    return render_template("paper_new.html", contract=contract, form=form, lost=came_with_files(), **choices)


def _page(contract_id: int, key: str, form: Form | None = None, opened: str = "") -> str:
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        paper = next((one for one in contract.papers if one.key == key), None)
        if paper is None:
            raise Missing
        typed = {"kind": paper.kind.value, "day": paper.day.isoformat(), "title": paper.title, "note": paper.note}
        said = Form({**typed, "fact": paper.fact_key})
        return render_template(
            "paper.html",
            contract=contract,
            paper=paper,
            fact=next((fact for fact in contract.facts if fact.key == paper.fact_key), None),
            settled=settled_by(session, paper),
            opened=opened,
            said=form if form and opened == "correct" else said,
            form=form or Form(),
            kinds=paper_kinds(),
            facts=facts_of(contract),
        )


def _filed(form: Form) -> Filed | None:
    kind, on = form.choice("kind", PaperKind), form.read("day", day, required=True)
    title, fact, note = form.line("title"), form.line("fact"), form.prose("note")
    return Filed(kind=kind, day=on, title=title, fact=fact, note=note) if kind and on else None
