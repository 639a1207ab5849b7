"""A person's devices: one more by a link, which ones there are, signing out."""

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway import sessions
from gateway.botapi import Reply
from gateway.chats import user_json
from gateway.errors import ApiError, bad_request, forbidden
from gateway.exchange import Json
from gateway.page_people import (
    COOKIE,
    Visit,
    demand_same_origin,
    device,
    object_of,
    origin,
    page_door,
    with_cookie,
)
from gateway.page_requests import number, text


async def make_link(visit: Visit) -> Response:
    """The token stands behind the #, so that no server ever logs it."""
    user = await _owner(visit)
    token = sessions.make_device_link(visit.exchange, user["id"])
    link = f"{origin(visit.request)}/#device={token}"
    picture = segno.make(link, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return Reply({"link": link, "picture": picture, "seconds": sessions.LINK_SECONDS})


async def use_link(request: Request) -> Response:
    """First «look», which tells whose it is; then the device is let in and the link is spent."""
    exchange = request.app.state.exchange
    try:
        demand_same_origin(request)
        given = await object_of(request)
        token = text(given, "token")
        looks = given.get("look") is True
        with exchange.store.transaction():
            find = sessions.owner_of_link if looks else sessions.redeem_link
            user = user_json(exchange.store, find(exchange, token) or 0)
            if user is None:
                raise ApiError(
                    404, "Not Found: 这个链接已经用过或过期了，请在原来的设备上再生成一个"
                )
            if looks:
                return Reply({"name": user["first_name"]})
            secret = sessions.open_for(exchange, user["id"], device(request))
    except ApiError as error:
        return Reply(error.as_reply(), error.code)
    return with_cookie(Reply({"ok": True}), request, secret)


async def show_devices(visit: Visit) -> Response:
    user = _person(visit, visit.people[0] if visit.is_personal else 0)
    rows = sessions.devices_of(visit.exchange, user["id"])
    devices = [
        {
            "id": row["number"],
            "name": row["device"] or "浏览器",
            "seen": int(row["seen_at"]),
            "here": row["secret_hash"] == visit.secret_hash,
        }
        for row in rows
    ]
    return Reply({"devices": devices})


async def end_device(visit: Visit) -> Response:
    given = await object_of(visit.request)
    user = _person(visit, given.get("person"))
    if not sessions.end(visit.exchange, user["id"], number=number(given, "id")):
        raise ApiError(404, "Not Found: no such device")
    return Reply({"ok": True})


async def sign_out(visit: Visit) -> Response:
    sessions.end_one(visit.exchange, visit.secret_hash)
    reply = Reply({"ok": True})
    reply.delete_cookie(COOKIE)
    return reply


async def _owner(visit: Visit) -> Json:
    given = await object_of(visit.request)
    return _person(visit, given.get("person"))


def _person(visit: Visit, given: object) -> Json:
    """Somebody real: the people of the demonstration belong to no device."""
    if not visit.is_personal:
        raise forbidden("people of the demonstration have no devices")
    if isinstance(given, bool) or not isinstance(given, int):
        raise bad_request("person is a number")
    return visit.person(given)


DEVICE_ROUTES = [
    Route("/page/device-link", page_door(make_link), methods=["POST"]),
    Route("/page/device", use_link, methods=["POST"]),
    Route("/page/devices", page_door(show_devices), methods=["GET"]),
    Route("/page/devices/end", page_door(end_device), methods=["POST"]),
    Route("/page/sign-out", page_door(sign_out), methods=["POST"]),
]
