"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage(s)."""

import json
import sqlite3

from gateway.calls import Call
from gateway.chats import readable_chat, writable_chat
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.keyboards import read_markup
from gateway.messages import delete_message, find_message, rewrite_message
from gateway.methods.sending import caption_content, text_content

DELETABLE_SECONDS = 48 * 3600
SHOWN = ("text", "entities", "caption", "caption_entities", "link_preview_options", "reply_markup")


def edit_message_text(call: Call) -> Json:
    row = _own_message(call)
    if "text" not in json.loads(row["body"]):
        raise bad_request("there is no text in the message to edit")
    return _edited(call, row, text_content(call))


def edit_message_caption(call: Call) -> Json:
    row = _own_message(call)
    if "text" in json.loads(row["body"]):
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, row, caption_content(call))


def edit_message_reply_markup(call: Call) -> Json:
    row = _own_message(call)
    body = json.loads(row["body"])
    return _edited(call, row, {name: body[name] for name in SHOWN[:5] if name in body})


def _own_message(call: Call) -> sqlite3.Row:
    if call.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    row = find_message(call.exchange, call.bot, chat["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to edit not found")
    if row["sender_id"] != call.bot.id:
        raise bad_request("message can't be edited")
    return row


def _edited(call: Call, row: sqlite3.Row, content: Json) -> Json:
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
    return rewrite_message(call.exchange, row, after)


def delete_one(call: Call) -> bool:
    chat = readable_chat(call.exchange, call.bot, call.text("chat_id"))
    row = find_message(call.exchange, call.bot, chat["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to delete not found")
    if call.exchange.date() - json.loads(row["body"])["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    delete_message(call.exchange, row)
    return True


def delete_many(call: Call) -> bool:
    """Those that are not there are passed over."""
    chat = readable_chat(call.exchange, call.bot, call.text("chat_id"))
    wanted = call.structure("message_ids")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("message_ids must be an Array of 1 to 100 Integer")
    for message_id in wanted:
        if type(message_id) is not int or abs(message_id) >= 2**53:
            raise bad_request("message identifiers must be Integer")
        row = find_message(call.exchange, call.bot, chat["id"], message_id)
        if row is not None:
            delete_message(call.exchange, row)
    return True
