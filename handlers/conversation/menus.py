"""The menu of a private chat follows the roles of whoever writes there."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.types import BotCommand, BotCommandScopeChat, Chat, TelegramObject

from handlers import texts
from handlers.conversation.doors import Doors
from handlers.texts.audiences import STRANGER, audiences_of
from storage import people
from storage.roster import Recipient

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

KEPT = "menu"  # beside the conversation, not in it: /cancel leaves it alone
EVERYBODYS = ""  # what strangers see needs no scope of its own
MOST_REMEMBERED = 20_000


class Menus(BaseMiddleware):
    """After the reply went out, and only where the menu is not yet the one that is due.

    What was set last is kept with the state of conversations: a role that came or went while
    nobody wrote is noticed at the next contact, also after a restart."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._set: OrderedDict[StorageKey, str] = OrderedDict()
        self._most = most

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        result = await handler(event, data)
        chat: Chat | None = data.get("event_chat")
        if chat and chat.type == ChatType.PRIVATE and "event_from_user" in data:
            key = key_of(data["bot"], chat.id)
            person: Recipient | None = data.get("person")
            without = await useless(data["doors"], data["surface"])
            if person is None or self._set.get(key) != due_to(person, without):
                person = await who_now(data)  # they may have come or gone with this very message
            await self.settle(data["bot"], data["fsm_storage"], chat.id, person, without)
        return result

    async def settle(
        self,
        bot: Bot,
        storage: BaseStorage,
        chat_id: int,
        person: Recipient | None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        key, due = key_of(bot, chat_id), due_to(person, without)
        if key not in self._set:
            self._remember(key, (await storage.get_data(key)).get(KEPT, EVERYBODYS))
        if self._set[key] == due:
            return
        try:
            commands = texts.commands_for(audiences_of(person), without=without)
            await show(bot, chat_id, commands if due else {})
        except (TelegramBadRequest, TelegramNotFound) as trouble:
            log.warning("menu refused", reason=str(trouble))  # not asked again in this life
        except AiogramError as trouble:
            log.info("menu not set yet", reason=str(trouble))
            return
        else:
            await storage.set_data(key, {KEPT: due} if due else {})
        self._remember(key, due)

    def _remember(self, key: StorageKey, due: str) -> None:
        self._set[key] = due
        self._set.move_to_end(key)
        if len(self._set) > self._most:
            self._set.popitem(last=False)


def key_of(bot: Bot, chat_id: int) -> StorageKey:
    return StorageKey(bot_id=bot.id, chat_id=chat_id, user_id=chat_id, destiny=KEPT)


async def useless(doors: Doors, surface: str) -> frozenset[str]:
    """Commands that lead nowhere here."""
    return frozenset() if await doors.elsewhere(surface) else frozenset({"link"})


def due_to(person: Recipient | None, without: frozenset[str] = frozenset()) -> str:
    audiences = audiences_of(person)
    if audiences == {STRANGER}:
        return EVERYBODYS
    commands = texts.commands_for(audiences, without=without)
    return sha256(repr(sorted(commands.items())).encode()).hexdigest()[:16]


async def who_now(data: dict[str, Any]) -> Recipient | None:
    async with data["sessions"]() as session:
        return await people.person_of_account(session, data["surface"], data["event_from_user"].id)


async def show(bot: Bot, chat_id: int, commands: dict[str, str]) -> None:
    scope = BotCommandScopeChat(chat_id=chat_id)
    if commands:
        await bot.set_my_commands(menu(commands), scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def menu(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=words) for name, words in commands.items()]
