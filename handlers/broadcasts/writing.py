"""/broadcast: a coordinator writes to many. Text, to whom, preview, and off it goes.

bc:p:<programme|all> · bc:r:<index|all> · bc:l:<group|all> choose; bc:go:<id> · bc:no:<id> decide;
bc:stop:<id> · bc:again:<id> while it is sent and afterwards."""

from dataclasses import dataclass, replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import BaseFilter, Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.broadcasts.offering import offered
from handlers.conversation.html import plain, units
from handlers.conversation.markup import column
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import broadcasts as texts
from scheduler.html import safe
from scheduler.short_names import short_name
from scheduler.texts import shortened as cut
from storage import broadcasts, groups, made_once
from storage.broadcasts import Audience
from storage.database import AnySession
from storage.roster import EXPERT, LEADER, PARTICIPANT, TUTOR, Group, Recipient

KEPT = "broadcast"  # in the data of the conversation
ROLES = (PARTICIPANT, LEADER, TUTOR, EXPERT)  # by their index in callback data
ALL = "all"
PLACES_SHOWN = 20


class Writing(StatesGroup):
    text = State()
    programme = State()
    role = State()
    place = State()


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen so far; codes and ids only, so it outlives a restart."""

    text: str
    programme: str = ""
    role: str = ""


class ByCoordinator(BaseFilter):
    async def __call__(self, event: Any, person: Recipient | None) -> bool:
        return person is not None and person.coordinator


def router() -> Router:
    here = with_visit(Router(name="broadcasts"))
    in_private = F.chat.type == "private"
    command = Command("broadcast")
    here.message.register(begin, command, in_private, ByCoordinator())
    here.message.register(say_privately, command, ByCoordinator())
    here.message.register(say_not_you, command)
    words = in_private, ByCoordinator(), ~F.text.startswith("/")
    here.message.register(take_text, StateFilter(Writing.text), *words)
    here.message.register(take_place, StateFilter(Writing.place), *words)
    for data, state, handler in (
        ("bc:p:", Writing.programme, choose_programme),
        ("bc:r:", Writing.role, choose_role),
        ("bc:l:", Writing.place, choose_place),
    ):
        pressed = F.data.startswith(data)
        here.callback_query.register(handler, pressed, StateFilter(state), ByCoordinator())
        here.callback_query.register(say_past, pressed)
    return here


async def say_not_you(message: Message) -> None:
    await reply(message, plain(texts.NOT_YOU))


async def say_privately(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def say_past(query: CallbackQuery) -> None:
    await acknowledge(query, texts.PAST, alert=True)


async def begin(message: Message, state: FSMContext) -> None:
    await state.set_state(Writing.text)
    await reply(message, plain(texts.WRITE.format(longest=texts.LONGEST)))


async def take_text(message: Message, visit: Visit, state: FSMContext) -> None:
    text = (message.text or "").strip()
    if not text:
        await reply(message, plain(texts.ONLY_TEXT))
        return
    if (length := units(safe(text))) > texts.LONGEST:
        said = texts.TOO_LONG.format(longest=texts.LONGEST, now=length)
        await reply(message, plain(said))
        return
    await _keep(state, Plan(text), Writing.programme)
    options = [
        (cut(programme.title, 30), f"bc:p:{short_name(programme.code)}")
        for programme in await offered(visit)
    ]
    buttons = column([(texts.ALL_PROGRAMMES, f"bc:p:{ALL}"), *options])
    await reply(message, plain(texts.WHICH_PROGRAMME), buttons)


async def choose_programme(query: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    plan, chosen = await _kept(state), (query.data or "").rpartition(":")[2]
    codes = {short_name(one.code): one.code for one in visit.library.programmes} | {ALL: ""}
    if plan is None or chosen not in codes:
        await say_past(query)
        return
    await acknowledge(query)
    await _keep(state, replace(plan, programme=codes[chosen]), Writing.role)
    options = [(role, f"bc:r:{index}") for index, role in enumerate(ROLES)]
    buttons = column([(texts.ALL_ROLES, f"bc:r:{ALL}"), *options])
    await rewrite(query, plain(texts.WHICH_ROLE), buttons)


async def choose_role(query: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    plan, chosen = await _kept(state), (query.data or "").rpartition(":")[2]
    roles = {str(index): role for index, role in enumerate(ROLES)} | {ALL: ""}
    if plan is None or chosen not in roles:
        await say_past(query)
        return
    await acknowledge(query)
    await _keep(state, replace(plan, role=roles[chosen]), Writing.place)
    async with visit.sessions() as session:
        known = await _groups(session, visit, plan)
    options = [(cut(group.name, 30), f"bc:l:{group.id}") for group in known[:PLACES_SHOWN]]
    buttons = column([(texts.EVERYWHERE, f"bc:l:{ALL}"), *options])
    await rewrite(query, plain(texts.WHICH_PLACE), buttons)


async def choose_place(query: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    plan, chosen = await _kept(state), (query.data or "").rpartition(":")[2]
    if plan is None:
        await say_past(query)
        return
    async with visit.sessions() as session:
        known = {str(group.id): group for group in await _groups(session, visit, plan)}
    if chosen != ALL and chosen not in known:
        await say_past(query)
        return
    await acknowledge(query)
    group = known.get(chosen)
    audience = Audience(plan.programme, plan.role, group.id if group else None)
    html, buttons = await _preview(visit, plan, audience, group.name if group else "")
    await rewrite(query, html, buttons)
    await state.clear()  # last: if this update comes once more, the plan is still there


async def take_place(message: Message, visit: Visit, state: FSMContext) -> None:
    plan, name = await _kept(state), (message.text or "").strip()
    if plan is None:
        await state.clear()
        return
    async with visit.sessions() as session:
        known = [one for one in await _groups(session, visit, plan) if one.name == name]
        areas = await broadcasts.areas(session)
    if len(known) != 1 and name not in areas:
        await reply(message, plain(texts.NO_SUCH_PLACE.format(name=cut(name, 30))))
        return
    audience = Audience(plan.programme, plan.role)
    if len(known) == 1:
        audience = replace(audience, group_id=known[0].id)
    else:
        audience = replace(audience, area=name)
    html, buttons = await _preview(visit, plan, audience, name)
    await reply(message, html, buttons)
    await state.clear()


async def _preview(
    visit: Visit, plan: Plan, audience: Audience, place: str
) -> tuple[str, InlineKeyboardMarkup | None]:
    async with visit.sessions.begin() as session:
        reach = await broadcasts.reach(session, audience)
        if not reach.people or visit.person is None:
            return plain(texts.NOBODY), None
        id = await made_once.by(session, visit.update)
        if id is None:
            author = visit.person.id
            id = await broadcasts.draft(session, author, plan.text, audience, now=visit.now)
            await made_once.note(session, visit.update, id, now=visit.now)
    titles = {one.code: one.title for one in visit.library.programmes}
    whom = texts.audience(titles.get(plan.programme, ""), plan.role, place)
    send = texts.SEND.format(number=reach.people)
    buttons = column([(send, f"bc:go:{id}"), (texts.DROP, f"bc:no:{id}")])
    return texts.preview(plan.text, whom, reach.people, reach.reachable), buttons


async def _groups(session: AnySession, visit: Visit, plan: Plan) -> list[Group]:
    codes = [plan.programme] if plan.programme else [one.code for one in visit.library.programmes]
    return [group for code in codes for group in await groups.groups_of(session, code)]


async def _keep(state: FSMContext, plan: Plan, step: State) -> None:
    kept = {"text": plan.text, "programme": plan.programme, "role": plan.role}
    await state.update_data(**{KEPT: kept})
    await state.set_state(step)


async def _kept(state: FSMContext) -> Plan | None:
    kept = (await state.get_data()).get(KEPT)
    return Plan(**kept) if kept else None
