"""Feeds for the tests, as values; run as a script it writes the hostile one to standard output."""

import sys
from datetime import UTC, date, datetime

from tracker.render.feed import EntryStatus, FeedEntry, FeedHead, assemble, entry_fragment

RECORDED = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)

HEADS = {
    "en": FeedHead(name="Contract deadlines – Ana", description="Last days for notice, payments and duties."),
    "zh-Hans": FeedHead(name="合同期限 – 安娜", description="通知截止日、付款与履约义务。"),
    "zh-Hant": FeedHead(name="合約期限 – 安娜", description="通知截止日、付款與履約義務。"),
}

_WORDS = {
    "en": (
        ("Office lease: last day for notice", "Send notice by courier to reach them by 31 Jan 2026.", "Notice"),
        ("Licence: payment of CNY 120,000.00", "Due 30 days after the service period begins.", "Payment"),
        ("Support: monthly report", "Replaced by the new contract; nothing is owed.", "Report"),
    ),
    "zh-Hans": (
        ("办公室租赁：续签意向通知截止日", "请以快递方式寄出通知，确保于2026年1月31日前送达。", "通知"),
        ("软件许可：付款 CNY 120,000.00", "服务期开始后30日内付款。", "付款"),
        ("技术支持：月度分析报告", "已由新合同取代，无需履行。", "报告"),
    ),
    "zh-Hant": (
        ("辦公室租賃：續簽意向通知截止日", "請以快遞方式寄出通知，確保於2026年1月31日前送達。", "通知"),
        ("軟體授權：付款 CNY 120,000.00", "服務期開始後30日內付款。", "付款"),
        ("技術支援：月度分析報告", "已由新合約取代，無需履行。", "報告"),
    ),
}


def entries(language: str) -> list[FeedEntry]:
    """A deadline still open, one done and one withdrawn."""
    coming, paid, dropped = _WORDS[language]
    return [
        _entry(1, date(2026, 1, 28), coming, alarm=14, sequence=2),
        _entry(2, date(2026, 2, 28), paid, status=EntryStatus.DONE, sequence=1),
        _entry(3, date(2026, 12, 31), dropped, status=EntryStatus.CANCELLED, sequence=3),
    ]


def _entry(
    number: int,
    day: date,
    words: tuple[str, str, str],
    *,
    sequence: int,
    alarm: int | None = None,
    status: EntryStatus = EntryStatus.OPEN,
) -> FeedEntry:
    title, line, category = words
    return FeedEntry(
        uid=f"d{number}@5f0c2a",
        day=day,
        title=title,
        lines=(line,),
        categories=(category,),
        modified=RECORDED,
        sequence=sequence,
        status=status,
        alarm=alarm,
        url=f"https://tracker.example/deadlines/{number}",
    )


HOSTILE = (
    "x\r\nBEGIN:VALARM\r\nACTION:DISPLAY",
    "end\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "nul\x00 inside",
    "vertical\x0btab, form\x0cfeed, \x1c\x1d\x1e and next\x85line",
    "line\u2028and paragraph\u2029separators",
    "a lone \ud800 surrogate and \udfff another",
    'comma, semicolon; backslash \\ and "quotes"',
    "C:\\New\\notes\\, a trailing one \\",
    "byte \ufeffmark, \x7fdelete, \x1b[31mescape",
    "续签意向通知" * 34,
    "👩‍👩‍👧‍👦🇨🇳" * 25,
    "e\u0301" * 200,
)


def hostile_feed() -> bytes:
    """Every hostile text in every place that takes text."""
    fragments = [
        entry_fragment(
            FeedEntry(
                uid=f"hostile-{number}@5f0c2a",
                day=date(2026, 2, 28),
                title=text,
                lines=(text, text),
                categories=(text, text[::-1]),
                url=f"https://tracker.example/{text}?a=1,2;b={text}",
                modified=RECORDED,
                alarm=0,
            )
        )
        for number, text in enumerate(HOSTILE)
    ]
    everything = " ".join(HOSTILE)
    return assemble(FeedHead(name=everything, description=everything, colour=everything), fragments)


if __name__ == "__main__":
    sys.stdout.buffer.write(hostile_feed())
