"""Invitations made in the chat: a leader for their own group, a coordinator for everybody."""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import column
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.programmes import sign
from handlers.conversation.replies import reply
from handlers.conversation.visits import Visit, with_visit
from handlers.joining import qr
from handlers.texts import joining as texts
from knowledge.programme.running import running_first
from storage import audit, groups, invitations, made_once
from storage.database import AnySession
from storage.invitations import Invited
from storage.roster import (
    COORDINATOR,
    EXPERT,
    LEADER,
    PARTICIPANT,
    TUTOR,
    Group,
    Recipient,
)

ROLES = (PARTICIPANT, LEADER, TUTOR, EXPERT, COORDINATOR)  # by their index in callback data
A_CLASS = 60  # participants who may use one link
DAYS = 14
ROLE, GROUP, PROGRAMME, REVOKE = "jn:r", "jn:g", "jn:p", "jn:x"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen: an invitation as whom, and where."""

    role: str
    programme: str = ""
    group_id: int | None = None
    where: str = ""


def router() -> Router:
    here = with_visit(Router(name="inviting"))
    here.message.register(invite, Command("invite"), F.chat.type == "private")
    here.message.register(point_to_private, Command("invite"))
    here.callback_query.register(choose_role, F.data.startswith(f"{ROLE}:"))
    here.callback_query.register(choose_group, F.data.startswith(f"{GROUP}:"))
    here.callback_query.register(choose_programme, F.data.startswith(f"{PROGRAMME}:"))
    here.callback_query.register(revoke, F.data.startswith(f"{REVOKE}:"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.INVITE_PRIVATELY))


async def invite(message: Message, visit: Visit) -> None:
    person = visit.person
    if person and person.coordinator:
        options = [(role, f"{ROLE}:{index}") for index, role in enumerate(ROLES)]
        await reply(message, plain(texts.WHICH_ROLE), column(options))
        return
    async with visit.sessions() as session:
        own = await led_by(session, person)
    match own:
        case []:
            await reply(message, plain(texts.INVITE_NOT_YOURS))
        case [one]:
            await hand_out(message, visit, in_group(PARTICIPANT, one))
        case _:
            options = [(one.name, f"{GROUP}:0:{one.id}") for one in own]
            await reply(message, plain(texts.WHICH_GROUP), column(options))


async def choose_role(query: CallbackQuery, visit: Visit) -> None:
    index = last_number(query.data)
    if not (visit.person and visit.person.coordinator and index < len(ROLES)):
        await acknowledge(query, texts.NOT_FOR_YOU, alert=True)
        return
    await acknowledge(query)
    if not isinstance(query.message, Message):
        return
    match ROLES[index]:
        case "项目办":
            await hand_out(query.message, visit, Wish(COORDINATOR))
        case "指导教师" | "省级专家":
            every = running_first(visit.library.programmes, visit.today)
            options = [(one.title, f"{PROGRAMME}:{index}:{sign(one.code)}") for one in every]
            await reply(query.message, plain(texts.WHICH_PROGRAMME), column(options))
        case _:
            known = await every_group(visit)
            options = [(one.name, f"{GROUP}:{index}:{one.id}") for one in known]
            html = plain(texts.WHICH_GROUP if known else texts.NO_GROUPS)
            await reply(query.message, html, column(options))


async def choose_group(query: CallbackQuery, visit: Visit) -> None:
    role, person = role_in(query.data), visit.person
    async with visit.sessions() as session:
        group = await groups.group(session, last_number(query.data))
        own = await led_by(session, person)
    may = person and (person.coordinator or (role == PARTICIPANT and group in own))
    if not (may and group and role in (PARTICIPANT, LEADER)):
        await acknowledge(query, texts.NOT_FOR_YOU, alert=True)
        return
    await acknowledge(query)
    if isinstance(query.message, Message):
        await hand_out(query.message, visit, in_group(role, group))


async def choose_programme(query: CallbackQuery, visit: Visit) -> None:
    role, wanted = role_in(query.data), (query.data or "").rpartition(":")[2]
    chosen = next((one for one in visit.library.programmes if sign(one.code) == wanted), None)
    may = visit.person and visit.person.coordinator
    if not (may and chosen and role in (TUTOR, EXPERT)):
        await acknowledge(query, texts.NOT_FOR_YOU, alert=True)
        return
    await acknowledge(query)
    if isinstance(query.message, Message):
        await hand_out(query.message, visit, Wish(role, chosen.code, where=f"《{chosen.title}》"))


async def hand_out(message: Message, visit: Visit, wish: Wish) -> None:
    """Whoever calls has looked whether this person may. The same update once more: the same
    invitation, by a link that counts in place of the earlier one."""
    async with visit.sessions.begin() as session:
        before = await made_once.by(session, visit.update)
        token = await (invitations.renew(session, before) if before else make(session, visit, wish))
        made = await invitations.by_token(session, token)
        assert made is not None
    await show(message, visit, made, wish.where, await visit.doors.links(token))


async def make(session: AnySession, visit: Visit, wish: Wish) -> str:
    made_by = visit.person.id if visit.person else None
    token = await invitations.make(
        session,
        role=wish.role,
        programme=wish.programme,
        group_id=wish.group_id,
        uses=A_CLASS if wish.role == PARTICIPANT else 1,
        days=DAYS,
        made_by=made_by,
        now=visit.now,
    )
    made = await invitations.by_token(session, token)
    assert made is not None
    await made_once.note(session, visit.update, made.id, now=visit.now)
    subject = f"invitation:{made.id}"
    await audit.note(session, "invite", subject, actor=made_by, now=visit.now, role=wish.role)
    return token


async def show(
    message: Message, visit: Visit, made: Invited, where: str, links: dict[str, str]
) -> None:
    if not links:
        await reply(message, plain(texts.NO_DOOR))
        return
    ends = made.expires_at.astimezone(visit.zone)
    link = links.get(visit.surface) or next(iter(links.values()))
    await message.answer_photo(
        BufferedInputFile(qr.png(link), "invite.png"),
        caption=texts.invitation(made.role, where, made.uses_left, ends, links),
        parse_mode=ParseMode.HTML,
        reply_markup=column([(texts.REVOKE, f"{REVOKE}:{made.id}")]),
    )


async def revoke(query: CallbackQuery, visit: Visit) -> None:
    person = visit.person
    async with visit.sessions.begin() as session:
        made = await invitations.by_id(session, last_number(query.data))
        if not (person and made and (person.coordinator or made.made_by == person.id)):
            said = texts.NOT_FOR_YOU
        elif await invitations.revoke(session, made.id):
            said = texts.REVOKED
            subject = f"invitation:{made.id}"
            await audit.note(session, "revoke_link", subject, actor=person.id, now=visit.now)
        else:
            said = texts.REVOKED_BEFORE
    await acknowledge(query, said, alert=True)


def in_group(role: str, group: Group) -> Wish:
    return Wish(role, group.programme, group.id, group.name)


async def every_group(visit: Visit) -> list[Group]:
    async with visit.sessions() as session:
        return [
            group
            for programme in visit.library.programmes
            for group in await groups.groups_of(session, programme.code)
        ]


async def led_by(session: AnySession, person: Recipient | None) -> list[Group]:
    ids = [one.group_id for one in (person.roles if person else ()) if one.role == LEADER]
    found = [await groups.group(session, id) for id in ids if id is not None]
    return [one for one in found if one]


def role_in(data: str | None) -> str:
    """Of `jn:g:<role>:<group>`; "" for what no button of ours says."""
    parts = (data or "").split(":")
    index = parts[2] if len(parts) == 4 else ""
    return ROLES[int(index)] if index in ("0", "1", "2", "3", "4") else ""
