"""Where in a contract a clause was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clause stands in the contract: its stable key, its number and the words that say so."""

    key: str
    reference: str = ""
    quote: str = ""
