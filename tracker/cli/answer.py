"""`tracker answer`."""

from datetime import date

import click

from tracker.actions.access import deadline_by_key
from tracker.actions.answering import Said, Way, say
from tracker.cli.arguments import DAY
from tracker.cli.desk import Desk
from tracker.cli.record import name_of
from tracker.render.texts import N_

_TOLD = {
    Way.IN_HAND: N_("in hand: %(name)s"),
    Way.LATER: N_("put off until %(day)s: %(name)s"),
    Way.NOT_MINE: N_("not theirs: %(name)s"),
}


@click.command("answer")
@click.argument("key", metavar="KEY")
@click.option("--in-hand", "way", flag_value=Way.IN_HAND, type=Way, help="Nobody further up is told before its day.")
@click.option("--later", "until", type=DAY, metavar="DATE", help="Remind again on this day, and not before.")
@click.option("--not-mine", "way", flag_value=Way.NOT_MINE, type=Way, help="Remind no more while its day stands.")
@click.pass_obj
def answer_command(desk: Desk, key: str, way: Way | None, until: date | None) -> None:
    """Answer the reminders of the deadline KEY, in the name of --as."""
    if (way is None) == (until is None):
        raise click.UsageError(desk.words.gettext("Give one of --in-hand, --later and --not-mine."))
    said = Said(way or Way.LATER, until)
    if said.way is not Way.IN_HAND and desk.actor.is_operator:
        raise click.UsageError(desk.words.gettext("Say who answers: tracker --as EMAIL answer …"))
    with desk.transaction() as session:
        deadline = say(session, desk.actor, deadline_by_key(session, desk.actor, key).id, said, now=desk.now)
        name = name_of(desk, deadline)
    click.echo(desk.words.gettext(_TOLD[said.way], name=name, day=until))
