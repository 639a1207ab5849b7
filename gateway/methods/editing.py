"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage(s)."""

import json
import sqlite3

from gateway.calls import Call
from gateway.chats import bot_status, visible_chat, writable_chat
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.inline_messages import find_inline
from gateway.keyboards import read_markup
from gateway.messages import delete_message, find_message, rewrite_message
from gateway.methods.sending import caption_content, text_content

DELETABLE_SECONDS = 48 * 3600
SHOWN = ("text", "entities", "caption", "caption_entities", "link_preview_options", "reply_markup")


def edit_message_text(call: Call) -> Json | bool:
    row = _target(call)
    if "text" not in json.loads(row["body"]):
        raise bad_request("there is no text in the message to edit")
    return _edited(call, row, text_content(call))


def edit_message_caption(call: Call) -> Json | bool:
    row = _target(call)
    if "text" in json.loads(row["body"]):
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, row, caption_content(call))


def edit_message_reply_markup(call: Call) -> Json | bool:
    row = _target(call)
    body = json.loads(row["body"])
    return _edited(call, row, {name: body[name] for name in SHOWN[:5] if name in body})


def _target(call: Call) -> sqlite3.Row:
    """One of its own, or one that somebody chose among its inline results."""
    if inline_id := call.text("inline_message_id"):
        chosen = find_inline(call.exchange, call.bot, inline_id)
        if chosen is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return chosen
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    row = find_message(call.exchange, call.bot, chat["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to edit not found")
    if row["sender_id"] != call.bot.id:
        raise bad_request("message can't be edited")
    return row


def _edited(call: Call, row: sqlite3.Row, content: Json) -> Json | bool:
    """The buttons go unless they are given again, as on Telegram."""
    before: Json = json.loads(row["body"])
    after = {name: value for name, value in before.items() if name not in SHOWN} | content
    buttons, _ = read_markup(call.mapping("reply_markup"))
    if buttons:
        after["reply_markup"] = buttons
    if after == before:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message"
        )
    after["edit_date"] = max(call.exchange.date(), before["date"])
    message = rewrite_message(call.exchange, row, after)
    return True if call.text("inline_message_id") else message


def delete_one(call: Call) -> bool:
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    row = find_message(call.exchange, call.bot, chat["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to delete not found")
    if not _may_delete(call, chat, row):
        raise bad_request("message can't be deleted")
    if call.exchange.date() - json.loads(row["body"])["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    delete_message(call.exchange, row)
    return True


def delete_many(call: Call) -> bool:
    """Those that are not there are passed over."""
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    wanted = call.structure("message_ids")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("message_ids must be an Array of 1 to 100 Integer")
    for message_id in wanted:
        if type(message_id) is not int or abs(message_id) >= 2**53:
            raise bad_request("message identifiers must be Integer")
        row = find_message(call.exchange, call.bot, chat["id"], message_id)
        if row is not None and _may_delete(call, chat, row):
            delete_message(call.exchange, row)
    return True


def _may_delete(call: Call, chat: sqlite3.Row, row: sqlite3.Row) -> bool:
    """In groups what others wrote is for administrators."""
    own = row["sender_id"] == call.bot.id
    return own or chat["type"] == "private" or bot_status(chat) == "administrator"
