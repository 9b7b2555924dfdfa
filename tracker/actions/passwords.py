"""Passwords: what is asked of them, and how they are kept (argon2id, the parameters of RFC 9106's second choice)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.rules.problems import N_, Unfit

SHORTEST, LONGEST = 10, 200


def check_password(password: str) -> None:
    """Raises Unfit for a password that is too easy to guess or too long to hash in peace."""
    if len(password) < SHORTEST:
        raise Unfit(N_("Use at least %(shortest)s characters; several words are easy to remember."), shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Unfit(N_("Use at most %(longest)s characters."), longest=LONGEST)
    if len(set(password)) < SHORTEST // 2:
        raise Unfit(N_("Use more different characters."))


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password. Takes as long where none is kept, so that nobody learns who has an account."""
    try:
        _hasher().verify(kept or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody's password")
