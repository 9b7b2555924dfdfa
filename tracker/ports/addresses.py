"""E-mail addresses: refused where they could break a header or a command, and brought into the form mail travels in."""

import re

import idna

_LONGEST = 254  # RFC 5321 §4.5.3.1.3: a path of 256 octets less its angle brackets
_LONGEST_LOCAL = 64  # RFC 5321 §4.5.3.1.1
_FORBIDDEN = re.compile(r'[\s\x00-\x1f\x7f-\x9f<>()\[\],;:\\"]')


class NoAddress(ValueError):
    """Not an e-mail address that mail can be sent to."""


def wire_address(address: str) -> str:
    """The address with its domain in ASCII (``ana@例子.测试`` → ``ana@xn--fsqu00a.xn--0zwm56d``).

    A local part outside ASCII stays as it is and needs a server that offers SMTPUTF8 (RFC 6531). Quoted local parts
    and address literals are refused: nobody's mailbox here has one, and they are what injections are made of.

    Raises:
        NoAddress: it is not an address that mail can be sent to.
    """
    local, at, domain = address.rpartition("@")
    if not (at and local and domain) or _FORBIDDEN.search(address):
        raise NoAddress(f"not an e-mail address: {address!r}")
    if "@" in local or local.startswith(".") or local.endswith(".") or ".." in local:
        raise NoAddress(f"not an e-mail address: {address!r}")
    whole = f"{local}@{_ascii_domain(domain)}"
    if len(whole.encode()) > _LONGEST or len(local.encode()) > _LONGEST_LOCAL:
        raise NoAddress(f"too long for an e-mail address: {address[:40]!r}…")
    return whole


def _ascii_domain(domain: str) -> str:
    # IDNA 2008 and not the codec of the standard library, which writes straße.de as strasse.de: somebody else's domain.
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise NoAddress(f"not a domain name: {domain!r}") from error
