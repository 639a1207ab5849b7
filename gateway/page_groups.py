"""Groups from the page: making one, who is in it, the bot's place in it, topics."""

from starlette.responses import Response
from starlette.routing import Route

from gateway import membership
from gateway.botapi import Reply
from gateway.errors import ApiError, bad_request
from gateway.exchange import Json
from gateway.page_people import Visit, add_to_demonstration, object_of, origin, page_door
from gateway.page_requests import number, target_of, text
from gateway.topics import start_topic

OF_BOT = ("member", "administrator", "kicked")
OF_PERSON = ("member", "administrator", "left")


async def make(visit: Visit) -> Response:
    """Of a private chat's bot, with people whom this browser may play."""
    given = await object_of(visit.request)
    bot, _, user = target_of(visit, given)
    wanted = given.get("members", [])
    if not isinstance(wanted, list):
        raise bad_request("members is a list")
    others = [visit.person(one) for one in wanted if one != user["id"]]
    chat = membership.make_group(visit.exchange, bot, user, text(given, "title"), others)
    return Reply({"chat": f"{bot.id}:{chat['id']}"})


async def seat(visit: Visit) -> Response:
    """{"who": the bot's or a person's id, "status"}"""
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    who, status = number(given, "who"), text(given, "status")
    if status not in (OF_BOT if who == bot.id else OF_PERSON):
        raise bad_request("status is unknown")
    if who == bot.id:
        membership.seat_bot(visit.exchange, bot, chat, user, status)
    else:
        person = _person(visit, who, {one["id"]: one for one, _ in _present(visit, given)})
        membership.seat_person(visit.exchange, bot, chat, user, person, status)
    return Reply({"ok": True})


def _present(visit: Visit, given: Json) -> list[tuple[Json, str]]:
    bot, chat, _ = target_of(visit, given)
    return membership.everybody(visit.exchange, bot, chat)


def _person(visit: Visit, user_id: int, present: dict[int, Json]) -> Json:
    """Who is there can be sent away; only people of this browser can be fetched."""
    return present.get(user_id) or visit.person(user_id)


async def upgrade(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    forum = given.get("forum") is True
    chat_id = membership.upgrade(visit.exchange, bot, chat, user, forum=forum)
    return Reply({"chat": f"{bot.id}:{chat_id}"})


async def open_new_topic(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    return Reply({"thread": start_topic(visit.exchange, bot, chat, user, given.get("name"))})


async def make_link(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    token = membership.make_link(visit.exchange, bot, chat, user)
    return Reply({"link": f"{origin(visit.request)}/#join={token}"})


async def join(visit: Visit) -> Response:
    """First «look», which tells what group it is."""
    given = await object_of(visit.request)
    user = visit.person(number(given, "person"))
    found = membership.group_of_link(visit.exchange, text(given, "token"))
    if found is None:
        raise ApiError(404, "Not Found: 这个链接已经失效，请向群主再要一个")
    bot, chat = found
    if given.get("look") is not True:
        membership.join(visit.exchange, bot, chat, user)
    return Reply({"title": chat["title"], "chat": f"{bot.id}:{chat['id']}"})


GROUP_ROUTES = [
    Route("/page/group-link", page_door(make_link), methods=["POST"]),
    Route("/page/join", page_door(join), methods=["POST"]),
    Route("/page/newcomer", page_door(add_to_demonstration), methods=["POST"]),
    Route("/page/group", page_door(make), methods=["POST"]),
    Route("/page/seat", page_door(seat), methods=["POST"]),
    Route("/page/upgrade", page_door(upgrade), methods=["POST"]),
    Route("/page/topic", page_door(open_new_topic), methods=["POST"]),
]
