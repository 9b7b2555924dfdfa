"""What the form of a kind's blanks says about them, in the visitor's language."""

from collections.abc import Iterable, Iterator, Mapping

from tracker.render.holiday_names import holiday_name
from tracker.render.names import deadline_name
from tracker.render.periods import period_words
from tracker.rules.blanks import BlankType
from tracker.rules.festivals import festival_named, festival_title
from tracker.rules.kind_fit import Stray
from tracker.rules.kinds import Duty, FormBlank, Kind, Where
from tracker.rules.periods import Period
from tracker.rules.words import said
from web.context import _, words
from web.kind_reading import BLANK

_EXAMPLES = {
    BlankType.PERIOD: "30 days",
    BlankType.NUMBER: "10",
    BlankType.MONEY: "120000 CNY",
    BlankType.RATE: "2%",
}


def labels(kind: Kind, parties: Iterable[str]) -> Mapping[str, str]:
    """What the fields of the form are called, for the list of what is wrong."""
    language = words().language
    blanks = {BLANK + name: said(blank.label, language) for name, blank in kind.open_blanks.items()}
    return blanks | {f"{place}.name": party_name(kind, number) for number, place in enumerate(parties)}


def party_name(kind: Kind, number: int) -> str:
    """What the kind calls a party, with its role; a further one where the kind has no more."""
    if number >= len(kind.parties):
        return _("Further party")
    party = kind.parties[number]
    return _("%(name)s (%(role)s)", name=said(party.name, words().language), role=party.role)


def type_name(blank: FormBlank) -> str:
    """What is written into a blank."""
    return {
        BlankType.PERIOD: _("a length of time"),
        BlankType.NUMBER: _("a number"),
        BlankType.DATE: _("a day"),
        BlankType.MONEY: _("an amount"),
        BlankType.RATE: _("a share"),
        BlankType.TEXT: _("a line of text"),
        BlankType.LIST: _("several short texts"),
        BlankType.CHOICE: _("a choice"),
        BlankType.YES_NO: _("yes or no"),
    }[blank.type]


def hint(blank: FormBlank) -> str:
    """All that helps to fill a blank in: what it is for, what is usual, how it is written, and its range."""
    between = "" if words().language.startswith("zh") else " "
    return between.join(_hints(blank))


def _hints(blank: FormBlank) -> Iterator[str]:
    if blank.help:
        yield blank.help
    if blank.usual:
        yield _("Usually: %(value)s.", value=_value(blank, blank.usual))
    elif blank.type in _EXAMPLES and not blank.help:
        yield _("Such as %(value)s.", value=_value(blank, _EXAMPLES[blank.type]))
    if blank.type is BlankType.LIST:
        yield _("One a line.")
    if blank.words:
        yield _("Words without a number, such as “promptly”, can be written as well.")
    yield from _range(blank)


def _range(blank: FormBlank) -> Iterator[str]:
    least, most = _value(blank, blank.least), _value(blank, blank.most)
    if least and most:
        yield _("From %(least)s to %(most)s.", least=least, most=most)
    elif least:
        yield _("At least %(least)s.", least=least)
    elif most:
        yield _("At most %(most)s.", most=most)


def _value(blank: FormBlank, text: str) -> str:
    if blank.type is BlankType.LIST:
        return _(", ").join(_festival(one) for one in text.split("\n"))
    return period_words(Period.parse(text), words()) if text and blank.type is BlankType.PERIOD else text


def as_typed(type_: BlankType, text: str) -> str:
    """What a contract says in a blank, as the visitor writes it: 30日 for 30 days. It is read as the same again."""
    if type_ is BlankType.LIST:
        return "\n".join(map(_festival, text.split("\n")))
    if type_ is BlankType.PERIOD and text and (period := Period.parse(text)).n is not None:
        return period_words(period, words())
    return text


def _festival(name: str) -> str:
    """A holiday in words that are read as the same one; anything else as it stands."""
    called = holiday_name(festival_title(name), words())
    return called if festival_named(called) == name else name


def duty_name(duty: Duty) -> str:
    """What an obligation of a kind is called."""
    return deadline_name(duty.code, duty.title, words())


def item_name(where: Where, code: str, title: str) -> str:
    """What a term or an obligation is called."""
    if where is Where.OBLIGATIONS:
        return deadline_name(code, title, words())
    return {
        Where.EFFECT: _("Signature and effect"),
        Where.TERM: _("Term"),
        Where.RENEWAL: _("Renewal"),
        Where.NOTICE: _("Notice on renewal"),
        Where.TERMINATION: _("Ending early"),
        Where.DELIVERY: _("How notice travels"),
    }[where]


def strays_named(strays: Iterable[Stray]) -> str:
    """Several of them in one line, each name once."""
    return _(", ").join(dict.fromkeys(item_name(stray.where, stray.code, stray.title) for stray in strays))
