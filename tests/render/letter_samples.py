"""Letters of which the golden files are made: ``python -m tests.render.letter_samples`` writes them anew."""

from datetime import UTC, date, datetime
from pathlib import Path

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

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (GOLDEN / f"{language}.eml").write_bytes(write_reminder(NOTICE, COVER, language))
