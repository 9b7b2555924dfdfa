"""The tool that keeps the catalogues complete, tried on a small program."""

from pathlib import Path

import pytest

from tests.tools import catalogue

HEADER = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that says one thing, and its two empty catalogues."""
    for folder in ("tracker", "web/templates", "jobs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "tracker" / "said.py").write_text('_("Saved %(name)s.")\nngettext("%(n)s file", "%(n)s files", 2)\n')
    (tmp_path / "web" / "templates" / "page.html").write_text('{{ _("Sign in") }}')
    for language in (catalogue.HANS, catalogue.HANT):
        path = catalogue.path_of(language, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(HEADER.format(language=language))
    return tmp_path


def translate(program: Path, **texts: str) -> None:
    entries = "".join(f'msgid "{english}"\nmsgstr "{chinese}"\n\n' for english, chinese in texts.items())
    path = catalogue.path_of(catalogue.HANS, program)
    path.write_text(HEADER.format(language=catalogue.HANS) + entries)


def faults(program: Path) -> list[str]:
    return sorted(catalogue.faults(catalogue.simplified(catalogue.extracted(program), root=program)))


def test_what_is_marked_in_code_and_templates_is_asked_for(program: Path) -> None:
    assert faults(program) == [
        "not translated: '%(n)s file'",
        "not translated: 'Saved %(name)s.'",
        "not translated: 'Sign in'",
    ]


def test_a_placeholder_that_is_lost_is_a_fault(program: Path) -> None:
    translate(program, **{"Saved %(name)s.": "已保存 %(nama)s。", "Sign in": "登录"})
    assert any("Saved" in fault and "not translated" not in fault for fault in faults(program))


def test_what_nobody_says_any_more_is_dropped(program: Path) -> None:
    translate(program, **{"Sign in": "登录", "Gone": "没了"})
    kept = catalogue.as_bytes(catalogue.simplified(catalogue.extracted(program), root=program)).decode()
    assert "登录" in kept
    assert "没了" not in kept


def test_traditional_chinese_follows_with_taiwan_s_words_and_our_corrections(program: Path) -> None:
    translate(program, **{"Sign in": "登录合同信息"})
    hans = catalogue.simplified(catalogue.extracted(program), root=program)
    hant = catalogue.traditional(hans, root=program)
    message = hant.get("Sign in")
    assert message is not None
    assert message.string == "登入合約資訊"


def test_a_broken_template_is_not_passed_over(program: Path) -> None:
    (program / "web" / "templates" / "page.html").write_text('{% if %}{{ _("Lost") }}')
    with pytest.raises(Exception, match="Expected an expression"):
        catalogue.extracted(program)
