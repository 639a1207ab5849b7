"""sendMessage, sendDocument, sendPhoto, copyMessage, sendChatAction."""

import sqlite3
from typing import Any

from gateway.bodies import Upload
from gateway.calls import Call
from gateway.chats import change_chat, readable_chat, user_json, writable_chat
from gateway.entities import LONGEST_CAPTION, LONGEST_TEXT, demand_length, styled
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.files import add_file, document_json, find_upload, photo_json
from gateway.keyboards import read_markup
from gateway.messages import add_message, find_message, message_json, quoted

PREVIEW_FIELDS = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}


def send_message(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    return _post(call, chat, text_content(call))


def send_document(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    file_id, upload = _sent_file(call, "document")
    content = {"document": document_json(file_id, upload), **caption_content(call)}
    return _post(call, chat, content)


def send_photo(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    file_id, upload = _sent_file(call, "photo")
    content = {"photo": photo_json(file_id, upload), **caption_content(call)}
    return _post(call, chat, content)


def copy_message(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    source = readable_chat(call.exchange, call.bot, call.text("from_chat_id"))
    row = find_message(call.exchange, call.bot, source["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to copy not found")
    kept = ("text", "entities", "document", "photo", "caption", "caption_entities")
    original = message_json(row)
    content = {name: original[name] for name in kept if name in original}
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in call.params and "text" not in content:
        content |= caption_content(call)
    return {"message_id": _post(call, chat, content)["message_id"]}


def send_chat_action(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    action = call.text("action")
    if not action.startswith(("typing", "upload_", "record_", "choose_", "find_")):
        raise bad_request("wrong parameter action in request")
    call.exchange.hint(call.bot.id, chat["id"], {"typing": action})
    return True


def text_content(call: Call) -> Json:
    def person(user_id: int) -> Json | None:
        return user_json(call.exchange.store, user_id)

    found = styled(call.text("text"), call.text("parse_mode"), call.structure("entities"), person)
    if not found.text:
        raise bad_request("message text is empty")
    demand_length(found.text, LONGEST_TEXT, what="message")
    content: Json = {"text": found.text}
    if found.entities:
        content["entities"] = found.entities
    return content | _preview(call)


def caption_content(call: Call) -> Json:
    def person(user_id: int) -> Json | None:
        return user_json(call.exchange.store, user_id)

    given = call.structure("caption_entities")
    found = styled(call.text("caption"), call.text("parse_mode"), given, person)
    demand_length(found.text, LONGEST_CAPTION, what="message caption")
    content: Json = {"caption": found.text} if found.text else {}
    return content | ({"caption_entities": found.entities} if found.entities else {})


def _preview(call: Call) -> Json:
    options = call.mapping("link_preview_options")
    if call.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    if not options:
        return {}
    kept = {
        name: options[name]
        for name, kind in PREVIEW_FIELDS.items()
        if isinstance(options.get(name), kind)
    }
    return {"link_preview_options": kept} if kept else {}


def _sent_file(call: Call, name: str) -> tuple[str, Upload]:
    """A new file in the form, or the id of one that is known."""
    given = call.text(name)
    upload = call.files.get(given.removeprefix("attach://") or name, call.files.get(name))
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return add_file(call.exchange, call.bot, upload), upload
    if not given:
        raise bad_request(f"there is no {name} in the request")
    known = find_upload(call.exchange, call.bot, given)
    if known is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it")
    return given, known


def _post(call: Call, chat: sqlite3.Row, content: Json) -> Json:
    under_message, under_input = read_markup(call.mapping("reply_markup"))
    body = content | _reply(call, chat) | _topic(call, chat)
    if call.flag("protect_content"):
        body["has_protected_content"] = True
    if under_message:
        body["reply_markup"] = under_message
    message = add_message(call.exchange, call.bot, chat, call.bot.as_user(), body)
    _lay_keyboard(call, chat, message, under_input)
    return message


def _lay_keyboard(call: Call, chat: sqlite3.Row, message: Json, keyboard: Json | None) -> None:
    if keyboard is None:
        return
    kept: Any = None if "remove" in keyboard else {**keyboard, "message_id": message["message_id"]}
    change_chat(call.exchange.store, call.bot.id, chat["id"], keyboard=kept)


def _topic(call: Call, chat: sqlite3.Row) -> Json:
    thread = call.integer("message_thread_id")
    if not thread:
        return {}
    if not chat["is_forum"]:
        raise bad_request("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(call: Call, chat: sqlite3.Row) -> Json:
    parameters = call.mapping("reply_parameters")
    if parameters is None and "reply_to_message_id" in call.params:
        parameters = {
            "message_id": call.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.flag("allow_sending_without_reply"),
        }
    if not parameters:
        return {}
    wanted = parameters.get("message_id")
    here = str(parameters.get("chat_id", chat["id"])) == str(chat["id"])
    row = None
    if here and type(wanted) is int and abs(wanted) < 2**53:
        row = find_message(call.exchange, call.bot, chat["id"], wanted)
    if row is not None:
        return {"reply_to_message": quoted(message_json(row))}
    if parameters.get("allow_sending_without_reply") is True:
        return {}
    raise bad_request("message to be replied not found")
