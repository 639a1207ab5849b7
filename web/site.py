"""Everything that is served over HTTP, put on one port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route


def site(
    *, webhook: Route | None = None, calendar: Route | None = None, chat: Starlette | None = None
) -> Starlette:
    """`chat` is the gateway with its page, where there is one; it gets every other address."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if chat is None:
            yield
        else:
            async with chat.router.lifespan_context(chat):
                yield

    routes: list[BaseRoute] = [Route("/health", healthy, methods=["GET"])]
    routes += [route for route in (webhook, calendar) if route]
    if chat:
        routes.append(Mount("/", chat))
    return Starlette(routes=routes, lifespan=lifespan)


async def healthy(request: Request) -> Response:
    return PlainTextResponse("ok")
