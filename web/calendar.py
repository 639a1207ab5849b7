"""The personal calendar feed: deadlines as phones subscribe to them, behind a secret address."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from knowledge.programme.values import Programme
from storage import calendars, people, progress
from storage.calendars import Said
from storage.database import DatabaseTrouble, Sessions
from storage.roster import Recipient
from web.agenda import brought_up_to_date, current_events

PATH = "/calendar/{token}.ics"
NAME = "研修截止日"
REFRESH = timedelta(hours=1)
RETRY_SECONDS = 60
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

LoadProgrammes = Callable[[], Awaitable[Sequence[Programme]]]


def path_of(token: str) -> str:
    return PATH.format(token=token)


def calendar_route(
    sessions: Sessions,
    load_programmes: LoadProgrammes,
    clock: Callable[[], datetime],
    timezone: str,
) -> Route:
    async def feed(request: Request) -> Response:
        try:
            person = await owner(sessions, request.path_params["token"])
            if person is None:
                return PlainTextResponse("", status_code=404, headers=HEADERS)
            events = await said_now(sessions, person, await load_programmes(), clock())
        except DatabaseTrouble:
            again = {"Retry-After": str(RETRY_SECONDS)}
            return PlainTextResponse("", status_code=503, headers=again)
        return answer(request, written(events, timezone))

    return Route(PATH, feed, methods=["GET"])


async def owner(sessions: Sessions, token: str) -> Recipient | None:
    """Nobody for a token that is unknown, revoked, or of somebody who left."""
    async with sessions() as session:
        person_id = await calendars.person_of(session, token)
        return await people.person(session, person_id or 0)


async def said_now(
    sessions: Sessions, person: Recipient, programmes: Sequence[Programme], now: datetime
) -> Mapping[str, Said]:
    """What changed since the last time is written down, so that its sequence grows once."""
    async with sessions() as session:
        before = await calendars.said(session, person.id)
        states = await progress.of_person(session, person.id)
    current = current_events(person, programmes, states)
    after = brought_up_to_date(before, current, now)
    if after == before:
        return before
    async with sessions.begin() as session:
        before = await calendars.said(session, person.id)  # another phone may have been quicker
        after = brought_up_to_date(before, current, now)
        changed = [uid for uid, event in after.items() if before.get(uid) != event]
        await calendars.say(session, person.id, after, changed)
    return after


def written(events: Mapping[str, Said], timezone: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//yanxiu//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", timezone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for uid in sorted(events):
        calendar.add_component(event_of(uid, events[uid]))
    return bytes(calendar.to_ical())


def event_of(uid: str, said: Said) -> Event:
    day = date.fromisoformat(said.content["day"])
    event = Event()
    event.add("uid", uid)
    event.add("sequence", said.sequence)
    event.add("dtstamp", said.changed_at)
    event.add("last-modified", said.changed_at)
    event.add("dtstart", day)  # the whole day, wherever the phone is
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", said.content["title"])
    event.add("description", said.content["text"])
    event.add("status", said.content["status"])
    event.add("transp", "TRANSPARENT")
    return event


def answer(request: Request, body: bytes) -> Response:
    headers = HEADERS | {"ETag": f'"{sha256(body).hexdigest()[:32]}"'}
    known = [
        tag.strip().removeprefix("W/")
        for tag in request.headers.get("if-none-match", "").split(",")
    ]
    if headers["ETag"] in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
