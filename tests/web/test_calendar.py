"""The calendar feed as a phone reads it: what is due, moved, done, called off."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from knowledge.programme.values import Programme
from storage import calendars, people, progress
from storage.database import Sessions
from tests.cast import MORNING, PROGRAMME, PROGRAMME_CODE, Cast, Clock, enroll
from tests.databases import Database
from web.calendar import calendar_route, path_of
from web.site import site

TOKEN = "a-token-that-nobody-guesses"


class Feed:
    """A phone that subscribes to what the programmes say at present."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self.programmes: tuple[Programme, ...] = (PROGRAMME,)
        route = calendar_route(sessions, self.load, clock, "Asia/Shanghai")
        app: Starlette = site(calendar=route)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="https://yanxiu.example"
        )

    async def load(self) -> Sequence[Programme]:
        return self.programmes

    async def get(self, token: str = TOKEN, **headers: str) -> httpx.Response:
        return await self.http.get(path_of(token), headers=headers)

    async def events(self) -> dict[str, Any]:
        """By title without the remark."""
        calendar = Calendar.from_ical((await self.get()).content)
        return {str(event["summary"]).split("（")[0]: event for event in calendar.walk("VEVENT")}


@pytest.fixture
async def cast(sqlite: Database, clock: Clock) -> Cast:
    async with sqlite.sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
        await calendars.open_feed(session, cast.lin, TOKEN, now=clock.now)
    return cast


@pytest.fixture
async def feed(sqlite: Database, clock: Clock, cast: Cast) -> AsyncIterator[Feed]:
    feed = Feed(sqlite.sessions, clock)
    yield feed
    await feed.http.aclose()


def moved(programme: Programme, due: date) -> Programme:
    first, *rest = programme.stages
    notes, *others = first.tasks
    stage = replace(first, tasks=(replace(notes, due=due), *others))
    return replace(programme, stages=(stage, *rest))


async def test_a_phone_sees_every_deadline_of_its_owner_as_a_whole_day(feed: Feed) -> None:
    answer = await feed.get()
    calendar = Calendar.from_ical(answer.content)
    events = await feed.events()

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar["method"] == "PUBLISH"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    assert b"X-WR-TIMEZONE:Asia/Shanghai" in answer.content
    assert set(events) == {"观课报告", "磨课", "读书笔记"}
    assert events["读书笔记"].to_ical().splitlines()[2:4] == [
        b"DTSTART;VALUE=DATE:20150920",
        b"DTEND;VALUE=DATE:20150921",
    ]


async def test_a_moved_deadline_keeps_its_uid_and_raises_its_sequence_once(
    feed: Feed, clock: Clock
) -> None:
    before = (await feed.events())["读书笔记"]
    clock.advance(hours=1)
    feed.programmes = (moved(PROGRAMME, date(2015, 9, 25)),)

    after = (await feed.events())["读书笔记"]
    again = (await feed.events())["读书笔记"]

    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == date(2015, 9, 25)
    assert [event["sequence"] for event in (before, after, again)] == [0, 1, 1]
    changed = [event["dtstamp"].dt - MORNING for event in (before, after, again)]
    assert changed == [timedelta(0), timedelta(hours=1), timedelta(hours=1)]


async def test_what_is_done_is_ticked_and_what_is_gone_is_called_off(
    feed: Feed, sqlite: Database, cast: Cast
) -> None:
    await feed.events()
    async with sqlite.sessions.begin() as session:
        await progress.mark_done(session, cast.lin, PROGRAMME_CODE, "学员-读书笔记", now=MORNING)
    feed.programmes = (replace(PROGRAMME, stages=PROGRAMME.stages[:1]),)

    events = await feed.events()

    assert events["✅ 读书笔记"]["sequence"] == 1
    assert (events["磨课"]["status"], events["磨课"]["sequence"]) == ("CANCELLED", 1)
    feed.programmes = (PROGRAMME,)
    assert (await feed.events())["磨课"]["status"] == "CONFIRMED"


async def test_nothing_new_is_not_sent_again(feed: Feed, clock: Clock) -> None:
    first = await feed.get()
    clock.advance(days=1)

    second = await feed.get(**{"If-None-Match": first.headers["etag"]})

    assert (second.status_code, second.content) == (304, b"")
    feed.programmes = (moved(PROGRAMME, date(2015, 9, 25)),)
    assert (await feed.get(**{"If-None-Match": first.headers["etag"]})).status_code == 200


async def test_unknown_renewed_and_closed_addresses_look_alike(
    feed: Feed, sqlite: Database, cast: Cast
) -> None:
    unknown = await feed.get("no-such-token")
    async with sqlite.sessions.begin() as session:
        await calendars.open_feed(session, cast.lin, "another", now=MORNING)
    renewed = await feed.get(TOKEN)
    assert (await feed.get("another")).status_code == 200
    async with sqlite.sessions.begin() as session:
        assert await calendars.close_feed(session, cast.lin)
    closed = await feed.get("another")
    async with sqlite.sessions.begin() as session:
        await calendars.open_feed(session, cast.lin, TOKEN, now=MORNING)
        await people.deactivate(session, cast.lin)
    left = await feed.get(TOKEN)

    answers = unknown, renewed, closed, left
    assert len({(one.status_code, one.content, str(one.headers)) for one in answers}) == 1
    assert unknown.status_code == 404
