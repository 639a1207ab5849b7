"""copyMessage(s) and forwardMessage(s): what was said before, without or with its origin."""

import sqlite3
from typing import Any

from gateway.calls import Call
from gateway.chats import visible_chat, writable_chat
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.messages import content_of, find_message, forwarded, message_json
from gateway.methods.sending import caption_content, post

MOST_AT_ONCE = 100


def copy_message(call: Call) -> Json:
    chat, original = _places(call)[0], _original(call, call.integer("message_id"), "copy")
    content = _content(original, "copied")
    if "caption" in call.params and "text" not in content:
        content = {name: content[name] for name in content if not name.startswith("caption")}
        content |= caption_content(call)
    return {"message_id": post(call, chat, content)["message_id"]}


def forward_message(call: Call) -> Json:
    chat = _places(call)[0]
    return post(call, chat, _forwarded(_original(call, call.integer("message_id"), "forward")))


def copy_messages(call: Call) -> list[Json]:
    contents = [_content(original, "copied") for original in _several(call)]
    return _post_all(call, contents)


def forward_messages(call: Call) -> list[Json]:
    return _post_all(call, [_forwarded(original) for original in _several(call)])


def _post_all(call: Call, contents: list[Json]) -> list[Json]:
    chat = _places(call)[0]
    return [{"message_id": post(call, chat, content)["message_id"]} for content in contents]


def _places(call: Call) -> tuple[sqlite3.Row, sqlite3.Row]:
    """Where to, where from."""
    to = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    return to, visible_chat(call.exchange, call.bot, call.text("from_chat_id"))


def _original(call: Call, message_id: int, what: str) -> Json:
    row = find_message(call.exchange, call.bot, _places(call)[1]["id"], message_id)
    if row is None:
        raise bad_request(f"message to {what} not found")
    return message_json(row)


def _several(call: Call) -> list[Json]:
    """Those that are not there, or are about the chat itself, are passed over."""
    wanted: Any = call.structure("message_ids")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise bad_request("message_ids must be an Array of 1 to 100 Integer")
    if not all(type(one) is int and abs(one) < 2**53 for one in wanted):
        raise bad_request("message identifiers must be Integer")
    source = _places(call)[1]["id"]
    rows = [find_message(call.exchange, call.bot, source, one) for one in wanted]
    found = [message_json(row) for row in rows if row]
    if not found:
        raise bad_request("there are no messages to forward or copy")
    return [one for one in found if set(one) & {"text", "document", "photo"}]


def _content(original: Json, done: str) -> Json:
    content = content_of(original)
    if not content or original.get("has_protected_content"):
        raise bad_request(f"message can't be {done}")
    return content


def _forwarded(original: Json) -> Json:
    _content(original, "forwarded")
    return forwarded(original)
