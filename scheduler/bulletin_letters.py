"""Bulletins on their way to groups: the post, what it says after an edit, the pin; and in digests
what is still to be read."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from scheduler import outbox
from scheduler.digests import Extra, Line
from scheduler.hours import SHANGHAI
from scheduler.letters import (
    Button,
    Edit,
    Letter,
    NewLetter,
    NothingToSay,
    Pin,
    Rendered,
    Rows,
    Text,
)
from scheduler.rendering import RenderKind
from scheduler.texts import POSSIBLY_DOUBLED, safe
from storage import bulletins
from storage.bulletins import Bulletin
from storage.database import AnySession, Sessions
from storage.roster import Recipient

POST, ANEW, PIN = "bulletin", "bulletin_edit", "bulletin_pin"
READ = "bl:r"  # what the button says to the handlers
WORTH = timedelta(days=7)
ALERT = 50
SHOWN_IN_DIGEST = 3


async def send_to_groups(
    session: AnySession, bulletin_id: int, group_ids: Collection[int], now: datetime
) -> None:
    """Groups without a chat are left out: their members find it in their digests."""
    letters = [_letter(POST, _key(bulletin_id, id), bulletin_id, id, now) for id in group_ids]
    await outbox.add(session, letters, now=now)


async def follow_edit(session: AnySession, bulletin_id: int, revision: int, now: datetime) -> None:
    """What was posted says what the bulletin says now; what was not posted yet will."""
    await _after_posting(session, ANEW, bulletin_id, revision, now)


async def follow_pin(session: AnySession, bulletin_id: int, revision: int, now: datetime) -> None:
    await _after_posting(session, PIN, bulletin_id, revision, now)


async def _after_posting(
    session: AnySession, kind: str, bulletin_id: int, revision: int, now: datetime
) -> None:
    letters = [
        _letter(kind, f"{_key(bulletin_id, group)}:{revision}", bulletin_id, group, now)
        for group in await bulletins.group_ids_of(session, bulletin_id)
        if await outbox.message_id(session, _key(bulletin_id, group))
    ]
    await outbox.add(session, letters, now=now)


def _letter(kind: str, key: str, bulletin_id: int, group_id: int, now: datetime) -> NewLetter:
    return NewLetter(
        key=key,
        kind=kind,
        group_id=group_id,
        not_before=now,
        expires_at=now + WORTH,
        data={"bulletin": bulletin_id},
        priority=ALERT,
    )


class BulletinLetters:
    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @property
    def kinds(self) -> dict[str, RenderKind]:
        return {POST: self.post, ANEW: self.anew, PIN: self.pin}

    async def post(self, letter: Letter, now: datetime) -> Rendered:
        bulletin, _ = await self._found(letter)
        if bulletin is None or bulletin.withdrawn:
            return NothingToSay()
        mark = f"{POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        return Text(mark + announced(bulletin), _buttons(bulletin))

    async def anew(self, letter: Letter, now: datetime) -> Rendered:
        bulletin, message_id = await self._found(letter)
        if bulletin is None or message_id is None:
            return NothingToSay()
        if bulletin.withdrawn:
            return Edit(message_id, f"<s>{safe(bulletin.title)}</s>\n这期简报已撤回。")
        return Edit(message_id, announced(bulletin), _buttons(bulletin))

    async def pin(self, letter: Letter, now: datetime) -> Rendered:
        bulletin, message_id = await self._found(letter)
        if bulletin is None or message_id is None:
            return NothingToSay()
        return Pin(message_id, bulletin.pinned and not bulletin.withdrawn)

    async def _found(self, letter: Letter) -> tuple[Bulletin | None, int | None]:
        async with self._sessions() as session:
            bulletin = await bulletins.find(session, letter.data["bulletin"])
            key = _key(letter.data["bulletin"], letter.group_id or 0)
            return bulletin, await outbox.message_id(session, key)


def announced(bulletin: Bulletin) -> str:
    about = " · ".join(filter(None, (bulletin.kind, bulletin.stage, bulletin.author)))
    return f"<b>{safe(bulletin.title)}</b>\n{safe(about)}"


async def unread_lines(session: AnySession, person: Recipient, day: date) -> Sequence[Line]:
    since = datetime.combine(day, time(), SHANGHAI) - WORTH
    mine = await bulletins.current_for(session, person, since=since)
    unread = [one.bulletin for one in mine if not one.read][:SHOWN_IN_DIGEST]
    return [
        Line(
            f"• {safe(one.title)}（{safe(one.kind)}）",
            (Button(f"看：{one.title}"[:30], url=one.url),),
        )
        for one in unread
    ]


async def people_with_unread(session: AnySession, day: date) -> Collection[int]:
    """Only a day's news is a reason to write; older ones are told where there is one anyway."""
    ends = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    return await bulletins.owed_unread(session, since=ends - timedelta(days=2), until=ends)


UNREAD = Extra("还没看的简报", unread_lines, people_with_unread)


def _buttons(bulletin: Bulletin) -> Rows:
    return ((Button("打开", url=bulletin.url), Button("已阅", data=f"{READ}:{bulletin.id}")),)


def _key(bulletin_id: int, group_id: int) -> str:
    return f"bulletin:{bulletin_id}:{group_id}"
