"""The screens on which a deadline is shown, reviewed, disputed, paused and moved, in a real browser."""

from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import CHINESE, Street, press
from tests.browser.test_looks import WINDOWS, look, rules_for
from tracker.actions.adjust import Wish, adjust
from tracker.actions.complete import Done, complete, waive
from tracker.actions.disputes import dispute
from tracker.actions.evidence import Upload
from tracker.actions.review import reject
from tracker.rules.adjustments import Adjusting

NAMES = ("培训", "分析报告", "另一份分析报告", "回访", "数据维护", "渠道检查")
CODES = ("training", "report", "report", "follow-up-visit", "data-maintenance", "channel-check")
TERMS: list[dict[str, Any]] = [
    {
        "key": f"k{n}",
        "code": code,
        "title": f"{name}（华东区客户资料完整性核查与确认）",
        "side": "us",
        "due": "on 2026-11-27",
    }
    for n, (code, name) in enumerate(zip(CODES, NAMES, strict=True))
]
TERMS[0] |= {"proof": "required", "priority": "high", "place": "杭州市西湖区文三路 90 号", "pays": "甲方", "to": "B"}
TERMS[1] |= {"reviewer": "ana@acme.example", "owner": "ben@acme.example"}
TERMS[2] |= {"reviewer": "ana@acme.example"}
TERMS[4] |= {"grace": "3 days", "due": "on 2026-11-20"}
RENT = {
    "key": "rent",
    "code": "payment",
    "side": "us",
    "due": "on period_end",
    "every": "1 month",
    "first": "2026-11-01",
}
REASON = "对方主张客户已于十月转出，双方尚在核对名单（见 2026-11-18 往来邮件）"


@pytest.fixture
def busy(street: Street) -> tuple[Street, tuple[str, ...]]:
    """A contract with a deadline in every state, and the addresses of all that shows them."""
    office = street.office
    number = office.record(CHINESE, number="HT-2026-003", obligations=[*TERMS, RENT], tracked_from="2026-11-01")
    found = [office.deadline(number, code) for code in dict.fromkeys(CODES)]
    training, report, visit, data, channel = found
    rejected, rent, now, files = (
        report + 1,
        office.deadline(number, "payment"),
        office.clock.now(),
        office.tracker.files,
    )
    with office.tracker.transaction() as session:
        ana, ben = office.actor("Ana"), office.actor("Ben")
        done = Done(done_on=date(2026, 11, 20), note="已发送至客户邮箱")
        complete(session, ben, training, done, files=files, now=now)
        shown = Done(done_on=date(2026, 11, 21), uploads=[Upload("2026年第三季度客户分析报告（终稿）.txt", b"2026")])
        complete(session, ben, report, shown, files=files, now=now)
        complete(session, ben, rejected, done, files=files, now=now)
        reject(session, ana, rejected, reason="第三页缺少客户签字", now=now)
        dispute(session, ana, visit, reason=REASON, now=now)
        waive(session, ana, channel, reason="双方同意今年不再核查", now=now)
        for action, of, day in (("pause", "rent", date(2026, 11, 1)), ("move", "k4/1", date(2026, 11, 25))):
            wish = Wish(action=Adjusting(action), of=of, day=day, reason=REASON)
            adjust(session, ana, number, wish, now=now, confirmed=True)
    pages = [f"/obligations/{one}" for one in (training, report, rejected, visit, data, channel, rent)]
    pages += [f"/obligations/{training}/evidence", f"/obligations/{report}/review", f"/obligations/{visit}/dispute"]
    pages += [f"/obligations/{visit}/move", f"/contracts/{number}/adjust", f"/contracts/{number}/adjustments/pause-1"]
    pages += [f"/contracts/{number}/adjustments/move-1", f"/contracts/{number}", "/", "/obligations/"]
    return street, tuple(pages)


@pytest.mark.parametrize("window", WINDOWS)
def test_every_screen_of_every_state_is_sound(busy: tuple[Street, tuple[str, ...]], window: str) -> None:
    street, pages = busy
    language, options = WINDOWS[window]
    with street.window("Ana", language, **options) as page:
        for path in pages:
            page.goto(street.address + path)
            look(page, path, *rules_for(options))


def test_what_an_adjustment_would_do_is_shown_soundly(busy: tuple[Street, tuple[str, ...]]) -> None:
    street, pages = busy
    move = next(path for path in pages if path.endswith("/move"))
    with street.window("Ben", "zh-Hans", viewport={"width": 320, "height": 640}) as page:
        page.goto(street.address + move)
        page.fill("#day", "2026-12-05")
        page.fill("#reason", REASON)
        press(page.locator("main button.btn"))
        assert page.locator("input[name=confirmed]").count() == 1
        look(page, move)
        street.troubles = [trouble for trouble in street.troubles if "422" not in trouble]
