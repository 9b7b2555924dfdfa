"""Reports of letters that came back, in the shapes in which mail servers write them."""

from collections.abc import Callable

Writer = Callable[..., bytes]
NO_MAILBOX = "550 5.1.1 <{to}>: Recipient address rejected: User unknown"


def postfix(message_id: str, to: str, status: str = "5.1.1", action: str = "failed", said: str = NO_MAILBOX) -> bytes:
    """With the whole letter behind it; of one that is late, its headers alone."""
    whole = action == "failed"
    return _lines(f"""\
        Return-Path: <>
        Received: by mx.acme.example (Postfix) id 4F2C81A0B; Thu,  1 Jan 2026 09:03:12 +0800 (CST)
        Date: Thu,  1 Jan 2026 09:03:12 +0800 (CST)
        From: MAILER-DAEMON@mx.acme.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: desk@acme.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="9B7B81A09.1767229392/mx.acme.example"
        Message-Id: <20260101010312.4F2C81A0B@mx.acme.example>

        This is a MIME-encapsulated message.

        --9B7B81A09.1767229392/mx.acme.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.acme.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        <{to}>: host mail.hualong.example[192.0.2.7] said: {said.format(to=to)} (in reply to RCPT TO command)

        --9B7B81A09.1767229392/mx.acme.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.acme.example
        X-Postfix-Queue-ID: 9B7B81A09
        X-Postfix-Sender: rfc822; desk@acme.example
        Arrival-Date: Thu,  1 Jan 2026 09:01:02 +0800 (CST)

        Final-Recipient: rfc822; {to}
        Original-Recipient: rfc822;{to}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mail.hualong.example
        Diagnostic-Code: smtp; {said.format(to=to)}

        --9B7B81A09.1767229392/mx.acme.example
        Content-Description: Undelivered Message{"" if whole else " Headers"}
        Content-Type: {"message/rfc822" if whole else "text/rfc822-headers"}

        Return-Path: <desk@acme.example>
        From: Acme <desk@acme.example>
        To: Ana <{to}>
        Subject: 30 days left
        Message-ID: {message_id}
        MIME-Version: 1.0

        {"Act by 2026-01-31." if whole else ""}
        --9B7B81A09.1767229392/mx.acme.example--
        """)


def exchange(message_id: str, to: str, status: str = "5.1.10") -> bytes:
    """Fields of a letter that it folds, statuses of three digits, a display name."""
    return _lines(f"""\
        From: <postmaster@hualong.example>
        To: <desk@acme.example>
        Date: Thu, 1 Jan 2026 01:03:12 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="a2f0c0d4-6c1b-4f6c-8f0e-1b0a4f3c9d21"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <aa11bb22@AM0PR01MB1234.eurprd01.prod.exchangelabs.example>
        In-Reply-To: {message_id}
        References: {message_id}
        Subject: Undeliverable: 30 days left
        Auto-Submitted: auto-replied

        --a2f0c0d4-6c1b-4f6c-8f0e-1b0a4f3c9d21
        Content-Type: multipart/alternative; differences=Content-Type;
        \tboundary="5f0a0c8e-3f57-4a3b-9d0c-2b3f7f6f3f11"

        --5f0a0c8e-3f57-4a3b-9d0c-2b3f7f6f3f11
        Content-Type: text/plain; charset="us-ascii"

        {to} wasn't found at hualong.example.

        --5f0a0c8e-3f57-4a3b-9d0c-2b3f7f6f3f11--

        --a2f0c0d4-6c1b-4f6c-8f0e-1b0a4f3c9d21
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.example
        Received-From-MTA: dns;mx.acme.example
        Arrival-Date: Thu, 1 Jan 2026 01:03:10 +0000

        Final-Recipient: rfc822;{to}
        Action: failed
        Status: {status}
        Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient not
         found by SMTP address lookup
        X-Display-Name: Ana

        --a2f0c0d4-6c1b-4f6c-8f0e-1b0a4f3c9d21
        Content-Type: message/rfc822

        Received: from mx.acme.example (192.0.2.1) by AM0PR01MB1234.eurprd01.prod.exchangelabs.example
        Message-ID:
        \t{message_id}
        From: Acme <desk@acme.example>
        Subject: 30 days left

        Act by 2026-01-31.

        --a2f0c0d4-6c1b-4f6c-8f0e-1b0a4f3c9d21--
        """)


def exim(message_id: str, to: str, status: str = "5.0.0") -> bytes:
    """Action first, one status for everything, the letter's headers as text."""
    return _lines(f"""\
        X-Failed-Recipients: {to}
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@relay.example>
        To: desk@acme.example
        Content-Type: multipart/report; report-type=delivery-status; boundary=1767229392-eximdsn-1098435021
        MIME-Version: 1.0
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <E1vbAbC-0001Ab-2C@relay.example>

        --1767229392-eximdsn-1098435021
        Content-type: text/plain; charset=us-ascii

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error.

        --1767229392-eximdsn-1098435021
        Content-type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Action: failed
        Final-Recipient: rfc822;{to}
        Status: {status}
        Remote-MTA: dns; mail.hualong.example
        Diagnostic-Code: smtp; 550 No such user here

        --1767229392-eximdsn-1098435021
        Content-type: text/rfc822-headers

        Return-path: <desk@acme.example>
        Message-ID: {message_id}
        From: Acme <desk@acme.example>

        --1767229392-eximdsn-1098435021--
        """)


def gmail(message_id: str, to: str, status: str = "5.1.1") -> bytes:
    """A picture beside the words, the Message-ID among the fields of the report, no letter."""
    return _lines(f"""\
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
        To: desk@acme.example
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        Message-ID: <6955b5d0.050a0220.7d1f.mr@googlemail.example>
        Content-Type: multipart/report; boundary="000000000000c3a1b20647"; report-type=delivery-status

        --000000000000c3a1b20647
        Content-Type: multipart/related; boundary="000000000000c3b6c10648"

        --000000000000c3b6c10648
        Content-Type: text/html; charset="UTF-8"

        <p>Your message wasn't delivered to <b>{to}</b></p>
        --000000000000c3b6c10648
        Content-Type: image/png; name="icon.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --000000000000c3b6c10648--

        --000000000000c3a1b20647
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.example
        Arrival-Date: Wed, 31 Dec 2025 17:03:11 -0800 (PST)
        X-Original-Message-ID: {message_id}

        Final-Recipient: rfc822; {to}
        Action: failed
        Status: {status}
        Remote-MTA: dns; mail.hualong.example. (192.0.2.7, the server for the domain hualong.example.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
         550 5.1.1 Please try double-checking the address
        Last-Attempt-Date: Wed, 31 Dec 2025 17:03:12 -0800 (PST)

        --000000000000c3a1b20647--
        """)


def international(message_id: str, to: str, status: str = "5.1.1") -> bytes:
    """For addresses outside ASCII (RFC 6533)."""
    return _lines(f"""\
        From: MAILER-DAEMON@mx.acme.example
        To: desk@acme.example
        Content-Type: multipart/report; report-type=global-delivery-status; boundary=bound

        --bound
        Content-Type: text/plain; charset=utf-8

        无法投递。
        --bound
        Content-Type: message/global-delivery-status
        Content-Transfer-Encoding: 8bit

        Reporting-MTA: dns; mx.acme.example

        Final-Recipient: utf-8; {to}
        Action: failed
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} 用户不存在

        --bound
        Content-Type: message/global-headers

        Message-ID: {message_id}
        Subject: 续约

        --bound--
        """)


def answer(message_id: str) -> bytes:
    """What a mailbox says by itself while its owner is away."""
    return _lines(f"""\
        From: Ana <ana@acme.example>
        To: desk@acme.example
        Subject: Automatic reply: 30 days left
        Auto-Submitted: auto-replied
        In-Reply-To: {message_id}
        Content-Type: text/plain

        I am away until Monday. Action: failed
        Status: 5.1.1
        """)


SERVERS: dict[str, Writer] = {"postfix": postfix, "exchange": exchange, "exim": exim, "gmail": gmail}


def _lines(text: str) -> bytes:
    return "\r\n".join(line.removeprefix(" " * 8) for line in text.split("\n")).encode()
