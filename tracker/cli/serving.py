"""`tracker serve`, `demo` and `tick`.

The web door is started by its name: this door does not know it.
"""

import runpy
import sys

import click

from tracker.actions.demo import load_samples, remove_samples
from tracker.chores import Chores
from tracker.cli.desk import Desk

SERVER = "web.serve"
_PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}


@click.command("serve", context_settings=_PASSED_ON)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def serve(words: tuple[str, ...]) -> None:
    """Serve the web app, and do the background work beside it. `tracker serve --help` tells its options."""
    _serve(words)


def _serve(words: tuple[str, ...]) -> None:
    sys.argv = ["tracker serve", *words]
    runpy.run_module(SERVER, run_name="__main__")


@click.command("demo", context_settings={"ignore_unknown_options": True})
@click.option("--load-only", is_flag=True, help="Put the sample contracts in, and do not serve.")
@click.option("--remove", is_flag=True, help="Take the sample contracts and people out again.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def demo(desk: Desk, load_only: bool, remove: bool, words: tuple[str, ...]) -> None:
    """Fill the instance with sample contracts, then serve it; further WORDS go to `tracker serve`."""
    desk.tracker.migrate()
    with desk.transaction() as session:
        change = remove_samples if remove else load_samples
        number = change(session, now=desk.now)
    told = desk.words.ngettext("%(n)s sample contract taken out", "%(n)s sample contracts taken out", number)
    if not remove:
        told = desk.words.ngettext("%(n)s sample contract put in", "%(n)s sample contracts put in", number)
    click.echo(told, err=True)
    if not (load_only or remove):
        desk.tracker.close()
        _serve(words)


@click.command("tick")
@click.pass_obj
def tick(desk: Desk) -> None:
    """Do all background work once: recount, plan reminders, send letters, publish feeds."""
    chores = Chores(desk.tracker, desk.address(""))
    chores.begin()
    for state, number in sorted(chores.all_once().items()):
        click.echo(f"{state.value}: {number}")
