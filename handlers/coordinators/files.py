"""A coordinator sends a file: what was understood is shown, and one press takes it in.

fi:n, fi:r:<number> as a notice, as a roster · fi:p<n>:<number> a roster of that programme ·
fi:no:<number> not at all."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from io import BytesIO
from secrets import token_hex
from typing import Any

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import markup
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.coordinators.intake import Intake, Look, What, Which
from handlers.texts import files as texts
from knowledge.documents import Unreadable
from scheduler.letters import Button, Rows
from storage.roster import Recipient

KEPT = "file"
NAMED = 80
MOST_PROGRAMMES = 10


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits for a press. It stays where it was sent: a restart loses nothing."""

    number: str
    file_id: str
    name: str
    programmes: tuple[str, ...] = ()  # offered: codes
    programme: str = ""  # chosen


def router() -> Router:
    here = Router(name="files")
    here.message.register(look, F.document, F.chat.type == "private")
    here.callback_query.register(
        press, F.data.regexp(r"^fi:(n|r|no|p[0-9]):[0-9a-f]{8}$"), F.message.chat.type == "private"
    )
    return here


async def look(
    message: Message,
    person: Recipient | None,
    bot: Bot,
    state: FSMContext,
    intake: Intake,
    now: datetime,
) -> None:
    document = message.document
    assert document is not None
    if person is None or not person.coordinator:
        await reply(message, plain(texts.NOT_YOURS))
        return
    if (document.file_size or 0) > texts.LARGEST:
        await reply(message, plain(texts.TOO_LARGE))
        return
    name = name_of(document)
    await reply(message, plain(texts.READING.format(name=name)))
    pending = Pending(token_hex(4), document.file_id, name)
    await reply(message, *await seen(pending, bot, state, intake, now))


async def seen(
    pending: Pending, bot: Bot, state: FSMContext, intake: Intake, now: datetime
) -> tuple[str, InlineKeyboardMarkup | None]:
    """What was understood, and what can be done with it."""
    try:
        content = await content_of(bot, pending.file_id)
        found = await intake.look(pending.name, content, now, pending.programme)
    except Unreadable as refusal:
        return plain(str(refusal)), None
    match found:
        case Which(programmes=several):
            several = several[:MOST_PROGRAMMES]
            pending = replace(pending, programmes=tuple(code for code, _ in several))
            html, rows = plain(texts.WHICH_PROGRAMME), choices(several, pending.number)
        case Look():
            html, rows = plain(said(found)), buttons(found, pending.number)
    await state.update_data({KEPT: asdict(pending)})
    return html, markup(rows)


def name_of(document: Document) -> str:
    """Without anything that is no part of a plain name."""
    name = (document.file_name or "文件").replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable())[-NAMED:] or "文件"


async def content_of(bot: Bot, file_id: str) -> bytes:
    kept = BytesIO()
    try:
        await bot.download(file_id, destination=kept)
    except TelegramBadRequest:
        raise Unreadable(texts.GONE) from None
    return kept.getvalue()


def said(seen: Look) -> str:
    warning = f"\n\n{texts.WARNED}\n{seen.warning}" if seen.warning else ""
    return texts.shortened(seen.text) + warning


def buttons(seen: Look, number: str) -> Rows:
    take = texts.TAKE_ANYWAY if seen.warning else texts.TAKE_NOTICE
    offered = [Button(take, f"fi:n:{number}")] if seen.notice else []
    if seen.roster:
        offered.insert(0, Button(texts.TAKE_ROSTER, f"fi:r:{number}"))
    return (*((button,) for button in offered), (Button(texts.LEAVE, f"fi:no:{number}"),))


def choices(programmes: Sequence[tuple[str, str]], number: str) -> Rows:
    offered = (
        (Button(texts.programme_label(title), f"fi:p{at}:{number}"),)
        for at, (_, title) in enumerate(programmes)
    )
    return (*offered, (Button(texts.LEAVE, f"fi:no:{number}"),))


async def press(
    query: CallbackQuery,
    person: Recipient | None,
    bot: Bot,
    state: FSMContext,
    intake: Intake,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    _, what, number = (query.data or "").split(":")
    pending = pending_in(await state.get_data())
    if person is None or not person.coordinator or pending is None or pending.number != number:
        await acknowledge(query, texts.EXPIRED, alert=True)
        return
    await acknowledge(query)
    if what[0] == "p" and int(what[1:]) < len(pending.programmes):
        chosen = replace(pending, programme=pending.programmes[int(what[1:])])
        await rewrite(query, *await seen(chosen, bot, state, intake, now))
        return
    await state.update_data({KEPT: None})
    if what == "no":
        await rewrite(query, plain(texts.NOT_TAKEN), None)
        return
    kind: What = "roster" if what == "r" else "notice"
    try:
        content = await content_of(bot, pending.file_id)
        told = await intake.take(pending.name, content, kind, person.id, now, pending.programme)
    except Unreadable as refusal:
        told = str(refusal)
    soon()
    await rewrite(query, plain(told), None)


def pending_in(data: dict[str, Any]) -> Pending | None:
    try:
        kept = data[KEPT]
        return Pending(**{**kept, "programmes": tuple(kept.get("programmes", ()))})
    except (AttributeError, KeyError, TypeError):
        return None
