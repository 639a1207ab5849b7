"""answerInlineQuery: articles, and files that are known already."""

import time
from typing import Any

from gateway.calls import Call
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.files import document_json, find_upload, photo_json
from gateway.keyboards import read_markup
from gateway.methods.sending import captioned, worded
from gateway.store import packed

MOST_RESULTS = 50
ANSWER_SECONDS = 60


def answer_inline_query(call: Call) -> bool:
    results = call.structure("results")
    if not isinstance(results, list):
        raise bad_request("can't parse results: expected an Array of InlineQueryResult")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    offset = call.text("next_offset")
    if len(offset.encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    checked = [_result(call, result) for result in results]
    if len({one["id"] for one in checked}) != len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    answer = {"results": checked, "next_offset": offset, "button": _button(call)}
    _keep(call, answer)
    return True


def _keep(call: Call, answer: Json) -> None:
    row = call.exchange.store.one(
        "SELECT * FROM inline_queries WHERE id = ? AND bot_id = ?",
        *(call.text("inline_query_id"), call.bot.id),
    )
    if row is None or row["answer"] or time.time() - row["asked_at"] > ANSWER_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    call.exchange.store.run(
        "UPDATE inline_queries SET answer = ? WHERE id = ?", packed(answer), row["id"]
    )
    call.exchange.answers.ring()


def _button(call: Call) -> Json | None:
    match call.mapping("button"):
        case None:
            return None
        case {"text": str(text), "start_parameter": str(start)} if text and len(start) <= 64:
            return {"text": text, "start_parameter": start}
    raise bad_request("can't parse inline query results button")


def _result(call: Call, result: Any) -> Json:
    match result:
        case {"id": str(identity), "type": str(), "title": str(title)} if title.strip():
            if not 1 <= len(identity.encode()) <= 64:
                raise bad_request("RESULT_ID_INVALID")
        case _:
            raise bad_request("can't parse inline query result: id, type and title expected")
    content = _content(call, result)
    buttons, other = read_markup(_mapping(result, "reply_markup"))
    if other:
        raise bad_request("can't parse inline query result: only inline keyboards are allowed")
    kept = {"id": identity, "type": result["type"], "title": title}
    for name in ("description", "url"):
        if isinstance(result.get(name), str):
            kept[name] = result[name]
    return kept | {"content": content | ({"reply_markup": buttons} if buttons else {})}


def _content(call: Call, result: Json) -> Json:
    """What is posted when it is chosen."""
    given = _mapping(result, "input_message_content")
    if given is not None:
        if "message_text" not in given:
            raise bad_request("can't parse input message content: only text is known here")
        text, parse_mode = _string(given, "message_text"), _string(given, "parse_mode")
        return worded(call, text, parse_mode, given.get("entities"))
    words = captioned(
        call,
        _string(result, "caption"),
        _string(result, "parse_mode"),
        result.get("caption_entities"),
    )
    for kind in ("document", "photo"):
        file_id = _string(result, f"{kind}_file_id")
        upload = find_upload(call.exchange, call.bot, file_id) if file_id else None
        if upload and result["type"] == kind:
            shown = document_json if kind == "document" else photo_json
            return {kind: shown(file_id, upload), **words}
    raise bad_request("can't parse inline query result: it has nothing to send")


def _mapping(value: Json, name: str) -> Json | None:
    found = value.get(name)
    if found is not None and not isinstance(found, dict):
        raise bad_request(f"object expected as {name}")
    return found


def _string(value: Json, name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        raise bad_request(f"string expected as {name}")
    return found
