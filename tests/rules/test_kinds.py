"""Each kind of contract brings what it promises, and the kind written in the docs works as they say."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.rules.kind_desk import KINDS, days, deadlines, filled, paper
from tracker.rules.clause_form import read_obligation
from tracker.rules.codes import CODES
from tracker.rules.facts import FactKind
from tracker.rules.kind_file import read_kind
from tracker.rules.kind_fill import fill, values_of
from tracker.rules.kinds import Kind
from tracker.rules.section import Section

DOCS = Path(__file__).parents[2] / "docs" / "kinds.md"

PROMISED = {
    "customer-service": {
        "payment", "service-response", "complaint-answer", "follow-up-visit", "support", "breach-cure",
        "confidentiality-end", "final-settlement",
    },
    "confidentiality": {"confidentiality-end", "return-or-destroy", "breach-cure"},
    "customer-maintenance": {
        "payment", "follow-up-visit", "satisfaction-survey", "service-response", "report", "customer-care",
    },
    "consulting": {"payment", "delivery", "acceptance", "report", "confidentiality-end", "return-or-destroy"},
    "information-sharing": {
        "info-update", "consent-record", "confidentiality-end", "customer-data-handover", "incident-notice",
        "sharing-end",
    },
    "crm-implementation": {
        "delivery", "training", "data-maintenance", "info-update", "complaint-answer", "follow-up-visit", "report",
        "payment", "change-notice", "unfinished-business", "final-settlement", "customer-data-handover",
        "third-party-notice", "third-party-agreement", "third-party-qualification", "third-party-cap",
        "third-party-replacement", "third-party-exit", "copies-custody", "document-on-file", "service-response",
        "support", "acceptance", "confidentiality-end", "breach-cure", "force-majeure-notice", "dispute-negotiation",
        "asset-handover", "return-or-destroy", "ip-licence-end", "customer-care", "late-payment",
    },
    "business-transfer": {
        "return-or-destroy", "customer-notice", "service-continuity", "customer-data-handover", "after-sales",
        "complaint-channel", "ip-return", "ip-licence-end", "tech-support-tail", "training-tail", "marketing-support",
        "marketing-stop", "data-migration", "relationship-review", "ending-notice", "ending-certificate",
        "asset-handover", "debt-settlement", "final-settlement", "unfinished-business", "confidentiality-tail",
        "info-update", "complaint-answer", "follow-up-visit", "dispute-negotiation", "service-response",
        "customer-care",
    },
    "customer-strategy": {
        "info-update", "satisfaction-survey", "classification-review", "channel-check", "service-response",
        "breach-cure", "dispute-negotiation", "copies-custody", "customer-care",
    },
    "third-party": {
        "third-party-notice", "third-party-agreement", "third-party-qualification", "third-party-cap",
        "third-party-replacement", "third-party-exit", "document-on-file", "confidentiality-end", "payment",
    },
    "general": set(),
}  # fmt: skip


@pytest.mark.parametrize("code", PROMISED)
def test_a_kind_brings_the_obligations_it_promises(code: str) -> None:
    assert {duty.code for duty in KINDS[code].duties("en")} == PROMISED[code]


def test_there_are_no_other_kinds() -> None:
    assert KINDS.keys() == PROMISED.keys()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_what_was_filled_in_can_be_read_back_and_filled_in_again(kind: Kind) -> None:
    values = kind.usual() | ({"renewal_mode": "agreement"} if "renewal_mode" in kind.usual() else {})
    contract = filled(kind, paper(kind), **values)
    answers = values_of(kind, contract)
    assert answers.values == values
    assert answers.without == set()
    assert fill(kind, answers.values, contract) == (contract, [])


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_no_number_is_filled_in_that_nobody_read_in_the_contract(kind: Kind) -> None:
    contract, problems = fill(kind, kind.defaults(), paper(kind))
    assert problems == []
    assert contract is not None
    assert {item["due"] for item in contract.get("obligations", ())} <= {"standing"}
    assert contract.keys().isdisjoint({"effect", "term", "termination", "delivery"})


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_our_own_kinds_speak_three_languages_everywhere(kind: Kind) -> None:
    texts = [kind.name, kind.help, *kind.sections.values(), *(party.name for party in kind.parties)]
    for blank in kind.open_blanks.values():
        texts += [blank.label, *blank.choices.values(), *([blank.help] if blank.help else [])]
    for item in kind.items:
        texts += [words for words in (item.title, item.help, item.wording) if words]
    assert {frozenset(words) for words in texts} == {frozenset({"en", "zh-Hans", "zh-Hant"})}


# ------------------------------------------------------------------- the docs


def example() -> Kind:
    match = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    kind, problems = read_kind(tomllib.loads(match[1]))
    assert kind is not None, problems
    return kind


def test_the_kind_written_in_the_docs_works_as_the_docs_say() -> None:
    kind = example()
    facts = {"signed": "2026-04-01", "service_requested": "2026-06-01"}
    contract = filled(kind, paper(kind, facts=facts), rent="30000 CNY", works="yes")
    found = deadlines(contract, "2026-06-02")
    assert days(
        found, "term-end/1", "renewal-intention.both/1", "payment/1", "payment/2",
        "service-response/service_requested-1",
    ) == {
        "term-end/1": "2029-03-31",
        "renewal-intention.both/1": "2028-12-31",
        "payment/1": "2026-03-27",
        "payment/2": "2026-06-26",
        "service-response/service_requested-1": "2026-06-15",
    }  # fmt: skip
    assert [item["key"] for item in contract["obligations"]] == [
        "payment", "reinstatement", "service-response", "support",
    ]  # fmt: skip
    assert "renewal" not in filled(kind, paper(kind), goes_on="none")
    deposit = filled(kind, paper(kind), deposit_back="及时")["obligations"][1]
    assert (deposit["title"], deposit["side"], deposit["due"]) == ("Deposit returned", "them", "“及时” after ended")


def test_the_docs_name_every_code_and_every_fact() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|.*\| (?:by|until|state|not_before) \|$", text, re.MULTILINE)) == set(
        CODES
    )
    assert all(f"| `{fact.value}` |" in text for fact in FactKind)


def test_the_documentation_names_every_field_that_an_obligation_of_a_kind_can_have() -> None:
    section = Section.of({"code": "payment", "due": "on 2026-01-01"}, "", [])
    read_obligation(section, "-")
    of_one_contract = {"reference", "quote", "owner", "backup", "reviewer"}
    table = DOCS.read_text(encoding="utf-8").split("## Obligations")[1].split("### Starting points")[0]
    assert section.asked - of_one_contract - set(re.findall(r"`(\w+)`", table)) == set()
