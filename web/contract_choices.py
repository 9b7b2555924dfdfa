"""What the select fields of the contract form offer."""

from tracker.render import names
from tracker.render.paper_names import paper_name
from tracker.render.texts import LANGUAGES
from tracker.rules.clauses import Moment, Phase, Priority, Proof
from tracker.rules.facts import FactKind
from tracker.rules.papers import PaperKind
from tracker.rules.presets import PRESETS
from tracker.rules.terms import RenewalMode
from web.choices import calendars, codes_in_words, kind_choices, sides, zones
from web.context import _, words
from web.due_words import ON_A_DATE, WITHIN

__all__ = ["calendars", "codes_in_words", "kind_choices", "languages", "sides", "zones"]


def languages() -> dict[str, str]:
    """Languages a contract is written in."""
    return dict(LANGUAGES)


def counting() -> dict[str, str]:
    """Rules of counting, by the law they come from."""
    named = {
        "plain": _("Plain calendar counting"),
        "prc-civil-code": _("China: Civil Code"),
        "prc-civil-procedure": _("China: Civil Procedure Law"),
        "de-bgb": _("Germany: Civil Code (BGB)"),
        "eu-1182-71": _("European Union: Regulation 1182/71"),
        "uk-common-law": _("England: common law"),
        "uk-cpr": _("England: Civil Procedure Rules"),
        "uk-insolvency": _("England: Insolvency Rules"),
        "us-frcp": _("United States: Federal Rules of Civil Procedure"),
        "us-ny-gcl": _("New York: General Construction Law"),
        "hk-cap1": _("Hong Kong: Cap. 1"),
        "sg-ia": _("Singapore: Interpretation Act"),
        "jp-civil-code": _("Japan: Civil Code"),
        "tw-civil-code": _("Taiwan: Civil Code"),
        "au-wa": _("Western Australia: Interpretation Act"),
    }
    return {name: named.get(name, name) for name in PRESETS}


def renewal_modes() -> dict[str, str]:
    """What happens at the end of the term."""
    return {
        RenewalMode.NONE.value: _("It ends"),
        RenewalMode.AGREEMENT.value: _("Renewed by agreement"),
        RenewalMode.AUTOMATIC.value: _("Renewed automatically"),
        RenewalMode.OPTION.value: _("Renewed at one side’s option"),
    }


def priorities() -> dict[str, str]:
    """How much hangs on an obligation."""
    return {Priority.HIGH.value: _("high"), Priority.LOW.value: _("low")}


def proofs() -> dict[str, str]:
    """Whether a completion needs evidence."""
    return {
        Proof.REQUIRED.value: _("required"),
        Proof.OPTIONAL.value: _("wanted, and not required"),
        Proof.NONE.value: _("not needed"),
    }


def papers() -> dict[str, str]:
    """Kinds of document that may have to come on file."""
    return {kind.value: paper_name(kind, words()) for kind in PaperKind}


def effect_modes() -> dict[str, str]:
    """When a contract takes effect."""
    return {
        "signing": _("When it is signed"),
        "date": _("On a date"),
        "conditions": _("When all conditions are met"),
    }


def directions() -> dict[str, str]:
    """Which way a due day is counted."""
    return {"after": _("after"), "before": _("before"), WITHIN: _("in the last … before")}


def anchors() -> dict[str, str]:
    """From when a due day is counted."""
    computed = {moment.value: names.anchor_name(moment.value, words()) for moment in Moment}
    facts = {kind.value: names.fact_name(kind, words()) for kind in FactKind if kind.value not in computed}
    undated = {"standing": _("no day: a standing duty"), "perpetual": _("no day: for ever")}
    return {**computed, ON_A_DATE: _("a fixed date"), **facts, **undated}


def phases() -> dict[str, str]:
    """While what a repeated duty runs."""
    return {
        Phase.IN_FORCE.value: _("while in force"),
        Phase.AFTER_END.value: _("after the end"),
        Phase.ALWAYS.value: _("always"),
    }


def counts_on() -> dict[str, str]:
    """What makes a notice count."""
    return {"receipt": _("when it arrives"), "sending": _("when it is sent")}


def yes_or_no() -> dict[str, str]:
    """For what a contract may leave unsaid."""
    return {"yes": _("Yes"), "no": _("No")}
