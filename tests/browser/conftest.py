"""A served office with contracts in two languages, and people's windows onto it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response
from sqlalchemy.engine import URL
from werkzeug.serving import BaseWSGIServer, make_server

from tests.support.databases import SqliteFolder, address
from tests.web.conftest import LEASE, NOW, Office, build
from tracker.actions.amendments import Supplement, amend_by
from tracker.actions.documents import document_of
from tracker.actions.evidence import Upload
from tracker.actions.first_run import Defaults, set_up_organisation
from tracker.actions.papers import Filed, add_version, put_on_file
from tracker.actions.people import NewPerson, new_person
from tracker.actions.sign_in import open_visit
from tracker.ports.clock import FixedClock
from tracker.records.contracts import Contract
from tracker.records.people import Person, Role
from tracker.rules.papers import PaperKind

CHINESE: dict[str, Any] = {
    "format": "contract/1",
    "number": "HT-2024-018",
    "title": "客户关系管理规范实施合同（华东区）",
    "kind": "crm-implementation",
    "parties": [
        {"role": "A", "name": "华东贸易有限公司", "us": True},
        {"role": "B", "name": "杭州启明科技有限公司"},
    ],
    "effect": {"conditions": ["安装", "调试", "培训"]},
    "term": {"length": "3 years", "reference": "第三条"},
    "renewal": {
        "mode": "agreement",
        "notice": [{"side": "both", "at_least": "60 days"}],
        "formalities": "15 days",
        "reference": "第十二条第二款",
    },
    "termination": [{"side": "both", "notice": "30 days"}],
    "obligations": [
        {
            "code": "payment",
            "side": "us",
            "due": "10 days before period_end",
            "every": "1 year",
            "amount": "120000 CNY",
        },
        {"code": "complaint-answer", "side": "us", "due": "5 working days after complaint_received"},
        {"code": "report", "side": "them", "due": "10 days after period_end", "every": "3 months"},
        {"code": "confidentiality-tail", "side": "both", "due": "5 years after ended"},
        {"code": "support", "side": "them", "due": "standing"},
        {
            "code": "document-on-file",
            "side": "us",
            "due": "10 days after complaint_received",
            "paper": "complaint-record",
        },
    ],
    "tracked_from": "2026-10-01",
    "facts": [
        {"kind": "signed", "day": "2024-02-29"},
        {"kind": "condition_met", "subject": "安装", "day": "2024-03-10"},
        {"kind": "condition_met", "subject": "调试", "day": "2024-03-12"},
        {"kind": "condition_met", "subject": "培训", "day": "2024-03-18"},
        {"kind": "complaint_received", "day": "2026-11-12", "subject": "订单 118", "by": "them"},
    ],
}


def press(button: Locator) -> None:
    """Press what leads to another page, and wait until that page is there whole."""
    with button.page.expect_navigation():
        button.click()


@dataclass
class Street:
    """The office as it is served, and the windows that are open."""

    office: Office
    address: str
    browser: Browser
    troubles: list[str] = field(default_factory=list)

    @contextmanager
    def window(self, who: str = "", language: str = "en", **options: Any) -> Iterator[Page]:
        """A window of somebody's, signed in if they are named. Whatever its console complains of fails the test."""
        context = self.browser.new_context(locale=language, timezone_id="Asia/Shanghai", **options)
        if who:
            self._sign_in(context, who, language)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("response", self._see)
        yield page
        context.close()
        assert self.troubles == []

    def _sign_in(self, context: BrowserContext, who: str, language: str) -> None:
        with self.office.tracker.transaction() as session:
            person = session.get_one(Person, self.office.people[who])
            person.language = language
            token = open_visit(session, person, agent="Test browser", now=self.office.clock.now())
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.office.app)
        assert serializer is not None
        cookie = str(serializer.dumps({"visit": token, "_permanent": True}))
        context.add_cookies([{"name": "tracker", "value": cookie, "url": self.address}])

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.troubles.append(f"{response.status}: {response.url}")


@contextmanager
def served(office: Office, server: BaseWSGIServer) -> Iterator[None]:
    server.app = office.app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def _not_yet(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    raise RuntimeError("not serving yet")


def move_in(office: Office) -> None:
    """The organisation and its people."""
    with office.tracker.transaction() as session:
        defaults = Defaults(organisation="Acme Legal", language="en", zone="Asia/Shanghai", calendar="CN")
        set_up_organisation(session, defaults, now=NOW)
        for name, role in {"Ana": Role.ADMIN, "Ben": Role.EDITOR, "Vera": Role.VIEWER}.items():
            wanted = NewPerson(email=f"{name.lower()}@acme.example", name=name, role=role)
            office.people[name] = new_person(session, wanted, now=NOW).id


def file_papers(office: Office, contract_id: int) -> None:
    """One document in two versions, and one of which only the place is known."""
    actor, files, now = office.actor("Ana"), office.tracker.files, office.clock.now()
    with office.tracker.transaction() as session:
        title = "合同正本（双方盖章）"
        signed = Filed(kind=PaperKind.SIGNED_CONTRACT, day=date(2024, 3, 4), title=title, fact="signed-1")
        scan = Upload("客户关系管理规范实施合同（华东区）盖章扫描件.pdf", b"%PDF-1.4\n%%EOF\n")
        paper, _ = put_on_file(session, actor, contract_id, signed, scan, files=files, now=now)
        better = Upload("盖章扫描件-清晰版.pdf", b"%PDF-1.5\n%%EOF\n")
        add_version(session, actor, contract_id, paper.key, better, files=files, now=now)
        manual = Filed(kind=PaperKind.MODULE_MANUAL, day=date(2024, 3, 18), note="3 号柜 12 号卷宗")
        put_on_file(session, actor, contract_id, manual, None, files=files, now=now)


def amend_once(office: Office, contract_id: int) -> None:
    """A supplementary agreement: more time to answer complaints, and reports every month."""
    later = [dict(body) for body in CHINESE["obligations"]]
    later[1]["due"], later[2]["every"] = "10 working days after complaint_received", "1 month"
    supplement = Supplement(
        title="补充协议（一）", signed=date(2026, 10, 12), effective=date(2026, 11, 1), note="双方盖章"
    )
    with office.tracker.transaction() as session:
        stored = document_of(session.get_one(Contract, contract_id))
        document = {**stored, "obligations": later}
        amend_by(
            session, office.actor("Ana"), contract_id, document, supplement, now=office.clock.now(), confirmed=True
        )


@pytest.fixture
def empty_street(browser: Browser, sqlite: SqliteFolder, sqlite_template: URL, tmp_path: Path) -> Iterator[Street]:
    """Served before the first run."""
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True)
    home = f"http://127.0.0.1:{server.server_port}"
    url = address(sqlite.create(sqlite_template))
    office = build(url, tmp_path / "instance", FixedClock(NOW), TRACKER_BASE_URL=home)
    with served(office, server):
        yield Street(office, home, browser)
    office.tracker.close()


@pytest.fixture
def street(empty_street: Street) -> Street:
    """Served with people and two contracts, one in Chinese."""
    move_in(empty_street.office)
    empty_street.office.record(LEASE)
    chinese = empty_street.office.record(CHINESE)
    file_papers(empty_street.office, chinese)
    amend_once(empty_street.office, chinese)
    return empty_street
