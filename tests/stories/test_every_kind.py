"""Each kind of contract by the form of its blanks: everything it has to bring comes, on the days worked out by hand."""

import html
import re
from typing import Any

import pytest

from tests.stories.conftest import Team
from tests.stories.kind_story import SIGNED, KindStory
from tests.stories.kinds_told import STORIES
from tests.web.conftest import text_of
from tests.web.test_contract_form import fields_of
from tracker.actions.documents import document_of
from tracker.actions.kinds import known_kinds
from tracker.actions.shelf import open_contract
from tracker.records.deadlines import State
from tracker.rules.kinds import Kind

of_every_kind = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)


def kinds(team: Team) -> dict[str, Kind]:
    return dict(known_kinds(team.office.tracker.settings.own_kinds).by_code)


def fill_in(team: Team, story: KindStory) -> int:
    """Fill in the blanks with what is usual and what the story tells, and save; answers the contract's id."""
    path, kind = f"/contracts/new/{story.kind}", kinds(team)[story.kind]
    counts = {"first_day_counts": "yes"} if "first_day_counts" in kind.usual() else {}
    blanks = {f"blanks.{name}": text for name, text in {**kind.usual(), **counts, **story.blanks}.items()}
    typed = {**fields_of(team.ana.get(path).get_data(as_text=True)), **blanks}
    names = {name: "Hualong" for name, text in typed.items() if re.fullmatch(r"parties\[\d\].name", name) and not text}
    first = {"number": "K-1", "title": "Hualong", "signed_on": SIGNED, "do": "save"}
    answer = team.send(path, **{**typed, **names, **first})
    assert answer.status_code == 303, html.unescape(text_of(answer))
    return int(answer.location.rpartition("/")[2])


def brought(team: Team, contract: int) -> tuple[dict[str, Any], set[str]]:
    """The document, and the codes and terms in it."""
    with team.office.tracker.reading() as session:
        document = document_of(open_contract(session, team.office.actor("Ana"), contract))
    codes = {item["code"] for item in document.get("obligations", [])}
    return document, codes | {name for name in ("effect", "term", "renewal", "termination") if document.get(name)}


def test_every_kind_has_a_story(team: Team) -> None:
    assert sorted(story.kind for story in STORIES) == sorted(kinds(team))


@of_every_kind
def test_a_kind_brings_what_belongs_to_it_on_the_days_worked_out_by_hand(story: KindStory, team: Team) -> None:
    contract = fill_in(team, story)
    document, came = brought(team, contract)
    assert story.brings - came == set()
    assert document["kind"] == story.kind
    for kind, day, more in story.happened:
        team.happens(contract, kind, day, **more)
    found = team.days(contract)
    assert {key: found.get(key, "missing") for key in story.days} == dict(story.days)
    key, done_on = story.done
    team.log(contract, key, done_on)
    assert team.deadline(contract, key).state is State.DONE
