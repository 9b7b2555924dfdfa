"""Each code of the catalogue: recorded, set off, seen on its hand-worked day, and completed, as a user does it."""

import pytest

from tests.rules.worked.day_walk import sent_by
from tests.stories import codes_after_the_end, codes_in_force, codes_of_third_parties, codes_that_come_round
from tests.stories.conftest import Team
from tests.stories.telling import Story
from tracker.records.deadlines import State
from tracker.render.names import deadline_name
from tracker.render.texts import texts
from tracker.rules.codes import CODES

PARTS = (codes_that_come_round, codes_in_force, codes_after_the_end, codes_of_third_parties)
STORIES = tuple(story for part in PARTS for story in part.STORIES)
WORDS = texts("en")
ON_THE_WAY = 3

of_every_code = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)


def test_every_code_has_a_story() -> None:
    assert sorted(story.code for story in STORIES) == sorted(CODES)


@of_every_code
def test_a_code_is_recorded_seen_on_its_day_and_completed(story: Story, team: Team) -> None:
    contract = team.record(story.document)
    for kind, day, more in story.happened:
        team.happens(contract, kind, day, **more)
    row = team.deadline(contract, story.row.key)
    assert (row.legal, row.act_by, row.send_by) == (story.row.legal, story.row.act_by, story.row.send_by), (
        story.row.because
    )
    assert (row.nature, tuple(row.provisional), row.state) == (story.row.nature, story.row.provisional, State.OPEN)
    page = team.page(contract, story.row.key)
    assert deadline_name(story.code, "", WORDS) in page
    for shown in filter(None, (row.legal, row.act_by, row.send_by)):
        assert WORDS.date(shown) in page
    done = team.log(contract, story.row.key, story.done_on)
    assert f"Done on {WORDS.date(story.done_on)}" in done
    assert team.deadline(contract, story.row.key).state is State.DONE


@of_every_code
def test_the_hand_worked_day_agrees_with_a_walk_over_the_days(story: Story) -> None:
    assert story.row.walk is not None
    assert (story.row.legal, story.row.act_by) == story.row.walk(), story.row.because
    if story.row.send_by and story.row.act_by:
        assert story.row.send_by == sent_by(story.row.act_by, ON_THE_WAY)
