"""`yanxiu invite` and `yanxiu roster links`: invitations made by the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.known_programmes import chosen
from bot.opening import made_if_missing, opened_database
from bot.refusal import Refused
from knowledge.programme.values import Programme
from knowledge.rosters.reading import role_of
from storage import audit, groups, invitations, not_joined
from storage.database import AnySession
from storage.not_joined import NotJoined
from storage.roster import COORDINATOR, EXPERT, LEADER, PARTICIPANT, TUTOR, Group

ROLES = (PARTICIPANT, LEADER, TUTOR, EXPERT, COORDINATOR)


@dataclass(frozen=True, slots=True)
class Wanted:
    role: str
    programme: str = ""  # code or title
    group: str = ""
    uses: int = 1
    days: int = 14


@dataclass(frozen=True, slots=True)
class Made:
    token: str
    role: str
    programme: str  # title
    group: str
    new_group: bool


async def make(url: str, wanted: Wanted, known: Sequence[Programme], now: datetime) -> Made:
    role = role_of(wanted.role, {role for one in known for role in one.roles})
    if not role:
        raise Refused(f"没有“{wanted.role}”这种角色，可用：{'、'.join(ROLES)}")
    programme = None if role == COORDINATOR else chosen(wanted.programme, known, now.date())
    await made_if_missing(url)
    async with opened_database(url) as sessions, sessions.begin() as session:
        group, is_new = None, False
        if wanted.group and programme:
            group, is_new = await _group(session, wanted.group, programme)
        token = await invitations.make(
            session,
            role=role,
            programme=programme.code if programme else "",
            group_id=group.id if group else None,
            uses=wanted.uses,
            days=wanted.days,
            now=now,
        )
        made = await invitations.by_token(session, token)
        subject = f"invitation:{made.id if made else 0}"
        await audit.note(session, "invite", subject, actor=None, now=now, role=role)
    return Made(
        token, role, programme.title if programme else "", group.name if group else "", is_new
    )


async def _group(session: AnySession, name: str, programme: Programme) -> tuple[Group, bool]:
    """Small trainings have no roster: then the group begins with its first invitation."""
    known = [one for one in await groups.groups_of(session, programme.code) if one.name == name]
    if len(known) > 1:
        places = "、".join(f"{one.province}{one.area}" for one in known)
        raise Refused(f"叫“{name}”的研修组有 {len(known)} 个（{places}），请在聊天里用 /invite 选")
    if known:
        return known[0], False
    id = await groups.add_group(
        session, name, programme=programme.code, province=programme.province
    )
    made = await groups.group(session, id)
    assert made is not None
    return made, True


async def revoke(url: str, token: str, now: datetime) -> bool:
    async with opened_database(url) as sessions, sessions.begin() as session:
        made = await invitations.by_token(session, token)
        if made is None or not await invitations.revoke(session, made.id):
            return False
        subject = f"invitation:{made.id}"
        await audit.note(session, "revoke_link", subject, actor=None, now=now)
    return True


async def personal(
    url: str, programme: str, days: int, now: datetime
) -> list[tuple[NotJoined, str]]:
    """Everybody on the roster who has not joined, with the token of a link of their own."""
    async with opened_database(url) as sessions, sessions.begin() as session:
        missing = await not_joined.people(session, programme)
        tokens = await not_joined.invite(session, [one.id for one in missing], days=days, now=now)
        count = len(missing)
        await audit.note(session, "roster_links", actor=None, now=now, people=count)
    return [(one, tokens[one.id]) for one in missing]
