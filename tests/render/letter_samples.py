"""Letters of which the golden files are made: ``python -m tests.render.letter_samples`` writes them anew."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.render.digest import write_digest
from tracker.render.envelope import Cover
from tracker.render.letter import Reminder, write_reminder
from tracker.rules.facts import Side
from tracker.rules.readings import Nature

GOLDEN = Path(__file__).parent.parent / "golden" / "mail"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")

NOTICE = Reminder(
    today=date(2026, 1, 26),
    contract_number="2024-017",
    contract_title="Office lease 办公室租赁合同",
    counterparty="华隆商贸有限公司; Hualong Trading Ltd <Shanghai>",
    what="Say whether we stay & for how long",
    side=Side.US,
    nature=Nature.BY,
    clause="§ 7.2",
    action_day=date(2026, 1, 31),
    send_by=date(2026, 1, 31),
    method="courier",
    act_by=date(2026, 2, 5),
    legal=date(2026, 2, 7),
    amount="CNY 120,000.00",
    why=("30 days before 9 Mar 2026: 7 Feb 2026.", "7 Feb 2026 is off (Saturday)."),
    doubts=("Provisional: the working days of 2027 are not announced yet.",),
    link="https://tracker.example/obligations/3",
    answer="https://tracker.example/answer/WzMsMSwxLDczOTk5OV0.c2lnbmVkLXdpdGgtdGhlLXNlY3JldC1vZi10aGUtb2Zm",
)
COVER = Cover(
    sender="desk@acme.example",
    sender_name="Acme 法务部",
    recipient="ana@xn--fsqu00a.example",
    recipient_name="王芳 (Ana)",
    message_id="<5e1c@acme.example>",
    written_at=datetime(2026, 1, 26, 1, 0, tzinfo=UTC),
    in_reply_to="<1a2b@acme.example>",
)

GATHERED = (
    Reminder(
        today=date(2026, 1, 26),
        contract_number="2025-031",
        contract_title="软件开发合同 Software development",
        what="Deliver the second stage",
        side=Side.THEM,
        nature=Nature.BY,
        counterparty="Bright & Sons <Ltd>",
        action_day=date(2026, 3, 2),
        act_by=date(2026, 3, 2),
        legal=date(2026, 3, 1),
        grace_until=date(2026, 3, 6),
        why=("30 days after 30 Jan 2026: 1 Mar 2026, which is off (Sunday) and moves to 2 Mar 2026.",),
        doubts=("Disputed since 20 Jan 2026: the first stage was not accepted",),
        link="https://tracker.example/obligations/8",
        answer="https://tracker.example/answer/WzgsMSwxLDczOTk5OV0.c2lnbmVkLXdpdGgtdGhlLXNlY3JldC1vZi10aGUtb2Zm",
    ),
    replace(
        NOTICE,
        action_day=date(2026, 2, 9),
        send_by=date(2026, 2, 9),
        act_by=date(2026, 2, 13),
        legal=date(2026, 2, 14),
        why=("30 days before 16 Mar 2026: 14 Feb 2026.",),
        doubts=(),
    ),
    Reminder(
        today=date(2026, 1, 26),
        contract_number="2023-004",
        contract_title="Car park",
        what="Window to say whether it goes on",
        side=Side.US,
        nature=Nature.NOT_BEFORE,
        action_day=date(2026, 2, 9),
        act_by=date(2026, 2, 9),
        legal=date(2026, 2, 9),
        link="https://tracker.example/obligations/5",
    ),
)
"""Reminders of one digest, not in their order."""
STOP = "https://tracker.example/digest/WzEsNzM5NzA3XQ.c2lnbmVkLXdpdGgtdGhlLXNlY3JldC1vZi10aGUtb2Zm"
MONDAY = replace(COVER, in_reply_to="", unsubscribe=STOP)

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (GOLDEN / f"{language}.eml").write_bytes(write_reminder(NOTICE, COVER, language))
        (GOLDEN / f"digest-{language}.eml").write_bytes(write_digest(GATHERED, MONDAY, language))
