"""Inline mode on the page: results while somebody types, and the one that is chosen."""

from starlette.responses import Response
from starlette.routing import Route

from gateway import inline
from gateway.botapi import Reply
from gateway.exchange import awaited
from gateway.page_people import Visit, object_of, page_door
from gateway.page_requests import place_of, target_of, text

ANSWER_SECONDS = 10


async def ask(visit: Visit) -> Response:
    """An answer of null: the bot said nothing in time."""
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    exchange = visit.exchange
    words, offset = text(given, "query"), text(given, "offset", "")
    query_id = inline.ask(exchange, bot, chat, user, words, offset)
    answer = await awaited(exchange, ANSWER_SECONDS, lambda: inline.answer_of(exchange, query_id))
    return Reply({"query_id": query_id, "answer": inline.shown(answer) if answer else None})


async def choose(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    query_id, result_id = text(given, "query_id"), text(given, "result_id")
    place = place_of(user, given)
    message = inline.choose(visit.exchange, bot, chat, user, query_id, result_id, place)
    return Reply({"message": message})


INLINE_ROUTES = [
    Route("/page/inline", page_door(ask), methods=["POST"]),
    Route("/page/choose", page_door(choose), methods=["POST"]),
]
