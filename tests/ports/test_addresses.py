"""Addresses that mail can be sent to, and those that are refused."""

import pytest

from tracker.ports.addresses import wire_address


@pytest.mark.parametrize(
    ("written", "travels_as"),
    [
        ("ana@example.com", "ana@example.com"),
        ("Ana.Luz+contracts@Example.COM", "Ana.Luz+contracts@example.com"),
        ("ana@例子.测试", "ana@xn--fsqu00a.xn--0zwm56d"),
        ("ana@straße.de", "ana@xn--strae-oqa.de"),  # strasse.de is somebody else's
        ("王芳@example.cn", "王芳@example.cn"),
        ("ana@localhost", "ana@localhost"),
    ],
)
def test_an_address_travels_with_its_domain_in_ascii(written: str, travels_as: str) -> None:
    assert wire_address(written) == travels_as


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example.com\r\nBcc: cleo@example.com",
        "ana@example.com\n",
        "ana luz@example.com",
        "ana@example.com>,<cleo@example.com",
        "ana,cleo@example.com",
        '"ana"@example.com',
        "ana@cleo@example.com",
        ".ana@example.com",
        "ana..luz@example.com",
        "ana@exam ple.com",
        "ana@-example.com",
        "ana@example..com",
        "a" * 65 + "@example.com",
        "ana@" + "a" * 64 + ".com",
    ],
)
def test_t06_what_is_no_address_or_smuggles_another_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"address|domain"):
        wire_address(written)
