"""A kind of contract: what contracts of one sort bring, with blanks for what differs from one to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.rules.blanks import Blank, BlankType
from tracker.rules.patterns import Values, blanks_in
from tracker.rules.words import Words, said


class Where(StrEnum):
    """The section of the contract document that an item goes to."""

    EFFECT = "effect"
    TERM = "term"
    RENEWAL = "renewal"
    NOTICE = "notice"
    """A notice window, inside the renewal."""
    TERMINATION = "termination"
    DELIVERY = "delivery"
    OBLIGATIONS = "obligations"


SINGLE = frozenset({Where.EFFECT, Where.TERM, Where.RENEWAL})
"""Sections that a document has once."""

NEEDED: Mapping[Where, frozenset[str]] = {
    Where.EFFECT: frozenset(),
    Where.TERM: frozenset(),
    Where.RENEWAL: frozenset({"mode"}),
    Where.NOTICE: frozenset({"at_least"}),
    Where.TERMINATION: frozenset({"notice"}),
    Where.DELIVERY: frozenset({"method", "allowance"}),
    Where.OBLIGATIONS: frozenset({"due", "every", "until", "first", "holidays"}),
}
"""Fields without which an item is left out: those that make its day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a kind brings: a section of the contract document whose fields may hold blanks.

    `side` among the fields names a party by its role (A, B …), or us, them, both. `only_if` names values of blanks
    with which the item comes at all.
    """

    key: str
    where: Where
    fields: Mapping[str, object]
    title: Words = field(default_factory=dict)
    help: Words = field(default_factory=dict)
    wording: Words = field(default_factory=dict)
    """How such a clause reads in a contract, to recognise it by."""
    only_if: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def blanks(self) -> frozenset[str]:
        """The blanks that its fields use."""
        return frozenset(name for pattern in self.fields.values() for name in blanks_in(pattern))

    @property
    def needed_blanks(self) -> frozenset[str]:
        """The blanks without which it is left out; of the effect and the term any one is enough."""
        needed = NEEDED[self.where] & self.fields.keys()
        return frozenset(blank for name in needed for blank in blanks_in(self.fields[name])) if needed else self.blanks

    def comes_with(self, values: Values) -> bool:
        """Whether the values of other blanks let it come."""
        return all(values.get(name, "") in allowed for name, allowed in self.only_if.items())

    def lacks(self, values: Values) -> bool:
        """Whether an empty blank drops it."""
        filled = [bool(values.get(name)) for name in self.needed_blanks]
        return not (all(filled) if NEEDED[self.where] else any(filled))


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A party as the kind names it, such as the customer; one of them is us unless a contract says otherwise."""

    role: str
    name: Words
    us: bool


@dataclass(frozen=True, slots=True)
class FormBlank:
    """A blank as a form shows it, in one language."""

    name: str
    type: BlankType
    label: str
    help: str
    default: str
    usual: str
    """A hint at what such contracts mostly say; the contract's own words decide."""
    required: bool
    least: str
    most: str
    words: bool
    choices: tuple[tuple[str, str], ...]
    """Pairs of value and text."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """Blanks that belong together."""

    name: str
    title: str
    blanks: tuple[FormBlank, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What the form says about an obligation of the kind; `blanks` are the names of those it uses."""

    key: str
    code: str
    title: str
    side: str
    help: str
    wording: str
    blanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contract, every part checked."""

    code: str
    name: Words
    help: Words
    language: str
    """Language of the contracts, unless one says otherwise."""
    parties: tuple[PartyRole, ...]
    law: Mapping[str, str]
    """Counting rules, calendar and zone, as the contract document names them."""
    sections: Mapping[str, Words]
    open_blanks: Mapping[str, Blank]
    items: tuple[Item, ...]

    @property
    def us(self) -> str:
        """The role that is usually ours."""
        return next((party.role for party in self.parties if party.us), self.parties[0].role)

    def blanks(self, language: str) -> tuple[FormSection, ...]:
        """The form of this kind: its sections in order, each with its blanks."""
        return tuple(
            FormSection(name, said(title, language), tuple(self._of_section(name, language)))
            for name, title in self.sections.items()
        )

    def _of_section(self, section: str, language: str) -> Iterator[FormBlank]:
        for blank in self.open_blanks.values():
            if blank.section == section:
                yield _shown(blank, language)

    def duties(self, language: str) -> tuple[Duty, ...]:
        """The obligations of this kind in order."""
        return tuple(
            Duty(
                item.key,
                str(item.fields["code"]),
                said(item.title, language),
                str(item.fields.get("side", "both")),
                said(item.help, language),
                said(item.wording, language),
                tuple(sorted(item.blanks | item.only_if.keys())),
            )
            for item in self.items
            if item.where is Where.OBLIGATIONS
        )

    def defaults(self) -> dict[str, str]:
        """The value that each blank has before anybody writes into it."""
        return {name: blank.default for name, blank in self.open_blanks.items()}

    def usual(self) -> dict[str, str]:
        """The value that each blank has in most contracts of this kind."""
        return {name: blank.default or blank.usual for name, blank in self.open_blanks.items()}


def _shown(blank: Blank, language: str) -> FormBlank:
    return FormBlank(
        name=blank.name,
        type=blank.type,
        label=said(blank.label, language),
        help=said(blank.help, language),
        default=blank.default,
        usual=blank.usual,
        required=blank.required,
        least=blank.least,
        most=blank.most,
        words=blank.words,
        choices=tuple((value, said(text, language)) for value, text in blank.choices.items()),
    )
