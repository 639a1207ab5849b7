"""sendMessage, sendDocument, sendPhoto, sendMediaGroup, sendChatAction."""

import secrets
import sqlite3
from typing import Any

from gateway.bodies import Upload
from gateway.calls import Call
from gateway.chats import change_chat, user_json, writable_chat
from gateway.entities import LONGEST_CAPTION, LONGEST_TEXT, demand_length, styled
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.files import add_file, document_json, find_upload, photo_json
from gateway.keyboards import read_markup
from gateway.messages import add_message, find_message, message_json
from gateway.topics import find_topic, placed

MOST_IN_ALBUM = 10
PREVIEW_FIELDS = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}


def send_message(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    return post(call, chat, text_content(call))


def send_document(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    content = _sent(call, "document", call.text("document"))
    return post(call, chat, content | caption_content(call))


def send_photo(call: Call) -> Json:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    content = _sent(call, "photo", call.text("photo"))
    return post(call, chat, content | caption_content(call))


def send_media_group(call: Call) -> list[Json]:
    """Photos among themselves, or documents among themselves."""
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    album = call.structure("media")
    if not isinstance(album, list) or not 2 <= len(album) <= MOST_IN_ALBUM:
        raise bad_request("there must be 2 to 10 media in an album")
    group = {"media_group_id": str(secrets.randbits(53))}
    contents = [group | _media_content(call, media) for media in album]
    if len({"photo" in content for content in contents}) > 1:
        raise bad_request("photos and documents can't be mixed in an album")
    return [post(call, chat, content) for content in contents]


def _media_content(call: Call, media: Any) -> Json:
    match media:
        case {"type": "photo" | "document" as kind, "media": str(given)}:
            caption, parse_mode = media.get("caption", ""), media.get("parse_mode", "")
            if not isinstance(caption, str) or not isinstance(parse_mode, str):
                raise bad_request("can't parse InputMedia: a caption is a String")
            words = captioned(call, caption, parse_mode, media.get("caption_entities"))
            return _sent(call, kind, given) | words
    raise bad_request("can't parse InputMedia: expected a photo or a document")


def send_chat_action(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    action = call.text("action")
    if not action.startswith(("typing", "upload_", "record_", "choose_", "find_")):
        raise bad_request("wrong parameter action in request")
    thread = call.integer("message_thread_id")
    if thread and find_topic(call.exchange, call.bot, chat, thread) is None:
        raise bad_request("message thread not found")
    call.exchange.hint(call.bot.id, chat["id"], {"typing": action, "thread": thread})
    return True


def text_content(call: Call) -> Json:
    given = call.structure("entities")
    return worded(call, call.text("text"), call.text("parse_mode"), given) | _preview(call)


def worded(call: Call, text: str, parse_mode: str, given: Any) -> Json:
    def person(user_id: int) -> Json | None:
        return user_json(call.exchange.store, user_id)

    found = styled(text, parse_mode, given, person)
    if not found.text:
        raise bad_request("message text is empty")
    demand_length(found.text, LONGEST_TEXT, what="message")
    content: Json = {"text": found.text}
    if found.entities:
        content["entities"] = found.entities
    return content


def caption_content(call: Call) -> Json:
    given = call.structure("caption_entities")
    return captioned(call, call.text("caption"), call.text("parse_mode"), given)


def captioned(call: Call, caption: str, parse_mode: str, given: Any) -> Json:
    def person(user_id: int) -> Json | None:
        return user_json(call.exchange.store, user_id)

    found = styled(caption, parse_mode, given, person)
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


def _sent(call: Call, name: str, given: str) -> Json:
    """A new file in the form, or the id of one that is known."""
    file_id, upload = _sent_file(call, name, given)
    if name == "photo":
        return {"photo": photo_json(file_id, upload)}
    return {"document": document_json(file_id, upload)}


def _sent_file(call: Call, name: str, given: str) -> tuple[str, Upload]:
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


def post(call: Call, chat: sqlite3.Row, content: Json) -> Json:
    under_message, under_input = read_markup(call.mapping("reply_markup"))
    thread = call.integer("message_thread_id")
    original = _original(call, chat)
    around = placed(call.exchange, call.bot, chat, thread, original, into_closed=True)
    body = around | content
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


def _original(call: Call, chat: sqlite3.Row) -> Json | None:
    """What the new message replies to."""
    parameters = call.mapping("reply_parameters")
    if parameters is None and "reply_to_message_id" in call.params:
        parameters = {
            "message_id": call.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.flag("allow_sending_without_reply"),
        }
    if not parameters:
        return None
    wanted = parameters.get("message_id")
    here = str(parameters.get("chat_id", chat["id"])) == str(chat["id"])
    row = None
    if here and type(wanted) is int and abs(wanted) < 2**53:
        row = find_message(call.exchange, call.bot, chat["id"], wanted)
    if row is not None:
        return message_json(row)
    if parameters.get("allow_sending_without_reply") is True:
        return None
    raise bad_request("message to be replied not found")
