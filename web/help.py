"""Help: how the product thinks, and its words in three languages."""

from flask import Blueprint, render_template

from tracker.render.texts import LANGUAGES, N_, texts
from web.security import public

screen = Blueprint("help", __name__)

GLOSSARY: tuple[tuple[str, str], ...] = (
    (N_("contract"), N_("An agreement with its parties, its terms and what has happened to it.")),
    (N_("obligation"), N_("What one side owes or may do, with the rule that says when.")),
    (N_("deadline"), N_("One dated occurrence of an obligation.")),
    (N_("act-by date"), N_("The safe day: whatever reading of the clause is right, acting by then is in time.")),
    (N_("legal last day"), N_("The last day on which the act still counts in law.")),
    (N_("send-by date"), N_("The last day to send so that it arrives by the act-by date.")),
    (N_("notice window"), N_("The days in which a notice about renewal may be given: its opening and its last day.")),
    (N_("renewal formalities"), N_("What both sides must have completed before the term ends for it to go on.")),
    (
        N_("fact"),
        N_("Something that happened on a day and starts, moves or stops clocks: a signature, a notice, an end."),
    ),
    (N_("completion"), N_("That a deadline was met: the day, a note, and the files that prove it.")),
    (N_("evidence"), N_("A file that proves a completion, kept unchanged.")),
    (N_("document"), N_("A paper of the contract, by kind, with every version that was put on file.")),
    (N_("working day"), N_("A day on which offices work there, make-up workdays included, public holidays not.")),
    (N_("provisional"), N_("Worked out before that year's public holidays were announced; it may still move.")),
    (N_("projected"), N_("Holds if the contract runs on as written; nothing has confirmed it yet.")),
    (N_("unconfirmed"), N_("The day has passed that would make it so, but nobody has recorded it.")),
    (N_("not known"), N_("The contract gives no number, or the starting event has not happened: no date is guessed.")),
    (N_("feed"), N_("A calendar subscription that shows your deadlines in your own calendar.")),
)


@screen.get("/help")
@public
def show() -> str:
    """The help page."""
    every = [texts(language) for language in LANGUAGES]
    return render_template("help.html", glossary=GLOSSARY, every=every)
