"""Calendar subscriptions: made, listed with when they were last fetched, given a new address, ended."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.actions.errors import Missing, Refused
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feeds import Issued, NewFeed, create_feed, list_feeds, revoke_feed, rotate_feed
from tracker.records.feeds import Detail, Feed
from tracker.render.texts import N_
from tracker.rules.facts import Side
from web.context import _, actor, base_url, now, tracker
from web.forms import Form

screen = Blueprint("feeds", __name__, url_prefix="/calendar")
Page = str | Response | tuple[str, int]

DETAILS = {
    Detail.FULL: N_("Everything: dates, contract, parties and how the date was worked out"),
    Detail.TITLES: N_("Titles only: what is due and in which contract, without parties, sums or reasons"),
    Detail.DATES: N_("Only “contract deadline”"),
}
OWED_BY = {"": N_("Either side"), Side.US: N_("What we owe or may do"), Side.THEM: N_("What they owe or may do")}
REFRESH = (
    (N_("Google Calendar"), N_("usually every 4 to 24 hours")),
    (N_("Outlook on the web"), N_("usually every 3 to 24 hours")),
    (N_("Outlook for Windows"), N_("at start, and as the server suggests")),
    (N_("Apple Calendar"), N_("as you set it")),
    (N_("Thunderbird"), N_("usually every 30 minutes")),
    (N_("Nextcloud"), N_("every 6 hours, as this feed suggests")),
)


@dataclass(frozen=True, slots=True)
class Links:
    """A feed's address in every form that somebody can use."""

    https: str

    @property
    def webcal(self) -> str:
        """What calendar programs on this device open."""
        return "webcal://" + self.https.partition("://")[2]

    @property
    def google(self) -> str:
        """Adds it to Google Calendar."""
        return "https://calendar.google.com/calendar/r?" + urlencode({"cid": self.webcal})

    @property
    def outlook(self) -> str:
        """Adds it to Outlook on the web."""
        name = self.https.rpartition("/")[2].removesuffix(".ics")
        return "https://outlook.office.com/calendar/0/addfromweb?" + urlencode({"url": self.https, "name": name})


@screen.get("/")
def index() -> str:
    """One's subscriptions and the form for a new one."""
    return _page(Form({"label": _("Contract deadlines"), "detail": Detail.FULL.value, "done": "1"}))


@screen.post("/")
def add() -> Page:
    """Make a subscription and show its address, this once."""
    form = Form(request.form)
    detail = form.choice("detail", Detail)
    side = form.one_of("side", ["", *Side])
    filters = FeedFilter(mine=form.ticked("mine"), sides=(side,) if side else (), done=form.ticked("done"))
    try:
        if detail is None or form.problems:
            raise Refused([])
        with tracker().transaction() as session:
            wanted = NewFeed(label=form.value("label"), filters=filters, detail=detail)
            issued = create_feed(session, actor(), wanted, now=now())
    except Refused as refusal:
        form.add(refusal.problems)
        return _page(form), 422
    return _shown(issued)


@screen.post("/<int:feed_id>/rotate")
def rotate(feed_id: int) -> str:
    """Give a subscription a new address and show it, this once."""
    with tracker().transaction() as session:
        issued = rotate_feed(session, actor(), feed_id, now=now())
    return _shown(issued)


@screen.route("/<int:feed_id>/revoke", methods=["GET", "POST"])
def revoke(feed_id: int) -> Page:
    """Ask, then end a subscription."""
    if request.method == "GET":
        return render_template("feed_revoke.html", feed=_own(feed_id))
    with tracker().transaction() as session:
        revoke_feed(session, actor(), feed_id, now=now())
    flash(_("The subscription has ended."), "ok")
    return redirect(url_for("feeds.index"), 303)


def _page(form: Form) -> str:
    with tracker().reading() as session:
        feeds = list_feeds(session, actor())
    details = {detail.value: _(text) for detail, text in DETAILS.items()}
    owed_by = {str(side): _(text) for side, text in OWED_BY.items()}
    return render_template("feeds.html", form=form, feeds=feeds, details=details, owed_by=owed_by, refresh=REFRESH)


def _own(feed_id: int) -> Feed:
    with tracker().reading() as session:
        feed = next((feed for feed in list_feeds(session, actor()) if feed.id == feed_id), None)
    if feed is None:
        raise Missing
    return feed


def _shown(issued: Issued) -> str:
    links = Links(base_url() + quote(issued.path))
    return render_template("feed_issued.html", feed=issued.feed, links=links, refresh=REFRESH)
