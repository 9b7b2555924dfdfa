"""A look back at a contract on any day up to today."""

from flask import Blueprint, render_template, request

from tracker.actions.as_of import AsOf, Stood, as_of
from tracker.actions.shelf import open_contract
from tracker.render.terms import term_lines
from tracker.rules.problems import N_
from tracker.rules.section import day
from tracker.rules.standing import Standing
from web.context import _, actor, today, tracker, words
from web.forms import Form
from web.marks import Mark

screen = Blueprint("as_of", __name__, url_prefix="/contracts")


@screen.get("/<int:contract_id>/as-of")
def show(contract_id: int) -> str | tuple[str, int]:
    """The contract as it stood on the day that the address names; today where it names none."""
    form = Form({"day": request.args.get("day") or today().isoformat()})
    on = form.read("day", day, required=True)
    if on is not None and on > today():
        form.refuse("day", N_("This day is still to come."))
    with tracker().reading() as session:
        contract = open_contract(session, actor(), contract_id)
        found = as_of(session, actor(), contract_id, on) if on and not form.problems else None
        lines = term_lines(found.terms.effect, found.terms.clauses, words()) if found else []
        page = render_template(
            "as_of.html", contract=contract, form=form, found=found, lines=lines, marks=_marks(found) if found else {}
        )
    return page if found else (page, 422)


def _marks(found: AsOf) -> dict[str, Mark]:
    return {one.key: _mark(one) for one in found.deadlines}


def _mark(one: Stood) -> Mark:
    done = _("done on %(day)s", day=words().date(one.done_on)) if one.done_on else _("done")
    return {
        Standing.WAITING: Mark(_("no day yet"), "", "circle-dashed"),
        Standing.UPCOMING: Mark(_("to come"), "", "clock"),
        Standing.AT_RISK: Mark(_("safe day passed"), "warn", "triangle-alert"),
        Standing.OVERDUE: Mark(_("overdue"), "bad", "circle-alert"),
        Standing.PASSED: Mark(_("passed"), "", "history"),
        Standing.WAIVED: Mark(_("waived"), "", "ban"),
        Standing.SUSPENDED: Mark(_("suspended"), "info", "circle-pause"),
    }.get(one.standing, Mark(done, "ok", "circle-check"))
