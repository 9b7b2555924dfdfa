"""What each subscriber gets at each fetch: their deadlines, all of them, and nothing they may not see."""

from datetime import date, timedelta

import pytest

from tests.support.asked import asked_of
from tests.support.feeds import BASE, NOW, TODAY, Shown, World, deadline_row, shown
from tracker.actions.feed_filter import FeedFilter
from tracker.actions.feed_reading import FeedAnswer, Fragments
from tracker.actions.feeds import NewFeed
from tracker.records.contracts import Contract, Grant
from tracker.records.deadlines import Completion, Deadline, State
from tracker.records.feeds import Detail
from tracker.records.people import Person
from tracker.render.feed import CAP


def events(answer: FeedAnswer) -> list[Shown]:
    assert answer.status == 200
    return shown(answer.body)


def titles(answer: FeedAnswer) -> list[str]:
    return [found.title for found in events(answer)]


def uids(answer: FeedAnswer) -> list[str]:
    return [found.uid for found in events(answer)]


# ---------------------------------------------------------------- who sees what


def test_each_person_gets_the_deadlines_of_the_contracts_they_may_see(feed_world: World) -> None:
    for name, count in (("Ana", 3), ("Ben", 3), ("Cleo", 1)):
        assert len(events(feed_world.read(feed_world.subscribe(name).token))) == count
    assert b"northern" not in feed_world.read(feed_world.subscribe("Cleo").token).body


def test_e9_access_taken_away_is_gone_at_the_next_fetch(feed_world: World) -> None:
    token = feed_world.subscribe("Ben").token
    before = feed_world.read(token)
    with feed_world.database.transaction() as session:
        session.query(Grant).delete()
    after = feed_world.read(token, known=lambda etag: etag == before.etag)
    assert len(events(after)) == 1
    assert b"northern" not in after.body


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (FeedFilter(mine=True), 0),
        (FeedFilter(contracts=("s2s2s2s2",)), 2),
        (FeedFilter(kinds=("lease",)), 1),
        (FeedFilter(codes=("payment", "renewal-intention")), 2),
        (FeedFilter(sides=("them",)), 1),
        (FeedFilter(sides=("us",), kinds=("transfer",)), 1),
    ],
)
def test_e9_filters_are_honoured(feed_world: World, wanted: FeedFilter, count: int) -> None:
    token = feed_world.subscribe("Ben", NewFeed(label="Some", filters=wanted)).token
    assert len(events(feed_world.read(token))) == count
    assert FeedFilter.read(wanted.stored()) == wanted


def test_e9_my_own_feed_holds_what_i_own_or_stand_in_for(feed_world: World) -> None:
    mine = NewFeed(label="Mine", filters=FeedFilter(mine=True))
    ana, ben = feed_world.subscribe("Ana", mine).token, feed_world.subscribe("Ben", mine).token
    with feed_world.database.transaction() as session:
        lease = session.query(Contract).filter_by(number="L-1").one()
        lease.backup_id = session.query(Person).filter_by(name="Ben").one().id
    assert (len(events(feed_world.read(ana))), len(events(feed_world.read(ben)))) == (3, 1)


@pytest.mark.parametrize(
    ("detail", "absent"),
    [
        (Detail.TITLES, [b"Hualong", b"Acme", b"L-1"]),
        (Detail.DATES, [b"Hualong", b"Acme", b"L-1", b"lease", b"northern", b"renewal", b"payment"]),
    ],
)
def test_e8_what_the_level_of_detail_keeps_back_is_not_in_the_bytes(
    feed_world: World, detail: Detail, absent: list[bytes]
) -> None:
    full = feed_world.read(feed_world.subscribe("Ana").token)
    spare = feed_world.read(feed_world.subscribe("Ana", NewFeed(label="Spare", detail=detail)).token)
    assert [word for word in absent if word in spare.body] == []
    assert uids(spare) == uids(full)
    assert b"Hualong" in full.body


def test_a_feed_speaks_its_subscribers_language(feed_world: World) -> None:
    token = feed_world.subscribe("Cleo", NewFeed(label="期限", language="zh-Hans")).token
    assert "2026年6月30日" in events(feed_world.read(token))[0].description


# ---------------------------------------------------------------- identity and change


def test_e1_an_event_keeps_its_identity_when_its_day_its_names_or_our_address_change(feed_world: World) -> None:
    token = feed_world.subscribe("Ana").token
    before = feed_world.read(token)
    feed_world.change("L-1", action_day=date(2026, 7, 3), title="Say whether we stay")
    with feed_world.database.transaction() as session:
        session.query(Contract).filter_by(number="L-1").update({"title": "Office", "number": "L-1b"})
    after = feed_world.read(token, base_url="https://elsewhere.example")
    assert sorted(uids(after)) == sorted(uids(before))
    assert len(set(uids(after))) == 3
    assert not any("example" in uid for uid in uids(after))


def test_e3_a_change_raises_the_sequence_and_the_time_of_change(feed_world: World) -> None:
    token = feed_world.subscribe("Ana").token
    before = {found.uid: found for found in events(feed_world.read(token))}
    feed_world.change("S-2", state=State.DONE)
    for found in events(feed_world.read(token)):
        was, raised = before[found.uid], "✓" in found.title
        assert (found.sequence > was.sequence, found.stamp > was.stamp) == (raised, raised)
        assert found.stamp == found.modified


def test_nothing_changed_gives_the_same_bytes_from_another_process_and_on_another_day(feed_world: World) -> None:
    token = feed_world.subscribe("Ana").token
    warm = Fragments()
    answers = [feed_world.read(token, fragments=warm), feed_world.read(token, fragments=warm), feed_world.read(token)]
    answers.append(feed_world.read(token, NOW + timedelta(days=1)))
    assert len({(answer.body, answer.etag) for answer in answers}) == 1


def test_e5_done_stays_ticked_or_is_hidden_by_choice(feed_world: World) -> None:
    shown = feed_world.subscribe("Ana").token
    hidden = feed_world.subscribe("Ana", NewFeed(label="Open", filters=FeedFilter(done=False))).token
    with feed_world.database.transaction() as session:
        lease = session.query(Deadline).filter_by(code="renewal-intention").one()
        lease.completions.append(Completion(done_on=date(2026, 5, 30), channel="web", recorded_at=NOW))
    feed_world.change("L-1", state=State.DONE)
    (done,) = [found for found in events(feed_world.read(shown)) if found.title.startswith("✓ ")]
    assert "Done on 30 May 2026" in done.description
    assert len(events(feed_world.read(hidden))) == 2


@pytest.mark.parametrize("state", [State.WAIVED, State.WITHDRAWN])
def test_e5_what_was_dropped_is_cancelled_and_gone_after_thirty_days(feed_world: World, state: State) -> None:
    token = feed_world.subscribe("Ana").token
    dropped = {"withdrawn_at": NOW} if state is State.WITHDRAWN else {}
    feed_world.change("L-1", state=state, **dropped)
    assert [found.status for found in events(feed_world.read(token))].count("CANCELLED") == 1
    assert len(events(feed_world.read(token, NOW + timedelta(days=31)))) == 2


def test_e10_what_is_overdue_stays_on_its_day(feed_world: World) -> None:
    (overdue,) = [found for found in events(feed_world.read(feed_world.subscribe("Ana").token)) if found.day < TODAY]
    assert overdue.day == date(2026, 5, 29)


def test_the_feed_reaches_ninety_days_back_and_five_years_ahead_and_leaves_out_what_has_no_day(
    feed_world: World,
) -> None:
    with feed_world.database.transaction() as session:
        lease = session.query(Contract).filter_by(number="L-1").one()
        for number, day in enumerate(
            [TODAY - timedelta(90), TODAY - timedelta(91), date(2031, 6, 1), date(2031, 6, 3)]
        ):
            session.add(deadline_row(lease, f"far:{number}", "report", day, title=f"far {number}"))
        session.add(deadline_row(lease, "when", "report", TODAY, legal=None, act_by=None, action_day=None))
    far = [title for title in titles(feed_world.read(feed_world.subscribe("Ana").token)) if title.startswith("far")]
    assert far == ["far 0 – Office lease", "far 2 – Office lease"]


def test_e7_each_event_leads_to_its_page_and_not_by_the_secret(feed_world: World) -> None:
    issued = feed_world.subscribe("Ana")
    answer = feed_world.read(issued.token)
    assert issued.token.encode() not in answer.body
    for found in events(answer):
        assert found.url.startswith(f"{BASE}/obligations/")
        assert found.description.endswith(found.url)


def test_provisional_and_unconfirmed_dates_say_so_even_where_only_dates_are_shown(feed_world: World) -> None:
    feed_world.change("L-1", provisional=[2027])
    token = feed_world.subscribe("Cleo", NewFeed(label="Dates", detail=Detail.DATES)).token
    assert titles(feed_world.read(token)) == ["Contract deadline (provisional)"]


def test_a_feed_that_is_too_long_says_what_it_left_out(feed_world: World) -> None:
    with feed_world.database.transaction() as session:
        lease = session.query(Contract).filter_by(number="L-1").one()
        session.add_all(
            deadline_row(lease, f"visit:{n}", "follow-up-visit", date(2026, 7, 1) + timedelta(n % 365))
            for n in range(CAP)
        )
    token = feed_world.subscribe("Cleo").token
    found = events(feed_world.read(token))
    assert len(found) == CAP + 1
    assert found[-1].title == "1 more deadline is not shown in this calendar"
    assert found[-1].day == TODAY
    tomorrow = events(feed_world.read(token, NOW + timedelta(days=1)))
    assert (tomorrow[-1].uid, tomorrow[-1].day) == (found[-1].uid, TODAY + timedelta(days=1))


# ---------------------------------------------------------------- entity tags and work done


def test_an_unchanged_feed_is_answered_without_rendering_or_loading_it(feed_world: World) -> None:
    token = feed_world.subscribe("Ana").token
    etag = feed_world.read(token).etag
    with asked_of(feed_world.database.engine) as asked:
        answer = feed_world.read(token, known=lambda other: other == etag)
    assert (answer.status, answer.body, answer.etag) == (304, b"", etag)
    assert len(asked) <= 4
    assert not any("explanation" in question.statement for question in asked)


class Recording(Fragments):
    """A memory that also lists what had to be rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.rendered: list[bytes] = []

    def keep(self, key: object, fragment: bytes) -> None:
        self.rendered.append(fragment)
        super().keep(key, fragment)


def test_only_what_changed_is_rendered_again(feed_world: World) -> None:
    token, memory = feed_world.subscribe("Ana").token, Recording()
    first = feed_world.read(token, fragments=memory)
    assert len(memory.rendered) == 3
    feed_world.change("L-1", title="Say whether we stay")
    second = feed_world.read(token, fragments=memory)
    assert [b"Say whether we stay" in fragment for fragment in memory.rendered[3:]] == [True]
    assert second.body == feed_world.read(token).body != first.body


def test_h3_every_kind_of_change_gives_a_new_tag(feed_world: World) -> None:
    token = feed_world.subscribe("Ana").token
    tags = {feed_world.read(token).etag, feed_world.read(token, base_url="https://elsewhere.example").etag}
    feed_world.change("L-1", title="x")
    tags.add(feed_world.read(token).etag)
    feed_world.change("L-1", action_day=date(2035, 1, 1))
    tags.add(feed_world.read(token).etag)
    with feed_world.database.transaction() as session:
        session.delete(session.query(Contract).filter_by(number="S-2").one())
    tags.add(feed_world.read(token).etag)
    assert len(tags) == 5


def test_the_memory_of_fragments_stays_within_its_bounds() -> None:
    memory = Fragments(most=2)
    for number in range(5):
        memory.keep(number, b"x")
    assert [memory.get(number) for number in range(5)] == [None, None, None, None, b"x"]
