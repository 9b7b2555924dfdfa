"""The mail server's URL."""

import pytest

from tracker.ports.smtp_settings import Security, SmtpSettings, smtp_settings


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("smtp://relay.example", SmtpSettings(Security.NONE, "relay.example", 25)),
        ("smtp://relay.example:2525/", SmtpSettings(Security.NONE, "relay.example", 2525)),
        (
            "smtp+starttls://ana%40example.com:p%2Fs%3As%40%23@mail.example:587",
            SmtpSettings(Security.STARTTLS, "mail.example", 587, "ana@example.com", "p/s:s@#"),
        ),
        ("smtps://apikey:secret@mail.example", SmtpSettings(Security.TLS, "mail.example", 465, "apikey", "secret")),
        ("smtps://u:p@[2001:db8::1]:465", SmtpSettings(Security.TLS, "2001:db8::1", 465, "u", "p")),
        ("smtp://u:p@[::1]:2525", SmtpSettings(Security.NONE, "::1", 2525, "u", "p")),
    ],
)
def test_a_url_says_how_to_reach_the_mail_server(url: str, settings: SmtpSettings) -> None:
    assert smtp_settings(url) == settings


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mail.example:587", "starts with smtp://"),
        ("http://mail.example", "starts with smtp://"),
        ("smtps://", "names no host"),
        ("smtps://u:p@:465", "names no host"),
        ("smtps://a..b", "names no host"),
        ("smtps://mail.example:0", "port is a number"),
        ("smtps://mail.example:99999", "port is a number"),
        ("smtps://u:sec/ret@mail.example", "ends after the port"),
        ("smtps://u:secret@mail.example/inbox", "ends after the port"),
        ("smtps://u:secret@mail.example?tls=no", "ends after the port"),
        ("smtps://u:secret#@mail.example", "ends after the port"),
        ("smtps://u@mail.example", "a user and a password"),
        ("smtps://:secret@mail.example", "a user and a password"),
        ("smtps://u:s%C3%A9cret@mail.example", "printable ASCII"),
        ("smtps://u:secret%0D%0A@mail.example", "printable ASCII"),
        ("smtp://u:secret@mail.example", "in the clear"),
    ],
)
def test_a_bad_url_is_refused_without_repeating_the_password(url: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refused:
        smtp_settings(url)
    assert "sec" not in str(refused.value)
    assert refused.value.__cause__ is None or "sec" not in str(refused.value.__cause__)


def test_t12_the_password_is_in_no_repr() -> None:
    assert "secret" not in repr(smtp_settings("smtps://u:secret@mail.example"))
