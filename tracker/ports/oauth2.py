"""Signing in to a mailbox of Google's without its password: the file that yagmail writes, which stands for it."""

import json
from dataclasses import replace

from tracker.ports.addresses import NoAddress, wire_address
from tracker.ports.smtp_settings import OAuth2Account, Security, SmtpSettings

GMAIL = "smtps://smtp.gmail.com"
_NEEDED = ("email_address", "google_client_id", "google_client_secret", "google_refresh_token")
_HOW = (
    """let yagmail write the file, once, where there is a browser: yagmail.SMTP("you@gmail.com", oauth2_file="path")"""
)


def oauth2_account(content: str) -> OAuth2Account:
    """Read the content of yagmail's ``oauth2_file``.

    Raises:
        ValueError: with one sentence for the operator, which repeats nothing of the content.
    """
    found = _object(content)
    if "installed" in found or "web" in found:
        raise ValueError(f"this is the file of the application, not yet of a mailbox; {_HOW}")
    values = {name: found.get(name) for name in _NEEDED}
    missing = [name for name, value in values.items() if not _is_word(value)]
    if missing:
        raise ValueError(f"{', '.join(missing)} missing or not one word; {_HOW}")
    user, client_id, client_secret, refresh_token = (str(value) for value in values.values())
    try:
        return OAuth2Account(wire_address(user), client_id, client_secret, refresh_token)
    except NoAddress:
        raise ValueError("email_address is no e-mail address") from None


def _object(content: str) -> dict[str, object]:
    try:
        found = json.loads(content)
    except ValueError:  # its message quotes the content
        found = None
    if not isinstance(found, dict):
        raise ValueError(f"the file is not a JSON object; {_HOW}")
    return found


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and bool(value) and " " not in value


def signing_in(smtp: SmtpSettings | None, account: OAuth2Account) -> SmtpSettings:
    """The mail server, signed in to by that account. Raises ValueError with one sentence for the operator."""
    if smtp is None:
        raise ValueError(f"name the mail server as well, in TRACKER_SMTP_URL; for Gmail {GMAIL}")
    if smtp.user:
        raise ValueError("leave user and password out of TRACKER_SMTP_URL: the file stands for them")
    if smtp.security is Security.NONE and not smtp.is_this_machine:
        raise ValueError(f"smtp:// would send the token in the clear; for Gmail write {GMAIL}")
    return replace(smtp, user=account.user, oauth2=account)
