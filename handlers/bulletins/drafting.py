"""Posting a bulletin: a link, a preview that can be changed, and one press.

bl:k kind · bl:s stage · bl:k<n>, bl:s<n> that one · bl:p programme · bl:g groups · bl:g<id> one of
them · bl:a<n> those of an area · bl:ga all · bl:b back · bl:t title · bl:ok post · bl:no give up;
each with the number of the draft."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.bulletins import card
from handlers.bulletins.card import Draft
from handlers.bulletins.desk import Author, author_of, drafted, post, titled
from handlers.bulletins.sent_links import SentLink
from handlers.bulletins.waiting import Drafting, is_question, wait
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.texts import bulletins as texts
from knowledge.answering.library import Library
from knowledge.links import BadLink, Link, checked, links_in
from knowledge.programme.bulletins import kinds_of
from knowledge.visible import visible
from storage import groups
from storage.database import Sessions
from storage.roster import Group, Recipient

KEPT = "bulletin"
PRESS = re.compile(r"^bl:(k|s|p|g|ga|b|t|ok|no|[gaks][0-9]{1,9}):([0-9a-f]{8})$")
TITLE_SIGNS = " \t\n，,：:；;。、—-《》"


@dataclass(frozen=True, slots=True)
class Desk:
    """The author, what they draft, and what is at hand."""

    author: Author
    draft: Draft
    reach: list[Group]
    sessions: Sessions
    state: FSMContext

    async def shown(self) -> tuple[str, InlineKeyboardMarkup]:
        """Kept first: the buttons of what is shown must find it."""
        await self.state.update_data({KEPT: card.to_data(self.draft)})
        chosen = [group for group in self.reach if group.id in self.draft.groups]
        async with self.sessions() as session:
            people = await groups.participants_in(session, [group.id for group in chosen])
        link, programme = checked(self.draft.url), self.author.programme(self.draft.programme)
        assert isinstance(link, Link)
        assert programme is not None
        html = texts.preview(
            self.draft.title,
            self.draft.kind,
            self.draft.stage,
            link,
            [group.name for group in chosen],
            without_chat=sum(group.chat_id is None for group in chosen),
            people=people,
        )
        buttons = card.card_buttons(
            self.draft,
            programme,
            len(self.reach),
            several_kinds=len(kinds_of(programme, self.author.role_in(programme.code))) > 1,
            several_programmes=len(self.author.programmes) > 1,
        )
        return html, buttons


def router() -> Router:
    here = Router(name="bulletin_draft")
    in_private = F.chat.type == "private"
    here.message.register(begin, Command("bulletin"), in_private)
    here.message.register(point_to_private, Command("bulletin"))
    here.message.register(take_title, StateFilter(Drafting.title), F.text[0] != "/", in_private)
    here.message.register(take_link, StateFilter(Drafting.link), F.text[0] != "/", in_private)
    here.message.register(offer, in_private, StateFilter(None), SentLink())
    pressed = F.data.regexp(PRESS.pattern), F.message.chat.type == "private"
    here.callback_query.register(change, *pressed)
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def begin(
    message: Message,
    command: CommandObject,
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    state: FSMContext,
    today: date,
    now: datetime,
) -> None:
    author = author_of(person, library, today)
    if author is None:
        await reply(message, plain(texts.NOT_YOURS))
    elif command.args:
        await _draft(message, command.args, author, sessions, state, today)
    else:
        await wait(state, Drafting.link, now)
        await reply(message, plain(texts.SEND_LINK))


async def take_link(
    message: Message,
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    state: FSMContext,
    today: date,
) -> None:
    if is_question(message.text or ""):
        await reply(message, plain(texts.STILL_WAITING))
        raise SkipHandler
    author = author_of(person, library, today)
    if author is None:
        await state.set_state(None)
        await reply(message, plain(texts.NOT_YOURS))
        return
    await _draft(message, message.text or "", author, sessions, state, today)


async def offer(
    message: Message, author: Author, sessions: Sessions, state: FSMContext, today: date
) -> None:
    await _draft(message, message.text or "", author, sessions, state, today)


async def _draft(
    message: Message, text: str, author: Author, sessions: Sessions, state: FSMContext, today: date
) -> None:
    links = links_in(text)
    link = checked(links[0]) if links else BadLink(texts.NOT_A_LINK)
    title = text.replace(links[0] if links else "", " ")
    title = " ".join(visible(title).split()).strip(TITLE_SIGNS)
    if isinstance(link, BadLink):
        await reply(message, plain(link.reason))
        return
    if len(title) > texts.LONGEST_TITLE:
        await reply(message, plain(texts.TITLE_TOO_LONG))
        return
    async with sessions() as session:
        draft, reach = await drafted(session, author, link, title, today)
    await state.set_state(None)
    if not reach:
        await reply(message, plain(texts.NO_GROUPS))
        return
    await reply(message, *await Desk(author, draft, reach, sessions, state).shown())


async def take_title(
    message: Message,
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    state: FSMContext,
    today: date,
) -> None:
    title = " ".join(visible(message.text or "").split())
    if not title:
        await reply(message, plain(texts.NEW_TITLE))
        return
    if len(title) > texts.LONGEST_TITLE:
        await reply(message, plain(texts.TITLE_TOO_LONG))
        return
    desk = await _desk(person, library, sessions, state, today)
    await state.set_state(None)
    if desk is None:
        await reply(message, plain(texts.EXPIRED))
        return
    draft = replace(desk.draft, title=title, own_title=True)
    await reply(message, *await replace(desk, draft=draft).shown())


async def _desk(
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    state: FSMContext,
    today: date,
) -> Desk | None:
    """None: nothing is drafted here, or they may no longer post."""
    author = author_of(person, library, today)
    draft = card.from_data((await state.get_data()).get(KEPT) or {})
    if author is None or draft is None or author.programme(draft.programme) is None:
        return None
    async with sessions() as session:
        reach = await groups.groups_in_care_of(session, author.person, draft.programme)
    return Desk(author, draft, reach, sessions, state)


async def change(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    state: FSMContext,
    today: date,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    _, what, number = (query.data or "").split(":")
    desk = await _desk(person, library, sessions, state, today)
    if desk is None or desk.draft.number != number:
        await acknowledge(query, texts.EXPIRED, alert=True)
        return
    match what:
        case "ok":
            await _post(query, desk, today, now, soon)
        case "no":
            await state.update_data({KEPT: None})
            await rewrite(query, plain(texts.GIVEN_UP), None)
        case "t" if isinstance(query.message, Message):
            await wait(state, Drafting.title, now)
            await reply(query.message, plain(texts.NEW_TITLE))
        case "g" | "ga":
            await _choose(query, desk, everything=what == "ga")
        case "k" | "s":
            await rewrite(
                query, plain(texts.CHOOSE[what]), card.choice_buttons(*_one_of(desk, what))
            )
        case _ if what[0] in "ag" and len(what) > 1:
            await _choose(query, replace(desk, draft=card.toggled(desk.draft, desk.reach, what)))
        case _:
            await rewrite(query, *await (await _changed(desk, what, today)).shown())
    await acknowledge(query)


async def _changed(desk: Desk, what: str, today: date) -> Desk:
    author, draft = desk.author, desk.draft
    programme = author.programme(draft.programme)
    assert programme is not None
    async with desk.sessions() as session:
        match what[0]:
            case "k":
                kinds = kinds_of(programme, author.role_in(programme.code))
                draft = await titled(session, author, replace(draft, kind=_nth(kinds, what)))
            case "s":
                draft = replace(draft, stage=_nth(card.stages_of(programme), what))
            case "p":
                link = checked(draft.url)
                assert isinstance(link, Link)
                title = draft.title if draft.own_title else ""
                code = author.next_programme(programme.code)
                new, reach = await drafted(session, author, link, title, today, code)
                return replace(desk, draft=replace(new, number=draft.number), reach=reach)
    return replace(desk, draft=draft)


def _nth(names: list[str], what: str) -> str:
    """The programme may have changed since the button was shown."""
    return names[min(int(what[1:]), len(names) - 1)]


def _one_of(desk: Desk, what: str) -> tuple[Draft, str, list[str]]:
    programme = desk.author.programme(desk.draft.programme)
    assert programme is not None
    if what == "s":
        return desk.draft, what, card.stages_of(programme)
    return desk.draft, what, kinds_of(programme, desk.author.role_in(programme.code))


async def _choose(query: CallbackQuery, desk: Desk, *, everything: bool = False) -> None:
    draft = desk.draft
    if everything:
        draft = replace(draft, groups=tuple(group.id for group in desk.reach))
    await desk.state.update_data({KEPT: card.to_data(draft)})
    await rewrite(query, plain(texts.CHOOSE_GROUPS), card.group_buttons(draft, desk.reach))


async def _post(
    query: CallbackQuery, desk: Desk, today: date, now: datetime, soon: Callable[[], None]
) -> None:
    posted = await post(desk.sessions, desk.author, desk.draft, today=today, now=now)
    await desk.state.update_data({KEPT: None})
    if posted is None:
        await rewrite(query, plain(texts.POSTED_ALREADY), None)
        return
    soon()
    html = texts.posted(desk.draft.title, posted.groups, posted.quota)
    await rewrite(query, html, card.to_manage(posted.id))
