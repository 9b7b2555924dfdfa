"""`tracker user`: people without a browser."""

import json
import sys

import click

from tracker.actions.access import may_sign_in
from tracker.actions.invitations import invite
from tracker.actions.people import (
    NewPerson,
    add_person,
    change_role,
    disable_person,
    enable_person,
    everybody,
    new_link,
    person_at,
    set_password,
)
from tracker.cli.desk import Desk
from tracker.cli.table import table
from tracker.records.people import Role
from tracker.render.texts import LANGUAGES

ROLE = click.Choice([role.value for role in Role])


@click.group("user")
def user_group() -> None:
    """People: add, list, give a role, shut out."""


@user_group.command("add")
@click.argument("email")
@click.option("--name", help="[default: the address]")
@click.option("--role", type=ROLE, default=Role.EDITOR.value, show_default=True)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="[default: that of this command]")
@click.option("--zone", metavar="ZONE", help="IANA time zone. [default: the organisation's]")
@click.option("--password-stdin", is_flag=True, help="Read a password from standard input instead of making a link.")
@click.pass_obj
def add(
    desk: Desk, email: str, name: str | None, role: str, language: str | None, zone: str | None, password_stdin: bool
) -> None:
    """Add somebody, and print the link with which they set their password: good for a week, and for one use.

    A recipient gets letters of the contracts that name them and cannot sign in, so there is no link.
    """
    language = language or desk.words.language
    wanted = NewPerson(email=email, name=name or email, role=Role(role), language=language, zone=zone)
    with desk.transaction() as session:
        person = add_person(session, desk.actor, wanted, now=desk.now)
        if password_stdin:
            set_password(person, sys.stdin.readline().rstrip("\r\n"))
        if password_stdin or not may_sign_in(person):
            return
        token = invite(session, person, desk.now)
    _tell_link(desk, token)


@user_group.command("link")
@click.argument("email")
@click.pass_obj
def link(desk: Desk, email: str) -> None:
    """Print a new link with which somebody sets their password; an older one ends."""
    with desk.transaction() as session:
        _person, token = new_link(session, desk.actor, person_at(session, email).id, now=desk.now)
    _tell_link(desk, token)


@user_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON: email, name, role, language, zone, active.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """Everybody, the active ones first."""
    with desk.tracker.reading() as session:
        people = everybody(session, desk.actor)
    if as_json:
        names = ("email", "name", "role", "language", "zone", "active")
        rows = [{name: getattr(person, name) for name in names} for person in people]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    shut_out = desk.words.gettext("shut out")
    rows_of_text = ([one.email, one.name, one.role.value, "" if one.active else shut_out] for one in people)
    for line in table(rows_of_text):
        click.echo(line)


@user_group.command("role")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.pass_obj
def role_command(desk: Desk, email: str, role: str) -> None:
    """Let somebody do more or less: admin, editor, viewer, or recipient, who only gets letters."""
    with desk.transaction() as session:
        change_role(session, desk.actor, person_at(session, email).id, Role(role), now=desk.now)


@user_group.command("disable")
@click.argument("email")
@click.pass_obj
def disable(desk: Desk, email: str) -> None:
    """Shut somebody out at once: their sessions, links and feeds end, and no letter goes to them."""
    with desk.transaction() as session:
        disable_person(session, desk.actor, person_at(session, email).id, now=desk.now)


@user_group.command("enable")
@click.argument("email")
@click.pass_obj
def enable(desk: Desk, email: str) -> None:
    """Let somebody back in, and print a link with which they set a new password; none for a recipient."""
    with desk.transaction() as session:
        person = person_at(session, email)
        enable_person(session, desk.actor, person.id, now=desk.now)
        if not may_sign_in(person):
            return
        token = invite(session, person, desk.now)
    _tell_link(desk, token)


def _tell_link(desk: Desk, token: str) -> None:
    address = desk.address(f"/join/{token}")
    click.echo(address)
    click.echo(desk.words.gettext("Whoever opens this link first sets the password; it is good for a week."), err=True)
    if address.startswith("/"):
        click.echo(desk.words.gettext("Put the address of the web app before it: no base address is set."), err=True)
