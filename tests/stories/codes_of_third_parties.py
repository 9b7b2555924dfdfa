"""One story for each code about a third party that steps in, is replaced, or leaves."""

from tests.rules.worked.day_walk import act_after, act_before, working_days_after
from tests.rules.worked.table import BY, row
from tests.stories.telling import fact, story

ENGAGED = fact("third_party_engaged", "2026-03-16", subject="Fuda Logistics")
PROPOSED = fact("third_party_proposed", "2026-02-10", subject="Fuda Logistics", until="2026-03-16")
"""On 10 February it is proposed that it steps in on Monday 16 March."""

STORIES = (
    story(
        "third-party-notice", {"due": "15 days before third_party_start"},
        row(
            "third-party-notice/third_party_proposed-1", BY, "2026-03-01", "2026-02-28", act_before("2026-03-16", 15),
            "16 less 15: Sunday 1 March, which stays; with a clear day Saturday 28 February, which is worked",
        ), PROPOSED,
    ),
    story(
        "third-party-agreement", {"due": "10 days after third_party_engaged"},
        row(
            "third-party-agreement/third_party_engaged-1", BY, "2026-03-26", "2026-03-26",
            act_after("2026-03-16", 10), "Thursday 26 March",
        ), ENGAGED,
    ),
    story(
        "third-party-qualification", {"due": "5 days before third_party_start"},
        row(
            "third-party-qualification/third_party_proposed-1", BY, "2026-03-11", "2026-03-10",
            act_before("2026-03-16", 5), "Wednesday 11 March; with a clear day Tuesday",
        ), PROPOSED,
    ),
    story(
        "third-party-cap", {"due": "3 days before third_party_start", "amount": "500000 CNY"},
        row(
            "third-party-cap/third_party_proposed-1", BY, "2026-03-13", "2026-03-12", act_before("2026-03-16", 3),
            "Friday 13 March; with a clear day Thursday",
        ), PROPOSED,
    ),
    story(
        "third-party-replacement", {"due": "10 days after third_party_replaced"},
        row(
            "third-party-replacement/third_party_replaced-1", BY, "2026-10-26", "2026-10-23",
            act_after("2026-10-15", 10), "Sunday 25 October: Monday 26, or Friday 23 to be safe", beside="2026-10-25",
        ),
        fact("third_party_replaced", "2026-10-15", subject="Fuda Logistics"),
    ),
    story(
        "third-party-exit", {"due": "5 working days after third_party_exited"},
        row(
            "third-party-exit/third_party_exited-1", BY, "2026-10-10", "2026-10-10",
            act_after("2026-09-28", 5, working_days_after),
            "29, 30 September; 1 to 7 October are off; 8, 9; the fifth is Saturday 10, worked in exchange",
        ),
        fact("third_party_exited", "2026-09-28", subject="Fuda Logistics"),
    ),
)  # fmt: skip
