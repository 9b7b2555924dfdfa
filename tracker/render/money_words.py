"""Late fees and delays in the reader's words."""

from tracker.render.texts import N_, Texts
from tracker.rules.late_fee import Late
from tracker.rules.late_rates import LateRate
from tracker.rules.periods import Unit

_PER = {
    None: N_("%(share)s of the overdue sum, once"),
    Unit.DAY: N_("%(share)s of the overdue sum per day"),
    Unit.MONTH: N_("%(share)s of the overdue sum per month"),
    Unit.YEAR: N_("%(share)s of the overdue sum per year"),
}


def rate_words(rate: LateRate, words: Texts) -> str:
    """What the late fee is: a share of what is overdue, and for how long a delay."""
    return words.gettext(_PER[rate.per], share=str(LateRate(rate.share)))


def late_words(late: Late, words: Texts) -> str:
    """How late it is and the fee, as far as that is known: ``1,020.00 CNY for 17 days``."""
    if late.fee is None:
        return words.ngettext("%(n)s day late", "%(n)s days late", late.days)
    fee = words.money(late.fee.amount, late.fee.currency)
    return words.ngettext("%(fee)s for %(n)s day of delay", "%(fee)s for %(n)s days of delay", late.days, fee=fee)
