"""Keyboards under messages and under the input, checked as Telegram checks them."""

from typing import Any

from gateway.errors import bad_request

Json = dict[str, Any]
LONGEST_QUERY = 256
ACTIONS = (
    *("url", "callback_data", "copy_text", "web_app", "switch_inline_query"),
    *("switch_inline_query_current_chat", "switch_inline_query_chosen_chat"),
)
CHOSEN_CHAT_FIELDS = {
    "query": str,
    "allow_user_chats": bool,
    "allow_bot_chats": bool,
    "allow_group_chats": bool,
    "allow_channel_chats": bool,
}
MOST_BUTTONS = 100
REPLY_FIELDS = {
    "is_persistent": bool,
    "resize_keyboard": bool,
    "one_time_keyboard": bool,
    "selective": bool,
    "input_field_placeholder": str,
}


def read_markup(markup: Json | None) -> tuple[Json | None, Json | None]:
    """(the keyboard under the message, what becomes of the keyboard under the input)"""
    match markup:
        case None:
            return None, None
        case {"inline_keyboard": rows}:
            return inline_keyboard(rows), None
        case {"keyboard": rows}:
            return None, _reply_keyboard(rows, markup)
        case {"remove_keyboard": True}:
            return None, {"remove": True}
        case {"force_reply": True}:
            return None, {"force_reply": True, **_options(markup)}
    if markup:
        raise bad_request("can't parse reply keyboard markup JSON object")
    return None, None


def inline_keyboard(rows: Any) -> Json | None:
    checked = [[_inline_button(button) for button in row] for row in _rows(rows)]
    checked = [row for row in checked if row]
    return {"inline_keyboard": checked} if checked else None


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse keyboard: expected an Array of Array of buttons")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" must be of type String'
        )
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    checked = {"text": button["text"], actions[0]: _action(actions[0], button[actions[0]])}
    if isinstance(button.get("style"), str):
        checked["style"] = button["style"]
    return checked


def _action(name: str, value: Any) -> Any:
    if name.startswith("switch_"):
        return _switch(name, value)
    match name, value:
        case "callback_data", str() if 1 <= len(value.encode()) <= 64:
            return value
        case "callback_data", _:
            raise bad_request("BUTTON_DATA_INVALID")
        case "url", str() if value.lower().startswith(("http://", "https://", "tg://")):
            return value
        case "url", _:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        case "copy_text", {"text": str(text)} if 1 <= len(text) <= 256:
            return {"text": text}
        case "web_app", {"url": str(url)} if url.lower().startswith("https://"):
            return {"url": url}
    raise bad_request("BUTTON_INVALID")


def _switch(name: str, value: Any) -> Any:
    """To inline mode: here, in a chat of the person's choice, in one of some kinds."""
    if name == "switch_inline_query_chosen_chat" and isinstance(value, dict):
        kept = CHOSEN_CHAT_FIELDS.items()
        return {field: value[field] for field, kind in kept if isinstance(value.get(field), kind)}
    if isinstance(value, str) and len(value) <= LONGEST_QUERY:
        return value
    raise bad_request("BUTTON_INVALID")


def _reply_keyboard(rows: Any, markup: Json) -> Json:
    checked = [[_reply_button(button) for button in row] for row in _rows(rows)]
    return {"keyboard": [row for row in checked if row], **_options(markup)}


def _options(markup: Json) -> Json:
    options = {}
    for name, kind in REPLY_FIELDS.items():
        if name in markup:
            if not isinstance(markup[name], kind):
                raise bad_request(f'can\'t parse reply keyboard: field "{name}" is of a wrong type')
            options[name] = markup[name]
    if len(options.get("input_field_placeholder", "")) > 64:
        raise bad_request("input field placeholder is too long")
    return options


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return {"text": button["text"]}
