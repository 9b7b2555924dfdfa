"""The words that files, stored data and other programs hold: whoever changes one breaks what people have written."""

from enum import StrEnum

import pytest

from tracker.rules.adjustments import Adjusting
from tracker.rules.blanks import BlankType
from tracker.rules.calendars import Reason
from tracker.rules.clauses import Moment, Phase, Priority, Proof
from tracker.rules.codes import CODES
from tracker.rules.conventions import Direction, MonthRule, Roll
from tracker.rules.deadlines import Certainty
from tracker.rules.digests import Rhythm
from tracker.rules.facts import Ending, FactKind, Side
from tracker.rules.kinds import Where
from tracker.rules.mark_form import Mark
from tracker.rules.papers import PaperKind
from tracker.rules.periods import Unit
from tracker.rules.readings import FirstDay, Nature, ReadingName
from tracker.rules.standing import Standing
from tracker.rules.steps import StepKind
from tracker.rules.survival import Certificate, Obstacle
from tracker.rules.terms import EffectMode, RenewalMode
from tracker.rules.walk import Refusal

WORDS: list[tuple[type[StrEnum], str]] = [
    (BlankType, "period number date money rate text list choice yes/no"),
    (Reason, "weekend holiday"),
    (Moment, "signed effective term_end period_start period_end ended end_intended third_party_start greeting"),
    (Phase, "in_force after_end always"),
    (Adjusting, "pause end move"),
    (EffectMode, "signing date conditions"),
    (RenewalMode, "none agreement automatic option"),
    (Direction, "after before"),
    (MonthRule, "event_day start_day"),
    (Roll, "none following preceding modified_following"),
    (Certainty, "confirmed unconfirmed projected"),
    (Side, "us them both"),
    (
        FactKind,
        "signed effective condition_met notice_of_renewal_intention renewed notice_not_to_renew "
        "notice_to_rescind notice_to_terminate end_intended ended complaint_received complaint_extended "
        "customer_info_changed service_requested confidential_disclosure contract_change_proposed "
        "contract_change_signed third_party_proposed third_party_consented third_party_engaged "
        "third_party_replaced third_party_exited overdue_payment personal_data_incident dispute_raised "
        "force_majeure invoice_received breach_notice notice_served consent_given consent_withdrawn "
        "performance_suspended performance_resumed customer_class_changed ground_known accepted",
    ),
    (Ending, "expiry agreement force_majeure breach notice"),
    (Where, "effect term renewal notice termination delivery obligations"),
    (Unit, "day week month quarter half_year year working_day hour"),
    (Nature, "by not_before until state"),
    (FirstDay, "counted not_counted unknown"),
    (
        ReadingName,
        "legal not_moved clear_days subtracted latest_start first_day_counted first_day_not_counted combined "
        "stated computed within_last so_long_before",
    ),
    (Standing, "waiting upcoming at_risk overdue passed evidence_pending in_review done waived suspended withdrawn"),
    (
        StepKind,
        "not_counted counted on_the_day days same_date month_end before_same_date after_same_date month_start "
        "latest_start hours whole_day min_working_days clear_day open_day make_up_day moved_on sent "
        "next_day_there after_hours moved_back moved_by_hand put_off interrupted",
    ),
    (Refusal, "unspecified never_open out_of_range"),
    (Priority, "high normal low"),
    (Proof, "none optional required"),
    (Mark, "waived disputed"),
    (Rhythm, "never daily weekly"),
    (
        Obstacle,
        "no-end not-ended end-not-confirmed to-do to-show to-review disputed suspended left-over no-certificate "
        "certificate-unproven",
    ),
    (Certificate, "not-asked missing unproven proven"),
    (
        PaperKind,
        "signed-contract supplementary-agreement dispute-resolution-agreement consent third-party-agreement "
        "third-party-exit-agreement service-agreement confidentiality-agreement analysis-report complaint-record "
        "dispute-record renewal-contract change-agreement termination-agreement termination-certificate payment-proof "
        "module-manual customer-management-standard service-flow-chart requirements-specification proof-of-notice "
        "other",
    ),
]


@pytest.mark.parametrize(("words", "written"), WORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_words_of_files_and_stored_data_stay(words: type[StrEnum], written: str) -> None:
    assert " ".join(words) == written


def test_there_are_no_other_words() -> None:
    named = {words for words, _written in WORDS}
    rules = [words for words in StrEnum.__subclasses__() if words.__module__.startswith("tracker.rules.")]
    assert [words for words in rules if words not in named] == []


BY = (
    "renewal-formalities payment return-or-destroy info-update complaint-answer service-response "
    "follow-up-visit satisfaction-survey customer-care report data-maintenance training delivery "
    "acceptance consent-record channel-check classification-review rescission-right-lapses limitation "
    "breach-cure late-payment dispute-negotiation document-on-file copies-custody customer-notice "
    "customer-data-handover ip-return marketing-stop data-migration relationship-review ending-notice "
    "ending-certificate asset-handover debt-settlement final-settlement unfinished-business "
    "third-party-agreement third-party-qualification third-party-cap third-party-replacement "
    "third-party-exit"
)
NOTICES = "renewal-intention termination-notice change-notice force-majeure-notice incident-notice third-party-notice"
OPENING = "renewal-window-opens"
LASTING = (
    "confidentiality-end support sharing-end insurance warranty service-continuity after-sales "
    "complaint-channel tech-support-tail training-tail marketing-support confidentiality-tail"
)
ENDING = "term-end ip-licence-end"


def codes(nature: Nature, notice: bool) -> str:
    return " ".join(name for name, code in CODES.items() if (code.nature, code.notice) == (nature, notice))


def test_every_code_has_its_nature_and_notices_must_arrive() -> None:
    assert codes(Nature.BY, notice=False) == BY
    assert codes(Nature.BY, notice=True) == NOTICES
    assert codes(Nature.NOT_BEFORE, notice=True) == OPENING
    assert codes(Nature.UNTIL, notice=False) == LASTING
    assert codes(Nature.STATE, notice=False) == ENDING
