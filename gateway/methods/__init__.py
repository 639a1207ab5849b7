"""Every method of the Bot API that the gateway speaks, by its name in small letters."""

from collections.abc import Callable, Mapping
from typing import Any

from gateway.calls import Call
from gateway.methods import account, editing, receiving, rooms, sending

METHODS: Mapping[str, Callable[[Call], Any]] = {
    "getme": account.get_me,
    "logout": account.yes,
    "close": account.yes,
    "setmyname": account.setter("name", 64),
    "getmyname": account.getter("name"),
    "setmydescription": account.setter("description", 512),
    "getmydescription": account.getter("description"),
    "setmyshortdescription": account.setter("short_description", 120),
    "getmyshortdescription": account.getter("short_description"),
    "setmycommands": account.set_my_commands,
    "getmycommands": account.get_my_commands,
    "deletemycommands": account.delete_my_commands,
    "setchatmenubutton": account.set_chat_menu_button,
    "getchatmenubutton": account.get_chat_menu_button,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.get_webhook_info,
    "answercallbackquery": receiving.answer_callback_query,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendchataction": sending.send_chat_action,
    "copymessage": sending.copy_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_one,
    "deletemessages": editing.delete_many,
    "getchat": rooms.get_chat,
    "getchatmember": rooms.get_chat_member,
    "getchatadministrators": rooms.get_chat_administrators,
    "getchatmembercount": rooms.get_chat_member_count,
    "leavechat": rooms.leave_chat,
    "pinchatmessage": rooms.pin_chat_message,
    "unpinchatmessage": rooms.unpin_chat_message,
    "unpinallchatmessages": rooms.unpin_all,
    "getfile": rooms.get_file,
    "getuserprofilephotos": rooms.no_photos,
}
