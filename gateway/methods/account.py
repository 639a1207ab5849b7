"""getMe and what the bot says about itself: name, descriptions, commands, menu button."""

import json
import re
from collections.abc import Callable
from typing import Any

from gateway.calls import Call
from gateway.chats import change_chat, member_status, readable_chat
from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.store import packed

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {  # type of scope -> what it names besides itself
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(call: Call) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return call.bot.as_user() | abilities


def yes(call: Call) -> bool:
    """logOut and close: there is nothing to move away from."""
    return True


def _profile(exchange: Exchange, bot: Bot) -> dict[str, str]:
    row = exchange.store.one("SELECT profile FROM bots WHERE id = ?", bot.id)
    return dict(json.loads(row["profile"])) if row else {}


def about(exchange: Exchange, bot: Bot) -> str:
    """What an empty chat says before it is started."""
    profile = _profile(exchange, bot)
    return profile.get("description/zh") or profile.get("description/", "")


def setter(field: str, longest: int) -> Callable[[Call], bool]:
    def set_field(call: Call) -> bool:
        if len(call.text(field)) > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        profile = _profile(call.exchange, call.bot) | {
            f"{field}/{call.text('language_code')}": call.text(field)
        }
        call.exchange.store.run(
            "UPDATE bots SET profile = ? WHERE id = ?", packed(profile), call.bot.id
        )
        return True

    return set_field


def getter(field: str) -> Callable[[Call], Json]:
    def get_field(call: Call) -> Json:
        profile = _profile(call.exchange, call.bot)
        default = call.bot.name if field == "name" else ""
        general = profile.get(f"{field}/") or default
        return {field: profile.get(f"{field}/{call.text('language_code')}") or general}

    return get_field


def set_my_commands(call: Call) -> bool:
    commands = call.structure("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "commands must be non-empty")
    checked = [_checked_command(command) for command in commands]
    scope, language = _scope(call), _language(call)
    call.exchange.store.run(
        "INSERT OR REPLACE INTO commands VALUES (?, ?, ?, ?)",
        call.bot.id,
        scope,
        language,
        packed(checked),
    )
    _show_commands(call, scope)
    return True


def get_my_commands(call: Call) -> list[Json]:
    return _commands(call.exchange, call.bot, _scope(call), _language(call)) or []


def delete_my_commands(call: Call) -> bool:
    scope = _scope(call)
    call.exchange.store.run(
        "DELETE FROM commands WHERE bot_id = ? AND scope = ? AND language = ?",
        call.bot.id,
        scope,
        _language(call),
    )
    _show_commands(call, scope)
    return True


def _show_commands(call: Call, scope: str = "default") -> None:
    """A scope that names a chat concerns the pages in that chat only."""
    store, chat_id = call.exchange.store, scope.split("/")[1:2]
    if chat_id:
        change_chat(store, call.bot.id, int(chat_id[0]))
        call.exchange.page.ring()
        return
    store.run("UPDATE chats SET revision = ? WHERE bot_id = ?", store.next_revision(), call.bot.id)
    call.exchange.page.ring()


def _checked_command(command: Any) -> Json:
    match command:
        case {"command": str(name), "description": str(description)}:
            name = name.removeprefix("/")
            if not COMMAND.fullmatch(name):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(description.strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
            return {"command": name, "description": description}
    raise bad_request("can't parse BotCommand: expected an Object with command and description")


def _scope(call: Call) -> str:
    """A key such as «chat_member/-5/1001»."""
    scope = call.mapping("scope") or {"type": "default"}
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    names = [kind]
    for part in SCOPES[kind]:
        if part == "chat_id":
            names.append(
                str(readable_chat(call.exchange, call.bot, str(scope.get(part, "")))["id"])
            )
        elif type(scope.get(part)) is int:
            names.append(str(scope[part]))
        else:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{part}\"")
    return "/".join(names)


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2,3}", language):
        raise bad_request("BOT_COMMAND_LANGUAGE_INVALID")
    return language


def _commands(exchange: Exchange, bot: Bot, scope: str, language: str) -> list[Json] | None:
    row = exchange.store.one(
        "SELECT commands FROM commands WHERE bot_id = ? AND scope = ? AND language = ?",
        bot.id,
        scope,
        language,
    )
    return json.loads(row["commands"]) if row else None


def commands_shown(exchange: Exchange, bot: Bot, chat_id: int, user_id: int) -> list[Json]:
    """The narrowest scope that has a list wins, in the person's language before the general one."""
    for scope in _scopes(exchange, bot, chat_id, user_id):
        for language in ("zh", ""):
            if found := _commands(exchange, bot, scope, language):
                return found
    return []


def _scopes(exchange: Exchange, bot: Bot, chat_id: int, user_id: int) -> list[str]:
    """From the narrowest to the widest, in Telegram's order."""
    if chat_id > 0:
        return [f"chat/{chat_id}", "all_private_chats", "default"]
    status = member_status(exchange.store, bot, chat_id, user_id)
    leads = status in ("creator", "administrator")
    return [
        f"chat_member/{chat_id}/{user_id}",
        *([f"chat_administrators/{chat_id}"] if leads else []),
        f"chat/{chat_id}",
        *(["all_chat_administrators"] if leads else []),
        "all_group_chats",
        "default",
    ]


def set_chat_menu_button(call: Call) -> bool:
    button = call.mapping("menu_button") or {"type": "default"}
    match button:
        case {"type": "commands" | "default" as kind}:
            kept: Json = {"type": kind}
        case {"type": "web_app", "text": str(text), "web_app": {"url": str(url)}} if text:
            kept = {"type": "web_app", "text": text, "web_app": {"url": url}}
        case _:
            raise bad_request("can't parse menu button: Unsupported type specified")
    if "chat_id" in call.params:
        chat = readable_chat(call.exchange, call.bot, call.text("chat_id"))
        change_chat(call.exchange.store, call.bot.id, chat["id"], menu_button=kept)
    else:
        call.exchange.store.run(
            "UPDATE bots SET menu_button = ? WHERE id = ?", packed(kept), call.bot.id
        )
    _show_commands(call)
    return True


def get_chat_menu_button(call: Call) -> Json:
    if "chat_id" in call.params:
        chat = readable_chat(call.exchange, call.bot, call.text("chat_id"))
        return menu_button(call.exchange, call.bot, chat["menu_button"])
    return menu_button(call.exchange, call.bot, None)


def menu_button(exchange: Exchange, bot: Bot, of_chat: str | None) -> Json:
    if of_chat:
        return dict(json.loads(of_chat))
    row = exchange.store.one("SELECT menu_button FROM bots WHERE id = ?", bot.id)
    return (
        dict(json.loads(row["menu_button"])) if row and row["menu_button"] else {"type": "commands"}
    )
