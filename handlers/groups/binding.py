"""A group chat becomes a study group's: /bind and /unbind, and what befalls the chat after."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import column
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.replies import reply
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import groups as texts
from scheduler import outbox
from scheduler.letters import NewLetter
from storage import audit, bindings, groups
from storage.roster import Group

CHOOSE = "gb"
WORTH = timedelta(days=7)
GONE = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


def router() -> Router:
    here = with_visit(Router(name="binding"))
    in_group = F.chat.type.in_({"group", "supergroup"})
    here.message.register(follow_to, F.migrate_to_chat_id)
    here.message.register(follow_from, F.migrate_from_chat_id)
    here.message.register(bind, Command("bind"), in_group)
    here.message.register(unbind, Command("unbind"), in_group)
    here.message.register(point_to_group, Command("bind", "unbind"))
    pressed_in_group = F.message.chat.type.in_({"group", "supergroup"})
    here.callback_query.register(choose, F.data.startswith(f"{CHOOSE}:"), pressed_in_group)
    here.my_chat_member.register(come_or_go, in_group)
    return here


async def point_to_group(message: Message) -> None:
    await reply(message, plain(texts.BIND_IN_GROUP))


async def bind(message: Message, visit: Visit) -> None:
    own = await theirs(visit)
    match own:
        case []:
            known = visit.person and visit.person.coordinator
            await reply(message, plain(texts.NO_GROUPS if known else texts.NOT_A_LEADER))
        case [one]:
            await reply(message, plain(await bound(message, visit, one, own)))
        case _:
            options = [(one.name, f"{CHOOSE}:{one.id}") for one in own]
            await reply(message, plain(texts.WHICH_GROUP), column(options))


async def choose(query: CallbackQuery, visit: Visit) -> None:
    own = await theirs(visit)
    group = next((one for one in own if one.id == last_number(query.data)), None)
    if group is None or not isinstance(query.message, Message):
        await acknowledge(query, texts.NOT_FOR_YOU, alert=True)
        return
    said = await bound(query.message, visit, group, own)
    await acknowledge(query, said)
    if said == texts.BOUND.format(name=group.name):
        await reply(query.message, plain(said))


async def bound(message: Message, visit: Visit, group: Group, own: list[Group]) -> str:
    """What is to be said. Nobody takes a chat away from a group that is not theirs."""
    place = {"surface": visit.surface, "chat_id": message.chat.id, "thread_id": thread_of(message)}
    async with visit.sessions.begin() as session:
        before = await bindings.at(session, visit.surface, message.chat.id, thread_of(message))
        if before and before.id == group.id:
            return texts.BOUND_ALREADY.format(name=group.name)
        if before and before.id not in {one.id for one in own}:
            return texts.OTHER_GROUP_HERE.format(name=before.name)
        await groups.bind_group(
            session,
            group.id,
            surface=visit.surface,
            chat_id=message.chat.id,
            thread_id=thread_of(message),
            now=visit.now,
        )
        actor = visit.person.id if visit.person else None
        await audit.note(
            session, "bind_group", f"group:{group.id}", actor=actor, now=visit.now, **place
        )
    return texts.BOUND.format(name=group.name)


async def unbind(message: Message, visit: Visit) -> None:
    own = {one.id for one in await theirs(visit)}
    async with visit.sessions.begin() as session:
        here = await bindings.at(session, visit.surface, message.chat.id, thread_of(message))
        if here is None:
            said = texts.NOT_BOUND
        elif here.id not in own or visit.person is None:
            said = texts.NOT_A_LEADER
        else:
            said = texts.UNBOUND.format(name=here.name)
            await groups.unbind_group(session, here.id)
            subject = f"group:{here.id}"
            await audit.note(session, "unbind_group", subject, actor=visit.person.id, now=visit.now)
    await reply(message, plain(said))


async def follow_to(message: Message, visit: Visit) -> None:
    await follow(visit, message.chat.id, message.migrate_to_chat_id)


async def follow_from(message: Message, visit: Visit) -> None:
    await follow(visit, message.migrate_from_chat_id, message.chat.id)


async def follow(visit: Visit, old: int | None, new: int | None) -> None:
    """It is told on both sides; the second time there is nothing left to move."""
    if old and new:
        async with visit.sessions.begin() as session:
            await outbox.move_chat(session, visit.surface, old, new)


async def come_or_go(event: ChatMemberUpdated, visit: Visit) -> None:
    was_out = event.old_chat_member.status in GONE
    is_out = event.new_chat_member.status in GONE
    if is_out:
        await leave(event.chat.id, visit)
    elif was_out:
        async with visit.sessions() as session:
            known = await bindings.in_chat(session, visit.surface, event.chat.id)
        if not known:  # a group that became a supergroup needs no introduction
            await event.answer(texts.HELLO)


async def leave(chat_id: int, visit: Visit) -> None:
    async with visit.sessions.begin() as session:
        for group in await bindings.let_go(session, visit.surface, chat_id):
            letters = [
                NewLetter(
                    key=f"removed:{group.id}:{person_id}:{visit.now:%Y%m%d%H%M}",
                    kind="note",
                    person_id=person_id,
                    not_before=visit.now,
                    expires_at=visit.now + WORTH,
                    data={"html": plain(texts.REMOVED.format(name=group.name))},
                    priority=50,
                )
                for person_id in await bindings.leaders(session, group.id)
            ]
            await outbox.add(session, letters, now=visit.now)
            subject = f"group:{group.id}"
            await audit.note(session, "removed_from_group", subject, actor=None, now=visit.now)
    visit.soon()


async def theirs(visit: Visit) -> list[Group]:
    codes = [one.code for one in visit.library.programmes]
    async with visit.sessions() as session:
        return await bindings.may_be_bound_by(session, visit.person, codes)


def thread_of(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
