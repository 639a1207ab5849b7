"""Live changes for the page as server-sent events; a reconnect goes on where it stopped."""

from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

from starlette.responses import Response, StreamingResponse

from gateway.chats import PRESENT
from gateway.errors import bad_request
from gateway.exchange import Exchange, Hint, Json
from gateway.page_people import Visit, residents_of
from gateway.page_views import changes_since, clock_json
from gateway.sessions import is_open
from gateway.store import packed

HEARTBEAT_SECONDS = 15


def _event(kind: str, content: Json, number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {packed(content)}\n\n"


async def stream(visit: Visit) -> Response:
    # the browser's own reconnect knows more than the address it was given at first
    since = visit.request.headers.get("last-event-id") or visit.request.query_params.get("since")
    if not since or not since.isdecimal() or len(since) > 18:
        raise bad_request("since is a revision")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    events = _events(visit, int(since))
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _events(visit: Visit, revision: int) -> AsyncIterator[str]:
    exchange, page = visit.exchange, visit.page
    hinted = exchange.hints_given
    yield f"retry: 1000\n\n{_event('clock', clock_json(exchange, page))}"
    while not exchange.closing:
        if not is_open(exchange, visit.secret_hash):
            yield _event("signed-out", {})
            return
        people = visit.people if visit.is_personal else residents_of(exchange, page)
        changes = changes_since(exchange, people, revision)
        for change, following in pairwise([*changes, {"revision": None}]):
            # several chats may change in one revision: only the last of them completes it
            complete = change["revision"] != following["revision"]
            revision = change["revision"]
            yield _event(change["kind"], change["content"], revision if complete else None)
        fresh = [hint for hint in exchange.hints if hint.number > hinted]
        hinted = exchange.hints_given
        for hint in fresh:
            if _concerns(exchange, hint, people):
                place = {"key": f"{hint.bot_id}:{hint.chat_id}"}
                yield _event("hint", place | hint.body)
        if not changes and not fresh:
            await exchange.page.heard(HEARTBEAT_SECONDS)
            yield _event("clock", clock_json(exchange, page))


def _concerns(exchange: Exchange, hint: Hint, people: Sequence[int]) -> bool:
    marks = ",".join("?" * len(people))
    found = exchange.store.one(
        f"SELECT 1 FROM members WHERE bot_id = ? AND chat_id = ? AND user_id IN ({marks})"
        f" AND {PRESENT}",
        hint.bot_id,
        hint.chat_id,
        *people,
    )
    return found is not None
