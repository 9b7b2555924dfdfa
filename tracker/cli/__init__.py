"""The command line: everything an operator needs without a browser.

A command's module is loaded when the command is run, so that `tracker --help` answers at once.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from tracker.cli.desk import Desk

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "serve": ("serving:serve", "Serve the web app, and do the background work beside it."),
        "demo": ("serving:demo", "Fill the instance with sample contracts, then serve it."),
        "user": ("people:user_group", "People: add, list, give a role, shut out."),
        "import": ("contracts:import_command", "Record contracts from files, or bring them up to date."),
        "export": ("contracts:export_command", "Write a contract to a file that can be imported again."),
        "deadlines": ("deadlines:deadlines_command", "List deadlines, the nearest first."),
        "fact": ("record:fact_command", "Record what happened: every fact recomputes the deadlines."),
        "amendments": ("amendments:amendments_group", "Amendments: list, record, take back."),
        "as-of": ("amendments:as_of_command", "Show a contract as it stood on a day."),
        "complete": ("record:complete_command", "Log that a deadline was met."),
        "answer": ("answer:answer_command", "Answer a reminder: in hand, later, or not mine."),
        "undo": ("record:undo_command", "Take back that a deadline was met or waived."),
        "waive": ("record:waive_command", "Record that nobody will insist on a deadline."),
        "evidence": ("review:evidence_command", "Bring what shows that a deadline was met."),
        "approve": ("review:approve_command", "Accept the proof that a deadline was met."),
        "reject": ("review:reject_command", "Reject the proof: the deadline stands open again."),
        "dispute": ("review:dispute_command", "Record that a deadline is disputed, or that this is settled."),
        "adjust": ("adjust:adjust_group", "Pause or end a series, move one of its days, take that back."),
        "papers": ("papers:papers_group", "Documents: what is on file, what is missing, put one on file."),
        "after-end": (
            "after_end:after_end_command",
            "Show what survives the end of a contract, and what hinders closing it.",
        ),
        "kinds": ("kinds:kinds_command", "List the kinds of contract known here, or check the file of one."),
        "count": ("count:count_command", "Count a period from a day, and explain it."),
        "calendar": ("calendar:calendar_group", "Working days: what is known, a year's arrangement, own days."),
        "feed": ("feed:feed_group", "Calendar subscriptions."),
        "lint-feed": ("feed:lint_feed", "Tell what is wrong with a calendar file or address."),
        "remind": ("letters:remind_command", "Show which reminders would go out, to whom, and why."),
        "outbox": ("letters:outbox_command", "List letters, try them again, let them rest, release held mail."),
        "bounce": ("bounces:bounce_command", "Take in what mail servers report of letters that came back."),
        "tick": ("serving:tick", "Do all background work once."),
        "backup": ("care:backup_command", "Write everything there is to one file."),
        "restore": ("care:restore_command", "Bring back a backup into an empty instance."),
        "migrate": ("care:migrate_command", "Bring the database to the newest shape."),
    }
)
"""Module and name of each command, and what it does in one line."""


class Commands(click.Group):
    """The commands of the table. A problem is told in a sentence, and ends with exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command = getattr(import_module(f"tracker.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_where, told) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            told = import_module("tracker.cli.problems").in_words(error, ctx.ensure_object(Desk).words)
            if not told:
                raise
            raise Trouble(told) from error


class Trouble(click.ClickException):
    """What went wrong, one problem a line."""

    exit_code = 2

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


@click.command(cls=Commands)
@click.option("--as", "email", metavar="EMAIL", help="Act as this person, with that person's rights.")
@click.option(
    "--lang", type=click.Choice(["en", "zh-Hans", "zh-Hant"]), help="Language of what is said. [default: by $LANG]"
)
@click.version_option(package_name="contract-obligation-tracker", prog_name="tracker")
@click.pass_context
def main(ctx: click.Context, email: str | None, lang: str | None) -> None:
    """Contracts, what is due under them, and who is told. Settings come from TRACKER_… variables."""
    desk = ctx.ensure_object(Desk)
    desk.email = email or desk.email
    desk.language = lang or desk.language
