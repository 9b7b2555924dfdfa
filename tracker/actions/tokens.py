"""Secrets handed out once and kept only as their digest."""

import secrets
from hashlib import sha256

_BYTES = 24
"""192 bits: nobody finds one by trying."""


def new_token() -> str:
    """A fresh secret, safe in an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """What is kept of a secret."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
