"""What becomes of deadlines, in words: on the page, in a terminal, always with the reason."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from tracker.render.explain import Explained, sentence, step_lines
from tracker.render.names import anchor_name, deadline_name
from tracker.render.texts import Texts
from tracker.rules.steps import Step, StepKind


class Reasoned(Explained, Protocol):
    """An explanation, when to send, and what it waits for where no day is known."""

    @property
    def waits_for(self) -> str | None: ...
    @property
    def send_steps(self) -> tuple[Step, ...]: ...


class Changed(Protocol):
    """What becomes of one deadline (see `tracker.actions.what_if`)."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def old(self) -> date | None: ...
    @property
    def new(self) -> date | None: ...
    @property
    def why(self) -> Reasoned | None: ...
    @property
    def because(self) -> str: ...


class Groups(Protocol):
    """All changes by kind."""

    @property
    def appear(self) -> Iterable[Changed]: ...
    @property
    def move(self) -> Iterable[Changed]: ...
    @property
    def vanish(self) -> Iterable[Changed]: ...
    @property
    def settle(self) -> Iterable[Changed]: ...
    @property
    def suspend(self) -> Iterable[Changed]: ...
    @property
    def stay_closed(self) -> Iterable[Changed]: ...


def why_day(why: Reasoned, texts: Texts) -> str:
    """How a day comes about, in one sentence; where there is none, why not."""
    if why.legal is not None:
        sent = step_lines([step for step in why.send_steps if step.kind is StepKind.SENT], texts)
        return ("" if texts.language.startswith("zh") else " ").join((sentence(why, texts), *sent))
    if why.waits_for:
        event = anchor_name(why.waits_for, texts)
        return texts.gettext("No day can be known before this happens: %(event)s.", event=event)
    return texts.gettext("The contract gives no number, so no day can be known.")


def why_changed(change: Changed, texts: Texts) -> str:
    """Why a deadline comes to stand where it will, or goes."""
    return texts.gettext(change.because) if change.why is None else why_day(change.why, texts)


def change_lines(found: Groups, texts: Texts) -> Iterator[str]:
    """One line a change, with its reason."""
    for change in found.move:
        said = texts.gettext("moves: %(name)s, %(old)s → %(new)s", **_said(change, texts))
        yield _with_reason(said, change, texts)
    for change in found.appear:
        yield _with_reason(texts.gettext("appears: %(name)s, %(new)s", **_said(change, texts)), change, texts)
    for change in found.vanish:
        yield _with_reason(texts.gettext("goes: %(name)s, %(old)s", **_said(change, texts)), change, texts)
    for change in found.settle:
        yield _with_reason(texts.gettext("is settled: %(name)s, %(old)s", **_said(change, texts)), change, texts)
    for change in found.suspend:
        yield _with_reason(texts.gettext("is suspended: %(name)s, %(old)s", **_said(change, texts)), change, texts)
    for change in found.stay_closed:
        said = texts.gettext(
            "stays done or waived, although its day moves: %(name)s, %(old)s → %(new)s", **_said(change, texts)
        )
        yield _with_reason(said, change, texts)


def _said(change: Changed, texts: Texts) -> dict[str, str]:
    days = {"old": change.old, "new": change.new}
    said = {name: texts.date(day) if day else texts.gettext("not known") for name, day in days.items()}
    return {"name": deadline_name(change.code, change.title, texts), **said}


def _with_reason(said: str, change: Changed, texts: Texts) -> str:
    return f"{said}: {why_changed(change, texts)}"
