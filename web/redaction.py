"""Keeps the secrets of addresses out of the logs of the servers in front of the application."""

import logging
import re

_SECRET = re.compile(r"(/(?:feeds|welcome|join|answer|digest)/)[^/\s?\"']+")
_SERVERS = ("waitress", "werkzeug", "gunicorn.access", "gunicorn.error")


class Redaction(logging.Filter):
    """Takes the secret out of each address that a record names."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        clean = _SECRET.sub(r"\1…", said)
        if clean != said:
            record.msg, record.args = clean, None
        return True


_REDACTION = Redaction()


def keep_secrets_out_of_logs() -> None:
    """Filter what servers log about requests: each of them writes addresses, some only when a client hangs up."""
    for name in _SERVERS:
        logging.getLogger(name).addFilter(_REDACTION)
